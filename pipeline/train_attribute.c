#include "pipeline/train_attribute.h"
#include "pipeline/train_context.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Cues with less than one chance in eight are not worth a row. */
static const float cue_threshold = -1.9f;

/* What one fold's learning leaves behind. */
struct lessons {
	struct quoth_table cue, role;
	struct quoth_attribution_numbers numbers;
};

struct learning {
	struct quoth_trainer *trainer;
	struct quoth_articles articles;
	struct quoth_article **halves[2], **all;
	uint32_t n_halves[2];
	struct quoth_random random;
	struct quoth_table gate;
	float gate_threshold;
	struct quoth_judged_rows judged;
	uint32_t n_gold;
};

static struct quoth_attribution_models models_of(const struct learning *learning, const struct lessons *lessons)
{
	struct quoth_attribution_models models = {.numbers = &lessons->numbers};

	quoth_word_tables_find(learning->articles.model, &models.words);
	models.gate = quoth_table_weights(&learning->gate);
	models.cue = quoth_table_weights(&lessons->cue);
	models.role = quoth_table_weights(&lessons->role);
	return models;
}

static void free_lessons(struct lessons *lessons)
{
	free((void *)lessons->cue.bytes);
	free((void *)lessons->role.bytes);
	*lessons = (struct lessons){0};
}

static int learn_fold(struct learning *learning, struct quoth_fold fold, struct lessons *lessons)
{
	struct quoth_weights gate = quoth_table_weights(&learning->gate);
	int error = quoth_learn_cues(fold, &gate, learning->gate_threshold, &learning->random, &lessons->cue);

	if (!error)
		error = quoth_learn_roles(fold, &learning->random, &lessons->role, &lessons->numbers.transitions);
	lessons->numbers.gate_threshold = learning->gate_threshold;
	lessons->numbers.cue_threshold = cue_threshold;
	return error;
}

static int split(struct learning *learning)
{
	uint32_t n = learning->articles.n_articles;

	learning->all = malloc(3 * ((size_t)n + 1) * sizeof *learning->all);
	if (!learning->all)
		return QUOTH_NO_MEMORY;
	learning->halves[0] = learning->all + n;
	learning->halves[1] = learning->halves[0] + n;
	for (uint32_t i = 0; i < n; i++) {
		struct quoth_article *article = learning->articles.articles + i;

		learning->all[i] = article;
		learning->halves[i & 1][learning->n_halves[i & 1]++] = article;
		learning->n_gold += article->n_gold;
	}
	return 0;
}

/* Each half's rows, made by models of the other half. */
static int cross_fit(struct learning *learning)
{
	int error = 0;

	for (unsigned half = 0; !error && half < 2; half++) {
		struct quoth_fold seen = {learning->halves[!half], learning->n_halves[!half]};
		struct quoth_fold unseen = {learning->halves[half], learning->n_halves[half]};
		struct lessons lessons = {0};
		struct quoth_attribution_models models;

		error = learn_fold(learning, seen, &lessons);
		if (!error) {
			models = models_of(learning, &lessons);
			error = quoth_judge_rows(unseen, &models, half, &learning->judged);
		}
		free_lessons(&lessons);
		quoth_trainer_say(learning->trainer, "attribute: half %u done, %u rows", half, learning->judged.n);
	}
	return error;
}

/* Scores each row by a judge that has not seen its half. */
static int score_rows(struct learning *learning)
{
	for (uint32_t half = 0; half < 2; half++) {
		struct quoth_table table;
		struct quoth_weights judge;
		int error = quoth_learn_rows(&learning->judged, half, &learning->random, &table);

		if (error)
			return error;
		judge = quoth_table_weights(&table);
		for (uint32_t i = 0; i < learning->judged.n; i++) {
			struct quoth_judged *row = learning->judged.rows + i;

			if (row->half == half)
				row->row.score = quoth_weights_score_one(&judge, row->features, row->n_features);
		}
		free((void *)table.bytes);
	}
	return 0;
}

static int compare_scores(const void *a, const void *b)
{
	const struct quoth_judged *x = a, *y = b;

	return (x->row.score < y->row.score) - (x->row.score > y->row.score);
}

/* Of the rows that share a gold row and may both be kept, since they are no rivals of each other, the best has it alone. */
static void share_out_gold(struct quoth_judged *rows, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < n && rows[i].is_paired; k++)
			if (k != i && rows[k].is_paired && rows[k].gold == rows[i].gold && rows[k].row.score > rows[i].row.score)
				rows[i].is_paired = rows[i].is_right = rows[i].is_exact = false;
}

/* Drops what loses against a rival, as the stage will. */
static int drop_losers(struct quoth_judged_rows *judged)
{
	struct quoth_row *rows = malloc((judged->n + 1) * sizeof *rows);
	uint32_t kept = 0, before;

	if (!rows)
		return QUOTH_NO_MEMORY;
	for (uint32_t first = 0, end; first < judged->n; first = end) {
		for (end = first; end < judged->n && judged->rows[end].article == judged->rows[first].article; end++)
			rows[end - first] = judged->rows[end].row;
		quoth_rows_mark(rows, end - first, -INFINITY);
		before = kept;
		for (uint32_t i = first; i < end; i++)
			if (rows[i - first].is_chosen)
				judged->rows[kept++] = judged->rows[i];
		share_out_gold(judged->rows + before, kept - before);
	}
	judged->n = kept;
	free(rows);
	return 0;
}

/* F1 of attributions and of those with their source, taken together, when the first n rows are kept. */
static double mean_f1(const struct learning *learning, uint32_t n, uint32_t n_hits)
{
	return (double)n_hits / ((double)learning->n_gold + n);
}

/* The highest score from which on rows make an F1 within `lenience` of the best: where the curve is flat, fewer wrong rows
 * are worth more than a few right ones. */
static float choose_threshold(struct learning *learning)
{
	static const double lenience = 0.0005;
	double best = 0;
	uint32_t n_hits = 0, n = 0;

	qsort(learning->judged.rows, learning->judged.n, sizeof *learning->judged.rows, compare_scores);
	for (uint32_t i = 0; i < learning->judged.n; i++) {
		n_hits += learning->judged.rows[i].is_paired + learning->judged.rows[i].is_right;
		best = fmax(best, mean_f1(learning, i + 1, n_hits));
	}
	n_hits = 0;
	for (n = 0; n < learning->judged.n && (n == 0 || mean_f1(learning, n, n_hits) < best - lenience); n++)
		n_hits += learning->judged.rows[n].is_paired + learning->judged.rows[n].is_right;
	quoth_trainer_say(learning->trainer, "attribute: mean F1 of rows and rows with source %.1f on unseen halves", 100 * best);
	return n ? learning->judged.rows[n - 1].row.score : 0;
}

static int set_numbers(struct quoth_trainer *trainer, const struct quoth_attribution_numbers *numbers)
{
	struct quoth_attribution_numbers *copy = malloc(sizeof *copy);

	if (!copy)
		return QUOTH_NO_MEMORY;
	*copy = *numbers;
	return quoth_trainer_set_table(trainer, &(struct quoth_table){
		.name = "attribute", .about = "transitions and thresholds of attribution", .bytes = copy,
		.size = sizeof *copy, .kind = QUOTH_TABLE_BYTES,
	});
}

static int learn(struct learning *learning)
{
	struct quoth_trainer *trainer = learning->trainer;
	struct quoth_fold all;
	struct lessons lessons = {0};
	struct quoth_table rows = {0};
	int error = split(learning);

	all = (struct quoth_fold){learning->all, learning->articles.n_articles};
	if (!error)
		error = quoth_learn_context(trainer, all);
	if (!error)
		error = quoth_learn_gate(all, &learning->random, &learning->gate, &learning->gate_threshold);
	quoth_trainer_say(trainer, "attribute: %u articles, %u attributions, gate from %.2f", all.n, learning->n_gold,
			  (double)learning->gate_threshold);
	if (!error)
		error = cross_fit(learning);
	if (!error)
		error = score_rows(learning);
	if (!error)
		error = learn_fold(learning, all, &lessons);
	if (!error)
		error = quoth_learn_rows(&learning->judged, 2, &learning->random, &rows);
	if (error)
		return error;
	error = drop_losers(&learning->judged);
	if (error)
		return error;
	lessons.numbers.row_threshold = choose_threshold(learning);
	error = quoth_fit_calibration(&learning->judged, lessons.numbers.row_threshold, &lessons.numbers.calibration);
	if (!error)
		error = set_numbers(trainer, &lessons.numbers);
	if (!error)
		error = quoth_trainer_set_table(trainer, &learning->gate);
	if (!error)
		error = quoth_trainer_set_table(trainer, &lessons.cue);
	if (!error)
		error = quoth_trainer_set_table(trainer, &lessons.role);
	return error ? error : quoth_trainer_set_table(trainer, &rows);
}

int quoth_train_attribute(struct quoth_trainer *trainer, struct quoth_report *report)
{
	struct learning learning = {.trainer = trainer, .random = quoth_random_new(trainer->seed)};
	int error = quoth_articles_read(&learning.articles, trainer, "attribute", report);

	if (!error && learning.articles.n_articles > 0) {
		error = learn(&learning);
		if (error)
			quoth_report_set(report, error, "attribute", "%s", quoth_error_words(error));
	}
	free(learning.all);
	free(learning.judged.rows);
	quoth_articles_close(&learning.articles);
	return error;
}
