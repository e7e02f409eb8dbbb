#include "pipeline/chain.h"
#include "stages/attribute.h"
#include "stages/attribute_record.h"
#include "stages/attribute_whole.h"
#include "tests/stages/linear_fixture.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct quoth_arena *arena;
static struct quoth_resources resources, rules_alone;	/* the latter without learned models */
static struct quoth_document doc;

static void open_resources(void)
{
	struct quoth_report report;

	arena = quoth_arena_new(1 << 22);
	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	rules_alone = resources;
	rules_alone.model = NULL;
}

static void close_resources(void)
{
	quoth_resources_close(&resources);
	quoth_arena_free(arena);
}

static void read_text(const char *text, size_t size)
{
	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)size);
	ck_assert_int_eq(quoth_chain_run(&doc, &rules_alone, QUOTH_STAGE_QUOTATIONS, NULL), 0);
	ck_assert_int_eq(quoth_attribute_by_rules(&doc, &rules_alone), 0);
}

static size_t put_range(char *to, size_t size, struct quoth_range tokens)
{
	struct quoth_span span;

	if (quoth_range_is_empty(tokens))
		return 0;
	span = quoth_tokens_span(&doc, tokens);
	return (size_t)snprintf(to, size, "%.*s", (int)(span.end - span.begin), doc.input + span.begin);
}

/* A row a line: "direct: source | cue | part / part". */
static const char *render(void)
{
	static const char *const kinds[] = {"direct", "mixed", "indirect"};
	static char text[1 << 14];
	size_t n = 0;

	text[0] = '\0';
	for (uint32_t i = 0; i < doc.n_attributions; i++) {
		const struct quoth_attribution *row = &doc.attributions[i];

		n += (size_t)snprintf(text + n, sizeof text - n, "%s%s: ", i ? "\n" : "", kinds[row->kind]);
		n += put_range(text + n, sizeof text - n, row->source);
		n += (size_t)snprintf(text + n, sizeof text - n, " | ");
		n += put_range(text + n, sizeof text - n, row->cue);
		n += (size_t)snprintf(text + n, sizeof text - n, " | ");
		for (unsigned j = 0; j < row->n_parts; j++) {
			n += (size_t)snprintf(text + n, sizeof text - n, "%s", j ? " / " : "");
			n += put_range(text + n, sizeof text - n, row->parts[j]);
		}
	}
	return text;
}

struct pair {
	const char *text, *rows;
};

#define CASES(name, ...) \
	static const struct pair name##_cases[] = {__VA_ARGS__}; \
	START_TEST(name) \
	{ \
		read_text(name##_cases[_i].text, strlen(name##_cases[_i].text)); \
		ck_assert_str_eq(render(), name##_cases[_i].rows); \
	} \
	END_TEST

CASES(a_cue_may_stand_before_amid_or_after_a_quotation,
	{"“The bridge will open in June,” Mayor Lena Ortiz said.",
	 "direct: Mayor Lena Ortiz | said | The bridge will open in June,"},
	{"Mayor Lena Ortiz said: “The bridge will open in June.”",
	 "direct: Mayor Lena Ortiz | said | The bridge will open in June."},
	{"Mayor Lena Ortiz told reporters on Monday, “The bridge will open in June.”",
	 "direct: Mayor Lena Ortiz | told | The bridge will open in June."},
	{"“The bridge,” Ortiz said, “will open in June.”",
	 "direct: Ortiz | said | The bridge, / will open in June."},
	{"\"The bridge is late,\" she admitted.", "direct: she | admitted | The bridge is late,"},
	{"‘The bridge is late,’ she admitted.", "direct: she | admitted | The bridge is late,"},
	{"“Will it open?” Ortiz asked.", "direct: Ortiz | asked | Will it open?"},
	{"Dr Hanna Weiss wrote: „The vaccine is safe.“", "direct: Dr Hanna Weiss | wrote | The vaccine is safe."})

CASES(a_text_that_begins_with_a_coordinator_and_a_name_is_read,
	{"And Varga: The talks had failed and the union left.", ""},
	{"And Tomas Varga said the talks had failed.", "indirect: Tomas Varga | said | the talks had failed"})

CASES(an_inverted_subject_is_the_source,
	{"“We are ready,” said Tomas Varga.", "direct: Tomas Varga | said | We are ready,"},
	{"“We are ready,” said Tomas Varga, the union’s chairman.",
	 "direct: Tomas Varga, the union’s chairman | said | We are ready,"},
	{"“We are ready,” said Varga. “Nobody will be left behind.”",
	 "direct: Varga | said | We are ready, / Nobody will be left behind."},
	{"The harbour is closed, said Varga.", "indirect: Varga | said | The harbour is closed"})

CASES(a_split_quotation_is_one_row,
	{"“It rained,” Varga said. “Then the dam broke.”", "direct: Varga | said | It rained, / Then the dam broke."},
	{"“It rained,” Varga said. “Then the dam broke.” “We ran.”",
	 "direct: Varga | said | It rained, / Then the dam broke. / We ran."})

CASES(a_quotation_without_a_cue_goes_on_from_the_last,
	{"“It rained for days,” Varga said.\n\n“Then the dam broke and we ran.”",
	 "direct: Varga | said | It rained for days, / Then the dam broke and we ran."},
	{"“It rained for days,” Varga said. “Then the dam broke.\n\n“We ran to the hill.”",
	 "direct: Varga | said | It rained for days, / Then the dam broke. / We ran to the hill."},
	{"Varga said that it rained for days.\n\n“Then the dam broke and we ran.”",
	 "indirect: Varga | said | that it rained for days\ndirect:  |  | Then the dam broke and we ran."})

CASES(indirect_speech_starts_at_its_complementiser,
	{"Ortiz said that the bridge would open in June.",
	 "indirect: Ortiz | said | that the bridge would open in June"},
	{"Ortiz said the bridge would open in June.", "indirect: Ortiz | said | the bridge would open in June"},
	{"Ortiz promised to open the bridge in June.", "indirect: Ortiz | promised | to open the bridge in June"},
	{"Ortiz asked whether the bridge was safe.", "indirect: Ortiz | asked | whether the bridge was safe"},
	{"The minister told parliament that taxes would fall.",
	 "indirect: The minister | told | that taxes would fall"},
	{"Ortiz believes that the bridge is safe.", "indirect: Ortiz | believes | that the bridge is safe"},
	{"The minister urged drivers to stay at home.", "indirect: The minister | urged | to stay at home"})

CASES(indirect_speech_may_stand_before_or_around_its_cue,
	{"The bridge will open in June, Ortiz said.", "indirect: Ortiz | said | The bridge will open in June"},
	{"The bridge, Ortiz said, will open in June.",
	 "indirect: Ortiz | said | The bridge / will open in June"})

CASES(speech_partly_in_quotation_marks_is_mixed,
	{"Ortiz said that the delay was “unforgivable.”", "mixed: Ortiz | said | that the delay was “unforgivable.”"},
	{"Ortiz called the delay “an insult to the town.”", "mixed: Ortiz | called | the delay “an insult to the town.”"},
	{"Ortiz described the delay as “shameful.”", "mixed: Ortiz | described | the delay as “shameful.”"})

CASES(phrases_attribute,
	{"According to the ministry, two people died.", "indirect: the ministry | According to | two people died"},
	{"Two people died in the fire, according to the ministry.",
	 "indirect: the ministry | according to | Two people died in the fire"},
	{"The company ruled out further cuts.", "indirect: The company | ruled out | further cuts"},
	{"Varga pointed out that the dam was old.", "indirect: Varga | pointed out | that the dam was old"})

CASES(passives_have_their_agent_or_nobody,
	{"Varga was quoted by Reuters as saying: “We will not leave.”",
	 "direct: Varga | quoted by Reuters as saying | We will not leave."},
	{"Varga was quoted as saying that the dam would hold.",
	 "indirect: Varga | quoted as saying | that the dam would hold"})

CASES(documents_are_sources,
	{"The report said that the dam was old.", "indirect: The report | said | that the dam was old"},
	{"The poll found that most voters were undecided.",
	 "indirect: The poll | found | that most voters were undecided"})

CASES(a_relative_pronoun_is_the_source_in_its_clause,
	{"The court heard from Varga, who said that the dam was old.",
	 "indirect: who | said | that the dam was old"})

CASES(coordinated_cues_are_rows_of_their_own,
	{"Ortiz said the bridge was safe and added that it would open in June.",
	 "indirect: Ortiz | said | the bridge was safe\nindirect: Ortiz | added | that it would open in June"},
	{"Ortiz said the bridge was safe, adding that it would open in June.",
	 "indirect: Ortiz | said | the bridge was safe\nindirect: Ortiz | adding | that it would open in June"})

CASES(a_source_may_stand_far_from_its_cue,
	{"Lena Ortiz, the mayor of the town, said that the bridge was safe.",
	 "indirect: Lena Ortiz, the mayor of the town | said | that the bridge was safe"},
	{"Ortiz, speaking at a rally on Friday, said that the bridge was safe.",
	 "indirect: Ortiz, speaking at a rally on Friday | said | that the bridge was safe"},
	{"The mayor on Friday said that the bridge was safe.",
	 "indirect: The mayor | said | that the bridge was safe"})

CASES(a_name_and_a_colon_attribute,
	{"Ortiz: “The bridge is safe.”", "direct: Ortiz | : | The bridge is safe."},
	{"The mayor issued the following statement:\n\n“The bridge is safe.”",
	 "direct: The mayor | issued | The bridge is safe."})

CASES(transcripts_and_interviews_are_read_by_their_turns,
	{"Q: Is the bridge safe?\n\nA: Yes, it is.\n\nQ: When will it open?\n\nA: In June.",
	 "indirect: Q | : | Is the bridge safe?\nindirect: A | : | Yes, it is.\n"
	 "indirect: Q | : | When will it open?\nindirect: A | : | In June."})

CASES(tweets_are_quotations,
	{"“The bridge is safe,” Ortiz wrote on Twitter.", "direct: Ortiz | wrote | The bridge is safe,"},
	{"Ortiz tweeted: “The bridge is safe.”", "direct: Ortiz | tweeted | The bridge is safe."})

CASES(what_others_said_inside_a_quotation_is_a_row_of_its_own,
	{"“The mayor said, ‘The bridge is safe for everyone,’” Varga recalled.",
	 "direct: Varga | recalled | The mayor said, ‘The bridge is safe for everyone,’\n"
	 "direct: The mayor | said | The bridge is safe for everyone,"})

CASES(words_in_marks_without_a_source_are_nothing,
	{"The film “Harbour Lights” opens on Friday.", ""},
	{"The so-called “bridge tax” rose in March.", ""},
	{"The board is 6' 2\" long.", ""},
	{"The town has a bridge and a harbour.", ""},
	{"", ""})

CASES(speech_that_did_not_happen_is_nothing,
	{"The mayor left without naming a successor.", ""},
	{"The company dismissed three managers.", ""})

START_TEST(every_attribution_names_its_rule_and_a_score)
{
	static const char text[] = "“Yes, we can do it,” Ortiz said. Varga said that the dam was old. According to police, he fled.";

	read_text(text, strlen(text));
	ck_assert_uint_eq(doc.n_attributions, 3);
	for (uint32_t i = 0; i < doc.n_attributions; i++) {
		ck_assert_uint_lt(doc.attributions[i].rule, QUOTH_N_RULES);
		ck_assert(doc.attributions[i].score > 0 && doc.attributions[i].score <= 1);
	}
	ck_assert_str_eq(quoth_rule_names[doc.attributions[0].rule], "quote-before");
	ck_assert_str_eq(quoth_rule_names[doc.attributions[1].rule], "that");
	ck_assert_str_eq(quoth_rule_names[doc.attributions[2].rule], "phrase-after");
}
END_TEST

START_TEST(attributions_come_in_order_of_their_content)
{
	static const char text[] = "Ortiz said the bridge was safe. “It is old,” said Varga, adding that he would not use it.";

	read_text(text, strlen(text));
	for (uint32_t i = 1; i < doc.n_attributions; i++)
		ck_assert_uint_le(doc.attributions[i - 1].parts[0].begin, doc.attributions[i].parts[0].begin);
}
END_TEST

/* Shapes that would betray a search without bounds. */
static const char *const hostile[] = {
	"\"", "“", "said ", "he said ", "said that ", "“x” said ", "“x” ", "and said ", ", who said ", "Smith: ",
	"according to ", "as x put it ", "“a ‘b ", "he said, “x” and “y”, ", "claim that ", "to say ", ", saying ",
	"the ", "of the ", "‘", "( ", "while ", "x, ", "Q: a\n\n", "“x”\n\n",
};

/* n: of bytes. */
static clock_t time_for(const void *piece, size_t n)
{
	size_t size;
	char *text = copy_pieces(piece, n / strlen(piece), &size);
	clock_t begin, end;

	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)size);
	ck_assert_int_eq(quoth_chain_run(&doc, &rules_alone, QUOTH_STAGE_QUOTATIONS, NULL), 0);
	begin = clock();
	ck_assert_int_eq(quoth_attribute_by_rules(&doc, &rules_alone), 0);
	end = clock();
	free(text);
	return end - begin;
}

START_TEST(hostile_text_takes_linear_time)
{
	assert_linear_time(hostile[_i], time_for, hostile[_i], 200000);
}
END_TEST

START_TEST(parts_stand_in_the_order_of_the_text)
{
	struct quoth_record record = {.attribution = {.n_parts = 0}};
	struct quoth_record_list list = {.records = &record, .n = 1};

	ck_assert(quoth_records_append_tokens(&list, 0, (struct quoth_range){10, 12}));
	ck_assert(quoth_records_append_tokens(&list, 0, (struct quoth_range){2, 4}));
	ck_assert(quoth_records_append_tokens(&list, 0, (struct quoth_range){6, 10}));
	ck_assert(!quoth_records_append_tokens(&list, 0, (struct quoth_range){3, 5}));
	ck_assert(!quoth_records_append_tokens(&list, 0, (struct quoth_range){5, 7}));
	ck_assert_uint_eq(record.attribution.n_parts, 3);
	for (unsigned i = 1; i < 3; i++)
		ck_assert_uint_le(record.attribution.parts[i - 1].end, record.attribution.parts[i].begin);
}
END_TEST

/* [the source that was found]; whole: what it becomes. The cue is "said". */
static const struct {
	const char *marked, *whole;
} wholes[] = {
	{"Anna Berg, [the president of the Dockers' Union], said it rained.",
	 "Anna Berg, the president of the Dockers' Union"},
	{"Anna Berg, [58, who lives in Oslo], said it rained.", "Anna Berg, 58, who lives in Oslo"},
	{"He said that on Monday. Anna Berg, [a doctor], said it rained.", "Anna Berg, a doctor"},
	{"They met Anna Berg, [the president of the Dockers' Union], said it rained.", "the president of the Dockers' Union"},
	{"After that with Anna Berg, [a doctor] said it rained.", "a doctor"},
	{"Anna Berg, [they] said it rained.", "they"},
	{"said Anna Berg, [a doctor].", "a doctor"},
	{"[A doctor] said it rained.", "A doctor"},
};

START_TEST(a_source_that_renames_a_person_begins_with_the_name)
{
	char text[256], found[256] = "";
	const char *open = strchr(wholes[_i].marked, '['), *close = strchr(open, ']');
	uint32_t begin = (uint32_t)(open - wholes[_i].marked), length = (uint32_t)(close - open - 1), cue = 0;
	struct quoth_range source = {UINT32_MAX, 0};

	snprintf(text, sizeof text, "%.*s%.*s%s", (int)begin, wholes[_i].marked, (int)length, open + 1, close + 1);
	read_text(text, strlen(text));
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		struct quoth_span span = quoth_tokens_span(&doc, (struct quoth_range){i, i + 1});

		if (span.begin == begin)
			source.begin = i;
		if (span.end == begin + length)
			source.end = i + 1;
		if (span.end - span.begin == 4 && memcmp(text + span.begin, "said", 4) == 0)
			cue = i;
	}
	put_range(found, sizeof found, quoth_source_whole(&doc, source, cue));
	ck_assert_str_eq(found, wholes[_i].whole);
}
END_TEST

Suite *attribute_suite(void)
{
	Suite *suite = suite_create("attribute");
	TCase *tcase = tcase_create("attribute");

#define ADD(name) tcase_add_loop_test(tcase, name, 0, (int)(sizeof name##_cases / sizeof *name##_cases));
	tcase_add_test(tcase, parts_stand_in_the_order_of_the_text);
	tcase_add_checked_fixture(tcase, open_resources, close_resources);
	tcase_set_timeout(tcase, 120);
	ADD(a_cue_may_stand_before_amid_or_after_a_quotation)
	ADD(a_text_that_begins_with_a_coordinator_and_a_name_is_read)
	ADD(an_inverted_subject_is_the_source)
	ADD(a_split_quotation_is_one_row)
	ADD(a_quotation_without_a_cue_goes_on_from_the_last)
	ADD(indirect_speech_starts_at_its_complementiser)
	ADD(indirect_speech_may_stand_before_or_around_its_cue)
	ADD(speech_partly_in_quotation_marks_is_mixed)
	ADD(phrases_attribute)
	ADD(passives_have_their_agent_or_nobody)
	ADD(documents_are_sources)
	ADD(a_relative_pronoun_is_the_source_in_its_clause)
	ADD(coordinated_cues_are_rows_of_their_own)
	ADD(a_source_may_stand_far_from_its_cue)
	ADD(a_name_and_a_colon_attribute)
	ADD(transcripts_and_interviews_are_read_by_their_turns)
	ADD(tweets_are_quotations)
	ADD(what_others_said_inside_a_quotation_is_a_row_of_its_own)
	ADD(words_in_marks_without_a_source_are_nothing)
	ADD(speech_that_did_not_happen_is_nothing)
	tcase_add_loop_test(tcase, a_source_that_renames_a_person_begins_with_the_name, 0,
			    (int)(sizeof wholes / sizeof *wholes));
	tcase_add_test(tcase, every_attribution_names_its_rule_and_a_score);
	tcase_add_test(tcase, attributions_come_in_order_of_their_content);
	tcase_add_loop_test(tcase, hostile_text_takes_linear_time, 0, (int)(sizeof hostile / sizeof *hostile));
	suite_add_tcase(suite, tcase);
	return suite;
}
