/* charset: bytes of a web page as UTF-8, whatever they say that they are.
 *
 * In order: a byte order mark; what the server said; a meta element among the first 4 KB; else UTF-8 where the bytes are well-formed, else
 * windows-1252 (as the WHATWG Encoding Standard has it, ISO 8859-1 and ASCII mean windows-1252 too). A page that says it is a
 * one-byte set but is well-formed UTF-8 beyond ASCII is UTF-8; one that says UTF-8 and is full of bytes that are not is windows-1252.
 */
#ifndef QUOTH_CHARSET_H
#define QUOTH_CHARSET_H

#include "stages/arena.h"
#include "stages/error.h"

#include <stddef.h>

/* The page in UTF-8, in the arena or where it was, without its byte order mark: *text, *text_size. declared: the server's word, NULL if none.
 * What cannot be converted becomes U+FFFD. 0, or QUOTH_NO_MEMORY or QUOTH_TOO_LARGE (more than limit bytes). */
int quoth_charset_decode(struct quoth_arena *arena, const char *bytes, size_t size, const char *declared, size_t limit,
			 const char **text, size_t *text_size);

#endif
