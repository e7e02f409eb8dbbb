#include "stages/segment.h"

int quoth_segment(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)doc;
	(void)res;
	return 0;
}
