/* entities: characters that HTML writes as "&name;" or "&#number;". */
#ifndef QUOTH_ENTITIES_H
#define QUOTH_ENTITIES_H

#include <stddef.h>
#include <stdint.h>

/* The character that an entity at text[0] == '&' stands for; *length gets how many bytes the entity takes, 0 where there
 * is none and the '&' is just one. Entities end in ';'. One that was escaped twice ("&amp;quot;") is undone twice.
 * Numbers from 128 to 159 are read as Windows-1252, as the HTML standard does; those that are no character give U+FFFD. */
uint32_t quoth_entity_decode(const unsigned char *text, size_t size, size_t *length);

/* The Windows-1252 character of a byte from 0x80 to 0x9F, which some texts carry as a C1 control; 0 where it has none. */
uint32_t quoth_windows_1252(unsigned byte);

#endif
