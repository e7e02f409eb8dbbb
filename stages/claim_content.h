/* claim_content: the content of an attribution as the makers of claims see it. */
#ifndef QUOTH_CLAIM_CONTENT_H
#define QUOTH_CLAIM_CONTENT_H

#include "stages/document.h"
#include "stages/lexicon.h"
#include "stages/resources.h"
#include "stages/rules.h"

struct quoth_claim_content {
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const struct quoth_rules *rules;
	const struct quoth_attribution *attribution;
	struct quoth_range parts[QUOTH_MAX_PARTS];	/* trimmed of marks, in order, none empty */
	uint8_t n_parts;
	int depth;					/* quote_depth of what the source says word for word */
};

static inline const struct quoth_token *quoth_claim_token(const struct quoth_claim_content *content, uint32_t token)
{
	return &content->doc->tokens[token];
}

static inline const struct quoth_lexeme *quoth_claim_lexeme(const struct quoth_claim_content *content, uint32_t token)
{
	return quoth_lexeme_at(content->lexicon, content->doc->tokens[token].lexeme);
}

static inline uint32_t quoth_claim_roles(const struct quoth_claim_content *content, uint32_t token)
{
	return quoth_rules_roles(content->rules, content->doc->tokens[token].form);
}

/* Whether a token has one of the tags (1 << enum quoth_tag, or-ed). */
static inline bool quoth_claim_has_tag(const struct quoth_claim_content *content, uint32_t token, uint64_t tags)
{
	return tags >> content->doc->tokens[token].tag & 1;
}

/* Whether the source said it word for word; otherwise the article says it in its own words. */
static inline bool quoth_claim_is_spoken(const struct quoth_claim_content *content, uint32_t token)
{
	return content->doc->tokens[token].quote_depth >= content->depth;
}

/* Whether a token lies in the content. */
static inline bool quoth_claim_holds(const struct quoth_claim_content *content, uint32_t token)
{
	for (unsigned k = 0; k < content->n_parts; k++)
		if (quoth_range_holds(content->parts[k], token))
			return true;
	return false;
}

/* Whether a token is a mark that ends a sentence. */
static inline bool quoth_claim_is_end_mark(const struct quoth_token *token)
{
	return token->mark == QUOTH_STOP || token->mark == QUOTH_QUESTION || token->mark == QUOTH_EXCLAMATION ||
	       token->mark == QUOTH_ELLIPSIS;
}

/* Whether a sentence ends between part k and the next one: "…," she said. "…". */
static inline bool quoth_claim_gap_ends_sentence(const struct quoth_claim_content *content, unsigned k)
{
	const struct quoth_token *tokens = content->doc->tokens;

	for (uint32_t i = content->parts[k].end - 1; i < content->parts[k + 1].begin; i++)
		if (quoth_claim_is_end_mark(tokens + i))
			return true;
	return tokens[content->parts[k].end - 1].sentence != tokens[content->parts[k + 1].begin].sentence;
}

#endif
