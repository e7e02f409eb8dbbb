#include "stages/quotations.h"

int quoth_quotations(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)doc;
	(void)res;
	return 0;
}
