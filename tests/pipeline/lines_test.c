#include "config.h"

#include "pipeline/lines.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/quoth-lines-XXXXXX";
static struct quoth_stream stream;
static struct quoth_buffer line;
static struct quoth_report report;

static void set_up(void)
{
	strcpy(path + strlen(path) - 6, "XXXXXX");
}

static void tear_down(void)
{
	quoth_stream_close(&stream);
	quoth_stream_free(&stream);
	quoth_buffer_free(&line);
	unlink(path);
}

static void open_file(const char *bytes, size_t size)
{
	int file = mkstemp(path);

	ck_assert_int_eq(write(file, bytes, size), (ssize_t)size);
	close(file);
	ck_assert_int_eq(quoth_stream_open(&stream, path, &report), 0);
}

static void expect_line(size_t limit, const char *expected, size_t size)
{
	line.size = 0;
	ck_assert_int_eq(quoth_line_take(&stream, &line, limit, &report), 1);
	ck_assert_uint_eq(line.size, size);
	ck_assert_mem_eq(line.bytes ? line.bytes : "", expected, size);
}

static void expect_end(void)
{
	ck_assert_int_eq(quoth_line_take(&stream, &line, 100, &report), 0);
}

START_TEST(lines_come_one_by_one)
{
	open_file("one\n\ntw\0o\r\nlast", 15);
	expect_line(100, "one", 3);
	expect_line(100, "", 0);
	expect_line(100, "tw\0o\r", 5);
	expect_line(100, "last", 4);
	expect_end();
}
END_TEST

START_TEST(no_line_is_behind_the_last_break)
{
	open_file("one\n", 4);
	expect_line(100, "one", 3);
	expect_end();
}
END_TEST

/* One byte more than the limit shows that it was longer; the rest is passed over. */
START_TEST(a_long_line_is_cut_and_passed_over)
{
	open_file("abcdef\nabc\nghij", 15);
	expect_line(3, "abcd", 4);
	expect_line(3, "abc", 3);
	expect_line(3, "ghij", 4);
	expect_end();
}
END_TEST

/* Longer than what a stream reads at once. */
START_TEST(lines_cross_the_ends_of_reads)
{
	const size_t size = 3000000;
	char *bytes = malloc(size);

	memset(bytes, 'x', size);
	bytes[size - 2] = '\n';
	open_file(bytes, size);
	expect_line(size, bytes, size - 2);
	expect_line(size, "x", 1);
	expect_end();
	tear_down();
	set_up();
	open_file(bytes, size);
	expect_line(5, bytes, 6);
	expect_line(5, "x", 1);
	ck_assert_uint_lt(line.capacity, 100000);
	free(bytes);
}
END_TEST

START_TEST(a_line_is_appended)
{
	open_file("two\n", 4);
	quoth_buffer_put_string(&line, "one ");
	ck_assert_int_eq(quoth_line_take(&stream, &line, 3, &report), 1);
	ck_assert_uint_eq(line.size, 7);
	ck_assert_mem_eq(line.bytes, "one two", 7);
}
END_TEST

START_TEST(blanks_are_empty)
{
	ck_assert(quoth_line_is_empty("", 0) && quoth_line_is_empty(" \t\r", 3));
	ck_assert(!quoth_line_is_empty(" x", 2) && !quoth_line_is_empty("\0", 1) && !quoth_line_is_empty("\n", 1));
}
END_TEST

START_TEST(a_refusal_has_the_line)
{
	struct quoth_reading reading = {.max_document_bytes = 1000};
	struct quoth_reader reader = {.stream = &stream, .reading = &reading, .place = 7};
	char where[64];

	open_file("", 0);
	snprintf(where, sizeof where, "%s:7", path);
	ck_assert_int_eq(quoth_record_refuse(&reader, QUOTH_BAD_INPUT, &report, "words"), QUOTH_BAD_INPUT);
	ck_assert_str_eq(report.where, where);
	ck_assert_str_eq(report.what, "words");
	ck_assert_int_eq(quoth_record_refuse_size(&reader, &report), QUOTH_TOO_LARGE);
	ck_assert_str_eq(report.what, "the record is larger than 67536 bytes (see --max-document)");
}
END_TEST

Suite *lines_suite(void)
{
	Suite *suite = suite_create("lines");
	TCase *tests = tcase_create("lines");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, lines_come_one_by_one);
	tcase_add_test(tests, no_line_is_behind_the_last_break);
	tcase_add_test(tests, a_long_line_is_cut_and_passed_over);
	tcase_add_test(tests, lines_cross_the_ends_of_reads);
	tcase_add_test(tests, a_line_is_appended);
	tcase_add_test(tests, blanks_are_empty);
	tcase_add_test(tests, a_refusal_has_the_line);
	suite_add_tcase(suite, tests);
	return suite;
}
