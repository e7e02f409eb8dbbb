#include "pipeline/gazetteer_row.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>

static struct quoth_gazetteer_draft draft;
static struct quoth_wikidata_item item;
static struct quoth_wikidata_values values;
static struct quoth_buffer finished;
static struct quoth_report report;

static const char *const codes[] = {"en"};
static const struct quoth_wikidata_languages english = {.codes = codes, .n = 1};

static void set_up(void)
{
	quoth_wikidata_values_open(&values, 1 << 20);
}

static void tear_down(void)
{
	quoth_gazetteer_draft_free(&draft);
	quoth_wikidata_item_free(&item);
	quoth_wikidata_values_close(&values);
	quoth_buffer_free(&finished);
}

static int draw_up(const char *line)
{
	ck_assert_int_eq(quoth_wikidata_item_read(&item, line, strlen(line), &report), 1);
	return quoth_gazetteer_draw_up(&draft, &item, QUOTH_WIKIDATA_PERSON, &english, &values, &report);
}

#define LABEL "{\"type\":\"item\",\"id\":\"Q42\",\"labels\":{\"en\":{\"value\":\"A\\tB\"}}"

START_TEST(names_are_given_once)
{
	ck_assert_int_eq(draw_up(LABEL ",\"aliases\":{\"en\":[{\"value\":\"A B\"},{\"value\":\" \"},{\"value\":\"C|D\"},{\"value\":\"\\\\E\"},"
				 "{\"value\":\"C|D\"},{\"value\":\"A  B\"}]},\"descriptions\":{\"en\":{\"value\":\"x\\ny\"}}}"), 1);
	quoth_buffer_put_byte(&draft.line, '\0');
	ck_assert_str_eq(draft.line.bytes, "Q42\tperson\tA B\tC/D|\\\\E\tx y\t\n");
}
END_TEST

START_TEST(an_item_without_a_name_has_no_row)
{
	ck_assert_int_eq(draw_up("{\"type\":\"item\",\"id\":\"Q1\",\"labels\":{\"de\":{\"value\":\"A\"}}}"), 0);
	ck_assert_int_eq(draw_up("{\"type\":\"item\",\"id\":\"Q1\",\"labels\":{\"en\":{\"value\":\" \\t\"}}}"), 0);
}
END_TEST

/* A million names take linear time, and the next row starts anew. */
START_TEST(rows_have_a_limit)
{
	struct quoth_buffer line = {0};
	char alias[64];

	quoth_buffer_put_string(&line, LABEL ",\"aliases\":{\"en\":[{\"value\":\"x\"}");
	for (int i = 0; i < 1000000; i++) {
		snprintf(alias, sizeof alias, ",{\"value\":\"%d\"}", i);
		quoth_buffer_put_string(&line, alias);
	}
	quoth_buffer_put(&line, "]}}", 4);
	ck_assert_int_eq(draw_up(line.bytes), QUOTH_BAD_INPUT);
	ck_assert_msg(strstr(report.what, "more than 65536 bytes") != NULL, "%s", report.what);
	ck_assert_int_eq(draw_up(LABEL ",\"aliases\":{\"en\":[{\"value\":\"7\"}]}}"), 1);
	quoth_buffer_put_byte(&draft.line, '\0');
	ck_assert_str_eq(draft.line.bytes, "Q42\tperson\tA B\t7\t\t\n");
	quoth_buffer_free(&line);
}
END_TEST

static void add_claim(uint32_t value, uint8_t property, bool is_preferred, bool has_ended)
{
	item.statements[item.n_statements++] = (struct quoth_wikidata_statement){
		.value = value, .property = property, .is_preferred = is_preferred, .has_ended = has_ended,
	};
}

/* Reads a label alone and hands it statements made by hand. */
static void expect_values(const char *expected)
{
	size_t n = item.n_statements;

	ck_assert_int_eq(draw_up(LABEL "}"), 1);
	item.n_statements = n;
	ck_assert_int_eq(quoth_gazetteer_draw_up(&draft, &item, QUOTH_WIKIDATA_PERSON, &english, &values, &report), 1);
	quoth_buffer_put_byte(&draft.line, '\0');
	ck_assert_str_eq(strrchr(draft.line.bytes, '\t') + 1, expected);
}

static void make_room(void)
{
	item.capacity = 64;
	item.statements = calloc(item.capacity, sizeof *item.statements);
	ck_assert_ptr_nonnull(item.statements);
}

START_TEST(what_holds_now_comes_first)
{
	make_room();
	add_claim(1, QUOTH_WIKIDATA_OFFICE, false, true);
	add_claim(2, QUOTH_WIKIDATA_OFFICE, false, false);
	add_claim(3, QUOTH_WIKIDATA_OFFICE, true, false);
	add_claim(2, QUOTH_WIKIDATA_OFFICE, false, true);
	add_claim(4, QUOTH_WIKIDATA_OFFICE, true, true);
	add_claim(5, QUOTH_WIKIDATA_OCCUPATION, false, false);
	add_claim(6, QUOTH_WIKIDATA_INSTANCE_OF, false, false);
	expect_values("o3 o2 f4 f1 w5\n");
	ck_assert_uint_eq(values.n, 5);
}
END_TEST

START_TEST(the_best_countries_are_taken)
{
	make_room();
	add_claim(1, QUOTH_WIKIDATA_COUNTRY, false, true);
	expect_values("c1\n");
	add_claim(2, QUOTH_WIKIDATA_COUNTRY, false, false);
	add_claim(3, QUOTH_WIKIDATA_COUNTRY, false, false);
	expect_values("c2 c3\n");
	add_claim(4, QUOTH_WIKIDATA_COUNTRY, true, false);
	expect_values("c4\n");
}
END_TEST

START_TEST(values_have_limits)
{
	make_room();
	for (uint32_t i = 1; i <= 20; i++) {
		add_claim(i, QUOTH_WIKIDATA_OFFICE, false, false);
		add_claim(100 + i, QUOTH_WIKIDATA_OCCUPATION, false, false);
		add_claim(200 + i, QUOTH_WIKIDATA_COUNTRY, false, false);
	}
	expect_values("o1 o2 o3 o4 o5 o6 o7 o8 o9 o10 o11 o12 w101 w102 w103 w104 w105 w106 c201 c202 c203 c204\n");
}
END_TEST

static const struct {
	const char *draft, *row;
} rows[] = {
	{"Q9\tperson\tA\tB|C\td\to1 f2 w3 c4 c1", "Q9\tperson\tA\tB|C\tone; former two; three; d\tfour|one\n"},
	{"Q9\tperson\tA\t\t\to1", "Q9\tperson\tA\t\tone\t\n"}, {"Q9\tperson\tA\t\td\t", "Q9\tperson\tA\t\td\t\n"},
	{"Q9\tperson\tA\t\td\to8 f7 w3 c9", "Q9\tperson\tA\t\tthree; d\t\n"}, {"Q9\tperson\tA\t\t\tc9 c1", "Q9\tperson\tA\t\t\tone\n"},
};

START_TEST(ids_become_words)
{
	static const char *const words[] = {"one", "two", "three", "four"};
	char line[64];

	for (uint32_t i = 0; i < 4; i++) {
		quoth_wikidata_values_want(&values, i + 1);
		quoth_wikidata_values_name(&values, i + 1, words[i], strlen(words[i]));
	}
	strcpy(line, rows[_i].draft);
	quoth_gazetteer_finish(line, strlen(line), &values, &finished);
	quoth_buffer_put_byte(&finished, '\0');
	ck_assert_str_eq(finished.bytes, rows[_i].row);
}
END_TEST

Suite *gazetteer_row_suite(void)
{
	Suite *suite = suite_create("gazetteer_row");
	TCase *tests = tcase_create("gazetteer_row");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, names_are_given_once);
	tcase_add_test(tests, an_item_without_a_name_has_no_row);
	tcase_add_test(tests, rows_have_a_limit);
	tcase_add_test(tests, what_holds_now_comes_first);
	tcase_add_test(tests, the_best_countries_are_taken);
	tcase_add_test(tests, values_have_limits);
	tcase_add_loop_test(tests, ids_become_words, 0, (int)(sizeof rows / sizeof *rows));
	suite_add_tcase(suite, tests);
	return suite;
}
