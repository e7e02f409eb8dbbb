#include "stages/document.h"

void quoth_document_begin(struct quoth_document *doc, struct quoth_arena *arena, const char *id, const char *input,
			  uint32_t input_size)
{
	*doc = (struct quoth_document){
		.arena = arena,
		.id = id,
		.input = input,
		.input_size = input_size,
	};
}

bool quoth_paragraph_is_headline(const struct quoth_document *doc, uint32_t paragraph)
{
	enum { LONGEST = 20 };	/* tokens */

	return doc->paragraphs[paragraph].kind == QUOTH_HEADLINE ||
	       (paragraph == 0 && doc->n_paragraphs > 1 && quoth_range_length(doc->paragraphs[0].tokens) <= LONGEST);
}

uint32_t quoth_mention_from(const struct quoth_document *doc, uint32_t token)
{
	uint32_t low = 0, high = doc->n_mentions;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (doc->mentions[middle].tokens.begin < token)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint32_t quoth_form_hash(const char *lower_cased, size_t length)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)lower_cased[i];

		if (c >= 'A' && c <= 'Z')
			c |= 0x20;
		hash = (hash ^ c) * 16777619u;
	}
	return hash;
}
