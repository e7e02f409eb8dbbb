/* resolve_entities: clusters as the entities that are printed: name, role, kind. Part of resolve. */
#ifndef QUOTH_RESOLVE_ENTITIES_H
#define QUOTH_RESOLVE_ENTITIES_H

#include "stages/resolve_discourse.h"

/* Writes doc->entities, one a cluster with the same index. QUOTH_NO_MEMORY. */
int quoth_entities_write(struct quoth_discourse *discourse);

#endif
