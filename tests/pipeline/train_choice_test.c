#include "pipeline/train_choice.h"

#include "tests/suites.h"

enum { N = 60 };

/* The right one of two has feature 0 three times in four; feature 1 tells nothing. */
static const int8_t first_has[] = {1, 1, 0, 1}, second_has[] = {0, 1, 1, 1};
static const bool first[] = {true, false}, neither[] = {false, false};

static struct quoth_choice_example examples[N];

static void make_examples(uint32_t n_wrong)
{
	for (uint32_t i = 0; i < N; i++)
		examples[i] = (struct quoth_choice_example){i < n_wrong ? second_has : first_has, first, 2, false};
}

START_TEST(weights_are_the_log_odds_of_what_tells)
{
	double weights[3] = {0};

	make_examples(N / 4);
	quoth_learn_choice(examples, N, 2, 1e-6, weights);
	ck_assert_double_eq_tol(weights[0], 1.0986, 0.01);	/* ln 3 */
	ck_assert_double_eq_tol(weights[1], 0, 1e-6);
}
END_TEST

START_TEST(without_examples_the_prior_stays)
{
	double weights[3] = {1.5, -2, 0.25};

	quoth_learn_choice(examples, 0, 2, 1, weights);
	ck_assert_double_eq(weights[0], 1.5);
	ck_assert_double_eq(weights[1], -2);
	ck_assert_double_eq(weights[2], 0.25);
}
END_TEST

START_TEST(a_firm_prior_gives_way_less)
{
	double loose[3] = {0}, firm[3] = {0};

	make_examples(0);
	quoth_learn_choice(examples, N, 2, 1, loose);
	quoth_learn_choice(examples, N, 2, 100, firm);
	ck_assert_double_gt(loose[0], firm[0] + 0.5);
	ck_assert_double_gt(firm[0], 0);
}
END_TEST

START_TEST(nobody_is_as_likely_as_it_was_right)
{
	double weights[3] = {0};

	for (uint32_t i = 0; i < N; i++)
		examples[i] = (struct quoth_choice_example){first_has, i < N / 3 ? neither : first, 2, true};
	quoth_learn_choice(examples, N, 2, 1e-6, weights);
	ck_assert_double_gt(weights[0] + weights[1], weights[2]);
	/* P(first) is 2/3, P(nobody) 1/3. */
	ck_assert_double_eq_tol(weights[0] + weights[1] - weights[2], 0.6931, 0.02);
}
END_TEST

START_TEST(the_order_of_examples_does_not_matter)
{
	double one[3] = {0}, other[3] = {0};

	make_examples(N / 4);
	quoth_learn_choice(examples, N, 2, 1, one);
	for (uint32_t i = 0; i < N / 2; i++) {
		struct quoth_choice_example example = examples[i];

		examples[i] = examples[N - 1 - i];
		examples[N - 1 - i] = example;
	}
	quoth_learn_choice(examples, N, 2, 1, other);
	for (unsigned f = 0; f < 3; f++)
		ck_assert_double_eq_tol(one[f], other[f], 1e-9);
}
END_TEST

Suite *train_choice_suite(void)
{
	Suite *suite = suite_create("train_choice");
	TCase *tests = tcase_create("train_choice");

	tcase_add_test(tests, weights_are_the_log_odds_of_what_tells);
	tcase_add_test(tests, without_examples_the_prior_stays);
	tcase_add_test(tests, a_firm_prior_gives_way_less);
	tcase_add_test(tests, nobody_is_as_likely_as_it_was_right);
	tcase_add_test(tests, the_order_of_examples_does_not_matter);
	suite_add_tcase(suite, tests);
	return suite;
}
