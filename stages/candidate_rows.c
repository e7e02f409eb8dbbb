#include "stages/candidate_rows.h"

#include "stages/attribute_view.h"
#include "stages/cue_features.h"
#include "stages/sort.h"

#include <string.h>

bool quoth_attribution_models_find(const struct quoth_model *model, struct quoth_attribution_models *models)
{
	const struct quoth_table *numbers = quoth_model_find(model, "attribute");

	if (!numbers || numbers->size != sizeof *models->numbers)
		return false;
	models->numbers = numbers->bytes;
	return quoth_word_tables_find(model, &models->words) && quoth_context_model_find(model, &models->context) &&
	       quoth_model_weights(model, "attribute.gate", 1, &models->gate) &&
	       quoth_model_weights(model, "attribute.cue", 1, &models->cue) &&
	       quoth_model_weights(model, "attribute.role", QUOTH_N_ROLE_LABELS, &models->role) &&
	       quoth_model_weights(model, "attribute.row", 1, &models->row);
}

/* ---- decoding ---- */

/* Viterbi (1967) over the units. first_label: labels below it but QUOTH_NO_ROLE are left out, so that the best path
 * without content can be had from the same code. */
static float find_best_path(const struct quoth_role_window *window, float (*scores)[QUOTH_N_ROLE_LABELS],
			    const struct quoth_role_transitions *transitions, unsigned first_label, uint8_t *labels)
{
	enum { N = QUOTH_N_ROLE_LABELS };
	static const float never = -1e9f;
	float best[2][N];
	uint8_t from[QUOTH_MAX_UNITS][N];
	unsigned last = 0;

	for (unsigned l = 0; l < N; l++)
		best[0][l] = (l && l < first_label) || !quoth_role_may_follow(N, l) ?
			never : scores[0][l] + transitions->weights[0][N][l];
	for (uint32_t u = 1; u < window->n_units; u++) {
		const float *before = best[(u - 1) & 1];
		float *now = best[u & 1];

		for (unsigned l = 0; l < N; l++) {
			float most = 2 * never;

			for (unsigned p = 0; p < N; p++) {
				float score = before[p] + transitions->weights[window->units[u].junction][p][l];

				if (score > most && quoth_role_may_follow(p, l)) {
					most = score;
					from[u][l] = (uint8_t)p;
				}
			}
			now[l] = l && l < first_label ? never : most + scores[u][l];
		}
	}
	for (unsigned l = 1; l < N; l++)
		if (best[(window->n_units - 1) & 1][l] > best[(window->n_units - 1) & 1][last])
			last = l;
	if (labels) {
		unsigned l = last;

		for (uint32_t u = window->n_units; u-- > 0; l = u ? from[u][l] : l)
			labels[u] = (uint8_t)l;
	}
	return best[(window->n_units - 1) & 1][last];
}

float quoth_role_decode(const struct quoth_role_window *window, float (*scores)[QUOTH_N_ROLE_LABELS],
			const struct quoth_role_transitions *transitions, uint8_t *labels)
{
	float most = find_best_path(window, scores, transitions, 0, labels);

	return most - find_best_path(window, scores, transitions, QUOTH_SOURCE_BEGIN, NULL);
}

/* ---- from labels to a row ---- */

static bool is_loose(const struct quoth_syntax *syntax, uint32_t token, bool is_last)
{
	uint8_t mark = syntax->doc->tokens[token].mark;

	return !quoth_syntax_is_quoted(syntax, token) && (mark == QUOTH_COMMA || (is_last && mark == QUOTH_STOP));
}

/* Commas and stops at a content's edges belong to the sentence around it; marks around all of it are no part of it. */
static struct quoth_range trim_part(const struct quoth_syntax *syntax, struct quoth_range part)
{
	uint32_t quotation;

	while (part.begin < part.end && is_loose(syntax, part.begin, false))
		part.begin++;
	while (part.begin < part.end && is_loose(syntax, part.end - 1, true))
		part.end--;
	if (quoth_range_is_empty(part))
		return part;
	quotation = syntax->tokens[part.begin].quotation;
	if (quotation != QUOTH_NONE && syntax->doc->quotations[quotation].tokens.begin == part.begin &&
	    syntax->doc->quotations[quotation].tokens.end == part.end)
		part = quoth_quotation_inside(syntax->doc, quotation);
	return part;
}

static void add_part(const struct quoth_syntax *syntax, struct quoth_range part, struct quoth_row *row)
{
	part = trim_part(syntax, part);
	if (quoth_range_is_empty(part))
		return;
	if (row->n_parts < QUOTH_MAX_PARTS)
		row->parts[row->n_parts++] = part;
	else
		row->parts[QUOTH_MAX_PARTS - 1].end = part.end;
}

static void read_labels(const struct quoth_role_window *window, const struct quoth_syntax *syntax, const uint8_t *labels,
			struct quoth_row *row)
{
	struct quoth_range part = {0, 0};

	for (uint32_t u = 0; u < window->n_units; u++) {
		struct quoth_range tokens = window->units[u].tokens;

		switch (labels[u]) {
		case QUOTH_CONTENT_BEGIN:
			add_part(syntax, part, row);
			part = tokens;
			break;
		case QUOTH_CONTENT:
			part.end = tokens.end;
			break;
		case QUOTH_SOURCE_BEGIN:
			if (quoth_range_is_empty(row->source))
				row->source = tokens;
			break;
		case QUOTH_SOURCE:
			if (row->source.end == tokens.begin)
				row->source.end = tokens.end;
			break;
		default:
			break;
		}
	}
	add_part(syntax, part, row);
	while (row->source.end > row->source.begin && syntax->doc->tokens[row->source.end - 1].mark == QUOTH_COMMA)
		row->source.end--;
}

/* Direct, mixed or indirect by how many words of the content are quoted; false where it has no words. */
static bool find_kind(const struct quoth_syntax *syntax, struct quoth_row *row)
{
	uint32_t n = 0, n_quoted = 0;

	for (unsigned k = 0; k < row->n_parts; k++)
		for (uint32_t i = row->parts[k].begin; i < row->parts[k].end; i++)
			if (!syntax->tokens[i].is_mark) {
				n++;
				n_quoted += quoth_syntax_is_quoted(syntax, i);
			}
	row->kind = n_quoted == n ? QUOTH_DIRECT : n_quoted ? QUOTH_MIXED : QUOTH_INDIRECT;
	return n > 0;
}

bool quoth_row_read(const struct quoth_role_window *window, const struct quoth_syntax *syntax, const uint8_t *labels,
		    struct quoth_row *row)
{
	read_labels(window, syntax, labels, row);
	return row->n_parts > 0 && find_kind(syntax, row);
}

/* One person does not "say" or "show": what looks so is a noun that was taken for a verb ("Smith said on a 60 Minutes show"),
 * or the source is wrong. */
static bool disagrees_in_number(const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	const struct quoth_token *tokens = syntax->doc->tokens;

	if (tokens[row->cue].tag != QUOTH_TAG_VBP || quoth_range_is_empty(row->source) || row->source.begin > row->cue ||
	    tokens[row->source.end - 1].name != QUOTH_NAME_PERSON)
		return false;
	for (uint32_t i = row->source.begin; i < row->source.end; i++)
		if (tokens[i].tag == QUOTH_TAG_CC || tokens[i].mark == QUOTH_COMMA)
			return false;
	return true;
}

/* The scores of all units. The rows of a unit's features are asked of the cache while the unit before is being summed. */
void quoth_role_scores(const struct quoth_role_window *window, const struct quoth_syntax *syntax,
		       const struct quoth_weights *weights, float (*scores)[QUOTH_N_ROLE_LABELS])
{
	uint32_t features[2][QUOTH_N_ROLE_FEATURES];
	size_t n[2] = {quoth_role_features(window, syntax, 0, features[0]), 0};

	for (uint32_t u = 0; u < window->n_units; u++) {
		unsigned now = u & 1, next = !now;
		int32_t sums[8];

		if (u + 1 < window->n_units) {
			n[next] = quoth_role_features(window, syntax, u + 1, features[next]);
			quoth_weights_prefetch(weights, features[next], n[next]);
		}
		quoth_weights_score(weights, features[now], n[now], sums);
		for (unsigned l = 0; l < QUOTH_N_ROLE_LABELS; l++)
			scores[u][l] = (float)sums[l] * weights->scale;
	}
}

static bool make_row(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models, uint32_t cue,
		     float cue_score, struct quoth_row *row)
{
	struct quoth_role_window window;
	float scores[QUOTH_MAX_UNITS][QUOTH_N_ROLE_LABELS];
	uint8_t labels[QUOTH_MAX_UNITS];

	quoth_role_window_open(&window, syntax, cue);
	quoth_role_scores(&window, syntax, &models->role, scores);
	*row = (struct quoth_row){
		.cue = cue, .cue_score = cue_score, .has_cue = true, .readers = QUOTH_READ_BY_CHAIN, .attribution = QUOTH_NONE,
	};
	row->margin = quoth_role_decode(&window, scores, &models->numbers->transitions, labels);
	return quoth_row_read(&window, syntax, labels, row) && !disagrees_in_number(syntax, row);
}

struct row_list {
	struct quoth_arena *arena;
	struct quoth_row *rows;
	uint32_t n, capacity;
};

static struct quoth_row *next_row(struct row_list *list)
{
	if (list->n == list->capacity) {
		uint32_t more = list->capacity ? list->capacity * 2 : 32;
		void *grown = quoth_arena_grow(list->arena, list->rows, list->capacity * sizeof *list->rows,
					       more * sizeof *list->rows);

		if (!grown)
			return NULL;
		list->rows = grown;
		list->capacity = more;
	}
	return list->rows + list->n;
}

bool quoth_cue_passes_gate(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models, uint32_t token)
{
	uint32_t features[QUOTH_N_GATE_FEATURES];

	return quoth_cue_is_possible(syntax, token) &&
	       quoth_weights_score_one(&models->gate, features, quoth_gate_features(syntax, token, features)) >=
		       models->numbers->gate_threshold;
}

float quoth_cue_score(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models, uint32_t token)
{
	uint32_t features[QUOTH_N_CUE_FEATURES];

	return quoth_weights_score_one(&models->cue, features, quoth_cue_features(syntax, token, features));
}

static int read_by_chain(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models,
			 struct row_list *list)
{
	for (uint32_t i = 0; i < syntax->doc->n_tokens; i++) {
		struct quoth_row *row;
		float score;

		if (!quoth_cue_passes_gate(syntax, models, i))
			continue;
		score = quoth_cue_score(syntax, models, i);
		if (score < models->numbers->cue_threshold)
			continue;
		row = next_row(list);
		if (!row)
			return QUOTH_NO_MEMORY;
		list->n += make_row(syntax, models, i, score, row);
	}
	return 0;
}

/* The word of a cue that the chain would have started from: the one that the cue model likes best. */
static uint32_t find_cue_word(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models,
			      struct quoth_range cue, float *score)
{
	enum { MAX_CUE_WORDS = 6 };
	uint32_t best = cue.begin, end = cue.end - cue.begin > MAX_CUE_WORDS ? cue.begin + MAX_CUE_WORDS : cue.end;

	*score = quoth_cue_score(syntax, models, cue.begin);
	for (uint32_t i = cue.begin + 1; i < end; i++) {
		float other = quoth_cue_score(syntax, models, i);

		if (other > *score) {
			*score = other;
			best = i;
		}
	}
	return best;
}

static bool copy_attribution(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models, uint32_t a,
			     struct quoth_row *row)
{
	const struct quoth_attribution *attribution = syntax->doc->attributions + a;

	*row = (struct quoth_row){
		.attribution = a, .cue = attribution->parts[0].begin, .rule_score = attribution->score,
		.has_cue = !quoth_range_is_empty(attribution->cue), .readers = QUOTH_READ_BY_RULES,
		.rule = attribution->rule, .source = attribution->source,
	};
	for (unsigned k = 0; k < attribution->n_parts; k++)
		add_part(syntax, attribution->parts[k], row);
	if (row->has_cue)
		row->cue = find_cue_word(syntax, models, attribution->cue, &row->cue_score);
	return row->n_parts > 0 && find_kind(syntax, row);
}

/* The chain's row with the same content and source, NULL if there is none. rows are in order of their cues. */
static struct quoth_row *find_twin(struct row_list *list, uint32_t n_chain, const struct quoth_row *row)
{
	uint32_t low = 0, high = n_chain;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (list->rows[middle].cue < row->cue)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == n_chain || list->rows[low].cue != row->cue || quoth_rows_overlap(list->rows + low, row) < 1 ||
	    memcmp(&list->rows[low].source, &row->source, sizeof row->source) != 0)
		return NULL;
	return list->rows + low;
}

static bool stands_before(const void *rows, uint32_t a, uint32_t b)
{
	const struct quoth_row *x = (const struct quoth_row *)rows + a, *y = (const struct quoth_row *)rows + b;

	return x->cue != y->cue ? x->cue < y->cue : a <= b;
}

/* Puts the rows in order of their cues, the chain's before the rules'. */
static int order_rows(struct row_list *list)
{
	const uint32_t *order = quoth_sort_indices(list->arena, list->rows, list->n, stands_before);
	struct quoth_row *ordered = quoth_arena_array(list->arena, list->n, sizeof *ordered);

	if (!order || !ordered)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < list->n; i++)
		ordered[i] = list->rows[order[i]];
	list->rows = ordered;
	return 0;
}

int quoth_rows_find(const struct quoth_syntax *syntax, const struct quoth_attribution_models *models,
		    struct quoth_row **rows, uint32_t *n_rows)
{
	struct row_list list = {.arena = syntax->doc->arena};
	int error = read_by_chain(syntax, models, &list);
	uint32_t n_chain = list.n;

	for (uint32_t a = 0; !error && a < syntax->doc->n_attributions; a++) {
		struct quoth_row *row = next_row(&list), *twin;

		if (!row)
			return QUOTH_NO_MEMORY;
		if (!copy_attribution(syntax, models, a, row))
			continue;
		twin = find_twin(&list, n_chain, row);
		if (twin) {
			twin->readers |= QUOTH_READ_BY_RULES;
			twin->rule = row->rule;
			twin->rule_score = row->rule_score;
			twin->attribution = a;
		} else {
			list.n++;
		}
	}
	if (!error)
		error = order_rows(&list);
	*rows = list.rows;
	*n_rows = list.n;
	return error;
}

/* ---- choosing ---- */

float quoth_rows_overlap(const struct quoth_row *a, const struct quoth_row *b)
{
	uint32_t common = 0, total = 0;

	for (unsigned i = 0; i < a->n_parts; i++) {
		total += quoth_range_length(a->parts[i]);
		for (unsigned k = 0; k < b->n_parts; k++) {
			uint32_t begin = a->parts[i].begin > b->parts[k].begin ? a->parts[i].begin : b->parts[k].begin;
			uint32_t end = a->parts[i].end < b->parts[k].end ? a->parts[i].end : b->parts[k].end;

			common += begin < end ? end - begin : 0;
		}
	}
	for (unsigned k = 0; k < b->n_parts; k++)
		total += quoth_range_length(b->parts[k]);
	return total ? 2 * (float)common / (float)total : 0;
}

bool quoth_rows_are_rivals(const struct quoth_row *a, const struct quoth_row *b)
{
	static const float same_content = 0.6f;

	return a->cue == b->cue || quoth_rows_overlap(a, b) >= same_content;
}

static bool is_better(const struct quoth_row *rows, uint32_t a, uint32_t b)
{
	return rows[a].score != rows[b].score ? rows[a].score > rows[b].score : a < b;
}

/* Chooses an open row that no better open row rivals, and closes one that a chosen one does; false if neither. */
static bool decide_row(struct quoth_row *rows, uint32_t n_rows, uint32_t r)
{
	uint32_t first = r > QUOTH_ROW_REACH ? r - QUOTH_ROW_REACH : 0;
	uint32_t last = r + QUOTH_ROW_REACH + 1 < n_rows ? r + QUOTH_ROW_REACH + 1 : n_rows;
	bool waits = false;

	for (uint32_t k = first; k < last && rows[r].is_open; k++) {
		if (k == r || !(rows[k].is_open || rows[k].is_chosen) || !is_better(rows, k, r) ||
		    !quoth_rows_are_rivals(rows + k, rows + r))
			continue;
		waits |= rows[k].is_open;
		rows[r].is_open = !rows[k].is_chosen;
	}
	if (!rows[r].is_open)
		return true;
	rows[r].is_chosen = !waits;
	rows[r].is_open = waits;
	return !waits;
}

void quoth_rows_mark(struct quoth_row *rows, uint32_t n_rows, float threshold)
{
	enum { MAX_ROUNDS = 8 };	/* a chain of rivals, each better than the next, is rarely longer than three */
	bool has_changed = true;

	for (uint32_t r = 0; r < n_rows; r++) {
		rows[r].is_open = rows[r].score >= threshold;
		rows[r].is_chosen = false;
	}
	for (unsigned round = 0; has_changed && round < MAX_ROUNDS; round++) {
		has_changed = false;
		for (uint32_t r = 0; r < n_rows; r++)
			has_changed |= rows[r].is_open && decide_row(rows, n_rows, r);
	}
}

uint32_t quoth_rows_choose(struct quoth_row *rows, uint32_t n_rows, float threshold)
{
	uint32_t n = 0;

	quoth_rows_mark(rows, n_rows, threshold);
	for (uint32_t r = 0; r < n_rows; r++)
		if (rows[r].is_chosen)
			rows[n++] = rows[r];
	return n;
}
