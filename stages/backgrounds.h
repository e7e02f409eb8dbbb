/* backgrounds: what words tell of the work and the country of people and organisations.
 *
 * Two lists of corpus/lexicon: occupations (a word, the fields that it speaks of, and those that it does not exclude) and
 * countries (with what else names them, their people and what is theirs). They tell people of one name apart: a "hockey coach" is no "diplomat".
 */
#ifndef QUOTH_BACKGROUNDS_H
#define QUOTH_BACKGROUNDS_H

#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>

struct quoth_backgrounds;

enum {
	QUOTH_COUNTRY_WORDS = 5,	/* of the longest name of a country */
	QUOTH_N_COUNTRIES = 256,	/* numbers of countries are below */
};

/* Builds them from the lists in the program. QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL with file and line. The caller closes them. */
int quoth_backgrounds_open(struct quoth_backgrounds **backgrounds, struct quoth_report *report);
void quoth_backgrounds_close(struct quoth_backgrounds *backgrounds);

/* Fields of work, a bit each: those that a word speaks of, and those and what else it does not exclude. */
struct quoth_occupation {
	uint32_t fields, possible;
};

/* What a word says of somebody's work; false where the word is not in the list. */
bool quoth_occupation_find(const struct quoth_backgrounds *backgrounds, uint32_t form, struct quoth_occupation *occupation);

/* The country that the longest of the sequences at the start of n forms names, from 1 on; 0 if none does. *n_words: how long it
 * is. */
unsigned quoth_country_find(const struct quoth_backgrounds *backgrounds, const uint32_t *forms, size_t n, size_t *n_words);

#endif
