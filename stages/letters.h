/* letters: letters of names that stand for others, where no Unicode decomposition says so. */
#ifndef QUOTH_LETTERS_H
#define QUOTH_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* The plain letter of a small one with a stroke and the like: "o" of "ø"; all others are themselves. */
static inline uint32_t quoth_plain_letter(uint32_t c)
{
	static const struct { uint32_t from, to; } letters[] = {
		{0xe6, 'e'}, {0xf8, 'o'}, {0xfe, 't'}, {0xf0, 'd'}, {0x111, 'd'}, {0x131, 'i'}, {0x142, 'l'},
	};

	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		if (letters[i].from == c)
			return letters[i].to;
	return c;
}

#endif
