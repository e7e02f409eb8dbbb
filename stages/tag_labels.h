/* tag_labels: the tagger's classes.
 *
 * One label stands for a Penn tag and a universal part of speech: those pairs that occur more than a handful of times in
 * the English Web Treebank. They fit a row of 64 weights, one cache line.
 */
#ifndef QUOTH_TAG_LABELS_H
#define QUOTH_TAG_LABELS_H

#include "stages/tagset.h"

#include <stdint.h>

#define QUOTH_TAG_LABELS(X) \
	X(UNKNOWN, X) X(CC, CCONJ) X(CD, NUM) X(DT, DET) X(DT, PRON) X(EX, PRON) X(FW, X) X(IN, ADP) X(IN, SCONJ) X(JJ, ADJ) \
	X(JJR, ADJ) X(JJS, ADJ) X(LS, NUM) X(MD, AUX) X(NN, NOUN) X(NN, PRON) X(NN, SYM) X(NNS, NOUN) X(NNP, PROPN) \
	X(NNP, ADJ) X(NNPS, PROPN) X(PDT, DET) X(POS, PART) X(PRP, PRON) X(PRPS, PRON) X(RB, ADV) X(RB, PART) X(RBR, ADV) \
	X(RBS, ADV) X(RP, ADP) X(SYM, SYM) X(TO, PART) X(UH, INTJ) X(VB, VERB) X(VB, AUX) X(VBD, VERB) X(VBD, AUX) \
	X(VBG, VERB) X(VBG, AUX) X(VBN, VERB) X(VBN, AUX) X(VBP, VERB) X(VBP, AUX) X(VBZ, VERB) X(VBZ, AUX) X(WDT, PRON) \
	X(WDT, DET) X(WP, PRON) X(WPS, PRON) X(WRB, ADV) X(PUNCT, PUNCT) X(NNP, NOUN) X(WRB, SCONJ) X(NN, X)

enum quoth_tag_label {
#define X(tag, upos) QUOTH_LABEL_##tag##_##upos,
	QUOTH_TAG_LABELS(X)
#undef X
	QUOTH_N_TAG_LABELS
};

struct quoth_tag_pair {
	uint8_t tag, upos;
};

extern const struct quoth_tag_pair quoth_tag_pairs[QUOTH_N_TAG_LABELS];

/* The label of a pair; where the pair has none, the first with the same part of speech and else the same tag. */
uint8_t quoth_tag_label_of(uint8_t tag, uint8_t upos);

#endif
