#include "stages/resolve_pronouns.h"

#include "stages/resolve_explain.h"

#include <limits.h>

enum feature {
	SAME_SENTENCE,		/* mentioned in the pronoun's sentence */
	LAST_SENTENCE,
	TWO_BACK,
	FURTHER,		/* three sentences back and more */
	NEWEST,			/* nothing that agrees was mentioned since */
	WAS_SUBJECT,		/* of the clause of its last mention */
	SPOKE_LAST,		/* its was the last source */
	GENDER_KNOWN,		/* agrees, not merely does not disagree */
	NAMED_OFTEN,		/* 1 to 3, by how often it was mentioned */
	OTHER_SIDE,		/* one of both stands inside a quotation, the other does not */
	IS_NAME,
	SAME_PARAGRAPH,
	WAS_POSSESSIVE,
	WAS_SOURCE,
	QUOTED_SELF,		/* "he" inside a quotation is not who speaks it */
	N_FEATURES
};

/* What each is, for explanations. */
static const char *const feature_words[] = {
	[SAME_SENTENCE] = "mentioned in the same sentence",
	[LAST_SENTENCE] = "mentioned one sentence before",
	[TWO_BACK] = "mentioned two sentences before",
	[FURTHER] = "not mentioned for three sentences or more",
	[NEWEST] = "mentioned last of all that could be meant",
	[WAS_SUBJECT] = "subject of its clause there",
	[SPOKE_LAST] = "spoke last",
	[GENDER_KNOWN] = "of the same gender or number",
	[NAMED_OFTEN] = "mentioned more than once",
	[OTHER_SIDE] = "one stands inside quotation marks, the other outside",
	[IS_NAME] = "has a name",
	[SAME_PARAGRAPH] = "mentioned in the same paragraph",
	[WAS_POSSESSIVE] = "a possessive there",
	[WAS_SOURCE] = "source of a statement there",
	[QUOTED_SELF] = "speaks the quotation that the word stands in",
};
_Static_assert(sizeof feature_words / sizeof *feature_words == N_FEATURES, "every feature has its words");

/* Those of persons are learned (log-linear choice among the candidates, times 3) from the training articles' sources
 * "he" and "she" where just one of the recent persons has the pronoun's gender. With the gender hidden they place 81
 * % of 622 such; weights that differ by one or two do as well. QUOTED_SELF, of which there were few, is set by hand;
 * so are the other pronouns', after these, on the chosen-on half of the articles with speakers ("Speakers" in
 * corpus/EVALUATION.md). */
static const int8_t weights[QUOTH_N_PRONOUNS][N_FEATURES] = {
	[QUOTH_PRONOUN_PERSON] = {4, 1, -3, -2, -1, 2, 5, 4, 1, -6, 2, 2, -2, -1, -8},
	[QUOTH_PRONOUN_THING] = {4, 1, -3, -4, 0, 4, 3, 0, 1, -5, 1, 2, -3, 0, -2},
	[QUOTH_PRONOUN_SEVERAL] = {3, 2, -2, -4, 1, 3, 4, 3, 0, -5, 0, 2, -2, 0, 0},
};

static const int8_t thresholds[QUOTH_N_PRONOUNS] = {0, 3, 1};

enum {
	MAX_DISTANCE = 8,	/* sentences */
	RELATIVE_REACH = 3,	/* tokens between a relative pronoun and its antecedent */
};

enum quoth_pronoun quoth_pronoun_read(const struct quoth_discourse *discourse, uint32_t token)
{
	const struct quoth_lexeme *lexeme = quoth_token_lexeme(discourse, token);

	if (lexeme->flags & (QUOTH_LEX_PERSONAL | QUOTH_LEX_POSSESSIVE)) {
		if (lexeme->person == 1)
			return QUOTH_PRONOUN_SPEAKER;
		if (lexeme->person != 3)
			return QUOTH_PRONOUN_OTHER;
		if (lexeme->number == QUOTH_PLURAL)
			return QUOTH_PRONOUN_SEVERAL;
		return lexeme->gender == QUOTH_MALE || lexeme->gender == QUOTH_FEMALE ? QUOTH_PRONOUN_PERSON :
										       QUOTH_PRONOUN_THING;
	}
	return lexeme->flags & QUOTH_LEX_RELATIVE ? QUOTH_PRONOUN_RELATIVE : QUOTH_PRONOUN_OTHER;
}

static bool can_mean(const struct quoth_discourse *discourse, enum quoth_pronoun pronoun, unsigned gender,
		     uint32_t cluster)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	enum quoth_speaker_kind kind = quoth_cluster_kind(discourse, cluster);

	switch (pronoun) {
	case QUOTH_PRONOUN_PERSON:
		return (kind == QUOTH_PERSON || kind == QUOTH_UNNAMED) && c->type != QUOTH_JOINT_CLUSTER &&
		       c->number != QUOTH_PLURAL && quoth_genders_agree(gender, c->gender);
	case QUOTH_PRONOUN_THING:
		return kind == QUOTH_ORGANIZATION && c->number != QUOTH_PLURAL && c->type != QUOTH_JOINT_CLUSTER;
	default:
		return c->type == QUOTH_JOINT_CLUSTER || kind == QUOTH_GROUP || kind == QUOTH_ORGANIZATION;
	}
}

static bool is_same_paragraph(const struct quoth_document *doc, uint32_t a, uint32_t b)
{
	return doc->sentences[doc->tokens[a].sentence].paragraph == doc->sentences[doc->tokens[b].sentence].paragraph;
}

static void read_features(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster,
			  bool is_newest, int8_t *features)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	const struct quoth_mention *m = &discourse->doc->mentions[mention];
	uint32_t distance = quoth_cluster_distance(discourse, cluster, m->head);
	bool is_quoted = discourse->marks[mention] & QUOTH_IS_QUOTED;

	features[SAME_SENTENCE] = distance == 0;
	features[LAST_SENTENCE] = distance == 1;
	features[TWO_BACK] = distance == 2;
	features[FURTHER] = distance > 2;
	features[NEWEST] = is_newest;
	features[WAS_SUBJECT] = (c->marks & QUOTH_IS_SUBJECT) != 0;
	features[WAS_POSSESSIVE] = (c->marks & QUOTH_IS_POSSESSIVE) != 0;
	features[WAS_SOURCE] = (c->marks & QUOTH_IS_SOURCE) != 0;
	features[QUOTED_SELF] = is_quoted && cluster == discourse->last_speaker;
	features[SAME_PARAGRAPH] = is_same_paragraph(discourse->doc, m->head, c->last_token);
	features[SPOKE_LAST] = cluster == discourse->last_speaker;
	features[GENDER_KNOWN] = c->gender == m->gender ||
				 (m->number == QUOTH_PLURAL && c->number == QUOTH_PLURAL);
	features[NAMED_OFTEN] = c->n_mentions > 8 ? 3 : c->n_mentions > 3 ? 2 : c->n_mentions > 1;
	features[OTHER_SIDE] = is_quoted != ((c->marks & QUOTH_IS_QUOTED) != 0);
	features[IS_NAME] = c->type == QUOTH_NAME_CLUSTER;
}

static int weigh_features(enum quoth_pronoun pronoun, const int8_t *features)
{
	int weight = 0;

	for (unsigned i = 0; i < N_FEATURES; i++)
		weight += weights[pronoun][i] * features[i];
	return weight;
}

static void note_features(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_pronoun pronoun,
			  uint32_t cluster, const int8_t *features)
{
	struct quoth_reason reasons[N_FEATURES];

	for (unsigned i = 0; i < N_FEATURES; i++)
		reasons[i] = (struct quoth_reason){.words = feature_words[i], .entity = cluster,
						   .weight = (float)(weights[pronoun][i] * features[i])};
	quoth_speaker_note(discourse, mention, cluster, (float)weigh_features(pronoun, features), reasons, N_FEATURES);
}

/* The best so far, and how close another comes. */
struct choice {
	uint32_t best;
	int best_weight, second_weight;
	bool is_newest;		/* nothing that agrees was looked at yet */
	bool is_noted;		/* for the explanation */
};

static void weigh_ring(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_pronoun pronoun,
		       unsigned gender, enum quoth_ring ring, struct choice *choice)
{
	uint32_t head = discourse->doc->mentions[mention].head;

	for (uint32_t i = 0; i < discourse->n_recent[ring]; i++) {
		uint32_t cluster = discourse->recent[ring][i];
		int8_t features[N_FEATURES];
		int weight;

		if (!can_mean(discourse, pronoun, gender, cluster) ||
		    quoth_cluster_distance(discourse, cluster, head) > MAX_DISTANCE)
			continue;
		read_features(discourse, mention, cluster, choice->is_newest, features);
		choice->is_newest = false;
		weight = weigh_features(pronoun, features);
		if (choice->is_noted)
			note_features(discourse, mention, pronoun, cluster, features);
		if (weight > choice->best_weight) {
			choice->second_weight = choice->best == QUOTH_NONE ? choice->second_weight : choice->best_weight;
			choice->best = cluster;
			choice->best_weight = weight;
		} else if (weight > choice->second_weight) {
			choice->second_weight = weight;
		}
	}
}

uint32_t quoth_salient_choose(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_pronoun pronoun,
			      unsigned gender, int threshold, int margin)
{
	struct choice choice = {QUOTH_NONE, threshold - 1, INT_MIN, true, quoth_speaker_is_noted(discourse, mention)};

	if (pronoun == QUOTH_PRONOUN_PERSON)
		weigh_ring(discourse, mention, pronoun, gender, QUOTH_RING_PERSONS, &choice);
	if (pronoun == QUOTH_PRONOUN_SEVERAL)
		weigh_ring(discourse, mention, pronoun, gender, QUOTH_RING_SEVERAL, &choice);
	if (pronoun != QUOTH_PRONOUN_PERSON)
		weigh_ring(discourse, mention, pronoun, gender, QUOTH_RING_BODIES, &choice);
	return choice.second_weight != INT_MIN && choice.best_weight - choice.second_weight < margin ? QUOTH_NONE :
													choice.best;
}

uint32_t quoth_pronoun_resolve(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_mention *m = &discourse->doc->mentions[mention];
	enum quoth_pronoun pronoun = quoth_pronoun_read(discourse, m->head);

	if (pronoun == QUOTH_PRONOUN_RELATIVE) {
		uint32_t antecedent = m->apposition != QUOTH_NONE && m->apposition < mention ? m->apposition :
				      quoth_relative_antecedent(discourse, m->tokens.begin);

		return antecedent == QUOTH_NONE ? QUOTH_NONE : discourse->cluster_of[antecedent];
	}
	if (pronoun >= QUOTH_N_PRONOUNS)
		return QUOTH_NONE;
	return quoth_salient_choose(discourse, mention, pronoun, quoth_token_lexeme(discourse, m->head)->gender,
				    thresholds[pronoun], 0);
}

uint32_t quoth_relative_antecedent(const struct quoth_discourse *discourse, uint32_t token)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t m = quoth_mention_from(doc, token), best = QUOTH_NONE;

	for (unsigned n = 0; m > 0 && n < SCAN; n++) {
		const struct quoth_mention *mention = &doc->mentions[--m];

		if (mention->tokens.end > token || mention->tokens.end + RELATIVE_REACH < token ||
		    mention->kind == QUOTH_PRONOUN_MENTION)
			continue;
		if (doc->tokens[mention->head].sentence != doc->tokens[token].sentence)
			break;
		/* Of mentions that end together the longest: walking backwards, the outer one comes last. */
		if (best == QUOTH_NONE || mention->tokens.end >= doc->mentions[best].tokens.end)
			best = m;
	}
	return best;
}
