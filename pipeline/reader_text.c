/* reader_text: one document a file. */
#include "pipeline/reader.h"

/* A file that is too large by its size is refused unread; a pipe, once it has given too much. */
int quoth_cut_whole(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	struct quoth_stream *stream = reader->stream;
	uint32_t limit = reader->reading->max_document_bytes;
	uint64_t size = stream->file_size;
	size_t before = into->size;
	int more = 1;

	if (reader->state)
		return 0;
	reader->state = reader;
	while (size <= limit && more > 0) {
		quoth_buffer_put(into, stream->bytes + stream->begin, stream->end - stream->begin);
		stream->begin = stream->end;
		if (into->has_failed)
			return quoth_report_set(report, QUOTH_NO_MEMORY, stream->path, "out of memory");
		if (into->size - before > limit)
			size = into->size - before;
		else
			more = quoth_stream_fill(stream, report);
	}
	if (more < 0)
		return more;
	if (size > limit)
		return quoth_report_set(report, QUOTH_TOO_LARGE, stream->path,
					"the document is larger than %u bytes (see --max-document)", (unsigned)limit);
	return 1;
}

static int decode_text(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
		       struct quoth_report *report)
{
	(void)reading;
	if (!document->input_size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the file is empty");
	return 0;
}

const struct quoth_format quoth_format_text = {
	.name = "text",
	.what = "one document a file",
	.extensions = ".txt .text .story ",
	.cut = quoth_cut_whole,
	.decode = decode_text,
};
