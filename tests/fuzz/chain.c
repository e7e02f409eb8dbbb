/* Fuzz target: any bytes as one document, through every stage. What the layers say must then lie inside the input. */
#include "pipeline/chain.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "broken promise: %s\n", what);
	abort();
}

static void check_range(struct quoth_range range, uint32_t limit, const char *what)
{
	require(range.begin <= range.end && range.end <= limit, what);
}

/* In order of their opening marks; each inside its parent, and behind the one before where that is no ancestor. */
static void check_quotation(const struct quoth_document *doc, uint32_t i)
{
	const struct quoth_quotation *quotation = &doc->quotations[i], *before = quotation - 1;

	check_range(quotation->tokens, doc->n_tokens, "quotations lie inside the document");
	if (quotation->parent != QUOTH_NONE) {
		const struct quoth_quotation *parent = &doc->quotations[quotation->parent];

		require(quotation->parent < i, "a parent opens first");
		require(parent->tokens.begin < quotation->tokens.begin && quotation->tokens.end <= parent->tokens.end,
			"a quotation lies inside its parent");
	}
	if (i == 0)
		return;
	require(before->tokens.begin < quotation->tokens.begin, "quotations are in order of their opening marks");
	require(before->tokens.end <= quotation->tokens.begin || quotation->parent == i - 1,
		"quotations are nested or apart");
}

static void check_layers(const struct quoth_document *doc)
{
	uint32_t last = 0;

	for (uint32_t i = 0; i < doc->n_tokens; i++) {
		struct quoth_span span = doc->tokens[i].span;

		require(last <= span.begin && span.begin <= span.end && span.end <= doc->input_size,
			"tokens ascend inside the input");
		require(doc->tokens[i].text + doc->tokens[i].length <= doc->text_size, "tokens lie inside the text");
		last = span.begin;
	}
	for (uint32_t i = 0; i < doc->n_mentions; i++)
		check_range(doc->mentions[i].tokens, doc->n_tokens, "mentions lie inside the document");
	for (uint32_t i = 0; i < doc->n_quotations; i++)
		check_quotation(doc, i);
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		const struct quoth_attribution *row = &doc->attributions[i];

		require(row->n_parts >= 1 && row->n_parts <= QUOTH_MAX_PARTS, "an attribution has 1 to 16 parts");
		for (unsigned part = 0; part < row->n_parts; part++)
			check_range(row->parts[part], doc->n_tokens, "contents lie inside the document");
		check_range(row->cue, doc->n_tokens, "cues lie inside the document");
		check_range(row->source, doc->n_tokens, "sources lie inside the document");
		require(row->confidence >= 0 && row->confidence <= 1, "a confidence is 0 to 1");
		require(row->entity == QUOTH_NONE || row->entity < doc->n_entities, "a speaker is an entity");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct quoth_resources resources;
	static struct quoth_arena *arena;
	struct quoth_document doc;
	struct quoth_report report;

	if (!arena) {
		require(quoth_resources_open(&resources, NULL, &report) == 0, "the resources open");
		arena = quoth_arena_new(1 << 20);
		require(arena, "there is memory");
	}
	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "fuzz", (const char *)bytes, (uint32_t)size);
	if (quoth_chain_run(&doc, &resources, QUOTH_N_STAGES, NULL) == 0)
		check_layers(&doc);
	return 0;
}
