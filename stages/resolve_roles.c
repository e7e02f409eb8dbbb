#include "stages/resolve_roles.h"

enum {
	FIRST_ROLES = 32,
	MAX_ROLE_TOKENS = 24,
	MAX_CONJUNCTS = 3,
	FULL_WORDS = 10,	/* words beyond these make a role no fuller */
};

/* Weights of which role is printed, beside one for each word. Chosen on the chosen-on half of the articles with
 * speakers and on corpus/samples. */
enum {
	OFFICE = 20,		/* its head noun stands before names: "minister" */
	DESCRIPTION = 10,	/* its head noun is another one for people: "advocate" */
	DESCRIPTION_BEFORE = 18,	/* the same before the name: "zoologist Ann Lee" */
	IS_FORMER = -3,
	IS_PRESENT = 2,		/* "now", which the others may not be */
	IS_OWNED = -3,		/* "its author": whose stands elsewhere */
	IS_PREDICATE = -5,	/* behind "is" and "as": often what he is for the moment */
	TAKES_UP = -2,		/* a description of somebody named before */
};

static bool is_noun(const struct quoth_token *token)
{
	return token->tag == QUOTH_TAG_NN || token->tag == QUOTH_TAG_NNS || token->tag == QUOTH_TAG_NNP ||
	       token->tag == QUOTH_TAG_NNPS;
}

/* Whether the noun phrase that a range begins with ends before this token. */
static bool ends_phrase(const struct quoth_token *token)
{
	return token->tag == QUOTH_TAG_IN || token->tag == QUOTH_TAG_TO || token->tag == QUOTH_TAG_CC ||
	       token->tag == QUOTH_TAG_WP || token->tag == QUOTH_TAG_WDT || token->tag == QUOTH_TAG_WPS ||
	       token->mark == QUOTH_COMMA || token->mark == QUOTH_DASH || token->mark == QUOTH_OPEN_BRACKET;
}

uint32_t quoth_role_head(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t head = tokens.end - 1;
	bool found = false;

	for (uint32_t i = tokens.begin; i < tokens.end; i++) {
		if (found && ends_phrase(&doc->tokens[i]))
			break;
		if (is_noun(&doc->tokens[i]) || quoth_token_lexeme(discourse, i)->flags & PERSON_NOUNS) {
			head = i;
			found = true;
		}
	}
	return head;
}

static bool same_words(const struct quoth_discourse *discourse, struct quoth_range a, struct quoth_range b)
{
	const struct quoth_token *tokens = discourse->doc->tokens;

	if (quoth_range_length(a) != quoth_range_length(b))
		return false;
	for (uint32_t i = 0; i < quoth_range_length(a); i++)
		if (tokens[a.begin + i].form != tokens[b.begin + i].form)
			return false;
	return true;
}

static int grow_roles(struct quoth_discourse *discourse)
{
	uint32_t larger = discourse->roles_size ? 2 * discourse->roles_size : FIRST_ROLES;
	struct quoth_role *grown;

	if (discourse->n_roles < discourse->roles_size)
		return 0;
	grown = quoth_arena_grow(discourse->doc->arena, discourse->roles, discourse->roles_size * sizeof *grown,
				 larger * sizeof *grown);
	if (!grown)
		return QUOTH_NO_MEMORY;
	discourse->roles = grown;
	discourse->roles_size = larger;
	return 0;
}

static int add_role_head(struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range tokens,
			 uint32_t head_token, unsigned traits)
{
	uint32_t head = quoth_word_key(discourse, head_token);
	uint32_t first = quoth_index_find(discourse, QUOTH_BY_ROLE, head), i = first;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_head)
		if (discourse->roles[i].cluster == cluster && same_words(discourse, discourse->roles[i].tokens, tokens)) {
			discourse->roles[i].n_uses++;
			return 0;
		}
	if (grow_roles(discourse))
		return QUOTH_NO_MEMORY;
	discourse->roles[discourse->n_roles] = (struct quoth_role){
		.tokens = tokens, .cluster = cluster, .head = head, .next_of_head = first,
		.next_of_cluster = discourse->clusters[cluster].roles, .n_uses = 1,
		.traits = (uint8_t)traits};
	discourse->clusters[cluster].roles = discourse->n_roles;
	return quoth_index_set(discourse, QUOTH_BY_ROLE, head, discourse->n_roles++);
}

/* Cuts a relative clause off, and another person whom "and" joins: "head of the port, and Ann Lee". */
static struct quoth_range cut_clause(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin + 1; i < tokens.end; i++) {
		unsigned tag = discourse->doc->tokens[i].tag;

		if (tag == QUOTH_TAG_CC && i + 1 < tokens.end && discourse->doc->tokens[i + 1].name == QUOTH_NAME_PERSON)
			tokens.end = i;
		if (tag == QUOTH_TAG_WP || tag == QUOTH_TAG_WDT || tag == QUOTH_TAG_WPS || tag == QUOTH_TAG_WRB)
			tokens.end = i;
	}
	return tokens;
}

/* "her rival", "the mayor's wife": whose, the role alone does not say. */
static bool is_kinship(const struct quoth_discourse *discourse, struct quoth_range tokens, uint32_t head)
{
	const struct quoth_document *doc = discourse->doc;

	if (!(quoth_token_lexeme(discourse, head)->flags & QUOTH_LEX_RELATION_NOUN))
		return false;
	for (uint32_t i = tokens.begin; i < head; i++)
		if (doc->tokens[i].tag == QUOTH_TAG_POS || doc->tokens[i].tag == QUOTH_TAG_PRPS)
			return true;
	return false;
}

bool quoth_role_is_plural(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t last = tokens.end - 1;
	size_t n = doc->tokens[last].length;
	const char *text = quoth_token_text(doc, last);

	n -= n > 2 && text[n - 1] == '.';
	return n > 3 && (text[n - 1] | 0x20) == 's' && (text[n - 2] | 0x20) != 's' &&
	       quoth_token_lexeme(discourse, last)->flags & (QUOTH_LEX_TITLE | QUOTH_LEX_GROUP_NOUN);
}

/* "Holm's campaign manager" is not Holm. */
static bool names_holder(const struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t last = doc->mentions[discourse->clusters[cluster].display].name.end;

	for (uint32_t i = tokens.begin; last && i + 1 < tokens.end; i++)
		if (doc->tokens[i].form == doc->tokens[last - 1].form && doc->tokens[i + 1].tag == QUOTH_TAG_POS)
			return true;
	return false;
}

/* Nouns for people do; before a name any noun that no body, document or time is: "Green Party hopeful Ann Lee". */
static bool tells_role(const struct quoth_discourse *discourse, uint32_t head, unsigned traits)
{
	const struct quoth_token *token = &discourse->doc->tokens[head];
	uint32_t flags = quoth_token_lexeme(discourse, head)->flags;

	if (flags & PERSON_NOUNS || (flags & QUOTH_LEX_EPITHET && !(flags & QUOTH_LEX_ORGANIZATION_NOUN)))
		return true;
	return traits & QUOTH_ROLE_IS_BEFORE && token->tag == QUOTH_TAG_NN && token->shape == QUOTH_SHAPE_LOWER &&
	       !token->name && token[1].name == QUOTH_NAME_PERSON &&
	       !(flags & (QUOTH_LEX_ORGANIZATION_NOUN | QUOTH_LEX_DOCUMENT_NOUN | QUOTH_LEX_TIME));
}

int quoth_role_add(struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range tokens, unsigned traits)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_range rest;
	struct quoth_range whole = tokens;
	unsigned owned = !quoth_range_is_empty(tokens) && doc->tokens[tokens.begin].tag == QUOTH_TAG_PRPS ?
			 QUOTH_ROLE_IS_OWNED : 0;
	int error = 0;

	tokens = quoth_range_trim(discourse, cut_clause(discourse, tokens));
	if (quoth_range_is_empty(tokens) || quoth_range_length(tokens) > MAX_ROLE_TOKENS ||
	    names_holder(discourse, cluster, tokens) || quoth_token_is_in(discourse, tokens.end - 1, QUOTH_SET_HONORIFIC))
		return 0;
	rest = tokens;
	for (unsigned n = 0; !error && n < MAX_CONJUNCTS && !quoth_range_is_empty(rest); n++) {
		uint32_t head = quoth_role_head(discourse, rest);

		if (!tells_role(discourse, head, traits))
			break;
		error = add_role_head(discourse, cluster, tokens, head,
				      traits | owned | (is_kinship(discourse, whole, head) ? QUOTH_ROLE_IS_KINSHIP : 0));
		quoth_cluster_learn_gender(&discourse->clusters[cluster], quoth_token_lexeme(discourse, head)->gender);
		for (rest.begin = head + 1; rest.begin < rest.end; rest.begin++)
			if (doc->tokens[rest.begin].tag == QUOTH_TAG_CC)
				break;
		rest.begin += rest.begin < rest.end;
	}
	return error;
}

int quoth_affiliation_add(struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin; i < tokens.end; i++)
		if (discourse->doc->tokens[i].name != QUOTH_NAME_ORGANIZATION)
			return 0;
	tokens = quoth_range_trim(discourse, tokens);
	if (!quoth_range_is_empty(tokens) && discourse->doc->tokens[tokens.end - 1].tag == QUOTH_TAG_IN)
		return 0;
	return quoth_range_is_empty(tokens) ? 0 :
	       add_role_head(discourse, cluster, tokens, tokens.end - 1, QUOTH_ROLE_IS_AFFILIATION);
}

/* Kin and companions ("neighbour") and "Dr." are roles where nothing else is given. */
static int rank_of(const struct quoth_discourse *discourse, const struct quoth_role *role)
{
	uint32_t head = quoth_role_head(discourse, role->tokens);
	uint32_t flags = quoth_token_lexeme(discourse, head)->flags;

	if (flags & QUOTH_LEX_RELATION_NOUN || !(flags & PERSON_NOUNS) ||
	    (quoth_range_length(role->tokens) == 1 && quoth_token_is_in(discourse, head, QUOTH_SET_DEGREE)))
		return 0;
	if (flags & QUOTH_LEX_TITLE)
		return OFFICE;
	return role->traits & QUOTH_ROLE_IS_BEFORE ? DESCRIPTION_BEFORE : DESCRIPTION;
}

/* Offices before other descriptions, fuller before shorter, present before former, what is given with the name before
 * what takes it up; and what is said more than once. */
static int weigh_role(const struct quoth_discourse *discourse, const struct quoth_role *role)
{
	uint32_t length = quoth_range_length(role->tokens);
	int weight = (int)(length < FULL_WORDS ? length : FULL_WORDS) + (role->n_uses > 1);

	if (role->traits & QUOTH_ROLE_IS_AFFILIATION)
		return 1;
	weight += rank_of(discourse, role);
	weight += role->traits & QUOTH_ROLE_IS_PRESENT ? IS_PRESENT : 0;
	weight += role->traits & QUOTH_ROLE_IS_OWNED ? IS_OWNED : 0;
	weight += quoth_token_is_in(discourse, role->tokens.begin, QUOTH_SET_FORMER) ? IS_FORMER : 0;
	weight += role->traits & QUOTH_ROLE_IS_PREDICATE ? IS_PREDICATE : 0;
	return weight + (role->traits & QUOTH_ROLE_IS_TAKEN_UP ? TAKES_UP : 0);
}

const struct quoth_role *quoth_role_choose(const struct quoth_discourse *discourse, uint32_t cluster)
{
	const struct quoth_role *best = NULL;
	int best_weight = 0;
	uint32_t i = discourse->clusters[cluster].roles;

	/* The newest is first in the chain: of equals the earliest wins. */
	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_cluster) {
		int weight = weigh_role(discourse, &discourse->roles[i]);

		if (weight >= best_weight && !(discourse->roles[i].traits & QUOTH_ROLE_IS_KINSHIP)) {
			best = &discourse->roles[i];
			best_weight = weight;
		}
	}
	return best;
}

bool quoth_role_is_only_holder(const struct quoth_discourse *discourse, uint32_t role)
{
	uint32_t i = discourse->roles[role].next_of_head;

	for (unsigned n = 0; i != QUOTH_NONE; n++, i = discourse->roles[i].next_of_head)
		if (n == SCAN || discourse->roles[i].cluster != discourse->roles[role].cluster)
			return false;
	return true;
}
