/* collect: from the paths on the command line to batches of records. */
#ifndef QUOTH_COLLECT_H
#define QUOTH_COLLECT_H

#include "pipeline/batch.h"
#include "pipeline/container.h"
#include "pipeline/inputs.h"

/* The state of reading; zeroed at start but for the inputs, the reading, the part, the position to go on from, and what the
 * container's header leaves to the caller. */
struct quoth_collector {
	struct quoth_inputs *inputs;
	const struct quoth_reading *reading;
	struct quoth_part part;
	struct quoth_position resumed;	/* what stands before it was done by an earlier run; zeroed: nothing was */
	bool stops_at_faults;		/* for the next run to try again; but not at the very place where this one began */

	struct quoth_container container;
	struct quoth_reader reader;
	struct quoth_position position;
	struct quoth_report report;	/* of QUOTH_CHANGED and QUOTH_FAULT */
	struct quoth_report foreign;	/* the first stream that was left out for what is in it, and how many there were */
	uint64_t n_foreign;
	struct stat status;		/* of the file entered last, when that was; zeroed where unknown */
	uint64_t file_begin, file_size;	/* of the file entered last: where it stands in the input, and its bytes */
	bool is_inside;			/* of a container: it may have more streams */
	bool is_open;			/* a stream is being cut */
	bool is_done;
	uint64_t n_batches;
};

/* Fills an empty batch with the next records; failures of the reader become records too. 1 with at least one record, 0
 * where there are no more, QUOTH_STOPPED, QUOTH_NO_MEMORY, or QUOTH_CHANGED where the files before the position to go on
 * from are no longer what they were, or QUOTH_FAULT where it is to stop at one; collector->report says more of the last two. */
int quoth_collect_batch(struct quoth_collector *collector, struct quoth_batch *batch);

/* Frees what reading took. */
void quoth_collector_close(struct quoth_collector *collector);

#endif
