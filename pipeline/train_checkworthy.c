/* What is worth a check: logistic regression over sentences of debates with labels by people. */
#define _POSIX_C_SOURCE 200809L

#include "pipeline/chain.h"
#include "pipeline/train.h"
#include "pipeline/train_calibration.h"
#include "stages/checkworthy.h"
#include "stages/resources.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N_FOLDS = 5, ALL = N_FOLDS, N_BINS = 10 };

/* Slow steps: faster ones cost a point of AUC. A feature of fewer than MIN_STATEMENTS says more of those than of others. */
enum { EPOCHS = 12, MIN_STATEMENTS = 4 };

static const float rate = 0.01f, l2 = 1e-4f;

static const char *const table_name = "checkworthy", *const file_name = "train.tsv";

struct statement {
	struct quoth_document doc;
	struct quoth_syntax syntax;
	uint32_t *features, n_features;
	uint32_t fold;		/* by its words, so that the same sentence is never both learned from and measured on */
	struct quoth_outcome outcome;	/* scored by weights that have not seen its fold */
};

struct learning {
	struct quoth_trainer *trainer;
	struct quoth_report *report;
	struct quoth_arena *arena;
	struct quoth_resources resources;
	struct quoth_word_tables words;
	struct quoth_checkworthy_model model;
	struct quoth_checkworthy_room room;
	struct statement *statements;
	uint32_t n, capacity;
	struct quoth_random random;
	struct quoth_outcome *outcomes;	/* room for all */
};

/* ---- reading ---- */

static int read_text(struct learning *learning, const char *text, struct statement *statement)
{
	size_t size = strlen(text);
	char *copy = quoth_arena_alloc(learning->arena, size + 1);

	if (!copy)
		return QUOTH_NO_MEMORY;
	memcpy(copy, text, size + 1);
	statement->fold = quoth_form_hash(copy, size) % N_FOLDS;
	quoth_document_begin(&statement->doc, learning->arena, "", copy, (uint32_t)size);
	return quoth_chain_run(&statement->doc, &learning->resources, QUOTH_STAGE_QUOTATIONS, NULL);
}

static int add_statement(struct learning *learning, const char *text, bool is_worth)
{
	if (learning->n == learning->capacity) {
		uint32_t more = learning->capacity * 2 + 1024;
		void *grown = realloc(learning->statements, more * sizeof *learning->statements);

		if (!grown)
			return QUOTH_NO_MEMORY;
		learning->statements = grown;
		learning->capacity = more;
	}
	learning->statements[learning->n] = (struct statement){.outcome.is_right = is_worth};
	return read_text(learning, text, learning->statements + learning->n++);
}

/* Once all are read and stay where they are. */
static int find_features(struct learning *learning)
{
	for (uint32_t i = 0; i < learning->n; i++) {
		struct statement *s = learning->statements + i;
		struct quoth_range all = {0, s->doc.n_tokens};
		int error = quoth_syntax_build(&s->syntax, &s->doc, learning->resources.lexicon, &learning->words);

		if (error)
			return error;
		s->n_features = (uint32_t)quoth_checkworthy_features(&s->syntax, &all, 1, &learning->room);
		s->features = quoth_arena_array(learning->arena, s->n_features, sizeof *s->features);
		if (!s->features)
			return QUOTH_NO_MEMORY;
		memcpy(s->features, learning->room.features, s->n_features * sizeof *s->features);
	}
	return 0;
}

/* Leaves the features whose weight enough statements share; the weights of the others stay 0. */
static int drop_rare(struct learning *learning)
{
	enum { SHIFT = 32 - QUOTH_CHECKWORTHY_BITS };
	uint32_t *n_statements = calloc(1u << QUOTH_CHECKWORTHY_BITS, sizeof *n_statements);

	if (!n_statements)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < learning->n; i++)
		for (uint32_t k = 0; k < learning->statements[i].n_features; k++)
			n_statements[learning->statements[i].features[k] >> SHIFT]++;
	for (uint32_t i = 0; i < learning->n; i++) {
		struct statement *s = learning->statements + i;
		uint32_t n = 0;

		for (uint32_t k = 0; k < s->n_features; k++)
			if (n_statements[s->features[k] >> SHIFT] >= MIN_STATEMENTS)
				s->features[n++] = s->features[k];
		s->n_features = n;
	}
	free(n_statements);
	return 0;
}

static int read_row(struct learning *learning, struct quoth_corpus_lines *lines, char *line)
{
	char *fields[4];

	if (quoth_cut_fields(line, '\t', fields, 4) != 3 || (strcmp(fields[1], "0") != 0 && strcmp(fields[1], "1") != 0))
		return quoth_corpus_lines_error(lines, learning->report, "is no id, label (0 or 1) and text");
	return add_statement(learning, fields[2], fields[1][0] == '1');
}

static int read_folder(struct learning *learning, const char *folder)
{
	struct quoth_corpus_lines *lines;
	char path[512], *line;
	int error, closed;

	snprintf(path, sizeof path, "%s/%s", folder, file_name);
	if (access(path, R_OK) != 0)
		return 0;
	error = quoth_corpus_lines_open(&lines, folder, file_name, learning->report);
	if (error)
		return error;
	line = quoth_corpus_lines_next(lines);
	if (!line || strcmp(line, "id\tlabel\ttext") != 0)
		error = quoth_corpus_lines_error(lines, learning->report, "the header must be id, label, text");
	while (!error && (line = quoth_corpus_lines_next(lines)))
		error = read_row(learning, lines, line);
	closed = quoth_corpus_lines_close(lines, learning->report);
	return error ? error : closed;
}

static int open_resources(struct learning *learning)
{
	struct quoth_trainer *trainer = learning->trainer;
	struct quoth_model *model;
	int error = quoth_resources_open(&learning->resources, QUOTH_NO_MODEL, learning->report);

	if (!error)
		error = quoth_model_from_tables(&model, trainer->tables, trainer->n_tables, learning->report);
	if (error)
		return error;
	learning->resources.model = model;
	if (!quoth_word_tables_find(model, &learning->words))
		return quoth_report_set(learning->report, QUOTH_BAD_MODEL, table_name, "needs the parts words and tag first");
	return 0;
}

/* ---- learning ---- */

/* Learns from all statements but those of a fold; ALL: from all. */
static int learn_without(struct learning *learning, uint32_t left_out, struct quoth_table *table)
{
	struct quoth_learner *learner = quoth_learner_new(QUOTH_CHECKWORTHY_BITS, 1);
	uint32_t *order = malloc((learning->n + 1) * sizeof *order);
	int error = learner && order ? 0 : QUOTH_NO_MEMORY;

	for (unsigned epoch = 0; !error && epoch < EPOCHS; epoch++) {
		if (epoch == 1)
			quoth_learner_restart_mean(learner);
		quoth_random_order(&learning->random, order, learning->n);
		for (uint32_t k = 0; !error && k < learning->n; k++) {
			const struct statement *s = learning->statements + order[k];

			if (s->fold != left_out)
				error = quoth_learner_regress(learner, s->features, s->n_features, s->outcome.is_right, 0, rate, l2);
		}
	}
	if (!error)
		error = quoth_learner_quantise(learner, 1, 0, table_name, "is this worth a check", table);
	quoth_learner_free(learner);
	free(order);
	return error;
}

/* Scores the statements of each fold by weights that have not seen it, as the program will score them. */
static int score_unseen(struct learning *learning)
{
	for (uint32_t fold = 0; fold < N_FOLDS; fold++) {
		struct quoth_table table;
		int error = learn_without(learning, fold, &table);

		if (error)
			return error;
		learning->model.weights = quoth_table_weights(&table);
		for (uint32_t i = 0; i < learning->n; i++) {
			struct statement *s = learning->statements + i;

			if (s->fold == fold)
				s->outcome.score = quoth_checkworthy_score(&learning->model, &s->syntax,
					&(struct quoth_range){0, s->doc.n_tokens}, 1, &learning->room);
		}
		free((void *)table.bytes);
	}
	return 0;
}

/* The outcomes of one fold, or of all but one. */
static uint32_t gather(struct learning *learning, uint32_t fold, bool is_kept_aside)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < learning->n; i++)
		if ((learning->statements[i].fold == fold) != is_kept_aside)
			learning->outcomes[n++] = learning->statements[i].outcome;
	return n;
}

/* ---- measuring ---- */

struct bin {
	double n, n_right, chances;
};

static void add_to_bins(struct bin *bins, const struct quoth_outcome *outcomes, uint32_t n,
			const struct quoth_calibration *calibration)
{
	for (uint32_t i = 0; i < n; i++) {
		float chance = quoth_calibrate(calibration, outcomes[i].score);
		struct bin *bin = bins + (chance < 1 ? (unsigned)(chance * N_BINS) : N_BINS - 1);

		bin->n++;
		bin->n_right += outcomes[i].is_right;
		bin->chances += (double)chance;
	}
}

static void say_reliability(const struct learning *learning, const struct bin *bins)
{
	double error = 0;

	for (unsigned b = 0; b < N_BINS; b++) {
		if (bins[b].n == 0)
			continue;
		error += fabs(bins[b].chances - bins[b].n_right) / learning->n;
		quoth_trainer_say(learning->trainer, "checkworthy: said %.3f, were %.3f of %.0f", bins[b].chances / bins[b].n,
				  bins[b].n_right / bins[b].n, bins[b].n);
	}
	quoth_trainer_say(learning->trainer, "checkworthy: expected calibration error %.4f", error);
}

/* Each fold with weights and a calibration from the others. */
static void measure(struct learning *learning)
{
	struct bin bins[N_BINS] = {0};
	double sum = 0;

	for (uint32_t fold = 0; fold < N_FOLDS; fold++) {
		struct quoth_calibration calibration;
		uint32_t n = gather(learning, fold, true);
		double area;

		quoth_fit_outcomes(learning->outcomes, n, &calibration);
		n = gather(learning, fold, false);
		add_to_bins(bins, learning->outcomes, n, &calibration);
		area = quoth_area_under_curve(learning->outcomes, n);
		sum += area;
		quoth_trainer_say(learning->trainer, "checkworthy: fold %u kept aside, %u sentences, AUC %.4f", fold, n, area);
	}
	quoth_trainer_say(learning->trainer, "checkworthy: mean AUC %.4f", sum / N_FOLDS);
	say_reliability(learning, bins);
}

static int set_calibration(struct learning *learning)
{
	struct quoth_calibration *calibration = malloc(sizeof *calibration);

	if (!calibration)
		return QUOTH_NO_MEMORY;
	quoth_fit_outcomes(learning->outcomes, gather(learning, ALL, true), calibration);
	return quoth_trainer_set_table(learning->trainer, &(struct quoth_table){
		.name = "checkworthy.calibration", .about = "the share worth a check at a score", .bytes = calibration,
		.size = sizeof *calibration, .kind = QUOTH_TABLE_BYTES,
	});
}

static int learn(struct learning *learning)
{
	struct quoth_table table;
	int error;

	learning->outcomes = malloc((learning->n + 1) * sizeof *learning->outcomes);
	error = learning->outcomes ? find_features(learning) : QUOTH_NO_MEMORY;
	if (!error)
		error = drop_rare(learning);
	if (!error)
		error = score_unseen(learning);
	if (error)
		return error;
	measure(learning);
	error = set_calibration(learning);
	if (!error)
		error = learn_without(learning, ALL, &table);
	return error ? error : quoth_trainer_set_table(learning->trainer, &table);
}

int quoth_train_checkworthy(struct quoth_trainer *trainer, struct quoth_report *report)
{
	struct learning *learning = calloc(1, sizeof *learning);
	int error = 0;

	if (!learning)
		return QUOTH_NO_MEMORY;
	learning->trainer = trainer;
	learning->report = report;
	learning->random = quoth_random_new(trainer->seed);
	learning->arena = quoth_arena_new(0);
	error = learning->arena ? open_resources(learning) : QUOTH_NO_MEMORY;
	for (size_t i = 0; !error && i < trainer->n_folders; i++)
		error = read_folder(learning, trainer->folders[i]);
	if (!error && learning->n > 0)
		error = learn(learning);
	if (error && !report->what[0])
		quoth_report_set(report, error, table_name, "%s", quoth_error_words(error));
	free(learning->outcomes);
	free(learning->statements);
	quoth_arena_free(learning->arena);
	quoth_resources_close(&learning->resources);
	free(learning);
	return error;
}
