/* run: many documents side by side, results in the order of input.
 *
 * One thread reads and cuts, workers decode and run the stages, the calling thread takes the finished batches in order.
 * Batches go round: there is a fixed number of them, and a bound on the bytes that wait in them, so that memory does
 * not grow with the corpus, nor with a slow document at the front. With one job all is done in the calling thread.
 */
#ifndef QUOTH_RUN_H
#define QUOTH_RUN_H

#include "pipeline/collect.h"
#include "pipeline/process.h"

/* Takes a batch whose documents are done; anything but 0 ends the run and is what quoth_run returns. */
typedef int quoth_batch_taker(void *context, struct quoth_batch *batch);

/* Runs all that the collector finds. 0; QUOTH_STOPPED where a signal asked to stop (what was read until then is taken
 * all the same); QUOTH_NO_MEMORY; or what the taker returned. */
int quoth_run(const struct quoth_processing *processing, struct quoth_collector *collector, unsigned jobs,
	      quoth_batch_taker *take, void *context);

#endif
