/* candidate_rows: candidate attributions from two readers, and the judge that chooses among them.
 *
 * The chain: cues that pass the gate and score well enough each get a source and a content from role_features. The rules:
 * what attribute_by_rules made. Where both say the same it is one row. Each row is then judged as a whole, with all that
 * was found, what the other reader says and the rows around it: a judge that knows the outcomes sees more than either
 * reader did (reranking, Collins 2000; combining parsers, Henderson & Brill 1999). What the judge believes is on the
 * logistic scale.
 *
 * Used by the attribute stage and by the trainer.
 */
#ifndef QUOTH_CANDIDATE_ROWS_H
#define QUOTH_CANDIDATE_ROWS_H

#include "stages/calibration.h"
#include "stages/context.h"
#include "stages/role_features.h"

/* The numbers beside the weights, as they lie in the model's table "attribute". */
struct quoth_attribution_numbers {
	struct quoth_role_transitions transitions;
	float gate_threshold;	/* a word goes on to the cue model from this score on */
	float cue_threshold;	/* a cue gets a row from this score on */
	float row_threshold;	/* a row becomes an attribution from this score on */
	struct quoth_calibration calibration;	/* of the judge's score, for rows right in content and source */
};

struct quoth_attribution_models {
	struct quoth_word_tables words;
	struct quoth_context_model context;
	struct quoth_weights gate, cue, role, row;
	const struct quoth_attribution_numbers *numbers;
};

/* Finds them in a model; false if one lacks. */
bool quoth_attribution_models_find(const struct quoth_model *model, struct quoth_attribution_models *models);

/* Whether a token is worth the cue model's look: a word that could be a cue and that the gate lets through. */
bool quoth_cue_passes_gate(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models, uint32_t token);

/* The cue model's belief in a token, in log odds. */
float quoth_cue_score(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models, uint32_t token);

enum quoth_row_reader { QUOTH_READ_BY_CHAIN = 1, QUOTH_READ_BY_RULES = 2 };

struct quoth_row {
	uint32_t cue;			/* token that heads the cue; of a row without cue the content's first */
	uint32_t attribution;		/* index of the rules' attribution, QUOTH_NONE */
	float cue_score, margin;	/* margin: how much better the chosen labels are than none at all; 0 of rules' rows */
	float rule_score;		/* the rules' own score; 0 of the chain's rows */
	float score;			/* the judge's */
	bool has_cue, is_chosen;
	bool is_open;			/* while rows are chosen: neither chosen nor left out yet */
	uint8_t readers;		/* enum quoth_row_reader, or-ed */
	uint8_t rule;			/* enum quoth_rule of the rules' rows */
	struct quoth_range source;	/* tokens; may be empty */
	struct quoth_range parts[QUOTH_MAX_PARTS];
	uint8_t n_parts;
	uint8_t kind;			/* enum quoth_kind */
};

/* Makes the rows of a document, in order of their cues, in its arena; not yet judged. The document's attributions are the
 * rules'. 0 or QUOTH_NO_MEMORY. Linear: a cue looks at a bounded window. */
int quoth_rows_find(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models,
		    struct quoth_row **rows, uint32_t *n_rows);

/* Marks as chosen the rows that the judge scored at least at the threshold and that have no better rival among those
 * marked. */
void quoth_rows_mark(struct quoth_row *rows, uint32_t n_rows, float threshold);

/* The same, and moves them to the front in order; returns how many. */
uint32_t quoth_rows_choose(struct quoth_row *rows, uint32_t n_rows, float threshold);

enum { QUOTH_N_ROW_FEATURES = 112, QUOTH_ROW_REACH = 12 /* rows farther apart do not know of each other */ };

/* Features of rows[at] for the judge. */
size_t quoth_row_features(const struct quoth_syntax *syntax, const struct quoth_row *rows, uint32_t n_rows, uint32_t at,
			  uint32_t *features);

/* The best labels of a window's units: scores[u] the units' own, one a label. labels has room for n_units. Returns the
 * score of the best path minus that of the best one with no content. */
float quoth_role_decode(const struct quoth_role_window *window, float (*scores)[QUOTH_N_ROLE_LABELS],
			const struct quoth_role_transitions *transitions, uint8_t *labels);

/* The scores of a window's units, one a label, by the weights of roles. */
void quoth_role_scores(const struct quoth_role_window *window, const struct quoth_syntax *syntax,
		       const struct quoth_weights *weights, float (*scores)[QUOTH_N_ROLE_LABELS]);

/* Writes the source, the parts and the kind that labels say into a row that has none; false where they say no content. */
bool quoth_row_read(const struct quoth_role_window *window, const struct quoth_syntax *syntax, const uint8_t *labels,
		    struct quoth_row *row);

/* Whether a token lies in a row's content. */
static inline bool quoth_row_holds(const struct quoth_row *row, uint32_t token)
{
	for (unsigned k = 0; k < row->n_parts; k++)
		if (quoth_range_holds(row->parts[k], token))
			return true;
	return false;
}

/* Whether two rows are hardly both right: of one cue, or with more than half of their content in common. */
bool quoth_rows_are_rivals(const struct quoth_row *a, const struct quoth_row *b);

/* Dice overlap of two rows' contents, in tokens: 0 to 1. */
float quoth_rows_overlap(const struct quoth_row *a, const struct quoth_row *b);

#endif
