#include "pipeline/text_fragment.h"
#include "stages/error.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>

static struct quoth_document doc;
static struct quoth_arena *arena;
static struct quoth_linked_words words;
static struct quoth_buffer link_made;

static void set_up(void)
{
	arena = quoth_arena_new(0);
	link_made = (struct quoth_buffer){0};
}

static void tear_down(void)
{
	quoth_buffer_free(&link_made);
	quoth_arena_free(arena);
}

static void set_text(const char *title, const char *text, size_t size)
{
	quoth_document_begin(&doc, arena, "doc", text, (uint32_t)size);
	doc.text = text;
	doc.text_size = (uint32_t)size;
	doc.title = title;
	ck_assert_int_eq(quoth_linked_words_make(&words, &doc), 0);
}

/* The link to the parts of a text that stand in «»; what it would be without address and first separator. */
static const char *link_to(const char *address, const char *title, const char *marked)
{
	static char text[4096];
	struct quoth_row row = {0};
	size_t size = 0;

	for (const char *at = marked; *at; at++) {
		if (!strncmp(at, "«", 2) || !strncmp(at, "»", 2)) {
			if ((unsigned char)at[1] == 0xAB)
				row.parts[row.n_parts++].text = text + size;
			else
				row.parts[row.n_parts - 1].size = (uint32_t)(text + size - row.parts[row.n_parts - 1].text);
			at++;
			continue;
		}
		text[size++] = *at;
	}
	set_text(title, text, size);
	quoth_buffer_clear(&link_made, 0);
	quoth_link_put(&link_made, address, &words, &row);
	quoth_buffer_put_byte(&link_made, '\0');
	return link_made.bytes;
}

#define PAGE "https://a.example/1"

static const struct {
	const char *marked, *title, *directives;
} cases[] = {
	/* whole */
	{"“«We will not gamble with a life»,” she said.", NULL, "We%20will%20not%20gamble%20with%20a%20life"},
	{"He said «they don’t know, as of 3.5 days ago».", NULL, "they%20don%E2%80%99t%20know%2C%20as%20of%203.5%20days%20ago"},
	{"“«It is -- well -- a co-op & more»,” she said.", NULL, "It%20is%20%2D%2D%20well%20%2D%2D%20a%20co%2Dop%20%26%20more"},
	{"He told them: “«… Where do we\t go?»” and left.", NULL, "Where%20do%20we%20go"},
	/* context: what stands before is a match too, whatever its case, accents and marks */
	{"The ministry called the report “«incomplete»”.", NULL, "called%20the%20report%20%E2%80%9C-,incomplete"},
	{"“«Go»,” said the old man.", NULL, "Go,-%2C%E2%80%9D%20said%20the%20old"},
	{"It is all over, he wrote. “It is «all over now»,” she said.", NULL, "is-,all%20over%20now"},
	{"We go to the CAFE, at noon. “«we go to the café at noon»,” he said.", NULL,
	 "noon.%20%E2%80%9C-,we%20go%20to%20the%20caf%C3%A9%20at%20noon"},
	{"“We will not be moved today,” he said. Later: “«We will not be moved today».”", NULL,
	 "Later%3A%20%E2%80%9C-,We%20will%20not%20be%20moved%20today"},
	/* of another line where its own does not do; marks stay on their lines */
	{"Is that right, Mr Lee?\n\n«No.»\n\nIs that right, Mr Day?\n\n«No.»", NULL,
	 "right%2C%20Mr%20Lee%3F-,No&text=right%2C%20Mr%20Day%3F-,No"},
	{"Q. Is it so?\n“«Yes.»”\nA. It may well be.", NULL, "Is%20it%20so%3F-,%E2%80%9CYes"},
	{"“«Yes.»”\nA. It may well be.", NULL, "Yes.%E2%80%9D,-A.%20It%20may"},
	/* the title stands before the text, or is its first line */
	{"“«Nobody will sleep here tonight»,” she said.", "‘Nobody will sleep here tonight’", "Nobody%20will%20sleep%20here%20tonight,-%2C%E2%80%9D%20she"},
	{"Nobody «will sleep here tonight»\n\nShe said so.", "Nobody will sleep here tonight", "will%20sleep%20here%20tonight"},
	/* nothing stands before */
	{"“«Go»,” he said.", NULL, "Go"},
	{"“«Go»,” the old man said.", NULL, "Go,-%2C%E2%80%9D%20the%20old%20man"},
	/* edges of words */
	{"She said that we can«not go on like this».", NULL, "cannot%20go%20on%20like%20this"},
	{"She wrote U.«S. troops should go home now».", NULL, "U.S.%20troops%20should%20go%20home%20now"},
	{"She said—«we go home right now»—and went.", NULL, "we%20go%20home%20right%20now"},
	/* long ones */
	{"“«One two three four five six seven eight nine ten eleven twelve»,” he said.", NULL, "One%20two%20three%20four,nine%20ten%20eleven%20twelve"},
	{"“«So we go.\n\nAnd then we come back.»”", NULL, "So%20we%20go,then%20we%20come%20back"},
	{"«We go on and on, he said, and the day went on and on and on and on and on.»", NULL,
	 "We%20go%20on%20and,and%20on%20and%20on%20and%20on%20and%20on"},
	{"«One two three four. Five six seven eight. Five six seven eight.» He paused.", NULL,
	 "One%20two%20three%20four,eight.%20Five%20six%20seven%20eight"},
	/* parts */
	{"“«We have seen it all»,” she said, “«and we are tired of it».”", NULL, "We%20have%20seen%20it%20all&text=and%20we%20are%20tired%20of%20it"},
	/* cannot be told from what stands before */
	{"a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a «a a a a» a a a a a a a a a a a a a a a a a", NULL, NULL},
	{"He said: “«?!»”", NULL, NULL},
	{"Go.\n\n“«Go»,” he", NULL, NULL},
};

START_TEST(a_link_finds_the_statement_and_nothing_before_it)
{
	char expected[1024];

	snprintf(expected, sizeof expected, PAGE "%s%s", cases[_i].directives ? "#:~:text=" : "", cases[_i].directives ? cases[_i].directives : "");
	ck_assert_str_eq(link_to(PAGE, cases[_i].title, cases[_i].marked), expected);
}
END_TEST

static const struct {
	const char *address, *before;
} addresses[] = {
	{"https://a.example/1", "https://a.example/1#:~:text="},
	{"HTTP://a.example", "HTTP://a.example#:~:text="},
	{"https://a.example/1#top", "https://a.example/1#top:~:text="},
	{"https://a.example/1#", "https://a.example/1#:~:text="},
	{"https://a.example/1#top:~:text=old", "https://a.example/1#top:~:text="},
	{"https://a.example/?q=a|b&r=\"<\\>\t\xC3\xA9%20%%2x", "https://a.example/?q=a%7Cb&r=%22%3C%5C%3E%09%C3%A9%20%25%252x#:~:text="},
};

START_TEST(a_directive_follows_the_fragment_of_an_address)
{
	char expected[1024];

	snprintf(expected, sizeof expected, "%sgo%%20on%%20like%%20this", addresses[_i].before);
	ck_assert_str_eq(link_to(addresses[_i].address, NULL, "We cannot «go on like this»."), expected);
}
END_TEST

START_TEST(terms_are_bounded_in_size)
{
	static char marked[2000];
	size_t size = 0;

	for (unsigned i = 0; i < 4; i++) {
		size += (size_t)sprintf(marked + size, "%s", i ? " " : "«");
		memset(marked + size, 'a' + (int)i, 100);
		size += 100;
	}
	strcpy(marked + size, "»");
	ck_assert_str_eq(link_to(PAGE, NULL, marked), PAGE);
}
END_TEST

START_TEST(without_memory_it_fails_and_reads_nothing_more)
{
	static const char text[] = "He said it. She said it. They said it. We all said it again and again and again.";
	size_t limit = 0;
	int error;

	do {
		quoth_arena_reset(arena);
		quoth_document_begin(&doc, arena, "doc", text, sizeof text - 1);
		doc.text = text;
		doc.text_size = sizeof text - 1;
		quoth_arena_limit(arena, ++limit);
		error = quoth_linked_words_make(&words, &doc);
		ck_assert(!error || error == QUOTH_NO_MEMORY);
	} while (error && limit < 100000);
	ck_assert_int_eq(error, 0);
	ck_assert_uint_gt(limit, 100);
	ck_assert_uint_eq(words.n, 18);
}
END_TEST

Suite *text_fragment_suite(void)
{
	Suite *suite = suite_create("text_fragment");
	TCase *tcase = tcase_create("text_fragment");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, a_link_finds_the_statement_and_nothing_before_it, 0, sizeof cases / sizeof *cases);
	tcase_add_loop_test(tcase, a_directive_follows_the_fragment_of_an_address, 0, sizeof addresses / sizeof *addresses);
	tcase_add_test(tcase, terms_are_bounded_in_size);
	tcase_add_test(tcase, without_memory_it_fails_and_reads_nothing_more);
	suite_add_tcase(suite, tcase);
	return suite;
}
