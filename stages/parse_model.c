#include "stages/parse_model.h"

bool quoth_parse_model_find(const struct quoth_model *model, struct quoth_parse_model *parse_model)
{
	return quoth_word_tables_find(model, &parse_model->words) &&
	       quoth_model_weights(model, "parse.move", QUOTH_N_MOVES, &parse_model->moves) &&
	       quoth_model_weights(model, "parse.relation", QUOTH_N_RELATIONS, &parse_model->relations);
}

static enum quoth_move choose_move(const struct quoth_parse_model *model, const struct quoth_parse_state *state)
{
	unsigned legal = quoth_parse_legal_moves(state), best = QUOTH_N_MOVES;
	uint32_t features[QUOTH_N_MOVE_FEATURES];
	int32_t scores[QUOTH_N_MOVES];

	if ((legal & (legal - 1)) == 0)		/* only one */
		return (enum quoth_move)__builtin_ctz(legal);
	quoth_weights_score(&model->moves, features, quoth_move_features(state, features), scores);
	for (unsigned move = 0; move < QUOTH_N_MOVES; move++)
		if (legal & 1u << move && (best == QUOTH_N_MOVES || scores[move] > scores[best]))
			best = move;
	return (enum quoth_move)best;
}

static uint8_t choose_relation(const struct quoth_parse_model *model, const struct quoth_parse_state *state, uint16_t head,
			       uint16_t dependent)
{
	uint32_t features[QUOTH_N_RELATION_FEATURES];
	int32_t scores[QUOTH_MAX_LABELS];

	if (head > state->n)
		return QUOTH_REL_ROOT;
	quoth_weights_score(&model->relations, features, quoth_relation_features(state, head, dependent, features), scores);
	return (uint8_t)quoth_best_label(scores, QUOTH_N_RELATIONS);
}

static void parse_words(const struct quoth_parse_model *model, struct quoth_parse_state *state)
{
	while (!quoth_parse_is_done(state)) {
		enum quoth_move move = choose_move(model, state);
		uint8_t relation = QUOTH_REL_NONE;

		if (move == QUOTH_LEFT)
			relation = choose_relation(model, state, state->next, quoth_parse_top(state));
		else if (move == QUOTH_RIGHT)
			relation = choose_relation(model, state, quoth_parse_top(state), state->next);
		quoth_parse_make_move(state, move, relation);
	}
}

/* The word that is the sentence's root: the first under the root that is no mark, else the first. */
static uint16_t find_root(const struct quoth_parse_state *state)
{
	uint16_t first = 0;

	for (uint16_t i = 1; i <= state->n; i++) {
		if (state->nodes[i].head <= state->n)
			continue;
		if (state->nodes[i].tag - 1 != QUOTH_LABEL_PUNCT_PUNCT)
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
	for (uint16_t i = 1; i <= state->n; i++) {
		const struct quoth_parse_node *node = state->nodes + i;
		struct quoth_token *token = tokens + i - 1;

		if (node->head <= state->n) {
			token->head = first + node->head - 1u;
			token->relation = node->relation;
		} else if (first + i - 1u == *root) {
			token->head = QUOTH_NONE;
			token->relation = QUOTH_REL_ROOT;
		} else {
			token->head = *root;
			token->relation = node->tag - 1 == QUOTH_LABEL_PUNCT_PUNCT ? QUOTH_REL_PUNCT : QUOTH_REL_PARATAXIS;
		}
	}
}

void quoth_parse_sentence(const struct quoth_parse_model *model, struct quoth_document *doc, uint32_t sentence,
			  enum quoth_domain domain, struct quoth_parse_state *state)
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
		quoth_parse_begin(state, views, doc->tokens + first, n, domain);
		parse_words(model, state);
		write_tree(state, doc->tokens + first, first, &root);
	}
	doc->sentences[sentence].is_parsed = true;
}
