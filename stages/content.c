#include "stages/content.h"

/* The quotation with its opening mark last at or before a token, QUOTH_NONE if there is none. */
static uint32_t last_quotation_at(const struct quoth_document *doc, uint32_t token)
{
	uint32_t low = 0, high = doc->n_quotations;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (doc->quotations[middle].tokens.begin <= token)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : QUOTH_NONE;
}

struct quoth_range quoth_content_trim(const struct quoth_document *doc, struct quoth_range part)
{
	struct quoth_range trimmed = part;
	uint32_t first = QUOTH_NONE, last = last_quotation_at(doc, part.end - 1);

	for (uint32_t q = last_quotation_at(doc, part.begin); q != QUOTH_NONE; q = doc->quotations[q].parent) {
		struct quoth_range tokens = doc->quotations[q].tokens;

		if (quoth_range_within(part, tokens) && (tokens.begin == part.begin || tokens.end == part.end))
			first = last = q;
	}
	if (first == QUOTH_NONE) {	/* over paragraphs: the last quotation must go on from the one that opens the part */
		uint32_t q = last;

		while (last != QUOTH_NONE && doc->quotations[last].tokens.end < part.end)
			last = doc->quotations[last].parent;
		for (q = last; q != QUOTH_NONE && doc->quotations[q].tokens.begin > part.begin;)
			q = doc->quotations[q].continues;
		if (q == QUOTH_NONE || doc->quotations[q].tokens.begin != part.begin)
			return part;
		first = q;
	}
	trimmed.begin += doc->quotations[first].tokens.begin == part.begin;
	trimmed.end -= doc->quotations[last].is_closed && doc->quotations[last].tokens.end == part.end;
	return trimmed;
}
