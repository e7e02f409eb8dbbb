#include "pipeline/group_shingles.h"
#include "pipeline/group_words.h"
#include "tests/suites.h"

#include <string.h>

static struct quoth_wordings *wordings;
static struct quoth_group_words words[2];

static void open_wordings(void)
{
	wordings = quoth_wordings_open();
	ck_assert_ptr_nonnull(wordings);
}

static void close_wordings(void)
{
	quoth_wordings_close(wordings);
}

static void read_words(unsigned which, const char *quote, enum quoth_group_kind kind)
{
	quoth_group_words_read(wordings, quote, strlen(quote), kind, &words[which]);
}

static bool has_same_words(const char *a, const char *b)
{
	read_words(0, a, QUOTH_GROUP_DIRECT);
	read_words(1, b, QUOTH_GROUP_DIRECT);
	if (words[0].n != words[1].n)
		return false;
	for (uint32_t i = 0; i < words[0].n; i++)
		if (words[0].words[i].form != words[1].words[i].form)
			return false;
	return true;
}

static const char *const same[][2] = {
	{"We will go.", "we WILL go"}, {"“Well,” he said", "well he said"}, {"don't", "do not"}, {"I won’t", "I will not"}, {"the mayor‘s house", "the mayor's house"},
	{"It's over", "it is over"}, {"cannot", "can not"}, {"they're", "they are"}, {"Müller", "muller"}, {"1,200 men", "1200 men"},
	{"five million", "5m"}, {"5 million", "5,000,000"}, {"3.2bn", "3,200,000,000"}, {"twenty-five", "25"},
	{"two hundred and fifty", "250"}, {"three thousand five hundred", "3,500"}, {"$5 million", "5 million dollars"}, {"£3", "three pounds"},
	{"4%", "4 per cent"}, {"4 percent", "4%"}, {"the U.S. army", "the US army"}, {"well-known", "well known"}, {"twelve", "12"},
	{"in 1990s", "in 1990 s"}, {"seven hundred thousand", "700k"}, {"Łódź", "lodz"}, {"", "…!"}, {"a\xFF" "b", "a b"},
};

START_TEST(the_same_words_are_written_in_many_ways)
{
	ck_assert_msg(has_same_words(same[_i][0], same[_i][1]), "\"%s\" and \"%s\"", same[_i][0], same[_i][1]);
}
END_TEST

static const char *const different[][2] = {
	{"we will", "we will not"}, {"5 million", "5 billion"}, {"1.5", "15"}, {"1,20", "120"}, {"five hundred, and two", "502"}, {"$5", "£5"},
	{"can", "cannot"}, {"nine eleven", "911"}, {"twenty thirty", "50"}, {"two and three", "5"}, {"the cat", "cat"},
	{"12345678901234567890", "12345678901234567891"},
};

START_TEST(other_words_are_not_the_same)
{
	ck_assert_msg(!has_same_words(different[_i][0], different[_i][1]), "\"%s\" and \"%s\"", different[_i][0], different[_i][1]);
}
END_TEST

static void check_class(const char *quote, enum quoth_group_class class)
{
	read_words(0, quote, QUOTH_GROUP_DIRECT);
	ck_assert_msg(words[0].n && words[0].words[words[0].n - 1].class == class, "the last word of \"%s\"", quote);
}

START_TEST(words_have_classes)
{
	check_class("the bridge", QUOTH_CONTENT_WORD);
	check_class("bridge of", QUOTH_FUNCTION_WORD);
	check_class("don't", QUOTH_NEGATION_WORD);
	check_class("never", QUOTH_NEGATION_WORD);
	check_class("forty two", QUOTH_NUMBER_WORD);
	check_class("7", QUOTH_NUMBER_WORD);
	check_class("this one", QUOTH_FUNCTION_WORD);
	check_class("they may", QUOTH_CONTENT_WORD);
}
END_TEST

/* Of each word, whether it is the speaker's own, as "1" or "0". */
static void check_quoted(const char *quote, enum quoth_group_kind kind, const char *expected)
{
	char found[64] = "";

	read_words(0, quote, kind);
	for (uint32_t i = 0; i < words[0].n; i++)
		found[i] = words[0].words[i].is_quoted ? '1' : '0';
	ck_assert_str_eq(found, expected);
}

START_TEST(the_speakers_own_words_stand_in_marks_and_in_no_brackets)
{
	check_quoted("we go home", QUOTH_GROUP_DIRECT, "111");
	check_quoted("we [the players] go", QUOTH_GROUP_DIRECT, "1001");
	check_quoted("he was “very tired” then", QUOTH_GROUP_MIXED, "00110");
	check_quoted("he was \"very tired\" then", QUOTH_GROUP_MIXED, "00110");
	check_quoted("he 'didn't care' then", QUOTH_GROUP_MIXED, "01110");
	check_quoted("he was tired", QUOTH_GROUP_INDIRECT, "000");
}
END_TEST

START_TEST(a_word_knows_its_bytes)
{
	const char *quote = "We don’t pay";

	read_words(0, quote, QUOTH_GROUP_DIRECT);
	ck_assert_uint_eq(words[0].n, 4);
	ck_assert_mem_eq(quote + words[0].words[1].begin, "do", 2);
	ck_assert_uint_eq(words[0].words[1].end - words[0].words[1].begin, 2);
	ck_assert_mem_eq(quote + words[0].words[2].begin, "n’t", 5);
	ck_assert_uint_eq(words[0].words[2].end - words[0].words[2].begin, 5);
}
END_TEST

START_TEST(no_more_than_so_many_words_are_read)
{
	static char quote[4 * QUOTH_MOST_GROUP_WORDS];

	for (size_t i = 0; i + 4 < sizeof quote; i += 4)
		memcpy(quote + i, i % 12 ? "two " : "won ", 4);
	read_words(0, quote, QUOTH_GROUP_DIRECT);
	ck_assert_uint_le(words[0].n, QUOTH_MOST_GROUP_WORDS);
	ck_assert_uint_gt(words[0].n, QUOTH_MOST_GROUP_WORDS / 2);
}
END_TEST

/* ---- shingles ---- */

static bool share_a_fingerprint(const char *a, const char *b)
{
	static struct quoth_fingerprints prints[2];

	read_words(0, a, QUOTH_GROUP_DIRECT);
	read_words(1, b, QUOTH_GROUP_DIRECT);
	quoth_fingerprints_take(&words[0], &prints[0]);
	quoth_fingerprints_take(&words[1], &prints[1]);
	for (uint32_t i = 0; i < prints[0].n; i++)
		for (uint32_t j = 0; j < prints[1].n; j++)
			if (prints[0].hashes[i] == prints[1].hashes[j])
				return true;
	return false;
}

#define SIX "harbour lanterns swing over cold water"

START_TEST(a_run_of_six_words_shares_a_fingerprint)
{
	ck_assert(share_a_fingerprint(SIX, SIX));
	ck_assert(share_a_fingerprint("Ada saw that one two three four five birds sing loud above red roofs near old mills while " SIX " again today",
				      "nobody believes him when " SIX " because fishermen sleep late after long nights out on distant banks with nets"));
	ck_assert(!share_a_fingerprint(SIX, "nobody believes fishermen who sleep late"));
}
END_TEST

START_TEST(few_words_have_no_fingerprints)
{
	static struct quoth_fingerprints prints;

	read_words(0, "lanterns swing over cold water", QUOTH_GROUP_DIRECT);
	quoth_fingerprints_take(&words[0], &prints);
	ck_assert_uint_eq(prints.n, 0);
	ck_assert(!prints.has_least);
	read_words(0, "and so of the and so then", QUOTH_GROUP_DIRECT);
	quoth_fingerprints_take(&words[0], &prints);
	ck_assert_uint_eq(prints.n, 0);
}
END_TEST

Suite *group_words_suite(void)
{
	Suite *suite = suite_create("group_words");
	TCase *tests = tcase_create("words");

	tcase_add_checked_fixture(tests, open_wordings, close_wordings);
	tcase_add_loop_test(tests, the_same_words_are_written_in_many_ways, 0, sizeof same / sizeof *same);
	tcase_add_loop_test(tests, other_words_are_not_the_same, 0, sizeof different / sizeof *different);
	tcase_add_test(tests, words_have_classes);
	tcase_add_test(tests, the_speakers_own_words_stand_in_marks_and_in_no_brackets);
	tcase_add_test(tests, a_word_knows_its_bytes);
	tcase_add_test(tests, no_more_than_so_many_words_are_read);
	tcase_add_test(tests, a_run_of_six_words_shares_a_fingerprint);
	tcase_add_test(tests, few_words_have_no_fingerprints);
	suite_add_tcase(suite, tests);
	return suite;
}
