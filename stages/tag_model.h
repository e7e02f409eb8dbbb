/* tag_model: the learned tagger and name tagger, for the tag stage and for the trainer's measurements. */
#ifndef QUOTH_TAG_MODEL_H
#define QUOTH_TAG_MODEL_H

#include "stages/document.h"
#include "stages/model.h"
#include "stages/tag_features.h"

/* The tables that the tagger reads; views into a model. */
struct quoth_tag_model {
	struct quoth_word_tables words;
	struct quoth_weights tags, names;
};

/* false if the model lacks one of them. */
bool quoth_tag_model_find(const struct quoth_model *model, struct quoth_tag_model *tag_model);

/* Labels for the n words whose views start at views[QUOTH_STRETCH_PADDING], left to right. */
void quoth_tag_words(const struct quoth_tag_model *model, struct quoth_word_view *views, uint32_t n,
		     enum quoth_domain domain);

/* Writes tag, upos and name of all tokens. */
void quoth_tag_document(const struct quoth_tag_model *model, struct quoth_document *doc, enum quoth_domain domain);

#endif
