#include "stages/form.h"

#include "stages/document.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* Forms that are marks, all of one or two characters. */
static const struct {
	const char *glyph;
	uint8_t mark;
} marks[] = {
	{"\"", QUOTH_STRAIGHT_DOUBLE}, {"\uFF02", QUOTH_STRAIGHT_DOUBLE}, {"'", QUOTH_STRAIGHT_SINGLE},
	{"\u201C", QUOTH_OPEN_DOUBLE}, {"``", QUOTH_OPEN_DOUBLE}, {"\u201D", QUOTH_CLOSE_DOUBLE},
	{"''", QUOTH_CLOSE_DOUBLE}, {"\u201E", QUOTH_LOW_DOUBLE}, {"\u2018", QUOTH_OPEN_SINGLE},
	{"`", QUOTH_OPEN_SINGLE}, {"\u2019", QUOTH_CLOSE_SINGLE}, {"\u201A", QUOTH_LOW_SINGLE},
	{"\u00AB", QUOTH_LEFT_GUILLEMET}, {"\u300A", QUOTH_LEFT_GUILLEMET}, {"\u00BB", QUOTH_RIGHT_GUILLEMET},
	{"\u300B", QUOTH_RIGHT_GUILLEMET}, {"\u2039", QUOTH_LEFT_ANGLE}, {"\u203A", QUOTH_RIGHT_ANGLE},
	{"\u300C", QUOTH_LEFT_CORNER}, {"\u300E", QUOTH_LEFT_CORNER}, {"\u300D", QUOTH_RIGHT_CORNER},
	{"\u300F", QUOTH_RIGHT_CORNER}, {"\u2033", QUOTH_PRIME}, {"\u2036", QUOTH_PRIME}, {"\u301D", QUOTH_PRIME},
	{"\u301E", QUOTH_PRIME}, {"\u301F", QUOTH_PRIME}, {",", QUOTH_COMMA}, {".", QUOTH_STOP}, {"?", QUOTH_QUESTION},
	{"!", QUOTH_EXCLAMATION}, {":", QUOTH_COLON}, {";", QUOTH_SEMICOLON}, {"\u2013", QUOTH_DASH},
	{"\u2014", QUOTH_DASH}, {"\u2015", QUOTH_DASH}, {"--", QUOTH_DASH}, {"---", QUOTH_DASH}, {"-", QUOTH_HYPHEN},
	{"\u2010", QUOTH_HYPHEN}, {"\u2026", QUOTH_ELLIPSIS}, {"...", QUOTH_ELLIPSIS}, {"..", QUOTH_ELLIPSIS},
	{"....", QUOTH_ELLIPSIS}, {"(", QUOTH_OPEN_BRACKET}, {"[", QUOTH_OPEN_BRACKET}, {"{", QUOTH_OPEN_BRACKET},
	{")", QUOTH_CLOSE_BRACKET}, {"]", QUOTH_CLOSE_BRACKET}, {"}", QUOTH_CLOSE_BRACKET}, {"/", QUOTH_SLASH},
	{"\u2022", QUOTH_BULLET}, {"*", QUOTH_BULLET},
};

static uint8_t find_mark(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (strlen(marks[i].glyph) == length && memcmp(marks[i].glyph, text, length) == 0)
			return marks[i].mark;
	return QUOTH_NO_MARK;
}

/* What the characters of a form are, counted. */
struct census {
	unsigned n_lower, n_upper, n_inner_upper, n_digits, n_marks, n_others;
	bool starts_upper;
};

static void count_character(struct census *census, utf8proc_int32_t c, bool is_first, bool opens_part)
{
	utf8proc_category_t category = utf8proc_category(c);

	if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT) {
		census->n_upper++;
		census->starts_upper |= is_first;
		census->n_inner_upper += !opens_part;
	} else if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME) {
		census->n_lower++;
	} else if (category == UTF8PROC_CATEGORY_ND) {
		census->n_digits++;
	} else if (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO) {
		census->n_marks++;
	} else {
		census->n_others++;
	}
}

static uint8_t find_shape(const struct census *census)
{
	if (census->n_upper == 0)
		return census->n_lower ? QUOTH_SHAPE_LOWER : QUOTH_SHAPE_NONE;
	if (census->n_lower == 0)
		return QUOTH_SHAPE_UPPER;
	if (census->starts_upper && census->n_inner_upper == 0)
		return QUOTH_SHAPE_CAPITALISED;
	return QUOTH_SHAPE_MIXED;
}

static uint8_t find_kind(const struct census *census, uint8_t mark)
{
	if (census->n_lower || census->n_upper)
		return QUOTH_WORD;
	if (census->n_digits)
		return QUOTH_NUMBER;
	if (mark != QUOTH_NO_MARK)
		return mark < QUOTH_COMMA ? QUOTH_QUOTE_MARK : QUOTH_PUNCTUATION;
	return census->n_marks && !census->n_others ? QUOTH_PUNCTUATION : QUOTH_SYMBOL;
}

static bool is_handle(const char *text, size_t length)
{
	if (length > 1 && (text[0] == '@' || text[0] == '#'))
		return true;
	if (length > 4 && (memcmp(text, "http", 4) == 0 || memcmp(text, "www.", 4) == 0))
		return true;
	return length > 2 && memchr(text + 1, '@', length - 1) != NULL;
}

static uint32_t hash_character(uint32_t hash, utf8proc_int32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n;

	if (c == 0x2019)
		c = '\'';
	n = utf8proc_encode_char(utf8proc_tolower(c), bytes);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		hash = (hash ^ bytes[i]) * 16777619u;
	return hash;
}

static void describe_ascii(struct census *census, unsigned char c, bool is_first, bool opens_part)
{
	if (c >= 'a' && c <= 'z') {
		census->n_lower++;
	} else if (c >= 'A' && c <= 'Z') {
		census->n_upper++;
		census->starts_upper |= is_first;
		census->n_inner_upper += !opens_part;
	} else if (c >= '0' && c <= '9') {
		census->n_digits++;
	} else {
		count_character(census, c, is_first, opens_part);
	}
}

/* Most words are small ASCII letters throughout, and nothing in them need be counted. */
static bool describe_small_letters(const char *text, size_t length, struct quoth_form *form)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < length; i++) {
		if (text[i] < 'a' || text[i] > 'z')
			return false;
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	}
	*form = (struct quoth_form){.hash = hash, .kind = QUOTH_WORD, .mark = QUOTH_NO_MARK, .shape = QUOTH_SHAPE_LOWER};
	return length > 0 && !(length > 4 && memcmp(text, "http", 4) == 0);
}

void quoth_form_describe(const char *text, size_t length, struct quoth_form *form)
{
	struct census census = {0};
	uint32_t hash = quoth_form_hash("", 0);
	bool opens_part = true, has_hyphen = false;
	uint8_t mark = QUOTH_NO_MARK;

	if (describe_small_letters(text, length, form))
		return;
	for (size_t i = 0; i < length;) {
		unsigned char byte = (unsigned char)text[i];
		utf8proc_int32_t c = byte;
		utf8proc_ssize_t n = 1;

		if (byte < 0x80) {
			describe_ascii(&census, byte, i == 0, opens_part);
			hash = (hash ^ (byte >= 'A' && byte <= 'Z' ? byte | 0x20u : byte)) * 16777619u;
		} else {
			n = utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(length - i), &c);
			if (n <= 0) {
				n = 1;
				c = 0xFFFD;
			}
			count_character(&census, c, i == 0, opens_part);
			hash = hash_character(hash, c);
		}
		has_hyphen |= c == '-' || c == 0x2010 || c == 0x2011;
		opens_part = c == '-' || c == 0x2010 || c == 0x2011 || c == '\'' || c == 0x2019 || c == '.' || c == '/';
		i += (size_t)n;
	}
	if (length <= 4 && census.n_lower + census.n_upper + census.n_digits == 0)
		mark = find_mark(text, length);
	form->hash = hash;
	form->mark = mark;
	form->shape = find_shape(&census);
	form->kind = find_kind(&census, mark);
	form->flags = (uint8_t)((census.n_digits ? QUOTH_HAS_DIGIT : 0) | (has_hyphen && length > 1 ? QUOTH_HAS_HYPHEN : 0) |
				(form->kind == QUOTH_WORD && text[length - 1] == '.' ? QUOTH_IS_ABBREVIATION : 0) |
				(is_handle(text, length) ? QUOTH_IS_HANDLE : 0));
}
