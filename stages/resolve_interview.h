/* resolve_interview: who "A:" is in an interview of questions and answers. Part of resolve.
 *
 * Where turns are labelled "Q" and "A", questions are nobody's whom the article names, and answers are the person's whom it
 * names most before the first turn; nobody's where two are named as often.
 */
#ifndef QUOTH_RESOLVE_INTERVIEW_H
#define QUOTH_RESOLVE_INTERVIEW_H

#include "stages/resolve_discourse.h"

struct quoth_interview {
	bool is_one;			/* some turns are labelled "Q", some "A" */
	uint32_t answers;		/* cluster of the person who answers, QUOTH_NONE */
};

/* Reads the turns and whom the article names before them. 0 or QUOTH_NO_MEMORY. */
int quoth_interview_read(const struct quoth_discourse *discourse, struct quoth_interview *interview);

/* Whether a source is such a label; *cluster gets who it means, QUOTH_NONE. */
bool quoth_interview_label(const struct quoth_document *doc, const struct quoth_interview *interview,
			   struct quoth_range source, uint32_t *cluster);

#endif
