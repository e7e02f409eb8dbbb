#include "stages/document.h"
#include "stages/rules.h"
#include "stages/score.h"
#include "tests/suites.h"

#include <string.h>

static struct quoth_rules *rules;

static void open_rules(void)
{
	struct quoth_report report;

	ck_assert_int_eq(quoth_rules_open(&rules, &report), 0);
}

static void close_rules(void)
{
	quoth_rules_close(rules);
}

static uint32_t hash(const char *word)
{
	return quoth_form_hash(word, strlen(word));
}

START_TEST(confidence_never_falls_as_the_score_rises)
{
	float last = 0;

	for (int score = 0; score <= 100; score++) {
		float confidence = quoth_rules_confidence(rules, (unsigned)_i, (float)score / 100);

		ck_assert(confidence >= last && confidence > 0 && confidence < 1);
		last = confidence;
	}
}
END_TEST

START_TEST(confidence_is_between_nothing_and_certainty_for_any_score)
{
	static const float scores[] = {-1e30f, -1, 0, 0.5f, 1, 1e30f};

	for (unsigned i = 0; i < sizeof scores / sizeof *scores; i++) {
		float confidence = quoth_rules_confidence(rules, QUOTH_RULE_THAT, scores[i]);

		ck_assert(confidence > 0 && confidence < 1);
	}
}
END_TEST

START_TEST(a_quotation_with_its_cue_is_surer_than_one_near_a_name)
{
	ck_assert(quoth_rules_confidence(rules, QUOTH_RULE_QUOTE_BEFORE, 0.9f) >
		  quoth_rules_confidence(rules, QUOTH_RULE_QUOTE_NEAR, 0.9f));
}
END_TEST

START_TEST(the_stage_fills_confidence_and_leaves_check_worthiness_open)
{
	const struct quoth_resources resources = {.rules = rules};
	struct quoth_attribution row = {.rule = QUOTH_RULE_QUOTE_BEFORE, .score = 0.9f};
	struct quoth_document doc = {.attributions = &row, .n_attributions = 1};

	ck_assert_int_eq(quoth_score(&doc, &resources), 0);
	ck_assert(row.confidence > 0.8f && row.confidence < 1);
	ck_assert(row.checkworthy < 0);
}
END_TEST

START_TEST(a_doubtful_speaker_makes_a_row_less_sure)
{
	const struct quoth_resources resources = {.rules = rules};
	struct quoth_attribution rows[] = {
		{.rule = QUOTH_RULE_QUOTE_BEFORE, .score = 0.9f},
		{.rule = QUOTH_RULE_QUOTE_BEFORE, .score = 0.9f, .doubt = 0.19f},
		{.rule = QUOTH_RULE_QUOTE_BEFORE, .score = 0.9f, .doubt = 1},
		{.rule = QUOTH_RULE_QUOTE_BEFORE, .score = 0.9f, .doubt = 0.1f},
	};
	struct quoth_document doc = {.attributions = rows, .n_attributions = 4};

	ck_assert_int_eq(quoth_score(&doc, &resources), 0);
	ck_assert_float_lt(rows[1].confidence, rows[0].confidence);
	ck_assert_float_gt(rows[1].confidence, 0.81f * rows[0].confidence);
	ck_assert_float_eq(rows[1].confidence, quoth_confidence(rows[0].confidence, 0.19f));
	ck_assert_float_eq(rows[2].confidence, 0);
	ck_assert_float_eq(rows[3].confidence, rows[0].confidence);
}
END_TEST

START_TEST(a_cue_of_speech_is_believed_more_than_one_that_seldom_is)
{
	float said = quoth_rules_share(rules, hash("say"), QUOTH_CUE_SAY, QUOTH_PATTERN_THAT);
	float included = quoth_rules_share(rules, hash("include"), QUOTH_CUE_DOCUMENT, QUOTH_PATTERN_OBJECT);

	ck_assert(said > 0.8f && included < 0.3f);
}
END_TEST

START_TEST(an_unknown_cue_has_the_share_of_its_class)
{
	ck_assert(quoth_rules_share(rules, hash("xyzzy"), QUOTH_CUE_SAY, QUOTH_PATTERN_THAT) > 0.5f);
	ck_assert(quoth_rules_is_rare(rules, hash("xyzzy"), QUOTH_PATTERN_THAT));
	ck_assert(!quoth_rules_is_rare(rules, hash("say"), QUOTH_PATTERN_THAT));
}
END_TEST

START_TEST(roles_of_closed_class_words_are_known)
{
	ck_assert(quoth_rules_roles(rules, hash("that")) & QUOTH_ROLE_THAT);
	ck_assert(quoth_rules_roles(rules, hash("although")) & QUOTH_ROLE_CONCESSIVE);
	ck_assert_uint_eq(quoth_rules_roles(rules, hash("bridge")), 0);
}
END_TEST

START_TEST(weighing_stays_between_0_and_1)
{
	for (int share = -1; share <= 2; share++)
		for (unsigned bit = 0; bit < QUOTH_N_TRAITS; bit++) {
			float chance = quoth_rules_weigh(rules, (float)share, 1ull << bit, bit & 1);

			ck_assert(chance > 0 && chance < 1);
		}
}
END_TEST

Suite *score_suite(void)
{
	Suite *suite = suite_create("score");
	TCase *tcase = tcase_create("score");

	tcase_add_checked_fixture(tcase, open_rules, close_rules);
	tcase_add_loop_test(tcase, confidence_never_falls_as_the_score_rises, 0, QUOTH_N_RULES);
	tcase_add_test(tcase, confidence_is_between_nothing_and_certainty_for_any_score);
	tcase_add_test(tcase, a_quotation_with_its_cue_is_surer_than_one_near_a_name);
	tcase_add_test(tcase, the_stage_fills_confidence_and_leaves_check_worthiness_open);
	tcase_add_test(tcase, a_doubtful_speaker_makes_a_row_less_sure);
	tcase_add_test(tcase, a_cue_of_speech_is_believed_more_than_one_that_seldom_is);
	tcase_add_test(tcase, an_unknown_cue_has_the_share_of_its_class);
	tcase_add_test(tcase, roles_of_closed_class_words_are_known);
	tcase_add_test(tcase, weighing_stays_between_0_and_1);
	suite_add_tcase(suite, tcase);
	return suite;
}
