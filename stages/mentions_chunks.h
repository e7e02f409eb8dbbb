/* mentions_chunks: the noun phrases of a sentence, flat. Called by mentions only.
 *
 * A chunk goes from its determiner or first modifier to its head noun: "the country's former prime minister". What
 * belongs to it further right ("of Ohio", "familiar with the matter") is attached after, as a longer end.
 * Abney, "Parsing by chunks" (1991), by rules over parts of speech.
 */
#ifndef QUOTH_MENTIONS_CHUNKS_H
#define QUOTH_MENTIONS_CHUNKS_H

#include "stages/document.h"
#include "stages/lexicon.h"

enum {
	QUOTH_MAX_CHUNK = 32,		/* tokens */
	QUOTH_MAX_POSSESSORS = 3,	/* "the company's lawyer's brother's" */
	QUOTH_MAX_ATTACHED = 4,		/* "head of the office of the ministry of …" */
};

/* What chunks must share to be coordinated or to rename each other. */
enum quoth_chunk_category {
	QUOTH_CHUNK_THING,		/* any other noun */
	QUOTH_CHUNK_PRONOUN,
	QUOTH_CHUNK_PERSON_NAME,
	QUOTH_CHUNK_BODY_NAME,		/* of an organisation or place */
	QUOTH_CHUNK_OTHER_NAME,
	QUOTH_CHUNK_PERSON,		/* "officials" */
	QUOTH_CHUNK_BODY,		/* "the ministry" */
	QUOTH_CHUNK_DOCUMENT,
};

struct quoth_chunk {
	struct quoth_range tokens;	/* determiner to head */
	uint32_t end;			/* with what is attached to its right; >= tokens.end */
	uint32_t group_end;		/* with the chunks coordinated with it ("Smith, Jones and Brown"); else end */
	uint32_t head;
	uint32_t next;			/* index of the first chunk that is not attached to it */
	uint32_t possessors[QUOTH_MAX_POSSESSORS];	/* tokens "'s" in it: what stands before is a mention, too */
	uint8_t n_possessors;
	uint8_t n_attached;		/* chunks attached, those attached to them counted */
	uint8_t kind;			/* enum quoth_mention_kind */
	uint8_t category;		/* enum quoth_chunk_category */
	bool is_time;			/* "Monday", "two weeks", "last year": no mention */
	bool is_coordinated;		/* an earlier chunk's group holds it */
};

/* Whether a token is part of a name. Peoples, faiths and parties ("Republican", "Democrats") describe, they do not name, nor
 * does who is of a party ("an Iowa Democrat") where nothing of a body's name follows. */
static inline bool quoth_token_is_named(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, uint32_t i)
{
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(lexicon, doc->tokens[i].lexeme);

	if (doc->tokens[i].name == QUOTH_NAME_OTHER && quoth_lexeme_is(lexeme, QUOTH_LEX_NATIONALITY | QUOTH_LEX_GROUP_NOUN))
		return false;
	return doc->tokens[i].name && (!quoth_lexeme_is(lexeme, QUOTH_LEX_POLITICAL) ||
				       (i + 1 < doc->n_tokens && doc->tokens[i + 1].name));
}

/* The chunks of the tokens in order, into chunks, which has room for one a token; returns how many. Linear. */
uint32_t quoth_chunks_find(const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
			   struct quoth_range tokens, struct quoth_chunk *chunks);

/* Attaches to each chunk what belongs to it and joins those that are coordinated, right to left. Linear. */
void quoth_chunks_attach(const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
			 struct quoth_chunk *chunks, uint32_t n);

#endif
