#include "pipeline/rows.h"

#include "stages/checksum.h"
#include "stages/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct quoth_entity nobody = {.name = "", .role = "", .id = ""};

const char *quoth_kind_name(unsigned kind)
{
	static const char *const names[QUOTH_N_KINDS] = {"direct", "mixed", "indirect"};

	return kind < QUOTH_N_KINDS ? names[kind] : "?";
}

const char *quoth_speaker_kind_name(unsigned kind)
{
	static const char *const names[] = {"unknown", "person", "organization", "group", "unnamed"};

	return kind < sizeof names / sizeof *names ? names[kind] : "?";
}

const char *quoth_resolution_name(unsigned resolution)
{
	static const char *const names[] = {"none", "named", "nominal", "pronoun", "continued"};

	return resolution < sizeof names / sizeof *names ? names[resolution] : "?";
}

const char *quoth_stance_name(unsigned stance)
{
	static const char *const names[QUOTH_N_STANCES] = {
		"", "states", "denies", "asks", "promises", "demands", "warns", "praises", "blames", "doubts"};

	return stance < QUOTH_N_STANCES ? names[stance] : "?";
}

static struct quoth_piece piece_of(const struct quoth_document *doc, struct quoth_range tokens)
{
	const struct quoth_token *last;

	if (quoth_range_is_empty(tokens) || tokens.end > doc->n_tokens)
		return (struct quoth_piece){0};
	last = &doc->tokens[tokens.end - 1];
	return (struct quoth_piece){
		.span = quoth_tokens_span(doc, tokens),
		.text = quoth_token_text(doc, tokens.begin),
		.size = last->text + last->length - doc->tokens[tokens.begin].text,
	};
}

uint64_t quoth_id_hash(const char *id)
{
	return quoth_hash_add(QUOTH_HASH_START, id, strlen(id));
}

static uint64_t hash_row(uint64_t hash, const struct quoth_row *row)
{
	char span[32];

	for (unsigned i = 0; i < row->n_parts; i++) {
		int length = snprintf(span, sizeof span, "%s%u-%u", i ? "," : "", (unsigned)row->parts[i].span.begin,
				      (unsigned)row->parts[i].span.end);

		hash = quoth_hash_add(hash, span, (size_t)length);
	}
	return hash;
}

/* Puts a part in its place, so that spans ascend whatever the stage's order was; one that overlaps another is left out. */
static void add_part(struct quoth_row *row, struct quoth_piece part)
{
	unsigned at = row->n_parts;

	while (at && row->parts[at - 1].span.begin >= part.span.end)
		at--;
	if (at && row->parts[at - 1].span.end > part.span.begin)
		return;
	memmove(row->parts + at + 1, row->parts + at, (row->n_parts - at) * sizeof *row->parts);
	row->parts[at] = part;
	row->n_parts++;
}

/* A part as it is printed, without its marks; empty where nothing is. */
static struct quoth_range printed_part(const struct quoth_document *doc, struct quoth_range part)
{
	if (quoth_range_is_empty(part) || part.end > doc->n_tokens)
		return (struct quoth_range){0, 0};
	return quoth_content_trim(doc, part);
}

bool quoth_row_make(const struct quoth_document *doc, uint32_t i, struct quoth_row *row)
{
	const struct quoth_attribution *attribution = &doc->attributions[i];
	*row = (struct quoth_row){
		.attribution = attribution,
		.entity = attribution->entity < doc->n_entities ? &doc->entities[attribution->entity] : &nobody,
		.source = piece_of(doc, attribution->source),
		.cue = piece_of(doc, attribution->cue),
	};
	for (unsigned k = 0; k < attribution->n_parts && k < QUOTH_MAX_PARTS; k++) {
		struct quoth_range part = printed_part(doc, attribution->parts[k]);

		if (!quoth_range_is_empty(part))
			add_part(row, piece_of(doc, part));
	}
	row->id = hash_row(quoth_hash_add(quoth_id_hash(doc->id), "\t", 1), row);
	return row->n_parts > 0;
}

/* The first token that is printed, QUOTH_NONE if none is. */
static uint32_t first_token(const struct quoth_document *doc, const struct quoth_attribution *attribution)
{
	uint32_t first = QUOTH_NONE;

	for (unsigned k = 0; k < attribution->n_parts && k < QUOTH_MAX_PARTS; k++) {
		struct quoth_range part = printed_part(doc, attribution->parts[k]);

		if (!quoth_range_is_empty(part) && part.begin < first)
			first = part.begin;
	}
	return first;
}

static int compare_places(const void *left, const void *right)
{
	const struct quoth_row_place *a = left, *b = right;

	if (a->begin != b->begin)
		return a->begin < b->begin ? -1 : 1;
	return a->attribution < b->attribution ? -1 : a->attribution > b->attribution;
}

int quoth_rows_order(struct quoth_document *doc, const struct quoth_row_filter *filter, struct quoth_row_place **places,
		     uint32_t *n)
{
	bool is_sorted = true;

	*n = 0;
	*places = quoth_arena_array(doc->arena, doc->n_attributions, sizeof **places);
	if (!*places)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		uint32_t first = first_token(doc, &doc->attributions[i]);

		if (!quoth_row_is_wanted(&doc->attributions[i], filter) || first >= doc->n_tokens)
			continue;
		(*places)[*n] = (struct quoth_row_place){doc->tokens[first].span.begin, i};
		if (*n && compare_places(&(*places)[*n - 1], &(*places)[*n]) > 0)
			is_sorted = false;
		++*n;
	}
	if (!is_sorted)
		qsort(*places, *n, sizeof **places, compare_places);
	return 0;
}
