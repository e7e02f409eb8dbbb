#include "stages/tag_model.h"

#include <string.h>

bool quoth_tag_model_find(const struct quoth_model *model, struct quoth_tag_model *tag_model)
{
	return quoth_word_tables_find(model, &tag_model->words) &&
	       quoth_model_weights(model, "tag", QUOTH_N_TAG_LABELS, &tag_model->tags) &&
	       quoth_model_weights(model, "name", QUOTH_N_NAME_CLASSES, &tag_model->names);
}

/* The label of a word that has but one, plus 1; 0 where it depends on the context. */
static unsigned only_label(const struct quoth_word_view *view)
{
	return view->value >> QUOTH_WORD_LABEL_SHIFT & 63;
}

/* Writes what a word's features are before the labels are known, and asks the cache for their rows. */
static size_t look_ahead(const struct quoth_tag_model *model, const struct quoth_word_view *at, enum quoth_domain domain,
			 uint32_t *features)
{
	size_t n = quoth_tag_word_features(at, domain, features);

	quoth_weights_prefetch(&model->tags, features, n);
	return n;
}

/* The rows of a word are asked of the cache while the word before is being summed. */
void quoth_tag_words(const struct quoth_tag_model *model, struct quoth_word_view *views, uint32_t n,
		     enum quoth_domain domain)
{
	struct quoth_word_view *at = views + QUOTH_STRETCH_PADDING, *end = at + n;
	uint32_t features[2][QUOTH_N_TAG_FEATURES];
	size_t n_ahead[2] = {n && !only_label(at) ? look_ahead(model, at, domain, features[0]) : 0, 0};
	int32_t scores[64];

	for (unsigned now = 0; at < end; at++, now ^= 1) {
		if (at + 1 < end && !only_label(at + 1))
			n_ahead[!now] = look_ahead(model, at + 1, domain, features[!now]);
		if (only_label(at)) {
			at->label = (uint8_t)(only_label(at) - 1);
		} else {
			size_t n_now = n_ahead[now];

			n_now += quoth_tag_history_features(at, domain, features[now] + n_now);
			quoth_weights_score(&model->tags, features[now], n_now, scores);
			at->label = (uint8_t)quoth_best_label(scores, QUOTH_N_TAG_LABELS);
		}
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
