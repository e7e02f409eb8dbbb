/* sort: orders without allocating outside of the arena and without recursion. */
#ifndef QUOTH_SORT_H
#define QUOTH_SORT_H

#include "stages/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* Whether item a may stand before item b; true for equals, so that the order is stable. */
typedef bool (*quoth_may_precede)(const void *items, uint32_t a, uint32_t b);

/* The indices 0 .. n-1 in order, in the arena; NULL without memory. n log n on anything. */
const uint32_t *quoth_sort_indices(struct quoth_arena *arena, const void *items, uint32_t n, quoth_may_precede may_precede);

#endif
