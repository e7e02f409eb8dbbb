#include "pipeline/group_variant.h"
#include "tests/suites.h"

#include <stdio.h>
#include <string.h>

static struct quoth_wordings *wordings;
static struct quoth_aligner *aligner;
static struct quoth_group_words words[2];
static struct quoth_alignment alignment;
static struct quoth_group_quote quotes[2];

static void open_all(void)
{
	wordings = quoth_wordings_open();
	aligner = quoth_aligner_open();
	ck_assert(wordings && aligner);
}

static void close_all(void)
{
	quoth_wordings_close(wordings);
	quoth_aligner_close(aligner);
}

static void align(const char *a, const char *b, enum quoth_group_kind kind)
{
	const char *texts[] = {a, b};

	for (unsigned i = 0; i < 2; i++) {
		quoth_group_words_read(wordings, texts[i], strlen(texts[i]), kind, &words[i]);
		quotes[i] = (struct quoth_group_quote){texts[i], (uint32_t)strlen(texts[i]), kind, 7, &words[i]};
	}
	quoth_align(aligner, &words[0], &words[1], &alignment);
}

/* Every word of both is in one step. */
static void check_steps(void)
{
	uint32_t a = 0, b = 0;

	for (uint32_t i = 0; i < alignment.n; i++) {
		bool is_same = alignment.steps[i] == QUOTH_STEP_SAME;

		if (is_same)
			ck_assert(words[0].words[a].form == words[1].words[b].form);
		a += alignment.steps[i] != QUOTH_STEP_ONLY_B;
		b += alignment.steps[i] != QUOTH_STEP_ONLY_A;
	}
	ck_assert_uint_eq(a, words[0].n);
	ck_assert_uint_eq(b, words[1].n);
}

#define BASE "We will close forty schools in the valley before winter, and the mayor has known about it since June."

static const struct {
	const char *a, *b;
	enum quoth_group_kind kind;
	enum quoth_variant variant;
} cases[] = {
	{BASE, "we'll close 40 schools in the valley before winter and the mayor has known about it since June", QUOTH_GROUP_DIRECT, QUOTH_IDENTICAL},
	{BASE, "the mayor has known about it since June", QUOTH_GROUP_DIRECT, QUOTH_TRIMMED},
	{BASE, "We will close forty schools in the valley … and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_TRIMMED},
	{"the mayor has known about it since June", BASE, QUOTH_GROUP_DIRECT, QUOTH_TRIMMED},
	{"I know the town. It is small. Nobody there wants the dam.", "I know the town. Nobody there wants the dam.", QUOTH_GROUP_DIRECT, QUOTH_TRIMMED},
	{"The dam is safe. Ask the engineers about it.", "Ask the engineers about it. They built the thing.", QUOTH_GROUP_DIRECT, QUOTH_TRIMMED},
	{BASE, "We will close forty schools in that valley before winter, and so the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_REWORDED},
	{BASE, "We will close forty schools in the valley before winter, and the mayor had known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_REWORDED},
	{BASE, "Before winter we will close forty schools in the valley, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_REWORDED},
	{"The colour of the harbour changed overnight", "The color of the harbor changed overnight", QUOTH_GROUP_DIRECT, QUOTH_REWORDED},
	{BASE, "We [the council] will close forty schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_REWORDED},
	{BASE, "We will close fourteen schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{BASE, "We will not close forty schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{BASE, "We will close forty schools in the valley before winter, and the bishop has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{BASE, "We will close forty schools in the valley before winter, and the mayor has known about it since July.", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{BASE, "They will close forty schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{BASE, "We may close forty schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{BASE, "We will close forty rural schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{"Brandt told Okafor to leave the room", "Okafor told Brandt to leave the room", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{"from 5 to 7 percent of them stay", "from 7 to 5 percent of them stay", QUOTH_GROUP_DIRECT, QUOTH_ALTERED},
	{BASE, "We will close fourteen schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_INDIRECT, QUOTH_REWORDED},
	{"the dam was “as safe as any house in town” on that day", "the dam was “as safe as any church in town” on that day", QUOTH_GROUP_MIXED, QUOTH_ALTERED},
	{"the dam was “as safe as any house in town” on that day", "the wall was “as safe as any house in town” on that day", QUOTH_GROUP_MIXED, QUOTH_REWORDED},
};

START_TEST(what_differs_makes_the_variant)
{
	align(cases[_i].a, cases[_i].b, cases[_i].kind);
	check_steps();
	ck_assert_msg(quoth_group_variant(&quotes[0], &quotes[1], &alignment) == cases[_i].variant, "%s, not %s: \"%s\"",
		      quoth_variant_name(quoth_group_variant(&quotes[0], &quotes[1], &alignment)), quoth_variant_name(cases[_i].variant),
		      cases[_i].b);
}
END_TEST

static const struct {
	const char *a, *b;
	enum quoth_group_kind kind;
	int verdict;
} pairs[] = {
	{BASE, BASE, QUOTH_GROUP_DIRECT, QUOTH_ALIKE},
	{BASE, "We will close fourteen schools in the valley before winter, and the mayor has known about it since June.", QUOTH_GROUP_DIRECT, QUOTH_ALIKE},
	{BASE, "the mayor has known about it since June", QUOTH_GROUP_DIRECT, QUOTH_PART},
	{BASE, "We will close the bridge for a month, and the neighbours have not been told why.", QUOTH_GROUP_DIRECT, QUOTH_UNLIKE},
	{"he would go on with the talks about the dam before winter came to town", "he would go on with the talks about the bridge before winter came to town", QUOTH_GROUP_INDIRECT, QUOTH_ALIKE},
	{"he would go on with the talks about the dam", "he would go home after the talks about the bridge", QUOTH_GROUP_INDIRECT, QUOTH_UNLIKE},
	{"I am going to ask the engineers about the dam, and I am going to do it today", "I'm going to sing again.", QUOTH_GROUP_DIRECT, QUOTH_UNLIKE},
	{"of the and in that it was for", "of the and in that it was for", QUOTH_GROUP_DIRECT, QUOTH_UNLIKE},
};

START_TEST(quotes_are_alike_or_pieces_or_neither)
{
	align(pairs[_i].a, pairs[_i].b, pairs[_i].kind);
	ck_assert_int_eq(quoth_group_compare(&quotes[0], &quotes[1], &alignment).verdict, pairs[_i].verdict);
	align(pairs[_i].b, pairs[_i].a, pairs[_i].kind);
	ck_assert_int_eq(quoth_group_compare(&quotes[0], &quotes[1], &alignment).verdict, pairs[_i].verdict);
}
END_TEST

START_TEST(what_two_others_say_must_be_more_alike)
{
	align("We want to thank every nurse who helped us through this long night of rain", "We want to praise every doctor who led us through this long night of storms",
	      QUOTH_GROUP_DIRECT);
	ck_assert_int_eq(quoth_group_compare(&quotes[0], &quotes[1], &alignment).verdict, QUOTH_ALIKE);
	quotes[1].speaker = 8;
	ck_assert_int_eq(quoth_group_compare(&quotes[0], &quotes[1], &alignment).verdict, QUOTH_UNLIKE);
}
END_TEST

static void check_difference(const char *a, const char *b, const char *expected)
{
	struct quoth_buffer json = {0};

	align(a, b, QUOTH_GROUP_DIRECT);
	quoth_group_put_difference(&json, &quotes[0], &quotes[1], &alignment);
	quoth_buffer_put_byte(&json, '\0');
	ck_assert_str_eq(json.bytes, expected);
	quoth_buffer_free(&json);
}

START_TEST(the_difference_is_told_in_words)
{
	check_difference("We pay 40 men a day.", "We pay 50 men, a day", "[[\"=\",\"We pay\"],[\"-\",\"40\"],[\"+\",\"50\"],[\"=\",\"men, a day\"]]");
	check_difference("They don't sing here at night", "They do sing here at night",
			 "[[\"=\",\"They do\"],[\"-\",\"n't\"],[\"=\",\"sing here at night\"]]");
	check_difference("\"Go\\home\" now, my dear friend", "Go\\home now, my dear friend", "[[\"=\",\"Go\\\\home now, my dear friend\"]]");
}
END_TEST

START_TEST(long_quotes_are_aligned_too)
{
	static char a[8 * QUOTH_MOST_GROUP_WORDS + 1], b[8 * QUOTH_MOST_GROUP_WORDS + 1];

	for (unsigned i = 0; i < QUOTH_MOST_GROUP_WORDS; i++) {
		snprintf(a + strlen(a), 9, "w%c%c%c ", 'a' + i % 23, 'a' + i % 19, 'a' + i % 17);
		snprintf(b + strlen(b), 9, "w%c%c%c ", 'a' + (i + 40) % 23, 'a' + (i + 40) % 19, 'a' + (i + 40) % 17);
	}
	align(a, b, QUOTH_GROUP_DIRECT);
	check_steps();
	ck_assert_int_eq(quoth_group_compare(&quotes[0], &quotes[1], &alignment).verdict, QUOTH_ALIKE);
	ck_assert_int_eq(quoth_group_variant(&quotes[0], &quotes[1], &alignment), QUOTH_TRIMMED);
}
END_TEST

Suite *group_variant_suite(void)
{
	Suite *suite = suite_create("group_variant");
	TCase *tests = tcase_create("variant");

	tcase_add_checked_fixture(tests, open_all, close_all);
	tcase_add_loop_test(tests, what_differs_makes_the_variant, 0, sizeof cases / sizeof *cases);
	tcase_add_loop_test(tests, quotes_are_alike_or_pieces_or_neither, 0, sizeof pairs / sizeof *pairs);
	tcase_add_test(tests, what_two_others_say_must_be_more_alike);
	tcase_add_test(tests, the_difference_is_told_in_words);
	tcase_add_test(tests, long_quotes_are_aligned_too);
	suite_add_tcase(suite, tests);
	return suite;
}
