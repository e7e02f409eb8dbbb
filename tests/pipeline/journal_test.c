#include "config.h"

#include "pipeline/journal.h"
#include "tests/suites.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/quoth-journal-XXXXXX";
static struct quoth_buffer settings;
static struct quoth_journal journal;
static struct quoth_checkpoint found;
static struct quoth_report report;
static const struct quoth_checkpoint first = {{1, 20, 0xABC}, 1000, 10, 1, false}, last = {{3, 7, UINT64_MAX}, 4000, 20, 2, true};

static void set_up(void)
{
	strcpy(path + strlen(path) - 6, "XXXXXX");
	close(mkstemp(path));
	quoth_buffer_put_string(&settings, "format tsv\ninput articles\n");
}

static void tear_down(void)
{
	quoth_journal_close(&journal);
	quoth_buffer_free(&settings);
	unlink(path);
}

static int open_journal(void)
{
	return quoth_journal_open(&journal, path, &settings, &found, &report);
}

static void add(const struct quoth_checkpoint *checkpoint)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ck_assert_int_eq(quoth_journal_write(&journal, checkpoint, &now, &report), 0);
}

/* Writes what is no journal's own doing. */
static void append_to_file(const char *bytes)
{
	FILE *file = fopen(path, "ab");

	ck_assert_ptr_nonnull(file);
	fputs(bytes, file);
	fclose(file);
}

static void expect_file(const char *expected)
{
	char bytes[1024];
	FILE *file = fopen(path, "rb");
	size_t n = fread(bytes, 1, sizeof bytes - 1, file);

	fclose(file);
	bytes[n] = '\0';
	ck_assert_str_eq(bytes, expected);
}

static void expect_found(const struct quoth_checkpoint *expected)
{
	ck_assert_uint_eq(found.position.n_files, expected->position.n_files);
	ck_assert_uint_eq(found.position.n_outcomes, expected->position.n_outcomes);
	ck_assert_uint_eq(found.position.files_hash, expected->position.files_hash);
	ck_assert_uint_eq(found.output_size, expected->output_size);
	ck_assert_uint_eq(found.errors_size, expected->errors_size);
	ck_assert_uint_eq(found.n_failed, expected->n_failed);
	ck_assert_int_eq(found.is_complete, expected->is_complete);
}

/* Closes the journal and opens it as the next run does. */
static void expect_found_again(const struct quoth_checkpoint *expected)
{
	quoth_journal_close(&journal);
	ck_assert_int_eq(open_journal(), 1);
	expect_found(expected);
}

START_TEST(the_last_checkpoint_is_found_again)
{
	ck_assert_int_eq(open_journal(), 0);
	add(&first);
	expect_found_again(&first);
	add(&last);
	expect_found_again(&last);
}
END_TEST

/* Torn by a crash, altered on disk, or written by no run though its sum is right. */
static const char *const torn[] = {"at 1 20 0000", "at 1 20 0000000000000abc 1000 10 1 00000000\n", "\n",
	"at -1 +2 0x5 1000 10 1 d0a45e61\n", "near 1 20 00000000deadbeef 1000 10 1 03feec7d\n"};

START_TEST(a_line_that_is_not_whole_is_cut_off)
{
	ck_assert_int_eq(open_journal(), 0);
	add(&first);
	append_to_file(torn[_i]);
	expect_found_again(&first);
	add(&last);
	expect_found_again(&last);
}
END_TEST

START_TEST(a_head_that_is_cut_short_is_written_anew)
{
	append_to_file("quoth journal 1\nformat t");
	ck_assert_int_eq(open_journal(), 0);
	expect_file("quoth journal 1\nformat tsv\ninput articles\n--\n");
}
END_TEST

START_TEST(other_settings_are_refused_and_told)
{
	ck_assert_int_eq(open_journal(), 0);
	add(&first);
	quoth_journal_close(&journal);
	quoth_buffer_clear(&settings, SIZE_MAX);
	quoth_buffer_put_string(&settings, "format jsonl\ninput articles\n");
	ck_assert_int_eq(open_journal(), QUOTH_CHANGED);
	ck_assert_str_eq(report.where, path);
	ck_assert_msg(strstr(report.what, "it had format tsv where this one has format jsonl") != NULL, "%s", report.what);
}
END_TEST

START_TEST(what_is_no_journal_is_not_touched)
{
	append_to_file("id\tcontent\n1\tHello\n");
	ck_assert_int_eq(open_journal(), QUOTH_BAD_INPUT);
	ck_assert_msg(strstr(report.what, "no journal of quoth; not touched") != NULL, "%s", report.what);
	expect_file("id\tcontent\n1\tHello\n");
}
END_TEST

START_TEST(one_run_at_a_time)
{
	struct quoth_journal second;

	ck_assert_int_eq(open_journal(), 0);
	ck_assert_int_eq(quoth_journal_open(&second, path, &settings, &found, &report), QUOTH_IO);
	ck_assert_str_eq(report.what, "another run is using it");
	quoth_journal_close(&journal);
	ck_assert_int_eq(quoth_journal_open(&second, path, &settings, &found, &report), 0);
	quoth_journal_close(&second);
}
END_TEST

START_TEST(the_next_checkpoint_waits)
{
	ck_assert_int_eq(open_journal(), 0);
	ck_assert(quoth_journal_is_due(&journal));
	add(&first);
	ck_assert(!quoth_journal_is_due(&journal));
	journal.next.tv_sec -= 3600;
	ck_assert(quoth_journal_is_due(&journal));
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_told)
{
	ck_assert_int_eq(quoth_journal_open(&journal, "/nowhere/journal", &settings, &found, &report), QUOTH_IO);
	ck_assert_str_eq(report.where, "/nowhere/journal");
}
END_TEST

Suite *journal_suite(void)
{
	Suite *suite = suite_create("journal");
	TCase *tests = tcase_create("journal");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, the_last_checkpoint_is_found_again);
	tcase_add_loop_test(tests, a_line_that_is_not_whole_is_cut_off, 0, (int)(sizeof torn / sizeof *torn));
	tcase_add_test(tests, a_head_that_is_cut_short_is_written_anew);
	tcase_add_test(tests, other_settings_are_refused_and_told);
	tcase_add_test(tests, what_is_no_journal_is_not_touched);
	tcase_add_test(tests, one_run_at_a_time);
	tcase_add_test(tests, the_next_checkpoint_waits);
	tcase_add_test(tests, a_folder_that_is_not_there_is_told);
	suite_add_tcase(suite, tests);
	return suite;
}
