#include "pipeline/buffer.h"
#include "tests/suites.h"

#include <stdio.h>

static const struct {
	const char *given, *tsv, *json, *text;
} texts[] = {
	{"", "", "\"\"", ""},
	{"plain", "plain", "\"plain\"", "plain"},
	{" a \t\r\n b ", "a b", "\" a \\t\\u000d\\n b \"", " a \t\r\n b "},
	{"a\xC2\xA0\xE2\x80\xA8\xE3\x80\x80" "b", "a b", "\"a\xC2\xA0\xE2\x80\xA8\xE3\x80\x80" "b\"",
	 "a\xC2\xA0\xE2\x80\xA8\xE3\x80\x80" "b"},
	{"back\\slash \"marks\"", "back\\\\slash \"marks\"", "\"back\\\\slash \\\"marks\\\"\"", "back\\slash \"marks\""},
	{"\x01\x1B[0m\x7F", "\x01\x1B[0m\x7F", "\"\\u0001\\u001b[0m\x7F\"", "\x01\x1B[0m\x7F"},
	{"caf\xC3\xA9 \xF0\x9D\x94\x84", "caf\xC3\xA9 \xF0\x9D\x94\x84", "\"caf\xC3\xA9 \xF0\x9D\x94\x84\"",
	 "caf\xC3\xA9 \xF0\x9D\x94\x84"},
	{"\xE9\xC3", "\xEF\xBF\xBD\xEF\xBF\xBD", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"", "\xEF\xBF\xBD\xEF\xBF\xBD"},
	{"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"",
	 "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
};

static void assert_bytes(struct quoth_buffer *buffer, const char *expected)
{
	quoth_buffer_put_byte(buffer, '\0');
	ck_assert(!buffer->has_failed);
	ck_assert_str_eq(buffer->bytes, expected);
	quoth_buffer_free(buffer);
}

static const char plain_text[] = "abcdefghijklmnopqrstuvwxyz0123456789~!#$%&'()*+,-./:;<=>?@[]^_`{|}ABCDEFGHI";

START_TEST(tsv_fields_hold_no_tab_or_line_break)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put_tsv(&buffer, texts[_i].given, strlen(texts[_i].given));
	assert_bytes(&buffer, texts[_i].tsv);
}
END_TEST

START_TEST(json_strings_are_escaped)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put_json(&buffer, texts[_i].given, strlen(texts[_i].given));
	assert_bytes(&buffer, texts[_i].json);
}
END_TEST

START_TEST(text_is_kept_where_it_is_utf8)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put_text(&buffer, texts[_i].given, strlen(texts[_i].given));
	assert_bytes(&buffer, texts[_i].text);
}
END_TEST

static const struct {
	const char *given, *folded;
} special[] = {{" ", " "}, {"  ", " "}, {"\t", " "}, {"\\", "\\\\"}, {"\x7F", "\x7F"}, {"\xE9", "\xEF\xBF\xBD"}};

/* What is special stands before, in and behind each of the blocks that are looked at together. */
START_TEST(what_is_special_is_seen_wherever_it_stands)
{
	char given[160], expected[160];

	for (unsigned length = 2; length < 70; length++)
		for (unsigned at = 1; at < length; at++) {
			struct quoth_buffer buffer = {0};
			int size = sprintf(given, "%.*s%s%.*s", (int)at, plain_text, special[_i].given, (int)(length - at), plain_text);

			sprintf(expected, "%.*s%s%.*s", (int)at, plain_text, special[_i].folded, (int)(length - at), plain_text);
			quoth_buffer_put_tsv(&buffer, given, (size_t)size);
			assert_bytes(&buffer, expected);
		}
}
END_TEST

START_TEST(nul_is_no_value_of_tsv_and_text)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put_tsv(&buffer, "a\0b", 3);
	quoth_buffer_put_text(&buffer, "a\0b", 3);
	assert_bytes(&buffer, "a\xEF\xBF\xBD" "ba\xEF\xBF\xBD" "b");
}
END_TEST

START_TEST(json_can_be_folded_too)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put_json_folded(&buffer, " a\n\t\"b\" ", 8);
	assert_bytes(&buffer, "a \\\"b\\\"");
}
END_TEST

START_TEST(text_can_be_folded_too)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put_text_folded(&buffer, " a\n\t\\ \xE9 ", 8);
	assert_bytes(&buffer, "a \\ \xEF\xBF\xBD");
}
END_TEST

START_TEST(numbers_are_decimal)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put_number(&buffer, 0);
	quoth_buffer_put_byte(&buffer, ' ');
	quoth_buffer_put_number(&buffer, UINT64_MAX);
	assert_bytes(&buffer, "0 18446744073709551615");
}
END_TEST

START_TEST(shares_have_three_decimals)
{
	static const unsigned given[] = {0, 7, 87, 870, 1000};
	struct quoth_buffer buffer = {0};

	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		quoth_buffer_put_thousandths(&buffer, given[i]);
	assert_bytes(&buffer, "0.0000.0070.0870.8701.000");
}
END_TEST

START_TEST(a_failed_allocation_is_remembered)
{
	struct quoth_buffer buffer = {0};

	quoth_buffer_put(&buffer, "kept", 4);
	ck_assert(!quoth_buffer_reserve(&buffer, SIZE_MAX / 2 + 10));
	ck_assert(buffer.has_failed);
	quoth_buffer_put(&buffer, "lost", 4);
	ck_assert_uint_eq(buffer.size, 4);
	quoth_buffer_clear(&buffer, 4096);
	ck_assert(!buffer.has_failed && buffer.capacity > 0);
	quoth_buffer_clear(&buffer, 0);
	ck_assert_uint_eq(buffer.capacity, 0);
}
END_TEST

START_TEST(only_well_formed_characters_have_a_length)
{
	static const struct {
		const char *bytes;
		size_t length;
	} cases[] = {
		{"a", 1}, {"\xC3\xA9", 2}, {"\xEF\xBF\xBD", 3}, {"\xF4\x8F\xBF\xBF", 4}, {"\x80", 0}, {"\xC0\xAF", 0},
		{"\xC3", 0}, {"\xE0\x9F\xBF", 0}, {"\xED\xA0\x80", 0}, {"\xF0\x8F\xBF\xBF", 0}, {"\xF4\x90\x80\x80", 0},
		{"\xF5\x80\x80\x80", 0}, {"\xE2\x82", 0}, {"\xE2\x82" "a", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_uint_eq(quoth_character_length(cases[i].bytes, strlen(cases[i].bytes)), cases[i].length);
}
END_TEST

Suite *buffer_suite(void)
{
	Suite *suite = suite_create("buffer");
	TCase *tcase = tcase_create("buffer");
	int n = sizeof texts / sizeof *texts;

	tcase_add_loop_test(tcase, tsv_fields_hold_no_tab_or_line_break, 0, n);
	tcase_add_loop_test(tcase, json_strings_are_escaped, 0, n);
	tcase_add_loop_test(tcase, text_is_kept_where_it_is_utf8, 0, n);
	tcase_add_loop_test(tcase, what_is_special_is_seen_wherever_it_stands, 0, sizeof special / sizeof *special);
	tcase_add_test(tcase, nul_is_no_value_of_tsv_and_text);
	tcase_add_test(tcase, json_can_be_folded_too);
	tcase_add_test(tcase, text_can_be_folded_too);
	tcase_add_test(tcase, numbers_are_decimal);
	tcase_add_test(tcase, shares_have_three_decimals);
	tcase_add_test(tcase, a_failed_allocation_is_remembered);
	tcase_add_test(tcase, only_well_formed_characters_have_a_length);
	suite_add_tcase(suite, tcase);
	return suite;
}
