#include "stages/tag_known.h"

#include "stages/lexicon.h"
#include "stages/tag_rules.h"

#include <string.h>

/* The last words of persons named in full. Open addressing; a form of 0 is free. */
struct known_name {
	uint32_t form;
	uint32_t before;	/* form of the word before it in a name in full, 0 where there are several such words */
	bool is_word;		/* the article has it in lower case, too */
};

struct known_names {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	struct known_name *slots;
	uint32_t mask;
};

static bool is_capital(const struct quoth_token *token)
{
	return token->kind == QUOTH_WORD && token->shape >= QUOTH_SHAPE_CAPITALISED && token->form;
}

static bool is_of_person(const struct quoth_token *token)
{
	return token->name == QUOTH_NAME_PERSON && is_capital(token);
}

static const struct quoth_lexeme *lexeme_of(const struct known_names *known, uint32_t i)
{
	return quoth_lexeme_at(known->lexicon, known->doc->tokens[i].lexeme);
}

static struct known_name *find(const struct known_names *known, uint32_t form)
{
	uint32_t i = form & known->mask;

	while (known->slots[i].form && known->slots[i].form != form)
		i = (i + 1) & known->mask;
	return &known->slots[i];
}

static bool is_headline(const struct quoth_document *doc, uint32_t sentence)
{
	return quoth_paragraph_is_headline(doc, doc->sentences[sentence].paragraph);
}

/* Where the run of one class ends that begins at i. */
static uint32_t run_end(const struct quoth_document *doc, uint32_t i, uint32_t end)
{
	uint32_t next = i + 1;

	while (next < end && doc->tokens[next].name == doc->tokens[i].name)
		next++;
	return next;
}

static bool is_generation(const struct known_names *known, uint32_t i)
{
	const struct quoth_token *token = &known->doc->tokens[i];
	const char *text = quoth_token_text(known->doc, i);

	return (token->length >= 2 && token->length <= 3 && (memcmp(text, "Jr", 2) == 0 || memcmp(text, "Sr", 2) == 0)) ||
	       (token->length == 2 && memcmp(text, "II", 2) == 0) || (token->length == 3 && memcmp(text, "III", 3) == 0);
}

/* Takes the last word of a person's name in full, or behind a title. */
static void remember(const struct known_names *known, uint32_t begin, uint32_t end)
{
	const struct quoth_token *tokens = known->doc->tokens;
	struct known_name *name;
	uint32_t before;

	while (end - begin > 1 && is_generation(known, end - 1))
		end--;
	if (!is_of_person(&tokens[end - 1]) || tokens[end - 1].length < 3)
		return;
	if (end - begin < 2 && !(begin > 0 && tokens[begin - 1].sentence == tokens[begin].sentence &&
				 tokens[begin - 1].shape >= QUOTH_SHAPE_CAPITALISED &&
				 quoth_lexeme_is(lexeme_of(known, begin - 1), QUOTH_LEX_TITLE)))
		return;
	name = find(known, tokens[end - 1].form);
	before = end - begin < 2 ? 0 : tokens[end - 2].form;
	if (name->form && name->before != before)
		before = 0;
	name->form = tokens[end - 1].form;
	name->before = before;
}

static void learn_names(const struct known_names *known)
{
	const struct quoth_document *doc = known->doc;

	for (uint32_t s = 0; s < doc->n_sentences; s++) {
		struct quoth_range tokens = doc->sentences[s].tokens;

		if (is_headline(doc, s))
			continue;
		for (uint32_t i = tokens.begin; i < tokens.end; i = run_end(doc, i, tokens.end))
			if (doc->tokens[i].name == QUOTH_NAME_PERSON)
				remember(known, i, run_end(doc, i, tokens.end));
	}
	for (uint32_t i = 0; i < doc->n_tokens; i++) {
		struct known_name *name = find(known, doc->tokens[i].form);

		name->is_word |= name->form && doc->tokens[i].shape == QUOTH_SHAPE_LOWER;
	}
}

static bool is_proper(const struct quoth_token *token)
{
	return token->tag == QUOTH_TAG_NNP || token->tag == QUOTH_TAG_NNPS;
}

/* Whether a word, if it is a name of another class, can be the person's: one word, no place or body that the lists know,
 * not "Holm Street". */
static bool may_be_person(const struct known_names *known, struct quoth_range tokens, uint32_t i)
{
	const struct quoth_token *token = &known->doc->tokens[i];
	bool has_next = i + 1 < tokens.end && is_proper(&token[1]), has_previous = i > tokens.begin && is_proper(&token[-1]);

	if (token->name && ((has_next && token[1].name == token->name) || (has_previous && token[-1].name == token->name) ||
			    quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_PLACE | QUOTH_LEX_ORGANIZATION)))
		return false;
	return !has_next || !is_capital(&token[1]) || token[1].name == QUOTH_NAME_PERSON;
}

static void make_name(struct quoth_token *token)
{
	token->name = QUOTH_NAME_PERSON;
	if (is_proper(token))
		return;
	token->tag = QUOTH_TAG_NNP;
	token->upos = QUOTH_UPOS_PROPN;
}

static void name_sentence(const struct known_names *known, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin; i < tokens.end; i++) {
		struct quoth_token *token = &known->doc->tokens[i];
		const struct known_name *name;

		if (!is_capital(token) || token->name == QUOTH_NAME_PERSON)
			continue;
		name = find(known, token->form);
		if (!name->form || (name->is_word && (i == tokens.begin || token->tag != QUOTH_TAG_NNP)) ||
		    !may_be_person(known, tokens, i))
			continue;
		make_name(token);
	}
}

static bool is_initial(const struct quoth_token *token)
{
	return token->length == 2 && token->shape == QUOTH_SHAPE_UPPER && token->flags & QUOTH_IS_ABBREVIATION;
}

/* "Jari" of "Mayor of Oulu Jari Lehto", read as a name of another class: a forename, or an unknown word behind a place. */
static bool is_stray_forename(const struct known_names *known, struct quoth_range tokens, uint32_t i)
{
	const struct quoth_token *token = &known->doc->tokens[i];
	const struct quoth_lexeme *lexeme = lexeme_of(known, i);

	if (i + 1 == tokens.end || !is_of_person(&token[1]) || (i + 2 < tokens.end && is_of_person(&token[2])) ||
	    quoth_lexeme_is(lexeme, QUOTH_LEX_PLACE | QUOTH_LEX_ORGANIZATION))
		return false;
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_FORENAME))
		return true;
	return !lexeme->tags && i > tokens.begin &&
	       (quoth_lexeme_is(lexeme_of(known, i - 1), QUOTH_LEX_PLACE) ||
		(token[-1].name == QUOTH_NAME_PLACE && token->name != QUOTH_NAME_PLACE));
}

/* "Holm" of "Minister of Finance Tarja Holm", likewise. */
static bool is_stray_surname(const struct known_names *known, struct quoth_range tokens, uint32_t i)
{
	const struct quoth_token *token = &known->doc->tokens[i];

	return i > tokens.begin && is_of_person(&token[-1]) && (i + 1 == tokens.end || !is_capital(&token[1])) &&
	       (i == tokens.begin + 1 || !is_of_person(&token[-2])) && token->tag == QUOTH_TAG_NNP &&
	       (quoth_lexeme_is(lexeme_of(known, i - 1), QUOTH_LEX_FORENAME) ||
		(!lexeme_of(known, i - 1)->tags && i > tokens.begin + 1 && token[-2].name)) &&
	       (!lexeme_of(known, i)->tags || quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_SURNAME)) &&
	       !quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_PLACE | QUOTH_LEX_ORGANIZATION | QUOTH_LEX_ORGANIZATION_NOUN |
							     QUOTH_LEX_CORPORATE);
}

/* "A." of "A. P. Holm", "Astrid" before "Holm", "II" of "Vann Holm II", "Holm" of "Mr. Holm". */
static bool completes_name(const struct known_names *known, struct quoth_range tokens, uint32_t i)
{
	const struct quoth_token *token = &known->doc->tokens[i];

	if (token->name == QUOTH_NAME_PERSON)
		return false;
	if (token->name)
		return is_stray_forename(known, tokens, i) || is_stray_surname(known, tokens, i);
	if (i + 1 < tokens.end && is_of_person(&token[1]) && token->tag == QUOTH_TAG_NNP &&
	    (is_initial(token) || quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_FORENAME)))
		return true;
	if (i == tokens.begin || !is_capital(&token[-1]))
		return false;
	return (token[-1].name == QUOTH_NAME_PERSON && is_generation(known, i)) ||
	       (token->tag == QUOTH_TAG_NNP && quoth_lexeme_is(lexeme_of(known, i - 1), QUOTH_LEX_TITLE) &&
		(!lexeme_of(known, i)->tags || quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_SURNAME)) &&
		(i + 1 == tokens.end || !is_capital(&token[1]) || is_of_person(&token[1])));
}

/* Whether a person's name goes from i to the end of a name: it begins with a forename, or is two words that are rare. */
static bool is_person_tail(const struct known_names *known, uint32_t i, uint32_t end)
{
	return quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_FORENAME) ||
	       (end - i == 2 && !lexeme_of(known, i)->tags && !lexeme_of(known, i + 1)->tags);
}

/* "Federal Reserve Chair Janet Holm" read as one body's name: a title in it and what behind it looks like a person's name
 * are no body's. */
static void split_name(const struct known_names *known, uint32_t begin, uint32_t end)
{
	struct quoth_token *token = known->doc->tokens;

	if (quoth_lexeme_is(lexeme_of(known, end - 1), QUOTH_LEX_ORGANIZATION_NOUN | QUOTH_LEX_CORPORATE))
		return;
	for (uint32_t i = begin; i + 1 < end; i++) {
		if (!is_capital(&token[i]) || !is_capital(&token[i + 1]) ||
		    !quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_TITLE) ||
		    quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_FORENAME) || !is_person_tail(known, i + 1, end))
			continue;
		for (uint32_t k = i + 1; k > begin && quoth_lexeme_is(lexeme_of(known, k - 1), QUOTH_LEX_TITLE); k--)
			token[k - 1].name = QUOTH_NOT_A_NAME;
		for (uint32_t k = i + 1; k < end; k++)
			token[k].name = QUOTH_NAME_PERSON;
		return;
	}
}

/* "Speaker" of "Speaker of the House Ann Holm", read as a body by itself. */
static bool is_bare_title(const struct known_names *known, uint32_t i, uint32_t end)
{
	const struct quoth_token *token = known->doc->tokens;

	return end - i == 1 && end < known->doc->n_tokens && token[end].form == quoth_form_hash("of", 2) &&
	       token[i].name == QUOTH_NAME_ORGANIZATION && quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_TITLE) &&
	       !quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_FORENAME | QUOTH_LEX_SURNAME | QUOTH_LEX_ORGANIZATION_NOUN);
}

static void split_names(const struct known_names *known, struct quoth_range tokens)
{
	const struct quoth_document *doc = known->doc;

	for (uint32_t i = tokens.begin, end; i < tokens.end; i = end) {
		end = run_end(doc, i, tokens.end);
		if (is_bare_title(known, i, end))
			doc->tokens[i].name = QUOTH_NOT_A_NAME;
		if (doc->tokens[i].name && end - i > 2)
			split_name(known, i, end);
	}
}

/* "Foundation", "Committee"; not "Church", "House", "Banks", that are surnames, too. */
static bool is_body_noun(const struct known_names *known, uint32_t i)
{
	return is_capital(&known->doc->tokens[i]) && is_proper(&known->doc->tokens[i]) &&
	       quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_ORGANIZATION_NOUN) &&
	       !quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_SURNAME | QUOTH_LEX_FORENAME);
}

static void name_all(const struct known_names *known, uint32_t begin, uint32_t end, uint8_t name_class)
{
	for (uint32_t i = begin; i < end; i++)
		known->doc->tokens[i].name = name_class;
}

/* "The Anna and Boris Holm Foundation" read as persons: a capital noun for a body that is nobody's surname ends no person's
 * name, and a person's name before it, behind "the", is the body's. */
static void name_bodies(const struct known_names *known, struct quoth_range tokens)
{
	const struct quoth_token *token = known->doc->tokens;

	for (uint32_t i = tokens.begin, end; i < tokens.end; i = end) {
		bool is_behind_the = i > tokens.begin && token[i - 1].tag == QUOTH_TAG_DT;

		end = run_end(known->doc, i, tokens.end);
		if (token[i].name != QUOTH_NAME_PERSON)
			continue;
		if (end < tokens.end && is_behind_the && is_body_noun(known, end) && !token[end].name)
			name_all(known, i, ++end, QUOTH_NAME_ORGANIZATION);
		else if (end - i > 1 && is_body_noun(known, end - 1))
			name_all(known, i, end, QUOTH_NAME_ORGANIZATION);
	}
}

/* "Astrid “Assi” Holm": a nickname between the words of a person's name, with its marks, is part of it. */
static void join_nicknames(const struct known_names *known, struct quoth_range tokens)
{
	const struct quoth_token *token = known->doc->tokens;

	for (uint32_t i = tokens.begin + 1; i + 3 < tokens.end; i++) {
		uint32_t close = i + 2;

		if (token[i].kind != QUOTH_QUOTE_MARK || !is_of_person(&token[i - 1]) || !is_capital(&token[i + 1]))
			continue;
		close += token[close].kind != QUOTH_QUOTE_MARK;
		if (close + 1 < tokens.end && token[close].kind == QUOTH_QUOTE_MARK && is_of_person(&token[close + 1]))
			name_all(known, i, close + 1, QUOTH_NAME_PERSON);
	}
}

/* "van" of "Joost van Rhijn", whose first and last words were read as names. */
static bool is_particle_within(const struct known_names *known, struct quoth_range tokens, uint32_t i)
{
	const struct quoth_token *token = &known->doc->tokens[i];

	return token->name != QUOTH_NAME_PERSON && i > tokens.begin && i + 1 < tokens.end && is_of_person(&token[1]) &&
	       is_capital(&token[-1]) && token[-1].name && quoth_is_particle(known->doc, known->lexicon, i);
}

static void complete_names(const struct known_names *known, struct quoth_range tokens)
{
	for (uint32_t i = tokens.end; i-- > tokens.begin;) {
		if (is_particle_within(known, tokens, i)) {
			make_name(&known->doc->tokens[i]);
			make_name(&known->doc->tokens[i - 1]);
		} else if (is_capital(&known->doc->tokens[i]) && completes_name(known, tokens, i)) {
			make_name(&known->doc->tokens[i]);
		}
	}
}

/* "Astrid" of "Astrid Holm Calls Talks Off", read as one name that is no person's, where the body has "Astrid K. Holm". */
static bool is_forename_within(const struct known_names *known, uint32_t i)
{
	const struct quoth_token *token = &known->doc->tokens[i];

	return token->name && token->name != QUOTH_NAME_PERSON && token[1].name == token->name &&
	       quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_FORENAME) &&
	       !quoth_lexeme_is(lexeme_of(known, i), QUOTH_LEX_PLACE | QUOTH_LEX_ORGANIZATION);
}

/* "Astrid Holm Calls Talks Off": a name in full that the body has is a person's, what stands behind it is none of it. */
static void cut_headline(const struct known_names *known, struct quoth_range tokens)
{
	struct quoth_token *token = known->doc->tokens;

	for (uint32_t i = tokens.begin + 1; i < tokens.end; i++) {
		const struct known_name *name = find(known, token[i].form);
		uint8_t old_class = token[i].name;

		if (!name->form || !is_capital(&token[i - 1]) || !is_capital(&token[i]) ||
		    (name->before != token[i - 1].form && !is_forename_within(known, i - 1)))
			continue;
		make_name(&token[i - 1]);
		make_name(&token[i]);
		for (uint32_t next = i + 1; old_class && next < tokens.end && token[next].name == old_class; next++) {
			if (is_generation(known, next))
				continue;
			if (old_class != QUOTH_NAME_PERSON && is_proper(&token[next]))
				break;
			token[next].name = QUOTH_NOT_A_NAME;
		}
	}
}

/* "Holm Breaks With Berg": headlines are in the present tense. */
static void read_present_tense(const struct known_names *known, struct quoth_range tokens)
{
	static const uint64_t finite = (uint64_t)1 << QUOTH_TAG_VBZ | (uint64_t)1 << QUOTH_TAG_VBD |
				       (uint64_t)1 << QUOTH_TAG_VBP | (uint64_t)1 << QUOTH_TAG_MD;

	for (uint32_t i = tokens.begin + 1; i + 1 < tokens.end; i++) {
		struct quoth_token *token = &known->doc->tokens[i];

		if (token->tag != QUOTH_TAG_NNS || token->name || token[-1].name != QUOTH_NAME_PERSON ||
		    (uint64_t)1 << token[1].tag & finite || !(lexeme_of(known, i)->tags >> QUOTH_TAG_VBZ & 1))
			continue;
		token->tag = QUOTH_TAG_VBZ;
		token->upos = QUOTH_UPOS_VERB;
	}
}

int quoth_tag_known_names(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct known_names known = {.doc = doc, .lexicon = res->lexicon};
	uint32_t n_named = 0, size = 16;

	for (uint32_t i = 0; i < doc->n_tokens; i++)
		n_named += doc->tokens[i].name != QUOTH_NOT_A_NAME;
	while (size < 2 * n_named + 2)
		size *= 2;
	known.slots = quoth_arena_array(doc->arena, size, sizeof *known.slots);
	if (!known.slots)
		return QUOTH_NO_MEMORY;
	memset(known.slots, 0, size * sizeof *known.slots);
	known.mask = size - 1;
	for (uint32_t s = 0; s < doc->n_sentences; s++) {
		split_names(&known, doc->sentences[s].tokens);
		name_bodies(&known, doc->sentences[s].tokens);
		join_nicknames(&known, doc->sentences[s].tokens);
	}
	learn_names(&known);
	for (uint32_t s = 0; s < doc->n_sentences; s++) {
		name_sentence(&known, doc->sentences[s].tokens);
		complete_names(&known, doc->sentences[s].tokens);
		if (!is_headline(doc, s))
			continue;
		cut_headline(&known, doc->sentences[s].tokens);
		read_present_tense(&known, doc->sentences[s].tokens);
	}
	return 0;
}
