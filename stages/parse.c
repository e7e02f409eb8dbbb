#include "stages/parse.h"

#include "stages/lexicon.h"
#include "stages/parse_model.h"

static bool can_attribute(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin; i < tokens.end; i++) {
		const struct quoth_token *token = doc->tokens + i;

		if (token->kind == QUOTH_QUOTE_MARK || token->mark == QUOTH_COLON)
			return true;
		if (token->lexeme && quoth_lexeme_at(lexicon, token->lexeme)->flags & QUOTH_LEX_CUE)
			return true;
	}
	return false;
}

static void clear_sentence(struct quoth_document *doc, struct quoth_sentence *sentence)
{
	sentence->is_parsed = false;
	for (uint32_t i = sentence->tokens.begin; i < sentence->tokens.end; i++) {
		doc->tokens[i].head = QUOTH_NONE;
		doc->tokens[i].relation = QUOTH_REL_NONE;
	}
}

int quoth_parse(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_parse_model model;
	struct quoth_parse_room *room;

	for (uint32_t s = 0; s < doc->n_sentences; s++)
		clear_sentence(doc, doc->sentences + s);
	if (!res->model || doc->n_sentences == 0)
		return 0;
	if (!quoth_parse_model_find(res->model, &model))
		return QUOTH_BAD_MODEL;
	room = quoth_arena_alloc(doc->arena, sizeof *room);
	if (!room)
		return QUOTH_NO_MEMORY;
	for (uint32_t s = 0; s < doc->n_sentences; s++)
		if (can_attribute(doc, res->lexicon, doc->sentences[s].tokens))
			quoth_parse_sentence(&model, doc, s, room);
	return 0;
}
