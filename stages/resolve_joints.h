/* resolve_joints: several that are named together: "Jon Tester and David Vitter", "France and Germany". Part of
 * resolve. */
#ifndef QUOTH_RESOLVE_JOINTS_H
#define QUOTH_RESOLVE_JOINTS_H

#include "stages/resolve_discourse.h"

/* A cluster of n others, at most JOINT_MEMBERS, named together by a mention. QUOTH_NO_MEMORY. */
int quoth_joint_make(struct quoth_discourse *discourse, uint32_t mention, const uint32_t *members, uint8_t n,
		     uint32_t *cluster);

/* The mention behind all that are nested in a mention. */
uint32_t quoth_joint_end(const struct quoth_document *doc, uint32_t mention);

/* The mention that an "and" joins to `first` where both fill the source and no mention holds both: "union officials" of
 * "teachers and union officials". QUOTH_NONE. */
uint32_t quoth_joint_second(const struct quoth_document *doc, uint32_t first, struct quoth_range source);

/* Makes a joint cluster of a source that is such a pair; QUOTH_NONE if it is none. 0 or QUOTH_NO_MEMORY. */
int quoth_joint_pair(struct quoth_discourse *discourse, uint32_t first, struct quoth_range source, uint32_t *cluster);

/* Makes the cluster of a mention that is a group, of the clusters of its parts, which the sweep has placed by now.
 * *cluster gets it, QUOTH_NONE where fewer than two parts have one. QUOTH_NO_MEMORY. */
int quoth_joint_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *cluster);

/* The same of the names in a source that begins with a mention, where the mentions know of no group: "Jon Teller
 * (D-Ohio) and Ann Vance (R-Ga.)". *cluster gets QUOTH_NONE if they are not joined by "and". QUOTH_NO_MEMORY. */
int quoth_joint_within(struct quoth_discourse *discourse, uint32_t first, struct quoth_range source, uint32_t *cluster);

#endif
