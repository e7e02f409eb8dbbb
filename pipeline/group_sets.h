/* group_sets: which of 0 .. n - 1 belong together (union-find: Tarjan & van Leeuwen 1984, with path halving). Four bytes each.
 *
 * The name of a set is its least member, whatever the order in which they were joined. */
#ifndef QUOTH_GROUP_SETS_H
#define QUOTH_GROUP_SETS_H

#include <stdbool.h>
#include <stdint.h>

enum { QUOTH_MOST_SET_MEMBERS = INT32_MAX };

struct quoth_sets {
	uint32_t *parents;	/* the top bit: others were joined to it */
	uint32_t n, capacity;
};

/* Adds a member, alone in its set. false without memory, or where there are QUOTH_MOST_SET_MEMBERS. */
bool quoth_sets_add(struct quoth_sets *sets);
uint32_t quoth_sets_find(struct quoth_sets *sets, uint32_t member);
void quoth_sets_join(struct quoth_sets *sets, uint32_t a, uint32_t b);

/* Whether it is the only one in its set. */
bool quoth_sets_is_alone(const struct quoth_sets *sets, uint32_t member);
void quoth_sets_free(struct quoth_sets *sets);

#endif
