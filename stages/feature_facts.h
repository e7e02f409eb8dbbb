/* feature_facts: what the features of a candidate found, in words.
 *
 * feature_phrases.h names what features look at; where that can be said of the candidate at hand ("2 words before the cue",
 * "in quotation marks") these functions say it. An aspect without a fact keeps its phrase.
 */
#ifndef QUOTH_FEATURE_FACTS_H
#define QUOTH_FEATURE_FACTS_H

#include "stages/candidate_rows.h"
#include "stages/explanation.h"
#include "stages/feature_phrases.h"

/* Facts by aspect; words NULL: none. Weights are 0. */
struct quoth_facts {
	struct quoth_reason of[QUOTH_N_ASPECTS];
};

/* Of a token as a cue. */
void quoth_cue_facts(const struct quoth_syntax *syntax, uint32_t token, struct quoth_facts *facts);

/* Of words, from the first to the last of them, as source or content of a cue; none of no words. */
void quoth_role_facts(const struct quoth_syntax *syntax, uint32_t cue, struct quoth_range words, struct quoth_facts *facts);

/* Of a row, for the judge. */
void quoth_row_facts(const struct quoth_syntax *syntax, const struct quoth_row *row, struct quoth_facts *facts);

#endif
