/* code_points: how many characters of a text stand before a byte.
 *
 * Characters are code points as a reader of quoth's JSON counts them: a byte that is no UTF-8 is one, since U+FFFD is written for it.
 */
#ifndef QUOTH_CODE_POINTS_H
#define QUOTH_CODE_POINTS_H

#include "stages/arena.h"

#include <stddef.h>
#include <stdint.h>

struct quoth_code_point_mark;

struct quoth_code_points {
	const char *text;
	uint32_t size;
	struct quoth_code_point_mark *marks;	/* one every so many bytes, in the arena */
};

/* Makes ready for a text of size bytes, which stays the caller's; one pass. 0 or QUOTH_NO_MEMORY. */
int quoth_code_points_make(struct quoth_code_points *points, const char *text, uint32_t size, struct quoth_arena *arena);

/* The characters before a byte, which begins one or is the end. */
uint32_t quoth_code_points_before(const struct quoth_code_points *points, uint32_t byte);

/* The byte `n` characters before a byte that begins one, or after it; the text's begin or end where there are not so many. */
uint32_t quoth_code_points_back(const struct quoth_code_points *points, uint32_t byte, unsigned n);
uint32_t quoth_code_points_on(const struct quoth_code_points *points, uint32_t byte, unsigned n);

#endif
