#include "pipeline/group_origin.h"
#include "tests/suites.h"

#include <string.h>

static struct quoth_group_field field(const char *text)
{
	return (struct quoth_group_field){text, strlen(text)};
}

static uint64_t outlet(const char *name, const char *url, const char *doc)
{
	return quoth_group_outlet(field(name), field(url), field(doc));
}

START_TEST(an_outlet_is_its_name_or_host_or_folder)
{
	ck_assert(outlet("The Gull", "https://a.example/x", "a/1") == outlet("the gull", "https://b.example/x", "b/2"));
	ck_assert(outlet("", "https://www.a.example/x?y", "a/1") == outlet("", "http://A.example:80", "b/2"));
	ck_assert(outlet("", "https://a.example/x", "") != outlet("", "https://b.example/x", ""));
	ck_assert(outlet("", "", "https://a.example/1") == outlet("", "https://a.example/2", "x"));
	ck_assert(outlet("", "", "gull/1.txt") == outlet("", "", "gull/2.txt"));
	ck_assert(outlet("", "", "gull/1.txt") != outlet("", "", "tern/1.txt"));
	ck_assert(outlet("", "", "1.txt") == outlet("", "", "2.txt"));
}
END_TEST

static uint64_t seconds(const char *date)
{
	uint64_t found = 0;

	ck_assert_msg(quoth_group_date(field(date), &found), "%s", date);
	return found - (UINT64_C(1) << 40);
}

START_TEST(dates_are_counted_in_seconds)
{
	ck_assert_uint_eq(seconds("1970-01-01"), 0);
	ck_assert_uint_eq(seconds("2000-03-01"), 951868800);
	ck_assert_uint_eq(seconds("2000-03-01T01:02:03Z"), 951868800 + 3723);
	ck_assert_uint_eq(seconds("2000-03-01 01:02"), 951868800 + 3720);
	ck_assert_uint_eq(seconds("2000-03-01T01:02:03.25+02:00"), 951868800 + 3723 - 7200);
	ck_assert_uint_eq(seconds("2000-03-01T01:02:03-0330"), 951868800 + 3723 + 12600);
	ck_assert_uint_eq(seconds("2000-03-01T??"), 951868800);
}
END_TEST

START_TEST(other_dates_are_unknown)
{
	static const char *const dates[] = {"", "yesterday", "01.03.2000", "2000-13-01", "2000-00-10", "2000-1-1", "2000"};
	uint64_t found;

	for (unsigned i = 0; i < sizeof dates / sizeof *dates; i++)
		ck_assert_msg(!quoth_group_date(field(dates[i]), &found), "%s", dates[i]);
}
END_TEST

Suite *group_origin_suite(void)
{
	Suite *suite = suite_create("group_origin");
	TCase *tests = tcase_create("origin");

	tcase_add_test(tests, an_outlet_is_its_name_or_host_or_folder);
	tcase_add_test(tests, dates_are_counted_in_seconds);
	tcase_add_test(tests, other_dates_are_unknown);
	suite_add_tcase(suite, tests);
	return suite;
}
