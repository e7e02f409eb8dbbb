#include "config.h"

#include "pipeline/reader.h"

#include "pipeline/packing.h"

#include <strings.h>

extern const struct quoth_format quoth_format_text, quoth_format_jsonl, quoth_format_csv, quoth_format_tsv,
	quoth_format_html, quoth_format_warc, quoth_format_nitf, quoth_format_newsml, quoth_format_rss;

const struct quoth_format *const quoth_formats[] = {
	&quoth_format_text,
	&quoth_format_jsonl,
	&quoth_format_html,
	&quoth_format_warc,
	&quoth_format_nitf,
	&quoth_format_newsml,
	&quoth_format_rss,
	&quoth_format_tsv,
	&quoth_format_csv,
	NULL
};

const struct quoth_format *quoth_format_find(const char *name)
{
	for (const struct quoth_format *const *format = quoth_formats; *format; format++)
		if (!strcmp((*format)->name, name))
			return *format;
	return NULL;
}

const struct quoth_format *quoth_format_of_path(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t size = strlen(name) - quoth_packing_ending(name), length;
	const char *dot = memrchr(name, '.', size);

	if (!dot || dot == name)
		return NULL;
	length = (size_t)(name + size - dot);
	for (const struct quoth_format *const *format = quoth_formats; *format; format++)
		for (const char *at = (*format)->extensions, *end; (end = strchr(at, ' ')); at = end + 1)
			if ((size_t)(end - at) == length && !strncasecmp(at, dot, length))
				return *format;
	return NULL;
}

/* Encodings that their byte order mark gives away. */
static int refuse_other_encodings(const struct quoth_stream *stream, struct quoth_report *report)
{
	static const struct {
		const char *mark;
		size_t length;
		const char *name;
	} encodings[] = {
		{"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
		{"\xFF\xFE", 2, "UTF-16LE"}, {"\xFE\xFF", 2, "UTF-16BE"},
	};

	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
		if (stream->end - stream->begin >= encodings[i].length &&
		    !memcmp(stream->bytes + stream->begin, encodings[i].mark, encodings[i].length))
			return quoth_report_set(report, QUOTH_BAD_INPUT, stream->path,
						"the text is %s, not UTF-8; convert it with: iconv -f %s -t UTF-8",
						encodings[i].name, encodings[i].name);
	return 0;
}

static const struct quoth_format *recognise_format(const struct quoth_stream *stream)
{
	for (const struct quoth_format *const *format = quoth_formats; *format; format++)
		if ((*format)->recognise &&
		    (*format)->recognise(stream->bytes + stream->begin, stream->end - stream->begin))
			return *format;
	return quoth_formats[0];
}

int quoth_reader_open(struct quoth_reader *reader, struct quoth_stream *stream, const struct quoth_reading *reading,
		      struct quoth_report *report)
{
	int error;

	*reader = (struct quoth_reader){.stream = stream, .reading = reading, .format = reading->format};
	error = stream->begin < stream->end ? 0 : quoth_stream_fill(stream, report);
	if (error < 0)
		return error;
	if (!reader->format)
		reader->format = quoth_format_of_path(stream->path);
	if (!reader->format || !reader->format->has_charsets)
		error = refuse_other_encodings(stream, report);
	if (error < 0)
		return error;
	if (!reader->format)
		reader->format = recognise_format(stream);
	return reader->format->open ? reader->format->open(reader, report) : 0;
}

void quoth_reader_close(struct quoth_reader *reader)
{
	if (reader->format && reader->format->close)
		reader->format->close(reader);
	reader->format = NULL;
}
