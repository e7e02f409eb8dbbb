#include "pipeline/code_points.h"

#include "pipeline/buffer.h"
#include "stages/error.h"

enum { STEP = 128 };	/* bytes between two marks */

struct quoth_code_point_mark {
	uint32_t byte, before;	/* the first character that begins so far on, and how many stand before it */
};

static uint32_t next(const struct quoth_code_points *points, uint32_t byte)
{
	size_t length = quoth_character_length(points->text + byte, points->size - byte);

	return byte + (length ? (uint32_t)length : 1);
}

int quoth_code_points_make(struct quoth_code_points *points, const char *text, uint32_t size, struct quoth_arena *arena)
{
	uint32_t n = 0, before = 0;

	*points = (struct quoth_code_points){.text = text, .size = size};
	points->marks = quoth_arena_array(arena, size / STEP + 1, sizeof *points->marks);
	if (!points->marks)
		return QUOTH_NO_MEMORY;
	for (uint32_t byte = 0; byte < size || !n; byte = next(points, byte), before++)
		if (byte >= n * STEP)
			points->marks[n++] = (struct quoth_code_point_mark){byte, before};
	if (n < size / STEP + 1)	/* the last character goes over a step that is the end */
		points->marks[n] = (struct quoth_code_point_mark){size, before};
	return 0;
}

uint32_t quoth_code_points_before(const struct quoth_code_points *points, uint32_t byte)
{
	const struct quoth_code_point_mark *mark = &points->marks[byte / STEP];
	uint32_t at, before;

	if (mark->byte > byte)
		mark--;
	for (at = mark->byte, before = mark->before; at < byte; before++)
		at = next(points, at);
	return before;
}

uint32_t quoth_code_points_on(const struct quoth_code_points *points, uint32_t byte, unsigned n)
{
	for (; n && byte < points->size; n--)
		byte = next(points, byte);
	return byte;
}

uint32_t quoth_code_points_back(const struct quoth_code_points *points, uint32_t byte, unsigned n)
{
	for (; n && byte; n--) {
		uint32_t length = 4;

		while (length > 1 && (length > byte || quoth_character_length(points->text + byte - length, length) != length))
			length--;
		byte -= length;
	}
	return byte;
}
