#include "stages/resolve_descriptions.h"

#include "stages/resolve_epithets.h"
#include "stages/resolve_explain.h"
#include "stages/resolve_joints.h"
#include "stages/resolve_names.h"
#include "stages/resolve_roles.h"
#include "stages/resolve_words.h"

/* Weights of whom a description means; a candidate needs ENOUGH. Chosen on the chosen-on half of the articles with
 * speakers, see "Speakers" in corpus/EVALUATION.md. */
enum {
	MODIFIERS_FIT = 5,	/* it has words beside its head, and the role has them all */
	SAID_HERE = 4,		/* named in this or the last sentence */
	SAID_NEAR = 2,		/* within NEAR sentences */
	SPOKE_LAST = 2,
	ONLY_HOLDER = 2,	/* nobody else in the article has such a role */
	NOT_YET_NAMED = -1,	/* in the first LEAD paragraphs, that tell who is named below */
	NEVER_NAMED = -3,	/* behind them */
	RANK_DIFFERS = -6,	/* "president", "vice president" */
	ADJECTIVE_UNKNOWN = -1,	/* "the outspoken senator" */
	ENOUGH = 1,
	LEAD = 4,		/* paragraphs, the headline among them */
	NEAR = 6,		/* sentences */
	FAR = 40,		/* sentences after which a bare description is taken up no more */
};

struct description {
	struct quoth_range tokens;	/* without determiner */
	uint32_t mention, head, head_key;
	uint32_t words[ROLE_WORDS];	/* keys of what modifies the head */
	bool is_place[ROLE_WORDS];	/* of each of them */
	uint8_t n_words, n_before;	/* n_before of them stand before the head */
	uint8_t n_adjectives;		/* further words, that a role need not have */
	bool is_definite, is_bare;	/* "the", "this", a possessive; no determiner at all */
	bool is_ranked;			/* has a word of rank: "former", "deputy" */
	bool is_owned;			/* "his" */
	bool is_noted;			/* for the explanation */
	bool has_owner;			/* "the company's" */
};

static bool is_content(const struct quoth_token *token)
{
	return token->tag == QUOTH_TAG_NN || token->tag == QUOTH_TAG_NNS || token->tag == QUOTH_TAG_NNP ||
	       token->tag == QUOTH_TAG_NNPS || token->tag == QUOTH_TAG_JJ || token->tag == QUOTH_TAG_CD ||
	       token->tag == QUOTH_TAG_JJS || token->tag == QUOTH_TAG_VBN || token->tag == QUOTH_TAG_VBG;
}

/* Lower-case adjectives before the head colour a description, they do not tell whom it means. */
static bool is_colour(const struct quoth_discourse *discourse, uint32_t token)
{
	const struct quoth_token *t = &discourse->doc->tokens[token];

	return (t->tag == QUOTH_TAG_JJ || t->tag == QUOTH_TAG_VBN || t->tag == QUOTH_TAG_VBG ||
		t->tag == QUOTH_TAG_JJS) &&
	       t->shape == QUOTH_SHAPE_LOWER && !(quoth_token_lexeme(discourse, token)->flags & QUOTH_LEX_NATIONALITY);
}

/* "Republican", "GOP", "Democratic" */
static bool is_party(const struct quoth_discourse *discourse, uint32_t token)
{
	const struct quoth_lexeme *lexeme = quoth_token_lexeme(discourse, token);

	if (lexeme->synonym)
		lexeme = quoth_lexeme_at(discourse->lexicon, quoth_lexicon_find(discourse->lexicon, lexeme->synonym));
	return lexeme->sets & QUOTH_SET_PARTISAN;
}

static bool is_place(const struct quoth_discourse *discourse, uint32_t token)
{
	return quoth_token_lexeme(discourse, token)->flags & QUOTH_LEX_PLACE ||
	       discourse->doc->tokens[token].name == QUOTH_NAME_PLACE;
}

static void read_determiner(const struct quoth_discourse *discourse, struct description *description)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t first = doc->mentions[description->mention].tokens.begin;
	unsigned tag = doc->tokens[first].tag;

	description->is_owned = quoth_token_lexeme(discourse, first)->flags & QUOTH_LEX_POSSESSIVE;
	description->is_definite = description->is_owned ||
				   quoth_token_is_in(discourse, first, QUOTH_SET_DEFINITE | QUOTH_SET_DEMONSTRATIVE);
	description->is_bare = !description->is_definite && tag != QUOTH_TAG_CD && is_content(&doc->tokens[first]) &&
			       !(quoth_token_lexeme(discourse, first)->flags & QUOTH_LEX_INDEFINITE);
}

static void read_description(const struct quoth_discourse *discourse, uint32_t mention,
			     struct description *description)
{
	const struct quoth_document *doc = discourse->doc;

	*description = (struct description){.mention = mention, .head = doc->mentions[mention].head};
	description->tokens = quoth_range_trim(discourse, doc->mentions[mention].tokens);
	if (!quoth_range_holds(description->tokens, description->head))
		description->head = quoth_role_head(discourse, description->tokens);
	description->head_key = quoth_word_key(discourse, description->head);
	read_determiner(discourse, description);
	for (uint32_t i = description->tokens.begin; i < description->tokens.end; i++) {
		bool is_ranked = quoth_token_is_in(discourse, i, QUOTH_SET_FORMER | QUOTH_SET_RANK);

		description->is_ranked |= is_ranked;
		if (doc->tokens[i].tag == QUOTH_TAG_POS && i < description->head)
			description->is_definite = description->has_owner = true;
		if (i == description->head || (!is_ranked && !is_content(&doc->tokens[i])))
			continue;
		if (!is_ranked && i < description->head && is_colour(discourse, i))
			description->n_adjectives++;
		else if (description->n_words < ROLE_WORDS) {
			description->is_place[description->n_words] = is_place(discourse, i) || is_party(discourse, i);
			description->words[description->n_words++] = quoth_word_key(discourse, i);
		}
		if (i < description->head)
			description->n_before = description->n_words;
	}
}

/* ---- words that a candidate has ---- */

struct word_set {
	uint32_t words[2 * ROLE_WORDS];
	unsigned n;
	bool is_ranked, has_place;
};

static void add_words(const struct quoth_discourse *discourse, struct word_set *set, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin; i < tokens.end && set->n < 2 * ROLE_WORDS; i++) {
		set->words[set->n++] = quoth_word_key(discourse, i);
		set->is_ranked |= quoth_token_is_in(discourse, i, QUOTH_SET_FORMER | QUOTH_SET_RANK);
		set->has_place |= is_place(discourse, i) || is_party(discourse, i);
	}
}

static bool has_word(const struct word_set *set, uint32_t word)
{
	for (unsigned i = 0; i < set->n; i++)
		if (set->words[i] == word)
			return true;
	return false;
}

static bool has_all(const struct word_set *set, const struct description *description)
{
	for (unsigned i = 0; i < description->n_words; i++)
		if (!has_word(set, description->words[i]))
			return false;
	return true;
}

/* "The Republican nominee" is nobody whom the article calls a Democrat. */
static bool is_of_other_party(const struct quoth_discourse *discourse, const struct description *description,
			      const struct quoth_cluster *cluster)
{
	uint32_t i = cluster->roles;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_cluster)
		for (uint32_t t = discourse->roles[i].tokens.begin; t < discourse->roles[i].tokens.end; t++) {
			bool is_same = !is_party(discourse, t);

			for (unsigned w = 0; w < description->n_words; w++)
				is_same |= description->words[w] == quoth_word_key(discourse, t);
			if (!is_same)
				return true;
		}
	return false;
}

/* Whether all words of a description that a set lacks are places or parties, and the set has none: "the Ohio governor"
 * may be "Gov. Dana Whitlock". */
static bool lacks_places_only(const struct word_set *set, const struct description *description)
{
	if (set->has_place)
		return false;
	for (unsigned i = 0; i < description->n_words; i++)
		if (!has_word(set, description->words[i]) && !description->is_place[i])
			return false;
	return true;
}

/* "The Moscow embassy in the US" is no "US embassy in Moscow", but "the ad's narrator" is "a narrator in the ad". */
static bool keeps_sides(const struct quoth_discourse *discourse, const struct description *description,
			const struct quoth_cluster *cluster)
{
	const struct quoth_mention *mention = &discourse->doc->mentions[cluster->display];
	struct word_set before = {.n = 0};

	if (description->has_owner)
		return true;
	add_words(discourse, &before, (struct quoth_range){mention->tokens.begin, mention->head});
	for (unsigned i = 0; i < description->n_words; i++)
		if (has_word(&before, description->words[i]) != (i < description->n_before))
			return false;
	return true;
}

/* ---- candidates ---- */

struct candidate {
	uint32_t cluster;
	int weight;
};

static int weigh_nearness(const struct quoth_discourse *discourse, const struct description *description,
			  uint32_t cluster)
{
	uint32_t distance = quoth_cluster_distance(discourse, cluster, description->head);
	int weight = cluster == discourse->last_speaker ? SPOKE_LAST : 0;

	if (distance == UINT32_MAX)
		return weight + (discourse->doc->sentences[discourse->doc->tokens[description->head].sentence].paragraph < LEAD ?
				 NOT_YET_NAMED : NEVER_NAMED);
	return weight + (distance < 2 ? SAID_HERE : distance <= NEAR ? SAID_NEAR : 0);
}

/* What spoke for a cluster, for explanations. */
static void note_candidate(const struct quoth_discourse *discourse, const struct description *description, uint32_t cluster,
			   int fit, struct quoth_reason evidence)
{
	const struct quoth_document *doc = discourse->doc;
	int nearness = weigh_nearness(discourse, description, cluster);
	int spoke_last = cluster == discourse->last_speaker ? SPOKE_LAST : 0;
	uint32_t distance = quoth_cluster_distance(discourse, cluster, description->head);
	struct quoth_reason reasons[] = {
		evidence,
		{.words = distance == UINT32_MAX ? "not named before" : distance < 2 ? "named in this or the last sentence" :
			  "named some sentences before", .entity = cluster, .weight = (float)(nearness - spoke_last)},
		{.words = "spoke last", .entity = cluster, .weight = (float)spoke_last},
	};

	reasons[0].entity = cluster;
	reasons[0].number = doc->sentences[doc->tokens[evidence.tokens.begin].sentence].paragraph + 1;
	reasons[0].weight = (float)fit;
	quoth_speaker_note(discourse, description->mention, cluster, (float)(fit + nearness), reasons,
			   sizeof reasons / sizeof *reasons);
}

/* fit: how well the words of the evidence fit. */
static void consider(const struct quoth_discourse *discourse, const struct description *description, struct candidate *best,
		     uint32_t cluster, int fit, struct quoth_reason evidence)
{
	int weight = fit + weigh_nearness(discourse, description, cluster);

	if (description->is_noted)
		note_candidate(discourse, description, cluster, fit, evidence);
	if (weight >= ENOUGH && weight > best->weight)
		*best = (struct candidate){cluster, weight};
}

static bool agrees(const struct quoth_discourse *discourse, const struct description *description,
		   const struct quoth_cluster *cluster)
{
	const struct quoth_mention *mention = &discourse->doc->mentions[description->mention];

	return quoth_genders_agree(mention->gender, cluster->gender) &&
	       (!mention->number || !cluster->number || mention->number == cluster->number);
}

/* Those whose role has the head noun. */
static void consider_roles(const struct quoth_discourse *discourse, const struct description *description,
			   struct candidate *best)
{
	uint32_t i = quoth_index_find(discourse, QUOTH_BY_ROLE, description->head_key);
	int only = i != QUOTH_NONE && quoth_role_is_only_holder(discourse, i) ? ONLY_HOLDER : 0;
	uint32_t flags = quoth_token_lexeme(discourse, description->head)->flags;
	bool is_body = flags & QUOTH_LEX_ORGANIZATION_NOUN && !(flags & PERSON_NOUNS);

	/* "The GOP" is no Republican, "the foundation" nobody who works there. */
	if (flags & QUOTH_LEX_ORGANIZATION && !(flags & PERSON_NOUNS))
		return;
	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_head) {
		const struct quoth_role *role = &discourse->roles[i];
		const struct quoth_cluster *cluster = &discourse->clusters[role->cluster];
		struct word_set set = {.n = 0};
		int fit;

		if (!agrees(discourse, description, cluster) || (is_body && role->traits & QUOTH_ROLE_IS_AFFILIATION))
			continue;
		add_words(discourse, &set, role->tokens);
		if (!description->n_words && quoth_cluster_distance(discourse, role->cluster, description->head) > FAR &&
		    cluster->last_mention != QUOTH_NONE)
			continue;
		add_words(discourse, &set, discourse->doc->mentions[cluster->display].name);
		if (!has_all(&set, description) &&
		    (!only || !lacks_places_only(&set, description) ||
		     quoth_token_is_in(discourse, description->head, QUOTH_SET_PARTISAN) ||
		     is_of_other_party(discourse, description, cluster) ||
		     quoth_cluster_distance(discourse, role->cluster, description->head) > NEAR))
			continue;
		fit = only + (description->n_words ? MODIFIERS_FIT : 0) +
		      (set.is_ranked != description->is_ranked ? RANK_DIFFERS : 0) +
		      description->n_adjectives * ADJECTIVE_UNKNOWN;
		consider(discourse, description, best, role->cluster, fit,
			 (struct quoth_reason){.words = "the article calls %e “%t” in paragraph %n",
					       .tokens = role->tokens});
	}
}

/* Organisations whose name ends in the head noun: "the committee". */
static void consider_names(const struct quoth_discourse *discourse, const struct description *description,
			   struct candidate *best)
{
	struct quoth_name name;
	uint32_t i;

	quoth_name_read(discourse, (struct quoth_range){description->head, description->head + 1}, &name);
	if (!name.n)
		return;
	i = quoth_index_find(discourse, QUOTH_BY_LAST, name.words[0]);
	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->clusters[i].next_last) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];
		struct word_set set = {.n = 0};

		if (cluster->last_mention == QUOTH_NONE || quoth_cluster_class(cluster) == QUOTH_NAME_PERSON ||
		    quoth_cluster_distance(discourse, i, description->head) > FAR)
			continue;
		add_words(discourse, &set, discourse->doc->mentions[cluster->display].name);
		if (has_all(&set, description))
			consider(discourse, description, best, i,
				 (description->n_words ? MODIFIERS_FIT : 0) + description->n_adjectives * ADJECTIVE_UNKNOWN,
				 (struct quoth_reason){.words = "the name has the noun: “%t”",
						       .tokens = discourse->doc->mentions[cluster->display].name});
	}
}

/* Earlier descriptions with the head noun. */
static void consider_descriptions(const struct quoth_discourse *discourse, const struct description *description,
				  struct candidate *best)
{
	uint32_t i = quoth_index_find(discourse, QUOTH_BY_DESCRIPTION, description->head_key);

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->clusters[i].next_head) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];
		struct word_set set = {.n = 0};

		if (!agrees(discourse, description, cluster) || cluster->last_mention == QUOTH_NONE ||
		    quoth_cluster_distance(discourse, i, description->head) > NEAR)
			continue;
		add_words(discourse, &set, quoth_range_trim(discourse, discourse->doc->mentions[cluster->display].tokens));
		if (has_all(&set, description) && keeps_sides(discourse, description, cluster) &&
		    set.is_ranked == description->is_ranked)
			consider(discourse, description, best, i, description->n_adjectives * ADJECTIVE_UNKNOWN,
				 (struct quoth_reason){.words = "the article gives no name; paragraph %n calls the source “%t”",
						       .tokens = discourse->doc->mentions[cluster->display].tokens});
	}
}

static int start_description(struct quoth_discourse *discourse, const struct description *description,
			     uint32_t *cluster)
{
	int error = quoth_cluster_add(discourse, QUOTH_DESCRIPTION_CLUSTER, description->mention, cluster);
	struct quoth_cluster *started;

	if (error)
		return error;
	started = &discourse->clusters[*cluster];
	started->described = discourse->doc->mentions[description->mention].tokens;
	started->next_head = quoth_index_find(discourse, QUOTH_BY_DESCRIPTION, description->head_key);
	return quoth_index_set(discourse, QUOTH_BY_DESCRIPTION, description->head_key, *cluster);
}

/* Epithets tell something of whom they mean: "the Republican nominee" is a role from now on. */
static int take_epithet(struct quoth_discourse *discourse, const struct description *description, uint32_t cluster)
{
	if (quoth_cluster_kind(discourse, cluster) != QUOTH_PERSON || !(description->n_words + description->n_adjectives) ||
	    !(quoth_token_lexeme(discourse, description->head)->flags & PERSON_NOUNS))
		return 0;
	return quoth_role_add(discourse, cluster, description->tokens, QUOTH_ROLE_IS_TAKEN_UP);
}

/* "The man who built the mill" is who did that, not the last man that was named. */
static bool is_defined(const struct quoth_document *doc, const struct quoth_mention *mention)
{
	return mention->tokens.end < doc->n_tokens && doc->tokens[mention->tokens.end].tag == QUOTH_TAG_WP;
}

int quoth_description_place(struct quoth_discourse *discourse, uint32_t mention, uint32_t *cluster)
{
	struct description description;
	struct candidate best = {QUOTH_NONE, ENOUGH - 1};
	const struct quoth_mention *m = &discourse->doc->mentions[mention];
	uint32_t members[2];

	if (quoth_pair_resolve(discourse, mention, members))
		return quoth_joint_make(discourse, mention, members, 2, cluster);
	read_description(discourse, mention, &description);
	description.is_noted = quoth_speaker_is_noted(discourse, mention);
	if (m->number != QUOTH_PLURAL && (description.is_definite || description.is_bare))
		consider_roles(discourse, &description, &best);
	if (best.cluster == QUOTH_NONE && description.is_definite && !description.is_owned)
		consider_names(discourse, &description, &best);
	if (best.cluster == QUOTH_NONE && description.is_definite && m->number != QUOTH_PLURAL &&
	    !is_defined(discourse->doc, m)) {
		best.cluster = quoth_epithet_resolve(discourse, mention);
		if (best.cluster != QUOTH_NONE && take_epithet(discourse, &description, best.cluster))
			return QUOTH_NO_MEMORY;
	}
	if (best.cluster == QUOTH_NONE && description.is_definite) {
		description.is_noted = quoth_speaker_is_noted(discourse, mention);	/* not with what a pronoun weighs */
		consider_descriptions(discourse, &description, &best);
	}
	if (best.cluster == QUOTH_NONE && !description.is_definite)
		best.cluster = quoth_lead_resolve(discourse, mention);
	if (best.cluster == QUOTH_NONE && description.is_definite && m->number != QUOTH_PLURAL)
		best.cluster = quoth_spouse_resolve(discourse, mention);
	if (best.cluster == QUOTH_NONE && (description.is_definite || description.is_bare))
		best.cluster = quoth_introduction_resolve(discourse, mention);
	*cluster = best.cluster;
	return best.cluster == QUOTH_NONE ? start_description(discourse, &description, cluster) : 0;
}
