#define _POSIX_C_SOURCE 200809L

#include "stages/model.h"

#include "pipeline/train_learner.h"
#include "tests/suites.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- files ---- */

enum { N_ROWS = 4, N_LABELS = 10, WIDTH = 16 };

static _Alignas(64) int8_t cells[N_ROWS * WIDTH];
static _Alignas(64) struct quoth_word_slot slots[4];
static char path[64];

static const struct quoth_table tables[] = {
	{.name = "one", .about = "learned from nothing", .bytes = cells, .size = sizeof cells, .kind = QUOTH_TABLE_WEIGHTS,
	 .n_rows = N_ROWS, .n_labels = N_LABELS, .width = WIDTH, .cell_bytes = 1, .scale = 0.5f},
	{.name = "two", .about = "", .bytes = slots, .size = sizeof slots, .kind = QUOTH_TABLE_WORDS, .n_rows = 4},
	{.name = "three", .about = "", .bytes = "abc", .size = 3, .kind = QUOTH_TABLE_BYTES},
};

enum { N_TABLES = sizeof tables / sizeof *tables };

/* What lies in the file that the fixture has written. */
static unsigned char file[4096];
static size_t file_size;

static void write_file(void)
{
	struct quoth_report report;
	FILE *f;
	int fd;

	for (int i = 0; i < N_ROWS * WIDTH; i++)
		cells[i] = i % WIDTH < N_LABELS ? (int8_t)(i - 20) : 0;
	slots[1] = (struct quoth_word_slot){77, 5};
	strcpy(path, "/tmp/quoth-model-XXXXXX");
	fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(quoth_model_write(path, tables, N_TABLES, &report), 0);
	f = fopen(path, "rb");
	ck_assert_ptr_nonnull(f);
	file_size = fread(file, 1, sizeof file, f);
	fclose(f);
	ck_assert_uint_lt(file_size, sizeof file);
}

static void remove_file(void)
{
	unlink(path);
}

/* Opens the file as it stands in `file`, size bytes of it. */
static int open_bytes(size_t size, struct quoth_report *report)
{
	_Alignas(64) static unsigned char copy[sizeof file];
	struct quoth_model *model = NULL;
	int error;

	memcpy(copy, file, size);
	error = quoth_model_from_bytes(&model, copy, size, false, "here", report);
	quoth_model_close(model);
	return error;
}

static void expect_refusal(size_t size, const char *words)
{
	struct quoth_report report = {0};

	ck_assert_int_eq(open_bytes(size, &report), QUOTH_BAD_MODEL);
	ck_assert_str_eq(report.where, "here");
	ck_assert_msg(strstr(report.what, words) != NULL, "\"%s\" does not say \"%s\"", report.what, words);
}

START_TEST(what_was_written_is_read)
{
	struct quoth_report report;
	struct quoth_model *model;
	const struct quoth_table *table;

	ck_assert_int_eq(quoth_model_open(&model, path, &report), 0);
	for (int i = 0; i < N_TABLES; i++) {
		table = quoth_model_find(model, tables[i].name);
		ck_assert_ptr_nonnull(table);
		ck_assert_ptr_eq(table, quoth_model_table(model, (size_t)i));
		ck_assert_str_eq(table->about, tables[i].about);
		ck_assert_uint_eq(table->size, tables[i].size);
		ck_assert_mem_eq(table->bytes, tables[i].bytes, tables[i].size);
		ck_assert_uint_eq((uintptr_t)table->bytes % 64, 0);
	}
	ck_assert_ptr_null(quoth_model_table(model, N_TABLES));
	ck_assert_ptr_null(quoth_model_find(model, "four"));
	quoth_model_close(model);
}
END_TEST

START_TEST(the_same_tables_give_the_same_bytes)
{
	unsigned char before[sizeof file];
	size_t size = file_size;

	memcpy(before, file, size);
	remove_file();
	write_file();
	ck_assert_uint_eq(file_size, size);
	ck_assert_mem_eq(file, before, size);
}
END_TEST

START_TEST(weights_of_another_shape_are_not_found)
{
	struct quoth_weights weights;
	struct quoth_words words;
	struct quoth_report report;
	struct quoth_model *model;

	ck_assert_int_eq(quoth_model_open(&model, path, &report), 0);
	ck_assert(quoth_model_weights(model, "one", N_LABELS, &weights));
	ck_assert(!quoth_model_weights(model, "one", N_LABELS + 1, &weights));
	ck_assert(!quoth_model_weights(model, "two", N_LABELS, &weights));
	ck_assert(quoth_model_words(model, "two", &words));
	ck_assert(!quoth_model_words(model, "one", &words));
	ck_assert(!quoth_model_words(NULL, "two", &words));
	quoth_model_close(model);
}
END_TEST

START_TEST(a_truncated_file_is_refused_at_every_length)
{
	struct quoth_report report;

	for (size_t size = 0; size < file_size; size++)
		ck_assert_int_eq(open_bytes(size, &report), QUOTH_BAD_MODEL);
	expect_refusal(file_size - 1, "cut short");
	expect_refusal(63, "is no quoth model");
}
END_TEST

START_TEST(a_file_with_any_byte_altered_is_refused)
{
	struct quoth_report report;

	for (size_t i = 0; i < file_size; i++) {
		file[i] ^= 0x10;
		ck_assert_msg(open_bytes(file_size, &report) == QUOTH_BAD_MODEL, "byte %zu", i);
		file[i] ^= 0x10;
	}
	ck_assert_int_eq(open_bytes(file_size, &report), 0);
	file[file_size - 70] ^= 1;
	expect_refusal(file_size, "checksum");
}
END_TEST

START_TEST(a_longer_file_is_refused)
{
	expect_refusal(file_size + 64, "is damaged");
}
END_TEST

START_TEST(another_kind_of_file_is_refused)
{
	memcpy(file, "\177ELF....", 8);
	expect_refusal(file_size, "is no quoth model");
}
END_TEST

START_TEST(a_file_of_the_other_byte_order_is_named_as_such)
{
	unsigned char mark[4];

	memcpy(mark, file + 8, 4);
	for (int i = 0; i < 4; i++)
		file[8 + i] = mark[3 - i];
	expect_refusal(file_size, "other byte order");
}
END_TEST

START_TEST(a_newer_or_older_format_is_named_as_such)
{
	uint32_t version = QUOTH_MODEL_VERSION + 1;

	memcpy(file + 12, &version, sizeof version);
	expect_refusal(file_size, "newer");
	version = 0;
	memcpy(file + 12, &version, sizeof version);
	expect_refusal(file_size, "older");
}
END_TEST

START_TEST(a_missing_file_is_an_error_of_reading)
{
	struct quoth_report report = {0};
	struct quoth_model *model;

	ck_assert_int_eq(quoth_model_open(&model, "/tmp/no/such/quoth.model", &report), QUOTH_IO);
	ck_assert_ptr_null(model);
	ck_assert_str_eq(report.where, "/tmp/no/such/quoth.model");
	ck_assert_int_eq(quoth_model_open(&model, "/tmp", &report), QUOTH_BAD_MODEL);
}
END_TEST

START_TEST(tables_that_no_reader_would_take_are_not_written)
{
	static const struct {
		const char *why;
		struct quoth_table table;
	} cases[] = {
		{"rows are no power of two", {.name = "x", .about = "", .bytes = cells, .size = 48, .kind = QUOTH_TABLE_WEIGHTS,
			.n_rows = 3, .n_labels = N_LABELS, .width = WIDTH, .cell_bytes = 1}},
		{"size does not fit", {.name = "x", .about = "", .bytes = cells, .size = 60, .kind = QUOTH_TABLE_WEIGHTS,
			.n_rows = 4, .n_labels = N_LABELS, .width = WIDTH, .cell_bytes = 1}},
		{"width is not padded", {.name = "x", .about = "", .bytes = cells, .size = 40, .kind = QUOTH_TABLE_WEIGHTS,
			.n_rows = 4, .n_labels = N_LABELS, .width = N_LABELS, .cell_bytes = 1}},
		{"cells of three bytes", {.name = "x", .about = "", .bytes = cells, .size = 192, .kind = QUOTH_TABLE_WEIGHTS,
			.n_rows = 4, .n_labels = N_LABELS, .width = WIDTH, .cell_bytes = 3}},
		{"unknown kind", {.name = "x", .about = "", .bytes = cells, .size = 4, .kind = 9}},
		{"long name", {.name = "a-name-of-more-than-thirty-one-bytes", .about = "", .bytes = cells, .size = 4,
			.kind = QUOTH_TABLE_BYTES}},
	};
	struct quoth_report report;
	struct quoth_model *model;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_msg(quoth_model_write(path, &cases[i].table, 1, &report) == QUOTH_BAD_MODEL, "%s", cases[i].why);
		ck_assert_int_eq(quoth_model_from_tables(&model, &cases[i].table, 1, &report), QUOTH_BAD_MODEL);
	}
}
END_TEST

START_TEST(a_full_table_of_words_is_refused)
{
	struct quoth_word_slot full[2] = {{1, 1}, {2, 2}};
	struct quoth_table table = {.name = "full", .about = "", .bytes = full, .size = sizeof full, .kind = QUOTH_TABLE_WORDS,
				    .n_rows = 2};
	struct quoth_report report;

	ck_assert_int_eq(quoth_model_write(path, &table, 1, &report), QUOTH_BAD_MODEL);
}
END_TEST

START_TEST(a_failed_write_leaves_the_old_file)
{
	struct quoth_report report = {0};

	ck_assert_int_eq(quoth_model_write("/tmp/no/such/folder/quoth.model", tables, N_TABLES, &report), QUOTH_IO);
	ck_assert_str_eq(report.where, "/tmp/no/such/folder/quoth.model");
}
END_TEST

/* ---- words ---- */

START_TEST(words_are_found_past_collisions)
{
	struct quoth_word_slot many[64] = {{0}};
	struct quoth_words words = {many, 63};

	for (uint32_t form = 1; form <= 60; form++) {
		uint32_t i = quoth_words_begin(form, 63);

		while (many[i].value)
			i = (i + 1) & 63;
		many[i] = (struct quoth_word_slot){form, form * 10};
	}
	for (uint32_t form = 1; form <= 60; form++)
		ck_assert_uint_eq(quoth_words_find(&words, form), form * 10);
	for (uint32_t form = 61; form < 1000; form++)
		ck_assert_uint_eq(quoth_words_find(&words, form), 0);
}
END_TEST

/* ---- scores ---- */

static uint32_t feature_of(unsigned i)
{
	return quoth_feature_join(quoth_feature(i % 7, i), i / 3);
}

START_TEST(a_score_is_the_sum_of_rows_at_every_width)
{
	static const uint16_t n_labels[] = {1, 2, 3, 4, 5, 8, 9, 16, 17, 33, 48, 55, 64, 65, 100, 256};
	enum { ROWS = 64, MAX_WIDTH = 256 };
	static _Alignas(64) int8_t bytes[ROWS * MAX_WIDTH];
	static _Alignas(64) int16_t shorts[ROWS * MAX_WIDTH];
	uint32_t features[QUOTH_MAX_FEATURES];
	int32_t scores[MAX_WIDTH];

	for (int i = 0; i < ROWS * MAX_WIDTH; i++) {
		bytes[i] = (int8_t)(i % 7 == 0 ? -127 : 127 - i * 31 % 50);
		shorts[i] = (int16_t)(i * 7919);
	}
	for (unsigned i = 0; i < QUOTH_MAX_FEATURES; i++)
		features[i] = feature_of(i);
	for (size_t k = 0; k < sizeof n_labels / sizeof *n_labels; k++) {
		for (unsigned cell_bytes = 1; cell_bytes <= 2; cell_bytes++) {
			struct quoth_weights weights = {
				.rows = cell_bytes == 1 ? (void *)bytes : (void *)shorts, .scale = 1, .n_labels = n_labels[k],
				.width = quoth_weights_width(n_labels[k]), .shift = 32 - 6, .cell_bytes = (uint8_t)cell_bytes,
			};

			quoth_weights_score(&weights, features, QUOTH_MAX_FEATURES, scores);
			for (unsigned label = 0; label < n_labels[k]; label++) {
				int32_t sum = 0;

				for (unsigned i = 0; i < QUOTH_MAX_FEATURES; i++) {
					size_t cell = (size_t)(features[i] >> 26) * weights.width + label;

					sum += cell_bytes == 1 ? bytes[cell] : shorts[cell];
				}
				ck_assert_int_eq(scores[label], sum);
			}
		}
	}
}
END_TEST

/* Odd numbers of features among them, and the highest. */
START_TEST(sums_of_the_lowest_and_highest_cells_fit)
{
	static const size_t numbers[] = {0, 1, 2, 3, QUOTH_MAX_FEATURES - 1, QUOTH_MAX_FEATURES};
	static const uint16_t widths[] = {4, 8, 16, 32, 48, 64};
	static _Alignas(64) int8_t bytes[2 * 64];
	static uint32_t features[QUOTH_MAX_FEATURES];
	int32_t scores[64];

	for (size_t k = 0; k < sizeof widths / sizeof *widths; k++)
		for (unsigned row = 0; row < 2; row++) {
			struct quoth_weights weights = {.rows = bytes, .scale = 1, .n_labels = widths[k], .width = widths[k],
							.shift = 31, .cell_bytes = 1};

			memset(bytes, INT8_MIN, widths[k]);
			memset(bytes + widths[k], INT8_MAX, widths[k]);
			for (unsigned i = 0; i < QUOTH_MAX_FEATURES; i++)
				features[i] = row << 31;
			for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
				quoth_weights_score(&weights, features, numbers[n], scores);
				for (unsigned label = 0; label < widths[k]; label++)
					ck_assert_int_eq(scores[label], (int)numbers[n] * (row ? INT8_MAX : INT8_MIN));
			}
		}
}
END_TEST

START_TEST(features_spread_over_the_rows)
{
	unsigned counts[256] = {0};

	for (unsigned kind = 0; kind < 16; kind++)
		for (unsigned value = 0; value < 1600; value++)
			counts[quoth_feature(kind, value) >> 24]++;
	for (int i = 0; i < 256; i++)
		ck_assert_msg(counts[i] > 50 && counts[i] < 160, "row %d has %u of 100", i, counts[i]);
}
END_TEST

START_TEST(the_order_of_joined_values_matters)
{
	uint32_t ab = quoth_feature_join(quoth_feature(1, 2), 3), ba = quoth_feature_join(quoth_feature(1, 3), 2);

	ck_assert_uint_ne(ab, ba);
	ck_assert_uint_ne(quoth_feature(1, 2), quoth_feature(2, 1));
}
END_TEST

/* ---- learning ---- */

/* Ten classes, told by two of three features; gives the share that the quantised model gets right. */
static double learn_classes(unsigned cell_bytes, double clip, uint64_t seed, void **bytes, size_t *size)
{
	enum { CLASSES = 10, EXAMPLES = 2000 };
	struct quoth_learner *learner = quoth_learner_new(12, CLASSES);
	struct quoth_random random = quoth_random_new(seed);
	struct quoth_weights weights;
	struct quoth_table table;
	unsigned n_right = 0;

	for (unsigned example = 0; example < 2 * EXAMPLES; example++) {
		uint32_t a = quoth_random_below(&random, 12), b = quoth_random_below(&random, 12);
		uint32_t features[3] = {quoth_feature(1, a), quoth_feature_join(quoth_feature(2, a), b),
					quoth_feature(3, quoth_random_below(&random, 1000))};
		unsigned gold = (a * 7 + b / 6) % CLASSES, best = 0;
		float scores[16];

		if (example == EXAMPLES) {
			ck_assert_int_eq(quoth_learner_quantise(learner, cell_bytes, clip, "t", "", &table), 0);
			weights = quoth_table_weights(&table);
		}
		if (example >= EXAMPLES) {
			int32_t sums[16];

			quoth_weights_score(&weights, features, 3, sums);
			n_right += quoth_best_label(sums, CLASSES) == gold;
			continue;
		}
		quoth_learner_score(learner, features, 3, scores);
		for (unsigned i = 1; i < CLASSES; i++)
			if (scores[i] > scores[best])
				best = i;
		if (best != gold) {
			quoth_learner_add(learner, features, 3, gold, 1);
			quoth_learner_add(learner, features, 3, best, -1);
		}
		quoth_learner_tick(learner);
	}
	*size = table.size;
	*bytes = (void *)table.bytes;
	quoth_learner_free(learner);
	return (double)n_right / EXAMPLES;
}

START_TEST(one_byte_a_weight_loses_little)
{
	size_t size;
	void *bytes;
	double exact = learn_classes(2, 0, 1, &bytes, &size), small;

	free(bytes);
	small = learn_classes(1, 0.0005, 1, &bytes, &size);
	free(bytes);
	ck_assert_msg(exact > 0.8, "two bytes: %.3f", exact);
	ck_assert_msg(small > exact - 0.01, "one byte: %.3f of %.3f", small, exact);
}
END_TEST

START_TEST(the_same_seed_gives_the_same_bytes)
{
	size_t size[3];
	void *bytes[3];

	for (int i = 0; i < 3; i++)
		learn_classes(1, 0, i < 2 ? 5 : 6, &bytes[i], &size[i]);
	ck_assert_uint_eq(size[0], size[1]);
	ck_assert_mem_eq(bytes[0], bytes[1], size[0]);
	ck_assert_int_ne(memcmp(bytes[0], bytes[2], size[0]), 0);
	for (int i = 0; i < 3; i++)
		free(bytes[i]);
}
END_TEST

START_TEST(a_mean_weighs_how_long_a_weight_stood)
{
	struct quoth_learner *learner = quoth_learner_new(4, 1);
	uint32_t early = quoth_feature(1, 1), late = quoth_feature(1, 2);
	struct quoth_weights weights;
	struct quoth_table table;
	float first, second;

	ck_assert_uint_ne(early >> 28, late >> 28);
	quoth_learner_add(learner, &early, 1, 0, 1);
	for (int i = 0; i < 75; i++)
		quoth_learner_tick(learner);
	quoth_learner_add(learner, &late, 1, 0, 1);
	for (int i = 0; i < 24; i++)
		quoth_learner_tick(learner);
	ck_assert_int_eq(quoth_learner_quantise(learner, 2, 0, "t", "", &table), 0);
	weights = quoth_table_weights(&table);
	first = quoth_weights_score_one(&weights, &early, 1);
	second = quoth_weights_score_one(&weights, &late, 1);
	ck_assert_msg(first > 0.98 && first < 1.0, "%f", (double)first);
	ck_assert_msg(second > 0.22 && second < 0.26, "%f", (double)second);
	ck_assert_float_eq(quoth_learner_score_label(learner, &late, 1, 0), 1);
	free((void *)table.bytes);
	quoth_learner_free(learner);
}
END_TEST

START_TEST(learners_add_up_to_what_they_say_together)
{
	struct quoth_learner *sum = quoth_learner_new(4, 5), *parts[2] = {quoth_learner_new(4, 5), quoth_learner_new(4, 5)};
	uint32_t feature = quoth_feature(1, 1);
	float scores[QUOTH_MAX_LABELS];

	for (int i = 0; i < 2; i++) {
		quoth_learner_add(parts[i], &feature, 1, 2, (float)(i + 1));
		for (int tick = 0; tick < 99; tick++)
			quoth_learner_tick(parts[i]);
		quoth_learner_add_mean(sum, parts[i]);
		quoth_learner_free(parts[i]);
	}
	quoth_learner_score(sum, &feature, 1, scores);
	for (unsigned label = 0; label < 5; label++)
		ck_assert_float_eq_tol(scores[label], label == 2 ? 3 : 0, 0.05f);
	quoth_learner_free(sum);
}
END_TEST

/* Rows of all widths are summed alike, however many weights are taken at a time. */
START_TEST(a_learner_scores_each_label_by_itself)
{
	static const uint16_t n_labels[] = {1, 2, 4, 5, 17, 42, 60, 256};

	for (size_t k = 0; k < sizeof n_labels / sizeof *n_labels; k++) {
		struct quoth_learner *learner = quoth_learner_new(6, n_labels[k]);
		struct quoth_random random = quoth_random_new(k);
		uint32_t features[9];
		float scores[QUOTH_MAX_LABELS];

		for (unsigned i = 0; i < 9; i++) {
			features[i] = quoth_random_next(&random);
			for (unsigned label = 0; label < n_labels[k]; label++)
				quoth_learner_add(learner, features + i, 1, label, (float)quoth_random_below(&random, 100));
		}
		quoth_learner_score(learner, features, 9, scores);
		for (unsigned label = 0; label < n_labels[k]; label++)
			ck_assert_float_eq(scores[label], quoth_learner_score_label(learner, features, 9, label));
		quoth_learner_free(learner);
	}
}
END_TEST

START_TEST(a_regression_finds_the_share_of_right_ones)
{
	struct quoth_learner *learner = quoth_learner_new(4, 1);
	uint32_t feature = quoth_feature(1, 1);
	float before;

	for (unsigned i = 0; i < 4000; i++)
		ck_assert_int_eq(quoth_learner_regress(learner, &feature, 1, i % 4 != 0, 0, 0.05f, 0), 0);
	before = quoth_learner_score_label(learner, &feature, 1, 0);
	ck_assert_float_eq_tol(before, logf(3), 0.1f);
	ck_assert_int_eq(quoth_learner_regress(learner, &feature, 1, 0.75f, 0.1f, 0.05f, 0), 0);
	ck_assert_float_eq(quoth_learner_score_label(learner, &feature, 1, 0), before);
	ck_assert_int_eq(quoth_learner_regress(learner, &feature, 1, 0, 0.1f, 0.05f, 0), 0);
	ck_assert_float_lt(quoth_learner_score_label(learner, &feature, 1, 0), before);
	quoth_learner_free(learner);
}
END_TEST

START_TEST(a_random_order_holds_each_number_once)
{
	struct quoth_random random = quoth_random_new(3);
	uint32_t order[100];
	bool seen[100] = {false};
	unsigned n_moved = 0;

	quoth_random_order(&random, order, 100);
	for (uint32_t i = 0; i < 100; i++) {
		ck_assert_uint_lt(order[i], 100);
		ck_assert(!seen[order[i]]);
		seen[order[i]] = true;
		n_moved += order[i] != i;
	}
	ck_assert_uint_gt(n_moved, 80);
}
END_TEST

Suite *model_suite(void)
{
	Suite *suite = suite_create("model");
	TCase *files = tcase_create("files"), *numbers = tcase_create("numbers");

	tcase_add_checked_fixture(files, write_file, remove_file);
	tcase_add_test(files, what_was_written_is_read);
	tcase_add_test(files, the_same_tables_give_the_same_bytes);
	tcase_add_test(files, weights_of_another_shape_are_not_found);
	tcase_add_test(files, a_truncated_file_is_refused_at_every_length);
	tcase_add_test(files, a_file_with_any_byte_altered_is_refused);
	tcase_add_test(files, a_longer_file_is_refused);
	tcase_add_test(files, another_kind_of_file_is_refused);
	tcase_add_test(files, a_file_of_the_other_byte_order_is_named_as_such);
	tcase_add_test(files, a_newer_or_older_format_is_named_as_such);
	tcase_add_test(files, a_missing_file_is_an_error_of_reading);
	tcase_add_test(files, tables_that_no_reader_would_take_are_not_written);
	tcase_add_test(files, a_full_table_of_words_is_refused);
	tcase_add_test(files, a_failed_write_leaves_the_old_file);
	suite_add_tcase(suite, files);
	tcase_add_test(numbers, words_are_found_past_collisions);
	tcase_add_test(numbers, a_score_is_the_sum_of_rows_at_every_width);
	tcase_add_test(numbers, sums_of_the_lowest_and_highest_cells_fit);
	tcase_add_test(numbers, features_spread_over_the_rows);
	tcase_add_test(numbers, the_order_of_joined_values_matters);
	tcase_add_test(numbers, one_byte_a_weight_loses_little);
	tcase_add_test(numbers, the_same_seed_gives_the_same_bytes);
	tcase_add_test(numbers, a_mean_weighs_how_long_a_weight_stood);
	tcase_add_test(numbers, learners_add_up_to_what_they_say_together);
	tcase_add_test(numbers, a_learner_scores_each_label_by_itself);
	tcase_add_test(numbers, a_regression_finds_the_share_of_right_ones);
	tcase_add_test(numbers, a_random_order_holds_each_number_once);
	suite_add_tcase(suite, numbers);
	return suite;
}
