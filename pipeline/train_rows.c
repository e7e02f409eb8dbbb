/* The judge of rows: logistic regression over rows that came out on unseen text. */
#include "pipeline/train_attribute.h"
#include "pipeline/train_calibration.h"

#include <stdlib.h>
#include <string.h>

enum { ROW_BITS = 16, ROW_EPOCHS = 4 };

static const float rate = 0.05f, l2 = 1e-5f;

/* What a row is worth to the judge, 1 in all. */
static const float worth_of_content = 0.35f, worth_of_source = 0.45f, worth_of_bounds = 0.2f;

/* ---- which rows are right ---- */

struct pairing {
	float overlap, cue_score;
	bool has_source;
	uint32_t row, gold;
};

/* Dice overlap of a row's content with gold's, in words. */
static float overlap_with_gold(const struct quoth_article *article, const struct quoth_row *row, const struct quoth_gold *gold)
{
	uint32_t n_row = 0, n_gold = 0, n_common = 0;

	for (unsigned k = 0; k < row->n_parts; k++)
		for (uint32_t i = row->parts[k].begin; i < row->parts[k].end; i++)
			n_row += !article->syntax.tokens[i].is_mark;
	for (uint32_t i = 0; i < gold->n_content; i++) {
		if (article->syntax.tokens[gold->content[i]].is_mark)
			continue;
		n_gold++;
		n_common += quoth_row_holds(row, gold->content[i]);
	}
	return n_row + n_gold ? 2 * (float)n_common / (float)(n_row + n_gold) : 0;
}

/* As eval scores it: both empty, half of the words common, or the same last word. */
static bool has_same_source(const struct quoth_row *row, const struct quoth_gold *gold)
{
	uint32_t n = quoth_range_length(row->source), n_common = 0;

	if (n == 0 || gold->n_source == 0)
		return n == 0 && gold->n_source == 0;
	for (uint32_t i = 0; i < gold->n_source; i++)
		n_common += quoth_range_holds(row->source, gold->source[i]);
	return 4 * n_common >= n + gold->n_source || gold->source[gold->n_source - 1] == row->source.end - 1;
}

static int compare_pairings(const void *a, const void *b)
{
	const struct pairing *x = a, *y = b;

	if (x->overlap != y->overlap)
		return x->overlap < y->overlap ? 1 : -1;
	if (x->has_source != y->has_source)
		return x->has_source < y->has_source ? 1 : -1;
	if (x->cue_score != y->cue_score)
		return x->cue_score < y->cue_score ? 1 : -1;
	return x->row != y->row ? (x->row < y->row ? -1 : 1) : (x->gold > y->gold) - (x->gold < y->gold);
}

/* Readings of one statement, any of which may be the right one: closer to each other than rows need be for the stage to keep
 * but one of them, since the judge is to learn which of those it was. */
static bool are_readings_of_one(const struct quoth_row *a, const struct quoth_row *b)
{
	static const float same_content = 0.75f;

	return a->cue == b->cue || quoth_rows_overlap(a, b) >= same_content;
}

/* Pairs rows and gold, best overlap first, from half an overlap on: one to one, but that readings of one statement may all
 * have the same. */
static int pair_rows(const struct quoth_article *article, const struct quoth_row *rows, uint32_t n_rows,
		     struct quoth_judged *judged)
{
	size_t n = 0, capacity = (size_t)n_rows * article->n_gold + 1;
	struct pairing *pairings = malloc(capacity * sizeof *pairings);
	uint32_t *taker = malloc((article->n_gold + 1) * sizeof *taker);

	for (uint32_t r = 0; pairings && taker && r < n_rows; r++)
		for (uint32_t g = 0; g < article->n_gold; g++) {
			float overlap = overlap_with_gold(article, rows + r, article->gold + g);

			if (overlap >= 0.5f)
				pairings[n++] = (struct pairing){overlap, rows[r].cue_score,
								 has_same_source(rows + r, article->gold + g), r, g};
		}
	if (pairings && taker) {
		qsort(pairings, n, sizeof *pairings, compare_pairings);
		for (uint32_t g = 0; g < article->n_gold; g++)
			taker[g] = QUOTH_NONE;
		for (size_t i = 0; i < n; i++) {
			struct quoth_judged *row = judged + pairings[i].row;
			uint32_t *holder = taker + pairings[i].gold;

			if (row->is_paired || (*holder != QUOTH_NONE && !are_readings_of_one(rows + *holder, &row->row)))
				continue;
			if (*holder == QUOTH_NONE)
				*holder = pairings[i].row;
			row->is_paired = true;
			row->gold = pairings[i].gold;
			row->is_right = pairings[i].has_source;
			row->is_exact = pairings[i].overlap == 1;
		}
	}
	n = pairings && taker;
	free(pairings);
	free(taker);
	return n ? 0 : QUOTH_NO_MEMORY;
}

static struct quoth_judged *make_room(struct quoth_judged_rows *judged, uint32_t n)
{
	if (!judged->rows || judged->n + n > judged->capacity) {
		uint32_t more = (judged->n + n + 1) * 2;
		void *grown = realloc(judged->rows, more * sizeof *judged->rows);

		if (!grown)
			return NULL;
		judged->rows = grown;
		judged->capacity = more;
	}
	return judged->rows + judged->n;
}

int quoth_judge_rows(struct quoth_fold fold, const struct quoth_attribution_models *models, uint32_t half,
		     struct quoth_judged_rows *judged)
{
	for (uint32_t a = 0; a < fold.n; a++) {
		struct quoth_article *article = fold.articles[a];
		struct quoth_row *rows;
		struct quoth_judged *room;
		uint32_t n_rows;
		int error = quoth_rows_find(&article->syntax, models, &rows, &n_rows);

		room = error ? NULL : make_room(judged, n_rows);
		if (!room)
			return QUOTH_NO_MEMORY;
		for (uint32_t r = 0; r < n_rows; r++) {
			uint32_t features[QUOTH_N_ROW_FEATURES];

			room[r] = (struct quoth_judged){.gold = QUOTH_NONE, .half = half, .article = judged->n_articles,
							 .row = rows[r]};
			room[r].n_features = (uint32_t)quoth_row_features(&article->syntax, rows, n_rows, r, features);
			room[r].features = quoth_arena_array(article->doc.arena, room[r].n_features, sizeof *features);
			if (!room[r].features)
				return QUOTH_NO_MEMORY;
			memcpy(room[r].features, features, room[r].n_features * sizeof *features);
		}
		error = pair_rows(article, rows, n_rows, room);
		if (error)
			return error;
		judged->n += n_rows;
		judged->n_articles++;
	}
	return 0;
}

/* ---- the judge ---- */

static float worth_of(const struct quoth_judged *row)
{
	return worth_of_content * (float)row->is_paired + worth_of_source * (float)row->is_right +
	       worth_of_bounds * (float)row->is_exact;
}

int quoth_learn_rows(const struct quoth_judged_rows *judged, uint32_t left_out, struct quoth_random *random,
		     struct quoth_table *table)
{
	struct quoth_learner *learner = quoth_learner_new(ROW_BITS, 1);
	uint32_t *order = malloc((judged->n + 1) * sizeof *order);
	int error = learner && order ? 0 : QUOTH_NO_MEMORY;

	for (unsigned epoch = 0; !error && epoch < ROW_EPOCHS; epoch++) {
		if (epoch == 1)
			quoth_learner_restart_mean(learner);
		quoth_random_order(random, order, judged->n);
		for (uint32_t k = 0; !error && k < judged->n; k++) {
			const struct quoth_judged *row = judged->rows + order[k];

			if (row->half != left_out)
				error = quoth_learner_regress(learner, row->features, row->n_features, worth_of(row), 0, rate, l2);
		}
	}
	if (!error)
		error = quoth_learner_quantise(learner, 2, 0, "attribute.row", "is this row right", table);
	quoth_learner_free(learner);
	free(order);
	return error;
}

/* ---- confidence ---- */

int quoth_fit_calibration(const struct quoth_judged_rows *judged, float threshold, struct quoth_calibration *calibration)
{
	struct quoth_outcome *outcomes = malloc((judged->n + 1) * sizeof *outcomes);
	uint32_t n = 0;

	if (!outcomes)
		return QUOTH_NO_MEMORY;
	for (; n < judged->n && judged->rows[n].row.score >= threshold; n++)
		outcomes[n] = (struct quoth_outcome){judged->rows[n].row.score, judged->rows[n].is_right};
	quoth_fit_outcomes(outcomes, n, calibration);
	free(outcomes);
	return 0;
}
