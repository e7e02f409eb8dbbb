/* train_context: learns the network of stages/context.h from articles with attributions.
 *
 * What reads the beliefs must learn from such as come out on unseen text: the articles' own are filled by networks that have
 * not seen them.
 */
#ifndef QUOTH_TRAIN_CONTEXT_H
#define QUOTH_TRAIN_CONTEXT_H

#include "pipeline/train_attribute.h"

/* Learns the tables "attribute.context", "attribute.context.rows" and "attribute.context.features" and sets them in the trainer; fills the beliefs of the
 * articles. 0 or QUOTH_NO_MEMORY. */
int quoth_learn_context(struct quoth_trainer *trainer, struct quoth_fold articles);

#endif
