/* attribute_quotes: quotations without a cue of their own, and turns of transcripts.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_QUOTES_H
#define QUOTH_ATTRIBUTE_QUOTES_H

#include "stages/attribute_record.h"

/* Gives each quotation at the document's own level that has no owner yet one, where there is any. 0 or QUOTH_NO_MEMORY. */
int quoth_quotes_own(struct quoth_record_list *list);

/* Whether the paragraph is a turn ("SMITH: …", "Q: …"); its words are then not searched for cues. */
bool quoth_turns_hold(const struct quoth_view *view, uint32_t paragraph);

/* Adds an attribution for each turn. 0 or QUOTH_NO_MEMORY. */
int quoth_turns_add(struct quoth_record_list *list);

#endif
