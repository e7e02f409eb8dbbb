#include "stages/resources.h"

#include "stages/lexicon.h"

#include <stddef.h>

int quoth_resources_open(struct quoth_resources *resources, const char *model_path, struct quoth_report *report)
{
	struct quoth_lexicon *lexicon;
	int error;

	(void)model_path;
	*resources = (struct quoth_resources){0};
	error = quoth_lexicon_open(&lexicon, report);
	if (error)
		return error;
	resources->lexicon = lexicon;
	return 0;
}

void quoth_resources_close(struct quoth_resources *resources)
{
	quoth_lexicon_close((struct quoth_lexicon *)resources->lexicon);
	*resources = (struct quoth_resources){0};
}
