/* normalise: valid UTF-8 in NFC, and the way back to the input's bytes.
 *
 * Reads   input.
 * Writes  text, offsets, n_invalid.
 * Method  TODO
 * Cost    one pass.
 */
#ifndef QUOTH_NORMALISE_H
#define QUOTH_NORMALISE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_normalise(struct quoth_document *doc, const struct quoth_resources *res);

#endif
