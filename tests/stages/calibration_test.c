#include "stages/calibration.h"

#include "stages/candidate_rows.h"
#include "stages/resources.h"
#include "tests/suites.h"

static const struct quoth_calibration three = {.scores = {-2, 0, 4}, .shares = {0.1f, 0.5f, 0.9f}, .n_knots = 3};

static const struct {
	float score, share;
} points[] = {
	{-100, 0.1f}, {-2, 0.1f}, {-1, 0.3f}, {0, 0.5f}, {1, 0.6f}, {2, 0.7f}, {3, 0.8f}, {4, 0.9f}, {4.1f, 0.9f}, {1e30f, 0.9f},
};

START_TEST(shares_lie_on_straight_lines_between_knots_and_are_flat_beyond)
{
	ck_assert_float_eq_tol(quoth_calibrate(&three, points[_i].score), points[_i].share, 1e-6f);
}
END_TEST

START_TEST(without_knots_the_odds_are_even)
{
	const struct quoth_calibration none = {.n_knots = 0};

	ck_assert_float_eq(quoth_calibrate(&none, -7), 0.5f);
	ck_assert_float_eq(quoth_calibrate(&none, 7), 0.5f);
}
END_TEST

START_TEST(one_knot_is_one_share)
{
	const struct quoth_calibration one = {.scores = {1}, .shares = {0.25f}, .n_knots = 1};

	for (int score = -3; score <= 3; score++)
		ck_assert_float_eq(quoth_calibrate(&one, (float)score), 0.25f);
}
END_TEST

START_TEST(knots_of_the_same_score_make_a_step)
{
	const struct quoth_calibration step = {.scores = {0, 1, 1, 2}, .shares = {0, 0.2f, 0.8f, 1}, .n_knots = 4};

	ck_assert_float_eq_tol(quoth_calibrate(&step, 0.5f), 0.1f, 1e-6f);
	ck_assert_float_eq_tol(quoth_calibrate(&step, 1), 0.2f, 1e-6f);
	ck_assert_float_eq_tol(quoth_calibrate(&step, 1.5f), 0.9f, 1e-6f);
}
END_TEST

START_TEST(the_program_s_own_never_falls_and_stays_between_0_and_1)
{
	struct quoth_attribution_models models;
	struct quoth_resources resources;
	struct quoth_report report;
	const struct quoth_calibration *own;
	float last = 0;

	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	ck_assert(quoth_attribution_models_find(resources.model, &models));
	own = &models.numbers->calibration;
	ck_assert(own->n_knots > 1 && own->n_knots <= QUOTH_N_KNOTS);
	for (uint32_t k = 1; k < own->n_knots; k++)
		ck_assert(own->scores[k] >= own->scores[k - 1]);
	for (int step = -400; step <= 400; step++) {
		float share = quoth_calibrate(own, (float)step / 20);

		/* lines between knots are computed in floats */
		ck_assert(share >= last - 1e-6f && share >= 0 && share <= 1);
		last = share;
	}
	quoth_resources_close(&resources);
}
END_TEST

Suite *calibration_suite(void)
{
	Suite *suite = suite_create("calibration");
	TCase *tcase = tcase_create("calibration");

	tcase_add_loop_test(tcase, shares_lie_on_straight_lines_between_knots_and_are_flat_beyond, 0,
			    (int)(sizeof points / sizeof *points));
	tcase_add_test(tcase, without_knots_the_odds_are_even);
	tcase_add_test(tcase, one_knot_is_one_share);
	tcase_add_test(tcase, knots_of_the_same_score_make_a_step);
	tcase_add_test(tcase, the_program_s_own_never_falls_and_stays_between_0_and_1);
	suite_add_tcase(suite, tcase);
	return suite;
}
