#include "config.h"

#include "pipeline/group_words.h"

#include "pipeline/buffer.h"
#include "pipeline/group_wordings.h"
#include "stages/characters.h"
#include "stages/checksum.h"
#include "stages/letters.h"

#include <math.h>
#include <utf8proc.h>

enum { MOST_FORM_BYTES = 128, MOST_DIGITS = 15, MOST_DEPTH = 8 };

/* What a number that is still open ended with, which says what may follow ("twenty" and "five", "five" and "million"). */
enum number_part { NO_NUMBER, DIGITS, UNIT, TEEN, TENS, HUNDRED, SCALE };

struct reading {
	const struct quoth_wordings *wordings;
	const char *quote;
	size_t size, at;
	struct quoth_group_words *into;
	double total, current;		/* of the number that the last word is: "two million" and "three hundred" */
	enum number_part part;
	bool is_spelled;		/* it began with a word, not with digits */
	uint64_t currency;		/* a sign that waits for its number to end; 0: none */
	uint32_t currency_at;
	enum quoth_group_kind kind;
	unsigned brackets;
	bool is_in_marks;
};

/* ---- characters ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The code point at a place and its bytes; 0 with one byte where it is no UTF-8. */
static uint32_t character_at(const struct reading *reading, size_t at, size_t *length)
{
	unsigned n;
	unsigned char first = at < reading->size ? (unsigned char)reading->quote[at] : 0;

	*length = 1;
	if (first < 0x80)
		return first;
	*length = quoth_character_length(reading->quote + at, reading->size - at);
	if (*length)
		return quoth_utf8_decode((const unsigned char *)reading->quote + at, &n);
	*length = 1;
	return 0;
}

static bool is_letter(uint32_t c)
{
	utf8proc_category_t category;

	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	category = utf8proc_category((utf8proc_int32_t)c);
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC;
}

/* Appends the plain small letters of a code point; accents are no letters of their own. */
static size_t fold_character(uint32_t c, char *into)
{
	utf8proc_int32_t points[8];
	int last = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, points, 8,
						     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &last);
	size_t size = 0;

	for (utf8proc_ssize_t i = 0; i < n && i < 8; i++)
		size += (size_t)utf8proc_encode_char((utf8proc_int32_t)quoth_plain_letter((uint32_t)points[i]),
						     (utf8proc_uint8_t *)into + size);
	return size;
}

size_t quoth_group_fold(const char *word, size_t size, char *into, size_t capacity)
{
	size_t n = 0, length;
	char folded[8 * 4];

	for (size_t at = 0; at < size && n < capacity; at += length) {
		unsigned char first = (unsigned char)word[at];
		uint32_t c;
		size_t more;
		unsigned ignored;

		length = 1;
		if (first < 0x80) {
			into[n++] = (char)(first >= 'A' && first <= 'Z' ? first | 0x20 : first);
			continue;
		}
		length = quoth_character_length(word + at, size - at);
		if (!length) {
			length = 1;
			continue;
		}
		c = quoth_utf8_decode((const unsigned char *)word + at, &ignored);
		more = is_apostrophe(c) ? 1 : fold_character(c, folded);
		if (is_apostrophe(c))
			folded[0] = '\'';
		if (more > capacity - n)
			break;
		memcpy(into + n, folded, more);
		n += more;
	}
	return n;
}

/* ---- words ---- */

static struct quoth_group_word *last_word(struct reading *reading)
{
	return reading->into->n ? &reading->into->words[reading->into->n - 1] : NULL;
}

static void append_word(struct reading *reading, uint64_t form, enum quoth_group_class class, size_t begin, size_t end)
{
	if (reading->into->n == QUOTH_MOST_GROUP_WORDS)
		return;
	reading->into->words[reading->into->n++] = (struct quoth_group_word){
		.form = form,
		.begin = (uint32_t)begin,
		.end = (uint32_t)end,
		.class = (uint8_t)class,
		.is_quoted = !reading->brackets && (reading->kind == QUOTH_GROUP_DIRECT ||
						    (reading->kind == QUOTH_GROUP_MIXED && reading->is_in_marks)),
	};
}

/* What a number waits for has come to its end: the currency's word follows it. */
static void close_number(struct reading *reading)
{
	reading->part = NO_NUMBER;
	if (reading->currency)
		append_word(reading, reading->currency, QUOTH_CONTENT_WORD, reading->currency_at, reading->currency_at);
	reading->currency = 0;
}

static void put_plain_form(struct reading *reading, uint64_t form, size_t begin, size_t end)
{
	const struct quoth_wording *wording = quoth_wording_find(reading->wordings, form);
	enum quoth_group_class class = QUOTH_CONTENT_WORD;

	if (wording->class == QUOTH_WORDING_FUNCTION)
		class = QUOTH_FUNCTION_WORD;
	else if (wording->class == QUOTH_WORDING_NEGATION)
		class = QUOTH_NEGATION_WORD;
	close_number(reading);
	append_word(reading, form, class, begin, end);
}

/* The words that one stands for; the first has its bytes but the last `tail`, the second those. */
static void put_expansion(struct reading *reading, const struct quoth_wording *wording, size_t begin, size_t end)
{
	const char *as = wording->as, *stop = as + wording->as_size;
	size_t tail = 0;

	for (size_t i = begin; i < end && !tail; i++)
		if (reading->quote[i] == '\'' || (unsigned char)reading->quote[i] == 0xE2)
			tail = end - i;
	while (as < stop) {
		const char *space = memchr(as, ' ', (size_t)(stop - as));
		size_t size = space ? (size_t)(space - as) : (size_t)(stop - as);

		put_plain_form(reading, quoth_hash_add(QUOTH_HASH_START, as, size), begin, space ? end - tail : end);
		begin = space ? end - tail : begin;
		as += size + 1;
	}
}

/* ---- numbers ---- */

/* A thousandth is as fine as numbers are compared. */
static uint64_t form_of_number(double value)
{
	int64_t thousandths = value < 1e15 ? llround(value * 1000) : 0;
	uint64_t form = quoth_hash_add(QUOTH_HASH_START, "#", 1);

	return thousandths ? quoth_hash_add(form, &thousandths, sizeof thousandths) : quoth_hash_add(form, &value, sizeof value);
}

static enum number_part part_of(uint32_t value)
{
	return value < 10 ? UNIT : value < 20 ? TEEN : TENS;
}

/* Whether a number word goes on with the number before it: "twenty five", "two hundred (and) five", "two thousand five". */
static bool may_follow(const struct reading *reading, uint32_t value)
{
	switch (reading->part) {
	case TENS: return value < 10 && value;
	case HUNDRED: return value;
	case SCALE: return reading->is_spelled && value;
	default: return false;
	}
}

static bool is_and(const struct reading *reading)
{
	const struct quoth_group_words *words = reading->into;

	return words->n > 1 && words->words[words->n - 1].form == quoth_hash_add(QUOTH_HASH_START, "and", 3) &&
	       words->words[words->n - 2].class == QUOTH_NUMBER_WORD && reading->part == HUNDRED;
}

/* The last word is the number so far. */
static void rewrite_number(struct reading *reading, size_t end)
{
	struct quoth_group_word *word = last_word(reading);

	word->form = form_of_number(reading->total + reading->current);
	word->class = QUOTH_NUMBER_WORD;
	word->end = (uint32_t)end;
}

static void begin_number(struct reading *reading, double value, enum number_part part, size_t begin, size_t end)
{
	close_number(reading);
	reading->total = 0;
	reading->current = value;
	reading->part = part;
	reading->is_spelled = part != DIGITS;
	append_word(reading, form_of_number(value), QUOTH_NUMBER_WORD, begin, end);
}

static void put_number_word(struct reading *reading, uint32_t value, size_t begin, size_t end)
{
	bool skips_and = is_and(reading);

	if (!may_follow(reading, value)) {
		begin_number(reading, value, part_of(value), begin, end);
		if (value == 1 && last_word(reading))	/* "one of them" is a number less often than not */
			last_word(reading)->class = QUOTH_FUNCTION_WORD;
		return;
	}
	if (skips_and)
		reading->into->n--;
	reading->current += value;
	reading->part = part_of(value);
	rewrite_number(reading, end);
}

static void put_scale(struct reading *reading, uint32_t zeros, size_t begin, size_t end)
{
	double factor = pow(10, zeros);

	if (reading->part == NO_NUMBER || reading->current == 0 || last_word(reading)->form != form_of_number(reading->total + reading->current)) {
		begin_number(reading, factor, zeros == 2 ? HUNDRED : SCALE, begin, end);
		return;
	}
	if (zeros == 2) {
		reading->current *= factor;
		reading->part = HUNDRED;
	} else {
		reading->total += reading->current * factor;
		reading->current = 0;
		reading->part = SCALE;
	}
	rewrite_number(reading, end);
}

/* Digits with commas between thousands and one decimal point. */
static void take_digits(struct reading *reading)
{
	size_t begin = reading->at, at = begin, n = 0;
	uint64_t form, currency = reading->currency;
	double value = 0, place = 0;

	for (; at < reading->size; at++) {
		char c = reading->quote[at];

		if (is_digit(c)) {
			value = value * 10 + (c - '0');
			place *= 10;
			n++;
		} else if (c == ',' && !place && at + 3 < reading->size && is_digit(reading->quote[at + 1]) &&
			   is_digit(reading->quote[at + 2]) && is_digit(reading->quote[at + 3]) &&
			   (at + 4 == reading->size || !is_digit(reading->quote[at + 4]))) {
			continue;
		} else if (c == '.' && !place && at + 1 < reading->size && is_digit(reading->quote[at + 1])) {
			place = 1;
		} else {
			break;
		}
	}
	reading->at = at;
	reading->currency = 0;
	if (n > MOST_DIGITS) {
		close_number(reading);
		form = quoth_hash_add(QUOTH_HASH_START, reading->quote + begin, at - begin);
		append_word(reading, form, QUOTH_NUMBER_WORD, begin, at);
	} else {
		begin_number(reading, place ? value / place : value, DIGITS, begin, at);
	}
	reading->currency = currency;
}

/* ---- letters ---- */

/* A letter that stands alone between dots, "U.S.", "p.m.": the dot at this place is part of the word. */
static bool is_dotted(const struct reading *reading, size_t begin, size_t at)
{
	size_t length;

	return reading->quote[at] == '.' && at > begin && is_letter(character_at(reading, at + 1, &length)) &&
	       (at - begin == 1 || (at - begin > 2 && reading->quote[at - 2] == '.')) &&
	       !is_letter(character_at(reading, at + 1 + length, &(size_t){0}));
}

/* The end of the word that begins here; letters, with apostrophes and dots between them. */
static size_t end_of_letters(const struct reading *reading, size_t begin, bool *has_dots)
{
	size_t at = begin, length, next;

	*has_dots = false;
	while (at < reading->size) {
		uint32_t c = character_at(reading, at, &length);

		if (is_letter(c) && !(c < 0x80 && is_digit((char)c))) {
			at += length;
		} else if (is_apostrophe(c) && is_letter(character_at(reading, at + length, &next))) {
			at += length + next;
		} else if (is_dotted(reading, begin, at)) {
			*has_dots = true;
			at++;
		} else {
			break;
		}
	}
	if (*has_dots && at < reading->size && reading->quote[at] == '.')
		at++;
	return at;
}

/* Cuts the ending of a contraction off: "do" and "n't". Bytes of the folded form that are left. */
static size_t find_ending(const struct reading *reading, const char *form, size_t size, const struct quoth_wording **ending)
{
	for (size_t n = 2; n <= 3 && n < size; n++) {
		*ending = quoth_wording_find(reading->wordings, quoth_hash_add(QUOTH_HASH_START, form + size - n, n));
		if ((*ending)->class == QUOTH_WORDING_ENDING)
			return size - n;
	}
	*ending = NULL;
	return size;
}

/* The bytes of the quote that the last n characters of a word take; all of an ending is ASCII but its apostrophe. */
static size_t bytes_of_ending(const struct reading *reading, size_t end, size_t n)
{
	size_t begin = end;

	while (n-- && begin)
		while (--begin && ((unsigned char)reading->quote[begin] & 0xC0) == 0x80)
			;
	return end - begin;
}

static void put_contraction(struct reading *reading, const char *form, size_t size, size_t begin, size_t end)
{
	const struct quoth_wording *ending;
	size_t left = find_ending(reading, form, size, &ending), tail = bytes_of_ending(reading, end, size - left);

	if (!ending && size > 2 && form[size - 2] == '\'' && form[size - 1] == 's') {
		left = size - 2;
		tail = bytes_of_ending(reading, end, 2);
	}
	if (left == size) {
		put_plain_form(reading, quoth_hash_add(QUOTH_HASH_START, form, size), begin, end);
		return;
	}
	put_plain_form(reading, quoth_hash_add(QUOTH_HASH_START, form, left), begin, end - tail);
	put_plain_form(reading, ending ? quoth_hash_add(QUOTH_HASH_START, ending->as, ending->as_size) :
					 quoth_hash_add(QUOTH_HASH_START, "'s", 2), end - tail, end);
}

static void put_letters(struct reading *reading, const char *form, size_t size, size_t begin, size_t end)
{
	uint64_t hash = quoth_hash_add(QUOTH_HASH_START, form, size);
	const struct quoth_wording *wording = quoth_wording_find(reading->wordings, hash);

	switch (wording->class) {
	case QUOTH_WORDING_NUMBER: put_number_word(reading, wording->value, begin, end); return;
	case QUOTH_WORDING_SCALE: put_scale(reading, wording->value, begin, end); return;
	case QUOTH_WORDING_EXPAND: put_expansion(reading, wording, begin, end); return;
	case QUOTH_WORDING_SUFFIX:
		if (reading->part == DIGITS && last_word(reading) && last_word(reading)->end == begin)
			put_scale(reading, wording->value, begin, end);
		else
			put_plain_form(reading, hash, begin, end);
		return;
	default:
		if (memchr(form, '\'', size))
			put_contraction(reading, form, size, begin, end);
		else if (wording->class == QUOTH_WORDING_FUNCTION && size == 3 && !memcmp(form, "and", 3) && reading->part == HUNDRED)
			append_word(reading, hash, QUOTH_FUNCTION_WORD, begin, end);	/* the number may go on */
		else
			put_plain_form(reading, hash, begin, end);
	}
}

static void take_letters(struct reading *reading)
{
	char form[MOST_FORM_BYTES];
	bool has_dots;
	size_t begin = reading->at, end = end_of_letters(reading, begin, &has_dots), size, kept = 0;

	reading->at = end;
	size = quoth_group_fold(reading->quote + begin, end - begin, form, sizeof form);
	for (size_t i = 0; has_dots && i < size; i++)
		if (form[i] != '.')
			form[kept++] = form[i];
	put_letters(reading, form, has_dots ? kept : size, begin, end);
}

/* ---- marks ---- */

static bool begins_word(const struct reading *reading, size_t at, size_t length)
{
	size_t ignored;

	return (!at || reading->quote[at - 1] == ' ' || reading->quote[at - 1] == '(') &&
	       is_letter(character_at(reading, at + length, &ignored));
}

static void take_quotation_mark(struct reading *reading, uint32_t c, size_t length)
{
	switch (c) {
	case '"': reading->is_in_marks = !reading->is_in_marks; break;
	case 0x201C: case 0x201E: case 0xAB: reading->is_in_marks = true; break;
	case 0x201D: case 0xBB: reading->is_in_marks = false; break;
	case '\'': case 0x2018: case 0x2019:
		if (begins_word(reading, reading->at, length))
			reading->is_in_marks = true;
		else if (c != 0x2018)
			reading->is_in_marks = false;
		break;
	}
}

static bool is_cut(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == ';' || c == ':' || c == 0x2026 || c == 0x2013 || c == 0x2014;
}

static void take_mark(struct reading *reading)
{
	size_t length;
	uint32_t c = character_at(reading, reading->at, &length);
	uint64_t form = quoth_hash_add(QUOTH_HASH_START, reading->quote + reading->at, length);
	const struct quoth_wording *wording = quoth_wording_find(reading->wordings, form);

	if (wording->class == QUOTH_WORDING_EXPAND) {
		close_number(reading);
		if (c == '%' || c == '&') {
			put_expansion(reading, wording, reading->at, reading->at + length);
		} else {
			reading->currency = quoth_hash_add(QUOTH_HASH_START, wording->as, wording->as_size);
			reading->currency_at = (uint32_t)reading->at;
		}
	} else if (c != ' ' && c != '-' && c != 0xA0) {
		close_number(reading);
		take_quotation_mark(reading, c, length);
		if (is_cut(c) && last_word(reading))
			last_word(reading)->is_cut_behind = true;
		if ((c == '[' || c == '(') && reading->brackets < MOST_DEPTH)
			reading->brackets++;
		else if ((c == ']' || c == ')') && reading->brackets)
			reading->brackets--;
	}
	reading->at += length;
}

void quoth_group_words_read(const struct quoth_wordings *wordings, const char *quote, size_t size, enum quoth_group_kind kind,
			    struct quoth_group_words *words)
{
	struct reading reading = {.wordings = wordings, .quote = quote, .size = size, .into = words, .kind = kind};

	words->n = 0;
	while (reading.at < size && words->n < QUOTH_MOST_GROUP_WORDS) {
		size_t length;
		uint32_t c = character_at(&reading, reading.at, &length);

		if (c < 0x80 && is_digit((char)c))
			take_digits(&reading);
		else if (is_letter(c))
			take_letters(&reading);
		else
			take_mark(&reading);
	}
	close_number(&reading);
}
