#include "pipeline/evaluation.h"
#include "pipeline/rows.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_POINTS = 160 };	/* of a quote among the examples */

/* ---- measures ---- */

void quoth_evaluation_print(const struct quoth_evaluation *evaluation, const struct quoth_interval *intervals, FILE *to)
{
	struct quoth_measure measures[QUOTH_MOST_MEASURES];
	unsigned n = quoth_counts_measure(&evaluation->counts, measures);

	fprintf(to, "%-20s %llu\n", "docs", (unsigned long long)evaluation->counts.docs);
	for (unsigned i = 0; i < n; i++) {
		const struct quoth_measure *m = measures + i;

		fprintf(to, "%-20s ", m->name);
		if (m->is_recall)
			fprintf(to, "r %.1f  +source %.1f  gold %llu", m->recall, m->with_source, (unsigned long long)m->gold);
		else
			fprintf(to, "p %.1f  r %.1f  f1 %.1f  gold %llu  pred %llu", m->precision, m->recall, m->f1,
				(unsigned long long)m->gold, (unsigned long long)m->predicted);
		if (intervals)
			fprintf(to, "  low %.1f  high %.1f", intervals[i].low, intervals[i].high);
		fputc('\n', to);
	}
}

void quoth_evaluation_print_json(const struct quoth_evaluation *evaluation, const struct quoth_interval *intervals, FILE *to)
{
	struct quoth_measure measures[QUOTH_MOST_MEASURES];
	unsigned n = quoth_counts_measure(&evaluation->counts, measures);

	fprintf(to, "{\n \"docs\": %llu", (unsigned long long)evaluation->counts.docs);
	for (unsigned i = 0; i < n; i++) {
		const struct quoth_measure *m = measures + i;

		fprintf(to, ",\n \"%s\": {\n", m->name);
		if (m->is_recall)
			fprintf(to, "  \"r\": %.1f,\n  \"+source\": %.1f,\n  \"gold\": %llu", m->recall, m->with_source,
				(unsigned long long)m->gold);
		else
			fprintf(to, "  \"p\": %.1f,\n  \"r\": %.1f,\n  \"f1\": %.1f,\n  \"gold\": %llu,\n  \"pred\": %llu",
				m->precision, m->recall, m->f1, (unsigned long long)m->gold, (unsigned long long)m->predicted);
		if (intervals)
			fprintf(to, ",\n  \"low\": %.1f,\n  \"high\": %.1f", intervals[i].low, intervals[i].high);
		fputs("\n }", to);
	}
	fputs("\n}\n", to);
}

/* ---- intervals ---- */

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static double value_of(const struct quoth_measure *measure)
{
	return measure->is_recall ? measure->recall : measure->f1;
}

/* The measures of one resampling, in the columns of the whole's: a kind that a sample lacks has no measure there, and
 * counts as 0. */
static void sample_values(const struct quoth_evaluation *evaluation, const struct quoth_measure *whole, unsigned n_whole,
			  double *values, size_t stride, uint64_t *state)
{
	struct quoth_measure measures[QUOTH_MOST_MEASURES];
	struct quoth_counts sum = {0};
	unsigned n;

	for (uint32_t i = 0; i < evaluation->n_docs; i++)
		quoth_counts_add(&sum, &evaluation->docs[next_random(state) % evaluation->n_docs].counts);
	n = quoth_counts_measure(&sum, measures);
	for (unsigned w = 0, m = 0; w < n_whole; w++) {
		bool is_there = m < n && !strcmp(measures[m].name, whole[w].name);

		values[w * stride] = is_there ? value_of(measures + m) : 0.0;
		m += is_there;
	}
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int quoth_evaluation_resample(const struct quoth_evaluation *evaluation, uint32_t samples, uint64_t seed,
			      struct quoth_interval *intervals)
{
	struct quoth_measure whole[QUOTH_MOST_MEASURES];
	unsigned n = quoth_counts_measure(&evaluation->counts, whole);
	double *values = quoth_arena_array(evaluation->arena, (size_t)samples * n, sizeof *values);

	if (!values)
		return QUOTH_NO_MEMORY;
	for (uint32_t s = 0; s < samples; s++)
		sample_values(evaluation, whole, n, values + s, samples, &seed);
	for (unsigned i = 0; i < n; i++) {
		double *column = values + (size_t)i * samples;

		qsort(column, samples, sizeof *column, compare_doubles);
		intervals[i] = (struct quoth_interval){
			column[(size_t)(0.025 * (samples - 1) + 0.5)], column[(size_t)(0.975 * (samples - 1) + 0.5)],
		};
	}
	return 0;
}

/* ---- the table of errors ---- */

/* Rows of one kind or cue: gold ones, and of them those that were missed, paired with the wrong source, paired with
 * other bounds; predicted ones, and of them those that pair with nothing. */
struct tally {
	const char *name;
	uint32_t gold, missed, source, bounds, predicted, spurious;
};

static void tally_gold(struct tally *tally, const struct quoth_scored_row *row)
{
	bool is_paired = row->pair != QUOTH_NONE;

	tally->gold++;
	tally->missed += !is_paired;
	tally->source += is_paired && !row->has_source;
	tally->bounds += is_paired && !row->is_exact;
}

static void tally_predicted(struct tally *tally, const struct quoth_scored_row *row)
{
	tally->predicted++;
	tally->spurious += row->pair == QUOTH_NONE;
}

static void print_head(const char *by, FILE *to)
{
	fprintf(to, "\n%-28s %7s %7s %7s %7s %7s %7s\n", by, "gold", "missed", "source", "bounds", "pred", "extra");
}

static void print_tally(const struct tally *t, FILE *to)
{
	int width = 0, shown = 0;

	for (; t->name[shown] && width < 28; width++)	/* pad by code points */
		do
			shown++;
		while ((t->name[shown] & 0xC0) == 0x80);
	fprintf(to, "%.*s%*s %7u %7u %7u %7u %7u %7u\n", shown, t->name, 28 - width, "", t->gold, t->missed, t->source,
		t->bounds, t->predicted, t->spurious);
}

static void print_kinds(const struct quoth_evaluation *evaluation, FILE *to)
{
	struct tally kinds[QUOTH_N_KINDS] = {{0}};

	for (uint32_t d = 0; d < evaluation->n_docs; d++) {
		const struct quoth_scored_doc *doc = evaluation->docs + d;

		for (uint32_t i = doc->gold.begin; i < doc->gold.end; i++)
			tally_gold(kinds + evaluation->gold.rows[i].kind, evaluation->gold.rows + i);
		for (uint32_t i = doc->predicted.begin; i < doc->predicted.end; i++)
			tally_predicted(kinds + evaluation->predicted.rows[i].kind, evaluation->predicted.rows + i);
	}
	print_head("kind", to);
	for (unsigned k = 0; k < QUOTH_N_KINDS; k++) {
		kinds[k].name = quoth_kind_name(k);
		print_tally(kinds + k, to);
	}
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct tally *)a)->name, ((const struct tally *)b)->name);
}

static uint32_t errors_of(const struct tally *tally)
{
	return tally->missed + tally->source + tally->bounds + tally->spurious;
}

/* Most errors first, then by name. */
static int compare_errors(const void *a, const void *b)
{
	uint32_t x = errors_of(a), y = errors_of(b);

	return x != y ? (x > y ? -1 : 1) : compare_names(a, b);
}

static struct tally *add_row(struct tally *to, const struct quoth_scored_row *row, bool is_gold, struct quoth_arena *arena)
{
	*to = (struct tally){.name = *row->cue ? quoth_words_fold(row->cue, arena) : "(none)"};
	if (!to->name)
		return NULL;
	if (is_gold)
		tally_gold(to, row);
	else
		tally_predicted(to, row);
	return to + 1;
}

/* One tally a row, then those of the same cue are joined; returns how many are left. */
static uint32_t join_cues(struct tally *all, uint32_t n)
{
	uint32_t kept = 0;

	if (n > 1)
		qsort(all, n, sizeof *all, compare_names);
	for (uint32_t i = 0; i < n; i++) {
		struct tally *last = all + kept - 1;

		if (!kept || strcmp(last->name, all[i].name)) {
			all[kept++] = all[i];
			continue;
		}
		last->gold += all[i].gold;
		last->missed += all[i].missed;
		last->source += all[i].source;
		last->bounds += all[i].bounds;
		last->predicted += all[i].predicted;
		last->spurious += all[i].spurious;
	}
	if (kept > 1)
		qsort(all, kept, sizeof *all, compare_errors);
	return kept;
}

int quoth_evaluation_print_table(const struct quoth_evaluation *evaluation, uint32_t most_cues, FILE *to)
{
	size_t n_rows = (size_t)evaluation->gold.n_rows + evaluation->predicted.n_rows;
	struct tally *all = quoth_arena_array(evaluation->arena, n_rows, sizeof *all), *end = all;
	uint32_t n;

	for (uint32_t d = 0; d < evaluation->n_docs && end; d++) {
		const struct quoth_scored_doc *doc = evaluation->docs + d;

		for (uint32_t i = doc->gold.begin; i < doc->gold.end && end; i++)
			end = add_row(end, evaluation->gold.rows + i, true, evaluation->arena);
		for (uint32_t i = doc->predicted.begin; i < doc->predicted.end && end; i++)
			end = add_row(end, evaluation->predicted.rows + i, false, evaluation->arena);
	}
	if (!end)
		return QUOTH_NO_MEMORY;
	print_kinds(evaluation, to);
	n = join_cues(all, (uint32_t)(end - all));
	print_head("cue", to);
	for (uint32_t i = 0; i < n && i < most_cues && errors_of(all + i); i++)
		print_tally(all + i, to);
	return 0;
}

/* ---- examples ---- */

enum class { MISSED, SPURIOUS, WRONG_SOURCE };

static bool is_of_class(const struct quoth_scored_row *row, enum class class)
{
	return class == WRONG_SOURCE ? row->pair != QUOTH_NONE && !row->has_source : row->pair == QUOTH_NONE;
}

static void print_example(const struct quoth_evaluation *evaluation, const struct quoth_scored_row *row, enum class class,
			  FILE *to)
{
	static const char *const names[] = {"missed", "spurious", "source"};
	const char *end = row->quote;

	for (unsigned n = 0; *end && n < SHOWN_POINTS; n++)
		do
			end++;
		while ((*end & 0xC0) == 0x80);
	fprintf(to, "-- %s [%s] %s: '%s' '%s': '%.*s'", names[class], row->doc, quoth_kind_name(row->kind), row->source,
		row->cue, (int)(end - row->quote), row->quote);
	if (class == WRONG_SOURCE)
		fprintf(to, " | said to be '%s'", evaluation->predicted.rows[row->pair].source);
	fputc('\n', to);
}

static struct quoth_range rows_of(const struct quoth_scored_doc *doc, enum class class)
{
	return class == SPURIOUS ? doc->predicted : doc->gold;
}

static void print_class(const struct quoth_evaluation *evaluation, enum class class, uint32_t most, FILE *to)
{
	const struct quoth_scored_row *rows = class == SPURIOUS ? evaluation->predicted.rows : evaluation->gold.rows;
	uint32_t n = 0, at = 0, printed = 0, step;

	for (uint32_t d = 0; d < evaluation->n_docs; d++)
		for (uint32_t i = rows_of(evaluation->docs + d, class).begin; i < rows_of(evaluation->docs + d, class).end; i++)
			n += is_of_class(rows + i, class);
	step = n / most ? n / most : 1;
	for (uint32_t d = 0; d < evaluation->n_docs; d++) {
		for (uint32_t i = rows_of(evaluation->docs + d, class).begin; i < rows_of(evaluation->docs + d, class).end; i++) {
			if (!is_of_class(rows + i, class) || at++ % step || printed == most)
				continue;
			print_example(evaluation, rows + i, class, to);
			printed++;
		}
	}
}

void quoth_evaluation_print_errors(const struct quoth_evaluation *evaluation, uint32_t n, FILE *to)
{
	for (enum class class = MISSED; n && class <= WRONG_SOURCE; class++)
		print_class(evaluation, class, n, to);
}
