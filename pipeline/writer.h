/* writer: a document's results as bytes, one output format a file.
 *
 * Runs in the workers: each writes its documents' rows into a buffer of its own, and the pipeline puts the buffers in
 * order. A new format is one source file and one line in `quoth_writers`.
 */
#ifndef QUOTH_WRITER_H
#define QUOTH_WRITER_H

#include "pipeline/buffer.h"
#include "pipeline/chain.h"
#include "pipeline/linked_words.h"
#include "pipeline/rows.h"

struct quoth_writing {
	struct quoth_row_filter filter;
	enum quoth_stage until;		/* for the layer dump */
	bool has_text;			/* rows carry the text that their spans point into; for JSON lines */
	bool is_explained;		/* rows say why they are as they are; for JSON lines */
};

struct quoth_writer {
	const char *name;	/* as in --to */
	const char *what;	/* for --help, a few words */
	bool takes_text;	/* knows --with-text */
	bool is_database;	/* write appends tuples for a database (database.h) instead of lines */

	/* What stands before the first document, and behind the last; NULL: nothing. */
	void (*header)(struct quoth_buffer *into);
	void (*footer)(struct quoth_buffer *into);

	/* Appends a document's rows, whole lines or tuples. 0 or QUOTH_NO_MEMORY; what was appended is then thrown away. */
	int (*write)(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into);
};

/* Appends one row. `words` is where quoth_link_put finds the document's; NULL where it has no address that a browser opens. */
typedef void quoth_row_put(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
			   const struct quoth_linked_words *words, const struct quoth_writing *writing);

/* Appends the wanted rows of a document in their order, as `put` writes them; for `write` of a writer. */
int quoth_write_rows(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into, quoth_row_put *put);

/* All formats of --to, ended by NULL; the first is the default. */
extern const struct quoth_writer *const quoth_writers[];

/* The writer of that name, NULL if there is none. */
const struct quoth_writer *quoth_writer_find(const char *name);

/* What --until=STAGE takes instead: the layers of a stage, as JSON lines. */
extern const struct quoth_writer quoth_writer_layers;

#endif
