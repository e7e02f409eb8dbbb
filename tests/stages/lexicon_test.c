#include "stages/lexicon.h"

#include "stages/document.h"
#include "stages/lexicon_lists.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct quoth_lexicon *lexicon;

static void open_lexicon(void)
{
	struct quoth_report report = {"", ""};

	ck_assert_msg(quoth_lexicon_open(&lexicon, &report) == 0, "%s: %s", report.where, report.what);
}

static void close_lexicon(void)
{
	quoth_lexicon_close(lexicon);
}

static uint32_t hash(const char *form)
{
	return quoth_form_hash(form, strlen(form));
}

static const struct quoth_lexeme *find(const char *form)
{
	return quoth_lexeme_at(lexicon, quoth_lexicon_find(lexicon, hash(form)));
}

/* How many words of a text a phrase takes that begins it. */
static size_t find_phrase(const char *text, const struct quoth_lexeme **phrase)
{
	uint32_t forms[16];
	size_t n = 0;

	for (const char *word = text; *word; n++) {
		size_t length = strcspn(word, " ");

		forms[n] = quoth_form_hash(word, length);
		word += length + (word[length] == ' ');
	}
	return quoth_lexicon_phrase(lexicon, forms, n, phrase);
}

START_TEST(an_unknown_form_is_the_empty_entry)
{
	const struct quoth_lexeme *none = find("qwzzxk");

	ck_assert_uint_eq(quoth_lexicon_find(lexicon, hash("qwzzxk")), 0);
	ck_assert_uint_eq(none->form, 0);
	ck_assert_uint_eq(none->flags, 0);
	ck_assert_uint_eq(none->tags, 0);
	ck_assert_uint_eq(none->cue_class, 0);
}
END_TEST

START_TEST(an_entry_has_the_hash_that_found_it)
{
	static const char *const forms[] = {"said", "kremlin", "she", "spokeswoman", "march", "anna", "won't", "n't"};

	for (size_t i = 0; i + 1 < sizeof forms / sizeof forms[0]; i++)
		if (quoth_lexicon_find(lexicon, hash(forms[i])))
			ck_assert_uint_eq(find(forms[i])->form, hash(forms[i]));
	ck_assert_uint_ne(quoth_lexicon_find(lexicon, hash("n't")), 0);
}
END_TEST

static const struct {
	const char *form, *lemma;
	uint8_t cue_class;
} cues[] = {
	{"said", "say", QUOTH_CUE_SAY}, {"says", "say", QUOTH_CUE_SAY}, {"saying", "say", QUOTH_CUE_SAY},
	{"told", "tell", QUOTH_CUE_SAY}, {"adds", "add", QUOTH_CUE_SAY}, {"added", "add", QUOTH_CUE_SAY},
	{"denies", "deny", QUOTH_CUE_DENY}, {"denied", "deny", QUOTH_CUE_DENY}, {"denying", "deny", QUOTH_CUE_DENY},
	{"promised", "promise", QUOTH_CUE_PROMISE}, {"urging", "urge", QUOTH_CUE_ORDER},
	{"thought", "think", QUOTH_CUE_BELIEVE},
};

START_TEST(the_forms_of_a_cue_share_lemma_and_class)
{
	const struct quoth_lexeme *lexeme = find(cues[_i].form);

	ck_assert_msg(quoth_lexeme_is(lexeme, QUOTH_LEX_CUE), "%s is no cue", cues[_i].form);
	ck_assert_uint_eq(lexeme->cue_class, cues[_i].cue_class);
	ck_assert_uint_eq(lexeme->lemma, hash(cues[_i].lemma));
}
END_TEST

START_TEST(an_irregular_past_makes_no_regular_one)
{
	static const char *const none[] = {"sayed", "telled", "thinked", "writed", "finded"};

	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		ck_assert_msg(!quoth_lexicon_find(lexicon, hash(none[i])), "%s", none[i]);
}
END_TEST

static const struct {
	const char *form;
	uint32_t flag;
	uint8_t gender, number;
} nouns[] = {
	{"spokesman", QUOTH_LEX_SPEAKER_NOUN, QUOTH_MALE, QUOTH_SINGULAR},
	{"spokeswomen", QUOTH_LEX_SPEAKER_NOUN, QUOTH_FEMALE, QUOTH_PLURAL},
	{"spokespeople", QUOTH_LEX_GROUP_NOUN, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
	{"officials", QUOTH_LEX_GROUP_NOUN, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
	{"wife", QUOTH_LEX_RELATION_NOUN, QUOTH_FEMALE, QUOTH_SINGULAR},
	{"wives", QUOTH_LEX_RELATION_NOUN, QUOTH_FEMALE, QUOTH_PLURAL},
	{"brothers", QUOTH_LEX_SPEAKER_NOUN, QUOTH_MALE, QUOTH_PLURAL},
	{"ministries", QUOTH_LEX_ORGANIZATION_NOUN, QUOTH_NEUTER, QUOTH_PLURAL},
	{"agency", QUOTH_LEX_ORGANIZATION_NOUN, QUOTH_NEUTER, QUOTH_SINGULAR},
	{"analyses", QUOTH_LEX_DOCUMENT_NOUN, QUOTH_NEUTER, QUOTH_PLURAL},
	{"report", QUOTH_LEX_DOCUMENT_NOUN, QUOTH_NEUTER, QUOTH_SINGULAR},
	{"critics", QUOTH_LEX_GROUP_NOUN, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
	{"heroes", QUOTH_LEX_SPEAKER_NOUN, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
	{"witnesses", QUOTH_LEX_SPEAKER_NOUN, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
};

START_TEST(nouns_have_gender_and_number)
{
	const struct quoth_lexeme *lexeme = find(nouns[_i].form);

	ck_assert_msg(quoth_lexeme_is(lexeme, nouns[_i].flag), "%s", nouns[_i].form);
	ck_assert_uint_eq(lexeme->gender, nouns[_i].gender);
	ck_assert_uint_eq(lexeme->number, nouns[_i].number);
}
END_TEST

static const struct {
	const char *form;
	uint32_t class;
	uint8_t person, gender, number;
} pronouns[] = {
	{"i", QUOTH_LEX_PERSONAL, 1, QUOTH_GENDER_UNKNOWN, QUOTH_SINGULAR},
	{"we", QUOTH_LEX_PERSONAL, 1, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
	{"he", QUOTH_LEX_PERSONAL, 3, QUOTH_MALE, QUOTH_SINGULAR},
	{"her", QUOTH_LEX_POSSESSIVE, 3, QUOTH_FEMALE, QUOTH_SINGULAR},
	{"they", QUOTH_LEX_PERSONAL, 3, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
	{"its", QUOTH_LEX_POSSESSIVE, 3, QUOTH_NEUTER, QUOTH_SINGULAR},
	{"who", QUOTH_LEX_RELATIVE, 0, QUOTH_GENDER_UNKNOWN, QUOTH_NUMBER_UNKNOWN},
	{"others", QUOTH_LEX_INDEFINITE, 0, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
	{"everyone", QUOTH_LEX_INDEFINITE, 0, QUOTH_GENDER_UNKNOWN, QUOTH_SINGULAR},
	{"these", QUOTH_LEX_DEMONSTRATIVE, 0, QUOTH_GENDER_UNKNOWN, QUOTH_PLURAL},
};

START_TEST(pronouns_have_class_person_gender_and_number)
{
	const struct quoth_lexeme *lexeme = find(pronouns[_i].form);

	ck_assert_msg(quoth_lexeme_is(lexeme, QUOTH_LEX_PRONOUN) && quoth_lexeme_is(lexeme, pronouns[_i].class), "%s",
		      pronouns[_i].form);
	ck_assert_uint_eq(lexeme->person, pronouns[_i].person);
	ck_assert_uint_eq(lexeme->gender, pronouns[_i].gender);
	ck_assert_uint_eq(lexeme->number, pronouns[_i].number);
}
END_TEST

START_TEST(titles_and_forenames_tell_gender)
{
	ck_assert_uint_eq(find("mrs.")->gender, QUOTH_FEMALE);
	ck_assert_uint_eq(find("chairman")->gender, QUOTH_MALE);
	ck_assert_uint_eq(find("president")->gender, QUOTH_GENDER_UNKNOWN);
	ck_assert(quoth_lexeme_is(find("president"), QUOTH_LEX_TITLE));
	ck_assert(quoth_lexeme_is(find("elena"), QUOTH_LEX_FORENAME));
	ck_assert_uint_eq(find("elena")->forename_gender, QUOTH_FEMALE);
	ck_assert_uint_eq(find("sergei")->forename_gender, QUOTH_MALE);
	ck_assert_uint_eq(find("bill")->forename_gender, QUOTH_MALE);
	ck_assert_uint_eq(find("bill")->gender, QUOTH_NEUTER);
}
END_TEST

START_TEST(a_form_keeps_what_several_lists_say)
{
	const struct quoth_lexeme *mother = find("mother"), *general = find("general");

	ck_assert(quoth_lexeme_is(mother, QUOTH_LEX_RELATION_NOUN) && quoth_lexeme_is(mother, QUOTH_LEX_TITLE));
	ck_assert(quoth_lexeme_is(general, QUOTH_LEX_SPEAKER_NOUN) && quoth_lexeme_is(general, QUOTH_LEX_TITLE));
	ck_assert_uint_ne(general->tags >> QUOTH_TAG_JJ & 1, 0);
}
END_TEST

START_TEST(function_words_are_never_names)
{
	static const char *const words[] = {"the", "of", "and", "he", "must", "who", "their", "that", "when"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		ck_assert_msg(quoth_lexeme_is(find(words[i]), QUOTH_LEX_NEVER_NAME), "%s", words[i]);
	ck_assert(!quoth_lexeme_is(find("kremlin"), QUOTH_LEX_NEVER_NAME));
}
END_TEST

static const struct {
	const char *text;
	size_t n;
} phrases[] = {
	{"according to the ministry", 2}, {"according with the ministry", 0}, {"pointed out that", 2},
	{"pointing out that", 2}, {"pointed at it", 0}, {"white house officials", 2}, {"prime minister jane", 2},
	{"white", 0}, {"as he put it", 4}, {"as the head of it put it later", 7}, {"as put it", 0},
	{"as one two three four five six seven put it", 0}, {"zebra crossing", 0},
};

START_TEST(phrases_take_as_many_words_as_they_have)
{
	const struct quoth_lexeme *phrase;

	ck_assert_msg(find_phrase(phrases[_i].text, &phrase) == phrases[_i].n, "%s: %zu", phrases[_i].text,
		      find_phrase(phrases[_i].text, &phrase));
	if (!phrases[_i].n)
		ck_assert_uint_eq(phrase->form, 0);
}
END_TEST

START_TEST(a_gap_is_told_by_the_words_around_it)
{
	const struct quoth_lexeme *phrase;

	ck_assert_uint_eq(find_phrase("as he put it", &phrase), 4);
	ck_assert_uint_eq(phrase->gap_after, 1);
	ck_assert_uint_eq(phrase->gap_before, 2);
	find_phrase("according to", &phrase);
	ck_assert_uint_eq(phrase->gap_after, 0);
	ck_assert_uint_eq(phrase->gap_before, 0);
}
END_TEST

START_TEST(the_longest_phrase_wins)
{
	const struct quoth_lexeme *phrase;

	ck_assert_uint_eq(find_phrase("u.s. chamber of commerce", &phrase), 4);
	ck_assert(quoth_lexeme_is(phrase, QUOTH_LEX_ORGANIZATION));
	ck_assert_uint_eq(find_phrase("new york times", &phrase), 3);
	ck_assert(quoth_lexeme_is(phrase, QUOTH_LEX_ORGANIZATION));
	ck_assert_uint_eq(find_phrase("new york mayor", &phrase), 2);
	ck_assert(quoth_lexeme_is(phrase, QUOTH_LEX_PLACE));
}
END_TEST

START_TEST(no_words_make_no_phrase)
{
	const struct quoth_lexeme *phrase;

	ck_assert_uint_eq(quoth_lexicon_phrase(lexicon, NULL, 0, &phrase), 0);
	ck_assert_uint_eq(phrase->form, 0);
}
END_TEST

static const struct {
	const char *form;
	uint32_t sets;
} in_sets[] = {
	{"a", QUOTH_SET_INDEFINITE}, {"the", QUOTH_SET_DEFINITE | QUOTH_SET_RESUMING | QUOTH_SET_FILLER},
	{"both", QUOTH_SET_DEMONSTRATIVE | QUOTH_SET_PAIR}, {"their", QUOTH_SET_POSSESSIVE | QUOTH_SET_RESUMING},
	{"late", QUOTH_SET_FORMER}, {"deputy", QUOTH_SET_RANK}, {"mrs.", QUOTH_SET_HONORIFIC}, {"doctor", QUOTH_SET_DEGREE},
	{"percent", QUOTH_SET_SHARE}, {"those", QUOTH_SET_DEMONSTRATIVE | QUOTH_SET_PEOPLE}, {"woman", QUOTH_SET_BYSTANDER},
	{"husband", QUOTH_SET_SPOUSE}, {"became", QUOTH_SET_COPULA}, {"now", QUOTH_SET_PRESENT},
	{"of", QUOTH_SET_BELONGING | QUOTH_SET_FILLER}, {"by", QUOTH_SET_MAKING}, {"y", QUOTH_SET_PARTICLE},
	{"van", QUOTH_SET_PARTICLE | QUOTH_SET_FILLER}, {"jr.", QUOTH_SET_JUNIOR}, {"senior", QUOTH_SET_SENIOR},
	{"ii", QUOTH_SET_SECOND}, {"3rd", QUOTH_SET_THIRD}, {"iv", QUOTH_SET_FOURTH}, {"rivals", QUOTH_SET_CONTENDER},
	{"least", QUOTH_SET_MEASURE}, {"named", QUOTH_SET_COPULA | QUOTH_SET_NAMING},
	{"ministers", 0},
};

START_TEST(words_are_in_their_sets)
{
	ck_assert_uint_eq(find(in_sets[_i].form)->sets, in_sets[_i].sets);
}
END_TEST

START_TEST(sets_are_added_to_what_is_known_of_a_form)
{
	const char bytes[] = "form\tsets\nconsul\trank\nconsul\tformer,degree\n";
	const struct quoth_lexeme *consul;

	ck_assert_int_eq(quoth_lexicon_read_list(lexicon, "lexicon/sets.tsv", bytes, bytes + strlen(bytes), NULL), 0);
	consul = find("consul");
	ck_assert_uint_eq(consul->sets, QUOTH_SET_RANK | QUOTH_SET_FORMER | QUOTH_SET_DEGREE);
	ck_assert_uint_eq(consul->lemma, consul->form);
}
END_TEST

START_TEST(words_that_begin_a_phrase_say_so)
{
	ck_assert(quoth_lexeme_is(find("according"), QUOTH_LEX_PHRASE_START));
	ck_assert(quoth_lexeme_is(find("pointing"), QUOTH_LEX_PHRASE_START));
	ck_assert(!quoth_lexeme_is(find("spokeswoman"), QUOTH_LEX_PHRASE_START));
}
END_TEST

static const struct {
	const char *list, *bytes, *where;
} malformed[] = {
	{"forenames", "form\tgender\nanna\tx\n", "lexicon/forenames.tsv:2"},
	{"forenames", "form\tgender\nanna\n", "lexicon/forenames.tsv:2"},
	{"forenames", "form\tgender\n# a comment\n\nanna\tf\tf\n", "lexicon/forenames.tsv:4"},
	{"forenames", "form\nanna\n", "lexicon/forenames.tsv:1"},
	{"forenames", "", "lexicon/forenames.tsv:0"},
	{"forenames", "form\tgender\n\tf\n", "lexicon/forenames.tsv:2"},
	{"forenames", "form\tgender\n anna\tf\n", "lexicon/forenames.tsv:2"},
	{"words", "form\ttags\nword\tNN XX\n", "lexicon/words.tsv:2"},
	{"pronouns", "form\tclass\tperson\tgender\tnumber\nhe\tpersonal\t4\tm\ts\n", "lexicon/pronouns.tsv:2"},
	{"pronouns", "form\tclass\tperson\tgender\tnumber\nhe\troyal\t3\tm\ts\n", "lexicon/pronouns.tsv:2"},
	{"pronouns", "form\tclass\tperson\tgender\tnumber\nhe\tpersonal\t3\tm\td\n", "lexicon/pronouns.tsv:2"},
	{"cues", "lemma\tforms\tclass\tframes\nsay\t\tspeak\tquote\n", "lexicon/cues.tsv:2"},
	{"cues", "lemma\tforms\tclass\tframes\nsay\t\tsay\tquote,verse\n", "lexicon/cues.tsv:2"},
	{"phrases", "phrase\tclass\tframes\nas * put * it\tsay\tquote\n", "lexicon/phrases.tsv:2"},
	{"phrases", "phrase\tclass\tframes\nas  it\tsay\tquote\n", "lexicon/phrases.tsv:2"},
	{"phrases", "phrase\tclass\tframes\n* it\tsay\tquote\n", "lexicon/phrases.tsv:2"},
	{"phrases", "phrase\tclass\tframes\nit *\tsay\tquote\n", "lexicon/phrases.tsv:2"},
	{"phrases", "phrase\tclass\tframes\na b c d e f g h i j k l m\tsay\tquote\n", "lexicon/phrases.tsv:2"},
	{"sets", "form\tsets\nformer\tformer,royal\n", "lexicon/sets.tsv:2"},
	{"sets", "form\tsets\nformer\t\n", "lexicon/sets.tsv:2"},
	{"sets", "form\tsets\nformer\n", "lexicon/sets.tsv:2"},
	{"sets", "form\tsets\nthe\tdefinite\nformer\tFormer\n", "lexicon/sets.tsv:3"},
	{"abbreviations", "form\tclass\nst.\tsaint\n", "lexicon/abbreviations.tsv:2"},
	{"verses", "form\n", "lexicon/verses.tsv"},
};

START_TEST(a_malformed_list_names_its_file_and_line)
{
	struct quoth_report report = {"", ""};
	char name[64];

	snprintf(name, sizeof name, "lexicon/%s.tsv", malformed[_i].list);
	ck_assert_int_eq(quoth_lexicon_read_list(lexicon, name, malformed[_i].bytes,
						 malformed[_i].bytes + strlen(malformed[_i].bytes), &report),
			 QUOTH_BAD_MODEL);
	ck_assert_str_eq(report.where, malformed[_i].where);
	ck_assert_str_ne(report.what, "");
}
END_TEST

START_TEST(a_list_may_end_without_a_line_break)
{
	const char *bytes = "# comment\nform\tgender\nqwerta\tf";

	ck_assert_int_eq(quoth_lexicon_read_list(lexicon, "lexicon/forenames.tsv", bytes, bytes + strlen(bytes), NULL), 0);
	ck_assert_uint_eq(find("qwerta")->forename_gender, QUOTH_FEMALE);
}
END_TEST

START_TEST(more_forms_than_an_index_can_tell_are_refused)
{
	enum { N = 70000, LINE = 8 };
	char *bytes = malloc(16 + N * LINE), *end = bytes + sprintf(bytes, "form\n");
	struct quoth_report report = {"", ""};

	for (int i = 0; i < N; i++)
		end += sprintf(end, "q%06d", i), *end++ = '\n';
	ck_assert_int_eq(quoth_lexicon_read_list(lexicon, "lexicon/surnames.tsv", bytes, end, &report), QUOTH_BAD_MODEL);
	ck_assert_ptr_nonnull(strstr(report.what, "too many"));
	ck_assert_uint_ne(quoth_lexicon_find(lexicon, hash("said")), 0);
	ck_assert_uint_ne(quoth_lexicon_find(lexicon, hash("q000001")), 0);
	free(bytes);
}
END_TEST

START_TEST(a_long_form_is_refused_not_cut)
{
	char bytes[400] = "form\n";
	struct quoth_report report = {"", ""};

	memset(bytes + 5, 'a', 200);
	ck_assert_int_eq(quoth_lexicon_read_list(lexicon, "lexicon/surnames.tsv", bytes, bytes + strlen(bytes), &report),
			 QUOTH_BAD_MODEL);
}
END_TEST

Suite *lexicon_suite(void)
{
	Suite *suite = suite_create("lexicon");
	TCase *tcase = tcase_create("lexicon");

	tcase_add_checked_fixture(tcase, open_lexicon, close_lexicon);
	tcase_add_test(tcase, an_unknown_form_is_the_empty_entry);
	tcase_add_test(tcase, an_entry_has_the_hash_that_found_it);
	tcase_add_loop_test(tcase, the_forms_of_a_cue_share_lemma_and_class, 0, sizeof cues / sizeof cues[0]);
	tcase_add_test(tcase, an_irregular_past_makes_no_regular_one);
	tcase_add_loop_test(tcase, nouns_have_gender_and_number, 0, sizeof nouns / sizeof nouns[0]);
	tcase_add_loop_test(tcase, pronouns_have_class_person_gender_and_number, 0, sizeof pronouns / sizeof pronouns[0]);
	tcase_add_test(tcase, titles_and_forenames_tell_gender);
	tcase_add_test(tcase, a_form_keeps_what_several_lists_say);
	tcase_add_test(tcase, function_words_are_never_names);
	tcase_add_loop_test(tcase, phrases_take_as_many_words_as_they_have, 0, sizeof phrases / sizeof phrases[0]);
	tcase_add_test(tcase, a_gap_is_told_by_the_words_around_it);
	tcase_add_test(tcase, the_longest_phrase_wins);
	tcase_add_test(tcase, no_words_make_no_phrase);
	tcase_add_test(tcase, words_that_begin_a_phrase_say_so);
	tcase_add_loop_test(tcase, words_are_in_their_sets, 0, sizeof in_sets / sizeof in_sets[0]);
	tcase_add_test(tcase, sets_are_added_to_what_is_known_of_a_form);
	tcase_add_loop_test(tcase, a_malformed_list_names_its_file_and_line, 0, sizeof malformed / sizeof malformed[0]);
	tcase_add_test(tcase, a_list_may_end_without_a_line_break);
	tcase_add_test(tcase, more_forms_than_an_index_can_tell_are_refused);
	tcase_add_test(tcase, a_long_form_is_refused_not_cut);
	suite_add_tcase(suite, tcase);
	return suite;
}
