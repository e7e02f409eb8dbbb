#include "pipeline/wikidata_values.h"
#include "tests/suites.h"

#include <stdio.h>

static struct quoth_wikidata_values values;

static void tear_down(void)
{
	quoth_wikidata_values_close(&values);
}

static int name(uint32_t id, const char *label)
{
	return quoth_wikidata_values_name(&values, id, label, strlen(label));
}

START_TEST(labels_of_wanted_ids_are_kept)
{
	quoth_wikidata_values_open(&values, 1 << 20);
	ck_assert_int_eq(name(7, "too early"), 0);
	ck_assert_ptr_null(quoth_wikidata_values_label(&values, 7));
	for (int twice = 0; twice < 2; twice++)
		for (uint32_t id = 1; id <= 20000; id++)
			ck_assert_int_eq(quoth_wikidata_values_want(&values, 3 * id), 0);
	ck_assert_uint_eq(values.n, 20000);
	for (uint32_t id = 1; id <= 60000; id++) {
		char label[16];

		snprintf(label, sizeof label, "label %u", (unsigned)id);
		ck_assert_int_eq(name(id, label), 0);
	}
	ck_assert_int_eq(name(3, "another"), 0);
	ck_assert_uint_eq(values.n_left_out, 0);
	ck_assert_str_eq(quoth_wikidata_values_label(&values, 3), "label 3");
	ck_assert_str_eq(quoth_wikidata_values_label(&values, 60000), "label 60000");
	ck_assert_ptr_null(quoth_wikidata_values_label(&values, 4));
}
END_TEST

START_TEST(an_id_may_have_no_label)
{
	quoth_wikidata_values_open(&values, 1 << 20);
	ck_assert_int_eq(quoth_wikidata_values_want(&values, UINT32_MAX), 0);
	ck_assert_ptr_null(quoth_wikidata_values_label(&values, UINT32_MAX));
}
END_TEST

START_TEST(memory_has_a_limit)
{
	size_t max = 1 << 16;

	quoth_wikidata_values_open(&values, max);
	for (uint32_t id = 1; id <= 100000; id++)
		ck_assert_int_eq(quoth_wikidata_values_want(&values, id), 0);
	ck_assert_uint_eq(values.n + values.n_left_out, 100000);
	ck_assert_uint_ge(values.n, 2000);
	for (uint32_t id = 1; id <= 100000; id++)
		ck_assert_int_eq(name(id, "a label of some bytes"), 0);
	ck_assert_str_eq(quoth_wikidata_values_label(&values, 1), "a label of some bytes");
	ck_assert_uint_le(values.n_places * sizeof *values.places + values.labels.capacity, max);
}
END_TEST

Suite *wikidata_values_suite(void)
{
	Suite *suite = suite_create("wikidata_values");
	TCase *tests = tcase_create("wikidata_values");

	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, labels_of_wanted_ids_are_kept);
	tcase_add_test(tests, an_id_may_have_no_label);
	tcase_add_test(tests, memory_has_a_limit);
	suite_add_tcase(suite, tests);
	return suite;
}
