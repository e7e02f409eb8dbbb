#include "tests/stages/linear_fixture.h"

#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

char *copy_pieces(const char *piece, size_t n, size_t *size)
{
	size_t length = strlen(piece);
	char *bytes = malloc(n * length + 1);

	ck_assert_ptr_nonnull(bytes);
	for (size_t i = 0; i < n; i++)
		memcpy(bytes + i * length, piece, length);
	*size = n * length;
	return bytes;
}

void assert_linear_time(const char *name, timed_work *work, const void *shape, size_t n)
{
	enum { N_TRIES = 5 };
	/* Linear work takes 4 times as long, quadratic work 16 times. Under a twentieth of a second the clock is too coarse. */
	const double most = 8, too_short = 0.05;
	double shorter = 0, longer = 0;

	for (int i = 0; i < N_TRIES; i++) {
		shorter = (double)work(shape, n / 2) / CLOCKS_PER_SEC;
		longer = (double)work(shape, 2 * n) / CLOCKS_PER_SEC;
		if (longer < too_short || longer < most * shorter)
			return;
	}
	ck_abort_msg("%s: %g s, four times as much %g s", name, shorter, longer);
}
