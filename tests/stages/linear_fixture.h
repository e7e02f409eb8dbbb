/* linear_fixture: work on a text takes time in proportion to its length. */
#ifndef QUOTH_LINEAR_FIXTURE_H
#define QUOTH_LINEAR_FIXTURE_H

#include <stddef.h>

/* Does the work on n pieces of a shape and returns the processor time that it took, in seconds. */
typedef double timed_work(const void *shape, size_t n);

/* Fails if the work on 2n pieces takes more than about four times the processor time of that on n / 2. On a shared machine one time may be twice
 * another for the same work, so it fails only where several pairs, one after the other, say so. name: of the shape, for the message. */
void assert_linear_time(const char *name, timed_work *work, const void *shape, size_t n);

#endif
