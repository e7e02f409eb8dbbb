#include "config.h"

#include "pipeline/failures.h"
#include "pipeline/output.h"
#include "pipeline/run.h"
#include "tests/suites.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "run-test-XXXXXX";

static void set_up(void)
{
	strcpy(folder, "run-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* Removes the folder and the files in it and one folder below. */
static void remove_below(const char *path, int depth)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	char below[600];

	while (directory && (entry = readdir(directory))) {
		snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") && remove(below) && depth)
			remove_below(below, depth - 1);
	}
	if (directory)
		closedir(directory);
	remove(path);
}

static void tear_down(void)
{
	remove_below(folder, 3);
}

static const char *path_of(const char *name)
{
	static char path[4][300];
	static unsigned next;

	snprintf(path[next %= 4], sizeof path[0], "%s/%s", folder, name);
	return path[next++];
}

static void write_file(const char *name, const char *content)
{
	FILE *file = fopen(path_of(name), "w");

	ck_assert_ptr_nonnull(file);
	fputs(content, file);
	fclose(file);
}

static void assert_content(const char *name, const char *content)
{
	char found[256];
	FILE *file = fopen(path_of(name), "r");
	size_t n;

	ck_assert_ptr_nonnull(file);
	n = fread(found, 1, sizeof found - 1, file);
	found[n] = '\0';
	fclose(file);
	ck_assert_str_eq(found, content);
}

static unsigned count_entries(void)
{
	DIR *directory = opendir(folder);
	unsigned n = 0;

	while (readdir(directory))
		n++;
	closedir(directory);
	return n - 2;
}

/* ---- inputs ---- */

static void assert_walk(const char *name, bool takes_all, const char *expected)
{
	char root[300];
	char *paths[] = {root};
	struct quoth_inputs *inputs;
	struct quoth_buffer got = {0};
	struct quoth_report report;
	const char *path;
	int found;

	snprintf(root, sizeof root, "%s", path_of(name));
	inputs = quoth_inputs_new(paths, 1, takes_all, NULL);
	while ((found = quoth_inputs_next(inputs, &path, &report))) {
		quoth_buffer_put_string(&got, (found > 0 ? path : report.where) + strlen(folder) + 1);
		quoth_buffer_put_string(&got, found > 0 ? " " : "! ");
	}
	quoth_buffer_put_byte(&got, '\0');
	ck_assert_str_eq(got.bytes, expected);
	quoth_buffer_free(&got);
	quoth_inputs_free(inputs);
}

START_TEST(a_walk_is_in_byte_order_of_the_paths)
{
	mkdir(path_of("w"), 0777);
	mkdir(path_of("w/a"), 0777);
	write_file("w/a/c.txt", "");
	write_file("w/a.txt", "");
	write_file("w/a-b.txt", "");
	write_file("w/a0.txt", "");
	write_file("w/Z", "");
	assert_walk("w", false, "w/Z w/a-b.txt w/a.txt w/a/c.txt w/a0.txt ");
	assert_walk("w/", false, "w/Z w/a-b.txt w/a.txt w/a/c.txt w/a0.txt ");
	assert_walk("w/a.txt", false, "w/a.txt ");
	assert_walk("none", false, "none! ");
}
END_TEST

START_TEST(a_walk_leaves_out_hidden_names_and_other_formats)
{
	const char *first;
	struct quoth_inputs *inputs;
	struct quoth_report report;
	char *paths[] = {folder};

	write_file(".hidden.txt", "");
	write_file("a.tsv", "");
	write_file("b.JSONL", "");
	assert_walk("", false, "b.JSONL ");
	assert_walk("", true, "a.tsv b.JSONL ");
	inputs = quoth_inputs_new(paths, 1, false, NULL);
	while (quoth_inputs_next(inputs, &first, &report))
		;
	ck_assert_uint_eq(quoth_inputs_left_out(inputs, &first), 1);
	ck_assert_str_eq(first, path_of("a.tsv"));
	quoth_inputs_free(inputs);
}
END_TEST

START_TEST(a_walk_does_not_go_round_in_a_loop)
{
	mkdir(path_of("w"), 0777);
	ck_assert_int_eq(symlink("..", path_of("w/up")), 0);
	ck_assert_int_eq(symlink("nowhere", path_of("w/x")), 0);
	assert_walk("w", false, "w/up/w/! w/x ");
}
END_TEST

START_TEST(no_path_is_standard_input)
{
	struct quoth_inputs *inputs = quoth_inputs_new(NULL, 0, false, NULL);
	struct quoth_report report;
	const char *path;

	ck_assert_int_eq(quoth_inputs_next(inputs, &path, &report), 1);
	ck_assert_str_eq(path, "-");
	ck_assert_int_eq(quoth_inputs_next(inputs, &path, &report), 0);
	quoth_inputs_free(inputs);
}
END_TEST

/* ---- output ---- */

START_TEST(an_output_is_whole_or_not_there)
{
	struct quoth_output output;
	struct quoth_report report;

	write_file("out", "old");
	ck_assert_int_eq(quoth_output_open(&output, path_of("out"), &report), 0);
	ck_assert_int_eq(quoth_output_write(&output, "new", 3, &report), 0);
	ck_assert_int_eq(quoth_output_flush(&output, &report), 0);
	assert_content("out", "old");
	ck_assert_int_eq(quoth_output_finish(&output, &report), 0);
	assert_content("out", "new");
	ck_assert_int_eq(quoth_output_open(&output, path_of("out"), &report), 0);
	ck_assert_int_eq(quoth_output_write(&output, "newer", 5, &report), 0);
	quoth_output_abandon(&output);
	assert_content("out", "new");
	ck_assert_uint_eq(count_entries(), 1);
}
END_TEST

START_TEST(an_output_that_cannot_be_made_is_told)
{
	struct quoth_output output;
	struct quoth_report report;

	ck_assert_int_eq(quoth_output_open(&output, path_of("none/out"), &report), QUOTH_IO);
	ck_assert_str_eq(report.what, "No such file or directory");
	ck_assert_int_eq(quoth_output_open(&output, folder, &report), QUOTH_IO);
	ck_assert_str_eq(report.what, "Is a directory");
	ck_assert_int_eq(quoth_output_open(&output, "/dev/full", &report), 0);
	ck_assert_int_eq(quoth_output_write(&output, "x", 1, &report), 0);
	ck_assert_int_eq(quoth_output_finish(&output, &report), QUOTH_IO);
	ck_assert_str_eq(report.what, "No space left on device");
}
END_TEST

/* ---- run ---- */

struct taken {
	struct quoth_buffer ids;
	uint64_t n, stop_after;
};

static int take(void *context, struct quoth_batch *batch)
{
	struct taken *taken = context;

	quoth_buffer_put(&taken->ids, batch->output.bytes, batch->output.size);
	for (unsigned i = 0; i < batch->n_records; i++)
		if (batch->records[i].error)
			quoth_buffer_put_string(&taken->ids, batch->failures.bytes + batch->records[i].failure);
	taken->n += batch->n_records;
	return taken->stop_after && taken->n >= taken->stop_after ? QUOTH_IO : 0;
}

/* Writes a document's id in place of its rows. */
static int write_id(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	(void)writing;
	quoth_buffer_put_string(into, doc->id);
	return 0;
}

static int run(unsigned jobs, struct taken *taken)
{
	static const struct quoth_writer ids = {.name = "ids", .write = write_id};
	struct quoth_resources resources;
	struct quoth_report report;
	struct quoth_reading reading = {.max_document_bytes = 100000};
	struct quoth_processing processing = {.resources = &resources, .reading = &reading, .writer = &ids,
					      .writing = {.until = QUOTH_STAGE_NORMALISE}};
	struct quoth_collector collector = {.reading = &reading};
	char path[300], *paths[] = {path};
	int error;

	snprintf(path, sizeof path, "%s", path_of("in.jsonl"));
	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	collector.inputs = quoth_inputs_new(paths, 1, false, NULL);
	error = quoth_run(&processing, &collector, jobs, take, taken);
	quoth_collector_close(&collector);
	quoth_inputs_free(collector.inputs);
	quoth_resources_close(&resources);
	return error;
}

static void write_records(unsigned n)
{
	FILE *file = fopen(path_of("in.jsonl"), "w");

	for (unsigned i = 0; i < n; i++) {
		fprintf(file, "{\"id\":\"%u;\",\"text\":\"", i);
		for (unsigned k = 0; k < (i % 7 == 0 ? 9000 : 20); k++)
			fputs("word ", file);
		fputs(i % 50 == 3 ? "\"\n" : "\"}\n", file);
	}
	fclose(file);
}

START_TEST(any_number_of_jobs_keeps_the_order)
{
	struct taken expected = {0};

	write_records(2000);
	ck_assert_int_eq(run(1, &expected), 0);
	ck_assert_uint_eq(expected.n, 2000);
	for (unsigned jobs = 2; jobs <= 9; jobs += 3) {
		struct taken taken = {0};

		ck_assert_int_eq(run(jobs, &taken), 0);
		ck_assert_uint_eq(taken.ids.size, expected.ids.size);
		ck_assert_mem_eq(taken.ids.bytes, expected.ids.bytes, expected.ids.size);
		quoth_buffer_free(&taken.ids);
	}
	quoth_buffer_free(&expected.ids);
}
END_TEST

START_TEST(a_taker_that_fails_ends_the_run)
{
	write_records(2000);
	for (unsigned jobs = 1; jobs <= 4; jobs++) {
		struct taken taken = {.stop_after = 300};

		ck_assert_int_eq(run(jobs, &taken), QUOTH_IO);
		ck_assert_uint_lt(taken.n, 2000);
		quoth_buffer_free(&taken.ids);
	}
}
END_TEST

Suite *run_suite(void)
{
	Suite *suite = suite_create("run");
	TCase *tcase = tcase_create("run");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, a_walk_is_in_byte_order_of_the_paths);
	tcase_add_test(tcase, a_walk_leaves_out_hidden_names_and_other_formats);
	tcase_add_test(tcase, a_walk_does_not_go_round_in_a_loop);
	tcase_add_test(tcase, no_path_is_standard_input);
	tcase_add_test(tcase, an_output_is_whole_or_not_there);
	tcase_add_test(tcase, an_output_that_cannot_be_made_is_told);
	tcase_add_test(tcase, any_number_of_jobs_keeps_the_order);
	tcase_add_test(tcase, a_taker_that_fails_ends_the_run);
	suite_add_tcase(suite, tcase);
	return suite;
}
