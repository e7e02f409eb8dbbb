/* journal: what a run has safely on disk, so that the same command goes on from there.
 *
 * A text file. Its head has the settings that shape the output, a line each; then comes a line for each checkpoint, with a CRC of its own, so
 * that a line that was being written when the power went is told from a whole one. The order is: output synced, file of errors
 * synced, line written, journal synced. The last whole line counts.
 */
#ifndef QUOTH_JOURNAL_H
#define QUOTH_JOURNAL_H

#include "pipeline/buffer.h"
#include "pipeline/position.h"
#include "stages/error.h"

#include <time.h>

/* What stands: the position in the input, the sizes of the files, the counts for the messages at the end. */
struct quoth_checkpoint {
	struct quoth_position position;
	uint64_t output_size, errors_size;
	uint64_t n_failed;
	bool is_complete;	/* the output is whole, and is or is about to be renamed */
};

struct quoth_journal {
	const char *path;
	int descriptor;			/* -1: none */
	struct timespec next;		/* when the next checkpoint is worth its time */
};

/* Opens or makes the journal at path (which must outlive it), for one process at a time. settings: lines "NAME VALUE". 1 with *checkpoint of
 * an earlier run with the same settings; 0 where there is nothing to go on from; QUOTH_CHANGED where its settings were others, the report
 * says which; QUOTH_IO, QUOTH_BAD_INPUT (no journal of quoth), QUOTH_NO_MEMORY. */
int quoth_journal_open(struct quoth_journal *journal, const char *path, const struct quoth_buffer *settings,
		       struct quoth_checkpoint *checkpoint, struct quoth_report *report);

/* Whether enough time has gone by for the next checkpoint: a quarter of a second, or twenty times what the last one took. */
bool quoth_journal_is_due(const struct quoth_journal *journal);

/* Adds a checkpoint whose files are synced already; `began` is when syncing them began. 0 or an error with the report. */
int quoth_journal_write(struct quoth_journal *journal, const struct quoth_checkpoint *checkpoint,
			const struct timespec *began, struct quoth_report *report);

/* Closes it; harmless on one that is closed or whose descriptor is -1. */
void quoth_journal_close(struct quoth_journal *journal);

#endif
