/* resolve_joints: several that are named together: "Jon Tester and David Vitter", "France and Germany". Part of resolve. */
#ifndef QUOTH_RESOLVE_JOINTS_H
#define QUOTH_RESOLVE_JOINTS_H

#include "stages/resolve_discourse.h"

/* If a mention begins a list of names with "and", makes their joint cluster, found by QUOTH_BY_JOINT and the mention.
 * The members need their clusters. *end gets the mention behind the list, mention + 1 if it begins none.
 * QUOTH_NO_MEMORY. */
int quoth_joint_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *end);

/* The joint cluster of a list that begins with a mention and ends within a range of tokens; QUOTH_NONE. */
uint32_t quoth_joint_find(const struct quoth_discourse *discourse, uint32_t mention, struct quoth_range within);

#endif
