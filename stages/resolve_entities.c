#include "stages/resolve_entities.h"

#include "stages/resolve_roles.h"

#include <string.h>

#define BIT(name) QUOTH_TAG_BIT(name)

enum { MAX_DESCRIPTION_TOKENS = 24 };

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

/* The text of a range as one line; "" for an empty one. */
static const char *copy_text(const struct quoth_document *doc, struct quoth_range tokens)
{
	uint32_t begin, end;
	char *copy;
	size_t n = 0;

	if (quoth_range_is_empty(tokens))
		return "";
	begin = doc->tokens[tokens.begin].text;
	end = doc->tokens[tokens.end - 1].text + doc->tokens[tokens.end - 1].length;
	copy = quoth_arena_alloc(doc->arena, (size_t)(end - begin) + 1);
	if (!copy)
		return NULL;
	for (uint32_t i = begin; i < end; i++)
		if (!is_space(doc->text[i]))
			copy[n++] = doc->text[i];
		else if (n && copy[n - 1] != ' ')
			copy[n++] = ' ';
	copy[n] = '\0';
	return copy;
}

static bool is_in(unsigned tag, uint64_t set)
{
	return ((uint64_t)1 << tag & set) != 0;
}

static const uint64_t participles = BIT(VBG) | BIT(VBN) | BIT(VBD);
static const uint64_t noun_tags = BIT(NN) | BIT(NNS) | BIT(NNP) | BIT(NNPS);

/* Whether a clause that describes the noun before it begins at token i: "released last week", "that we saw", "she gave",
 * "to be published", ", including …"; not in "a health financing group". */
static bool begins_clause(const struct quoth_discourse *discourse, uint32_t i, uint32_t end)
{
	const struct quoth_token *tokens = discourse->doc->tokens;
	bool is_after_noun = is_in(tokens[i - 1].tag, noun_tags), is_after_comma = tokens[i - 1].mark == QUOTH_COMMA;

	if (is_in(tokens[i].tag, BIT(WP) | BIT(WDT) | BIT(WPS)))
		return true;
	if (tokens[i].tag == QUOTH_TAG_PRP)
		return is_after_noun;
	if (tokens[i].tag == QUOTH_TAG_TO)
		return is_after_noun && i + 1 < end && tokens[i + 1].form == quoth_form_hash("be", 2);
	if (tokens[i].tag == QUOTH_TAG_RB)
		return is_after_noun && i + 1 < end && is_in(tokens[i + 1].tag, participles);
	if (!is_in(tokens[i].tag, participles) || !(is_after_noun || is_after_comma))
		return false;
	return is_after_comma || i + 1 == end || !is_in(tokens[i + 1].tag, noun_tags) ||
	       quoth_token_lexeme(discourse, i + 1)->flags & (QUOTH_LEX_TIME | QUOTH_LEX_MONTH_OR_DAY);
}

/* "a poll released last week" is a poll; but "people briefed on the talks" are not just people. */
static struct quoth_range cut_clause(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t noun = tokens.begin;

	while (noun < tokens.end && !is_in(doc->tokens[noun].tag, noun_tags))
		noun++;
	if (noun == tokens.end || quoth_token_is_in(discourse, noun, QUOTH_SET_PEOPLE))
		return tokens;
	for (uint32_t i = noun + 1; i < tokens.end; i++)
		if (begins_clause(discourse, i, tokens.end))
			tokens.end = i;
	return tokens;
}

/* "Chief Executive of Plimsoll Foods", read as one name, names Plimsoll Foods. */
static struct quoth_range leave_office(const struct quoth_discourse *discourse, struct quoth_range name)
{
	uint32_t of = quoth_form_hash("of", 2);

	for (uint32_t i = name.begin + 1; i + 2 < name.end; i++)
		if (discourse->doc->tokens[i].form == of)
			return quoth_token_lexeme(discourse, i - 1)->flags & PERSON_NOUNS &&
			       !(quoth_token_lexeme(discourse, i - 1)->flags & QUOTH_LEX_ORGANIZATION_NOUN) ?
				(struct quoth_range){i + 1, name.end} : name;
	return name;
}

/* "Both sides" are not any sides; but "both Ann and Bob" are Ann and Bob. */
static struct quoth_range keep_both(const struct quoth_discourse *discourse, struct quoth_range tokens, uint32_t begin)
{
	for (uint32_t i = tokens.begin; i < tokens.end; i++)
		if (discourse->doc->tokens[i].tag == QUOTH_TAG_CC)
			return tokens;
	if (tokens.begin > begin && quoth_token_is_in(discourse, tokens.begin - 1, QUOTH_SET_PAIR))
		tokens.begin--;
	return tokens;
}

/* A name without what does not belong to it: article, possessive mark, closing punctuation. */
static struct quoth_range name_range(const struct quoth_discourse *discourse, uint32_t cluster)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	struct quoth_range tokens = c->type == QUOTH_NAME_CLUSTER ? discourse->doc->mentions[c->display].name :
								    c->described;

	if (c->type != QUOTH_NAME_CLUSTER)
		tokens = cut_clause(discourse, tokens);
	else if (quoth_cluster_class(c) == QUOTH_NAME_ORGANIZATION)
		tokens = leave_office(discourse, tokens);
	if (c->type != QUOTH_NAME_CLUSTER && quoth_range_length(tokens) > MAX_DESCRIPTION_TOKENS)
		tokens.end = tokens.begin + MAX_DESCRIPTION_TOKENS;
	/* "Jon Teller (D-Ohio)" */
	for (uint32_t i = tokens.begin + 1; i < tokens.end; i++)
		if (discourse->doc->tokens[i].mark == QUOTH_OPEN_BRACKET)
			tokens.end = i;
	tokens = quoth_range_trim(discourse, tokens);
	return c->type == QUOTH_NAME_CLUSTER ? tokens : keep_both(discourse, tokens, c->described.begin);
}

/* "his" of "his advisers", whose name alone would be anybody's advisers; no tokens where nobody owns it. */
static struct quoth_range owner_range(const struct quoth_discourse *discourse, uint32_t cluster)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	uint32_t begin = name_range(discourse, cluster).begin;
	const struct quoth_lexeme *owner = c->type == QUOTH_DESCRIPTION_CLUSTER && begin > c->described.begin ?
					   quoth_token_lexeme(discourse, begin - 1) : NULL;
	bool is_owned = owner && owner->flags & QUOTH_LEX_POSSESSIVE && owner->person == 3;

	return (struct quoth_range){begin - is_owned, begin};
}

static char *append(char *end, const char *text, size_t size)
{
	memcpy(end, text, size);
	return end + size;
}

/* "A and B and C" of the names of a joint cluster's members; who is owned by one of those before says so: "A and her aides". */
static const char *join_names(const struct quoth_discourse *discourse, const struct quoth_cluster *cluster)
{
	const struct quoth_entity *entities = discourse->doc->entities;
	static const char joint[] = " and ";
	enum { MAX_OWNER = 8 };
	size_t size = 1;
	char *joined, *end;

	for (unsigned i = 0; i < cluster->n_members; i++)
		size += strlen(entities[cluster->members[i]].name) + sizeof joint + MAX_OWNER;
	joined = end = quoth_arena_alloc(discourse->doc->arena, size);
	if (!joined)
		return NULL;
	for (unsigned i = 0; i < cluster->n_members; i++) {
		struct quoth_range owner = owner_range(discourse, cluster->members[i]);
		const char *name = entities[cluster->members[i]].name;

		if (i > 0)
			end = append(end, joint, strlen(joint));
		if (i > 0 && !quoth_range_is_empty(owner) && discourse->doc->tokens[owner.begin].length < MAX_OWNER) {
			end = append(end, quoth_token_text(discourse->doc, owner.begin), discourse->doc->tokens[owner.begin].length);
			end = append(end, " ", 1);
		}
		end = append(end, name, strlen(name));
	}
	*end = '\0';
	return joined;
}

/* A title of several is printed of one without its plural: "Sen." for "Sens." */
static const char *copy_role(const struct quoth_discourse *discourse, const struct quoth_role *role, bool is_joint)
{
	const char *copy = copy_text(discourse->doc, role ? role->tokens : (struct quoth_range){0, 0});
	size_t n;
	char *singular;

	if (!copy || !role || !(role->traits & QUOTH_ROLE_IS_PLURAL) || is_joint)
		return copy;
	n = strlen(copy);
	singular = quoth_arena_alloc(discourse->doc->arena, n + 1);
	if (!singular)
		return NULL;
	memcpy(singular, copy, n + 1);
	if (copy[n - 1] == '.')
		singular[n - 2] = '.';
	singular[n - 1] = '\0';
	return singular;
}

/* "Republican presidents" of "the two Republican presidents". */
static struct quoth_range described_role(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *m = &doc->mentions[mention];
	struct quoth_range tokens = quoth_range_trim(discourse, m->tokens);

	if (m->is_group || !(quoth_token_lexeme(discourse, m->head)->flags & QUOTH_LEX_TITLE))
		return (struct quoth_range){0, 0};
	while (tokens.begin < tokens.end && doc->tokens[tokens.begin].tag == QUOTH_TAG_CD)
		tokens.begin++;
	return tokens;
}

/* Several have the role that was given for all of them: "Sens." */
static const char *joint_role(const struct quoth_discourse *discourse, const struct quoth_cluster *cluster)
{
	const struct quoth_role *role = cluster->n_members ? quoth_role_choose(discourse, cluster->members[0]) : NULL;

	if (!discourse->doc->mentions[cluster->display].is_group)
		return copy_text(discourse->doc, described_role(discourse, cluster->display));
	for (unsigned i = 1; role && i < cluster->n_members; i++) {
		const struct quoth_role *other = quoth_role_choose(discourse, cluster->members[i]);

		if (!other || other->tokens.begin != role->tokens.begin)
			role = NULL;
	}
	return role && role->traits & QUOTH_ROLE_IS_PLURAL ? copy_role(discourse, role, true) : "";
}

/* "FBI director", whom the article does not name: an office that one holds is a role. Not "spokesman", not "the mayor". */
static const char *office_role(const struct quoth_discourse *discourse, uint32_t cluster)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	struct quoth_range tokens = name_range(discourse, cluster);
	uint32_t head;

	if (c->type != QUOTH_DESCRIPTION_CLUSTER || quoth_range_is_empty(tokens))
		return "";
	head = quoth_role_head(discourse, tokens);
	if (head == tokens.begin || discourse->doc->tokens[head].tag == QUOTH_TAG_NNS ||
	    ~quoth_token_lexeme(discourse, head)->flags & (QUOTH_LEX_TITLE | QUOTH_LEX_EPITHET) ||
	    !quoth_token_is_in(discourse, c->described.begin, QUOTH_SET_DEFINITE))
		return "";
	return copy_text(discourse->doc, tokens);
}

static int write_entity(struct quoth_discourse *discourse, uint32_t i, struct quoth_entity *entity)
{
	const struct quoth_cluster *cluster = &discourse->clusters[i];

	*entity = (struct quoth_entity){.name = "", .role = "", .id = "", .gender = cluster->gender,
					.number = cluster->number,
					.kind = (uint8_t)quoth_cluster_kind(discourse, i)};
	entity->name = cluster->type == QUOTH_JOINT_CLUSTER ? join_names(discourse, cluster) :
							      copy_text(discourse->doc, name_range(discourse, i));
	if (entity->kind == QUOTH_PERSON && cluster->type == QUOTH_NAME_CLUSTER)
		entity->role = copy_role(discourse, quoth_role_choose(discourse, i), false);
	else if (entity->kind == QUOTH_UNNAMED)
		entity->role = office_role(discourse, i);
	else if (cluster->type == QUOTH_JOINT_CLUSTER)
		entity->role = joint_role(discourse, cluster);
	return entity->name && entity->role ? 0 : QUOTH_NO_MEMORY;
}

int quoth_entities_write(struct quoth_discourse *discourse)
{
	struct quoth_document *doc = discourse->doc;
	int error = 0;

	doc->entities = quoth_arena_array(doc->arena, discourse->n_clusters, sizeof *doc->entities);
	if (!doc->entities)
		return QUOTH_NO_MEMORY;
	/* The members of a joint cluster stand before it, so that their names are there. */
	for (uint32_t i = 0; !error && i < discourse->n_clusters; i++)
		error = write_entity(discourse, i, &doc->entities[i]);
	doc->n_entities = error ? 0 : discourse->n_clusters;
	if (error)
		doc->entities = NULL;
	return error;
}
