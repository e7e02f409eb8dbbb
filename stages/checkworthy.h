/* checkworthy: how likely what is said holds a factual claim that is worth a check.
 *
 * Method  logistic regression over the words of a sentence and their order, parts of speech, tense, numbers, comparisons,
 *         names (by their class alone), clusters of words and cue verbs, as in ClaimBuster (Hassan et al. 2017, "Toward
 *         automated fact-checking"), whose sentences of debates it is learned from. A feature counts once, however often
 *         a sentence has it. A calibration (calibration.h), fitted to sentences that the weights had not seen, makes
 *         the sum a share.
 *
 *         On folds of the sentences that were kept aside the area under the ROC curve is 0.937 and the expected calibration
 *         error 0.006 (quoth-train --progress prints both). A statement of several sentences is worth what its best
 *         sentence is: a checker needs but one.
 * Cost    some ten features a word of what is said.
 *
 * Used by the score stage and by the trainer.
 */
#ifndef QUOTH_CHECKWORTHY_H
#define QUOTH_CHECKWORTHY_H

#include "stages/calibration.h"
#include "stages/syntax.h"

enum {
	QUOTH_CHECKWORTHY_BITS = 18,		/* 2^18 weights, of one byte each */
	QUOTH_N_CHECKWORTHY_FEATURES = 2048,	/* of a sentence; the words beyond some hundred are left out */
};

struct quoth_checkworthy_model {
	struct quoth_weights weights;
	const struct quoth_calibration *calibration;
};

/* Finds it in a model; false if that has none. */
bool quoth_checkworthy_model_find(const struct quoth_model *model, struct quoth_checkworthy_model *found);

/* Room for the features of one sentence. */
struct quoth_checkworthy_room {
	uint32_t features[QUOTH_N_CHECKWORTHY_FEATURES];
	uint32_t seen[2 * QUOTH_N_CHECKWORTHY_FEATURES];	/* a table of the weights that they have touched */
};

/* The features of the words in `parts`, which lie in one sentence: how many. */
size_t quoth_checkworthy_features(const struct quoth_syntax *syntax, const struct quoth_range *parts, unsigned n_parts,
				  struct quoth_checkworthy_room *room);

/* The highest score of a sentence that the parts of a statement have words in; parts are in the order of the text. */
float quoth_checkworthy_score(const struct quoth_checkworthy_model *model, const struct quoth_syntax *syntax,
			      const struct quoth_range *parts, unsigned n_parts, struct quoth_checkworthy_room *room);

#endif
