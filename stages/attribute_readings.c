#include "stages/attribute_readings.h"

#include "stages/role_alternatives.h"

#include <math.h>
#include <string.h>

enum {
	N = QUOTH_N_ROLE_LABELS,
	ALL_BITS = (1 << N) - 1,
	MAX_TRIES = 8,		/* readings that are decoded to find alternatives; some come out the same */
};

static const float LEAST_WEIGHT = 0.05f;	/* what weighs less is not told */
static const float MAX_BEHIND = 8;		/* readings that are further behind the best are not told */
static const float never = -1e9f;

const struct quoth_reason *quoth_aspects_pick(struct quoth_arena *arena, enum quoth_feature_table table,
					      const float sums[QUOTH_N_ASPECTS], const struct quoth_facts *facts,
					      uint8_t *n_reasons)
{
	struct quoth_reason reasons[QUOTH_N_ASPECTS];
	unsigned n = 0;

	for (unsigned a = 1; a < QUOTH_N_ASPECTS; a++) {
		if (fabsf(sums[a]) < LEAST_WEIGHT || !quoth_aspect_words(table, a))
			continue;
		reasons[n] = facts->of[a].words ? facts->of[a] :
			     (struct quoth_reason){.words = quoth_aspect_words(table, a), .entity = QUOTH_NONE};
		reasons[n++].weight = sums[a];
	}
	return quoth_reasons_keep(arena, reasons, n, n_reasons);
}

/* The chance that a row with a belief of the judge's is right. Below the least score that the calibration was fitted on it
 * falls as the logistic does: worse readings are to look worse. */
static float chance_of(const struct quoth_explainer *e, float belief)
{
	const struct quoth_calibration *calibration = &e->models->numbers->calibration;
	float chance = quoth_calibrate(calibration, belief);

	return calibration->n_knots == 0 || belief >= calibration->scores[0] ?
		       chance : chance * quoth_logistic(belief) / quoth_logistic(calibration->scores[0]);
}

void quoth_readers_mark(struct quoth_alternative *alternative, const struct quoth_row *row)
{
	alternative->is_by_rules = row->readers & QUOTH_READ_BY_RULES;
	alternative->is_by_model = row->readers & QUOTH_READ_BY_CHAIN;
}

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

void quoth_readings_open(struct quoth_explainer *e, uint32_t cue)
{
	quoth_role_window_open(&e->window, &e->syntax, cue);
	quoth_role_scores(&e->window, &e->syntax, &e->models->role, e->scores);
	for (uint32_t u = 0; u < e->window.n_units; u++) {
		size_t n = quoth_role_features(&e->window, &e->syntax, u, e->features);

		quoth_role_features(&e->window, &e->templates, u, e->aspects_of);
		quoth_aspects_find(QUOTH_ROLE_FEATURES, e->aspects_of, n);
		for (unsigned l = 0; l < N; l++) {
			memset(e->aspects[u][l], 0, sizeof e->aspects[u][l]);
			quoth_aspects_add(&e->models->role, l, e->features, e->aspects_of, n, e->aspects[u][l]);
		}
	}
	e->best = quoth_role_through(&e->window, e->scores, &e->models->numbers->transitions, e->through);
	quoth_role_decode(&e->window, e->scores, &e->models->numbers->transitions, e->best_labels);
}

/* The best reading among those that give a unit one of some labels (bits); unit QUOTH_NONE: all units. False where it says
 * no content. */
static bool decode(struct quoth_explainer *e, const struct quoth_row *row, uint32_t unit, unsigned labels,
		   struct reading *reading)
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

static float score_labels(struct quoth_explainer *e, const uint8_t *labels)
{
	return quoth_role_path_score(&e->window, e->scores, &e->models->numbers->transitions, labels);
}

/* What the judge thinks of a reading in place of rows[at], or of the row that says the same. */
static float judge_reading(struct quoth_explainer *e, uint32_t at, const struct quoth_row *row)
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
static const struct quoth_reason *weigh_role(struct quoth_explainer *e, const struct reading *reading,
					     bool (*has_role)(unsigned), uint8_t *n)
{
	const struct quoth_role_transitions *transitions = &e->models->numbers->transitions;
	const struct quoth_row *row = &reading->row;
	struct quoth_range words = has_role == is_source ? row->source :
				   (struct quoth_range){row->parts[0].begin, row->parts[row->n_parts - 1].end};
	struct quoth_facts facts;
	float sums[QUOTH_N_ASPECTS] = {0};
	uint8_t without[QUOTH_MAX_UNITS];
	unsigned order = quoth_feature_aspect(QUOTH_ROLE_FEATURES, QUOTH_PAIR_TEMPLATE);

	for (uint32_t u = 0; u < e->window.n_units; u++) {
		unsigned label = reading->labels[u];

		without[u] = has_role(label) ? QUOTH_NO_ROLE : (uint8_t)label;
		for (unsigned a = 0; has_role(label) && a < QUOTH_N_ASPECTS; a++)
			sums[a] += e->aspects[u][label][a] - e->aspects[u][QUOTH_NO_ROLE][a];
	}
	sums[order] += quoth_role_path_score(&e->window, NULL, transitions, reading->labels) -
		       quoth_role_path_score(&e->window, NULL, transitions, without);
	quoth_role_facts(&e->syntax, reading->row.cue, words, &facts);
	return quoth_aspects_pick(e->arena, QUOTH_ROLE_FEATURES, sums, &facts, n);
}

/* Whether two ranges hold the same tokens, but for marks at their edges. */
static bool is_same_part(const struct quoth_explainer *e, struct quoth_range a, struct quoth_range b)
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

static bool is_listed(const struct quoth_explainer *e, const struct quoth_listing *listing, const struct quoth_range *parts,
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
static int add_reading(struct quoth_explainer *e, struct quoth_listing *listing, uint32_t at, const struct reading *reading,
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
	alternative = quoth_listing_add(e->arena, listing, parts, n_parts);
	if (!alternative)
		return QUOTH_NO_MEMORY;
	alternative->is_chosen = listing->n == 1;
	if (is_of_content)
		quoth_readers_mark(alternative, row);
	alternative->chance = alternative->is_chosen ?
		quoth_calibrate(&e->models->numbers->calibration, e->rows[at].score) :
		chance_of(e, judge_reading(e, at, row));
	alternative->behind = behind > 0 ? behind : 0;
	alternative->reasons = weigh_role(e, reading, has_role, &alternative->n_reasons);
	return alternative->reasons ? 0 : QUOTH_NO_MEMORY;
}

/* Another row of the same cue: what the rules made, or the chain, where the other was chosen. */
static int add_sibling(struct quoth_explainer *e, struct quoth_listing *listing, uint32_t at, bool (*has_role)(unsigned))
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
static uint32_t find_change(const struct quoth_explainer *e, const bool *is_tried, bool (*has_role)(unsigned))
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

static int add_changes(struct quoth_explainer *e, struct quoth_listing *listing, uint32_t at, bool (*has_role)(unsigned))
{
	enum { CONTENT_BITS = 1 << QUOTH_CONTENT_BEGIN | 1 << QUOTH_CONTENT,
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

static int explain_role(struct quoth_explainer *e, uint32_t at, bool (*has_role)(unsigned), struct quoth_choice *choice)
{
	struct quoth_listing listing = {.n = 0};
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
	return error ? error : quoth_listing_close(e->arena, &listing, choice);
}

int quoth_contents_explain(struct quoth_explainer *e, uint32_t at, struct quoth_choice *choice)
{
	return explain_role(e, at, is_content, choice);
}

int quoth_sources_explain(struct quoth_explainer *e, uint32_t at, struct quoth_choice *choice)
{
	return explain_role(e, at, is_source, choice);
}
