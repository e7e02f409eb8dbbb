/* collect: from the paths on the command line to batches of records. */
#ifndef QUOTH_COLLECT_H
#define QUOTH_COLLECT_H

#include "pipeline/batch.h"
#include "pipeline/container.h"
#include "pipeline/inputs.h"

/* The state of reading; zeroed at start but for the first two and what the container's header leaves to the caller. */
struct quoth_collector {
	struct quoth_inputs *inputs;
	const struct quoth_reading *reading;
	struct quoth_container container;
	struct quoth_reader reader;
	bool is_inside;			/* of a container: it may have more streams */
	bool is_open;			/* a stream is being cut */
	bool is_done;
	uint64_t n_batches;
};

/* Fills an empty batch with the next records; failures of the reader become records too. 1 with at least one record, 0
 * where there are no more, QUOTH_STOPPED or QUOTH_NO_MEMORY. */
int quoth_collect_batch(struct quoth_collector *collector, struct quoth_batch *batch);

/* Frees what reading took. */
void quoth_collector_close(struct quoth_collector *collector);

#endif
