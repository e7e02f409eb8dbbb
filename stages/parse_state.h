/* parse_state: a sentence half parsed, and what can be done next.
 *
 * The transition system is arc-eager (Nivre 2003) with the root behind the last word (Ballesteros and Nivre 2013): a stack
 * of words that still wait, the next word b0, and four moves. Each word enters and leaves the stack once, so that all ways
 * to parse n words are 2n moves long. Used by the stage and by the trainer.
 *
 * Words are numbered from 1; 0 is no word; n + 1 is the root.
 */
#ifndef QUOTH_PARSE_STATE_H
#define QUOTH_PARSE_STATE_H

#include "stages/tag_features.h"

#include <stdbool.h>
#include <stdint.h>

enum quoth_move {
	QUOTH_SHIFT,	/* b0 goes onto the stack */
	QUOTH_REDUCE,	/* the top of the stack, which has its head, leaves */
	QUOTH_LEFT,	/* b0 is the head of the top, which leaves */
	QUOTH_RIGHT,	/* the top is the head of b0, which goes onto the stack */
	QUOTH_N_MOVES
};

/* What is known of a word before parsing. */
struct quoth_parse_word {
	uint32_t word, word_tag;		/* hashes that stand for the word alone and with its label */
	uint32_t ending;			/* of the form, with its shape */
	uint16_t cluster, cluster6, cluster4;	/* prefixes of its path */
	uint16_t tag_set;			/* tags that the lists give it */
	uint16_t n_commas, n_verbs, n_marks;	/* before this word in the sentence; marks are those of quotation */
	uint8_t tag;				/* enum quoth_tag_label, plus 1 */
	uint8_t name;
};

struct quoth_parse_input {
	uint16_t n;		/* words */
	struct quoth_parse_word words[QUOTH_MAX_STRETCH + 4];
};

/* What parsing found of it so far. */
struct quoth_parse_node {
	uint16_t head;				/* 0 while unknown */
	uint16_t left, left2, right, right2;	/* outermost children, and the last before them */
	uint8_t relation;			/* to its head */
	uint8_t n_left, n_right;
	uint8_t reserved[3];
	uint64_t left_set, right_set;		/* bit relation: relations of its children */
};

struct quoth_parse_state {
	const struct quoth_parse_input *input;
	uint16_t next;		/* b0; the nodes behind it have no value yet */
	uint16_t depth;
	uint16_t stack[QUOTH_MAX_STRETCH + 1];
	struct quoth_parse_node nodes[QUOTH_MAX_STRETCH + 2];
};

/* Reads the n words whose views, with labels and names, start at views[QUOTH_STRETCH_PADDING]. */
void quoth_parse_read(struct quoth_parse_input *input, const struct quoth_word_view *views, const struct quoth_token *tokens,
		      uint32_t n);

/* Sets up the state before the first move; input must live as long. */
void quoth_parse_begin(struct quoth_parse_state *state, const struct quoth_parse_input *input);

void quoth_parse_copy(struct quoth_parse_state *to, const struct quoth_parse_state *from);

static inline uint16_t quoth_parse_top(const struct quoth_parse_state *state)
{
	return state->depth ? state->stack[state->depth - 1] : 0;
}

/* The word under the top, 0 if there is none. */
static inline uint16_t quoth_parse_below(const struct quoth_parse_state *state)
{
	return state->depth > 1 ? state->stack[state->depth - 2] : 0;
}

static inline bool quoth_parse_is_done(const struct quoth_parse_state *state)
{
	return state->next > state->input->n && state->depth == 0;
}

/* Bit move: whether it can be made; at least one can until the sentence is done. */
static inline unsigned quoth_parse_legal_moves(const struct quoth_parse_state *state)
{
	unsigned legal = 0;

	if (state->next <= state->input->n)
		legal = state->depth ? 1u << QUOTH_SHIFT | 1u << QUOTH_RIGHT : 1u << QUOTH_SHIFT;
	if (state->depth)
		legal |= state->nodes[quoth_parse_top(state)].head ? 1u << QUOTH_REDUCE : 1u << QUOTH_LEFT;
	return legal;
}

/* Head and dependent of the arc that a move makes; false for a move that makes none. */
static inline bool quoth_parse_arc_of(const struct quoth_parse_state *state, enum quoth_move move, uint16_t *head,
				      uint16_t *dependent)
{
	uint16_t top = quoth_parse_top(state);

	*head = move == QUOTH_LEFT ? state->next : top;
	*dependent = move == QUOTH_LEFT ? top : state->next;
	return move == QUOTH_LEFT || move == QUOTH_RIGHT;
}

/* Makes a legal move; relation is for the two that make an arc. */
void quoth_parse_make_move(struct quoth_parse_state *state, enum quoth_move move, uint8_t relation);

#endif
