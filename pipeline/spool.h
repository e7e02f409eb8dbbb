/* spool: lines that are put aside on disk until all was seen, and then read again in the same order.
 *
 * The file has no name, so that nothing is left behind however the program ends.
 */
#ifndef QUOTH_SPOOL_H
#define QUOTH_SPOOL_H

#include "stages/error.h"

#include <stdio.h>

struct quoth_spool {
	FILE *file;
	char *line;
	size_t capacity;
	const char *folder;	/* for messages */
};

/* Makes one in folder, which must outlive it. 0, QUOTH_IO or QUOTH_NO_MEMORY with the report. */
int quoth_spool_open(struct quoth_spool *spool, const char *folder, struct quoth_report *report);

/* Harmless on a zeroed struct. */
void quoth_spool_close(struct quoth_spool *spool);

/* Puts bytes aside. 0 or QUOTH_IO with the report. */
int quoth_spool_put(struct quoth_spool *spool, const char *bytes, size_t size, struct quoth_report *report);

/* Goes back to the beginning, to read. 0 or QUOTH_IO with the report. */
int quoth_spool_rewind(struct quoth_spool *spool, struct quoth_report *report);

/* The next line, without its line break and with a NUL behind it, good until the next call. 1, 0 at the end, or
 * QUOTH_IO or QUOTH_NO_MEMORY with the report. */
int quoth_spool_next(struct quoth_spool *spool, char **line, size_t *size, struct quoth_report *report);

#endif
