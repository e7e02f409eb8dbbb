#include "stages/tag_rules.h"

#include "stages/lexicon.h"

#include <string.h>

enum {
	MAX_NAME = 10,		/* tokens of one name; a longer run is cut */
	MAX_PERSON = 4,		/* tokens of a person's name that no title or forename vouches for */
};

/* The classes of names that the document gave with evidence, by the hash of their last word: "Lavrov" after "Sergei
 * Lavrov". Open addressing; the first class to come stays. */
struct known_name {
	uint32_t form;
	uint8_t name_class;
};

struct names {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	struct known_name *known;
	uint32_t mask;
	uint32_t of, the, and, on, for_;		/* hashes */
	bool is_writing;		/* the second pass: classes go to the tokens */
};

static const struct quoth_lexeme *lexeme_of(const struct names *names, uint32_t i)
{
	return quoth_lexeme_at(names->lexicon, names->doc->tokens[i].lexeme);
}

static bool is_capital(const struct names *names, uint32_t i)
{
	return names->doc->tokens[i].kind == QUOTH_WORD && names->doc->tokens[i].shape >= QUOTH_SHAPE_CAPITALISED;
}

static struct known_name *find_known(const struct names *names, uint32_t form)
{
	uint32_t i = form & names->mask;

	while (names->known[i].name_class && names->known[i].form != form)
		i = (i + 1) & names->mask;
	return &names->known[i];
}

static void remember(struct names *names, uint32_t i, uint8_t name_class)
{
	struct known_name *known = find_known(names, names->doc->tokens[i].form);

	if (!known->name_class)
		*known = (struct known_name){names->doc->tokens[i].form, name_class};
}

/* The longest phrase of the lists that begins at a token and has one of the flags: how many tokens, 0 if none. A single
 * word counts as a phrase of one. */
static uint32_t match_listed(const struct names *names, uint32_t i, uint32_t end, uint32_t flags, uint32_t *found)
{
	uint32_t forms[MAX_NAME];
	const struct quoth_lexeme *lexeme = lexeme_of(names, i);
	size_t n = 0, taken;

	*found = lexeme->flags & flags;
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_PHRASE_START)) {
		const struct quoth_lexeme *phrase;

		for (; n < MAX_NAME && i + n < end; n++)
			forms[n] = names->doc->tokens[i + n].form;
		taken = quoth_lexicon_phrase(names->lexicon, forms, n, &phrase);
		if (taken && quoth_lexeme_is(phrase, flags)) {
			*found = phrase->flags & flags;
			return (uint32_t)taken;
		}
	}
	return *found ? 1 : 0;
}

bool quoth_is_particle(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, uint32_t i)
{
	return doc->tokens[i].shape == QUOTH_SHAPE_LOWER &&
	       quoth_lexeme_at(lexicon, doc->tokens[i].lexeme)->sets & QUOTH_SET_PARTICLE;
}

/* "D-Ohio", "R-N.Y." after a member's name. */
static bool is_party(const struct names *names, uint32_t i)
{
	const char *text = quoth_token_text(names->doc, i);

	return names->doc->tokens[i].length > 2 && text[1] == '-' && (*text == 'D' || *text == 'R' || *text == 'I');
}

/* "and" in "Parks and Recreation Department", "Department of Health and Human Services": common words beside it. */
static bool joins_a_name(const struct names *names, uint32_t i, uint32_t end, bool has_body)
{
	static const uint32_t own = QUOTH_LEX_PLACE | QUOTH_LEX_ORGANIZATION | QUOTH_LEX_NATIONALITY | QUOTH_LEX_FORENAME;
	const struct quoth_lexeme *left = lexeme_of(names, i - 1), *right = lexeme_of(names, i + 1);

	if (!left->tags || quoth_lexeme_is(left, own | QUOTH_LEX_ORGANIZATION_NOUN) || quoth_lexeme_is(right, own))
		return false;
	return has_body || (i + 2 < end && is_capital(names, i + 2) &&
			    quoth_lexeme_is(lexeme_of(names, i + 2), QUOTH_LEX_ORGANIZATION_NOUN));
}

static bool can_be_in_name(const struct names *names, uint32_t i)
{
	const struct quoth_token *token = &names->doc->tokens[i];

	return is_capital(names, i) && !is_party(names, i) && !quoth_lexeme_is(lexeme_of(names, i), QUOTH_LEX_NEVER_NAME) &&
	       token->tag != QUOTH_TAG_UH && !(token->flags & QUOTH_IS_HANDLE);
}

/* "Center for Justice", "Committee on Rules", but not "Ministry on Monday". */
static bool names_a_purpose(const struct names *names, uint32_t i)
{
	return quoth_lexeme_is(lexeme_of(names, i - 1), QUOTH_LEX_ORGANIZATION_NOUN) && can_be_in_name(names, i + 1) &&
	       lexeme_of(names, i + 1)->tags &&
	       !quoth_lexeme_is(lexeme_of(names, i + 1), QUOTH_LEX_MONTH_OR_DAY | QUOTH_LEX_TIME | QUOTH_LEX_FORENAME |
				QUOTH_LEX_PLACE | QUOTH_LEX_NATIONALITY);
}

/* Where a run of capitalised words ends that begins at i. */
static uint32_t run_end(const struct names *names, uint32_t i, uint32_t end)
{
	bool has_body = false;
	uint32_t begin = i;

	for (; i < end && i - begin < MAX_NAME; i++) {
		const struct quoth_token *token = &names->doc->tokens[i];

		if (can_be_in_name(names, i)) {
			has_body |= quoth_lexeme_is(lexeme_of(names, i), QUOTH_LEX_ORGANIZATION_NOUN);
			continue;
		}
		if (i + 1 == end || i == begin || (!can_be_in_name(names, i + 1) && !quoth_is_particle(names->doc, names->lexicon, i + 1)))
			return i;
		if (token->form == names->of && (has_body || match_listed(names, i - 1, end, QUOTH_LEX_TITLE |
						 QUOTH_LEX_ORGANIZATION, &(uint32_t){0}) > 1))
			continue;
		if ((token->form == names->for_ || token->form == names->on) && names_a_purpose(names, i))
			continue;
		if (token->form == names->and && joins_a_name(names, i, end, has_body && i > begin + 2))
			continue;
		if (!quoth_is_particle(names->doc, names->lexicon, i) && !(token->length == 1 && *quoth_token_text(names->doc, i) == '&'))
			return i;
	}
	return i;
}

/* The tokens of a title at i, 0 if there is none or nothing follows it in the run. */
static uint32_t title_length(const struct names *names, uint32_t i, uint32_t end)
{
	uint32_t flags, n = match_listed(names, i, end, QUOTH_LEX_TITLE, &flags);

	return n && i + n < end ? n : 0;
}

static uint8_t class_of_single(const struct names *names, uint32_t i, uint32_t sentence_end)
{
	const struct quoth_token *token = &names->doc->tokens[i];
	const struct quoth_lexeme *lexeme = lexeme_of(names, i);
	uint8_t known = find_known(names, token->form)->name_class;

	if (known)
		return known;
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_MONTH_OR_DAY | QUOTH_LEX_NATIONALITY))
		return QUOTH_NOT_A_NAME;
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_ORGANIZATION))
		return QUOTH_NAME_ORGANIZATION;
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_PLACE))
		return QUOTH_NAME_PLACE;
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_FORENAME | QUOTH_LEX_SURNAME))
		return QUOTH_NAME_PERSON;
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_TITLE | QUOTH_LEX_SPEAKER_NOUN))
		return QUOTH_NOT_A_NAME;
	if (token->shape == QUOTH_SHAPE_UPPER)
		return token->length > 1 ? QUOTH_NAME_ORGANIZATION : QUOTH_NOT_A_NAME;
	if (lexeme->tags)
		return QUOTH_NAME_OTHER;
	return i + 1 < sentence_end && quoth_lexeme_is(lexeme_of(names, i + 1), QUOTH_LEX_CUE) ? QUOTH_NAME_PERSON :
											    QUOTH_NAME_OTHER;
}

/* Whether no word of a range but a known forename or surname is a common one. */
static bool are_rare(const struct names *names, uint32_t begin, uint32_t end)
{
	for (uint32_t i = begin; i < end; i++) {
		const struct quoth_lexeme *lexeme = lexeme_of(names, i);

		if (lexeme->tags && !quoth_lexeme_is(lexeme, QUOTH_LEX_FORENAME | QUOTH_LEX_SURNAME))
			return false;
	}
	return true;
}

static uint8_t class_of(const struct names *names, uint32_t begin, uint32_t end, bool is_titled, uint32_t sentence_end)
{
	const struct quoth_lexeme *first = lexeme_of(names, begin), *last = lexeme_of(names, end - 1);
	uint32_t flags, n = match_listed(names, begin, end, QUOTH_LEX_ORGANIZATION | QUOTH_LEX_PLACE, &flags);

	if (is_titled && end - begin <= MAX_PERSON && !quoth_lexeme_is(last, QUOTH_LEX_ORGANIZATION_NOUN))
		return QUOTH_NAME_PERSON;
	if (n > 1 && n == end - begin)
		return flags & QUOTH_LEX_ORGANIZATION ? QUOTH_NAME_ORGANIZATION : QUOTH_NAME_PLACE;
	if (end - begin == 1)
		return class_of_single(names, begin, sentence_end);
	if (quoth_lexeme_is(last, QUOTH_LEX_ORGANIZATION_NOUN | QUOTH_LEX_CORPORATE))
		return QUOTH_NAME_ORGANIZATION;
	for (uint32_t i = begin + 1; i < end; i++)
		if (names->doc->tokens[i].shape == QUOTH_SHAPE_LOWER &&
		    quoth_lexeme_is(lexeme_of(names, i - 1), QUOTH_LEX_ORGANIZATION_NOUN))
			return QUOTH_NAME_ORGANIZATION;
	if (quoth_lexeme_is(first, QUOTH_LEX_FORENAME) ||
	    (names->doc->tokens[begin].shape == QUOTH_SHAPE_UPPER && names->doc->tokens[begin].flags & QUOTH_IS_ABBREVIATION))
		return QUOTH_NAME_PERSON;
	if (end - begin <= MAX_PERSON && (quoth_lexeme_is(last, QUOTH_LEX_SURNAME) || are_rare(names, begin, end)) &&
	    !(begin && names->doc->tokens[begin - 1].form == names->the))
		return QUOTH_NAME_PERSON;
	return flags & QUOTH_LEX_ORGANIZATION ? QUOTH_NAME_ORGANIZATION : QUOTH_NAME_OTHER;
}

/* has_title_after: "House" of "House Speaker Paul Ryan" is no person's name. */
static void settle(struct names *names, uint32_t begin, uint32_t end, bool is_titled, bool has_title_after,
		   uint32_t sentence_end)
{
	uint8_t name_class = class_of(names, begin, end, is_titled, sentence_end);

	if (has_title_after && name_class != QUOTH_NOT_A_NAME && name_class != QUOTH_NAME_PLACE)
		name_class = QUOTH_NAME_ORGANIZATION;

	if (names->is_writing) {
		for (uint32_t i = begin; i < end; i++)
			names->doc->tokens[i].name = name_class;
	} else if (name_class == QUOTH_NAME_PERSON && (is_titled || end - begin > 1)) {
		remember(names, end - 1, name_class);
	}
}

/* Cuts a run at titles and leading nationalities: "Russian Foreign Minister Sergei Lavrov", "Ohio Gov. John Kasich". */
static void settle_run(struct names *names, uint32_t begin, uint32_t end, uint32_t sentence_end)
{
	bool is_titled = false, is_body = quoth_lexeme_is(lexeme_of(names, end - 1), QUOTH_LEX_ORGANIZATION_NOUN);

	while (begin < end) {
		uint32_t part, n = is_body ? 0 : title_length(names, begin, end);

		if (n) {
			is_titled = true;
			begin += n;
			continue;
		}
		if (!is_body && begin + 1 < end && quoth_lexeme_is(lexeme_of(names, begin), QUOTH_LEX_NATIONALITY)) {
			begin++;
			continue;
		}
		for (part = begin + 1; !is_body && part < end && !title_length(names, part, end); part++)
			;
		if (is_body)
			part = end;
		settle(names, begin, part, is_titled, part < end, sentence_end);
		is_titled = false;
		begin = part;
	}
}

static void name_sentence(struct names *names, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin; i < tokens.end;) {
		uint8_t tag = names->doc->tokens[i].tag;
		uint32_t end;

		if (!can_be_in_name(names, i) || (tag != QUOTH_TAG_NNP && tag != QUOTH_TAG_NNPS && tag != QUOTH_TAG_JJ)) {
			i++;
			continue;
		}
		end = run_end(names, i, tokens.end);
		settle_run(names, i, end, tokens.end);
		i = end;
	}
}

int quoth_tag_names(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct names names = {.doc = doc, .lexicon = res->lexicon, .of = quoth_form_hash("of", 2),
			      .the = quoth_form_hash("the", 3), .and = quoth_form_hash("and", 3),
			      .on = quoth_form_hash("on", 2), .for_ = quoth_form_hash("for", 3)};
	uint32_t n_capitals = 0, size = 16;

	for (uint32_t i = 0; i < doc->n_tokens; i++) {
		doc->tokens[i].name = QUOTH_NOT_A_NAME;
		n_capitals += is_capital(&names, i);
	}
	while (size < 2 * n_capitals)
		size *= 2;
	names.known = quoth_arena_array(doc->arena, size, sizeof *names.known);
	if (!names.known)
		return QUOTH_NO_MEMORY;
	memset(names.known, 0, size * sizeof *names.known);
	names.mask = size - 1;
	for (int pass = 0; pass < 2; pass++) {
		names.is_writing = pass == 1;
		for (uint32_t s = 0; s < doc->n_sentences; s++)
			name_sentence(&names, doc->sentences[s].tokens);
	}
	return 0;
}
