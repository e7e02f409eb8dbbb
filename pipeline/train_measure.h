/* train_measure: how well the learned taggers and the parser do on the dev corpus. */
#ifndef QUOTH_TRAIN_MEASURE_H
#define QUOTH_TRAIN_MEASURE_H

#include "pipeline/train.h"

/* Runs the program's own stages on the dev documents' tokens and prints, by source: words a second, Penn tags and
 * universal parts of speech right, F1 of names, attachment scores with and without punctuation. */
int quoth_trainer_measure(struct quoth_trainer *trainer, struct quoth_report *report);

#endif
