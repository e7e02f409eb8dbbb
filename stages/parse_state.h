/* parse_state: a sentence half parsed, what can be done next, and what the parser sees of it.
 *
 * The transition system is arc-eager (Nivre 2003) with the root behind the last word (Ballesteros and Nivre 2013): a stack
 * of words that still wait, the next word b0, and four moves, at most two a word. Used by the stage and by the trainer.
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

struct quoth_parse_node {
	uint32_t word, word_tag;		/* hashes that stand for the word alone and with its label */
	uint16_t cluster;
	uint16_t head;				/* 0 while unknown */
	uint16_t left, left2, right, right2;	/* outermost children, and the last before them */
	uint16_t n_commas, n_verbs, n_marks;	/* before this word in the sentence; marks are those of quotation */
	uint8_t tag;				/* enum quoth_tag_label, plus 1 */
	uint8_t relation;			/* to its head */
	uint8_t n_left, n_right, name;
	uint64_t left_set, right_set;		/* bit relation: relations of its children */
};

struct quoth_parse_state {
	uint16_t n;		/* words */
	uint16_t next;		/* b0 */
	uint16_t depth;
	uint8_t domain;		/* enum quoth_domain */
	uint16_t stack[QUOTH_MAX_STRETCH + 1];
	struct quoth_parse_node nodes[QUOTH_MAX_STRETCH + 4];
};

/* Sets up the state for the n words whose views, with labels and names, start at views[QUOTH_STRETCH_PADDING]. */
void quoth_parse_begin(struct quoth_parse_state *state, const struct quoth_word_view *views, const struct quoth_token *tokens,
		       uint32_t n, enum quoth_domain domain);

static inline uint16_t quoth_parse_top(const struct quoth_parse_state *state)
{
	return state->depth ? state->stack[state->depth - 1] : 0;
}

static inline bool quoth_parse_is_done(const struct quoth_parse_state *state)
{
	return state->next > state->n && state->depth == 0;
}

/* Bit move: whether it can be made; at least one can until the sentence is done. */
static inline unsigned quoth_parse_legal_moves(const struct quoth_parse_state *state)
{
	unsigned legal = 0;

	if (state->next <= state->n)
		legal = state->depth ? 1u << QUOTH_SHIFT | 1u << QUOTH_RIGHT : 1u << QUOTH_SHIFT;
	if (state->depth)
		legal |= state->nodes[quoth_parse_top(state)].head ? 1u << QUOTH_REDUCE : 1u << QUOTH_LEFT;
	return legal;
}

/* Makes a legal move; relation is for the two that make an arc. */
void quoth_parse_make_move(struct quoth_parse_state *state, enum quoth_move move, uint8_t relation);

enum { QUOTH_N_MOVE_FEATURES = 96, QUOTH_N_RELATION_FEATURES = 64 };

/* Features for the next move. Returns how many. */
size_t quoth_move_features(const struct quoth_parse_state *state, uint32_t *features);

/* Features for the relation of dependent to head, before the arc is made. */
size_t quoth_relation_features(const struct quoth_parse_state *state, uint16_t head, uint16_t dependent, uint32_t *features);

#endif
