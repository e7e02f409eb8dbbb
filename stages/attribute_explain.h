/* attribute_explain: why the judge's rows are as they are.
 *
 * For a row that was chosen: the words near its cue that could be cues, by the cue model; what else its content and its
 * source could be (attribute_readings.h); and what the judge's belief comes from. Weights are in log odds, summed by what
 * the features look at (feature_phrases.h).
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_EXPLAIN_H
#define QUOTH_ATTRIBUTE_EXPLAIN_H

#include "stages/candidate_rows.h"
#include "stages/explanation.h"

/* Makes an explanation for each of the judged rows that will be chosen, in their order, in the document's arena. The rows
 * are changed for a while and put back. 0 or QUOTH_NO_MEMORY. A bounded window a row: linear. */
int quoth_rows_explain(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models,
		       struct quoth_row *rows, uint32_t n_rows, struct quoth_explanation **explanations);

/* Explains attributions that no model judged: what the rule that made each found. 0 or QUOTH_NO_MEMORY. */
int quoth_attributions_explain(struct quoth_document *doc);

#endif
