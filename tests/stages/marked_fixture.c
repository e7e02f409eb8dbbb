#include "tests/stages/marked_fixture.h"

#include "pipeline/chain.h"

#include <string.h>

enum { MAX_TEXT = 1000 };

struct marked marked;

static char plain[MAX_TEXT];
static struct quoth_span parts[QUOTH_MAX_PARTS], source, cue;
static unsigned n_parts;

void open_marked(void)
{
	struct quoth_report report;

	marked.arena = quoth_arena_new(1 << 20);
	ck_assert_ptr_nonnull(marked.arena);
	ck_assert_int_eq(quoth_resources_open(&marked.resources, NULL, &report), 0);
}

void close_marked(void)
{
	quoth_resources_close(&marked.resources);
	quoth_arena_free(marked.arena);
}

/* Takes the brackets out of a text and notes where they stood. */
static uint32_t unmark(const char *text)
{
	uint32_t n = 0;

	n_parts = 0;
	source = cue = (struct quoth_span){0, 0};
	for (; *text; text++) {
		bool is_doubled = strchr("[]", *text) && text[1] == *text;

		text += is_doubled;
		switch (is_doubled ? 0 : *text) {
		case '{': source.begin = n; break;
		case '}': source.end = n; break;
		case '<': cue.begin = n; break;
		case '>': cue.end = n; break;
		case '[': parts[n_parts].begin = n; break;
		case ']': parts[n_parts++].end = n; break;
		default:
			ck_assert_uint_lt(n, MAX_TEXT);
			plain[n++] = *text;
		}
	}
	return n;
}

/* The tokens that begin in a span; an empty range for an empty span. */
static struct quoth_range tokens_of(struct quoth_span span)
{
	struct quoth_range range = {0, 0};

	for (uint32_t i = 0; i < marked.doc.n_tokens; i++) {
		uint32_t begin = marked.doc.tokens[i].span.begin;

		if (begin < span.begin || begin >= span.end)
			continue;
		if (quoth_range_is_empty(range))
			range.begin = i;
		range.end = i + 1;
	}
	return range;
}

void read_marked(const char *text)
{
	struct quoth_document *doc = &marked.doc;
	struct quoth_attribution *attribution = &marked.attribution;
	uint32_t size = unmark(text);

	quoth_arena_reset(marked.arena);
	quoth_document_begin(doc, marked.arena, "test", plain, size);
	ck_assert_int_eq(quoth_chain_run(doc, &marked.resources, QUOTH_STAGE_QUOTATIONS, NULL), 0);
	*attribution = (struct quoth_attribution){
		.n_parts = (uint8_t)n_parts, .source = tokens_of(source), .cue = tokens_of(cue), .mention = QUOTH_NONE,
		.continues = QUOTH_NONE, .entity = 0, .kind = QUOTH_INDIRECT, .resolution = QUOTH_NAMED,
	};
	for (unsigned k = 0; k < n_parts; k++) {
		attribution->parts[k] = tokens_of(parts[k]);
		ck_assert(!quoth_range_is_empty(attribution->parts[k]));
	}
	doc->attributions = attribution;
	doc->n_attributions = 1;
	doc->entities = &marked.entity;
	doc->n_entities = 1;
}
