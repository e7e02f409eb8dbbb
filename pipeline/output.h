/* output: where results go: standard output, a device, or a file that is written whole or not at all.
 *
 * A regular file is written beside its name as ".NAME.XXXXXX", synced and renamed at the end, so that a reader of the
 * name finds the old content or the new, never a half. The temporary file's name is hidden: a walk over its folder does
 * not take it for an article.
 */
#ifndef QUOTH_OUTPUT_H
#define QUOTH_OUTPUT_H

#include "pipeline/buffer.h"
#include "stages/error.h"

struct quoth_output {
	const char *name;	/* for messages */
	char *target, *temporary;	/* NULL where it is written in place */
	bool is_partial;		/* the temporary file is kept for the next run */
	int descriptor;
	uint64_t size;		/* bytes that were sent, with what was there before */
	struct quoth_buffer pending;
};

/* Opens path for results; NULL or "-" is standard output. Symbolic links are followed, a file's mode is kept.
 * 0, QUOTH_IO or QUOTH_NO_MEMORY with the report. path must outlive the output. */
int quoth_output_open(struct quoth_output *output, const char *path, struct quoth_report *report);

/* Opens path to be written in place from the start, for what is worth having after a failure too. */
int quoth_output_open_in_place(struct quoth_output *output, const char *path, struct quoth_report *report);

/* Opens the file that will be path, to go on with it after a run that did not come to its end: it is called ".NAME.partial" until
 * it is finished, and stays if it is abandoned. Its first `size` bytes are kept. What is no regular file is refused. QUOTH_CHANGED where it has not as many, or they are
 * needed and it is gone. */
int quoth_output_open_partial(struct quoth_output *output, const char *path, uint64_t size, struct quoth_report *report);

/* Opens path to be gone on with in place: its first `size` bytes are kept. */
int quoth_output_go_on(struct quoth_output *output, const char *path, uint64_t size, struct quoth_report *report);

/* Sends all that is pending and waits until it is on disk. */
int quoth_output_sync(struct quoth_output *output, struct quoth_report *report);

/* Appends bytes; they are on their way once enough came together. 0 or an error with the report. */
int quoth_output_write(struct quoth_output *output, const char *bytes, size_t size, struct quoth_report *report);

/* Sends all that is pending. */
int quoth_output_flush(struct quoth_output *output, struct quoth_report *report);

/* Flushes, syncs, renames and closes: the result stands, or the error says why not and nothing is left behind. */
int quoth_output_finish(struct quoth_output *output, struct quoth_report *report);

/* Closes; a temporary file is removed, a partial one is not. Harmless after finish and on a zeroed struct. */
void quoth_output_abandon(struct quoth_output *output);

#endif
