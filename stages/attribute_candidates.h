/* attribute_candidates: for one cue, what may be said by whom.
 *
 * Every candidate is a whole attribution: a cue, a source, one or two stretches of content, the rule that made it and a
 * score, the share of such candidates that were right in annotated text. Rules choose by score today; a learned scorer
 * can choose among the same candidates.
 *
 * Between the files attribute*.c and the tools that measure them.
 */
#ifndef QUOTH_ATTRIBUTE_CANDIDATES_H
#define QUOTH_ATTRIBUTE_CANDIDATES_H

#include "stages/attribute_sources.h"

enum { QUOTH_MAX_CANDIDATES = 4, QUOTH_MAX_STRETCHES = 3 };

struct quoth_candidate {
	struct quoth_cue cue;
	struct quoth_source source;
	struct quoth_range content[QUOTH_MAX_STRETCHES];	/* units, in text order */
	uint8_t n_content;
	uint8_t rule;		/* enum quoth_rule */
	uint8_t pattern;	/* enum quoth_pattern that its share was looked up by */
	struct quoth_range circumstances;	/* units after the cue that tell how or where it was said */
	bool is_outer;		/* its content lies before the cue or around it: inner cues are part of what is said */
	uint64_t traits;	/* 1 << enum quoth_trait_bit, or-ed */
	float score;		/* the chance that it is right */
};

/* Makes the candidates of a cue, the likeliest not first; returns how many (at most QUOTH_MAX_CANDIDATES). Units before
 * floor are taken by an earlier content. */
unsigned quoth_candidates_make(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t clause_index,
			       const struct quoth_cue *cue, uint32_t floor,
			       struct quoth_candidate candidates[QUOTH_MAX_CANDIDATES]);

/* Where the content that begins at unit `begin` and belongs to the cue ends. Looks at most a few hundred units ahead. */
uint32_t quoth_content_end(const struct quoth_view *view, const struct quoth_clause *clause,
			   const struct quoth_cue *cue, uint32_t begin, enum quoth_pattern pattern);

/* The content before unit `end` (commas stripped): from the clause's begin or floor on. */
uint32_t quoth_content_begin(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t end,
			     uint32_t floor);

/* What speaks for or against a candidate. */
uint64_t quoth_candidate_traits(const struct quoth_view *view, const struct quoth_clause *clause,
				const struct quoth_candidate *candidate);

/* Whether the content of a pattern is a noun phrase rather than a clause or quotation. */
bool quoth_pattern_is_phrasal(enum quoth_pattern pattern);

/* Whether the cue stands in a clause that "while", "if" or the like opens. */
bool quoth_cue_is_subordinate(const struct quoth_view *view, const struct quoth_clause *clause,
			      const struct quoth_cue *cue);

/* Whether a unit is a mark that ends or parts clauses, not a bracket or hyphen inside one. */
bool quoth_unit_is_break(const struct quoth_view *view, uint32_t unit);

#endif
