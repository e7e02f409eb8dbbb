/* score: how sure each attribution is.
 *
 * Reads   attributions.
 * Writes  attribution.confidence, checkworthy.
 * Method  TODO
 * Cost    constant for an attribution.
 */
#ifndef QUOTH_SCORE_H
#define QUOTH_SCORE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_score(struct quoth_document *doc, const struct quoth_resources *res);

#endif
