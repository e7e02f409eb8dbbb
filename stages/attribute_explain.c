#include "stages/attribute_explain.h"

#include "stages/attribute_readings.h"
#include "stages/cue_features.h"

#include <string.h>

enum { CUE_REACH = 40 /* tokens from the cue to another that could be it, in its sentence */ };

static const float LEAST_CHANCE = 0.005f;	/* a cue that is less likely is not told */

/* ---- the cue ---- */

static void weigh_cue(struct quoth_explainer *e, uint32_t token, float sums[QUOTH_N_ASPECTS])
{
	size_t n = quoth_cue_features(&e->syntax, token, e->features);

	quoth_cue_features(&e->templates, token, e->aspects_of);
	quoth_aspects_find(QUOTH_CUE_FEATURES, e->aspects_of, n);
	memset(sums, 0, QUOTH_N_ASPECTS * sizeof *sums);
	quoth_aspects_add(&e->models->cue, 0, e->features, e->aspects_of, n, sums);
}

/* Adds a token where it is among the likeliest so far; the first item stays. */
static void rank_token(uint32_t token, float score, uint32_t *tokens, float *scores, unsigned *n)
{
	unsigned at = *n;

	for (; at > 1 && scores[at - 1] < score; at--)
		if (at < QUOTH_MAX_ALTERNATIVES) {
			tokens[at] = tokens[at - 1];
			scores[at] = scores[at - 1];
		}
	if (at == QUOTH_MAX_ALTERNATIVES)
		return;
	tokens[at] = token;
	scores[at] = score;
	*n += *n < QUOTH_MAX_ALTERNATIVES;
}

static int explain_cue(struct quoth_explainer *e, const struct quoth_row *row, struct quoth_choice *choice)
{
	const struct quoth_document *doc = e->syntax.doc;
	struct quoth_range sentence = doc->sentences[doc->tokens[row->cue].sentence].tokens;
	uint32_t tokens[QUOTH_MAX_ALTERNATIVES] = {row->cue};
	float scores[QUOTH_MAX_ALTERNATIVES] = {row->cue_score}, sums[QUOTH_N_ASPECTS];
	struct quoth_listing listing = {.n = 0};
	struct quoth_facts facts;
	unsigned n = 1;

	if (!row->has_cue)
		return 0;
	if (row->cue - sentence.begin > CUE_REACH)
		sentence.begin = row->cue - CUE_REACH;
	if (sentence.end - row->cue > CUE_REACH)
		sentence.end = row->cue + CUE_REACH;
	for (uint32_t i = sentence.begin; i < sentence.end; i++)
		if (i != row->cue && quoth_cue_passes_gate(&e->syntax, e->models, i))
			rank_token(i, quoth_cue_score(&e->syntax, e->models, i), tokens, scores, &n);
	for (unsigned k = 0; k < n && (k == 0 || quoth_logistic(scores[k]) >= LEAST_CHANCE); k++) {
		struct quoth_range part = {tokens[k], tokens[k] + 1};
		struct quoth_alternative *alternative = quoth_listing_add(e->arena, &listing, &part, 1);

		if (!alternative)
			return QUOTH_NO_MEMORY;
		alternative->chance = quoth_logistic(scores[k]);
		alternative->is_chosen = k == 0;
		weigh_cue(e, tokens[k], sums);
		quoth_cue_facts(&e->syntax, tokens[k], &facts);
		alternative->reasons = quoth_aspects_pick(e->arena, QUOTH_CUE_FEATURES, sums, &facts,
							  &alternative->n_reasons);
		if (!alternative->reasons)
			return QUOTH_NO_MEMORY;
	}
	return quoth_listing_close(e->arena, &listing, choice);
}

/* ---- what stands alone ---- */

/* What a row has, as the one candidate. 0 or QUOTH_NO_MEMORY. */
static int list_chosen(struct quoth_arena *arena, const struct quoth_range *parts, uint8_t n_parts,
		       struct quoth_choice *choice)
{
	struct quoth_listing listing = {.n = 0};
	struct quoth_alternative *alternative = quoth_listing_add(arena, &listing, parts, n_parts);

	if (!alternative)
		return QUOTH_NO_MEMORY;
	alternative->is_chosen = true;
	return quoth_listing_close(arena, &listing, choice);
}

/* A row without a cue: what the rule found is all there is. */
static int explain_plainly(struct quoth_explainer *e, const struct quoth_row *row, struct quoth_explanation *explanation)
{
	int error = list_chosen(e->arena, row->parts, row->n_parts, &explanation->content);

	if (error)
		return error;
	quoth_readers_mark(explanation->content.alternatives, row);
	explanation->content.alternatives->chance = quoth_calibrate(&e->models->numbers->calibration, row->score);
	return quoth_range_is_empty(row->source) ? 0 : list_chosen(e->arena, &row->source, 1, &explanation->source);
}

/* ---- rows ---- */

static int explain_belief(struct quoth_explainer *e, uint32_t at, struct quoth_explanation *explanation)
{
	size_t n = quoth_row_features(&e->syntax, e->rows, e->n_rows, at, e->features);
	float sums[QUOTH_N_ASPECTS] = {0};
	struct quoth_facts facts;

	quoth_row_features(&e->templates, e->rows, e->n_rows, at, e->aspects_of);
	quoth_aspects_find(QUOTH_ROW_FEATURES, e->aspects_of, n);
	quoth_aspects_add(&e->models->row, 0, e->features, e->aspects_of, n, sums);
	explanation->belief = e->rows[at].score;
	explanation->is_by_rules = e->rows[at].readers & QUOTH_READ_BY_RULES;
	explanation->is_by_model = e->rows[at].readers & QUOTH_READ_BY_CHAIN;
	explanation->is_judged = true;
	quoth_row_facts(&e->syntax, e->rows + at, &facts);
	explanation->reasons = quoth_aspects_pick(e->arena, QUOTH_ROW_FEATURES, sums, &facts, &explanation->n_reasons);
	return explanation->reasons ? 0 : QUOTH_NO_MEMORY;
}

static int explain_row(struct quoth_explainer *e, uint32_t at, struct quoth_explanation *explanation)
{
	int error;

	*explanation = (struct quoth_explanation){0};
	error = explain_belief(e, at, explanation);
	if (!error)
		error = explain_cue(e, e->rows + at, &explanation->cue);
	if (error || !e->rows[at].has_cue)
		return error ? error : explain_plainly(e, e->rows + at, explanation);
	quoth_readings_open(e, e->rows[at].cue);
	error = quoth_contents_explain(e, at, &explanation->content);
	return error ? error : quoth_sources_explain(e, at, &explanation->source);
}

int quoth_rows_explain(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models,
		       struct quoth_row *rows, uint32_t n_rows, struct quoth_explanation **explanations)
{
	struct quoth_arena *arena = syntax->doc->arena;
	struct quoth_explainer *e = quoth_arena_alloc(arena, sizeof *e);
	uint32_t n = 0;
	int error = 0;

	*explanations = quoth_arena_array(arena, n_rows, sizeof **explanations);
	if (!e || !*explanations)
		return QUOTH_NO_MEMORY;
	e->arena = arena;
	e->syntax = e->templates = *syntax;
	e->templates.shows_templates = true;
	e->models = models;
	e->rows = rows;
	e->n_rows = n_rows;
	quoth_rows_mark(rows, n_rows, models->numbers->row_threshold);
	for (uint32_t r = 0; !error && r < n_rows; r++)
		if (rows[r].is_chosen)
			error = explain_row(e, r, *explanations + n++);
	return error;
}

int quoth_attributions_explain(struct quoth_document *doc)
{
	int error = 0;

	doc->explanations = quoth_arena_array(doc->arena, doc->n_attributions, sizeof *doc->explanations);
	if (!doc->explanations)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < doc->n_attributions && !error; i++) {
		const struct quoth_attribution *attribution = doc->attributions + i;
		struct quoth_explanation *explanation = doc->explanations + i;

		*explanation = (struct quoth_explanation){.belief = attribution->score, .is_by_rules = true};
		error = list_chosen(doc->arena, attribution->parts, attribution->n_parts, &explanation->content);
		if (!error && !quoth_range_is_empty(attribution->cue))
			error = list_chosen(doc->arena, &attribution->cue, 1, &explanation->cue);
		if (!error && !quoth_range_is_empty(attribution->source))
			error = list_chosen(doc->arena, &attribution->source, 1, &explanation->source);
	}
	return error;
}
