/* group_shingles: what two quotes that may be the same one have in common.
 *
 * A shingle is three words in a row of which one at least carries content. Of a short quote all shingles are its fingerprints; of a longer one
 * those that are the least of any QUOTH_WINDOW in a row (winnowing: Schleimer, Wilkerson & Aiken 2003), so that two quotes that share a run of
 * six words share a fingerprint. The least shingle of all (MinHash: Broder 1997) is alike for quotes that are alike; texts are numbered by it, so that
 * those stand side by side.
 */
#ifndef QUOTH_GROUP_SHINGLES_H
#define QUOTH_GROUP_SHINGLES_H

#include "pipeline/group_words.h"

enum {
	QUOTH_SHINGLE = 3,
	QUOTH_WINDOW = 4,
	QUOTH_ALL_SHINGLES = 20,	/* words of a quote all of whose shingles are taken */
	QUOTH_LEAST_GROUP_WORDS = 6,	/* shorter quotes are grouped by their very words alone */
	QUOTH_FEW_FINGERPRINTS = 8,	/* of a quote that cannot be asked for two common ones */
};

struct quoth_fingerprints {
	uint32_t n;
	bool has_least;			/* there is a shingle at all */
	uint64_t least;
	uint32_t hashes[QUOTH_MOST_GROUP_WORDS];
};

/* The fingerprints of a quote of QUOTH_LEAST_GROUP_WORDS and more; none of a shorter one. */
void quoth_fingerprints_take(const struct quoth_group_words *words, struct quoth_fingerprints *fingerprints);

#endif
