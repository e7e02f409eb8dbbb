/* group_reader: rows of quoth's, from TSV or JSON lines.
 *
 * Which of both a file is, its first byte tells: JSON lines begin with "{". A row keeps its bytes, without the columns that quoth-group writes, so
 * that what was grouped before can be grouped again.
 */
#ifndef QUOTH_GROUP_READER_H
#define QUOTH_GROUP_READER_H

#include "pipeline/buffer.h"
#include "pipeline/group_origin.h"
#include "pipeline/stream.h"

enum quoth_group_format { QUOTH_GROUP_BY_BYTES, QUOTH_GROUP_TSV, QUOTH_GROUP_JSONL };

/* A longer row is refused; one with the text of its article is far below. */
enum { QUOTH_MOST_ROW_BYTES = 64 << 20, QUOTH_MOST_GROUP_COLUMNS = 256 };

/* The fields that grouping goes by. */
enum quoth_group_column { QUOTH_GROUP_DOC, QUOTH_GROUP_ID, QUOTH_GROUP_KIND, QUOTH_GROUP_SPEAKER, QUOTH_GROUP_QUOTE, QUOTH_GROUP_DATE,
	QUOTH_GROUP_URL, QUOTH_GROUP_OUTLET, QUOTH_N_GROUP_COLUMNS };

struct quoth_group_row {
	struct quoth_group_field fields[QUOTH_N_GROUP_COLUMNS];	/* as read, escapes resolved; empty where there is none */
	struct quoth_group_field line;				/* what is written again */
};

struct json_tokener;
struct json_object;

/* Zeroed at start. */
struct quoth_group_reader {
	struct quoth_stream *stream;
	enum quoth_group_format format;
	uint64_t n_lines;
	struct quoth_buffer header, header_line;	/* of TSV: without quoth-group's columns, and as it was */
	struct quoth_buffer line, kept, text;	/* text: fields that are not as the line has them */
	unsigned n_columns;
	int columns[QUOTH_N_GROUP_COLUMNS];	/* where each stands, -1: nowhere */
	bool is_own[QUOTH_MOST_GROUP_COLUMNS];
	bool has_own;
	struct json_tokener *tokener;
	struct json_object *object;
};

/* Begins with a stream, which must outlive the reading; `format` is what it is taken for. 0, or an error with the report: what has no header of
 * quoth's is QUOTH_BAD_INPUT. An empty stream has no rows. */
int quoth_group_reader_open(struct quoth_group_reader *reader, struct quoth_stream *stream, enum quoth_group_format format,
			    struct quoth_report *report);

/* The next row, good until the next call: 1, 0 at the end, or an error with the report. After QUOTH_BAD_INPUT and QUOTH_TOO_LARGE, which are
 * the row's, it goes on with the next. */
int quoth_group_reader_next(struct quoth_group_reader *reader, struct quoth_group_row *row, struct quoth_report *report);

/* Frees all; a zeroed one is passed over. */
void quoth_group_reader_free(struct quoth_group_reader *reader);

/* The names of the columns that quoth-group adds, ended by NULL; the last one is JSON lines' alone. */
extern const char *const quoth_group_names[];

#endif
