/* attribute_readings: what else a row's content and source could be.
 *
 * The best readings of the chain of labels with other bounds (role_alternatives.h) and the rules' row of the same cue, each
 * judged in the place of the row. What speaks for one is what speaks for its words having their label rather than none.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_READINGS_H
#define QUOTH_ATTRIBUTE_READINGS_H

#include "stages/candidate_rows.h"
#include "stages/explanation.h"
#include "stages/feature_facts.h"

/* Rows and models, and the model's reading of one cue's surroundings. */
struct quoth_explainer {
	struct quoth_arena *arena;
	struct quoth_syntax syntax, templates;	/* the same; its features are templates */
	const struct quoth_attribution_models *models;
	struct quoth_row *rows;
	uint32_t n_rows;
	uint32_t features[QUOTH_MAX_FEATURES], aspects_of[QUOTH_MAX_FEATURES];
	struct quoth_role_window window;
	float scores[QUOTH_MAX_UNITS][QUOTH_N_ROLE_LABELS], through[QUOTH_MAX_UNITS][QUOTH_N_ROLE_LABELS];
	float aspects[QUOTH_MAX_UNITS][QUOTH_N_ROLE_LABELS][QUOTH_N_ASPECTS];
	float best;				/* score of the best labels */
	uint8_t best_labels[QUOTH_MAX_UNITS];
};

/* Reads the surroundings of a row's cue: the scores of all labels, and what they are made of. */
void quoth_readings_open(struct quoth_explainer *e, uint32_t cue);

/* The alternatives to the content or the source of rows[at], whose cue was opened. 0 or QUOTH_NO_MEMORY. */
int quoth_contents_explain(struct quoth_explainer *e, uint32_t at, struct quoth_choice *choice);
int quoth_sources_explain(struct quoth_explainer *e, uint32_t at, struct quoth_choice *choice);

/* The heaviest of a table's aspects as reasons in the arena, in the words of the facts where there are such. NULL without
 * memory. */
const struct quoth_reason *quoth_aspects_pick(struct quoth_arena *arena, enum quoth_feature_table table,
					      const float sums[QUOTH_N_ASPECTS], const struct quoth_facts *facts,
					      uint8_t *n_reasons);

/* Marks who found a row. */
void quoth_readers_mark(struct quoth_alternative *alternative, const struct quoth_row *row);

#endif
