#include "stages/attribute_sources.h"

enum {
	MAX_REACH = 60,		/* units to a governing verb */
	MAX_PHRASE = 26,	/* of a noun phrase */
	MAX_ASIDE = 34,		/* of an apposition, relative clause or bracket */
	MAX_AGENT = 12,
};

static const struct quoth_source NO_SOURCE = {{0, 0}, {0, 0}, false, false};

static uint32_t lower_bound(const struct quoth_clause *clause, uint32_t floor)
{
	return clause->units.begin > floor ? clause->units.begin : floor;
}

static bool is_relative(const struct quoth_view *view, uint32_t unit)
{
	unsigned tag = view->units[unit].tag;

	if (!quoth_unit_has_role(view, unit, QUOTH_ROLE_RELATIVE))
		return false;
	return tag == QUOTH_TAG_WP || tag == QUOTH_TAG_WDT || tag == QUOTH_TAG_IN || tag == QUOTH_TAG_WPS;
}

/* The first unit of the mention that ends after unit `last`, QUOTH_NONE. */
static uint32_t mention_begin(const struct quoth_view *view, uint32_t last, uint32_t first)
{
	uint32_t mention = view->mention_to[view->units[last].tokens.end];
	uint32_t length;

	if (mention == QUOTH_NONE || quoth_unit_is_quotation(view, last))
		return QUOTH_NONE;
	length = quoth_range_length(view->doc->mentions[mention].tokens);
	if (length > last + 1 - first ||
	    view->units[last + 1 - length].tokens.begin != view->doc->mentions[mention].tokens.begin)
		return QUOTH_NONE;
	return last + 1 - length;
}

/* "Smith on Monday [said]", "police last month [charged]": back over words of time. */
static uint32_t before_time(const struct quoth_view *view, uint32_t end, uint32_t first)
{
	uint32_t i = end;

	while (i > first + 1 && end - i < 6 && !quoth_unit_is_quotation(view, i - 1) &&
	       (quoth_unit_has_role(view, i - 1, QUOTH_ROLE_TIME) || quoth_unit_is_adverb(view, i - 1) ||
		quoth_lexeme_is(quoth_unit_lexeme(view, i - 1), QUOTH_LEX_MONTH_OR_DAY) ||
		(i < end && view->units[i - 1].tag == QUOTH_TAG_CD)))
		i--;
	if (i < end && i > first + 1 && view->units[i - 1].tag == QUOTH_TAG_IN)
		i--;
	return i < end && quoth_unit_is_noun(view, i - 1) ? i : end;
}

/* A bracketed aside that ends with unit `last`: its first unit, last + 1 where there is none. */
static uint32_t bracket_begin(const struct quoth_view *view, uint32_t last, uint32_t first)
{
	if (view->units[last].mark != QUOTH_CLOSE_BRACKET)
		return last + 1;
	for (uint32_t i = last; i > first && last - i < MAX_ASIDE; i--)
		if (view->units[i - 1].mark == QUOTH_OPEN_BRACKET)
			return i - 1;
	return last + 1;
}

/* Where the simple noun phrase that ends before `end` begins; `end` where there is none. */
static uint32_t simple_phrase_begin(const struct quoth_view *view, uint32_t end, uint32_t first)
{
	uint32_t begin = bracket_begin(view, end - 1, first), i, whole;

	if (begin == end ? begin == first : begin <= first)
		return end;
	if (view->units[begin - 1].tag == QUOTH_TAG_PRP)
		return begin - 1;
	whole = mention_begin(view, begin - 1, first);
	if (whole != QUOTH_NONE)
		begin = whole;
	else if (!quoth_unit_is_noun(view, begin - 1) && view->units[begin - 1].tag != QUOTH_TAG_CD &&
		 view->units[begin - 1].tag != QUOTH_TAG_DT && view->units[begin - 1].tag != QUOTH_TAG_JJ)
		return end;
	for (i = begin; i > first && end - i < MAX_PHRASE; i--) {
		if (quoth_unit_is_quotation(view, i - 1) || !quoth_unit_is_nominal(view, i - 1))
			break;
		if (whole != QUOTH_NONE && view->units[i - 1].tag != QUOTH_TAG_DT && view->units[i - 1].tag != QUOTH_TAG_POS &&
		    view->units[i - 1].tag != QUOTH_TAG_PRPS && view->units[i - 1].tag != QUOTH_TAG_JJ && i == begin)
			break;
		if (view->units[i - 1].tag == QUOTH_TAG_PRP)
			break;
		if (quoth_lexeme_is(quoth_unit_lexeme(view, i - 1), QUOTH_LEX_MONTH_OR_DAY))
			break;
	}
	if (i < end && view->units[i].tag == QUOTH_TAG_POS)
		i++;
	return i < end ? i : end;
}

/* With what hangs together by "of", "for", "and": "a spokesman for the ministry", "Smith and Jones". */
static uint32_t phrase_begin(const struct quoth_view *view, uint32_t end, uint32_t first)
{
	uint32_t begin = simple_phrase_begin(view, end, first);

	for (unsigned n = 0; n < 4 && begin < end && begin > first + 1 && end - begin < MAX_PHRASE; n++) {
		uint32_t link = begin - 1, left;
		bool is_preposition = quoth_unit_has_role(view, link, QUOTH_ROLE_CONTENT_PREPOSITION);
		bool is_and = quoth_unit_has_role(view, link, QUOTH_ROLE_COORDINATOR);

		if (quoth_unit_is_quotation(view, link) || (!is_preposition && !is_and))
			break;
		left = simple_phrase_begin(view, link, first);
		if (left == link)
			break;
		if (is_and && left > first && view->units[left - 1].mark == QUOTH_NO_MARK)
			break;
		begin = left;
	}
	return begin;
}

/* "officials who attended the talks [said]": from a noun phrase that is the object of a relative clause to its
 * antecedent. */
static uint32_t antecedent_begin(const struct quoth_view *view, uint32_t begin, uint32_t first)
{
	for (uint32_t i = begin; i > first + 1 && begin - i < 14; i--) {
		if (view->units[i - 1].mark == QUOTH_COMMA || quoth_unit_is_quotation(view, i - 1))
			break;
		if (is_relative(view, i - 1) && quoth_unit_is_noun(view, i - 2)) {
			uint32_t left = phrase_begin(view, i - 1, first);

			return left < i - 1 ? left : begin;
		}
	}
	return begin;
}

/* "who led the talks", "a lawyer", "speaking in Paris", "in particular" */
static bool opens_aside(const struct quoth_view *view, uint32_t unit)
{
	unsigned tag = view->units[unit].tag;

	return quoth_unit_is_nominal(view, unit) || is_relative(view, unit) || tag == QUOTH_TAG_VBG || tag == QUOTH_TAG_VBN ||
	       tag == QUOTH_TAG_IN || quoth_unit_has_role(view, unit, QUOTH_ROLE_SUBORDINATOR);
}

/* "Zakharova, the ministry's spokeswoman, [said]": from the closing comma to the noun phrase before the opening one. */
static struct quoth_source before_aside(const struct quoth_view *view, uint32_t comma, uint32_t first)
{
	unsigned mark = view->units[comma].mark;

	for (uint32_t i = comma; i > first + 1 && comma - i < MAX_ASIDE; i--) {
		uint32_t begin;

		if (view->units[i - 1].mark != mark || i == comma)
			continue;
		if (!opens_aside(view, i))
			continue;
		begin = phrase_begin(view, i - 1, first);
		if (begin == i - 1)
			continue;
		if (begin > first && quoth_unit_is_verb(view, begin - 1))
			return NO_SOURCE;
		return (struct quoth_source){{begin, comma}, {begin, i - 1}, false, false};
	}
	return NO_SOURCE;
}

struct quoth_source quoth_source_before(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t verb,
					uint32_t floor)
{
	uint32_t first = lower_bound(clause, floor), begin;
	struct quoth_source source = NO_SOURCE;

	if (verb <= first || quoth_unit_is_quotation(view, verb - 1))
		return source;
	if (view->units[verb - 1].mark == QUOTH_COMMA || view->units[verb - 1].mark == QUOTH_DASH)
		return verb - 1 > first ? before_aside(view, verb - 1, first) : source;
	if (is_relative(view, verb - 1) && verb - 1 > first) {
		source.units = source.core = (struct quoth_range){verb - 1, verb};
		source.is_relative = true;
		return source;
	}
	verb = before_time(view, verb, first);
	begin = phrase_begin(view, verb, first);
	if (begin == verb)
		return source;
	source.core = (struct quoth_range){begin, verb};
	/* "The embassy, in its reply [said]": the noun phrase of an adverbial that no comma closes. */
	if (begin > first + 2 && view->units[begin - 1].tag == QUOTH_TAG_IN && view->units[begin - 2].mark == QUOTH_COMMA &&
	    !quoth_unit_has_role(view, begin - 1, QUOTH_ROLE_SUBORDINATOR)) {
		uint32_t left = phrase_begin(view, begin - 2, first);

		if (left < begin - 2)
			return (struct quoth_source){{left, begin - 2}, {left, begin - 2}, false, false};
	}
	if (begin > first && quoth_unit_is_verb(view, begin - 1))
		begin = antecedent_begin(view, begin, first);
	source.units = (struct quoth_range){begin, verb};
	return source;
}

/* ---- after the verb ---- */

static bool starts_aside(const struct quoth_view *view, uint32_t unit)
{
	return !quoth_unit_is_quotation(view, unit) &&
	       (quoth_unit_is_nominal(view, unit) || is_relative(view, unit)) &&
	       view->units[unit].tag != QUOTH_TAG_PRP;
}

/* Where appositions, relative clauses, ages and brackets after a noun phrase end. */
static uint32_t aside_end(const struct quoth_view *view, uint32_t unit, uint32_t end)
{
	uint32_t stop = unit + MAX_ASIDE < end ? unit + MAX_ASIDE : end, i = unit;

	if (i < stop && view->units[i].mark == QUOTH_OPEN_BRACKET)
		for (uint32_t j = i; j < stop; j++)
			if (view->units[j].mark == QUOTH_CLOSE_BRACKET) {
				i = j + 1;
				break;
			}
	while (i + 1 < stop && view->units[i].mark == QUOTH_COMMA && starts_aside(view, i + 1)) {
		uint32_t j = i + 1;

		while (j < stop && !quoth_unit_is_quotation(view, j) &&
		       (view->units[j].mark == QUOTH_NO_MARK || view->units[j].mark == QUOTH_HYPHEN ||
			view->units[j].mark == QUOTH_OTHER_MARK))
			j++;
		i = j;
	}
	return i;
}

struct quoth_source quoth_source_after(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t unit)
{
	struct quoth_source source = NO_SOURCE;
	uint32_t end = clause->units.end, i;

	if (unit >= end)
		return source;
	i = quoth_noun_phrase_end(view, unit, end, true);
	if (i == unit)
		return source;
	source.core = (struct quoth_range){unit, i};
	for (unsigned n = 0; n < 4 && i + 1 < end; n++) {
		uint32_t next;

		if (!quoth_unit_has_role(view, i, QUOTH_ROLE_CONTENT_PREPOSITION) ||
		    quoth_unit_has_role(view, i + 1, QUOTH_ROLE_TIME) || quoth_unit_is_quotation(view, i + 1) ||
		    quoth_lexeme_is(quoth_unit_lexeme(view, i + 1), QUOTH_LEX_MONTH_OR_DAY))
			break;
		next = quoth_noun_phrase_end(view, i + 1, end, true);
		if (next == i + 1)
			break;
		i = next;
	}
	source.units = (struct quoth_range){unit, aside_end(view, i, end)};
	return source;
}

/* ---- borrowed from another verb ---- */

/* "Citing the report, Smith …": the noun phrase after the first comma. */
static struct quoth_source main_subject_after(const struct quoth_view *view, const struct quoth_clause *clause,
					      uint32_t unit)
{
	struct quoth_source source = NO_SOURCE;

	for (uint32_t i = unit; i + 1 < clause->units.end && i < unit + MAX_REACH; i++) {
		if (view->units[i].mark != QUOTH_COMMA || quoth_unit_is_quotation(view, i + 1))
			continue;
		source = quoth_source_after(view, clause, i + 1);
		if (!quoth_range_is_empty(source.units)) {
			source.units = source.core;
			source.is_shared = true;
			return source;
		}
	}
	return source;
}

struct quoth_source quoth_source_governing(const struct quoth_view *view, const struct quoth_clause *clause,
					   uint32_t unit, uint32_t floor)
{
	uint32_t first = lower_bound(clause, floor);
	bool is_coordinated = unit > first && quoth_unit_has_role(view, unit - 1, QUOTH_ROLE_COORDINATOR);
	struct quoth_source source;

	for (uint32_t i = unit; i > first && unit - i < MAX_REACH; i--) {
		uint32_t verb = i - 1;

		if (!quoth_unit_is_finite(view, verb) && view->units[verb].tag != QUOTH_TAG_VBN)
			continue;
		while (verb > first && (quoth_unit_is_adverb(view, verb - 1) || quoth_unit_is_finite(view, verb - 1)))
			verb--;
		source = quoth_source_before(view, clause, verb, floor);
		if (!quoth_range_is_empty(source.units) && (!source.is_relative || is_coordinated)) {
			source.is_shared = true;
			return source;
		}
	}
	return main_subject_after(view, clause, unit);
}

struct quoth_source quoth_source_agent(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t unit)
{
	uint32_t end = clause->units.end;

	for (uint32_t i = unit; i + 1 < end && i < unit + MAX_AGENT; i++) {
		if (quoth_unit_is_quotation(view, i) || view->units[i].mark != QUOTH_NO_MARK || quoth_unit_is_finite(view, i))
			break;
		if (quoth_unit_has_role(view, i, QUOTH_ROLE_BY))
			return quoth_source_after(view, clause, i + 1);
	}
	return NO_SOURCE;
}

struct quoth_source quoth_source_possessor(const struct quoth_view *view, const struct quoth_clause *clause,
					   uint32_t noun, uint32_t floor)
{
	uint32_t first = lower_bound(clause, floor);
	struct quoth_source source = NO_SOURCE;

	for (uint32_t i = noun; i > first && noun - i < 5; i--) {
		unsigned tag = view->units[i - 1].tag;

		if (tag == QUOTH_TAG_PRPS) {
			source.units = source.core = (struct quoth_range){i - 1, i};
			return source;
		}
		if (tag == QUOTH_TAG_POS) {
			uint32_t begin = i - 1 > first ? phrase_begin(view, i - 1, first) : i - 1;

			if (begin < i - 1)
				source.units = source.core = (struct quoth_range){begin, i - 1};
			return source;
		}
		if (quoth_unit_is_quotation(view, i - 1) || !quoth_unit_is_nominal(view, i - 1))
			break;
	}
	return source;
}

uint32_t quoth_source_mention(const struct quoth_view *view, const struct quoth_source *source)
{
	const struct quoth_document *doc = view->doc;
	struct quoth_range tokens;
	uint32_t mention;

	if (quoth_range_is_empty(source->core))
		return QUOTH_NONE;
	tokens = quoth_units_tokens(view, source->core);
	for (uint32_t i = tokens.begin; i < tokens.end && i < tokens.begin + 8; i++) {
		mention = view->mention_from[i];
		if (mention != QUOTH_NONE && doc->mentions[mention].tokens.end <= tokens.end)
			return mention;
	}
	mention = view->mention_to[tokens.end];
	return mention;
}
