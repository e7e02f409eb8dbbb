#include "stages/normalise.h"

int quoth_normalise(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)doc;
	(void)res;
	return 0;
}
