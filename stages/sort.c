#include "stages/sort.h"

struct merging {
	const void *items;
	quoth_may_precede may_precede;
};

/* Merges the sorted runs [begin, middle) and [middle, end) of from into to. */
static void merge(const struct merging *m, const uint32_t *from, uint32_t *to, uint32_t begin, uint32_t middle, uint32_t end)
{
	uint32_t i = begin, j = middle;

	for (uint32_t k = begin; k < end; k++)
		to[k] = i < middle && (j >= end || m->may_precede(m->items, from[i], from[j])) ? from[i++] : from[j++];
}

const uint32_t *quoth_sort_indices(struct quoth_arena *arena, const void *items, uint32_t n, quoth_may_precede may_precede)
{
	struct merging merging = {items, may_precede};
	uint32_t *a = quoth_arena_array(arena, n, sizeof *a), *b = quoth_arena_array(arena, n, sizeof *b);

	if (!a || !b)
		return NULL;
	for (uint32_t i = 0; i < n; i++)
		a[i] = i;
	for (uint64_t width = 1; width < n; width *= 2) {
		uint32_t *swap = a;

		for (uint64_t begin = 0; begin < n; begin += 2 * width) {
			uint64_t middle = begin + width < n ? begin + width : n;
			uint64_t end = begin + 2 * width < n ? begin + 2 * width : n;

			merge(&merging, a, b, (uint32_t)begin, (uint32_t)middle, (uint32_t)end);
		}
		a = b;
		b = swap;
	}
	return a;
}
