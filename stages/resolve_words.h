/* resolve_words: the words of a name, and whether two names can be one's. Part of resolve.
 *
 * Words   are compared by a hash of their folded letters: no case, no accents, no doubled letters, "y" as "i", so
 *         that "Sergey" is "Sergei" and "Zelenskyy" "Zelensky"; the Arabic article, particles ("van", "de") and what
 *         ends a company's name are left out, "Jr." is kept apart.
 */
#ifndef QUOTH_RESOLVE_WORDS_H
#define QUOTH_RESOLVE_WORDS_H

#include "stages/resolve_discourse.h"

/* The words of a name as keys. */
void quoth_name_read(const struct quoth_discourse *discourse, struct quoth_range tokens, struct quoth_name *name);

/* The hash of a name's words, the key of QUOTH_BY_FULL. */
uint32_t quoth_name_hash(const struct quoth_name *name);

/* Whether two names of persons, or of anything else, can be the same one's. */
bool quoth_persons_agree(const struct quoth_name *a, const struct quoth_name *b);
bool quoth_things_agree(const struct quoth_name *a, const struct quoth_name *b);

#endif
