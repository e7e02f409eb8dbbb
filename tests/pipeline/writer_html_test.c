#include "config.h"

#include "pipeline/writer_html.h"
#include "tests/suites.h"

#include <stdio.h>

#define ROWS "<script type=\"application/x-ndjson\" class=\"rows\">\n"
#define TEXT "<script type=\"application/json\" class=\"text\">"
#define END "</script>\n"

static struct quoth_html_rows rows;
static struct quoth_buffer into;

static void tear_down(void)
{
	quoth_html_rows_end(&rows, &into);
	quoth_buffer_free(&into);
}

static void add(const char *line)
{
	quoth_html_rows_add(&rows, line, strlen(line), &into);
}

static void expect(const char *expected)
{
	quoth_html_rows_end(&rows, &into);
	quoth_buffer_put_byte(&into, '\0');
	ck_assert(!into.has_failed);
	ck_assert_str_eq(into.bytes, expected);
	into.size = 0;
}

static const struct {
	const char *row, *without, *text;
} cases[] = {
	{"{\"quote\":\"a\",\"text\":\"b\"}", "{\"quote\":\"a\"}", "\"b\""},
	{"{\"text\":\"b\",\"quote\":\"a\"}", "{\"quote\":\"a\"}", "\"b\""},
	{"{\"quote\":\"a\",\"text\":\"b\",\"id\":1}", "{\"quote\":\"a\",\"id\":1}", "\"b\""},
	{"{ \"quote\" : \"a\" , \"text\" : \"b\" , \"id\" : 1 }", "{ \"quote\" : \"a\"  , \"id\" : 1 }", "\"b\""},
	{"{\"text\":\"\"}", "{}", "\"\""},
	{"{\"text\":\"a \\\"b\\\" } , \\\\\",\"id\":1}", "{\"id\":1}", "\"a \\\"b\\\" } , \\\\\""},
	{"{\"a\":{\"text\":\"x\"},\"b\":[\"text\",\"y\"],\"text\":\"b\"}", "{\"a\":{\"text\":\"x\"},\"b\":[\"text\",\"y\"]}", "\"b\""},
	{"{\"quote\":\"\\\"text\\\":\\\"x\\\"\",\"text\":\"b\"}", "{\"quote\":\"\\\"text\\\":\\\"x\\\"\"}", "\"b\""},
	{"{\"quote\":\"text\",\"id\":\"text\"}", "{\"quote\":\"text\",\"id\":\"text\"}", NULL},
	{"{\"text\":null}", "{\"text\":null}", NULL},
	{"{\"text\":\"cut", "{\"text\":\"cut", NULL},
	{"{\"text\"", "{\"text\"", NULL},
	{"{\"a\":\"cut\\", "{\"a\":\"cut\\", NULL},
	{"", "", NULL},
};

START_TEST(a_row_gives_its_text_away)
{
	char expected[512];

	add(cases[_i].row);
	snprintf(expected, sizeof expected, ROWS "%s\n" END "%s%s%s", cases[_i].without, cases[_i].text ? TEXT "{\"text\":" : "",
		 cases[_i].text ? cases[_i].text : "", cases[_i].text ? "}" END : "");
	expect(expected);
}
END_TEST

START_TEST(rows_of_one_text_stand_together)
{
	add("{\"id\":1,\"text\":\"a\"}\n");
	add("{\"id\":2,\"text\":\"a\"}\n");
	add("{\"id\":3,\"text\":\"b\"}\n");
	add("{\"id\":4}\n");
	add("{\"id\":5}\n");
	add("{\"id\":6,\"text\":\"a\"}\n");
	expect(ROWS "{\"id\":1}\n{\"id\":2}\n" END TEXT "{\"text\":\"a\"}" END ROWS "{\"id\":3}\n" END TEXT "{\"text\":\"b\"}" END ROWS
	       "{\"id\":4}\n{\"id\":5}\n" END ROWS "{\"id\":6}\n" END TEXT "{\"text\":\"a\"}" END);
}
END_TEST

START_TEST(no_row_ends_its_element)
{
	add("{\"a\":\"</script><!--\",\"text\":\"<<script>\"}\n");
	expect(ROWS "{\"a\":\"\\u003c/script>\\u003c!--\"}\n" END TEXT "{\"text\":\"\\u003c\\u003cscript>\"}" END);
}
END_TEST

START_TEST(rows_without_text_stand_in_many_elements)
{
	unsigned n = 0;

	for (unsigned i = 0; i < 10000; i++)
		add("{\"quote\":\"The bridge is closed\"}\n");
	quoth_html_rows_end(&rows, &into);
	quoth_buffer_put_byte(&into, '\0');
	for (const char *at = into.bytes; (at = strstr(at, ROWS)); at++)
		n++;
	ck_assert_uint_ge(n, 4);
	ck_assert_uint_le(n, 6);
}
END_TEST

START_TEST(nothing_gives_nothing)
{
	expect("");
}
END_TEST

Suite *writer_html_suite(void)
{
	Suite *suite = suite_create("writer_html");
	TCase *tests = tcase_create("writer_html");

	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_loop_test(tests, a_row_gives_its_text_away, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tests, rows_of_one_text_stand_together);
	tcase_add_test(tests, no_row_ends_its_element);
	tcase_add_test(tests, rows_without_text_stand_in_many_elements);
	tcase_add_test(tests, nothing_gives_nothing);
	suite_add_tcase(suite, tests);
	return suite;
}
