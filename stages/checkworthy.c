#include "stages/checkworthy.h"

#include "stages/features.h"

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

enum { MAX_WORDS = 100, N_ANY = 3, MIN_SEEN = 512 };

#define NO_WEIGHT UINT32_MAX

/* A word of the sentence; marks are left out. */
struct word {
	uint32_t word, lemma;
	uint16_t cluster, prefix10;
	uint8_t tag, cue_class, person, name;
	bool is_number;		/* in digits or in words */
};

struct sentence {
	struct word words[MAX_WORDS + N_ANY];
	uint32_t n;
	bool is_question;
};

static const struct word no_word = {.word = QUOTH_STANDS_FOR_NOTHING, .lemma = QUOTH_STANDS_FOR_NOTHING, .tag = QUOTH_N_TAGS};

/* Beside the stand-ins for words. */
enum { STANDS_FOR_YEAR = 0x100 };

static bool is_year(const struct quoth_document *doc, uint32_t i)
{
	const char *text = quoth_token_text(doc, i);

	return doc->tokens[i].length == 4 && (memcmp(text, "19", 2) == 0 || memcmp(text, "20", 2) == 0) &&
	       !memchr(text, '.', 4) && !memchr(text, ',', 4);
}

static void add_word(struct sentence *sentence, const struct quoth_syntax *syntax, uint32_t i)
{
	const struct quoth_token *token = syntax->doc->tokens + i;
	const struct quoth_syntax_token *entry = syntax->tokens + i;
	const struct quoth_lexeme *lexeme;
	struct word *word = sentence->words + sentence->n++;

	*word = (struct word){
		.word = entry->word, .lemma = entry->word, .cluster = entry->cluster, .prefix10 = entry->prefix10,
		.tag = token->tag, .name = token->name,
		.is_number = token->kind == QUOTH_NUMBER || token->tag == QUOTH_TAG_CD,
	};
	if (token->kind == QUOTH_NUMBER && is_year(syntax->doc, i))
		word->word = STANDS_FOR_YEAR;
	if (entry->word != token->form || !token->lexeme)
		return;
	lexeme = quoth_lexeme_at(syntax->lexicon, token->lexeme);
	word->lemma = lexeme->lemma;
	word->cue_class = lexeme->cue_class;
	word->person = lexeme->person;
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
	for (unsigned k = 0; k < N_ANY; k++)
		sentence->words[sentence->n + k] = no_word;
}

static void add_words(struct quoth_features *f, const struct sentence *sentence)
{
	const struct word *before = &no_word;

	for (const struct word *w = sentence->words; w < sentence->words + sentence->n; before = w++) {
		quoth_add1(f, 1, w->word);
		quoth_add2(f, 2, w->word, w[1].word);
		quoth_add1(f, 3, w->lemma);
		quoth_add1(f, 4, w->cluster);
		quoth_add2(f, 5, w->cluster, w->tag);
		quoth_add1(f, 6, w->prefix10);
		quoth_add1(f, 8, w->tag);
		quoth_add2(f, 9, w->tag, w[1].tag);
		quoth_add2(f, 12, w->tag, w[1].word);
		quoth_add2(f, 13, w->prefix10, w[1].prefix10);
		if (w->cue_class)
			quoth_add3(f, 14, w->cue_class, w->tag, before->word);
		if (w->is_number)
			quoth_add2(f, 15, before->prefix10, w[1].prefix10);
		if (w->name)
			quoth_add2(f, 16, w->name, w[1].tag);
	}
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

static void count_word(struct traits *traits, const struct word *word)
{
	static const uint64_t compared = QUOTH_TAG_BIT(JJR) | QUOTH_TAG_BIT(JJS) | QUOTH_TAG_BIT(RBR) | QUOTH_TAG_BIT(RBS);

	traits->n_numbers += word->is_number;
	traits->n_names += word->name != QUOTH_NOT_A_NAME;
	traits->n_compared += compared >> word->tag & 1;
	traits->persons |= 1u << word->person;
	if (!traits->first_person && !traits->first_verb)
		traits->first_person = word->person;
	if (!quoth_tag_is_verb(word->tag) && word->tag != QUOTH_TAG_MD)
		return;
	traits->verbs |= word->tag == QUOTH_TAG_MD ? 1 : 2u << (word->tag - QUOTH_TAG_VB);
	if (!traits->first_verb)
		traits->first_verb = word->tag;
}

static void add_whole(struct quoth_features *f, const struct sentence *sentence)
{
	struct traits traits = {0};
	const struct word *w = sentence->words;
	uint32_t length = step_of(sentence->n), finite, n_numbers;

	for (uint32_t i = 0; i < sentence->n; i++)
		count_word(&traits, w + i);
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
	quoth_add1(f, 48, sentence->is_question);
	quoth_add2(f, 49, n_numbers, finite);
	quoth_add2(f, 50, n_numbers, length);
	quoth_add2(f, 51, n_numbers, least(traits.n_names, 4));
	quoth_add2(f, 52, n_numbers, least(traits.n_compared, 2));
	quoth_add1(f, 53, w[0].word);
	quoth_add2(f, 54, w[0].word, w[1].word);
	quoth_add2(f, 55, w[0].tag, w[1].tag);
	quoth_add3(f, 56, w[0].tag, w[1].tag, w[2].tag);
}

QUOTH_WRITES_FEATURES
static size_t write_features(const struct quoth_syntax *syntax, const struct quoth_range *parts, unsigned n_parts,
			     struct quoth_checkworthy_room *room)
{
	struct quoth_features f = quoth_features_begin(room->features, QUOTH_N_CHECKWORTHY_FEATURES, false);
	struct sentence sentence;

	read_words(syntax, parts, n_parts, &sentence);
	add_whole(&f, &sentence);
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
	size_t n = write_features(syntax, parts, n_parts, room), mask = begin_seeing(room, n), n_left = 0;

	for (size_t i = 0; i < n; i++)
		if (see(room->seen, mask, weight_of(room->features[i])))
			room->features[n_left++] = room->features[i];
	return n_left;
}

/* The sum of the weights of quoth_checkworthy_features, without a list of them. */
static float score_sentence(const struct quoth_checkworthy_model *model, const struct quoth_syntax *syntax,
			    const struct quoth_range *parts, unsigned n_parts, struct quoth_checkworthy_room *room)
{
	size_t n = write_features(syntax, parts, n_parts, room), mask = begin_seeing(room, n);
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
