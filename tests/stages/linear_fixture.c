#include "tests/stages/linear_fixture.h"

#include "tests/suites.h"

void assert_linear_time(const char *name, timed_work *work, const void *shape, size_t n)
{
	enum { N_TRIES = 5 };
	/* Linear work takes 4 times as long, quadratic work 16 times. Under a twentieth of a second the clock is too coarse. */
	const double most = 8, too_short = 0.05;
	double shorter = 0, longer = 0;

	for (int i = 0; i < N_TRIES; i++) {
		shorter = work(shape, n / 2);
		longer = work(shape, 2 * n);
		if (longer < too_short || longer < most * shorter)
			return;
	}
	ck_abort_msg("%s: %g s, four times as much %g s", name, shorter, longer);
}
