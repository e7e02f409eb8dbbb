/* wikidata_values: the words for the offices, occupations and countries that statements name by their items' ids.
 *
 * First the ids are collected, then the labels of those that were; both in a fixed amount of memory at most. Of
 * Wikidata's hundred million items some two hundred thousand are such values, a few megabytes in all.
 */
#ifndef QUOTH_WIKIDATA_VALUES_H
#define QUOTH_WIKIDATA_VALUES_H

#include "pipeline/buffer.h"
#include "stages/error.h"

struct quoth_wikidata_value {
	uint32_t id;	/* 0: a free place */
	uint32_t label;	/* where its label begins in `labels`, from 1; 0: none so far */
};

struct quoth_wikidata_values {
	struct quoth_wikidata_value *places;	/* an open table, at most half full */
	size_t n, n_places;
	struct quoth_buffer labels;		/* each ends with a NUL */
	size_t max_places, max_label_bytes;
	uint64_t n_left_out;			/* ids and labels that found no room */
};

/* Sets it up for at most max_bytes (at least 64 kB are taken, at most 4 GB); allocates nothing yet. */
void quoth_wikidata_values_open(struct quoth_wikidata_values *values, size_t max_bytes);
void quoth_wikidata_values_close(struct quoth_wikidata_values *values);

/* Remembers an id whose label is wanted, or counts it as left out. 0 or QUOTH_NO_MEMORY. */
int quoth_wikidata_values_want(struct quoth_wikidata_values *values, uint32_t id);

/* Keeps the label of an item if it is wanted and the first. 0 or QUOTH_NO_MEMORY. */
int quoth_wikidata_values_name(struct quoth_wikidata_values *values, uint32_t id, const char *label, size_t size);

/* The label; NULL where there is none. Good until the next label is kept. */
const char *quoth_wikidata_values_label(const struct quoth_wikidata_values *values, uint32_t id);

#endif
