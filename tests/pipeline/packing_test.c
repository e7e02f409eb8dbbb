#include "pipeline/packing.h"
#include "tests/suites.h"

#include <string.h>

static const struct {
	const char *bytes;
	size_t size;
	enum quoth_packing packing;
} heads[] = {
	{"\x1F\x8B\x08", 3, QUOTH_GZIP}, {"\x1F\x8B", 2, QUOTH_GZIP}, {"\x1F", 1, QUOTH_NOT_PACKED}, {"", 0, QUOTH_NOT_PACKED},
	{"\x28\xB5\x2F\xFD", 4, QUOTH_COMPRESSED}, {"\x28\xB5\x2F", 3, QUOTH_NOT_PACKED}, {"\xFD" "7zXZ\0", 6, QUOTH_COMPRESSED},
	{"\xFD" "7zXZ", 5, QUOTH_NOT_PACKED}, {"PK\3\4", 4, QUOTH_ARCHIVE}, {"PK\5\6", 4, QUOTH_ARCHIVE}, {"PKs are", 7, QUOTH_NOT_PACKED},
	{"BZh91AY&SY", 10, QUOTH_COMPRESSED}, {"BZh9\x17\x72\x45\x38\x50\x90", 10, QUOTH_COMPRESSED}, {"BZh01AY&SY", 10, QUOTH_NOT_PACKED},
	{"BZh91AY&S", 9, QUOTH_NOT_PACKED}, {"BZhang said", 11, QUOTH_NOT_PACKED},
};

START_TEST(first_bytes_tell)
{
	ck_assert_int_eq(quoth_packing_of_bytes(heads[_i].bytes, heads[_i].size), heads[_i].packing);
}
END_TEST

START_TEST(a_tar_has_its_mark_further_on)
{
	char head[512] = "article.txt";

	memcpy(head + 257, "ustar", 5);
	ck_assert_int_eq(quoth_packing_of_bytes(head, sizeof head), QUOTH_ARCHIVE);
	ck_assert_int_eq(quoth_packing_of_bytes(head, 262), QUOTH_ARCHIVE);
	ck_assert_int_eq(quoth_packing_of_bytes(head, 261), QUOTH_NOT_PACKED);
}
END_TEST

static const struct {
	const char *name;
	size_t ending;
	bool is_archive;
} names[] = {
	{"feed.jsonl.gz", 3, false}, {"FEED.GZ", 3, false}, {"feed.zst", 4, false}, {"feed.xz", 3, false}, {"feed.bz2", 4, false},
	{"feed.jsonl", 0, false}, {".gz", 0, false}, {"gz", 0, false}, {"", 0, false}, {"news.tar", 0, true}, {"news.tar.gz", 3, true},
	{"news.TAR.ZST", 4, true}, {"news.tgz", 0, true}, {"news.zip", 0, true}, {"tar.gz", 3, false}, {"news.tar.txt", 0, false},
	{"zip", 0, false},
};

START_TEST(names_tell)
{
	ck_assert_uint_eq(quoth_packing_ending(names[_i].name), names[_i].ending);
	ck_assert_int_eq(quoth_packing_is_archive_name(names[_i].name), names[_i].is_archive);
}
END_TEST

#define N(table) (int)(sizeof table / sizeof *table)

Suite *packing_suite(void)
{
	Suite *suite = suite_create("packing");
	TCase *tests = tcase_create("packing");

	tcase_add_loop_test(tests, first_bytes_tell, 0, N(heads));
	tcase_add_test(tests, a_tar_has_its_mark_further_on);
	tcase_add_loop_test(tests, names_tell, 0, N(names));
	suite_add_tcase(suite, tests);
	return suite;
}
