#include "stages/tag.h"

#include "pipeline/chain.h"
#include "stages/tag_model.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct quoth_resources resources;
static struct quoth_arena *arena;
static struct quoth_document doc;

static void open_all(void)
{
	struct quoth_report report;

	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	ck_assert_ptr_nonnull(resources.model);
	arena = quoth_arena_new(1 << 20);
}

static void close_all(void)
{
	quoth_arena_free(arena);
	quoth_resources_close(&resources);
}

static void tag(const char *text)
{
	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)strlen(text));
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_STAGE_TAG, NULL), 0);
}

/* The first token of that form. */
static const struct quoth_token *find(const char *form)
{
	for (uint32_t i = 0; i < doc.n_tokens; i++)
		if (doc.tokens[i].length == strlen(form) && memcmp(quoth_token_text(&doc, i), form, strlen(form)) == 0)
			return &doc.tokens[i];
	ck_abort_msg("no token %s", form);
	return NULL;
}

static const struct {
	const char *text, *word, *tag, *upos;
} words[] = {
	{"The minister said the vote would be held on Monday.", "said", "VBD", "VERB"},
	{"The minister said the vote would be held on Monday.", "would", "MD", "AUX"},
	{"The minister said the vote would be held on Monday.", "be", "VB", "AUX"},
	{"The minister said the vote would be held on Monday.", "held", "VBN", "VERB"},
	{"The minister said the vote would be held on Monday.", "Monday", "NNP", "PROPN"},
	{"She insisted that the bridge was safe.", "that", "IN", "SCONJ"},
	{"She insisted that the bridge was safe.", "was", "VBD", "AUX"},
	{"That bridge is old.", "That", "DT", "DET"},
	{"They plan to close the mine.", "to", "TO", "PART"},
	{"They went to the mine.", "to", "IN", "ADP"},
	{"The plan has failed, according to her lawyers.", "plan", "NN", "NOUN"},
	{"The plan has failed, according to her lawyers.", "her", "PRP$", "PRON"},
	{"We do not plan any cuts.", "plan", "VB", "VERB"},
	{"We do not plan any cuts.", "not", "RB", "PART"},
	{"The mayor's office refused to comment.", "'s", "POS", "PART"},
	{"It rained and it poured.", "and", "CC", "CCONJ"},
	{"Some 300 people fled the village.", "300", "CD", "NUM"},
	{"Workers who lost their jobs protested.", "who", "WP", "PRON"},
	{"He walked slowly across the old bridge.", "slowly", "RB", "ADV"},
	{"He walked slowly across the old bridge.", "old", "JJ", "ADJ"},
	{"\xE2\x80\x9CNobody left,\xE2\x80\x9D he said.", ",", ".", "PUNCT"},
};

START_TEST(words_have_their_part_of_speech)
{
	const struct quoth_token *token;

	tag(words[_i].text);
	token = find(words[_i].word);
	ck_assert_msg(strcmp(quoth_tag_name(token->tag), words[_i].tag) == 0, "%s in \"%s\" is %s", words[_i].word,
		      words[_i].text, quoth_tag_name(token->tag));
	ck_assert_msg(strcmp(quoth_upos_name(token->upos), words[_i].upos) == 0, "%s in \"%s\" is %s", words[_i].word,
		      words[_i].text, quoth_upos_name(token->upos));
}
END_TEST

static const struct {
	const char *text, *word;
	enum quoth_name_class name;
} names[] = {
	{"Maria Kuznetsova, a spokeswoman for the company, said the plant would reopen.", "Kuznetsova", QUOTH_NAME_PERSON},
	{"Maria Kuznetsova, a spokeswoman for the company, said the plant would reopen.", "company", QUOTH_NOT_A_NAME},
	{"The strike in Norway ended on Friday, officials said.", "Norway", QUOTH_NAME_PLACE},
	{"Thousands marched through Berlin and Warsaw.", "Warsaw", QUOTH_NAME_PLACE},
	{"The University of Oslo declined to comment.", "University", QUOTH_NAME_ORGANIZATION},
	{"Senator Peter Halloran voted against the bill.", "Halloran", QUOTH_NAME_PERSON},
	{"The trains were late.", "The", QUOTH_NOT_A_NAME},
	{"said the trains were late.", "trains", QUOTH_NOT_A_NAME},
};

/* The word is looked for in the last paragraph, but for headlines: there in the first. */
static const struct {
	const char *what, *text, *word, *tag;
	enum quoth_name_class name;
	bool is_in_headline;
} known[] = {
	{"a surname that opens a sentence",
	 "It rained.\n\nMaria Crest opened the bridge on Monday.\n\nCrest has complimented the moderator.", "Crest", "NNP", QUOTH_NAME_PERSON, false},
	{"a surname that is an object",
	 "It rained.\n\nAstrid Trump opened the bridge on Monday.\n\nThe mayor compared Trump to a coach.", "Trump", "NNP",
	 QUOTH_NAME_PERSON, false},
	{"a word that the article has in lower case",
	 "It rained.\n\nMaria Plank opened the bridge on Monday.\n\nPlank by plank it fell.",
	 "Plank", "NNP", QUOTH_NOT_A_NAME, false},
	{"a street that has the surname",
	 "It rained.\n\nMaria Holm opened the bridge on Monday.\n\nThe march went down Holm Street.",
	 "Holm", "NNP", QUOTH_NAME_PLACE, false},
	{"an initial", "The retired judge A. P. Deshmukh argued that it was void.", "A.", "NNP", QUOTH_NAME_PERSON, false},
	{"a headline's verb behind a name in full", "Ann Crest Breaks With Council on Bridge\n\nAnn Crest spoke on Monday.",
	 "Breaks", "VBZ", QUOTH_NOT_A_NAME, true},
	{"a headline's name in full", "Ann Crest Breaks With Council on Bridge\n\nAnn Crest spoke on Monday.", "Crest",
	 "NNP", QUOTH_NAME_PERSON, true},
	{"a headline's present tense", "Crest breaks with council on bridge\n\nAnn Crest spoke on Monday.", "breaks", "VBZ",
	 QUOTH_NOT_A_NAME, true},
	{"a particle", "\"No,\" the oceanographer Joost van Rhijn once wrote.", "van", "NNP", QUOTH_NAME_PERSON, false},
	{"a forename behind a place", "It rained.\n\nMayor of Turin Paolo Ricci said he would act.", "Paolo", "NNP", QUOTH_NAME_PERSON,
	 false},
	{"a surname behind a body", "It rained.\n\nMinister of Finance Tarja Holm said it would act.", "Holm", "NNP",
	 QUOTH_NAME_PERSON, false},
	{"a nickname", "It rained.\n\nJuan \"Chico\" Maldonado of Oakland cried.", "Chico", "NNP", QUOTH_NAME_PERSON, false},
	{"a body that is named after persons", "It rained.\n\nThe Anna, Boris and Carla Lindqvist Foundation paid.", "Carla", "NNP",
	 QUOTH_NAME_ORGANIZATION, false},
	{"a body's name that swallowed a title", "Fisheries Board Chair Janet Orvik said no.", "Janet", "NNP",
	 QUOTH_NAME_PERSON, false},
};

START_TEST(names_have_their_class)
{
	tag(names[_i].text);
	ck_assert_msg(find(names[_i].word)->name == names[_i].name, "%s in \"%s\" is \"%s\"", names[_i].word, names[_i].text,
		      quoth_name_class_name(find(names[_i].word)->name));
}
END_TEST

static uint32_t find_in(uint32_t paragraph, const char *form)
{
	for (uint32_t i = doc.paragraphs[paragraph].tokens.begin; i < doc.paragraphs[paragraph].tokens.end; i++)
		if (doc.tokens[i].length == strlen(form) && memcmp(quoth_token_text(&doc, i), form, strlen(form)) == 0)
			return i;
	ck_abort_msg("no token %s", form);
	return 0;
}

START_TEST(names_that_the_article_gives_are_known)
{
	const struct quoth_token *token;

	tag(known[_i].text);
	token = &doc.tokens[find_in(known[_i].is_in_headline ? 0 : doc.n_paragraphs - 1, known[_i].word)];
	ck_assert_msg(token->name == known[_i].name, "%s: %s is \"%s\"", known[_i].what, known[_i].word,
		      quoth_name_class_name(token->name));
	ck_assert_msg(strcmp(quoth_tag_name(token->tag), known[_i].tag) == 0, "%s: %s is %s", known[_i].what, known[_i].word,
		      quoth_tag_name(token->tag));
}
END_TEST

START_TEST(without_memory_no_names_are_known)
{
	int error = QUOTH_NO_MEMORY;
	unsigned n_failed = 0;

	tag("It rained.\n\nMaria Crest opened the bridge. Crest left.");
	for (size_t more = 0; error && more < 1 << 20; more += 16) {
		quoth_arena_limit(arena, quoth_arena_used(arena) + more);
		error = quoth_tag(&doc, &resources);
		quoth_arena_limit(arena, 0);
		n_failed += error != 0;
	}
	ck_assert_int_eq(error, 0);
	ck_assert_uint_gt(n_failed, 0);
}
END_TEST

START_TEST(an_empty_document_has_no_tags)
{
	tag("");
	ck_assert_uint_eq(doc.n_tokens, 0);
}
END_TEST

/* A sentence of n words, all in range. */
static char *long_sentence(unsigned n)
{
	static const char *const parts[] = {"trams", "and", "Oslo", "said", "the", "7", "quickly", "of"};
	char *text = malloc(n * 9 + 2), *end = text;

	for (unsigned i = 0; i < n; i++)
		end += sprintf(end, "%s ", parts[(i * 5 + i / 7) % 8]);
	strcpy(end, ".");
	return text;
}

START_TEST(a_sentence_of_any_length_is_tagged)
{
	static const unsigned lengths[] = {1, 511, 512, 513, 1024, 200000};

	for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
		char *text = long_sentence(lengths[k]);

		tag(text);
		ck_assert_uint_ge(doc.n_tokens, lengths[k]);
		for (uint32_t i = 0; i < doc.n_tokens; i++) {
			assert_each(doc.tokens[i].tag < QUOTH_N_TAGS);
			assert_each(doc.tokens[i].upos < QUOTH_N_UPOS);
			assert_each(doc.tokens[i].name < QUOTH_N_NAME_CLASSES);
		}
		free(text);
	}
}
END_TEST

START_TEST(a_model_without_a_tagger_is_refused)
{
	struct quoth_resources others = resources;
	struct quoth_table table = {.name = "x", .about = "", .bytes = "x", .size = 1, .kind = QUOTH_TABLE_BYTES};
	struct quoth_report report;
	struct quoth_model *model;
	enum quoth_stage failed;

	ck_assert_int_eq(quoth_model_from_tables(&model, &table, 1, &report), 0);
	others.model = model;
	quoth_document_begin(&doc, arena, "test", "It rained.", 10);
	ck_assert_int_eq(quoth_chain_run(&doc, &others, QUOTH_STAGE_TAG, &failed), QUOTH_BAD_MODEL);
	ck_assert_int_eq(failed, QUOTH_STAGE_TAG);
	quoth_model_close(model);
}
END_TEST

START_TEST(labels_and_pairs_fit_each_other)
{
	for (uint8_t label = 0; label < QUOTH_N_TAG_LABELS; label++)
		ck_assert_uint_eq(quoth_tag_label_of(quoth_tag_pairs[label].tag, quoth_tag_pairs[label].upos), label);
	ck_assert_uint_lt(quoth_tag_label_of(QUOTH_TAG_UNKNOWN, QUOTH_UPOS_PROPN), QUOTH_N_TAG_LABELS);
	ck_assert_uint_eq(quoth_tag_pairs[quoth_tag_label_of(QUOTH_TAG_FW, QUOTH_UPOS_NOUN)].upos, QUOTH_UPOS_NOUN);
}
END_TEST

START_TEST(features_fit_their_array)
{
	struct quoth_word_view views[QUOTH_MAX_STRETCH + 2 * QUOTH_STRETCH_PADDING];
	uint32_t features[256];
	struct quoth_name_memory memory = {0};
	struct quoth_tag_model model;

	ck_assert(quoth_tag_model_find(resources.model, &model));
	tag("Mayor Anna Berg said \"no\" in Oslo.");
	quoth_word_views(&model.words, &doc, 0, doc.n_tokens, views);
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		ck_assert_uint_le(quoth_tag_features(views + QUOTH_STRETCH_PADDING + i, QUOTH_DOMAIN_NEWS, features),
				  QUOTH_N_TAG_FEATURES);
		ck_assert_uint_le(quoth_name_features(views + QUOTH_STRETCH_PADDING + i, 1, &memory, features),
				  QUOTH_N_NAME_FEATURES);
	}
}
END_TEST

START_TEST(the_name_memory_recalls_the_last_word)
{
	struct quoth_word_view views[1 + 2 * QUOTH_STRETCH_PADDING] = {{0}};
	struct quoth_name_memory memory = {0};
	uint32_t before[64], after[64];
	size_t n = quoth_name_features(views + QUOTH_STRETCH_PADDING, 42, &memory, before);

	quoth_name_remember(&memory, 42, QUOTH_NAME_PLACE);
	ck_assert_uint_eq(quoth_name_features(views + QUOTH_STRETCH_PADDING, 42, &memory, after), n);
	ck_assert_int_ne(memcmp(before, after, n * sizeof *before), 0);
}
END_TEST

Suite *tag_suite(void)
{
	Suite *suite = suite_create("tag");
	TCase *tcase = tcase_create("tag");

	tcase_add_checked_fixture(tcase, open_all, close_all);
	tcase_add_loop_test(tcase, words_have_their_part_of_speech, 0, sizeof words / sizeof *words);
	tcase_add_loop_test(tcase, names_have_their_class, 0, sizeof names / sizeof *names);
	tcase_add_loop_test(tcase, names_that_the_article_gives_are_known, 0, sizeof known / sizeof *known);
	tcase_add_test(tcase, without_memory_no_names_are_known);
	tcase_add_test(tcase, an_empty_document_has_no_tags);
	tcase_add_test(tcase, a_sentence_of_any_length_is_tagged);
	tcase_add_test(tcase, a_model_without_a_tagger_is_refused);
	tcase_add_test(tcase, labels_and_pairs_fit_each_other);
	tcase_add_test(tcase, features_fit_their_array);
	tcase_add_test(tcase, the_name_memory_recalls_the_last_word);
	suite_add_tcase(suite, tcase);
	return suite;
}
