#include "config.h"

#include "pipeline/gazetteer_table.h"

#include "pipeline/lines.h"
#include "stages/checksum.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MAX_COLUMNS = 64,
	MAX_TOLD = 10,		/* lines that are told of one by one */
	MAX_TOLD_BYTES = 40,	/* of a field in a message */
	N_WAITING = 16,		/* names that wait for the cache */
};

struct waiting {
	uint64_t key, place;
};

struct table_reader {
	struct quoth_gazetteer *gazetteer;
	const char *path;
	const struct quoth_gazetteer_sink *sink;
	struct quoth_gazetteer_problems *problems;
	struct quoth_report *report;
	struct quoth_stream stream;
	struct quoth_buffer text;	/* of the line being read: room for the longest */
	struct quoth_arena *arena;	/* for lines that are read again */
	uint64_t line, place;		/* number and place of the line being read */
	size_t n_columns;
	uint64_t *names, *ids;		/* slots */
	uint64_t n_name_slots, n_id_slots;
	uint64_t most_names, most_entries;	/* as counted */
	uint64_t n_keys, n_added;		/* names that were read, and that are in their slots */
	bool has_changed;			/* more was read than was counted */
	struct waiting waiting[N_WAITING];	/* a ring: those from n_added to n_keys */
};

/* ---- lines ---- */

/* The next line without its end. 1, 0 at the end, QUOTH_TOO_LARGE for one that was passed over, or another error. */
static int take_line(struct table_reader *reader, struct quoth_field *line)
{
	struct quoth_buffer *text = &reader->text;
	int found;

	reader->place = quoth_stream_place(&reader->stream);
	text->size = 0;
	found = quoth_line_take(&reader->stream, text, QUOTH_MAX_GAZETTEER_LINE, reader->report);
	if (found <= 0)
		return found;
	reader->line++;
	if (text->size > QUOTH_MAX_GAZETTEER_LINE)
		return QUOTH_TOO_LARGE;
	*line = (struct quoth_field){text->bytes, text->size};
	line->size -= line->size && line->text[line->size - 1] == '\r';
	return 1;
}

/* Goes back to a place in the table. */
static int return_to(struct table_reader *reader, uint64_t place)
{
	struct quoth_stream *stream = &reader->stream;

	if (lseek(stream->descriptor, (off_t)place, SEEK_SET) < 0)
		return quoth_report_set(reader->report, QUOTH_IO, reader->path, "%s", strerror(errno));
	stream->begin = stream->end = 0;
	stream->n_passed = place;
	stream->is_at_end = false;
	return 0;
}

static uint64_t count_byte(struct quoth_field piece, char byte)
{
	const char *end = piece.text + piece.size;
	uint64_t n = 0;

	for (const char *c = piece.text; (c = memchr(c, byte, (size_t)(end - c))); c++)
		n++;
	return n;
}

/* How many entries and names there are at most: a bar may stand elsewhere, too. Takes the checksum. */
static int count_lines(struct table_reader *reader)
{
	struct quoth_stream *stream = &reader->stream;
	struct quoth_checksum sum = QUOTH_CHECKSUM_START;
	uint64_t n_lines = 1, n_bars = 0;
	int more;

	while ((more = quoth_stream_fill(stream, reader->report)) > 0) {
		struct quoth_field piece = {stream->bytes + stream->begin, stream->end - stream->begin};

		n_lines += count_byte(piece, '\n');
		n_bars += count_byte(piece, '|');
		quoth_checksum_add(&sum, piece.text, piece.size);
		stream->begin = stream->end;
	}
	reader->gazetteer->checksum = quoth_checksum_finish(&sum);
	reader->most_entries = n_lines;
	reader->most_names = n_lines + n_lines + n_bars;
	return more;
}

/* ---- what is wrong ---- */

static void tell_of_line(struct table_reader *reader, const char *what)
{
	char where[sizeof reader->report->where];

	if (reader->problems->n++ >= MAX_TOLD)
		return;
	snprintf(where, sizeof where, "%s:%llu", reader->path, (unsigned long long)reader->line);
	reader->problems->tell(where, what);
}

static void tell_of_rest(const struct table_reader *reader)
{
	char what[96];

	if (reader->problems->n <= MAX_TOLD)
		return;
	snprintf(what, sizeof what, "%llu more lines were left out",
		 (unsigned long long)(reader->problems->n - MAX_TOLD));
	reader->problems->tell(reader->path, what);
}

/* Bytes of ASCII from i on, in steps of eight. */
static size_t pass_ascii(struct quoth_field line, size_t i)
{
	uint64_t eight;

	for (; i + sizeof eight <= line.size; i += sizeof eight) {
		memcpy(&eight, line.text + i, sizeof eight);
		if (eight & 0x8080808080808080u)
			break;
	}
	return i;
}

static bool is_utf8(struct quoth_field line, size_t *at)
{
	size_t i = pass_ascii(line, 0), n;

	while (i < line.size) {
		n = quoth_character_length(line.text + i, line.size - i);
		*at = i;
		if (!n)
			return false;
		i = n > 1 ? i + n : pass_ascii(line, i + n);
	}
	return true;
}

/* How much of a field goes into a message: whole characters. */
static int told_size(struct quoth_field field)
{
	size_t n = field.size;

	if (n > MAX_TOLD_BYTES)
		for (n = MAX_TOLD_BYTES; n && ((unsigned char)field.text[n] & 0xC0) == 0x80; n--)
			;
	return (int)n;
}

/* What is wrong with a line's fields, NULL if nothing is. */
static const char *check_fields(const struct quoth_gazetteer_entry *entry, char *what, size_t size)
{
	struct quoth_field kind = entry->fields[QUOTH_GAZETTEER_KIND], name = entry->fields[QUOTH_GAZETTEER_NAME];

	if (!entry->fields[QUOTH_GAZETTEER_ID].size)
		return "the id is empty";
	if (!quoth_field_is(kind, "person") && !quoth_field_is(kind, "organization")) {
		snprintf(what, size, "the kind is neither person nor organization: \"%.*s\"",
			 told_size(kind), kind.text);
		return what;
	}
	return name.size ? NULL : "the name is empty";
}

/* Splits a line into the columns; NULL, or what is wrong with it. */
static const char *read_columns(const struct table_reader *reader, struct quoth_field line, struct quoth_gazetteer_entry *entry,
				char *what, size_t size)
{
	struct quoth_field fields[MAX_COLUMNS];
	size_t at = 0, n;

	if (memchr(line.text, '\0', line.size))
		return "the line holds a NUL byte";
	if (!is_utf8(line, &at)) {
		snprintf(what, size, "the line is no UTF-8 (byte %zu)", at + 1);
		return what;
	}
	n = quoth_fields_split(line.text, line.size, fields, MAX_COLUMNS);
	if (n != reader->n_columns) {
		snprintf(what, size, "%zu fields, but the header line has %zu", n, reader->n_columns);
		return what;
	}
	for (unsigned i = 0; i < QUOTH_N_GAZETTEER_COLUMNS; i++)
		entry->fields[i] = fields[reader->gazetteer->places[i]];
	return check_fields(entry, what, size);
}

/* ---- the header ---- */

static int refuse_header(struct table_reader *reader, const char *what, const char *name)
{
	char where[sizeof reader->report->where];

	snprintf(where, sizeof where, "%s:%llu", reader->path, (unsigned long long)reader->line);
	return quoth_report_set(reader->report, QUOTH_BAD_INPUT, where, what, name);
}

static int find_column(struct table_reader *reader, const struct quoth_field *fields, unsigned column)
{
	const char *name = quoth_gazetteer_columns[column];
	size_t place = reader->n_columns;

	for (size_t i = 0; i < reader->n_columns; i++) {
		if (!quoth_field_is(fields[i], name))
			continue;
		if (place < reader->n_columns)
			return refuse_header(reader, "the column \"%s\" is there twice", name);
		place = i;
	}
	if (place == reader->n_columns)
		return refuse_header(reader, "the column \"%s\" is missing", name);
	reader->gazetteer->places[column] = (uint8_t)place;
	return 0;
}

static int read_header(struct table_reader *reader)
{
	struct quoth_field fields[MAX_COLUMNS], line;
	int found = take_line(reader, &line), error = 0;

	if (!found)
		return quoth_report_set(reader->report, QUOTH_BAD_INPUT, reader->path, "the file is empty");
	if (found == QUOTH_TOO_LARGE)
		return refuse_header(reader, "the line is too long for a header%s", "");
	if (found < 0)
		return found;
	if (line.size >= 3 && !memcmp(line.text, "\xEF\xBB\xBF", 3)) {
		line.text += 3;
		line.size -= 3;
	}
	reader->n_columns = quoth_fields_split(line.text, line.size, fields, MAX_COLUMNS);
	if (reader->n_columns > MAX_COLUMNS)
		return refuse_header(reader, "more than 64 columns%s", "");
	for (unsigned i = 0; !error && i < QUOTH_N_GAZETTEER_COLUMNS; i++)
		error = find_column(reader, fields, i);
	return error;
}

/* ---- entries ---- */

/* Puts names into their slots, oldest first, until no more than `most` wait: the cache has those slots by now. */
static void add_waiting(struct table_reader *reader, uint64_t most)
{
	for (; reader->n_keys - reader->n_added > most; reader->n_added++) {
		const struct waiting *name = &reader->waiting[reader->n_added % N_WAITING];

		reader->gazetteer->n_names += quoth_slots_add(reader->names, reader->n_name_slots, name->key, name->place);
	}
}

static void add_name(struct table_reader *reader, uint64_t key, uint64_t place)
{
	if (!key)
		return;
	/* A file that grows while it is read may hold more than was counted. */
	if (reader->n_keys == reader->most_names) {
		reader->has_changed = true;
		return;
	}
	__builtin_prefetch(&reader->names[quoth_slots_first(reader->n_name_slots, key)], 1);
	reader->waiting[reader->n_keys++ % N_WAITING] = (struct waiting){key, place};
	add_waiting(reader, N_WAITING - 1);
}

/* Whether an earlier entry has the id; the slots alone do not say for certain. */
static int find_id(struct table_reader *reader, uint64_t key, struct quoth_field id, bool *is_known)
{
	struct quoth_slots ids = {reader->ids, reader->n_id_slots};
	uint64_t places[QUOTH_NAMESAKES];
	unsigned n = quoth_slots_find(ids, key, places);
	int error = 0;

	*is_known = false;
	for (unsigned i = 0; i < n && !*is_known && error != QUOTH_NO_MEMORY; i++) {
		struct quoth_gazetteer_entry entry;

		error = quoth_gazetteer_read(reader->gazetteer, places[i], reader->arena, &entry);
		*is_known = !error && entry.fields[QUOTH_GAZETTEER_ID].size == id.size &&
			    !memcmp(entry.fields[QUOTH_GAZETTEER_ID].text, id.text, id.size);
	}
	if (n)
		quoth_arena_reset(reader->arena);
	return error == QUOTH_NO_MEMORY ? error : 0;
}

static int add_entry(struct table_reader *reader, const struct quoth_gazetteer_entry *entry, bool is_person, uint64_t key)
{
	struct quoth_field rest = entry->fields[QUOTH_GAZETTEER_ALIASES], alias;
	uint64_t place = reader->place;
	int error = reader->sink ? reader->sink->keep(reader->sink->context, entry, &place, reader->report) : 0;

	if (error)
		return error;
	add_name(reader, key, place);
	while (quoth_field_next(&rest, &alias))
		add_name(reader, quoth_gazetteer_key(alias.text, alias.size, is_person), place);
	reader->gazetteer->n_entries++;
	return 0;
}

/* An entry whose line is right: added, unless its name is none or its id is known. */
static int check_entry(struct table_reader *reader, const struct quoth_gazetteer_entry *entry)
{
	struct quoth_field id = entry->fields[QUOTH_GAZETTEER_ID], name = entry->fields[QUOTH_GAZETTEER_NAME];
	bool is_person = quoth_field_is(entry->fields[QUOTH_GAZETTEER_KIND], "person"), is_known;
	uint64_t id_key = quoth_gazetteer_id_key(id.text, id.size), key;
	char what[128];
	int error;

	__builtin_prefetch(&reader->ids[quoth_slots_first(reader->n_id_slots, id_key)], 1);
	key = quoth_gazetteer_key(name.text, name.size, is_person);
	if (!key) {
		tell_of_line(reader, "the name has no letters");
		return 0;
	}
	error = find_id(reader, id_key, id, &is_known);
	if (error)
		return quoth_report_set(reader->report, error, reader->path, "out of memory");
	if (is_known) {
		snprintf(what, sizeof what, "the id \"%.*s\" is that of an earlier line, too", told_size(id), id.text);
		tell_of_line(reader, what);
		return 0;
	}
	if (reader->gazetteer->n_entries < reader->most_entries)
		quoth_slots_add(reader->ids, reader->n_id_slots, id_key, reader->place);
	else
		reader->has_changed = true;
	return add_entry(reader, entry, is_person, key);
}

static int take_entry(struct table_reader *reader, struct quoth_field line)
{
	struct quoth_gazetteer_entry entry;
	char what[128];
	const char *wrong = read_columns(reader, line, &entry, what, sizeof what);

	if (!wrong)
		return check_entry(reader, &entry);
	tell_of_line(reader, wrong);
	return 0;
}

static int take_entries(struct table_reader *reader)
{
	struct quoth_field line;
	int found;

	while ((found = take_line(reader, &line)) > 0 || found == QUOTH_TOO_LARGE) {
		int error = 0;

		if (found == QUOTH_TOO_LARGE)
			tell_of_line(reader, "the line is longer than 131072 bytes");
		else if (line.size)
			error = take_entry(reader, line);
		if (error)
			return error;
	}
	add_waiting(reader, 0);
	if (!found && reader->has_changed)
		return quoth_report_set(reader->report, QUOTH_BAD_INPUT, reader->path, "the file was changed while it was read");
	return found;
}

/* ---- the door ---- */

static int open_table(struct table_reader *reader)
{
	struct stat status;
	int error = quoth_stream_open(&reader->stream, reader->path, reader->report);

	if (error)
		return error;
	if (fstat(reader->stream.descriptor, &status) || !S_ISREG(status.st_mode))
		return quoth_report_set(reader->report, QUOTH_IO, reader->path,
					"is no regular file; lines of a gazetteer are read again when they are needed");
	if ((uint64_t)status.st_size >= QUOTH_MAX_GAZETTEER_BYTES)
		return quoth_report_set(reader->report, QUOTH_TOO_LARGE, reader->path, "is too large");
	if (!quoth_buffer_reserve(&reader->text, QUOTH_MAX_GAZETTEER_LINE + 1))
		return quoth_report_set(reader->report, QUOTH_NO_MEMORY, reader->path, "out of memory");
	reader->gazetteer->descriptor = fcntl(reader->stream.descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (reader->gazetteer->descriptor < 0)
		return quoth_report_set(reader->report, QUOTH_IO, reader->path, "%s", strerror(errno));
	return 0;
}

/* Free slots. They are written to in no order: large pages, where the system has them, spare a walk through its tables each time. */
static uint64_t *new_slots(uint64_t n)
{
	enum { LARGE_PAGE = 2 << 20 };
	uint64_t *slots = calloc(n, sizeof *slots);
	uintptr_t begin = ((uintptr_t)slots + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
	uintptr_t end = (uintptr_t)(slots + n) / LARGE_PAGE * LARGE_PAGE;

	if (slots && begin < end)
		madvise((void *)begin, end - begin, MADV_HUGEPAGE);
	return slots;
}

static int make_slots(struct table_reader *reader)
{
	reader->n_name_slots = quoth_slots_for(reader->most_names);
	reader->n_id_slots = quoth_slots_for(reader->most_entries);
	reader->names = new_slots(reader->n_name_slots);
	reader->ids = new_slots(reader->n_id_slots);
	reader->arena = quoth_arena_new(QUOTH_MAX_GAZETTEER_LINE);
	reader->gazetteer->names = (struct quoth_slots){reader->names, reader->n_name_slots};
	return reader->names && reader->ids && reader->arena ? 0 :
	       quoth_report_set(reader->report, QUOTH_NO_MEMORY, reader->path, "out of memory");
}

int quoth_gazetteer_table_read(struct quoth_gazetteer *gazetteer, const char *path, const struct quoth_gazetteer_sink *sink,
			       struct quoth_gazetteer_problems *problems, struct quoth_report *report)
{
	struct table_reader reader = {
		.gazetteer = gazetteer, .path = path, .sink = sink, .problems = problems, .report = report,
		.stream.descriptor = -1,
	};
	uint64_t entries;
	int error = open_table(&reader);

	if (!error)
		error = read_header(&reader);
	entries = quoth_stream_place(&reader.stream);
	if (!error)
		error = return_to(&reader, 0);
	if (!error)
		error = count_lines(&reader);
	if (!error)
		error = make_slots(&reader);
	if (!error)
		error = return_to(&reader, entries);
	if (!error)
		error = take_entries(&reader);
	tell_of_rest(&reader);
	quoth_stream_close(&reader.stream);
	quoth_stream_free(&reader.stream);
	quoth_buffer_free(&reader.text);
	quoth_arena_free(reader.arena);
	free(reader.ids);
	return error;
}
