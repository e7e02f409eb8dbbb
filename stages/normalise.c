#include "stages/normalise.h"

int quoth_normalise(struct quoth_document *doc, const struct quoth_resources *res)
{
	(void)res;
	doc->text = doc->input;
	doc->text_size = doc->input_size;
	doc->offsets = NULL;
	doc->n_offsets = 0;
	return 0;
}
