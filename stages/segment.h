/* segment: paragraphs, sentences, tokens.
 *
 * Reads   text, offsets.
 * Writes  tokens (not tag, name, head, relation, quote_depth), sentences, paragraphs.
 * Method  TODO
 * Cost    one pass.
 */
#ifndef QUOTH_SEGMENT_H
#define QUOTH_SEGMENT_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_segment(struct quoth_document *doc, const struct quoth_resources *res);

#endif
