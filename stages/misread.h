/* misread: characters whose UTF-8 was read as Windows-1252 or Latin-1 and encoded again, as archives that changed their software have
 * them: "FranÃ§ois" for François, "donâ€™t" for don’t. Part of normalise.
 *
 * Undone where nobody would have meant what stands there: for the signs and Latin letters of U+0080 to U+00FF, which "Â" and "Ã" with a sign
 * or control character behind them stand for, and for the punctuation of U+2000 to U+203F, "€" and "™", which "â€" and the like stand for.
 * What could be the end of a quotation (“”‘’ behind "Ã") is left. Up to three rounds of such reading are undone, also where
 * accents were decomposed meanwhile (also by compatibility, as "Ã¨" to "Ã", a space and a combining mark).
 */
#ifndef QUOTH_MISREAD_H
#define QUOTH_MISREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many of the bytes at p are such a character, which goes to *c; 0 where none begins there. p < end; the bytes need not be valid. */
size_t quoth_misread_decode(const unsigned char *p, const unsigned char *end, uint32_t *c);

/* Whether a character can begin one. */
static inline bool quoth_misread_begins(uint32_t c)
{
	return c == 0xC2 || c == 0xC3 || c == 0xE2;
}

#endif
