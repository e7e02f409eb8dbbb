/* stream: the bytes of one file, of standard input or of what is unpacked from them, read ahead in large pieces.
 *
 * A reader looks at bytes[begin, end), takes what it wants by moving begin, and asks for more with fill. Nothing is ever
 * held but the piece that the reader did not take yet, so that a file of any size passes through fixed memory.
 */
#ifndef QUOTH_STREAM_H
#define QUOTH_STREAM_H

#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the system failed for want of something (QUOTH_FAULT), or the file is the reason (QUOTH_IO), by errno. */
int quoth_system_error(int number);

/* Gives at most size bytes of what a stream unpacks: their number, 0 at the end, or an error with the report. */
typedef ptrdiff_t quoth_stream_source(void *context, char *into, size_t size, struct quoth_report *report);

struct quoth_stream {
	const char *path;	/* as given by the user; "-" is standard input */
	char *bytes;
	size_t begin, end;	/* what was read and not taken */
	size_t capacity;
	uint64_t n_passed;	/* bytes that stood before bytes[0] */
	uint64_t file_size;	/* of a regular file, else 0 */
	int descriptor;			/* -1: a source gives the bytes */
	quoth_stream_source *source;
	void *context;			/* the source's */
	bool may_block;		/* no regular file: wait with an eye on signals */
	bool is_at_end;
};

/* Opens path, or what a source gives under that name; the stream must be zeroed or closed before, path must outlive it.
 * 0, QUOTH_IO, QUOTH_FAULT or QUOTH_NO_MEMORY with the report filled. The caller closes it; its memory is kept for the next open until
 * quoth_stream_free. */
int quoth_stream_open(struct quoth_stream *stream, const char *path, struct quoth_report *report);
int quoth_stream_open_source(struct quoth_stream *stream, const char *path, quoth_stream_source *source, void *context,
			     struct quoth_report *report);
void quoth_stream_close(struct quoth_stream *stream);
void quoth_stream_free(struct quoth_stream *stream);

/* Reads more behind `end`, moving what is left to the front. 1 with at least one byte more, 0 at the end (or where the
 * buffer is full of bytes not taken), an error with the report (QUOTH_FAULT, or the source's), or QUOTH_STOPPED. */
int quoth_stream_fill(struct quoth_stream *stream, struct quoth_report *report);

/* Bytes taken since it was opened. */
static inline uint64_t quoth_stream_place(const struct quoth_stream *stream)
{
	return stream->n_passed + stream->begin;
}

#endif
