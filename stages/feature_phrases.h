/* feature_phrases: the templates of the learned models' features in words.
 *
 * A template ("the word and the tag after it") says little to a reader and there are dozens of them, so those that look at
 * the same thing share an aspect with a phrase: "the quotation marks around it". The weight of an aspect is the sum of
 * the weights of its features; all aspects together are the score. A template that is new needs a line here;
 * tests/stages/explain_test.c fails where one has none.
 */
#ifndef QUOTH_FEATURE_PHRASES_H
#define QUOTH_FEATURE_PHRASES_H

#include "stages/model.h"

enum quoth_feature_table { QUOTH_CUE_FEATURES, QUOTH_ROLE_FEATURES, QUOTH_ROW_FEATURES };

enum quoth_cue_aspect {
	QUOTH_CUE_ALWAYS_ASPECT = 1, QUOTH_CUE_WORD_ASPECT, QUOTH_CUE_TAG_ASPECT, QUOTH_CUE_CLASS_ASPECT,
	QUOTH_CUE_BESIDE_ASPECT, QUOTH_CUE_MARKS_ASPECT, QUOTH_CUE_PLACE_ASPECT, QUOTH_CUE_CONTEXT_ASPECT
};

enum quoth_role_aspect {
	QUOTH_ROLE_ALWAYS_ASPECT = 1, QUOTH_ROLE_PLACE_ASPECT, QUOTH_ROLE_WORD_ASPECT, QUOTH_ROLE_TAG_ASPECT,
	QUOTH_ROLE_BESIDE_ASPECT, QUOTH_ROLE_MARKS_ASPECT, QUOTH_ROLE_BETWEEN_ASPECT, QUOTH_ROLE_EDGE_ASPECT,
	QUOTH_ROLE_SENTENCE_ASPECT, QUOTH_ROLE_BEGINNING_ASPECT, QUOTH_ROLE_TURN_ASPECT, QUOTH_ROLE_ORDER_ASPECT,
	QUOTH_ROLE_CONTEXT_ASPECT
};

enum quoth_row_aspect {
	QUOTH_ROW_ALWAYS_ASPECT = 1, QUOTH_ROW_CUE_ASPECT, QUOTH_ROW_CUE_WORD_ASPECT, QUOTH_ROW_MARGIN_ASPECT,
	QUOTH_ROW_LENGTH_ASPECT, QUOTH_ROW_SOURCE_ASPECT, QUOTH_ROW_PLACE_ASPECT, QUOTH_ROW_BEGINNING_ASPECT,
	QUOTH_ROW_ENDING_ASPECT, QUOTH_ROW_MARKS_ASPECT, QUOTH_ROW_RIVAL_ASPECT, QUOTH_ROW_INSIDE_ASPECT,
	QUOTH_ROW_LEADER_ASPECT, QUOTH_ROW_READERS_ASPECT, QUOTH_ROW_CONTEXT_ASPECT
};

enum {
	QUOTH_N_ASPECTS = 16,		/* of a table, at most; 0 stands for templates without a phrase */
	QUOTH_PAIR_TEMPLATE = 255,	/* of role features: the weights of label pairs */
};

/* The aspect of a template, 0 if it has none. */
unsigned quoth_feature_aspect(enum quoth_feature_table table, uint32_t template_number);

/* Its phrase; NULL for 0 and beyond the last. */
const char *quoth_aspect_words(enum quoth_feature_table table, unsigned aspect);

/* Puts the aspects of n templates in their place. */
void quoth_aspects_find(enum quoth_feature_table table, uint32_t *templates, size_t n);

/* Adds to sums[aspect] the weight for a label of each of n features; aspects has theirs. */
void quoth_aspects_add(const struct quoth_weights *weights, unsigned label, const uint32_t *features,
		       const uint32_t *aspects, size_t n, float sums[QUOTH_N_ASPECTS]);

/* What a rule (enum quoth_rule) is, in words; never NULL. */
const char *quoth_rule_words(unsigned rule);

#endif
