/* resolve_names: which names are the same person, place or organisation. Part of resolve.
 *
 * Names of two words and more are read first, in the whole article, so that "Clinton" in a headline finds "Hillary
 * Clinton" in the body. They agree where last words and first names do (initials, nicknames, middle names, suffixes
 * and double surnames count), of organisations where one name ends the other. Single words follow in order of
 * reading: by last word, by first word, by acronym; where several fit, gender and title decide, then who was named
 * last and how often.
 */
#ifndef QUOTH_RESOLVE_NAMES_H
#define QUOTH_RESOLVE_NAMES_H

#include "stages/resolve_discourse.h"

/* Sets cluster_of for every mention that is a name. QUOTH_NO_MEMORY. */
int quoth_names_link(struct quoth_discourse *discourse);

/* The cluster of a name that no mention is: the same words, or a last word that is a surname here. QUOTH_NONE. */
uint32_t quoth_names_find(const struct quoth_discourse *discourse, struct quoth_range tokens);

#endif
