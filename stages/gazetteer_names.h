/* gazetteer_names: names as an article and a gazetteer spell them, and whether two spellings can be one name.
 *
 * A name is read into words of small plain letters: any Unicode form, case, accents, apostrophes and full stops are out, and
 * so are "the" before it and the Arabic article inside it; initials stand together ("J. K." is "JK"); "Ryabkov, Sergey" is
 * "Sergey Ryabkov". Hyphens part words. Other scripts than Latin keep their letters.
 *
 * Two such names are alike where they have the same words in whatever order, but for how a script or language is
 * transcribed: "ä" is "a" or "ae", and what ends a word in y, i, j or several of them is one ending ("Sergey", "Sergei";
 * "Zelensky", "Zelenskyy", "Zelenskii"). They are nearly alike where doubled letters, an inner y for i, or an e after a, o,
 * u part them too ("Mohamed", "Mohammed"; "Mueller", "Muller"), as they part other people: that needs more evidence.
 * The key of a name is the same for all that are nearly alike.
 */
#ifndef QUOTH_GAZETTEER_NAMES_H
#define QUOTH_GAZETTEER_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	QUOTH_SPELLING_WORDS = 24,	/* of a longer name only these are read */
	QUOTH_SPELLING_BYTES = 256,	/* likewise */
};

struct quoth_spelling {
	uint16_t ends[QUOTH_SPELLING_WORDS + 1];	/* word i is letters[ends[i] .. ends[i + 1]) */
	uint8_t n_words;
	uint8_t first;					/* the word that is said first: after a comma */
	char letters[QUOTH_SPELLING_BYTES + 32];	/* UTF-8 */
};

/* Reads a name, up to the first bytes that are no UTF-8. spells_umlauts: "ä" as "ae", not as "a". n_words is 0 where it has no
 * letter or digit. */
void quoth_spelling_read(struct quoth_spelling *spelling, const char *name, size_t size, bool spells_umlauts);

/* The key of a name that was read without spelled umlauts; never 0. */
uint64_t quoth_spelling_key(const struct quoth_spelling *spelling);

/* The word that is said as number i. */
const char *quoth_spelling_word(const struct quoth_spelling *spelling, unsigned i, size_t *size);

enum quoth_likeness { QUOTH_NOT_ALIKE, QUOTH_NEARLY_ALIKE, QUOTH_ALIKE };

/* How alike two names are; *is_reordered: their words stand in different order. */
enum quoth_likeness quoth_names_compare(const char *a, size_t a_size, const char *b, size_t b_size, bool *is_reordered);

#endif
