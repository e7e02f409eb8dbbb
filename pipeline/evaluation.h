/* evaluation: how well predicted attributions agree with gold, by spans of the original text.
 *
 * Reads two tables (TSV, columns found by name: doc, kind, quote_spans, source_spans, cue_spans; optional speaker, quote,
 * source, cue) and the articles TEXT/DOC.txt, pairs the rows of each article, counts, and prints.
 *
 * Words   a word is a run of letters, digits and "_"; bytes that are no UTF-8 belong to none. A span covers the words
 *         that it overlaps. All agreement is in words, so that a mark more or less at the edge changes nothing.
 * Pairs   a gold and a predicted row may pair where the Dice overlap of their contents' words is at least 0.5; the best
 *         overlap pairs first, then those whose sources agree, then in the tables' order.
 * Sources agree where both are empty, or Dice is at least 0.5, or their last words are the same word of the text.
 * Cost    of an article, gold rows times predicted rows; memory, both tables and one text.
 */
#ifndef QUOTH_EVALUATION_H
#define QUOTH_EVALUATION_H

#include "stages/document.h"
#include "stages/error.h"
#include "stages/span.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { QUOTH_SCORED_CONTENT, QUOTH_SCORED_SOURCE, QUOTH_SCORED_CUE, QUOTH_N_SCORED_ROLES };

/* ---- words (evaluation_words.c) ---- */

/* Words of a text or row, as ranges of their indices: sorted, apart from each other, none empty. */
struct quoth_word_set {
	struct quoth_range *ranges;
	uint32_t n_ranges, n_words;
};

/* An article's bytes cut into words, each a byte range. */
struct quoth_worded_text {
	struct quoth_range *words;
	uint32_t n_words, size;
};

/* Cuts size bytes into words in the arena. 0 or QUOTH_NO_MEMORY. */
int quoth_words_cut(struct quoth_worded_text *text, const char *bytes, uint32_t size, struct quoth_arena *arena);

/* The words that spans ("B-E,B-E", may be empty) cover. 0, QUOTH_NO_MEMORY, or QUOTH_BAD_INPUT with the reason in the
 * report: no numbers, an end before its begin, bytes that the text does not have. */
int quoth_words_cover(struct quoth_word_set *set, const struct quoth_worded_text *text, const char *spans,
		      struct quoth_arena *arena, struct quoth_report *report);

/* Sorts n ranges and makes a set of them; changes the array and keeps it. */
void quoth_words_unite(struct quoth_word_set *set, struct quoth_range *ranges, uint32_t n);

uint32_t quoth_words_shared(const struct quoth_word_set *a, const struct quoth_word_set *b);
bool quoth_words_equal(const struct quoth_word_set *a, const struct quoth_word_set *b);
double quoth_words_dice(const struct quoth_word_set *a, const struct quoth_word_set *b);
bool quoth_words_same_source(const struct quoth_word_set *a, const struct quoth_word_set *b);

/* Writes whether the predicted name is one of gold's (alternatives joined by '|'): the same words after case folding,
 * possessive "'s" left out, or the words of one are the last words of the other. 0 or QUOTH_NO_MEMORY. */
int quoth_words_same_name(bool *agree, const char *gold, const char *predicted, struct quoth_arena *arena);

/* text folded for grouping: case folded; in the arena, NULL without memory. */
char *quoth_words_fold(const char *text, struct quoth_arena *arena);

/* ---- tables (evaluation_table.c) ---- */

struct quoth_scored_row {
	const char *doc, *quote, *source, *cue, *speaker;	/* "" where the table has none */
	const char *spans[QUOTH_N_SCORED_ROLES];
	struct quoth_word_set words[QUOTH_N_SCORED_ROLES];
	uint32_t line;
	uint8_t kind;		/* enum quoth_kind */
	uint32_t pair;		/* row of the other table, QUOTH_NONE if unpaired */
	bool has_source, is_exact;	/* of paired rows: the sources agree; the contents are the same words */
};

struct quoth_scored_table {
	const char *path;
	struct quoth_scored_row *rows;	/* by document, then in the file's order */
	uint32_t n_rows;
};

/* Reads a table; path "-" is standard input. 0, QUOTH_IO, QUOTH_BAD_INPUT (the report says file and line),
 * QUOTH_TOO_LARGE or QUOTH_NO_MEMORY. Everything lies in the arena. */
int quoth_scored_table_read(struct quoth_scored_table *table, const char *path, struct quoth_arena *arena,
			    struct quoth_report *report);

/* Reads a list of documents, one a line, sorted; n counts them. As above. */
int quoth_scored_list_read(const char ***ids, uint32_t *n, const char *path, struct quoth_arena *arena,
			   struct quoth_report *report);

/* A whole file, with a NUL behind it, in the arena. QUOTH_IO also leaves errno for the caller. */
int quoth_scored_file_read(char **bytes, uint32_t *size, const char *path, struct quoth_arena *arena,
			   struct quoth_report *report);

/* ---- the evaluation ---- */

/* What is counted; only uint64_t, so that counts are summed as an array. */
struct quoth_counts {
	uint64_t docs, gold, predicted, pairs, sources, exact;
	uint64_t words_both[QUOTH_N_SCORED_ROLES], words_gold[QUOTH_N_SCORED_ROLES], words_predicted[QUOTH_N_SCORED_ROLES];
	uint64_t kind_gold[QUOTH_N_KINDS], kind_pairs[QUOTH_N_KINDS], kind_sources[QUOTH_N_KINDS];
	uint64_t direct_predicted, direct_pairs, direct_sources;
	uint64_t speakers_gold, speakers_predicted, speakers_right;
};

struct quoth_scored_doc {
	const char *id;
	struct quoth_range gold, predicted;	/* rows */
	struct quoth_counts counts;
};

struct quoth_evaluation {
	struct quoth_scored_table gold, predicted;
	struct quoth_scored_doc *docs;	/* those with gold rows and a text, by id */
	uint32_t n_docs;
	uint32_t n_left_out;		/* rows whose article has no text */
	struct quoth_counts counts;
	struct quoth_arena *arena;
};

struct quoth_evaluation_inputs {
	const char *text_folder, *gold, *predicted;
	const char *docs;		/* a file: score these documents alone; NULL all */
};

/* Reads, pairs and counts. 0, or an error with its place in the report. The caller closes it in either case. */
int quoth_evaluation_open(struct quoth_evaluation *evaluation, const struct quoth_evaluation_inputs *inputs,
			  struct quoth_report *report);
void quoth_evaluation_close(struct quoth_evaluation *evaluation);

/* A measure computed from counts: precision, recall and F1 in per cent, or for a kind its recall without and with
 * the source. */
struct quoth_measure {
	const char *name;
	bool is_recall;			/* recall and with_source hold, the others do not */
	double precision, recall, f1, with_source;
	uint64_t gold, predicted;
};

enum { QUOTH_MOST_MEASURES = 16 };

/* Fills at most QUOTH_MOST_MEASURES measures, in the order of printing; returns their number. */
unsigned quoth_counts_measure(const struct quoth_counts *counts, struct quoth_measure *measures);

void quoth_counts_add(struct quoth_counts *sum, const struct quoth_counts *more);

/* ---- printing (evaluation_report.c); errors of the stream are left to the caller ---- */

/* An interval of 95 in 100 resamplings of the articles, for F1 or, of recall measures, for the recall. */
struct quoth_interval {
	double low, high;
};

/* Resamples the articles `samples` times, the same for the same seed. intervals: QUOTH_MOST_MEASURES, in the order of the
 * measures. 0 or QUOTH_NO_MEMORY. */
int quoth_evaluation_resample(const struct quoth_evaluation *evaluation, uint32_t samples, uint64_t seed,
			      struct quoth_interval *intervals);

/* The measures as lines or as JSON; intervals may be NULL. */
void quoth_evaluation_print(const struct quoth_evaluation *evaluation, const struct quoth_interval *intervals, FILE *to);
void quoth_evaluation_print_json(const struct quoth_evaluation *evaluation, const struct quoth_interval *intervals, FILE *to);

/* Errors counted by kind, and by the most_cues worst cues. 0 or QUOTH_NO_MEMORY. */
int quoth_evaluation_print_table(const struct quoth_evaluation *evaluation, uint32_t most_cues, FILE *to);

/* n missed rows, n spurious ones and n with the wrong source, evenly spread over the articles. */
void quoth_evaluation_print_errors(const struct quoth_evaluation *evaluation, uint32_t n, FILE *to);

#endif
