#include "pipeline/evaluation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_BYTES = 64 << 20 };

/* ---- pairing ---- */

/* A gold and a predicted row of one document that share words, by their places in it. */
struct candidate {
	double dice;
	uint32_t gold, predicted;
	bool has_source;
};

struct candidates {
	struct candidate *all;
	size_t n, capacity;
};

/* Best overlap first, then agreeing sources, then the order of the tables. */
static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->dice != y->dice)
		return x->dice > y->dice ? -1 : 1;
	if (x->has_source != y->has_source)
		return x->has_source ? -1 : 1;
	if (x->gold != y->gold)
		return x->gold < y->gold ? -1 : 1;
	return (x->predicted > y->predicted) - (x->predicted < y->predicted);
}

static int add_candidate(struct candidates *candidates, struct candidate candidate, struct quoth_arena *arena)
{
	if (candidates->n == candidates->capacity) {
		size_t size = candidates->capacity * sizeof *candidates->all, more = size ? 2 * size : 256 * sizeof candidate;

		candidates->all = quoth_arena_grow(arena, candidates->all, size, more);
		if (!candidates->all)
			return QUOTH_NO_MEMORY;
		candidates->capacity = more / sizeof candidate;
	}
	candidates->all[candidates->n++] = candidate;
	return 0;
}

static int find_candidates(struct candidates *candidates, const struct quoth_evaluation *evaluation,
			   const struct quoth_scored_doc *doc, struct quoth_arena *arena)
{
	int error = 0;

	for (uint32_t i = doc->gold.begin; i < doc->gold.end; i++) {
		for (uint32_t j = doc->predicted.begin; j < doc->predicted.end && !error; j++) {
			const struct quoth_word_set *g = evaluation->gold.rows[i].words, *p = evaluation->predicted.rows[j].words;
			double dice = quoth_words_dice(g + QUOTH_SCORED_CONTENT, p + QUOTH_SCORED_CONTENT);

			/* Rows of no words at all agree in nothing. */
			if (dice < 0.5 || !g[QUOTH_SCORED_CONTENT].n_words)
				continue;
			error = add_candidate(candidates, (struct candidate){dice, i, j,
				quoth_words_same_source(g + QUOTH_SCORED_SOURCE, p + QUOTH_SCORED_SOURCE)}, arena);
		}
	}
	return error;
}

static int pair_rows(struct quoth_evaluation *evaluation, const struct quoth_scored_doc *doc, struct quoth_arena *arena)
{
	struct candidates candidates = {0};
	int error = find_candidates(&candidates, evaluation, doc, arena);

	if (error)
		return error;
	if (candidates.n > 1)
		qsort(candidates.all, candidates.n, sizeof *candidates.all, compare_candidates);
	for (size_t i = 0; i < candidates.n; i++) {
		struct candidate candidate = candidates.all[i];
		struct quoth_scored_row *gold = evaluation->gold.rows + candidate.gold;
		struct quoth_scored_row *predicted = evaluation->predicted.rows + candidate.predicted;

		if (gold->pair != QUOTH_NONE || predicted->pair != QUOTH_NONE)
			continue;
		gold->pair = candidate.predicted;
		predicted->pair = candidate.gold;
		gold->has_source = predicted->has_source = candidate.has_source;
		gold->is_exact = predicted->is_exact = quoth_words_equal(gold->words + QUOTH_SCORED_CONTENT,
									 predicted->words + QUOTH_SCORED_CONTENT);
	}
	return 0;
}

/* ---- counting ---- */

/* The words that any of the rows covers in a role. */
static int unite_rows(struct quoth_word_set *set, const struct quoth_scored_row *rows, struct quoth_range range,
		      unsigned role, struct quoth_arena *arena)
{
	struct quoth_range *ranges;
	size_t n = 0;

	for (uint32_t i = range.begin; i < range.end; i++)
		n += rows[i].words[role].n_ranges;
	ranges = quoth_arena_array(arena, n, sizeof *ranges);
	if (!ranges)
		return QUOTH_NO_MEMORY;
	n = 0;
	for (uint32_t i = range.begin; i < range.end; i++) {
		const struct quoth_word_set *words = &rows[i].words[role];

		memcpy(ranges + n, words->ranges, words->n_ranges * sizeof *ranges);
		n += words->n_ranges;
	}
	quoth_words_unite(set, ranges, (uint32_t)n);
	return 0;
}

static int count_words(struct quoth_counts *counts, const struct quoth_evaluation *evaluation,
		       const struct quoth_scored_doc *doc, struct quoth_arena *arena)
{
	struct quoth_word_set gold, predicted;

	for (unsigned role = 0; role < QUOTH_N_SCORED_ROLES; role++) {
		if (unite_rows(&gold, evaluation->gold.rows, doc->gold, role, arena) ||
		    unite_rows(&predicted, evaluation->predicted.rows, doc->predicted, role, arena))
			return QUOTH_NO_MEMORY;
		counts->words_both[role] += quoth_words_shared(&gold, &predicted);
		counts->words_gold[role] += gold.n_words;
		counts->words_predicted[role] += predicted.n_words;
	}
	return 0;
}

static int count_gold(struct quoth_counts *counts, const struct quoth_scored_row *row,
		      const struct quoth_scored_table *predicted, struct quoth_arena *arena)
{
	bool is_paired = row->pair != QUOTH_NONE, agree = false;
	int error = 0;

	counts->gold++;
	counts->pairs += is_paired;
	counts->sources += row->has_source;
	counts->exact += row->is_exact;
	counts->kind_gold[row->kind]++;
	counts->kind_pairs[row->kind] += is_paired;
	counts->kind_sources[row->kind] += row->has_source;
	if (!*row->speaker)
		return 0;
	counts->speakers_gold++;
	if (is_paired && *predicted->rows[row->pair].speaker) {
		error = quoth_words_same_name(&agree, row->speaker, predicted->rows[row->pair].speaker, arena);
		counts->speakers_predicted++;
		counts->speakers_right += agree;
	}
	return error;
}

/* A prediction of direct speech that pairs with a gold row of another kind counts neither way. */
static void count_predicted(struct quoth_counts *counts, const struct quoth_scored_row *row,
			    const struct quoth_scored_table *gold)
{
	bool is_paired = row->pair != QUOTH_NONE;

	counts->predicted++;
	if (row->kind != QUOTH_DIRECT || (is_paired && gold->rows[row->pair].kind != QUOTH_DIRECT))
		return;
	counts->direct_predicted++;
	counts->direct_pairs += is_paired;
	counts->direct_sources += row->has_source;
}

static int count_doc(struct quoth_evaluation *evaluation, struct quoth_scored_doc *doc, struct quoth_arena *arena)
{
	int error = count_words(&doc->counts, evaluation, doc, arena);

	doc->counts.docs = 1;
	for (uint32_t i = doc->gold.begin; i < doc->gold.end && !error; i++)
		error = count_gold(&doc->counts, evaluation->gold.rows + i, &evaluation->predicted, arena);
	for (uint32_t j = doc->predicted.begin; j < doc->predicted.end; j++)
		count_predicted(&doc->counts, evaluation->predicted.rows + j, &evaluation->gold);
	return error;
}

void quoth_counts_add(struct quoth_counts *sum, const struct quoth_counts *more)
{
	uint64_t *to = (uint64_t *)sum;
	const uint64_t *from = (const uint64_t *)more;

	for (size_t i = 0; i < sizeof *sum / sizeof *to; i++)
		to[i] += from[i];
}

/* ---- documents ---- */

/* The rows of the document that row `begin` is of. */
static struct quoth_range find_rows(const struct quoth_scored_table *table, uint32_t begin)
{
	uint32_t end = begin;

	while (end < table->n_rows && !strcmp(table->rows[end].doc, table->rows[begin].doc))
		end++;
	return (struct quoth_range){begin, end};
}

static int cover_rows(const struct quoth_scored_table *table, struct quoth_range range,
		      const struct quoth_worded_text *text, struct quoth_arena *arena, struct quoth_report *report)
{
	static const char *const columns[] = {"quote_spans", "source_spans", "cue_spans"};
	struct quoth_report reason = {0};
	char where[sizeof report->where];

	for (uint32_t i = range.begin; i < range.end; i++) {
		struct quoth_scored_row *row = table->rows + i;

		for (unsigned role = 0; role < QUOTH_N_SCORED_ROLES; role++) {
			int error = quoth_words_cover(row->words + role, text, row->spans[role], arena, &reason);

			if (!error)
				continue;
			snprintf(where, sizeof where, "%.400s:%lu", table->path, (unsigned long)row->line);
			return quoth_report_set(report, error, where, "%s: %s", columns[role],
						*reason.what ? reason.what : quoth_error_words(error));
		}
	}
	return 0;
}

/* Reads TEXT/ID.txt and cuts it into words; text->words stays NULL where there is no such file. */
static int read_text(struct quoth_worded_text *text, const char *folder, const char *id, struct quoth_arena *arena,
		     struct quoth_report *report)
{
	size_t size = strlen(folder) + strlen(id) + sizeof "/.txt";
	char *path = quoth_arena_alloc(arena, size), *bytes;
	uint32_t n;
	int error;

	*text = (struct quoth_worded_text){0};
	if (!path)
		return QUOTH_NO_MEMORY;
	snprintf(path, size, "%s/%s.txt", folder, id);
	error = quoth_scored_file_read(&bytes, &n, path, arena, report);
	if (error == QUOTH_IO && (errno == ENOENT || errno == ENAMETOOLONG))
		return 0;
	return error ? error : quoth_words_cut(text, bytes, n, arena);
}

/* One document: its spans are turned into words, and where it is to be scored, its rows are paired and counted. */
static int evaluate_doc(struct quoth_evaluation *evaluation, struct quoth_scored_doc *doc, bool is_wanted,
			const char *folder, struct quoth_arena *scratch, struct quoth_report *report)
{
	struct quoth_worded_text text;
	int error = read_text(&text, folder, doc->id, scratch, report);

	if (!error && !text.words) {
		evaluation->n_left_out += quoth_range_length(doc->gold) + quoth_range_length(doc->predicted);
		return 0;
	}
	if (!error)
		error = cover_rows(&evaluation->gold, doc->gold, &text, evaluation->arena, report);
	if (!error)
		error = cover_rows(&evaluation->predicted, doc->predicted, &text, evaluation->arena, report);
	if (error || !is_wanted || quoth_range_is_empty(doc->gold))
		return error;
	error = pair_rows(evaluation, doc, scratch);
	if (!error)
		error = count_doc(evaluation, doc, scratch);
	if (!error) {
		evaluation->docs[evaluation->n_docs++] = *doc;
		quoth_counts_add(&evaluation->counts, &doc->counts);
	}
	return error;
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The next document of either table, in order of the ids; false at the end. */
static bool next_doc(struct quoth_scored_doc *doc, const struct quoth_evaluation *evaluation, uint32_t g, uint32_t p)
{
	const struct quoth_scored_table *gold = &evaluation->gold, *predicted = &evaluation->predicted;
	int order;

	if (g == gold->n_rows && p == predicted->n_rows)
		return false;
	if (g == gold->n_rows)
		order = 1;
	else
		order = p == predicted->n_rows ? -1 : strcmp(gold->rows[g].doc, predicted->rows[p].doc);
	*doc = (struct quoth_scored_doc){
		.id = order <= 0 ? gold->rows[g].doc : predicted->rows[p].doc,
		.gold = order <= 0 ? find_rows(gold, g) : (struct quoth_range){g, g},
		.predicted = order >= 0 ? find_rows(predicted, p) : (struct quoth_range){p, p},
	};
	return true;
}

static int evaluate(struct quoth_evaluation *evaluation, const struct quoth_evaluation_inputs *inputs,
		    const char **wanted, uint32_t n_wanted, struct quoth_report *report)
{
	struct quoth_arena *scratch = quoth_arena_new(KEPT_BYTES);
	struct quoth_scored_doc doc = {0};
	int error = 0;

	evaluation->docs = quoth_arena_array(evaluation->arena, evaluation->gold.n_rows, sizeof *evaluation->docs);
	if (!scratch || !evaluation->docs)
		error = QUOTH_NO_MEMORY;
	while (!error && next_doc(&doc, evaluation, doc.gold.end, doc.predicted.end)) {
		bool is_wanted = !wanted || (n_wanted && bsearch(&doc.id, wanted, n_wanted, sizeof *wanted, compare_ids));

		error = evaluate_doc(evaluation, &doc, is_wanted, inputs->text_folder, scratch, report);
		quoth_arena_reset(scratch);
	}
	quoth_arena_free(scratch);
	return error;
}

int quoth_evaluation_open(struct quoth_evaluation *evaluation, const struct quoth_evaluation_inputs *inputs,
			  struct quoth_report *report)
{
	const char **wanted = NULL;
	uint32_t n_wanted = 0;
	int error;

	*evaluation = (struct quoth_evaluation){.arena = quoth_arena_new(0)};
	*report = (struct quoth_report){0};
	if (!evaluation->arena)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "evaluation", "%s", quoth_error_words(QUOTH_NO_MEMORY));
	error = quoth_scored_table_read(&evaluation->gold, inputs->gold, evaluation->arena, report);
	if (!error)
		error = quoth_scored_table_read(&evaluation->predicted, inputs->predicted, evaluation->arena, report);
	if (!error && inputs->docs)
		error = quoth_scored_list_read(&wanted, &n_wanted, inputs->docs, evaluation->arena, report);
	if (!error)
		error = evaluate(evaluation, inputs, wanted, n_wanted, report);
	if (error && !*report->what)
		quoth_report_set(report, error, inputs->predicted, "%s", quoth_error_words(error));
	return error;
}

void quoth_evaluation_close(struct quoth_evaluation *evaluation)
{
	quoth_arena_free(evaluation->arena);
	*evaluation = (struct quoth_evaluation){0};
}

/* ---- measures ---- */

/* P = found/predicted, R = found/gold, F1 = 2PR/(P+R), each 0 where it is not defined, in per cent. */
static struct quoth_measure measure_of(const char *name, uint64_t found, uint64_t predicted, uint64_t gold, uint64_t found_predicted)
{
	double p = predicted ? (double)found_predicted / (double)predicted : 0.0;
	double r = gold ? (double)found / (double)gold : 0.0;

	return (struct quoth_measure){
		.name = name, .precision = 100 * p, .recall = 100 * r, .f1 = p + r > 0 ? 200 * p * r / (p + r) : 0.0,
		.gold = gold, .predicted = predicted,
	};
}

static struct quoth_measure measure_recall(const struct quoth_counts *counts, unsigned kind)
{
	static const char *const names[QUOTH_N_KINDS] = {"recall.direct", "recall.mixed", "recall.indirect"};
	double gold = (double)counts->kind_gold[kind];

	return (struct quoth_measure){
		.name = names[kind], .is_recall = true, .gold = counts->kind_gold[kind],
		.recall = 100 * (double)counts->kind_pairs[kind] / gold,
		.with_source = 100 * (double)counts->kind_sources[kind] / gold,
	};
}

unsigned quoth_counts_measure(const struct quoth_counts *c, struct quoth_measure *measures)
{
	static const char *const roles[QUOTH_N_SCORED_ROLES] = {"token.content", "token.source", "token.cue"};
	unsigned n = 0;

	for (unsigned role = 0; role < QUOTH_N_SCORED_ROLES; role++)
		measures[n++] = measure_of(roles[role], c->words_both[role], c->words_predicted[role],
					   c->words_gold[role], c->words_both[role]);
	measures[n++] = measure_of("attribution", c->pairs, c->predicted, c->gold, c->pairs);
	measures[n++] = measure_of("attribution+source", c->sources, c->predicted, c->gold, c->sources);
	measures[n++] = measure_of("exact", c->exact, c->predicted, c->gold, c->exact);
	measures[n++] = measure_of("direct", c->kind_pairs[QUOTH_DIRECT], c->direct_predicted,
				   c->kind_gold[QUOTH_DIRECT], c->direct_pairs);
	measures[n++] = measure_of("direct+source", c->kind_sources[QUOTH_DIRECT], c->direct_predicted,
				   c->kind_gold[QUOTH_DIRECT], c->direct_sources);
	for (unsigned kind = 0; kind < QUOTH_N_KINDS; kind++)
		if (c->kind_gold[kind])
			measures[n++] = measure_recall(c, kind);
	if (c->speakers_gold)
		measures[n++] = measure_of("speaker", c->speakers_right, c->speakers_predicted, c->speakers_gold,
					   c->speakers_right);
	return n;
}
