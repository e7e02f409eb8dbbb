#include "stages/resolve_discourse.h"

#include "stages/resolve_roles.h"

#include <string.h>

enum { FIRST_SLOTS = 256, FIRST_CLUSTERS = 64 };

/* ---- index ---- */

static uint32_t mix_key(enum quoth_index_table table, uint32_t key)
{
	uint32_t mixed = (key + table) * 0x9e3779b1u;

	mixed ^= mixed >> 15;
	mixed *= 0x85ebca77u;
	mixed ^= mixed >> 13;
	return mixed ? mixed : 1;
}

static struct quoth_index_slot *find_slot(const struct quoth_index *index, uint32_t mixed)
{
	uint32_t i = mixed & (index->n_slots - 1);

	while (index->slots[i].key && index->slots[i].key != mixed)
		i = (i + 1) & (index->n_slots - 1);
	return &index->slots[i];
}

uint32_t quoth_index_find(const struct quoth_discourse *discourse, enum quoth_index_table table, uint32_t key)
{
	const struct quoth_index_slot *slot;

	if (!discourse->index.n_slots)
		return QUOTH_NONE;
	slot = find_slot(&discourse->index, mix_key(table, key));
	return slot->key ? slot->value : QUOTH_NONE;
}

static int grow_index(struct quoth_arena *arena, struct quoth_index *index)
{
	struct quoth_index old = *index;

	index->n_slots = old.n_slots ? 2 * old.n_slots : FIRST_SLOTS;
	index->slots = quoth_arena_array(arena, index->n_slots, sizeof *index->slots);
	if (!index->slots) {
		*index = old;
		return QUOTH_NO_MEMORY;
	}
	memset(index->slots, 0, index->n_slots * sizeof *index->slots);
	for (uint32_t i = 0; i < old.n_slots; i++)
		if (old.slots[i].key)
			*find_slot(index, old.slots[i].key) = old.slots[i];
	return 0;
}

int quoth_index_set(struct quoth_discourse *discourse, enum quoth_index_table table, uint32_t key, uint32_t value)
{
	struct quoth_index *index = &discourse->index;
	struct quoth_index_slot *slot;

	if (2 * (index->n_used + 1) > index->n_slots && grow_index(discourse->doc->arena, index))
		return QUOTH_NO_MEMORY;
	slot = find_slot(index, mix_key(table, key));
	index->n_used += !slot->key;
	slot->key = mix_key(table, key);
	slot->value = value;
	return 0;
}

/* ---- clusters ---- */

int quoth_cluster_add(struct quoth_discourse *discourse, enum quoth_cluster_type type, uint32_t mention,
		      uint32_t *cluster)
{
	const struct quoth_mention *m = mention == QUOTH_NONE ? NULL : &discourse->doc->mentions[mention];

	if (discourse->n_clusters == discourse->clusters_size) {
		uint32_t larger = discourse->clusters_size ? 2 * discourse->clusters_size : FIRST_CLUSTERS;
		struct quoth_cluster *grown = quoth_arena_grow(discourse->doc->arena, discourse->clusters,
							       discourse->clusters_size * sizeof *grown,
							       larger * sizeof *grown);

		if (!grown)
			return QUOTH_NO_MEMORY;
		discourse->clusters = grown;
		discourse->clusters_size = larger;
	}
	*cluster = discourse->n_clusters++;
	discourse->clusters[*cluster] = (struct quoth_cluster){
		.display = mention, .titled = QUOTH_NONE, .last_mention = QUOTH_NONE,
		.last_subject = QUOTH_NONE,
		.next_last = QUOTH_NONE, .next_first = QUOTH_NONE, .next_head = QUOTH_NONE, .roles = QUOTH_NONE,
		.type = type, .gender = m ? m->gender : QUOTH_GENDER_UNKNOWN,
		.number = m ? m->number : QUOTH_NUMBER_UNKNOWN};
	return 0;
}

/* "Controversies" say nothing; a plural that the lists do not know and that ends like "backers", "analysts" may. */
static bool is_mute(const struct quoth_discourse *discourse, const struct quoth_cluster *cluster)
{
	static const char *const agents[] = {"ers", "ors", "ists", "ians", "ants", "ents", "ees", "men", NULL};
	const struct quoth_mention *mention = cluster->display == QUOTH_NONE ? NULL :
					      &discourse->doc->mentions[cluster->display];
	const char *text;
	uint32_t length;

	if (!mention || cluster->type != QUOTH_DESCRIPTION_CLUSTER || mention->kind != QUOTH_NOMINAL_MENTION ||
	    mention->is_animate || mention->is_group ||
	    quoth_token_lexeme(discourse, mention->head)->flags & (QUOTH_LEX_DOCUMENT_NOUN | QUOTH_LEX_INDEFINITE))
		return false;
	text = quoth_token_text(discourse->doc, mention->head);
	length = discourse->doc->tokens[mention->head].length;
	for (unsigned i = 0; agents[i]; i++)
		if (length > strlen(agents[i]) + 2 &&
		    memcmp(text + length - strlen(agents[i]), agents[i], strlen(agents[i])) == 0)
			return false;
	return true;
}

static enum quoth_ring ring_of(const struct quoth_discourse *discourse, uint32_t cluster)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	enum quoth_speaker_kind kind = quoth_cluster_kind(discourse, cluster);

	if (c->type == QUOTH_JOINT_CLUSTER || c->number == QUOTH_PLURAL || kind == QUOTH_GROUP)
		return is_mute(discourse, c) ? QUOTH_N_RINGS : QUOTH_RING_SEVERAL;
	if (kind == QUOTH_PERSON || kind == QUOTH_UNNAMED)
		return QUOTH_RING_PERSONS;
	return c->type == QUOTH_NAME_CLUSTER || discourse->doc->mentions[c->display].is_animate ||
	       quoth_token_lexeme(discourse, discourse->doc->mentions[c->display].head)->flags & QUOTH_LEX_DOCUMENT_NOUN ?
	       QUOTH_RING_BODIES : QUOTH_N_RINGS;
}

static void move_to_front(struct quoth_discourse *discourse, uint32_t cluster)
{
	enum quoth_ring ring = ring_of(discourse, cluster);
	uint32_t *recent, *n, i = 0;

	if (ring == QUOTH_N_RINGS)
		return;
	recent = discourse->recent[ring];
	n = &discourse->n_recent[ring];
	while (i < *n && recent[i] != cluster)
		i++;
	if (i == *n && *n < RECENT)
		++*n;
	if (i == RECENT)
		i--;
	for (; i > 0; i--)
		recent[i] = recent[i - 1];
	recent[0] = cluster;
}

void quoth_cluster_mention(struct quoth_discourse *discourse, uint32_t cluster, uint32_t mention)
{
	struct quoth_cluster *c = &discourse->clusters[cluster];
	const struct quoth_mention *m = &discourse->doc->mentions[mention];
	unsigned marks = discourse->marks[mention];
	bool is_same_clause = c->last_mention != QUOTH_NONE && marks & QUOTH_IS_RENAMED;

	discourse->cluster_of[mention] = cluster;
	c->n_mentions++;
	/* An apposition says nothing of the place of its name in the clause. */
	if (!is_same_clause)
		c->marks = (uint8_t)marks;
	c->last_mention = mention;
	c->last_token = m->head;
	if (marks & QUOTH_IS_SUBJECT)
		c->last_subject = m->head;
	quoth_cluster_learn_gender(c, m->gender);
	move_to_front(discourse, cluster);
	/* Who is quoted within another's words, or but named beside a noun ("Clinton's claim"), does not have the floor. */
	if (marks & QUOTH_IS_SOURCE && !(marks & QUOTH_IS_POSSESSIVE) && discourse->holder[mention] == QUOTH_NONE)
		discourse->last_speaker = cluster;
}

void quoth_cluster_source(struct quoth_discourse *discourse, uint32_t cluster, uint32_t token)
{
	struct quoth_cluster *c = &discourse->clusters[cluster];

	if (c->last_mention == QUOTH_NONE)
		c->last_mention = c->display;
	c->n_mentions++;
	c->last_token = token;
	c->last_subject = token;
	c->marks = QUOTH_IS_SOURCE | QUOTH_IS_SUBJECT;
	move_to_front(discourse, cluster);
	discourse->last_speaker = cluster;
}

enum quoth_name_class quoth_cluster_class(const struct quoth_cluster *cluster)
{
	unsigned best = QUOTH_NOT_A_NAME;

	for (unsigned i = 0; i < QUOTH_N_NAME_CLASSES; i++)
		if (cluster->votes[i] > cluster->votes[best])
			best = i;
	return (enum quoth_name_class)best;
}

/* Marks have no lexeme. */
static bool is_share(const struct quoth_discourse *discourse, uint32_t token)
{
	return quoth_token_is_in(discourse, token, QUOTH_SET_SHARE) ||
	       discourse->doc->tokens[token].form == quoth_form_hash("%", 1);
}

static enum quoth_speaker_kind describe_kind(const struct quoth_discourse *discourse,
					     const struct quoth_cluster *cluster)
{
	const struct quoth_mention *mention = cluster->display == QUOTH_NONE ? NULL :
					      &discourse->doc->mentions[cluster->display];
	uint32_t head = mention ? mention->head : quoth_role_head(discourse, cluster->described);
	uint32_t flags = quoth_token_lexeme(discourse, head)->flags;
	bool is_one = quoth_range_is_one_of_several(discourse->doc, cluster->described);
	bool is_plural = !is_one && cluster->number == QUOTH_PLURAL;

	/* "many", "those", "41 percent"; "someone" */
	if (flags & QUOTH_LEX_INDEFINITE)
		return quoth_token_lexeme(discourse, head)->number == QUOTH_PLURAL ? QUOTH_GROUP : QUOTH_UNNAMED;
	if (is_share(discourse, head))
		return QUOTH_GROUP;
	if (!is_plural && flags & QUOTH_LEX_ORGANIZATION_NOUN)
		return QUOTH_ORGANIZATION;
	if (flags & QUOTH_LEX_DOCUMENT_NOUN && !(flags & (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_GROUP_NOUN)))
		return QUOTH_ORGANIZATION;
	if (is_plural || (!is_one && flags & QUOTH_LEX_GROUP_NOUN && !(flags & QUOTH_LEX_SPEAKER_NOUN)))
		return QUOTH_GROUP;
	return flags & QUOTH_LEX_SPEAKER_NOUN || (mention && mention->is_animate) ? QUOTH_UNNAMED : QUOTH_ORGANIZATION;
}

static enum quoth_speaker_kind single_kind(const struct quoth_discourse *discourse, const struct quoth_cluster *cluster)
{
	if (cluster->type == QUOTH_DESCRIPTION_CLUSTER)
		return describe_kind(discourse, cluster);
	return quoth_cluster_class(cluster) == QUOTH_NAME_PERSON ? QUOTH_PERSON : QUOTH_ORGANIZATION;
}

/* Persons together are persons, organisations organisations, all else a group. */
static enum quoth_speaker_kind joint_kind(const struct quoth_discourse *discourse, const struct quoth_cluster *cluster)
{
	enum quoth_speaker_kind kind = single_kind(discourse, &discourse->clusters[cluster->members[0]]);

	for (uint8_t i = 1; i < cluster->n_members; i++)
		if (single_kind(discourse, &discourse->clusters[cluster->members[i]]) != kind)
			return QUOTH_GROUP;
	return kind == QUOTH_UNNAMED ? QUOTH_GROUP : kind;
}

enum quoth_speaker_kind quoth_cluster_kind(const struct quoth_discourse *discourse, uint32_t i)
{
	const struct quoth_cluster *cluster = &discourse->clusters[i];

	if (cluster->type == QUOTH_JOINT_CLUSTER)
		return joint_kind(discourse, cluster);
	return single_kind(discourse, cluster);
}

uint32_t quoth_cluster_distance(const struct quoth_discourse *discourse, uint32_t cluster, uint32_t token)
{
	const struct quoth_document *doc = discourse->doc;

	if (discourse->clusters[cluster].last_mention == QUOTH_NONE)
		return UINT32_MAX;
	return doc->tokens[token].sentence - doc->tokens[discourse->clusters[cluster].last_token].sentence;
}

/* ---- words ---- */

bool quoth_range_is_one_of_several(const struct quoth_document *doc, struct quoth_range tokens)
{
	return quoth_range_length(tokens) > 2 && doc->tokens[tokens.begin].form == quoth_form_hash("one", 3) &&
	       doc->tokens[tokens.begin + 1].form == quoth_form_hash("of", 2);
}

uint32_t quoth_word_key(const struct quoth_discourse *discourse, uint32_t token)
{
	const struct quoth_lexeme *lexeme = quoth_token_lexeme(discourse, token);

	if (!discourse->doc->tokens[token].lexeme)
		return discourse->doc->tokens[token].form;
	return lexeme->synonym ? lexeme->synonym : lexeme->lemma;
}

/* "Those" of "those around him" determines nothing. */
static bool is_head(const struct quoth_discourse *discourse, uint32_t token)
{
	unsigned next = discourse->doc->tokens[token + 1].tag;

	return (next == QUOTH_TAG_IN || next == QUOTH_TAG_TO || next == QUOTH_TAG_WP || next == QUOTH_TAG_WDT) &&
	       quoth_token_is_in(discourse, token, QUOTH_SET_DEMONSTRATIVE);
}

struct quoth_range quoth_range_trim(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;

	while (tokens.begin + 1 < tokens.end &&
	       (doc->tokens[tokens.begin].kind >= QUOTH_QUOTE_MARK ||
		(quoth_token_is_in(discourse, tokens.begin, QUOTH_SET_DETERMINER) && !is_head(discourse, tokens.begin))))
		tokens.begin++;
	while (tokens.begin + 1 < tokens.end && (doc->tokens[tokens.end - 1].tag == QUOTH_TAG_POS ||
						 doc->tokens[tokens.end - 1].mark == QUOTH_COMMA ||
						 doc->tokens[tokens.end - 1].mark == QUOTH_COLON))
		tokens.end--;
	return tokens;
}
