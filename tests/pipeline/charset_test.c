#include "pipeline/charset.h"
#include "tests/suites.h"

#include <string.h>

static struct quoth_arena *arena;

static void set_up(void)
{
	arena = quoth_arena_new(1 << 12);
}

static void tear_down(void)
{
	quoth_arena_free(arena);
}

#define B(literal) literal, sizeof literal - 1

static const struct {
	const char *bytes;
	size_t size;
	const char *declared, *expected;
} pages[] = {
	{B("caf\xC3\xA9"), NULL, "caf\xC3\xA9"},				/* nothing is said, well-formed */
	{B("caf\xE9"), NULL, "caf\xC3\xA9"},					/* nothing is said, not UTF-8 */
	{B("\xEF\xBB\xBF" "caf\xC3\xA9"), "iso-8859-1", "caf\xC3\xA9"},		/* the mark counts more than the server */
	{B("\xFF\xFEh\0i\0"), NULL, "hi"}, {B("\xFE\xFF\0h\0i"), "utf-8", "hi"},
	{B("\xFF\xFE\0\0h\0\0\0"), NULL, "h"},
	{B("\x93yes\x94"), "ISO-8859-1", "\xE2\x80\x9Cyes\xE2\x80\x9D"},	/* ISO 8859-1 means windows-1252 */
	{B("caf\xC3\xA9"), "latin1", "caf\xC3\xA9"},				/* says one byte, is UTF-8 */
	{B("\xEF\xF0\xE8\xE2\xE5\xF2"), "windows-1251", "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82"},
	{B("<meta charset=\"koi8-r\">\xC4\xC1"), NULL, "<meta charset=\"koi8-r\">\xD0\xB4\xD0\xB0"},
	{B("<meta content='text/html; charset = koi8-r'>\xC4\xC1"), NULL, "<meta content='text/html; charset = koi8-r'>\xD0\xB4\xD0\xB0"},
	{B("<meta charset=koi8-r>\xC4\xC1"), "windows-1251", "<meta charset=koi8-r>\xD0\x94\xD0\x91"},	/* the server before the page */
	{B("caf\xE9 cr\xE8me"), "utf-8", "caf\xC3\xA9 cr\xC3\xA8me"},		/* says UTF-8 and is full of what is not */
	{B("caf\xC3\xA9 cr\xC3\xA8me \xFF"), "utf-8", "caf\xC3\xA9 cr\xC3\xA8me \xEF\xBF\xBD"},
	{B("caf\xE9"), "x-no-such-set", "caf\xC3\xA9"}, {B("plain"), "x-no-such-set", "plain"}, {B(""), "koi8-r", ""}, {B(""), NULL, ""},
};

START_TEST(pages_become_utf8)
{
	const char *text;
	size_t size;

	ck_assert_int_eq(quoth_charset_decode(arena, pages[_i].bytes, pages[_i].size, pages[_i].declared, 1000, &text, &size), 0);
	ck_assert_uint_eq(size, strlen(pages[_i].expected));
	ck_assert_mem_eq(text, pages[_i].expected, size);
}
END_TEST

START_TEST(utf8_is_left_where_it_is)
{
	static const char page[] = "caf\xC3\xA9";
	const char *text;
	size_t size;

	ck_assert_int_eq(quoth_charset_decode(arena, page, 5, "utf-8", 1, &text, &size), 0);
	ck_assert_ptr_eq(text, page);
}
END_TEST

/* Beyond the first 4096 bytes nothing is looked for. */
START_TEST(a_name_far_behind_is_not_taken)
{
	static char page[6000];
	const char *text;
	size_t size;

	memset(page, ' ', sizeof page);
	memcpy(page + 5000, "<meta charset=koi8-r>\xC4", 22);
	ck_assert_int_eq(quoth_charset_decode(arena, page, sizeof page, NULL, 20000, &text, &size), 0);
	ck_assert_mem_eq(text + 5021, "\xC3\x84", 2);	/* windows-1252 */
}
END_TEST

START_TEST(a_text_has_a_limit)
{
	static char page[5000];
	const char *text;
	size_t size;

	memset(page, 0xE9, sizeof page);
	ck_assert_int_eq(quoth_charset_decode(arena, page, sizeof page, NULL, 2000, &text, &size), QUOTH_TOO_LARGE);
	ck_assert_int_eq(quoth_charset_decode(arena, page, sizeof page, NULL, 20000, &text, &size), 0);
	ck_assert_uint_eq(size, 10000);
}
END_TEST

Suite *charset_suite(void)
{
	Suite *suite = suite_create("charset");
	TCase *tests = tcase_create("charset");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, pages_become_utf8, 0, (int)(sizeof pages / sizeof *pages));
	tcase_add_test(tests, utf8_is_left_where_it_is);
	tcase_add_test(tests, a_name_far_behind_is_not_taken);
	tcase_add_test(tests, a_text_has_a_limit);
	suite_add_tcase(suite, tests);
	return suite;
}
