/* resolve_certainty: how sure a speaker is, given that the source was read rightly. Part of resolve.
 *
 * A pronoun is as sure as its antecedent is likely among all that were weighed, nobody with them (resolve_pronouns.h). Of
 * other sources the share was measured that was right: names hardly ever mean another, descriptions of several are who
 * they say, one that takes up a name is right nine times in ten; a single unnamed one or body is often named elsewhere in
 * the article, which then was not seen.
 */
#ifndef QUOTH_RESOLVE_CERTAINTY_H
#define QUOTH_RESOLVE_CERTAINTY_H

#include "stages/resolve_discourse.h"

/* The chance, 0 to 1, that the speaker of an attribution is somebody else; 0 where it has none. Attributions before it
 * have theirs. */
float quoth_speaker_doubt(const struct quoth_discourse *discourse, uint32_t attribution);

#endif
