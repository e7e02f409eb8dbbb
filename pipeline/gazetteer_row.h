/* gazetteer_row: a row of a gazetteer, first with the ids of offices, occupations and countries, then with their
 * words.
 *
 * A draft is a line of TSV: id, kind, name, aliases, description, and values, which are ids with a letter each for
 * what they are: "o11696 f83307 w82955 c30" is an office, a former office, an occupation and a country. It is finished
 * once the labels of all items are known: id, kind, name, aliases, description, country.
 */
#ifndef QUOTH_GAZETTEER_ROW_H
#define QUOTH_GAZETTEER_ROW_H

#include "pipeline/wikidata_classes.h"
#include "pipeline/wikidata_item.h"
#include "pipeline/wikidata_values.h"

/* "id\tkind\t…\n" */
extern const char quoth_gazetteer_header[];

/* Draws up rows, one after another; zeroed before the first. */
struct quoth_gazetteer_draft {
	struct quoth_buffer line;	/* the draft, with its line break */
	struct quoth_buffer name;
	uint64_t *seen;			/* hashes of the names of this row, an open table at most half full; 0 is a free place */
	size_t n_seen, n_places;
};

void quoth_gazetteer_draft_free(struct quoth_gazetteer_draft *draft);

/* Draws up the row of an item, and notes in `values` the ids that it names. Names that are equal are given once. 1; 0
 * where the item has no label in these languages; or QUOTH_BAD_INPUT as wikidata_item.h says, or QUOTH_NO_MEMORY. */
int quoth_gazetteer_draw_up(struct quoth_gazetteer_draft *draft, struct quoth_wikidata_item *item,
			    enum quoth_wikidata_kind kind, const struct quoth_wikidata_languages *languages,
			    struct quoth_wikidata_values *values, struct quoth_report *report);

/* Appends the finished row to `into`. line: a draft of size bytes without its line break, a NUL in its place. Ids
 * without a label are left out. */
void quoth_gazetteer_finish(const char *line, size_t size, const struct quoth_wikidata_values *values,
			    struct quoth_buffer *into);

#endif
