#include "pipeline/evaluation.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MOST_FOLDED = 8 };	/* code points that folding makes of one; Unicode's own bound is 3 */

/* Whether a code point belongs to a word: categories L and N, and "_". Marks do not, so that a decomposed letter ends a
 * word; the measure was defined so. */
static bool is_word_point(utf8proc_int32_t point)
{
	utf8proc_category_t category;

	if (point < 128)
		return (point >= '0' && point <= '9') || ((point | 32) >= 'a' && (point | 32) <= 'z') || point == '_';
	category = utf8proc_category(point);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* Decodes at bytes; an invalid byte is a point of its own that is in no word. Returns the bytes taken. */
static uint32_t next_point(utf8proc_int32_t *point, const char *bytes, uint32_t size)
{
	utf8proc_ssize_t taken;

	if ((unsigned char)*bytes < 128) {
		*point = *bytes;
		return 1;
	}
	taken = utf8proc_iterate((const utf8proc_uint8_t *)bytes, size, point);
	if (taken < 1) {
		*point = 0xFFFD;
		return 1;
	}
	return (uint32_t)taken;
}

/* The next word at or after `at`; an empty range at the end. */
static struct quoth_range next_word(const char *bytes, uint32_t size, uint32_t at)
{
	struct quoth_range word = {size, size};
	utf8proc_int32_t point;
	uint32_t taken;
	bool is_inside = false;

	for (; at < size; at += taken) {
		taken = next_point(&point, bytes + at, size - at);
		if (is_word_point(point) && !is_inside) {
			is_inside = true;
			word.begin = at;
		} else if (is_inside && !is_word_point(point)) {
			word.end = at;
			break;
		}
	}
	return word;
}

int quoth_words_cut(struct quoth_worded_text *text, const char *bytes, uint32_t size, struct quoth_arena *arena)
{
	struct quoth_range word;
	uint32_t n = 0;

	for (uint32_t at = 0; word = next_word(bytes, size, at), word.begin < word.end; at = word.end)
		n++;
	*text = (struct quoth_worded_text){quoth_arena_array(arena, n, sizeof *text->words), 0, size};
	if (!text->words)
		return QUOTH_NO_MEMORY;
	for (uint32_t at = 0; word = next_word(bytes, size, at), word.begin < word.end; at = word.end)
		text->words[text->n_words++] = word;
	return 0;
}

/* ---- sets ---- */

static int compare_ranges(const void *a, const void *b)
{
	const struct quoth_range *x = a, *y = b;

	return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1) : (x->end > y->end) - (x->end < y->end);
}

void quoth_words_unite(struct quoth_word_set *set, struct quoth_range *ranges, uint32_t n)
{
	*set = (struct quoth_word_set){ranges, 0, 0};
	if (n > 1)
		qsort(ranges, n, sizeof *ranges, compare_ranges);
	for (uint32_t i = 0; i < n; i++) {
		struct quoth_range *last = ranges + set->n_ranges - 1;

		if (quoth_range_is_empty(ranges[i]))
			continue;
		if (!set->n_ranges || ranges[i].begin > last->end)
			ranges[set->n_ranges++] = ranges[i];
		else if (ranges[i].end > last->end)
			last->end = ranges[i].end;
	}
	for (uint32_t i = 0; i < set->n_ranges; i++)
		set->n_words += quoth_range_length(ranges[i]);
}

uint32_t quoth_words_shared(const struct quoth_word_set *a, const struct quoth_word_set *b)
{
	uint32_t shared = 0;

	for (uint32_t i = 0, j = 0; i < a->n_ranges && j < b->n_ranges;) {
		struct quoth_range x = a->ranges[i], y = b->ranges[j];
		uint32_t begin = x.begin > y.begin ? x.begin : y.begin, end = x.end < y.end ? x.end : y.end;

		if (begin < end)
			shared += end - begin;
		if (x.end <= y.end)
			i++;
		else
			j++;
	}
	return shared;
}

bool quoth_words_equal(const struct quoth_word_set *a, const struct quoth_word_set *b)
{
	return a->n_words == b->n_words && quoth_words_shared(a, b) == a->n_words;
}

/* 2 |a and b| / (|a| + |b|); two empty sets agree. */
double quoth_words_dice(const struct quoth_word_set *a, const struct quoth_word_set *b)
{
	uint64_t both = (uint64_t)a->n_words + b->n_words;

	return both ? (double)(2 * (uint64_t)quoth_words_shared(a, b)) / (double)both : 1.0;
}

bool quoth_words_same_source(const struct quoth_word_set *a, const struct quoth_word_set *b)
{
	if (quoth_words_dice(a, b) >= 0.5)
		return true;
	return a->n_ranges && b->n_ranges && a->ranges[a->n_ranges - 1].end == b->ranges[b->n_ranges - 1].end;
}

/* ---- spans ---- */

/* Reads a number of decimal digits; too large a one reads as UINT64_MAX. NULL where there is no digit. */
static const char *read_number(uint64_t *number, const char *at)
{
	const char *start = at;

	for (*number = 0; *at >= '0' && *at <= '9'; at++)
		*number = *number > (UINT64_MAX - 9) / 10 ? UINT64_MAX : *number * 10 + (uint64_t)(*at - '0');
	return at == start ? NULL : at;
}

/* The words that bytes [begin, end) overlap. */
static struct quoth_range find_words(const struct quoth_worded_text *text, uint64_t begin, uint64_t end)
{
	uint32_t low = 0, high = text->n_words, first;

	while (low < high) {	/* the first word that ends behind begin */
		uint32_t middle = low + (high - low) / 2;

		if (text->words[middle].end > begin)
			high = middle;
		else
			low = middle + 1;
	}
	first = low;
	for (high = text->n_words; low < high;) {	/* the first word that begins at or behind end */
		uint32_t middle = low + (high - low) / 2;

		if (text->words[middle].begin >= end)
			high = middle;
		else
			low = middle + 1;
	}
	return (struct quoth_range){first, low};
}

static const char *read_span(uint64_t *begin, uint64_t *end, const char *at)
{
	at = read_number(begin, at);
	if (!at || *at != '-')
		return NULL;
	at = read_number(end, at + 1);
	return at && (*at == ',' || !*at) ? at : NULL;
}

static int report_span(struct quoth_report *report, uint64_t begin, uint64_t end, uint32_t size)
{
	if (end < begin)
		return quoth_report_set(report, QUOTH_BAD_INPUT, "", "span %llu-%llu ends before it begins",
					(unsigned long long)begin, (unsigned long long)end);
	return quoth_report_set(report, QUOTH_BAD_INPUT, "", "span %llu-%llu is outside the text of %lu bytes",
				(unsigned long long)begin, (unsigned long long)end, (unsigned long)size);
}

int quoth_words_cover(struct quoth_word_set *set, const struct quoth_worded_text *text, const char *spans,
		      struct quoth_arena *arena, struct quoth_report *report)
{
	struct quoth_range *ranges;
	uint64_t begin, end;
	uint32_t n = 1;

	for (const char *at = spans; *at; at++)
		n += *at == ',';
	ranges = quoth_arena_array(arena, n, sizeof *ranges);
	if (!ranges)
		return QUOTH_NO_MEMORY;
	n = 0;
	for (const char *at = spans, *behind; *at; at = behind) {
		if (*at == ',') {
			behind = at + 1;
			continue;
		}
		behind = read_span(&begin, &end, at);
		if (!behind)
			return quoth_report_set(report, QUOTH_BAD_INPUT, "", "\"%.60s\" is not of the form BEGIN-END", at);
		if (end < begin || end > text->size)
			return report_span(report, begin, end, text->size);
		ranges[n++] = find_words(text, begin, end);
	}
	quoth_words_unite(set, ranges, n);
	return 0;
}

/* ---- names ---- */

struct folded_name {
	utf8proc_int32_t *points;	/* each word with a 0 before it */
	uint32_t n;
};

/* Appends the folded points of a word. */
static void fold_word(struct folded_name *name, const char *bytes, struct quoth_range word)
{
	utf8proc_int32_t point;
	int boundary = 0;

	name->points[name->n++] = 0;
	for (uint32_t at = word.begin; at < word.end;) {
		utf8proc_ssize_t made;

		at += next_point(&point, bytes + at, word.end - at);
		made = utf8proc_decompose_char(point, name->points + name->n, MOST_FOLDED, UTF8PROC_CASEFOLD, &boundary);
		if (made > 0 && made <= MOST_FOLDED)
			name->n += (uint32_t)made;
	}
}

/* Whether the word is the "s" of a possessive, after a straight or curly apostrophe. */
static bool is_possessive(const char *bytes, struct quoth_range word)
{
	if (word.end - word.begin != 1 || bytes[word.begin] != 's')
		return false;
	return (word.begin >= 1 && bytes[word.begin - 1] == '\'') ||
	       (word.begin >= 3 && !memcmp(bytes + word.begin - 3, "\xE2\x80\x99", 3));
}

static int fold_name(struct folded_name *name, const char *bytes, uint32_t size, struct quoth_arena *arena)
{
	struct quoth_range word;

	/* A point has at least one byte, a word one more for its 0. */
	*name = (struct folded_name){quoth_arena_array(arena, (size_t)size + 1, (MOST_FOLDED + 1) * sizeof *name->points), 0};
	if (!name->points)
		return QUOTH_NO_MEMORY;
	for (uint32_t at = 0; word = next_word(bytes, size, at), word.begin < word.end; at = word.end)
		if (!is_possessive(bytes, word))
			fold_word(name, bytes, word);
	return 0;
}

/* Whether the shorter is the end of the longer; both begin with the 0 of a word, so that words match whole. */
static bool ends_agree(const struct folded_name *a, const struct folded_name *b)
{
	const struct folded_name *shorter = a->n < b->n ? a : b, *longer = a->n < b->n ? b : a;

	return shorter->n && !memcmp(longer->points + longer->n - shorter->n, shorter->points,
				     shorter->n * sizeof *shorter->points);
}

int quoth_words_same_name(bool *agree, const char *gold, const char *predicted, struct quoth_arena *arena)
{
	struct folded_name name, alternative;
	int error = fold_name(&name, predicted, (uint32_t)strlen(predicted), arena);

	*agree = false;
	for (size_t length; !error && !*agree; gold += length + 1) {
		length = strcspn(gold, "|");
		error = fold_name(&alternative, gold, (uint32_t)length, arena);
		*agree = !error && ends_agree(&name, &alternative);
		if (!gold[length])
			break;
	}
	return error;
}

char *quoth_words_fold(const char *text, struct quoth_arena *arena)
{
	uint32_t size = (uint32_t)strlen(text), n = 0;
	utf8proc_int32_t point, folded[MOST_FOLDED];
	/* Folding makes at most three bytes of one (U+0390 and its kind make six of two). */
	utf8proc_uint8_t *out = quoth_arena_array(arena, (size_t)size + 2, 4);
	int boundary = 0;

	for (uint32_t at = 0; out && at < size;) {
		utf8proc_ssize_t made;

		at += next_point(&point, text + at, size - at);
		made = utf8proc_decompose_char(point, folded, MOST_FOLDED, UTF8PROC_CASEFOLD, &boundary);
		for (utf8proc_ssize_t i = 0; i < made && i < MOST_FOLDED; i++)
			n += (uint32_t)utf8proc_encode_char(folded[i], out + n);
	}
	if (out)
		out[n] = 0;
	return (char *)out;
}
