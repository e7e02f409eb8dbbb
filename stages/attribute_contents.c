#include "stages/attribute_candidates.h"

enum { MAX_CONTENT = 600, MAX_BEFORE = 200 };

bool quoth_unit_is_break(const struct quoth_view *view, uint32_t unit)
{
	switch (view->units[unit].mark) {
	case QUOTH_COMMA: case QUOTH_STOP: case QUOTH_QUESTION: case QUOTH_EXCLAMATION: case QUOTH_COLON:
	case QUOTH_SEMICOLON: case QUOTH_DASH: case QUOTH_ELLIPSIS:
		return true;
	default:
		return false;
	}
}

/* A quotation whose last word is followed by a comma inside its marks: “leave the country,” although … */
static bool ends_in_comma(const struct quoth_view *view, uint32_t unit)
{
	struct quoth_range inside;

	if (!quoth_unit_is_quotation(view, unit))
		return view->units[unit].mark == QUOTH_COMMA;
	inside = quoth_quotation_inside(view->doc, view->units[unit].quotation);
	return inside.begin < inside.end && view->doc->tokens[inside.end - 1].mark == QUOTH_COMMA;
}

static uint32_t skip_adverbs(const struct quoth_view *view, uint32_t unit, uint32_t end)
{
	uint32_t i = unit;

	while (i < end && i < unit + 4 && quoth_unit_is_adverb(view, i))
		i++;
	return i;
}

/* Whether a verb of speech stands at unit: the next cue's own realm begins. */
static bool is_speech_verb(const struct quoth_view *view, uint32_t unit, uint32_t end)
{
	const struct quoth_lexeme *lexeme;

	if (unit >= end || !quoth_unit_is_verb(view, unit))
		return false;
	lexeme = quoth_unit_lexeme(view, unit);
	return lexeme->cue_class && lexeme->cue_class != QUOTH_CUE_BELIEVE && lexeme->frame & QUOTH_FRAME_QUOTE;
}

/* Both past or both present; taggers take many a past tense for a participle. */
static bool has_tense_of(const struct quoth_view *view, uint32_t a, uint32_t b)
{
	unsigned one = view->units[a].tag == QUOTH_TAG_VBN ? QUOTH_TAG_VBD : view->units[a].tag;
	unsigned other = view->units[b].tag == QUOTH_TAG_VBN ? QUOTH_TAG_VBD : view->units[b].tag;

	return one == other && (one == QUOTH_TAG_VBD || one == QUOTH_TAG_VBZ);
}

/* ", saying …", "and added that …", ", according to …": the content ends before unit i. */
static bool starts_next_cue(const struct quoth_view *view, const struct quoth_cue *cue, uint32_t i, uint32_t end,
			    bool after_comma)
{
	uint32_t next = skip_adverbs(view, i, end);
	const struct quoth_lexeme *lexeme;

	if (quoth_unit_is_quotation(view, i) || next >= end || quoth_unit_is_quotation(view, next))
		return false;
	lexeme = quoth_unit_lexeme(view, next);
	if (after_comma && view->units[next].tag == QUOTH_TAG_VBG)
		return lexeme->cue_class && lexeme->frame & (QUOTH_FRAME_QUOTE | QUOTH_FRAME_CLAUSE | QUOTH_FRAME_OBJECT);
	if (quoth_unit_has_role(view, i, QUOTH_ROLE_COORDINATOR)) {
		next = skip_adverbs(view, i + 1, end);
		return is_speech_verb(view, next, end) && has_tense_of(view, next, cue->head);
	}
	return after_comma && quoth_lexeme_is(lexeme, QUOTH_LEX_PHRASE_START) && next + 1 < end &&
	       lexeme->cue_class == QUOTH_CUE_PHRASE;
}

/* A cue in a clause that opens with "while", "as", "if": its content ends where the main clause begins. */
bool quoth_cue_is_subordinate(const struct quoth_view *view, const struct quoth_clause *clause,
			      const struct quoth_cue *cue)
{
	for (uint32_t i = cue->group.begin; i > clause->units.begin && cue->group.begin - i < 24; i--) {
		if (quoth_unit_has_role(view, i - 1, QUOTH_ROLE_SUBORDINATOR))
			return true;
		if (quoth_unit_is_break(view, i - 1) || quoth_unit_is_finite(view, i - 1) ||
		    quoth_unit_is_quotation(view, i - 1))
			return false;
	}
	return false;
}

/* A noun phrase and a finite verb: a clause of its own. */
static bool starts_main_clause(const struct quoth_view *view, uint32_t unit, uint32_t end)
{
	uint32_t i;

	if (unit >= end || quoth_unit_is_quotation(view, unit) || quoth_unit_has_role(view, unit, QUOTH_ROLE_RELATIVE))
		return false;
	i = skip_adverbs(view, quoth_noun_phrase_end(view, unit, end, true), end);
	return i > unit && i < end && quoth_unit_is_finite(view, i);
}

bool quoth_pattern_is_phrasal(enum quoth_pattern pattern)
{
	return pattern == QUOTH_PATTERN_OBJECT || pattern == QUOTH_PATTERN_PREPOSITION || pattern == QUOTH_PATTERN_NOUN_OF ||
	       pattern == QUOTH_PATTERN_ADJECTIVE_OF || pattern == QUOTH_PATTERN_PASSIVE || pattern == QUOTH_PATTERN_AS;
}

/* An object ends at the next verb or side clause; its relative clauses and lists stay in. */
static bool ends_object(const struct quoth_view *view, uint32_t begin, uint32_t i, uint32_t end)
{
	if (quoth_unit_is_quotation(view, i))
		return false;
	if (view->units[i].mark == QUOTH_COMMA)
		return !(i + 1 < end && (quoth_unit_is_noun(view, i + 1) && i + 2 < end &&
					 (view->units[i + 2].mark == QUOTH_COMMA ||
					  quoth_unit_has_role(view, i + 2, QUOTH_ROLE_COORDINATOR))));
	if (quoth_unit_has_role(view, i, QUOTH_ROLE_SUBORDINATOR) && !quoth_unit_has_role(view, i, QUOTH_ROLE_AS) && i > begin)
		return true;
	return quoth_unit_has_role(view, i, QUOTH_ROLE_COORDINATOR) && i + 1 < end &&
	       quoth_unit_is_finite(view, skip_adverbs(view, i + 1, end - 1));
}

/* "to abolish the tax and challenged …": a finite verb goes on with the cue, not with the infinitive. */
static bool leaves_infinitive(const struct quoth_view *view, uint32_t begin, uint32_t i, uint32_t end)
{
	uint32_t next;

	if (view->units[begin].tag != QUOTH_TAG_TO || !quoth_unit_has_role(view, i, QUOTH_ROLE_COORDINATOR))
		return false;
	next = skip_adverbs(view, i + 1, end);
	return next < end && (view->units[next].tag == QUOTH_TAG_VBD || view->units[next].tag == QUOTH_TAG_VBZ);
}

static bool ends_content(const struct quoth_view *view, const struct quoth_cue *cue, uint32_t begin, uint32_t i,
			 uint32_t end, bool is_short)
{
	bool after_comma = i > begin && ends_in_comma(view, i - 1);

	if (view->units[i].mark == QUOTH_SEMICOLON)
		return true;
	if (after_comma && quoth_unit_has_role(view, i, QUOTH_ROLE_CONCESSIVE))
		return true;
	if (i > begin && starts_next_cue(view, cue, i, end, after_comma))
		return true;
	if (i > begin && leaves_infinitive(view, begin, i, end))
		return true;
	return is_short && ends_object(view, begin, i, end);
}

static uint32_t strip_end(const struct quoth_view *view, uint32_t begin, uint32_t end)
{
	while (end > begin && !quoth_unit_is_quotation(view, end - 1) &&
	       (quoth_unit_is_break(view, end - 1) || view->units[end - 1].mark == QUOTH_OPEN_BRACKET))
		end--;
	return end;
}

uint32_t quoth_content_end(const struct quoth_view *view, const struct quoth_clause *clause,
			   const struct quoth_cue *cue, uint32_t begin, enum quoth_pattern pattern)
{
	uint32_t end = clause->units.end, i;
	bool is_short = quoth_pattern_is_phrasal(pattern), is_side = quoth_cue_is_subordinate(view, clause, cue);

	if (end > begin + MAX_CONTENT)
		end = begin + MAX_CONTENT;
	for (i = begin + 1; i < end; i++) {
		if (ends_content(view, cue, begin, i, end, is_short))
			break;
		if (is_side && view->units[i].mark == QUOTH_COMMA && starts_main_clause(view, i + 1, end))
			break;
	}
	return strip_end(view, begin, i);
}

uint32_t quoth_content_begin(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t end,
			     uint32_t floor)
{
	uint32_t begin = clause->units.begin > floor ? clause->units.begin : floor;

	if (end > begin + MAX_BEFORE)
		begin = end - MAX_BEFORE;
	while (begin < end && !quoth_unit_is_quotation(view, begin) &&
	       (quoth_unit_is_break(view, begin) || view->units[begin].mark == QUOTH_BULLET))
		begin++;
	return begin;
}
