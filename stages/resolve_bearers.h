/* resolve_bearers: whom a single word of a name means, where several bear it. Part of resolve.
 *
 * Gender and what a name is of rule some out. Of the others, who is named in full most and nearby, whom the word meant last
 * and whose title fits weigh most.
 */
#ifndef QUOTH_RESOLVE_BEARERS_H
#define QUOTH_RESOLVE_BEARERS_H

#include "stages/resolve_discourse.h"

/* Whether a name has a title that tells an office: not "Mr." */
bool quoth_mention_has_office(const struct quoth_discourse *discourse, const struct quoth_mention *mention);

/* The enum quoth_name_class of a name. Who has a person's title is a person, whatever the name looks like. */
unsigned quoth_mention_class(const struct quoth_discourse *discourse, const struct quoth_mention *mention);

/* Whether a name can be a cluster's by what both are: "Mrs. Holm" is no "Holm Foundation", nor is that a person. What has
 * neither a title nor a body's noun may have been read as the wrong class. */
bool quoth_bearer_fits(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
		       const struct quoth_cluster *cluster);

/* The best that a single word can mean of a chain of clusters that begins with i, QUOTH_NONE: by_last, those with the same
 * last word, else the same first one. meant: whom the word meant last, QUOTH_NONE. */
uint32_t quoth_bearer_choose(const struct quoth_discourse *discourse, const struct quoth_mention *mention, uint32_t i,
			     bool by_last, uint32_t meant);

/* The cluster that a name of a single word is of, QUOTH_NONE if it is new. */
uint32_t quoth_bearer_find(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
			   const struct quoth_name *name);

/* The cluster named most of those with a key as the last word, QUOTH_NONE; whom the word meant last has some more. */
uint32_t quoth_bearer_most(const struct quoth_discourse *discourse, uint32_t word);

#endif
