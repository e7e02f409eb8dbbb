/* claim: what a fact-checker gets of each attribution: how the source stands to the content.
 *
 * Reads   attributions (parts, cue, source), tokens, sentences.
 * Writes  attribution.stance.
 * Method  stance.h.
 * Cost    some hundreds of instructions an attribution.
 */
#ifndef QUOTH_CLAIM_H
#define QUOTH_CLAIM_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0. */
int quoth_claim(struct quoth_document *doc, const struct quoth_resources *res);

#endif
