/* context: what a word is in its context: said, a beginning or an end of what is said, a source, a cue.
 *
 * A network of gated recurrent units (Cho et al. 2014) reads the document from both ends, so that what it believes of a word
 * rests on all words around it, near or far, which features of a window cannot see. Each word goes in as the sum of one row a
 * feature; gates are straight lines cut off at both ends (Courbariaux et al. 2015, "hard sigmoid"), so that all of it is
 * arithmetic of small whole numbers: the same on every machine, and eight products at a time on most.
 *
 * The network decides nothing. Its beliefs are features of the gate, the cues, the roles and the judge of rows.
 *
 * Cost    linear in the tokens: some 6,700 products each, and 38 bytes.
 */
#ifndef QUOTH_CONTEXT_H
#define QUOTH_CONTEXT_H

#include "stages/syntax.h"

enum {
	QUOTH_N_CONTEXT_UNITS = 32,				/* of a direction */
	QUOTH_N_CONTEXT_GATES = 3 * QUOTH_N_CONTEXT_UNITS,	/* what is forgotten, what is kept, what is new */
	QUOTH_N_CONTEXT_SUMS = QUOTH_N_CONTEXT_GATES + 8,	/* gates and beliefs, padded */
	QUOTH_N_CONTEXT_FEATURES = 8,				/* of a token */
	QUOTH_N_CONTEXT_ROWS = QUOTH_N_CONTEXT_FEATURES + 1,	/* of a token, at most */
	QUOTH_CONTEXT_ALWAYS = 0,				/* the row that every token has */
};

/* Fixed point: how many bits stand behind the point. */
enum {
	QUOTH_CONTEXT_ROW_BITS = 6,	/* of rows, 8-bit cells: -2 to 2 */
	QUOTH_CONTEXT_INNER_BITS = 10,	/* of inner weights, 16 bits: -32 to 32 */
	QUOTH_CONTEXT_STATE_BITS = 12,	/* of what a unit holds, -1 to 1 */
	QUOTH_CONTEXT_SUM_BITS = QUOTH_CONTEXT_INNER_BITS + QUOTH_CONTEXT_STATE_BITS,
};

/* The weights of both directions, as they lie in the model's table "attribute.context". */
struct quoth_context_weights {
	/* [unit / 2][sum][unit % 2]: what units held goes into gates and beliefs */
	int16_t inner[2][QUOTH_N_CONTEXT_UNITS / 2][QUOTH_N_CONTEXT_SUMS][2];
	int32_t bias[QUOTH_N_CONTEXT_BELIEFS];
};

struct quoth_context_model {
	struct quoth_words features;	/* from a feature to 1 + the number of its row */
	const int8_t *rows;		/* [row][direction][gate] */
	uint32_t n_rows;
	const struct quoth_context_weights *weights;
};

/* Finds it in a model; false if it lacks or has another shape. */
bool quoth_context_model_find(const struct quoth_model *model, struct quoth_context_model *context);

/* The features of a token, QUOTH_N_CONTEXT_FEATURES of them. */
void quoth_context_features(const struct quoth_syntax *syntax, uint32_t token, uint32_t *features);

/* The numbers of a token's rows: QUOTH_CONTEXT_ALWAYS first, which also fills what is left behind the others. */
void quoth_context_rows(const struct quoth_syntax *syntax, const struct quoth_words *features, uint32_t n_rows, uint32_t token,
			uint16_t rows[QUOTH_N_CONTEXT_ROWS]);

/* Fills the beliefs of all tokens of a syntax, in log odds, and what its sentences have of them. 0 or QUOTH_NO_MEMORY. */
int quoth_context_read(struct quoth_syntax *syntax, const struct quoth_context_model *model);

#endif
