#include "stages/attribute_choice.h"

#include "stages/attribute_explain.h"
#include "stages/attribute_whole.h"
#include "stages/rules.h"
#include "stages/sort.h"

/* ---- judging ---- */

static void judge(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models, struct quoth_row *rows,
		  uint32_t n_rows)
{
	for (uint32_t r = 0; r < n_rows; r++) {
		uint32_t features[QUOTH_N_ROW_FEATURES];
		size_t n = quoth_row_features(syntax, rows, n_rows, r, features);

		rows[r].score = quoth_weights_score_one(&models->row, features, n);
	}
}

/* ---- from row to attribution ---- */

/* The mention that a source is: the longest inside it that ends where it ends or stands at its beginning; else one that
 * reaches over its end, but not over the cue. */
static uint32_t find_mention(const struct quoth_document *doc, struct quoth_range source, uint32_t cue)
{
	enum { REACH = 8 };
	uint32_t first = quoth_mention_from(doc, source.begin), best = QUOTH_NONE, longest = 0;

	for (uint32_t m = first; m < doc->n_mentions && doc->mentions[m].tokens.begin < source.end; m++) {
		struct quoth_range tokens = doc->mentions[m].tokens;
		uint32_t length = quoth_range_length(tokens);

		if (tokens.end <= source.end && length > longest &&
		    (tokens.begin == source.begin || tokens.end == source.end)) {
			best = m;
			longest = length;
		}
	}
	if (best != QUOTH_NONE)
		return best;
	for (uint32_t m = first; m < doc->n_mentions && doc->mentions[m].tokens.begin < source.end; m++)
		if (doc->mentions[m].tokens.end <= source.end)
			return m;
	for (uint32_t m = first; m > 0 && first - m < REACH; m--)
		if (quoth_range_holds(doc->mentions[m - 1].tokens, source.end - 1) &&
		    !quoth_range_holds(doc->mentions[m - 1].tokens, cue))
			return m - 1;
	return QUOTH_NONE;
}

/* The cue as printed: its word, with the particle of a phrasal verb or the rest of a phrase ("ruled out", "according to"). */
static struct quoth_range find_cue(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, uint32_t cue)
{
	enum { MAX_PHRASE = 8 };
	const struct quoth_token *tokens = doc->tokens;
	const struct quoth_sentence *sentence = doc->sentences + tokens[cue].sentence;
	const struct quoth_lexeme *phrase;
	uint32_t forms[MAX_PHRASE], n = 0;
	size_t length;

	while (n < MAX_PHRASE && cue + n < sentence->tokens.end) {
		forms[n] = tokens[cue + n].form;
		n++;
	}
	length = quoth_lexicon_phrase(lexicon, forms, n, &phrase);
	if (length > 1 && phrase->cue_class != QUOTH_CUE_NONE && phrase->gap_after == 0)
		return (struct quoth_range){cue, cue + (uint32_t)length};
	if (cue + 1 < sentence->tokens.end && tokens[cue + 1].tag == QUOTH_TAG_RP)
		return (struct quoth_range){cue, cue + 2};
	return (struct quoth_range){cue, cue + 1};
}

static struct quoth_attribution attribution_of(const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
					       const struct quoth_row *row)
{
	struct quoth_attribution attribution;
	struct quoth_range whole;

	if (row->attribution != QUOTH_NONE) {
		attribution = doc->attributions[row->attribution];
	} else {
		attribution = (struct quoth_attribution){
			.rule = QUOTH_RULE_CHAIN, .cue = find_cue(doc, lexicon, row->cue), .source = row->source,
			.mention = QUOTH_NONE, .continues = QUOTH_NONE, .entity = QUOTH_NONE, .checkworthy = -1,
		};
		if (!quoth_range_is_empty(row->source))
			attribution.mention = find_mention(doc, row->source, row->cue);
	}
	whole = quoth_source_whole(doc, attribution.source, row->cue);
	if (whole.begin < attribution.source.begin) {
		attribution.source = whole;
		attribution.mention = find_mention(doc, whole, row->cue);
	}
	for (unsigned k = 0; k < row->n_parts; k++)
		attribution.parts[k] = row->parts[k];
	attribution.n_parts = row->n_parts;
	attribution.kind = row->kind;
	attribution.score = row->score;
	return attribution;
}

/* ---- who goes on ---- */

/* What became of the rules' attribution `old`: the chosen one that it is or that has its cue; QUOTH_NONE if it was dropped. */
static uint32_t find_successor(const struct quoth_document *doc, const struct quoth_attribution *chosen, uint32_t n_chosen,
			       const uint32_t *new_places, uint32_t old)
{
	const struct quoth_attribution *attribution = doc->attributions + old;
	uint32_t low = 0, high = n_chosen;
	enum { REACH = 8 };

	if (new_places[old] != QUOTH_NONE || quoth_range_is_empty(attribution->cue))
		return new_places[old];
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (chosen[middle].parts[0].begin < attribution->parts[0].begin)
			low = middle + 1;
		else
			high = middle;
	}
	for (uint32_t i = low > REACH ? low - REACH : 0; i < n_chosen && i < low + REACH; i++)
		if (quoth_ranges_overlap(chosen[i].cue, attribution->cue))
			return i;
	return QUOTH_NONE;
}

static bool begins_before(const void *attributions, uint32_t a, uint32_t b)
{
	const struct quoth_attribution *x = attributions;

	return x[a].parts[0].begin != x[b].parts[0].begin ? x[a].parts[0].begin < x[b].parts[0].begin : a <= b;
}

static int order_explanations(struct quoth_document *doc, const struct quoth_explanation *explanations,
			      const uint32_t *order)
{
	doc->explanations = quoth_arena_array(doc->arena, doc->n_attributions, sizeof *doc->explanations);
	if (!doc->explanations)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		doc->explanations[i] = explanations[order[i]];
		/* all words of it: "ruled out" */
		if (doc->explanations[i].cue.n)
			doc->explanations[i].cue.alternatives->parts = &doc->attributions[i].cue;
	}
	return 0;
}

static int replace_attributions(struct quoth_document *doc, const struct quoth_lexicon *lexicon,
				const struct quoth_row *rows, uint32_t n_rows, const struct quoth_explanation *explanations)
{
	struct quoth_attribution *made = quoth_arena_array(doc->arena, n_rows, sizeof *made);
	struct quoth_attribution *chosen = quoth_arena_array(doc->arena, n_rows, sizeof *chosen);
	uint32_t *new_places = quoth_arena_array(doc->arena, doc->n_attributions, sizeof *new_places);
	const uint32_t *order;

	if (!made || !chosen || !new_places)
		return QUOTH_NO_MEMORY;
	for (uint32_t r = 0; r < n_rows; r++)
		made[r] = attribution_of(doc, lexicon, rows + r);
	order = quoth_sort_indices(doc->arena, made, n_rows, begins_before);
	if (!order)
		return QUOTH_NO_MEMORY;
	for (uint32_t a = 0; a < doc->n_attributions; a++)
		new_places[a] = QUOTH_NONE;
	for (uint32_t i = 0; i < n_rows; i++) {
		chosen[i] = made[order[i]];
		if (rows[order[i]].attribution != QUOTH_NONE)
			new_places[rows[order[i]].attribution] = i;
	}
	for (uint32_t i = 0; i < n_rows; i++)
		if (chosen[i].continues != QUOTH_NONE)
			chosen[i].continues = find_successor(doc, chosen, n_rows, new_places, chosen[i].continues);
	doc->attributions = chosen;
	doc->n_attributions = n_rows;
	return explanations ? order_explanations(doc, explanations, order) : 0;
}

int quoth_attribute_choose(struct quoth_document *doc, const struct quoth_lexicon *lexicon,
			   const struct quoth_attribution_models *models)
{
	struct quoth_explanation *explanations = NULL;
	struct quoth_syntax *syntax = quoth_arena_alloc(doc->arena, sizeof *syntax);
	struct quoth_row *rows;
	uint32_t n_rows;
	int error = syntax ? quoth_syntax_build(syntax, doc, lexicon, &models->words) : QUOTH_NO_MEMORY;

	if (!error)
		error = quoth_context_read(syntax, &models->context);
	if (!error)
		error = quoth_rows_find(syntax, models, &rows, &n_rows);
	if (error)
		return error;
	doc->syntax = syntax;
	judge(syntax, models, rows, n_rows);
	if (doc->is_explained)
		error = quoth_rows_explain(syntax, models, rows, n_rows, &explanations);
	if (error)
		return error;
	n_rows = quoth_rows_choose(rows, n_rows, models->numbers->row_threshold);
	return replace_attributions(doc, lexicon, rows, n_rows, explanations);
}
