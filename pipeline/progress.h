/* progress: how far a run is, on standard error, and what it did at its end.
 *
 * On a terminal one line is written over as the run goes on, with a bar where the size of all input is known (files and folders,
 * not pipes); in a log a line a minute, where it was asked for. SIGUSR1 asks for a line at any time.
 */
#ifndef QUOTH_PROGRESS_H
#define QUOTH_PROGRESS_H

#include "pipeline/batch.h"
#include "pipeline/options.h"

#include <time.h>

struct quoth_progress {
	bool is_shown, is_on_terminal, has_line;
	struct quoth_counts counts;
	uint64_t place;			/* in bytes of the input */
	uint64_t total;			/* bytes of the input; 0 where unknown */
	uint64_t begin;			/* where this run began, from its first batch on */
	bool has_begun;
	struct timespec start, last;
};

/* Bytes of all input files; 0 where that can't be known: standard input, pipes, or, unless is_needed, too many files. */
uint64_t quoth_progress_measure(const struct quoth_options *options, bool is_needed);

/* Decides whether to show it. total: bytes of all input files, 0 where they were not measured yet; they are then, if they are needed. */
void quoth_progress_begin(struct quoth_progress *progress, const struct quoth_options *options, const struct quoth_part *part,
			  uint64_t total);

/* Counts a batch that was done; prints where it is time to, or SIGUSR1 came. */
void quoth_progress_add(struct quoth_progress *progress, const struct quoth_batch *batch);

/* Makes room for a message: takes the line away. */
void quoth_progress_clear(struct quoth_progress *progress);

/* The last line, which stays, and the summary: documents, rows by kind, errors by class, words a second, peak memory. */
void quoth_progress_end(struct quoth_progress *progress);

#endif
