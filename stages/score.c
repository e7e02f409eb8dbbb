#include "stages/score.h"

#include "stages/rules.h"

int quoth_score(struct quoth_document *doc, const struct quoth_resources *res)
{
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		struct quoth_attribution *attribution = &doc->attributions[i];

		attribution->confidence = quoth_rules_confidence(res->rules, attribution->rule, attribution->score);
		attribution->checkworthy = -1;
	}
	return 0;
}
