/* content: what an attribution's parts are without the marks around them, for the stage that makes claims and for the writers. */
#ifndef QUOTH_CONTENT_H
#define QUOTH_CONTENT_H

#include "stages/document.h"

/* Takes the outermost quotation marks off a part: those of the outermost quotation that the whole part lies in and whose
 * mark stands at the part's edge. A mark whose partner stands amid the part ("to “keep it” quiet" at its end) stays. A
 * part over several paragraphs opens with the mark of its first quotation and closes with that of its last. Empty where
 * nothing is left. */
struct quoth_range quoth_content_trim(const struct quoth_document *doc, struct quoth_range part);

#endif
