/* reader_warc: web archives (ISO 28500, WARC 1.0 and 1.1), and WET files, as crawlers write them.
 *
 * Read are responses with status 200 that are web pages (page.h), and texts that were taken from pages (conversion). Requests, metadata, images
 * and redirections are no documents and are passed over. Compressed files, one gzip member a record, come unpacked. A record whose length is
 * wrong is told, and reading goes on at the next line that begins a record.
 */
#include "config.h"

#include "pipeline/http.h"
#include "pipeline/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { MAX_HEAD_LINES = 200, MAX_HEAD_LINE = 16 * 1024 };

struct warc {
	bool is_lost;		/* the last record's length was wrong: look for the next one */
};

/* What the cutting thread knows of a record; its head and block follow. */
struct record_head {
	uint32_t head_size;
	bool is_page;		/* an HTTP response; else text */
};

static bool recognise_warc(const char *head, size_t size)
{
	return size >= 7 && !memcmp(head, "WARC/1.", 7);
}

static int open_warc(struct quoth_reader *reader, struct quoth_report *report)
{
	reader->state = calloc(1, sizeof(struct warc));
	return reader->state ? 0 : quoth_report_set(report, QUOTH_NO_MEMORY, reader->stream->path, "out of memory");
}

static void close_warc(struct quoth_reader *reader)
{
	free(reader->state);
}

/* ---- cutting ---- */

/* Goes to the next record: appends its lines, each with its end, up to the empty one. 1, 0 at the end, or an error. */
static int take_head(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	struct warc *warc = reader->state;
	size_t begin = into->size, n_lines = 0;

	for (;;) {
		size_t before = into->size;
		int found = quoth_line_take(reader->stream, into, MAX_HEAD_LINE, report);

		if (found < 0)
			return found;
		if (!found)
			return n_lines ? quoth_record_refuse(reader, QUOTH_BAD_INPUT, report, "the record's head is cut short") : 0;
		if (into->has_failed)
			return quoth_record_refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
		if (into->size > before && into->bytes[into->size - 1] == '\r')
			into->size--;
		if (!n_lines && !recognise_warc(into->bytes + before, into->size - before)) {
			bool is_empty = into->size == before;

			into->size = begin;
			if (is_empty || warc->is_lost)
				continue;
			warc->is_lost = true;
			reader->place++;
			return quoth_record_refuse(reader, QUOTH_BAD_INPUT, report,
						   "no record begins here (a wrong Content-Length before?); going on at the next");
		}
		reader->place += !n_lines;
		warc->is_lost = false;
		if (n_lines && into->size == before)
			return 1;
		quoth_buffer_put_byte(into, '\n');
		if (++n_lines > MAX_HEAD_LINES) {
			warc->is_lost = true;
			return quoth_record_refuse(reader, QUOTH_BAD_INPUT, report, "the record's head has no end");
		}
	}
}

/* The value of Content-Length; false where there is none or no number. */
static bool read_length(const char *head, size_t size, uint64_t *length)
{
	size_t n;
	const char *value = quoth_http_find_header(head, size, "Content-Length", &n);

	*length = 0;
	if (!value || !n || n > 18)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (value[i] < '0' || value[i] > '9')
			return false;
		*length = *length * 10 + (uint64_t)(value[i] - '0');
	}
	return true;
}

/* Appends the block's first `limit` bytes, passes over the rest. 1, 0 where the stream ends too early, or an error. */
static int take_block(struct quoth_reader *reader, uint64_t length, size_t limit, struct quoth_buffer *into,
		      struct quoth_report *report)
{
	struct quoth_stream *stream = reader->stream;
	uint64_t taken = 0;

	while (taken < length) {
		size_t size = stream->end - stream->begin;
		int more = size ? 1 : quoth_stream_fill(stream, report);

		if (more <= 0)
			return more;
		size = stream->end - stream->begin;
		if (size > length - taken)
			size = (size_t)(length - taken);
		if (taken < limit)
			quoth_buffer_put(into, stream->bytes + stream->begin, size < limit - taken ? size : (size_t)(limit - taken));
		stream->begin += size;
		taken += size;
	}
	return 1;
}

static bool value_is(const char *head, size_t size, const char *name, const char *value)
{
	size_t n;
	const char *found = quoth_http_find_header(head, size, name, &n);

	return found && n >= strlen(value) && !strncasecmp(found, value, strlen(value));
}

/* Whether a record is a document by its head; *is_page: by its block too, which must be looked at. */
static bool is_document(const char *head, size_t size, bool *is_page)
{
	*is_page = value_is(head, size, "WARC-Type", "response") && value_is(head, size, "Content-Type", "application/http");
	return *is_page || (value_is(head, size, "WARC-Type", "conversion") && value_is(head, size, "Content-Type", "text/plain"));
}

static bool is_good_response(const char *block, size_t size)
{
	struct quoth_http_head head;

	quoth_http_read_head(block, size, &head);
	return head.status == 200 && quoth_http_is_page(&head);
}

/* One record. 1 with a document, 2 with none of one, 0 at the end, or an error. */
static int take_record(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	size_t limit = quoth_record_limit(reader->reading), begin, lines, block;
	struct record_head record = {0};
	uint64_t length;
	bool is_wanted;
	int found;

	quoth_buffer_put(into, (const char *)&record, sizeof record);
	begin = into->size;
	found = take_head(reader, into, report);
	if (found <= 0)
		return found;
	lines = begin + strcspn(into->bytes + begin, "\n") + 1;
	if (lines > into->size || !read_length(into->bytes + lines, into->size - lines, &length)) {
		((struct warc *)reader->state)->is_lost = true;
		return quoth_record_refuse(reader, QUOTH_BAD_INPUT, report, "the record has no Content-Length that is a number");
	}
	block = into->size;
	record.head_size = (uint32_t)(block - begin);
	is_wanted = is_document(into->bytes + lines, block - lines, &record.is_page);
	memcpy(into->bytes + begin - sizeof record, &record, sizeof record);
	found = take_block(reader, length, is_wanted ? limit : 0, into, report);
	if (found < 0)
		return found;
	if (into->has_failed)
		return quoth_record_refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
	if (!found)
		return quoth_record_refuse(reader, QUOTH_BAD_INPUT, report, "the record is cut short");
	if (!is_wanted || (record.is_page && !is_good_response(into->bytes + block, into->size - block)))
		return 2;
	return length > limit ? quoth_record_refuse_size(reader, report) : 1;
}

static int cut_warc(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	size_t before = into->size;
	int found;

	do {
		into->size = before;
		found = take_record(reader, into, report);
	} while (found == 2);
	return found;
}

/* ---- decoding ---- */

static const char *copy_header(struct quoth_arena *arena, const char *head, size_t size, const char *name)
{
	size_t n;
	const char *value = quoth_http_find_header(head, size, name, &n);
	char *copy;

	if (value && n > 2 && value[0] == '<' && value[n - 1] == '>') {	/* WARC/1.0 puts addresses in brackets */
		value++;
		n -= 2;
	}
	copy = value && n ? quoth_arena_alloc(arena, n + 1) : NULL;
	if (!copy)
		return NULL;
	for (size_t i = 0; i < n; i++)
		copy[i] = value[i] ? value[i] : ' ';
	copy[n] = '\0';
	return copy;
}

static int decode_response(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
			   struct quoth_report *report)
{
	struct quoth_http_head head;
	const char *body, *what = "";
	size_t size;
	int error;

	quoth_http_read_head(document->input, document->input_size, &head);
	error = quoth_http_read_body(document->arena, &head, document->input, document->input_size,
				     quoth_record_limit(reading), &body, &size, &what);
	if (error)
		return quoth_report_set(report, error, place, "%s", *what ? what : quoth_error_words(error));
	document->input = body;
	document->input_size = (uint32_t)size;
	if (!size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the response has no body");
	return quoth_html_decode(document, reading, quoth_http_charset(document->arena, &head), place, report);
}

static int decode_warc(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
		       struct quoth_report *report)
{
	struct record_head record;
	const char *head = document->input + sizeof record, *url, *date;
	int error = 0;

	if (document->input_size < sizeof record)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the record is empty");
	memcpy(&record, document->input, sizeof record);
	url = copy_header(document->arena, head, record.head_size, "WARC-Target-URI");
	date = copy_header(document->arena, head, record.head_size, "WARC-Date");
	document->input = head + record.head_size;
	document->input_size -= (uint32_t)(sizeof record + record.head_size);
	if (url)
		document->id = url;
	if (record.is_page)
		error = decode_response(document, reading, place, report);
	else if (document->input_size > reading->max_document_bytes)
		error = quoth_report_set(report, QUOTH_TOO_LARGE, place, "the text is larger than %u bytes (see --max-document)",
					 (unsigned)reading->max_document_bytes);
	if (url)
		document->url = url;
	document->is_date_of_visit = !document->date;
	if (!document->date)
		document->date = date;
	return error;
}

const struct quoth_format quoth_format_warc = {
	.name = "warc",
	.what = "a web archive, or texts taken from one (WET)",
	.extensions = ".warc .wet ",
	.recognise = recognise_warc,
	.open = open_warc,
	.close = close_warc,
	.cut = cut_warc,
	.decode = decode_warc,
};
