#include "config.h"
#include "pipeline/evaluation.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER "doc\tkind\tquote_spans\tsource_spans\tcue_spans\tspeaker\tquote\tsource\tcue\n"

static char folder[] = "/tmp/quoth-evaluation-XXXXXX";
static char text_path[64], other_path[64], gold_path[64], rows_path[64], docs_path[64];
static struct quoth_evaluation evaluation;
static struct quoth_report report;
static struct quoth_measure measures[QUOTH_MOST_MEASURES];

/* 0123456789 123456789 123456789 123456789 1234 */
static const char article[] = "Rain will fall, Ada Lee said. Bo: \"We know.\"\n";

static void write_file(const char *path, const char *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

static void make_folder(void)
{
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(text_path, sizeof text_path, "%s/a.txt", folder);
	snprintf(other_path, sizeof other_path, "%s/b.txt", folder);
	snprintf(gold_path, sizeof gold_path, "%s/gold.tsv", folder);
	snprintf(rows_path, sizeof rows_path, "%s/rows.tsv", folder);
	snprintf(docs_path, sizeof docs_path, "%s/docs", folder);
	write_file(text_path, article, strlen(article));
}

static void remove_folder(void)
{
	quoth_evaluation_close(&evaluation);
	unlink(text_path);
	unlink(other_path);
	unlink(gold_path);
	unlink(rows_path);
	unlink(docs_path);
	ck_assert_int_eq(rmdir(folder), 0);
}

static int evaluate(const char *gold, const char *rows)
{
	struct quoth_evaluation_inputs inputs = {folder, gold_path, rows_path, NULL};
	int error;

	if (!access(docs_path, F_OK))
		inputs.docs = docs_path;
	write_file(gold_path, gold, strlen(gold));
	write_file(rows_path, rows, strlen(rows));
	quoth_evaluation_close(&evaluation);
	memset(measures, 0, sizeof measures);
	error = quoth_evaluation_open(&evaluation, &inputs, &report);
	quoth_counts_measure(&evaluation.counts, measures);
	return error;
}

static const struct quoth_measure *measure(const char *name)
{
	for (unsigned i = 0; i < QUOTH_MOST_MEASURES; i++)
		if (measures[i].name && !strcmp(measures[i].name, name))
			return measures + i;
	ck_abort_msg("no measure %s", name);
	return NULL;
}

static void assert_measure(const char *name, double p, double r)
{
	ck_assert_double_eq_tol(measure(name)->precision, p, 0.05);
	ck_assert_double_eq_tol(measure(name)->recall, r, 0.05);
}

static const char gold_rows[] = HEADER
	"a\tindirect\t0-14\t16-23\t24-28\tAda Lee\tRain will fall\tAda Lee\tsaid\n"
	"a\tdirect\t34-44\t30-32\t32-33\tBo\t\"We know.\"\tBo\t:\n";

START_TEST(gold_against_itself_is_perfect)
{
	static const char *const names[] = {"token.content", "token.source", "attribution", "attribution+source", "exact",
		"direct", "direct+source", "speaker"};

	ck_assert_int_eq(evaluate(gold_rows, gold_rows), 0);
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		assert_measure(names[i], 100, 100);
	ck_assert_double_eq_tol(measure("recall.indirect")->with_source, 100, 0.05);
}
END_TEST

START_TEST(nothing_predicted_scores_nothing)
{
	ck_assert_int_eq(evaluate(gold_rows, HEADER), 0);
	assert_measure("attribution", 0, 0);
	ck_assert_double_eq_tol(measure("attribution")->f1, 0, 0.01);
	ck_assert_uint_eq(measure("attribution")->gold, 2);
}
END_TEST

START_TEST(columns_are_found_by_name_and_paths_are_ids)
{
	ck_assert_int_eq(evaluate(gold_rows,
		"cue_spans\tx\tsource_spans\tquote_spans\tkind\tdoc\r\n\r\n24-28\t\t16-23\t0-14\tindirect\tsome/where/a.txt\r\n"), 0);
	assert_measure("attribution+source", 100, 50);
}
END_TEST

/* Of "Rain will fall", one word is too little, two of three suffice; so do two of four. */
START_TEST(half_of_the_words_pair)
{
	static const struct {
		const char *spans;
		double recall, exact;
	} cases[] = {
		{"0-4", 50, 0}, {"0-9", 50, 0}, {"0-1", 50, 0}, {"10-28", 0, 0}, {"5-19", 50, 0}, {"0-15", 50, 50}, {"0-4,5-14", 50, 50},
		{"14-15", 0, 0}, {"", 0, 0}, {"2-2,6-6,11-11", 50, 50}, {",0-14,", 50, 50}, {"10-14,0-9", 50, 50},
	};
	char rows[256];

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		snprintf(rows, sizeof rows, HEADER "a\tindirect\t%s\t\t\t\t\t\t\n", cases[i].spans);
		ck_assert_int_eq(evaluate(gold_rows, rows), 0);
		ck_assert_msg(measure("attribution")->recall == cases[i].recall, "case %u", i);
		ck_assert_msg(measure("exact")->recall == cases[i].exact, "case %u", i);
	}
}
END_TEST

START_TEST(sources_agree_by_their_last_word)
{
	static const struct {
		const char *source;
		double recall;
	} cases[] = {{"16-23", 50}, {"20-23", 50}, {"16-19", 50}, {"0-23", 50}, {"0-28", 50}, {"0-32", 0}, {"24-28", 0}, {"", 0}};
	char rows[256];

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		snprintf(rows, sizeof rows, HEADER "a\tindirect\t0-14\t%s\t\t\t\t\t\n", cases[i].source);
		ck_assert_int_eq(evaluate(gold_rows, rows), 0);
		ck_assert_msg(measure("attribution+source")->recall == cases[i].recall, "case %u", i);
	}
}
END_TEST

START_TEST(a_row_pairs_once_and_with_the_better_source)
{
	ck_assert_int_eq(evaluate(gold_rows, HEADER
		"a\tindirect\t0-14\t30-32\t\tBo\t\t\t\n"
		"a\tindirect\t0-14\t16-23\t\tAda Lee\t\t\t\n"), 0);
	assert_measure("attribution", 50, 50);
	assert_measure("attribution+source", 50, 50);
	assert_measure("speaker", 100, 50);
}
END_TEST

START_TEST(direct_rows_of_another_gold_kind_count_neither_way)
{
	ck_assert_int_eq(evaluate(gold_rows, HEADER
		"a\tdirect\t0-14\t16-23\t\t\t\t\t\n"
		"a\tdirect\t34-44\t30-32\t\t\t\t\t\n"
		"a\tdirect\t24-28\t\t\t\t\t\t\n"), 0);
	ck_assert_uint_eq(measure("direct")->predicted, 2);
	assert_measure("direct", 50, 100);
}
END_TEST

START_TEST(names_agree_by_their_last_words)
{
	static const struct {
		const char *gold, *predicted;
		bool agree;
	} cases[] = {
		{"Ada Lee", "Ada Lee", true}, {"Ada Lee", "ADA LEE", true}, {"Ada Lee", "Lee", true}, {"Lee", "Ada Lee", true},
		{"Ada Lee", "Ada", false}, {"Ada Lee", "Dlee", false}, {"Ada Lee", "", false}, {"Bo|Ada Lee", "Lee", true},
		{"Bo||Ada", "Cy", false}, {"Stra\xC3\x9F" "e", "STRASSE", true}, {"Russia\xE2\x80\x99s ministry", "Russia ministry", true},
		{"Lee's", "Lee", true}, {"Lee'S", "Lee", false}, {"'s", "'s", false}, {"|", "Lee", false}, {"Ada-Lee", "Ada Lee", true},
		{"U.S. Navy", "Navy", true}, {"Navy", "Navy spokesman", false},
	};
	struct quoth_arena *arena = quoth_arena_new(0);
	bool agree;

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_int_eq(quoth_words_same_name(&agree, cases[i].gold, cases[i].predicted, arena), 0);
		ck_assert_msg(agree == cases[i].agree, "\"%s\" and \"%s\"", cases[i].gold, cases[i].predicted);
	}
	quoth_arena_free(arena);
}
END_TEST

START_TEST(words_are_letters_digits_and_underscores)
{
	static const struct {
		const char *text;
		uint32_t words;
	} cases[] = {
		{"", 0}, {" .,- ", 0}, {"a", 1}, {"don't", 2}, {"a_b 12", 2}, {"na\xC3\xAFve", 1}, {"nai\xCC\x88ve", 2}, {"a\xFF" "b", 2},
		{"\xE2\x80\x9Cx\xE2\x80\x9D", 1}, {"\xE6\x97\xA5\xE6\x9C\xAC", 1}, {"a\xE2\x82", 1}, {"\xED\xA0\x80", 0}, {"\xC2\xBD", 1},
	};
	struct quoth_arena *arena = quoth_arena_new(0);
	struct quoth_worded_text text;

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_int_eq(quoth_words_cut(&text, cases[i].text, (uint32_t)strlen(cases[i].text), arena), 0);
		ck_assert_msg(text.n_words == cases[i].words, "case %u: %u words", i, text.n_words);
	}
	quoth_arena_free(arena);
}
END_TEST

START_TEST(hostile_tables_get_an_error_with_file_and_line)
{
	static const struct {
		const char *rows, *what;
		int line;	/* 0: the file as a whole */
	} cases[] = {
		{"", "empty", 0},
		{"\n", "lacks the column \"doc\"", 1},
		{"doc\tkind\tquote_spans\tsource_spans\n", "lacks the column \"cue_spans\"", 1},
		{HEADER "a\tindirect\t0-14\n", "3 fields where the header has 9", 2},
		{HEADER "a\tindirect\t0-14\t\t\t\t\t\t\t\n", "10 fields where the header has 9", 2},
		{HEADER "\na\tsung\t0-14\t\t\t\t\t\t\n", "kind", 3},
		{HEADER "a\tdirect\t14-0\t\t\t\t\t\t\n", "quote_spans: span 14-0 ends before it begins", 2},
		{HEADER "a\tdirect\t0-4\t0-46\t\t\t\t\t\n", "source_spans: span 0-46 is outside the text of 45 bytes", 2},
		{HEADER "a\tdirect\t0-4\t\t18446744073709551617-18446744073709551618\t\t\t\t\n", "outside the text", 2},
		{HEADER "a\tdirect\t0-4\t\t4294967296-4294967297\t\t\t\t\n", "cue_spans: span 4294967296", 2},
		{HEADER "a\tdirect\t-4\t\t\t\t\t\t\n", "\"-4\" is not of the form BEGIN-END", 2},
		{HEADER "a\tdirect\t0-4;6-8\t\t\t\t\t\t\n", "is not of the form", 2},
		{HEADER "a\tdirect\t0--4\t\t\t\t\t\t\n", "is not of the form", 2},
		{HEADER "a\tdirect\t0 - 4\t\t\t\t\t\t\n", "is not of the form", 2},
		{HEADER "a\tdirect\t0-4\t\t\t\xC0\xAF\t\t\t\n", "not UTF-8", 2},
	};
	char where[128];

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_msg(evaluate(gold_rows, cases[i].rows) == QUOTH_BAD_INPUT, "case %u", i);
		snprintf(where, sizeof where, cases[i].line ? "%s:%d" : "%s", rows_path, cases[i].line);
		ck_assert_str_eq(report.where, where);
		ck_assert_msg(strstr(report.what, cases[i].what), "case %u: %s", i, report.what);
	}
}
END_TEST

START_TEST(a_span_may_reach_to_the_last_byte)
{
	ck_assert_int_eq(evaluate(gold_rows, HEADER "a\tdirect\t34-45\t45-45\t\t\t\t\t\n"), 0);
	assert_measure("exact", 100, 50);
}
END_TEST

START_TEST(a_nul_byte_in_a_table_is_an_error)
{
	static const char rows[] = HEADER "a\tdirect\t0-4\t\0\t\t\t\t\t\n";
	struct quoth_evaluation_inputs inputs = {folder, gold_path, rows_path, NULL};

	write_file(gold_path, gold_rows, strlen(gold_rows));
	write_file(rows_path, rows, sizeof rows - 1);
	ck_assert_int_eq(quoth_evaluation_open(&evaluation, &inputs, &report), QUOTH_BAD_INPUT);
	ck_assert_str_eq(report.what, "a NUL byte");
}
END_TEST

START_TEST(missing_files_are_named)
{
	struct quoth_evaluation_inputs inputs = {folder, gold_path, rows_path, NULL};

	write_file(gold_path, gold_rows, strlen(gold_rows));
	ck_assert_int_eq(quoth_evaluation_open(&evaluation, &inputs, &report), QUOTH_IO);
	ck_assert_str_eq(report.where, rows_path);
}
END_TEST

START_TEST(rows_without_a_text_are_left_out_and_counted)
{
	ck_assert_int_eq(evaluate(gold_rows, HEADER
		"a\tindirect\t0-14\t16-23\t\t\t\t\t\n"
		"zz\tindirect\t0-1400\t\t\t\t\t\t\n"), 0);
	ck_assert_uint_eq(evaluation.n_left_out, 1);
	assert_measure("attribution", 100, 50);
}
END_TEST

START_TEST(documents_without_gold_rows_count_nothing)
{
	write_file(other_path, article, strlen(article));
	ck_assert_int_eq(evaluate(gold_rows, HEADER "b\tindirect\t0-14\t\t\t\t\t\t\n"), 0);
	ck_assert_uint_eq(evaluation.counts.docs, 1);
	ck_assert_uint_eq(measure("attribution")->predicted, 0);
	ck_assert_int_eq(evaluate(gold_rows, HEADER "b\tindirect\t0-99\t\t\t\t\t\t\n"), QUOTH_BAD_INPUT);
}
END_TEST

START_TEST(a_list_of_documents_restricts)
{
	static const char both[] = HEADER
		"a\tindirect\t0-14\t16-23\t24-28\t\t\t\t\n"
		"b\tindirect\t0-14\t16-23\t24-28\t\t\t\t\n";

	write_file(other_path, article, strlen(article));
	ck_assert_int_eq(evaluate(both, both), 0);
	ck_assert_uint_eq(evaluation.counts.docs, 2);
	write_file(docs_path, "\n  x/b.txt \nnone\n", 16);
	ck_assert_int_eq(evaluate(both, both), 0);
	ck_assert_uint_eq(evaluation.counts.docs, 1);
	ck_assert_str_eq(evaluation.docs[0].id, "b");
}
END_TEST

START_TEST(resampling_is_the_same_for_the_same_seed)
{
	struct quoth_interval one[QUOTH_MOST_MEASURES], two[QUOTH_MOST_MEASURES];
	static const char gold[] = HEADER
		"a\tindirect\t0-14\t16-23\t24-28\t\t\t\t\n"
		"b\tindirect\t0-14\t16-23\t24-28\t\t\t\t\n";

	write_file(other_path, article, strlen(article));
	ck_assert_int_eq(evaluate(gold, HEADER "a\tindirect\t0-14\t16-23\t24-28\t\t\t\t\n"), 0);
	ck_assert_int_eq(quoth_evaluation_resample(&evaluation, 400, 7, one), 0);
	ck_assert_int_eq(quoth_evaluation_resample(&evaluation, 400, 7, two), 0);
	ck_assert_mem_eq(one, two, 4 * sizeof *one);
	/* Both articles found, one, or none: a quarter of the samples is all right, a quarter all wrong. */
	ck_assert_double_eq_tol(one[3].low, 0, 0.01);
	ck_assert_double_eq_tol(one[3].high, 100, 0.01);
}
END_TEST

START_TEST(reports_say_what_was_counted)
{
	char *out = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&out, &size);

	ck_assert_int_eq(evaluate(gold_rows, HEADER "a\tindirect\t0-14\t30-32\t\t\tRain will fall\tBo\tSAID\n"), 0);
	quoth_evaluation_print(&evaluation, NULL, to);
	ck_assert_int_eq(quoth_evaluation_print_table(&evaluation, 5, to), 0);
	quoth_evaluation_print_errors(&evaluation, 3, to);
	quoth_evaluation_print_json(&evaluation, NULL, to);
	ck_assert_int_eq(fclose(to), 0);
	ck_assert_ptr_nonnull(strstr(out, "docs                 1\n"));
	ck_assert_ptr_nonnull(strstr(out, "attribution          p 100.0  r 50.0  f1 66.7  gold 2  pred 1\n"));
	ck_assert_ptr_nonnull(strstr(out, "recall.indirect      r 100.0  +source 0.0  gold 1\n"));
	ck_assert_ptr_nonnull(strstr(out, "\nsaid                               1       0       1       0       1       0\n"));
	ck_assert_ptr_nonnull(strstr(out, "-- missed [a] direct: 'Bo' ':': '\"We know.\"'\n"));
	ck_assert_ptr_nonnull(strstr(out, "-- source [a] indirect: 'Ada Lee' 'said': 'Rain will fall' | said to be 'Bo'\n"));
	ck_assert_ptr_nonnull(strstr(out, "\n \"exact\": {\n  \"p\": 100.0,\n  \"r\": 50.0,\n  \"f1\": 66.7,\n  \"gold\": 2,\n  \"pred\": 1\n }"));
	free(out);
}
END_TEST

Suite *evaluation_suite(void)
{
	Suite *suite = suite_create("evaluation");
	TCase *tcase = tcase_create("evaluation");

	tcase_add_checked_fixture(tcase, make_folder, remove_folder);
	tcase_add_test(tcase, gold_against_itself_is_perfect);
	tcase_add_test(tcase, nothing_predicted_scores_nothing);
	tcase_add_test(tcase, columns_are_found_by_name_and_paths_are_ids);
	tcase_add_test(tcase, half_of_the_words_pair);
	tcase_add_test(tcase, sources_agree_by_their_last_word);
	tcase_add_test(tcase, a_row_pairs_once_and_with_the_better_source);
	tcase_add_test(tcase, direct_rows_of_another_gold_kind_count_neither_way);
	tcase_add_test(tcase, names_agree_by_their_last_words);
	tcase_add_test(tcase, words_are_letters_digits_and_underscores);
	tcase_add_test(tcase, hostile_tables_get_an_error_with_file_and_line);
	tcase_add_test(tcase, a_span_may_reach_to_the_last_byte);
	tcase_add_test(tcase, a_nul_byte_in_a_table_is_an_error);
	tcase_add_test(tcase, missing_files_are_named);
	tcase_add_test(tcase, rows_without_a_text_are_left_out_and_counted);
	tcase_add_test(tcase, documents_without_gold_rows_count_nothing);
	tcase_add_test(tcase, a_list_of_documents_restricts);
	tcase_add_test(tcase, resampling_is_the_same_for_the_same_seed);
	tcase_add_test(tcase, reports_say_what_was_counted);
	suite_add_tcase(suite, tcase);
	return suite;
}
