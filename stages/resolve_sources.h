/* resolve_sources: which mention a source is. Part of resolve.
 *
 * Attributions know better than mentions where a source ends: the cue stands there. "Miners' union disputes figures" has
 * the source "Miners' union", though its mention may have taken the verb for a noun.
 */
#ifndef QUOTH_RESOLVE_SOURCES_H
#define QUOTH_RESOLVE_SOURCES_H

#include "stages/resolve_discourse.h"

/* The mention that an attribution's source is: the one it names, else the first that lies in it: of "the club's report"
 * the inner one where the source is "the club's". QUOTH_NONE. */
uint32_t quoth_source_find(const struct quoth_document *doc, const struct quoth_attribution *attribution);

/* Ends the mentions that sources begin with where the source does: those that run over its end, and descriptions that
 * stop before a prepositional phrase in it. The heads are those that are left. Names of persons are left whole. */
void quoth_sources_fit(struct quoth_discourse *discourse);

/* Where a description that begins a source and reaches to `end` at least ends: at the source's first comma, dash or
 * relative clause from there on. */
uint32_t quoth_source_description_end(const struct quoth_document *doc, uint32_t end, struct quoth_range source);

#endif
