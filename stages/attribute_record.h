/* attribute_record: the attributions as they are being found.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_RECORD_H
#define QUOTH_ATTRIBUTE_RECORD_H

#include "stages/attribute_candidates.h"

/* One found attribution and where it was found. */
struct quoth_record {
	struct quoth_attribution attribution;
	uint32_t clause;
	bool is_speech;		/* its cue can carry a quotation: what follows without a cue may be its */
};

struct quoth_record_list {
	const struct quoth_view *view;
	struct quoth_record *records;
	uint32_t n, size;
	uint32_t *owner;	/* by quotation: the record whose content it is in, QUOTH_NONE */
};

/* 0 or QUOTH_NO_MEMORY. */
int quoth_records_begin(struct quoth_record_list *list, const struct quoth_view *view);

/* Adds a record with the content in units; *record (may be NULL) gets its index, QUOTH_NONE where the content is empty.
 * 0 or QUOTH_NO_MEMORY. */
int quoth_records_add(struct quoth_record_list *list, const struct quoth_candidate *candidate, uint32_t clause,
		      uint32_t *record);

/* The same with the content in tokens; cue and source are left to the caller. */
int quoth_records_add_tokens(struct quoth_record_list *list, const struct quoth_candidate *candidate,
			     struct quoth_range tokens, uint32_t *record);

/* Adds a quotation as one more part; false where the record has no room. */
bool quoth_records_append(struct quoth_record_list *list, uint32_t record, uint32_t quotation);

/* The same at the front: the quotation stands before the record's content. */
bool quoth_records_prepend(struct quoth_record_list *list, uint32_t record, uint32_t quotation);

/* Adds tokens as one more part, in its place in the text; false where the record has no room or they overlap a part. */
bool quoth_records_append_tokens(struct quoth_record_list *list, uint32_t record, struct quoth_range tokens);

/* Sorts them by their content and makes them the document's layer. 0 or QUOTH_NO_MEMORY. */
int quoth_records_end(struct quoth_record_list *list);

#endif
