/* reader: from files to documents, one format a file (reader_text.c, reader_jsonl.c, …).
 *
 * A format does its work in two steps, so that the one thread that reads is never the narrow place. `cut` runs in the
 * reading thread and only finds where a record ends; `decode` runs in a worker and makes the record a document. A new
 * format is one source file and one line in `quoth_formats`; nothing else knows the formats by name.
 */
#ifndef QUOTH_READER_H
#define QUOTH_READER_H

#include "pipeline/buffer.h"
#include "pipeline/stream.h"
#include "stages/document.h"

/* What the user asked of all readers. */
struct quoth_reading {
	const struct quoth_format *format;	/* NULL: by name and first bytes */
	uint32_t max_document_bytes;		/* at most QUOTH_MAX_DOCUMENT_BYTES */
	/* names of fields, for formats that have some; NULL: the usual ones */
	const char *text_field, *id_field, *title_field, *date_field, *url_field, *outlet_field;
};

/* One stream being cut. */
struct quoth_reader {
	const struct quoth_format *format;
	const struct quoth_reading *reading;
	struct quoth_stream *stream;
	uint64_t place;		/* 1, 2, …: the line or number of the record cut last; 0: the stream is one record */
	void *state;		/* the format's own, made by open, freed by close */
};

struct quoth_format {
	const char *name;	/* as in --from */
	const char *what;	/* for --help, a few words */
	const char *extensions;	/* of file names, each with its dot and a space behind: ".jsonl .ndjson " */
	bool has_charsets;	/* it reads what is not UTF-8 itself */
	bool must_be_named;	/* in a folder such names are more often something else: results, lists */

	/* Whether the first bytes of a stream look like it. NULL: never. */
	bool (*recognise)(const char *head, size_t size);

	/* Optional: before the first cut, after the last. 0 or an error with the report. */
	int (*open)(struct quoth_reader *reader, struct quoth_report *report);
	void (*close)(struct quoth_reader *reader);

	/* Appends the next record's bytes to `into` and sets reader->place. 1 with a record, 0 at the end, or an error with
	 * the report: after QUOTH_TOO_LARGE and QUOTH_BAD_INPUT the next record can be cut, after others the stream is
	 * done; QUOTH_FOREIGN: it is none of this format's. What was appended before an error is to be thrown away. Memory stays bounded by the limits of reading. */
	int (*cut)(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report);

	/* Fills id, metadata and input of a document that quoth_document_begin has set up with place as its id and the
	 * record as its input; new strings go into its arena. id then always names the record, also after an error.
	 * 0 or an error with the report (where: place). The record stays valid as long as the document. */
	int (*decode)(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
		      struct quoth_report *report);
};

/* All formats, ended by NULL; the first is for what no format recognises. */
extern const struct quoth_format *const quoth_formats[];

/* The format of that name, NULL if there is none. */
const struct quoth_format *quoth_format_find(const char *name);

/* The format whose extension the path ends in (any case; ".gz" and the like may follow), NULL if there is none. */
const struct quoth_format *quoth_format_of_path(const char *path);

/* A `cut` for formats whose record is the whole stream. */
int quoth_cut_whole(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report);

/* Makes a web page a document as format html does; charset: what the server said, NULL if nothing. */
int quoth_html_decode(struct quoth_document *document, const struct quoth_reading *reading, const char *charset,
		      const char *place, struct quoth_report *report);

/* Starts to read an open stream: takes the format asked for, else that of the path, else that of the first bytes.
 * 0 or an error with the report; UTF-16 and UTF-32 with a mark are refused here with QUOTH_BAD_INPUT. */
int quoth_reader_open(struct quoth_reader *reader, struct quoth_stream *stream, const struct quoth_reading *reading,
		      struct quoth_report *report);
void quoth_reader_close(struct quoth_reader *reader);

#endif
