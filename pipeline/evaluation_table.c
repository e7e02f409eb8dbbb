#include "pipeline/evaluation.h"
#include "pipeline/rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { FIRST_READ_BYTES = 1 << 16, MOST_COLUMNS = 256 };

/* ---- files ---- */

static int read_stream(char **bytes, uint32_t *size, FILE *from, struct quoth_arena *arena)
{
	size_t capacity = FIRST_READ_BYTES, n = 0, got;
	char *buffer = quoth_arena_alloc(arena, capacity);

	while (buffer && (got = fread(buffer + n, 1, capacity - 1 - n, from)) > 0) {
		n += got;
		if (n >= UINT32_MAX / 2)
			return QUOTH_TOO_LARGE;
		if (n + 1 < capacity)
			continue;
		buffer = quoth_arena_grow(arena, buffer, capacity, 2 * capacity);
		capacity *= 2;
	}
	if (!buffer)
		return QUOTH_NO_MEMORY;
	if (ferror(from))
		return QUOTH_IO;
	buffer[n] = 0;
	*bytes = buffer;
	*size = (uint32_t)n;
	return 0;
}

int quoth_scored_file_read(char **bytes, uint32_t *size, const char *path, struct quoth_arena *arena,
			   struct quoth_report *report)
{
	bool is_input = !strcmp(path, "-");
	FILE *from = is_input ? stdin : fopen(path, "rb");
	int error, reason;

	if (!from) {
		reason = errno;
		quoth_report_set(report, QUOTH_IO, path, "%s", strerror(reason));
		errno = reason;
		return QUOTH_IO;
	}
	errno = 0;
	error = read_stream(bytes, size, from, arena);
	reason = errno;
	if (!is_input)
		fclose(from);
	if (error == QUOTH_IO)
		quoth_report_set(report, error, path, "%s", strerror(reason));
	else if (error)
		quoth_report_set(report, error, path, "%s", quoth_error_words(error));
	errno = reason;
	return error;
}

/* ---- lines ---- */

struct line_reader {
	char *at, *end;		/* what is left of the file */
	const char *path;
	uint32_t line;		/* its number, from 1 */
	size_t length;		/* its bytes without the line break */
	struct quoth_report *report;
};

static int report_line(const struct line_reader *reader, const char *what)
{
	char where[sizeof reader->report->where];

	snprintf(where, sizeof where, "%.400s:%lu", reader->path, (unsigned long)reader->line);
	return quoth_report_set(reader->report, QUOTH_BAD_INPUT, where, "%s", what);
}

/* Cuts off the next line; "\n", "\r\n" and "\r" end one. NULL at the end. */
static char *next_line(struct line_reader *reader)
{
	char *start = reader->at, *stop = start;

	if (start == reader->end)
		return NULL;
	while (stop < reader->end && *stop != '\n' && *stop != '\r')
		stop++;
	reader->at = stop;
	if (stop < reader->end)
		reader->at += *stop == '\r' && stop[1] == '\n' ? 2 : 1;
	*stop = 0;
	reader->line++;
	reader->length = (size_t)(stop - start);
	return start;
}

/* The line just read must be UTF-8 without NUL bytes. */
static int check_line(const struct line_reader *reader, const char *line)
{
	size_t left = reader->length;
	utf8proc_int32_t point;

	if (strlen(line) != left)
		return report_line(reader, "a NUL byte");
	while (left) {
		utf8proc_ssize_t taken = 1;

		if ((unsigned char)*line >= 128)
			taken = utf8proc_iterate((const utf8proc_uint8_t *)line, (utf8proc_ssize_t)left, &point);
		if (taken < 1)
			return report_line(reader, "bytes that are not UTF-8");
		line += taken;
		left -= (size_t)taken;
	}
	return 0;
}

static int open_lines(struct line_reader *reader, const char *path, struct quoth_arena *arena, struct quoth_report *report)
{
	uint32_t size = 0;
	int error = quoth_scored_file_read(&reader->at, &size, path, arena, report);

	if (error)
		return error;
	if (size >= 3 && !memcmp(reader->at, "\xEF\xBB\xBF", 3)) {
		reader->at += 3;
		size -= 3;
	}
	reader->end = reader->at + size;
	reader->path = path;
	reader->line = 0;
	reader->report = report;
	return 0;
}

/* ---- columns ---- */

enum column { DOC, KIND, CONTENT_SPANS, SOURCE_SPANS, CUE_SPANS, N_NEEDED, SPEAKER = N_NEEDED, CONTENT, SOURCE, CUE, N_COLUMNS };

static const char *const column_names[N_COLUMNS] = {
	[DOC] = "doc", [KIND] = "kind", [CONTENT_SPANS] = "quote_spans", [SOURCE_SPANS] = "source_spans",
	[CUE_SPANS] = "cue_spans", [SPEAKER] = "speaker", [CONTENT] = "quote", [SOURCE] = "source", [CUE] = "cue",
};

struct columns {
	uint32_t place[N_COLUMNS];	/* field of each column, QUOTH_NONE if the table lacks it */
	uint32_t n_fields;
};

/* Cuts a line at tabs; returns the number of fields, of which at most MOST_COLUMNS are kept. */
static uint32_t cut_fields(char *line, char **fields)
{
	uint32_t n = 0;

	for (char *at = line; at; n++) {
		char *tab = strchr(at, '\t');

		if (n < MOST_COLUMNS)
			fields[n] = at;
		if (tab)
			*tab++ = 0;
		at = tab;
	}
	return n;
}

static int read_header(struct columns *columns, struct line_reader *reader)
{
	char *fields[MOST_COLUMNS], *line = next_line(reader), what[80];

	if (!line)
		return quoth_report_set(reader->report, QUOTH_BAD_INPUT, reader->path, "empty: not even a header line");
	columns->n_fields = cut_fields(line, fields);
	if (columns->n_fields > MOST_COLUMNS)
		return report_line(reader, "more than 256 columns");
	for (unsigned c = 0; c < N_COLUMNS; c++) {
		columns->place[c] = QUOTH_NONE;
		for (uint32_t f = 0; f < columns->n_fields; f++)
			if (!strcmp(fields[f], column_names[c]))
				columns->place[c] = f;
		if (c < N_NEEDED && columns->place[c] == QUOTH_NONE) {
			snprintf(what, sizeof what, "the header lacks the column \"%s\"", column_names[c]);
			return report_line(reader, what);
		}
	}
	return 0;
}

/* The article's id in a path: folders and ".txt" go. Cuts the string. */
static const char *cut_doc(char *path)
{
	char *slash = strrchr(path, '/');
	size_t length;

	if (slash)
		path = slash + 1;
	length = strlen(path);
	if (length >= 4 && !strcmp(path + length - 4, ".txt"))
		path[length - 4] = 0;
	return path;
}

static int read_kind(uint8_t *kind, const struct line_reader *reader, const char *name)
{
	for (*kind = 0; *kind < QUOTH_N_KINDS; ++*kind)
		if (!strcmp(name, quoth_kind_name(*kind)))
			return 0;
	return report_line(reader, "the kind is not direct, mixed or indirect");
}

static int read_row(struct quoth_scored_row *row, const struct columns *columns, const struct line_reader *reader, char *line)
{
	char *fields[MOST_COLUMNS], what[80];
	const char *values[N_COLUMNS];
	uint32_t n = cut_fields(line, fields);

	if (n != columns->n_fields) {
		snprintf(what, sizeof what, "%lu fields where the header has %lu", (unsigned long)n,
			 (unsigned long)columns->n_fields);
		return report_line(reader, what);
	}
	for (unsigned c = 0; c < N_COLUMNS; c++)
		values[c] = columns->place[c] == QUOTH_NONE ? "" : fields[columns->place[c]];
	*row = (struct quoth_scored_row){
		.doc = cut_doc(fields[columns->place[DOC]]), .quote = values[CONTENT], .source = values[SOURCE],
		.cue = values[CUE], .speaker = values[SPEAKER],
		.spans = {values[CONTENT_SPANS], values[SOURCE_SPANS], values[CUE_SPANS]},
		.line = reader->line, .pair = QUOTH_NONE,
	};
	return read_kind(&row->kind, reader, values[KIND]);
}

/* ---- tables ---- */

/* By document, then as in the file. */
static int compare_rows(const void *a, const void *b)
{
	const struct quoth_scored_row *x = a, *y = b;
	int order = strcmp(x->doc, y->doc);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static uint32_t count_lines(const struct line_reader *reader)
{
	uint32_t n = 1;

	for (const char *at = reader->at; at < reader->end; at++)
		n += *at == '\n' || *at == '\r';
	return n;
}

int quoth_scored_table_read(struct quoth_scored_table *table, const char *path, struct quoth_arena *arena,
			    struct quoth_report *report)
{
	struct line_reader reader;
	struct columns columns;
	int error = open_lines(&reader, path, arena, report);

	if (error)
		return error;
	*table = (struct quoth_scored_table){path, quoth_arena_array(arena, count_lines(&reader), sizeof *table->rows), 0};
	if (!table->rows)
		return quoth_report_set(report, QUOTH_NO_MEMORY, path, "%s", quoth_error_words(QUOTH_NO_MEMORY));
	error = read_header(&columns, &reader);
	for (char *line; !error && (line = next_line(&reader));) {
		if (!reader.length)
			continue;
		error = check_line(&reader, line);
		if (!error)
			error = read_row(table->rows + table->n_rows, &columns, &reader, line);
		table->n_rows += !error;
	}
	if (table->n_rows > 1)
		qsort(table->rows, table->n_rows, sizeof *table->rows, compare_rows);
	return error;
}

/* ---- lists of documents ---- */

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The line without white space at its ends. */
static char *strip(char *line)
{
	static const char white[] = " \t\v\f";
	char *end;

	line += strspn(line, white);
	end = line + strlen(line);
	while (end > line && strchr(white, end[-1]))
		end--;
	*end = 0;
	return line;
}

int quoth_scored_list_read(const char ***ids, uint32_t *n, const char *path, struct quoth_arena *arena,
			   struct quoth_report *report)
{
	struct line_reader reader;
	int error = open_lines(&reader, path, arena, report);

	if (error)
		return error;
	*ids = quoth_arena_array(arena, count_lines(&reader), sizeof **ids);
	if (!*ids)
		return quoth_report_set(report, QUOTH_NO_MEMORY, path, "%s", quoth_error_words(QUOTH_NO_MEMORY));
	*n = 0;
	for (char *line; !error && (line = next_line(&reader));) {
		error = check_line(&reader, line);
		if (!error && *(line = strip(line)))
			(*ids)[(*n)++] = cut_doc(line);
	}
	if (*n > 1)
		qsort(*ids, *n, sizeof **ids, compare_ids);
	return error;
}
