/* wikidata_item: reads one line of a Wikidata dump.
 *
 * A dump (https://www.wikidata.org/wiki/Wikidata:Database_download) is a JSON array with one entity a line, as
 * described in https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. json-c makes a tree of the line; the statements that a
 * gazetteer needs are taken at once, texts where they are asked for. Of equal names in an object the last counts; half a surrogate pair becomes
 * U+FFFD. Memory: the tree, some twenty times the line as Wikidata's are (corpus/EVALUATION.md), and no more than max_tree_bytes.
 *
 * PHP writes an empty map as an empty array; both are taken.
 */
#ifndef QUOTH_WIKIDATA_ITEM_H
#define QUOTH_WIKIDATA_ITEM_H

#include "pipeline/buffer.h"
#include "stages/error.h"

enum quoth_wikidata_property {
	QUOTH_WIKIDATA_INSTANCE_OF,	/* P31 */
	QUOTH_WIKIDATA_OFFICE,		/* P39, position held */
	QUOTH_WIKIDATA_OCCUPATION,	/* P106 */
	QUOTH_WIKIDATA_COUNTRY,		/* P27, of citizenship, and P17 */
};

/* A statement whose value is an item. Deprecated statements, and those of no known value, are left out. */
struct quoth_wikidata_statement {
	uint32_t value;		/* the item's number */
	uint8_t property;
	bool is_preferred;
	bool has_ended;		/* it has an end time (P582) */
};

struct quoth_wikidata_item {
	uint32_t id;
	uint32_t n_sitelinks;
	struct quoth_wikidata_statement *statements;
	size_t n_statements, capacity;	/* the memory is used again for the next item, as is the tokener's */
	size_t max_tree_bytes;		/* what a line's tree may take, by a reckoning from above; 0: anything */
	struct json_object *entity;	/* the tree of the line read last */
	struct json_tokener *tokener;
};

/* Reads a line of at most INT_MAX bytes, with a comma at its end or none. 1 with an item; 0 for entities of other types; QUOTH_BAD_INPUT with
 * what is wrong in report->what (not its where), and the byte where JSON is broken; QUOTH_TOO_LARGE, told likewise; or QUOTH_NO_MEMORY.
 * The struct is zeroed, but for max_tree_bytes, before its first use, and freed by the caller. */
int quoth_wikidata_item_read(struct quoth_wikidata_item *item, const char *line, size_t size, struct quoth_report *report);
void quoth_wikidata_item_free(struct quoth_wikidata_item *item);

/* The languages whose names are taken, the best first: of the labels the first is the name, all others are aliases. */
struct quoth_wikidata_languages {
	const char *const *codes;
	size_t n;
	bool takes_all;		/* those that are not in the list too, after them */
};

/* Appends the item's label to `into`, as it is written in TSV. 1, 0 if it has none in these languages, or
 * QUOTH_BAD_INPUT as above. */
int quoth_wikidata_item_label(const struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
			      struct quoth_buffer *into, struct quoth_report *report);

/* The same for its description. */
int quoth_wikidata_item_description(const struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
				    struct quoth_buffer *into, struct quoth_report *report);

typedef void (*quoth_wikidata_take)(void *context, const char *name, size_t size);

/* Calls take for each of its labels and aliases in these languages, those that are its name and those that are equal
 * too. 0 or QUOTH_BAD_INPUT as above. */
int quoth_wikidata_item_names(const struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
			      quoth_wikidata_take take, void *context, struct quoth_report *report);

#endif
