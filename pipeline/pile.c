#include "config.h"

#include "pipeline/pile.h"

#include "pipeline/nameless.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PENDING_BYTES = 1 << 18 };

/* ---- records ---- */

void quoth_record_put(struct quoth_buffer *into, const void *record, size_t size)
{
	for (size_t left = size; ; left >>= 7) {
		quoth_buffer_put_byte(into, (char)(left > 127 ? (left & 127) | 128 : left));
		if (left < 128)
			break;
	}
	quoth_buffer_put(into, record, size);
}

size_t quoth_record_take(const unsigned char *at, size_t size, const unsigned char **record, size_t *length)
{
	size_t n = 0;
	unsigned shift = 0;

	*length = 0;
	do {
		if (n == size || shift > 56)
			return 0;
		*length |= (size_t)(at[n] & 127) << shift;
		shift += 7;
	} while (at[n++] & 128);
	if (*length > size - n)
		return 0;
	*record = at + n;
	return n + *length;
}

/* ---- writing ---- */

int quoth_pile_open(struct quoth_pile *pile, const char *folder, struct quoth_report *report)
{
	*pile = (struct quoth_pile){.folder = folder};
	pile->descriptor = quoth_nameless_file(folder, report);
	return pile->descriptor < 0 ? pile->descriptor : 0;
}

void quoth_pile_close(struct quoth_pile *pile)
{
	if (pile->folder && pile->descriptor >= 0)
		close(pile->descriptor);
	quoth_buffer_free(&pile->pending);
	*pile = (struct quoth_pile){.descriptor = -1};
}

int quoth_pile_flush(struct quoth_pile *pile, struct quoth_report *report)
{
	size_t done = 0;

	while (done < pile->pending.size) {
		ssize_t n = write(pile->descriptor, pile->pending.bytes + done, pile->pending.size - done);

		if (n < 0 && errno != EINTR)
			return quoth_nameless_refuse(pile->folder, report);
		done += n > 0 ? (size_t)n : 0;
	}
	pile->n_written += done;
	pile->pending.size = 0;
	return 0;
}

int quoth_pile_put(struct quoth_pile *pile, const void *record, size_t size, struct quoth_report *report)
{
	quoth_record_put(&pile->pending, record, size);
	if (pile->pending.has_failed)
		return quoth_report_set(report, QUOTH_NO_MEMORY, pile->folder, "out of memory");
	return pile->pending.size < PENDING_BYTES ? 0 : quoth_pile_flush(pile, report);
}

/* ---- reading ---- */

/* Some of the bytes at a place, at least one: their number, or an error. */
static ssize_t read_at(const struct quoth_pile *pile, uint64_t place, char *into, size_t size, struct quoth_report *report)
{
	ssize_t n;

	do
		n = pread(pile->descriptor, into, size, (off_t)place);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return quoth_nameless_refuse(pile->folder, report);
	return n ? n : quoth_report_set(report, QUOTH_IO, pile->folder, "a temporary file there was cut short");
}

int quoth_pile_fetch(const struct quoth_pile *pile, uint64_t place, char *into, size_t size, struct quoth_report *report)
{
	while (size) {
		ssize_t n = read_at(pile, place, into, size, report);

		if (n < 0)
			return (int)n;
		place += (uint64_t)n;
		into += n;
		size -= (size_t)n;
	}
	return 0;
}

void quoth_pile_read(struct quoth_pile_reader *reader, const struct quoth_pile *pile, uint64_t begin, uint64_t end, size_t piece)
{
	reader->pile = pile;
	reader->place = begin;
	reader->end = end;
	reader->piece = piece;
	reader->bytes.size = reader->at = 0;
}

/* Moves what is left to the front and reads more behind it: 1, 0 at the end, or an error. */
static int read_more(struct quoth_pile_reader *reader, struct quoth_report *report)
{
	struct quoth_buffer *bytes = &reader->bytes;
	size_t left = bytes->size - reader->at, wanted = reader->piece > left ? reader->piece : left;
	ssize_t n;

	if (reader->place == reader->end)
		return 0;
	if (reader->at)
		memmove(bytes->bytes, bytes->bytes + reader->at, left);
	bytes->size = left;
	reader->at = 0;
	if (wanted > reader->end - reader->place)
		wanted = (size_t)(reader->end - reader->place);
	if (!quoth_buffer_reserve(bytes, wanted))
		return quoth_report_set(report, QUOTH_NO_MEMORY, reader->pile->folder, "out of memory");
	n = read_at(reader->pile, reader->place, bytes->bytes + left, wanted, report);
	if (n < 0)
		return (int)n;
	reader->place += (uint64_t)n;
	bytes->size += (size_t)n;
	return 1;
}

int quoth_pile_next(struct quoth_pile_reader *reader, const unsigned char **record, size_t *size, struct quoth_report *report)
{
	for (;;) {
		const unsigned char *bytes = (const unsigned char *)reader->bytes.bytes;
		size_t left = reader->bytes.size - reader->at;
		size_t taken = left ? quoth_record_take(bytes + reader->at, left, record, size) : 0;
		int more;

		reader->at += taken;
		if (taken)
			return 1;
		more = read_more(reader, report);
		if (more <= 0)
			return more;
	}
}

void quoth_pile_reader_close(struct quoth_pile_reader *reader)
{
	quoth_buffer_free(&reader->bytes);
	*reader = (struct quoth_pile_reader){0};
}
