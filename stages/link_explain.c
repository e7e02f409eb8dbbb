#include "stages/link_explain.h"

#include "stages/explanation.h"

static void say(struct quoth_reason *reason, const char *words, unsigned number, int points)
{
	*reason = (struct quoth_reason){.words = words, .number = number, .weight = (float)points};
}

/* What speaks for an entry and against it; room for all that there can be. */
enum { MAX_EVIDENCE = 4 };

static unsigned list_reasons(const struct quoth_evidence *evidence, struct quoth_reason reasons[MAX_EVIDENCE])
{
	unsigned n = 0;

	if (evidence->country)
		say(&reasons[n++], evidence->country == QUOTH_SAME ? "of the country that the article says" :
				   "the article says another country", 0,
		    quoth_evidence_points(&(struct quoth_evidence){.country = evidence->country}));
	if (evidence->field)
		say(&reasons[n++], evidence->field == QUOTH_SAME ? "does the kind of work that the article says" :
				   "the article says another kind of work", 0,
		    quoth_evidence_points(&(struct quoth_evidence){.field = evidence->field}));
	if (evidence->n_words)
		say(&reasons[n++], "words of its description that the article has for the speaker: %n", evidence->n_words,
		    quoth_evidence_points(&(struct quoth_evidence){.n_words = evidence->n_words}));
	if (evidence->n_article_words || evidence->is_country_in_article)
		say(&reasons[n++], evidence->is_country_in_article ?
		    "the article speaks of its country; words of its description elsewhere in it: %n" :
		    "words of its description elsewhere in the article: %n", evidence->n_article_words,
		    quoth_evidence_points(&(struct quoth_evidence){
			    .n_article_words = evidence->n_article_words,
			    .is_country_in_article = evidence->is_country_in_article}));
	return n;
}

static int explain_candidate(struct quoth_arena *arena, const struct quoth_link_candidate *candidate, bool is_taken,
			     struct quoth_entry_alternative *item)
{
	struct quoth_reason reasons[MAX_EVIDENCE];
	unsigned n = list_reasons(&candidate->evidence, reasons);

	*item = (struct quoth_entry_alternative){
		.id = quoth_field_copy(arena, candidate->entry.fields[QUOTH_GAZETTEER_ID]),
		.name = quoth_field_copy(arena, candidate->entry.fields[QUOTH_GAZETTEER_NAME]),
		.description = quoth_field_copy(arena, candidate->entry.fields[QUOTH_GAZETTEER_DESCRIPTION]),
		.is_chosen = is_taken, .points = (float)quoth_evidence_points(&candidate->evidence),
	};
	item->reasons = quoth_reasons_keep(arena, reasons, n, &item->n_reasons);
	return item->id && item->name && item->description && item->reasons ? 0 : QUOTH_NO_MEMORY;
}

static const char *why_taken(const struct quoth_link_entity *entity)
{
	if (entity->n_candidates > 1)
		return "of the entries of this name more speaks for it than for any other";
	return quoth_evidence_points(&entity->taken->evidence) > 0 ? "the only entry of this name, and something speaks for it" :
	       "the only entry of this name, and nothing speaks against it";
}

static const char *why_none(const struct quoth_link_entity *entity)
{
	if (entity->n_candidates > 1)
		return "several entries have this name, and not enough speaks for one of them";
	if (quoth_evidence_points(&entity->candidates->evidence) < 0)
		return "an entry has this name, but what the article says of the speaker speaks against it";
	return entity->is_doubtful ? "an entry has nearly this name, or it is one name alone, and nothing proves it" :
	       "an entry has this name, but nothing in the article speaks for it";
}

/* Whether one comes before the other: the taken one, then by points. */
static bool is_before(const struct quoth_link_entity *entity, const struct quoth_link_candidate *a,
		      const struct quoth_link_candidate *b)
{
	if (a == entity->taken || b == entity->taken)
		return a == entity->taken;
	return quoth_evidence_points(&a->evidence) > quoth_evidence_points(&b->evidence);
}

/* The best candidates, as many as are shown; returns how many. */
static unsigned rank(const struct quoth_link_entity *entity, const struct quoth_link_candidate *best[QUOTH_MAX_ALTERNATIVES])
{
	unsigned n = 0;

	for (unsigned i = 0; i < entity->n_candidates; i++) {
		const struct quoth_link_candidate *candidate = entity->candidates + i;
		unsigned at = n;

		for (; at > 0 && is_before(entity, candidate, best[at - 1]); at--)
			if (at < QUOTH_MAX_ALTERNATIVES)
				best[at] = best[at - 1];
		if (at < QUOTH_MAX_ALTERNATIVES)
			best[at] = candidate;
		n += n < QUOTH_MAX_ALTERNATIVES;
	}
	return n;
}

static struct quoth_entry_choice *explain_entity(struct quoth_arena *arena, const struct quoth_link_entity *entity)
{
	const struct quoth_link_candidate *best[QUOTH_MAX_ALTERNATIVES];
	unsigned n = rank(entity, best);
	struct quoth_entry_choice *choice = quoth_arena_alloc(arena, sizeof *choice);
	struct quoth_entry_alternative *items = quoth_arena_array(arena, n, sizeof *items);

	if (!choice || !items)
		return NULL;
	for (unsigned i = 0; i < n; i++)
		if (explain_candidate(arena, best[i], best[i] == entity->taken, &items[i]))
			return NULL;
	*choice = (struct quoth_entry_choice){
		.because = {.words = entity->taken ? why_taken(entity) : why_none(entity)}, .alternatives = items, .n = (uint8_t)n};
	return choice;
}

int quoth_link_explain(struct quoth_document *doc, const struct quoth_link_entity *entities)
{
	const struct quoth_entry_choice **choices = quoth_arena_array(doc->arena, doc->n_entities, sizeof *choices);

	if (!choices)
		return QUOTH_NO_MEMORY;
	for (uint32_t e = 0; e < doc->n_entities; e++)
		choices[e] = NULL;
	for (; entities; entities = entities->next) {
		choices[entities->entity] = explain_entity(doc->arena, entities);
		if (!choices[entities->entity])
			return QUOTH_NO_MEMORY;
	}
	for (uint32_t i = 0; i < doc->n_attributions; i++)
		if (doc->attributions[i].entity < doc->n_entities)
			doc->explanations[i].entry = choices[doc->attributions[i].entity];
	return 0;
}
