/* claim_text: writes a claim out of a content and its edits. */
#ifndef QUOTH_CLAIM_TEXT_H
#define QUOTH_CLAIM_TEXT_H

#include "stages/claim_content.h"
#include "stages/claim_edits.h"

enum { QUOTH_CLAIM_DATE_BYTES = 11 };	/* "2026-11-20" with its NUL */

/* The day of a date as readers give it, "2026-11-20T10:00:00Z" or "20261120T100000", as "2026-11-20"; false where it
 * begins with no such day, NULL included. */
bool quoth_claim_read_date(const char *from, char *date);

/* Writes the claim from token `first` on into the document's arena and sets it in the row. 0 or QUOTH_NO_MEMORY. */
int quoth_claim_write(const struct quoth_claim_content *content, uint32_t first, const struct quoth_claim_edits *edits,
		      struct quoth_attribution *row);

#endif
