/* reserve: memory for the libraries of others where there is none left.
 *
 * They are not to be trusted then: json-c leaves members out of an object without a word or reads through a null pointer, libxml2 and
 * libarchive do that too, and libarchive ends the process. So the linker puts the functions of reserve.c in front of malloc and its like
 * (--wrap, see Makefile.am). While a thread has the reserve lent, a request that fails is met from it, and the caller hears of that and throws
 * away what was made with its help. Larger requests fail as ever: what takes them looks at the result, and a file may ask for any
 * size. Where the reserve itself is used up, the process says so and ends with status 2, which leaves what a kill leaves: --resume goes on from
 * there.
 *
 * The reserve is one for the process, as the heap is that it stands in for. Libraries that are linked as shared ones (configure's
 * --disable-portable) do not come by here.
 */
#ifndef QUOTH_RESERVE_H
#define QUOTH_RESERVE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	QUOTH_RESERVE_BYTES = 4 * 1024 * 1024,	/* of zeros in the program: no memory until it is used */
	QUOTH_RESERVE_LARGEST = 2 * 1024 * 1024,	/* a request beyond it fails as ever */
};

/* From here on this thread's requests that fail are met from the reserve. */
void quoth_reserve_lend(void);

/* Until here. Whether a request has failed in between, met or not. */
bool quoth_reserve_end(void);

/* Whether one has failed so far. */
bool quoth_reserve_is_used(void);

#endif
