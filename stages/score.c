#include "stages/score.h"

#include "stages/candidate_rows.h"
#include "stages/checkworthy.h"
#include "stages/rules.h"

#include <math.h>

/* Where the model knows of it. */
static int find_checkworthy(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_checkworthy_model model;
	struct quoth_checkworthy_room *room;

	if (doc->n_attributions == 0 || !doc->syntax || !quoth_checkworthy_model_find(res->model, &model))
		return 0;
	room = quoth_arena_alloc(doc->arena, sizeof *room);
	if (!room)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		struct quoth_attribution *row = doc->attributions + i;

		row->checkworthy = quoth_calibrate(model.calibration,
						   quoth_checkworthy_score(&model, doc->syntax, row->parts, row->n_parts, room));
	}
	return 0;
}

float quoth_confidence(float row_chance, float doubt)
{
	/* chosen so that the error of calibration is small for the row and for the row with its speaker */
	static const float usual_doubt = 0.1f;

	return row_chance * fminf(1, (1 - doubt) / (1 - usual_doubt));
}

int quoth_score(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_attribution_models models;
	bool is_judged = quoth_attribution_models_find(res->model, &models);

	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		struct quoth_attribution *attribution = &doc->attributions[i];
		float row = is_judged ? quoth_calibrate(&models.numbers->calibration, attribution->score) :
					quoth_rules_confidence(res->rules, attribution->rule, attribution->score);

		attribution->confidence = quoth_confidence(row, attribution->doubt);
		attribution->checkworthy = -1;
	}
	return find_checkworthy(doc, res);
}
