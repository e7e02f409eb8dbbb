/* scanner: what the parts of the tokeniser share: the place in the text, and how a token is added.
 *
 * tokenise.c goes through the text, tokenise_words.c knows words, tokenise_singles.c apostrophes and single quotation
 * marks.
 */
#ifndef QUOTH_TOKENISE_SCANNER_H
#define QUOTH_TOKENISE_SCANNER_H

#include "stages/characters.h"
#include "stages/document.h"
#include "stages/lexicon.h"

#include <string.h>

struct quoth_scanner {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const unsigned char *text, *end;
	uint32_t capacity;
	int error;			/* why a token could not be added */
	uint32_t offset;		/* first entry of doc->offsets behind the last token's bounds */
	uint8_t breaks;			/* line breaks since the last token, at most 3 */
	bool has_space;			/* white space since the last token */
	bool has_backticks;		/* the document writes `` … '' */
	bool is_double_open;		/* an odd number of straight double marks in the paragraph so far */
	uint32_t n_single_open;		/* single marks opened and not closed in the paragraph so far */
	const unsigned char *line;	/* where the line begins */
	const unsigned char *no_host_before;	/* dots before this are in no host name */
};

/* ---- tokens ---- */

/* Add the token [begin, end) and forget the space before it; false, with s->error, if that fails. Tokens are added in text
 * order. */
bool quoth_scanner_add_word(struct quoth_scanner *s, const unsigned char *begin, const unsigned char *end,
			    unsigned flags);
bool quoth_scanner_add_mark(struct quoth_scanner *s, const unsigned char *begin, const unsigned char *end,
			    enum quoth_mark mark);

/* Moves the end of the last token on. */
void quoth_scanner_extend(struct quoth_scanner *s, const unsigned char *end);

/* ---- parts: each adds the tokens that begin at p and gives their end, NULL if that fails ---- */

/* A word or number with its clitics; p is at a letter, digit or a dot before a digit. */
const unsigned char *quoth_scanner_word(struct quoth_scanner *s, const unsigned char *p);

/* The apostrophe or single quotation mark at p, of length bytes; an elided word or a clitic with it. */
const unsigned char *quoth_scanner_single(struct quoth_scanner *s, const unsigned char *p, uint32_t code_point,
					  unsigned length);

/* Whether [p, end), which follows an apostrophe, is s, d, m, re, ve or ll. */
bool quoth_clitic_is(const unsigned char *p, const unsigned char *end);

/* ---- looking at characters ---- */

static inline enum quoth_character class_at(const struct quoth_scanner *s, const unsigned char *p)
{
	unsigned length;

	if (p >= s->end)
		return QUOTH_CHAR_BREAK;
	if (*p < 0x80)
		return quoth_byte_classes[*p];
	return quoth_character_class(quoth_utf8_decode(p, &length));
}

static inline const unsigned char *previous_character(const struct quoth_scanner *s, const unsigned char *p)
{
	do
		p--;
	while (p > s->text && (*p & 0xC0) == 0x80);
	return p;
}

static inline enum quoth_character class_before(const struct quoth_scanner *s, const unsigned char *p)
{
	return p > s->text ? class_at(s, previous_character(s, p)) : QUOTH_CHAR_BREAK;
}

static inline bool is_letter(enum quoth_character class)
{
	return class == QUOTH_CHAR_LOWER || class == QUOTH_CHAR_UPPER || class == QUOTH_CHAR_ACCENT;
}

static inline bool is_alphanumeric(enum quoth_character class)
{
	return is_letter(class) || class == QUOTH_CHAR_DIGIT;
}

static inline bool is_blank(enum quoth_character class)
{
	return class == QUOTH_CHAR_SPACE || class == QUOTH_CHAR_BREAK;
}

static inline uint32_t code_point_at(const struct quoth_scanner *s, const unsigned char *p, unsigned *length)
{
	if (p >= s->end) {
		*length = 0;
		return 0;
	}
	return quoth_utf8_decode(p, length);
}

static inline bool is_apostrophe(uint32_t code_point)
{
	return code_point == '\'' || code_point == 0x2019 || code_point == 0x02BC || code_point == 0xFF07;
}

static inline bool is_hyphen(uint32_t code_point)
{
	return code_point == '-' || code_point == 0x2010 || code_point == 0x2011;
}

static inline bool follows(const struct quoth_scanner *s, const unsigned char *p, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(s->end - p) >= length && memcmp(p, text, length) == 0;
}

static inline bool equals_ignoring_case(const unsigned char *p, const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((p[i] | 0x20) != word[i])
			return false;
	return true;
}

#endif
