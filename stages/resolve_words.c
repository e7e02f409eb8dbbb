#include "stages/resolve_words.h"

#include "stages/letters.h"

#include <string.h>
#include <utf8proc.h>

enum { FOLDED_BYTES = 48 };	/* of a word that are compared */

/* ---- words as keys ---- */

struct folded {
	char bytes[FOLDED_BYTES + 8];
	size_t n;
	uint32_t last;		/* the last character, to drop doubles */
};

static void put_letter(struct folded *folded, uint32_t c)
{
	if (c >= 'A' && c <= 'Z')
		c |= 0x20;
	c = c == 'y' ? 'i' : quoth_plain_letter(c);
	if (c == folded->last || c == '.' || c == '\'' || c == 0x2019 || c == 0x2bc)
		return;
	folded->last = c;
	folded->n += (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)folded->bytes + folded->n);
}

static void put_characters(struct folded *folded, const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && folded->n < FOLDED_BYTES) {
		utf8proc_int32_t c, parts[8];
		utf8proc_ssize_t n_parts;
		int boundary = 0;

		if ((unsigned char)text[i] < 0x80) {
			put_letter(folded, (unsigned char)text[i++]);
			continue;
		}
		n_parts = utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(length - i), &c);
		if (n_parts <= 0)
			break;
		i += (size_t)n_parts;
		n_parts = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
						  UTF8PROC_CASEFOLD, &boundary);
		for (utf8proc_ssize_t k = 0; k < n_parts && k < 8 && folded->n < FOLDED_BYTES; k++)
			put_letter(folded, (uint32_t)parts[k]);
	}
}

/* Folds a word, the Arabic article before it and a possessive ending after it out. */
static void fold_word(struct folded *folded, const char *text, size_t length)
{
	if (length > 4 && text[2] == '-' &&
	    (((text[0] | 0x20) == 'a' || (text[0] | 0x20) == 'e') && (text[1] | 0x20) == 'l')) {
		text += 3;
		length -= 3;
	}
	if (length > 2 && (text[length - 1] | 0x20) == 's' && text[length - 2] == '\'')
		length -= 2;
	else if (length > 4 && (text[length - 1] | 0x20) == 's' && memcmp(text + length - 4, "\xe2\x80\x99", 3) == 0)
		length -= 4;
	folded->n = 0;
	folded->last = 0;
	put_characters(folded, text, length);
}

static uint8_t read_generation(const struct quoth_discourse *discourse, uint32_t token)
{
	return (uint8_t)((quoth_token_lexeme(discourse, token)->sets & QUOTH_SET_GENERATION) / QUOTH_SET_JUNIOR);
}

/* Letters of "NATO" and "E.P.A.", in one case. */
static void read_acronym(const char *text, size_t length, struct quoth_name *name)
{
	char letters[8];
	size_t n = 0;

	for (size_t i = 0; i < length && n < sizeof letters; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			letters[n++] = (char)(text[i] | 0x20);
		else if (text[i] != '.')
			return;
	if (n < 2 || n >= sizeof letters)
		return;
	name->is_upper = true;
	name->acronym = quoth_form_hash(letters, n);
	name->n_acronym = (uint8_t)n;
}

static void read_initials_of(struct quoth_name *name)
{
	name->acronym = quoth_form_hash((const char *)name->initials, name->n);
	name->n_acronym = name->n;
}

void quoth_name_read(const struct quoth_discourse *discourse, struct quoth_range tokens, struct quoth_name *name)
{
	const struct quoth_document *doc = discourse->doc;
	struct folded folded;

	memset(name, 0, sizeof *name);
	for (uint32_t i = tokens.begin; i < tokens.end && doc->tokens[i].mark != QUOTH_OPEN_BRACKET; i++) {
		const struct quoth_token *token = &doc->tokens[i];
		const char *text = quoth_token_text(doc, i);
		uint8_t generation;

		if ((token->kind != QUOTH_WORD && token->kind != QUOTH_NUMBER) || token->tag == QUOTH_TAG_POS)
			continue;
		generation = i > tokens.begin ? read_generation(discourse, i) : 0;
		if (generation) {
			name->generation = generation;
			continue;
		}
		if ((i + 1 < tokens.end && quoth_token_is_in(discourse, i, QUOTH_SET_FILLER)) ||
		    (name->n && quoth_token_lexeme(discourse, i)->flags & QUOTH_LEX_CORPORATE))
			continue;
		fold_word(&folded, text, token->length);
		if (!folded.n)
			continue;
		/* The last word counts most: an overlong name keeps its beginning and its end. */
		if (name->n == NAME_WORDS)
			name->n--;
		if (!name->n) {
			name->first_as_written = quoth_word_key(discourse, i);
			name->has_forename = quoth_token_lexeme(discourse, i)->flags & QUOTH_LEX_FORENAME;
		}
		name->words[name->n] = quoth_form_hash(folded.bytes, folded.n);
		name->initials[name->n] = (uint8_t)folded.bytes[0];
		name->is_initial[name->n] = token->length == 1 || (token->length == 2 && text[1] == '.');
		name->n++;
		if (name->n == 1)
			read_acronym(text, token->length, name);
	}
	if (name->n > 1) {
		name->is_upper = false;
		read_initials_of(name);
	}
}

/* ---- agreement ---- */

static bool words_equal(const struct quoth_name *a, unsigned i, const struct quoth_name *b, unsigned k)
{
	if (a->is_initial[i] || b->is_initial[k])
		return a->initials[i] == b->initials[k];
	return a->words[i] == b->words[k];
}

/* Whether the last words of the longer name are all of the shorter one. */
static bool ends_in(const struct quoth_name *longer, const struct quoth_name *shorter)
{
	for (unsigned i = 0; i < shorter->n; i++)
		if (longer->words[longer->n - shorter->n + i] != shorter->words[i])
			return false;
	return true;
}

static bool first_names_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	if (words_equal(a, 0, b, 0) || a->first_as_written == b->first_as_written)
		return true;
	/* "J. Edgar Hoover" is "Edgar Hoover". */
	return (a->n > 2 && a->is_initial[0] && words_equal(a, 1, b, 0)) ||
	       (b->n > 2 && b->is_initial[0] && words_equal(b, 1, a, 0));
}

static bool middle_names_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	return a->n != 3 || b->n != 3 || words_equal(a, 1, b, 1) || a->words[2] != b->words[2];
}

bool quoth_persons_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	const struct quoth_name *longer = a->n >= b->n ? a : b, *shorter = longer == a ? b : a;

	if (!shorter->n || (a->generation && b->generation && a->generation != b->generation))
		return false;
	if (ends_in(longer, shorter))
		return true;
	if (shorter->n < 2)
		return shorter->words[0] == longer->words[0];
	/* "Gabriel Garcia" in "Gabriel Garcia Marquez"; a middle name is no surname where the last words differ. */
	if (a->words[a->n - 1] != b->words[b->n - 1])
		return longer->n == 3 && shorter->n == 2 && !longer->is_initial[1] &&
		       longer->words[0] == shorter->words[0] && longer->words[1] == shorter->words[1];
	return first_names_agree(a, b) && middle_names_agree(a, b);
}

bool quoth_things_agree(const struct quoth_name *a, const struct quoth_name *b)
{
	const struct quoth_name *longer = a->n >= b->n ? a : b, *shorter = longer == a ? b : a;

	if (!shorter->n)
		return false;
	if (ends_in(longer, shorter))
		return true;
	return longer->n > 1 && shorter->n == 1 && shorter->is_upper && shorter->acronym == longer->acronym;
}

uint32_t quoth_name_hash(const struct quoth_name *name)
{
	uint32_t hash = 0x811c9dc5u;

	for (unsigned i = 0; i < name->n; i++)
		hash = (hash ^ name->words[i]) * 0x01000193u;
	return hash;
}
