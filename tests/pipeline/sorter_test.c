#include "pipeline/group_sets.h"
#include "pipeline/pile.h"
#include "pipeline/sorter.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct quoth_report report;

/* A record of some bytes that depend on i, of lengths 0 to 39; some are the same. */
static size_t make_record(uint32_t i, char *record)
{
	uint64_t x = (i / 3 + 1) * UINT64_C(0x9e3779b97f4a7c15);
	size_t size = x >> 40 & 31;

	for (size_t k = 0; k < size; k++)
		record[k] = (char)(k < 6 ? x >> 60 : x >> k % 8 * 8);
	return size;
}

static int compare(const unsigned char *a, size_t size_a, const unsigned char *b, size_t size_b)
{
	int order = memcmp(a, b, size_a < size_b ? size_a : size_b);

	return order ? order : (size_a > size_b) - (size_a < size_b);
}

/* Sorts n records with so much memory: they come in order, as many, and the same by a sum over all. */
static void check_sorting(uint32_t n, size_t memory)
{
	struct quoth_sorter *sorter = quoth_sorter_open(".", memory);
	const unsigned char *record;
	unsigned char last[64];
	char made[64];
	size_t size, last_size = 0;
	uint64_t sum = 0, sum_sorted = 0;
	uint32_t count = 0;

	ck_assert_ptr_nonnull(sorter);
	for (uint32_t i = 0; i < n; i++) {
		size = make_record(i, made);
		for (size_t k = 0; k < size; k++)
			sum += (unsigned char)made[k] * (k + 1);
		assert_each(!quoth_sorter_put(sorter, made, size, &report));
	}
	ck_assert_int_eq(quoth_sorter_sort(sorter, &report), 0);
	for (; quoth_sorter_next(sorter, &record, &size, &report) == 1; count++) {
		assert_each(!count || compare(last, last_size, record, size) <= 0);
		memcpy(last, record, size);
		last_size = size;
		for (size_t k = 0; k < size; k++)
			sum_sorted += record[k] * (k + 1);
	}
	ck_assert_uint_eq(count, n);
	ck_assert_uint_eq(sum, sum_sorted);
	quoth_sorter_close(sorter);
}

START_TEST(records_come_in_the_order_of_their_bytes)
{
	check_sorting(0, 1 << 20);
	check_sorting(1, 1 << 20);
	check_sorting(5000, 1 << 20);
}
END_TEST

/* The least memory makes runs of 128 KiB, merged four at a time: more than two levels. */
START_TEST(runs_on_disk_are_merged)
{
	check_sorting(200000, 0);
}
END_TEST

START_TEST(a_sorter_may_be_left_early)
{
	struct quoth_sorter *sorter = quoth_sorter_open(".", 0);
	char record[64] = "";

	for (uint32_t i = 0; i < 20000; i++)
		assert_each(!quoth_sorter_put(sorter, record, sizeof record, &report));
	quoth_sorter_close(sorter);
	quoth_sorter_close(NULL);
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_told)
{
	struct quoth_sorter *sorter = quoth_sorter_open("./no/such/folder", 0);
	char record[64] = "";
	int error = 0;

	for (uint32_t i = 0; !error && i < 20000; i++)
		error = quoth_sorter_put(sorter, record, sizeof record, &report);
	ck_assert_int_eq(error, QUOTH_IO);
	ck_assert_str_eq(report.where, "./no/such/folder");
	quoth_sorter_close(sorter);
}
END_TEST

START_TEST(a_pile_gives_back_what_was_put)
{
	struct quoth_pile pile;
	struct quoth_pile_reader reader = {0};
	const unsigned char *record;
	char made[64];
	size_t size;
	uint32_t n = 0;

	ck_assert_int_eq(quoth_pile_open(&pile, ".", &report), 0);
	for (uint32_t i = 0; i < 50000; i++)
		assert_each(!quoth_pile_put(&pile, made, make_record(i, made), &report));
	ck_assert_int_eq(quoth_pile_flush(&pile, &report), 0);
	quoth_pile_read(&reader, &pile, 0, quoth_pile_place(&pile), 16);	/* pieces shorter than a record */
	for (; quoth_pile_next(&reader, &record, &size, &report) == 1; n++)
		assert_each(make_record(n, made) == size && !memcmp(made, record, size));
	ck_assert_uint_eq(n, 50000);
	quoth_pile_reader_close(&reader);
	quoth_pile_close(&pile);
}
END_TEST

START_TEST(sets_are_named_by_their_least_member)
{
	struct quoth_sets sets = {0};

	for (unsigned i = 0; i < 5000; i++)
		assert_each(quoth_sets_add(&sets));
	for (unsigned i = 4999; i >= 7; i--)
		quoth_sets_join(&sets, i, i - 7);
	for (unsigned i = 0; i < 5000; i++)
		assert_each(quoth_sets_find(&sets, i) == i % 7);
	quoth_sets_free(&sets);
	ck_assert(quoth_sets_add(&sets) && quoth_sets_add(&sets) && quoth_sets_add(&sets));
	quoth_sets_join(&sets, 2, 0);
	ck_assert(!quoth_sets_is_alone(&sets, 0) && quoth_sets_is_alone(&sets, 1) && !quoth_sets_is_alone(&sets, 2));
	quoth_sets_free(&sets);
}
END_TEST

Suite *sorter_suite(void)
{
	Suite *suite = suite_create("sorter");
	TCase *tests = tcase_create("sorter");

	tcase_add_test(tests, records_come_in_the_order_of_their_bytes);
	tcase_add_test(tests, runs_on_disk_are_merged);
	tcase_add_test(tests, a_sorter_may_be_left_early);
	tcase_add_test(tests, a_folder_that_is_not_there_is_told);
	tcase_add_test(tests, a_pile_gives_back_what_was_put);
	tcase_add_test(tests, sets_are_named_by_their_least_member);
	suite_add_tcase(suite, tests);
	return suite;
}
