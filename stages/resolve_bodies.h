/* resolve_bodies: "the company", "the bank", "the group" for an organisation just spoken of. Part of resolve.
 *
 * A definite description whose noun tells a kind of organisation means the one that was named in its sentence or the one
 * before, if just one there can be of that kind: by the nouns of its name ("Harbour Trust" is no school), or because they
 * tell nothing ("Plimsoll"). Else it means whom "it" would mean, if that is plain and the article names it often.
 */
#ifndef QUOTH_RESOLVE_BODIES_H
#define QUOTH_RESOLVE_BODIES_H

#include "stages/resolve_discourse.h"

/* The cluster of the organisation that a definite singular description means; QUOTH_NONE. */
uint32_t quoth_body_resolve(const struct quoth_discourse *discourse, uint32_t mention);

#endif
