/* web_address: addresses of web pages and other identifiers (RFC 3986), written so that they may stand in any output. */
#ifndef QUOTH_WEB_ADDRESS_H
#define QUOTH_WEB_ADDRESS_H

#include "pipeline/buffer.h"

/* Whether an address is one that a browser opens: http or https. NULL is none. */
bool quoth_is_web_address(const char *address);

/* Appends an address of size bytes: what RFC 3986 lets stand in one as it is, the rest percent-encoded, if it is not already. */
void quoth_address_put(struct quoth_buffer *into, const char *address, size_t size);

/* Appends bytes percent-encoded but for letters, digits, stops, underscores and tildes. */
void quoth_percent_put(struct quoth_buffer *into, const char *bytes, size_t size);

/* The same, white space folded to one space. */
void quoth_percent_put_folded(struct quoth_buffer *into, const char *bytes, size_t size);

#endif
