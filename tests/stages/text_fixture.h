/* text_fixture: one document and the lexicon, for the tests of the stages that read text. */
#ifndef QUOTH_TEXT_FIXTURE_H
#define QUOTH_TEXT_FIXTURE_H

#include "stages/lexicon.h"
#include "stages/normalise.h"
#include "stages/quotations.h"
#include "stages/segment.h"
#include "tests/stages/linear_fixture.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The document that the functions below work on. */
extern struct quoth_document doc;

/* A checked fixture: opens and closes the arena and the lexicon. */
void open_text(void);
void close_text(void);

/* Runs the stages from normalise on; the bytes must outlive the document. until is the last one, NULL for quotations. */
typedef int text_stage(struct quoth_document *, const struct quoth_resources *);
int try_text(text_stage *until, const char *bytes, size_t size);

/* The same, where it must succeed. */
void run_text(text_stage *until, const char *bytes, size_t size);

/* Runs it with ever more memory, until it succeeds; without enough it must say so and leave no layers. */
void run_text_without_memory(text_stage *until, const char *bytes, size_t size, size_t step);

/* Fails if the time for copies of one of the pieces grows faster than their number. */
void assert_linear(text_stage *until, const char *const *pieces, size_t n_pieces);

/* A small generator of numbers below `below`, the same on every machine. */
uint32_t next_random(uint32_t *state, uint32_t below);

#endif
