#include "stages/resolve_joints.h"

enum { MAX_BRACKET = 8 };	/* tokens of "(D-Mont.)" between a name and its "and" */

/* Behind a bracket that opens at a token, else the token itself. */
static uint32_t skip_bracket(const struct quoth_document *doc, uint32_t token)
{
	if (token >= doc->n_tokens || doc->tokens[token].mark != QUOTH_OPEN_BRACKET)
		return token;
	for (uint32_t i = token + 1; i < doc->n_tokens && i <= token + MAX_BRACKET; i++)
		if (doc->tokens[i].mark == QUOTH_CLOSE_BRACKET)
			return i + 1;
	return token;
}

static bool is_and(const struct quoth_document *doc, uint32_t token)
{
	static const char *const words[] = {"and", "&", NULL};

	return token < doc->n_tokens && quoth_token_is_one_of(doc, token, words);
}

/* The first mention behind m's tokens, nested ones passed over. */
static uint32_t next_outer(const struct quoth_document *doc, uint32_t m)
{
	uint32_t end = doc->mentions[m].tokens.end, next = m + 1;

	for (unsigned n = 0; next < doc->n_mentions && doc->mentions[next].tokens.begin < end && n < SCAN; n++)
		next++;
	return next;
}

static bool is_named(const struct quoth_discourse *discourse, uint32_t m)
{
	return m < discourse->doc->n_mentions && discourse->doc->mentions[m].kind == QUOTH_NAME_MENTION &&
	       discourse->cluster_of[m] != QUOTH_NONE;
}

int quoth_joint_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *end)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t members[JOINT_MEMBERS], n = 0, m = mention, cluster;
	bool has_and = false;
	int error;

	*end = mention + 1;
	if (!is_named(discourse, mention))
		return 0;
	members[n++] = discourse->cluster_of[mention];
	while (n < JOINT_MEMBERS && !has_and) {
		uint32_t token = skip_bracket(doc, doc->mentions[m].tokens.end), next = next_outer(doc, m);
		bool has_comma = token < doc->n_tokens && doc->tokens[token].mark == QUOTH_COMMA;

		token += has_comma;
		has_and = is_and(doc, token);
		token += has_and;
		if ((!has_comma && !has_and) || !is_named(discourse, next) ||
		    doc->mentions[next].tokens.begin != token ||
		    quoth_cluster_class(&discourse->clusters[discourse->cluster_of[next]]) !=
			    quoth_cluster_class(&discourse->clusters[members[0]]))
			return 0;
		members[n++] = discourse->cluster_of[next];
		m = next;
	}
	if (!has_and)
		return 0;
	error = quoth_cluster_add(discourse, QUOTH_JOINT_CLUSTER, mention, &cluster);
	if (error)
		return error;
	for (uint32_t i = 0; i < n; i++)
		discourse->clusters[cluster].members[i] = members[i];
	discourse->clusters[cluster].n_members = (uint8_t)n;
	discourse->clusters[cluster].gender = QUOTH_GENDER_UNKNOWN;
	discourse->clusters[cluster].number = QUOTH_PLURAL;
	/* What it spans, for quoth_joint_find; never printed. */
	discourse->clusters[cluster].described = (struct quoth_range){doc->mentions[mention].tokens.begin,
								      doc->mentions[m].tokens.end};
	*end = m + 1;
	return quoth_index_set(discourse, QUOTH_BY_JOINT, mention, cluster);
}

uint32_t quoth_joint_find(const struct quoth_discourse *discourse, uint32_t mention, struct quoth_range within)
{
	uint32_t joint = quoth_index_find(discourse, QUOTH_BY_JOINT, mention);

	if (joint == QUOTH_NONE || !quoth_range_within(discourse->clusters[joint].described, within))
		return QUOTH_NONE;
	return joint;
}
