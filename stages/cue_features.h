/* cue_features: is this word a cue?
 *
 * Two linear models of one label (stages/model.h): the gate looks at a word and its neighbours alone and keeps the one
 * word in ten that could attribute at all; the cue model looks three words to each side and at the quotations around. Both are
 * logistic: score 0 is even odds.
 *
 * Used by the attribute stage and by the trainer.
 */
#ifndef QUOTH_CUE_FEATURES_H
#define QUOTH_CUE_FEATURES_H

#include "stages/syntax.h"

enum { QUOTH_N_GATE_FEATURES = 14, QUOTH_N_CUE_FEATURES = QUOTH_MAX_FEATURES };

/* Whether a token could head a cue by its tag: verbs, nouns, adjectives, adverbs, prepositions, modals, and the colons
 * and dashes that stand for "said". */
bool quoth_cue_is_possible(const struct quoth_syntax *syntax, uint32_t token);

/* Both write features and return how many. */
size_t quoth_gate_features(const struct quoth_syntax *syntax, uint32_t token, uint32_t *features);
size_t quoth_cue_features(const struct quoth_syntax *syntax, uint32_t token, uint32_t *features);

#endif
