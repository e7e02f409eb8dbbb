/* syntax: what the learned parts of attribution see of a document's words.
 *
 * One entry a token beside the document's own: the word as a feature, its cluster, the quotation it lies in; one entry a
 * sentence. Built once a document from tokens, tags and quotations, and shared by the trainer, so that both see the same.
 * Parses are not read: beside the rules' rows they were worth 0.4 points and cost a third of the time.
 *
 * Names are seen as their class and never as their words, numbers as numbers, quotation marks as the side they stand on
 * whatever their glyph: a model learned from one year's news in one house style reads others.
 */
#ifndef QUOTH_SYNTAX_H
#define QUOTH_SYNTAX_H

#include "stages/document.h"
#include "stages/lexicon.h"
#include "stages/model.h"
#include "stages/tag_features.h"

/* Stand-ins for words, beside form hashes. */
enum quoth_stand_in {
	QUOTH_STANDS_FOR_NOTHING = 0x7,		/* beyond the document */
	QUOTH_STANDS_FOR_NUMBER = 0x11,
	QUOTH_STANDS_FOR_OTHER_NAME = 0x12,	/* a proper noun that is in no class */
	QUOTH_STANDS_FOR_OPENING = 0x13,
	QUOTH_STANDS_FOR_CLOSING = 0x14,
	QUOTH_STANDS_FOR_NAME = 0x20,		/* plus enum quoth_name_class */
	QUOTH_STANDS_FOR_MARK = 0x40,		/* plus enum quoth_mark */
};

/* What a word may be in its context. */
enum quoth_belief {
	QUOTH_BELIEVED_CONTENT,
	QUOTH_BELIEVED_BEGIN,
	QUOTH_BELIEVED_END,
	QUOTH_BELIEVED_SOURCE,
	QUOTH_BELIEVED_CUE,
	QUOTH_N_CONTEXT_BELIEFS,
};

/* As features beliefs count from 0 to 2 * QUOTH_MAX_BELIEF, and QUOTH_NO_BELIEF stands for none: beyond the document. */
enum { QUOTH_MAX_BELIEF = 6, QUOTH_NO_BELIEF = 2 * QUOTH_MAX_BELIEF + 1 };

struct quoth_syntax_token {
	uint32_t word;		/* form hash or stand-in */
	uint32_t quotation;	/* the outermost quotation it lies in, QUOTH_NONE */
	uint16_t cluster, prefix4, prefix6, prefix10;
	int8_t beliefs[QUOTH_N_CONTEXT_BELIEFS];	/* what context.h believes it is, log odds from -QUOTH_MAX_BELIEF to QUOTH_MAX_BELIEF */
	bool is_mark;		/* punctuation, quotation mark or symbol */
};

struct quoth_syntax_sentence {
	uint32_t n_quoted;	/* tokens in quotation marks */
	uint32_t n_words_outside;	/* words outside of them */
	/* as quoth_syntax_belief has them, by context.h */
	uint8_t said;		/* mean belief of its words that they are content; QUOTH_NO_BELIEF of a sentence without words */
	uint8_t most_cue;	/* the surest of its cues */
};

struct quoth_syntax {
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	struct quoth_syntax_token *tokens;
	struct quoth_syntax_sentence *sentences;
	bool shows_templates;	/* the functions that write features write the numbers of their templates instead: for explaining */
};

/* Builds it in the document's arena; the document must have tags and quotations. 0 or QUOTH_NO_MEMORY. Linear
 * in the tokens. */
int quoth_syntax_build(struct quoth_syntax *syntax, const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
		       const struct quoth_word_tables *words);

/* The word of token i, and its tag, as features; i may lie outside of the document. */
static inline uint32_t quoth_syntax_word(const struct quoth_syntax *syntax, int64_t i)
{
	return i < 0 || i >= syntax->doc->n_tokens ? QUOTH_STANDS_FOR_NOTHING : syntax->tokens[i].word;
}

static inline uint32_t quoth_syntax_tag(const struct quoth_syntax *syntax, int64_t i)
{
	return i < 0 || i >= syntax->doc->n_tokens ? QUOTH_N_TAGS : syntax->doc->tokens[i].tag;
}

static inline uint32_t quoth_syntax_paragraph(const struct quoth_syntax *syntax, uint32_t token)
{
	return syntax->doc->sentences[syntax->doc->tokens[token].sentence].paragraph;
}

static inline bool quoth_syntax_is_quoted(const struct quoth_syntax *syntax, uint32_t token)
{
	return syntax->tokens[token].quotation != QUOTH_NONE;
}

static inline bool quoth_tag_is_verb(uint8_t tag)
{
	return tag >= QUOTH_TAG_VB && tag <= QUOTH_TAG_VBZ;
}

/* A belief as a feature; i may lie outside of the document. */
static inline uint32_t quoth_syntax_belief(const struct quoth_syntax *syntax, int64_t i, enum quoth_belief belief)
{
	return i < 0 || i >= syntax->doc->n_tokens ? QUOTH_NO_BELIEF : (uint32_t)(syntax->tokens[i].beliefs[belief] + QUOTH_MAX_BELIEF);
}

/* Whether a quotation's edge is near: bit 0 the token is quoted, bit 1 an edge stands within 8 tokens before it, bit 2
 * within 10 after. */
unsigned quoth_syntax_quote_context(const struct quoth_syntax *syntax, uint32_t token);

/* The marks on both sides of a word and its plain neighbours, the first on either side that ends a phrase: four bits a
 * side. `,” she said, “` differs from `the “so-called” plan, he said`. */
unsigned quoth_syntax_marks_around(const struct quoth_syntax *syntax, uint32_t token);

/* Distances in a few steps, sign kept: -10 to 10. */
int quoth_distance_bucket(int64_t distance);

#endif
