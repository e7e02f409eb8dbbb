/* train_choice: learns to choose one of several, or none.
 *
 * A conditional logit (McFadden 1974; for antecedents Denis & Baldridge 2007, "A ranking approach to pronoun resolution"):
 * the chance of a candidate is the exponential of its features' weights over the sum of all candidates'. Nobody is a
 * candidate, too, of one weight. Weights are drawn towards a prior, with l2 / 2 for the square of each distance; the
 * likelihood is climbed with steps of each weight's own pace (AdaGrad, Duchi et al. 2011) over all examples at once, so
 * that nothing depends on their order.
 */
#ifndef QUOTH_TRAIN_CHOICE_H
#define QUOTH_TRAIN_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

enum { QUOTH_MAX_CHOICE_FEATURES = 40 };

/* What was to be chosen from. The right ones may be several, of which any will do; none: nobody was right. */
struct quoth_choice_example {
	const int8_t *features;		/* n rows of n_features */
	const bool *is_right;		/* n */
	uint32_t n;
	bool has_nobody;		/* whether nobody could be chosen */
};

/* Moves weights[n_features + 1], QUOTH_MAX_CHOICE_FEATURES + 1 at most and the last of them nobody's, from the prior that they hold to what the examples say. */
void quoth_learn_choice(const struct quoth_choice_example *examples, uint32_t n, unsigned n_features, double l2,
			double *weights);

#endif
