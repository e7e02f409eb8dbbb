/* train_network: the network of stages/context.h while it learns.
 *
 * Binary cross-entropy of each belief, by back-propagation through whole articles (Werbos 1990) and Adam (Kingma & Ba 2015);
 * features and what units tell are dropped by chance (Srivastava et al. 2014). Learned in floating point, cut to the whole
 * numbers of the program's arithmetic at the end. Sums are made in one order whatever the width of vectors.
 */
#ifndef QUOTH_TRAIN_NETWORK_H
#define QUOTH_TRAIN_NETWORK_H

#include "pipeline/train_learner.h"
#include "stages/context.h"

/* An article, as the network reads it; all is the caller's. */
struct quoth_sample {
	uint32_t n;					/* tokens */
	uint16_t (*rows)[QUOTH_N_CONTEXT_ROWS];		/* of each token, as quoth_context_rows has them */
	uint8_t (*targets)[QUOTH_N_CONTEXT_BELIEFS];	/* 0 or 1 */
};

struct quoth_network;

/* A network that knows nothing, for features of n_rows rows and articles of up to `longest` tokens; NULL without memory. */
struct quoth_network *quoth_network_new(uint32_t n_rows, uint32_t longest, struct quoth_random *random);
void quoth_network_free(struct quoth_network *network);

/* Adds the gradient of an article's loss, with each token weighing `share`, to that of the articles since the last step; returns
 * the loss. */
double quoth_network_learn(struct quoth_network *network, const struct quoth_sample *sample, float share,
			   struct quoth_random *random);

/* Moves the weights against the gradient, by Adam with this rate. */
void quoth_network_step(struct quoth_network *network, float rate);

/* The tables "attribute.context" and "attribute.context.rows"; the caller frees their bytes. 0 or QUOTH_NO_MEMORY. */
int quoth_network_tables(const struct quoth_network *network, struct quoth_table *weights, struct quoth_table *rows);

#endif
