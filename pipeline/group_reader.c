#include "config.h"

#include "pipeline/group_reader.h"

#include "pipeline/lines.h"
#include "pipeline/reserve.h"

#include <json-c/json.h>
#include <stdio.h>

enum { MAX_NESTING = 64 };

const char *const quoth_group_names[] = {"group", "variant", "first_seen", "outlets", "difference", NULL};

static const char *const column_names[QUOTH_N_GROUP_COLUMNS] = {
	[QUOTH_GROUP_DOC] = "doc", [QUOTH_GROUP_ID] = "id", [QUOTH_GROUP_KIND] = "kind", [QUOTH_GROUP_SPEAKER] = "speaker",
	[QUOTH_GROUP_QUOTE] = "quote", [QUOTH_GROUP_DATE] = "date", [QUOTH_GROUP_URL] = "url", [QUOTH_GROUP_OUTLET] = "outlet",
};

static int refuse(const struct quoth_group_reader *reader, int error, struct quoth_report *report, const char *what)
{
	char where[sizeof report->where];

	snprintf(where, sizeof where, "%s:%llu", reader->stream->path, (unsigned long long)reader->n_lines);
	return quoth_report_set(report, error, where, "%s", what);
}

/* The next line that is not empty, without the line break: 1, 0 or an error. */
static int read_line(struct quoth_group_reader *reader, struct quoth_report *report)
{
	struct quoth_buffer *line = &reader->line;

	do {
		int found;

		quoth_buffer_clear(line, 1 << 20);
		found = quoth_line_take(reader->stream, line, QUOTH_MOST_ROW_BYTES, report);
		if (found <= 0)
			return found;
		reader->n_lines++;
		if (line->has_failed)
			return refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
		if (line->size > QUOTH_MOST_ROW_BYTES)
			return refuse(reader, QUOTH_TOO_LARGE, report, "the row is longer than 64 MiB");
		while (line->size && line->bytes[line->size - 1] == '\r')
			line->size--;
	} while (!line->size || quoth_line_is_empty(line->bytes, line->size));
	return 1;
}

/* ---- TSV ---- */

static bool is_name(const char *name, struct quoth_group_field field)
{
	return strlen(name) == field.size && !memcmp(name, field.bytes, field.size);
}

/* Cuts a line at its tabs: the number of fields, of which at most QUOTH_MOST_GROUP_COLUMNS are kept. */
static unsigned cut_fields(const struct quoth_buffer *line, struct quoth_group_field *fields)
{
	const char *at = line->bytes, *end = at + line->size;
	unsigned n = 0;

	for (;;) {
		const char *tab = memchr(at, '\t', (size_t)(end - at)), *stop = tab ? tab : end;

		if (n < QUOTH_MOST_GROUP_COLUMNS)
			fields[n] = (struct quoth_group_field){at, (size_t)(stop - at)};
		n++;
		if (!tab)
			return n;
		at = tab + 1;
	}
}

static void keep_fields(struct quoth_group_reader *reader, const struct quoth_group_field *fields, struct quoth_buffer *into)
{
	into->size = 0;
	for (unsigned i = 0, n = 0; i < reader->n_columns; i++) {
		if (reader->is_own[i])
			continue;
		if (n++)
			quoth_buffer_put_byte(into, '\t');
		quoth_buffer_put(into, fields[i].bytes, fields[i].size);
	}
}

static void note_column(struct quoth_group_reader *reader, unsigned at, struct quoth_group_field name)
{
	reader->is_own[at] = false;
	for (unsigned i = 0; quoth_group_names[i]; i++)
		reader->is_own[at] |= is_name(quoth_group_names[i], name);
	reader->has_own |= reader->is_own[at];
	for (unsigned i = 0; i < QUOTH_N_GROUP_COLUMNS; i++)
		if (is_name(column_names[i], name))
			reader->columns[i] = (int)at;
}

static int read_header(struct quoth_group_reader *reader, struct quoth_report *report)
{
	struct quoth_group_field fields[QUOTH_MOST_GROUP_COLUMNS];
	int found = read_line(reader, report);

	if (found <= 0)
		return found;
	if (reader->line.size >= 3 && !memcmp(reader->line.bytes, "\xEF\xBB\xBF", 3)) {
		reader->line.size -= 3;
		memmove(reader->line.bytes, reader->line.bytes + 3, reader->line.size);
	}
	reader->n_columns = cut_fields(&reader->line, fields);
	if (reader->n_columns > QUOTH_MOST_GROUP_COLUMNS)
		return refuse(reader, QUOTH_BAD_INPUT, report, "more than 256 columns");
	for (unsigned i = 0; i < QUOTH_N_GROUP_COLUMNS; i++)
		reader->columns[i] = -1;
	for (unsigned i = 0; i < reader->n_columns; i++)
		note_column(reader, i, fields[i]);
	if (reader->columns[QUOTH_GROUP_DOC] < 0 || reader->columns[QUOTH_GROUP_QUOTE] < 0)
		return refuse(reader, QUOTH_BAD_INPUT, report,
			      "no rows of quoth's: the first line names no columns \"doc\" and \"quote\"");
	quoth_buffer_clear(&reader->header_line, SIZE_MAX);
	quoth_buffer_put(&reader->header_line, reader->line.bytes, reader->line.size);
	keep_fields(reader, fields, &reader->header);
	return reader->header.has_failed || reader->header_line.has_failed ? refuse(reader, QUOTH_NO_MEMORY, report, "out of memory") : 0;
}

/* Takes the backslashes back, into reader->text, which has room. */
static struct quoth_group_field unescape(struct quoth_group_reader *reader, struct quoth_group_field field)
{
	struct quoth_group_field plain = {reader->text.bytes + reader->text.size, 0};

	if (!field.size || !memchr(field.bytes, '\\', field.size))
		return field;
	for (size_t i = 0; i < field.size; i++) {
		if (field.bytes[i] == '\\' && i + 1 < field.size && field.bytes[i + 1] == '\\')
			i++;
		quoth_buffer_put_byte(&reader->text, field.bytes[i]);
	}
	plain.size = (size_t)(reader->text.bytes + reader->text.size - plain.bytes);
	return plain;
}

static int next_tsv(struct quoth_group_reader *reader, struct quoth_group_row *row, struct quoth_report *report)
{
	struct quoth_group_field fields[QUOTH_MOST_GROUP_COLUMNS];
	const struct quoth_buffer *header = &reader->header_line;
	unsigned n;
	char what[80];
	int found;

	do {	/* files that were put together have their header lines inside */
		found = read_line(reader, report);
		if (found <= 0)
			return found;
	} while (reader->line.size == header->size && !memcmp(reader->line.bytes, header->bytes, header->size));
	n = cut_fields(&reader->line, fields);
	if (n != reader->n_columns) {
		snprintf(what, sizeof what, "%u fields, where the header has %u", n, reader->n_columns);
		return refuse(reader, QUOTH_BAD_INPUT, report, what);
	}
	reader->text.size = 0;
	if (!quoth_buffer_reserve(&reader->text, reader->line.size))
		return refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
	for (unsigned i = 0; i < QUOTH_N_GROUP_COLUMNS; i++)
		row->fields[i] = reader->columns[i] < 0 ? (struct quoth_group_field){"", 0} : unescape(reader, fields[reader->columns[i]]);
	row->line = (struct quoth_group_field){reader->line.bytes, reader->line.size};
	if (reader->has_own) {
		keep_fields(reader, fields, &reader->kept);
		row->line = (struct quoth_group_field){reader->kept.bytes, reader->kept.size};
	}
	return reader->kept.has_failed ? refuse(reader, QUOTH_NO_MEMORY, report, "out of memory") : 1;
}

/* ---- JSON lines ---- */

static int parse_line(struct quoth_group_reader *reader, struct quoth_report *report)
{
	const char *bytes = reader->line.bytes;
	size_t size = reader->line.size, at = reader->n_lines == 1 && size >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	enum json_tokener_error why;
	char what[96];

	while (at < size && (bytes[at] == ' ' || bytes[at] == '\t'))
		at++;
	while (size > at && (bytes[size - 1] == ' ' || bytes[size - 1] == '\t'))
		size--;
	if (at == size || bytes[at] != '{')
		return refuse(reader, QUOTH_BAD_INPUT, report, "a row must be a JSON object, {…}");
	json_tokener_reset(reader->tokener);
	reader->object = json_tokener_parse_ex(reader->tokener, bytes + at, (int)(size - at));
	why = json_tokener_get_error(reader->tokener);
	reader->line.size = size;
	reader->text.size = at;		/* where the object begins */
	if (why == json_tokener_success && reader->object)
		return 0;
	snprintf(what, sizeof what, "broken JSON at byte %zu: %s", at + json_tokener_get_parse_end(reader->tokener),
		 why == json_tokener_continue ? "the row ends too early" : json_tokener_error_desc(why));
	return refuse(reader, QUOTH_BAD_INPUT, report, what);
}

/* Takes quoth-group's fields out of the object; true where there were any, so that the line is no longer right. */
static bool remove_own(struct json_object *object)
{
	bool had_any = false;

	for (unsigned i = 0; quoth_group_names[i]; i++) {
		had_any |= json_object_object_get_ex(object, quoth_group_names[i], NULL);
		json_object_object_del(object, quoth_group_names[i]);
	}
	return had_any;
}

static int next_jsonl(struct quoth_group_reader *reader, struct quoth_group_row *row, struct quoth_report *report)
{
	struct json_object *value;
	int found;

	json_object_put(reader->object);
	reader->object = NULL;
	found = read_line(reader, report);
	if (found <= 0)
		return found;
	found = parse_line(reader, report);
	if (found)
		return found;
	if (!json_object_object_get_ex(reader->object, "quote", &value) || !json_object_is_type(value, json_type_string))
		return refuse(reader, QUOTH_BAD_INPUT, report, "no row of quoth's: it has no \"quote\" that is a string");
	for (unsigned i = 0; i < QUOTH_N_GROUP_COLUMNS; i++) {
		row->fields[i] = (struct quoth_group_field){"", 0};
		if (json_object_object_get_ex(reader->object, column_names[i], &value) && json_object_is_type(value, json_type_string))
			row->fields[i] = (struct quoth_group_field){json_object_get_string(value),
								    (size_t)json_object_get_string_len(value)};
	}
	row->line = (struct quoth_group_field){reader->line.bytes + reader->text.size, reader->line.size - reader->text.size};
	if (remove_own(reader->object)) {
		row->line.bytes = json_object_to_json_string_length(reader->object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE,
								    &row->line.size);
		if (!row->line.bytes)
			return refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
	}
	return 1;
}

/* ---- both ---- */

static int recognise(struct quoth_group_reader *reader, struct quoth_report *report)
{
	const struct quoth_stream *stream = reader->stream;
	int more = stream->begin == stream->end ? quoth_stream_fill(reader->stream, report) : 1;
	size_t at = stream->begin;

	if (more < 0)
		return more;
	if (stream->end - at >= 3 && !memcmp(stream->bytes + at, "\xEF\xBB\xBF", 3))
		at += 3;
	while (at < stream->end && strchr(" \t\r\n", stream->bytes[at]) && stream->bytes[at])
		at++;
	reader->format = at < stream->end && stream->bytes[at] == '{' ? QUOTH_GROUP_JSONL : QUOTH_GROUP_TSV;
	return 0;
}

int quoth_group_reader_open(struct quoth_group_reader *reader, struct quoth_stream *stream, enum quoth_group_format format,
			    struct quoth_report *report)
{
	int error = 0;

	reader->stream = stream;
	reader->format = format;
	reader->n_lines = 0;
	reader->has_own = false;
	reader->n_columns = 0;
	reader->header.size = 0;
	if (format == QUOTH_GROUP_BY_BYTES)
		error = recognise(reader, report);
	if (error)
		return error;
	if (reader->format == QUOTH_GROUP_TSV)
		return read_header(reader, report);
	if (!reader->tokener) {
		reader->tokener = json_tokener_new_ex(MAX_NESTING);
		if (!reader->tokener)
			return refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
		json_tokener_set_flags(reader->tokener, JSON_TOKENER_STRICT);
	}
	return 0;
}

int quoth_group_reader_next(struct quoth_group_reader *reader, struct quoth_group_row *row, struct quoth_report *report)
{
	int found;

	if (reader->format == QUOTH_GROUP_TSV)
		return reader->n_columns ? next_tsv(reader, row, report) : 0;
	quoth_reserve_lend();
	found = next_jsonl(reader, row, report);
	return quoth_reserve_end() ? refuse(reader, QUOTH_NO_MEMORY, report, "out of memory") : found;
}

void quoth_group_reader_free(struct quoth_group_reader *reader)
{
	json_object_put(reader->object);
	if (reader->tokener)
		json_tokener_free(reader->tokener);
	quoth_buffer_free(&reader->header);
	quoth_buffer_free(&reader->header_line);
	quoth_buffer_free(&reader->line);
	quoth_buffer_free(&reader->kept);
	quoth_buffer_free(&reader->text);
	*reader = (struct quoth_group_reader){0};
}
