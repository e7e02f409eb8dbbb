#include "stages/lexicon.h"
#include "stages/normalise.h"
#include "stages/segment.h"
#include "stages/tag_rules.h"
#include "tests/suites.h"

#include <stdio.h>
#include <string.h>

static struct quoth_arena *arena;
static struct quoth_lexicon *lexicon;
static struct quoth_document doc;

static void open_lexicon(void)
{
	struct quoth_report report;

	arena = quoth_arena_new(1 << 20);
	ck_assert_int_eq(quoth_lexicon_open(&lexicon, &report), 0);
}

static void close_lexicon(void)
{
	quoth_lexicon_close(lexicon);
	quoth_arena_free(arena);
}

static void tag(const char *text)
{
	const struct quoth_resources resources = {.lexicon = lexicon};

	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)strlen(text));
	ck_assert_int_eq(quoth_normalise(&doc, &resources), 0);
	ck_assert_int_eq(quoth_segment(&doc, &resources), 0);
	ck_assert_int_eq(quoth_tag_by_rules(&doc, &resources), 0);
}

/* "word/TAG" of the tokens whose tag is asked for by "/" in the expected line; the others without. */
static const char *render_tags(const char *expected)
{
	static char line[4096];
	size_t n = 0;

	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		const char *word = expected + strspn(expected, " ");
		bool is_asked = memchr(word, '/', strcspn(word, " ")) != NULL;

		n += (size_t)snprintf(line + n, sizeof line - n, "%s%.*s%s%s", i ? " " : "", (int)doc.tokens[i].length,
				      quoth_token_text(&doc, i), is_asked ? "/" : "",
				      is_asked ? quoth_tag_name(doc.tokens[i].tag) : "");
		expected = word + strcspn(word, " ");
	}
	return line;
}

static const struct {
	const char *text, *tags;
} sentences[] = {
	{"The judge said the report was wrong.", "The/DT judge/NN said/VBD the/DT report/NN was/VBD wrong/JJ ./."},
	{"They want to report it.", "They/PRP want/VBP to/TO report/VB it/PRP ./."},
	{"The mayor has denied it.", "The mayor/NN has/VBZ denied/VBN it ."},
	{"The mayor denied it.", "The mayor denied/VBD it ."},
	{"It was denied by the mayor.", "It was/VBD denied/VBN by/IN the mayor/NN ."},
	{"The ministry claims that it works.", "The ministry/NN claims/VBZ that/IN it works/VBZ ."},
	{"Voters fear a loss.", "Voters/NNS fear/VBP a loss ."},
	{"The mayor's claims were false.", "The mayor 's/POS claims/NNS were false ."},
	{"He's leaving.", "He 's/VBZ leaving/VBG ."},
	{"We saw her house.", "We saw her/PRP$ house/NN ."},
	{"We saw her.", "We saw her/PRP ."},
	{"A letter that shows it was found.", "A letter/NN that/WDT shows/VBZ it was found/VBN ."},
	{"He said that the plan would fail.", "He said/VBD that/IN the plan/NN would/MD fail/VB ."},
	{"Officials wouldn't comment.", "Officials/NNS would/MD n't/RB comment/VB ."},
	{"About 1,200 people fled.", "About 1,200/CD people/NNS fled/VBD ."},
	{"Her brother blorped happily.", "Her/PRP$ brother/NN blorped/VBD happily/RB ."},
	{"French farmers protested.", "French/JJ farmers/NNS protested/VBD ."},
};

START_TEST(context_chooses_among_the_tags_of_a_word)
{
	tag(sentences[_i].text);
	ck_assert_str_eq(render_tags(sentences[_i].tags), sentences[_i].tags);
}
END_TEST

/* The names of a document: "person:Maria Lund, place:Oslo". */
static const char *render_names(void)
{
	static char line[4096];
	size_t n = 0;

	line[0] = '\0';
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		const struct quoth_token *token = &doc.tokens[i];
		bool goes_on = i && token->name == doc.tokens[i - 1].name;

		if (token->name)
			n += (size_t)snprintf(line + n, sizeof line - n, "%s%s%s%.*s", goes_on ? " " : n ? ", " : "",
					      goes_on ? "" : quoth_name_class_name(token->name), goes_on ? "" : ":",
					      (int)token->length, quoth_token_text(&doc, i));
	}
	return line;
}

static const struct {
	const char *text, *names;
} names[] = {
	{"We met Maria Lund in Oslo.", "person:Maria Lund, place:Oslo"},
	{"We met President Anna Weiss.", "person:Anna Weiss"},
	{"Then Prime Minister Viktor Grell spoke.", "person:Viktor Grell"},
	{"The Russian Foreign Minister Sergei Volkov left.", "person:Sergei Volkov"},
	{"The Norwegian Defense Ministry and Nordwerk Inc. agreed.",
	 "organization:Norwegian Defense Ministry, organization:Nordwerk Inc."},
	{"Officials of the Department of Justice met with the White House.",
	 "organization:Department of Justice, organization:White House"},
	{"The Parks and Recreation Department closed.", "organization:Parks and Recreation Department"},
	{"Ohio Gov. John Farrow came.", "place:Ohio, person:John Farrow"},
	{"We saw Ursula von der Tann there.", "person:Ursula von der Tann"},
	{"Later J.K. Marlow wrote.", "person:J.K. Marlow"},
	{"The mayor left on Monday in March.", ""},
	{"We saw Mr. Brzk. Then Brzk left.", "person:Brzk, person:Brzk"},
	{"In the end Rep. Jane Dole, D-Ohio, left.", "person:Jane Dole"},
	{"Reporters of NATO and the UN came.", "organization:NATO, organization:UN"},
	{"The quick answer came late.", ""},
	{"We called the Weller Center for Justice on Friday.", "organization:Weller Center for Justice"},
	{"He met the Ministry on Monday.", "other:Ministry"},
};

START_TEST(names_are_found_whole_and_classed)
{
	tag(names[_i].text);
	ck_assert_str_eq(render_names(), names[_i].names);
}
END_TEST

START_TEST(a_headline_in_capitals_names_no_common_word)
{
	tag("Mayor Vows to Fix Broken Roads");
	ck_assert_str_eq(render_names(), "");
}
END_TEST

START_TEST(every_token_gets_both_parts_of_speech)
{
	tag("\"Well,\" she said -- $5, 40% & a @friend -- 'no'… 中文 zażółć.");
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		ck_assert_uint_ne(doc.tokens[i].tag, QUOTH_TAG_UNKNOWN);
		ck_assert_uint_lt(doc.tokens[i].tag, QUOTH_N_TAGS);
	}
}
END_TEST

START_TEST(an_empty_document_has_no_tags)
{
	tag("");
	ck_assert_uint_eq(doc.n_tokens, 0);
}
END_TEST

Suite *tag_rules_suite(void)
{
	Suite *suite = suite_create("tag_rules");
	TCase *tcase = tcase_create("tag_rules");

	tcase_add_checked_fixture(tcase, open_lexicon, close_lexicon);
	tcase_add_loop_test(tcase, context_chooses_among_the_tags_of_a_word, 0, sizeof sentences / sizeof sentences[0]);
	tcase_add_loop_test(tcase, names_are_found_whole_and_classed, 0, sizeof names / sizeof names[0]);
	tcase_add_test(tcase, a_headline_in_capitals_names_no_common_word);
	tcase_add_test(tcase, every_token_gets_both_parts_of_speech);
	tcase_add_test(tcase, an_empty_document_has_no_tags);
	suite_add_tcase(suite, tcase);
	return suite;
}
