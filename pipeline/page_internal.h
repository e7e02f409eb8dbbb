/* page_internal: what the files of page share. */
#ifndef QUOTH_PAGE_INTERNAL_H
#define QUOTH_PAGE_INTERNAL_H

#include "pipeline/page.h"

#include <libxml/HTMLparser.h>
#include <stdbool.h>

enum quoth_page_word { QUOTH_PAGE_OTHER, QUOTH_PAGE_BOILERPLATE, QUOTH_PAGE_BODY, QUOTH_PAGE_MAIN };

/* What a word of a class or id tells (lower case; corpus/html/words.tsv). */
enum quoth_page_word quoth_page_word(const char *word, size_t size);

/* Whether a paragraph reads as those do that belong to the page (corpus/html/phrases.tsv). */
bool quoth_page_is_boilerplate(const char *text, size_t size);

/* The value of an attribute; "" if the element has none. Valid while the document is. */
const char *quoth_page_attribute(const xmlNode *element, const char *name);

/* The next node in document order that is below root: into children unless skip_children; NULL at the end. */
xmlNode *quoth_page_next(const xmlNode *root, xmlNode *node, bool skip_children);

/* Title, date, outlet and address, from JSON-LD, OpenGraph and meta elements, in this order. */
int quoth_page_read_metadata(struct quoth_arena *arena, xmlDoc *doc, struct quoth_page *page);

/* Text and text_size of the page. */
int quoth_page_read_text(struct quoth_arena *arena, xmlDoc *doc, struct quoth_page *page);

/* The same without choosing: every paragraph. */
int quoth_page_read_all_text(struct quoth_arena *arena, xmlDoc *doc, struct quoth_page *page);

#endif
