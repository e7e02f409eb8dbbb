/* group_align: which words of two quotes are the same ones.
 *
 * Method  The best local alignment (Smith & Waterman 1981) with affine gaps (Gotoh 1982, "An improved algorithm for matching biological
 *         sequences"): what one has more before or behind costs nothing, and a quote that is a part of a longer one finds its place in
 *         one piece. Many equal words in front and at the end of long quotes are paired without it.
 * Cost    the product of what is left of the two, at most QUOTH_MOST_GROUP_WORDS squared.
 */
#ifndef QUOTH_GROUP_ALIGN_H
#define QUOTH_GROUP_ALIGN_H

#include "pipeline/group_words.h"

/* A step of the way through both: a word of each, the same or another, or of one alone. */
enum quoth_step { QUOTH_STEP_SAME, QUOTH_STEP_OTHER, QUOTH_STEP_ONLY_A, QUOTH_STEP_ONLY_B };

struct quoth_alignment {
	uint32_t n;
	uint8_t steps[2 * QUOTH_MOST_GROUP_WORDS];
	uint32_t core_begin, core_end;		/* steps from the first pair of equal words up to behind the last; 0, 0: there is none */
};

struct quoth_aligner;

/* Memory for one thread's work; NULL without. */
struct quoth_aligner *quoth_aligner_open(void);
void quoth_aligner_close(struct quoth_aligner *aligner);

/* Aligns two quotes. Where both have words in front of their first equal ones (or behind the last), the nearest to these stand for each other. */
void quoth_align(struct quoth_aligner *aligner, const struct quoth_group_words *a, const struct quoth_group_words *b,
		 struct quoth_alignment *alignment);

#endif
