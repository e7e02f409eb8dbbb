/* score: how sure each attribution is, and how much what it says is worth a check.
 *
 * Reads   attributions (rule, score, doubt, parts), tokens, sentences, syntax.
 * Writes  attribution.confidence, attribution.checkworthy (negative, not computed, where no model tells).
 * Method  with a model: the calibration that was fitted to its judge's scores on articles that it had not seen
 *         (calibration.h). By rules alone: of the rows that the same rule made with a score as high on PolNeAR train, the share
 *         that was right, source included (corpus/lexicon/rules.tsv): bins of the score, smoothed towards the rule's mean, made
 *         monotone by pooling adjacent violators (Zadrozny and Elkan 2002). `make fit-rules` measures them again.
 *
 *         The speaker may be wrong where the row is right. The chance of the row with its speaker is smaller by the factor
 *         1 - doubt (resolve_certainty.h); confidence is that over 0.9 where the doubt is more than a tenth, and the chance of the
 *         row where it is less. On PolNeAR dev the expected calibration error is below 0.04 for both.
 *
 *         Check-worthiness goes by the words of what is said alone, checkworthy.h.
 * Cost    one look through a short table for an attribution; some ten features a word of its content.
 */
#ifndef QUOTH_SCORE_H
#define QUOTH_SCORE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_score(struct quoth_document *doc, const struct quoth_resources *res);

/* The confidence of a row of that chance whose speaker is wrong with the chance `doubt`. */
float quoth_confidence(float row_chance, float doubt);

#endif
