#include "stages/attribute_record.h"

#include "stages/sort.h"

#include <string.h>

enum { FIRST_RECORDS = 64 };

int quoth_records_begin(struct quoth_record_list *list, const struct quoth_view *view)
{
	*list = (struct quoth_record_list){.view = view};
	list->owner = quoth_arena_array(view->doc->arena, view->doc->n_quotations, sizeof *list->owner);
	if (!list->owner)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < view->doc->n_quotations; i++)
		list->owner[i] = QUOTH_NONE;
	return 0;
}

static int grow(struct quoth_record_list *list)
{
	uint32_t larger = list->size ? 2 * list->size : FIRST_RECORDS;
	struct quoth_record *grown;

	if (list->n < list->size)
		return 0;
	grown = quoth_arena_grow(list->view->doc->arena, list->records, list->size * sizeof *grown,
				 larger * sizeof *grown);
	if (!grown)
		return QUOTH_NO_MEMORY;
	list->records = grown;
	list->size = larger;
	return 0;
}

bool quoth_records_append_tokens(struct quoth_record_list *list, uint32_t record, struct quoth_range tokens)
{
	struct quoth_attribution *attribution = &list->records[record].attribution;
	unsigned at = attribution->n_parts;

	if (quoth_range_is_empty(tokens) || attribution->n_parts == QUOTH_MAX_PARTS)
		return false;
	while (at > 0 && attribution->parts[at - 1].begin >= tokens.end)
		at--;
	if (at > 0 && attribution->parts[at - 1].end > tokens.begin)
		return false;
	for (unsigned i = attribution->n_parts; i > at; i--)
		attribution->parts[i] = attribution->parts[i - 1];
	attribution->parts[at] = tokens;
	attribution->n_parts++;
	return true;
}

bool quoth_records_append(struct quoth_record_list *list, uint32_t record, uint32_t quotation)
{
	struct quoth_attribution *attribution = &list->records[record].attribution;

	if (!quoth_records_append_tokens(list, record, quoth_quotation_inside(list->view->doc, quotation)))
		return false;
	list->owner[quotation] = record;
	if (attribution->kind == QUOTH_INDIRECT)
		attribution->kind = QUOTH_MIXED;
	return true;
}

bool quoth_records_prepend(struct quoth_record_list *list, uint32_t record, uint32_t quotation)
{
	struct quoth_attribution *attribution = &list->records[record].attribution;
	struct quoth_range inside = quoth_quotation_inside(list->view->doc, quotation);

	if (quoth_range_is_empty(inside) || attribution->n_parts == QUOTH_MAX_PARTS ||
	    inside.end > attribution->parts[0].begin)
		return false;
	memmove(attribution->parts + 1, attribution->parts, attribution->n_parts * sizeof inside);
	attribution->parts[0] = inside;
	attribution->n_parts++;
	list->owner[quotation] = record;
	return true;
}

/* Quotations alone lose their marks and are a part each; words with quotations among them are one part. */
static void add_stretch(struct quoth_record_list *list, uint32_t record, struct quoth_range units, bool *has_words,
			bool *has_quotation)
{
	const struct quoth_view *view = list->view;
	bool is_pure = true;

	for (uint32_t i = units.begin; i < units.end; i++) {
		if (quoth_unit_is_quotation(view, i)) {
			*has_quotation = true;
			list->owner[view->units[i].quotation] = record;
		} else {
			is_pure = false;
		}
	}
	if (!is_pure) {
		*has_words = true;
		quoth_records_append_tokens(list, record, quoth_units_tokens(view, units));
		return;
	}
	for (uint32_t i = units.begin; i < units.end; i++)
		quoth_records_append_tokens(list, record,
					    quoth_quotation_inside(view->doc, view->units[i].quotation));
}

static struct quoth_range tokens_of(const struct quoth_view *view, struct quoth_range units)
{
	return quoth_range_is_empty(units) ? (struct quoth_range){0, 0} : quoth_units_tokens(view, units);
}

int quoth_records_add(struct quoth_record_list *list, const struct quoth_candidate *candidate, uint32_t clause,
		      uint32_t *index)
{
	bool has_words = false, has_quotation = false;
	struct quoth_record *record;

	if (grow(list))
		return QUOTH_NO_MEMORY;
	record = &list->records[list->n];
	*record = (struct quoth_record){
		.clause = clause,
		.is_speech = candidate->cue.frame & QUOTH_FRAME_QUOTE || candidate->cue.cue_class == QUOTH_CUE_PHRASE ||
			     candidate->rule <= QUOTH_RULE_QUOTE_NESTED,
		.attribution = {
			.rule = candidate->rule, .score = candidate->score, .continues = QUOTH_NONE,
			.entity = QUOTH_NONE, .checkworthy = -1,
			.cue = tokens_of(list->view, candidate->cue.words),
			.source = tokens_of(list->view, candidate->source.units),
			.mention = quoth_source_mention(list->view, &candidate->source),
		},
	};
	for (unsigned i = 0; i < candidate->n_content; i++)
		add_stretch(list, list->n, candidate->content[i], &has_words, &has_quotation);
	record->attribution.kind = !has_quotation ? QUOTH_INDIRECT : has_words ? QUOTH_MIXED : QUOTH_DIRECT;
	if (index)
		*index = record->attribution.n_parts ? list->n : QUOTH_NONE;
	list->n += record->attribution.n_parts > 0;
	return 0;
}

int quoth_records_add_tokens(struct quoth_record_list *list, const struct quoth_candidate *candidate,
			     struct quoth_range tokens, uint32_t *index)
{
	struct quoth_record *record;

	if (grow(list))
		return QUOTH_NO_MEMORY;
	record = &list->records[list->n];
	*record = (struct quoth_record){
		.attribution = {
			.rule = candidate->rule, .score = candidate->score, .continues = QUOTH_NONE,
			.entity = QUOTH_NONE, .mention = QUOTH_NONE, .checkworthy = -1, .parts = {tokens}, .n_parts = 1,
		},
	};
	*index = list->n++;
	return 0;
}

/* ---- in order ---- */

static bool may_precede(const void *records, uint32_t a, uint32_t b)
{
	const struct quoth_record *list = records;

	return list[a].attribution.parts[0].begin != list[b].attribution.parts[0].begin ?
		list[a].attribution.parts[0].begin < list[b].attribution.parts[0].begin : a <= b;
}

int quoth_records_end(struct quoth_record_list *list)
{
	struct quoth_document *doc = list->view->doc;
	const uint32_t *order = quoth_sort_indices(doc->arena, list->records, list->n, may_precede);
	uint32_t *place = quoth_arena_array(doc->arena, list->n, sizeof *place);
	struct quoth_attribution *attributions = quoth_arena_array(doc->arena, list->n, sizeof *attributions);

	if (!order || !place || !attributions)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < list->n; i++)
		place[order[i]] = i;
	for (uint32_t i = 0; i < list->n; i++) {
		attributions[i] = list->records[order[i]].attribution;
		if (attributions[i].continues != QUOTH_NONE)
			attributions[i].continues = place[attributions[i].continues];
	}
	doc->attributions = attributions;
	doc->n_attributions = list->n;
	return 0;
}
