#include "stages/attribute_candidates.h"

enum {
	MIN_BEFORE_UNITS = 3,
	MAX_STATEMENT = 200,	/* units looked at to see whether words before a cue are a statement */
	MAX_ADJUNCTS = 60,	/* units of a cue's own adjuncts */
	MAX_RUN = 32,		/* quotations side by side */
};

static const struct quoth_source NO_SOURCE = {{0, 0}, {0, 0}, false, false};

struct maker {
	const struct quoth_view *view;
	const struct quoth_clause *clause;
	uint32_t clause_index, floor;
	const struct quoth_cue *cue;
	struct quoth_source subject, inverted;
	struct quoth_candidate *candidates;
	unsigned n;
};

static struct quoth_candidate *add(struct maker *maker, const struct quoth_source *source, enum quoth_rule rule,
				   enum quoth_pattern pattern)
{
	struct quoth_candidate *candidate;

	if (maker->n == QUOTH_MAX_CANDIDATES)
		return NULL;
	candidate = &maker->candidates[maker->n++];
	*candidate = (struct quoth_candidate){
		.cue = *maker->cue, .source = *source, .rule = (uint8_t)rule, .pattern = (uint8_t)pattern,
		.score = quoth_rules_share(maker->view->rules, maker->cue->lemma, maker->cue->cue_class, pattern),
	};
	return candidate;
}

static bool add_stretch(struct quoth_candidate *candidate, uint32_t begin, uint32_t end)
{
	if (begin >= end || candidate->n_content == QUOTH_MAX_STRETCHES)
		return false;
	candidate->content[candidate->n_content++] = (struct quoth_range){begin, end};
	return true;
}

static uint32_t skip_adverbs_back(const struct quoth_view *view, uint32_t unit, uint32_t first)
{
	while (unit > first && !quoth_unit_is_quotation(view, unit - 1) && quoth_unit_is_adverb(view, unit - 1))
		unit--;
	return unit;
}

/* ---- content before the cue ---- */

/* Words and a verb: what could be said, not an adverbial that opens the sentence. */
static bool is_statement(const struct quoth_view *view, uint32_t begin, uint32_t end)
{
	if (end < begin + MIN_BEFORE_UNITS)
		return false;
	if (view->units[begin].tag == QUOTH_TAG_IN && view->units[begin + 1].tag == QUOTH_TAG_CD)
		begin++;	/* "About 4,000 people must leave" */
	if (view->units[begin].tag == QUOTH_TAG_IN || view->units[begin].tag == QUOTH_TAG_VBG ||
	    quoth_unit_has_role(view, begin, QUOTH_ROLE_SUBORDINATOR | QUOTH_ROLE_TIME))
		for (uint32_t i = begin; ; i++) {
			if (i >= end || i > begin + MAX_STATEMENT)
				return false;
			if (view->units[i].mark == QUOTH_COMMA) {
				begin = i;
				break;
			}
		}
	for (uint32_t i = begin; i < end && i < begin + 80; i++)
		if (quoth_unit_is_finite(view, i) || quoth_unit_is_quotation(view, i))
			return true;
	return false;
}

/* The quotation whose end touches unit `edge` (a comma or dash may stand between), QUOTH_NONE. */
static uint32_t quotation_before(const struct maker *maker, uint32_t edge)
{
	const struct quoth_view *view = maker->view;
	uint32_t first = maker->clause->units.begin, i = edge;

	if (i > first && (view->units[i - 1].mark == QUOTH_COMMA || view->units[i - 1].mark == QUOTH_DASH))
		i--;
	if (i > first)
		return quoth_unit_is_quotation(view, i - 1) ? i - 1 : QUOTH_NONE;
	/* “…?” Smith asked. The sentence may have been cut between. */
	if (i == 0 || maker->clause_index == 0 || maker->clause->units.begin != i)
		return QUOTH_NONE;
	if (view->clauses[maker->clause_index - 1].paragraph != maker->clause->paragraph ||
	    view->clauses[maker->clause_index - 1].quotation != maker->clause->quotation)
		return QUOTH_NONE;
	return quoth_unit_is_quotation(view, i - 1) ? i - 1 : QUOTH_NONE;
}

/* A quotation that stands for itself, no word or phrase of the sentence around it. */
static bool is_free(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t unit)
{
	const struct quoth_quotation *quotation = &view->doc->quotations[view->units[unit].quotation];
	struct quoth_range inside = quoth_quotation_inside(view->doc, view->units[unit].quotation);
	uint32_t i = unit;

	while (i > clause->units.begin && unit - i < MAX_RUN && quoth_unit_is_quotation(view, i - 1))
		i--;
	if (i <= clause->units.begin)
		return true;
	if (quotation->is_scare || inside.begin >= inside.end)
		return false;
	return quoth_unit_is_break(view, i - 1) && view->doc->tokens[inside.begin].shape != QUOTH_SHAPE_LOWER;
}

/* What goes on after the cue's own words: “…,” he said, “…”; the plan, he said, would fail. */
static void add_rest(const struct maker *maker, struct quoth_candidate *candidate, uint32_t from, bool is_quoted)
{
	const struct quoth_view *view = maker->view;
	uint32_t end = maker->clause->units.end, i = from;

	if (i < end && (view->units[i].mark == QUOTH_COMMA || view->units[i].mark == QUOTH_DASH ||
			view->units[i].mark == QUOTH_COLON))
		i++;
	if (i >= end)
		return;
	if (quoth_unit_is_quotation(view, i)) {
		uint32_t begin = i;

		while (i < end && i < begin + MAX_RUN && quoth_unit_is_quotation(view, i))
			i++;
		add_stretch(candidate, begin, i);
		return;
	}
	if (is_quoted || i == from || i + MIN_BEFORE_UNITS > end)
		return;
	if (view->units[i].tag == QUOTH_TAG_VBG || view->units[i].tag == QUOTH_TAG_IN ||
	    quoth_unit_has_role(view, i, QUOTH_ROLE_SUBORDINATOR | QUOTH_ROLE_RELATIVE | QUOTH_ROLE_COORDINATOR |
				QUOTH_ROLE_CONTENT_PREPOSITION))
		return;
	if (add_stretch(candidate, i, quoth_content_end(view, maker->clause, &candidate->cue, i, QUOTH_PATTERN_CLAUSE)))
		candidate->rule = QUOTH_RULE_AROUND;
}

/* "The bridge, she said, will open": a subject before the source, its verb after it. */
static bool is_parted(const struct maker *maker, uint32_t edge, uint32_t after)
{
	const struct quoth_view *view = maker->view;

	return edge > maker->clause->units.begin + 1 && view->units[edge - 1].mark == QUOTH_COMMA &&
	       quoth_unit_is_noun(view, edge - 2) && after + 1 < maker->clause->units.end &&
	       view->units[after].mark == QUOTH_COMMA && quoth_unit_is_finite(view, after + 1);
}

/* Content that ends before unit `edge`, where source and cue begin. `after`: the unit after both. */
static bool add_before(struct maker *maker, const struct quoth_source *source, uint32_t edge, uint32_t after)
{
	const struct quoth_view *view = maker->view;
	uint32_t quotation = quotation_before(maker, edge), begin;
	struct quoth_candidate *candidate;

	if (quotation != QUOTH_NONE && quotation >= maker->floor && is_free(view, maker->clause, quotation)) {
		candidate = add(maker, source, QUOTH_RULE_QUOTE_BEFORE, QUOTH_PATTERN_AFTER_QUOTE);
		if (!candidate)
			return false;
		for (begin = quotation; begin > maker->floor && begin > maker->clause->units.begin &&
		     quotation - begin < MAX_RUN && quoth_unit_is_quotation(view, begin - 1);)
			begin--;
		add_stretch(candidate, begin, quotation + 1);
		candidate->circumstances = (struct quoth_range){maker->cue->words.end, after};
		add_rest(maker, candidate, after, true);
		candidate->is_outer = true;
		return true;
	}
	if (edge <= maker->clause->units.begin ||
	    (quotation == QUOTH_NONE && view->units[edge - 1].mark != QUOTH_COMMA && view->units[edge - 1].mark != QUOTH_DASH))
		return false;
	begin = quoth_content_begin(view, maker->clause, edge, maker->floor);
	if (quotation != QUOTH_NONE ? begin > quotation : !is_statement(view, begin, edge) && !is_parted(maker, edge, after))
		return false;
	candidate = add(maker, source, QUOTH_RULE_BEFORE, QUOTH_PATTERN_AFTER);
	if (!candidate)
		return false;
	add_stretch(candidate, begin, quotation != QUOTH_NONE ? quotation + 1 : edge - 1);
	candidate->circumstances = (struct quoth_range){maker->cue->words.end, after};
	add_rest(maker, candidate, after, false);
	candidate->is_outer = true;
	return true;
}

/* ---- content after the cue ---- */

static enum quoth_rule rule_of(enum quoth_pattern pattern)
{
	static const uint8_t rules[QUOTH_N_PATTERNS] = {
		[QUOTH_PATTERN_QUOTE] = QUOTH_RULE_QUOTE_AFTER, [QUOTH_PATTERN_THAT] = QUOTH_RULE_THAT,
		[QUOTH_PATTERN_CLAUSE] = QUOTH_RULE_CLAUSE, [QUOTH_PATTERN_WH] = QUOTH_RULE_WH,
		[QUOTH_PATTERN_INFINITIVE] = QUOTH_RULE_INFINITIVE, [QUOTH_PATTERN_AS] = QUOTH_RULE_AS,
		[QUOTH_PATTERN_OBJECT] = QUOTH_RULE_OBJECT, [QUOTH_PATTERN_GERUND] = QUOTH_RULE_GERUND,
		[QUOTH_PATTERN_PREPOSITION] = QUOTH_RULE_PREPOSITION, [QUOTH_PATTERN_AFTER] = QUOTH_RULE_BEFORE,
		[QUOTH_PATTERN_AFTER_QUOTE] = QUOTH_RULE_QUOTE_BEFORE,
		[QUOTH_PATTERN_PASSIVE_CLAUSE] = QUOTH_RULE_PASSIVE, [QUOTH_PATTERN_PASSIVE_INFINITIVE] = QUOTH_RULE_PASSIVE,
		[QUOTH_PATTERN_PASSIVE] = QUOTH_RULE_PASSIVE, [QUOTH_PATTERN_NOUN_CLAUSE] = QUOTH_RULE_NOUN,
		[QUOTH_PATTERN_NOUN_INFINITIVE] = QUOTH_RULE_NOUN, [QUOTH_PATTERN_NOUN_OF] = QUOTH_RULE_NOUN,
		[QUOTH_PATTERN_ADJECTIVE_CLAUSE] = QUOTH_RULE_ADJECTIVE,
		[QUOTH_PATTERN_ADJECTIVE_INFINITIVE] = QUOTH_RULE_ADJECTIVE,
		[QUOTH_PATTERN_ADJECTIVE_OF] = QUOTH_RULE_ADJECTIVE, [QUOTH_PATTERN_PHRASE] = QUOTH_RULE_PHRASE_BEFORE,
	};
	return rules[pattern];
}

/* Where a list of quotations ends: “…,” “…” and “…”. */
static uint32_t quotations_end(const struct maker *maker, uint32_t begin)
{
	const struct quoth_view *view = maker->view;
	uint32_t end = begin, stop = maker->clause->units.end;

	for (uint32_t i = begin; i < stop && i < begin + MAX_RUN; i++) {
		if (quoth_unit_is_quotation(view, i))
			end = i + 1;
		else if (view->units[i].mark != QUOTH_COMMA && !quoth_unit_has_role(view, i, QUOTH_ROLE_COORDINATOR))
			break;
	}
	return end;
}

/* "did not cite reasons", "without naming anyone": speech that did not happen says nothing; nor is it speech to recall an
 * ambassador. */
static bool says_nothing(const struct maker *maker, enum quoth_pattern pattern, uint32_t begin)
{
	const struct quoth_view *view = maker->view;
	const struct quoth_cue *cue = maker->cue;
	uint32_t mention;

	if (!quoth_pattern_is_phrasal(pattern))
		return false;
	if (cue->is_negated && (cue->form == QUOTH_CUE_PARTICIPLE || cue->cue_class == QUOTH_CUE_SAY ||
				cue->cue_class == QUOTH_CUE_DOCUMENT))
		return true;
	if (pattern != QUOTH_PATTERN_OBJECT || !(cue->frame & QUOTH_FRAME_THING) || quoth_unit_is_quotation(view, begin))
		return false;
	mention = view->mention_from[view->units[begin].tokens.begin];
	return mention != QUOTH_NONE && view->doc->mentions[mention].is_animate;
}

static void add_after(struct maker *maker, const struct quoth_source *source, bool with_subject)
{
	const struct quoth_view *view = maker->view;
	const struct quoth_cue *cue = maker->cue;
	enum quoth_pattern pattern = cue->pattern;
	uint32_t begin = cue->complement, end;
	struct quoth_candidate *candidate;

	if (begin >= maker->clause->units.end || quoth_unit_is_break(view, begin) || says_nothing(maker, pattern, begin))
		return;
	candidate = add(maker, source, rule_of(pattern), pattern);
	if (!candidate)
		return;
	if (with_subject && !quoth_range_is_empty(maker->subject.units))
		add_stretch(candidate, maker->subject.units.begin, maker->subject.units.end);
	if (pattern == QUOTH_PATTERN_QUOTE && cue->is_set_off) {
		end = quotations_end(maker, begin);
	} else {
		end = quoth_content_end(view, maker->clause, cue, begin, pattern);
	}
	if (!add_stretch(candidate, begin, end))
		maker->n--;
}

/* ---- by form of the cue ---- */

static bool is_closed_by_cue(const struct quoth_cue *cue)
{
	return cue->pattern == QUOTH_PATTERN_AFTER || cue->pattern == QUOTH_PATTERN_PREPOSITION ||
	       cue->pattern == QUOTH_PATTERN_OBJECT || cue->pattern == QUOTH_PATTERN_GERUND ||
	       cue->pattern == QUOTH_PATTERN_QUOTE || cue->pattern == QUOTH_PATTERN_PASSIVE;
}

/* Where adjuncts after unit i ("on Monday", "in a statement") end: the next mark or quotation. */
static uint32_t adjuncts_end(const struct maker *maker, uint32_t i)
{
	uint32_t end = maker->clause->units.end;

	if (end > i + MAX_ADJUNCTS)
		end = i + MAX_ADJUNCTS;
	while (i < end && !quoth_unit_is_quotation(maker->view, i) && !quoth_unit_is_break(maker->view, i))
		i++;
	return i;
}

/* Whether the candidate just made has quotations on both sides of its cue: “…,” he said, “…”. */
static bool is_split(const struct maker *maker)
{
	const struct quoth_candidate *last = &maker->candidates[maker->n - 1];

	return last->rule == QUOTH_RULE_QUOTE_BEFORE && last->n_content > 1;
}

static void make_finite(struct maker *maker)
{
	const struct quoth_view *view = maker->view;
	const struct quoth_cue *cue = maker->cue;
	struct quoth_source governing;
	bool can_follow = cue->frame & (QUOTH_FRAME_QUOTE | QUOTH_FRAME_CLAUSE) && is_closed_by_cue(cue);

	maker->subject = quoth_source_before(view, maker->clause, cue->group.begin, maker->floor);
	if (cue->is_raising) {
		add_after(maker, &NO_SOURCE, true);
		return;
	}
	if (!quoth_range_is_empty(maker->subject.units)) {
		uint32_t edge = skip_adverbs_back(view, maker->subject.units.begin, maker->clause->units.begin);

		if (can_follow && !maker->subject.is_relative &&
		    add_before(maker, &maker->subject, edge, adjuncts_end(maker, cue->words.end)) && is_split(maker))
			return;	/* the part behind the cue is no quotation of its own */
		add_after(maker, &maker->subject, false);
		return;
	}
	maker->inverted = cue->frame & QUOTH_FRAME_QUOTE ? quoth_source_after(view, maker->clause, cue->words.end) :
							   maker->subject;
	if (!quoth_range_is_empty(maker->inverted.units) &&
	    add_before(maker, &maker->inverted, cue->group.begin, adjuncts_end(maker, maker->inverted.units.end)))
		return;
	governing = quoth_source_governing(view, maker->clause, cue->group.begin, maker->floor);
	add_after(maker, &governing, false);
}

/* "an ad asking …", "forced voters to choose …": the noun phrase right before a participle, or before an infinitive
 * whose object it is. */
static struct quoth_source source_beside(const struct maker *maker)
{
	const struct quoth_view *view = maker->view;
	uint32_t begin = maker->cue->group.begin;
	struct quoth_source source = NO_SOURCE;

	if (begin == maker->clause->units.begin || quoth_unit_is_quotation(view, begin - 1) ||
	    view->units[begin - 1].mark != QUOTH_NO_MARK)
		return source;
	if (maker->cue->form == QUOTH_CUE_PARTICIPLE && quoth_unit_is_noun(view, begin - 1))
		source = quoth_source_before(view, maker->clause, begin, maker->floor);
	return source;
}

static void make_dependent(struct maker *maker)
{
	struct quoth_source source = source_beside(maker);

	if (quoth_range_is_empty(source.units))
		source = quoth_source_governing(maker->view, maker->clause, maker->cue->group.begin, maker->floor);

	add_after(maker, maker->cue->is_raising ? &NO_SOURCE : &source, false);
}

static void make_passive(struct maker *maker)
{
	const struct quoth_view *view = maker->view;
	const struct quoth_cue *cue = maker->cue;
	struct quoth_source agent = quoth_source_agent(view, maker->clause, cue->words.end);
	bool is_raised = cue->pattern == QUOTH_PATTERN_PASSIVE_INFINITIVE || cue->pattern == QUOTH_PATTERN_PASSIVE;

	maker->subject = quoth_source_before(view, maker->clause, cue->group.begin, maker->floor);
	if (cue->pattern == QUOTH_PATTERN_QUOTE) {
		add_after(maker, &agent, false);
		return;
	}
	if (cue->pattern == QUOTH_PATTERN_PASSIVE && !quoth_range_is_empty(agent.units)) {
		struct quoth_candidate *candidate = add(maker, &agent, QUOTH_RULE_PASSIVE, cue->pattern);

		if (candidate && !add_stretch(candidate, maker->subject.units.begin, maker->subject.units.end))
			maker->n--;
		return;
	}
	add_after(maker, &agent, is_raised);
}

static void make_noun(struct maker *maker)
{
	const struct quoth_view *view = maker->view;
	struct quoth_source source = quoth_source_possessor(view, maker->clause, maker->cue->head, maker->floor);

	if (quoth_range_is_empty(source.units))
		source = quoth_source_agent(view, maker->clause, maker->cue->words.end);
	if (quoth_range_is_empty(source.units))
		source = quoth_source_governing(view, maker->clause, maker->cue->head, maker->floor);
	add_after(maker, &source, false);
}

/* "According to Smith, a baker, the man was …": the source of a phrase that opens the sentence ends at the last comma
 * before the first verb that no relative pronoun governs; what lies behind is no apposition or list. */
static uint32_t opening_end(const struct maker *maker, const struct quoth_source *source)
{
	const struct quoth_view *view = maker->view;
	uint32_t end = maker->clause->units.end, first = QUOTH_NONE, last = QUOTH_NONE;
	bool is_relative = false;

	if (end > source->units.begin + MAX_ADJUNCTS)
		end = source->units.begin + MAX_ADJUNCTS;
	for (uint32_t i = source->units.begin; i < end && !quoth_unit_is_quotation(view, i); i++) {
		if (view->units[i].mark == QUOTH_COMMA) {
			first = first == QUOTH_NONE ? i : first;
			last = i;
			is_relative = false;
		} else if (quoth_unit_has_role(view, i, QUOTH_ROLE_RELATIVE)) {
			is_relative = true;
		} else if (last != QUOTH_NONE && !is_relative && quoth_unit_is_finite(view, i)) {
			return last;
		}
	}
	if (first != QUOTH_NONE)
		return first;
	return source->units.end;
}

static void make_preposition(struct maker *maker)
{
	const struct quoth_view *view = maker->view;
	const struct quoth_cue *cue = maker->cue;
	struct quoth_source source = quoth_source_after(view, maker->clause, cue->words.end);
	uint32_t head = cue->head, end = maker->clause->units.end, begin, after;
	struct quoth_candidate *candidate;

	if (cue->form == QUOTH_CUE_FIXED)
		source = (struct quoth_source){cue->gap, cue->gap, false, false};
	if (quoth_range_is_empty(source.units))
		return;
	if (head <= maker->clause->units.begin + 1 && cue->form != QUOTH_CUE_FIXED)
		source.units.end = opening_end(maker, &source);
	after = cue->form == QUOTH_CUE_FIXED ? cue->words.end : source.units.end;
	candidate = add(maker, &source, QUOTH_RULE_PHRASE_BEFORE, QUOTH_PATTERN_PHRASE);
	if (!candidate)
		return;
	begin = quoth_content_begin(view, maker->clause, head, maker->floor);
	if (head > begin && head - begin >= MIN_BEFORE_UNITS) {
		uint32_t before = head;

		if (view->units[before - 1].mark == QUOTH_COMMA || view->units[before - 1].mark == QUOTH_DASH)
			before--;
		add_stretch(candidate, begin, before);
		candidate->is_outer = true;
		if (after < end && view->units[after].mark == QUOTH_COMMA)
			add_rest(maker, candidate, after, false);
		if (candidate->rule == QUOTH_RULE_AROUND)
			candidate->rule = QUOTH_RULE_PHRASE_BEFORE;
		return;
	}
	candidate->rule = QUOTH_RULE_PHRASE_AFTER;
	candidate->is_outer = true;
	if (after < end && quoth_unit_is_break(view, after))
		after++;
	if (after >= end ||
	    !add_stretch(candidate, after, quoth_content_end(view, maker->clause, cue, after, QUOTH_PATTERN_CLAUSE)))
		maker->n--;
}

unsigned quoth_candidates_make(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t clause_index,
			       const struct quoth_cue *cue, uint32_t floor,
			       struct quoth_candidate candidates[QUOTH_MAX_CANDIDATES])
{
	static void (*const make[])(struct maker *) = {
		[QUOTH_CUE_FINITE] = make_finite, [QUOTH_CUE_PARTICIPLE] = make_dependent,
		[QUOTH_CUE_INFINITIVE] = make_dependent, [QUOTH_CUE_PASSIVE] = make_passive,
		[QUOTH_CUE_NOUN] = make_noun, [QUOTH_CUE_ADJECTIVE] = make_dependent,
		[QUOTH_CUE_PREPOSITION] = make_preposition, [QUOTH_CUE_FIXED] = make_preposition,
	};
	struct maker maker = {view, clause, clause_index, floor, cue, {{0, 0}, {0, 0}, false, false},
			      {{0, 0}, {0, 0}, false, false}, candidates, 0};

	make[cue->form](&maker);
	for (unsigned i = 0; i < maker.n; i++) {
		candidates[i].traits = quoth_candidate_traits(view, clause, &candidates[i]);
		candidates[i].score = quoth_rules_weigh(view->rules, candidates[i].score, candidates[i].traits,
							quoth_pattern_is_phrasal(candidates[i].pattern));
	}
	return maker.n;
}
