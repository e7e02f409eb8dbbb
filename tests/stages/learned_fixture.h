/* learned_fixture: one document read up to its rules' attributions with the built-in model, for the tests of learned
 * attribution; and random windows of units, for those of decoding. */
#ifndef QUOTH_LEARNED_FIXTURE_H
#define QUOTH_LEARNED_FIXTURE_H

#include "stages/candidate_rows.h"
#include "stages/resources.h"
#include "tests/suites.h"

#include <stddef.h>

struct learned {
	struct quoth_arena *arena;
	struct quoth_resources resources;
	struct quoth_attribution_models models;
	struct quoth_document doc;
	struct quoth_syntax syntax;
};

extern struct learned learned;

/* A checked fixture. */
void open_learned(void);
void close_learned(void);

/* Reads a text up to the rules' attributions and builds its syntax; the bytes must outlive the document. */
void read_learned(const char *text, size_t size);

/* The token of that form, the first of them; it must be there. */
uint32_t find_learned(const char *form);

/* A multiple of a quarter from -8 to 8, so that sums of floats are exact. */
float random_weight(uint32_t *state);

/* A window of 1 to most units with random junctions, their labels' scores and the transitions' weights. */
void draw_window(uint32_t *state, uint32_t most, struct quoth_role_window *window, float (*scores)[QUOTH_N_ROLE_LABELS],
		 struct quoth_role_transitions *transitions);

#endif
