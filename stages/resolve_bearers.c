#include "stages/resolve_bearers.h"

#include "stages/resolve_words.h"

enum {
	COUNT_MAX = 6,		/* full names and single words beyond these weigh no more */
	SAME_AS_LAST = 5,	/* weight of being who the surname meant last time */
	NAMED_BEFORE = 3,	/* weight of having been named at all by then */
	NAMED_HERE = 7,		/* weight of a full name in this or the last sentence */
	TITLE_FITS = 8,		/* weight of an equal title beside both names */
	TITLE_DIFFERS = -6,	/* weight of another title, or of none, where the single word has one */
};

/* ---- what a name is of ---- */

bool quoth_mention_has_office(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	return !quoth_range_is_empty(mention->title) &&
	       !quoth_token_is_in(discourse, mention->title.end - 1, QUOTH_SET_HONORIFIC);
}

unsigned quoth_mention_class(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	if (!quoth_range_is_empty(mention->title) && mention->title.end <= mention->name.begin &&
	    quoth_token_lexeme(discourse, mention->title.end - 1)->flags & PERSON_NOUNS)
		return QUOTH_NAME_PERSON;
	return mention->name_class;
}

/* "Holm Foundation": a body by its last noun, that is no part of the words compared. */
static bool is_body(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	return quoth_mention_class(discourse, mention) == QUOTH_NAME_ORGANIZATION && quoth_range_length(mention->name) > 1 &&
	       quoth_token_lexeme(discourse, mention->name.end - 1)->flags & (QUOTH_LEX_CORPORATE | QUOTH_LEX_ORGANIZATION_NOUN);
}

bool quoth_bearer_fits(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
		       const struct quoth_cluster *cluster)
{
	bool is_person = quoth_cluster_class(cluster) == QUOTH_NAME_PERSON;

	if (is_body(discourse, mention))
		return !is_person;
	if (quoth_mention_class(discourse, mention) != QUOTH_NAME_PERSON)
		return true;
	return is_person || (quoth_range_is_empty(mention->title) &&
			     !is_body(discourse, &discourse->doc->mentions[cluster->display]));
}

/* ---- the choice ---- */

static bool titles_share_word(const struct quoth_discourse *discourse, struct quoth_range a, struct quoth_range b)
{
	return !quoth_range_is_empty(a) && !quoth_range_is_empty(b) &&
	       quoth_word_key(discourse, a.end - 1) == quoth_word_key(discourse, b.end - 1);
}

static uint32_t at_most(uint32_t n, uint32_t most)
{
	return n < most ? n : most;
}

static int weigh_bearer(const struct quoth_discourse *discourse, const struct quoth_mention *mention, uint32_t i)
{
	const struct quoth_cluster *cluster = &discourse->clusters[i];
	const struct quoth_document *doc = discourse->doc;
	int weight = (int)(at_most(cluster->n_full, COUNT_MAX) + at_most(cluster->n_short, COUNT_MAX));

	if (quoth_mention_has_office(discourse, mention))
		weight += cluster->titled != QUOTH_NONE &&
			  titles_share_word(discourse, mention->title, doc->mentions[cluster->titled].title) ?
			  TITLE_FITS : TITLE_DIFFERS;
	if (cluster->last_mention != QUOTH_NONE) {
		uint32_t last = doc->tokens[doc->mentions[cluster->last_mention].head].sentence;

		weight += NAMED_BEFORE;
		if (doc->tokens[mention->head].sentence - last < 2 &&
		    quoth_range_length(doc->mentions[cluster->last_mention].name) > 1)
			weight += NAMED_HERE;
	}
	return weight;
}

uint32_t quoth_bearer_choose(const struct quoth_discourse *discourse, const struct quoth_mention *mention, uint32_t i,
			     bool by_last, uint32_t meant)
{
	unsigned name_class = quoth_mention_class(discourse, mention);
	bool is_shared = i != QUOTH_NONE &&
			 (by_last ? discourse->clusters[i].next_last : discourse->clusters[i].next_first) != QUOTH_NONE;
	/* "Randolph" tells no gender where it is a surname. */
	bool is_bare = by_last && quoth_range_is_empty(mention->title);
	uint32_t best = QUOTH_NONE;
	int best_weight = is_shared ? 0 : TITLE_DIFFERS - 1;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];
		int weight = weigh_bearer(discourse, mention, i) + (i == meant ? SAME_AS_LAST : 0);
		bool is_person = quoth_cluster_class(cluster) == QUOTH_NAME_PERSON;

		/* Of equals the first named: walking backwards, he comes last. A first name is rather the newer's. */
		bool is_better = weight > best_weight ||
				 (weight == best_weight && best != QUOTH_NONE && (by_last || cluster->last_mention == QUOTH_NONE));

		if (is_better && (is_bare || quoth_genders_agree(cluster->gender, mention->gender)) &&
		    quoth_bearer_fits(discourse, mention, cluster) &&
		    (is_person ? name_class != QUOTH_NAME_PLACE : name_class != QUOTH_NAME_PERSON && by_last)) {
			best = i;
			best_weight = weight;
		}
		i = by_last ? cluster->next_last : cluster->next_first;
	}
	return best;
}

uint32_t quoth_bearer_find(const struct quoth_discourse *discourse, const struct quoth_mention *mention,
			   const struct quoth_name *name)
{
	uint32_t meant = quoth_index_find(discourse, QUOTH_BY_MEANT, name->words[0]);
	uint32_t i = QUOTH_NONE;

	if (name->is_upper && quoth_mention_class(discourse, mention) != QUOTH_NAME_PERSON) {
		i = quoth_index_find(discourse, QUOTH_BY_ACRONYM, name->acronym);
		if (i != QUOTH_NONE && quoth_cluster_class(&discourse->clusters[i]) == QUOTH_NAME_PERSON)
			i = QUOTH_NONE;
	}
	/* A place is itself: "Washington" is no short form of anything. */
	if (i == QUOTH_NONE && quoth_mention_class(discourse, mention) == QUOTH_NAME_PLACE)
		return quoth_index_find(discourse, QUOTH_BY_FULL, quoth_name_hash(name));
	if (i == QUOTH_NONE)
		i = quoth_bearer_choose(discourse, mention, quoth_index_find(discourse, QUOTH_BY_LAST, name->words[0]),
					true, meant);
	if (i == QUOTH_NONE)
		i = quoth_bearer_choose(discourse, mention, quoth_index_find(discourse, QUOTH_BY_FIRST, name->words[0]),
					false, meant);
	if (i == QUOTH_NONE) {
		i = quoth_index_find(discourse, QUOTH_BY_FULL, quoth_name_hash(name));
		if (i != QUOTH_NONE && (!quoth_genders_agree(discourse->clusters[i].gender, mention->gender) ||
					!quoth_bearer_fits(discourse, mention, &discourse->clusters[i])))
			i = QUOTH_NONE;
	}
	return i;
}

uint32_t quoth_bearer_most(const struct quoth_discourse *discourse, uint32_t word)
{
	uint32_t meant = quoth_index_find(discourse, QUOTH_BY_MEANT, word), best = QUOTH_NONE;
	uint32_t i = quoth_index_find(discourse, QUOTH_BY_LAST, word);

	for (unsigned n = 0, most = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->clusters[i].next_last) {
		const struct quoth_cluster *cluster = &discourse->clusters[i];
		unsigned weight = cluster->n_full + cluster->n_short + (i == meant ? SAME_AS_LAST : 0);

		if (weight > most) {
			best = i;
			most = weight;
		}
	}
	return best;
}
