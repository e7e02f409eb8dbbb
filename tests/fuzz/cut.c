#include "config.h"

#include "tests/fuzz/cut.h"

#include "pipeline/reader.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>
#include <unistd.h>

enum { MAX_DOCUMENT = 5000 };

static void decode(const struct quoth_reader *reader, const struct quoth_buffer *record, struct quoth_arena *arena)
{
	struct quoth_document doc;
	struct quoth_report report = {{0}, {0}};
	int error;

	quoth_document_begin(&doc, arena, "place", record->bytes, (uint32_t)record->size);
	error = reader->format->decode(&doc, reader->reading, "place", &report);
	require(doc.id && *doc.id, "a document has an id");
	if (error) {
		require(!strcmp(report.where, "place") && *report.what, "a failure has a place and words");
		return;
	}
	require(doc.input_size <= MAX_DOCUMENT, "a text is within its limit");
	if (doc.input_size)	/* every byte can be read */
		require(memchr(doc.input, doc.input[doc.input_size - 1], doc.input_size) != NULL, "a text is there");
}

static void cut_all(struct quoth_reader *reader)
{
	struct quoth_arena *arena = quoth_arena_new(1 << 16);
	struct quoth_buffer record = {0};
	struct quoth_report report = {{0}, {0}};
	uint64_t place = 0;
	int found;

	for (;;) {
		record.size = 0;
		found = reader->format->cut(reader, &record, &report);
		if (!found)
			break;
		if (found == QUOTH_IO || found == QUOTH_FOREIGN) {	/* no record can be read: a table without a column of text, XML that is no news */
			require(!strncmp(report.where, reader->stream->path, strlen(reader->stream->path)) && *report.what,
				"what is given up has a place and words");
			break;
		}
		require(found == 1 || found == QUOTH_TOO_LARGE || found == QUOTH_BAD_INPUT, "bytes in memory can be read");
		require(reader->place > place || (!reader->place && !place), "places ascend");
		place = reader->place;
		if (found == 1)
			decode(reader, &record, arena);
		quoth_arena_reset(arena);
	}
	quoth_buffer_free(&record);
	quoth_arena_free(arena);
}

void quoth_fuzz_cut(const char *format, const uint8_t *bytes, size_t size)
{
	struct quoth_reading reading = {.format = format ? quoth_format_find(format) : NULL, .max_document_bytes = MAX_DOCUMENT};
	struct quoth_stream stream = {0};
	struct quoth_reader reader;
	struct quoth_report report;
	char path[FUZZ_PATH_SIZE];
	int file = make_file(bytes, size, path), error;

	require(quoth_stream_open(&stream, path, &report) == 0, "the file opens");
	error = quoth_reader_open(&reader, &stream, &reading, &report);
	require(!error || (error == QUOTH_BAD_INPUT && !strcmp(report.where, path)), "the file is read or refused");
	if (!error)
		cut_all(&reader);
	quoth_reader_close(&reader);
	quoth_stream_close(&stream);
	quoth_stream_free(&stream);
	close(file);
}
