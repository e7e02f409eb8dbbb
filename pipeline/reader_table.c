/* reader_table: one row a record, under a header that names the columns: CSV (RFC 4180) and TSV.
 *
 * CSV: fields are parted by commas, semicolons or tabs, whichever the header has; a field in quotation marks holds any of them, line
 * ends, and marks written twice. A mark inside a field that did not begin with one is a letter like others.
 * TSV: no quotation marks; tabs, line ends and backslashes inside a field are written \t, \n, \r and \\, as quoth itself writes them.
 *
 * The header's columns travel with each row, so that a worker needs nothing but the row.
 */
#include "config.h"

#include "pipeline/lines.h"

#include <stdlib.h>
#include <strings.h>

enum { N_FIELDS = 6, NO_COLUMN = -1, MAX_COLUMNS = 10000 };

/* What a row begins with, before its own bytes. */
struct row_head {
	int32_t columns[N_FIELDS];	/* of text, id, title, date, url, outlet; NO_COLUMN */
	uint32_t n_columns;
	char delimiter;
	bool has_marks;		/* CSV */
};

struct table {
	struct row_head head;
	uint64_t n_lines;
	bool has_header;
};

/* ---- fields ---- */

/* How far a row was looked through. */
struct scan {
	size_t at;
	enum { AT_FIELD, IN_FIELD, IN_MARKS } state;
};

/* Looks on to the end of the field or, where none ends, of the bytes. Whether a field ended; at is then behind its delimiter. */
static bool scan_field(const struct row_head *head, const char *bytes, size_t size, struct scan *scan)
{
	while (scan->at < size) {
		const char *found;

		if (scan->state == AT_FIELD) {
			scan->state = head->has_marks && bytes[scan->at] == '"' ? IN_MARKS : IN_FIELD;
			scan->at += scan->state == IN_MARKS;
			continue;
		}
		found = memchr(bytes + scan->at, scan->state == IN_MARKS ? '"' : head->delimiter, size - scan->at);
		scan->at = found ? (size_t)(found - bytes) + 1 : size;
		if (found && scan->state == IN_FIELD) {
			scan->state = AT_FIELD;
			return true;
		}
		if (found && scan->at < size && bytes[scan->at] == '"')
			scan->at++;
		else if (found)
			scan->state = IN_FIELD;
	}
	return false;
}

/* Where the field at `at` ends: the place of the delimiter behind it, or size. */
static size_t end_of_field(const struct row_head *head, const char *bytes, size_t size, size_t at)
{
	struct scan scan = {.at = at};

	return scan_field(head, bytes, size, &scan) ? scan.at - 1 : size;
}

/* A field's text without its marks and escapes, NUL-terminated; into has room for size + 1 bytes. Returns its size. */
static size_t read_field(const struct row_head *head, const char *field, size_t size, char *into)
{
	bool is_marked = head->has_marks && size && field[0] == '"';
	size_t n = 0;

	for (size_t i = is_marked; i < size; i++) {
		char byte = field[i];

		if (is_marked && byte == '"') {
			if (i + 1 == size || field[i + 1] != '"') {
				is_marked = false;
				continue;
			}
			i++;
		} else if (!head->has_marks && byte == '\\' && i + 1 < size && strchr("tnr\\", field[i + 1]) && field[i + 1]) {
			byte = "\t\n\r\\"[strchr("tnr\\", field[++i]) - "tnr\\"];
		}
		into[n++] = byte;
	}
	into[n] = '\0';
	return n;
}

/* ---- the header ---- */

/* Sets the columns that a name of the header stands for; names that come earlier in a list of usual ones go before later ones. */
static void name_column(const struct quoth_reading *reading, const char *name, int32_t column, struct row_head *head,
			unsigned ranks[N_FIELDS])
{
	const char *asked[N_FIELDS] = {reading->text_field, reading->id_field, reading->title_field, reading->date_field,
				       reading->url_field, reading->outlet_field};
	const char *const *const usual[N_FIELDS] = {quoth_text_names, quoth_id_names, quoth_title_names, quoth_date_names,
						    quoth_url_names, quoth_outlet_names};

	for (unsigned f = 0; f < N_FIELDS; f++) {
		if (asked[f] && !strcmp(asked[f], name))
			head->columns[f] = column;
		for (unsigned rank = 0; !asked[f] && usual[f][rank]; rank++)
			if (!strcasecmp(usual[f][rank], name) && (head->columns[f] == NO_COLUMN || rank < ranks[f])) {
				head->columns[f] = column;
				ranks[f] = rank;
			}
	}
}

static char find_delimiter(const char *line, size_t size)
{
	static const char delimiters[] = {',', ';', '\t'};
	char best = ',';
	size_t most = 0;

	for (unsigned d = 0; d < sizeof delimiters; d++) {
		size_t n = 0;

		for (size_t i = 0; i < size; i++)
			n += line[i] == delimiters[d];
		if (n > most) {
			most = n;
			best = delimiters[d];
		}
	}
	return best;
}

static size_t without_line_end(const char *bytes, size_t size)
{
	return size && bytes[size - 1] == '\r' ? size - 1 : size;
}

/* Reads the names of the columns. false: no column of text is among them. */
static bool read_header(const struct quoth_reading *reading, const char *line, size_t size, char *scratch, struct row_head *head)
{
	unsigned ranks[N_FIELDS] = {0};
	size_t at = size >= 3 && !memcmp(line, "\xEF\xBB\xBF", 3) ? 3 : 0, end;

	for (unsigned f = 0; f < N_FIELDS; f++)
		head->columns[f] = NO_COLUMN;
	head->n_columns = 0;
	do {
		end = end_of_field(head, line, size, at);
		read_field(head, line + at, end - at, scratch);
		name_column(reading, scratch, (int32_t)head->n_columns++, head, ranks);
		at = end + 1;
	} while (end < size && head->n_columns < MAX_COLUMNS);
	return head->columns[0] != NO_COLUMN;
}

/* Whether the first line is a header of a table that has a column of text. */
static bool recognise(const char *bytes, size_t size, bool has_marks)
{
	enum { MAX_HEADER = 4096 };
	static const struct quoth_reading usual;
	const char *newline = memchr(bytes, '\n', size < MAX_HEADER ? size : MAX_HEADER);
	struct row_head head = {.has_marks = has_marks, .delimiter = '\t'};
	char scratch[MAX_HEADER + 1];

	if (!newline)
		return false;
	size = without_line_end(bytes, (size_t)(newline - bytes));
	if (has_marks)
		head.delimiter = find_delimiter(bytes, size);
	return read_header(&usual, bytes, size, scratch, &head) && head.n_columns > 1;
}

static bool recognise_tsv(const char *bytes, size_t size)
{
	return recognise(bytes, size, false);
}

static bool recognise_csv(const char *bytes, size_t size)
{
	return recognise(bytes, size, true);
}

/* ---- cutting ---- */

static int open_table(struct quoth_reader *reader, bool has_marks, struct quoth_report *report)
{
	struct table *table = calloc(1, sizeof *table);

	if (!table)
		return quoth_report_set(report, QUOTH_NO_MEMORY, reader->stream->path, "out of memory");
	table->head.has_marks = has_marks;
	table->head.delimiter = '\t';
	reader->state = table;
	return 0;
}

static int open_csv(struct quoth_reader *reader, struct quoth_report *report)
{
	return open_table(reader, true, report);
}

static int open_tsv(struct quoth_reader *reader, struct quoth_report *report)
{
	return open_table(reader, false, report);
}

static void close_table(struct quoth_reader *reader)
{
	free(reader->state);
}

/* Appends the lines of one row. 1, 0 at the end, or an error; reader->place is its first line. */
static int take_row(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	struct table *table = reader->state;
	size_t before = into->size, limit = quoth_record_limit(reader->reading);
	struct scan scan = {0};
	bool is_open = false;

	reader->place = table->n_lines + 1;
	do {
		int found = quoth_line_take(reader->stream, into, limit - (into->size - before), report);

		if (found < 0)
			return found;
		if (!found)
			return is_open ? quoth_record_refuse(reader, QUOTH_BAD_INPUT, report,
							     "a quotation mark that opens a field is never closed") : 0;
		table->n_lines++;
		if (into->has_failed)
			return quoth_record_refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
		if (into->size - before > limit)
			return quoth_record_refuse_size(reader, report);
		while (scan_field(&table->head, into->bytes + before, into->size - before, &scan))
			;
		is_open = scan.state == IN_MARKS;
		if (is_open)
			quoth_buffer_put_byte(into, '\n');
	} while (is_open);
	if (quoth_line_is_empty(into->bytes + before, into->size - before))
		into->size = before;
	return 1;
}

static int take_header(struct quoth_reader *reader, struct quoth_report *report)
{
	struct table *table = reader->state;
	struct quoth_buffer line = {0}, scratch = {0};
	int found;

	if (table->head.has_marks)
		table->head.delimiter = ',';
	found = take_row(reader, &line, report);
	line.size = without_line_end(line.bytes, line.size);
	if (found > 0 && table->head.has_marks)
		table->head.delimiter = find_delimiter(line.bytes, line.size);
	if (found > 0 && !quoth_buffer_reserve(&scratch, line.size + 1))
		found = quoth_record_refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
	if (found > 0 && !read_header(reader->reading, line.bytes, line.size, scratch.bytes, &table->head))
		found = quoth_record_refuse(reader, QUOTH_IO /* no row can be read */, report, reader->reading->text_field ?
					    "the header has no column of the name that --text-field gives" :
					    "the header has no column text (nor maintext, content, body; see --text-field)");
	table->has_header = found > 0;
	quoth_buffer_free(&line);
	quoth_buffer_free(&scratch);
	return found;
}

static int cut_table(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	struct table *table = reader->state;
	size_t before = into->size;
	int found = table->has_header ? 1 : take_header(reader, report);

	while (found > 0) {
		size_t begin = before + sizeof table->head;

		into->size = before;
		quoth_buffer_put(into, (const char *)&table->head, sizeof table->head);
		found = take_row(reader, into, report);
		if (found > 0 && into->size > begin)
			return 1;
	}
	return found;
}

/* ---- decoding ---- */

static const char *copy_field(struct quoth_arena *arena, const struct row_head *head, const char *field, size_t size,
			      size_t *copied)
{
	char *copy = quoth_arena_alloc(arena, size + 1);

	*copied = copy ? read_field(head, field, size, copy) : 0;
	return copy;
}

/* NULL where a metadata field is empty; a NUL in it would cut it short. */
static const char *as_metadata(const char *field, size_t size)
{
	char *bytes = (char *)field;

	for (size_t i = 0; i < size; i++)
		if (!bytes[i])
			bytes[i] = ' ';
	return size ? field : NULL;
}

static int decode_table(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
			struct quoth_report *report)
{
	const char *fields[N_FIELDS] = {NULL}, *bytes = document->input + sizeof(struct row_head);
	size_t sizes[N_FIELDS] = {0}, size, at = 0, end;
	uint32_t n = 0;
	struct row_head head;

	if (document->input_size < sizeof head)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the row is empty");
	memcpy(&head, document->input, sizeof head);
	size = without_line_end(bytes, document->input_size - sizeof head);
	document->input_size = 0;
	do {
		end = end_of_field(&head, bytes, size, at);
		for (unsigned f = 0; f < N_FIELDS; f++)
			if (head.columns[f] == (int32_t)n &&
			    !(fields[f] = copy_field(document->arena, &head, bytes + at, end - at, &sizes[f])))
				return quoth_report_set(report, QUOTH_NO_MEMORY, place, "out of memory");
		n++;
		at = end + 1;
	} while (end < size);
	if (fields[1] && sizes[1])
		document->id = as_metadata(fields[1], sizes[1]);
	document->title = as_metadata(fields[2], sizes[2]);
	document->date = as_metadata(fields[3], sizes[3]);
	document->url = as_metadata(fields[4], sizes[4]);
	document->outlet = as_metadata(fields[5], sizes[5]);
	if (n != head.n_columns)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the row has %u fields, the header %u", (unsigned)n,
					(unsigned)head.n_columns);
	if (sizes[0] > reading->max_document_bytes)
		return quoth_report_set(report, QUOTH_TOO_LARGE, place, "the text is larger than %u bytes (see --max-document)",
					(unsigned)reading->max_document_bytes);
	document->input = fields[0];
	document->input_size = (uint32_t)sizes[0];
	return 0;
}

const struct quoth_format quoth_format_csv = {
	.name = "csv",
	.what = "a table with a header, fields in quotation marks where need be",
	.extensions = ".csv ",
	.must_be_named = true,
	.recognise = recognise_csv,
	.open = open_csv,
	.close = close_table,
	.cut = cut_table,
	.decode = decode_table,
};

const struct quoth_format quoth_format_tsv = {
	.name = "tsv",
	.what = "a table with a header, fields parted by tabs",
	.extensions = ".tsv .tab ",
	.must_be_named = true,
	.recognise = recognise_tsv,
	.open = open_tsv,
	.close = close_table,
	.cut = cut_table,
	.decode = decode_table,
};
