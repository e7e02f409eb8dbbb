/* linked_words: the words of a document as browsers compare them when they look for a text fragment, and where four in a row stood
 * before.
 *
 * A word is a run of letters and digits. Two words are the same where they are at least for browsers, which pass over case,
 * accents and compatibility forms. The words of the title come first, as they do on the page, unless the text begins with the title.
 */
#ifndef QUOTH_LINKED_WORDS_H
#define QUOTH_LINKED_WORDS_H

#include "stages/document.h"

enum { QUOTH_LINKED_WINDOW = 4 };	/* words in a row that are looked up; three are too often said again in an article */

/* 8 bytes: a text of a million words has a million of them. */
struct quoth_linked_word {
	uint32_t begin : 30;		/* byte of the document's text; of a title's word nothing */
	uint32_t begins_line : 1;	/* a line break stands before it, or nothing */
	uint32_t is_joined : 1;		/* what stands before it may make one word of it and the last: "don't", "3.5", "U.S" (UAX #29) */
	uint32_t before;		/* where the same four words, from this one on, stood last before; else one of those below */
};

#define QUOTH_LINKED_NOWHERE QUOTH_NONE
#define QUOTH_LINKED_TOO_FEW (QUOTH_NONE - 1)	/* less than four words are left */

struct quoth_linked_words {
	const char *text;		/* the document's, size bytes */
	uint32_t size;
	struct quoth_linked_word *words;
	uint32_t n, n_title;
};

/* The words of a document, in its arena. 0 or QUOTH_NO_MEMORY. One pass. */
int quoth_linked_words_make(struct quoth_linked_words *words, const struct quoth_document *doc);

/* The byte of the text after a word of it. */
uint32_t quoth_linked_word_end(const struct quoth_linked_words *words, uint32_t word);

/* The words of the text that have a byte in [begin, end). */
struct quoth_range quoth_linked_words_within(const struct quoth_linked_words *words, uint32_t begin, uint32_t end);

#endif
