#include "stages/lexicon.h"

#include "stages/document.h"
#include "stages/lexicon_lists.h"

#include <stdlib.h>
#include <string.h>

/* Forms with "~" in a phrase match by lemma: their key is the lemma's hash, altered so that no plain form has it but by
 * the chance that any two hashes have. */
#define LEMMA_KEY 0x9e3779b9u

enum {
	MAX_LEXEMES = UINT16_MAX,
	FIRST_SLOTS = 1 << 16,
	MAX_PHRASE_WORDS = 12,
	FILTER_BITS = 1 << 14,
};

/* Open addressing with linear probing; index 0 is free. A table at most half full answers from one cache line. */
struct slot {
	uint32_t form;
	uint16_t index;
};

struct phrase {
	struct quoth_lexeme lexeme;
	uint32_t words[MAX_PHRASE_WORDS];	/* keys; words[0] sorts; the gap is not among them */
	uint32_t order;				/* of coming, to make the sort stable */
	uint8_t n_words;
};

/* The first phrases that begin with a lexeme, by its form and by its lemma; n_phrases where none does. */
struct beginnings {
	uint32_t by_form, by_lemma;
};

struct quoth_lexicon {
	struct quoth_lexeme *lexemes;
	uint32_t n_lexemes, lexemes_size;
	struct slot *slots;
	uint32_t n_slots;			/* a power of two */
	struct phrase *phrases;			/* sorted by words[0], longest first */
	uint32_t n_phrases, phrases_size;
	struct beginnings *beginnings;		/* one a lexeme */
};

/* Multiplicative mixing: FNV's low bits alone would do, its high ones come out for nothing. */
static uint32_t first_slot(uint32_t form, uint32_t n_slots)
{
	return (form ^ form >> 16) & (n_slots - 1);
}

static struct slot *find_slot(const struct quoth_lexicon *lexicon, uint32_t form)
{
	uint32_t i = first_slot(form, lexicon->n_slots);

	while (lexicon->slots[i].index && lexicon->slots[i].form != form)
		i = (i + 1) & (lexicon->n_slots - 1);
	return &lexicon->slots[i];
}

static int grow_slots(struct quoth_lexicon *lexicon)
{
	struct slot *old = lexicon->slots;
	uint32_t n_old = lexicon->n_slots;

	lexicon->n_slots = n_old ? 2 * n_old : FIRST_SLOTS;
	lexicon->slots = calloc(lexicon->n_slots, sizeof *lexicon->slots);
	if (!lexicon->slots) {
		lexicon->slots = old;
		lexicon->n_slots = n_old;
		return QUOTH_NO_MEMORY;
	}
	for (uint32_t i = 0; i < n_old; i++)
		if (old[i].index)
			*find_slot(lexicon, old[i].form) = old[i];
	free(old);
	return 0;
}

/* Room for one more entry of an array that doubles. */
static int grow_array(void **array, uint32_t *size, uint32_t n, size_t entry)
{
	uint32_t larger = *size ? 2 * *size : 4096;
	void *grown;

	if (n < *size)
		return 0;
	grown = realloc(*array, larger * entry);
	if (!grown)
		return QUOTH_NO_MEMORY;
	*array = grown;
	*size = larger;
	return 0;
}

/* What a list says of a form, or-ed into what others said: the first to give a value keeps it. */
static void merge(struct quoth_lexeme *into, const struct quoth_lexeme *from)
{
	into->flags |= from->flags;
	into->sets |= from->sets;
	if (!into->tags)
		into->tag = from->tag;
	into->tags |= from->tags;
	if (into->lemma == into->form && from->lemma)
		into->lemma = from->lemma;
	if (!into->synonym)
		into->synonym = from->synonym;
	if (!into->cue_class)
		into->cue_class = from->cue_class;
	if (!into->gender)
		into->gender = from->gender;
	if (!into->forename_gender)
		into->forename_gender = from->forename_gender;
	if (!into->number)
		into->number = from->number;
	if (!into->body)
		into->body = from->body;
	if (!into->person)
		into->person = from->person;
	if (!into->stance) {
		into->stance = from->stance;
		into->negated_stance = from->negated_stance;
		into->infinitive_stance = from->infinitive_stance;
	}
	into->frame |= from->frame;
}

/* A form that no list has spoken of before. */
static int add_lexeme(struct quoth_lexicon *lexicon, struct slot *slot, uint32_t form, const struct quoth_lexeme *entry)
{
	struct quoth_lexeme *lexeme;

	if (lexicon->n_lexemes >= MAX_LEXEMES)
		return QUOTH_TOO_LARGE;
	if (2 * (lexicon->n_lexemes + 1) > lexicon->n_slots) {
		if (grow_slots(lexicon))
			return QUOTH_NO_MEMORY;
		slot = find_slot(lexicon, form);
	}
	if (grow_array((void **)&lexicon->lexemes, &lexicon->lexemes_size, lexicon->n_lexemes, sizeof *lexicon->lexemes))
		return QUOTH_NO_MEMORY;
	slot->form = form;
	slot->index = (uint16_t)lexicon->n_lexemes;
	lexeme = &lexicon->lexemes[lexicon->n_lexemes++];
	*lexeme = *entry;
	lexeme->form = form;
	if (!lexeme->lemma)
		lexeme->lemma = form;
	return 0;
}

int quoth_lexicon_enter(struct quoth_lexicon *lexicon, uint32_t form, const struct quoth_lexeme *entry)
{
	struct slot *slot = find_slot(lexicon, form);

	if (!slot->index)
		return add_lexeme(lexicon, slot, form, entry);
	merge(&lexicon->lexemes[slot->index], entry);
	return 0;
}

/* Parts "point~ out" or "as * put it" into keys. */
static int split_phrase(struct phrase *phrase, const char *text, size_t length)
{
	bool has_gap = false;

	for (size_t begin = 0, end; begin < length; begin = end + 1) {
		for (end = begin; end < length && text[end] != ' '; end++)
			;
		if (end == begin)
			return QUOTH_BAD_MODEL;
		if (end - begin == 1 && text[begin] == '*') {
			if (has_gap || !phrase->n_words)
				return QUOTH_BAD_MODEL;
			has_gap = true;
			phrase->lexeme.gap_after = phrase->n_words;
			continue;
		}
		if (phrase->n_words == MAX_PHRASE_WORDS)
			return QUOTH_BAD_MODEL;
		phrase->words[phrase->n_words++] = text[end - 1] == '~' ?
			quoth_form_hash(text + begin, end - begin - 1) ^ LEMMA_KEY :
			quoth_form_hash(text + begin, end - begin);
		phrase->lexeme.gap_before += has_gap;
	}
	return phrase->n_words && has_gap == !!phrase->lexeme.gap_before ? 0 : QUOTH_BAD_MODEL;
}

int quoth_lexicon_enter_phrase(struct quoth_lexicon *lexicon, const char *text, size_t length,
			       const struct quoth_lexeme *lexeme)
{
	struct phrase phrase = {.lexeme = *lexeme, .order = lexicon->n_phrases};

	if (split_phrase(&phrase, text, length))
		return QUOTH_BAD_MODEL;
	if (grow_array((void **)&lexicon->phrases, &lexicon->phrases_size, lexicon->n_phrases,
		       sizeof *lexicon->phrases))
		return QUOTH_NO_MEMORY;
	phrase.lexeme.form = quoth_form_hash(text, length);
	phrase.lexeme.lemma = phrase.lexeme.form;
	lexicon->phrases[lexicon->n_phrases++] = phrase;
	/* A first word with "~" gets its flag in the end, when all forms of the lemma are known. */
	return text[strcspn(text, " ~\t")] == '~' ? 0 : quoth_lexicon_enter(lexicon, phrase.words[0], &(struct quoth_lexeme){0});
}

static int compare_phrases(const void *a, const void *b)
{
	const struct phrase *p = a, *q = b;

	if (p->words[0] != q->words[0])
		return p->words[0] < q->words[0] ? -1 : 1;
	if (p->n_words != q->n_words)
		return p->n_words > q->n_words ? -1 : 1;
	if (memcmp(p->words, q->words, sizeof p->words) != 0)
		return memcmp(p->words, q->words, sizeof p->words);
	return p->order < q->order ? -1 : 1;
}

/* The first phrase whose first key is at least `key`. */
static uint32_t find_phrases(const struct quoth_lexicon *lexicon, uint32_t key)
{
	uint32_t low = 0, high = lexicon->n_phrases;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (lexicon->phrases[middle].words[0] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool are_same_phrase(const struct phrase *a, const struct phrase *b)
{
	return a->lexeme.gap_after == b->lexeme.gap_after && memcmp(a->words, b->words, sizeof a->words) == 0;
}

/* Sorts the phrases; those of several lists become one. */
static void sort_phrases(struct quoth_lexicon *lexicon)
{
	uint32_t n = 0;

	if (lexicon->n_phrases)
		qsort(lexicon->phrases, lexicon->n_phrases, sizeof *lexicon->phrases, compare_phrases);
	for (uint32_t i = 0; i < lexicon->n_phrases; i++) {
		if (n && are_same_phrase(&lexicon->phrases[n - 1], &lexicon->phrases[i]))
			merge(&lexicon->phrases[n - 1].lexeme, &lexicon->phrases[i].lexeme);
		else
			lexicon->phrases[n++] = lexicon->phrases[i];
	}
	lexicon->n_phrases = n;
}

/* The first phrase with that key, n_phrases if there is none. */
static uint32_t find_beginning(const struct quoth_lexicon *lexicon, const uint64_t *filter, uint32_t key)
{
	uint32_t bit = key % FILTER_BITS, i;

	if (!(filter[bit / 64] >> bit % 64 & 1))
		return lexicon->n_phrases;
	i = find_phrases(lexicon, key);
	return i < lexicon->n_phrases && lexicon->phrases[i].words[0] == key ? i : lexicon->n_phrases;
}

/* Finds which phrases each form begins. A bit filter spares most forms the search. */
static int mark_starts(struct quoth_lexicon *lexicon)
{
	uint64_t filter[FILTER_BITS / 64] = {0};

	lexicon->beginnings = malloc(lexicon->n_lexemes * sizeof *lexicon->beginnings);
	if (!lexicon->beginnings)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < lexicon->n_phrases; i++) {
		uint32_t bit = lexicon->phrases[i].words[0] % FILTER_BITS;

		filter[bit / 64] |= (uint64_t)1 << bit % 64;
	}
	lexicon->beginnings[0] = (struct beginnings){lexicon->n_phrases, lexicon->n_phrases};
	for (uint32_t i = 1; i < lexicon->n_lexemes; i++) {
		struct quoth_lexeme *lexeme = &lexicon->lexemes[i];
		struct beginnings *beginnings = &lexicon->beginnings[i];

		beginnings->by_form = find_beginning(lexicon, filter, lexeme->form);
		beginnings->by_lemma = find_beginning(lexicon, filter, lexeme->lemma ^ LEMMA_KEY);
		if (beginnings->by_form < lexicon->n_phrases || beginnings->by_lemma < lexicon->n_phrases)
			lexeme->flags |= QUOTH_LEX_PHRASE_START;
	}
	return 0;
}

int quoth_lexicon_open(struct quoth_lexicon **opened, struct quoth_report *report)
{
	struct quoth_lexicon *lexicon = calloc(1, sizeof *lexicon);
	struct quoth_lexeme *none;
	int error = QUOTH_NO_MEMORY;

	*opened = NULL;
	if (lexicon && !grow_slots(lexicon) &&
	    !grow_array((void **)&lexicon->lexemes, &lexicon->lexemes_size, 0, sizeof *lexicon->lexemes)) {
		none = &lexicon->lexemes[lexicon->n_lexemes++];
		*none = (struct quoth_lexeme){0};
		error = quoth_lexicon_read_lists(lexicon, report);
	}
	if (!error) {
		sort_phrases(lexicon);
		error = mark_starts(lexicon);
	}
	if (error) {
		quoth_lexicon_close(lexicon);
		return error == QUOTH_NO_MEMORY ? quoth_report_set(report, error, "lexicon", "out of memory") : error;
	}
	*opened = lexicon;
	return 0;
}

void quoth_lexicon_close(struct quoth_lexicon *lexicon)
{
	if (!lexicon)
		return;
	free(lexicon->lexemes);
	free(lexicon->slots);
	free(lexicon->phrases);
	free(lexicon->beginnings);
	free(lexicon);
}

uint16_t quoth_lexicon_find(const struct quoth_lexicon *lexicon, uint32_t form)
{
	return find_slot(lexicon, form)->index;
}

const struct quoth_lexeme *quoth_lexeme_at(const struct quoth_lexicon *lexicon, uint16_t index)
{
	return &lexicon->lexemes[index];
}

/* Whether the form is the word with that key, itself or by its lemma. */
static bool matches(const struct quoth_lexicon *lexicon, uint32_t form, uint32_t key)
{
	return form == key || (lexicon->lexemes[quoth_lexicon_find(lexicon, form)].lemma ^ LEMMA_KEY) == key;
}

static bool match_words(const struct quoth_lexicon *lexicon, const uint32_t *forms, const uint32_t *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!matches(lexicon, forms[i], keys[i]))
			return false;
	return true;
}

/* How many of n forms a phrase takes, 0 if it does not match; that the first word does is known. A gap is as short as it
 * can be. */
static size_t match_phrase(const struct quoth_lexicon *lexicon, const struct phrase *phrase, const uint32_t *forms,
			   size_t n)
{
	size_t n_first = phrase->lexeme.gap_after ? phrase->lexeme.gap_after : phrase->n_words;
	size_t n_last = phrase->n_words - n_first;

	if (phrase->n_words > n || !match_words(lexicon, forms + 1, phrase->words + 1, n_first - 1))
		return 0;
	if (!n_last)
		return n_first;
	for (size_t gap = 1; gap <= QUOTH_MAX_PHRASE_GAP && n_first + gap + n_last <= n; gap++)
		if (match_words(lexicon, forms + n_first + gap, phrase->words + n_first, n_last))
			return n_first + gap + n_last;
	return 0;
}

/* Looks at the phrases of one key, the first of which is `first`. */
static void match_key(const struct quoth_lexicon *lexicon, uint32_t first, const uint32_t *forms, size_t n,
		      size_t *longest, const struct quoth_lexeme **phrase)
{
	for (uint32_t i = first; i < lexicon->n_phrases && lexicon->phrases[i].words[0] == lexicon->phrases[first].words[0]; i++) {
		size_t taken = match_phrase(lexicon, &lexicon->phrases[i], forms, n);

		if (taken > *longest) {
			*longest = taken;
			*phrase = &lexicon->phrases[i].lexeme;
		}
	}
}

size_t quoth_lexicon_phrase(const struct quoth_lexicon *lexicon, const uint32_t *forms, size_t n,
			    const struct quoth_lexeme **phrase)
{
	uint16_t first = n ? quoth_lexicon_find(lexicon, forms[0]) : 0;
	size_t longest = 0;

	*phrase = &lexicon->lexemes[0];
	if (!(lexicon->lexemes[first].flags & QUOTH_LEX_PHRASE_START))
		return 0;
	match_key(lexicon, lexicon->beginnings[first].by_form, forms, n, &longest, phrase);
	match_key(lexicon, lexicon->beginnings[first].by_lemma, forms, n, &longest, phrase);
	return longest;
}
