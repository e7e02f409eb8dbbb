#include "stages/resources.h"

#include "stages/backgrounds.h"
#include "stages/embedded.h"
#include "stages/lexicon.h"
#include "stages/model.h"
#include "stages/rules.h"
#include "stages/weighings.h"

#include <stddef.h>
#include <string.h>

/* The model inside the program, or the one at path; NULL where there is neither or path is QUOTH_NO_MODEL. */
static int open_model(struct quoth_model **model, const char *path, struct quoth_report *report)
{
	const struct quoth_embedded_file *file = quoth_embedded_find("models/quoth.model");

	*model = NULL;
	if (path && strcmp(path, QUOTH_NO_MODEL) == 0)
		return 0;
	if (path)
		return quoth_model_open(model, path, report);
	if (!file || file->end == file->bytes)
		return 0;
	return quoth_model_from_bytes(model, file->bytes, (size_t)(file->end - file->bytes), true, file->name, report);
}

int quoth_resources_open(struct quoth_resources *resources, const char *model_path, struct quoth_report *report)
{
	struct quoth_lexicon *lexicon = NULL;
	struct quoth_rules *rules = NULL;
	struct quoth_weighings *weighings = NULL;
	struct quoth_model *model = NULL;
	int error = quoth_lexicon_open(&lexicon, report);

	if (!error)
		error = quoth_rules_open(&rules, report);
	if (!error)
		error = quoth_weighings_open(&weighings, report);
	if (!error)
		error = open_model(&model, model_path, report);
	*resources = (struct quoth_resources){
		.lexicon = lexicon, .rules = rules, .weighings = weighings, .model = model,
	};
	if (error)
		quoth_resources_close(resources);
	return error;
}

int quoth_resources_set_gazetteer(struct quoth_resources *resources, const struct quoth_gazetteer *gazetteer,
				  struct quoth_report *report)
{
	struct quoth_backgrounds *backgrounds;
	int error;

	resources->gazetteer = gazetteer;
	if (resources->backgrounds)
		return 0;
	error = quoth_backgrounds_open(&backgrounds, report);
	if (!error)
		resources->backgrounds = backgrounds;
	return error;
}

void quoth_resources_close(struct quoth_resources *resources)
{
	quoth_backgrounds_close((struct quoth_backgrounds *)resources->backgrounds);
	quoth_lexicon_close((struct quoth_lexicon *)resources->lexicon);
	quoth_model_close((struct quoth_model *)resources->model);
	quoth_rules_close((struct quoth_rules *)resources->rules);
	quoth_weighings_close((struct quoth_weighings *)resources->weighings);
	*resources = (struct quoth_resources){0};
}
