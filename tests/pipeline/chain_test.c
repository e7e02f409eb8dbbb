#include "pipeline/chain.h"
#include "tests/suites.h"

#include <string.h>

static const char text[] = "“We will not sign,” Anna Berg said. The mayor agreed.";

static struct quoth_resources resources;
static struct quoth_arena *arena;
static struct quoth_document doc;

static void set_up(void)
{
	struct quoth_report report;

	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	ck_assert_ptr_nonnull(resources.model);
	arena = quoth_arena_new(0);
	quoth_document_begin(&doc, arena, "test", text, sizeof text - 1);
}

static void tear_down(void)
{
	quoth_arena_free(arena);
	quoth_resources_close(&resources);
}

START_TEST(every_stage_has_a_name)
{
	for (unsigned stage = 0; stage < QUOTH_N_STAGES; stage++)
		ck_assert_ptr_nonnull(quoth_stage_name(stage));
	ck_assert_ptr_null(quoth_stage_name(QUOTH_N_STAGES));
}
END_TEST

static unsigned count_parsed(void)
{
	unsigned n = 0;

	for (uint32_t s = 0; s < doc.n_sentences; s++)
		n += doc.sentences[s].is_parsed;
	return n;
}

START_TEST(sentences_are_parsed_only_where_that_is_asked_for)
{
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, (enum quoth_stage)_i, NULL), 0);
	ck_assert(doc.n_sentences > 0);
	ck_assert((count_parsed() > 0) == (_i == QUOTH_STAGE_PARSE));
}
END_TEST

START_TEST(without_parses_the_chain_attributes_and_scores)
{
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_N_STAGES, NULL), 0);
	ck_assert_uint_eq(count_parsed(), 0);
	ck_assert_uint_gt(doc.n_attributions, 0);
	ck_assert(doc.attributions[0].confidence > 0.5f);
}
END_TEST

START_TEST(stages_after_the_last_one_asked_for_do_not_run)
{
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_STAGE_QUOTATIONS, NULL), 0);
	ck_assert_uint_gt(doc.n_quotations, 0);
	ck_assert_uint_eq(doc.n_attributions, 0);
}
END_TEST

START_TEST(the_stage_that_failed_is_named)
{
	enum quoth_stage failed = QUOTH_N_STAGES;
	size_t used;

	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_STAGE_QUOTATIONS, NULL), 0);
	used = quoth_arena_used(arena);
	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, sizeof text - 1);
	quoth_arena_limit(arena, used);
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_N_STAGES, &failed), QUOTH_NO_MEMORY);
	ck_assert_uint_eq(failed, QUOTH_STAGE_ATTRIBUTE);
}
END_TEST

Suite *chain_suite(void)
{
	Suite *suite = suite_create("chain");
	TCase *tcase = tcase_create("chain");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, every_stage_has_a_name);
	tcase_add_loop_test(tcase, sentences_are_parsed_only_where_that_is_asked_for, QUOTH_STAGE_SEGMENT, QUOTH_N_STAGES + 1);
	tcase_add_test(tcase, without_parses_the_chain_attributes_and_scores);
	tcase_add_test(tcase, stages_after_the_last_one_asked_for_do_not_run);
	tcase_add_test(tcase, the_stage_that_failed_is_named);
	suite_add_tcase(suite, tcase);
	return suite;
}
