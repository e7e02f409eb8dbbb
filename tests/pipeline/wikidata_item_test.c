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
	{"", "byte 0: it ends too early"}, {"[", "byte 0: an object is expected"}, {"{'type':'item','id':'Q1'", "byte 24: it ends too early"},
	{"{'type':'item','id':'Q1'} x", "byte 26: something stands behind"}, {"{'type':'item','id':'Q1'},,", "byte 26: something stands behind"},
	{"{'id':'Q1'}", "has no \"type\""}, {"{'type':'item'}", "has no \"id\""}, {"{'type':'item','id':'P1'}", "has no \"id\""},
	{"{'type':'item','id':'Q0'}", "has no \"id\""}, {"{'type':'item','id':'Q4294967296'}", "has no \"id\""},
	{"{'type':'item','id':1}", "byte 20: a string is expected"}, {"{'type':1}", "byte 8: a string is expected"},
	{"{'type':'item','claims':7}", "byte 24: an object is expected"}, {"{'type':'item','claims':[1]}", "byte 25: an object is expected"},
	{"{'type':'item','claims':{'P31':{}}}", "byte 31: an array is expected"},
	{"{'type':'item','claims':{'P31':['x']}}", "byte 32: an object is expected"},
	{"{'type':'item','claims':{'P31':[{'mainsnak':{'datavalue':{'value':'Q5'}}}]}}", "byte 66: an object is expected"},
	{"{'type':'item','claims':{'P31':[{'rank':3}]}}", "byte 40: a string is expected"},
	{"{'type':'item','sitelinks':'x'}", "byte 27: an object is expected"},
};

START_TEST(what_is_no_entity_is_told_with_its_byte)
{
	ck_assert_int_eq(read_quoted(bad[_i].line), QUOTH_BAD_INPUT);
	ck_assert_msg(strstr(report.what, bad[_i].what) != NULL, "%s", report.what);
}
END_TEST

START_TEST(a_nul_in_the_line_is_an_error)
{
	ck_assert_int_eq(quoth_wikidata_item_read(&item, "{\"id\":\"Q1\"\0}", 12, &report), QUOTH_BAD_INPUT);
	ck_assert_msg(strstr(report.what, "byte 10: a comma") != NULL, "%s", report.what);
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
	"{\"en\":{\"value\":\"a\\u0000b\"}}", "{\"en\":{\"value\":\"\xE9\"}}", "{\"en\":{\"value\":\"\\ud800\"}}", "{\"en\":{\"value\":7}}",
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
	tcase_add_loop_test(tests, what_is_no_entity_is_told_with_its_byte, 0, N(bad));
	tcase_add_test(tests, a_nul_in_the_line_is_an_error);
	tcase_add_test(tests, the_first_language_gives_the_label);
	tcase_add_test(tests, names_are_those_of_the_languages);
	tcase_add_loop_test(tests, bad_texts_are_told, 0, N(bad_texts));
	suite_add_tcase(suite, tests);
	return suite;
}
