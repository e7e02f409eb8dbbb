#include "pipeline/wikidata_values.h"

#include <stdlib.h>

enum { FIRST_PLACES = 1 << 12 };

static size_t power_of_two_up_to(size_t n)
{
	size_t power = 1;

	while (power <= n / 2)
		power *= 2;
	return power;
}

/* Half of the memory for each: both grow by doubling. */
void quoth_wikidata_values_open(struct quoth_wikidata_values *values, size_t max_bytes)
{
	size_t least = 2 * FIRST_PLACES * sizeof *values->places;

	max_bytes = max_bytes < least ? least : max_bytes > UINT32_MAX ? UINT32_MAX : max_bytes;
	*values = (struct quoth_wikidata_values){
		.max_places = power_of_two_up_to(max_bytes / 2 / sizeof *values->places),
		.max_label_bytes = power_of_two_up_to(max_bytes / 2),
	};
}

void quoth_wikidata_values_close(struct quoth_wikidata_values *values)
{
	free(values->places);
	quoth_buffer_free(&values->labels);
	values->places = NULL;
}

/* Fibonacci hashing: ids come in runs. */
static struct quoth_wikidata_value *find_place(const struct quoth_wikidata_values *values, uint32_t id)
{
	size_t mask = values->n_places - 1, i = (size_t)(id * UINT64_C(0x9E3779B97F4A7C15) >> 32) & mask;

	while (values->places[i].id && values->places[i].id != id)
		i = (i + 1) & mask;
	return &values->places[i];
}

static int grow(struct quoth_wikidata_values *values)
{
	struct quoth_wikidata_values grown = *values;

	grown.n_places = values->n_places ? values->n_places * 2 : FIRST_PLACES;
	grown.places = calloc(grown.n_places, sizeof *grown.places);
	if (!grown.places)
		return QUOTH_NO_MEMORY;
	for (size_t i = 0; i < values->n_places; i++)
		if (values->places[i].id)
			*find_place(&grown, values->places[i].id) = values->places[i];
	free(values->places);
	*values = grown;
	return 0;
}

int quoth_wikidata_values_want(struct quoth_wikidata_values *values, uint32_t id)
{
	struct quoth_wikidata_value *place = values->n_places ? find_place(values, id) : NULL;

	if (place && place->id)
		return 0;
	if (values->n * 2 >= values->n_places) {
		if (values->n_places == values->max_places) {
			values->n_left_out++;
			return 0;
		}
		if (grow(values))
			return QUOTH_NO_MEMORY;
		place = find_place(values, id);
	}
	place->id = id;
	values->n++;
	return 0;
}

int quoth_wikidata_values_name(struct quoth_wikidata_values *values, uint32_t id, const char *label, size_t size)
{
	struct quoth_wikidata_value *place = values->n_places ? find_place(values, id) : NULL;

	if (!place || !place->id || place->label)
		return 0;
	if (values->labels.size + size + 1 > values->max_label_bytes) {
		values->n_left_out++;
		return 0;
	}
	place->label = (uint32_t)values->labels.size + 1;
	quoth_buffer_put(&values->labels, label, size);
	quoth_buffer_put_byte(&values->labels, '\0');
	return values->labels.has_failed ? QUOTH_NO_MEMORY : 0;
}

const char *quoth_wikidata_values_label(const struct quoth_wikidata_values *values, uint32_t id)
{
	const struct quoth_wikidata_value *place = values->n_places ? find_place(values, id) : NULL;

	return place && place->id && place->label ? values->labels.bytes + place->label - 1 : NULL;
}
