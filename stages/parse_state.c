#include "stages/parse_state.h"

#include <string.h>

static bool is_verb(uint8_t label)
{
	return quoth_tag_pairs[label].upos == QUOTH_UPOS_VERB || quoth_tag_pairs[label].upos == QUOTH_UPOS_AUX;
}

void quoth_parse_read(struct quoth_parse_input *input, const struct quoth_word_view *views, const struct quoth_token *tokens,
		      uint32_t n)
{
	uint16_t n_commas = 0, n_verbs = 0, n_marks = 0;

	input->n = (uint16_t)n;
	input->words[0] = (struct quoth_parse_word){0};
	for (uint32_t i = 0; i < n; i++) {
		const struct quoth_word_view *view = views + QUOTH_STRETCH_PADDING + i;

		input->words[i + 1] = (struct quoth_parse_word){
			.word = view->word * 0x85EBCA77u,
			.word_tag = quoth_feature(view->label, view->word),
			.ending = quoth_feature(view->shape, view->suffix3),
			.cluster = view->prefix10,
			.cluster6 = view->prefix6,
			.cluster4 = view->prefix4,
			.tag_set = view->tag_set,
			.tag = (uint8_t)(view->label + 1),
			.name = view->name,
			.n_commas = n_commas,
			.n_verbs = n_verbs,
			.n_marks = n_marks,
		};
		n_commas = (uint16_t)(n_commas + (tokens[i].mark == QUOTH_COMMA));
		n_marks = (uint16_t)(n_marks + (tokens[i].kind == QUOTH_QUOTE_MARK));
		n_verbs = (uint16_t)(n_verbs + is_verb(view->label));
	}
	input->words[n + 1] = (struct quoth_parse_word){
		.word = 0x2545F491u, .word_tag = 0x4F6CDD1Du, .tag = QUOTH_N_TAG_LABELS + 1,
		.n_commas = n_commas, .n_verbs = n_verbs, .n_marks = n_marks,
	};
	input->words[n + 2] = (struct quoth_parse_word){0};
}

void quoth_parse_begin(struct quoth_parse_state *state, const struct quoth_parse_input *input)
{
	state->input = input;
	state->next = 1;
	state->depth = 0;
	memset(state->nodes, 0, 2 * sizeof *state->nodes);
}

void quoth_parse_copy(struct quoth_parse_state *to, const struct quoth_parse_state *from)
{
	to->input = from->input;
	to->next = from->next;
	to->depth = from->depth;
	memcpy(to->stack, from->stack, from->depth * sizeof *from->stack);
	memcpy(to->nodes, from->nodes, (from->next + 1u) * sizeof *from->nodes);
}

static void add_arc(struct quoth_parse_state *state, uint16_t head, uint16_t dependent, uint8_t relation)
{
	struct quoth_parse_node *h = state->nodes + head, *d = state->nodes + dependent;

	d->head = head;
	d->relation = relation;
	if (dependent < head) {
		h->left2 = h->left;
		h->left = dependent;
		h->left_set |= 1ull << relation;
		h->n_left = (uint8_t)(h->n_left + (h->n_left < 7));
	} else {
		h->right2 = h->right;
		h->right = dependent;
		h->right_set |= 1ull << relation;
		h->n_right = (uint8_t)(h->n_right + (h->n_right < 7));
	}
}

/* b0 goes onto the stack, and the word behind it is the next. */
static void advance(struct quoth_parse_state *state)
{
	state->stack[state->depth++] = state->next++;
	state->nodes[state->next] = (struct quoth_parse_node){0};
}

void quoth_parse_make_move(struct quoth_parse_state *state, enum quoth_move move, uint8_t relation)
{
	uint16_t top = quoth_parse_top(state);

	switch (move) {
	case QUOTH_SHIFT:
		advance(state);
		break;
	case QUOTH_REDUCE:
		state->depth--;
		break;
	case QUOTH_LEFT:
		add_arc(state, state->next, top, relation);
		state->depth--;
		break;
	case QUOTH_RIGHT:
	default:
		add_arc(state, top, state->next, relation);
		advance(state);
		break;
	}
}
