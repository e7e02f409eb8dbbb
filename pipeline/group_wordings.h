/* group_wordings: what corpus/lexicon/wordings.tsv says of a form. */
#ifndef QUOTH_GROUP_WORDINGS_H
#define QUOTH_GROUP_WORDINGS_H

#include "pipeline/group_words.h"

enum quoth_wording_class { QUOTH_WORDING_NONE, QUOTH_WORDING_FUNCTION, QUOTH_WORDING_NEGATION, QUOTH_WORDING_NUMBER,
	QUOTH_WORDING_SCALE, QUOTH_WORDING_SUFFIX, QUOTH_WORDING_ENDING, QUOTH_WORDING_EXPAND };

struct quoth_wording {
	uint64_t form;			/* hash; 0: an empty place */
	const char *as;			/* up to as_size bytes in the embedded file */
	uint32_t as_size;
	uint32_t value;			/* of numbers and scales */
	enum quoth_wording_class class;
};

/* The entry of a folded form by its hash (quoth_hash_add); one of class NONE where there is none. */
const struct quoth_wording *quoth_wording_find(const struct quoth_wordings *wordings, uint64_t form);

#endif
