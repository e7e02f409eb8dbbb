/* link_evidence: what an article says of an entity against what a gazetteer's entry says. Part of link. */
#ifndef QUOTH_LINK_EVIDENCE_H
#define QUOTH_LINK_EVIDENCE_H

#include "stages/backgrounds.h"
#include "stages/document.h"
#include "stages/gazetteer.h"
#include "stages/resources.h"

/* Points. They were set by what a mistake costs, not fitted: no data with ids is at hand. One thing that the article says of
 * somebody and the entry says, too, is proof of a kind; a country that differs outweighs all of them. */
enum {
	QUOTH_SAME_WORD = 2,		/* a word of the entry's description in what the article says of the entity */
	QUOTH_SAME_FIELD = 2,		/* work of the same field */
	QUOTH_SAME_COUNTRY = 3,
	QUOTH_OTHER_FIELD = -4,
	QUOTH_OTHER_COUNTRY = -12,
	QUOTH_WORD_IN_ARTICLE = 1,	/* a word of the description anywhere in the article, or in the entries of others */
	QUOTH_COUNTRY_IN_ARTICLE = 1,
	QUOTH_PROOF = 2,		/* points that a doubtful candidate needs from what is said of the entity itself */
	QUOTH_CONTEXT_PROOF = 3,	/* points that it needs from the article, where that says nothing of the entity */
	QUOTH_MARGIN = 2,		/* by which the best of several must lead */
};

enum {
	QUOTH_BACKGROUND_WORDS = 48,
	QUOTH_BACKGROUND_COUNTRIES = 8,
};

/* What is said of somebody: keys of words, countries, fields of work. What is beyond the limits does not count. */
struct quoth_background {
	uint32_t words[QUOTH_BACKGROUND_WORDS];
	uint8_t countries[QUOTH_BACKGROUND_COUNTRIES];
	uint8_t n_words, n_countries;
	struct quoth_occupation work;
};

/* Adds a range of tokens but those of another range inside it. */
void quoth_background_add_tokens(struct quoth_background *background, const struct quoth_document *doc,
				 const struct quoth_resources *res, struct quoth_range tokens, struct quoth_range without);

/* Adds an entry's description and country. */
void quoth_background_add_entry(struct quoth_background *background, const struct quoth_resources *res,
				const struct quoth_gazetteer_entry *entry);

/* What speaks for an entry and against it. */
struct quoth_evidence {
	uint8_t n_words;		/* words of its description in what the article says of the entity */
	uint8_t n_article_words;	/* and anywhere in the article, or in the entries of others */
	bool is_country_in_article;
	enum quoth_agreement {
		QUOTH_NOTHING_SAID,
		QUOTH_SAME,
		QUOTH_OTHER,
	} country, field;		/* of the entity and the entry */
};

/* The entry's background in what the article says of the entity. What the article speaks of beside is not in it yet. */
struct quoth_evidence quoth_background_compare(const struct quoth_background *entity, const struct quoth_background *entry);

/* Points for all of the evidence. */
int quoth_evidence_points(const struct quoth_evidence *evidence);

/* What the article as a whole speaks of, and the entries that were found in it. */
struct quoth_context {
	uint32_t *words;	/* open addressing; 0 is free */
	uint32_t n_slots;	/* a power of two; 0 before it is made */
	uint32_t n_words;
	uint8_t countries[QUOTH_N_COUNTRIES / 8];
};

/* Makes the context of a document from its tokens, the names of people left out. room: for how many words of entries there must be
 * room besides. QUOTH_NO_MEMORY. */
int quoth_context_make(struct quoth_context *context, const struct quoth_document *doc, const struct quoth_resources *res,
		       uint32_t room);

/* Adds what an entry says; beyond the room that was made it does not count. */
void quoth_context_add(struct quoth_context *context, const struct quoth_background *entry);

/* Adds to the evidence for an entry what the context has of its background. */
void quoth_context_compare(const struct quoth_context *context, const struct quoth_background *entry,
			   struct quoth_evidence *evidence);

#endif
