#include "pipeline/linked_words.h"

#include "pipeline/buffer.h"
#include "stages/characters.h"
#include "stages/error.h"

#include <string.h>
#include <utf8proc.h>

enum { WINDOW = QUOTH_LINKED_WINDOW };

/* What a character is for words. */
enum kind { OTHER, BREAK, JOINER, LETTER };

static const bool is_plain[256] = {['a' ... 'z'] = true, ['A' ... 'Z'] = true, ['0' ... '9'] = true};

static const uint8_t ascii_kinds[128] = {
	['\n'] = BREAK, ['\r'] = BREAK, ['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER, ['0' ... '9'] = LETTER,
	['\''] = JOINER, ['.'] = JOINER, [','] = JOINER, [':'] = JOINER, [';'] = JOINER, ['_'] = JOINER,
};

/* Of no ASCII. What UAX #29 lets stand inside a word or number joins (MidLetter, MidNum, MidNumLet, ExtendNumLet; those of
 * scripts that news in English do not have are left out). */
static enum kind kind_of(uint32_t c)
{
	switch (c) {
	case 0x00B7: case 0x02BC: case 0x2018: case 0x2019: case 0x2024: case 0x2027: case 0x203F: case 0x2040: case 0x2044:
		return JOINER;
	}
	switch (quoth_character_class(c)) {
	case QUOTH_CHAR_LOWER: case QUOTH_CHAR_UPPER: case QUOTH_CHAR_DIGIT:
		return LETTER;
	case QUOTH_CHAR_ACCENT:
		return JOINER;
	case QUOTH_CHAR_BREAK:
		return BREAK;
	default:
		return OTHER;
	}
}

/* ---- reading ---- */

struct scanner {
	const unsigned char *at, *end;
	struct quoth_linked_words *into;
	uint32_t capacity;
	struct quoth_arena *arena;
};

/* The character at the scanner and what it is; a byte that is no UTF-8 is one by itself. */
static enum kind peek(const struct scanner *scanner, uint32_t *c, unsigned *length)
{
	*length = 1;
	*c = *scanner->at;
	if (*c < 0x80)
		return ascii_kinds[*c];
	if (!quoth_character_length((const char *)scanner->at, (size_t)(scanner->end - scanner->at)))
		return OTHER;
	*c = quoth_utf8_decode(scanner->at, length);
	return kind_of(*c);
}

static uint32_t add_to_hash(uint32_t hash, uint32_t c)
{
	return (hash ^ c) * 16777619u;
}

static uint32_t add_folded(uint32_t hash, uint32_t c)
{
	enum { MAX_PARTS = 8 };
	utf8proc_int32_t parts[MAX_PARTS];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, MAX_PARTS,
						     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
							     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE, &boundary);

	if (n > MAX_PARTS)
		n = MAX_PARTS;
	for (utf8proc_ssize_t i = 0; i < n; i++)
		hash = add_to_hash(hash, (uint32_t)parts[i] | 0x20);
	return hash;
}

/* Goes over the word that the scanner stands at; 32 bits of it. */
static uint32_t read_word(struct scanner *scanner)
{
	const unsigned char *at = scanner->at, *end = scanner->end;
	uint32_t hash = 2166136261u, c;
	unsigned length;

	for (;; at = scanner->at) {
		/* the bit is set in digits and makes capitals small */
		for (; at < end && is_plain[*at]; at++)
			hash = add_to_hash(hash, *at | 0x20u);
		scanner->at = at;
		if (at == end || *at < 0x80)
			return hash;
		if (peek(scanner, &c, &length) == LETTER)
			hash = add_folded(hash, c);
		else if (quoth_character_class(c) != QUOTH_CHAR_ACCENT)
			return hash;
		scanner->at += length;
	}
}

/* Goes over what is no word: joiners alone, a line break among it, or else. */
static enum kind read_gap(struct scanner *scanner)
{
	enum kind gap = JOINER;
	unsigned length;
	uint32_t c;

	while (scanner->at < scanner->end) {
		enum kind kind = peek(scanner, &c, &length);

		if (kind == LETTER)
			break;
		if (kind == BREAK || (kind == OTHER && gap == JOINER))
			gap = kind;
		scanner->at += length;
	}
	return gap;
}

static bool add_word(struct scanner *scanner, struct quoth_linked_word word)
{
	struct quoth_linked_words *into = scanner->into;

	if (into->n == scanner->capacity) {
		uint32_t capacity = scanner->capacity * 2;
		void *grown = quoth_arena_grow(scanner->arena, into->words, into->n * sizeof word, capacity * sizeof word);

		if (!grown)
			return false;
		into->words = grown;
		scanner->capacity = capacity;
	}
	into->words[into->n++] = word;
	return true;
}

/* The words of a text, with their hashes for `before`. */
static bool read_words(struct scanner *scanner, const char *text, size_t size)
{
	const unsigned char *begin = (const unsigned char *)text;
	enum kind gap;

	scanner->at = begin;
	scanner->end = begin + size;
	read_gap(scanner);
	gap = BREAK;
	while (scanner->at < scanner->end) {
		struct quoth_linked_word word = {
			.begin = (uint32_t)(scanner->at - begin), .begins_line = gap == BREAK, .is_joined = gap == JOINER,
		};

		word.before = read_word(scanner);
		if (!add_word(scanner, word))
			return false;
		gap = read_gap(scanner);
	}
	return true;
}

/* ---- where four words stood before ---- */

struct place {
	uint32_t hash, word;
};

static uint64_t hash_window(const struct quoth_linked_word *words)
{
	uint64_t hash = 0;

	for (unsigned i = 0; i < WINDOW; i++)
		hash = (hash + words[i].before) * UINT64_C(0x9E3779B97F4A7C15);
	return hash;
}

/* Notes the window in the table and returns where it stood last. Windows that meet by chance count as the same, and so do those for which
 * many others are in the way: a link then has a word more than it needs. */
static uint32_t note_window(struct place *places, unsigned bits, uint64_t hash, uint32_t word)
{
	enum { MAX_PROBES = 16 };
	uint32_t last, mask = (UINT32_C(1) << bits) - 1;
	uint32_t slot = (uint32_t)(hash >> (64 - bits));

	for (unsigned probe = 0; probe < MAX_PROBES; probe++, slot = (slot + 1) & mask) {
		struct place *place = &places[slot];

		if (place->word != QUOTH_NONE && place->hash != (uint32_t)hash)
			continue;
		last = place->word;
		*place = (struct place){(uint32_t)hash, word};
		return last;
	}
	return word - 1;
}

/* Puts into `before` what it is for, instead of the hashes. */
static bool find_windows(struct quoth_linked_words *words, struct quoth_arena *arena)
{
	unsigned bits = 4;
	struct place *places;

	while ((UINT64_C(1) << bits) < (uint64_t)words->n * 3 / 2)
		bits++;
	places = quoth_arena_array(arena, (size_t)1 << bits, sizeof *places);
	if (!places)
		return false;
	memset(places, 0xFF, sizeof *places << bits);
	for (uint32_t i = 0; i < words->n; i++)
		words->words[i].before = words->n - i < WINDOW ? QUOTH_LINKED_TOO_FEW :
			note_window(places, bits, hash_window(words->words + i), i);
	return true;
}

static bool begins_with_title(const struct quoth_document *doc, size_t title_size)
{
	uint32_t at = 0;

	while (at < doc->text_size && (doc->text[at] == ' ' || doc->text[at] == '\n'))
		at++;
	return doc->text_size - at >= title_size && !memcmp(doc->text + at, doc->title, title_size);
}

int quoth_linked_words_make(struct quoth_linked_words *words, const struct quoth_document *doc)
{
	struct scanner scanner = {.into = words, .capacity = doc->text_size / 4 + 16, .arena = doc->arena};
	size_t title_size = doc->title ? strlen(doc->title) : 0;

	*words = (struct quoth_linked_words){.text = doc->text, .size = doc->text_size};
	words->words = quoth_arena_array(doc->arena, scanner.capacity, sizeof *words->words);
	if (!words->words)
		return QUOTH_NO_MEMORY;
	if (title_size && !begins_with_title(doc, title_size) && !read_words(&scanner, doc->title, title_size))
		return QUOTH_NO_MEMORY;
	words->n_title = words->n;
	if (!read_words(&scanner, doc->text, doc->text_size) || !find_windows(words, doc->arena))
		return QUOTH_NO_MEMORY;
	return 0;
}

/* ---- looking up ---- */

uint32_t quoth_linked_word_end(const struct quoth_linked_words *words, uint32_t word)
{
	const unsigned char *text = (const unsigned char *)words->text;
	struct scanner scanner = {.at = text + words->words[word].begin, .end = text + words->size};

	read_word(&scanner);
	return (uint32_t)(scanner.at - text);
}

/* The first word of the text that begins at a byte or after it. */
static uint32_t first_from(const struct quoth_linked_words *words, uint32_t byte)
{
	uint32_t low = words->n_title, high = words->n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (words->words[middle].begin < byte)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct quoth_range quoth_linked_words_within(const struct quoth_linked_words *words, uint32_t begin, uint32_t end)
{
	struct quoth_range range = {first_from(words, begin), first_from(words, end)};

	if (range.begin > words->n_title && quoth_linked_word_end(words, range.begin - 1) > begin)
		range.begin--;
	return range;
}
