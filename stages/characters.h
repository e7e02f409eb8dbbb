/* characters: classes of characters, as the scanners see them. */
#ifndef QUOTH_CHARACTERS_H
#define QUOTH_CHARACTERS_H

#include "stages/document.h"

#include <stdint.h>

enum quoth_character {
	QUOTH_CHAR_OTHER,
	QUOTH_CHAR_SPACE,
	QUOTH_CHAR_BREAK,	/* a line break */
	QUOTH_CHAR_LOWER,	/* a small letter, or one of a script without case */
	QUOTH_CHAR_UPPER,
	QUOTH_CHAR_DIGIT,
	QUOTH_CHAR_JOINER,	/* may stand inside a word: ' - . , : / & _ * @ and their like */
	QUOTH_CHAR_ACCENT,	/* combining marks, zero-width joiners: go with the character before */
	QUOTH_CHAR_HIGH,	/* in the byte table only: the first byte of a longer character */
};

/* The class of each byte; bytes from 0x80 are QUOTH_CHAR_HIGH. */
extern const uint8_t quoth_byte_classes[256];

/* The code point at p, which is valid UTF-8, and how many bytes it takes. */
static inline uint32_t quoth_utf8_decode(const unsigned char *p, unsigned *length)
{
	if (p[0] < 0x80) {
		*length = 1;
		return p[0];
	}
	if (p[0] < 0xE0) {
		*length = 2;
		return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
	}
	if (p[0] < 0xF0) {
		*length = 3;
		return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
	}
	*length = 4;
	return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

/* The class of any code point. */
enum quoth_character quoth_character_class(uint32_t code_point);

/* What mark a code point is by itself (runs such as "--" and "``" are the tokeniser's to see); QUOTH_NO_MARK for letters,
 * digits, space and symbols. */
enum quoth_mark quoth_character_mark(uint32_t code_point);

#endif
