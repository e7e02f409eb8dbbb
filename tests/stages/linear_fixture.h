/* linear_fixture: work on a text twice as long takes about twice as long. */
#ifndef QUOTH_LINEAR_FIXTURE_H
#define QUOTH_LINEAR_FIXTURE_H

#include <stddef.h>

/* Does the work on n pieces of a shape and returns the processor time that it took, in seconds. */
typedef double timed_work(const void *shape, size_t n);

/* Fails if the work on 2n pieces takes more than about twice the processor time of that on n. What else the machine does only adds to a
 * time, so that both are measured again, and the least of each taken, before it fails. name: of the shape, for the message. */
void assert_linear_time(const char *name, timed_work *work, const void *shape, size_t n);

#endif
