/* claim_edits: which words of a content need the article to be understood, and what stands in brackets for them.
 *
 * What the source says word for word: "I" and "my" become the speaker's name, and where "I" was a subject, its verb
 * gets the third person. Who "we" are depends: a side, a company, a country, all of us; so the first one stays and who
 * says it is put after it. What the article says in its own words: the first "he", "she", "they" or "its" that can only
 * be the speaker becomes the name; from there on the speaker is named and later pronouns stay.
 *
 * Every other pronoun must have a noun phrase of its gender and number before it in the content itself. Where one has
 * not, where another than the speaker may be meant, or where "you" is addressed, there is no claim: it would need the
 * article, or might say of one what was said of another. Pronouns are read off the mentions, without a model: what is
 * wanted is certainty, not most right guesses.
 *
 * Relative dates ("yesterday", "last week", "on Tuesday"): after the first one stands the article's date, where it is
 * known. What day was meant is not computed: a quotation may be older than its article.
 */
#ifndef QUOTH_CLAIM_EDITS_H
#define QUOTH_CLAIM_EDITS_H

#include "stages/claim_content.h"

/* What is done at a token. */
enum quoth_claim_edit_kind {
	QUOTH_CLAIM_NAME,		/* it becomes [Name] */
	QUOTH_CLAIM_NAMES,		/* … [Name's] */
	QUOTH_CLAIM_HIMSELF, QUOTH_CLAIM_HERSELF,
	QUOTH_CLAIM_IS, QUOTH_CLAIM_HAS, QUOTH_CLAIM_DOES,
	QUOTH_CLAIM_THIRD_PERSON,	/* a verb gets its -s */
	QUOTH_CLAIM_KEEP,		/* it stands in the bracket as it is: the "n't" of "doesn't" */
	QUOTH_CLAIM_DROP,		/* it is left out: the "that" of a second reported clause */
	QUOTH_CLAIM_SPEAKING,		/* after it stands [Name speaking] */
	QUOTH_CLAIM_DATE,		/* … [article dated 2026-11-20] */
};

struct quoth_claim_edit {
	uint32_t token;
	uint8_t kind;		/* enum quoth_claim_edit_kind */
};

enum { QUOTH_CLAIM_MAX_EDITS = 32 };

struct quoth_claim_edits {
	struct quoth_claim_edit of[QUOTH_CLAIM_MAX_EDITS];	/* in order of their tokens, one a token at most */
	unsigned n;
};

/* Finds the edits of a content from token `first` on; false where it can be no claim. speaker is NULL where it has no name that can be
 * put in; has_date tells whether the article's date is known. Linear in the content and the two sentences before it. */
bool quoth_claim_find_edits(const struct quoth_claim_content *content, uint32_t first, const struct quoth_entity *speaker,
			    bool has_date, struct quoth_claim_edits *edits);

#endif
