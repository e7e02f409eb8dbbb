#include "stages/tag_labels.h"

const struct quoth_tag_pair quoth_tag_pairs[QUOTH_N_TAG_LABELS] = {
#define X(tag, upos) {QUOTH_TAG_##tag, QUOTH_UPOS_##upos},
	QUOTH_TAG_LABELS(X)
#undef X
};

/* Labels by tag and part of speech, plus 1. */
static const uint8_t labels[QUOTH_N_TAGS][QUOTH_N_UPOS] = {
#define X(tag, upos) [QUOTH_TAG_##tag][QUOTH_UPOS_##upos] = QUOTH_LABEL_##tag##_##upos + 1,
	QUOTH_TAG_LABELS(X)
#undef X
};

uint8_t quoth_tag_label_of(uint8_t tag, uint8_t upos)
{
	uint8_t with_upos = QUOTH_N_TAG_LABELS, with_tag = QUOTH_N_TAG_LABELS;

	if (labels[tag][upos])
		return (uint8_t)(labels[tag][upos] - 1);
	for (uint8_t label = 0; label < QUOTH_N_TAG_LABELS; label++) {
		struct quoth_tag_pair pair = quoth_tag_pairs[label];

		if (pair.upos == upos && with_upos == QUOTH_N_TAG_LABELS)
			with_upos = label;
		if (pair.tag == tag && with_tag == QUOTH_N_TAG_LABELS)
			with_tag = label;
	}
	return with_upos < QUOTH_N_TAG_LABELS ? with_upos : with_tag < QUOTH_N_TAG_LABELS ? with_tag : 0;
}
