#include "config.h"

#include "pipeline/chain.h"
#include "pipeline/gazetteer_compiled.h"
#include "pipeline/gazetteer_file.h"
#include "stages/link.h"
#include "tests/suites.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER "id\tkind\tname\taliases\tdescription\tcountry\n"

static struct quoth_resources resources;
static struct quoth_arena *arena;
static struct quoth_gazetteer *gazetteer;
static struct quoth_report report;
static char folder[] = "/tmp/quoth-gazetteer-XXXXXX", table[64], compiled[64];

/* The first problem that was told, and how many were. */
static char told[512];
static unsigned n_told;

static void tell(const char *where, const char *what)
{
	if (!n_told++)
		snprintf(told, sizeof told, "%s: %s", where + strlen(folder), what);
}

static void set_up(void)
{
	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	arena = quoth_arena_new(0);
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(table, sizeof table, "%s/t.tsv", folder);
	snprintf(compiled, sizeof compiled, "%s/t.gaz", folder);
	n_told = 0;
}

static void tear_down(void)
{
	quoth_gazetteer_close(gazetteer);
	gazetteer = NULL;
	unlink(table);
	unlink(compiled);
	rmdir(folder);
	quoth_arena_free(arena);
	quoth_resources_close(&resources);
}

static void write_file(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");

	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

static int open_file(const char *path)
{
	struct quoth_gazetteer_problems problems = {.tell = tell};

	quoth_gazetteer_close(gazetteer);
	gazetteer = NULL;
	return quoth_gazetteer_open(&gazetteer, path, &problems, &report);
}

static void open_table(const char *text)
{
	write_file(table, text, strlen(text));
	ck_assert_int_eq(open_file(table), 0);
}

/* ---- who is linked ---- */

/* Rows of a gazetteer, an article, and the id of its first named speaker. */
static const struct {
	const char *rows, *text, *id;
} cases[] = {
	{"Q1\tperson\tAnna Berg\t\t\t\n", "“No,” said Anna Berg.", "Q1"},
	{"Q1\tperson\tBerg, Anna\t\t\t\n", "“No,” said Anna Berg.", "Q1"},
	{"Q1\tperson\tA. B.\tx|Anna Berg\t\t\n", "“No,” said Anna Berg.", "Q1"},
	{"Q1\tperson\tSergei Ryabkov\t\tRussian diplomat\tRussia\n", "“No,” said Russian diplomat Sergey Ryabkov.", "Q1"},
	/* another of the names that the article uses */
	{"Q1\tperson\tAnna Berg\t\t\t\n", "Anna Maria Berg came late. “No,” said Anna Berg.", "Q1"},
	/* another kind, another name */
	{"Q1\torganization\tAnna Berg\t\t\t\n", "“No,” said Anna Berg.", ""},
	{"Q1\tperson\tAnna Berger\t\t\t\n", "“No,” said Anna Berg.", ""},
	/* what the article says speaks against it */
	{"Q1\tperson\tAnna Berg\t\tactress\t\n", "“No,” said Governor Anna Berg.", ""},
	{"Q1\tperson\tAnna Berg\t\tpolitician\tFrance\n", "“No,” said Russian lawmaker Anna Berg.", ""},
	{"Q1\tperson\tAnna Berg\t\tpolitician\tFrance|Russia\n", "“No,” said Russian lawmaker Anna Berg.", "Q1"},
	/* two of one name */
	{"Q1\tperson\tAnna Berg\t\tpolitician\t\nQ2\tperson\tAnna Berg\t\tactress\t\n", "“No,” said Governor Anna Berg.", "Q1"},
	{"Q1\tperson\tAnna Berg\t\tpolitician\t\nQ2\tperson\tAnna Berg\t\tactress\t\n", "“No,” said actress Anna Berg.", "Q2"},
	{"Q1\tperson\tAnna Berg\t\tpolitician\t\nQ2\tperson\tAnna Berg\t\tactress\t\n", "“No,” said Anna Berg.", ""},
	{"Q1\tperson\tAnna Berg\t\t\tRussia\nQ2\tperson\tAnna Berg\t\t\tFrance\n", "“No,” said Russian lawmaker Anna Berg.", "Q1"},
	{"Q1\tperson\tAnna Berg\t\tsenator\tFrance\nQ2\tperson\tAnna Berg\t\tsenator\tChile\n",
	 "“No,” said Senator Anna Berg.", ""},
	{"Q1\tperson\tAnna Berg\t\tscored a goal in a match\tNorway\nQ2\tperson\tAnna Berg\t\tpianist\tChile\n",
	 "The match in Norway ended without a goal. “We were lucky,” said Anna Berg.", "Q1"},
	/* an alias that is the other's name, which has the first one's as its alias */
	{"Q1\tperson\tAnna Berg\tEva Dahl\t\t\nQ2\tperson\tEva Dahl\tAnna Berg\t\t\n", "“No,” said Anna Berg.", ""},
	/* nearly alike, or one word: only with proof */
	{"Q1\tperson\tMohammed Sule\t\tgovernor\t\n", "“No,” said Mohamed Sule.", ""},
	{"Q1\tperson\tMohammed Sule\t\tgovernor\t\n", "“No,” said Governor Mohamed Sule.", "Q1"},
	{"Q1\tperson\tJames Thomas\t\tgovernor\t\n", "“No,” said Thomas James.", ""},
};

static const char *link_text(const char *text)
{
	static struct quoth_document doc;

	ck_assert_int_eq(quoth_resources_set_gazetteer(&resources, gazetteer, &report), 0);
	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)strlen(text));
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_N_STAGES, NULL), 0);
	ck_assert_uint_gt(doc.n_attributions, 0);
	ck_assert_uint_lt(doc.attributions[doc.n_attributions - 1].entity, doc.n_entities);
	return doc.entities[doc.attributions[doc.n_attributions - 1].entity].id;
}

START_TEST(a_speaker_is_linked_by_name_and_by_what_is_said_of_him)
{
	struct quoth_gazetteer_problems problems = {.tell = tell};
	char text[1024];

	snprintf(text, sizeof text, HEADER "%s", cases[_i].rows);
	open_table(text);
	ck_assert_str_eq(link_text(cases[_i].text), cases[_i].id);
	ck_assert_int_eq(quoth_gazetteer_compile(table, compiled, &problems, &report), 0);
	ck_assert_int_eq(open_file(compiled), 0);
	ck_assert_str_eq(link_text(cases[_i].text), cases[_i].id);
}
END_TEST

START_TEST(without_memory_no_entity_has_an_id)
{
	const char *text = "“No,” said Governor Anna Berg. “Never,” said Eva Dahl.";
	struct quoth_document doc;
	int error = QUOTH_NO_MEMORY;

	open_table(HEADER "Q1\tperson\tAnna Berg\t\tgovernor\t\nQ2\tperson\tAnna Berg\t\tactress\t\nQ3\tperson\tEva Dahl\t\t\t\n");
	ck_assert_int_eq(quoth_resources_set_gazetteer(&resources, gazetteer, &report), 0);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)strlen(text));
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_STAGE_RESOLVE, NULL), 0);
	for (size_t limit = 16; error; limit += 16) {
		quoth_arena_limit(arena, quoth_arena_used(arena) + limit);
		error = quoth_link(&doc, &resources);
		ck_assert(!error || error == QUOTH_NO_MEMORY);
		for (uint32_t i = 0; error && i < doc.n_entities; i++)
			ck_assert_str_eq(doc.entities[i].id, "");
		ck_assert_uint_lt(limit, 1 << 20);
	}
	quoth_arena_limit(arena, 0);
	ck_assert_str_eq(doc.entities[doc.attributions[0].entity].id, "Q1");
}
END_TEST

/* ---- what is wrong with a table ---- */

static const struct {
	const char *text, *where, *what;
} headers[] = {
	{"", "/t.tsv", "the file is empty"},
	{"id\tkind\tname\taliases\tdescription\n", "/t.tsv:1", "the column \"country\" is missing"},
	{"\n", "/t.tsv:1", "the column \"id\" is missing"},
	{"id\tkind\tname\taliases\tdescription\tcountry\tid\n", "/t.tsv:1", "the column \"id\" is there twice"},
	{"quothgaz", "/t.tsv", "is cut short: 8 bytes"},
};

START_TEST(a_table_without_its_columns_is_refused)
{
	write_file(table, headers[_i].text, strlen(headers[_i].text));
	ck_assert_int_eq(open_file(table), QUOTH_BAD_INPUT);
	ck_assert_str_eq(report.where + strlen(folder), headers[_i].where);
	ck_assert_str_eq(report.what, headers[_i].what);
}
END_TEST

static const struct {
	const char *line, *told;
	size_t size;		/* 0: a C string */
} lines[] = {
	{"Q2\tperson\tEva Dahl\t\t\n", "/t.tsv:3: 5 fields, but the header line has 6", 0},
	{"Q2\tperson\tEva Dahl\t\t\t\t\n", "/t.tsv:3: 7 fields, but the header line has 6", 0},
	{"\tperson\tEva Dahl\t\t\t\n", "/t.tsv:3: the id is empty", 0},
	{"Q2\tPerson\tEva Dahl\t\t\t\n", "/t.tsv:3: the kind is neither person nor organization: \"Person\"", 0},
	{"Q2\tperson\t\tEva Dahl\t\t\n", "/t.tsv:3: the name is empty", 0},
	{"Q2\tperson\t—\tEva Dahl\t\t\n", "/t.tsv:3: the name has no letters", 0},
	{"Q1\tperson\tEva Dahl\t\t\t\n", "/t.tsv:3: the id \"Q1\" is that of an earlier line, too", 0},
	{"Q2\tperson\tEva D\xffhl\t\t\t\n", "/t.tsv:3: the line is no UTF-8 (byte 16)", 0},
	{"Q2\tperson\tEva D\xed\xa0\x80hl\t\t\t\n", "/t.tsv:3: the line is no UTF-8 (byte 16)", 0},
	{"Q2\tperson\tEva\0Dahl\t\t\t\n", "/t.tsv:3: the line holds a NUL byte", 22},
};

START_TEST(a_bad_line_is_told_and_left_out)
{
	static const char before[] = HEADER "Q1\tperson\tAnna Berg\t\t\t\n", after[] = "Q9\tperson\tIda Holm\t\t\t";
	char text[512];
	size_t n = strlen(before), size = lines[_i].size ? lines[_i].size : strlen(lines[_i].line);

	memcpy(text, before, n);
	memcpy(text + n, lines[_i].line, size);
	strcpy(text + n + size, after);
	write_file(table, text, n + size + strlen(after));
	ck_assert_int_eq(open_file(table), 0);
	ck_assert_uint_eq(n_told, 1);
	ck_assert_str_eq(told, lines[_i].told);
	ck_assert_uint_eq(gazetteer->n_entries, 2);
	ck_assert_str_eq(link_text("“No,” said Anna Berg."), "Q1");
	ck_assert_str_eq(link_text("“No,” said Ida Holm."), "Q9");
	ck_assert_str_eq(link_text("“No,” said Eva Dahl."), "");
}
END_TEST

START_TEST(lines_may_end_and_columns_stand_in_other_ways)
{
	open_table("\xEF\xBB\xBF" "country\tmore\tid\tname\tkind\tdescription\taliases\r\n\r\n\n"
		   "\tx\tQ1\tAnna Berg\tperson\t\t||Eva Dahl|\r\n\ty\tQ2\tIda Holm\tperson\t\t");
	ck_assert_uint_eq(n_told, 0);
	ck_assert_uint_eq(gazetteer->n_entries, 2);
	ck_assert_uint_eq(gazetteer->n_names, 3);
	ck_assert_str_eq(link_text("“No,” said Eva Dahl."), "Q1");
	ck_assert_str_eq(link_text("“No,” said Ida Holm."), "Q2");
}
END_TEST

START_TEST(only_the_first_bad_lines_are_told_one_by_one)
{
	char *text = malloc(100000), *end = text + sprintf(text, HEADER);

	for (unsigned i = 0; i < 1000; i++)
		end += sprintf(end, "Q%u\tpet\tAnna Berg\t\t\t\n", i);
	open_table(text);
	ck_assert_uint_eq(n_told, 11);
	ck_assert_uint_eq(gazetteer->n_entries, 0);
	free(text);
}
END_TEST

/* ---- what is wrong with a compiled gazetteer ---- */

static unsigned char bytes[4096];
static size_t n_bytes;

static void compile_one(void)
{
	struct quoth_gazetteer_problems problems = {.tell = tell};
	FILE *file;

	write_file(table, HEADER "Q1\tperson\tAnna Berg\t\t\t\n", strlen(HEADER "Q1\tperson\tAnna Berg\t\t\t\n"));
	ck_assert_int_eq(quoth_gazetteer_compile(table, compiled, &problems, &report), 0);
	file = fopen(compiled, "rb");
	n_bytes = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	ck_assert_uint_gt(n_bytes, sizeof(struct quoth_compiled_header));
	ck_assert_uint_lt(n_bytes, sizeof bytes);
}

static void assert_refused(size_t size, const char *what)
{
	write_file(compiled, bytes, size);
	ck_assert_int_eq(open_file(compiled), QUOTH_BAD_INPUT);
	ck_assert_ptr_null(gazetteer);
	ck_assert_msg(strstr(report.what, what), "%s", report.what);
}

START_TEST(a_compiled_gazetteer_that_was_cut_is_refused)
{
	compile_one();
	for (size_t size = 8; size < n_bytes; size++)
		assert_refused(size, "is cut short");
	assert_refused(n_bytes + 1, "is damaged");
}
END_TEST

START_TEST(a_compiled_gazetteer_with_any_byte_altered_is_refused)
{
	compile_one();
	for (size_t i = 8; i < n_bytes; i++) {
		bytes[i] ^= 0x10;
		write_file(compiled, bytes, n_bytes);
		ck_assert_int_eq(open_file(compiled), QUOTH_BAD_INPUT);
		ck_assert(*report.what);
		bytes[i] ^= 0x10;
	}
}
END_TEST

START_TEST(a_compiled_gazetteer_of_another_kind_is_named)
{
	struct quoth_compiled_header *header = (struct quoth_compiled_header *)bytes;

	compile_one();
	header->version++;
	assert_refused(n_bytes, "newer than the format 1");
	header->version -= 2;
	assert_refused(n_bytes, "older than the format 1");
	header->byte_order = __builtin_bswap32(header->byte_order);
	assert_refused(n_bytes, "the other byte order");
}
END_TEST

START_TEST(the_same_table_compiles_to_the_same_bytes)
{
	static unsigned char first[sizeof bytes];
	size_t size;

	compile_one();
	memcpy(first, bytes, n_bytes);
	size = n_bytes;
	compile_one();
	ck_assert_uint_eq(size, n_bytes);
	ck_assert_mem_eq(first, bytes, size);
}
END_TEST

START_TEST(a_compiler_that_fails_leaves_standard_input_open)
{
	struct quoth_gazetteer_problems problems = {.tell = tell};
	char nowhere[96];

	snprintf(nowhere, sizeof nowhere, "%s/no/such", folder);
	ck_assert_int_eq(quoth_gazetteer_compile(table, nowhere, &problems, &report), QUOTH_IO);
	ck_assert_str_eq(report.where, nowhere);
	ck_assert_int_ge(fcntl(STDIN_FILENO, F_GETFD), 0);
}
END_TEST

Suite *gazetteer_file_suite(void)
{
	Suite *suite = suite_create("gazetteer_file");
	TCase *links = tcase_create("links"), *tables = tcase_create("tables"), *files = tcase_create("compiled");

	tcase_add_checked_fixture(links, set_up, tear_down);
	tcase_add_loop_test(links, a_speaker_is_linked_by_name_and_by_what_is_said_of_him, 0, sizeof cases / sizeof *cases);
	tcase_add_test(links, without_memory_no_entity_has_an_id);
	suite_add_tcase(suite, links);
	tcase_add_checked_fixture(tables, set_up, tear_down);
	tcase_add_loop_test(tables, a_table_without_its_columns_is_refused, 0, sizeof headers / sizeof *headers);
	tcase_add_loop_test(tables, a_bad_line_is_told_and_left_out, 0, sizeof lines / sizeof *lines);
	tcase_add_test(tables, lines_may_end_and_columns_stand_in_other_ways);
	tcase_add_test(tables, only_the_first_bad_lines_are_told_one_by_one);
	suite_add_tcase(suite, tables);
	tcase_add_checked_fixture(files, set_up, tear_down);
	tcase_add_test(files, a_compiled_gazetteer_that_was_cut_is_refused);
	tcase_add_test(files, a_compiled_gazetteer_with_any_byte_altered_is_refused);
	tcase_add_test(files, a_compiled_gazetteer_of_another_kind_is_named);
	tcase_add_test(files, the_same_table_compiles_to_the_same_bytes);
	tcase_add_test(files, a_compiler_that_fails_leaves_standard_input_open);
	suite_add_tcase(suite, files);
	return suite;
}
