#include "stages/tag.h"

int quoth_tag(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)doc;
	(void)res;
	return 0;
}
