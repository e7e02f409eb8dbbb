#include "stages/weighings.h"

#include "stages/embedded.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

static struct quoth_report report;

/* The built-in list with its first `from` made `to`. */
static int read_changed(const char *from, const char *to)
{
	const struct quoth_embedded_file *file = quoth_embedded_find("lexicon/antecedents.tsv");
	const char *bytes = (const char *)file->bytes, *at = strstr(bytes, from);
	char *changed = malloc(strlen(bytes) + strlen(to) + 1);
	struct quoth_weighings weighings;
	int error;

	ck_assert_ptr_nonnull(at);
	ck_assert_ptr_nonnull(changed);
	memcpy(changed, bytes, (size_t)(at - bytes));
	strcpy(changed + (at - bytes), to);
	strcat(changed, at + strlen(from));
	report = (struct quoth_report){0};
	error = quoth_weighings_read(&weighings, changed, &report);
	free(changed);
	return error;
}

START_TEST(the_list_in_the_program_is_read)
{
	struct quoth_weighings *weighings;

	ck_assert_int_eq(quoth_weighings_open(&weighings, &report), 0);
	ck_assert_int_gt(weighings->antecedent[QUOTH_ANTECEDENT_SAME_SENTENCE][QUOTH_WEIGH_SPEAKER],
			 weighings->antecedent[QUOTH_ANTECEDENT_FARTHER][QUOTH_WEIGH_SPEAKER]);
	ck_assert_int_gt(weighings->antecedent[QUOTH_ANTECEDENT_SPOKE_LAST][QUOTH_WEIGH_SPEAKER], 0);
	ck_assert_int_lt(weighings->antecedent[QUOTH_ANTECEDENT_HOLDER_QUOTED][QUOTH_WEIGH_PERSON], 0);
	quoth_weighings_close(weighings);
}
END_TEST

static const struct {
	const char *from, *to, *where;
} broken[] = {
	{"feature\tspeaker", "feature\tspeakers", "lexicon/antecedents.tsv:4"},
	{"\tseveral\n", "\n", "lexicon/antecedents.tsv:4"},
	{"\nsame-sentence\t", "\nsame-word\t", "lexicon/antecedents.tsv:5"},
	{"\nsame-sentence\t", "\nsame-sentence\tx", "lexicon/antecedents.tsv:5"},
	{"\nsame-sentence\t", "\nsame-sentence\t99999", "lexicon/antecedents.tsv:5"},
	{"\nsame-sentence\t", "\nsame-sentence\t1\t", "lexicon/antecedents.tsv:5"},
	{"\nsame-sentence\t", "\n\nsame-sentence\t", "lexicon/antecedents.tsv:5"},
	{"\nnobody\t", "\nnobody\t1\t1\t1\t1\nnobody\t", "lexicon/antecedents.tsv:28"},
	{"\nnobody\t", "\n# nobody\t", "lexicon/antecedents.tsv"},
};

START_TEST(a_broken_list_is_refused_with_its_line)
{
	ck_assert_int_eq(read_changed(broken[_i].from, broken[_i].to), QUOTH_BAD_MODEL);
	ck_assert_str_eq(report.where, broken[_i].where);
}
END_TEST

START_TEST(a_list_without_its_last_line_break_is_refused)
{
	struct quoth_weighings weighings;

	ck_assert_int_eq(quoth_weighings_read(&weighings, "feature\tspeaker\tperson\tthing\tseveral", &report), QUOTH_BAD_MODEL);
	ck_assert_int_eq(quoth_weighings_read(&weighings, "", &report), QUOTH_BAD_MODEL);
}
END_TEST

Suite *weighings_suite(void)
{
	Suite *suite = suite_create("weighings");
	TCase *tests = tcase_create("weighings");

	tcase_add_test(tests, the_list_in_the_program_is_read);
	tcase_add_loop_test(tests, a_broken_list_is_refused_with_its_line, 0, sizeof broken / sizeof *broken);
	tcase_add_test(tests, a_list_without_its_last_line_break_is_refused);
	suite_add_tcase(suite, tests);
	return suite;
}
