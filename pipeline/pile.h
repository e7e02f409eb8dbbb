/* pile: records that are put aside on disk and read again from the front, or from a place that was noted.
 *
 * The file has no name, so that nothing is left behind however the program ends; what fits the buffer is never written.
 */
#ifndef QUOTH_PILE_H
#define QUOTH_PILE_H

#include "pipeline/buffer.h"
#include "stages/error.h"

struct quoth_pile {
	const char *folder;		/* for messages */
	int descriptor;
	struct quoth_buffer pending;	/* not yet written */
	uint64_t n_written;		/* bytes */
};

/* Reads a pile from a place on; several may read one at the same time, from several threads. Zeroed at start. */
struct quoth_pile_reader {
	const struct quoth_pile *pile;
	uint64_t place, end;		/* of what is not in bytes yet */
	struct quoth_buffer bytes;
	size_t at;
	size_t piece;			/* bytes to read at once */
};

/* Makes one in folder, which must outlive it. 0 or an error with the report. */
int quoth_pile_open(struct quoth_pile *pile, const char *folder, struct quoth_report *report);
void quoth_pile_close(struct quoth_pile *pile);

/* Puts a record aside. 0 or an error with the report. */
int quoth_pile_put(struct quoth_pile *pile, const void *record, size_t size, struct quoth_report *report);

/* Writes what is pending: before it is read. */
int quoth_pile_flush(struct quoth_pile *pile, struct quoth_report *report);

/* Where the next record will stand. */
static inline uint64_t quoth_pile_place(const struct quoth_pile *pile)
{
	return pile->n_written + pile->pending.size;
}

/* Copies `size` bytes that stand at a place. 0 or an error with the report. */
int quoth_pile_fetch(const struct quoth_pile *pile, uint64_t place, char *into, size_t size, struct quoth_report *report);

/* Starts to read the records that stand from `begin` to `end` (places of a flushed pile), `piece` bytes at once. */
void quoth_pile_read(struct quoth_pile_reader *reader, const struct quoth_pile *pile, uint64_t begin, uint64_t end, size_t piece);

/* The next record, good until the next call. 1, 0 at the end, or an error with the report. */
int quoth_pile_next(struct quoth_pile_reader *reader, const unsigned char **record, size_t *size, struct quoth_report *report);
void quoth_pile_reader_close(struct quoth_pile_reader *reader);

/* Appends a record as piles and sorters keep them: its size in seven bits a byte, then its bytes. */
void quoth_record_put(struct quoth_buffer *into, const void *record, size_t size);

/* The record at `at` of `size` bytes: *record, *length and the bytes it takes; 0 where it is cut off. */
size_t quoth_record_take(const unsigned char *at, size_t size, const unsigned char **record, size_t *length);

#endif
