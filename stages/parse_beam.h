/* parse_beam: the best way to parse a sentence, by beam search.
 *
 * Ways to parse a sentence grow side by side, a move at a time, and the best few are kept (Zhang and Clark
 * 2008). The score of a way is the sum over its moves and over the relations of its arcs. Used by the stage and by the
 * trainer, which bring their own weights.
 *
 * Cost    2n steps for n words, each the scores of the states in the beam and copies of them.
 */
#ifndef QUOTH_PARSE_BEAM_H
#define QUOTH_PARSE_BEAM_H

#include "stages/parse_features.h"

enum { QUOTH_MAX_BEAM = 8, QUOTH_MEMO_BITS = 7, QUOTH_MAX_MOVES = 2 * QUOTH_MAX_STRETCH };

/* The weights: what the QUOTH_N_MOVES moves and the QUOTH_N_RELATIONS relations score for some features; scores has room
 * for QUOTH_MAX_LABELS. The factors bring the two to one scale. */
struct quoth_parse_scorer {
	const void *model;
	void (*score_moves)(const void *model, const uint32_t *features, size_t n, int32_t *scores);
	void (*score_relations)(const void *model, const uint32_t *features, size_t n, int32_t *scores);
	int32_t move_factor, relation_factor;
};

struct quoth_parse_step {
	uint32_t before;	/* the step that led here, QUOTH_NONE at the start */
	uint8_t move, relation;
};

struct quoth_parse_item {
	int64_t score;
	uint32_t step;		/* its last one */
	struct quoth_parse_state state;
};

/* What the relations of the two words at hand scored. */
struct quoth_parse_memo {
	struct quoth_parse_node s0, b0;
	int64_t scores[QUOTH_N_MOVES];
	uint16_t top, next;		/* next 0: free */
	uint8_t relations[QUOTH_N_MOVES];
};

struct quoth_parse_beam {
	struct quoth_parse_item *items;		/* best first */
	uint32_t n_items, width, n_steps;
	struct quoth_parse_item rooms[2][QUOTH_MAX_BEAM];
	struct quoth_parse_memo memos[1 << QUOTH_MEMO_BITS];
	struct quoth_parse_step steps[QUOTH_MAX_MOVES * QUOTH_MAX_BEAM];
};

/* 1 <= width <= QUOTH_MAX_BEAM. */
void quoth_parse_beam_begin(struct quoth_parse_beam *beam, const struct quoth_parse_input *input, uint32_t width);

/* Makes one more move in all items; false if the sentence is done. */
bool quoth_parse_beam_advance(struct quoth_parse_beam *beam, const struct quoth_parse_scorer *scorer);

#endif
