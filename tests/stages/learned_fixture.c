#include "tests/stages/learned_fixture.h"

#include "pipeline/chain.h"
#include "stages/attribute.h"
#include "tests/stages/text_fixture.h"

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
	ck_assert_int_eq(quoth_context_read(&learned.syntax, &learned.models.context), 0);
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

float random_weight(uint32_t *state)
{
	return ((float)next_random(state, 65) - 32) / 4;
}

void draw_window(uint32_t *state, uint32_t most, struct quoth_role_window *window, float (*scores)[QUOTH_N_ROLE_LABELS],
		 struct quoth_role_transitions *transitions)
{
	window->n_units = 1 + next_random(state, most);
	for (unsigned j = 0; j < QUOTH_N_JUNCTIONS; j++)
		for (unsigned p = 0; p <= QUOTH_N_ROLE_LABELS; p++)
			for (unsigned l = 0; l < QUOTH_N_ROLE_LABELS; l++)
				transitions->weights[j][p][l] = random_weight(state);
	for (uint32_t u = 0; u < window->n_units; u++) {
		window->units[u].junction = (uint8_t)(u ? next_random(state, QUOTH_N_JUNCTIONS) : 0);
		for (unsigned l = 0; l < QUOTH_N_ROLE_LABELS; l++)
			scores[u][l] = random_weight(state);
	}
}
