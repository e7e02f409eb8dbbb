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

enum {
	QUOTH_N_ASPECTS = 16,		/* of a table, at most; 0 stands for templates without a phrase */
	QUOTH_PAIR_TEMPLATE = 255,	/* of role features: the weights of label pairs */
};

/* The aspect of a template, 0 if it has none. */
unsigned quoth_feature_aspect(enum quoth_feature_table table, uint32_t template_number);

/* Its phrase; NULL for 0 and beyond the last. */
const char *quoth_aspect_words(enum quoth_feature_table table, unsigned aspect);

/* Adds to sums[aspect] the weight for a label of each of n features; templates has their templates. */
void quoth_aspects_add(enum quoth_feature_table table, const struct quoth_weights *weights, unsigned label,
		       const uint32_t *features, const uint32_t *templates, size_t n, float sums[QUOTH_N_ASPECTS]);

/* What a rule (enum quoth_rule) is, in words; never NULL. */
const char *quoth_rule_words(unsigned rule);

#endif
