/* resolve: who the speakers are, over the whole article.
 *
 * Reads   mentions, attributions.
 * Writes  entities; attribution.entity, resolution; mention.entity.
 * Method  TODO
 * Cost    linear in the mentions.
 */
#ifndef QUOTH_RESOLVE_H
#define QUOTH_RESOLVE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_resolve(struct quoth_document *doc, const struct quoth_resources *res);

#endif
