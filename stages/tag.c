#include "stages/tag.h"

#include "stages/tag_known.h"
#include "stages/tag_model.h"
#include "stages/tag_rules.h"

int quoth_tag(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_tag_model model;

	if (!res->model)
		return quoth_tag_by_rules(doc, res);
	if (!quoth_tag_model_find(res->model, &model))
		return QUOTH_BAD_MODEL;
	quoth_tag_document(&model, doc, QUOTH_DOMAIN_NEWS);
	return quoth_tag_known_names(doc, res);
}
