/* mentions: the noun phrases that may be a source.
 *
 * Reads   tokens, tags, names.
 * Writes  mentions.
 * Method  TODO
 * Cost    one pass.
 */
#ifndef QUOTH_MENTIONS_H
#define QUOTH_MENTIONS_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_mentions(struct quoth_document *doc, const struct quoth_resources *res);

#endif
