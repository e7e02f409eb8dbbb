/* progress: one line on standard error that is written over as the run goes on.
 *
 * Documents, MB/s, errors, and the time left where the size of all input is known (files and folders, not pipes).
 */
#ifndef QUOTH_PROGRESS_H
#define QUOTH_PROGRESS_H

#include "pipeline/options.h"

#include <time.h>

struct quoth_progress {
	bool is_shown, is_on_terminal, has_line;
	uint64_t n_documents, n_failed, bytes, total_bytes;	/* total: 0 where unknown */
	struct timespec start, last;
};

/* Decides whether to show it, and if so adds up the sizes of the input files. */
void quoth_progress_begin(struct quoth_progress *progress, const struct quoth_options *options);

/* Counts what was done; prints at most a few times a second. */
void quoth_progress_add(struct quoth_progress *progress, uint64_t n_documents, uint64_t bytes, uint64_t n_failed);

/* Makes room for a message: takes the line away. */
void quoth_progress_clear(struct quoth_progress *progress);

/* The last line, which stays. */
void quoth_progress_end(struct quoth_progress *progress);

#endif
