#include "pipeline/lines.h"

#include <stdio.h>

const char *const quoth_text_names[] = {"text", "maintext", "content", "body", NULL},
	*const quoth_id_names[] = {"id", "url", NULL}, *const quoth_title_names[] = {"title", NULL},
	*const quoth_date_names[] = {"date", NULL}, *const quoth_url_names[] = {"url", NULL},
	*const quoth_outlet_names[] = {"outlet", NULL};

size_t quoth_record_limit(const struct quoth_reading *reading)
{
	return (size_t)reading->max_document_bytes * 2 + 64 * 1024;
}

int quoth_line_take(struct quoth_stream *stream, struct quoth_buffer *into, size_t limit, struct quoth_report *report)
{
	size_t before = into->size, size, room;
	const char *newline = NULL;
	bool has_line = false;
	int more = 1;

	while (!newline) {
		if (stream->begin == stream->end && (more = quoth_stream_fill(stream, report)) <= 0)
			break;
		has_line = true;
		newline = memchr(stream->bytes + stream->begin, '\n', stream->end - stream->begin);
		size = (newline ? (size_t)(newline - stream->bytes) : stream->end) - stream->begin;
		room = limit + 1 - (into->size - before);
		quoth_buffer_put(into, stream->bytes + stream->begin, size < room ? size : room);
		stream->begin += size + (newline != NULL);
	}
	return more < 0 ? more : has_line;
}

bool quoth_line_is_empty(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r')
			return false;
	return true;
}

int quoth_record_refuse(const struct quoth_reader *reader, int error, struct quoth_report *report, const char *what)
{
	char where[sizeof report->where];

	snprintf(where, sizeof where, "%s:%llu", reader->stream->path, (unsigned long long)reader->place);
	return quoth_report_set(report, error, where, "%s", what);
}

int quoth_record_refuse_size(const struct quoth_reader *reader, struct quoth_report *report)
{
	char what[96];

	snprintf(what, sizeof what, "the record is larger than %zu bytes (see --max-document)",
		 quoth_record_limit(reader->reading));
	return quoth_record_refuse(reader, QUOTH_TOO_LARGE, report, what);
}
