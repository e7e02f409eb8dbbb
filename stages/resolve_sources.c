#include "stages/resolve_sources.h"

#include "stages/resolve_joints.h"
#include "stages/resolve_roles.h"

enum { MAX_SOURCE = 64 };	/* tokens of a source that are looked at */

/* "Jon Tester (D-Mont.)" is not "D-Mont.", whatever is read before the bracket. */
static uint32_t leave_bracket(const struct quoth_document *doc, uint32_t m, struct quoth_range source)
{
	uint32_t begin = doc->mentions[m].tokens.begin;

	if (begin <= source.begin || doc->tokens[begin - 1].mark != QUOTH_OPEN_BRACKET)
		return m;
	for (uint32_t i = m; i > 0 && m - i < SCAN; i--)
		if (!quoth_range_is_empty(doc->mentions[i - 1].name) && doc->mentions[i - 1].name.begin >= source.begin &&
		    doc->mentions[i - 1].name.end < begin)
			return i - 1;
	return m;
}

/* Whether what follows a mention tells of it: "judges hearing the case", "a nurse who knew him", "a judge, who said no", "a
 * senator, speaking at home", "some teachers, including Ann Lee". */
static bool is_told_of(const struct quoth_document *doc, uint32_t end, struct quoth_range source)
{
	static const uint64_t openers = QUOTH_TAG_BIT(VBG) | QUOTH_TAG_BIT(VBN) |
					QUOTH_TAG_BIT(WP) | QUOTH_TAG_BIT(WDT) |
					QUOTH_TAG_BIT(WPS);

	if (end < source.end && (doc->tokens[end].mark == QUOTH_COMMA || doc->tokens[end].mark == QUOTH_DASH))
		end++;
	return end < source.end && openers & (uint64_t)1 << doc->tokens[end].tag;
}

/* "Judges of the Harbour Court", "judges hearing the case": the mention that begins a source, where the one that it is said
 * to be lies in it or in what is told of it. */
static uint32_t find_whole(const struct quoth_document *doc, uint32_t m, struct quoth_range source)
{
	uint32_t outer, end;

	if (m >= doc->n_mentions || doc->mentions[m].tokens.begin <= source.begin)
		return m;
	outer = quoth_mention_from(doc, source.begin);
	while (outer < m && doc->mentions[outer].tokens.begin == source.begin && doc->mentions[outer].tokens.end > source.end)
		outer++;
	end = doc->mentions[outer].tokens.end;
	if (outer == m || doc->mentions[outer].tokens.begin != source.begin || end > source.end)
		return m;
	return end >= doc->mentions[m].tokens.end || is_told_of(doc, end, source) ||
	       quoth_joint_second(doc, outer, source) != QUOTH_NONE ? outer : m;
}

/* "Ann Lee, head of Plimsoll, the first customer" is Ann Lee, "Plimsoll, a maker of sails" is Plimsoll. */
static uint32_t leave_apposition(const struct quoth_document *doc, uint32_t m, struct quoth_range source)
{
	uint32_t first = quoth_mention_from(doc, source.begin);
	const struct quoth_mention *name = &doc->mentions[first];

	return first < m && name->kind == QUOTH_NAME_MENTION && name->name_class != QUOTH_NAME_PLACE && !name->is_group &&
	       name->tokens.begin == source.begin && name->tokens.end < source.end &&
	       doc->tokens[name->tokens.end].mark == QUOTH_COMMA ? first : m;
}

/* "Prime Minister Theresa" of "Prime Minister Theresa May": half a person's name is all of him. */
static bool is_cut_person(const struct quoth_mention *mention, struct quoth_range source)
{
	return mention->kind == QUOTH_NAME_MENTION && mention->name_class == QUOTH_NAME_PERSON &&
	       mention->tokens.begin == source.begin && mention->name.begin < source.end;
}

/* "Jon Teller" of "Sen. Jon Teller" may be the source without his title. m: the first mention in the source. */
static uint32_t skip_title(const struct quoth_document *doc, uint32_t m, struct quoth_range source)
{
	return m > 0 && doc->mentions[m - 1].kind == QUOTH_NAME_MENTION &&
	       doc->mentions[m - 1].name.begin == source.begin && doc->mentions[m - 1].title.end == source.begin ? m - 1 : m;
}

/* "One of his advisers, Ann Lee", "one of them, Plimsoll Foods": the name behind the first comma. QUOTH_NONE. */
static uint32_t find_one_of(const struct quoth_document *doc, struct quoth_range source)
{
	uint32_t i = source.begin;

	if (!quoth_range_is_one_of_several(doc, source))
		return QUOTH_NONE;
	while (i + 1 < source.end && i < source.begin + MAX_SOURCE && doc->tokens[i].mark != QUOTH_COMMA)
		i++;
	for (uint32_t m = quoth_mention_from(doc, ++i); m < doc->n_mentions && doc->mentions[m].tokens.begin == i; m++)
		if (doc->mentions[m].kind == QUOTH_NAME_MENTION && doc->mentions[m].tokens.end <= source.end &&
		    doc->mentions[m].name_class != QUOTH_NAME_PLACE)
			return m;
	return QUOTH_NONE;
}

uint32_t quoth_source_find(const struct quoth_document *doc, const struct quoth_attribution *attribution)
{
	struct quoth_range source = attribution->source;
	uint32_t m = find_one_of(doc, source);

	if (m != QUOTH_NONE)
		return m;
	m = find_whole(doc, attribution->mention, source);
	if (m < doc->n_mentions && doc->mentions[m].tokens.begin >= source.begin)
		return leave_apposition(doc, leave_bracket(doc, m, source), source);
	if (quoth_range_is_empty(source))
		return QUOTH_NONE;
	m = skip_title(doc, quoth_mention_from(doc, source.begin), source);
	for (unsigned n = 0; n < SCAN && m < doc->n_mentions && doc->mentions[m].tokens.begin < source.end; n++, m++)
		if (doc->mentions[m].tokens.end <= source.end || is_cut_person(&doc->mentions[m], source))
			return m;
	return QUOTH_NONE;
}

/* ---- where a source ends ---- */

/* What a nominal's head tells of it, where it was read with another head. */
static void describe_anew(const struct quoth_discourse *discourse, struct quoth_mention *mention)
{
	const struct quoth_lexeme *lexeme;
	unsigned tag;

	mention->head = quoth_role_head(discourse, mention->tokens);
	lexeme = quoth_token_lexeme(discourse, mention->head);
	tag = discourse->doc->tokens[mention->head].tag;
	mention->number = lexeme->number ? lexeme->number :
			  tag == QUOTH_TAG_NNS || tag == QUOTH_TAG_NNPS ? QUOTH_PLURAL : QUOTH_SINGULAR;
	mention->is_animate = lexeme->flags & (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_GROUP_NOUN | QUOTH_LEX_TITLE |
					       QUOTH_LEX_ORGANIZATION_NOUN | QUOTH_LEX_NATIONALITY);
	mention->gender = lexeme->flags & PERSON_NOUNS ? lexeme->gender :
			  mention->is_animate ? QUOTH_GENDER_UNKNOWN : QUOTH_NEUTER;
}

static void cut_mention(const struct quoth_discourse *discourse, struct quoth_mention *mention, uint32_t end)
{
	mention->tokens.end = end;
	if (mention->kind == QUOTH_NAME_MENTION && mention->name.begin < end) {
		mention->name.end = end;
		mention->head = end - 1;
		return;
	}
	mention->kind = QUOTH_NOMINAL_MENTION;
	mention->name = (struct quoth_range){0, 0};
	if (mention->head >= end)
		describe_anew(discourse, mention);
}

/* The outermost mention that runs over the end of the source that it begins, where none within it is the source. */
static uint32_t find_overrun(const struct quoth_document *doc, struct quoth_range source)
{
	uint32_t m = quoth_mention_from(doc, source.begin), first = m;
	uint32_t full = source.end - (doc->tokens[source.end - 1].tag == QUOTH_TAG_POS);

	if (m >= doc->n_mentions || doc->mentions[m].tokens.begin != source.begin ||
	    doc->mentions[m].tokens.end <= source.end)
		return QUOTH_NONE;
	for (unsigned n = 0; n < SCAN && m < doc->n_mentions && doc->mentions[m].tokens.begin == source.begin; n++, m++)
		if (doc->mentions[m].tokens.end == full || doc->mentions[m].tokens.end == source.end ||
		    is_cut_person(&doc->mentions[m], source))
			return QUOTH_NONE;
	return doc->mentions[first].is_group ? QUOTH_NONE : first;
}

uint32_t quoth_source_description_end(const struct quoth_document *doc, uint32_t end, struct quoth_range source)
{
	for (; end < source.end && end < source.begin + MAX_SOURCE; end++) {
		unsigned tag = doc->tokens[end].tag;

		if (doc->tokens[end].mark == QUOTH_COMMA || doc->tokens[end].mark == QUOTH_DASH || tag == QUOTH_TAG_WP ||
		    tag == QUOTH_TAG_WDT || tag == QUOTH_TAG_WPS)
			break;
	}
	return end;
}

/* "a narrator" in the source "a narrator in the advertisement" */
static void lengthen_mention(struct quoth_document *doc, struct quoth_range source)
{
	uint32_t m = quoth_mention_from(doc, source.begin), end;

	if (m >= doc->n_mentions || doc->mentions[m].tokens.begin != source.begin ||
	    doc->mentions[m].kind != QUOTH_NOMINAL_MENTION || doc->mentions[m].is_group)
		return;
	end = doc->mentions[m].tokens.end;
	if (end < source.end && (doc->tokens[end].tag == QUOTH_TAG_IN || doc->tokens[end].tag == QUOTH_TAG_TO))
		doc->mentions[m].tokens.end = quoth_source_description_end(doc, end, source);
}

/* What stands between a description of one and the name that its source ends in, if it renames him: a comma ("the envoy
 * at the time, John Holt"), nothing ("public defender John Holt"), or "and" behind a bare office ("Former minister and
 * author John Holt"). */
static bool renames(const struct quoth_discourse *discourse, const struct quoth_mention *description,
		    const struct quoth_mention *name, uint32_t n_commas)
{
	const struct quoth_token *token = discourse->doc->tokens;
	uint32_t begin = name->tokens.begin, first = token[description->tokens.begin].tag;

	if (n_commas)
		return n_commas == 1 && token[begin - 1].mark == QUOTH_COMMA;
	if (begin == description->tokens.end)
		return !(quoth_token_lexeme(discourse, description->head)->flags & QUOTH_LEX_DOCUMENT_NOUN);
	return token[begin - 1].tag == QUOTH_TAG_CC && first != QUOTH_TAG_DT && first != QUOTH_TAG_PRPS &&
	       !quoth_range_is_empty(name->title) &&
	       quoth_token_lexeme(discourse, description->head)->flags & QUOTH_LEX_TITLE;
}

/* Puts the description that a source begins with and the person's name that it ends in into apposition. */
static void link_apposition(const struct quoth_discourse *discourse, struct quoth_range source)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t first = quoth_mention_from(doc, source.begin), n_commas = 0;
	struct quoth_mention *mention = &doc->mentions[first];

	if (first >= doc->n_mentions || mention->tokens.begin != source.begin || mention->kind != QUOTH_NOMINAL_MENTION ||
	    mention->is_group || mention->number == QUOTH_PLURAL || mention->apposition != QUOTH_NONE)
		return;
	for (uint32_t i = source.begin; i < source.end && i < source.begin + MAX_SOURCE; i++)
		n_commas += doc->tokens[i].mark == QUOTH_COMMA;
	for (uint32_t m = first + 1; m < doc->n_mentions && m < first + SCAN; m++) {
		const struct quoth_mention *name = &doc->mentions[m];

		if (name->kind != QUOTH_NAME_MENTION || name->name_class != QUOTH_NAME_PERSON || name->is_group ||
		    name->tokens.begin <= source.begin || name->tokens.end != source.end || !renames(discourse, mention, name, n_commas))
			continue;
		mention->apposition = m;
		return;
	}
}

/* "A man named Ann Lee", "the chief known as Ann Lee", "identified only as Ann": where the name would begin; QUOTH_NONE. */
static uint32_t named_begin(const struct quoth_discourse *discourse, const struct quoth_mention *description)
{
	enum { MAX_ADVERBS = 2 };
	const struct quoth_document *doc = discourse->doc;
	uint32_t i = description->tokens.end, as = quoth_form_hash("as", 2), last = i + 1 + MAX_ADVERBS;

	if (i + 1 >= doc->n_tokens || !quoth_token_is_in(discourse, i, QUOTH_SET_NAMING))
		return QUOTH_NONE;
	/* "The president named Ann Lee" */
	if (quoth_token_is_in(discourse, i, QUOTH_SET_COPULA))
		return doc->tokens[description->tokens.begin].tag == QUOTH_TAG_DT &&
		       !quoth_token_is_in(discourse, description->tokens.begin, QUOTH_SET_DEFINITE | QUOTH_SET_DEMONSTRATIVE) ?
			i + 1 : QUOTH_NONE;
	for (i++; i < doc->n_tokens && i < last && doc->tokens[i].tag == QUOTH_TAG_RB; i++)
		;
	return i + 1 < doc->n_tokens && doc->tokens[i].form == as ? i + 1 : QUOTH_NONE;
}

/* Puts descriptions that tell whom they name into apposition to the name. */
static void link_named(const struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		struct quoth_mention *mention = &doc->mentions[m];
		uint32_t begin, name;

		if (mention->kind != QUOTH_NOMINAL_MENTION || mention->is_group || mention->number == QUOTH_PLURAL ||
		    mention->apposition != QUOTH_NONE || !mention->is_animate)
			continue;
		begin = named_begin(discourse, mention);
		name = begin == QUOTH_NONE ? doc->n_mentions : quoth_mention_from(doc, begin);
		if (name < doc->n_mentions && doc->mentions[name].tokens.begin == begin && !doc->mentions[name].is_group &&
		    doc->mentions[name].kind == QUOTH_NAME_MENTION && doc->mentions[name].name_class == QUOTH_NAME_PERSON)
			mention->apposition = name;
	}
}

void quoth_sources_fit(struct quoth_discourse *discourse)
{
	struct quoth_document *doc = discourse->doc;

	link_named(discourse);
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		struct quoth_range source = doc->attributions[i].source;
		uint32_t m = quoth_range_is_empty(source) ? QUOTH_NONE : find_overrun(doc, source);

		if (m != QUOTH_NONE)
			cut_mention(discourse, &doc->mentions[m], source.end);
		else if (!quoth_range_is_empty(source))
			lengthen_mention(doc, source);
		if (!quoth_range_is_empty(source))
			link_apposition(discourse, source);
	}
}
