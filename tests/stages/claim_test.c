#include "stages/claim.h"

#include "tests/stages/marked_fixture.h"

#include <stdio.h>
#include <string.h>

enum { MAX_CLAIM = 2000 };

static const struct quoth_entity
	vukas = {.name = "Milan Vukas", .role = "", .id = "", .kind = QUOTH_PERSON, .gender = QUOTH_MALE, .number = QUOTH_SINGULAR},
	marenka = {.name = "Ilse Marenka", .role = "", .id = "", .kind = QUOTH_PERSON, .gender = QUOTH_FEMALE, .number = QUOTH_SINGULAR},
	ministry = {.name = "Foreign Ministry", .role = "", .id = "", .kind = QUOTH_ORGANIZATION, .gender = QUOTH_NEUTER,
		    .number = QUOTH_SINGULAR},
	official = {.name = "senior official", .role = "", .id = "", .kind = QUOTH_UNNAMED, .number = QUOTH_SINGULAR},
	residents = {.name = "residents", .role = "", .id = "", .kind = QUOTH_GROUP, .number = QUOTH_PLURAL},
	most = {.name = "most residents", .role = "", .id = "", .kind = QUOTH_GROUP, .number = QUOTH_PLURAL},
	one = {.name = "one", .role = "", .id = "", .kind = QUOTH_UNNAMED, .number = QUOTH_SINGULAR},
	bracketed = {.name = "Milan [sic] Vukas", .role = "", .id = "", .kind = QUOTH_PERSON, .gender = QUOTH_MALE,
		     .number = QUOTH_SINGULAR},
	nobody = {.name = "", .role = "", .id = ""};

struct example {
	const char *text, *claim;	/* the claim is "" where there is none */
	const struct quoth_entity *speaker;
};

/* What stands in quotation marks alone. */
static const struct example direct[] = {
	{"“[The bridge is safe],” {Vukas} <said>.", "The bridge is safe.", &vukas},
	{"“[The bridge is safe!]” {Vukas} <said>.", "The bridge is safe!", &vukas},
	{"“[I told the players that my team was tired],” {Vukas} <said>.",
	 "[Milan Vukas] told the players that [Milan Vukas's] team was tired.", &vukas},
	{"“[I told them to run],” {Vukas} <said>.", "", &vukas},
	{"“[I am proud],” {Vukas} <said>.", "[Milan Vukas is] proud.", &vukas},
	{"“[I'm proud and I have no regrets],” {Vukas} <said>.", "[Milan Vukas is] proud and [Milan Vukas has] no regrets.", &vukas},
	{"“[I really think the bridge is safe],” {Vukas} <said>.", "[Milan Vukas] really [thinks] the bridge is safe.", &vukas},
	{"“[I don't think the bridge is safe],” {Vukas} <said>.", "[Milan Vukas doesn't] think the bridge is safe.", &vukas},
	{"“[The bridge worries me],” {Vukas} <said>.", "The bridge worries [Milan Vukas].", &vukas},
	{"“[I blame myself],” {Vukas} <said>.", "[Milan Vukas blames himself].", &vukas},
	{"“[I blame myself],” {Marenka} <said>.", "[Ilse Marenka blames herself].", &marenka},
	{"“[I saw the bridge],” {the official} <said>.", "[The senior official] saw the bridge.", &official},
	/* the sides of "we" are many */
	{"“[We built the bridge and our children use it],” {Vukas} <said>.",
	 "We [Milan Vukas speaking] built the bridge and our children use it.", &vukas},
	/* who "he" is, the content must say */
	{"“[He can have the bridge],” {Vukas} <said>.", "", &vukas},
	{"“[The mayor built the bridge because he likes bridges],” {Vukas} <said>.",
	 "The mayor built the bridge because he likes bridges.", &vukas},
	{"“[The mayor likes him],” {Vukas} <said>.", "", &vukas},
	{"“[It was a disaster],” {Vukas} <said>.", "", &vukas},
	{"“[It is important to repair the bridge],” {Vukas} <said>.", "It is important to repair the bridge.", &vukas},
	{"“[It is time to repair the bridge],” {Vukas} <said>.", "It is time to repair the bridge.", &vukas},
	{"“[It is a shame that the bridge is closed],” {Vukas} <said>.", "It is a shame that the bridge is closed.", &vukas},
	{"“[That is a lie],” {Vukas} <said>.", "", &vukas},
	{"“[The bridge will change that],” {Vukas} <said>.", "", &vukas},
	{"“[Our bridge is older than that of Marsh],” {Vukas} <said>.",
	 "Our [Milan Vukas speaking] bridge is older than that of Marsh.", &vukas},
	{"“[The bridge (and the mill],” {Vukas} <said>, [are old).]", "The bridge (and the mill are old).", &vukas},
	{"“[The bridge is old (and so is the mill],” {Vukas} <said>.", "", &vukas},
	{"“[What can I say about the bridge?]” {Vukas} <said>.", "What can [Milan Vukas] say about the bridge?", &vukas},
	{"“[This bridge is old],” {Vukas} <said>.", "This bridge is old.", &vukas},
	{"“[You are a liar],” {Vukas} <said>.", "", &vukas},
	{"“[You have not seen the bridge],” {Vukas} <said>.", "", &vukas},
	{"“[You have to see the bridge],” {Vukas} <said>.", "You have to see the bridge.", &vukas},
	{"“[You can see the bridge from the mill],” {Vukas} <said>.", "You can see the bridge from the mill.", &vukas},
	/* no sentences */
	{"“[A disgrace],” {Vukas} <said>.", "", &vukas},
	{"“[The man who built the bridge],” {Vukas} <said>.", "", &vukas},
	{"“[Close the bridge],” {Vukas} <said>.", "", &vukas},
	{"“[I did],” {Vukas} <said>.", "", &vukas},
	{"“[Is the bridge safe?]” {Vukas} <said>.", "Is the bridge safe?", &vukas},
	/* two parts */
	{"“[The bridge is old],” {Vukas} <said>. “[It will fall.]”", "The bridge is old. It will fall.", &vukas},
	{"“[The bridge is old],” {Vukas} <said>, “[and the river is high.]”", "The bridge is old, and the river is high.", &vukas},
	{"“[The bridge],” {Vukas} <said>, “[is old.]”", "The bridge is old.", &vukas},
	{"“[The bridge]” and then, he <said> {Vukas}, many other things that are of no matter here at all, “[is old.]”", "", &vukas},
	/* brackets of the content's own */
	{"“[The bridge [[over the river]] is old],” {Vukas} <said>.", "", &vukas},
	{"“[I saw the bridge],” {Vukas} <said>.", "", &bracketed},
	{"“[I saw the bridge],” {one} <said>.", "", &one},
	{"“[I saw the bridge],” {somebody} <said>.", "", &nobody},
	{"“[The bridge is old],” {somebody} <said>.", "The bridge is old.", &nobody},
	{"“[My mine is safe],” {Vukas} <said>.", "[Milan Vukas's] mine is safe.", &vukas},
	{"“[iPods are old, and anti-aircraft guns are older],” {Vukas} <said>.", "iPods are old, and anti-aircraft guns are older.", &vukas},
	{"“[anti-aircraft guns are old],” {Vukas} <said>.", "Anti-aircraft guns are old.", &vukas},
	{"“[éclairs are served in the U.S.],” {Vukas} <said>.", "Éclairs are served in the U.S.", &vukas},
	{"“[My \n daughter  waited],” {Vukas} <said>.", "[Milan Vukas's] daughter waited.", &vukas},
};

/* What is reported, also with some words in quotation marks. */
static const struct example reported[] = {
	{"{Vukas} <said> [that the bridge was safe].", "The bridge was safe.", &vukas},
	{"{Vukas} <said> [the bridge was “a wonder”].", "The bridge was “a wonder”.", &vukas},
	{"{Vukas} <said> [he had meant to cross the river].", "[Milan Vukas] had meant to cross the river.", &vukas},
	{"{Vukas} <said> [that his daughter was ill because she had swum in the river].",
	 "[Milan Vukas's] daughter was ill because she had swum in the river.", &vukas},
	{"{Vukas} <said> [he's proud of the bridge].", "[Milan Vukas is] proud of the bridge.", &vukas},
	{"{The ministry} <said> [it believed the bridge was safe].", "", &ministry},
	{"{The ministry} <said> [its engineers had seen the bridge].", "[Foreign Ministry's] engineers had seen the bridge.", &ministry},
	{"{The ministry} <said> [it had received the letter but declined to answer].", "", &ministry},
	{"{The ministry} <said> [they had seen the bridge].", "", &ministry},
	{"{Marenka} <said> [the club had met to grant her admission].", "", &marenka},
	{"{The ministry} <said> [it was a mistake].", "", &ministry},
	{"{The ministry} <said> [it was important to repair the bridge].", "It was important to repair the bridge.", &ministry},
	{"{Residents} <said> [they had seen the bridge fall].", "[The residents] had seen the bridge fall.", &residents},
	{"{Residents} <said> [their bridge had fallen].", "[The residents'] bridge had fallen.", &residents},
	{"{Most residents} <said> [they had seen the bridge fall].", "[Most residents] had seen the bridge fall.", &most},
	{"{Vukas} <said> [that the bridge was old and that the river was high].", "The bridge was old and the river was high.", &vukas},
	/* another may be meant */
	{"{Vukas} <told> Peter Marsh [he had lost the match].", "", &vukas},
	{"Peter Marsh was ill on Sunday. {Vukas} <said> [he had lost the match].", "", &vukas},
	{"Peter Marsh was ill on Sunday. {Vukas} <said> [he could not answer].", "", &vukas},
	{"{Vukas} <said> [that Peter Marsh had lost his keys].", "", &vukas},
	{"{Vukas} <said> [she had lost the match].", "", &vukas},
	{"{Vukas} <said> [the match was lost because of her].", "", &vukas},
	{"{Marenka} <hoped> [that the match would set her on a path to the final].", "", &marenka},
	{"{The ministry} <said> [that the bridge was old and it might fall].", "The bridge was old and it might fall.", &ministry},
	{"The bridge, which {Vukas} <said> [Marsh had built], fell.", "", &vukas},
	{"{Vukas} <saw> [a slow recovery as prices fell and the market waited].", "", &vukas},
	{"{Vukas} <said> [that both the bridge and the mill were old].", "Both the bridge and the mill were old.", &vukas},
	{"{Marenka} <said> [that letters helped her stay in touch].", "", &marenka},
	{"{Vukas} <said> [that none of the bridges was safe].", "None of the bridges was safe.", &vukas},
	{"{Vukas} <favours> [closing the bridge that fell because it was old].", "", &vukas},
	{"{The ministry} <said> [that the drivers had lost their way].", "The drivers had lost their way.", &ministry},
	{"{Vukas} <blamed> [the mayor and later left the hall].", "", &vukas},
	{"{Vukas} <said> [we should leave].", "", &vukas},
	/* words of others inside */
	{"{Vukas} <said> [that Marsh shouted: “I have won”].", "", &vukas},
	{"{Vukas} <said> [the bridge was “my best work”].", "The bridge was “[Milan Vukas's] best work”.", &vukas},
	/* what hangs on the cue */
	{"{Vukas} <promised> [to repair the bridge].", "", &vukas},
	{"{Vukas} <asked> [whether the bridge was safe].", "", &vukas},
	{"{Vukas} <asked> [if the bridge was safe].", "", &vukas},
	{"{Vukas} <explained> [how the bridge was built].", "", &vukas},
	{"{Vukas} <blamed> [the referee, a hard pitch and the bus].", "", &vukas},
	{"{Vukas} <praised> [the bridge that Marsh built].", "", &vukas},
	{"{Vukas} <praised> [the bridge Marsh built].", "", &vukas},
	{"{Vukas} <demanded> [“an explanation”].", "", &vukas},
	{"{Vukas} <said> [that was a lie].", "", &vukas},
	{"[The bridge], {Vukas} <said>, [would fall].", "The bridge would fall.", &vukas},
	{"[The bridge was old], {Vukas} <said>, [and the river was high].", "The bridge was old, and the river was high.", &vukas},
};

static const struct {
	const char *date, *text, *claim;
} dated[] = {
	{"2026-11-20T10:00:00Z", "{Vukas} <said> [that the bridge fell yesterday].", "The bridge fell yesterday [article dated 2026-11-20]."},
	{"20261120", "{Vukas} <said> [that the bridge fell last week].", "The bridge fell last week [article dated 2026-11-20]."},
	{"2026-11-20", "{Vukas} <said> [the bridge fell on Tuesday and nobody saw it until today].",
	 "The bridge fell on Tuesday [article dated 2026-11-20] and nobody saw it until today."},
	{"2026-11-20", "{Vukas} <said> [the bridge fell in the last week of March].", "The bridge fell in the last week of March."},
	{"2026-11-20", "{Vukas} <said> [the bridge fell in March].", "The bridge fell in March."},
	{NULL, "{Vukas} <said> [that the bridge fell yesterday].", "The bridge fell yesterday."},
	{"", "{Vukas} <said> [that the bridge fell yesterday].", "The bridge fell yesterday."},
	{"20 Nov 2026", "{Vukas} <said> [that the bridge fell yesterday].", "The bridge fell yesterday."},
	{"2026-13-20", "{Vukas} <said> [that the bridge fell yesterday].", "The bridge fell yesterday."},
	{"2026-11-2", "{Vukas} <said> [that the bridge fell yesterday].", "The bridge fell yesterday."},
	{"2026]11]20", "{Vukas} <said> [that the bridge fell yesterday].", "The bridge fell yesterday."},
};

/* Makes the claim of a marked text. */
static const char *claim_of(const char *text, const struct quoth_entity *speaker, enum quoth_kind kind, const char *date)
{
	static char claim[MAX_CLAIM];

	read_marked(text);
	marked.entity = *speaker;
	marked.doc.date = date;
	marked.attribution.kind = (uint8_t)kind;
	marked.attribution.confidence = 0.9f;
	ck_assert_int_eq(quoth_claim(&marked.doc, &marked.resources), 0);
	snprintf(claim, sizeof claim, "%.*s", (int)marked.attribution.claim_size, marked.attribution.claim ? marked.attribution.claim : "");
	return claim;
}

START_TEST(a_quotation_can_be_read_without_the_article_or_is_no_claim)
{
	ck_assert_str_eq(claim_of(direct[_i].text, direct[_i].speaker, QUOTH_DIRECT, NULL), direct[_i].claim);
}
END_TEST

START_TEST(reported_speech_becomes_a_sentence_or_no_claim)
{
	ck_assert_str_eq(claim_of(reported[_i].text, reported[_i].speaker, QUOTH_INDIRECT, NULL), reported[_i].claim);
}
END_TEST

START_TEST(a_relative_date_gets_the_date_of_the_article_where_that_is_known)
{
	ck_assert_str_eq(claim_of(dated[_i].text, &vukas, QUOTH_INDIRECT, dated[_i].date), dated[_i].claim);
}
END_TEST

START_TEST(the_date_of_a_visit_is_not_the_article_s)
{
	claim_of(dated[0].text, &vukas, QUOTH_INDIRECT, dated[0].date);
	marked.doc.is_date_of_visit = true;
	ck_assert_int_eq(quoth_claim(&marked.doc, &marked.resources), 0);
	ck_assert_uint_eq(marked.attribution.claim_size, strlen("The bridge fell yesterday."));
}
END_TEST

START_TEST(a_doubtful_row_or_speaker_makes_no_claim)
{
	static const char text[] = "“[I saw the bridge],” {Vukas} <said>.";

	ck_assert_str_eq(claim_of(text, &vukas, QUOTH_DIRECT, NULL), "[Milan Vukas] saw the bridge.");
	marked.attribution.confidence = 0.4f;
	ck_assert_int_eq(quoth_claim(&marked.doc, &marked.resources), 0);
	ck_assert_ptr_null(marked.attribution.claim);
	marked.attribution.confidence = 0.9f;
	marked.attribution.resolution = QUOTH_PRONOUN;
	marked.entity.kind = QUOTH_GROUP;
	ck_assert_int_eq(quoth_claim(&marked.doc, &marked.resources), 0);
	ck_assert_ptr_null(marked.attribution.claim);
	marked.entity.kind = QUOTH_PERSON;
	marked.attribution.doubt = 0.5f;
	ck_assert_int_eq(quoth_claim(&marked.doc, &marked.resources), 0);
	ck_assert_ptr_null(marked.attribution.claim);
}
END_TEST

START_TEST(a_name_of_any_length_and_a_content_of_any_length_are_safe)
{
	static char name[5000], text[900];
	struct quoth_entity long_named = vukas;
	size_t n;

	memset(name, 'a', sizeof name - 1);
	long_named.name = name;
	ck_assert_str_eq(claim_of("“[I saw the bridge],” {Vukas} <said>.", &long_named, QUOTH_DIRECT, NULL), "");
	n = (size_t)snprintf(text, sizeof text, "“[");
	while (n < 700)
		n += (size_t)snprintf(text + n, sizeof text - n, "I saw it and ");
	snprintf(text + n, sizeof text - n, "I left],” {Vukas} <said>.");
	ck_assert_str_eq(claim_of(text, &vukas, QUOTH_DIRECT, NULL), "");
}
END_TEST

START_TEST(without_memory_there_are_no_claims_and_an_error)
{
	static const char text[] = "“[I saw the bridge],” {Vukas} <said>.";

	claim_of(text, &vukas, QUOTH_DIRECT, NULL);
	quoth_arena_limit(marked.arena, 1);
	ck_assert_int_eq(quoth_claim(&marked.doc, &marked.resources), QUOTH_NO_MEMORY);
	ck_assert_ptr_null(marked.attribution.claim);
	ck_assert_uint_eq(marked.attribution.stance, QUOTH_STATES);
	quoth_arena_limit(marked.arena, 0);
}
END_TEST

Suite *claim_suite(void)
{
	Suite *suite = suite_create("claim");
	TCase *tcase = tcase_create("claim");

	tcase_add_checked_fixture(tcase, open_marked, close_marked);
	tcase_add_loop_test(tcase, a_quotation_can_be_read_without_the_article_or_is_no_claim, 0, sizeof direct / sizeof *direct);
	tcase_add_loop_test(tcase, reported_speech_becomes_a_sentence_or_no_claim, 0, sizeof reported / sizeof *reported);
	tcase_add_loop_test(tcase, a_relative_date_gets_the_date_of_the_article_where_that_is_known, 0, sizeof dated / sizeof *dated);
	tcase_add_test(tcase, the_date_of_a_visit_is_not_the_article_s);
	tcase_add_test(tcase, a_doubtful_row_or_speaker_makes_no_claim);
	tcase_add_test(tcase, a_name_of_any_length_and_a_content_of_any_length_are_safe);
	tcase_add_test(tcase, without_memory_there_are_no_claims_and_an_error);
	suite_add_tcase(suite, tcase);
	return suite;
}
