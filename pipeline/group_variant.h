/* group_variant: whether two quotes are the same one, and what of it is different.
 *
 * A quote is trimmed where words are missing at its beginning or end, or where an ellipsis, a dash or the end of a sentence stands in their
 * place. It is altered where the speaker's own words differ by a number, a negation, a name or another content word; spelling, inflection and
 * the order of words do not count as such. All else is a rewording: function words, and what stands outside of quotation marks.
 */
#ifndef QUOTH_GROUP_VARIANT_H
#define QUOTH_GROUP_VARIANT_H

#include "pipeline/buffer.h"
#include "pipeline/group_align.h"

enum quoth_variant { QUOTH_IDENTICAL, QUOTH_TRIMMED, QUOTH_REWORDED, QUOTH_ALTERED, QUOTH_N_VARIANTS };

/* A quote to be compared. */
struct quoth_group_quote {
	const char *bytes;
	uint32_t size;
	enum quoth_group_kind kind;
	uint32_t speaker;	/* a hash of the last word of the name; 0: unknown */
	const struct quoth_group_words *words;
};

/* How much of two quotes is the same. */
struct quoth_likeness {
	enum { QUOTH_UNLIKE, QUOTH_ALIKE, QUOTH_PART } verdict;	/* PART: the shorter one is a piece of the longer */
	unsigned covered;	/* thousandths of the shorter one's words that the other has too */
};

/* Whether two quotes have enough words in common, wherever they stand, to be worth aligning. */
bool quoth_group_may_be_alike(const struct quoth_group_words *a, const struct quoth_group_words *b);

/* Whether two quotes, aligned, are the same one. */
struct quoth_likeness quoth_group_compare(const struct quoth_group_quote *a, const struct quoth_group_quote *b,
					  const struct quoth_alignment *alignment);

/* What b is beside a, the quote that it is held against. */
enum quoth_variant quoth_group_variant(const struct quoth_group_quote *a, const struct quoth_group_quote *b,
				       const struct quoth_alignment *alignment);

/* Appends the difference as a JSON array of [op, words]: "=" in both (as b has them), "-" in a alone, "+" in b alone. */
void quoth_group_put_difference(struct quoth_buffer *into, const struct quoth_group_quote *a, const struct quoth_group_quote *b,
				const struct quoth_alignment *alignment);

/* "identical", "trimmed", … */
const char *quoth_variant_name(enum quoth_variant variant);

#endif
