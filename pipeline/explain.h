/* explain: a row's explanation as a JSON object, the member `why` of --explain.
 *
 * Reads what the stages noted (stages/explanation.h) and puts it into words. Texts longer than some words are cut, spans
 * are not.
 */
#ifndef QUOTH_EXPLAIN_H
#define QUOTH_EXPLAIN_H

#include "pipeline/buffer.h"
#include "stages/document.h"

/* Appends the object; the document must have explanations. */
void quoth_explain_put(struct quoth_buffer *into, const struct quoth_document *doc, uint32_t attribution);

#endif
