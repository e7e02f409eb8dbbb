/* rows: from attributions to what is printed, for every output format.
 *
 * The promise of the quote column is kept here: each part of a quote is a span of the input's bytes, trimmed of the
 * outermost quotation marks where the part lies in them; its text is what stage normalise made of these bytes (NFC,
 * entities decoded, bytes that are no UTF-8 as U+FFFD). Writers fold white space and join parts by one space.
 */
#ifndef QUOTH_ROWS_H
#define QUOTH_ROWS_H

#include "stages/document.h"
#include "stages/error.h"

/* A piece of the document: its bytes in the input, its text after normalisation (not folded). */
struct quoth_piece {
	struct quoth_span span;
	const char *text;
	uint32_t size;
};

struct quoth_row {
	struct quoth_piece parts[QUOTH_MAX_PARTS];
	uint8_t n_parts;
	struct quoth_piece source, cue;		/* text is NULL where there is none */
	const struct quoth_attribution *attribution;
	const struct quoth_entity *entity;	/* never NULL; one with empty strings where the speaker is unknown */
	uint64_t id;				/* FNV-1a, 64 bits, of doc, a tab and quote_spans as TSV has them */
};

/* Which rows are wanted. */
struct quoth_row_filter {
	unsigned kinds;			/* bit 1 << enum quoth_kind */
	unsigned min_thousandths;	/* of confidence, compared as it is printed */
	unsigned min_checkworthy;	/* likewise; what is not computed is 0 */
};

/* Where a row stands: its attribution, and the first byte of its content. */
struct quoth_row_place {
	uint32_t begin, attribution;
};

/* The wanted rows of a document in the order of output, in its arena: *places, *n. 0 or QUOTH_NO_MEMORY. */
int quoth_rows_order(struct quoth_document *doc, const struct quoth_row_filter *filter, struct quoth_row_place **places,
		     uint32_t *n);

/* Makes the row of an attribution; false where nothing is left of its content without the marks. */
bool quoth_row_make(const struct quoth_document *doc, uint32_t attribution, struct quoth_row *row);

/* A number from 0 to 1 in thousandths, as it is printed. */
static inline unsigned quoth_thousandths(float share)
{
	return share >= 1 ? 1000 : share > 0 ? (unsigned)(share * 1000 + 0.5f) : 0;
}

/* Whether a row is wanted, by its numbers as they are printed, so that a user who filters the full output gets the same rows. */
static inline bool quoth_row_is_wanted(const struct quoth_attribution *attribution, const struct quoth_row_filter *filter)
{
	return filter->kinds >> attribution->kind & 1 &&
	       quoth_thousandths(attribution->confidence) >= filter->min_thousandths &&
	       quoth_thousandths(attribution->checkworthy) >= filter->min_checkworthy;
}

/* FNV-1a, 64 bits, of a document's id. */
uint64_t quoth_id_hash(const char *id);

/* Names as printed. */
const char *quoth_kind_name(unsigned kind);
const char *quoth_speaker_kind_name(unsigned kind);
const char *quoth_resolution_name(unsigned resolution);
const char *quoth_stance_name(unsigned stance);

#endif
