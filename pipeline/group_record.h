/* group_record: the pieces of the records that quoth-group sorts. Numbers stand with their highest byte first, so that records that are compared
 * by their bytes are in the order of the numbers. */
#ifndef QUOTH_GROUP_RECORD_H
#define QUOTH_GROUP_RECORD_H

#include "pipeline/buffer.h"

struct quoth_cursor {
	const unsigned char *at, *end;
};

static inline void quoth_put_number(struct quoth_buffer *into, uint64_t number, unsigned bytes)
{
	char digits[8];

	for (unsigned i = 0; i < bytes; i++)
		digits[i] = (char)(number >> 8 * (bytes - 1 - i));
	quoth_buffer_put(into, digits, bytes);
}

/* A string and a NUL; what stands behind a NUL of its own is left out. */
static inline void quoth_put_string(struct quoth_buffer *into, const char *bytes, size_t size)
{
	const char *nul = size ? memchr(bytes, '\0', size) : NULL;

	quoth_buffer_put(into, bytes, nul ? (size_t)(nul - bytes) : size);
	quoth_buffer_put_byte(into, '\0');
}

static inline uint64_t quoth_take_number(struct quoth_cursor *cursor, unsigned bytes)
{
	uint64_t number = 0;

	while (bytes-- && cursor->at < cursor->end)
		number = number << 8 | *cursor->at++;
	return number;
}

static inline const char *quoth_take_string(struct quoth_cursor *cursor)
{
	const char *string = (const char *)cursor->at;

	cursor->at += strlen(string) + 1;
	return string;
}

#endif
