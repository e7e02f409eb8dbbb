/* attribute_sources: who may be the source of a cue.
 *
 * Candidates by where they stand: the subject before the verb, a relative pronoun, the noun phrase after an inverted verb,
 * the agent after "by", the possessor of a noun, the subject of the verb that governs a participle, infinitive or second verb.
 * All search at most MAX_REACH units.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_SOURCES_H
#define QUOTH_ATTRIBUTE_SOURCES_H

#include "stages/attribute_cues.h"

struct quoth_source {
	struct quoth_range units;	/* appositions and relative clauses in; empty: none found */
	struct quoth_range core;	/* without them */
	bool is_relative;		/* "who", "which" */
	bool is_shared;			/* of a governing or coordinated verb, not the cue's own */
};

/* The subject that ends right before unit `verb` (auxiliaries and adverbs skipped by the caller). */
struct quoth_source quoth_source_before(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t verb,
					uint32_t floor);

/* The noun phrase that begins at `unit`, with its appositions. */
struct quoth_source quoth_source_after(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t unit);

/* The subject of the nearest finite verb to the left of `unit` that has one, else of the main verb to its right. */
struct quoth_source quoth_source_governing(const struct quoth_view *view, const struct quoth_clause *clause,
					   uint32_t unit, uint32_t floor);

/* The agent "by …" after a passive or a noun, looked for from `unit` on. */
struct quoth_source quoth_source_agent(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t unit);

/* The possessor before a noun: "her", "Moscow's", with adjectives skipped. */
struct quoth_source quoth_source_possessor(const struct quoth_view *view, const struct quoth_clause *clause,
					   uint32_t noun, uint32_t floor);

/* The mention that a source's core is, QUOTH_NONE. */
uint32_t quoth_source_mention(const struct quoth_view *view, const struct quoth_source *source);

#endif
