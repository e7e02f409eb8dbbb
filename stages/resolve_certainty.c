#include "stages/resolve_certainty.h"

/* Shares of wrong speakers where the source is right, rounded: the chosen-on half of the articles with speakers and
 * corpus/samples, see "Speakers" in corpus/EVALUATION.md. */
static const float named = 0.007f, several = 0.05f, taken_up = 0.08f, unnamed = 0.25f, relative = 0.05f;

static float doubt_of_description(const struct quoth_discourse *discourse, uint32_t cluster)
{
	if (discourse->clusters[cluster].type == QUOTH_NAME_CLUSTER)
		return taken_up;
	return discourse->clusters[cluster].type == QUOTH_JOINT_CLUSTER ||
	       quoth_cluster_kind(discourse, cluster) == QUOTH_GROUP ? several : unnamed;
}

float quoth_speaker_doubt(const struct quoth_discourse *discourse, uint32_t i)
{
	const struct quoth_attribution *attribution = &discourse->doc->attributions[i];
	uint32_t mention = discourse->source_of[i];

	switch (attribution->resolution) {
	case QUOTH_NAMED:
		return named;
	case QUOTH_NOMINAL:
		return doubt_of_description(discourse, attribution->entity);
	case QUOTH_PRONOUN:
		return mention != QUOTH_NONE && discourse->doubts[mention] >= 0 ? discourse->doubts[mention] : relative;
	case QUOTH_CONTINUED:
		return discourse->doc->attributions[attribution->continues].doubt;
	default:
		return 0;
	}
}
