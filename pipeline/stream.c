#include "config.h"

#include "pipeline/stream.h"

#include "pipeline/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STREAM_BYTES = 256 * 1024 };

int quoth_system_error(int number)
{
	return number == EIO || number == ENOMEM || number == EMFILE || number == ENFILE || number == EAGAIN ? QUOTH_FAULT :
													       QUOTH_IO;
}

static int refuse(struct quoth_stream *stream, struct quoth_report *report, int number)
{
	const char *path = stream->path;

	quoth_stream_close(stream);
	return quoth_report_set(report, quoth_system_error(number), path, "%s", strerror(number));
}

int quoth_stream_open_source(struct quoth_stream *stream, const char *path, quoth_stream_source *source, void *context,
			     struct quoth_report *report)
{
	if (!stream->bytes) {
		stream->bytes = malloc(STREAM_BYTES);
		if (!stream->bytes)
			return quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
		stream->capacity = STREAM_BYTES;
	}
	stream->path = path;
	stream->begin = stream->end = 0;
	stream->is_at_end = stream->may_block = false;
	stream->n_passed = stream->file_size = 0;
	stream->descriptor = -1;
	stream->source = source;
	stream->context = context;
	return 0;
}

int quoth_stream_open(struct quoth_stream *stream, const char *path, struct quoth_report *report)
{
	struct stat status;
	int error = quoth_stream_open_source(stream, path, NULL, NULL, report);

	if (error)
		return error;
	stream->descriptor = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
	if (stream->descriptor < 0)
		return quoth_report_set(report, quoth_system_error(errno), path, "%s", strerror(errno));
	if (fstat(stream->descriptor, &status))
		return refuse(stream, report, errno);
	if (S_ISDIR(status.st_mode))
		return refuse(stream, report, EISDIR);
	stream->may_block = !S_ISREG(status.st_mode);
	if (S_ISREG(status.st_mode))
		stream->file_size = (uint64_t)status.st_size;
	return 0;
}

void quoth_stream_close(struct quoth_stream *stream)
{
	if (stream->descriptor > STDIN_FILENO)
		close(stream->descriptor);
	stream->descriptor = -1;
}

void quoth_stream_free(struct quoth_stream *stream)
{
	free(stream->bytes);
	stream->bytes = NULL;
}

/* A pipe or terminal may stay silent for hours: a signal must not have to wait for it. */
static int wait_for_bytes(const struct quoth_stream *stream)
{
	struct pollfd wait[2] = {
		{.fd = stream->descriptor, .events = POLLIN},
		{.fd = quoth_signals_descriptor(), .events = POLLIN},
	};

	while (!quoth_signals_stop())
		if (poll(wait, 2, -1) > 0 && wait[0].revents)
			return 0;
	return QUOTH_STOPPED;
}

/* Bytes read behind end, 0 at the end of the stream, or an error. */
static ptrdiff_t read_more(struct quoth_stream *stream, struct quoth_report *report)
{
	ssize_t n;

	if (stream->source)
		return quoth_signals_stop() ? QUOTH_STOPPED :
			stream->source(stream->context, stream->bytes + stream->end, stream->capacity - stream->end, report);
	do {
		if (quoth_signals_stop() || (stream->may_block && wait_for_bytes(stream)))
			return QUOTH_STOPPED;
		n = read(stream->descriptor, stream->bytes + stream->end, stream->capacity - stream->end);
	} while (n < 0 && (errno == EINTR || errno == EAGAIN));
	return n < 0 ? quoth_report_set(report, QUOTH_FAULT, stream->path, "%s", strerror(errno)) : n;
}

int quoth_stream_fill(struct quoth_stream *stream, struct quoth_report *report)
{
	ptrdiff_t n;

	memmove(stream->bytes, stream->bytes + stream->begin, stream->end - stream->begin);
	stream->end -= stream->begin;
	stream->n_passed += stream->begin;
	stream->begin = 0;
	if (stream->is_at_end || stream->end == stream->capacity)
		return 0;
	n = read_more(stream, report);
	if (n < 0)
		return (int)n;
	stream->is_at_end = n == 0;
	stream->end += (size_t)n;
	return n > 0;
}
