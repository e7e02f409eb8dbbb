#include "pipeline/wikidata_classes.h"
#include "stages/embedded.h"
#include "tests/suites.h"

#include <string.h>

static struct quoth_wikidata_classes classes;
static struct quoth_report report;

static void tear_down(void)
{
	quoth_wikidata_classes_close(&classes);
}

static int read_list(const char *bytes)
{
	return quoth_wikidata_classes_read(&classes, "list.tsv", bytes, strlen(bytes), &report);
}

START_TEST(classes_have_kinds)
{
	ck_assert_int_eq(read_list("# a comment\nclass\tkind\tlabel\nQ7278\torganization\tpolitical party\n\nQ5\tperson\r\nQ11424\tnone\tfilm"), 0);
	ck_assert_uint_eq(classes.n, 3);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, 5), QUOTH_WIKIDATA_PERSON);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, 7278), QUOTH_WIKIDATA_ORGANIZATION);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, 11424), QUOTH_WIKIDATA_NONE);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, 6), QUOTH_WIKIDATA_OTHER);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, UINT32_MAX), QUOTH_WIKIDATA_OTHER);
}
END_TEST

static const struct {
	const char *bytes, *where, *what;
} bad[] = {
	{"", "list.tsv", "names no class"}, {"class\tkind\tlabel\n", "list.tsv", "names no class"},
	{"Q5\tperson\n", "list.tsv:1", "the header line"}, {"#\nclass\tkind\nQ5\n", "list.tsv:3", "two fields"},
	{"class\tkind\nP31\tperson\n", "list.tsv:2", "no item's id"}, {"class\tkind\nQ5\tplant\n", "list.tsv:2", "the kind is none of"},
	{"class\tkind\nQ5\tother\n", "list.tsv:2", "the kind is none of"},
	{"class\tkind\nQ5\tperson\nQ6\tnone\nQ5\tnone\n", "list.tsv", "Q5 is named twice"},
};

START_TEST(bad_lists_are_told_with_their_line)
{
	ck_assert_int_eq(read_list(bad[_i].bytes), QUOTH_BAD_INPUT);
	ck_assert_str_eq(report.where, bad[_i].where);
	ck_assert_msg(strstr(report.what, bad[_i].what) != NULL, "%s", report.what);
}
END_TEST

START_TEST(the_list_that_is_built_in_can_be_read)
{
	const struct quoth_embedded_file *file = quoth_embedded_find("wikidata/classes.tsv");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(quoth_wikidata_classes_read(&classes, file->name, (const char *)file->bytes, (size_t)(file->end - file->bytes),
						     &report), 0);
	ck_assert_uint_ge(classes.n, 300);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, 5), QUOTH_WIKIDATA_PERSON);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, 43229), QUOTH_WIKIDATA_ORGANIZATION);
	ck_assert_int_eq(quoth_wikidata_classes_kind(&classes, 13442814), QUOTH_WIKIDATA_NONE);
}
END_TEST

static const struct {
	const char *id;
	uint32_t number;
} ids[] = {
	{"Q1", 1}, {"Q4294967295", UINT32_MAX}, {"Q4294967296", 0}, {"Q99999999999999999999999", 0}, {"Q", 0}, {"", 0}, {"q1", 0}, {"Q01", 0},
	{"Q1a", 0}, {"P1", 0}, {"Q-1", 0},
};

START_TEST(ids_are_numbers)
{
	ck_assert_uint_eq(quoth_wikidata_number(ids[_i].id, strlen(ids[_i].id)), ids[_i].number);
}
END_TEST

#define N(table) (int)(sizeof table / sizeof *table)

Suite *wikidata_classes_suite(void)
{
	Suite *suite = suite_create("wikidata_classes");
	TCase *tests = tcase_create("wikidata_classes");

	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, classes_have_kinds);
	tcase_add_loop_test(tests, bad_lists_are_told_with_their_line, 0, N(bad));
	tcase_add_test(tests, the_list_that_is_built_in_can_be_read);
	tcase_add_loop_test(tests, ids_are_numbers, 0, N(ids));
	suite_add_tcase(suite, tests);
	return suite;
}
