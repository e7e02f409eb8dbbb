/* attribute_choice: from rows that the judge likes to the document's attributions.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_CHOICE_H
#define QUOTH_ATTRIBUTE_CHOICE_H

#include "stages/candidate_rows.h"

/* Replaces the document's attributions, which are the rules', by those that the models choose among them and the chain's
 * own. 0 or QUOTH_NO_MEMORY; then the rules' attributions are left as they were. */
int quoth_attribute_choose(struct quoth_document *doc, const struct quoth_lexicon *lexicon,
			   const struct quoth_attribution_models *models);

#endif
