#include "stages/mentions.h"

int quoth_mentions(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)doc;
	(void)res;
	return 0;
}
