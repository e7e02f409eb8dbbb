#include "stages/resolve.h"

int quoth_resolve(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)doc;
	(void)res;
	return 0;
}
