/* train_attribute: learns who said what from articles with attributions.
 *
 * Gate, cue and role models are learned from the gold rows. The judge of rows must see rows as they come out on text that
 * the models before it have not seen: the articles are halved, each half's rows are made by models of the other half
 * (cross-fitting), and the judge learns from all of those. Thresholds and the calibration of confidence come from rows that
 * a judge of the other half scored.
 */
#ifndef QUOTH_TRAIN_ATTRIBUTE_H
#define QUOTH_TRAIN_ATTRIBUTE_H

#include "pipeline/train_articles.h"

/* Some of the articles. */
struct quoth_fold {
	struct quoth_article *const *articles;
	uint32_t n;
};

/* Logistic models of one label; the table is for the caller to free. Cue training keeps to words that pass the gate. */
int quoth_learn_gate(struct quoth_fold fold, struct quoth_random *random, struct quoth_table *table, float *threshold);
int quoth_learn_cues(struct quoth_fold fold, const struct quoth_weights *gate, float gate_threshold,
		     struct quoth_random *random, struct quoth_table *table);

/* The chain's weights and its transitions. */
int quoth_learn_roles(struct quoth_fold fold, struct quoth_random *random, struct quoth_table *table,
		      struct quoth_role_transitions *transitions);

/* What a row turned out to be. */
struct quoth_judged {
	uint32_t *features;
	uint32_t n_features;
	uint32_t gold;		/* index of the gold row that has its content, QUOTH_NONE */
	uint32_t half, article;	/* rows of an article stand together, in the order of quoth_rows_find */
	bool is_paired;		/* some gold row has its content */
	bool is_right;		/* and its source */
	bool is_exact;		/* content word for word */
	struct quoth_row row;	/* score by the judge */
};

struct quoth_judged_rows {
	struct quoth_judged *rows;
	uint32_t n, capacity, n_articles;
};

/* Adds the rows that models find in articles, judged by their gold; memory from the articles' arena. */
int quoth_judge_rows(struct quoth_fold fold, const struct quoth_attribution_models *models, uint32_t half,
		     struct quoth_judged_rows *judged);

/* The judge's weights, from all rows but those of half `left_out` (2: from all). */
int quoth_learn_rows(const struct quoth_judged_rows *judged, uint32_t left_out, struct quoth_random *random,
		     struct quoth_table *table);

/* Fits the share of right rows to the judge's scores (train_calibration.h). Rows are in descending order of their scores;
 * those below threshold are left out. 0 or QUOTH_NO_MEMORY. */
int quoth_fit_calibration(const struct quoth_judged_rows *judged, float threshold, struct quoth_calibration *calibration);

#endif
