#include "config.h"

#include "pipeline/database.h"

#include "pipeline/signals.h"
#include "pipeline/tuple.h"
#include "stages/embedded.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

/* Operations of SQLite's machine between two looks at whether a signal came: some milliseconds. */
enum { OPERATIONS_A_LOOK = 100 * 1000 };

static const char settings[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
			       "PRAGMA cache_size = -16384;";

/* Values of a tuple are bound in order. A speaker is there once; a quote is of the last document, and its first three values find
 * its speaker. */
static const char *const inserts[QUOTH_N_TABLES] = {
	[QUOTH_DOCUMENTS] = "INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, ?, ?)",
	[QUOTH_SPEAKERS] = "INSERT OR IGNORE INTO speakers VALUES (NULL, ?, ?, ?)",
	[QUOTH_QUOTES] = "INSERT INTO quotes VALUES (NULL, (SELECT max(document_number) FROM documents),"
			 "(SELECT speaker_number FROM speakers WHERE (speaker, speaker_kind, speaker_id) = (?, ?, ?)),"
			 "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};

/* The error of the last call: the system's words where it was the system (of errors at the end of a statement SQLite keeps no number). */
static int refuse(const struct quoth_database *database, struct quoth_report *report)
{
	int last = errno, code = sqlite3_errcode(database->handle), kept = sqlite3_system_errno(database->handle);
	int reason = kept ? kept : last;

	if (code == SQLITE_INTERRUPT)
		return QUOTH_STOPPED;
	return quoth_report_set(report, code == SQLITE_NOMEM ? QUOTH_NO_MEMORY : QUOTH_IO, database->name, "%s",
				code == SQLITE_NOMEM		  ? "out of memory" :
				code == SQLITE_IOERR && reason ? strerror(reason) :
								 sqlite3_errmsg(database->handle));
}

static int execute(struct quoth_database *database, const char *sql, struct quoth_report *report)
{
	return sqlite3_exec(database->handle, sql, NULL, NULL, NULL) ? refuse(database, report) : 0;
}

static int execute_file(struct quoth_database *database, const char *name, struct quoth_report *report)
{
	const struct quoth_embedded_file *file = quoth_embedded_find(name);

	assert(file);
	return execute(database, (const char *)file->bytes, report);
}

static int asked_to_stop(void *context)
{
	(void)context;
	return quoth_signals_stop() > 0;
}

int quoth_database_open(struct quoth_database *database, const char *name, const char *path, struct quoth_report *report)
{
	int error = 0;

	*database = (struct quoth_database){.name = name};
	if (sqlite3_open_v2(path, &database->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL))
		error = refuse(database, report);
	if (!error)
		error = execute(database, settings, report);
	if (!error)
		error = execute_file(database, "database/tables.sql", report);
	if (!error)
		error = execute(database, "BEGIN", report);
	for (unsigned i = 0; !error && i < QUOTH_N_TABLES; i++)
		if (sqlite3_prepare_v2(database->handle, inserts[i], -1, &database->inserts[i], NULL))
			error = refuse(database, report);
	if (!error)
		sqlite3_progress_handler(database->handle, OPERATIONS_A_LOOK, asked_to_stop, NULL);
	else
		quoth_database_close(database);
	return error;
}

/* The bytes stay where they are until the statement has run. */
static int bind(sqlite3_stmt *insert, int i, const struct quoth_value *value)
{
	switch (value->kind) {
	case QUOTH_REAL: return sqlite3_bind_double(insert, i, value->real);
	case QUOTH_TEXT: return sqlite3_bind_text64(insert, i, value->bytes, value->size, SQLITE_STATIC, SQLITE_UTF8);
	case QUOTH_BLOB: return sqlite3_bind_blob64(insert, i, value->bytes, value->size, SQLITE_STATIC);
	default: return sqlite3_bind_null(insert, i);
	}
}

int quoth_database_write(struct quoth_database *database, const char *tuples, size_t size, struct quoth_report *report)
{
	const char *at = tuples, *end = tuples + size;

	while (at < end) {
		sqlite3_stmt *insert = database->inserts[quoth_tuple_read_table(&at)];
		int n = sqlite3_bind_parameter_count(insert), error = 0;

		for (int i = 1; !error && i <= n; i++) {
			struct quoth_value value = quoth_tuple_read_value(&at);

			error = bind(insert, i, &value);
		}
		if (error || sqlite3_step(insert) != SQLITE_DONE)
			return refuse(database, report);
		sqlite3_reset(insert);
	}
	assert(at == end);
	return 0;
}

int quoth_database_finish(struct quoth_database *database, struct quoth_report *report)
{
	int error = execute_file(database, "database/indexes.sql", report);

	if (!error)
		error = execute(database, "COMMIT", report);
	quoth_database_close(database);
	return error;
}

void quoth_database_close(struct quoth_database *database)
{
	for (unsigned i = 0; i < QUOTH_N_TABLES; i++)
		sqlite3_finalize(database->inserts[i]);
	sqlite3_close(database->handle);
	*database = (struct quoth_database){.name = database->name};
}
