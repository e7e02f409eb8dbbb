/* group_rows: from files to texts: rows are read and sorted by the words of their quotes; those with the same words are one text. */
#include "config.h"

#include "pipeline/container.h"
#include "pipeline/group_run.h"
#include "stages/checksum.h"

#include <stdlib.h>

struct row_reading {
	struct quoth_group_run *run;
	struct quoth_container container;
	struct quoth_group_reader reader;
	struct quoth_buffer record, strings;
	struct quoth_group_words words;
	struct quoth_fingerprints fingerprints;
	int fatal;		/* an error that is not the input's */
};

/* ---- a row's record ---- */

/* The bytes of a field as a string, cut to `most` of them. */
static void put_cut(struct quoth_buffer *into, struct quoth_group_field field, size_t most)
{
	quoth_put_string(into, field.bytes, field.size < most ? field.size : most);
}

static enum quoth_group_kind kind_of(struct quoth_group_field kind)
{
	if (kind.size == 8 && !memcmp(kind.bytes, "indirect", 8))
		return QUOTH_GROUP_INDIRECT;
	return kind.size == 5 && !memcmp(kind.bytes, "mixed", 5) ? QUOTH_GROUP_MIXED : QUOTH_GROUP_DIRECT;
}

static uint64_t hash_folded(const char *bytes, size_t size)
{
	char folded[QUOTH_MOST_NAME_BYTES];

	size = quoth_group_fold(bytes, size, folded, sizeof folded);
	return quoth_hash_add(QUOTH_HASH_START, folded, size);
}

/* By the last word of the name, which all that is written of a speaker has; 0 where there is none. */
static uint32_t hash_speaker(struct quoth_group_field speaker)
{
	size_t begin = speaker.size;

	while (begin && speaker.bytes[begin - 1] != ' ')
		begin--;
	return speaker.size ? (uint32_t)(hash_folded(speaker.bytes + begin, speaker.size - begin) >> 16) | 1 : 0;
}

/* A hash of the words; few words are told apart by who said them, and where nobody knows, by where they stand. */
static uint64_t hash_words(const struct quoth_group_words *words, const struct quoth_group_row *row)
{
	uint32_t speaker = hash_speaker(row->fields[QUOTH_GROUP_SPEAKER]);
	struct quoth_group_field doc = row->fields[QUOTH_GROUP_DOC], id = row->fields[QUOTH_GROUP_ID];
	uint64_t hash = QUOTH_HASH_START;

	for (uint32_t i = 0; i < words->n; i++)
		hash = quoth_hash_add(hash, &words->words[i].form, sizeof words->words[i].form);
	if (words->n >= QUOTH_LEAST_GROUP_WORDS)
		return hash;
	if (speaker)
		return quoth_hash_add(hash, &speaker, sizeof speaker);
	hash = quoth_hash_add(hash, doc.bytes, doc.size);
	return quoth_hash_add(hash, id.bytes, id.size);
}

/* Which of the words are the speaker's own: texts differ by it too. */
static uint32_t hash_quoted(const struct quoth_group_words *words)
{
	uint64_t hash = QUOTH_HASH_START;

	for (uint32_t i = 0; i < words->n; i++)
		hash = quoth_hash_add(hash, &words->words[i].is_quoted, 1);
	return (uint32_t)(hash ^ hash >> 32);
}

/* What a row is sorted by: the least shingle, the words, which of them are quoted; then what chooses among equal ones; its number at last. */
static void put_record(struct row_reading *reading, const struct quoth_group_row *row)
{
	struct quoth_buffer *record = &reading->record, *strings = &reading->strings;
	const struct quoth_group_field *fields = row->fields;
	struct quoth_group_text text = {.speaker = hash_speaker(fields[QUOTH_GROUP_SPEAKER])};
	uint64_t seconds = 0, group = hash_words(&reading->words, row);
	bool has_date = quoth_group_date(fields[QUOTH_GROUP_DATE], &seconds);
	size_t doc, id;

	quoth_buffer_clear(strings, SIZE_MAX);
	put_cut(strings, has_date ? fields[QUOTH_GROUP_DATE] : (struct quoth_group_field){"", 0}, 40);
	doc = strings->size;
	put_cut(strings, fields[QUOTH_GROUP_DOC], QUOTH_MOST_NAME_BYTES);
	id = strings->size;
	put_cut(strings, fields[QUOTH_GROUP_ID], QUOTH_MOST_NAME_BYTES);
	if (strings->has_failed)
		return;
	text.date = strings->bytes;
	text.doc = strings->bytes + doc;
	text.id = strings->bytes + id;
	text.kind = (uint8_t)kind_of(fields[QUOTH_GROUP_KIND]);
	text.quote = fields[QUOTH_GROUP_QUOTE].bytes;
	text.quote_size = (uint32_t)fields[QUOTH_GROUP_QUOTE].size;
	quoth_fingerprints_take(&reading->words, &reading->fingerprints);
	quoth_put_number(record, reading->fingerprints.has_least ? reading->fingerprints.least : group, 8);
	quoth_put_number(record, group, 8);
	quoth_put_number(record, hash_quoted(&reading->words), 4);
	quoth_group_body_put(record, &text, has_date, seconds);
	quoth_put_number(record, quoth_group_outlet(fields[QUOTH_GROUP_OUTLET], fields[QUOTH_GROUP_URL], fields[QUOTH_GROUP_DOC]), 8);
	quoth_put_number(record, reading->run->n_rows, 4);
}

static int take_row(struct row_reading *reading, struct quoth_group_row *row)
{
	struct quoth_group_run *run = reading->run;
	struct quoth_group_field *quote = &row->fields[QUOTH_GROUP_QUOTE];
	int error = quoth_pile_put(&run->rows, row->line.bytes, row->line.size, run->report);

	if (quote->size > QUOTH_MOST_QUOTE_BYTES)
		quote->size = QUOTH_MOST_QUOTE_BYTES;
	quoth_group_words_read(run->wordings, quote->bytes, quote->size, kind_of(row->fields[QUOTH_GROUP_KIND]), &reading->words);
	reading->record.size = 0;
	if (!error && reading->words.n) {
		put_record(reading, row);
		error = reading->record.has_failed || reading->strings.has_failed ? quoth_group_refuse_memory(run) :
			quoth_sorter_put(run->by_text, reading->record.bytes, reading->record.size, run->report);
	}
	if (!error && run->n_rows == QUOTH_MOST_SET_MEMBERS)
		error = quoth_report_set(run->report, QUOTH_TOO_LARGE, reading->reader.stream->path, "more than 2147483647 rows");
	run->n_rows++;
	return error;
}

/* ---- files ---- */

static void tell(struct quoth_group_run *run)
{
	run->asked->n_failed++;
	run->asked->tell(run->asked->context, run->report);
}

/* What fails is the row's or the file's, and the run goes on; all else ends it. */
static bool is_of_input(int error)
{
	return error == QUOTH_BAD_INPUT || error == QUOTH_TOO_LARGE || error == QUOTH_IO || error == QUOTH_FAULT;
}

/* All files must be of one kind: the rows are written under one header. */
static int check_kind(struct row_reading *reading)
{
	struct quoth_group_run *run = reading->run;
	const struct quoth_group_reader *reader = &reading->reader;
	const char *path = reader->stream->path;

	if (reader->format == QUOTH_GROUP_TSV && !reader->n_columns)	/* empty */
		return 0;
	if (run->asked->is_page && reader->format == QUOTH_GROUP_TSV)
		return quoth_report_set(run->report, QUOTH_BAD_INPUT, path,
					"is TSV, and a page is made of JSON lines (quoth --to=jsonl --with-text); its rows are left out");
	if (run->format == QUOTH_GROUP_BY_BYTES) {
		run->format = reader->format;
		quoth_buffer_put(&run->header, reader->header.bytes, reader->header.size);
		return run->header.has_failed ? quoth_group_refuse_memory(run) : 0;
	}
	if (run->format != reader->format)
		return quoth_report_set(run->report, QUOTH_BAD_INPUT, path, "is %s, the first file is not; its rows are left out",
					reader->format == QUOTH_GROUP_TSV ? "TSV" : "JSON lines");
	if (run->header.size != reader->header.size ||
	    (run->header.size && memcmp(run->header.bytes, reader->header.bytes, run->header.size)))
		return quoth_report_set(run->report, QUOTH_BAD_INPUT, path, "has other columns than the first file; its rows are left out");
	return 0;
}

static int read_stream(struct row_reading *reading, struct quoth_stream *stream)
{
	struct quoth_group_run *run = reading->run;
	struct quoth_group_row row;
	int found = quoth_group_reader_open(&reading->reader, stream, run->asked->format, run->report);

	if (!found)
		found = check_kind(reading);
	if (found)
		return found;
	while ((found = quoth_group_reader_next(&reading->reader, &row, run->report))) {
		if (found == QUOTH_BAD_INPUT || found == QUOTH_TOO_LARGE) {
			tell(run);
			continue;
		}
		if (found > 0)
			reading->fatal = take_row(reading, &row);
		if (found < 0 || reading->fatal)
			return found < 0 ? found : reading->fatal;
	}
	return 0;
}

static int read_path(struct row_reading *reading, const char *path)
{
	struct quoth_group_run *run = reading->run;
	int found = quoth_container_open(&reading->container, path, run->report);

	if (is_of_input(found))
		tell(run);
	while (!found) {
		struct quoth_stream *stream;

		found = quoth_container_next(&reading->container, &stream, run->report);
		if (found > 0)
			found = read_stream(reading, stream);
		else if (!found)
			break;
		if (is_of_input(found) && !reading->fatal) {
			tell(run);
			found = 0;
		}
	}
	quoth_container_close(&reading->container);
	return is_of_input(found) ? reading->fatal : found;
}

int quoth_group_read_rows(struct quoth_group_run *run)
{
	struct row_reading *reading = calloc(1, sizeof *reading);
	int error = reading ? quoth_pile_open(&run->rows, run->asked->folder, run->report) : quoth_group_refuse_memory(run);

	run->by_text = quoth_group_sorter(run);
	if (!error && !run->by_text)
		error = QUOTH_NO_MEMORY;
	for (size_t i = 0; !error && i < run->asked->n_paths; i++) {
		reading->run = run;
		reading->container.takes_all_names = true;
		error = read_path(reading, run->asked->paths[i]);
	}
	run->asked->n_rows = run->n_rows;
	if (!error)
		error = quoth_pile_flush(&run->rows, run->report);
	if (reading) {
		quoth_container_free(&reading->container);
		quoth_group_reader_free(&reading->reader);
		quoth_buffer_free(&reading->record);
		quoth_buffer_free(&reading->strings);
	}
	free(reading);
	return error;
}

/* ---- texts ---- */

enum { KEY_BYTES = 8 + 8 + 4, WORDS_BYTES = 8 + 8, TAIL_BYTES = 8 + 4 };	/* of a row's record: in front, the words' part, behind */

struct numbering {
	struct quoth_group_run *run;
	struct quoth_buffer first;	/* the record of the text's first row, held until its rows are counted; empty: none yet */
	uint32_t n_rows;
	bool joins_last;		/* the text before it has the same words */
	struct quoth_group_words words;
	struct quoth_fingerprints fingerprints;
};

/* The hash in front, so that those that share one stand together; then the text, and whether it has few of them. */
static int put_fingerprints(struct numbering *numbering, uint32_t text)
{
	const struct quoth_fingerprints *fingerprints = &numbering->fingerprints;
	struct quoth_group_run *run = numbering->run;
	int error = 0;

	for (uint32_t i = 0; !error && i < fingerprints->n; i++) {
		uint64_t word = (uint64_t)fingerprints->hashes[i] << 32 | text << 1 | (fingerprints->n <= QUOTH_FEW_FINGERPRINTS);

		error = quoth_group_sort_number(run, run->fingerprints, word);
	}
	return error;
}

/* The rows of a text are all there: it gets its number. */
static int finish_text(struct numbering *numbering)
{
	struct quoth_group_run *run = numbering->run;
	const unsigned char *record = (const unsigned char *)numbering->first.bytes;
	struct quoth_cursor key = {record + 8, record + WORDS_BYTES};
	size_t body_size = numbering->first.size - KEY_BYTES - TAIL_BYTES;
	struct quoth_group_text text;
	int error;

	quoth_group_body_take(record + KEY_BYTES, body_size, &text);
	quoth_group_words_read(run->wordings, text.quote, text.quote_size, text.kind, &numbering->words);
	quoth_fingerprints_take(&numbering->words, &numbering->fingerprints);
	error = put_fingerprints(numbering, run->texts.n);
	if (!error)
		error = quoth_texts_put(&run->texts, quoth_take_number(&key, 8), numbering->n_rows, numbering->words.n, record + KEY_BYTES,
					body_size, run->report);
	if (!error && !quoth_sets_add(&run->sets))
		error = quoth_group_refuse_memory(run);
	if (!error && numbering->joins_last)
		quoth_sets_join(&run->sets, run->texts.n - 2, run->texts.n - 1);
	return error;
}

static int put_member(struct numbering *numbering, const unsigned char *record, size_t size, bool is_first)
{
	struct quoth_group_run *run = numbering->run;
	unsigned char member[1 + TAIL_BYTES] = {is_first};

	memcpy(member + 1, record + size - TAIL_BYTES, TAIL_BYTES);
	return quoth_pile_put(&run->members, member, sizeof member, run->report);
}

/* A row with other words than those before, or with the same of which others are quoted: these are two texts of one group. */
static int begin_text(struct numbering *numbering, const unsigned char *record, size_t size)
{
	struct quoth_group_run *run = numbering->run;
	bool has_same_words = numbering->first.size && !memcmp(numbering->first.bytes, record, WORDS_BYTES);
	int error = numbering->first.size ? finish_text(numbering) : 0;

	if (error)
		return error;
	quoth_buffer_clear(&numbering->first, SIZE_MAX);
	quoth_buffer_put(&numbering->first, (const char *)record, size);
	numbering->n_rows = 0;
	if (numbering->first.has_failed)
		return quoth_group_refuse_memory(run);
	numbering->joins_last = has_same_words;
	return 0;
}

int quoth_group_number_texts(struct quoth_group_run *run)
{
	struct numbering *numbering = calloc(1, sizeof *numbering);
	const unsigned char *record;
	size_t size;
	int error = numbering ? quoth_texts_open(&run->texts, run->asked->folder, run->report) : quoth_group_refuse_memory(run), found = 1;

	if (!error)
		error = quoth_pile_open(&run->members, run->asked->folder, run->report);
	run->fingerprints = quoth_group_sorter(run);
	if (!error && !run->fingerprints)
		error = QUOTH_NO_MEMORY;
	if (!error)
		error = quoth_sorter_sort(run->by_text, run->report);
	while (!error && (found = quoth_sorter_next(run->by_text, &record, &size, run->report)) > 0) {
		bool is_new;

		numbering->run = run;
		is_new = !numbering->first.size || memcmp(numbering->first.bytes, record, KEY_BYTES);
		if (is_new)
			error = begin_text(numbering, record, size);
		numbering->n_rows++;
		if (!error)
			error = put_member(numbering, record, size, is_new);
	}
	if (!error && found < 0)
		error = found;
	if (!error && numbering->first.size)
		error = finish_text(numbering);
	if (!error)
		error = quoth_texts_flush(&run->texts, run->report);
	if (!error)
		error = quoth_pile_flush(&run->members, run->report);
	quoth_sorter_close(run->by_text);
	run->by_text = NULL;
	run->asked->n_texts = run->texts.n;
	if (numbering)
		quoth_buffer_free(&numbering->first);
	free(numbering);
	return error;
}
