#include "stages/link.h"

#include "stages/gazetteer.h"
#include "stages/gazetteer_names.h"
#include "stages/lexicon.h"
#include "stages/link_candidates.h"
#include "stages/link_explain.h"

#include <limits.h>
#include <string.h>

enum { OTHER_NAMES = 8 };	/* mentions whose names are looked up where the fullest is not found */

struct linker {
	struct quoth_document *doc;
	const struct quoth_resources *res;
	uint32_t *first, *next;		/* mentions of an entity, chained; QUOTH_NONE ends */
	struct quoth_link_entity *entities, **last;	/* whose names some entries have */
};

/* ---- what the article says of an entity ---- */

static int chain_mentions(struct linker *linker)
{
	const struct quoth_document *doc = linker->doc;

	linker->first = quoth_arena_array(doc->arena, (size_t)doc->n_entities + 1, sizeof *linker->first);
	linker->next = quoth_arena_array(doc->arena, (size_t)doc->n_mentions + 1, sizeof *linker->next);
	if (!linker->first || !linker->next)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < doc->n_entities; i++)
		linker->first[i] = QUOTH_NONE;
	for (uint32_t m = doc->n_mentions; m-- > 0;) {
		uint32_t entity = doc->mentions[m].entity;

		if (entity >= doc->n_entities)
			continue;
		linker->next[m] = linker->first[entity];
		linker->first[entity] = m;
	}
	return 0;
}

static bool is_named(const struct linker *linker, uint32_t entity)
{
	const struct quoth_document *doc = linker->doc;

	if (doc->entities[entity].kind != QUOTH_PERSON && doc->entities[entity].kind != QUOTH_ORGANIZATION)
		return false;
	for (uint32_t m = linker->first[entity]; m != QUOTH_NONE; m = linker->next[m])
		if (doc->mentions[m].kind == QUOTH_NAME_MENTION && !doc->mentions[m].is_group)
			return true;
	return false;
}

/* Titles, affiliations, descriptions, and what else stands in a mention beside the name. */
static void read_entity(const struct linker *linker, uint32_t entity, struct quoth_background *background)
{
	const struct quoth_document *doc = linker->doc;

	memset(background, 0, sizeof *background);
	for (uint32_t m = linker->first[entity]; m != QUOTH_NONE; m = linker->next[m]) {
		const struct quoth_mention *mention = &doc->mentions[m];

		if (mention->kind == QUOTH_PRONOUN_MENTION || mention->is_group)
			continue;
		quoth_background_add_tokens(background, doc, linker->res, mention->tokens, mention->name);
		if (!quoth_range_within(mention->title, mention->tokens))
			quoth_background_add_tokens(background, doc, linker->res, mention->title, mention->name);
		if (!quoth_range_within(mention->affiliation, mention->tokens))
			quoth_background_add_tokens(background, doc, linker->res, mention->affiliation, mention->name);
	}
}

/* ---- candidates ---- */

static bool is_forename(const struct quoth_resources *res, const struct quoth_spelling *name, unsigned i)
{
	size_t size;
	const char *word = quoth_spelling_word(name, i, &size);
	uint32_t form = quoth_form_hash(word, size);

	return quoth_lexeme_at(res->lexicon, quoth_lexicon_find(res->lexicon, form))->flags & QUOTH_LEX_FORENAME;
}

/* "Howard Thomas" and "Thomas Howard" are two people's names; "Orban Viktor" is but a way of writing one. */
static bool can_be_turned(const struct quoth_resources *res, struct quoth_field name)
{
	struct quoth_spelling spelling;

	quoth_spelling_read(&spelling, name.text, name.size, false);
	return spelling.n_words < 2 ||
	       !(is_forename(res, &spelling, 0) && is_forename(res, &spelling, spelling.n_words - 1));
}

static bool has_one_word(struct quoth_field name)
{
	struct quoth_spelling spelling;

	quoth_spelling_read(&spelling, name.text, name.size, false);
	return spelling.n_words < 2;
}

static enum quoth_likeness compare_name(const struct linker *linker, struct quoth_field name, struct quoth_field other)
{
	bool is_reordered;
	enum quoth_likeness likeness = quoth_names_compare(name.text, name.size, other.text, other.size, &is_reordered);

	return likeness == QUOTH_ALIKE && is_reordered && !can_be_turned(linker->res, name) ? QUOTH_NEARLY_ALIKE : likeness;
}

static enum quoth_likeness compare_entry(const struct linker *linker, struct quoth_field name, bool is_person,
					 const struct quoth_gazetteer_entry *entry)
{
	struct quoth_field aliases = entry->fields[QUOTH_GAZETTEER_ALIASES], alias;
	enum quoth_likeness best;

	if (!quoth_field_is(entry->fields[QUOTH_GAZETTEER_KIND], is_person ? "person" : "organization"))
		return QUOTH_NOT_ALIKE;
	best = compare_name(linker, name, entry->fields[QUOTH_GAZETTEER_NAME]);
	while (best != QUOTH_ALIKE && quoth_field_next(&aliases, &alias)) {
		enum quoth_likeness likeness = compare_name(linker, name, alias);

		best = likeness > best ? likeness : best;
	}
	return best;
}

/* The entries most alike a name, as found->candidates. */
static int find_candidates(const struct linker *linker, struct quoth_field name, bool is_person, struct quoth_link_entity *found)
{
	const struct quoth_gazetteer *gazetteer = linker->res->gazetteer;
	uint64_t places[QUOTH_NAMESAKES], key = quoth_gazetteer_key(name.text, name.size, is_person);
	unsigned n_places = key ? quoth_slots_find(gazetteer->names, key, places) : 0;
	enum quoth_likeness best = QUOTH_NEARLY_ALIKE;

	if (!n_places || n_places == QUOTH_NAMESAKES)
		return 0;
	found->candidates = quoth_arena_array(linker->doc->arena, n_places, sizeof *found->candidates);
	if (!found->candidates)
		return QUOTH_NO_MEMORY;
	for (unsigned i = 0; i < n_places; i++) {
		struct quoth_link_candidate *candidate = &found->candidates[found->n_candidates];
		enum quoth_likeness likeness;
		int error = quoth_gazetteer_read(gazetteer, places[i], linker->doc->arena, &candidate->entry);

		if (error == QUOTH_NO_MEMORY)
			return error;
		likeness = error ? QUOTH_NOT_ALIKE : compare_entry(linker, name, is_person, &candidate->entry);
		if (likeness < best)
			continue;
		if (likeness > best) {
			found->candidates[0].entry = candidate->entry;
			found->n_candidates = 0;
		}
		best = likeness;
		found->n_candidates++;
	}
	found->is_doubtful = best == QUOTH_NEARLY_ALIKE || (is_person && has_one_word(name));
	return 0;
}

/* The text of a mention's name; "" for one of a single word: a forename, or "Council", says little. */
static struct quoth_field read_name(const struct quoth_document *doc, const struct quoth_mention *mention)
{
	const struct quoth_token *last;

	if (mention->kind != QUOTH_NAME_MENTION || mention->is_group || quoth_range_length(mention->name) < 2)
		return (struct quoth_field){"", 0};
	last = &doc->tokens[mention->name.end - 1];
	return (struct quoth_field){quoth_token_text(doc, mention->name.begin),
				    last->text + last->length - doc->tokens[mention->name.begin].text};
}

/* Candidates by the fullest name, else by others that the article uses: it may give a middle name once. */
static int find_by_names(const struct linker *linker, struct quoth_link_entity *found)
{
	const struct quoth_document *doc = linker->doc;
	const struct quoth_entity *entity = &doc->entities[found->entity];
	bool is_person = entity->kind == QUOTH_PERSON;
	int error = find_candidates(linker, (struct quoth_field){entity->name, strlen(entity->name)}, is_person, found);
	uint32_t m = linker->first[found->entity];

	for (unsigned n = 0; !error && !found->n_candidates && m != QUOTH_NONE && n < OTHER_NAMES; m = linker->next[m], n++)
		error = find_candidates(linker, read_name(doc, &doc->mentions[m]), is_person, found);
	return error;
}

/* ---- choosing ---- */

static int take(struct linker *linker, struct quoth_link_entity *found, const struct quoth_link_candidate *candidate)
{
	const char *id = quoth_field_copy(linker->doc->arena, candidate->entry.fields[QUOTH_GAZETTEER_ID]);

	if (!id)
		return QUOTH_NO_MEMORY;
	linker->doc->entities[found->entity].id = id;
	found->taken = candidate;
	return 0;
}

static bool says_something(const struct quoth_background *background)
{
	return background->n_words || background->n_countries;
}

/* The only candidate: taken, or passed over, or left open for the second pass. */
static int link_single(struct linker *linker, struct quoth_link_entity *found)
{
	const struct quoth_link_candidate *candidate = found->candidates;
	int points = quoth_evidence_points(&candidate->evidence);

	if (points >= QUOTH_PROOF || (!points && !found->is_doubtful &&
				      (found->is_unknown || !says_something(&candidate->background))))
		return take(linker, found, candidate);
	found->is_open = points >= 0 && !found->is_doubtful;
	return 0;
}

/* Compares the candidates with what the article says of the entity. */
static void weigh_candidates(const struct linker *linker, struct quoth_link_entity *found)
{
	struct quoth_background said;

	read_entity(linker, found->entity, &said);
	found->is_unknown = !says_something(&said);
	for (unsigned i = 0; i < found->n_candidates; i++) {
		struct quoth_link_candidate *candidate = &found->candidates[i];

		memset(&candidate->background, 0, sizeof candidate->background);
		quoth_background_add_entry(&candidate->background, linker->res, &candidate->entry);
		candidate->evidence = quoth_background_compare(&said, &candidate->background);
	}
}

/* Links an entity, or leaves it open for the second pass. */
static int link_entity(struct linker *linker, uint32_t entity)
{
	struct quoth_link_entity named = {.entity = entity}, *found;
	int error = find_by_names(linker, &named);

	if (error || !named.n_candidates)
		return error;
	found = quoth_arena_alloc(linker->doc->arena, sizeof *found);
	if (!found)
		return QUOTH_NO_MEMORY;
	*found = named;
	*linker->last = found;
	linker->last = &found->next;
	weigh_candidates(linker, found);
	found->is_open = found->n_candidates > 1;
	return found->is_open ? 0 : link_single(linker, found);
}

/* Whether the best candidate is good enough: one of several by what is said of the entity or, where that is nothing, by the
 * article; a single one if anything speaks for it. own: its points by what is said of the entity alone. */
static bool is_proven(const struct quoth_link_entity *found, int own, int points)
{
	if (own >= QUOTH_PROOF)
		return true;
	if (found->n_candidates == 1)
		return points > 0;
	return found->is_unknown && !found->is_doubtful && points >= QUOTH_CONTEXT_PROOF;
}

static int choose(struct linker *linker, struct quoth_link_entity *found, const struct quoth_context *context)
{
	const struct quoth_link_candidate *best = NULL;
	int most = INT_MIN / 2, second = INT_MIN / 2, own_of_best = 0;

	for (unsigned i = 0; i < found->n_candidates; i++) {
		struct quoth_link_candidate *candidate = &found->candidates[i];
		int own = quoth_evidence_points(&candidate->evidence), points;

		quoth_context_compare(context, &candidate->background, &candidate->evidence);
		points = quoth_evidence_points(&candidate->evidence);
		if (points > most) {
			second = most;
			most = points;
			own_of_best = own;
			best = candidate;
		} else if (points > second) {
			second = points;
		}
	}
	if (most - second < QUOTH_MARGIN || !is_proven(found, own_of_best, most))
		return 0;
	return take(linker, found, best);
}

/* What the article speaks of, with the entries that were taken. */
static int make_context(const struct linker *linker, struct quoth_context *context)
{
	uint32_t n_taken = 0;
	int error;

	for (const struct quoth_link_entity *found = linker->entities; found; found = found->next)
		n_taken += found->taken != NULL;
	error = quoth_context_make(context, linker->doc, linker->res, n_taken * QUOTH_BACKGROUND_WORDS);
	for (const struct quoth_link_entity *found = linker->entities; !error && found; found = found->next)
		if (found->taken)
			quoth_context_add(context, &found->taken->background);
	return error;
}

static int link_open(struct linker *linker)
{
	struct quoth_link_entity *found = linker->entities;
	struct quoth_context context;
	int error;

	while (found && !found->is_open)
		found = found->next;
	if (!found)
		return 0;
	error = make_context(linker, &context);
	for (; !error && found; found = found->next)
		if (found->is_open)
			error = choose(linker, found, &context);
	return error;
}

/* ---- the door ---- */

static int link_all(struct linker *linker)
{
	struct quoth_document *doc = linker->doc;
	int error = chain_mentions(linker);

	for (uint32_t e = 0; !error && e < doc->n_entities; e++)
		if (is_named(linker, e))
			error = link_entity(linker, e);
	if (!error)
		error = link_open(linker);
	return error || !doc->explanations ? error : quoth_link_explain(doc, linker->entities);
}

int quoth_link(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct linker linker = {.doc = doc, .res = res};
	int error;

	for (uint32_t e = 0; e < doc->n_entities; e++)
		doc->entities[e].id = "";
	if (!res->gazetteer || !doc->n_entities)
		return 0;
	linker.last = &linker.entities;
	error = link_all(&linker);
	for (uint32_t e = 0; error && e < doc->n_entities; e++)
		doc->entities[e].id = "";
	return error;
}
