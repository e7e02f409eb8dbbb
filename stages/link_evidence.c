#include "stages/link_evidence.h"

#include "stages/form.h"
#include "stages/lexicon.h"

#include <string.h>

enum {
	MAX_FORMS = 64,			/* of a text or range that are read */
	COUNTED_WORDS = 3,		/* shared words beyond these count no more */
	COUNTED_ARTICLE_WORDS = 2,
};

/* ---- what is said of somebody ---- */

static bool has_word(const struct quoth_background *background, uint32_t word)
{
	for (unsigned i = 0; i < background->n_words; i++)
		if (background->words[i] == word)
			return true;
	return false;
}

static bool has_country(const struct quoth_background *background, unsigned country)
{
	return memchr(background->countries, (int)country, background->n_countries) != NULL;
}

/* The key of a word: that of all words with its meaning, else its lemma's; 0 for one that tells nothing. */
static uint32_t word_key(const struct quoth_resources *res, uint32_t form, struct quoth_occupation *work)
{
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(res->lexicon, quoth_lexicon_find(res->lexicon, form));
	uint32_t key = lexeme->synonym ? lexeme->synonym : lexeme->lemma ? lexeme->lemma : form;
	bool is_known = quoth_occupation_find(res->backgrounds, form, work) ||
			quoth_occupation_find(res->backgrounds, lexeme->lemma, work);

	if (is_known && !work->possible)
		return 0;
	if (!is_known && lexeme->synonym)
		quoth_occupation_find(res->backgrounds, lexeme->synonym, work);
	return lexeme->flags & QUOTH_LEX_NEVER_NAME && !work->possible ? 0 : key;
}

static void add_word(struct quoth_background *background, const struct quoth_resources *res, uint32_t form)
{
	struct quoth_occupation work;
	uint32_t key = word_key(res, form, &work);

	background->work.fields |= work.fields;
	background->work.possible |= work.possible;
	if (key && background->n_words < QUOTH_BACKGROUND_WORDS && !has_word(background, key))
		background->words[background->n_words++] = key;
}

static void add_forms(struct quoth_background *background, const struct quoth_resources *res, const uint32_t *forms, size_t n)
{
	size_t n_words;

	for (size_t i = 0; i < n; i += n_words) {
		unsigned country = quoth_country_find(res->backgrounds, forms + i, n - i, &n_words);

		if (!country) {
			n_words = 1;
			add_word(background, res, forms[i]);
		} else if (background->n_countries < QUOTH_BACKGROUND_COUNTRIES && !has_country(background, country)) {
			background->countries[background->n_countries++] = (uint8_t)country;
		}
	}
}

/* "us" is a country in capitals alone. */
static bool is_pronoun_us(const struct quoth_token *token, const char *text)
{
	return token->length == 2 && text[0] != 'U' && (text[1] == 's' || text[1] == 'S');
}

static bool is_word(const struct quoth_token *token, const char *text)
{
	return token->kind == QUOTH_WORD && token->tag != QUOTH_TAG_POS && !is_pronoun_us(token, text);
}

void quoth_background_add_tokens(struct quoth_background *background, const struct quoth_document *doc,
				 const struct quoth_resources *res, struct quoth_range tokens, struct quoth_range without)
{
	uint32_t forms[MAX_FORMS];
	size_t n = 0;

	for (uint32_t i = tokens.begin; i < tokens.end && n < MAX_FORMS; i++)
		if (is_word(&doc->tokens[i], quoth_token_text(doc, i)) && !quoth_range_holds(without, i))
			forms[n++] = doc->tokens[i].form;
	add_forms(background, res, forms, n);
}

static bool parts_words(char c)
{
	return memchr(" ,;:()[]/|\"", c, 11) != NULL;
}

static void add_text(struct quoth_background *background, const struct quoth_resources *res, struct quoth_field field)
{
	uint32_t forms[MAX_FORMS];
	size_t n = 0;

	for (size_t begin = 0, end; begin < field.size && n < MAX_FORMS; begin = end + 1) {
		struct quoth_form form;

		for (end = begin; end < field.size && !parts_words(field.text[end]); end++)
			;
		if (end == begin)
			continue;
		quoth_form_describe(field.text + begin, end - begin, &form);
		if (form.kind == QUOTH_WORD)
			forms[n++] = form.hash;
	}
	add_forms(background, res, forms, n);
}

void quoth_background_add_entry(struct quoth_background *background, const struct quoth_resources *res,
				const struct quoth_gazetteer_entry *entry)
{
	struct quoth_field countries = entry->fields[QUOTH_GAZETTEER_COUNTRY], country;

	while (quoth_field_next(&countries, &country))
		add_text(background, res, country);
	add_text(background, res, entry->fields[QUOTH_GAZETTEER_DESCRIPTION]);
}

static int at_most(int n, int most)
{
	return n < most ? n : most;
}

struct quoth_evidence quoth_background_compare(const struct quoth_background *entity, const struct quoth_background *entry)
{
	struct quoth_evidence evidence = {.n_words = 0};

	for (unsigned i = 0; i < entry->n_words; i++)
		evidence.n_words += has_word(entity, entry->words[i]);
	for (unsigned i = 0; i < entry->n_countries; i++)
		if (has_country(entity, entry->countries[i]))
			evidence.country = QUOTH_SAME;
	if (!evidence.country && entity->n_countries && entry->n_countries)
		evidence.country = QUOTH_OTHER;
	if (entity->work.fields & entry->work.fields)
		evidence.field = QUOTH_SAME;
	else if (entity->work.possible && entry->work.possible && !(entity->work.possible & entry->work.possible))
		evidence.field = QUOTH_OTHER;
	return evidence;
}

int quoth_evidence_points(const struct quoth_evidence *evidence)
{
	static const int of_country[] = {[QUOTH_SAME] = QUOTH_SAME_COUNTRY, [QUOTH_OTHER] = QUOTH_OTHER_COUNTRY};
	static const int of_field[] = {[QUOTH_SAME] = QUOTH_SAME_FIELD, [QUOTH_OTHER] = QUOTH_OTHER_FIELD};

	return QUOTH_SAME_WORD * at_most(evidence->n_words, COUNTED_WORDS) + of_country[evidence->country] +
	       of_field[evidence->field] + QUOTH_WORD_IN_ARTICLE * at_most(evidence->n_article_words, COUNTED_ARTICLE_WORDS) +
	       QUOTH_COUNTRY_IN_ARTICLE * evidence->is_country_in_article;
}

/* ---- what the article speaks of ---- */

static uint32_t *find_slot(const struct quoth_context *context, uint32_t word)
{
	uint32_t i = (word ^ word >> 15) & (context->n_slots - 1);

	while (context->words[i] && context->words[i] != word)
		i = (i + 1) & (context->n_slots - 1);
	return &context->words[i];
}

static void add_context_word(struct quoth_context *context, uint32_t word)
{
	uint32_t *slot = find_slot(context, word);

	if (*slot || context->n_words + context->n_words / 3 >= context->n_slots)
		return;
	*slot = word;
	context->n_words++;
}

void quoth_context_add(struct quoth_context *context, const struct quoth_background *entry)
{
	for (unsigned i = 0; i < entry->n_words; i++)
		add_context_word(context, entry->words[i]);
	for (unsigned i = 0; i < entry->n_countries; i++)
		context->countries[entry->countries[i] / 8] |= (uint8_t)(1 << entry->countries[i] % 8);
}

/* Tokens of people's names: "Jordan" in one is no country. */
static bool *mark_names(const struct quoth_document *doc)
{
	bool *is_name = quoth_arena_array(doc->arena, (size_t)doc->n_tokens + 1, sizeof *is_name);

	if (!is_name)
		return NULL;
	memset(is_name, 0, doc->n_tokens);
	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];

		if (mention->name_class == QUOTH_NAME_PERSON && !quoth_range_is_empty(mention->name) && !mention->is_group)
			memset(is_name + mention->name.begin, 1, quoth_range_length(mention->name));
	}
	return is_name;
}

static void read_article(struct quoth_context *context, const struct quoth_document *doc, const struct quoth_resources *res,
			 const bool *is_name)
{
	for (uint32_t i = 0; i < doc->n_tokens; i++) {
		struct quoth_range tokens = {i, i};
		struct quoth_background said = {.n_words = 0};

		while (tokens.end < doc->n_tokens && tokens.end < i + QUOTH_BACKGROUND_WORDS / 2 && !is_name[tokens.end])
			tokens.end++;
		quoth_background_add_tokens(&said, doc, res, tokens, (struct quoth_range){0, 0});
		quoth_context_add(context, &said);
		i = tokens.end > i ? tokens.end - 1 : i;
	}
}

int quoth_context_make(struct quoth_context *context, const struct quoth_document *doc, const struct quoth_resources *res,
		       uint32_t room)
{
	bool *is_name = mark_names(doc);

	memset(context, 0, sizeof *context);
	for (context->n_slots = 64; context->n_slots < 2 * ((uint64_t)doc->n_tokens + room); context->n_slots *= 2)
		;
	context->words = quoth_arena_array(doc->arena, context->n_slots, sizeof *context->words);
	if (!is_name || !context->words)
		return QUOTH_NO_MEMORY;
	memset(context->words, 0, context->n_slots * sizeof *context->words);
	read_article(context, doc, res, is_name);
	return 0;
}

void quoth_context_compare(const struct quoth_context *context, const struct quoth_background *entry,
			   struct quoth_evidence *evidence)
{
	for (unsigned i = 0; i < entry->n_words; i++)
		evidence->n_article_words += *find_slot(context, entry->words[i]) != 0;
	for (unsigned i = 0; i < entry->n_countries; i++)
		evidence->is_country_in_article |= context->countries[entry->countries[i] / 8] >> entry->countries[i] % 8 & 1;
}
