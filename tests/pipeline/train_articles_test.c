#define _POSIX_C_SOURCE 200809L

#include "pipeline/train_articles.h"

#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "articles-test-XXXXXX";
static struct quoth_resources resources;
static struct quoth_trainer trainer;
static struct quoth_articles articles;
static struct quoth_report report;

static const char text[] = "“We will not sign,” Anna Berg said. The mayor agreed.";

/* Bytes of the parts of text: a quotation mark takes three. */
static const char row[] = "a\t3-20\t24-33\t34-38\n", header[] = "doc\tquote_spans\tsource_spans\tcue_spans\n";

static const char *path_of(const char *name)
{
	static char paths[4][300];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", folder, name);
	return path;
}

static void write_file(const char *name, const char *first, const char *second)
{
	FILE *file = fopen(path_of(name), "wb");

	ck_assert_ptr_nonnull(file);
	fputs(first, file);
	fputs(second, file);
	fclose(file);
}

/* A trainer that has the built-in model's tables, and a folder "set" with one text. */
static void set_up(void)
{
	const struct quoth_table *table;

	strcpy(folder, "articles-test-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(mkdir(path_of("set"), 0700), 0);
	ck_assert_int_eq(mkdir(path_of("set/text"), 0700), 0);
	write_file("set/text/a.txt", text, "");
	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	trainer = (struct quoth_trainer){.n_folders = 1};
	trainer.folders[0] = strdup(path_of("set"));
	for (size_t i = 0; (table = quoth_model_table(resources.model, i)); i++)
		trainer.tables[trainer.n_tables++] = *table;
}

static void tear_down(void)
{
	static const char *const names[] = {"set/text/a.txt", "set/text/b.txt", "set/text", "set/gold.tsv", "set/a.txt", "set",
					    "set.gold.tsv"};

	quoth_articles_close(&articles);
	quoth_resources_close(&resources);
	free((char *)trainer.folders[0]);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		remove(path_of(names[i]));
	ck_assert_int_eq(rmdir(folder), 0);
}

static int read_articles(void)
{
	report = (struct quoth_report){0};
	return quoth_articles_read(&articles, &trainer, "attribute", &report);
}

static void expect_words(const uint32_t *tokens, uint32_t n, const char *first, const char *last)
{
	const struct quoth_document *doc = &articles.articles[0].doc;

	ck_assert_uint_gt(n, 0);
	ck_assert_uint_eq(doc->tokens[tokens[0]].length, strlen(first));
	ck_assert_mem_eq(quoth_token_text(doc, tokens[0]), first, strlen(first));
	ck_assert_uint_eq(doc->tokens[tokens[n - 1]].length, strlen(last));
	ck_assert_mem_eq(quoth_token_text(doc, tokens[n - 1]), last, strlen(last));
	for (uint32_t i = 1; i < n; i++)
		ck_assert_uint_lt(tokens[i - 1], tokens[i]);
}

static void expect_the_row(void)
{
	const struct quoth_gold *gold;

	ck_assert_uint_eq(articles.n_articles, 1);
	ck_assert_str_eq(articles.articles[0].doc.id, "a");
	ck_assert_uint_eq(articles.articles[0].n_gold, 1);
	ck_assert_ptr_eq(articles.articles[0].syntax.doc, &articles.articles[0].doc);
	gold = articles.articles[0].gold;
	expect_words(gold->content, gold->n_content, "We", ",");
	expect_words(gold->source, gold->n_source, "Anna", "Berg");
	expect_words(&gold->cue, 1, "said", "said");
}

START_TEST(spans_become_tokens)
{
	write_file("set/gold.tsv", header, row);
	ck_assert_msg(read_articles() == 0, "%s: %s", report.where, report.what);
	expect_the_row();
}
END_TEST

START_TEST(a_table_beside_its_folder_is_found)
{
	write_file("set/a.txt", text, "");
	write_file("set.gold.tsv", header, row);
	ck_assert_msg(read_articles() == 0, "%s: %s", report.where, report.what);
	expect_the_row();
}
END_TEST

START_TEST(columns_may_stand_in_any_order_among_others_and_lines_may_end_as_they_like)
{
	write_file("set/gold.tsv", "note\tcue_spans\tsource_spans\tdoc\tquote_spans\r\n", "x\t34-38\t24-33\ta\t3-20\r\n\r\n");
	ck_assert_msg(read_articles() == 0, "%s: %s", report.where, report.what);
	expect_the_row();
}
END_TEST

START_TEST(spans_may_be_empty_many_and_overlapping)
{
	write_file("set/gold.tsv", header, "a\t3-8,6-20\t\t\n");
	ck_assert_int_eq(read_articles(), 0);
	expect_words(articles.articles[0].gold[0].content, articles.articles[0].gold[0].n_content, "We", ",");
	ck_assert_uint_eq(articles.articles[0].gold[0].n_source, 0);
	ck_assert_uint_eq(articles.articles[0].gold[0].cue, QUOTH_NONE);
}
END_TEST

START_TEST(rows_of_one_article_are_kept_together)
{
	char rows[2000] = "";

	write_file("set/text/b.txt", text, "");
	for (int i = 0; i < 17; i++)
		strcat(rows, row);
	strcat(rows, "b\t3-20\t24-33\t34-38\n");
	write_file("set/gold.tsv", header, rows);
	ck_assert_int_eq(read_articles(), 0);
	ck_assert_uint_eq(articles.n_articles, 2);
	ck_assert_uint_eq(articles.articles[0].n_gold, 17);
	ck_assert_uint_eq(articles.articles[1].n_gold, 1);
	ck_assert_ptr_eq(articles.articles[1].syntax.doc, &articles.articles[1].doc);
}
END_TEST

START_TEST(a_folder_without_gold_gives_no_articles)
{
	ck_assert_int_eq(read_articles(), 0);
	ck_assert_uint_eq(articles.n_articles, 0);
}
END_TEST

static const struct {
	const char *header, *rows, *where, *what;
	int error;
} broken[] = {
	{"doc\tquote_spans\tsource_spans\n", "a\t3-20\t24-33\n", "gold.tsv:1", "cue_spans", QUOTH_BAD_INPUT},
	{"", "a\t3-20\t24-33\t34-38\n", "gold.tsv:1", "header", QUOTH_BAD_INPUT},
	{"\n", "a\t3-20\t24-33\t34-38\n", "gold.tsv:2", "header", QUOTH_BAD_INPUT},
	{header, "a\t3-20\t24-33\n", "gold.tsv:2", "columns", QUOTH_BAD_INPUT},
	{header, "a\t3-20\t24-33\t34-38\na\t3\t24-33\t34-38\n", "gold.tsv:3", "spans", QUOTH_BAD_INPUT},
	{header, "a\t20-3\t24-33\t34-38\n", "gold.tsv:2", "spans", QUOTH_BAD_INPUT},
	{header, "a\tx-y\t24-33\t34-38\n", "gold.tsv:2", "spans", QUOTH_BAD_INPUT},
	{header, "a\t3-20;21-22\t24-33\t34-38\n", "gold.tsv:2", "spans", QUOTH_BAD_INPUT},
	{header, "a\t3-20\t24-\t34-38\n", "gold.tsv:2", "spans", QUOTH_BAD_INPUT},
	{header, "a\t3-20\t24-33\t-5-38\n", "gold.tsv:2", "spans", QUOTH_BAD_INPUT},
	{header, "missing\t3-20\t24-33\t34-38\n", "missing.txt", "", QUOTH_IO},
};

START_TEST(what_is_wrong_with_a_table_is_said_with_file_and_line)
{
	write_file("set/gold.tsv", broken[_i].header, broken[_i].rows);
	ck_assert_int_eq(read_articles(), broken[_i].error);
	ck_assert_msg(strstr(report.where, broken[_i].where) != NULL, "where: %s", report.where);
	ck_assert_msg(strstr(report.what, broken[_i].what) != NULL, "what: %s", report.what);
	ck_assert(report.what[0] != '\0');
}
END_TEST

START_TEST(without_a_tagger_s_words_articles_cannot_be_read)
{
	write_file("set/gold.tsv", header, row);
	trainer.n_tables = 0;
	ck_assert_int_eq(read_articles(), QUOTH_BAD_MODEL);
}
END_TEST

Suite *train_articles_suite(void)
{
	Suite *suite = suite_create("train_articles");
	TCase *tcase = tcase_create("train_articles");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, spans_become_tokens);
	tcase_add_test(tcase, a_table_beside_its_folder_is_found);
	tcase_add_test(tcase, columns_may_stand_in_any_order_among_others_and_lines_may_end_as_they_like);
	tcase_add_test(tcase, spans_may_be_empty_many_and_overlapping);
	tcase_add_test(tcase, rows_of_one_article_are_kept_together);
	tcase_add_test(tcase, a_folder_without_gold_gives_no_articles);
	tcase_add_loop_test(tcase, what_is_wrong_with_a_table_is_said_with_file_and_line, 0,
			    (int)(sizeof broken / sizeof *broken));
	tcase_add_test(tcase, without_a_tagger_s_words_articles_cannot_be_read);
	suite_add_tcase(suite, tcase);
	return suite;
}
