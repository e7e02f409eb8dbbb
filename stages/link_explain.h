/* link_explain: why a speaker has the id that it has, or none. Part of link. */
#ifndef QUOTH_LINK_EXPLAIN_H
#define QUOTH_LINK_EXPLAIN_H

#include "stages/document.h"
#include "stages/link_candidates.h"

/* Writes explanation.entry of the attributions whose speaker is one of these entities; the document must have explanations.
 * 0 or QUOTH_NO_MEMORY. */
int quoth_link_explain(struct quoth_document *doc, const struct quoth_link_entity *entities);

#endif
