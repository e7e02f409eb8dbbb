#include "stages/attribute.h"

int quoth_attribute(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)doc;
	(void)res;
	return 0;
}
