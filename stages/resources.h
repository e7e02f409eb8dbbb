/* resources: what all stages share, read-only.
 *
 * Built once at start, used by every thread without locks, freed at the end. There is no other shared state.
 */
#ifndef QUOTH_RESOURCES_H
#define QUOTH_RESOURCES_H

#include "stages/error.h"

struct quoth_backgrounds;
struct quoth_gazetteer;
struct quoth_lexicon;
struct quoth_model;
struct quoth_rules;
struct quoth_weighings;

struct quoth_resources {
	const struct quoth_lexicon *lexicon;	/* word and phrase lists, lexicon.h */
	const struct quoth_rules *rules;	/* measured shares and confidences of the rules, rules.h */
	const struct quoth_weighings *weighings;	/* learned weights of resolve, weighings.h */
	const struct quoth_model *model;	/* learned models, model.h; NULL while none is built in */
	const struct quoth_backgrounds *backgrounds;	/* work and countries in words, backgrounds.h; NULL without a gazetteer */
	const struct quoth_gazetteer *gazetteer;	/* the user's, gazetteer.h; NULL without */
};

/* As a model's path: no model at all. Rules and lists decide alone, several times as fast and less accurately. */
#define QUOTH_NO_MODEL "none"

/* Builds them from the data inside the program; model_path overrides the model inside, NULL takes that one. 0, or a
 * negative quoth_error with the report filled. On success the caller closes them. */
int quoth_resources_open(struct quoth_resources *resources, const char *model_path, struct quoth_report *report);

/* Adds the user's gazetteer, which stays the caller's, and what linking needs beside it. 0, or a negative quoth_error with the report. */
int quoth_resources_set_gazetteer(struct quoth_resources *resources, const struct quoth_gazetteer *gazetteer,
				  struct quoth_report *report);

/* Frees all; harmless on a zeroed struct. */
void quoth_resources_close(struct quoth_resources *resources);

#endif
