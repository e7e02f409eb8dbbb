#include "stages/resolve_roles.h"

enum {
	FIRST_ROLES = 32,
	MAX_ROLE_TOKENS = 24,
	MAX_CONJUNCTS = 3,
	COPULA_REACH = 3,	/* tokens between a name and its copula's complement */
	FULL_WORDS = 10,	/* words beyond these make a role no fuller */
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
		if (is_noun(&doc->tokens[i]) || quoth_token_lexeme(discourse, i)->flags & QUOTH_LEX_TITLE) {
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
			 uint32_t head_token, bool is_owned)
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
		.is_relation = is_owned && quoth_token_lexeme(discourse, head_token)->flags & QUOTH_LEX_RELATION_NOUN};
	discourse->clusters[cluster].roles = discourse->n_roles;
	return quoth_index_set(discourse, QUOTH_BY_ROLE, head, discourse->n_roles++);
}

/* Cuts a relative clause off. */
static struct quoth_range cut_clause(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin + 1; i < tokens.end; i++) {
		unsigned tag = discourse->doc->tokens[i].tag;

		if (tag == QUOTH_TAG_WP || tag == QUOTH_TAG_WDT || tag == QUOTH_TAG_WPS || tag == QUOTH_TAG_WRB)
			tokens.end = i;
	}
	return tokens;
}

int quoth_role_add(struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_range rest;
	bool is_owned = !quoth_range_is_empty(tokens) && doc->tokens[tokens.begin].tag == QUOTH_TAG_PRPS;
	int error = 0;

	tokens = quoth_range_trim(discourse, cut_clause(discourse, tokens));
	if (quoth_range_is_empty(tokens) || quoth_is_honorific(discourse->doc, tokens.end - 1) ||
	    quoth_range_length(tokens) > MAX_ROLE_TOKENS)
		return 0;
	rest = tokens;
	for (unsigned n = 0; !error && n < MAX_CONJUNCTS && !quoth_range_is_empty(rest); n++) {
		uint32_t head = quoth_role_head(discourse, rest);

		if (!(quoth_token_lexeme(discourse, head)->flags & (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_TITLE |
								    QUOTH_LEX_RELATION_NOUN | QUOTH_LEX_EPITHET)))
			break;
		error = add_role_head(discourse, cluster, tokens, head, is_owned);
		if (!discourse->clusters[cluster].gender)
			discourse->clusters[cluster].gender = quoth_token_lexeme(discourse, head)->gender % QUOTH_NEUTER;
		for (rest.begin = head + 1; rest.begin < rest.end; rest.begin++)
			if (doc->tokens[rest.begin].tag == QUOTH_TAG_CC)
				break;
		rest.begin += rest.begin < rest.end;
	}
	return error;
}

static bool is_person(const struct quoth_discourse *discourse, uint32_t cluster)
{
	return quoth_cluster_class(&discourse->clusters[cluster]) == QUOTH_NAME_PERSON;
}

/* "X is the …", "X, who served as …", "X, who was …": the mention that a name's copula leads to. */
static uint32_t find_complement(const struct quoth_discourse *discourse, uint32_t m)
{
	static const char *const copulas[] = {"is", "was", "as", "became", "remains", NULL};
	const struct quoth_document *doc = discourse->doc;
	uint32_t end = doc->mentions[m].tokens.end, next = m + 1;

	while (next < doc->n_mentions && doc->mentions[next].tokens.begin < end + 1)
		if (++next - m > SCAN)
			return QUOTH_NONE;
	if (next < doc->n_mentions && doc->mentions[next].kind == QUOTH_PRONOUN_MENTION)
		next++;
	if (next >= doc->n_mentions || doc->mentions[next].kind != QUOTH_NOMINAL_MENTION ||
	    doc->mentions[next].tokens.begin > end + 2 + COPULA_REACH ||
	    doc->tokens[end].sentence != doc->tokens[doc->mentions[next].head].sentence ||
	    doc->mentions[next].number == QUOTH_PLURAL ||
	    !(quoth_token_lexeme(discourse, doc->mentions[next].head)->flags &
	      (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_TITLE)))
		return QUOTH_NONE;
	/* "X is a stronger candidate" tells no office. */
	for (uint32_t i = doc->mentions[next].tokens.begin; i < doc->mentions[next].head; i++)
		if (doc->tokens[i].tag == QUOTH_TAG_JJR || doc->tokens[i].tag == QUOTH_TAG_JJS)
			return QUOTH_NONE;
	return quoth_token_is_one_of(doc, doc->mentions[next].tokens.begin - 1, copulas) ? next : QUOTH_NONE;
}

/* "X, a prominent Democrat,", "X, now the majority leader,": the mention behind a name's comma that renames it. */
static uint32_t find_renaming(const struct quoth_discourse *discourse, uint32_t m)
{
	static const char *const articles[] = {"a", "an", "the", NULL};
	const struct quoth_document *doc = discourse->doc;
	uint32_t begin = doc->mentions[m].tokens.end, next;
	const struct quoth_mention *mention;

	if (begin + 1 >= doc->n_tokens || doc->tokens[begin].mark != QUOTH_COMMA)
		return QUOTH_NONE;
	begin += 1 + (doc->tokens[begin + 1].tag == QUOTH_TAG_RB);
	next = quoth_mention_from(doc, begin);
	if (next >= doc->n_mentions || doc->mentions[next].tokens.begin != begin)
		return QUOTH_NONE;
	mention = &doc->mentions[next];
	if (mention->kind == QUOTH_PRONOUN_MENTION || mention->number == QUOTH_PLURAL || mention->is_group ||
	    !mention->is_animate || !quoth_token_is_one_of(doc, begin, articles) ||
	    (mention->tokens.end < doc->n_tokens && doc->tokens[mention->tokens.end].kind != QUOTH_PUNCTUATION))
		return QUOTH_NONE;
	if (quoth_token_lexeme(discourse, mention->head)->flags & (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_TITLE))
		return next;
	return mention->kind == QUOTH_NAME_MENTION && mention->name_class != QUOTH_NAME_PERSON &&
	       !quoth_token_is_one_of(doc, begin, articles + 2) ? next : QUOTH_NONE;
}

/* A name of no known class that a noun for people renames is a person's. */
static void believe_person(struct quoth_cluster *cluster, const struct quoth_lexeme *head)
{
	if (quoth_cluster_class(cluster) == QUOTH_NAME_OTHER && cluster->number != QUOTH_PLURAL &&
	    head->number != QUOTH_PLURAL && head->flags & (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_TITLE))
		cluster->votes[QUOTH_NAME_PERSON] = UINT16_MAX;
}

/* A nominal and a name that stand in apposition, either before the other. */
static int place_apposition(struct quoth_discourse *discourse, uint32_t m)
{
	const struct quoth_mention *mentions = discourse->doc->mentions;
	uint32_t other = mentions[m].apposition;
	uint32_t name = mentions[m].kind == QUOTH_NAME_MENTION ? m : other;
	uint32_t nominal = name == m ? other : m;

	if (other == QUOTH_NONE || other >= discourse->doc->n_mentions || other == m ||
	    mentions[name].kind != QUOTH_NAME_MENTION || mentions[name].is_group || mentions[nominal].is_group ||
	    mentions[nominal].kind != QUOTH_NOMINAL_MENTION ||
	    discourse->cluster_of[name] == QUOTH_NONE)
		return 0;
	discourse->cluster_of[nominal] = discourse->cluster_of[name];
	discourse->marks[nominal] |= QUOTH_IS_RENAMED;
	believe_person(&discourse->clusters[discourse->cluster_of[name]],
		       quoth_token_lexeme(discourse, mentions[nominal].head));
	return is_person(discourse, discourse->cluster_of[name]) ?
		quoth_role_add(discourse, discourse->cluster_of[name], mentions[nominal].tokens) : 0;
}

int quoth_roles_collect(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];
		uint32_t cluster = discourse->cluster_of[m], complement;

		error = place_apposition(discourse, m);
		if (error || mention->is_group || cluster == QUOTH_NONE || discourse->marks[m] & QUOTH_IS_RENAMED)
			continue;
		if (mention->kind == QUOTH_NAME_MENTION && !quoth_range_is_empty(mention->title))
			error = quoth_role_add(discourse, cluster, mention->title);
		if (error || !is_person(discourse, cluster))
			continue;
		complement = mention->apposition == QUOTH_NONE ? find_renaming(discourse, m) : QUOTH_NONE;
		if (complement == QUOTH_NONE)
			complement = find_complement(discourse, m);
		if (complement == QUOTH_NONE || discourse->cluster_of[complement] == cluster)
			continue;
		discourse->cluster_of[complement] = cluster;
		discourse->marks[complement] |= QUOTH_IS_RENAMED;
		error = quoth_role_add(discourse, cluster, doc->mentions[complement].tokens);
	}
	return error;
}

/* Fuller is better, and what is said more than once; a role that has no noun for a person is hardly one. */
static int weigh_role(const struct quoth_discourse *discourse, const struct quoth_role *role)
{
	uint32_t flags = quoth_token_lexeme(discourse, quoth_role_head(discourse, role->tokens))->flags;
	uint32_t length = quoth_range_length(role->tokens);

	return (int)(length < FULL_WORDS ? length : FULL_WORDS) + (role->n_uses > 1) +
	       (flags & (QUOTH_LEX_TITLE | QUOTH_LEX_SPEAKER_NOUN) ? FULL_WORDS : 0);
}

struct quoth_range quoth_role_choose(const struct quoth_discourse *discourse, uint32_t cluster)
{
	struct quoth_range best = {0, 0};
	int best_weight = 0;
	uint32_t i = discourse->clusters[cluster].roles;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_cluster) {
		int weight = weigh_role(discourse, &discourse->roles[i]);

		if (weight >= best_weight && !discourse->roles[i].is_relation) {
			best = discourse->roles[i].tokens;
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
