/* linear_fixture: work on a text takes time in proportion to its length. */
#ifndef QUOTH_LINEAR_FIXTURE_H
#define QUOTH_LINEAR_FIXTURE_H

#include <stddef.h>
#include <time.h>

/* n copies of a piece; the caller frees them. */
char *copy_pieces(const char *piece, size_t n, size_t *size);

/* Does the work on n pieces of a shape and returns the processor time that it took. */
typedef clock_t timed_work(const void *shape, size_t n);

/* Fails if the work on 2n pieces takes more than about four times the processor time of that on n / 2. On a shared machine one time may be twice
 * another for the same work, so it fails only where several pairs, one after the other, say so. name: of the shape, for the message. */
void assert_linear_time(const char *name, timed_work *work, const void *shape, size_t n);

#endif
