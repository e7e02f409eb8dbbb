#include "stages/score.h"

#include "stages/candidate_rows.h"
#include "stages/rules.h"

#include <math.h>

int quoth_score(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_attribution_models models;
	bool is_judged = quoth_attribution_models_find(res->model, &models);

	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		struct quoth_attribution *attribution = &doc->attributions[i];

		float row = is_judged ? quoth_calibrate(&models.numbers->calibration, attribution->score) :
					quoth_rules_confidence(res->rules, attribution->rule, attribution->score);

		attribution->confidence = row * sqrtf(1 - attribution->doubt);
		attribution->checkworthy = -1;
	}
	return 0;
}
