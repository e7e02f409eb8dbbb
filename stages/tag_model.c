#include "stages/tag_model.h"

#include <string.h>

bool quoth_tag_model_find(const struct quoth_model *model, struct quoth_tag_model *tag_model)
{
	return quoth_word_tables_find(model, &tag_model->words) &&
	       quoth_model_weights(model, "tag", QUOTH_N_TAG_LABELS, &tag_model->tags) &&
	       quoth_model_weights(model, "name", QUOTH_N_NAME_CLASSES, &tag_model->names);
}

void quoth_tag_words(const struct quoth_tag_model *model, struct quoth_word_view *views, uint32_t n,
		     enum quoth_domain domain)
{
	uint32_t features[QUOTH_N_TAG_FEATURES];
	int32_t scores[64];

	for (uint32_t i = 0; i < n; i++) {
		struct quoth_word_view *at = views + QUOTH_STRETCH_PADDING + i;
		uint32_t fixed = at->value >> QUOTH_WORD_LABEL_SHIFT & 63;

		if (fixed) {
			at->label = (uint8_t)(fixed - 1);
			continue;
		}
		quoth_weights_score(&model->tags, features, quoth_tag_features(at, domain, features), scores);
		at->label = (uint8_t)quoth_best_label(scores, QUOTH_N_TAG_LABELS);
	}
}

static void name_words(const struct quoth_tag_model *model, struct quoth_word_view *views, const struct quoth_token *tokens,
		       uint32_t n, struct quoth_name_memory *memory)
{
	uint32_t features[QUOTH_N_NAME_FEATURES];
	int32_t scores[8];

	for (uint32_t i = 0; i < n; i++) {
		struct quoth_word_view *at = views + QUOTH_STRETCH_PADDING + i;

		if (!quoth_name_is_possible(at))
			continue;
		quoth_weights_score(&model->names, features, quoth_name_features(at, tokens[i].form, memory, features), scores);
		at->name = (uint8_t)quoth_best_label(scores, QUOTH_N_NAME_CLASSES);
		quoth_name_remember(memory, tokens[i].form, at->name);
	}
}

void quoth_tag_document(const struct quoth_tag_model *model, struct quoth_document *doc, enum quoth_domain domain)
{
	struct quoth_word_view views[QUOTH_MAX_STRETCH + 2 * QUOTH_STRETCH_PADDING];
	struct quoth_name_memory memory;

	memset(&memory, 0, sizeof memory);
	for (uint32_t s = 0; s < doc->n_sentences; s++) {
		struct quoth_range tokens = doc->sentences[s].tokens;

		for (uint32_t first = tokens.begin; first < tokens.end; first += QUOTH_MAX_STRETCH) {
			uint32_t n = tokens.end - first < QUOTH_MAX_STRETCH ? tokens.end - first : QUOTH_MAX_STRETCH;

			quoth_word_views(&model->words, doc, first, n, views);
			quoth_tag_words(model, views, n, domain);
			name_words(model, views, doc->tokens + first, n, &memory);
			for (uint32_t i = 0; i < n; i++) {
				const struct quoth_word_view *at = views + QUOTH_STRETCH_PADDING + i;

				doc->tokens[first + i].tag = quoth_tag_pairs[at->label].tag;
				doc->tokens[first + i].upos = quoth_tag_pairs[at->label].upos;
				doc->tokens[first + i].name = at->name;
			}
		}
	}
}
