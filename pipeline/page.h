/* page: the article in a web page: its own text without menus, advertising, captions, comments and links, and what the page says of it.
 *
 * The page's text is taken apart into paragraphs, as its block elements part them. A paragraph counts by its words, unless most of them are
 * links; the element that holds nearly all that counts is the article (after Kohlschütter, Fankhauser and Nejdl 2010, Boilerplate detection
 * using shallow text features: text length and link density tell most of it). What the page itself says (articleBody, names of classes) goes before. Words and
 * phrases that tell the rest are in corpus/html. Linear in the page, with no recursion: pages may be nested as deep as they like.
 */
#ifndef QUOTH_PAGE_H
#define QUOTH_PAGE_H

#include "stages/arena.h"
#include "stages/error.h"

#include <stddef.h>
#include <stdint.h>

/* Strings are NUL-terminated, in the arena, NULL where the page does not say. */
struct quoth_page {
	const char *text;	/* paragraphs, an empty line between two */
	size_t text_size;
	const char *title, *date, *outlet, *url;
	const char *body;	/* articleBody of its JSON-LD; the text where the page itself shows next to none */
};

/* Reads a page of UTF-8 bytes. 0, QUOTH_NO_MEMORY, QUOTH_BAD_INPUT where it is none (no element in it), or QUOTH_TOO_LARGE where it is
 * nested deeper, or has tags with more attributes, than pages are and than libxml2 takes. */
int quoth_page_read(struct quoth_arena *arena, const char *bytes, size_t size, struct quoth_page *page);

/* Reads HTML that is all article, as feeds carry it: nothing is left out but what is never read (scripts, figures). Returns the same. */
int quoth_page_read_whole(struct quoth_arena *arena, const char *bytes, size_t size, struct quoth_page *page);

/* What libxml2 has no parser to tell (no memory, no such encoding) it writes to standard error itself: not in this thread, from here on. */
void quoth_page_silence_parser(void);

#endif
