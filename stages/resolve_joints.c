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

/* "Ann Lee, Lind's Office of Works and Budget director": a last noun for one person without an article joins nobody. */
static bool ends_bare(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	static const uint64_t words = QUOTH_TAG_BIT(NN) | QUOTH_TAG_BIT(NNP) |
				      QUOTH_TAG_BIT(NNPS) | QUOTH_TAG_BIT(JJ);
	const struct quoth_token *token = discourse->doc->tokens;
	uint32_t i = tokens.end - 1;

	if (token[i].tag != QUOTH_TAG_NN || token[i].shape != QUOTH_SHAPE_LOWER ||
	    !(quoth_token_lexeme(discourse, i)->flags & PERSON_NOUNS))
		return false;
	while (i > tokens.begin && (uint64_t)1 << token[i].tag & words)
		i--;
	return token[i].tag == QUOTH_TAG_CC;
}

/* "Ann Lee, a former chair and candidate", "Ann Lee, founder and head of Plimsoll" is one, whatever the "and" joins. */
static bool is_renamed_name(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t end = doc->mentions[mention + 1].tokens.end, cluster = discourse->cluster_of[mention + 1];

	return cluster != QUOTH_NONE && quoth_cluster_kind(discourse, cluster) == QUOTH_PERSON &&
	       doc->mentions[mention + 1].outer == mention && end + 1 < doc->mentions[mention].tokens.end &&
	       doc->tokens[end].mark == QUOTH_COMMA &&
	       (quoth_token_is_in(discourse, end + 1, QUOTH_SET_ARTICLE) ||
		ends_bare(discourse, doc->mentions[mention].tokens) ||
		(doc->tokens[end + 1].tag == QUOTH_TAG_NN &&
		 quoth_token_lexeme(discourse, end + 1)->flags & PERSON_NOUNS));
}

/* "Former minister and author Ann Lee": an office without an article joins nobody to the name that follows. The cluster of
 * the name; QUOTH_NONE. */
static uint32_t find_twice_titled(const struct quoth_discourse *discourse, uint32_t group, uint32_t end)
{
	static const uint64_t openers = QUOTH_TAG_BIT(DT) | QUOTH_TAG_BIT(PRPS) |
					QUOTH_TAG_BIT(CD);
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *office = &doc->mentions[group + 1];
	uint32_t next = group + 2;

	if (next >= end || office->kind != QUOTH_NOMINAL_MENTION || office->number == QUOTH_PLURAL ||
	    discourse->marks[group + 1] & QUOTH_IS_RENAMED ||
	    (uint64_t)1 << doc->tokens[office->tokens.begin].tag & openers ||
	    !(quoth_token_lexeme(discourse, office->head)->flags & QUOTH_LEX_TITLE))
		return QUOTH_NONE;
	while (next < end && doc->mentions[next].outer != group)
		next++;
	return next < end && doc->mentions[next].kind == QUOTH_NAME_MENTION &&
	       doc->mentions[next].name_class == QUOTH_NAME_PERSON && !quoth_range_is_empty(doc->mentions[next].title) &&
	       doc->mentions[next].tokens.end == doc->mentions[group].tokens.end ? discourse->cluster_of[next] : QUOTH_NONE;
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

/* The first name of "two senators, Ann Lee and Bob Hill", who the senators are; else the mention itself. */
static uint32_t skip_plural(const struct quoth_document *doc, uint32_t first, struct quoth_range source)
{
	const struct quoth_mention *mention = &doc->mentions[first];
	uint32_t end = mention->tokens.end, name;

	if (mention->kind != QUOTH_NOMINAL_MENTION || mention->number != QUOTH_PLURAL || end + 1 >= source.end ||
	    doc->tokens[end].mark != QUOTH_COMMA)
		return first;
	name = quoth_mention_from(doc, end + 1);
	while (name < doc->n_mentions && doc->mentions[name].is_group && doc->mentions[name].tokens.begin == end + 1)
		name++;
	return name < doc->n_mentions && doc->mentions[name].tokens.begin == end + 1 &&
	       doc->mentions[name].kind == QUOTH_NAME_MENTION && doc->mentions[name].name_class == QUOTH_NAME_PERSON ? name :
		first;
}

/* Whether all that stands between the "and" and a mention may belong to its name: "co-host Ann Lee". */
static bool is_titled_only(const struct quoth_document *doc, uint32_t token, uint32_t begin)
{
	static const uint64_t words = QUOTH_TAG_BIT(NN) | QUOTH_TAG_BIT(JJ) | QUOTH_TAG_BIT(NNP);

	while (token < begin && words & (uint64_t)1 << doc->tokens[token].tag)
		token++;
	return token == begin;
}

uint32_t quoth_joint_second(const struct quoth_document *doc, uint32_t first, struct quoth_range source)
{
	const struct quoth_mention *mention = &doc->mentions[first];
	uint32_t end = mention->tokens.end;

	if (mention->is_group || end + 1 >= source.end || doc->tokens[end].tag != QUOTH_TAG_CC)
		return QUOTH_NONE;
	for (uint32_t m = quoth_mention_from(doc, end + 1); m < doc->n_mentions && m < first + SCAN; m++) {
		const struct quoth_mention *second = &doc->mentions[m];

		if (second->tokens.begin >= source.end || !is_titled_only(doc, end + 1, second->tokens.begin))
			break;
		if (second->tokens.end == source.end && !second->is_group && second->is_animate == mention->is_animate)
			return m;
	}
	return QUOTH_NONE;
}

/* "Columnist and broadcaster Ann Lee" is one, whom both tell of. */
static bool is_twice_told(const struct quoth_discourse *discourse, uint32_t first, uint32_t second)
{
	static const uint64_t openers = QUOTH_TAG_BIT(DT) | QUOTH_TAG_BIT(PRPS) |
					QUOTH_TAG_BIT(CD);
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *office = &doc->mentions[first], *name = &doc->mentions[second];

	return office->kind == QUOTH_NOMINAL_MENTION && office->number != QUOTH_PLURAL &&
	       !(openers & (uint64_t)1 << doc->tokens[office->tokens.begin].tag) &&
	       quoth_token_lexeme(discourse, office->head)->flags & PERSON_NOUNS && name->kind == QUOTH_NAME_MENTION &&
	       name->name_class == QUOTH_NAME_PERSON;
}

int quoth_joint_pair(struct quoth_discourse *discourse, uint32_t first, struct quoth_range source, uint32_t *cluster)
{
	uint32_t second = quoth_joint_second(discourse->doc, first, source), members[2];

	*cluster = QUOTH_NONE;
	if (second == QUOTH_NONE)
		return 0;
	members[0] = discourse->cluster_of[first];
	members[1] = discourse->cluster_of[second];
	if (members[0] == QUOTH_NONE || members[1] == QUOTH_NONE || members[0] == members[1])
		return 0;
	if (is_twice_told(discourse, first, second)) {
		*cluster = members[1];
		return 0;
	}
	return quoth_joint_make(discourse, first, members, 2, cluster);
}

int quoth_joint_within(struct quoth_discourse *discourse, uint32_t first, struct quoth_range source, uint32_t *cluster)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t members[JOINT_MEMBERS], end;
	uint8_t n = 0;
	bool has_and = false;

	*cluster = QUOTH_NONE;
	first = skip_plural(doc, first, source);
	end = doc->mentions[first].tokens.end;
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
	*cluster = mention + 1 < end ? find_twice_titled(discourse, mention, end) : QUOTH_NONE;
	if (*cluster != QUOTH_NONE)
		return 0;
	for (uint32_t m = mention + 1; m < end && n < JOINT_MEMBERS; m++)
		if (doc->mentions[m].outer == mention && discourse->cluster_of[m] != QUOTH_NONE)
			members[n++] = discourse->cluster_of[m];
	if (n < 2)
		return 0;
	return quoth_joint_make(discourse, mention, members, n, cluster);
}
