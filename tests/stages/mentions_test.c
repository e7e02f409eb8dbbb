#include "stages/mentions.h"

#include "stages/lexicon.h"
#include "stages/normalise.h"
#include "stages/segment.h"
#include "stages/tag_rules.h"
#include "tests/stages/linear_fixture.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
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

static void read_bytes(const char *text, size_t size)
{
	const struct quoth_resources resources = {.lexicon = lexicon};

	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)size);
	ck_assert_int_eq(quoth_normalise(&doc, &resources), 0);
	ck_assert_int_eq(quoth_segment(&doc, &resources), 0);
	ck_assert_int_eq(quoth_tag_by_rules(&doc, &resources), 0);
	ck_assert_int_eq(quoth_mentions(&doc, &resources), 0);
}

static void read_text(const char *text)
{
	read_bytes(text, strlen(text));
}

/* The input under a range of tokens; four results are good at a time. */
static const char *words(struct quoth_range tokens)
{
	static char buffers[4][512];
	static unsigned turn;
	char *buffer = buffers[turn++ % 4];
	struct quoth_span span = {0, 0};

	if (!quoth_range_is_empty(tokens))
		span = quoth_tokens_span(&doc, tokens);
	snprintf(buffer, sizeof buffers[0], "%.*s", (int)(span.end - span.begin), doc.input + span.begin);
	return buffer;
}

/* The mentions that lie in no other, or all, parted by " | ". */
static const char *render(bool all)
{
	static char line[4096];
	size_t n = 0;

	line[0] = '\0';
	for (uint32_t m = 0; m < doc.n_mentions; m++)
		if (all || doc.mentions[m].outer == QUOTH_NONE)
			n += (size_t)snprintf(line + n, sizeof line - n, "%s%s", n ? " | " : "",
					      words(doc.mentions[m].tokens));
	return line;
}

static const struct quoth_mention *find(const char *text)
{
	for (uint32_t m = 0; m < doc.n_mentions; m++)
		if (strcmp(words(doc.mentions[m].tokens), text) == 0)
			return &doc.mentions[m];
	ck_abort_msg("no mention '%s' in: %s", text, render(true));
	return NULL;
}

static const struct {
	const char *text, *mentions;
} outermost[] = {
	{"Norwegian Defense Ministry spokeswoman Maria Lund said so.", "Norwegian Defense Ministry spokeswoman Maria Lund"},
	{"A person familiar with the matter said so.", "A person familiar with the matter"},
	{"Two officials briefed on the talks agreed.", "Two officials briefed on the talks"},
	{"A senior administration official agreed.", "A senior administration official"},
	{"A former police executive agreed.", "A former police executive"},
	{"Officials at the Department of Justice agreed.", "Officials at the Department of Justice"},
	{"A spokesman for the mayor of Springfield agreed.", "A spokesman for the mayor of Springfield"},
	{"The head of the office of the mayor agreed.", "The head of the office of the mayor"},
	{"Voters in Ohio agreed.", "Voters in Ohio"},
	{"An expert on Russia at the Weller Institute agreed.", "An expert on Russia at the Weller Institute"},
	{"The company in a statement agreed.", "The company | a statement"},
	{"Officials on Monday agreed.", "Officials"},
	{"He told reporters on Friday.", "He | reporters"},
	{"Rep. Jane Dole (D-Ohio) agreed.", "Rep. Jane Dole (D-Ohio)"},
	{"Rep. Jane Dole, D-Ohio, agreed.", "Rep. Jane Dole, D-Ohio"},
	{"Some of the voters agreed.", "Some of the voters"},
	{"Many agreed.", "Many"},
	{"Others disagreed.", "Others"},
	{"Both agreed.", "Both"},
	{"Those who left agreed.", "Those | who"},
	{"More than 54 percent of voters agreed.", "54 percent of voters"},
	{"The French agreed.", "The French"},
	{"The GOP presidential candidate agreed.", "The GOP presidential candidate"},
	{"She told reporters Russian officials lied.", "She | reporters | Russian officials"},
	{"The mayor's office agreed.", "The mayor's office"},
	{"She said.", "She"},
	{"It rained last week.", "It"},
	{"Anna Weiss, 34, a nurse from Ohio, agreed.", "Anna Weiss | a nurse from Ohio"},
	{"The \"Star Dust\" actress Anna Weiss agreed.", "The \"Star Dust\" actress Anna Weiss"},
	{"The New York Times agreed.", "The New York Times"},
	{"Retired surgeon Jane Doe agreed.", "Retired surgeon Jane Doe"},
	{"The amount Maria Lund spent grew.", "The amount | Maria Lund"},
	{"A study by the Weller Institute found it.", "A study by the Weller Institute | it"},
	{"Mayor of Oslo Maria Lund and Rep. Jane Dole agreed.", "Mayor of Oslo Maria Lund and Rep. Jane Dole"},
	{"The head of Ghost Writers and an analyst agreed.", "The head of Ghost Writers and an analyst"},
};

START_TEST(a_mention_takes_all_that_belongs_to_it)
{
	read_text(outermost[_i].text);
	ck_assert_str_eq(render(false), outermost[_i].mentions);
}
END_TEST

static const struct {
	const char *text, *mentions;
} nested[] = {
	{"The mayor's brother left.", "The mayor's brother | The mayor"},
	{"His wife's lawyer left.", "His wife's lawyer | His wife | His"},
	{"Lund's campaign left.", "Lund's campaign | Lund"},
	{"A Kremlin spokesman left.", "A Kremlin spokesman | Kremlin"},
	{"The head of the ministry left.", "The head of the ministry | the ministry"},
	{"Mr. Smith and Ms. Jones left.", "Mr. Smith and Ms. Jones | Mr. Smith | Ms. Jones"},
	{"Smith, Jones and Brown left.", "Smith, Jones and Brown | Smith | Jones | Brown"},
	{"She and her aides left.", "She and her aides | She | her aides | her"},
	{"A spokesman for Smith and Jones left.", "A spokesman for Smith and Jones | Smith and Jones | Smith | Jones"},
	{"Smith praised Jones and Brown disagreed.", "Smith | Jones | Brown"},
	{"The wire's editor's aide's dog's bone lay there.",
	 "The wire's editor's aide's dog | The wire's editor's aide | The wire's editor | The wire | bone"},
};

START_TEST(what_lies_inside_a_mention_comes_after_it)
{
	read_text(nested[_i].text);
	ck_assert_str_eq(render(true), nested[_i].mentions);
}
END_TEST

static const struct {
	const char *text, *mention, *name, *title, *affiliation;
} parts[] = {
	{"Norwegian Defense Ministry spokeswoman Maria Lund said so.", "Norwegian Defense Ministry spokeswoman Maria Lund",
	 "Maria Lund", "Norwegian Defense Ministry spokeswoman", "Norwegian Defense Ministry"},
	{"President Anna Weiss left.", "President Anna Weiss", "Anna Weiss", "President", ""},
	{"The actor Viktor Grell left.", "The actor Viktor Grell", "Viktor Grell", "actor", ""},
	{"Maria Lund left.", "Maria Lund", "Maria Lund", "", ""},
	{"Maria Lund, the ministry's spokeswoman, left.", "Maria Lund", "Maria Lund", "ministry's spokeswoman", ""},
	{"Maria Lund, head of the Nordwerk Foundation, left.", "Maria Lund", "Maria Lund",
	 "head of the Nordwerk Foundation", "Nordwerk Foundation"},
	{"Their opponent, Maria Lund, left.", "Maria Lund", "Maria Lund", "opponent", ""},
	{"Anna Weiss, 34, a nurse from Ohio, left.", "Anna Weiss", "Anna Weiss", "nurse from Ohio", "Ohio"},
	{"Anna Weiss of the Weller Institute left.", "Anna Weiss of the Weller Institute", "Anna Weiss", "", "Weller Institute"},
	{"A spokesman for the Weller Institute left.", "A spokesman for the Weller Institute", "",
	 "spokesman for the Weller Institute", "Weller Institute"},
	{"The report appeared.", "The report", "", "", ""},
};

START_TEST(names_titles_and_affiliations_are_told_apart)
{
	const struct quoth_mention *mention;

	read_text(parts[_i].text);
	mention = find(parts[_i].mention);
	ck_assert_str_eq(words(mention->name), parts[_i].name);
	ck_assert_str_eq(words(mention->title), parts[_i].title);
	ck_assert_str_eq(words(mention->affiliation), parts[_i].affiliation);
}
END_TEST

static const struct {
	const char *text, *mention;
	uint8_t kind, gender, number;
	bool is_animate;
} kinds[] = {
	{"She left.", "She", QUOTH_PRONOUN_MENTION, QUOTH_FEMALE, QUOTH_SINGULAR, true},
	{"It left.", "It", QUOTH_PRONOUN_MENTION, QUOTH_NEUTER, QUOTH_SINGULAR, false},
	{"They left.", "They", QUOTH_PRONOUN_MENTION, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL, true},
	{"Others left.", "Others", QUOTH_PRONOUN_MENTION, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL, true},
	{"The ministry's spokesman left.", "The ministry's spokesman", QUOTH_NOMINAL_MENTION, QUOTH_MALE, QUOTH_SINGULAR, true},
	{"The ministry left.", "The ministry", QUOTH_NOMINAL_MENTION, QUOTH_NEUTER, QUOTH_SINGULAR, true},
	{"The report left.", "The report", QUOTH_NOMINAL_MENTION, QUOTH_NEUTER, QUOTH_SINGULAR, false},
	{"Three officials left.", "Three officials", QUOTH_NOMINAL_MENTION, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL, true},
	{"Mrs. Brzk left.", "Mrs. Brzk", QUOTH_NAME_MENTION, QUOTH_FEMALE, QUOTH_SINGULAR, true},
	{"Elena Brzk left.", "Elena Brzk", QUOTH_NAME_MENTION, QUOTH_FEMALE, QUOTH_SINGULAR, true},
	{"Chairwoman Alex Brzk left.", "Chairwoman Alex Brzk", QUOTH_NAME_MENTION, QUOTH_FEMALE, QUOTH_SINGULAR, true},
	{"The White House agreed.", "The White House", QUOTH_NAME_MENTION, QUOTH_NEUTER, QUOTH_SINGULAR, true},
	{"Smith and Jones left.", "Smith and Jones", QUOTH_NOMINAL_MENTION, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL, true},
	{"The dogs left.", "The dogs", QUOTH_NOMINAL_MENTION, QUOTH_NEUTER, QUOTH_PLURAL, false},
};

START_TEST(mentions_have_kind_gender_number_and_animacy)
{
	const struct quoth_mention *mention;

	read_text(kinds[_i].text);
	mention = find(kinds[_i].mention);
	ck_assert_uint_eq(mention->kind, kinds[_i].kind);
	ck_assert_uint_eq(mention->gender, kinds[_i].gender);
	ck_assert_uint_eq(mention->number, kinds[_i].number);
	ck_assert_int_eq(mention->is_animate, kinds[_i].is_animate);
}
END_TEST

static const struct {
	const char *text, *first, *second;
} appositions[] = {
	{"Maria Lund, the ministry's spokeswoman, left.", "Maria Lund", "the ministry's spokeswoman"},
	{"Maria Lund — a lawyer from Oslo — left.", "Maria Lund", "a lawyer from Oslo"},
	{"Their opponent, Maria Lund, left.", "Their opponent", "Maria Lund"},
	{"Rep. Jane Dole (D-Ohio), chair of the committee, left.", "Rep. Jane Dole (D-Ohio)", "chair of the committee"},
	{"Anna Weiss, 34, a nurse, left.", "Anna Weiss", "a nurse"},
	{"We met Anna Weiss, a nurse who left.", "Anna Weiss", "a nurse"},
	{"Nordwerk Inc., a company from Oslo, left.", "Nordwerk Inc.", "a company from Oslo"},
};

START_TEST(an_apposition_is_linked_from_what_it_renames)
{
	const struct quoth_mention *first;

	read_text(appositions[_i].text);
	first = find(appositions[_i].first);
	ck_assert_uint_ne(first->apposition, QUOTH_NONE);
	ck_assert_str_eq(words(doc.mentions[first->apposition].tokens), appositions[_i].second);
}
END_TEST

static const struct {
	const char *text, *first;
} no_appositions[] = {
	{"After the talks with Lund, the minister left.", "Lund"},
	{"Maria Lund, officials and voters left.", "Maria Lund"},
	{"Smith, Jones and Brown left.", "Smith"},
	{"In Oslo, a lawyer left.", "Oslo"},
	{"Maria Lund, on Monday, left.", "Maria Lund"},
};

START_TEST(a_neighbour_is_not_always_an_apposition)
{
	read_text(no_appositions[_i].text);
	ck_assert_uint_eq(find(no_appositions[_i].first)->apposition, QUOTH_NONE);
}
END_TEST

START_TEST(a_relative_pronoun_stands_for_the_person_before_it)
{
	read_text("Officials at the ministry, who left, met a woman who stayed.");
	ck_assert_str_eq(words(doc.mentions[find("who")->apposition].tokens), "Officials at the ministry");
	ck_assert_uint_eq(find("who")->number, QUOTH_PLURAL);
	for (uint32_t m = 0; m < doc.n_mentions; m++)
		if (doc.mentions[m].tokens.begin > 7 && doc.tokens[doc.mentions[m].head].tag == QUOTH_TAG_WP)
			ck_assert_uint_eq(doc.mentions[m].gender, QUOTH_FEMALE);
}
END_TEST

START_TEST(a_dateline_holds_no_mention)
{
	read_text("OSLO, Jan. 31 (Nordwire) - The minister left the room on Monday.\n\nShe did not say why.");
	ck_assert_str_eq(render(true), "The minister | the room | She");
}
END_TEST

START_TEST(a_group_is_marked_and_plural)
{
	read_text("Mr. Smith and Ms. Jones left.");
	ck_assert(find("Mr. Smith and Ms. Jones")->is_group);
	ck_assert(!find("Mr. Smith")->is_group);
	ck_assert_uint_eq(find("Ms. Jones")->outer, 0);
	ck_assert_uint_eq(find("Ms. Jones")->gender, QUOTH_FEMALE);
	read_text("Former Secretary of State Maria Lund and Rep. Jane Dole left.");
	ck_assert(!find("Former Secretary of State Maria Lund")->is_group);
}
END_TEST

/* As another tagger might have it: one class for all the words of a name. */
static void retag(uint32_t begin, uint32_t end, uint8_t name_class)
{
	const struct quoth_resources resources = {.lexicon = lexicon};

	for (uint32_t i = begin; i < end; i++)
		doc.tokens[i].name = name_class;
	ck_assert_int_eq(quoth_mentions(&doc, &resources), 0);
}

START_TEST(the_lists_know_seats_of_power_better_than_a_tagger)
{
	read_text("The White House agreed.");
	retag(1, 3, QUOTH_NAME_PLACE);
	ck_assert_uint_eq(find("The White House")->name_class, QUOTH_NAME_ORGANIZATION);
	read_text("Paris agreed.");
	retag(0, 1, QUOTH_NAME_PLACE);
	ck_assert_uint_eq(find("Paris")->name_class, QUOTH_NAME_PLACE);
	read_text("Nordwerk Council agreed.");
	retag(0, 2, QUOTH_NAME_OTHER);
	ck_assert_uint_eq(find("Nordwerk Council")->name_class, QUOTH_NAME_ORGANIZATION);
}
END_TEST

START_TEST(a_member_of_a_party_is_one_and_not_named)
{
	static const char *const members[] = {"the Ohio Republican", "an Iowa Democrat", "a Democrat", NULL};
	char text[64];

	for (unsigned i = 0; members[i]; i++) {
		snprintf(text, sizeof text, "On Monday %s agreed.", members[i]);
		read_text(text);
		ck_assert_ptr_nonnull(find(members[i]));
		ck_assert_uint_eq(find(members[i])->kind, QUOTH_NOMINAL_MENTION);
		ck_assert_uint_eq(find(members[i])->number, QUOTH_SINGULAR);
	}
	read_text("Yesterday an Iowa Democrat agreed.");
	retag(3, 4, QUOTH_NAME_ORGANIZATION);
	ck_assert_uint_eq(find("an Iowa Democrat")->kind, QUOTH_NOMINAL_MENTION);
}
END_TEST

START_TEST(a_people_or_party_is_no_name)
{
	read_text("Most Republicans agreed.");
	retag(1, 2, QUOTH_NAME_OTHER);
	ck_assert_uint_eq(find("Most Republicans")->kind, QUOTH_NOMINAL_MENTION);
	ck_assert_uint_eq(find("Most Republicans")->number, QUOTH_PLURAL);
	ck_assert(find("Most Republicans")->is_animate);
}
END_TEST

START_TEST(a_body_in_a_title_needs_no_name_class)
{
	read_text("Norwegian Defense Ministry spokeswoman Maria Lund agreed.");
	retag(0, 1, QUOTH_NAME_OTHER);
	retag(1, 3, QUOTH_NOT_A_NAME);
	ck_assert_str_eq(words(doc.mentions[0].affiliation), "Norwegian Defense Ministry");
}
END_TEST

/* What document.h promises of the order, on a text of all kinds. */
static void check_order(void)
{
	for (uint32_t m = 0; m < doc.n_mentions; m++) {
		const struct quoth_mention *mention = &doc.mentions[m], *before = m ? mention - 1 : NULL;

		assert_each(mention->tokens.begin < mention->tokens.end);
		assert_each(mention->tokens.end <= doc.n_tokens);
		assert_each(quoth_range_holds(mention->tokens, mention->head));
		assert_each(quoth_range_is_empty(mention->name) || quoth_range_within(mention->name, mention->tokens));
		assert_each(mention->apposition == QUOTH_NONE || mention->apposition < doc.n_mentions);
		if (before)
			assert_each(mention->tokens.begin >= before->tokens.begin);
		if (before && mention->tokens.begin == before->tokens.begin)
			assert_each(mention->tokens.end <= before->tokens.end);
		if (mention->outer != QUOTH_NONE) {
			assert_each(mention->outer < m);
			assert_each(quoth_range_within(mention->tokens, doc.mentions[mention->outer].tokens));
		}
	}
}

START_TEST(mentions_are_in_order_and_inside_the_tokens)
{
	read_text("Norwegian Defense Ministry spokeswoman Maria Lund, her brother's wife's lawyer and Rep. Jane Dole (D-Ohio), "
		  "head of the office of the mayor of the city of Oslo, told officials at NATO, the UN and the EU that "
		  "\"some of those who left\" were his. Both Smith, 40, and the other two of the three agreed.");
	ck_assert_uint_gt(doc.n_mentions, 20);
	check_order();
}
END_TEST

static const char *const hostile[] = {
	"Lund's ", "the head of ", "Smith, ", "Smith and ", "Smith (D-", "the ", "Oslo ", "\"the \"", "who ", "54 ", "Lund, 34, ",
	"officials familiar with ", "the very ", "McDonald's & ", "of ", "Department of and ",
};

static clock_t time_to_read(const void *piece, size_t times)
{
	size_t size;
	char *text = copy_pieces(piece, times, &size);
	clock_t begin = clock(), end;

	read_bytes(text, size);
	end = clock();
	check_order();
	free(text);
	return end - begin;
}

START_TEST(time_is_linear_on_endless_sentences)
{
	assert_linear_time(hostile[_i], time_to_read, hostile[_i], 10000);
}
END_TEST

START_TEST(an_empty_document_has_no_mentions)
{
	read_text("");
	ck_assert_uint_eq(doc.n_mentions, 0);
	read_text(" \n\n ... !!! ");
	ck_assert_uint_eq(doc.n_mentions, 0);
}
END_TEST

Suite *mentions_suite(void)
{
	Suite *suite = suite_create("mentions");
	TCase *tcase = tcase_create("mentions");

#define LOOP(test, table) tcase_add_loop_test(tcase, test, 0, sizeof table / sizeof table[0])
	tcase_add_checked_fixture(tcase, open_lexicon, close_lexicon);
	LOOP(a_mention_takes_all_that_belongs_to_it, outermost);
	LOOP(what_lies_inside_a_mention_comes_after_it, nested);
	LOOP(names_titles_and_affiliations_are_told_apart, parts);
	LOOP(mentions_have_kind_gender_number_and_animacy, kinds);
	LOOP(an_apposition_is_linked_from_what_it_renames, appositions);
	LOOP(a_neighbour_is_not_always_an_apposition, no_appositions);
	tcase_add_test(tcase, a_relative_pronoun_stands_for_the_person_before_it);
	tcase_add_test(tcase, a_dateline_holds_no_mention);
	tcase_add_test(tcase, a_member_of_a_party_is_one_and_not_named);
	tcase_add_test(tcase, a_group_is_marked_and_plural);
	tcase_add_test(tcase, mentions_are_in_order_and_inside_the_tokens);
	tcase_add_test(tcase, the_lists_know_seats_of_power_better_than_a_tagger);
	tcase_add_test(tcase, a_people_or_party_is_no_name);
	tcase_add_test(tcase, a_body_in_a_title_needs_no_name_class);
	LOOP(time_is_linear_on_endless_sentences, hostile);
	tcase_add_test(tcase, an_empty_document_has_no_mentions);
#undef LOOP
	suite_add_tcase(suite, tcase);
	return suite;
}
