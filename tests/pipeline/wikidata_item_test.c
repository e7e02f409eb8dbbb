#include "pipeline/wikidata_item.h"
#include "tests/suites.h"

static struct quoth_wikidata_item item;
static struct quoth_report report;
static struct quoth_buffer text;

static const char *const codes[] = {"en", "mul"};
static const struct quoth_wikidata_languages english = {.codes = codes, .n = 2};

static void tear_down(void)
{
	quoth_wikidata_item_free(&item);
	quoth_buffer_free(&text);
}

static int read_line(const char *line)
{
	return quoth_wikidata_item_read(&item, line, strlen(line), &report);
}

/* Marks in the tests are single ones. */
static int read_quoted(const char *line)
{
	quoth_buffer_clear(&text, 0);
	for (; *line; line++)
		quoth_buffer_put_byte(&text, *line == '\'' ? '"' : *line);
	quoth_buffer_put_byte(&text, '\0');
	return quoth_wikidata_item_read(&item, text.bytes, text.size - 1, &report);
}

#define CLAIM(property, id, more) "'" property "':[{'mainsnak':{'snaktype':'value','property':'" property "','datavalue':" \
	"{'value':{'entity-type':'item','numeric-id':1,'id':'" id "'},'type':'wikibase-entityid'}}," more "'type':'statement'}]"

START_TEST(statements_are_taken)
{
	ck_assert_int_eq(read_quoted("{'type':'item','id':'Q42','claims':{" CLAIM("P31", "Q5", "'rank':'preferred',") ","
				     CLAIM("P39", "Q7", "'rank':'normal','qualifiers':{'P580':[{'snaktype':'value'}]},") ","
				     CLAIM("P106", "Q8", "'rank':'deprecated',") "," CLAIM("P27", "Q9", "'rank':'normal','qualifiers':[],") ","
				     CLAIM("P17", "P12", "'rank':'normal',") "," CLAIM("P999", "Q10", "'rank':'normal',") "},"
				     "'sitelinks':{'enwiki':{},'dewiki':{}}},"), 1);
	ck_assert_uint_eq(item.id, 42);
	ck_assert_uint_eq(item.n_sitelinks, 2);
	ck_assert_uint_eq(item.n_statements, 3);
	ck_assert_uint_eq(item.statements[0].value, 5);
	ck_assert_uint_eq(item.statements[0].property, QUOTH_WIKIDATA_INSTANCE_OF);
	ck_assert(item.statements[0].is_preferred);
	ck_assert_uint_eq(item.statements[1].property, QUOTH_WIKIDATA_OFFICE);
	ck_assert(!item.statements[1].is_preferred && !item.statements[1].has_ended);
	ck_assert_uint_eq(item.statements[2].property, QUOTH_WIKIDATA_COUNTRY);
	ck_assert_uint_eq(item.statements[2].value, 9);
}
END_TEST

static const struct {
	const char *snaks;
	bool has_ended;
} ends[] = {
	{"{'snaktype':'value','datavalue':{'value':{'time':'+2001-00-00T00:00:00Z'},'type':'time'}}", true}, {"{'snaktype':'somevalue'}", true},
	{"{'snaktype':'novalue'}", false}, {"", false}, {"{'snaktype':'novalue'},{'snaktype':'value'}", true},
};

START_TEST(an_end_time_ends_an_office)
{
	char line[1024] = "{'type':'item','id':'Q1','claims':{'P39':[{'qualifiers':{'P582':[";

	strcat(strcat(line, ends[_i].snaks), "]},'mainsnak':{'datavalue':{'value':{'id':'Q2'}}},'rank':'normal'}]}}");
	ck_assert_int_eq(read_quoted(line), 1);
	ck_assert_uint_eq(item.n_statements, 1);
	ck_assert_int_eq(item.statements[0].has_ended, ends[_i].has_ended);
}
END_TEST

START_TEST(snaks_without_a_value_are_left_out)
{
	ck_assert_int_eq(read_quoted("{'id':'Q1','type':'item','claims':{'P31':[{'mainsnak':{'snaktype':'somevalue'},'rank':'normal'},"
				     "{'mainsnak':{'snaktype':'novalue'},'rank':'normal'}]}}"), 1);
	ck_assert_uint_eq(item.n_statements, 0);
}
END_TEST

START_TEST(empty_maps_may_be_arrays)
{
	ck_assert_int_eq(read_quoted("{'type':'item','id':'Q1','labels':[],'descriptions':[],'aliases':[],'claims':[],'sitelinks':[]}"), 1);
	ck_assert_int_eq(quoth_wikidata_item_label(&item, &english, &text, &report), 0);
	ck_assert_int_eq(quoth_wikidata_item_description(&item, &english, &text, &report), 0);
}
END_TEST

START_TEST(other_entities_are_passed_over)
{
	ck_assert_int_eq(read_quoted("{'type':'property','id':'P31','claims':7}"), 0);
	ck_assert_int_eq(read_quoted("{'type':'lexeme','id':'L1','labels':false}"), 0);
}
END_TEST

static const struct {
	const char *line, *what;
} bad[] = {
	{"", "broken JSON at byte 0: it ends too early"}, {"[", "broken JSON at byte 1: it ends too early"}, {"[]", "is no JSON object"},
	{"'item'", "is no JSON object"}, {"{'type':'item','id':'Q1'", "broken JSON at byte 24: it ends too early"},
	{"{'type':'item','id':'Q1'} x", "broken JSON at byte 26: "}, {"{'type':'item','id':'Q1'},,", "broken JSON at byte 25: "},
	{"{'type':'item','id':'Q1',}", "broken JSON at byte 25: "}, {"{'type':'item' 'id':'Q1'}", "broken JSON at byte 15: "},
	{"{'id':'Q1'}", "has no \"type\""}, {"{'type':'','id':'Q1'}", "has no \"type\""}, {"{'type':'item'}", "has no \"id\""},
	{"{'type':'item','id':'P1'}", "has no \"id\""},
	{"{'type':'item','id':'Q0'}", "has no \"id\""}, {"{'type':'item','id':'Q4294967296'}", "has no \"id\""},
	{"{'type':'item','id':1}", "\"id\" is or holds int in place of string"}, {"{'type':null}", "\"type\" is or holds null in place of string"},
	{"{'type':'item','id':'Q1','claims':7}", "\"claims\" is or holds int in place of object"},
	{"{'type':'item','id':'Q1','claims':[1]}", "\"claims\" is or holds array in place of object"},
	{"{'type':'item','id':'Q1','claims':{'P31':{}}}", "\"P31\" is or holds object in place of array"},
	{"{'type':'item','id':'Q1','claims':{'P31':['x']}}", "\"P31\" is or holds string in place of object"},
	{"{'type':'item','id':'Q1','claims':{'P31':[{'mainsnak':{'datavalue':{'value':'Q5'}}}]}}", "\"value\" is or holds string in place of object"},
	{"{'type':'item','id':'Q1','claims':{'P31':[{'rank':3}]}}", "\"rank\" is or holds int in place of string"},
	{"{'type':'item','id':'Q1','claims':{'P39':[{'qualifiers':{'P582':[0]}}]}}", "\"P582\" is or holds int in place of object"},
	{"{'type':'item','id':'Q1','sitelinks':'x'}", "\"sitelinks\" is or holds string in place of object"},
};

START_TEST(what_is_no_entity_is_told)
{
	ck_assert_int_eq(read_quoted(bad[_i].line), QUOTH_BAD_INPUT);
	ck_assert_msg(strstr(report.what, bad[_i].what) != NULL, "%s", report.what);
}
END_TEST

START_TEST(a_nul_in_the_line_is_an_error)
{
	ck_assert_int_eq(quoth_wikidata_item_read(&item, "{\"id\":\"Q1\"\0}", 12, &report), QUOTH_BAD_INPUT);
	ck_assert_msg(strstr(report.what, "broken JSON at byte 10: ") != NULL, "%s", report.what);
	ck_assert_int_eq(quoth_wikidata_item_read(&item, "{\"id\":\"Q\0001\"}", 12, &report), QUOTH_BAD_INPUT);
	ck_assert_int_eq(quoth_wikidata_item_read(&item, "{\"type\":\"property\"},\0", 21, &report), QUOTH_BAD_INPUT);
}
END_TEST

START_TEST(blanks_and_a_comma_may_stand_behind_the_object)
{
	static const char *const ends[] = {"", ",", " ", " ,\r", "\t, \r"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		char line[64] = "{'type':'item','id':'Q7'}";

		ck_assert_int_eq(read_quoted(strcat(line, ends[i])), 1);
		ck_assert_uint_eq(item.id, 7);
	}
}
END_TEST

START_TEST(a_line_whose_tree_would_be_too_large_is_not_parsed)
{
	static const char *const elements[] = {"{},", "[],", "1,", "{'a':1},", "'',", "{'a':{}},"};
	const size_t n = 20000, per_element = 3000;
	struct quoth_buffer line = {0};

	quoth_buffer_put_string(&line, "{\"type\":\"item\",\"id\":\"Q1\",\"x\":[");
	for (size_t i = 0; i < n; i++)
		for (const char *c = elements[_i]; *c; c++)
			quoth_buffer_put_byte(&line, *c == '\'' ? '"' : *c);
	quoth_buffer_put_string(&line, "0]}");
	item.max_tree_bytes = n * per_element;
	ck_assert_int_eq(quoth_wikidata_item_read(&item, line.bytes, line.size, &report), 1);
	item.max_tree_bytes = n * 50;
	ck_assert_int_eq(quoth_wikidata_item_read(&item, line.bytes, line.size, &report), QUOTH_TOO_LARGE);
	ck_assert_msg(strstr(report.what, "may take more than 1000000 bytes of memory (see --max-line)") != NULL, "%s", report.what);
	ck_assert_ptr_null(item.entity);
	quoth_buffer_free(&line);
}
END_TEST

#define TEXTS "{\"type\":\"item\",\"id\":\"Q1\",\"labels\":{\"de\":{\"language\":\"de\",\"value\":\"Wien\"},\"mul\":{\"value\":\"Vienna, M\"}," \
	"\"en\":{\"language\":\"en\",\"value\":\" Vie\\u006e\\na\"}},\"descriptions\":{\"mul\":{\"value\":\"city\"}}," \
	"\"aliases\":{\"de\":[{\"value\":\"Wean\"}],\"en\":[{\"value\":\"V.\"},{\"value\":\"Vindobona\"}]}}"

static void expect_text(const char *expected)
{
	quoth_buffer_put_byte(&text, '\0');
	ck_assert_str_eq(text.bytes, expected);
	text.size = 0;
}

START_TEST(the_first_language_gives_the_label)
{
	ck_assert_int_eq(read_line(TEXTS), 1);
	ck_assert_int_eq(quoth_wikidata_item_label(&item, &english, &text, &report), 1);
	expect_text("Vien a");
	ck_assert_int_eq(quoth_wikidata_item_description(&item, &english, &text, &report), 1);
	expect_text("city");
}
END_TEST

static void join(void *context, const char *name, size_t size)
{
	quoth_buffer_put(context, name, size);
	quoth_buffer_put_byte(context, '|');
}

START_TEST(names_are_those_of_the_languages)
{
	struct quoth_wikidata_languages all = {.codes = codes, .n = 2, .takes_all = true};

	ck_assert_int_eq(read_line(TEXTS), 1);
	ck_assert_int_eq(quoth_wikidata_item_names(&item, &english, join, &text, &report), 0);
	expect_text("Vienna, M| Vien\na|V.|Vindobona|");
	ck_assert_int_eq(quoth_wikidata_item_names(&item, &all, join, &text, &report), 0);
	expect_text("Wien|Vienna, M| Vien\na|Wean|V.|Vindobona|");
}
END_TEST

static const char *const bad_texts[] = {
	"{\"en\":{\"value\":\"a\\u0000b\"}}", "{\"en\":{\"value\":\"\xE9\"}}", "{\"en\":{\"value\":7}}",
	"{\"en\":\"x\"}", "7", "{\"en\":[]}",
};

START_TEST(bad_texts_are_told)
{
	char line[256] = "{\"type\":\"item\",\"id\":\"Q1\",\"labels\":";

	strcat(strcat(line, bad_texts[_i]), "}");
	ck_assert_int_eq(read_line(line), 1);
	ck_assert_int_eq(quoth_wikidata_item_label(&item, &english, &text, &report), QUOTH_BAD_INPUT);
	ck_assert_int_eq(quoth_wikidata_item_names(&item, &english, join, &text, &report), QUOTH_BAD_INPUT);
}
END_TEST

START_TEST(half_a_surrogate_pair_is_replaced)
{
	ck_assert_int_eq(read_line("{\"type\":\"item\",\"id\":\"Q1\",\"labels\":{\"en\":{\"value\":\"a\\ud800b\"}}}"), 1);
	ck_assert_int_eq(quoth_wikidata_item_label(&item, &english, &text, &report), 1);
	expect_text("a\xEF\xBF\xBD" "b");
}
END_TEST

#define N(table) (int)(sizeof table / sizeof *table)

Suite *wikidata_item_suite(void)
{
	Suite *suite = suite_create("wikidata_item");
	TCase *tests = tcase_create("wikidata_item");

	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, statements_are_taken);
	tcase_add_loop_test(tests, an_end_time_ends_an_office, 0, N(ends));
	tcase_add_test(tests, snaks_without_a_value_are_left_out);
	tcase_add_test(tests, empty_maps_may_be_arrays);
	tcase_add_test(tests, other_entities_are_passed_over);
	tcase_add_loop_test(tests, what_is_no_entity_is_told, 0, N(bad));
	tcase_add_test(tests, a_nul_in_the_line_is_an_error);
	tcase_add_test(tests, blanks_and_a_comma_may_stand_behind_the_object);
	tcase_add_loop_test(tests, a_line_whose_tree_would_be_too_large_is_not_parsed, 0, 6);
	tcase_add_test(tests, half_a_surrogate_pair_is_replaced);
	tcase_add_test(tests, the_first_language_gives_the_label);
	tcase_add_test(tests, names_are_those_of_the_languages);
	tcase_add_loop_test(tests, bad_texts_are_told, 0, N(bad_texts));
	suite_add_tcase(suite, tests);
	return suite;
}
