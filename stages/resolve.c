#include "stages/resolve.h"

#include "stages/resolve_certainty.h"
#include "stages/resolve_descriptions.h"
#include "stages/resolve_entities.h"
#include "stages/resolve_explain.h"
#include "stages/resolve_interview.h"
#include "stages/resolve_joints.h"
#include "stages/resolve_names.h"
#include "stages/resolve_pronouns.h"
#include "stages/resolve_roles.h"
#include "stages/resolve_sources.h"
#include "stages/resolve_titles.h"
#include "stages/resolve_watch.h"

#include <string.h>

enum {
	SUBJECT_REACH = 4,	/* tokens between a subject and its verb: adverbs, auxiliaries */
	MAX_SOURCE = 64,	/* tokens of a source that are looked at where no mention says more */
};

/* ---- marks ---- */

static bool is_verb(const struct quoth_token *token)
{
	return token->tag == QUOTH_TAG_VBD || token->tag == QUOTH_TAG_VBZ || token->tag == QUOTH_TAG_VBP ||
	       token->tag == QUOTH_TAG_MD || token->tag == QUOTH_TAG_VBN;
}

static bool is_preposition(const struct quoth_token *token)
{
	return token->tag == QUOTH_TAG_IN || token->tag == QUOTH_TAG_TO;
}

/* A verb follows; or a comma, of the first thing in a sentence ("Ryabkov, a deputy minister, said"). */
static bool is_subject(const struct quoth_document *doc, const struct quoth_mention *mention)
{
	uint32_t begin = mention->tokens.begin, end = mention->tokens.end;
	const struct quoth_range sentence = doc->sentences[doc->tokens[begin].sentence].tokens;

	if (begin > sentence.begin && is_preposition(&doc->tokens[begin - 1]))
		return false;
	if (begin == sentence.begin && end < sentence.end && doc->tokens[end].mark == QUOTH_COMMA)
		return true;
	for (uint32_t i = end; i < sentence.end && i < end + SUBJECT_REACH; i++) {
		if (is_verb(&doc->tokens[i]))
			return true;
		if (doc->tokens[i].tag != QUOTH_TAG_RB)
			return false;
	}
	return false;
}

static void mark_mentions(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		const struct quoth_mention *mention = &doc->mentions[m];
		unsigned marks = 0;

		if (doc->tokens[mention->head].quote_depth)
			marks |= QUOTH_IS_QUOTED;
		if (is_subject(doc, mention))
			marks |= QUOTH_IS_SUBJECT;
		if (mention->tokens.end < doc->n_tokens && doc->tokens[mention->tokens.end].tag == QUOTH_TAG_POS)
			marks |= QUOTH_IS_POSSESSIVE;
		discourse->marks[m] = (uint8_t)marks;
	}
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		uint32_t m = quoth_source_find(doc, &doc->attributions[i]);

		discourse->source_of[i] = m;
		if (m == QUOTH_NONE)
			continue;
		discourse->marks[m] |= QUOTH_IS_SOURCE | QUOTH_IS_SUBJECT;
		if (discourse->says[m] == QUOTH_NONE)
			discourse->says[m] = i;
	}
}

/* ---- contents ---- */

/* The attributions whose content a source may stand in, innermost last: a stack that a source is looked up in. */
struct enclosing {
	uint32_t *stack;
	uint32_t n;
};

static struct quoth_range content_extent(const struct quoth_attribution *attribution)
{
	return (struct quoth_range){attribution->parts[0].begin, attribution->parts[attribution->n_parts - 1].end};
}

static bool is_inside(const struct quoth_attribution *attribution, uint32_t token)
{
	for (unsigned i = 0; i < attribution->n_parts; i++)
		if (quoth_range_holds(attribution->parts[i], token))
			return true;
	return false;
}

/* Puts an attribution on the stack, over those that do not end before it. */
static void push_enclosing(const struct quoth_document *doc, struct enclosing *enclosing, uint32_t i)
{
	uint32_t begin = content_extent(&doc->attributions[i]).begin;

	while (enclosing->n &&
	       content_extent(&doc->attributions[enclosing->stack[enclosing->n - 1]]).end <= begin)
		enclosing->n--;
	enclosing->stack[enclosing->n++] = i;
}

/* The innermost that a token is inside of. */
static uint32_t find_enclosing(const struct quoth_document *doc, const struct enclosing *enclosing, uint32_t token)
{
	uint32_t n = enclosing->n;

	for (unsigned tries = 0; n > 0 && tries < SCAN; tries++)
		if (is_inside(&doc->attributions[enclosing->stack[--n]], token))
			return enclosing->stack[n];
	return QUOTH_NONE;
}

/* What each mention stands in the content of. */
static void find_holders(struct quoth_discourse *discourse, struct enclosing enclosing)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t next = 0;

	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		uint32_t head = doc->mentions[m].head;

		while (next < doc->n_attributions && content_extent(&doc->attributions[next]).begin <= head)
			push_enclosing(doc, &enclosing, next++);
		discourse->holder[m] = find_enclosing(doc, &enclosing, head);
	}
}

/* ---- the sweep ---- */

static int place_mention(struct quoth_discourse *discourse, uint32_t m)
{
	uint32_t cluster = discourse->cluster_of[m];
	int error = 0;

	if (cluster == QUOTH_NONE && discourse->doc->mentions[m].kind == QUOTH_PRONOUN_MENTION)
		cluster = quoth_pronoun_resolve(discourse, m);
	else if (cluster == QUOTH_NONE)
		error = quoth_description_place(discourse, m, &cluster);
	if (!error && cluster != QUOTH_NONE)
		quoth_cluster_mention(discourse, cluster, m);
	return error;
}

/* Sources that are names but no mentions, chained by the mention that they stand before. */
struct nameless {
	uint32_t *first;	/* by mention: an attribution, QUOTH_NONE */
	uint32_t *next;		/* by attribution */
};

static int find_nameless(const struct quoth_discourse *discourse, struct nameless *nameless)
{
	const struct quoth_document *doc = discourse->doc;

	nameless->first = quoth_arena_array(doc->arena, (size_t)doc->n_mentions + 1, sizeof(uint32_t));
	nameless->next = quoth_arena_array(doc->arena, (size_t)doc->n_attributions + 1, sizeof(uint32_t));
	if (!nameless->first || !nameless->next)
		return QUOTH_NO_MEMORY;
	for (uint32_t m = 0; m <= doc->n_mentions; m++)
		nameless->first[m] = QUOTH_NONE;
	for (uint32_t i = doc->n_attributions; i-- > 0;) {
		struct quoth_range source = doc->attributions[i].source;
		uint32_t at;

		if (quoth_range_is_empty(source) || discourse->source_of[i] != QUOTH_NONE)
			continue;
		at = quoth_mention_from(doc, source.begin);
		nameless->next[i] = nameless->first[at];
		nameless->first[at] = i;
	}
	return 0;
}

static void place_nameless(struct quoth_discourse *discourse, const struct nameless *nameless, uint32_t m)
{
	for (uint32_t i = nameless->first[m]; i != QUOTH_NONE; i = nameless->next[i]) {
		uint32_t cluster = quoth_names_find(discourse, discourse->doc->attributions[i].source);

		if (cluster != QUOTH_NONE)
			quoth_cluster_source(discourse, cluster, discourse->doc->attributions[i].source.begin);
	}
}

/* Goes through the mentions in order of reading. Several named together come into view behind the last of them. */
static int sweep_mentions(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t group = QUOTH_NONE, group_end = 0, cluster;
	struct nameless nameless;
	int error = find_nameless(discourse, &nameless);

	for (uint32_t m = 0; !error && m < doc->n_mentions; m++) {
		place_nameless(discourse, &nameless, m);
		if (doc->mentions[m].is_group && m >= group_end) {
			group = m;
			group_end = quoth_joint_end(doc, m);
		} else {
			error = place_mention(discourse, m);
		}
		if (error || group == QUOTH_NONE || m + 1 < group_end)
			continue;
		error = quoth_joint_place(discourse, group, &cluster);
		if (!error && cluster == QUOTH_NONE)
			error = place_mention(discourse, group);
		else if (!error)
			quoth_cluster_mention(discourse, cluster, group);
		group = QUOTH_NONE;
	}
	return error;
}

/* ---- attributions ---- */

/* The source names a thing of the mention ("Clinton's team", "an aide to Clinton"), not the mention. */
static bool is_owner_only(const struct quoth_document *doc, const struct quoth_mention *mention,
			  struct quoth_range source)
{
	if (mention->tokens.begin > source.begin + 1 && is_preposition(&doc->tokens[mention->tokens.begin - 1]))
		return true;
	return mention->tokens.end + 1 < source.end && doc->tokens[mention->tokens.end].tag == QUOTH_TAG_POS &&
	       doc->tokens[mention->tokens.end + 1].kind == QUOTH_WORD;
}

/* Whose document a source is: "her submission", "the company's statement", "a video by the committee". QUOTH_NONE. */
static uint32_t find_owner(const struct quoth_discourse *discourse, uint32_t m)
{
	const struct quoth_document *doc = discourse->doc;
	const struct quoth_mention *mention = &doc->mentions[m];

	if (!(quoth_token_lexeme(discourse, mention->head)->flags & QUOTH_LEX_DOCUMENT_NOUN))
		return QUOTH_NONE;
	for (uint32_t inner = m + 1; inner < doc->n_mentions && inner - m < SCAN; inner++) {
		const struct quoth_mention *owner = &doc->mentions[inner];
		uint32_t end = owner->tokens.end;

		if (owner->tokens.begin >= mention->tokens.end)
			break;
		if (discourse->cluster_of[inner] == QUOTH_NONE ||
		    discourse->clusters[discourse->cluster_of[inner]].type != QUOTH_NAME_CLUSTER)
			continue;
		if (end <= mention->head && (doc->tokens[end].tag == QUOTH_TAG_POS ||
					     doc->tokens[end - 1].tag == QUOTH_TAG_POS ||
					     doc->tokens[owner->head].tag == QUOTH_TAG_PRPS))
			return discourse->cluster_of[inner];
		if (owner->tokens.begin == mention->head + 2 &&
		    quoth_token_is_in(discourse, mention->head + 1, QUOTH_SET_MAKING))
			return discourse->cluster_of[inner];
	}
	return QUOTH_NONE;
}

/* "At least half", "more than 6 in 10": where a description begins with the words before it in its source that measure it. */
static uint32_t find_measure(const struct quoth_discourse *discourse, uint32_t begin, struct quoth_range source)
{
	for (uint32_t i = source.begin; i < begin; i++)
		if (!quoth_token_is_in(discourse, i, QUOTH_SET_MEASURE))
			return begin;
	return source.begin;
}

/* A description is as long as the source beside the cue, up to a comma or relative clause. */
static void lengthen_description(struct quoth_discourse *discourse, uint32_t cluster, struct quoth_range source)
{
	const struct quoth_document *doc = discourse->doc;
	struct quoth_cluster *c = &discourse->clusters[cluster];

	if (c->type != QUOTH_DESCRIPTION_CLUSTER || source.begin > c->described.begin || source.end < c->described.end ||
	    c->display == QUOTH_NONE)
		return;
	c->described.begin = find_measure(discourse, c->described.begin, source);
	if (source.end > c->described.end && source.begin + 1 >= c->described.begin)
		c->described.end = quoth_source_description_end(doc, c->described.end, source);
}

/* A cluster of its own for a source that no mention is. */
static int describe_source(struct quoth_discourse *discourse, uint32_t m, struct quoth_range source, uint32_t *cluster)
{
	int error;

	if (quoth_range_length(source) > MAX_SOURCE)
		source.end = source.begin + MAX_SOURCE;
	*cluster = quoth_names_find(discourse, source);
	if (*cluster != QUOTH_NONE)
		return 0;
	error = quoth_cluster_add(discourse, QUOTH_DESCRIPTION_CLUSTER, m, cluster);
	if (!error)
		discourse->clusters[*cluster].described = source;
	return error;
}

static enum quoth_resolution mention_resolution(const struct quoth_mention *mention)
{
	switch (mention->kind) {
	case QUOTH_NAME_MENTION: return QUOTH_NAMED;
	case QUOTH_NOMINAL_MENTION: return QUOTH_NOMINAL;
	default: return QUOTH_PRONOUN;
	}
}

/* Speakers that a pronoun needs the attributions for: "I" is who speaks the content that it stands in. */
static uint32_t resolve_pronoun_source(const struct quoth_discourse *discourse, const struct enclosing *enclosing,
				       const struct quoth_attribution *attribution, uint32_t m, uint32_t token)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t outer;

	switch (quoth_pronoun_read(discourse, token)) {
	case QUOTH_PRONOUN_SPEAKER:
		outer = find_enclosing(doc, enclosing, attribution->source.begin);
		return outer == QUOTH_NONE ? QUOTH_NONE : doc->attributions[outer].entity;
	case QUOTH_PRONOUN_RELATIVE:
		if (m != QUOTH_NONE)
			return discourse->cluster_of[m];
		outer = quoth_relative_antecedent(discourse, token);
		return outer == QUOTH_NONE ? QUOTH_NONE : discourse->cluster_of[outer];
	default:
		return m == QUOTH_NONE ? QUOTH_NONE : discourse->cluster_of[m];
	}
}

/* Words that describe their source by themselves: all but personal and relative pronouns; "some", "others" do. */
static bool names_somebody(const struct quoth_discourse *discourse, uint32_t token)
{
	uint32_t flags = quoth_token_lexeme(discourse, token)->flags;

	return quoth_pronoun_read(discourse, token) == QUOTH_PRONOUN_OTHER &&
	       (!(flags & QUOTH_LEX_PRONOUN) || flags & QUOTH_LEX_INDEFINITE);
}

/* m: the mention that the source is, QUOTH_NONE. */
static int resolve_source(struct quoth_discourse *discourse, const struct enclosing *enclosing,
			  struct quoth_attribution *attribution, uint32_t m)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t token = attribution->source.begin;
	int error = m == QUOTH_NONE ? 0 : quoth_joint_pair(discourse, m, attribution->source, &attribution->entity);

	if (error || attribution->entity != QUOTH_NONE) {
		attribution->resolution = QUOTH_NOMINAL;
		return error;
	}
	if (m != QUOTH_NONE && doc->mentions[m].kind == QUOTH_PRONOUN_MENTION)
		token = doc->mentions[m].head;
	if ((m == QUOTH_NONE || doc->mentions[m].kind == QUOTH_PRONOUN_MENTION) && names_somebody(discourse, token)) {
		error = describe_source(discourse, m, attribution->source, &attribution->entity);
		attribution->resolution = error || discourse->clusters[attribution->entity].type != QUOTH_NAME_CLUSTER ?
					  QUOTH_NOMINAL : QUOTH_NAMED;
	} else if (m == QUOTH_NONE || doc->mentions[m].kind == QUOTH_PRONOUN_MENTION) {
		attribution->entity = resolve_pronoun_source(discourse, enclosing, attribution, m, token);
		attribution->resolution = QUOTH_PRONOUN;
	} else {
		uint32_t joint, owner;

		attribution->resolution = discourse->marks[m] & QUOTH_IS_NAMED ? QUOTH_NAMED :
					  (uint8_t)mention_resolution(&doc->mentions[m]);
		error = quoth_joint_within(discourse, m, attribution->source, &joint);
		owner = doc->mentions[m].kind == QUOTH_NOMINAL_MENTION ? find_owner(discourse, m) : QUOTH_NONE;
		attribution->entity = owner != QUOTH_NONE ? owner : joint != QUOTH_NONE ? joint :
				      discourse->cluster_of[m];
		if (owner != QUOTH_NONE)
			return error;
		if (!error && joint == QUOTH_NONE && is_owner_only(doc, &doc->mentions[m], attribution->source)) {
			error = describe_source(discourse, m, attribution->source, &attribution->entity);
			attribution->resolution = QUOTH_NOMINAL;
		} else if (attribution->entity != QUOTH_NONE) {
			lengthen_description(discourse, attribution->entity, attribution->source);
		}
	}
	if (attribution->entity == QUOTH_NONE)
		attribution->resolution = QUOTH_UNRESOLVED;
	return error;
}

static int resolve_attributions(struct quoth_discourse *discourse, struct enclosing enclosing)
{
	struct quoth_document *doc = discourse->doc;
	struct quoth_interview interview;
	int error = quoth_interview_read(discourse, &interview);

	for (uint32_t i = 0; !error && i < doc->n_attributions; i++) {
		struct quoth_attribution *attribution = &doc->attributions[i];

		attribution->entity = QUOTH_NONE;
		attribution->resolution = QUOTH_UNRESOLVED;
		if (quoth_interview_label(doc, &interview, attribution->source, &attribution->entity)) {
			attribution->resolution = attribution->entity == QUOTH_NONE ? QUOTH_UNRESOLVED : QUOTH_NOMINAL;
		} else if (!quoth_range_is_empty(attribution->source) || attribution->mention != QUOTH_NONE) {
			error = resolve_source(discourse, &enclosing, attribution, discourse->source_of[i]);
		} else if (attribution->continues < i && doc->attributions[attribution->continues].entity != QUOTH_NONE) {
			attribution->entity = doc->attributions[attribution->continues].entity;
			attribution->resolution = QUOTH_CONTINUED;
		}
		if (!error)
			attribution->doubt = quoth_speaker_doubt(discourse, i);
		push_enclosing(doc, &enclosing, i);
	}
	return error;
}

static int explain_speakers(const struct quoth_discourse *discourse)
{
	int error = 0;

	for (uint32_t i = 0; discourse->notes && !error && i < discourse->doc->n_attributions; i++)
		error = quoth_speaker_explain(discourse, i);
	return error;
}

/* ---- the door ---- */

static void forget(struct quoth_document *doc)
{
	doc->entities = NULL;
	doc->n_entities = 0;
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		doc->attributions[i].entity = QUOTH_NONE;
		doc->attributions[i].resolution = QUOTH_UNRESOLVED;
		doc->attributions[i].doubt = 0;
	}
	for (uint32_t m = 0; m < doc->n_mentions; m++)
		doc->mentions[m].entity = QUOTH_NONE;
}

static int open_discourse(struct quoth_discourse *discourse, struct enclosing *enclosing, struct quoth_document *doc,
			  const struct quoth_resources *res, const struct quoth_watcher *watcher)
{
	memset(discourse, 0, sizeof *discourse);
	discourse->doc = doc;
	discourse->lexicon = res->lexicon;
	discourse->weighings = res->weighings;
	discourse->watcher = watcher;
	discourse->last_speaker = QUOTH_NONE;
	discourse->cluster_of = quoth_arena_array(doc->arena, doc->n_mentions, sizeof *discourse->cluster_of);
	discourse->marks = quoth_arena_array(doc->arena, doc->n_mentions, sizeof *discourse->marks);
	discourse->holder = quoth_arena_array(doc->arena, doc->n_mentions, sizeof *discourse->holder);
	discourse->doubts = quoth_arena_array(doc->arena, doc->n_mentions, sizeof *discourse->doubts);
	discourse->says = quoth_arena_array(doc->arena, doc->n_mentions, sizeof *discourse->says);
	discourse->source_of = quoth_arena_array(doc->arena, doc->n_attributions, sizeof *discourse->source_of);
	enclosing->stack = quoth_arena_array(doc->arena, doc->n_attributions, sizeof *enclosing->stack);
	if (!discourse->cluster_of || !discourse->marks || !discourse->holder || !discourse->doubts || !discourse->says ||
	    !discourse->source_of || !enclosing->stack)
		return QUOTH_NO_MEMORY;
	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		discourse->cluster_of[m] = QUOTH_NONE;
		discourse->doubts[m] = -1;
		discourse->says[m] = QUOTH_NONE;
	}
	return quoth_speaker_notes_begin(discourse);
}

int quoth_resolve_watched(struct quoth_document *doc, const struct quoth_resources *res,
			  const struct quoth_watcher *watcher)
{
	struct quoth_discourse discourse;
	struct enclosing enclosing = {NULL, 0};
	int error;

	forget(doc);
	if (!doc->n_mentions && !doc->n_attributions)
		return 0;
	error = open_discourse(&discourse, &enclosing, doc, res, watcher);
	if (error)
		return error;
	quoth_titles_part(&discourse);
	quoth_sources_fit(&discourse);
	mark_mentions(&discourse);
	find_holders(&discourse, enclosing);
	error = quoth_names_link(&discourse);
	if (!error)
		error = quoth_roles_collect(&discourse);
	if (!error)
		error = sweep_mentions(&discourse);
	if (!error)
		error = quoth_roles_take_up(&discourse);
	if (!error)
		error = resolve_attributions(&discourse, enclosing);
	if (!error)
		error = quoth_entities_write(&discourse);
	if (!error)
		error = explain_speakers(&discourse);
	if (error) {
		forget(doc);
		return error;
	}
	for (uint32_t m = 0; m < doc->n_mentions; m++)
		doc->mentions[m].entity = discourse.cluster_of[m];
	return 0;
}

int quoth_resolve(struct quoth_document *doc, const struct quoth_resources *res)
{
	return quoth_resolve_watched(doc, res, NULL);
}
