/* quotations: what stands in quotation marks.
 *
 * Reads   tokens (kind, mark), paragraphs.
 * Writes  quotations, token.quote_depth.
 * Method  TODO
 * Cost    one pass.
 */
#ifndef QUOTH_QUOTATIONS_H
#define QUOTH_QUOTATIONS_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_quotations(struct quoth_document *doc, const struct quoth_resources *res);

#endif
