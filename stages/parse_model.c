#include "stages/parse_model.h"

/* What was learned with a beam of 8 parses as well with one of 6, and a quarter faster. */
enum { BEAM_WIDTH = 6 };

/* Whole numbers, so that every machine finds the same tree. */
static void find_factors(struct quoth_parse_model *model)
{
	double ratio = (double)model->relations.scale / (double)model->moves.scale;

	model->move_factor = 256;
	model->relation_factor = ratio > 0 && ratio < 65536 ? (int32_t)(ratio * 256 + 0.5) : 256;
}

bool quoth_parse_model_find(const struct quoth_model *model, struct quoth_parse_model *parse_model)
{
	if (!quoth_word_tables_find(model, &parse_model->words) ||
	    !quoth_model_weights(model, "parse.move", QUOTH_N_MOVES, &parse_model->moves) ||
	    !quoth_model_weights(model, "parse.relation", QUOTH_N_RELATIONS, &parse_model->relations))
		return false;
	find_factors(parse_model);
	return true;
}

static void score_moves(const void *model, const uint32_t *features, size_t n, int32_t *scores)
{
	quoth_weights_score(&((const struct quoth_parse_model *)model)->moves, features, n, scores);
}

static void score_relations(const void *model, const uint32_t *features, size_t n, int32_t *scores)
{
	quoth_weights_score(&((const struct quoth_parse_model *)model)->relations, features, n, scores);
}

static const struct quoth_parse_state *parse_words(const struct quoth_parse_model *model, struct quoth_parse_room *room)
{
	struct quoth_parse_scorer scorer = {
		.model = model,
		.score_moves = score_moves,
		.score_relations = score_relations,
		.move_factor = model->move_factor,
		.relation_factor = model->relation_factor,
	};

	quoth_parse_beam_begin(&room->beam, &room->input, BEAM_WIDTH);
	while (quoth_parse_beam_advance(&room->beam, &scorer))
		;
	return &room->beam.items[0].state;
}

static bool is_mark(const struct quoth_parse_input *input, uint16_t word)
{
	return input->words[word].tag - 1 == QUOTH_LABEL_PUNCT_PUNCT;
}

/* The word that is the sentence's root: the first under the root that is no mark, else the first. */
static uint16_t find_root(const struct quoth_parse_state *state)
{
	uint16_t first = 0;

	for (uint16_t i = 1; i <= state->input->n; i++) {
		if (state->nodes[i].head <= state->input->n)
			continue;
		if (!is_mark(state->input, i))
			return i;
		if (!first)
			first = i;
	}
	return first;
}

/* Copies a stretch's tree into the document; its further roots, and those of later stretches, hang on the first. */
static void write_tree(const struct quoth_parse_state *state, struct quoth_token *tokens, uint32_t first, uint32_t *root)
{
	uint16_t own_root = find_root(state);

	if (*root == QUOTH_NONE) {
		*root = first + own_root - 1u;
		tokens[0].head = QUOTH_NONE;
	}
	for (uint16_t i = 1; i <= state->input->n; i++) {
		const struct quoth_parse_node *node = state->nodes + i;
		struct quoth_token *token = tokens + i - 1;

		if (node->head <= state->input->n) {
			token->head = first + node->head - 1u;
			token->relation = node->relation;
		} else if (first + i - 1u == *root) {
			token->head = QUOTH_NONE;
			token->relation = QUOTH_REL_ROOT;
		} else {
			token->head = *root;
			token->relation = is_mark(state->input, i) ? QUOTH_REL_PUNCT : QUOTH_REL_PARATAXIS;
		}
	}
}

void quoth_parse_sentence(const struct quoth_parse_model *model, struct quoth_document *doc, uint32_t sentence,
			  struct quoth_parse_room *room)
{
	struct quoth_word_view views[QUOTH_MAX_STRETCH + 2 * QUOTH_STRETCH_PADDING];
	struct quoth_range tokens = doc->sentences[sentence].tokens;
	uint32_t root = QUOTH_NONE;

	for (uint32_t first = tokens.begin; first < tokens.end; first += QUOTH_MAX_STRETCH) {
		uint32_t n = tokens.end - first < QUOTH_MAX_STRETCH ? tokens.end - first : QUOTH_MAX_STRETCH;

		quoth_word_views(&model->words, doc, first, n, views);
		for (uint32_t i = 0; i < n; i++) {
			const struct quoth_token *token = doc->tokens + first + i;

			views[QUOTH_STRETCH_PADDING + i].label = quoth_tag_label_of(token->tag, token->upos);
			views[QUOTH_STRETCH_PADDING + i].name = token->name;
		}
		quoth_parse_read(&room->input, views, doc->tokens + first, n);
		write_tree(parse_words(model, room), doc->tokens + first, first, &root);
	}
	doc->sentences[sentence].is_parsed = true;
}
