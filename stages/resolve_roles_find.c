#include "stages/resolve_roles.h"

#define BIT(name) QUOTH_TAG_BIT(name)

enum {
	COPULA_REACH = 3,	/* tokens between a name and its copula's complement */
	MAX_TITLE = 8,		/* tokens of a title with an "of" */
};

static uint32_t flags_of(const struct quoth_discourse *discourse, uint32_t token)
{
	return quoth_token_lexeme(discourse, token)->flags;
}

static bool is_in(const struct quoth_document *doc, uint32_t token, uint64_t tags)
{
	return token < doc->n_tokens && (uint64_t)1 << doc->tokens[token].tag & tags;
}

static bool is_mark(const struct quoth_document *doc, uint32_t token, enum quoth_mark mark)
{
	return token < doc->n_tokens && doc->tokens[token].mark == mark;
}

static bool is_person(const struct quoth_discourse *discourse, uint32_t cluster)
{
	return quoth_cluster_class(&discourse->clusters[cluster]) == QUOTH_NAME_PERSON;
}

/* ---- behind a copula ---- */

/* Not what somebody says of somebody, "X is a stronger candidate", nor "X spoke as a guest did". */
static bool tells_office(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	const struct quoth_document *doc = discourse->doc;

	if (doc->tokens[mention->head].quote_depth ||
	    (doc->tokens[mention->tokens.begin - 1].form == quoth_form_hash("as", 2) &&
	     quoth_token_is_in(discourse, mention->tokens.begin, QUOTH_SET_INDEFINITE)))
		return false;
	for (uint32_t i = mention->tokens.begin; i < mention->head; i++)
		if (is_in(doc, i, BIT(JJR) | BIT(JJS)))
			return false;
	return true;
}

/* "X is the …", "X, who served as …", "X, named …": the mention that a name's copula leads to. */
static uint32_t find_complement(const struct quoth_discourse *discourse, uint32_t m)
{
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
	    doc->mentions[next].number == QUOTH_PLURAL || !(flags_of(discourse, doc->mentions[next].head) & PERSON_NOUNS))
		return QUOTH_NONE;
	return tells_office(discourse, &doc->mentions[next]) &&
	       quoth_token_is_in(discourse, doc->mentions[next].tokens.begin - 1, QUOTH_SET_COPULA) ? next : QUOTH_NONE;
}

/* ---- behind the name ---- */

/* Where what renames a name would begin: behind its comma, its age ("58,") and an adverb ("now"); QUOTH_NONE. */
static uint32_t renaming_begin(const struct quoth_document *doc, uint32_t end)
{
	if (!is_mark(doc, end, QUOTH_COMMA) && !is_mark(doc, end, QUOTH_DASH))
		return QUOTH_NONE;
	end++;
	if (is_in(doc, end, BIT(CD)) && is_mark(doc, end + 1, QUOTH_COMMA))
		end += 2;
	return end + is_in(doc, end, BIT(RB));
}

/* Whether what renames a name may end before this token: a mark, "who", "and whose". */
static bool ends_renaming(const struct quoth_document *doc, uint32_t end)
{
	static const uint64_t relatives = BIT(WP) | BIT(WPS) | BIT(WDT);

	if (end >= doc->n_tokens || doc->tokens[end].kind == QUOTH_PUNCTUATION)
		return true;
	return is_in(doc, end, relatives) || (is_in(doc, end, BIT(CC)) && is_in(doc, end + 1, relatives));
}

/* The words that a mention renames with: a title that was read as a body's name ("Head of Sustainability") goes on to
 * what it belongs to ("at Lumo Cars"). */
static struct quoth_range renaming_tokens(const struct quoth_discourse *discourse, uint32_t m)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_range tokens = doc->mentions[m].tokens;
	uint32_t next;

	if (doc->mentions[m].kind != QUOTH_NAME_MENTION || tokens.end + 1 >= doc->n_tokens ||
	    !quoth_token_is_in(discourse, tokens.end, QUOTH_SET_BELONGING))
		return tokens;
	next = quoth_mention_from(doc, tokens.end + 1);
	if (next < doc->n_mentions && doc->mentions[next].tokens.begin == tokens.end + 1)
		tokens.end = doc->mentions[next].tokens.end;
	return tokens;
}

/* "founder and CEO of Plimsoll": a second office that "and" joins to a first without an article. */
static struct quoth_range join_office(const struct quoth_discourse *discourse, uint32_t m, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t next;

	if (!is_in(doc, tokens.begin, BIT(NN)) || !is_in(doc, tokens.end, BIT(CC)))
		return tokens;
	next = quoth_mention_from(doc, tokens.end + 1);
	if (next >= doc->n_mentions || doc->mentions[next].tokens.begin != tokens.end + 1 ||
	    doc->mentions[next].kind != QUOTH_NOMINAL_MENTION || doc->mentions[next].number == QUOTH_PLURAL ||
	    !(flags_of(discourse, doc->mentions[next].head) & PERSON_NOUNS) ||
	    !(flags_of(discourse, doc->mentions[m].head) & PERSON_NOUNS))
		return tokens;
	tokens.end = doc->mentions[next].tokens.end;
	return tokens;
}

/* Whether a mention can rename the person before it, by its article and its head. */
static bool can_rename(const struct quoth_discourse *discourse, uint32_t m, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *mention = &doc->mentions[m];
	uint32_t head = quoth_role_head(discourse, tokens);
	bool has_article = quoth_token_is_in(discourse, tokens.begin, QUOTH_SET_ARTICLE);

	if (mention->kind == QUOTH_NAME_MENTION && mention->name_class == QUOTH_NAME_PERSON)
		return false;
	if (mention->is_group)	/* "a former chairman and candidate", not "a nurse and Bob Lee" */
		return (has_article || is_in(doc, tokens.begin, BIT(NN))) && flags_of(discourse, head) & PERSON_NOUNS &&
		       !is_in(doc, head, BIT(NNS)) && m + 1 < doc->n_mentions &&
		       doc->tokens[mention->tokens.end - 1].name != QUOTH_NAME_PERSON;
	if (mention->kind == QUOTH_NOMINAL_MENTION && mention->number == QUOTH_PLURAL)
		return false;
	if (flags_of(discourse, head) & PERSON_NOUNS)
		return true;
	return mention->kind == QUOTH_NAME_MENTION && mention->number != QUOTH_PLURAL && mention->is_animate &&
	       quoth_token_is_in(discourse, tokens.begin, QUOTH_SET_INDEFINITE);
}

/* "X, a prominent Democrat,", "X, 58, now the majority leader,": the mention behind a name's comma that renames it. */
static uint32_t find_renaming(const struct quoth_discourse *discourse, uint32_t m, struct quoth_range *tokens)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t begin = renaming_begin(doc, doc->mentions[m].tokens.end), next;

	if (begin == QUOTH_NONE)
		return QUOTH_NONE;
	next = quoth_mention_from(doc, begin);
	if (next >= doc->n_mentions || doc->mentions[next].tokens.begin != begin ||
	    doc->mentions[next].kind == QUOTH_PRONOUN_MENTION)
		return QUOTH_NONE;
	*tokens = join_office(discourse, next, renaming_tokens(discourse, next));
	return ends_renaming(doc, tokens->end) && can_rename(discourse, next, *tokens) ? next : QUOTH_NONE;
}

/* A name of no known class that a noun for people renames is a person's. */
static void believe_person(struct quoth_cluster *cluster, const struct quoth_lexeme *head)
{
	if (quoth_cluster_class(cluster) == QUOTH_NAME_OTHER && cluster->number != QUOTH_PLURAL &&
	    head->number != QUOTH_PLURAL && head->flags & PERSON_NOUNS)
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
		quoth_role_add(discourse, discourse->cluster_of[name], mentions[nominal].tokens, 0) : 0;
}

/* What stands behind a person's name: a renaming, a copula. */
static int place_behind(struct quoth_discourse *discourse, uint32_t m)
{
	uint32_t cluster = discourse->cluster_of[m], other = QUOTH_NONE;
	struct quoth_range tokens = {0, 0};
	unsigned traits = 0;

	if (discourse->doc->mentions[m].apposition == QUOTH_NONE)
		other = find_renaming(discourse, m, &tokens);
	if (other == QUOTH_NONE) {
		other = find_complement(discourse, m);
		if (other != QUOTH_NONE)
			tokens = discourse->doc->mentions[other].tokens;
		traits = QUOTH_ROLE_IS_PREDICATE;
	}
	if (other == QUOTH_NONE || discourse->cluster_of[other] == cluster)
		return 0;
	discourse->cluster_of[other] = cluster;
	discourse->marks[other] |= QUOTH_IS_RENAMED;
	if (quoth_token_is_in(discourse, tokens.begin - 1, QUOTH_SET_PRESENT))
		traits |= QUOTH_ROLE_IS_PRESENT;
	return quoth_role_add(discourse, cluster, tokens, traits);
}

/* ---- before the name ---- */

/* Whether the words from an office to a name are a listed title ("chief of staff") or all capitals. */
static bool is_title(const struct quoth_discourse *discourse, struct quoth_range tokens)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_lexeme *phrase;
	uint32_t forms[MAX_TITLE], n = quoth_range_length(tokens);

	if (n > MAX_TITLE)
		return false;
	for (uint32_t i = 0; i < n; i++)
		forms[i] = doc->tokens[tokens.begin + i].form;
	if (quoth_lexicon_phrase(discourse->lexicon, forms, n, &phrase) == n && quoth_lexeme_is(phrase, QUOTH_LEX_TITLE))
		return true;
	for (uint32_t i = tokens.begin; i < tokens.end; i++)
		if (doc->tokens[i].shape < QUOTH_SHAPE_CAPITALISED && doc->tokens[i].tag != QUOTH_TAG_IN &&
		    doc->tokens[i].tag != QUOTH_TAG_DT)
			return false;
	return true;
}

/* "Secretary of State Ann Lee", "Mayor of Oulu Jari Lehto": the office before the name has an "of". */
static int place_long_title(struct quoth_discourse *discourse, uint32_t m)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *mention = &doc->mentions[m];
	struct quoth_range title = mention->tokens;

	for (uint32_t inner = m + 1; inner < doc->n_mentions && inner < m + SCAN; inner++) {
		const struct quoth_mention *name = &doc->mentions[inner];

		if (name->tokens.begin >= mention->tokens.end)
			break;
		if (name->kind != QUOTH_NAME_MENTION || name->name_class != QUOTH_NAME_PERSON ||
		    name->tokens.end != mention->tokens.end || quoth_range_is_empty(name->title) ||
		    discourse->cluster_of[inner] == QUOTH_NONE)
			continue;
		title.end = name->name.begin;
		if (!is_title(discourse, (struct quoth_range){mention->head, title.end}))
			return 0;
		discourse->cluster_of[m] = discourse->cluster_of[inner];
		discourse->marks[m] |= QUOTH_IS_RENAMED | QUOTH_IS_NAMED;
		return quoth_role_add(discourse, discourse->cluster_of[m], title, 0);
	}
	return 0;
}

/* "Sens. Ann Lee and Bob Hill": the title of the first is everybody's in the group. */
static int spread_title(struct quoth_discourse *discourse, uint32_t group)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_range title = {0, 0};
	int error = 0;

	for (uint32_t m = group + 1; !error && m < doc->n_mentions &&
				     doc->mentions[m].tokens.begin < doc->mentions[group].tokens.end; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];

		if (mention->outer != group || mention->kind != QUOTH_NAME_MENTION || discourse->cluster_of[m] == QUOTH_NONE)
			continue;
		if (quoth_range_is_empty(title)) {
			title = mention->title;
			if (quoth_range_is_empty(title) || !quoth_role_is_plural(discourse, title))
				return 0;
		} else if (quoth_range_is_empty(mention->title)) {
			error = quoth_role_add(discourse, discourse->cluster_of[m], title, QUOTH_ROLE_IS_PLURAL);
		}
	}
	return error;
}

/* "CNN's Ann Lee", "Ann Lee of CNN", "Ann Lee, an old hand at CNN"; in the title itself only a body that the lists
 * know. */
static bool has_affiliation(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	struct quoth_range affiliation = mention->affiliation;

	if (quoth_range_is_empty(affiliation))
		return false;
	return is_in(discourse->doc, affiliation.end, BIT(POS)) || affiliation.begin >= mention->name.end ||
	       affiliation.end <= mention->tokens.begin ||
	       flags_of(discourse, affiliation.end - 1) & (QUOTH_LEX_ORGANIZATION | QUOTH_LEX_ORGANIZATION_NOUN);
}

static int place_title(struct quoth_discourse *discourse, uint32_t m)
{
	const struct quoth_mention *mention = &discourse->doc->mentions[m];
	struct quoth_range title = mention->title;
	int error = 0;

	/* "his" of "his wife Ann Lee" tells that the role alone says little. */
	if (title.begin > mention->tokens.begin && is_in(discourse->doc, title.begin - 1, BIT(PRPS)))
		title.begin--;
	if (!quoth_range_is_empty(mention->title))
		error = quoth_role_add(discourse, discourse->cluster_of[m], title,
				       QUOTH_ROLE_IS_BEFORE |
				       (quoth_role_is_plural(discourse, mention->title) ? QUOTH_ROLE_IS_PLURAL : 0));
	if (!error && has_affiliation(discourse, mention) && is_person(discourse, discourse->cluster_of[m]))
		error = quoth_affiliation_add(discourse, discourse->cluster_of[m], mention->affiliation);
	return error;
}

int quoth_roles_collect(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];

		error = place_apposition(discourse, m);
		if (!error && mention->is_group)
			error = spread_title(discourse, m);
		else if (!error && mention->kind == QUOTH_NOMINAL_MENTION && discourse->cluster_of[m] == QUOTH_NONE &&
			 flags_of(discourse, mention->head) & QUOTH_LEX_TITLE)
			error = place_long_title(discourse, m);
		if (error || mention->is_group || discourse->cluster_of[m] == QUOTH_NONE ||
		    discourse->marks[m] & QUOTH_IS_RENAMED)
			continue;
		if (mention->kind == QUOTH_NAME_MENTION)
			error = place_title(discourse, m);
		if (!error && is_person(discourse, discourse->cluster_of[m]))
			error = place_behind(discourse, m);
	}
	return error;
}

/* ---- elsewhere ---- */

/* "Connecticut's tax commissioner" */
static bool has_possessor(const struct quoth_document *doc, const struct quoth_mention *mention)
{
	for (uint32_t i = mention->tokens.begin; i < mention->head; i++)
		if (is_in(doc, i, BIT(POS)))
			return true;
	return false;
}

int quoth_roles_take_up(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	int error = 0;

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];
		uint32_t cluster = discourse->cluster_of[m];

		if (cluster == QUOTH_NONE || mention->kind != QUOTH_NOMINAL_MENTION || mention->is_group ||
		    mention->number == QUOTH_PLURAL || discourse->marks[m] & QUOTH_IS_RENAMED ||
		    discourse->clusters[cluster].type != QUOTH_NAME_CLUSTER || !is_person(discourse, cluster) ||
		    !(flags_of(discourse, mention->head) & PERSON_NOUNS) ||
		    !(quoth_token_is_in(discourse, mention->tokens.begin, QUOTH_SET_RESUMING) || has_possessor(doc, mention)))
			continue;
		error = quoth_role_add(discourse, cluster, mention->tokens, QUOTH_ROLE_IS_TAKEN_UP);
	}
	return error;
}
