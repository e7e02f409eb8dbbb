#include "stages/resolve_names.h"

#include "stages/resolve_bearers.h"
#include "stages/resolve_words.h"

/* ---- clusters of full names ---- */

static bool is_name(const struct quoth_mention *mention)
{
	return mention->kind == QUOTH_NAME_MENTION && !mention->is_group && !quoth_range_is_empty(mention->name);
}

static bool is_in_body(const struct quoth_document *doc, uint32_t mention)
{
	uint32_t paragraph = doc->sentences[doc->tokens[doc->mentions[mention].head].sentence].paragraph;

	return doc->paragraphs[paragraph].kind == QUOTH_BODY && !quoth_paragraph_is_headline(doc, paragraph);
}

/* More words make a name fuller, generations and middle names among them; capitals of a headline do not. */
static bool is_fuller(const struct quoth_discourse *discourse, const struct quoth_name *name, uint32_t mention,
		      const struct quoth_cluster *cluster)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t length = quoth_range_length(doc->mentions[mention].name);
	uint32_t old = quoth_range_length(doc->mentions[cluster->display].name);

	if ((cluster->name.n == 1) != (name->n == 1))
		return cluster->name.n == 1;
	if (cluster->name.is_upper && name->n == 1 && !name->is_upper)
		return true;
	/* What stands before a known forename is none of the name. */
	if (name->n > 1 && cluster->name.has_forename != name->has_forename)
		return name->has_forename;
	if (is_in_body(doc, mention) != is_in_body(doc, cluster->display))
		return is_in_body(doc, mention) && name->n > 1;
	if (name->n > 1 && name->is_initial[0] != cluster->name.is_initial[0])
		return cluster->name.is_initial[0];
	if (name->n != cluster->name.n)
		return name->n > cluster->name.n;
	return length > old;
}

static void vote(const struct quoth_discourse *discourse, struct quoth_cluster *cluster,
		 const struct quoth_mention *mention)
{
	if (cluster->votes[quoth_mention_class(discourse, mention)] < UINT16_MAX)
		cluster->votes[quoth_mention_class(discourse, mention)]++;
}

/* Puts the cluster at the head of the chain of a key. */
static int chain(struct quoth_discourse *discourse, enum quoth_index_table table, uint32_t key, uint32_t cluster,
		 uint32_t *next)
{
	uint32_t head = quoth_index_find(discourse, table, key);

	if (head == cluster)
		return 0;
	*next = head;
	return quoth_index_set(discourse, table, key, cluster);
}

static int index_cluster(struct quoth_discourse *discourse, uint32_t i)
{
	struct quoth_cluster *cluster = &discourse->clusters[i];
	const struct quoth_name *name = &cluster->name;
	int error = quoth_index_set(discourse, QUOTH_BY_FULL, quoth_name_hash(name), i);

	if (!error && cluster->next_last == QUOTH_NONE)
		error = chain(discourse, QUOTH_BY_LAST, name->words[name->n - 1], i, &cluster->next_last);
	if (!error && name->n > 1 && cluster->next_first == QUOTH_NONE)
		error = chain(discourse, QUOTH_BY_FIRST, name->words[0], i, &cluster->next_first);
	if (!error && name->n_acronym > 1)
		error = quoth_index_set(discourse, QUOTH_BY_ACRONYM, name->acronym, i);
	return error;
}

static int start_cluster(struct quoth_discourse *discourse, uint32_t mention, const struct quoth_name *name,
			 uint32_t *cluster)
{
	int error = quoth_cluster_add(discourse, QUOTH_NAME_CLUSTER, mention, cluster);

	if (error)
		return error;
	discourse->clusters[*cluster].name = *name;
	return index_cluster(discourse, *cluster);
}

static int join_cluster(struct quoth_discourse *discourse, uint32_t mention, const struct quoth_name *name,
			uint32_t i)
{
	struct quoth_cluster *cluster = &discourse->clusters[i];

	if (!is_fuller(discourse, name, mention, cluster))
		return 0;
	cluster->display = mention;
	if (name->n < cluster->name.n)
		return 0;
	cluster->name = *name;
	return quoth_index_set(discourse, QUOTH_BY_FULL, quoth_name_hash(name), i);
}

static bool can_be_person(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	unsigned name_class = quoth_mention_class(discourse, mention);

	return name_class == QUOTH_NAME_PERSON || name_class == QUOTH_NOT_A_NAME;
}

static bool classes_agree(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
			  const struct quoth_cluster *cluster)
{
	return (quoth_mention_class(discourse, mention) == QUOTH_NAME_PERSON) ==
	       (quoth_cluster_class(cluster) == QUOTH_NAME_PERSON);
}

/* "Suu Kyi" in "Aung San Suu Kyi", one of which was read as another class of name. */
static bool is_swallowed(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
			 const struct quoth_name *name, const struct quoth_cluster *cluster)
{
	bool is_longer = name->n > cluster->name.n;

	return name->n != cluster->name.n && name->n > 1 && cluster->name.n > 1 &&
	       (is_longer ? quoth_cluster_class(cluster) : quoth_mention_class(discourse, mention)) == QUOTH_NAME_PERSON &&
	       quoth_things_agree(name, &cluster->name);
}

/* The cluster of a name in full: the same words, else the newest with the same last word that agrees. */
static uint32_t find_full(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
			  const struct quoth_name *name)
{
	uint32_t i = quoth_index_find(discourse, QUOTH_BY_FULL, quoth_name_hash(name));

	if (i != QUOTH_NONE && quoth_bearer_fits(discourse, mention, &discourse->clusters[i]) &&
	    quoth_genders_agree(discourse->clusters[i].gender, mention->gender) &&
	    (!name->generation || !discourse->clusters[i].name.generation ||
	     name->generation == discourse->clusters[i].name.generation))
		return i;
	i = quoth_index_find(discourse, QUOTH_BY_LAST, name->words[name->n - 1]);
	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->clusters[i].next_last) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];

		if (!quoth_genders_agree(cluster->gender, mention->gender))
			continue;
		if (is_swallowed(discourse, mention, name, cluster))
			return i;
		if (!classes_agree(discourse, mention, cluster))
			continue;
		if (can_be_person(discourse, mention) ? quoth_persons_agree(&cluster->name, name) :
					     quoth_things_agree(&cluster->name, name))
			return i;
	}
	i = quoth_index_find(discourse, QUOTH_BY_FIRST, name->words[0]);
	for (unsigned n = 0; can_be_person(discourse, mention) && i != QUOTH_NONE && n < SCAN; n++) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];

		if (classes_agree(discourse, mention, cluster) && quoth_persons_agree(&cluster->name, name))
			return i;
		i = cluster->next_first;
	}
	return QUOTH_NONE;
}

enum link_stage { BODY, HEADLINES };

static int link_full_name(struct quoth_discourse *discourse, uint32_t m, const struct quoth_name *name,
			  enum link_stage stage)
{
	const struct quoth_mention *mention = &discourse->doc->mentions[m];
	uint32_t cluster = find_full(discourse, mention, name);
	int error = 0;

	/* A headline's capitals run names into what follows; that waits until all others are known. */
	if (cluster == QUOTH_NONE && stage == HEADLINES)
		return 0;
	error = cluster == QUOTH_NONE ? start_cluster(discourse, m, name, &cluster) :
					join_cluster(discourse, m, name, cluster);
	if (error)
		return error;
	discourse->cluster_of[m] = cluster;
	discourse->clusters[cluster].n_full++;
	if (quoth_mention_has_office(discourse, &discourse->doc->mentions[m]))
		discourse->clusters[cluster].titled = m;
	vote(discourse, &discourse->clusters[cluster], mention);
	quoth_cluster_learn_gender(&discourse->clusters[cluster], mention->gender);
	return 0;
}

/* Names in full of the body's paragraphs, or of all others. */
static int link_full_names(struct quoth_discourse *discourse, enum link_stage stage)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		if (!is_name(&doc->mentions[m]) || is_in_body(doc, m) != (stage == BODY))
			continue;
		quoth_name_read(discourse, doc->mentions[m].name, &name);
		if (name.n > 1)
			error = link_full_name(discourse, m, &name, stage);
	}
	return error;
}

/* ---- single words ---- */

static int link_single(struct quoth_discourse *discourse, uint32_t m, const struct quoth_name *name)
{
	uint32_t cluster = quoth_bearer_find(discourse, &discourse->doc->mentions[m], name);
	int error = cluster == QUOTH_NONE ? start_cluster(discourse, m, name, &cluster) :
					    join_cluster(discourse, m, name, cluster);

	if (error)
		return error;
	discourse->cluster_of[m] = cluster;
	discourse->clusters[cluster].n_short++;
	if (discourse->clusters[cluster].name.n == 1 && quoth_mention_has_office(discourse, &discourse->doc->mentions[m]))
		discourse->clusters[cluster].titled = m;
	/* "Bloomberg" does not tell what Michael Bloomberg is. */
	if (discourse->clusters[cluster].name.n == 1)
		vote(discourse, &discourse->clusters[cluster], &discourse->doc->mentions[m]);
	quoth_cluster_learn_gender(&discourse->clusters[cluster], discourse->doc->mentions[m].gender);
	return quoth_index_set(discourse, QUOTH_BY_MEANT, name->words[0], cluster);
}

/* "Mr. Lee" in an article that names but "Ann Lee" in full is somebody else; he has to be known, and how often he is
 * named, before "Lee" is read. */
static int start_gendered(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		uint32_t cluster;

		if (!is_name(&doc->mentions[m]) || discourse->cluster_of[m] != QUOTH_NONE ||
		    quoth_range_is_empty(doc->mentions[m].title) || !(doc->mentions[m].gender % QUOTH_NEUTER))
			continue;
		quoth_name_read(discourse, doc->mentions[m].name, &name);
		if (name.n != 1 || quoth_index_find(discourse, QUOTH_BY_LAST, name.words[0]) == QUOTH_NONE)
			continue;
		cluster = quoth_bearer_find(discourse, &discourse->doc->mentions[m], &name);
		if (cluster == QUOTH_NONE || discourse->clusters[cluster].name.n == 1)
			error = link_single(discourse, m, &name);
	}
	return error;
}

/* A headline's capitals run names into what follows: "Ann Lee Calls Talks Off" is the body's Ann Lee. */
static uint32_t find_prefix(const struct quoth_discourse *discourse, uint32_t m, const struct quoth_name *name)
{
	for (uint8_t n = name->n - 1; n > 0; n--) {
		struct quoth_name prefix = *name;
		uint32_t i;

		prefix.n = n;
		i = n > 1 ? quoth_index_find(discourse, QUOTH_BY_FULL, quoth_name_hash(&prefix)) :
			    quoth_bearer_choose(discourse, &discourse->doc->mentions[m],
						quoth_index_find(discourse, QUOTH_BY_LAST, prefix.words[0]), true,
						quoth_index_find(discourse, QUOTH_BY_MEANT, prefix.words[0]));
		if (i != QUOTH_NONE && quoth_cluster_class(&discourse->clusters[i]) == QUOTH_NAME_PERSON)
			return i;
	}
	return QUOTH_NONE;
}

static int link_headlines(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		uint32_t cluster;

		if (!is_name(&doc->mentions[m]) || discourse->cluster_of[m] != QUOTH_NONE)
			continue;
		quoth_name_read(discourse, doc->mentions[m].name, &name);
		if (!name.n)
			continue;
		cluster = find_full(discourse, &doc->mentions[m], &name);
		if (cluster != QUOTH_NONE && name.has_forename && name.n > 1 && discourse->clusters[cluster].name.n == 1)
			error = join_cluster(discourse, m, &name, cluster);
		if (cluster == QUOTH_NONE)
			cluster = find_prefix(discourse, m, &name);
		if (cluster == QUOTH_NONE) {
			error = start_cluster(discourse, m, &name, &cluster);
			if (!error)
				vote(discourse, &discourse->clusters[cluster], &doc->mentions[m]);
		}
		discourse->cluster_of[m] = cluster;
	}
	return error;
}

/* A surname that is a common word, too, and was not read as a name: "Dean". */
static void link_words(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];
		uint32_t cluster;

		if (mention->kind != QUOTH_NOMINAL_MENTION || quoth_range_length(mention->tokens) != 1 ||
		    doc->tokens[mention->head].shape == QUOTH_SHAPE_LOWER)
			continue;
		cluster = quoth_names_find(discourse, mention->tokens);
		if (cluster != QUOTH_NONE && quoth_cluster_class(&discourse->clusters[cluster]) == QUOTH_NAME_PERSON)
			discourse->cluster_of[m] = cluster;
		discourse->marks[m] |= discourse->cluster_of[m] == QUOTH_NONE ? 0 : QUOTH_IS_NAMED;
	}
}

int quoth_names_link(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_name name;
	int error = link_full_names(discourse, BODY);

	if (!error)
		error = link_full_names(discourse, HEADLINES);
	if (!error)
		error = start_gendered(discourse);
	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		if (!is_name(&doc->mentions[m]))
			continue;
		if (discourse->cluster_of[m] == QUOTH_NONE) {
			quoth_name_read(discourse, doc->mentions[m].name, &name);
			if (name.n != 1)
				continue;
			error = link_single(discourse, m, &name);
		}
		if (!error)
			discourse->clusters[discourse->cluster_of[m]].last_mention = m;
	}
	if (!error)
		error = link_headlines(discourse);
	for (uint32_t i = 0; i < discourse->n_clusters; i++)
		discourse->clusters[i].last_mention = QUOTH_NONE;
	if (!error)
		link_words(discourse);
	return error;
}

uint32_t quoth_names_find(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	struct quoth_name name;
	uint32_t i;

	if (quoth_range_length(tokens) > 2 * NAME_WORDS)
		return QUOTH_NONE;
	quoth_name_read(discourse, tokens, &name);
	if (!name.n)
		return QUOTH_NONE;
	i = quoth_index_find(discourse, QUOTH_BY_FULL, quoth_name_hash(&name));
	if (i != QUOTH_NONE || name.n > 1)
		return i;
	return quoth_bearer_most(discourse, name.words[0]);
}
