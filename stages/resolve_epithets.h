/* resolve_epithets: "the nominee", "the 58-year-old", "the Ohio senator", "the two men" for those just spoken of. Part of
 * resolve.
 *
 * A definite description whose noun is in the list of epithets, or tells a former office, and that no role or name fits,
 * means whom a pronoun would mean in its place, if that is plain: it is a subject, with a high score, no close second, no
 * other office known of him (a politician may have several), no organisation or country among its own words. "A judge" in
 * the lead means the judge whom the article names below, if it names but one.
 */
#ifndef QUOTH_RESOLVE_EPITHETS_H
#define QUOTH_RESOLVE_EPITHETS_H

#include "stages/resolve_discourse.h"

/* The cluster that a definite singular description means by being an epithet; QUOTH_NONE. */
uint32_t quoth_epithet_resolve(const struct quoth_discourse *discourse, uint32_t mention);

/* The cluster that an indefinite description of the lead means; QUOTH_NONE. */
uint32_t quoth_lead_resolve(const struct quoth_discourse *discourse, uint32_t mention);

/* The cluster of the person whom a description that speaks introduces, and whose bare name speaks next; QUOTH_NONE. */
uint32_t quoth_introduction_resolve(const struct quoth_discourse *discourse, uint32_t mention);

/* The cluster of the one person of the right gender in the article who shares the surname of whose wife or husband a
 * description tells of; QUOTH_NONE. */
uint32_t quoth_spouse_resolve(const struct quoth_discourse *discourse, uint32_t mention);

/* The two persons that "the two men", "both candidates" mean, in members[2]; whether there are such. */
bool quoth_pair_resolve(const struct quoth_discourse *discourse, uint32_t mention, uint32_t *members);

#endif
