/* resolve_roles: the titles, offices and affiliations that an article gives for its names. Part of resolve.
 *
 * A role stands before the name (the mention's title, "Sens." of several), behind it (its apposition, "X, 58, now a …"),
 * with a copula ("X is the …", "X, who served as …"), or in a description that takes the name up ("the Republican
 * nominee"). Roles are kept by the head nouns of their conjuncts, so that a description finds whom it renames.
 */
#ifndef QUOTH_RESOLVE_ROLES_H
#define QUOTH_RESOLVE_ROLES_H

#include "stages/resolve_discourse.h"

/* Collects the roles of all clusters of names; a nominal that renames a name gets the name's cluster.
 * QUOTH_NO_MEMORY. */
int quoth_roles_collect(struct quoth_discourse *discourse);

/* Adds the definite descriptions that the sweep has placed with named persons ("the Republican nominee") to their roles.
 * QUOTH_NO_MEMORY. */
int quoth_roles_take_up(struct quoth_discourse *discourse);

/* Adds a role of a cluster, its determiner and relative clause left out; nothing for "Mr." traits: enum
 * quoth_role_trait, or-ed. QUOTH_NO_MEMORY. */
int quoth_role_add(struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range tokens, unsigned traits);

/* Adds an organisation that a person belongs to; it is the role where nothing else is given. QUOTH_NO_MEMORY. */
int quoth_affiliation_add(struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range tokens);

/* Whether a non-empty title is of several: "Sens." */
bool quoth_role_is_plural(const struct quoth_discourse *discourse, struct quoth_range tokens);

/* Whether all roles with the head noun of a role that the index gave are one cluster's. */
bool quoth_role_is_only_holder(const struct quoth_discourse *discourse, uint32_t role);

/* The role of a cluster that is printed: an office before another description, then the fullest; NULL if it has none. */
const struct quoth_role *quoth_role_choose(const struct quoth_discourse *discourse, uint32_t cluster);

/* The head noun of a description or title: the last noun before its first preposition or comma. */
uint32_t quoth_role_head(const struct quoth_discourse *discourse, struct quoth_range tokens);

#endif
