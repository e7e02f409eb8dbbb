#include "pipeline/options.h"
#include "tests/suites.h"

#include <stdio.h>

enum { MAX_WORDS = 16 };

/* Reads a command line given as words; strings are kept in static storage, since options point into it. */
static int read_line(struct quoth_options *options, const char *line, struct quoth_report *report)
{
	static char copy[512];
	static char *words[MAX_WORDS + 2];
	int n = 1;

	snprintf(copy, sizeof copy, "%s", line);
	words[0] = "quoth";
	for (char *word = strtok(copy, " "); word && n < MAX_WORDS; word = strtok(NULL, " "))
		words[n++] = word;
	words[n] = NULL;
	memset(report, 0, sizeof *report);
	return quoth_options_read(options, n, words, report);
}

START_TEST(defaults_are_those_of_the_manual)
{
	struct quoth_options options;
	struct quoth_report report;

	ck_assert_int_eq(read_line(&options, "", &report), 0);
	ck_assert_int_eq(options.action, QUOTH_RUN);
	ck_assert_str_eq(options.writer->name, "tsv");
	ck_assert_ptr_null(options.reading.format);
	ck_assert_uint_eq(options.reading.max_document_bytes, 16 << 20);
	ck_assert_uint_eq(options.writing.filter.kinds, 7);
	ck_assert_uint_eq(options.writing.filter.min_thousandths, 0);
	ck_assert_int_eq(options.writing.until, QUOTH_N_STAGES);
	ck_assert_uint_ge(options.jobs, 1);
	ck_assert_uint_eq(options.n_paths, 0);
}
END_TEST

START_TEST(every_option_sets_what_it_says)
{
	struct quoth_options options;
	struct quoth_report report;

	ck_assert_int_eq(read_line(&options, "-f jsonl -tjsonl a.txt --jobs=3 -", &report), 0);
	ck_assert_str_eq(options.reading.format->name, "jsonl");
	ck_assert_str_eq(options.writer->name, "jsonl");
	ck_assert_uint_eq(options.jobs, 3);
	ck_assert_uint_eq(options.n_paths, 2);
	ck_assert_str_eq(options.paths[0], "a.txt");
	ck_assert_str_eq(options.paths[1], "-");
	ck_assert_int_eq(read_line(&options, "--kinds=mixed,direct --min-conf .25 --max-document=2m --until tag -o x", &report), 0);
	ck_assert_uint_eq(options.writing.filter.kinds, 1u << QUOTH_DIRECT | 1u << QUOTH_MIXED);
	ck_assert_uint_eq(options.writing.filter.min_thousandths, 250);
	ck_assert_uint_eq(options.reading.max_document_bytes, 2 << 20);
	ck_assert_int_eq(options.writing.until, QUOTH_STAGE_TAG);
	ck_assert_str_eq(options.writer->name, "layers");
	ck_assert_str_eq(options.output, "x");
	ck_assert_int_eq(read_line(&options, "--errors=e --model=m --text-field=t --id-field=i --progress --", &report), 0);
	ck_assert_str_eq(options.errors, "e");
	ck_assert_str_eq(options.model, "m");
	ck_assert_str_eq(options.reading.text_field, "t");
	ck_assert_str_eq(options.reading.id_field, "i");
	ck_assert_int_eq(options.progress, QUOTH_ALWAYS);
	ck_assert_int_eq(read_line(&options, "--progress=never -h --bogus", &report), 0);
	ck_assert_int_eq(options.action, QUOTH_PRINT_HELP);
	ck_assert_int_eq(read_line(&options, "--version", &report), 0);
	ck_assert_int_eq(options.action, QUOTH_PRINT_VERSION);
}
END_TEST

static const struct {
	const char *line, *where, *what;
} mistakes[] = {
	{"--kindz=direct", "--kindz", "no such option; did you mean --kinds?"},
	{"--otput=x", "--otput", "no such option; did you mean --output?"},
	{"--xyzzy", "--xyzzy", "no such option (see quoth --help)"},
	{"-y", "-y", "no such option (see quoth --help)"},
	{"-j", "-j", "needs a value (see quoth --help)"},
	{"--jobs", "--jobs", "needs a value (see quoth --help)"},
	{"--help=yes", "--help", "takes no value"},
	{"--kinds=direct,indirekt", "--kinds", "no such kind: \"indirekt\"; did you mean \"indirect\"?"},
	{"--kinds=direct,", "--kinds", "no such kind: \"\""},
	{"--until=segmnet", "--until", "no such stage: \"segmnet\"; did you mean \"segment\"?"},
	{"--from=josnl", "--from", "no such input format: \"josnl\"; did you mean \"jsonl\"?"},
	{"-t csv", "--to", "no such output format: \"csv\"; did you mean \"tsv\"?"},
	{"--jobs=0", "--jobs", "not a number from 1 to 1024: \"0\""},
	{"--jobs=2x", "--jobs", "not a number from 1 to 1024: \"2x\""},
	{"--jobs=-2", "--jobs", "not a number from 1 to 1024: \"-2\""},
	{"--min-confidence=1.001", "--min-confidence", "not a number from 0 to 1: \"1.001\""},
	{"--min-confidence=1.00001", "--min-confidence", "not a number from 0 to 1: \"1.00001\""},
	{"--min-confidence=99999999999999", "--min-confidence", "not a number from 0 to 1: \"99999999999999\""},
	{"--min-confidence=.", "--min-confidence", "not a number from 0 to 1: \".\""},
	{"--min-confidence=0,5", "--min-confidence", "not a number from 0 to 1: \"0,5\""},
	{"--min-checkworthy=1.1", "--min-checkworthy", "not a number from 0 to 1: \"1.1\""},
	{"--max-document=65M", "--max-document", "not a size from 1 to 64M: \"65M\""},
	{"--max-document=99999999999999999999G", "--max-document", "not a size from 1 to 64M: \"99999999999999999999G\""},
	{"--max-document=M", "--max-document", "not a size from 1 to 64M: \"M\""},
	{"--progress=sometimes", "--progress", "no such value: \"sometimes\""},
	{"--output=", "--output", "no file name: \"\""},
	{"--text-field=", "--text-field", "no field name: \"\""},
	{"--until=tag --to=tsv", "--until", "prints JSON lines; it does not go with --to=tsv"},
	{"--explain", "--explain", "is for the rows of --to=jsonl"},
	{"--explain=yes", "--explain", "takes no value"},
	{"--to=sqlite", "--to=sqlite", "needs a file to write to: --output=FILE"},
	{"-o - -t sqlite", "--to=sqlite", "needs a file to write to: --output=FILE"},
	{"--to=sqlite -o x.db --resume=j a.txt", "--resume", "does not go with --to=sqlite, which is written in one go"},
	{"--to=sqlite -o x.db --explain", "--explain", "is for the rows of --to=jsonl"},
	{"--to=sqlite -o x.db --until=tag", "--until", "prints JSON lines; it does not go with --to=sqlite"},
	{"--with-text", "--with-text", "is for the rows of --to=jsonl and --to=sqlite"},
	{"--explain --until=tag", "--explain", "explains rows; it does not go with --until"},
	{"-o x --errors=x", "--errors", "is the file of --output too"},
};

START_TEST(a_mistake_names_the_option_and_the_nearest_right_word)
{
	struct quoth_options options;
	struct quoth_report report;

	ck_assert_int_eq(read_line(&options, mistakes[_i].line, &report), QUOTH_BAD_USAGE);
	ck_assert_str_eq(report.where, mistakes[_i].where);
	ck_assert_str_eq(report.what, mistakes[_i].what);
}
END_TEST

START_TEST(the_nearest_name_is_near)
{
	static const char *const names[] = {"direct", "mixed", "indirect", NULL};
	static const struct {
		const char *word, *nearest;
	} cases[] = {
		{"direct", "direct"}, {"DIRECT", "direct"}, {"driect", "direct"}, {"indirct", "indirect"}, {"mix", "mixed"},
		{"in", "indirect"}, {"quoted", NULL}, {"", NULL}, {"x", NULL},
		{"a-word-that-is-far-longer-than-any-name-could-ever-be", NULL},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *nearest = quoth_nearest_name(cases[i].word, names);

		if (cases[i].nearest)
			ck_assert_str_eq(nearest ? nearest : "none", cases[i].nearest);
		else
			ck_assert_ptr_null(nearest);
	}
}
END_TEST

START_TEST(help_names_every_stage_and_format)
{
	struct quoth_buffer help = {0};

	quoth_options_put_help(&help);
	quoth_buffer_put_byte(&help, '\0');
	for (unsigned stage = 0; stage < QUOTH_N_STAGES; stage++)
		ck_assert_ptr_nonnull(strstr(help.bytes, quoth_stage_name(stage)));
	for (const struct quoth_format *const *format = quoth_formats; *format; format++)
		ck_assert_ptr_nonnull(strstr(help.bytes, (*format)->name));
	for (const struct quoth_writer *const *writer = quoth_writers; *writer; writer++)
		ck_assert_ptr_nonnull(strstr(help.bytes, (*writer)->name));
	quoth_buffer_free(&help);
}
END_TEST

Suite *options_suite(void)
{
	Suite *suite = suite_create("options");
	TCase *tcase = tcase_create("options");

	tcase_add_test(tcase, defaults_are_those_of_the_manual);
	tcase_add_test(tcase, every_option_sets_what_it_says);
	tcase_add_loop_test(tcase, a_mistake_names_the_option_and_the_nearest_right_word, 0, sizeof mistakes / sizeof *mistakes);
	tcase_add_test(tcase, the_nearest_name_is_near);
	tcase_add_test(tcase, help_names_every_stage_and_format);
	suite_add_tcase(suite, tcase);
	return suite;
}
