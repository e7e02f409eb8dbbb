#include "stages/resources.h"

#include "stages/lexicon.h"
#include "stages/rules.h"

#include <stddef.h>

int quoth_resources_open(struct quoth_resources *resources, const char *model_path, struct quoth_report *report)
{
	struct quoth_lexicon *lexicon;
	struct quoth_rules *rules;
	int error;

	(void)model_path;
	*resources = (struct quoth_resources){0};
	error = quoth_lexicon_open(&lexicon, report);
	if (error)
		return error;
	resources->lexicon = lexicon;
	error = quoth_rules_open(&rules, report);
	if (error) {
		quoth_resources_close(resources);
		return error;
	}
	resources->rules = rules;
	return 0;
}

void quoth_resources_close(struct quoth_resources *resources)
{
	quoth_lexicon_close((struct quoth_lexicon *)resources->lexicon);
	quoth_rules_close((struct quoth_rules *)resources->rules);
	*resources = (struct quoth_resources){0};
}
