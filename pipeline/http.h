/* http: the body of a stored HTTP response (RFC 9112): without its headers, chunks and compression. */
#ifndef QUOTH_HTTP_H
#define QUOTH_HTTP_H

#include "stages/arena.h"
#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>

/* The head of a response. Ranges of the bytes it was read from; empty where the header is not there. */
struct quoth_http_head {
	int status;			/* 200, …; 0 where the bytes are no response */
	size_t body;			/* where the body begins */
	const char *type, *coding;	/* values of Content-Type and Content-Encoding */
	size_t type_size, coding_size;
	bool is_chunked;
};

/* Reads a head. It need not be whole: what is there of it counts. */
void quoth_http_read_head(const char *bytes, size_t size, struct quoth_http_head *head);

/* The value of a header among lines that an empty line ends (its names without regard to case); NULL if it is not there. */
const char *quoth_http_find_header(const char *lines, size_t size, const char *name, size_t *value_size);

/* Whether the body is a web page by its type (no type: it may be). */
bool quoth_http_is_page(const struct quoth_http_head *head);

/* The value of charset= in the type as a string in the arena; NULL if there is none. */
const char *quoth_http_charset(struct quoth_arena *arena, const struct quoth_http_head *head);

/* The body of at most limit bytes, in the arena or in place. 0; QUOTH_TOO_LARGE; QUOTH_NO_MEMORY; QUOTH_BAD_INPUT with *what in words. */
int quoth_http_read_body(struct quoth_arena *arena, const struct quoth_http_head *head, const char *bytes, size_t size,
			 size_t limit, const char **body, size_t *body_size, const char **what);

#endif
