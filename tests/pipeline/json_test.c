#include "pipeline/json.h"
#include "tests/suites.h"

#include <json-c/json.h>

static struct quoth_json begin(const char *text)
{
	return (struct quoth_json){.bytes = text, .size = strlen(text)};
}

static const char *const right[] = {
	"null", " true ", "false\n", "0", "-0", "12", "1.5", "-1.25e+10", "2E-3", "\"\"", "\"a\\\"b\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", "{}", "[]",
	"[1, \"two\", [3, {}], {\"four\": [5]}]", "{\"a\" : {\"b\":[ ] } , \"c\":null}", "\"caf\xC3\xA9\"", "[[[[[[[[[[1]]]]]]]]]]",
};

START_TEST(what_is_json_is_passed_over)
{
	struct quoth_json json = begin(right[_i]);

	ck_assert(quoth_json_skip(&json));
	ck_assert_ptr_null(json.wrong);
	ck_assert_uint_eq(json.at, json.size);
}
END_TEST

static const struct {
	const char *text;
	size_t at;
	const char *wrong;
} broken[] = {
	{"", 0, "it ends too early"}, {"nul", 3, "it ends too early"}, {"nulL", 3, "a value is expected"}, {"True", 0, "a value is expected"},
	{"-", 1, "it ends too early"}, {"-x", 0, "a number is broken"}, {"1.", 2, "it ends too early"}, {"1.x", 0, "a number is broken"},
	{"[1e+]", 1, "a number is broken"}, {"[01]", 2, "a comma"}, {"\"a", 2, "it ends too early"}, {"\"\\x\"", 2, "unknown escape"},
	{"\"\\u12g4\"", 2, "unknown escape"}, {"\"\\", 2, "it ends too early"}, {"\"a\tb\"", 2, "a control character"},
	{"[1", 2, "it ends too early"}, {"[1 2]", 3, "a comma"}, {"[1,]", 3, "a value is expected"}, {"[,1]", 1, "a value is expected"},
	{"{\"a\"}", 4, "a colon"}, {"{\"a\":}", 5, "a value is expected"}, {"{a:1}", 1, "a name"}, {"{\"a\":1,}", 7, "a name"},
	{"{\"a\":1]", 6, "a comma"}, {"[1}", 2, "a comma"}, {"'a'", 0, "a value is expected"}, {"]", 0, "a value is expected"},
};

START_TEST(what_is_none_is_told_with_its_place)
{
	struct quoth_json json = begin(broken[_i].text);

	ck_assert(!quoth_json_skip(&json));
	ck_assert_ptr_nonnull(json.wrong);
	ck_assert_msg(strstr(json.wrong, broken[_i].wrong) != NULL, "%s: %s", broken[_i].text, json.wrong);
	ck_assert_uint_eq(json.at, broken[_i].at);
	ck_assert(!quoth_json_skip(&json));
	ck_assert_int_eq(quoth_json_peek(&json), '\0');
}
END_TEST

/* Every way to cut and to alter one byte of a text. */
static const char altered[] = "{\"a\": [1.5e3, -2, true, null, \"x\\n\\u00e9\"], \"b\": {\"c\": {}, \"d\": []}}";

static bool is_json(const char *text, size_t size)
{
	struct json_tokener *tokener = json_tokener_new_ex(128);
	struct json_object *object;
	bool is_right;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	object = json_tokener_parse_ex(tokener, text, (int)size + 1);
	is_right = json_tokener_get_error(tokener) == json_tokener_success;
	json_object_put(object);
	json_tokener_free(tokener);
	return is_right;
}

START_TEST(what_is_taken_json_c_takes_too)
{
	static const char bytes[] = "{}[]\",:\\x0n-e. \t";
	char text[sizeof altered];

	for (size_t i = 0; altered[i]; i++)
		for (const char *byte = bytes; byte < bytes + sizeof bytes; byte++) {
			struct quoth_json json = {.bytes = text, .size = *byte ? sizeof altered - 1 : i};
			bool is_right;

			memcpy(text, altered, sizeof altered);
			text[i] = *byte;
			is_right = quoth_json_skip(&json) && json.at == json.size;
			ck_assert_msg(!is_right || is_json(text, json.size), "%s", text);
		}
}
END_TEST

static void repeat(struct quoth_buffer *into, char byte, size_t n)
{
	while (n--)
		quoth_buffer_put_byte(into, byte);
}

START_TEST(nesting_has_a_limit)
{
	for (size_t depth = 64; depth <= 65; depth++) {
		struct quoth_buffer text = {0};
		struct quoth_json json;

		repeat(&text, '[', depth);
		repeat(&text, ']', depth);
		quoth_buffer_put_byte(&text, '\0');
		json = begin(text.bytes);
		ck_assert_int_eq(quoth_json_skip(&json), depth == 64);
		ck_assert(depth == 64 || !strcmp(json.wrong, "it is nested too deeply"));
		quoth_buffer_free(&text);
	}
}
END_TEST

START_TEST(a_walk_takes_what_it_knows)
{
	struct quoth_json json = begin(" {\"a\": [{\"x\": 1}, {}], \"\\u0062\" :[\"one\" , \"two\"], \"c\": {}} ");
	struct quoth_json_string name, text = {0};
	unsigned n_members = 0, n_elements = 0;

	ck_assert(quoth_json_open(&json, '{'));
	for (; quoth_json_member(&json, &name); n_members++) {
		if (!quoth_json_is(&name, "b")) {
			ck_assert(quoth_json_skip(&json));
			continue;
		}
		ck_assert(quoth_json_open(&json, '['));
		for (; quoth_json_element(&json); n_elements++)
			ck_assert(quoth_json_text(&json, &text));
	}
	ck_assert_ptr_null(json.wrong);
	ck_assert_uint_eq(n_members, 3);
	ck_assert_uint_eq(n_elements, 2);
	ck_assert(quoth_json_is(&text, "two"));
	ck_assert_int_eq(quoth_json_peek(&json), '\0');
	ck_assert_uint_eq(json.at, json.size);
}
END_TEST

START_TEST(a_walk_tells_of_other_types)
{
	struct quoth_json json = begin("{\"a\": 1}");
	struct quoth_json_string name, text;

	ck_assert(!quoth_json_open(&json, '['));
	ck_assert_str_eq(json.wrong, "an array is expected");
	ck_assert_uint_eq(json.at, 0);
	json = begin("{\"a\": 1}");
	ck_assert(quoth_json_open(&json, '{') && quoth_json_member(&json, &name));
	ck_assert(!quoth_json_text(&json, &text));
	ck_assert_str_eq(json.wrong, "a string is expected");
	ck_assert_uint_eq(json.at, 6);
	ck_assert(!quoth_json_member(&json, &name));
}
END_TEST

START_TEST(a_string_stays_as_it_was_after_an_error)
{
	struct quoth_json json = begin("\"\\n");
	struct quoth_json_string string = {0};

	ck_assert(!quoth_json_text(&json, &string));
	ck_assert(!string.bytes && !string.size && !string.has_escapes);
}
END_TEST

static const struct {
	const char *written, *text;	/* NULL: it is no text */
} strings[] = {
	{"\"plain\"", "plain"}, {"\"\"", ""}, {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"}, {"\"\\u0041\\u00e9\\u20AC\"", "A\xC3\xA9\xE2\x82\xAC"},
	{"\"\\uD83D\\uDE00!\"", "\xF0\x9F\x98\x80!"}, {"\"caf\xC3\xA9\"", "caf\xC3\xA9"}, {"\"\\ud83d\"", NULL}, {"\"\\ud83dx\"", NULL},
	{"\"\\ud83d\\u0041\"", NULL}, {"\"\\ude00\"", NULL}, {"\"a\\u0000b\"", NULL}, {"\"\xE9\"", NULL}, {"\"a\xC3\"", NULL},
	{"\"\xED\xA0\x80\"", NULL},
};

START_TEST(strings_are_decoded)
{
	struct quoth_json json = begin(strings[_i].written);
	struct quoth_buffer text = {0};
	struct quoth_json_string string;

	ck_assert(quoth_json_text(&json, &string));
	ck_assert_int_eq(quoth_json_decode(&string, &text), strings[_i].text != NULL);
	quoth_buffer_put_byte(&text, '\0');
	if (strings[_i].text)
		ck_assert_str_eq(text.bytes, strings[_i].text);
	quoth_buffer_free(&text);
}
END_TEST

static const struct {
	const char *written, *word;
	bool is_equal;
} words[] = {
	{"\"P31\"", "P31", true}, {"\"P310\"", "P31", false}, {"\"P3\"", "P31", false}, {"\"\\u005031\"", "P31", true},
	{"\"\\u00503\"", "P31", false}, {"\"\\u0050310\"", "P31", false}, {"\"\\u0151\"", "Q", false}, {"\"\"", "", true},
};

START_TEST(strings_are_compared)
{
	struct quoth_json json = begin(words[_i].written);
	struct quoth_json_string string;

	ck_assert(quoth_json_text(&json, &string));
	ck_assert_int_eq(quoth_json_is(&string, words[_i].word), words[_i].is_equal);
}
END_TEST

#define N(table) (int)(sizeof table / sizeof *table)

Suite *json_suite(void)
{
	Suite *suite = suite_create("json");
	TCase *tests = tcase_create("json");

	tcase_add_loop_test(tests, what_is_json_is_passed_over, 0, N(right));
	tcase_add_loop_test(tests, what_is_none_is_told_with_its_place, 0, N(broken));
	tcase_add_test(tests, what_is_taken_json_c_takes_too);
	tcase_add_test(tests, nesting_has_a_limit);
	tcase_add_test(tests, a_walk_takes_what_it_knows);
	tcase_add_test(tests, a_walk_tells_of_other_types);
	tcase_add_test(tests, a_string_stays_as_it_was_after_an_error);
	tcase_add_loop_test(tests, strings_are_decoded, 0, N(strings));
	tcase_add_loop_test(tests, strings_are_compared, 0, N(words));
	suite_add_tcase(suite, tests);
	return suite;
}
