#include "config.h"

#include "pipeline/group_sets.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 1024 };
static const uint32_t has_others = UINT32_C(1) << 31;

bool quoth_sets_add(struct quoth_sets *sets)
{
	if (sets->n == QUOTH_MOST_SET_MEMBERS)
		return false;
	if (sets->n == sets->capacity) {
		uint32_t capacity = sets->capacity ? sets->capacity + sets->capacity / 2 : FIRST_CAPACITY;
		uint32_t *parents = realloc(sets->parents, capacity * sizeof *parents);

		if (!parents)
			return false;
		sets->parents = parents;
		sets->capacity = capacity;
	}
	sets->parents[sets->n] = sets->n;
	sets->n++;
	return true;
}

static uint32_t parent_of(const struct quoth_sets *sets, uint32_t member)
{
	return sets->parents[member] & ~has_others;
}

uint32_t quoth_sets_find(struct quoth_sets *sets, uint32_t member)
{
	while (parent_of(sets, member) != member) {
		uint32_t above = parent_of(sets, parent_of(sets, member));

		sets->parents[member] = above | (sets->parents[member] & has_others);
		member = above;
	}
	return member;
}

void quoth_sets_join(struct quoth_sets *sets, uint32_t a, uint32_t b)
{
	uint32_t root_a = quoth_sets_find(sets, a), root_b = quoth_sets_find(sets, b);
	uint32_t least = root_a < root_b ? root_a : root_b, other = root_a < root_b ? root_b : root_a;

	if (root_a == root_b)
		return;
	sets->parents[other] = least | has_others;
	sets->parents[least] |= has_others;
}

bool quoth_sets_is_alone(const struct quoth_sets *sets, uint32_t member)
{
	return sets->parents[member] == member;
}

void quoth_sets_free(struct quoth_sets *sets)
{
	free(sets->parents);
	*sets = (struct quoth_sets){0};
}
