/* explanation: why a row is as it is, for people.
 *
 * Written by the attribute, resolve and link stages where the document asks for it (is_explained): for each attribution what
 * else its cue, its content, its source, its speaker and that one's id could have been, how likely each was, and what weighed most. The
 * words are phrases of fixed tables with places for a few values, so that an explanation is small until it is printed.
 *
 * All in the document's arena. At most QUOTH_MAX_ALTERNATIVES of a kind and QUOTH_MAX_REASONS for each.
 */
#ifndef QUOTH_EXPLANATION_H
#define QUOTH_EXPLANATION_H

#include "stages/span.h"

#include <stdbool.h>
#include <stdint.h>

enum { QUOTH_MAX_ALTERNATIVES = 5, QUOTH_MAX_REASONS = 5 };

struct quoth_reason {
	const char *words;		/* NUL-terminated, static. %t stands for the text of tokens, %c for that
					 * and two tokens on each side, %e for the entity's name, %n for number;
					 * NULL: no reason */
	struct quoth_range tokens;
	uint32_t entity, number;
	float weight;			/* for it, or against it where negative; 0: a fact that is not weighed */
};

/* One thing that was chosen or could have been. */
struct quoth_alternative {
	const struct quoth_range *parts;	/* tokens; of a speaker, where it was mentioned */
	uint8_t n_parts;			/* 0: "no such words" */
	uint8_t n_reasons;
	bool is_by_rules, is_by_model;		/* content: who found it */
	bool is_chosen;
	uint32_t entity;			/* a speaker's, else QUOTH_NONE */
	const struct quoth_reason *reasons;	/* what weighed most first */
	float chance;				/* 0 to 1; negative: not known */
	float behind;				/* how much less the chain of labels likes it than what it likes
						 * best, as a natural logarithm; negative: not known */
	float weight;				/* a speaker's sum of weights; NAN: not weighed */
};

struct quoth_choice {
	struct quoth_reason because;		/* what decided where nothing was weighed */
	struct quoth_alternative *alternatives;		/* the chosen first, then the likeliest */
	uint8_t n;
};

/* An entry of the gazetteer with the speaker's name. */
struct quoth_entry_alternative {
	const char *id, *name, *description;	/* NUL-terminated */
	const struct quoth_reason *reasons;	/* their weights are points, whole numbers */
	uint8_t n_reasons;
	bool is_chosen;
	float points;				/* of all reasons */
};

struct quoth_entry_choice {
	struct quoth_reason because;
	const struct quoth_entry_alternative *alternatives;	/* the chosen first, then by points */
	uint8_t n;
};

struct quoth_explanation {
	struct quoth_choice cue, content, source, speaker;
	const struct quoth_entry_choice *entry;	/* link: of the speaker; NULL where no entry has the name */
	const struct quoth_reason *reasons;	/* what the judge's belief in the row comes from */
	uint8_t n_reasons;
	bool is_by_rules, is_by_model;		/* who found the row */
	bool is_judged;				/* by a model */
	float belief;				/* the judge's, in log odds; without a judge the rule's share */
};

/* ---- making them ---- */

struct quoth_arena;

/* Alternatives that are being found; there is room for no more than QUOTH_MAX_ALTERNATIVES. */
struct quoth_listing {
	struct quoth_alternative items[QUOTH_MAX_ALTERNATIVES];
	uint8_t n;
};

/* The heaviest of n reasons, *n_kept of them, in the arena; those with neither weight nor tokens are left out. NULL without
 * memory. */
const struct quoth_reason *quoth_reasons_keep(struct quoth_arena *arena, const struct quoth_reason *reasons, unsigned n,
					      uint8_t *n_kept);

/* An alternative of which nothing is known but the entity (QUOTH_NONE: not a speaker). */
struct quoth_alternative quoth_alternative_blank(uint32_t entity);

/* Copies the parts into the arena; false without memory. */
bool quoth_alternative_set_parts(struct quoth_arena *arena, struct quoth_alternative *alternative,
				 const struct quoth_range *parts, uint8_t n_parts);

/* One more alternative in a listing that has room; NULL without memory. */
struct quoth_alternative *quoth_listing_add(struct quoth_arena *arena, struct quoth_listing *listing,
					    const struct quoth_range *parts, uint8_t n_parts);

/* Makes a listing the alternatives of a choice: the first stays first, the others follow by their chances. 0 or
 * QUOTH_NO_MEMORY. */
int quoth_listing_close(struct quoth_arena *arena, const struct quoth_listing *listing, struct quoth_choice *choice);

#endif
