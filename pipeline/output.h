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
	int descriptor;
	struct quoth_buffer pending;
};

/* Opens path for results; NULL or "-" is standard output. Symbolic links are followed, a file's mode is kept.
 * 0, QUOTH_IO or QUOTH_NO_MEMORY with the report. path must outlive the output. */
int quoth_output_open(struct quoth_output *output, const char *path, struct quoth_report *report);

/* Opens path to be written in place from the start, for what is worth having after a failure too. */
int quoth_output_open_in_place(struct quoth_output *output, const char *path, struct quoth_report *report);

/* Appends bytes; they are on their way once enough came together. 0 or an error with the report. */
int quoth_output_write(struct quoth_output *output, const char *bytes, size_t size, struct quoth_report *report);

/* Sends all that is pending. */
int quoth_output_flush(struct quoth_output *output, struct quoth_report *report);

/* Flushes, syncs, renames and closes: the result stands, or the error says why not and nothing is left behind. */
int quoth_output_finish(struct quoth_output *output, struct quoth_report *report);

/* Closes; a temporary file is removed. Harmless after finish and on a zeroed struct. */
void quoth_output_abandon(struct quoth_output *output);

#endif
