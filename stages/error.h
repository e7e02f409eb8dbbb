/* error: what can go wrong, and where.
 *
 * Functions that can fail return 0 or a negative enum quoth_error. Where a reader or stage can say more (which file,
 * which byte, what was expected), it writes that into the caller's struct quoth_report. Nothing here prints or exits.
 */
#ifndef QUOTH_ERROR_H
#define QUOTH_ERROR_H

#include <stdint.h>

enum quoth_error {
	QUOTH_OK = 0,
	QUOTH_NO_MEMORY = -1,	/* an allocation failed */
	QUOTH_TOO_LARGE = -2,	/* a document or layer beyond its limit */
	QUOTH_BAD_INPUT = -3,	/* bytes that are not what the format promises */
	QUOTH_IO = -4,		/* read or write failed; the report has the system's reason */
	QUOTH_BAD_MODEL = -5,	/* a model or lexicon that cannot be used */
	QUOTH_BAD_USAGE = -6,	/* an option or value that does not exist */
	QUOTH_STOPPED = -7,	/* a signal asked to stop */
	QUOTH_CHANGED = -8,	/* what an earlier run left is no longer what it was */
	QUOTH_FAULT = -9,	/* the system failed at reading what is there: not the input's fault */
	QUOTH_FOREIGN = -10,	/* a file that is something else than its name suggested */
};

enum { QUOTH_N_ERRORS = 11 };	/* with QUOTH_OK, negated: as an index */

/* Where and what, for people. where: "path", "path:line" or "path:byte N"; what: a sentence without a full stop. */
struct quoth_report {
	char where[512];
	char what[256];
};

/* Short English words for an error code; never NULL. */
const char *quoth_error_words(int error);

/* Fills a report as printf does (either part cut to its size, whole UTF-8 characters kept); returns error, so that a
 * function can end in `return quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));`. report may be NULL. */
int quoth_report_set(struct quoth_report *report, int error, const char *where, const char *what, ...)
	__attribute__((format(printf, 4, 5)));

#endif
