/* database: what --to=sqlite writes: the tables of corpus/database in one file of SQLite's.
 *
 * Workers make tuples of their documents (writer_sqlite.c); the thread that puts the batches in order gives them here, and they are
 * inserted as they come, so that the content is the same for any number of workers. The file is new and nobody else's until it gets
 * its name (output.h): it is written without a journal and in one transaction, which then costs no memory and saves nothing to disk twice. Indexes and full
 * text search are made at the end.
 */
#ifndef QUOTH_DATABASE_H
#define QUOTH_DATABASE_H

#include "stages/error.h"

#include <sqlite3.h>
#include <stddef.h>

/* The tables, as a tuple names them (tuple.h). The speaker of a quote stands before it, the document before its quotes. */
enum quoth_database_table { QUOTH_DOCUMENTS, QUOTH_SPEAKERS, QUOTH_QUOTES, QUOTH_N_TABLES };

struct quoth_database {
	const char *name;	/* for messages; the caller's */
	sqlite3 *handle;	/* NULL: not open */
	sqlite3_stmt *inserts[QUOTH_N_TABLES];
};

/* Makes the tables in an empty file. 0, QUOTH_IO or QUOTH_NO_MEMORY with the report. */
int quoth_database_open(struct quoth_database *database, const char *name, const char *path, struct quoth_report *report);

/* Inserts tuples, whole ones. 0; QUOTH_IO or QUOTH_NO_MEMORY with the report; QUOTH_STOPPED where a signal asked to stop. */
int quoth_database_write(struct quoth_database *database, const char *tuples, size_t size, struct quoth_report *report);

/* Makes indexes and full text search, and closes the file; it is not synced. Errors as of quoth_database_write. */
int quoth_database_finish(struct quoth_database *database, struct quoth_report *report);

/* Closes the file as it is. Harmless after finish and on a zeroed struct. */
void quoth_database_close(struct quoth_database *database);

#endif
