/* role_features: given a cue, what is the source and what the content?
 *
 * A linear chain over the units around the cue (conditional random field, Lafferty et al. 2001, with features relative to
 * the predicate as in semantic role labelling, Gildea & Jurafsky 2002): the words of its own sentence one by one, other
 * sentences of its paragraph and the first of the next ones as a whole. Each unit gets a label; the features of a word say
 * how far it is from the cue, over how many commas and verbs, and on which side of quotation marks; what changes between two
 * units (a quotation opens, a comma stands there) has its own weights for each pair of labels.
 *
 * Used by the attribute stage and by the trainer.
 */
#ifndef QUOTH_ROLE_FEATURES_H
#define QUOTH_ROLE_FEATURES_H

#include "stages/syntax.h"

enum quoth_role_label {
	QUOTH_NO_ROLE,
	QUOTH_CONTENT_BEGIN,
	QUOTH_CONTENT,
	QUOTH_SOURCE_BEGIN,
	QUOTH_SOURCE,
	QUOTH_N_ROLE_LABELS
};

enum {
	QUOTH_MAX_UNITS = 320,
	QUOTH_MAX_UNIT_WORDS = 280,	/* of the cue's sentence; those farther away are left out */
	QUOTH_N_ROLE_FEATURES = 80,
	QUOTH_N_JUNCTIONS = 32,		/* kinds of places between two units */
};

struct quoth_role_unit {
	struct quoth_range tokens;
	bool is_word;			/* of the cue's sentence; else a sentence as a whole */
	uint8_t junction;		/* what stands between it and the unit before; 0 for the first */
};

/* Weights of label pairs at each kind of junction; [QUOTH_N_ROLE_LABELS] stands for the label before the first unit. */
struct quoth_role_transitions {
	float weights[QUOTH_N_JUNCTIONS][QUOTH_N_ROLE_LABELS + 1][QUOTH_N_ROLE_LABELS];
};

/* The units around one cue. */
struct quoth_role_window {
	uint32_t cue;
	unsigned quote_context, marks_around;
	struct quoth_role_unit units[QUOTH_MAX_UNITS];
	uint32_t n_units;
	uint8_t commas[QUOTH_MAX_UNITS], verbs[QUOTH_MAX_UNITS];	/* between it and the cue, at most 3 */
};

/* Finds the units around a cue. */
void quoth_role_window_open(struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t cue);

/* Writes a unit's features, returns how many. */
size_t quoth_role_features(const struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t unit,
			   uint32_t *features);

/* Whether a label may follow another (QUOTH_N_ROLE_LABELS: the beginning): an inner label only its own kind. */
static inline bool quoth_role_may_follow(unsigned before, unsigned label)
{
	return label == QUOTH_CONTENT ? before == QUOTH_CONTENT_BEGIN || before == QUOTH_CONTENT :
	       label == QUOTH_SOURCE ? before == QUOTH_SOURCE_BEGIN || before == QUOTH_SOURCE : true;
}

#endif
