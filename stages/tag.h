/* tag: part of speech and name class of every token.
 *
 * Reads   tokens, sentences.
 * Writes  token.tag, token.upos, token.name. The whole span of a name has its class; titles before it are outside.
 * Method  learned (tag_model.h), then a second look at persons' names over the article (tag_known.h); without a model
 *         lists, endings and rules of context (tag_rules.h).
 * Cost    linear: a few passes over each sentence.
 */
#ifndef QUOTH_TAG_H
#define QUOTH_TAG_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_tag(struct quoth_document *doc, const struct quoth_resources *res);

#endif
