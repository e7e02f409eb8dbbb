#include "stages/resolve_epithets.h"

#include "stages/resolve_bodies.h"
#include "stages/resolve_pronouns.h"
#include "stages/resolve_roles.h"

#include <string.h>

/* Chosen on the chosen-on half of the articles with speakers, see "Speakers" in corpus/EVALUATION.md. */
enum {
	PERSON_SCORE = 165,	/* beyond what a pronoun needs, for a person */
	MARGIN = 132,
	FLOOR_REACH = 6,	/* sentences since he who has the floor was named */
	INTRODUCTION_REACH = 2,	/* sentences from "the tax commissioner says" to "Ann Lee says" */
	INTRODUCTION_MENTIONS = 32,
	LEAD_PARAGRAPHS = 3,
	LEAD_REACH = 12,	/* sentences from the lead to the name */
	PAIR_REACH = 2,		/* sentences from a pair to the nearer of the two, and the further; to somebody unnamed */
};

static uint32_t flags_of(const struct quoth_discourse *discourse, uint32_t token)
{
	return quoth_token_lexeme(discourse, token)->flags;
}

/* "58-year-old" */
static bool is_age(const struct quoth_document *doc, uint32_t token)
{
	static const char ending[] = "-year-old";
	uint32_t length = doc->tokens[token].length, n = sizeof ending - 1;

	return length > n && memcmp(quoth_token_text(doc, token) + length - n, ending, n) == 0;
}

/* "the “Harbour Lights” star": the words beside a quotation mark are a work's. */
static bool is_beside_mark(const struct quoth_document *doc, uint32_t token)
{
	return doc->tokens[token - 1].kind == QUOTH_QUOTE_MARK ||
	       (token + 1 < doc->n_tokens && doc->tokens[token + 1].kind == QUOTH_QUOTE_MARK);
}

/* Whether a capitalised word tells of somebody else: an organisation or a person does, and a country's people ("the Kavanan
 * leader"). A party ("the Republican"), a place ("the Florida senator") and a work do not. */
static bool is_others(const struct quoth_discourse *discourse, uint32_t token)
{
	const struct quoth_lexeme *lexeme = quoth_token_lexeme(discourse, token), *country;

	if (lexeme->flags & QUOTH_LEX_NATIONALITY) {
		country = quoth_lexeme_at(discourse->lexicon, quoth_lexicon_find(discourse->lexicon, lexeme->synonym));
		return lexeme->synonym && country->flags & QUOTH_LEX_PLACE;
	}
	return !(lexeme->flags & QUOTH_LEX_PLACE) && discourse->doc->tokens[token].name != QUOTH_NAME_PLACE &&
	       !is_beside_mark(discourse->doc, token);
}

/* Where a description's own words begin: behind its determiner, or behind whose it is ("Victor Hale's former aide"). */
static uint32_t own_begin(const struct quoth_document *doc, const struct quoth_mention *mention)
{
	for (uint32_t i = mention->head; i > mention->tokens.begin; i--)
		if (doc->tokens[i - 1].tag == QUOTH_TAG_POS)
			return i;
	return mention->tokens.begin + 1;
}

static bool names_other(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t i = own_begin(doc, mention); i < mention->tokens.end; i++)
		if (i != mention->head && doc->tokens[i].shape >= QUOTH_SHAPE_CAPITALISED && is_others(discourse, i))
			return true;
	return false;
}

/* "The Democratic nominee" may be who was called "Democratic opponent". */
static bool shares_party(const struct quoth_discourse *discourse, struct quoth_range a, struct quoth_range b)
{
	for (uint32_t i = a.begin; i < a.end; i++)
		for (uint32_t k = b.begin; k < b.end && k < b.begin + ROLE_WORDS; k++)
			if (flags_of(discourse, i) & QUOTH_LEX_NATIONALITY &&
			    quoth_word_key(discourse, i) == quoth_word_key(discourse, k))
				return true;
	return false;
}

/* Politicians hold several offices in turn and at once: "the Ohio senator" may be the candidate. */
static bool are_both_political(const struct quoth_discourse *discourse, uint32_t head, struct quoth_range role)
{
	return flags_of(discourse, head) & QUOTH_LEX_POLITICAL &&
	       flags_of(discourse, quoth_role_head(discourse, role)) & QUOTH_LEX_POLITICAL;
}

/* Whether an office is known of a cluster that is not this one. is_bare: nothing but the noun is said. */
static bool has_other_office(const struct quoth_discourse *discourse, uint32_t cluster,
			     const struct quoth_mention *mention, bool is_bare)
{
	uint32_t head = mention->head;
	uint32_t key = quoth_word_key(discourse, head), i = discourse->clusters[cluster].roles;
	bool is_office = !is_bare || flags_of(discourse, head) & QUOTH_LEX_TITLE, other = false;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_cluster) {
		/* One with this very noun has been weighed as a role, and did not fit. */
		if (discourse->roles[i].head == key)
			return true;
		if (shares_party(discourse, mention->tokens, discourse->roles[i].tokens) ||
		    are_both_political(discourse, head, discourse->roles[i].tokens))
			return false;
		other = true;
	}
	return is_office && other;
}

/* "The Ohio Republican and the businessman": who is named behind an "and" is none of those that a pronoun would mean. */
static bool is_joined(const struct quoth_document *doc, const struct quoth_mention *mention)
{
	return mention->outer != QUOTH_NONE && doc->mentions[mention->outer].is_group &&
	       mention->tokens.begin > doc->mentions[mention->outer].tokens.begin;
}

/* "The former first lady", "the mayor's former aide" take up somebody by whatever office. "Her mother", "its captain", "the
 * mayor's rival" are somebody else. */
static bool is_epithet(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t flags = flags_of(discourse, mention->head), begin = own_begin(doc, mention);

	if (flags_of(discourse, mention->tokens.begin) & QUOTH_LEX_POSSESSIVE || is_joined(doc, mention))
		return false;
	if (flags & PERSON_NOUNS && begin < mention->head &&
	    quoth_token_is_in(discourse, begin, QUOTH_SET_FORMER) &&
	    (flags & QUOTH_LEX_TITLE || begin > mention->tokens.begin + 1))
		return true;
	if (begin > mention->tokens.begin + 1)
		return false;
	if (is_age(doc, mention->head))
		return true;
	if (flags & QUOTH_LEX_ORGANIZATION_NOUN)
		return quoth_token_lexeme(discourse, mention->head)->body != QUOTH_BODY_UNKNOWN;
	return flags & QUOTH_LEX_EPITHET && doc->tokens[mention->head].tag != QUOTH_TAG_JJ;
}

/* "The woman" may be a cashier just spoken of who has no name. */
static bool is_unnamed_near(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	if (!quoth_token_is_in(discourse, mention->head, QUOTH_SET_BYSTANDER))
		return false;
	for (uint32_t i = 0; i < discourse->n_recent[QUOTH_RING_PERSONS]; i++) {
		uint32_t cluster = discourse->recent[QUOTH_RING_PERSONS][i];

		if (discourse->clusters[cluster].type == QUOTH_DESCRIPTION_CLUSTER &&
		    quoth_genders_agree(discourse->clusters[cluster].gender, mention->gender) &&
		    quoth_cluster_distance(discourse, cluster, mention->head) <= PAIR_REACH)
			return true;
	}
	return false;
}

/* "The Ohio Republican" goes on with who has the floor. */
static uint32_t find_party_member(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	uint32_t speaker = discourse->last_speaker;

	if (!quoth_token_is_in(discourse, mention->head, QUOTH_SET_PARTISAN) || mention->head == mention->tokens.begin ||
	    is_others(discourse, mention->head - 1) || speaker == QUOTH_NONE ||
	    quoth_cluster_distance(discourse, speaker, mention->head) > FLOOR_REACH)
		return QUOTH_NONE;
	return discourse->clusters[speaker].type == QUOTH_NAME_CLUSTER &&
	       quoth_cluster_kind(discourse, speaker) == QUOTH_PERSON ? speaker : QUOTH_NONE;
}

/* Whose a description is, if he is named in it. */
static bool is_owner(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t m = mention + 1; m < doc->n_mentions && m < mention + SCAN &&
	     doc->mentions[m].tokens.begin < doc->mentions[mention].head; m++)
		if (discourse->cluster_of[m] == cluster)
			return true;
	return false;
}

uint32_t quoth_epithet_resolve(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_mention *m = &discourse->doc->mentions[mention];
	uint32_t cluster;

	if (!is_epithet(discourse, m) || names_other(discourse, m) || is_unnamed_near(discourse, m))
		return QUOTH_NONE;
	cluster = find_party_member(discourse, m);
	if (cluster != QUOTH_NONE || !(discourse->marks[mention] & (QUOTH_IS_SUBJECT | QUOTH_IS_SOURCE)))
		return cluster;
	if (flags_of(discourse, m->head) & QUOTH_LEX_ORGANIZATION_NOUN)
		return quoth_body_resolve(discourse, mention);
	cluster = quoth_salient_choose(discourse, mention, QUOTH_PRONOUN_PERSON, m->gender % QUOTH_NEUTER, PERSON_SCORE,
				       MARGIN);
	if (cluster == QUOTH_NONE || discourse->clusters[cluster].type != QUOTH_NAME_CLUSTER ||
	    is_owner(discourse, mention, cluster))
		return QUOTH_NONE;
	return has_other_office(discourse, cluster, m, quoth_range_length(m->tokens) < 3) ? QUOTH_NONE : cluster;
}

uint32_t quoth_lead_resolve(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *m = &doc->mentions[mention];
	uint32_t sentence = doc->tokens[m->head].sentence, role, cluster;

	if (doc->sentences[sentence].paragraph >= LEAD_PARAGRAPHS || m->number == QUOTH_PLURAL ||
	    !(flags_of(discourse, m->head) & QUOTH_LEX_EPITHET))
		return QUOTH_NONE;
	role = quoth_index_find(discourse, QUOTH_BY_ROLE, quoth_word_key(discourse, m->head));
	if (role == QUOTH_NONE || !quoth_role_is_only_holder(discourse, role))
		return QUOTH_NONE;
	cluster = discourse->roles[role].cluster;
	if (!quoth_genders_agree(m->gender, discourse->clusters[cluster].gender) ||
	    doc->tokens[discourse->roles[role].tokens.begin].sentence - sentence > LEAD_REACH)
		return QUOTH_NONE;
	return discourse->roles[role].tokens.begin > m->head ? cluster : QUOTH_NONE;
}

/* Who speaks below for the first time, by a full name that nothing is said of: who "the tax commissioner" above was. */
static bool is_introduced(const struct quoth_discourse *discourse, const struct quoth_mention *description, uint32_t m)
{
	const struct quoth_mention *name = &discourse->doc->mentions[m];
	const struct quoth_cluster *cluster = &discourse->clusters[discourse->cluster_of[m]];

	return discourse->marks[m] & QUOTH_IS_SOURCE && cluster->roles == QUOTH_NONE &&
	       quoth_range_is_empty(name->title) && quoth_range_length(name->name) > 1 &&
	       name->tokens.end < discourse->doc->n_tokens &&
	       discourse->doc->tokens[name->tokens.end].kind == QUOTH_WORD &&
	       quoth_genders_agree(description->gender, cluster->gender);
}

uint32_t quoth_introduction_resolve(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *description = &doc->mentions[mention];
	uint32_t sentence = doc->tokens[description->head].sentence;

	if (!(discourse->marks[mention] & QUOTH_IS_SOURCE) || description->number == QUOTH_PLURAL ||
	    doc->paragraphs[doc->sentences[sentence].paragraph].dateline_end != description->tokens.begin ||
	    !(flags_of(discourse, description->head) & PERSON_NOUNS))
		return QUOTH_NONE;
	for (uint32_t m = mention + 1; m < doc->n_mentions && m < mention + INTRODUCTION_MENTIONS; m++) {
		const struct quoth_mention *name = &doc->mentions[m];
		uint32_t cluster = discourse->cluster_of[m];

		if (doc->tokens[name->head].sentence > sentence + INTRODUCTION_REACH)
			return QUOTH_NONE;
		if (name->kind != QUOTH_NAME_MENTION || cluster == QUOTH_NONE ||
		    quoth_cluster_kind(discourse, cluster) != QUOTH_PERSON ||
		    discourse->clusters[cluster].last_mention != QUOTH_NONE)
			continue;
		if (doc->tokens[name->head].sentence > sentence || name->tokens.begin == description->tokens.end)
			return is_introduced(discourse, description, m) ? cluster : QUOTH_NONE;
	}
	return QUOTH_NONE;
}

/* Whose a description says to be: the mention that it begins with, by its name or by whom the pronoun means. */
static uint32_t find_owner(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t inner = mention + 1;

	if (inner >= doc->n_mentions || doc->mentions[inner].tokens.begin != doc->mentions[mention].tokens.begin ||
	    doc->mentions[inner].tokens.end > doc->mentions[mention].head)
		return QUOTH_NONE;
	return doc->mentions[inner].kind == QUOTH_PRONOUN_MENTION ? quoth_pronoun_resolve(discourse, inner) :
								     discourse->cluster_of[inner];
}

uint32_t quoth_spouse_resolve(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_lexeme *head = quoth_token_lexeme(discourse, discourse->doc->mentions[mention].head);
	uint32_t owner, found = QUOTH_NONE, i;

	/* Sons and brothers have others of their surname beside them. */
	if (!(head->sets & QUOTH_SET_SPOUSE))
		return QUOTH_NONE;
	owner = find_owner(discourse, mention);
	if (owner == QUOTH_NONE || discourse->clusters[owner].type != QUOTH_NAME_CLUSTER ||
	    quoth_cluster_kind(discourse, owner) != QUOTH_PERSON || !discourse->clusters[owner].name.n)
		return QUOTH_NONE;
	i = quoth_index_find(discourse, QUOTH_BY_LAST,
			     discourse->clusters[owner].name.words[discourse->clusters[owner].name.n - 1]);
	for (unsigned n = 0; i != QUOTH_NONE; n++, i = discourse->clusters[i].next_last) {
		const struct quoth_cluster *bearer = &discourse->clusters[i];

		if (i == owner || bearer->name.n < 2 || bearer->gender != head->gender || quoth_cluster_kind(discourse, i) != QUOTH_PERSON)
			continue;
		if (n == SCAN || found != QUOTH_NONE)
			return QUOTH_NONE;
		found = i;
	}
	return found;
}

/* "The two senators", "both men"; "two senators" are any. The last word of the two; QUOTH_NONE. */
static uint32_t find_pair(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	uint32_t begin = mention->tokens.begin, pair = QUOTH_NONE;
	bool is_definite = quoth_token_is_in(discourse, begin, QUOTH_SET_DETERMINER & ~QUOTH_SET_INDEFINITE);

	for (uint32_t i = begin; i < mention->head; i++)
		if (quoth_token_is_in(discourse, i, QUOTH_SET_PAIR))
			pair = i;
	return is_definite && mention->number == QUOTH_PLURAL &&
	       flags_of(discourse, mention->head) & (QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_GROUP_NOUN) ? pair : QUOTH_NONE;
}

/* Whether the article gives somebody a role with a word, or a political office where word is QUOTH_NONE. */
static bool has_role_word(const struct quoth_discourse *discourse, uint32_t cluster, uint32_t word)
{
	uint32_t i = discourse->clusters[cluster].roles;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_cluster)
		for (uint32_t k = discourse->roles[i].tokens.begin; k < discourse->roles[i].tokens.end; k++)
			if (word == QUOTH_NONE ? (flags_of(discourse, k) & QUOTH_LEX_POLITICAL) != 0 :
						 quoth_word_key(discourse, k) == word)
				return true;
	return false;
}

/* Whether somebody may be one of "the two Democratic lawmakers": has their party or country, and an office if they have one.
 * Whoever runs is a candidate or a rival; parents and brothers are known to nobody. */
static bool may_pair(const struct quoth_discourse *discourse, const struct quoth_mention *mention, uint32_t pair,
		     uint32_t cluster)
{
	uint32_t lemma = quoth_lexicon_find(discourse->lexicon, quoth_token_lexeme(discourse, mention->head)->lemma);
	uint32_t flags = flags_of(discourse, mention->head) | quoth_lexeme_at(discourse->lexicon, lemma)->flags;
	bool is_contender = quoth_token_is_in(discourse, mention->head, QUOTH_SET_CONTENDER);

	for (uint32_t i = pair + 1; i < mention->head; i++)
		if (flags_of(discourse, i) & QUOTH_LEX_NATIONALITY && !has_role_word(discourse, cluster, quoth_word_key(discourse, i)))
			return false;
	if (flags & QUOTH_LEX_POLITICAL)
		return is_contender || has_role_word(discourse, cluster, QUOTH_NONE);
	return is_contender || !(flags & QUOTH_LEX_RELATION_NOUN);
}

bool quoth_pair_resolve(const struct quoth_discourse *discourse, uint32_t mention, uint32_t *members)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *m = &doc->mentions[mention];
	uint32_t pair = find_pair(discourse, m);
	unsigned n = 0;

	if (pair == QUOTH_NONE)
		return false;
	for (uint32_t i = 0; i < discourse->n_recent[QUOTH_RING_PERSONS] && n < 2; i++) {
		uint32_t cluster = discourse->recent[QUOTH_RING_PERSONS][i];

		if (discourse->clusters[cluster].type == QUOTH_NAME_CLUSTER &&
		    quoth_cluster_kind(discourse, cluster) == QUOTH_PERSON &&
		    quoth_genders_agree(m->gender, discourse->clusters[cluster].gender) &&
		    quoth_cluster_distance(discourse, cluster, m->head) <= PAIR_REACH && may_pair(discourse, m, pair, cluster))
			members[n++] = cluster;
	}
	/* In the order in which the article brought them up. */
	if (n == 2 && members[0] > members[1]) {
		uint32_t later = members[0];

		members[0] = members[1];
		members[1] = later;
	}
	return n == 2;
}
