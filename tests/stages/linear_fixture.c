#include "tests/stages/linear_fixture.h"

#include "tests/suites.h"

void assert_linear_time(const char *name, timed_work *work, const void *shape, size_t n)
{
	enum { N_TRIES = 5 };
	/* 2.3 is the promise; a quadratic pass would take four times as long. Under a twentieth of a second the clock is too coarse. */
	const double most = 3.2, too_short = 0.05;
	double once = 1e9, twice = 1e9;

	for (int i = 0; i < N_TRIES; i++) {
		double time = work(shape, n);

		if (time < once)
			once = time;
		time = work(shape, 2 * n);
		if (time < twice)
			twice = time;
		if (twice < too_short || twice < most * once)
			return;
	}
	ck_abort_msg("%s: %g s, then %g s", name, once, twice);
}
