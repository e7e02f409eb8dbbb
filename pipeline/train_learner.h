/* train_learner: learns the weights that stages/model.h reads.
 *
 * An averaged perceptron (Collins 2002) in general clothes: the caller scores an example, decides what was wrong and by
 * how much, and moves the rows of its features towards some labels and away from others. With steps of 1 and -1 that is
 * the perceptron, with tau the passive-aggressive algorithm, with gradients logistic regression; with one label it is a
 * ranker or a yes-no model. What is written at the end is the mean of the weights over all ticks, so that the order of
 * the examples counts little.
 *
 * Rows are shared by features that hash alike, exactly as at run time. Nothing here is random: the caller shuffles with
 * quoth_random, so that the same data and seed give the same bytes.
 */
#ifndef QUOTH_TRAIN_LEARNER_H
#define QUOTH_TRAIN_LEARNER_H

#include "stages/model.h"

#include <stddef.h>
#include <stdint.h>

struct quoth_learner;

/* 2^bits rows (1 <= bits <= 24) of n_labels weights, all 0; NULL without memory. Caller frees it. */
struct quoth_learner *quoth_learner_new(unsigned bits, uint16_t n_labels);
void quoth_learner_free(struct quoth_learner *learner);

/* scores[0 .. quoth_weights_width(n_labels)) = the sums of the current weights. */
void quoth_learner_score(const struct quoth_learner *learner, const uint32_t *features, size_t n, float *scores);

/* The sum for one label. */
float quoth_learner_score_label(const struct quoth_learner *learner, const uint32_t *features, size_t n, unsigned label);

/* Adds step to the label's weight of every feature. */
void quoth_learner_add(struct quoth_learner *learner, const uint32_t *features, size_t n, unsigned label, float step);

/* A step against gradients, one a label, at each feature's own pace (AdaGrad, Duchi et al. 2011, with weights drawn to 0 by
 * l2): what was moved often moves less. 0 or QUOTH_NO_MEMORY. */
int quoth_learner_descend(struct quoth_learner *learner, const uint32_t *features, size_t n, const float *gradients,
			  float rate, float l2);

/* A step of logistic regression and a tick, for a learner of one label: towards the chance `target`, from 0 to 1. What is nearer
 * to it than `near` already does not move. 0 or QUOTH_NO_MEMORY. */
int quoth_learner_regress(struct quoth_learner *learner, const uint32_t *features, size_t n, float target, float near,
			  float rate, float l2);

/* The mean is to be taken from here on: what the first, rough rounds said is left out of it. */
void quoth_learner_restart_mean(struct quoth_learner *learner);

/* Moves the clock of the mean: once for every example, right or wrong. */
void quoth_learner_tick(struct quoth_learner *learner);

/* Adds the mean of learner's weights to those of sum, which has the same shape and has itself learned nothing: what several
 * learners say together. */
void quoth_learner_add_mean(struct quoth_learner *sum, const struct quoth_learner *learner);

/* Writes the mean of the weights into a new table of cell_bytes 1 or 2 a weight. The largest `clip` share of weights
 * (0.0005 is usual with one byte, 0 with two) are cut to the largest value that fits, so that the rest keeps its
 * precision. The caller frees table->bytes; name and about are kept as pointers. 0 or QUOTH_NO_MEMORY. */
int quoth_learner_quantise(const struct quoth_learner *learner, unsigned cell_bytes, double clip, const char *name,
			   const char *about, struct quoth_table *table);

/* ---- random numbers: xorshift64*, the same everywhere ---- */

struct quoth_random {
	uint64_t state;
};

/* Any seed will do. */
struct quoth_random quoth_random_new(uint64_t seed);
uint32_t quoth_random_next(struct quoth_random *random);

/* 0 <= result < n, n > 0. */
uint32_t quoth_random_below(struct quoth_random *random, uint32_t n);

/* Puts 0 .. n-1 into order in random order. */
void quoth_random_order(struct quoth_random *random, uint32_t *order, uint32_t n);

#endif
