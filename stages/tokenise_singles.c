#include "stages/tokenise_scanner.h"

/* How far the end of a quotation in single marks is looked for, in bytes. */
enum { MAX_SINGLE_QUOTE_BYTES = 600 };

/* Words that begin with an apostrophe. */
static bool is_elided(const unsigned char *p, size_t length)
{
	static const char words[][7] = {"em", "til", "till", "cause", "tis", "twas", "n", "bout", "round", "cuz", "cos",
					"coz", "nuff", "neath", "gainst", "ere", "im"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == length && equals_ignoring_case(p, words[i], length))
			return true;
	return false;
}

/* The end of the word that the apostrophe at p (length bytes) begins: 'em, 'n', '90s, '08; NULL if it begins none. */
static const unsigned char *find_elision(const struct quoth_scanner *s, const unsigned char *p, unsigned length,
					 bool is_right)
{
	const unsigned char *begin = p + length, *q = begin;
	unsigned mark_length;

	while (q < s->end && q - begin < 8 && is_alphanumeric(quoth_byte_classes[*q]))
		q++;
	if (q == begin || is_alphanumeric(class_at(s, q)))
		return NULL;
	if (q - begin == 2 && class_at(s, begin) == QUOTH_CHAR_DIGIT && class_at(s, begin + 1) == QUOTH_CHAR_DIGIT)
		return is_right || s->n_single_open == 0 ? q : NULL;
	if (q - begin == 3 && class_at(s, begin) == QUOTH_CHAR_DIGIT && class_at(s, begin + 1) == QUOTH_CHAR_DIGIT &&
	    begin[2] == 's')
		return q;
	if (!is_elided(begin, (size_t)(q - begin)))
		return is_right ? q : NULL;
	if (q - begin == 1 && is_apostrophe(code_point_at(s, q, &mark_length)))
		q += mark_length;
	return q;
}

/* Whether a quotation in single marks that is open at p can still be closed later in the line. */
static bool closes_later(const struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *begin = p;
	unsigned length;

	for (; p < s->end && p - begin < MAX_SINGLE_QUOTE_BYTES && *p != '\n'; p += length) {
		uint32_t code_point = quoth_utf8_decode(p, &length);
		enum quoth_character next;

		if (code_point == 0x2018)
			return false;
		if (!is_apostrophe(code_point))
			continue;
		next = class_at(s, p + length);
		if (is_alphanumeric(next))
			continue;
		if (is_blank(class_before(s, p)))
			return false;
		return true;
	}
	return false;
}

/* Whether the word before the apostrophe at p is one that ends in an apostrophe often: "dogs'", "talkin'". */
static bool ends_elided(const struct quoth_scanner *s, const unsigned char *p)
{
	unsigned char last = p[-1] | 0x20;

	return last == 's' || (last == 'n' && p - s->text > 3 && (p[-2] | 0x20) == 'i' && is_letter(class_at(s, p - 3)));
}

/* A single closing mark or apostrophe behind a word or mark, that no letter follows. */
static bool add_right_single(struct quoth_scanner *s, const unsigned char *p, unsigned length, enum quoth_mark mark)
{
	enum quoth_character before = class_before(s, p);
	bool is_possessive = is_alphanumeric(before);

	if (before == QUOTH_CHAR_DIGIT && s->n_single_open == 0 && *p == '\'')
		return quoth_scanner_add_mark(s, p, p + length, QUOTH_NO_MARK);	/* feet */
	if (is_possessive && s->n_single_open > 0 &&
	    !(ends_elided(s, p) && class_at(s, p + length) == QUOTH_CHAR_SPACE && closes_later(s, p + length)))
		is_possessive = false;
	if (is_possessive)
		return quoth_scanner_add_word(s, p, p + length, 0);
	if (s->n_single_open > 0)
		s->n_single_open--;
	return quoth_scanner_add_mark(s, p, p + length, mark);
}

static bool is_opening_place(enum quoth_character before, const unsigned char *p)
{
	return is_blank(before) || (before != QUOTH_CHAR_LOWER && before != QUOTH_CHAR_UPPER &&
				    before != QUOTH_CHAR_DIGIT && strchr("([{\"`-/", p[-1])) ||
	       (p[-1] >= 0x80 && before == QUOTH_CHAR_OTHER);
}

/* The token at an apostrophe or single quotation mark; its end, NULL without memory. */
const unsigned char *quoth_scanner_single(struct quoth_scanner *s, const unsigned char *p, uint32_t code_point,
					  unsigned length)
{
	bool is_left = code_point == 0x2018, is_right = is_apostrophe(code_point) && code_point != '\'';
	enum quoth_mark mark = is_left ? QUOTH_OPEN_SINGLE : is_right ? QUOTH_CLOSE_SINGLE : QUOTH_STRAIGHT_SINGLE;
	enum quoth_character before = class_before(s, p), next = class_at(s, p + length);
	const unsigned char *end = p + length, *q;

	if (is_alphanumeric(next) && is_opening_place(before, p)) {
		q = find_elision(s, p, length, is_right);
		if (q)
			return quoth_scanner_add_word(s, p, q, 0) ? q : NULL;
	}
	if (before == QUOTH_CHAR_DIGIT && next == QUOTH_CHAR_DIGIT && !is_left)
		return quoth_scanner_add_mark(s, p, end, QUOTH_NO_MARK) ? end : NULL;	/* feet */
	if (is_letter(next) && !is_blank(before) && !is_left) {
		for (q = end; q < s->end && q - end < 3 && is_letter(quoth_byte_classes[*q]);)
			q++;
		if (quoth_clitic_is(end, q) && !is_alphanumeric(class_at(s, q)))
			return quoth_scanner_add_word(s, p, q, 0) ? q : NULL;
	}
	if (is_left || (!is_right && !is_blank(next) && is_opening_place(before, p))) {
		s->n_single_open++;
		return quoth_scanner_add_mark(s, p, end, mark) ? end : NULL;
	}
	if (is_blank(before))
		return quoth_scanner_add_mark(s, p, end, mark) ? end : NULL;
	return add_right_single(s, p, length, mark) ? end : NULL;
}
