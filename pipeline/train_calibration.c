#include "pipeline/train_calibration.h"

#include <stdlib.h>

struct bin {
	double n, n_right, score;
};

static int compare_scores(const void *a, const void *b)
{
	const struct quoth_outcome *x = a, *y = b;

	return (x->score > y->score) - (x->score < y->score);
}

/* Two bins side by side whose shares do not rise become one. */
static uint32_t pool_violators(struct bin *bins, uint32_t n)
{
	while (n > 1 && bins[n - 1].n_right * bins[n - 2].n <= bins[n - 2].n_right * bins[n - 1].n) {
		bins[n - 2].n += bins[n - 1].n;
		bins[n - 2].n_right += bins[n - 1].n_right;
		bins[n - 2].score += bins[n - 1].score;
		n--;
	}
	return n;
}

void quoth_fit_outcomes(struct quoth_outcome *outcomes, uint32_t n, struct quoth_calibration *calibration)
{
	struct bin bins[QUOTH_N_KNOTS];
	uint32_t n_bins = 0;

	qsort(outcomes, n, sizeof *outcomes, compare_scores);
	for (uint32_t b = 0; b < QUOTH_N_KNOTS; b++) {
		struct bin bin = {0};

		for (uint32_t i = (uint32_t)((uint64_t)n * b / QUOTH_N_KNOTS); i < (uint64_t)n * (b + 1) / QUOTH_N_KNOTS; i++) {
			bin.n++;
			bin.n_right += outcomes[i].is_right;
			bin.score += (double)outcomes[i].score;
		}
		if (bin.n == 0)
			continue;
		bins[n_bins++] = bin;
		n_bins = pool_violators(bins, n_bins);
	}
	*calibration = (struct quoth_calibration){.n_knots = n_bins};
	for (uint32_t b = 0; b < n_bins; b++) {
		calibration->scores[b] = (float)(bins[b].score / bins[b].n);
		calibration->shares[b] = (float)((bins[b].n_right + 0.5) / (bins[b].n + 1));
	}
}

double quoth_area_under_curve(struct quoth_outcome *outcomes, uint32_t n)
{
	double n_right = 0, n_wrong = 0, area = 0;

	qsort(outcomes, n, sizeof *outcomes, compare_scores);
	for (uint32_t begin = 0, end; begin < n; begin = end) {
		double right = 0, wrong = 0;

		for (end = begin; end < n && outcomes[end].score == outcomes[begin].score; end++) {
			right += outcomes[end].is_right;
			wrong += !outcomes[end].is_right;
		}
		area += right * (n_wrong + wrong / 2);
		n_right += right;
		n_wrong += wrong;
	}
	return n_right > 0 && n_wrong > 0 ? area / (n_right * n_wrong) : 0.5;
}
