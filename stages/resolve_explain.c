#include "stages/resolve_explain.h"

#include "stages/resolve_pronouns.h"
#include "stages/resolve_words.h"

#include <math.h>
#include <string.h>

struct quoth_speaker_notes {
	struct quoth_listing **of;	/* what was weighed, by mention; NULL: nothing */
	bool has_failed;
};

/* ---- notes ---- */

int quoth_speaker_notes_begin(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;

	if (!doc->explanations)
		return 0;
	discourse->notes = quoth_arena_alloc(doc->arena, sizeof *discourse->notes);
	if (!discourse->notes)
		return QUOTH_NO_MEMORY;
	*discourse->notes = (struct quoth_speaker_notes){
		.of = quoth_arena_array(doc->arena, doc->n_mentions, sizeof *discourse->notes->of)};
	if (!discourse->notes->of)
		return QUOTH_NO_MEMORY;
	for (uint32_t m = 0; m < doc->n_mentions; m++)
		discourse->notes->of[m] = NULL;
	return 0;
}

bool quoth_speaker_is_noted(const struct quoth_discourse *discourse, uint32_t mention)
{
	if (!discourse->notes || !(discourse->marks[mention] & QUOTH_IS_SOURCE))
		return false;
	discourse->notes->of[mention] = NULL;
	return true;
}

/* The tokens of a mention as the one part of an alternative; false without memory. */
static bool set_part(struct quoth_arena *arena, struct quoth_alternative *alternative, struct quoth_range tokens)
{
	return quoth_alternative_set_parts(arena, alternative, &tokens, !quoth_range_is_empty(tokens));
}

/* Takes an older note of a cluster back: what was weighed last decided. */
static void take_back(struct quoth_listing *weighed, uint32_t cluster)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < weighed->n; i++)
		if (weighed->items[i].entity != cluster)
			weighed->items[kept++] = weighed->items[i];
	weighed->n = (uint8_t)kept;
}

void quoth_speaker_note(const struct quoth_discourse *discourse, uint32_t mention, uint32_t cluster, float weight,
			const struct quoth_reason *reasons, unsigned n)
{
	struct quoth_speaker_notes *notes = discourse->notes;
	struct quoth_arena *arena = discourse->doc->arena;
	struct quoth_listing *weighed = notes->of[mention];
	struct quoth_alternative note = quoth_alternative_blank(cluster);
	uint32_t last = discourse->clusters[cluster].last_token;
	unsigned at;

	if (!weighed) {
		weighed = notes->of[mention] = quoth_arena_alloc(arena, sizeof *weighed);
		if (weighed)
			weighed->n = 0;
	}
	if (weighed)
		take_back(weighed, cluster);
	if (weighed && weighed->n == QUOTH_MAX_ALTERNATIVES && weighed->items[weighed->n - 1].weight >= weight)
		return;
	note.weight = weight;
	note.reasons = quoth_reasons_keep(arena, reasons, n, &note.n_reasons);
	if (!weighed || !note.reasons || !set_part(arena, &note, (struct quoth_range){last, last + 1})) {
		notes->has_failed = true;
		return;
	}
	for (at = weighed->n; at > 0 && weighed->items[at - 1].weight < weight; at--)
		if (at < QUOTH_MAX_ALTERNATIVES)
			weighed->items[at] = weighed->items[at - 1];
	weighed->items[at] = note;
	weighed->n += weighed->n < QUOTH_MAX_ALTERNATIVES;
}

/* ---- what the clusters tell ---- */

struct speaker {
	const struct quoth_discourse *discourse;
	const struct quoth_attribution *attribution;
	uint32_t mention, entity;
	struct quoth_choice *choice;
	struct quoth_listing listing;
};

static void say(struct speaker *speaker, const char *words, struct quoth_range tokens)
{
	const struct quoth_document *doc = speaker->discourse->doc;
	uint32_t sentence = quoth_range_is_empty(tokens) ? 0 : doc->tokens[tokens.begin].sentence;

	speaker->choice->because = (struct quoth_reason){
		.words = words, .tokens = tokens, .entity = speaker->entity,
		.number = quoth_range_is_empty(tokens) ? 0 : doc->sentences[sentence].paragraph + 1,
	};
}

/* Adds a cluster with where it is named best, and how often it is. */
static int add_cluster(struct speaker *speaker, uint32_t cluster)
{
	static const char often[] = "named in full in %n places";
	const struct quoth_discourse *discourse = speaker->discourse;
	const struct quoth_cluster *c = &discourse->clusters[cluster];
	struct quoth_range tokens = c->display == QUOTH_NONE ? c->described : discourse->doc->mentions[c->display].tokens;
	struct quoth_reason *reason = quoth_arena_alloc(discourse->doc->arena, sizeof *reason);
	struct quoth_alternative *item = &speaker->listing.items[speaker->listing.n];

	*item = quoth_alternative_blank(cluster);
	if (!reason || !set_part(discourse->doc->arena, item, tokens))
		return QUOTH_NO_MEMORY;
	*reason = (struct quoth_reason){.words = often, .entity = cluster, .number = c->n_full};
	item->reasons = reason;
	item->n_reasons = c->type == QUOTH_NAME_CLUSTER && c->n_full > 1;
	item->is_chosen = cluster == speaker->entity;
	speaker->listing.n++;
	return 0;
}

/* What was weighed for the mention, NULL if nothing was. */
static const struct quoth_listing *find_weighed(const struct speaker *speaker)
{
	return speaker->mention == QUOTH_NONE ? NULL : speaker->discourse->notes->of[speaker->mention];
}

static void add_weighed_if(struct speaker *speaker, bool is_chosen)
{
	const struct quoth_listing *weighed = find_weighed(speaker);
	struct quoth_listing *listing = &speaker->listing;

	for (unsigned i = 0; weighed && i < weighed->n && listing->n < QUOTH_MAX_ALTERNATIVES; i++) {
		if ((weighed->items[i].entity == speaker->entity) != is_chosen)
			continue;
		listing->items[listing->n] = weighed->items[i];
		listing->items[listing->n++].is_chosen = is_chosen;
	}
}

/* Takes over what was weighed for the mention. The chosen comes first, whether it was weighed or not. */
static int add_weighed(struct speaker *speaker)
{
	int error = 0;

	add_weighed_if(speaker, true);
	if (speaker->listing.n == 0 && speaker->entity != QUOTH_NONE)
		error = add_cluster(speaker, speaker->entity);
	add_weighed_if(speaker, false);
	return error;
}

/* Those whose name a single word could be short for; how many there are. */
static int add_bearers(struct speaker *speaker, const struct quoth_name *name, unsigned *n_bearers)
{
	const struct quoth_discourse *discourse = speaker->discourse;
	int error = 0;

	*n_bearers = 0;
	for (unsigned table = 0; table < 2; table++) {
		uint32_t i = quoth_index_find(discourse, table ? QUOTH_BY_FIRST : QUOTH_BY_LAST, name->words[0]);

		for (unsigned n = 0; !error && i != QUOTH_NONE && n < SCAN; n++) {
			const struct quoth_cluster *cluster = &discourse->clusters[i];

			++*n_bearers;
			if (i != speaker->entity && cluster->n_full && speaker->listing.n < QUOTH_MAX_ALTERNATIVES)
				error = add_cluster(speaker, i);
			i = table ? cluster->next_first : cluster->next_last;
		}
	}
	return error;
}

static int explain_name(struct speaker *speaker)
{
	const struct quoth_discourse *discourse = speaker->discourse;
	const struct quoth_cluster *cluster = &discourse->clusters[speaker->entity];
	struct quoth_range here = speaker->attribution->source, full;
	struct quoth_name name;
	unsigned n_bearers;
	int error = add_cluster(speaker, speaker->entity);

	if (speaker->mention != QUOTH_NONE && !quoth_range_is_empty(discourse->doc->mentions[speaker->mention].name))
		here = discourse->doc->mentions[speaker->mention].name;
	if (error || cluster->type != QUOTH_NAME_CLUSTER || quoth_range_length(here) > 2 * NAME_WORDS) {
		say(speaker, "named here: “%t”", here);
		return error;
	}
	quoth_name_read(discourse, here, &name);
	full = discourse->doc->mentions[cluster->display].name;
	if (full.begin == here.begin || (name.n == cluster->name.n && name.n &&
					 memcmp(name.words, cluster->name.words, name.n * sizeof *name.words) == 0)) {
		say(speaker, "named here: “%t”", here);
	} else if (name.n == 1 && name.is_upper && cluster->name.n_acronym > 1) {
		say(speaker, "short for %e", here);
	} else if (name.n == 1) {
		error = add_bearers(speaker, &name, &n_bearers);
		say(speaker, speaker->listing.n > 1 ? "“%t” could be several; who is named in full more often, nearer and "
						      "with a fitting title is meant: %e" :
						      "short for %e, the only “%t” in the article", here);
	} else {
		say(speaker, "paragraph %n gives the name in full: “%t”", full);
	}
	return error;
}

/* A role of the cluster with the mention's noun, but for the mention itself; empty if there is none. */
static struct quoth_range find_role(const struct quoth_discourse *discourse, uint32_t cluster, uint32_t mention)
{
	const struct quoth_mention *m = &discourse->doc->mentions[mention];
	uint32_t key = quoth_word_key(discourse, m->head), i = discourse->clusters[cluster].roles;

	for (unsigned n = 0; i != QUOTH_NONE && n < SCAN; n++, i = discourse->roles[i].next_of_cluster)
		if (discourse->roles[i].head == key && !quoth_ranges_overlap(discourse->roles[i].tokens, m->tokens))
			return discourse->roles[i].tokens;
	return (struct quoth_range){0, 0};
}

/* What was noted to speak for the chosen, with the words that it goes by; false where nothing was. */
static bool say_evidence(struct speaker *speaker)
{
	const struct quoth_listing *weighed = find_weighed(speaker);

	for (unsigned i = 0; weighed && i < weighed->n; i++)
		for (unsigned k = 0; weighed->items[i].entity == speaker->entity && k < weighed->items[i].n_reasons; k++)
			if (!quoth_range_is_empty(weighed->items[i].reasons[k].tokens)) {
				speaker->choice->because = weighed->items[i].reasons[k];
				return true;
			}
	return false;
}

static void explain_named_description(struct speaker *speaker)
{
	const struct quoth_discourse *discourse = speaker->discourse;
	struct quoth_range here = speaker->attribution->source, role;

	if (speaker->mention == QUOTH_NONE) {
		say(speaker, "“%t” is a name of %e", here);
		return;
	}
	here = discourse->doc->mentions[speaker->mention].tokens;
	role = find_role(discourse, speaker->entity, speaker->mention);
	if (discourse->cluster_of[speaker->mention] != speaker->entity)
		say(speaker, "“%t” speaks for %e, whose it is", here);
	else if (say_evidence(speaker))
		return;
	else if (!quoth_range_is_empty(role))
		say(speaker, "the article calls %e “%t” in paragraph %n", role);
	else if (discourse->marks[speaker->mention] & QUOTH_IS_RENAMED)
		say(speaker, "the article calls %e “%t” right here", here);
	else if (discourse->notes->of[speaker->mention])
		say(speaker, "“%t” means whom “he”, “she” or “it” would mean here: %e", here);
	else
		say(speaker, "“%t” fits what the article says of %e", here);
}

static int explain_description(struct speaker *speaker)
{
	const struct quoth_cluster *cluster = &speaker->discourse->clusters[speaker->entity];
	struct quoth_range here = speaker->attribution->source;

	if (cluster->type == QUOTH_JOINT_CLUSTER) {
		say(speaker, "several are named together: %e", here);
	} else if (cluster->type == QUOTH_NAME_CLUSTER) {
		explain_named_description(speaker);
		return add_weighed(speaker);
	} else if (say_evidence(speaker)) {
		return add_weighed(speaker);
	} else if (cluster->display != QUOTH_NONE && cluster->display != speaker->mention &&
		   speaker->mention != QUOTH_NONE) {
		say(speaker, "the article gives no name; paragraph %n calls the source “%t”",
		    speaker->discourse->doc->mentions[cluster->display].tokens);
	} else {
		say(speaker, "the article calls this source nothing but “%t”", here);
	}
	return add_cluster(speaker, speaker->entity);
}

static int explain_pronoun(struct speaker *speaker)
{
	const struct quoth_discourse *discourse = speaker->discourse;
	struct quoth_range here = speaker->attribution->source;
	uint32_t token = speaker->mention == QUOTH_NONE ? here.begin : discourse->doc->mentions[speaker->mention].head;

	switch (quoth_pronoun_read(discourse, token)) {
	case QUOTH_PRONOUN_SPEAKER:
		say(speaker, "“%t” is who makes the statement around it: %e", (struct quoth_range){token, token + 1});
		break;
	case QUOTH_PRONOUN_RELATIVE:
		say(speaker, "“%t” stands for what is named before it: %e", (struct quoth_range){token, token + 1});
		break;
	default:
		say(speaker, "of those spoken of last, “%t” fits %e best", (struct quoth_range){token, token + 1});
		return add_weighed(speaker);
	}
	return add_cluster(speaker, speaker->entity);
}

static int explain_nobody(struct speaker *speaker)
{
	struct quoth_range here = speaker->attribution->source;
	int error;

	if (quoth_range_is_empty(here)) {
		say(speaker, "no words beside the statement name a source", here);
		return 0;
	}
	error = add_weighed(speaker);
	say(speaker, speaker->listing.n ? "none of those spoken of last fits “%t” well enough" :
				  "nobody spoken of before can be “%t”", here);
	return error;
}

static int explain_continued(struct speaker *speaker)
{
	const struct quoth_attribution *before = speaker->discourse->doc->attributions + speaker->attribution->continues;

	say(speaker, "nothing else names a source: the statement of %e in paragraph %n goes on", before->parts[0]);
	return add_cluster(speaker, speaker->entity);
}

static int explain_speaker(struct speaker *speaker)
{
	switch (speaker->attribution->resolution) {
	case QUOTH_NAMED: return explain_name(speaker);
	case QUOTH_NOMINAL: return explain_description(speaker);
	case QUOTH_PRONOUN: return explain_pronoun(speaker);
	case QUOTH_CONTINUED: return explain_continued(speaker);
	default: return explain_nobody(speaker);
	}
}

int quoth_speaker_explain(const struct quoth_discourse *discourse, uint32_t attribution)
{
	struct quoth_document *doc = discourse->doc;
	struct speaker speaker = {
		.discourse = discourse, .attribution = doc->attributions + attribution,
		.mention = discourse->source_of[attribution],
		.entity = doc->attributions[attribution].entity, .choice = &doc->explanations[attribution].speaker,
	};

	if (discourse->notes->has_failed || explain_speaker(&speaker))
		return QUOTH_NO_MEMORY;
	return quoth_listing_close(doc->arena, &speaker.listing, speaker.choice);
}
