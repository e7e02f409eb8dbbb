#include "pipeline/train_calibration.h"

#include "tests/suites.h"

enum { N = 2400 };

static struct quoth_outcome outcomes[N];

START_TEST(the_area_is_the_chance_to_rank_a_right_one_first)
{
	struct quoth_outcome ranked[] = {{3, true}, {1, false}, {2, true}, {0, false}};
	struct quoth_outcome upside_down[] = {{3, false}, {1, true}, {2, false}, {0, true}};
	struct quoth_outcome mixed[] = {{3, true}, {1, true}, {2, false}, {0, false}};
	struct quoth_outcome tied[] = {{1, true}, {1, false}, {1, false}};

	ck_assert_double_eq(quoth_area_under_curve(ranked, 4), 1);
	ck_assert_double_eq(quoth_area_under_curve(upside_down, 4), 0);
	ck_assert_double_eq(quoth_area_under_curve(mixed, 4), 0.75);
	ck_assert_double_eq(quoth_area_under_curve(tied, 3), 0.5);
	ck_assert_double_eq(quoth_area_under_curve(tied, 1), 0.5);
	ck_assert_double_eq(quoth_area_under_curve(tied, 0), 0.5);
}
END_TEST

/* One in ten is right below 0, nine in ten from 0 on. */
static void make_step(void)
{
	for (int i = 0; i < N; i++)
		outcomes[i] = (struct quoth_outcome){(float)(i - N / 2), (i % 10 == 0) != (i >= N / 2)};
}

START_TEST(the_shares_are_those_of_what_scored_so)
{
	struct quoth_calibration calibration;

	make_step();
	quoth_fit_outcomes(outcomes, N, &calibration);
	ck_assert_uint_le(calibration.n_knots, QUOTH_N_KNOTS);
	ck_assert_float_eq_tol(quoth_calibrate(&calibration, -N), 0.1f, 0.02f);
	ck_assert_float_eq_tol(quoth_calibrate(&calibration, N), 0.9f, 0.02f);
	for (uint32_t k = 1; k < calibration.n_knots; k++) {
		ck_assert_float_ge(calibration.scores[k], calibration.scores[k - 1]);
		ck_assert_float_ge(calibration.shares[k], calibration.shares[k - 1]);
	}
}
END_TEST

START_TEST(scores_that_mislead_are_levelled)
{
	struct quoth_calibration calibration;

	make_step();
	for (int i = 0; i < N; i++)
		outcomes[i].is_right = !outcomes[i].is_right;
	quoth_fit_outcomes(outcomes, N, &calibration);
	ck_assert_uint_eq(calibration.n_knots, 1);
	ck_assert_float_eq_tol(quoth_calibrate(&calibration, 0), 0.5f, 0.01f);
}
END_TEST

START_TEST(few_outcomes_are_never_certain_and_none_are_even)
{
	struct quoth_outcome one[] = {{1, true}};
	struct quoth_calibration calibration;

	quoth_fit_outcomes(one, 1, &calibration);
	ck_assert_float_eq(quoth_calibrate(&calibration, 5), 0.75f);
	quoth_fit_outcomes(one, 0, &calibration);
	ck_assert_uint_eq(calibration.n_knots, 0);
	ck_assert_float_eq(quoth_calibrate(&calibration, 5), 0.5f);
}
END_TEST

Suite *train_calibration_suite(void)
{
	Suite *suite = suite_create("train_calibration");
	TCase *tests = tcase_create("train_calibration");

	tcase_add_test(tests, the_area_is_the_chance_to_rank_a_right_one_first);
	tcase_add_test(tests, the_shares_are_those_of_what_scored_so);
	tcase_add_test(tests, scores_that_mislead_are_levelled);
	tcase_add_test(tests, few_outcomes_are_never_certain_and_none_are_even);
	suite_add_tcase(suite, tests);
	return suite;
}
