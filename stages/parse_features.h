/* parse_features: what the parser sees of a sentence half parsed. Used by the stage and by the trainer alike. */
#ifndef QUOTH_PARSE_FEATURES_H
#define QUOTH_PARSE_FEATURES_H

#include "stages/parse_state.h"

#include <stddef.h>

enum { QUOTH_N_MOVE_FEATURES = 160, QUOTH_N_RELATION_FEATURES = 96 };

/* Features for the next move. Returns how many. */
size_t quoth_move_features(const struct quoth_parse_state *state, uint32_t *features);

/* Features for the relation of dependent to head, before the arc is made. */
size_t quoth_relation_features(const struct quoth_parse_state *state, uint16_t head, uint16_t dependent, uint32_t *features);

#endif
