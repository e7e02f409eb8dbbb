#include "pipeline/chain.h"
#include "tests/suites.h"

START_TEST(every_stage_has_a_name)
{
	for (unsigned stage = 0; stage < QUOTH_N_STAGES; stage++)
		ck_assert_ptr_nonnull(quoth_stage_name(stage));
	ck_assert_ptr_null(quoth_stage_name(QUOTH_N_STAGES));
}
END_TEST

Suite *chain_suite(void)
{
	Suite *suite = suite_create("chain");
	TCase *tcase = tcase_create("chain");

	tcase_add_test(tcase, every_stage_has_a_name);
	suite_add_tcase(suite, tcase);
	return suite;
}
