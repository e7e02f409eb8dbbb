#include "config.h"

#include "pipeline/group_texts.h"

#include <stdlib.h>

/* A chunk is what is read together: its texts, and how many of them are kept. */
enum { CHUNK = 8, N_SLOTS = 256 };

struct slot {
	uint32_t chunk;		/* from 1; 0: empty */
	struct quoth_buffer bytes;
};

struct quoth_texts_reader {
	const struct quoth_texts *texts;
	struct slot slots[N_SLOTS];
};

/* ---- records ---- */

void quoth_group_body_put(struct quoth_buffer *into, const struct quoth_group_text *text, bool has_date, uint64_t seconds)
{
	quoth_put_number(into, has_date ? seconds : UINT64_MAX, 8);
	quoth_put_string(into, text->date, strlen(text->date));
	quoth_put_string(into, text->doc, strlen(text->doc));
	quoth_put_string(into, text->id, strlen(text->id));
	quoth_put_number(into, text->kind, 1);
	quoth_put_number(into, text->speaker, 4);
	quoth_put_number(into, text->quote_size, 4);
	quoth_buffer_put(into, text->quote, text->quote_size);
}

void quoth_group_body_take(const unsigned char *body, size_t size, struct quoth_group_text *text)
{
	struct quoth_cursor cursor = {body, body + size};

	text->order = cursor.at;
	quoth_take_number(&cursor, 8);
	text->date = quoth_take_string(&cursor);
	text->order_size = (size_t)(cursor.at - text->order);
	text->doc = quoth_take_string(&cursor);
	text->id = quoth_take_string(&cursor);
	text->kind = (uint8_t)quoth_take_number(&cursor, 1);
	text->speaker = (uint32_t)quoth_take_number(&cursor, 4);
	text->quote_size = (uint32_t)quoth_take_number(&cursor, 4);
	text->quote = (const char *)cursor.at;
}

void quoth_group_text_take(const unsigned char *record, size_t size, struct quoth_group_text *text)
{
	struct quoth_cursor cursor = {record, record + size};

	text->group = quoth_take_number(&cursor, 8);
	text->n_rows = (uint32_t)quoth_take_number(&cursor, 4);
	text->n_words = (uint32_t)quoth_take_number(&cursor, 2);
	quoth_group_body_take(cursor.at, (size_t)(cursor.end - cursor.at), text);
}

/* ---- writing ---- */

int quoth_texts_open(struct quoth_texts *texts, const char *folder, struct quoth_report *report)
{
	*texts = (struct quoth_texts){.n = 0};
	return quoth_pile_open(&texts->pile, folder, report);
}

void quoth_texts_close(struct quoth_texts *texts)
{
	quoth_pile_close(&texts->pile);
	quoth_buffer_free(&texts->record);
	free(texts->places);
	*texts = (struct quoth_texts){.pile.descriptor = -1};
}

static int note_place(struct quoth_texts *texts, struct quoth_report *report)
{
	if (texts->n_places == texts->capacity) {
		size_t capacity = texts->capacity ? texts->capacity * 2 : 1024;
		uint64_t *places = realloc(texts->places, capacity * sizeof *places);

		if (!places)
			return quoth_report_set(report, QUOTH_NO_MEMORY, texts->pile.folder, "out of memory");
		texts->places = places;
		texts->capacity = capacity;
	}
	texts->places[texts->n_places++] = quoth_pile_place(&texts->pile);
	return 0;
}

int quoth_texts_put(struct quoth_texts *texts, uint64_t group, uint32_t n_rows, uint32_t n_words, const unsigned char *body, size_t size,
		    struct quoth_report *report)
{
	struct quoth_buffer *record = &texts->record;
	int error = texts->n % CHUNK ? 0 : note_place(texts, report);

	record->size = 0;
	quoth_put_number(record, group, 8);
	quoth_put_number(record, n_rows, 4);
	quoth_put_number(record, n_words, 2);
	quoth_buffer_put(record, (const char *)body, size);
	if (record->has_failed)
		error = quoth_report_set(report, QUOTH_NO_MEMORY, texts->pile.folder, "out of memory");
	if (!error)
		error = quoth_pile_put(&texts->pile, record->bytes, record->size, report);
	texts->n++;
	return error;
}

int quoth_texts_flush(struct quoth_texts *texts, struct quoth_report *report)
{
	int error = note_place(texts, report);		/* where the last chunk ends */

	return error ? error : quoth_pile_flush(&texts->pile, report);
}

/* ---- reading ---- */

struct quoth_texts_reader *quoth_texts_reader_open(const struct quoth_texts *texts)
{
	struct quoth_texts_reader *reader = calloc(1, sizeof *reader);

	if (reader)
		reader->texts = texts;
	return reader;
}

void quoth_texts_reader_close(struct quoth_texts_reader *reader)
{
	if (!reader)
		return;
	for (unsigned i = 0; i < N_SLOTS; i++)
		quoth_buffer_free(&reader->slots[i].bytes);
	free(reader);
}

static int read_chunk(struct quoth_texts_reader *reader, uint32_t chunk, struct slot *slot, struct quoth_report *report)
{
	const struct quoth_texts *texts = reader->texts;
	uint64_t begin = texts->places[chunk], size = texts->places[chunk + 1] - begin;
	int error;

	slot->chunk = 0;
	slot->bytes.size = 0;
	if (!quoth_buffer_reserve(&slot->bytes, (size_t)size))
		return quoth_report_set(report, QUOTH_NO_MEMORY, texts->pile.folder, "out of memory");
	error = quoth_pile_fetch(&texts->pile, begin, slot->bytes.bytes, (size_t)size, report);
	if (error)
		return error;
	slot->bytes.size = (size_t)size;
	slot->chunk = chunk + 1;
	return 0;
}

int quoth_texts_read(struct quoth_texts_reader *reader, uint32_t number, struct quoth_buffer *into, struct quoth_report *report)
{
	uint32_t chunk = number / CHUNK;
	struct slot *slot = &reader->slots[chunk % N_SLOTS];
	int error = slot->chunk == chunk + 1 ? 0 : read_chunk(reader, chunk, slot, report);
	const unsigned char *record = NULL;
	size_t at = 0, size = 0;

	if (error)
		return error;
	for (uint32_t i = 0; i <= number % CHUNK; i++)
		at += quoth_record_take((const unsigned char *)slot->bytes.bytes + at, slot->bytes.size - at, &record, &size);
	into->size = 0;
	quoth_buffer_put(into, (const char *)record, size);
	return into->has_failed ? quoth_report_set(report, QUOTH_NO_MEMORY, reader->texts->pile.folder, "out of memory") : 0;
}
