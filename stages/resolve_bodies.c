#include "stages/resolve_bodies.h"

#include "stages/resolve_pronouns.h"

/* Chosen on the chosen-on half of the articles with speakers, see "Speakers" in corpus/EVALUATION.md. */
enum {
	THING_SCORE = 132,	/* of the weights of "it" */
	MARGIN = 132,
	OFTEN = 3,		/* mentions of an organisation that "the bank" takes up from afar */
	MAIN_RATIO = 2,		/* of mentions of the article's main organisation and of the next */
	NAME_REACH = 1,		/* sentences to the name of one that just it can mean */
};

/* The kind that the last noun of a name tells. */
static unsigned kind_of_name(const struct quoth_discourse *discourse, struct quoth_range name)
{
	for (uint32_t i = name.end; i-- > name.begin;) {
		const struct quoth_lexeme *lexeme = quoth_token_lexeme(discourse, i);

		if (lexeme->body)
			return lexeme->body;
		if (lexeme->flags & QUOTH_LEX_CORPORATE)
			return QUOTH_BODY_COMPANY;
	}
	return QUOTH_BODY_UNKNOWN;
}

/* Banks and the press are companies, departments agencies. What tells nothing may be a company or society, but schools and
 * the press tell. */
static bool can_be(unsigned kind, unsigned described)
{
	if (kind == QUOTH_BODY_UNKNOWN)
		return described != QUOTH_BODY_SCHOOL && described != QUOTH_BODY_PRESS;
	return kind == described || (described == QUOTH_BODY_AGENCY && kind == QUOTH_BODY_OFFICE) ||
	       (described == QUOTH_BODY_COMPANY && (kind == QUOTH_BODY_BANK || kind == QUOTH_BODY_PRESS));
}

/* A headline's capitals run names into what follows. */
static bool is_in_headline(const struct quoth_document *doc, uint32_t token)
{
	return quoth_paragraph_is_headline(doc, doc->sentences[doc->tokens[token].sentence].paragraph);
}

static bool is_candidate(const struct quoth_discourse *discourse, uint32_t cluster, unsigned kind)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];

	return c->type == QUOTH_NAME_CLUSTER && quoth_cluster_class(c) == QUOTH_NAME_ORGANIZATION &&
	       !is_in_headline(discourse->doc, discourse->doc->mentions[c->display].head) &&
	       can_be(kind_of_name(discourse, discourse->doc->mentions[c->display].name), kind);
}

/* The only one named nearby that can be of the kind, unless one further off is spoken of more. */
static uint32_t find_only(const struct quoth_discourse *discourse, uint32_t head, unsigned kind)
{
	uint32_t found = QUOTH_NONE, most = 0;

	for (uint32_t i = 0; i < discourse->n_recent[QUOTH_RING_BODIES]; i++) {
		uint32_t cluster = discourse->recent[QUOTH_RING_BODIES][i];
		const struct quoth_cluster *c = &discourse->clusters[cluster];

		if (!is_candidate(discourse, cluster, kind))
			continue;
		if (quoth_cluster_distance(discourse, cluster, head) > NAME_REACH) {
			most = c->n_mentions > most ? c->n_mentions : most;
			continue;
		}
		if (found != QUOTH_NONE)
			return QUOTH_NONE;
		found = cluster;
	}
	return found != QUOTH_NONE && discourse->clusters[found].n_mentions >= most ? found : QUOTH_NONE;
}

/* The one that the article is about: named often, and much more than any other whose name tells the kind. */
static uint32_t find_main(const struct quoth_discourse *discourse, unsigned kind)
{
	uint32_t main = QUOTH_NONE, most = 0, second = 0;

	for (uint32_t i = 0; i < discourse->n_recent[QUOTH_RING_BODIES]; i++) {
		uint32_t cluster = discourse->recent[QUOTH_RING_BODIES][i];
		const struct quoth_cluster *c = &discourse->clusters[cluster];
		uint32_t n = c->n_full + c->n_short;

		if (!is_candidate(discourse, cluster, kind) ||
		    kind_of_name(discourse, discourse->doc->mentions[c->display].name) != kind)
			continue;
		if (n > most) {
			second = most;
			most = n;
			main = cluster;
		} else if (n > second) {
			second = n;
		}
	}
	return most >= OFTEN && most >= MAIN_RATIO * second ? main : QUOTH_NONE;
}

/* "His company", "the mayor's party" tell whose it is. */
static bool is_owned(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_mention *m = &discourse->doc->mentions[mention];

	for (uint32_t i = m->tokens.begin; i < m->head; i++)
		if (discourse->doc->tokens[i].tag == QUOTH_TAG_POS || discourse->doc->tokens[i].tag == QUOTH_TAG_WPS ||
		    quoth_token_lexeme(discourse, i)->flags & QUOTH_LEX_POSSESSIVE)
			return true;
	return false;
}

uint32_t quoth_body_resolve(const struct quoth_discourse *discourse, uint32_t mention)
{
	uint32_t head = discourse->doc->mentions[mention].head, cluster;
	unsigned kind = quoth_token_lexeme(discourse, head)->body;

	if (kind == QUOTH_BODY_UNKNOWN || kind == QUOTH_BODY_OFFICE || is_owned(discourse, mention))
		return QUOTH_NONE;
	cluster = find_only(discourse, head, kind);
	if (cluster != QUOTH_NONE)
		return cluster;
	cluster = kind == QUOTH_BODY_AGENCY ? QUOTH_NONE : find_main(discourse, kind);
	if (cluster != QUOTH_NONE)
		return cluster;
	cluster = quoth_salient_choose(discourse, mention, QUOTH_PRONOUN_THING, QUOTH_NEUTER, THING_SCORE, MARGIN);
	return cluster != QUOTH_NONE && is_candidate(discourse, cluster, kind) &&
	       discourse->clusters[cluster].n_mentions >= OFTEN ? cluster : QUOTH_NONE;
}
