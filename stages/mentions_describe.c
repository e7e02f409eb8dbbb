#include "stages/mentions_describe.h"

#include "stages/mentions_chunks.h"

#define BIT(name) QUOTH_TAG_BIT(name)

struct describer {
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
};

static const struct quoth_lexeme *lexeme_at(const struct describer *describer, uint32_t i)
{
	return quoth_lexeme_at(describer->lexicon, describer->doc->tokens[i].lexeme);
}

static bool is_in(unsigned tag, uint64_t set)
{
	return ((uint64_t)1 << tag & set) != 0;
}

/* The run of one name class that token i lies in, within the range. */
static struct quoth_range name_at(const struct quoth_document *doc, struct quoth_range within, uint32_t i)
{
	struct quoth_range name = {i, i + 1};
	uint8_t name_class = doc->tokens[i].name;

	while (name.begin > within.begin && doc->tokens[name.begin - 1].name == name_class)
		name.begin--;
	while (name.end < within.end && doc->tokens[name.end].name == name_class)
		name.end++;
	return name;
}

/* A title does not begin with its determiner. */
static struct quoth_range without_determiner(const struct quoth_document *doc, struct quoth_range tokens)
{
	while (tokens.begin < tokens.end &&
	       is_in(doc->tokens[tokens.begin].tag, BIT(DT) | BIT(PDT) | BIT(PRPS) | BIT(WPS) | BIT(POS)))
		tokens.begin++;
	return tokens;
}

/* What the lists say against the tagger: "the White House" is no place, nor is "… Ministry" or "… Inc." */
static uint8_t class_of_name(const struct describer *describer, struct quoth_range name)
{
	enum { MAX_LISTED = 8 };
	const struct quoth_lexeme *last = lexeme_at(describer, name.end - 1), *phrase;
	uint32_t forms[MAX_LISTED];
	uint8_t name_class = describer->doc->tokens[name.begin].name;
	uint32_t n = quoth_range_length(name);

	if (name_class == QUOTH_NAME_PERSON || name_class == QUOTH_NAME_ORGANIZATION || n > MAX_LISTED)
		return name_class;
	if (n == 1)
		return quoth_lexeme_is(last, QUOTH_LEX_ORGANIZATION) ? QUOTH_NAME_ORGANIZATION : name_class;
	if (quoth_lexeme_is(last, QUOTH_LEX_ORGANIZATION_NOUN | QUOTH_LEX_CORPORATE) && name_class == QUOTH_NAME_OTHER)
		return QUOTH_NAME_ORGANIZATION;
	for (uint32_t i = 0; i < n; i++)
		forms[i] = describer->doc->tokens[name.begin + i].form;
	return quoth_lexicon_phrase(describer->lexicon, forms, n, &phrase) == n &&
	       quoth_lexeme_is(phrase, QUOTH_LEX_ORGANIZATION) ? QUOTH_NAME_ORGANIZATION : name_class;
}

/* Capitalised words that end in "Ministry", "Department" are a body, though the tagger may class none or half of them. */
static struct quoth_range body_at(const struct describer *describer, struct quoth_range within, uint32_t i)
{
	enum { MAX_BODY = 6 };
	const struct quoth_token *tokens = describer->doc->tokens;
	struct quoth_range body = {i, i + 1};

	if (tokens[i].shape != QUOTH_SHAPE_CAPITALISED ||
	    !quoth_lexeme_is(lexeme_at(describer, i), QUOTH_LEX_ORGANIZATION_NOUN))
		return (struct quoth_range){0, 0};
	while (body.begin > within.begin && i - body.begin < MAX_BODY && tokens[body.begin - 1].kind == QUOTH_WORD &&
	       tokens[body.begin - 1].shape >= QUOTH_SHAPE_CAPITALISED && tokens[body.begin - 1].name != QUOTH_NAME_PERSON &&
	       !is_in(tokens[body.begin - 1].tag, BIT(DT)))
		body.begin--;
	return quoth_range_length(body) > 1 ? body : (struct quoth_range){0, 0};
}

/* The last name of an organisation, else of a person or place, in a range. */
static struct quoth_range find_affiliation(const struct describer *describer, struct quoth_range within)
{
	struct quoth_range found = {0, 0};
	uint8_t found_class = QUOTH_NOT_A_NAME;

	for (uint32_t i = within.begin; i < within.end;) {
		struct quoth_range name = {i, i + 1};

		if (describer->doc->tokens[i].name) {
			uint8_t name_class;

			name = name_at(describer->doc, within, i);
			name_class = class_of_name(describer, name);
			if (name_class != QUOTH_NAME_OTHER &&
			    (found_class != QUOTH_NAME_ORGANIZATION || name_class == QUOTH_NAME_ORGANIZATION)) {
				found = name;
				found_class = name_class;
			}
		} else {
			struct quoth_range body = body_at(describer, within, i);

			if (!quoth_range_is_empty(body)) {
				found = body;
				found_class = QUOTH_NAME_ORGANIZATION;
			}
		}
		i = name.end;
	}
	return found;
}

/* Gender by the words before a name (title) and by its forename. */
static uint8_t gender_of_name(const struct describer *describer, const struct quoth_mention *mention)
{
	for (uint32_t i = mention->tokens.begin; i < mention->name.begin; i++) {
		const struct quoth_lexeme *lexeme = lexeme_at(describer, i);

		if (quoth_lexeme_is(lexeme, QUOTH_LEX_TITLE | QUOTH_LEX_SPEAKER_NOUN) && lexeme->gender &&
		    !is_in(describer->doc->tokens[i].tag, BIT(POS)) &&
		    (i + 1 == mention->name.begin || !is_in(describer->doc->tokens[i + 1].tag, BIT(POS))))
			return lexeme->gender;
	}
	for (uint32_t i = mention->name.begin; i + 1 < mention->name.end; i++) {
		const struct quoth_lexeme *lexeme = lexeme_at(describer, i);

		if (lexeme->forename_gender)
			return lexeme->forename_gender;
	}
	/* "Warren" alone is a surname as well, anybody's. */
	return quoth_range_length(mention->name) == 1 &&
	       !quoth_lexeme_is(lexeme_at(describer, mention->name.begin), QUOTH_LEX_SURNAME) ?
		lexeme_at(describer, mention->name.begin)->forename_gender : QUOTH_GENDER_UNKNOWN;
}

static void describe_name(const struct describer *describer, struct quoth_mention *mention)
{
	const struct quoth_document *doc = describer->doc;

	mention->kind = QUOTH_NAME_MENTION;
	mention->name_class = class_of_name(describer, mention->name);
	mention->is_animate = true;
	mention->number = doc->tokens[mention->head].tag == QUOTH_TAG_NNPS &&
			  mention->name_class != QUOTH_NAME_PLACE && mention->name_class != QUOTH_NAME_ORGANIZATION ?
		QUOTH_PLURAL : QUOTH_SINGULAR;
	mention->gender = mention->name_class == QUOTH_NAME_PERSON ? gender_of_name(describer, mention) :
			  mention->name_class == QUOTH_NAME_OTHER ? QUOTH_GENDER_UNKNOWN : QUOTH_NEUTER;
	mention->title = without_determiner(doc, (struct quoth_range){mention->tokens.begin, mention->name.begin});
	if (mention->name_class != QUOTH_NAME_PERSON)
		mention->title = (struct quoth_range){0, 0};
	mention->affiliation = find_affiliation(describer, mention->title);
	if (quoth_range_is_empty(mention->affiliation) && mention->name_class == QUOTH_NAME_PERSON)
		mention->affiliation = find_affiliation(
			describer, (struct quoth_range){mention->name.end, mention->tokens.end});
}

static void describe_pronoun(const struct describer *describer, struct quoth_mention *mention)
{
	const struct quoth_lexeme *lexeme = lexeme_at(describer, mention->head);

	mention->kind = QUOTH_PRONOUN_MENTION;
	mention->gender = lexeme->gender;
	mention->number = lexeme->number;
	mention->is_animate = lexeme->gender != QUOTH_NEUTER &&
			      !is_in(describer->doc->tokens[mention->head].tag, BIT(WDT)) &&
			      !quoth_lexeme_is(lexeme, QUOTH_LEX_DEMONSTRATIVE);
}

static void describe_nominal(const struct describer *describer, struct quoth_mention *mention)
{
	const struct quoth_lexeme *lexeme = lexeme_at(describer, mention->head);
	uint8_t tag = describer->doc->tokens[mention->head].tag;
	bool is_person = quoth_lexeme_is(lexeme, QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_GROUP_NOUN | QUOTH_LEX_TITLE);

	mention->kind = QUOTH_NOMINAL_MENTION;
	mention->number = lexeme->number ? lexeme->number :
			  is_in(tag, BIT(NNS) | BIT(NNPS) | BIT(CD)) ? QUOTH_PLURAL : QUOTH_SINGULAR;
	/* "The French", but not "the Kentucky Republican". */
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_NATIONALITY) && !quoth_lexeme_is(lexeme, QUOTH_LEX_SPEAKER_NOUN))
		mention->number = QUOTH_PLURAL;
	mention->is_animate = is_person ||
			      quoth_lexeme_is(lexeme, QUOTH_LEX_ORGANIZATION_NOUN | QUOTH_LEX_NATIONALITY) ||
			      is_in(tag, BIT(CD) | BIT(JJ));
	mention->gender = is_person ? lexeme->gender : mention->is_animate && !mention->number ? QUOTH_GENDER_UNKNOWN :
			  quoth_lexeme_is(lexeme, QUOTH_LEX_NATIONALITY) ? QUOTH_GENDER_UNKNOWN : QUOTH_NEUTER;
	if (is_person) {
		mention->title = without_determiner(describer->doc, mention->tokens);
		mention->affiliation = find_affiliation(describer, mention->tokens);
	}
}

void quoth_mention_describe(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, uint32_t base_end,
			    struct quoth_mention *mention)
{
	struct describer describer = {doc, lexicon};

	mention->name = mention->title = mention->affiliation = (struct quoth_range){0, 0};
	if (mention->kind == QUOTH_PRONOUN_MENTION) {
		describe_pronoun(&describer, mention);
	} else if (quoth_token_is_named(doc, lexicon, mention->head)) {
		mention->name = name_at(doc, (struct quoth_range){mention->tokens.begin, base_end}, mention->head);
		mention->head = mention->name.end - 1;
		describe_name(&describer, mention);
	} else {
		describe_nominal(&describer, mention);
	}
}

void quoth_mention_lend(const struct quoth_document *doc, struct quoth_mention *name,
			const struct quoth_mention *description)
{
	if (quoth_range_is_empty(name->title))
		name->title = without_determiner(doc, description->tokens);
	if (quoth_range_is_empty(name->affiliation))
		name->affiliation = description->affiliation;
	if (!name->gender)
		name->gender = description->gender;
}
