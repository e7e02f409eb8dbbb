#include "pipeline/tuple.h"
#include "tests/suites.h"

static struct quoth_buffer buffer;

static void tear_down(void)
{
	quoth_buffer_free(&buffer);
}

static void assert_text(const char **at, enum quoth_value_kind kind, const char *bytes, size_t size)
{
	struct quoth_value value = quoth_tuple_read_value(at);

	ck_assert_int_eq(value.kind, kind);
	ck_assert_uint_eq(value.size, size);
	ck_assert_mem_eq(value.bytes, bytes, size);
}

START_TEST(what_was_written_is_read)
{
	struct quoth_value value;
	const char *at;
	size_t begin;

	quoth_tuple_begin(&buffer, 2);
	quoth_tuple_put_text(&buffer, "caf\xC3\xA9 \xE9");
	quoth_tuple_put_real(&buffer, 0.125);
	quoth_tuple_put_text(&buffer, NULL);
	begin = quoth_tuple_begin_text(&buffer);
	quoth_buffer_put_string(&buffer, "two ");
	quoth_buffer_put_string(&buffer, "pieces");
	quoth_tuple_end_text(&buffer, begin);
	quoth_tuple_put_text(&buffer, "");
	quoth_tuple_begin(&buffer, 0);

	at = buffer.bytes;
	ck_assert_uint_eq(quoth_tuple_read_table(&at), 2);
	assert_text(&at, QUOTH_TEXT, "caf\xC3\xA9 \xEF\xBF\xBD", 9);
	value = quoth_tuple_read_value(&at);
	ck_assert_int_eq(value.kind, QUOTH_REAL);
	ck_assert_double_eq(value.real, 0.125);
	ck_assert_int_eq(quoth_tuple_read_value(&at).kind, QUOTH_NULL);
	assert_text(&at, QUOTH_TEXT, "two pieces", 10);
	assert_text(&at, QUOTH_TEXT, "", 0);
	ck_assert_uint_eq(quoth_tuple_read_table(&at), 0);
	ck_assert_ptr_eq(at, buffer.bytes + buffer.size);
}
END_TEST

static const struct {
	const char *bytes;
	size_t size;
	enum quoth_value_kind kind;
} contents[] = {
	{"plain", 5, QUOTH_TEXT}, {"", 0, QUOTH_TEXT}, {"\xE2\x80\x9C\n", 4, QUOTH_TEXT}, {"a\0b", 3, QUOTH_BLOB}, {"\xE9t\xE9", 3, QUOTH_BLOB},
	{"cut \xE2\x80", 6, QUOTH_BLOB},
};

START_TEST(bytes_stay_to_the_letter)
{
	const char *at;

	quoth_tuple_put_bytes(&buffer, contents[_i].bytes, contents[_i].size);
	at = buffer.bytes;
	assert_text(&at, contents[_i].kind, contents[_i].bytes, contents[_i].size);
	ck_assert_ptr_eq(at, buffer.bytes + buffer.size);
}
END_TEST

Suite *tuple_suite(void)
{
	Suite *suite = suite_create("tuple");
	TCase *tests = tcase_create("tuple");

	tcase_add_checked_fixture(tests, NULL, tear_down);
	tcase_add_test(tests, what_was_written_is_read);
	tcase_add_loop_test(tests, bytes_stay_to_the_letter, 0, (int)(sizeof contents / sizeof *contents));
	suite_add_tcase(suite, tests);
	return suite;
}
