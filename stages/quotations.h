/* quotations: what stands in quotation marks.
 *
 * Reads   tokens (kind, mark, flags, lexeme), paragraphs.
 * Writes  quotations, token.quote_depth.
 * Method  A stack of open quotations for each paragraph. Marks belong to families that close each other: doubles of all
 *         glyphs, singles, guillemets, angles, corners. What a mark does is decided by its glyph, by the white space at its
 *         sides and by what is open: straight marks open behind space and close before it, and take turns where space does
 *         not say; „…“ and »…« close with glyphs that open elsewhere. The tokeniser has already set apart apostrophes,
 *         feet and inches.
 *         Repairs: an opening mark while one of its family is open ends that one, unless two closing marks follow (then it
 *         is nested); a closing mark ends what is open inside; one that nothing opened is no mark, except in the paragraph
 *         behind an unclosed quotation, which it closes; singles that nothing closes were apostrophes.
 *         A quotation that is open at its paragraph's end ends there; the next paragraph goes on with it if it begins with
 *         an opening mark of the family (the printers' habit in English, French and Spanish).
 *         At most MAX_DEPTH deep; what is deeper is text.
 * Cost    one pass over the tokens, times the depth.
 */
#ifndef QUOTH_QUOTATIONS_H
#define QUOTH_QUOTATIONS_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_quotations(struct quoth_document *doc, const struct quoth_resources *res);

#endif
