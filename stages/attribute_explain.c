#include "stages/attribute_explain.h"

#include "stages/cue_features.h"
#include "stages/feature_phrases.h"
#include "stages/role_alternatives.h"

#include <math.h>
#include <string.h>

enum {
	N = QUOTH_N_ROLE_LABELS,
	CUE_REACH = 40,		/* tokens from the cue to another that could be it, in its sentence */
	MAX_TRIES = 8,		/* readings that are decoded to find alternatives; some come out the same */
};

static const float LEAST_WEIGHT = 0.05f;	/* what weighs less is not told */
static const float LEAST_CHANCE = 0.005f;	/* nor a cue that is less likely */
static const float MAX_BEHIND = 8;		/* readings that are further behind the best are not told */
static const float never = -1e9f;

/* The model's reading of one cue's surroundings, and the room to explain it in. */
struct explainer {
	struct quoth_arena *arena;
	struct quoth_syntax syntax, templates;	/* the same; its features are templates */
	const struct quoth_attribution_models *models;
	struct quoth_row *rows;
	uint32_t n_rows;
	uint32_t features[QUOTH_MAX_FEATURES], shown[QUOTH_MAX_FEATURES];
	struct quoth_role_window window;
	float scores[QUOTH_MAX_UNITS][N], through[QUOTH_MAX_UNITS][N];
	float aspects[QUOTH_MAX_UNITS][N][QUOTH_N_ASPECTS];
	float best;		/* score of the best labels */
	uint8_t best_labels[QUOTH_MAX_UNITS];
};

/* Alternatives under construction, at most QUOTH_MAX_ALTERNATIVES. */
struct listing {
	struct quoth_alternative items[QUOTH_MAX_ALTERNATIVES];
	uint8_t n;
};

/* ---- reasons ---- */

/* The heaviest of a table's aspects, as reasons in the arena. NULL without memory. */
static const struct quoth_reason *pick_reasons(struct quoth_arena *arena, enum quoth_feature_table table,
					       const float sums[QUOTH_N_ASPECTS], uint8_t *n_reasons)
{
	struct quoth_reason *reasons = quoth_arena_array(arena, QUOTH_MAX_REASONS, sizeof *reasons);
	unsigned n = 0, at;

	if (!reasons)
		return NULL;
	for (unsigned a = 1; a < QUOTH_N_ASPECTS; a++) {
		if (fabsf(sums[a]) < LEAST_WEIGHT || !quoth_aspect_words(table, a))
			continue;
		for (at = n; at > 0 && fabsf(reasons[at - 1].weight) < fabsf(sums[a]); at--)
			if (at < QUOTH_MAX_REASONS)
				reasons[at] = reasons[at - 1];
		if (at < QUOTH_MAX_REASONS)
			reasons[at] = (struct quoth_reason){.words = quoth_aspect_words(table, a), .entity = QUOTH_NONE,
							    .weight = sums[a]};
		n += n < QUOTH_MAX_REASONS;
	}
	*n_reasons = (uint8_t)n;
	return reasons;
}

static struct quoth_alternative *add_alternative(struct explainer *e, struct listing *listing,
						 const struct quoth_range *parts, uint8_t n_parts)
{
	struct quoth_range *copy = quoth_arena_array(e->arena, n_parts, sizeof *copy);
	struct quoth_alternative *alternative = listing->items + listing->n;

	if (!copy)
		return NULL;
	if (n_parts)
		memcpy(copy, parts, n_parts * sizeof *copy);
	*alternative = (struct quoth_alternative){
		.parts = copy, .n_parts = n_parts, .entity = QUOTH_NONE, .chance = -1, .behind = -1, .weight = NAN,
	};
	listing->n++;
	return alternative;
}

static void mark_readers(struct quoth_alternative *alternative, const struct quoth_row *row)
{
	alternative->is_by_rules = row->readers & QUOTH_READ_BY_RULES;
	alternative->is_by_model = row->readers & QUOTH_READ_BY_CHAIN;
}

/* The chosen stands first; the likeliest of the others follow. */
static int close_listing(struct explainer *e, struct listing *listing, struct quoth_choice *choice)
{
	struct quoth_alternative *items = quoth_arena_array(e->arena, listing->n, sizeof *items);

	if (!items)
		return QUOTH_NO_MEMORY;
	for (unsigned i = 0; i < listing->n; i++) {
		unsigned at = i;

		for (; at > 1 && items[at - 1].chance < listing->items[i].chance; at--)
			items[at] = items[at - 1];
		items[at] = listing->items[i];
	}
	*choice = (struct quoth_choice){.alternatives = items, .n = listing->n};
	return 0;
}

/* ---- the cue ---- */

static float logistic(float score)
{
	return 1 / (1 + expf(-score));
}

/* The chance that a row is right. Below the least score that the calibration was fitted on it falls as the logistic does. */
static float chance_of(const struct quoth_calibration *calibration, float belief)
{
	float chance = quoth_calibrate(calibration, belief);

	return calibration->n_knots == 0 || belief >= calibration->scores[0] ?
		       chance : chance * logistic(belief) / logistic(calibration->scores[0]);
}

static float weigh_cue(struct explainer *e, uint32_t token, float sums[QUOTH_N_ASPECTS])
{
	size_t n = quoth_cue_features(&e->syntax, token, e->features);

	quoth_cue_features(&e->templates, token, e->shown);
	memset(sums, 0, QUOTH_N_ASPECTS * sizeof *sums);
	quoth_aspects_add(QUOTH_CUE_FEATURES, &e->models->cue, 0, e->features, e->shown, n, sums);
	return quoth_weights_score_one(&e->models->cue, e->features, n);
}

static bool passes_gate(struct explainer *e, uint32_t token)
{
	size_t n;

	if (!quoth_cue_is_possible(&e->syntax, token))
		return false;
	n = quoth_gate_features(&e->syntax, token, e->features);
	return quoth_weights_score_one(&e->models->gate, e->features, n) >= e->models->numbers->gate_threshold;
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

static int explain_cue(struct explainer *e, const struct quoth_row *row, struct quoth_choice *choice)
{
	const struct quoth_document *doc = e->syntax.doc;
	struct quoth_range sentence = doc->sentences[doc->tokens[row->cue].sentence].tokens;
	uint32_t tokens[QUOTH_MAX_ALTERNATIVES] = {row->cue};
	float scores[QUOTH_MAX_ALTERNATIVES] = {row->cue_score}, sums[QUOTH_N_ASPECTS];
	struct listing listing = {.n = 0};
	unsigned n = 1;

	if (!row->has_cue)
		return 0;
	if (row->cue - sentence.begin > CUE_REACH)
		sentence.begin = row->cue - CUE_REACH;
	if (sentence.end - row->cue > CUE_REACH)
		sentence.end = row->cue + CUE_REACH;
	for (uint32_t i = sentence.begin; i < sentence.end; i++)
		if (i != row->cue && passes_gate(e, i) && logistic(weigh_cue(e, i, sums)) >= LEAST_CHANCE)
			rank_token(i, weigh_cue(e, i, sums), tokens, scores, &n);
	for (unsigned k = 0; k < n; k++) {
		struct quoth_range part = {tokens[k], tokens[k] + 1};
		struct quoth_alternative *alternative = add_alternative(e, &listing, &part, 1);

		if (!alternative)
			return QUOTH_NO_MEMORY;
		alternative->chance = logistic(weigh_cue(e, tokens[k], sums));
		alternative->is_chosen = k == 0;
		alternative->reasons = pick_reasons(e->arena, QUOTH_CUE_FEATURES, sums, &alternative->n_reasons);
		if (!alternative->reasons)
			return QUOTH_NO_MEMORY;
	}
	return close_listing(e, &listing, choice);
}

/* ---- readings of content and source ---- */

struct reading {
	struct quoth_row row;
	uint8_t labels[QUOTH_MAX_UNITS];
};

static bool is_content(unsigned label)
{
	return label == QUOTH_CONTENT_BEGIN || label == QUOTH_CONTENT;
}

static bool is_source(unsigned label)
{
	return label == QUOTH_SOURCE_BEGIN || label == QUOTH_SOURCE;
}

static bool has_same_source(const struct quoth_row *a, const struct quoth_row *b)
{
	return quoth_range_is_empty(a->source) ? quoth_range_is_empty(b->source) :
						 a->source.begin == b->source.begin && a->source.end == b->source.end;
}

static bool has_same_content(const struct quoth_row *a, const struct quoth_row *b)
{
	return a->n_parts == b->n_parts && memcmp(a->parts, b->parts, a->n_parts * sizeof *a->parts) == 0;
}

/* Reads the surroundings of a row's cue: the scores of all labels, and what they are made of. */
static void open_window(struct explainer *e, uint32_t cue)
{
	quoth_role_window_open(&e->window, &e->syntax, cue);
	quoth_role_scores(&e->window, &e->syntax, &e->models->role, e->scores);
	for (uint32_t u = 0; u < e->window.n_units; u++) {
		size_t n = quoth_role_features(&e->window, &e->syntax, u, e->features);

		quoth_role_features(&e->window, &e->templates, u, e->shown);
		for (unsigned l = 0; l < N; l++) {
			memset(e->aspects[u][l], 0, sizeof e->aspects[u][l]);
			quoth_aspects_add(QUOTH_ROLE_FEATURES, &e->models->role, l, e->features, e->shown, n, e->aspects[u][l]);
		}
	}
	e->best = quoth_role_through(&e->window, e->scores, &e->models->numbers->transitions, e->through);
	quoth_role_decode(&e->window, e->scores, &e->models->numbers->transitions, e->best_labels);
}

/* The best reading among those that give a unit one of some labels (bits); unit QUOTH_NONE: all units. False where it says no
 * content. */
static bool decode(struct explainer *e, const struct quoth_row *row, uint32_t unit, unsigned labels, struct reading *reading)
{
	float kept[QUOTH_MAX_UNITS][N];
	uint32_t first = unit == QUOTH_NONE ? 0 : unit, end = unit == QUOTH_NONE ? e->window.n_units : unit + 1;

	memcpy(kept + first, e->scores + first, (end - first) * sizeof *kept);
	for (uint32_t u = first; u < end; u++)
		for (unsigned l = 0; l < N; l++)
			if (!(labels >> l & 1))
				e->scores[u][l] = never;
	reading->row = (struct quoth_row){
		.cue = row->cue, .cue_score = row->cue_score, .has_cue = true, .readers = QUOTH_READ_BY_CHAIN,
		.attribution = QUOTH_NONE,
	};
	reading->row.margin = quoth_role_decode(&e->window, e->scores, &e->models->numbers->transitions, reading->labels);
	memcpy(e->scores + first, kept + first, (end - first) * sizeof *kept);
	return quoth_row_read(&e->window, &e->syntax, reading->labels, &reading->row);
}

static float score_labels(struct explainer *e, const uint8_t *labels)
{
	return quoth_role_path_score(&e->window, e->scores, &e->models->numbers->transitions, labels, false);
}

/* What the judge thinks of a reading in place of rows[at], or of the row that says the same. */
static float judge_reading(struct explainer *e, uint32_t at, const struct quoth_row *row)
{
	struct quoth_row kept = e->rows[at];
	size_t n;

	if (has_same_source(&kept, row) && has_same_content(&kept, row))
		return kept.score;
	e->rows[at] = *row;
	n = quoth_row_features(&e->syntax, e->rows, e->n_rows, at, e->features);
	e->rows[at] = kept;
	return quoth_weights_score_one(&e->models->row, e->features, n);
}

/* What speaks for the units that have a role in a reading having it rather than none. */
static const struct quoth_reason *weigh_role(struct explainer *e, const struct reading *reading, bool (*has_role)(unsigned),
					     uint8_t *n)
{
	const struct quoth_role_transitions *transitions = &e->models->numbers->transitions;
	float sums[QUOTH_N_ASPECTS] = {0};
	uint8_t without[QUOTH_MAX_UNITS];
	unsigned order = quoth_feature_aspect(QUOTH_ROLE_FEATURES, QUOTH_PAIR_TEMPLATE);

	for (uint32_t u = 0; u < e->window.n_units; u++) {
		unsigned label = reading->labels[u];

		without[u] = has_role(label) ? QUOTH_NO_ROLE : (uint8_t)label;
		for (unsigned a = 0; has_role(label) && a < QUOTH_N_ASPECTS; a++)
			sums[a] += e->aspects[u][label][a] - e->aspects[u][QUOTH_NO_ROLE][a];
	}
	sums[order] += quoth_role_path_score(&e->window, e->scores, transitions, reading->labels, true) -
		       quoth_role_path_score(&e->window, e->scores, transitions, without, true);
	return pick_reasons(e->arena, QUOTH_ROLE_FEATURES, sums, n);
}

/* Whether two ranges hold the same tokens, but for marks at their edges. */
static bool is_same_part(const struct explainer *e, struct quoth_range a, struct quoth_range b)
{
	const struct quoth_syntax_token *tokens = e->syntax.tokens;

	while (a.begin < a.end && tokens[a.begin].is_mark)
		a.begin++;
	while (b.begin < b.end && tokens[b.begin].is_mark)
		b.begin++;
	while (a.begin < a.end && tokens[a.end - 1].is_mark)
		a.end--;
	while (b.begin < b.end && tokens[b.end - 1].is_mark)
		b.end--;
	return a.begin == b.begin && a.end == b.end;
}

static bool is_listed(const struct explainer *e, const struct listing *listing, const struct quoth_range *parts,
		      uint8_t n_parts)
{
	for (unsigned i = 0; i < listing->n; i++) {
		unsigned k = 0;

		if (listing->items[i].n_parts != n_parts)
			continue;
		while (k < n_parts && is_same_part(e, listing->items[i].parts[k], parts[k]))
			k++;
		if (k == n_parts)
			return true;
	}
	return false;
}

/* Adds a reading's content or source to a listing, unless that is there already. */
static int add_reading(struct explainer *e, struct listing *listing, uint32_t at, const struct reading *reading,
		       bool (*has_role)(unsigned))
{
	bool is_of_content = has_role == is_content;
	const struct quoth_row *row = &reading->row;
	const struct quoth_range *parts = is_of_content ? row->parts : &row->source;
	uint8_t n_parts = is_of_content ? row->n_parts : !quoth_range_is_empty(row->source);
	struct quoth_alternative *alternative;
	float behind = e->best - score_labels(e, reading->labels);

	if (is_listed(e, listing, parts, n_parts))
		return 0;
	if (listing->n == QUOTH_MAX_ALTERNATIVES || (listing->n && behind > MAX_BEHIND && row->attribution == QUOTH_NONE))
		return 0;
	alternative = add_alternative(e, listing, parts, n_parts);
	if (!alternative)
		return QUOTH_NO_MEMORY;
	alternative->is_chosen = listing->n == 1;
	if (is_of_content)
		mark_readers(alternative, row);
	alternative->chance = chance_of(&e->models->numbers->calibration, judge_reading(e, at, row));
	alternative->behind = behind > 0 ? behind : 0;
	alternative->reasons = weigh_role(e, reading, has_role, &alternative->n_reasons);
	return alternative->reasons ? 0 : QUOTH_NO_MEMORY;
}

/* Another row of the same cue: what the rules made, or the chain, where the other was chosen. */
static int add_sibling(struct explainer *e, struct listing *listing, uint32_t at, bool (*has_role)(unsigned))
{
	struct reading reading;
	int error = 0;

	for (uint32_t k = at > 2 ? at - 2 : 0; !error && k < e->n_rows && k <= at + 2; k++) {
		if (k == at || e->rows[k].cue != e->rows[at].cue || !e->rows[k].has_cue)
			continue;
		reading.row = e->rows[k];
		quoth_row_labels(&e->window, &reading.row, reading.labels);
		error = add_reading(e, listing, k, &reading, has_role);
	}
	return error;
}

/* The unit that could change whether it has a role at the least cost, of those not yet tried; for sources where a source
 * could begin. */
static uint32_t find_change(const struct explainer *e, const bool *is_tried, bool (*has_role)(unsigned))
{
	uint32_t best = QUOTH_NONE;
	float most = e->best - MAX_BEHIND;

	for (uint32_t u = 0; u < e->window.n_units; u++)
		for (unsigned l = 0; l < N; l++) {
			bool is_change = has_role == is_source ? l == QUOTH_SOURCE_BEGIN && e->best_labels[u] != l :
								 is_content(l) != is_content(e->best_labels[u]);

			if (is_change && !is_tried[u] && e->through[u][l] > most) {
				most = e->through[u][l];
				best = u;
			}
		}
	return best;
}

static int add_changes(struct explainer *e, struct listing *listing, uint32_t at, bool (*has_role)(unsigned))
{
	enum { CONTENT_BITS = 1 << QUOTH_CONTENT_BEGIN | 1 << QUOTH_CONTENT, ALL_BITS = (1 << N) - 1,
	       SOURCE_BITS = 1 << QUOTH_SOURCE_BEGIN | 1 << QUOTH_SOURCE };
	bool is_tried[QUOTH_MAX_UNITS] = {false};
	struct reading reading;
	int error = 0;

	if (has_role == is_source && decode(e, e->rows + at, QUOTH_NONE, ALL_BITS & ~SOURCE_BITS, &reading))
		error = add_reading(e, listing, at, &reading, has_role);
	for (unsigned tries = 0; !error && tries < MAX_TRIES && listing->n < QUOTH_MAX_ALTERNATIVES; tries++) {
		uint32_t u = find_change(e, is_tried, has_role);
		unsigned labels;

		if (u == QUOTH_NONE)
			break;
		is_tried[u] = true;
		labels = has_role == is_source ? 1 << QUOTH_SOURCE_BEGIN :
			 is_content(e->best_labels[u]) ? ALL_BITS & ~CONTENT_BITS : CONTENT_BITS;
		if (decode(e, e->rows + at, u, labels, &reading))
			error = add_reading(e, listing, at, &reading, has_role);
	}
	return error;
}

static int explain_role(struct explainer *e, uint32_t at, bool (*has_role)(unsigned), struct quoth_choice *choice)
{
	enum { ALL_BITS = (1 << N) - 1 };
	struct listing listing = {.n = 0};
	struct reading reading, best;
	bool has_best = decode(e, e->rows + at, QUOTH_NONE, ALL_BITS, &best);
	int error;

	reading.row = e->rows[at];
	quoth_row_labels(&e->window, &reading.row, reading.labels);
	if (has_best && has_same_source(&best.row, &reading.row) && has_same_content(&best.row, &reading.row))
		memcpy(reading.labels, best.labels, sizeof reading.labels);
	error = add_reading(e, &listing, at, &reading, has_role);
	if (!error)
		error = add_sibling(e, &listing, at, has_role);
	if (!error && has_best)
		error = add_reading(e, &listing, at, &best, has_role);
	if (!error)
		error = add_changes(e, &listing, at, has_role);
	return error ? error : close_listing(e, &listing, choice);
}

/* A row without a cue: what the rule found is all there is. */
static int explain_plainly(struct explainer *e, const struct quoth_row *row, struct quoth_explanation *explanation)
{
	struct listing listing = {.n = 0};
	struct quoth_alternative *alternative = add_alternative(e, &listing, row->parts, row->n_parts);
	int error;

	if (!alternative)
		return QUOTH_NO_MEMORY;
	alternative->is_chosen = true;
	mark_readers(alternative, row);
	alternative->chance = chance_of(&e->models->numbers->calibration, row->score);
	error = close_listing(e, &listing, &explanation->content);
	if (error || quoth_range_is_empty(row->source))
		return error;
	listing.n = 0;
	alternative = add_alternative(e, &listing, &row->source, 1);
	if (!alternative)
		return QUOTH_NO_MEMORY;
	alternative->is_chosen = true;
	return close_listing(e, &listing, &explanation->source);
}

/* ---- rows ---- */

static int explain_belief(struct explainer *e, uint32_t at, struct quoth_explanation *explanation)
{
	size_t n = quoth_row_features(&e->syntax, e->rows, e->n_rows, at, e->features);
	float sums[QUOTH_N_ASPECTS] = {0};

	quoth_row_features(&e->templates, e->rows, e->n_rows, at, e->shown);
	quoth_aspects_add(QUOTH_ROW_FEATURES, &e->models->row, 0, e->features, e->shown, n, sums);
	explanation->belief = e->rows[at].score;
	explanation->is_by_rules = e->rows[at].readers & QUOTH_READ_BY_RULES;
	explanation->is_by_model = e->rows[at].readers & QUOTH_READ_BY_CHAIN;
	explanation->is_judged = true;
	explanation->reasons = pick_reasons(e->arena, QUOTH_ROW_FEATURES, sums, &explanation->n_reasons);
	return explanation->reasons ? 0 : QUOTH_NO_MEMORY;
}

static int explain_row(struct explainer *e, uint32_t at, struct quoth_explanation *explanation)
{
	int error;

	*explanation = (struct quoth_explanation){0};
	error = explain_belief(e, at, explanation);
	if (!error)
		error = explain_cue(e, e->rows + at, &explanation->cue);
	if (error || !e->rows[at].has_cue)
		return error ? error : explain_plainly(e, e->rows + at, explanation);
	open_window(e, e->rows[at].cue);
	error = explain_role(e, at, is_content, &explanation->content);
	return error ? error : explain_role(e, at, is_source, &explanation->source);
}

int quoth_rows_explain(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models,
		       struct quoth_row *rows, uint32_t n_rows, struct quoth_explanation **explanations)
{
	struct quoth_arena *arena = syntax->doc->arena;
	struct explainer *e = quoth_arena_alloc(arena, sizeof *e);
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

int quoth_explanations_begin(struct quoth_document *doc)
{
	doc->explanations = quoth_arena_array(doc->arena, doc->n_attributions, sizeof *doc->explanations);
	if (!doc->explanations)
		return QUOTH_NO_MEMORY;
	memset(doc->explanations, 0, doc->n_attributions * sizeof *doc->explanations);
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		doc->explanations[i].belief = doc->attributions[i].score;
		doc->explanations[i].is_by_rules = true;
	}
	return 0;
}
