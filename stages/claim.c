#include "stages/claim.h"

#include "stages/stance.h"

int quoth_claim(struct quoth_document *doc, const struct quoth_resources *res)
{
	for (uint32_t i = 0; i < doc->n_attributions; i++)
		doc->attributions[i].stance = quoth_stance_find(doc, res, &doc->attributions[i]);
	return 0;
}
