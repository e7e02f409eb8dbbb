/* resolve_joints: several that are named together: "Jon Tester and David Vitter", "France and Germany". Part of resolve. */
#ifndef QUOTH_RESOLVE_JOINTS_H
#define QUOTH_RESOLVE_JOINTS_H

#include "stages/resolve_discourse.h"

/* The mention behind all that are nested in a mention. */
uint32_t quoth_joint_end(const struct quoth_document *doc, uint32_t mention);

/* Makes the cluster of a mention that is a group, of the clusters of its parts, which the sweep has placed by now. *cluster
 * gets it, QUOTH_NONE where fewer than two parts have one. QUOTH_NO_MEMORY. */
int quoth_joint_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *cluster);

#endif
