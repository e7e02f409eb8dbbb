#include "stages/explanation.h"

#include "stages/arena.h"
#include "stages/error.h"

#include <math.h>
#include <string.h>

const struct quoth_reason *quoth_reasons_keep(struct quoth_arena *arena, const struct quoth_reason *reasons, unsigned n,
					      uint8_t *n_kept)
{
	struct quoth_reason *kept = quoth_arena_array(arena, QUOTH_MAX_REASONS, sizeof *kept);
	unsigned at, count = 0;

	if (!kept)
		return NULL;
	for (unsigned i = 0; i < n; i++) {
		if (reasons[i].weight == 0 && quoth_range_is_empty(reasons[i].tokens))
			continue;
		for (at = count; at > 0 && fabsf(kept[at - 1].weight) < fabsf(reasons[i].weight); at--)
			if (at < QUOTH_MAX_REASONS)
				kept[at] = kept[at - 1];
		if (at < QUOTH_MAX_REASONS)
			kept[at] = reasons[i];
		count += count < QUOTH_MAX_REASONS;
	}
	*n_kept = (uint8_t)count;
	return kept;
}

struct quoth_alternative quoth_alternative_blank(uint32_t entity)
{
	return (struct quoth_alternative){.entity = entity, .chance = -1, .behind = -1, .weight = NAN};
}

bool quoth_alternative_set_parts(struct quoth_arena *arena, struct quoth_alternative *alternative,
				 const struct quoth_range *parts, uint8_t n_parts)
{
	struct quoth_range *copy = quoth_arena_array(arena, n_parts, sizeof *copy);

	if (!copy)
		return false;
	if (n_parts)
		memcpy(copy, parts, n_parts * sizeof *copy);
	alternative->parts = copy;
	alternative->n_parts = n_parts;
	return true;
}

struct quoth_alternative *quoth_listing_add(struct quoth_arena *arena, struct quoth_listing *listing,
					    const struct quoth_range *parts, uint8_t n_parts)
{
	struct quoth_alternative *alternative = listing->items + listing->n;

	*alternative = quoth_alternative_blank(QUOTH_NONE);
	if (!quoth_alternative_set_parts(arena, alternative, parts, n_parts))
		return NULL;
	listing->n++;
	return alternative;
}

int quoth_listing_close(struct quoth_arena *arena, const struct quoth_listing *listing, struct quoth_choice *choice)
{
	struct quoth_alternative *items = quoth_arena_array(arena, listing->n, sizeof *items);

	if (!items)
		return QUOTH_NO_MEMORY;
	for (unsigned i = 0; i < listing->n; i++) {
		unsigned at = i;

		for (; at > 1 && items[at - 1].chance < listing->items[i].chance; at--)
			items[at] = items[at - 1];
		items[at] = listing->items[i];
	}
	choice->alternatives = items;
	choice->n = listing->n;
	return 0;
}
