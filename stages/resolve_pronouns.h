/* resolve_pronouns: whom "he", "they", "who" mean. Part of resolve.
 *
 * A personal pronoun of the third person means one of the RECENT clusters that were mentioned last and agree in
 * gender, number and kind. Each is weighed by a linear score of learned weights (weighings.h, a ranking model as in
 * Denis and Baldridge 2007); under a threshold the pronoun means nobody. A relative pronoun means the mention that ends before it.
 */
#ifndef QUOTH_RESOLVE_PRONOUNS_H
#define QUOTH_RESOLVE_PRONOUNS_H

#include "stages/resolve_discourse.h"

enum quoth_pronoun {
	QUOTH_PRONOUN_PERSON,	/* he, she */
	QUOTH_PRONOUN_THING,	/* it */
	QUOTH_PRONOUN_SEVERAL,	/* they */
	QUOTH_N_PRONOUNS,
	QUOTH_PRONOUN_SPEAKER,	/* I, we: the one who speaks the quotation it stands in */
	QUOTH_PRONOUN_RELATIVE,	/* who */
	QUOTH_PRONOUN_OTHER,
};

/* What kind of pronoun a token is; QUOTH_PRONOUN_OTHER where it means nobody ("you", "some"). */
enum quoth_pronoun quoth_pronoun_read(const struct quoth_discourse *discourse, uint32_t token);

/* The cluster that a pronoun mention means where the sweep has come to, QUOTH_NONE if none is likely enough. */
uint32_t quoth_pronoun_resolve(const struct quoth_discourse *discourse, uint32_t mention);

/* The recent cluster that a pronoun of this kind and gender would mean at a mention: the best by the pronoun's
 * weights, if it reaches the threshold and no other comes within the margin. QUOTH_NONE otherwise. */
uint32_t quoth_salient_choose(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_pronoun pronoun,
			      unsigned gender, int threshold, int margin);

/* The mention that a relative pronoun at a token means, QUOTH_NONE if none. */
uint32_t quoth_relative_antecedent(const struct quoth_discourse *discourse, uint32_t token);

#endif
