/* resolve_descriptions: whom "the senator", "the ministry", "the 58-year-old" mean. Part of resolve.
 *
 * A definite description means the named one whose role has its head noun and all its other words; else the
 * organisation whose name ends in its head noun; else an earlier description with that head noun. Candidates are
 * weighed by the words they share, by how long ago they were named and whether they spoke last. One that fits nobody
 * is itself.
 */
#ifndef QUOTH_RESOLVE_DESCRIPTIONS_H
#define QUOTH_RESOLVE_DESCRIPTIONS_H

#include "stages/resolve_discourse.h"

/* Finds or makes the cluster of a nominal mention that the sweep has come to. QUOTH_NO_MEMORY. */
int quoth_description_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *cluster);

#endif
