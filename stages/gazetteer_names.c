#include "stages/gazetteer_names.h"

#include "stages/characters.h"
#include "stages/letters.h"

#include <string.h>
#include <utf8proc.h>

enum {
	DIAERESIS = 0x308,
	RING = 0x30a,
	MAX_PARTS = 20,		/* code points of a decomposed one; the longest of Unicode 15 has 18 */
	ENDING_LETTERS = 2,	/* y, i, j at a word's end that are one ending */
};

/* ---- reading ---- */

/* What a byte is in a name: its small letter or digit, or one of these. */
enum { SEPARATOR = 0, DROPPED = 1, COMMA = 2, AMPERSAND = 3, WIDE = 4 };

static const uint8_t letters_of_bytes[256] = {
	[0x80 ... 0xFF] = WIDE,
	['\''] = DROPPED, ['.'] = DROPPED, ['`'] = DROPPED, [','] = COMMA, ['&'] = AMPERSAND,
	['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
	['a'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
	'w', 'x', 'y', 'z',
	['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v',
	'w', 'x', 'y', 'z',
};

struct reader {
	struct quoth_spelling *into;
	size_t n;		/* bytes of letters */
	unsigned comma;		/* words before the first comma */
	unsigned n_commas;
	bool spells_umlauts, has_initials;
};

static size_t word_size(const struct quoth_spelling *spelling, unsigned i)
{
	return (size_t)spelling->ends[i + 1] - spelling->ends[i];
}

static bool word_is(const struct quoth_spelling *spelling, unsigned i, const char *word)
{
	return word_size(spelling, i) == strlen(word) && !memcmp(spelling->letters + spelling->ends[i], word, strlen(word));
}

/* Takes out the word before the one that is being read. */
static void drop_last_word(struct reader *reader)
{
	struct quoth_spelling *spelling = reader->into;
	uint16_t begin = spelling->ends[spelling->n_words - 1], end = spelling->ends[spelling->n_words];

	memmove(spelling->letters + begin, spelling->letters + end, reader->n - end);
	reader->n -= (size_t)(end - begin);
	spelling->n_words--;
}

static void end_word(struct reader *reader)
{
	struct quoth_spelling *spelling = reader->into;
	size_t size = reader->n - spelling->ends[spelling->n_words];
	unsigned n = spelling->n_words;
	bool is_initial = size == 1 && (unsigned char)spelling->letters[reader->n - 1] >= 'a';

	if (!size || n == QUOTH_SPELLING_WORDS)
		return;
	if (is_initial && reader->has_initials) {
		spelling->ends[n] = (uint16_t)reader->n;
		return;
	}
	reader->has_initials = is_initial;
	if ((n == 1 && word_is(spelling, 0, "the")) || (n > 1 && word_is(spelling, n - 1, "al")))
		drop_last_word(reader);
	n = spelling->n_words;
	if (size == 2 && !memcmp(spelling->letters + spelling->ends[n], "el", 2))
		spelling->letters[spelling->ends[n]] = 'a';
	spelling->ends[n + 1] = (uint16_t)reader->n;
	spelling->n_words++;
}

static void put_letter(struct reader *reader, uint32_t c)
{
	struct quoth_spelling *into = reader->into;

	if (reader->n >= QUOTH_SPELLING_BYTES || into->n_words == QUOTH_SPELLING_WORDS)
		return;
	if (c < 0x80)
		into->letters[reader->n++] = (char)c;
	else
		reader->n += (size_t)utf8proc_encode_char((utf8proc_int32_t)c,
							  (utf8proc_uint8_t *)into->letters + reader->n);
}

/* What parts words, or is dropped. */
static void put_separator(struct reader *reader, uint8_t kind)
{
	if (kind == DROPPED)
		return;
	end_word(reader);
	if (kind == COMMA && !reader->n_commas++)
		reader->comma = reader->into->n_words;
	if (kind == AMPERSAND) {
		put_letter(reader, 'a');
		put_letter(reader, 'n');
		put_letter(reader, 'd');
		end_word(reader);
	}
}

/* Marks that change no letter of the alphabet: of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels. */
static bool is_accent(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7) || (c >= 0x64b && c <= 0x65f) || c == 0x670 ||
	       (c >= 0x200b && c <= 0x200f);
}

static void put_accent(struct reader *reader, uint32_t accent)
{
	char letter = reader->n > reader->into->ends[reader->into->n_words] ? reader->into->letters[reader->n - 1] : 0;

	if (!reader->spells_umlauts)
		return;
	if (accent == DIAERESIS && (letter == 'a' || letter == 'o' || letter == 'u'))
		put_letter(reader, 'e');
	else if (accent == RING && letter == 'a')
		put_letter(reader, 'a');
}

/* A letter without case and marks; ligatures are spelled out. */
static void put_part(struct reader *reader, uint32_t c)
{
	if (c < 0x80 && letters_of_bytes[c] < WIDE)
		return;
	switch (c) {
	case 0xe6: put_letter(reader, 'a'); put_letter(reader, 'e'); break;
	case 0x153: put_letter(reader, 'o'); put_letter(reader, 'e'); break;
	case 0xfe: put_letter(reader, 't'); put_letter(reader, 'h'); break;
	default: put_letter(reader, quoth_plain_letter(c));
	}
	if (c == 0xf8 && reader->spells_umlauts)
		put_letter(reader, 'e');
}

/* Small Cyrillic letters but the one with a mark, and ideographs: themselves in every respect. */
static bool is_plain(uint32_t c)
{
	return (c >= 0x430 && c <= 0x44f && c != 0x439) || (c >= 0x4e00 && c <= 0x9fff);
}

static void put_wide(struct reader *reader, uint32_t c)
{
	utf8proc_int32_t parts[MAX_PARTS];
	utf8proc_ssize_t n;
	int boundary = 0;

	if (is_plain(c)) {
		put_letter(reader, c);
		return;
	}
	if (is_accent(c)) {
		put_accent(reader, c);
		return;
	}
	switch (quoth_character_class(c)) {
	case QUOTH_CHAR_LOWER:
	case QUOTH_CHAR_UPPER:
	case QUOTH_CHAR_DIGIT:
	case QUOTH_CHAR_ACCENT:
		break;
	case QUOTH_CHAR_JOINER:
		if (c == 0x2018 || c == 0x2019 || c == 0x2bc)
			return;
		/* fall through */
	default:
		end_word(reader);
		return;
	}
	n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, MAX_PARTS,
				    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
	for (utf8proc_ssize_t i = 0; i < n && i < MAX_PARTS; i++)
		if (is_accent((uint32_t)parts[i]))
			put_accent(reader, (uint32_t)parts[i]);
		else
			put_part(reader, (uint32_t)parts[i]);
}

/* Letters of ASCII from i on: where they end. */
static size_t put_ascii(struct reader *reader, const char *name, size_t size, size_t i)
{
	struct quoth_spelling *into = reader->into;
	size_t n = reader->n;
	uint8_t letter;

	if (into->n_words == QUOTH_SPELLING_WORDS)
		return size;
	for (; i < size && n < QUOTH_SPELLING_BYTES && (letter = letters_of_bytes[(unsigned char)name[i]]) > WIDE; i++)
		into->letters[n++] = (char)letter;
	reader->n = n;
	return n < QUOTH_SPELLING_BYTES ? i : size;
}

void quoth_spelling_read(struct quoth_spelling *spelling, const char *name, size_t size, bool spells_umlauts)
{
	struct reader reader = {.into = spelling, .spells_umlauts = spells_umlauts};
	utf8proc_ssize_t length;
	utf8proc_int32_t c;

	spelling->n_words = spelling->first = 0;
	spelling->ends[0] = 0;
	for (size_t i = 0; (i = put_ascii(&reader, name, size, i)) < size; i += (size_t)length) {
		uint8_t kind = letters_of_bytes[(unsigned char)name[i]];

		length = 1;
		if (kind < WIDE) {
			put_separator(&reader, kind);
			continue;
		}
		length = utf8proc_iterate((const utf8proc_uint8_t *)name + i, (utf8proc_ssize_t)(size - i), &c);
		if (length <= 0)
			break;
		put_wide(&reader, (uint32_t)c);
	}
	end_word(&reader);
	if (reader.n_commas == 1 && reader.comma < spelling->n_words)
		spelling->first = (uint8_t)reader.comma;
}

const char *quoth_spelling_word(const struct quoth_spelling *spelling, unsigned i, size_t *size)
{
	i = (i + spelling->first) % spelling->n_words;
	*size = word_size(spelling, i);
	return spelling->letters + spelling->ends[i];
}

/* ---- keys ---- */

/* A word as all that are nearly alike have it: i for y and for a last j, no e after a, o, u, no letter twice. */
static size_t coarsen(const char *word, size_t size, char *into)
{
	size_t n = 0;
	char last = 0;

	for (size_t i = 0; i < size; i++) {
		char c = word[i] == 'y' ? 'i' : word[i];

		if (c == 'j' && i + 1 == size && size > 2)
			c = 'i';
		if ((c == last && (unsigned char)c < 0x80) || (c == 'e' && (last == 'a' || last == 'o' || last == 'u')))
			continue;
		into[n++] = last = c;
	}
	return n;
}

static uint64_t mix(uint64_t hash)
{
	hash = (hash ^ hash >> 32) * 0x9FB21C651E98DF25u;
	hash = (hash ^ hash >> 29) * 0xD6E8FEB86659FD93u;
	return hash ^ hash >> 32;
}

static uint64_t hash_word(const char *word, size_t size)
{
	uint64_t hash = size * 0x9E3779B97F4A7C15u, piece;

	for (; size >= sizeof piece; word += sizeof piece, size -= sizeof piece) {
		memcpy(&piece, word, sizeof piece);
		hash = mix(hash ^ piece);
	}
	piece = 0;
	for (size_t i = 0; i < size; i++)
		piece |= (uint64_t)(unsigned char)word[i] << 8 * i;
	return mix(hash ^ piece);
}

uint64_t quoth_spelling_key(const struct quoth_spelling *spelling)
{
	char coarse[QUOTH_SPELLING_BYTES + 32];
	uint64_t key = spelling->n_words;

	/* A sum does not know the order of its words. */
	for (unsigned i = 0; i < spelling->n_words; i++)
		key += hash_word(coarse, coarsen(spelling->letters + spelling->ends[i], word_size(spelling, i), coarse));
	key = mix(key);
	return key ? key : 1;
}

/* ---- comparing ---- */

/* A word without its ending of y, i, j; at least two letters stay. */
static size_t stem_size(const char *word, size_t size)
{
	size_t stem = size;

	while (stem > 2 && size - stem < ENDING_LETTERS && strchr("yij", word[stem - 1]) && word[stem - 1])
		stem--;
	return stem;
}

static enum quoth_likeness compare_words(const char *a, size_t a_size, const char *b, size_t b_size)
{
	char coarse_a[QUOTH_SPELLING_BYTES + 32], coarse_b[QUOTH_SPELLING_BYTES + 32];
	size_t a_stem, b_stem;

	if (a_size == b_size && !memcmp(a, b, a_size))
		return QUOTH_ALIKE;
	a_stem = stem_size(a, a_size);
	b_stem = stem_size(b, b_size);
	if (a_stem == b_stem && a_stem < a_size && b_stem < b_size && !memcmp(a, b, a_stem))
		return QUOTH_ALIKE;
	a_size = coarsen(a, a_size, coarse_a);
	b_size = coarsen(b, b_size, coarse_b);
	return a_size == b_size && !memcmp(coarse_a, coarse_b, a_size) ? QUOTH_NEARLY_ALIKE : QUOTH_NOT_ALIKE;
}

/* The word of b that is most alike word i of a, and was not taken yet; the one in the same place before others. */
static enum quoth_likeness find_word(const struct quoth_spelling *a, unsigned i, const struct quoth_spelling *b,
				     uint32_t *taken, bool *is_reordered)
{
	enum quoth_likeness best = QUOTH_NOT_ALIKE;
	unsigned place = 0;
	size_t a_size, b_size;
	const char *word = quoth_spelling_word(a, i, &a_size);

	for (unsigned n = 0; n < b->n_words && best != QUOTH_ALIKE; n++) {
		unsigned k = (i + n) % b->n_words;
		const char *other = quoth_spelling_word(b, k, &b_size);
		enum quoth_likeness likeness = *taken >> k & 1 ? QUOTH_NOT_ALIKE : compare_words(word, a_size, other, b_size);

		if (likeness > best) {
			best = likeness;
			place = k;
		}
	}
	*taken |= 1u << place;
	*is_reordered |= place != i;
	return best;
}

static enum quoth_likeness compare_spellings(const struct quoth_spelling *a, const struct quoth_spelling *b,
					     bool *is_reordered)
{
	enum quoth_likeness likeness = QUOTH_ALIKE;
	uint32_t taken = 0;

	*is_reordered = false;
	if (a->n_words != b->n_words || !a->n_words)
		return QUOTH_NOT_ALIKE;
	for (unsigned i = 0; i < a->n_words && likeness != QUOTH_NOT_ALIKE; i++) {
		enum quoth_likeness word = find_word(a, i, b, &taken, is_reordered);

		likeness = word < likeness ? word : likeness;
	}
	return likeness;
}

enum quoth_likeness quoth_names_compare(const char *a, size_t a_size, const char *b, size_t b_size, bool *is_reordered)
{
	struct quoth_spelling one, other;
	enum quoth_likeness plain, spelled;
	bool is_reordered_spelled;

	quoth_spelling_read(&one, a, a_size, false);
	quoth_spelling_read(&other, b, b_size, false);
	plain = compare_spellings(&one, &other, is_reordered);
	if (plain != QUOTH_NEARLY_ALIKE)
		return plain;
	quoth_spelling_read(&one, a, a_size, true);
	quoth_spelling_read(&other, b, b_size, true);
	spelled = compare_spellings(&one, &other, &is_reordered_spelled);
	if (spelled <= plain)
		return plain;
	*is_reordered = is_reordered_spelled;
	return spelled;
}
