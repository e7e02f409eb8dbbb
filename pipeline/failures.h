/* failures: tells the user what went wrong, document by document.
 *
 * Messages go to standard error as "quoth: WHERE: WHAT", and with --errors=FILE as TSV rows doc, place, error. A batch in
 * which everything is broken must not flood a terminal: after MAX_MESSAGES messages only the file has the rest.
 */
#ifndef QUOTH_FAILURES_H
#define QUOTH_FAILURES_H

#include "pipeline/batch.h"
#include "pipeline/output.h"

struct quoth_failures {
	struct quoth_output file;
	bool has_file;
	uint64_t n_failed, n_messages, n_repeated_ids;
	uint64_t *ids;			/* hashes of the ids seen, an open table; 0 is an empty place */
	size_t n_ids, capacity;
	bool is_full;			/* too many ids to remember: repeated ones are no longer noticed */
};

/* path: of --errors, or NULL. The struct needs no setting up. 0 or an error with the report. */
int quoth_failures_open(struct quoth_failures *failures, const char *path, struct quoth_report *report);

/* Goes on after a run that counted n_failed and left `size` good bytes in path (NULL: no file). */
int quoth_failures_go_on(struct quoth_failures *failures, const char *path, uint64_t size, uint64_t n_failed,
			 struct quoth_report *report);

/* Tells of the failures of a batch, and of ids that came before. 0, or an error with the report where the file can't be
 * written. */
int quoth_failures_take(struct quoth_failures *failures, const struct quoth_batch *batch, struct quoth_report *report);

/* Says what the counts say, syncs and closes the file. 0 or an error with the report. */
int quoth_failures_finish(struct quoth_failures *failures, struct quoth_report *report);

/* Prints one message: "quoth: WHERE: WHAT", control characters as '?', so that a file's name can't write to the terminal. */
void quoth_message(const char *where, const char *what);

/* The same from another program. */
void quoth_message_of(const char *program, const char *where, const char *what);

#endif
