#include "stages/resolve_joints.h"

uint32_t quoth_joint_end(const struct quoth_document *doc, uint32_t mention)
{
	uint32_t next = mention + 1;

	while (next < doc->n_mentions && doc->mentions[next].tokens.begin < doc->mentions[mention].tokens.end)
		next++;
	return next;
}

int quoth_joint_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *cluster)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t members[JOINT_MEMBERS], end = quoth_joint_end(doc, mention);
	uint8_t n = 0;
	int error;

	*cluster = QUOTH_NONE;
	for (uint32_t m = mention + 1; m < end && n < JOINT_MEMBERS; m++)
		if (doc->mentions[m].outer == mention && discourse->cluster_of[m] != QUOTH_NONE)
			members[n++] = discourse->cluster_of[m];
	if (n < 2)
		return 0;
	error = quoth_cluster_add(discourse, QUOTH_JOINT_CLUSTER, mention, cluster);
	if (error)
		return error;
	for (uint8_t i = 0; i < n; i++)
		discourse->clusters[*cluster].members[i] = members[i];
	discourse->clusters[*cluster].n_members = n;
	discourse->clusters[*cluster].gender = QUOTH_GENDER_UNKNOWN;
	discourse->clusters[*cluster].number = QUOTH_PLURAL;
	return 0;
}
