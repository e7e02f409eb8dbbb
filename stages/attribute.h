/* attribute: who said what: cue, source and content of each attribution.
 *
 * Reads   tokens, tags, mentions, quotations.
 * Writes  attributions (not entity, resolution, confidence, checkworthy).
 * Method  TODO
 * Cost    linear in the tokens.
 */
#ifndef QUOTH_ATTRIBUTE_H
#define QUOTH_ATTRIBUTE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_attribute(struct quoth_document *doc, const struct quoth_resources *res);

#endif
