#include "stages/resolve_joints.h"

uint32_t quoth_joint_end(const struct quoth_document *doc, uint32_t mention)
{
	uint32_t next = mention + 1;

	while (next < doc->n_mentions && doc->mentions[next].tokens.begin < doc->mentions[mention].tokens.end)
		next++;
	return next;
}

int quoth_joint_make(struct quoth_discourse *discourse, uint32_t mention, const uint32_t *members, uint8_t n,
		     uint32_t *cluster)
{
	struct quoth_cluster *joint;

	if (quoth_cluster_add(discourse, QUOTH_JOINT_CLUSTER, mention, cluster))
		return QUOTH_NO_MEMORY;
	joint = &discourse->clusters[*cluster];
	for (uint8_t i = 0; i < n; i++)
		joint->members[i] = members[i];
	joint->n_members = n;
	joint->gender = QUOTH_GENDER_UNKNOWN;
	joint->number = QUOTH_PLURAL;
	return 0;
}

/* "Ann Lee, a former chair and candidate", "Ann Lee, founder and head of Plimsoll" is one, whatever the "and" joins. */
static bool is_renamed_name(const struct quoth_discourse *discourse, uint32_t mention)
{
	static const char *const articles[] = {"a", "an", "the", NULL};
	const struct quoth_document *doc = discourse->doc;
	uint32_t end = doc->mentions[mention + 1].tokens.end, cluster = discourse->cluster_of[mention + 1];

	return cluster != QUOTH_NONE && quoth_cluster_kind(discourse, cluster) == QUOTH_PERSON &&
	       doc->mentions[mention + 1].outer == mention && end + 1 < doc->mentions[mention].tokens.end &&
	       doc->tokens[end].mark == QUOTH_COMMA &&
	       (quoth_token_is_one_of(doc, end + 1, articles) ||
		(doc->tokens[end + 1].tag == QUOTH_TAG_NN &&
		 quoth_token_lexeme(discourse, end + 1)->flags & (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_TITLE)));
}

/* Whether a mention comes behind "and", ",", the beginning, or a title of what the range joins. */
static bool is_member(const struct quoth_discourse *discourse, uint32_t m, uint32_t previous_end)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t begin = doc->mentions[m].tokens.begin, i = previous_end;

	if (i < begin && doc->tokens[i].mark == QUOTH_OPEN_BRACKET)
		while (i < begin && doc->tokens[i++].mark != QUOTH_CLOSE_BRACKET)
			;
	while (i < begin && (doc->tokens[i].mark == QUOTH_COMMA || doc->tokens[i].tag == QUOTH_TAG_CC))
		i++;
	return i == begin && (doc->tokens[i - 1].mark == QUOTH_COMMA || doc->tokens[i - 1].tag == QUOTH_TAG_CC);
}

int quoth_joint_within(struct quoth_discourse *discourse, uint32_t first, struct quoth_range source, uint32_t *cluster)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t members[JOINT_MEMBERS], end = doc->mentions[first].tokens.end;
	uint8_t n = 0;
	bool has_and = false;

	*cluster = QUOTH_NONE;
	if (doc->mentions[first].kind != QUOTH_NAME_MENTION || doc->mentions[first].is_group ||
	    discourse->cluster_of[first] == QUOTH_NONE)
		return 0;
	members[n++] = discourse->cluster_of[first];
	for (uint32_t m = first + 1; m < doc->n_mentions && doc->mentions[m].tokens.end <= source.end && m < first + SCAN;
	     m++) {
		if (doc->mentions[m].kind != QUOTH_NAME_MENTION || doc->mentions[m].tokens.begin < end ||
		    !is_member(discourse, m, end) || n == JOINT_MEMBERS || discourse->cluster_of[m] == QUOTH_NONE)
			continue;
		has_and |= doc->tokens[doc->mentions[m].tokens.begin - 1].tag == QUOTH_TAG_CC;
		members[n++] = discourse->cluster_of[m];
		end = doc->mentions[m].tokens.end;
	}
	return n > 1 && has_and ? quoth_joint_make(discourse, first, members, n, cluster) : 0;
}

int quoth_joint_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *cluster)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t members[JOINT_MEMBERS], end = quoth_joint_end(doc, mention);
	uint8_t n = 0;

	*cluster = QUOTH_NONE;
	if (mention + 1 < end && is_renamed_name(discourse, mention)) {
		*cluster = discourse->cluster_of[mention + 1];
		return 0;
	}
	for (uint32_t m = mention + 1; m < end && n < JOINT_MEMBERS; m++)
		if (doc->mentions[m].outer == mention && discourse->cluster_of[m] != QUOTH_NONE)
			members[n++] = discourse->cluster_of[m];
	if (n < 2)
		return 0;
	return quoth_joint_make(discourse, mention, members, n, cluster);
}
