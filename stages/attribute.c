#include "stages/attribute.h"

#include "stages/attribute_choice.h"
#include "stages/attribute_explain.h"
#include "stages/attribute_quotes.h"

enum {
	MAX_CUES = 96,		/* of a clause that are weighed against each other; a longer clause is cut into batches */
	MAX_LABEL = 6,		/* units before a headline's colon */
};

/* Candidates below are dropped: the share at which one more right row is worth the wrong ones that come with it (half of
 * the F1 reached, Lipton et al. 2014). PolNeAR dev hardly moves between 0.27 and 0.38. */
static const float MIN_SCORE = 0.32f;

/* What a speaker says that others said is in PolNeAR's guideline part of what he says. Readers of a table want the sure
 * ones: a quotation in the quotation, or speech of somebody named there. */
static const float MIN_NESTED_SCORE = 0.90f, MIN_NESTED_QUOTE_SCORE = 0.80f;

/* No share is measured for a headline's colon. */
static const float HEADLINE_SCORE = 0.5f;

struct batch {
	struct quoth_candidate best[MAX_CUES];
	bool is_taken[MAX_CUES];
	unsigned n;
};

static const struct quoth_candidate *choose(const struct quoth_candidate *candidates, unsigned n)
{
	const struct quoth_candidate *best = NULL;

	for (unsigned i = 0; i < n; i++)
		if (!best || candidates[i].score > best->score)
			best = &candidates[i];
	return best;
}

/* Reads cues from unit `at` on into the batch; returns the unit to go on at. */
static uint32_t fill_batch(const struct quoth_view *view, uint32_t clause_index, uint32_t at, uint32_t floor,
			   struct batch *batch)
{
	const struct quoth_clause *clause = &view->clauses[clause_index];
	struct quoth_candidate candidates[QUOTH_MAX_CANDIDATES];
	const struct quoth_candidate *best;
	struct quoth_cue cue;

	batch->n = 0;
	while (at < clause->units.end && batch->n < MAX_CUES) {
		if (!quoth_cue_read(view, clause, at, floor, &cue)) {
			at++;
			continue;
		}
		best = choose(candidates, quoth_candidates_make(view, clause, clause_index, &cue, floor, candidates));
		if (best && best->score >= MIN_SCORE) {
			batch->is_taken[batch->n] = false;
			batch->best[batch->n++] = *best;
		}
		at = cue.words.end;
	}
	return at;
}

static bool holds(const struct quoth_candidate *candidate, uint32_t unit)
{
	for (unsigned i = 0; i < candidate->n_content; i++)
		if (quoth_range_holds(candidate->content[i], unit))
			return true;
	return false;
}

static bool overlaps(const struct quoth_candidate *a, const struct quoth_candidate *b)
{
	for (unsigned i = 0; i < a->n_content; i++)
		for (unsigned j = 0; j < b->n_content; j++)
			if (quoth_ranges_overlap(a->content[i], b->content[j]))
				return true;
	return false;
}

/* Whether a candidate can stand beside those taken: its cue not said by another, its content not shared, nor theirs a
 * cue. */
static bool fits(const struct batch *batch, const struct quoth_candidate *candidate)
{
	for (unsigned i = 0; i < batch->n; i++) {
		const struct quoth_candidate *other = &batch->best[i];

		if (batch->is_taken[i] && other != candidate &&
		    (holds(other, candidate->cue.head) || quoth_range_holds(other->circumstances, candidate->cue.head) || holds(candidate, other->cue.head) || overlaps(other, candidate)))
			return false;
	}
	return true;
}

static bool is_cue_of_quotation(const struct quoth_candidate *candidate)
{
	return candidate->rule == QUOTH_RULE_QUOTE_BEFORE ||
	       (candidate->rule == QUOTH_RULE_QUOTE_AFTER && candidate->cue.is_set_off);
}

/* Cues of quotations that a mark sets off first (others may stand in what is said: that it ignored “three warnings”), then
 * those that close or part a statement, then the others from left to right. */
static void take(struct batch *batch)
{
	for (unsigned round = 0; round < 3; round++)
		for (unsigned i = 0; i < batch->n; i++) {
			const struct quoth_candidate *candidate = &batch->best[i];
			unsigned turn = is_cue_of_quotation(candidate) ? 0 : candidate->is_outer ? 1 : 2;

			if (turn == round && fits(batch, candidate))
				batch->is_taken[i] = true;
		}
}

/* "Smith said the talks had failed, blaming …": what goes on after a content has the source of its cue. */
static void share_source(struct batch *batch)
{
	for (unsigned i = 0; i < batch->n; i++) {
		struct quoth_candidate *candidate = &batch->best[i];

		if (!batch->is_taken[i] || !candidate->source.is_shared)
			continue;
		for (unsigned j = 0; j < batch->n; j++) {
			const struct quoth_candidate *other = &batch->best[j];
			uint32_t end = other->content[other->n_content - 1].end;

			if (batch->is_taken[j] && !other->source.is_shared && !quoth_range_is_empty(other->source.units) &&
			    end <= candidate->cue.group.begin && end + 2 >= candidate->cue.group.begin)
				candidate->source = other->source;
		}
	}
}

static bool is_sure_inside(struct quoth_candidate *candidate)
{
	const uint64_t unsure = 1ull << QUOTH_TRAIT_SOURCE_FIRST | 1ull << QUOTH_TRAIT_SOURCE_NONE |
				1ull << QUOTH_TRAIT_SOURCE_UNKNOWN | 1ull << QUOTH_TRAIT_SOURCE_INANIMATE |
				1ull << QUOTH_TRAIT_SOURCE_SHARED | 1ull << QUOTH_TRAIT_MODAL | 1ull << QUOTH_TRAIT_NEGATED;

	if (is_cue_of_quotation(candidate) && candidate->traits & 1ull << QUOTH_TRAIT_HAS_QUOTATION) {
		candidate->rule = QUOTH_RULE_QUOTE_NESTED;
		return candidate->score >= MIN_NESTED_QUOTE_SCORE &&
		       !(candidate->traits & (unsure | 1ull << QUOTH_TRAIT_SCARE | 1ull << QUOTH_TRAIT_QUESTION));
	}
	if (candidate->score < MIN_NESTED_SCORE || candidate->traits & unsure || candidate->cue.cue_class != QUOTH_CUE_SAY ||
	    !(candidate->traits & 1ull << QUOTH_TRAIT_SOURCE_PERSON) || candidate->rule == QUOTH_RULE_OBJECT)
		return false;
	candidate->rule = QUOTH_RULE_NESTED;
	return true;
}

static bool can_speak(const struct quoth_view *view, uint32_t mention)
{
	const struct quoth_mention *m = mention == QUOTH_NONE ? NULL : &view->doc->mentions[mention];

	return m && (m->is_animate || quoth_lexeme_is(quoth_lexeme_at(view->lexicon, view->doc->tokens[m->head].lexeme),
						      QUOTH_LEX_DOCUMENT_NOUN));
}

/* "Smith: Talks Have Failed". */
static bool read_headline(const struct quoth_view *view, const struct quoth_clause *clause,
			  struct quoth_candidate *candidate)
{
	uint32_t colon = clause->units.begin, end = clause->units.end;

	if (view->doc->paragraphs[clause->paragraph].kind != QUOTH_HEADLINE && clause->paragraph != 0)
		return false;
	while (colon < end && colon < clause->units.begin + MAX_LABEL && !quoth_unit_is_quotation(view, colon) &&
	       view->units[colon].mark == QUOTH_NO_MARK)
		colon++;
	if (colon + 3 >= end || view->units[colon].mark != QUOTH_COLON)
		return false;
	*candidate = (struct quoth_candidate){.rule = QUOTH_RULE_HEADLINE, .score = HEADLINE_SCORE};
	candidate->source = quoth_source_after(view, clause, clause->units.begin);
	if (quoth_range_is_empty(candidate->source.units) || candidate->source.units.end != colon ||
	    !can_speak(view, quoth_source_mention(view, &candidate->source)))
		return false;
	if (view->units[end - 1].mark == QUOTH_STOP)
		end--;
	candidate->cue.words = (struct quoth_range){colon, colon + 1};
	candidate->content[0] = (struct quoth_range){colon + 1, end};
	candidate->n_content = 1;
	return !quoth_unit_is_quotation(view, colon + 1);
}

static int decide_clause(struct quoth_record_list *list, uint32_t clause_index, struct batch *batch)
{
	const struct quoth_view *view = list->view;
	const struct quoth_clause *clause = &view->clauses[clause_index];
	uint32_t at = clause->units.begin, floor = at;

	while (at < clause->units.end) {
		at = fill_batch(view, clause_index, at, floor, batch);
		take(batch);
		share_source(batch);
		for (unsigned i = 0; i < batch->n; i++) {
			struct quoth_candidate *candidate = &batch->best[i];
			uint32_t end = candidate->content[candidate->n_content - 1].end;

			if (!batch->is_taken[i] || (clause->quotation != QUOTH_NONE && !is_sure_inside(candidate)))
				continue;
			if (quoth_records_add(list, candidate, clause_index, NULL))
				return QUOTH_NO_MEMORY;
			if (end > floor)
				floor = end;
		}
		if (floor > at)
			at = floor;
	}
	return 0;
}

static int decide(struct quoth_record_list *list)
{
	const struct quoth_view *view = list->view;
	struct batch *batch = quoth_arena_alloc(view->doc->arena, sizeof *batch);
	struct quoth_candidate headline;
	int error = batch ? 0 : QUOTH_NO_MEMORY;

	for (uint32_t i = 0; i < view->n_clauses && !error; i++) {
		if (quoth_turns_hold(view, view->clauses[i].paragraph))
			continue;
		error = read_headline(view, &view->clauses[i], &headline) ? quoth_records_add(list, &headline, i, NULL) :
									    decide_clause(list, i, batch);
	}
	return error;
}

int quoth_attribute_by_rules(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_record_list list;
	struct quoth_view view;
	int error;

	doc->attributions = NULL;
	doc->n_attributions = 0;
	error = quoth_view_build(&view, doc, res);
	if (!error)
		error = quoth_records_begin(&list, &view);
	if (!error)
		error = quoth_turns_add(&list);
	if (!error)
		error = decide(&list);
	if (!error)
		error = quoth_quotes_own(&list);
	return error ? error : quoth_records_end(&list);
}

int quoth_attribute(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_attribution_models models;
	int error = quoth_attribute_by_rules(doc, res);

	if (error)
		return error;
	if (!quoth_attribution_models_find(res->model, &models))
		return doc->is_explained ? quoth_attributions_explain(doc) : 0;
	return quoth_attribute_choose(doc, res->lexicon, &models);
}
