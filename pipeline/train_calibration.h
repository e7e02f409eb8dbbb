/* train_calibration: what scores on unseen examples say of the chance to be right.
 */
#ifndef QUOTH_TRAIN_CALIBRATION_H
#define QUOTH_TRAIN_CALIBRATION_H

#include "stages/calibration.h"

#include <stdbool.h>
#include <stdint.h>

struct quoth_outcome {
	float score;
	bool is_right;
};

/* Sorts the outcomes by score, lowest first, and fits the share of right ones: bins of equal numbers, made monotone by
 * pooling adjacent violators (Zadrozny and Elkan 2002), each a knot. No knots without outcomes. */
void quoth_fit_outcomes(struct quoth_outcome *outcomes, uint32_t n, struct quoth_calibration *calibration);

/* Sorts likewise; the chance that a right one scores higher than a wrong one, equal scores half (the area under the ROC
 * curve, Hanley and McNeil 1982). 0.5 where there are not both. */
double quoth_area_under_curve(struct quoth_outcome *outcomes, uint32_t n);

#endif
