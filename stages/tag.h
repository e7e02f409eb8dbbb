/* tag: part of speech and name class of every token.
 *
 * Reads   tokens, sentences.
 * Writes  token.tag, token.name.
 * Method  TODO
 * Cost    one pass.
 */
#ifndef QUOTH_TAG_H
#define QUOTH_TAG_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_tag(struct quoth_document *doc, const struct quoth_resources *res);

#endif
