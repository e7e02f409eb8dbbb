#include "stages/tag.h"

#include "stages/tag_rules.h"

int quoth_tag(struct quoth_document *doc, const struct quoth_resources *res)
{
	return quoth_tag_by_rules(doc, res);
}
