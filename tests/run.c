/* run: runs the suites of one half of the tree (SUITES is set by the build) and prints Check's summary line. */
#include "tests/suites.h"

#include <stdlib.h>

int main(void)
{
	SRunner *runner = srunner_create(NULL);
	int failed;

#define X(name) srunner_add_suite(runner, name##_suite());
	SUITES(X)
#undef X
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
