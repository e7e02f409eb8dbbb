/* resolve_titles: names whose title was read as part of them, set right before they are compared. Part of resolve. */
#ifndef QUOTH_RESOLVE_TITLES_H
#define QUOTH_RESOLVE_TITLES_H

#include "stages/resolve_discourse.h"

/* Moves "Ms." of "Ms. Moore" and "Supreme Court Justice" of "Supreme Court Justice Frank Nowak" from a mention's name
 * to its title, where the words tell that a person's name follows; such a mention is a person's name from then on. */
void quoth_titles_part(struct quoth_discourse *discourse);

#endif
