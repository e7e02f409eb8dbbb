#include "tests/stages/learned_fixture.h"

#include "pipeline/chain.h"
#include "stages/attribute.h"

#include <string.h>

struct learned learned;

void open_learned(void)
{
	struct quoth_report report;

	learned.arena = quoth_arena_new(1 << 22);
	ck_assert_ptr_nonnull(learned.arena);
	ck_assert_int_eq(quoth_resources_open(&learned.resources, NULL, &report), 0);
	ck_assert(quoth_attribution_models_find(learned.resources.model, &learned.models));
}

void close_learned(void)
{
	quoth_resources_close(&learned.resources);
	quoth_arena_free(learned.arena);
}

void read_learned(const char *text, size_t size)
{
	struct quoth_document *doc = &learned.doc;

	quoth_arena_reset(learned.arena);
	quoth_document_begin(doc, learned.arena, "test", text, (uint32_t)size);
	ck_assert_int_eq(quoth_chain_run(doc, &learned.resources, QUOTH_STAGE_QUOTATIONS, NULL), 0);
	ck_assert_int_eq(quoth_attribute_by_rules(doc, &learned.resources), 0);
	ck_assert_int_eq(quoth_syntax_build(&learned.syntax, doc, learned.resources.lexicon, &learned.models.words), 0);
}

uint32_t find_learned(const char *form)
{
	for (uint32_t i = 0; i < learned.doc.n_tokens; i++)
		if (learned.doc.tokens[i].length == strlen(form) &&
		    memcmp(quoth_token_text(&learned.doc, i), form, strlen(form)) == 0)
			return i;
	ck_abort_msg("no token %s", form);
	return 0;
}
