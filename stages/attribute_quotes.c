#include "stages/attribute_quotes.h"

enum {
	MAX_CUE_BACK = 48,	/* units from a colon back to the verb that announces what follows it */
	MIN_NEAR_WORDS = 4,	/* a shorter quotation without a cue is a title or a scare quote */
	MAX_LABEL = 8,		/* units of a speaker's name before a colon */
};

/* The score of attributions that no cue's share can be looked up for. */
static const float COLON_SCORE = 0.8f, CONTINUED_SCORE = 0.7f, NEAR_SCORE = 0.4f, TURN_SCORE = 0.9f;

struct state {
	struct quoth_record_list *list;
	const struct quoth_view *view;
	uint32_t next;		/* the first record of this clause or a later one */
	uint32_t n_cued;	/* records with clauses in ascending order: those made before this pass */
	uint32_t last;		/* the last record of speech up to here, QUOTH_NONE */
	uint32_t last_clause;	/* where it, or what was appended to it, ends */
	bool is_bare;		/* whether the clause under way has nothing but quotations and marks */
};

static uint32_t count_words(const struct quoth_document *doc, uint32_t quotation)
{
	struct quoth_range inside = quoth_quotation_inside(doc, quotation);
	uint32_t n = 0;

	for (uint32_t i = inside.begin; i < inside.end && n < MIN_NEAR_WORDS; i++)
		n += doc->tokens[i].kind == QUOTH_WORD || doc->tokens[i].kind == QUOTH_NUMBER;
	return n;
}

/* Whether the clause has nothing but quotations and marks. */
static bool is_bare(const struct quoth_view *view, const struct quoth_clause *clause)
{
	for (uint32_t i = clause->units.begin; i < clause->units.end; i++)
		if (!quoth_unit_is_quotation(view, i) && view->units[i].mark == QUOTH_NO_MARK)
			return false;
	return true;
}

static bool is_paragraph_start(const struct quoth_view *view, uint32_t clause)
{
	return clause == 0 || view->clauses[clause - 1].paragraph != view->clauses[clause].paragraph;
}

static int add_quotation(struct state *state, struct quoth_candidate *candidate, uint32_t clause, uint32_t unit,
			 uint32_t continues)
{
	uint32_t record;
	int error;

	candidate->content[0] = (struct quoth_range){unit, unit + 1};
	candidate->n_content = 1;
	error = quoth_records_add(state->list, candidate, clause, &record);
	if (error || record == QUOTH_NONE)
		return error;
	state->list->records[record].attribution.continues = continues;
	state->list->records[record].is_speech = true;
	state->last = record;
	state->last_clause = clause;
	return 0;
}

/* "She issued the following statement:", "Zakharova:": the cue and source before unit `colon`. */
static bool read_announcement(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t colon,
			      struct quoth_candidate *candidate)
{
	struct quoth_source label;
	struct quoth_cue cue;

	*candidate = (struct quoth_candidate){.rule = QUOTH_RULE_QUOTE_COLON, .score = COLON_SCORE};
	for (uint32_t i = colon; i > clause->units.begin && colon - i < MAX_CUE_BACK; i--) {
		if (!quoth_cue_read(view, clause, i - 1, clause->units.begin, &cue) || cue.form >= QUOTH_CUE_NOUN ||
		    !(cue.frame & QUOTH_FRAME_QUOTE))
			continue;
		candidate->cue = cue;
		candidate->rule = QUOTH_RULE_QUOTE_AFTER;
		candidate->source = quoth_source_before(view, clause, cue.group.begin, clause->units.begin);
		if (quoth_range_is_empty(candidate->source.units))
			candidate->source = quoth_source_governing(view, clause, cue.group.begin, clause->units.begin);
		return true;
	}
	label = quoth_source_after(view, clause, clause->units.begin);
	candidate->cue.words = (struct quoth_range){colon, colon + 1};
	if (quoth_range_is_empty(label.units) || label.units.end != colon)
		label = quoth_source_governing(view, clause, colon, clause->units.begin);
	candidate->source = label;
	return !quoth_range_is_empty(label.units);
}

/* The colon right before the quotation, in its clause or at the end of the one before; QUOTH_NONE. */
static uint32_t colon_before(const struct quoth_view *view, uint32_t clause, uint32_t unit, uint32_t *colon_clause)
{
	*colon_clause = unit > view->clauses[clause].units.begin ? clause : clause - 1;
	if (unit == 0 || (unit == view->clauses[clause].units.begin && clause == 0))
		return QUOTH_NONE;
	return view->units[unit - 1].mark == QUOTH_COLON ? unit - 1 : QUOTH_NONE;
}

static bool continues_record(const struct state *state, uint32_t quotation, uint32_t *record)
{
	uint32_t from = state->view->doc->quotations[quotation].continues;

	*record = from == QUOTH_NONE ? QUOTH_NONE : state->list->owner[from];
	return *record != QUOTH_NONE;
}

/* A cue-less quotation with words of the article around it: the subject of what is told there. */
static int own_near(struct state *state, uint32_t clause_index, uint32_t unit)
{
	const struct quoth_view *view = state->view;
	const struct quoth_clause *clause = &view->clauses[clause_index];
	struct quoth_candidate candidate = {.rule = QUOTH_RULE_QUOTE_NEAR, .score = NEAR_SCORE};

	if (view->doc->quotations[view->units[unit].quotation].is_scare ||
	    count_words(view->doc, view->units[unit].quotation) < MIN_NEAR_WORDS)
		return 0;
	candidate.source = quoth_source_governing(view, clause, unit, clause->units.begin);
	if (quoth_range_is_empty(candidate.source.units) && !is_paragraph_start(view, clause_index) &&
	    unit == clause->units.begin)
		candidate.source = quoth_source_governing(view, &view->clauses[clause_index - 1], unit, 0);
	if (quoth_range_is_empty(candidate.source.units))
		return 0;
	return add_quotation(state, &candidate, clause_index, unit, QUOTH_NONE);
}

/* Whether the last record of speech goes on with a quotation that opens the clause: in the same paragraph, or as the whole
 * next paragraph after one that ended in quotation marks. */
static bool can_go_on(const struct state *state, uint32_t clause, bool is_bare)
{
	const struct quoth_attribution *last = &state->list->records[state->last].attribution;
	const struct quoth_view *view = state->view;

	if (view->clauses[state->last_clause].paragraph == view->clauses[clause].paragraph)
		return true;
	return is_bare && last->kind != QUOTH_INDIRECT && last->n_parts < QUOTH_MAX_PARTS / 2;
}

static int own(struct state *state, uint32_t clause_index, uint32_t unit)
{
	const struct quoth_view *view = state->view;
	uint32_t quotation = view->units[unit].quotation, record, colon, colon_clause;
	struct quoth_candidate candidate;
	bool bare = state->is_bare;

	if (continues_record(state, quotation, &record) && quoth_records_append(state->list, record, quotation)) {
		state->last = record;
		state->last_clause = clause_index;
		return 0;
	}
	colon = colon_before(view, clause_index, unit, &colon_clause);
	if (colon != QUOTH_NONE && count_words(view->doc, quotation) > 0 &&
	    read_announcement(view, &view->clauses[colon_clause], colon, &candidate))
		return add_quotation(state, &candidate, clause_index, unit, QUOTH_NONE);
	if (unit == view->clauses[clause_index].units.begin && state->last != QUOTH_NONE &&
	    clause_index - state->last_clause <= 1 && can_go_on(state, clause_index, bare) &&
	    quoth_records_append(state->list, state->last, quotation)) {
		state->last_clause = clause_index;
		return 0;
	}
	if (bare && state->last != QUOTH_NONE && clause_index - state->last_clause <= 1) {
		candidate = (struct quoth_candidate){.rule = QUOTH_RULE_QUOTE_CONTINUED, .score = CONTINUED_SCORE};
		return add_quotation(state, &candidate, clause_index, unit, state->last);
	}
	return own_near(state, clause_index, unit);
}

/* Moves on to the records of a clause. */
static void pass_records(struct state *state, uint32_t clause)
{
	const struct quoth_record *records = state->list->records;

	for (; state->next < state->n_cued && records[state->next].clause <= clause; state->next++) {
		if (!records[state->next].is_speech)
			continue;
		state->last = state->next;
		state->last_clause = records[state->next].clause;
	}
}

/* A quotation over several paragraphs whose cue stands in a later one is its cue's from the start. */
static void own_openings(struct quoth_record_list *list)
{
	const struct quoth_document *doc = list->view->doc;

	for (uint32_t i = doc->n_quotations; i-- > 0;) {
		uint32_t from = doc->quotations[i].continues, record = list->owner[i];

		if (from != QUOTH_NONE && from < i && record != QUOTH_NONE && list->owner[from] == QUOTH_NONE &&
		    list->records[record].attribution.kind == QUOTH_DIRECT)
			quoth_records_prepend(list, record, from);
	}
}

int quoth_quotes_own(struct quoth_record_list *list)
{
	struct state state = {.list = list, .view = list->view, .n_cued = list->n, .last = QUOTH_NONE};
	const struct quoth_view *view = list->view;
	int error = 0;

	own_openings(list);
	for (uint32_t i = 0; i < view->n_outer_clauses && !error; i++) {
		const struct quoth_clause *clause = &view->clauses[i];

		pass_records(&state, i);
		if (quoth_turns_hold(view, clause->paragraph))
			continue;
		state.is_bare = is_bare(view, clause);	/* once a clause: it may have a million quotations */
		for (uint32_t j = clause->units.begin; j < clause->units.end && !error; j++)
			if (quoth_unit_is_quotation(view, j) && list->owner[view->units[j].quotation] == QUOTH_NONE)
				error = own(&state, i, j);
	}
	return error;
}

/* ---- turns ---- */

/* A single label is a headline's kicker ("EXCLUSIVE: …"), not a transcript. */
bool quoth_turns_hold(const struct quoth_view *view, uint32_t paragraph)
{
	return view->n_turns > 1 && view->doc->paragraphs[paragraph].kind == QUOTH_TURN;
}

/* The token of the colon that ends a turn's label, QUOTH_NONE. */
static uint32_t label_end(const struct quoth_document *doc, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin; i < tokens.end && i < tokens.begin + MAX_LABEL; i++)
		if (doc->tokens[i].mark == QUOTH_COLON)
			return i;
	return QUOTH_NONE;
}

static enum quoth_kind kind_of(const struct quoth_document *doc, struct quoth_range tokens)
{
	bool has_words = false, has_quoted = false;

	for (uint32_t i = tokens.begin; i < tokens.end; i++) {
		if (doc->tokens[i].kind != QUOTH_WORD)
			continue;
		if (doc->tokens[i].quote_depth)
			has_quoted = true;
		else
			has_words = true;
	}
	return !has_quoted ? QUOTH_INDIRECT : has_words ? QUOTH_MIXED : QUOTH_DIRECT;
}

static int add_turn(struct quoth_record_list *list, uint32_t paragraph)
{
	const struct quoth_document *doc = list->view->doc;
	struct quoth_range tokens = doc->paragraphs[paragraph].tokens;
	uint32_t colon = label_end(doc, tokens), begin = tokens.begin, record;
	struct quoth_candidate candidate = {.rule = QUOTH_RULE_TURN, .score = TURN_SCORE};
	struct quoth_attribution *attribution;
	int error;

	if (colon == QUOTH_NONE || colon + 1 >= tokens.end)
		return 0;
	if (begin < colon && doc->tokens[begin].kind == QUOTH_QUOTE_MARK)
		begin++;
	error = quoth_records_add_tokens(list, &candidate, (struct quoth_range){colon + 1, tokens.end}, &record);
	if (error)
		return error;
	attribution = &list->records[record].attribution;
	attribution->source = (struct quoth_range){begin, colon};
	attribution->cue = (struct quoth_range){colon, colon + 1};
	attribution->mention = list->view->mention_from[begin];
	attribution->kind = kind_of(doc, attribution->parts[0]);
	return 0;
}

int quoth_turns_add(struct quoth_record_list *list)
{
	const struct quoth_document *doc = list->view->doc;
	int error = 0;

	for (uint32_t i = 0; i < doc->n_paragraphs && !error; i++)
		if (quoth_turns_hold(list->view, i))
			error = add_turn(list, i);
	return error;
}
