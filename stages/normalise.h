/* normalise: valid UTF-8 in NFC, and the way back to the input's bytes.
 *
 * Reads   input.
 * Writes  text, offsets, n_invalid.
 * Method  Clean bytes are skipped over by a table and copied only once something has changed; a text that is clean all
 *         through is its input. What changes:
 *         - bytes that are not UTF-8 become U+FFFD, one for each maximal part (Unicode 15, section 3.9), and are counted;
 *         - HTML entities become their characters (entities.h);
 *         - spaces of every width become U+0020, U+0085 and U+2028 a line break, U+2029 two; tab, LF and CR stay;
 *         - other control characters become a space below U+0080; from there on they become what Windows-1252 has at that
 *           place (a frequent mistake of conversion), or go;
 *         - characters whose UTF-8 was read as Windows-1252 and encoded again ("FranÃ§ois") are undone (misread.h);
 *         - what has no width goes: U+FEFF, soft hyphens, zero-width spaces, bidirectional controls, joiners that follow
 *           ASCII;
 *         - the rest is put into Normalization Form C (UAX #15): from the character before a combining one up to the next
 *           that surely begins a new sequence, decomposed, ordered, composed by utf8proc.
 *         Two offsets stand at the sides of each changed stretch.
 * Cost    one pass. Runs of combining marks are ordered by a counting sort, so that any number of them stays linear.
 */
#ifndef QUOTH_NORMALISE_H
#define QUOTH_NORMALISE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_normalise(struct quoth_document *doc, const struct quoth_resources *res);

#endif
