#include "stages/checkworthy.h"

#include "stages/features.h"
#include "stages/machines.h"

#include <math.h>
#include <string.h>

bool quoth_checkworthy_model_find(const struct quoth_model *model, struct quoth_checkworthy_model *found)
{
	const struct quoth_table *calibration = quoth_model_find(model, "checkworthy.calibration");

	if (!calibration || calibration->size != sizeof *found->calibration ||
	    !quoth_model_weights(model, "checkworthy", 1, &found->weights) ||
	    found->weights.shift != 32 - QUOTH_CHECKWORTHY_BITS || found->weights.cell_bytes != 1)
		return false;
	found->calibration = calibration->bytes;
	return found->calibration->n_knots <= QUOTH_N_KNOTS;
}

enum {
	MAX_WORDS = 100,
	BLOCK = 8,		/* words that are hashed together */
	MIN_SEEN = 512,		/* slots of the table of weights seen, at least */
};

#define NO_WEIGHT UINT32_MAX

/* What there is about each word, in columns, so that compilers make vectors of them. */
enum column { WORD, LEMMA, CLUSTER, PREFIX10, TAG, NOTHING, N_COLUMNS };

/* The words of a sentence, without marks; a block behind the last one stands for nothing. */
struct sentence {
	uint32_t columns[N_COLUMNS][MAX_WORDS + BLOCK];
	uint8_t cue_class[MAX_WORDS], person[MAX_WORDS], name[MAX_WORDS];
	bool is_number[MAX_WORDS];	/* in digits or in words */
	uint32_t n;
	bool is_question;
};

static const uint32_t beyond[N_COLUMNS] = {
	[WORD] = QUOTH_STANDS_FOR_NOTHING, [LEMMA] = QUOTH_STANDS_FOR_NOTHING, [TAG] = QUOTH_N_TAGS};

/* Beside the stand-ins for words. */
enum { STANDS_FOR_YEAR = 0x100 };

static bool is_year(const struct quoth_document *doc, uint32_t i)
{
	const char *text = quoth_token_text(doc, i);

	return doc->tokens[i].length == 4 && (memcmp(text, "19", 2) == 0 || memcmp(text, "20", 2) == 0) &&
	       !memchr(text, '.', 4) && !memchr(text, ',', 4);
}

static void add_word(struct sentence *s, const struct quoth_syntax *syntax, uint32_t i)
{
	const struct quoth_token *token = syntax->doc->tokens + i;
	const struct quoth_syntax_token *entry = syntax->tokens + i;
	bool is_listed = entry->word == token->form && token->lexeme;
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(syntax->lexicon, is_listed ? token->lexeme : 0);
	uint32_t n = s->n++;

	s->columns[WORD][n] = token->kind == QUOTH_NUMBER && is_year(syntax->doc, i) ? STANDS_FOR_YEAR : entry->word;
	s->columns[LEMMA][n] = is_listed ? lexeme->lemma : entry->word;
	s->columns[CLUSTER][n] = entry->cluster;
	s->columns[PREFIX10][n] = entry->prefix10;
	s->columns[TAG][n] = token->tag;
	s->columns[NOTHING][n] = 0;
	s->cue_class[n] = lexeme->cue_class;
	s->person[n] = lexeme->person;
	s->name[n] = token->name;
	s->is_number[n] = token->kind == QUOTH_NUMBER || token->tag == QUOTH_TAG_CD;
}

static void read_words(const struct quoth_syntax *syntax, const struct quoth_range *parts, unsigned n_parts,
		       struct sentence *sentence)
{
	const struct quoth_token *tokens = syntax->doc->tokens;
	uint32_t that = quoth_form_hash("that", 4);

	sentence->n = 0;
	sentence->is_question = false;
	for (unsigned k = 0; k < n_parts; k++)
		for (uint32_t i = parts[k].begin; i < parts[k].end && sentence->n < MAX_WORDS; i++) {
			sentence->is_question |= tokens[i].mark == QUOTH_QUESTION;
			if (tokens[i].mark != QUOTH_NO_MARK)
				continue;
			if (sentence->n == 0 && tokens[i].form == that && tokens[i].tag == QUOTH_TAG_IN)
				continue;	/* only reported speech begins so */
			add_word(sentence, syntax, i);
		}
	for (unsigned c = 0; c < N_COLUMNS; c++)
		for (uint32_t i = 0; i < BLOCK; i++)
			sentence->columns[c][sentence->n + i] = beyond[c];
}

/* The templates that every word has: a value of its own, and one of its own or of the word behind it. */
static const struct {
	uint8_t kind, a, b, is_behind;
} templates[] = {
	{1, WORD, NOTHING, 0}, {2, WORD, WORD, 1}, {3, LEMMA, NOTHING, 0}, {4, CLUSTER, NOTHING, 0}, {5, CLUSTER, TAG, 0},
	{6, PREFIX10, NOTHING, 0}, {8, TAG, NOTHING, 0}, {9, TAG, TAG, 1}, {12, TAG, WORD, 1}, {13, PREFIX10, PREFIX10, 1},
};

enum { N_TEMPLATES = sizeof templates / sizeof *templates };

/* Those that few words have. */
static void add_rare(struct quoth_features *f, const struct sentence *s, uint32_t i)
{
	if (s->cue_class[i])
		quoth_add3(f, 14, s->cue_class[i], s->columns[TAG][i], i > 0 ? s->columns[WORD][i - 1] : beyond[WORD]);
	if (s->is_number[i])
		quoth_add2(f, 15, i > 0 ? s->columns[PREFIX10][i - 1] : beyond[PREFIX10], s->columns[PREFIX10][i + 1]);
	if (s->name[i])
		quoth_add2(f, 16, s->name[i], s->columns[TAG][i + 1]);
}

/* One template, over blocks of words. */
static inline __attribute__((always_inline)) void add_each(struct quoth_features *f, uint32_t kind, const uint32_t *restrict a,
							   const uint32_t *restrict b, uint32_t n)
{
	uint32_t *restrict to = f->next;

	if ((size_t)(f->end - to) < n + BLOCK)
		return;
	for (uint32_t i = 0; i < n; i += BLOCK)
		for (uint32_t k = 0; k < BLOCK; k++)
			to[i + k] = quoth_hash2(kind, a[i + k], b[i + k]);
	f->next += n;
}

static void list_words(struct quoth_features *f, const struct sentence *s)
{
	for (uint32_t i = 0; i < s->n; i++) {
		for (unsigned t = 0; t < N_TEMPLATES; t++)
			quoth_add2(f, templates[t].kind, s->columns[templates[t].a][i],
				   s->columns[templates[t].b][i + templates[t].is_behind]);
		add_rare(f, s, i);
	}
}

/* The same template by template, over blocks of words: quicker where only their sum is asked for. */
QUOTH_FOR_EACH_MACHINE
static void add_words(struct quoth_features *f, const struct sentence *s)
{
	for (unsigned t = 0; t < N_TEMPLATES; t++)
		add_each(f, templates[t].kind, s->columns[templates[t].a], s->columns[templates[t].b] + templates[t].is_behind, s->n);
	for (uint32_t i = 0; i < s->n; i++)
		add_rare(f, s, i);
}

static uint32_t step_of(uint32_t count)
{
	return count < 5 ? count : count < 8 ? 5 : count < 12 ? 6 : count < 17 ? 7 : count < 25 ? 8 : count < 40 ? 9 : 10;
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Of the forms of verbs, bit 0 is of modals. */
#define VERB_BIT(tag) (2u << (QUOTH_TAG_##tag - QUOTH_TAG_VB))

/* What the sentence is as a whole. */
struct traits {
	uint32_t n_numbers, n_names, n_compared;	/* comparatives and superlatives */
	uint32_t verbs;		/* bits of the forms that occur */
	uint32_t persons;	/* bits, of pronouns */
	uint32_t first_verb, first_person;	/* the person only of a pronoun before it */
};

static void count_word(struct traits *traits, const struct sentence *s, uint32_t i)
{
	static const uint64_t compared = QUOTH_TAG_BIT(JJR) | QUOTH_TAG_BIT(JJS) | QUOTH_TAG_BIT(RBR) | QUOTH_TAG_BIT(RBS);
	uint32_t tag = s->columns[TAG][i];

	traits->n_numbers += s->is_number[i];
	traits->n_names += s->name[i] != QUOTH_NOT_A_NAME;
	traits->n_compared += compared >> tag & 1;
	traits->persons |= 1u << s->person[i];
	if (!traits->first_person && !traits->first_verb)
		traits->first_person = s->person[i];
	if (!quoth_tag_is_verb(tag) && tag != QUOTH_TAG_MD)
		return;
	traits->verbs |= tag == QUOTH_TAG_MD ? 1 : 2u << (tag - QUOTH_TAG_VB);
	if (!traits->first_verb)
		traits->first_verb = tag;
}

static void add_whole(struct quoth_features *f, const struct sentence *s)
{
	struct traits traits = {0};
	uint32_t length = step_of(s->n), finite, n_numbers;

	for (uint32_t i = 0; i < s->n; i++)
		count_word(&traits, s, i);
	finite = traits.verbs & ~(VERB_BIT(VB) | VERB_BIT(VBG) | VERB_BIT(VBN));
	n_numbers = least(traits.n_numbers, 3);
	quoth_add1(f, 40, 0);
	quoth_add1(f, 41, length);
	quoth_add1(f, 42, n_numbers);
	quoth_add1(f, 43, least(traits.n_names, 4));
	quoth_add1(f, 44, least(traits.n_compared, 2));
	quoth_add1(f, 45, traits.verbs);
	quoth_add2(f, 46, traits.first_person, traits.first_verb);
	quoth_add1(f, 47, traits.persons);
	quoth_add1(f, 48, s->is_question);
	quoth_add2(f, 49, n_numbers, finite);
	quoth_add2(f, 50, n_numbers, length);
	quoth_add2(f, 51, n_numbers, least(traits.n_names, 4));
	quoth_add2(f, 52, n_numbers, least(traits.n_compared, 2));
	quoth_add1(f, 53, s->columns[WORD][0]);
	quoth_add2(f, 54, s->columns[WORD][0], s->columns[WORD][1]);
	quoth_add2(f, 55, s->columns[TAG][0], s->columns[TAG][1]);
	quoth_add3(f, 56, s->columns[TAG][0], s->columns[TAG][1], s->columns[TAG][2]);
}

/* All features; with what each word has word by word where `by_word`, as the trainer lists them. */
QUOTH_WRITES_FEATURES
static size_t write_features(const struct quoth_syntax *syntax, const struct quoth_range *parts, unsigned n_parts, bool by_word,
			     uint32_t *features)
{
	struct quoth_features f = quoth_features_begin(features, QUOTH_N_CHECKWORTHY_FEATURES, false);
	struct sentence sentence;

	read_words(syntax, parts, n_parts, &sentence);
	add_whole(&f, &sentence);
	if (by_word)
		list_words(&f, &sentence);
	else
		add_words(&f, &sentence);
	return quoth_features_count(&f);
}

/* ---- what is said twice does not count twice ---- */

static uint32_t weight_of(uint32_t feature)
{
	return feature >> (32 - QUOTH_CHECKWORTHY_BITS);
}

/* Empties the table of weights seen, for n features: at most three quarters full. The mask of its slots. */
static size_t begin_seeing(struct quoth_checkworthy_room *room, size_t n)
{
	size_t mask = MIN_SEEN - 1;

	while (3 * (mask + 1) < 4 * n)
		mask = 2 * mask + 1;
	memset(room->seen, (uint8_t)NO_WEIGHT, (mask + 1) * sizeof *room->seen);
	return mask;
}

/* Whether a weight was not seen before; then it is now. */
static inline bool see(uint32_t *seen, size_t mask, uint32_t weight)
{
	size_t at = weight & mask;

	for (; seen[at] != weight; at = (at + 1) & mask)
		if (seen[at] == NO_WEIGHT) {
			seen[at] = weight;
			return true;
		}
	return false;
}

size_t quoth_checkworthy_features(const struct quoth_syntax *syntax, const struct quoth_range *parts, unsigned n_parts,
				  struct quoth_checkworthy_room *room)
{
	size_t n = write_features(syntax, parts, n_parts, true, room->features), mask = begin_seeing(room, n), n_left = 0;

	for (size_t i = 0; i < n; i++)
		if (see(room->seen, mask, weight_of(room->features[i])))
			room->features[n_left++] = room->features[i];
	return n_left;
}

/* The sum of the weights of quoth_checkworthy_features, without a list of them. */
static float score_sentence(const struct quoth_checkworthy_model *model, const struct quoth_syntax *syntax,
			    const struct quoth_range *parts, unsigned n_parts, struct quoth_checkworthy_room *room)
{
	size_t n = write_features(syntax, parts, n_parts, false, room->features), mask = begin_seeing(room, n);
	const int8_t *weights = model->weights.rows;
	int32_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t weight = weight_of(room->features[i]);

		if (see(room->seen, mask, weight))
			sum += weights[weight];
	}
	return (float)sum * model->weights.scale;
}

/* What of a range lies in its first sentence. */
static struct quoth_range first_sentence(const struct quoth_syntax *syntax, struct quoth_range range)
{
	uint32_t end = syntax->doc->sentences[syntax->doc->tokens[range.begin].sentence].tokens.end;

	return (struct quoth_range){range.begin, range.end < end ? range.end : end};
}

float quoth_checkworthy_score(const struct quoth_checkworthy_model *model, const struct quoth_syntax *syntax,
			      const struct quoth_range *parts, unsigned n_parts, struct quoth_checkworthy_room *room)
{
	struct quoth_range pieces[QUOTH_MAX_PARTS];
	float best = -1e9f;
	uint32_t sentence = QUOTH_NONE;
	unsigned n = 0;

	for (unsigned k = 0; k < n_parts; k++)
		for (struct quoth_range rest = parts[k]; !quoth_range_is_empty(rest);) {
			struct quoth_range piece = first_sentence(syntax, rest);

			if (n > 0 && syntax->doc->tokens[piece.begin].sentence != sentence) {
				best = fmaxf(best, score_sentence(model, syntax, pieces, n, room));
				n = 0;
			}
			sentence = syntax->doc->tokens[piece.begin].sentence;
			pieces[n++] = piece;
			rest.begin = piece.end;
		}
	return n > 0 ? fmaxf(best, score_sentence(model, syntax, pieces, n, room)) : best;
}
