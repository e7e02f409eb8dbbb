/* calibration: from a score to a chance: by what was measured for scores of any scale, or of log odds as such. */
#ifndef QUOTH_CALIBRATION_H
#define QUOTH_CALIBRATION_H

#include <math.h>
#include <stdint.h>

enum { QUOTH_N_KNOTS = 24 };

/* Straight lines between knots of ascending score; flat beyond the first and the last. */
struct quoth_calibration {
	float scores[QUOTH_N_KNOTS], shares[QUOTH_N_KNOTS];
	uint32_t n_knots;
};

/* The chance, 0 to 1, that log odds stand for. */
static inline float quoth_logistic(float log_odds)
{
	return 1 / (1 + expf(-log_odds));
}

/* The share of right ones at a score, 0 to 1; 0.5 without knots. */
static inline float quoth_calibrate(const struct quoth_calibration *calibration, float score)
{
	uint32_t n = calibration->n_knots, k = 1;
	float width;

	if (n == 0)
		return 0.5f;
	if (score <= calibration->scores[0])
		return calibration->shares[0];
	while (k < n && calibration->scores[k] < score)
		k++;
	if (k == n)
		return calibration->shares[n - 1];
	width = calibration->scores[k] - calibration->scores[k - 1];
	return calibration->shares[k - 1] + (calibration->shares[k] - calibration->shares[k - 1]) *
						    (width > 0 ? (score - calibration->scores[k - 1]) / width : 1);
}

#endif
