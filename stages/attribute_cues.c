#include "stages/attribute_cues.h"

enum {
	MAX_AUXILIARIES = 7,
	MAX_ADJUNCTS = 28,	/* units between a cue and its "that" or quotation */
	MAX_PHRASE = 14,
	MAX_NOUN_PHRASE = 24,
};

uint32_t quoth_noun_phrase_end(const struct quoth_view *view, uint32_t unit, uint32_t end, bool is_deep)
{
	uint32_t i = unit, noun = unit;

	if (end > unit + MAX_NOUN_PHRASE)
		end = unit + MAX_NOUN_PHRASE;
	for (; i < end; i++) {
		uint32_t mention;

		if (quoth_unit_is_quotation(view, i)) {
			if (view->doc->quotations[view->units[i].quotation].is_scare && i > unit)
				continue;
			break;
		}
		if (i > unit && quoth_unit_has_role(view, i, QUOTH_ROLE_RELATIVE))
			break;
		mention = view->mention_from[view->units[i].tokens.begin];
		if (mention != QUOTH_NONE) {
			uint32_t to = i + quoth_range_length(view->doc->mentions[mention].tokens);

			if (to <= end && view->units[to - 1].tokens.end == view->doc->mentions[mention].tokens.end) {
				noun = to;
				i = to - 1;
				continue;
			}
		}
		if (view->units[i].tag == QUOTH_TAG_PRP && i > unit)
			break;
		if (noun == i && i > unit && (view->units[i].tag == QUOTH_TAG_DT || view->units[i].tag == QUOTH_TAG_PRPS))
			break;
		if (quoth_unit_is_nominal(view, i)) {
			if (quoth_unit_is_noun(view, i))
				noun = i + 1;
			continue;
		}
		if ((view->units[i].tag == QUOTH_TAG_VBG || view->units[i].tag == QUOTH_TAG_VBN) && i > unit && noun == unit &&
		    i + 1 < end && quoth_unit_is_nominal(view, i + 1))
			continue;
		if (is_deep && noun == i && quoth_unit_has_role(view, i, QUOTH_ROLE_OF) && i + 1 < end &&
		    quoth_unit_is_nominal(view, i + 1))
			continue;
		if (noun == i && i > unit && quoth_unit_has_role(view, i, QUOTH_ROLE_COORDINATOR) && i + 1 < end &&
		    view->units[i + 1].tag == QUOTH_TAG_NNP && view->units[i - 1].tag == QUOTH_TAG_NNP)
			continue;
		break;
	}
	return noun == unit && i > unit ? i : noun;
}

/* The phrase that begins at a unit; 0 units where none does. Gap words may be anything but quotations. */
static uint32_t match_phrase(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t at,
			     const struct quoth_lexeme **phrase)
{
	uint32_t forms[MAX_PHRASE];
	uint32_t n = 0;

	if (!quoth_lexeme_is(quoth_unit_lexeme(view, at), QUOTH_LEX_PHRASE_START))
		return 0;
	while (n < MAX_PHRASE && at + n < clause->units.end && !quoth_unit_is_quotation(view, at + n)) {
		forms[n] = quoth_unit_token(view, at + n)->form;
		n++;
	}
	n = (uint32_t)quoth_lexicon_phrase(view->lexicon, forms, n, phrase);
	return n && (*phrase)->cue_class ? n : 0;
}

/* ---- the verb and its auxiliaries ---- */

/* A participle without its verb to be: "the plan proposed by", "asked about the plan, he". Taggers take many a past tense for
 * one, so that it must look like one, too. */
static bool is_reduced(const struct quoth_view *view, const struct quoth_clause *clause, const struct quoth_cue *cue)
{
	uint32_t next = cue->words.end;

	if (cue->group.begin == clause->units.begin || quoth_unit_is_quotation(view, cue->group.begin - 1) ||
	    view->units[cue->group.begin - 1].mark == QUOTH_COMMA)
		return view->units[cue->head].tag == QUOTH_TAG_VBN && next < clause->units.end &&
		       view->units[next].tag == QUOTH_TAG_IN;
	return next < clause->units.end && quoth_unit_has_role(view, next, QUOTH_ROLE_BY);
}

static void read_group(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t floor,
		       struct quoth_cue *cue)
{
	uint32_t begin = cue->head, first = clause->units.begin > floor ? clause->units.begin : floor;
	bool has_be = false, has_to = false, has_other = false;
	unsigned tag = view->units[cue->head].tag;

	for (uint32_t n = 0; begin > first && n < MAX_AUXILIARIES; n++) {
		uint32_t i = begin - 1;
		uint32_t roles = view->units[i].roles;

		if (quoth_unit_is_quotation(view, i))
			break;
		cue->is_negated |= (roles & QUOTH_ROLE_NEGATION) != 0;
		if (roles & QUOTH_ROLE_BE && view->units[i].tag != QUOTH_TAG_POS)
			has_be = true;
		else if (roles & (QUOTH_ROLE_HAVE | QUOTH_ROLE_DO) && view->units[i].tag != QUOTH_TAG_POS)
			has_other = true;
		else if (view->units[i].tag == QUOTH_TAG_MD)
			has_other = true;
		else if (roles & QUOTH_ROLE_TO && view->units[i].tag == QUOTH_TAG_TO && tag == QUOTH_TAG_VB)
			has_to = true;
		else if (!quoth_unit_is_adverb(view, i))
			break;
		begin = i;
		if (has_to)
			break;
	}
	cue->group.begin = begin;
	if (tag == QUOTH_TAG_VBN)
		cue->form = has_be || (!has_other && is_reduced(view, clause, cue)) ? QUOTH_CUE_PASSIVE : QUOTH_CUE_FINITE;
	else if (tag == QUOTH_TAG_VBG)
		cue->form = has_be ? QUOTH_CUE_FINITE : QUOTH_CUE_PARTICIPLE;
	else if (tag == QUOTH_TAG_VB)
		cue->form = has_to ? QUOTH_CUE_INFINITIVE : QUOTH_CUE_FINITE;
	else
		cue->form = has_be && tag == QUOTH_TAG_VBD ? QUOTH_CUE_PASSIVE : QUOTH_CUE_FINITE;
}

/* ---- what follows ---- */

/* Where the clause that begins at `unit` with a noun phrase has its finite verb, 0 if it has none near. */
static uint32_t find_finite(const struct quoth_view *view, uint32_t unit, uint32_t end)
{
	uint32_t i = quoth_noun_phrase_end(view, unit, end, true);

	if (i == unit)
		return 0;
	for (uint32_t n = 0; i < end && n < 12; n++) {
		if (quoth_unit_is_finite(view, i))
			return i;
		if (quoth_unit_has_role(view, i, QUOTH_ROLE_THAT))
			return 0;
		if (view->units[i].tag == QUOTH_TAG_IN && i + 1 < end) {
			uint32_t next = quoth_noun_phrase_end(view, i + 1, end, true);

			if (next == i + 1)
				return 0;
			i = next;
		} else if (quoth_unit_is_adverb(view, i)) {
			i++;
		} else {
			return 0;
		}
	}
	return 0;
}

struct scan {
	const struct quoth_view *view;
	struct quoth_cue *cue;
	uint32_t end;			/* of the clause */
	uint32_t object, preposition;	/* first unit of either passed on the way, 0 none */
	bool has_comma;
	bool after_preposition;		/* the next noun phrase is a preposition's */
};

static bool settle(struct scan *scan, uint32_t unit, enum quoth_pattern pattern)
{
	scan->cue->complement = unit;
	scan->cue->pattern = (uint8_t)pattern;
	scan->cue->has_hearer = scan->object != 0;
	scan->cue->is_set_off = scan->has_comma;
	return true;
}

static bool takes(const struct scan *scan, unsigned frames)
{
	return (scan->cue->frame & frames) != 0;
}

/* Speech verbs let dates and places stand between them and what was said. */
static bool lets_adjuncts_pass(const struct scan *scan)
{
	return takes(scan, QUOTH_FRAME_QUOTE | QUOTH_FRAME_CLAUSE | QUOTH_FRAME_HEARER);
}

static bool starts_infinitive(const struct scan *scan, uint32_t i)
{
	const struct quoth_view *view = scan->view;
	uint32_t next = i + 1;

	if (!quoth_unit_has_role(view, i, QUOTH_ROLE_TO))
		return false;
	while (next < scan->end && next < i + 4 && quoth_unit_is_adverb(view, next))
		next++;
	if (next >= scan->end)
		return false;
	return view->units[next].tag == QUOTH_TAG_VB || quoth_unit_is_quotation(view, next) ||
	       (view->units[i].tag == QUOTH_TAG_TO && quoth_unit_is_verb(view, next) &&
		view->units[next].tag != QUOTH_TAG_VBG);
}

/* A complement that opens with a word of its own: that, whether, to, as. */
static bool settle_by_opener(struct scan *scan, uint32_t i)
{
	const struct quoth_view *view = scan->view;
	bool is_direct = !scan->object && !scan->preposition && !scan->has_comma;
	bool passes = !scan->object || takes(scan, QUOTH_FRAME_HEARER);

	if (quoth_unit_has_role(view, i, QUOTH_ROLE_THAT) && passes &&
	    (takes(scan, QUOTH_FRAME_CLAUSE | QUOTH_FRAME_HEARER) || is_direct) &&
	    (view->units[i].tag == QUOTH_TAG_IN || (i + 1 < scan->end && !quoth_unit_is_finite(view, i + 1))))
		return settle(scan, i, QUOTH_PATTERN_THAT);
	if (starts_infinitive(scan, i) && (passes || takes(scan, QUOTH_FRAME_INFINITIVE)) &&
	    (is_direct || takes(scan, QUOTH_FRAME_INFINITIVE)))
		return settle(scan, i, QUOTH_PATTERN_INFINITIVE);
	if (quoth_unit_has_role(view, i, QUOTH_ROLE_WH) && passes && !scan->has_comma &&
	    (is_direct || takes(scan, QUOTH_FRAME_WH)))
		return settle(scan, i, QUOTH_PATTERN_WH);
	if (quoth_unit_has_role(view, i, QUOTH_ROLE_AS) && scan->object && takes(scan, QUOTH_FRAME_AS))
		return settle(scan, scan->object, QUOTH_PATTERN_AS);
	return false;
}

static bool settle_by_quotation(struct scan *scan, uint32_t i)
{
	if (!scan->has_comma && scan->object && !takes(scan, QUOTH_FRAME_HEARER))
		return settle(scan, scan->object, QUOTH_PATTERN_OBJECT);
	return settle(scan, i, QUOTH_PATTERN_QUOTE);
}

/* What was passed on the way and no opener came. */
static bool settle_by_passed(struct scan *scan, uint32_t i)
{
	scan->cue->after = i;
	if (scan->object)
		return settle(scan, scan->object, QUOTH_PATTERN_OBJECT);
	if (scan->preposition)
		return settle(scan, scan->preposition, QUOTH_PATTERN_PREPOSITION);
	return settle(scan, i, QUOTH_PATTERN_AFTER);
}

/* A noun phrase after the cue: the subject of its clause, its hearer or its object. Returns the unit to go on at, 0 when
 * settled. */
static uint32_t pass_noun_phrase(struct scan *scan, uint32_t i)
{
	const struct quoth_view *view = scan->view;
	uint32_t next = quoth_noun_phrase_end(view, i, scan->end, !takes(scan, QUOTH_FRAME_HEARER));

	if (scan->after_preposition) {
		scan->after_preposition = false;
		return next;
	}
	if (!scan->object && takes(scan, QUOTH_FRAME_CLAUSE | QUOTH_FRAME_QUOTE) && find_finite(view, i, scan->end)) {
		settle(scan, i, QUOTH_PATTERN_CLAUSE);
		return 0;
	}
	if (takes(scan, QUOTH_FRAME_HEARER) && scan->object && find_finite(view, i, scan->end)) {
		settle(scan, i, QUOTH_PATTERN_CLAUSE);
		return 0;
	}
	if (!scan->object && !(scan->preposition && lets_adjuncts_pass(scan) && !takes(scan, QUOTH_FRAME_HEARER)))
		scan->object = i;
	return next;
}

/* Words that stand between without meaning anything for the pattern; the unit after them, i itself where there is none. */
static uint32_t pass_adjunct(struct scan *scan, uint32_t i)
{
	const struct quoth_view *view = scan->view;
	const struct quoth_lexeme *lexeme = quoth_unit_lexeme(view, i);

	if (!scan->object && i + 1 < scan->end && quoth_unit_has_role(view, i, QUOTH_ROLE_ADVERB) &&
	    (view->units[i + 1].tag == QUOTH_TAG_NN || view->units[i + 1].tag == QUOTH_TAG_NNS)) {
		scan->object = i;	/* "further cuts" */
		return i + 1;
	}
	if (quoth_unit_is_adverb(view, i) || quoth_unit_has_role(view, i, QUOTH_ROLE_TIME) ||
	    (quoth_lexeme_is(lexeme, QUOTH_LEX_MONTH_OR_DAY) && view->doc->tokens[view->units[i].tokens.begin].shape !=
	     QUOTH_SHAPE_LOWER))
		return i + 1;
	if (view->units[i].tag == QUOTH_TAG_CD && i > scan->cue->words.end)
		return i + 1;
	if (view->units[i].tag == QUOTH_TAG_IN || quoth_unit_has_role(view, i, QUOTH_ROLE_CONTENT_PREPOSITION)) {
		if (!scan->preposition && !scan->object)
			scan->preposition = i;
		scan->after_preposition = true;
		return i + 1;
	}
	return i;
}

static bool settle_by_mark(struct scan *scan, uint32_t i)
{
	const struct quoth_view *view = scan->view;
	unsigned mark = view->units[i].mark;

	if (mark == QUOTH_COLON && i + 1 >= scan->end)	/* "issued this statement:", what it was comes next */
		return settle(scan, scan->end, QUOTH_PATTERN_AFTER);
	if (mark == QUOTH_COLON) {
		scan->has_comma = true;
		return settle(scan, i + 1, quoth_unit_is_quotation(view, i + 1) ? QUOTH_PATTERN_QUOTE :
			      QUOTH_PATTERN_CLAUSE);
	}
	if (mark == QUOTH_COMMA && i + 1 < scan->end && quoth_unit_is_quotation(view, i + 1)) {
		scan->has_comma = true;
		return settle(scan, i + 1, QUOTH_PATTERN_QUOTE);
	}
	return settle_by_passed(scan, i);
}

static void find_complement(const struct quoth_view *view, uint32_t end, struct quoth_cue *cue)
{
	struct scan scan = {.view = view, .cue = cue, .end = end};
	uint32_t i = cue->words.end, stop = i + MAX_ADJUNCTS;

	cue->after = end;
	while (i < end && i < stop) {
		uint32_t next;

		if (quoth_unit_is_quotation(view, i)) {
			settle_by_quotation(&scan, i);
			return;
		}
		if (view->units[i].mark != QUOTH_NO_MARK && view->units[i].mark != QUOTH_HYPHEN) {
			settle_by_mark(&scan, i);
			return;
		}
		if (settle_by_opener(&scan, i))
			return;
		next = pass_adjunct(&scan, i);
		if (next == i && quoth_unit_is_nominal(view, i)) {
			next = pass_noun_phrase(&scan, i);
			if (!next)
				return;
		}
		if (next == i) {
			if (view->units[i].tag == QUOTH_TAG_VBG && !scan.object && !scan.preposition)
				settle(&scan, i, QUOTH_PATTERN_GERUND);
			else
				settle_by_passed(&scan, i);
			return;
		}
		i = next;
	}
	settle_by_passed(&scan, i < end ? i : end);
}

/* ---- by part ---- */

/* A noun or adjective takes that, to, or a preposition right after it. */
static bool read_noun(const struct quoth_view *view, const struct quoth_clause *clause, struct quoth_cue *cue,
		      const enum quoth_pattern patterns[3])
{
	uint32_t i = cue->words.end, end = clause->units.end;
	struct scan scan = {.view = view, .cue = cue, .end = end};

	cue->group = cue->words;
	if (i >= end)
		return false;
	if (quoth_unit_has_role(view, i, QUOTH_ROLE_THAT | QUOTH_ROLE_WH) && view->units[i].tag != QUOTH_TAG_WDT)
		return settle(&scan, i, patterns[0]);
	if (starts_infinitive(&scan, i))
		return settle(&scan, i, patterns[1]);
	if (quoth_unit_has_role(view, i, QUOTH_ROLE_CONTENT_PREPOSITION) && i + 1 < end)
		return settle(&scan, i + 1, patterns[2]);
	return false;
}

static bool is_noun_tag(unsigned tag)
{
	return tag == QUOTH_TAG_NN || tag == QUOTH_TAG_NNS;
}

static void read_lexeme(struct quoth_cue *cue, const struct quoth_lexeme *lexeme)
{
	cue->lemma = lexeme->lemma;
	cue->cue_class = lexeme->cue_class;
	cue->frame = lexeme->frame;
}

static bool read_verb(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t floor,
		      struct quoth_cue *cue, bool is_phrase)
{
	read_group(view, clause, floor, cue);
	cue->is_raising = quoth_unit_has_role(view, cue->head, QUOTH_ROLE_SEEM);
	cue->group.end = cue->words.end;
	find_complement(view, clause->units.end, cue);
	if (is_phrase && cue->form == QUOTH_CUE_PASSIVE)
		cue->form = QUOTH_CUE_FINITE;	/* "was quoted as saying": the subject said it */
	if (cue->form == QUOTH_CUE_PASSIVE) {
		if (cue->pattern == QUOTH_PATTERN_INFINITIVE)
			cue->pattern = QUOTH_PATTERN_PASSIVE_INFINITIVE;
		else if (cue->pattern == QUOTH_PATTERN_THAT || cue->pattern == QUOTH_PATTERN_CLAUSE ||
			 cue->pattern == QUOTH_PATTERN_WH)
			cue->pattern = QUOTH_PATTERN_PASSIVE_CLAUSE;
		else if (cue->pattern != QUOTH_PATTERN_QUOTE)
			cue->pattern = QUOTH_PATTERN_PASSIVE;
	}
	if (cue->pattern == QUOTH_PATTERN_PREPOSITION && cue->complement == cue->words.end &&
	    quoth_unit_has_role(view, cue->complement, QUOTH_ROLE_CONTENT_PREPOSITION) &&
	    cue->complement + 1 < clause->units.end)
		cue->complement++;
	return true;
}

static bool read_phrase(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t floor,
			const struct quoth_lexeme *phrase, uint32_t length, struct quoth_cue *cue)
{
	read_lexeme(cue, phrase);
	cue->words.end = cue->head + length;
	if (cue->cue_class != QUOTH_CUE_PHRASE)
		return read_verb(view, clause, floor, cue, true);
	cue->group = cue->words;
	cue->pattern = QUOTH_PATTERN_PHRASE;
	cue->complement = cue->after = cue->words.end;
	cue->form = QUOTH_CUE_PREPOSITION;
	if (phrase->gap_after) {
		cue->form = QUOTH_CUE_FIXED;
		cue->gap = (struct quoth_range){cue->head + phrase->gap_after, cue->words.end - phrase->gap_before};
	}
	return true;
}

bool quoth_cue_read(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t at, uint32_t floor,
		    struct quoth_cue *cue)
{
	static const enum quoth_pattern noun[] = {QUOTH_PATTERN_NOUN_CLAUSE, QUOTH_PATTERN_NOUN_INFINITIVE,
						  QUOTH_PATTERN_NOUN_OF};
	static const enum quoth_pattern adjective[] = {QUOTH_PATTERN_ADJECTIVE_CLAUSE,
						       QUOTH_PATTERN_ADJECTIVE_INFINITIVE, QUOTH_PATTERN_ADJECTIVE_OF};
	const struct quoth_lexeme *lexeme, *phrase;
	uint32_t length, form;
	unsigned tag;

	if (quoth_unit_is_quotation(view, at) || view->units[at].mark != QUOTH_NO_MARK)
		return false;
	lexeme = quoth_unit_lexeme(view, at);
	tag = view->units[at].tag;
	form = quoth_unit_token(view, at)->form;
	*cue = (struct quoth_cue){.head = at, .words = {at, at + 1}, .complement = clause->units.end,
				  .after = clause->units.end};
	length = match_phrase(view, clause, at, &phrase);
	if (length && (phrase->cue_class == QUOTH_CUE_PHRASE || quoth_unit_is_verb(view, at)))
		return read_phrase(view, clause, floor, phrase, length, cue);
	read_lexeme(cue, lexeme);
	if (cue->cue_class != QUOTH_CUE_NONE && quoth_unit_is_verb(view, at))
		return read_verb(view, clause, floor, cue, false);
	cue->lemma = form;
	if (is_noun_tag(tag) && quoth_rules_knows(view->rules, form, QUOTH_PART_NOUN)) {
		cue->form = QUOTH_CUE_NOUN;
		return read_noun(view, clause, cue, noun);
	}
	if (tag == QUOTH_TAG_JJ && quoth_rules_knows(view->rules, form, QUOTH_PART_ADJECTIVE)) {
		cue->form = QUOTH_CUE_ADJECTIVE;
		return read_noun(view, clause, cue, adjective);
	}
	return false;
}
