/* Fuzz target: any bytes as one document, through every stage. What the layers say must then lie inside the input. */
#include "pipeline/chain.h"
#include "pipeline/explain.h"
#include "stages/explanation.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void check_range(struct quoth_range range, uint32_t limit, const char *what)
{
	require(range.begin <= range.end && range.end <= limit, what);
}

/* Two offsets stand at the sides of each changed stretch; between stretches text and input are the same bytes. */
static void check_offsets(const struct quoth_document *doc)
{
	struct quoth_offset last = {0, 0};

	require(doc->n_offsets % 2 == 0, "offsets come in pairs");
	for (uint32_t i = 0; i <= doc->n_offsets; i++) {
		struct quoth_offset next = {doc->text_size, doc->input_size};

		if (i < doc->n_offsets)
			next = doc->offsets[i];
		require(last.text <= next.text && last.input <= next.input, "offsets ascend");
		if (i % 2 == 0)
			require(next.text - last.text == next.input - last.input &&
				memcmp(doc->text + last.text, doc->input + last.input, next.text - last.text) == 0,
				"what did not change is the same");
		last = next;
	}
}

static void check_tokens(const struct quoth_document *doc)
{
	uint32_t input = 0, text = 0;

	for (uint32_t i = 0; i < doc->n_tokens; i++) {
		const struct quoth_token *token = &doc->tokens[i];

		require(input <= token->span.begin && token->span.begin < token->span.end && token->span.end <= doc->input_size,
			"tokens ascend inside the input");
		require(text <= token->text && token->length > 0 && token->text + token->length <= doc->text_size,
			"tokens ascend inside the text");
		require(token->sentence < doc->n_sentences && quoth_range_holds(doc->sentences[token->sentence].tokens, i),
			"a token lies in its sentence");
		require(token->head == QUOTH_NONE || token->head < doc->n_tokens, "a head is a token");
		input = token->span.end;
		text = token->text + token->length;
	}
}

/* Sentences and paragraphs follow each other without gaps. */
static void check_segments(const struct quoth_document *doc)
{
	uint32_t token = 0, sentence = 0;

	for (uint32_t i = 0; i < doc->n_paragraphs; i++) {
		const struct quoth_paragraph *paragraph = &doc->paragraphs[i];

		require(paragraph->tokens.begin == token && paragraph->tokens.end > token, "paragraphs follow each other");
		require(paragraph->sentences.begin == sentence && paragraph->sentences.end > sentence,
			"the sentences of paragraphs follow each other");
		for (; sentence < paragraph->sentences.end; sentence++) {
			require(doc->sentences[sentence].tokens.begin == token && doc->sentences[sentence].tokens.end > token,
				"sentences follow each other");
			token = doc->sentences[sentence].tokens.end;
		}
		require(token == paragraph->tokens.end, "a paragraph ends with a sentence");
		require(paragraph->dateline_end >= paragraph->tokens.begin && paragraph->dateline_end <= token,
			"a dateline lies in its paragraph");
	}
	require(token == doc->n_tokens && sentence == doc->n_sentences, "paragraphs hold all");
}

static void check_quotations(const struct quoth_document *doc)
{
	for (uint32_t i = 0; i < doc->n_quotations; i++) {
		const struct quoth_quotation *quotation = &doc->quotations[i];

		check_range(quotation->tokens, doc->n_tokens, "quotations lie inside the document");
		require(quotation->tokens.end - quotation->tokens.begin >= 2, "a quotation holds something");
		require(i == 0 || doc->quotations[i - 1].tokens.begin <= quotation->tokens.begin, "quotations ascend");
		require(quotation->parent == QUOTH_NONE ||
			(quotation->parent < i &&
			 quoth_range_within(quotation->tokens, doc->quotations[quotation->parent].tokens)),
			"a nested quotation lies in its parent");
		require(quotation->continues == QUOTH_NONE || quotation->continues < i, "a quotation goes on from an earlier one");
	}
}

/* What stands outside brackets are the content's letters: no claim has more of them. */
static void check_claim(const struct quoth_document *doc, const struct quoth_attribution *row)
{
	uint32_t n_outside = 0, n_content = 0;
	int depth = 0;

	require(row->stance > QUOTH_NO_STANCE && row->stance < QUOTH_N_STANCES, "a source has a stance");
	if (!row->claim)
		return;
	require(row->claim_size > 0, "a claim says something");
	for (uint32_t i = 0; i < row->claim_size; i++) {
		depth += (row->claim[i] == '[') - (row->claim[i] == ']');
		require(depth >= 0 && depth <= 1, "brackets do not nest");
		n_outside += depth == 0;
	}
	require(depth == 0, "brackets close");
	for (unsigned k = 0; k < row->n_parts; k++)
		n_content += doc->tokens[row->parts[k].end - 1].text + doc->tokens[row->parts[k].end - 1].length -
			     doc->tokens[row->parts[k].begin].text;
	require(n_outside <= n_content + 64 * QUOTH_MAX_PARTS, "a claim is its content");
}

static void check_attributions(const struct quoth_document *doc)
{
	for (uint32_t i = 0; i < doc->n_mentions; i++)
		check_range(doc->mentions[i].tokens, doc->n_tokens, "mentions lie inside the document");
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		const struct quoth_attribution *row = &doc->attributions[i];

		require(row->n_parts >= 1 && row->n_parts <= QUOTH_MAX_PARTS, "an attribution has 1 to 16 parts");
		for (unsigned part = 0; part < row->n_parts; part++) {
			check_range(row->parts[part], doc->n_tokens, "contents lie inside the document");
			require(part == 0 || row->parts[part - 1].end <= row->parts[part].begin, "parts are disjoint and in order");
		}
		check_range(row->cue, doc->n_tokens, "cues lie inside the document");
		check_range(row->source, doc->n_tokens, "sources lie inside the document");
		require(row->confidence >= 0 && row->confidence <= 1, "a confidence is 0 to 1");
		check_claim(doc, row);
		require(row->entity == QUOTH_NONE || row->entity < doc->n_entities, "a speaker is an entity");
	}
}

static void check_choice(const struct quoth_document *doc, const struct quoth_choice *choice)
{
	require(choice->n <= QUOTH_MAX_ALTERNATIVES, "alternatives are few");
	for (unsigned i = 0; i < choice->n; i++) {
		require(choice->alternatives[i].is_chosen <= (i == 0), "the chosen one stands first");
		for (unsigned k = 0; k < choice->alternatives[i].n_parts; k++)
			check_range(choice->alternatives[i].parts[k], doc->n_tokens, "alternatives lie inside the document");
	}
}

static void check_explanations(const struct quoth_document *doc)
{
	struct quoth_buffer buffer = {0};

	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		check_choice(doc, &doc->explanations[i].cue);
		check_choice(doc, &doc->explanations[i].content);
		check_choice(doc, &doc->explanations[i].source);
		check_choice(doc, &doc->explanations[i].speaker);
		quoth_explain_put(&buffer, doc, i);
	}
	quoth_buffer_free(&buffer);
}

static void check_layers(const struct quoth_document *doc)
{
	check_offsets(doc);
	check_tokens(doc);
	check_segments(doc);
	check_quotations(doc);
	check_attributions(doc);
	if (doc->is_explained)
		check_explanations(doc);
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
	doc.is_explained = size & 1;
	if (quoth_chain_run(&doc, &resources, QUOTH_N_STAGES, NULL) == 0)
		check_layers(&doc);
	return 0;
}
