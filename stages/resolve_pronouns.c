#include "stages/resolve_pronouns.h"

#include "stages/resolve_explain.h"
#include "stages/resolve_watch.h"
#include "stages/weighings.h"

#include <limits.h>
#include <math.h>

/* What each feature is, for explanations. */
static const char *const feature_words[] = {
	[QUOTH_ANTECEDENT_SAME_SENTENCE] = "mentioned in the same sentence",
	[QUOTH_ANTECEDENT_SENTENCE_BEFORE] = "mentioned one sentence before",
	[QUOTH_ANTECEDENT_TWO_BEFORE] = "mentioned two sentences before",
	[QUOTH_ANTECEDENT_FARTHER] = "not mentioned for three sentences or more",
	[QUOTH_ANTECEDENT_SAME_PARAGRAPH] = "mentioned in the same paragraph",
	[QUOTH_ANTECEDENT_NEWEST] = "mentioned last of all that could be meant",
	[QUOTH_ANTECEDENT_SUBJECT] = "subject of its clause there",
	[QUOTH_ANTECEDENT_SUBJECT_HERE] = "a subject in the same sentence",
	[QUOTH_ANTECEDENT_SUBJECT_BEFORE] = "a subject in the sentence before",
	[QUOTH_ANTECEDENT_POSSESSIVE] = "a possessive there",
	[QUOTH_ANTECEDENT_SOURCE] = "source of a statement there",
	[QUOTH_ANTECEDENT_SPOKE_LAST] = "spoke last",
	[QUOTH_ANTECEDENT_SPOKE_AND_OPENS] = "spoke last, and the word opens a paragraph",
	[QUOTH_ANTECEDENT_HOLDER] = "says that in which the word stands",
	[QUOTH_ANTECEDENT_HOLDER_QUOTED] = "speaks the quotation that the word stands in",
	[QUOTH_ANTECEDENT_AGREES] = "of the same gender or number",
	[QUOTH_ANTECEDENT_MENTIONS] = "mentioned more than once",
	[QUOTH_ANTECEDENT_OTHER_SIDE] = "one stands inside quotation marks, the other outside",
	[QUOTH_ANTECEDENT_PRONOUN] = "a pronoun there",
	[QUOTH_ANTECEDENT_NAME] = "has a name",
	[QUOTH_ANTECEDENT_PLACE] = "a place",
	[QUOTH_ANTECEDENT_ANIMATE] = "can speak",
};
_Static_assert(sizeof feature_words / sizeof *feature_words == QUOTH_N_ANTECEDENT_FEATURES, "every feature has its words");

enum {
	MAX_DISTANCE = 8,	/* sentences */
	NAMED_REACH = 48,	/* mentions of a content that are looked at */
	CLAUSE_MENTIONS = 16,	/* of a sentence that are looked at for the subject behind its opening clause */
	RELATIVE_REACH = 3,	/* tokens between a relative pronoun and its antecedent */
};

/* Where it is likelier than this that a source means another, it means nobody: of 10 such pronouns of PolNeAR train, 4 were
 * right. */
static const float most_doubt = 0.6f;

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

static bool can_mean(const struct quoth_discourse *discourse, enum quoth_pronoun pronoun, uint32_t cluster)
{
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	enum quoth_speaker_kind kind = quoth_cluster_kind(discourse, cluster);

	switch (pronoun) {
	case QUOTH_PRONOUN_PERSON:
		return (kind == QUOTH_PERSON || kind == QUOTH_UNNAMED) && c->type != QUOTH_JOINT_CLUSTER &&
		       c->number != QUOTH_PLURAL;
	case QUOTH_PRONOUN_THING:
		return kind == QUOTH_ORGANIZATION && c->number != QUOTH_PLURAL && c->type != QUOTH_JOINT_CLUSTER;
	default:
		return c->type == QUOTH_JOINT_CLUSTER || kind == QUOTH_GROUP || kind == QUOTH_ORGANIZATION;
	}
}

/* ---- what speaks for a cluster ---- */

static bool is_same_paragraph(const struct quoth_document *doc, uint32_t a, uint32_t b)
{
	return doc->sentences[doc->tokens[a].sentence].paragraph == doc->sentences[doc->tokens[b].sentence].paragraph;
}

static bool opens_paragraph(const struct quoth_document *doc, uint32_t token)
{
	return doc->paragraphs[doc->sentences[doc->tokens[token].sentence].paragraph].tokens.begin == token;
}

/* The cluster whose words a mention stands in, as far as they are ascribed by now. */
static uint32_t holder_of(const struct quoth_discourse *discourse, uint32_t mention)
{
	uint32_t attribution = discourse->holder[mention];
	uint32_t source = attribution == QUOTH_NONE ? QUOTH_NONE : discourse->source_of[attribution];

	return source == QUOTH_NONE ? QUOTH_NONE : discourse->cluster_of[source];
}

/* Where a cluster was mentioned last, and as what. */
static void read_place(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster, int8_t *features)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	uint32_t head = doc->mentions[mention].head;
	uint32_t distance = quoth_cluster_distance(discourse, cluster, head);
	uint32_t since_subject = c->last_subject == QUOTH_NONE ? UINT32_MAX :
				 doc->tokens[head].sentence - doc->tokens[c->last_subject].sentence;

	features[QUOTH_ANTECEDENT_SAME_SENTENCE] = distance == 0;
	features[QUOTH_ANTECEDENT_SENTENCE_BEFORE] = distance == 1;
	features[QUOTH_ANTECEDENT_TWO_BEFORE] = distance == 2;
	features[QUOTH_ANTECEDENT_FARTHER] = distance > 2;
	features[QUOTH_ANTECEDENT_SAME_PARAGRAPH] = is_same_paragraph(doc, head, c->last_token);
	features[QUOTH_ANTECEDENT_SUBJECT] = (c->marks & QUOTH_IS_SUBJECT) != 0;
	features[QUOTH_ANTECEDENT_SUBJECT_HERE] = since_subject == 0;
	features[QUOTH_ANTECEDENT_SUBJECT_BEFORE] = since_subject == 1;
	features[QUOTH_ANTECEDENT_POSSESSIVE] = (c->marks & QUOTH_IS_POSSESSIVE) != 0;
	features[QUOTH_ANTECEDENT_SOURCE] = (c->marks & QUOTH_IS_SOURCE) != 0;
	features[QUOTH_ANTECEDENT_PRONOUN] = distance < 2 && c->last_mention != QUOTH_NONE &&
					     doc->mentions[c->last_mention].kind == QUOTH_PRONOUN_MENTION;
}

/* A name, or a noun of those who speak. */
static bool is_animate(const struct quoth_discourse *discourse, const struct quoth_cluster *c)
{
	static const uint32_t nouns = QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_GROUP_NOUN | QUOTH_LEX_ORGANIZATION_NOUN |
				      QUOTH_LEX_DOCUMENT_NOUN;

	return c->type == QUOTH_NAME_CLUSTER ||
	       (c->display != QUOTH_NONE &&
		quoth_token_lexeme(discourse, discourse->doc->mentions[c->display].head)->flags & nouns);
}

static void read_features(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster, int8_t *features)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	const struct quoth_mention *m = &doc->mentions[mention];
	bool is_quoted = discourse->marks[mention] & QUOTH_IS_QUOTED;
	bool is_holder = holder_of(discourse, mention) == cluster, spoke_last = discourse->last_speaker == cluster;

	read_place(discourse, mention, cluster, features);
	features[QUOTH_ANTECEDENT_NEWEST] = false;
	features[QUOTH_ANTECEDENT_SPOKE_LAST] = spoke_last;
	features[QUOTH_ANTECEDENT_SPOKE_AND_OPENS] = spoke_last && opens_paragraph(doc, m->head);
	features[QUOTH_ANTECEDENT_HOLDER] = is_holder && !is_quoted;
	features[QUOTH_ANTECEDENT_HOLDER_QUOTED] = is_quoted && (is_holder || spoke_last);
	features[QUOTH_ANTECEDENT_AGREES] = c->gender == m->gender ||
					    (m->number == QUOTH_PLURAL && c->number == QUOTH_PLURAL);
	features[QUOTH_ANTECEDENT_MENTIONS] = c->n_mentions > 8 ? 3 : c->n_mentions > 3 ? 2 : c->n_mentions > 1;
	features[QUOTH_ANTECEDENT_OTHER_SIDE] = is_quoted != ((c->marks & QUOTH_IS_QUOTED) != 0);
	features[QUOTH_ANTECEDENT_NAME] = c->type == QUOTH_NAME_CLUSTER;
	features[QUOTH_ANTECEDENT_PLACE] = c->type == QUOTH_NAME_CLUSTER &&
					   quoth_cluster_class(c) == QUOTH_NAME_PLACE;
	features[QUOTH_ANTECEDENT_ANIMATE] = is_animate(discourse, c);
}

/* ---- who cannot be meant ---- */

static bool is_named_within(const struct quoth_discourse *discourse, struct quoth_range tokens, uint32_t cluster)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t m = quoth_mention_from(doc, tokens.begin), n = 0;
	     m < doc->n_mentions && doc->mentions[m].tokens.begin < tokens.end && n < NAMED_REACH; m++, n++)
		if (doc->mentions[m].kind == QUOTH_NAME_MENTION && discourse->cluster_of[m] == cluster &&
		    !(discourse->marks[m] & QUOTH_IS_QUOTED))
			return true;
	return false;
}

/* "She thinks Clinton should stay": who says something is not called by his name in what depends on the verb (principle C
 * of Chomsky 1981, Lectures on Government and Binding). What stands before is free to: "Holm had been ill, he said." */
static bool speaks_of(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster)
{
	const struct quoth_attribution *attribution;

	if (discourse->says[mention] == QUOTH_NONE)
		return false;
	attribution = &discourse->doc->attributions[discourse->says[mention]];
	for (unsigned i = 0; i < attribution->n_parts; i++)
		if (attribution->parts[i].begin > discourse->doc->mentions[mention].head &&
		    is_named_within(discourse, attribution->parts[i], cluster))
			return true;
	return false;
}

/* "He told Lee that …", "he said of Lee": whom one verb joins with him is another (principle B, the same). */
static bool speaks_to(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_range cue;
	uint32_t m;

	if (discourse->says[mention] == QUOTH_NONE)
		return false;
	cue = doc->attributions[discourse->says[mention]].cue;
	m = quoth_mention_from(doc, cue.end);
	if (quoth_range_is_empty(cue) || cue.end <= doc->mentions[mention].head || m >= doc->n_mentions)
		return false;
	return discourse->cluster_of[m] == cluster && doc->mentions[m].kind == QUOTH_NAME_MENTION &&
	       !(discourse->marks[m] & QUOTH_IS_POSSESSIVE) &&
	       (doc->mentions[m].tokens.begin == cue.end ||
		(doc->mentions[m].tokens.begin == cue.end + 1 &&
		 (uint64_t)1 << doc->tokens[cue.end].tag & (QUOTH_TAG_BIT(IN) | QUOTH_TAG_BIT(TO))));
}

/* ---- the choice ---- */

static enum quoth_weighing weighing_of(const struct quoth_discourse *discourse, uint32_t mention,
				       enum quoth_pronoun pronoun)
{
	if (pronoun == QUOTH_PRONOUN_THING)
		return QUOTH_WEIGH_THING;
	if (pronoun == QUOTH_PRONOUN_SEVERAL)
		return QUOTH_WEIGH_SEVERAL;
	return discourse->marks[mention] & QUOTH_IS_SOURCE ? QUOTH_WEIGH_SPEAKER : QUOTH_WEIGH_PERSON;
}

static void gather_ring(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_pronoun pronoun,
			unsigned gender, enum quoth_ring ring, struct quoth_antecedents *antecedents)
{
	uint32_t head = discourse->doc->mentions[mention].head;

	for (uint32_t i = 0; i < discourse->n_recent[ring]; i++) {
		uint32_t cluster = discourse->recent[ring][i];
		struct quoth_antecedent *antecedent = &antecedents->list[antecedents->n];

		if (!can_mean(discourse, pronoun, cluster) ||
		    quoth_cluster_distance(discourse, cluster, head) > MAX_DISTANCE || speaks_of(discourse, mention, cluster) ||
		    speaks_to(discourse, mention, cluster))
			continue;
		antecedent->cluster = cluster;
		antecedent->gender = discourse->clusters[cluster].gender;
		antecedent->is_possible = pronoun != QUOTH_PRONOUN_PERSON ||
					  quoth_genders_agree(gender, antecedent->gender);
		if (!antecedent->is_possible && !discourse->watcher)
			continue;
		read_features(discourse, mention, cluster, antecedent->features);
		antecedents->n++;
	}
}

static void gather(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_pronoun pronoun,
		   unsigned gender, struct quoth_antecedents *antecedents)
{
	antecedents->mention = mention;
	antecedents->weighing = weighing_of(discourse, mention, pronoun);
	antecedents->gender = (uint8_t)gender;
	antecedents->n = 0;
	if (pronoun == QUOTH_PRONOUN_PERSON)
		gather_ring(discourse, mention, pronoun, gender, QUOTH_RING_PERSONS, antecedents);
	if (pronoun == QUOTH_PRONOUN_SEVERAL)
		gather_ring(discourse, mention, pronoun, gender, QUOTH_RING_SEVERAL, antecedents);
	if (pronoun != QUOTH_PRONOUN_PERSON)
		gather_ring(discourse, mention, pronoun, gender, QUOTH_RING_BODIES, antecedents);
	for (uint32_t i = 0; i < antecedents->n; i++)
		if (antecedents->list[i].is_possible) {
			antecedents->list[i].features[QUOTH_ANTECEDENT_NEWEST] = true;
			break;
		}
}

static int weigh(const struct quoth_weighings *weighings, enum quoth_weighing weighing, const int8_t *features)
{
	int weight = 0;

	for (unsigned f = 0; f < QUOTH_N_ANTECEDENT_FEATURES; f++)
		weight += weighings->antecedent[f][weighing] * features[f];
	return weight;
}

/* The chance that a choice is wrong: what the others and nobody take of all odds. */
static float doubt_of(const struct quoth_weighings *weighings, const struct quoth_antecedents *antecedents, int most)
{
	float others = expf((float)(weighings->antecedent[QUOTH_N_ANTECEDENT_FEATURES][antecedents->weighing] - most) / 100);

	for (uint32_t i = 0; i < antecedents->n; i++)
		if (antecedents->list[i].is_possible)
			others += expf((float)(weigh(weighings, antecedents->weighing, antecedents->list[i].features) -
					       most) / 100);
	return 1 - 1 / others;
}

static void note_features(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_weighing weighing,
			  const struct quoth_antecedent *antecedent, int weight)
{
	struct quoth_reason reasons[QUOTH_N_ANTECEDENT_FEATURES];

	for (unsigned f = 0; f < QUOTH_N_ANTECEDENT_FEATURES; f++)
		reasons[f] = (struct quoth_reason){
			.words = feature_words[f], .entity = antecedent->cluster,
			.weight = (float)(discourse->weighings->antecedent[f][weighing] * antecedent->features[f]) / 100};
	quoth_speaker_note(discourse, mention, antecedent->cluster, (float)weight / 100, reasons,
			   QUOTH_N_ANTECEDENT_FEATURES);
}

uint32_t quoth_salient_choose(const struct quoth_discourse *discourse, uint32_t mention, enum quoth_pronoun pronoun,
			      unsigned gender, int threshold, int margin)
{
	bool is_noted = quoth_speaker_is_noted(discourse, mention);
	struct quoth_antecedents antecedents;
	uint32_t best = QUOTH_NONE;
	int most, second = INT_MIN;

	gather(discourse, mention, pronoun, gender, &antecedents);
	most = threshold + discourse->weighings->antecedent[QUOTH_N_ANTECEDENT_FEATURES][antecedents.weighing] - 1;
	for (uint32_t i = 0; i < antecedents.n; i++) {
		int weight;

		if (!antecedents.list[i].is_possible)
			continue;
		weight = weigh(discourse->weighings, antecedents.weighing, antecedents.list[i].features);
		if (is_noted)
			note_features(discourse, mention, antecedents.weighing, &antecedents.list[i], weight);
		if (weight > most) {
			second = best == QUOTH_NONE ? second : most;
			best = antecedents.list[i].cluster;
			most = weight;
		} else if (weight > second) {
			second = weight;
		}
	}
	if (best != QUOTH_NONE && discourse->marks[mention] & QUOTH_IS_SOURCE &&
	    discourse->doc->mentions[mention].kind == QUOTH_PRONOUN_MENTION)
		discourse->doubts[mention] = doubt_of(discourse->weighings, &antecedents, most);
	if (discourse->watcher && discourse->doc->mentions[mention].kind == QUOTH_PRONOUN_MENTION)
		discourse->watcher->see(discourse->watcher->context, &antecedents);
	return second != INT_MIN && most - second < margin ? QUOTH_NONE : best;
}

/* Whether a sentence begins with what is subordinate: "While she praised it, Lee …", "Asked if he would stay, Lee …". */
static bool opens_subordinate(const struct quoth_discourse *discourse, struct quoth_range sentence)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t first = sentence.begin + (sentence.begin + 1 < sentence.end && doc->tokens[sentence.begin].tag == QUOTH_TAG_RB);
	unsigned tag = doc->tokens[first].tag;

	return tag == QUOTH_TAG_IN || tag == QUOTH_TAG_WRB || quoth_token_is_in(discourse, first, QUOTH_SET_ASKING);
}

static bool follows_comma(const struct quoth_document *doc, uint32_t token)
{
	while (token > 0 && doc->tokens[token - 1].kind == QUOTH_QUOTE_MARK)
		token--;
	return token > 0 && doc->tokens[token - 1].mark == QUOTH_COMMA;
}

/* The first named in a sentence behind its opening clause, as the subject of the main one: whom "he" in the clause means
 * though the name comes later (cataphora; Quirk et al. 1985, A Comprehensive Grammar of the English Language, 6.19). */
static uint32_t find_later_subject(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_range sentence = doc->sentences[doc->tokens[doc->mentions[mention].head].sentence].tokens;
	uint32_t m = quoth_mention_from(doc, sentence.begin);

	if (!opens_subordinate(discourse, sentence))
		return QUOTH_NONE;
	for (unsigned n = 0; m < doc->n_mentions && n < CLAUSE_MENTIONS; m++, n++) {
		const struct quoth_mention *later = &doc->mentions[m];
		uint32_t cluster = discourse->cluster_of[m];

		if (later->tokens.begin >= sentence.end)
			break;
		if (later->kind != QUOTH_NAME_MENTION || cluster == QUOTH_NONE || later->is_group ||
		    quoth_cluster_kind(discourse, cluster) != QUOTH_PERSON)
			continue;
		return m > mention && discourse->marks[m] & QUOTH_IS_SUBJECT &&
		       follows_comma(doc, later->tokens.begin) &&
		       quoth_genders_agree(doc->mentions[mention].gender, discourse->clusters[cluster].gender) ?
		       cluster : QUOTH_NONE;
	}
	return QUOTH_NONE;
}

uint32_t quoth_pronoun_resolve(const struct quoth_discourse *discourse, uint32_t mention)
{
	const struct quoth_mention *m = &discourse->doc->mentions[mention];
	enum quoth_pronoun pronoun = quoth_pronoun_read(discourse, m->head);
	uint32_t cluster;

	if (pronoun == QUOTH_PRONOUN_RELATIVE) {
		uint32_t antecedent = m->apposition != QUOTH_NONE && m->apposition < mention ? m->apposition :
				      quoth_relative_antecedent(discourse, m->tokens.begin);

		return antecedent == QUOTH_NONE ? QUOTH_NONE : discourse->cluster_of[antecedent];
	}
	if (pronoun >= QUOTH_N_PRONOUNS)
		return QUOTH_NONE;
	cluster = pronoun == QUOTH_PRONOUN_PERSON ? find_later_subject(discourse, mention) : QUOTH_NONE;
	if (cluster != QUOTH_NONE)
		return cluster;
	cluster = quoth_salient_choose(discourse, mention, pronoun, quoth_token_lexeme(discourse, m->head)->gender, 0, 0);
	return discourse->doubts[mention] > most_doubt ? QUOTH_NONE : cluster;
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
