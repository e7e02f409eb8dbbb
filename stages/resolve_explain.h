/* resolve_explain: why a speaker is who it is. Part of resolve.
 *
 * While the sweep goes on, whom a source could have meant is noted where it is weighed (resolve_pronouns.h,
 * resolve_descriptions.h): what was spoken of last is known only then. The rest is read off the clusters in the end: which
 * names share a surname, what the article calls whom and where.
 */
#ifndef QUOTH_RESOLVE_EXPLAIN_H
#define QUOTH_RESOLVE_EXPLAIN_H

#include "stages/explanation.h"
#include "stages/resolve_discourse.h"

/* Makes room for notes where the document is explained. QUOTH_NO_MEMORY. */
int quoth_speaker_notes_begin(struct quoth_discourse *discourse);

/* Whether candidates of a mention are to be noted: it is a source and the document is explained. Forgets older notes of
 * it. */
bool quoth_speaker_is_noted(const struct quoth_discourse *discourse, uint32_t mention);

/* Notes that a cluster was weighed for a mention, if it is among the heaviest; of n reasons those that have neither weight
 * nor tokens are left out. Only after quoth_speaker_is_noted. */
void quoth_speaker_note(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster, float weight,
			const struct quoth_reason *reasons, unsigned n);

/* Explains the speaker of an attribution. The document's entities must have been written. QUOTH_NO_MEMORY, also for a note
 * that found no room. */
int quoth_speaker_explain(const struct quoth_discourse *discourse, uint32_t attribution);

#endif
