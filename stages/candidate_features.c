#include "stages/candidate_rows.h"

#include "stages/features.h"

#include <math.h>

/* A score in steps of a half between -6 and 6, as a feature. */
static uint32_t half_steps(float score)
{
	return (uint32_t)(int)(floorf(fmaxf(-6, fminf(6, score)) * 2) + 50);
}

static uint32_t count_words(const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	uint32_t n = 0;

	for (unsigned k = 0; k < row->n_parts; k++)
		for (uint32_t i = row->parts[k].begin; i < row->parts[k].end; i++)
			n += !syntax->tokens[i].is_mark;
	return n;
}

static uint32_t first_word(const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	for (uint32_t i = row->parts[0].begin; i < row->parts[0].end; i++)
		if (!syntax->tokens[i].is_mark)
			return i;
	return row->parts[0].begin;
}

/* How the row stands to the surest other one of its sentence: in the tail of an attribution whose content came before it
 * ("…, he said on a show outlining …") stand circumstances more often than attributions. */
static void add_leader(struct quoth_features *f, const struct quoth_syntax *syntax, const struct quoth_row *row,
		       const struct quoth_row *leader)
{
	const struct quoth_token *cue = syntax->doc->tokens + row->cue;
	uint32_t first, last, place, n_commas = 0;

	if (!leader) {
		quoth_add2(f, 4, 0, cue->tag);
		return;
	}
	first = leader->cue < row->cue ? leader->cue : row->cue;
	last = leader->cue < row->cue ? row->cue : leader->cue;
	for (uint32_t i = first + 1; i < last && n_commas < 2; i++)
		n_commas += syntax->doc->tokens[i].mark == QUOTH_COMMA;
	place = 1 + (leader->cue < row->cue) + 2 * (leader->parts[0].begin < leader->cue) +
		4 * (leader->source.end == row->source.end) + 8 * (leader->cue_score > row->cue_score) + 16 * n_commas;
	quoth_add2(f, 4, place, cue->tag);
	quoth_add3(f, 5, place, row->kind, leader->kind);
	quoth_add3(f, 6, place, row->readers, half_steps(row->cue_score) / 2);
	quoth_add3(f, 7, place, row->readers, cue->tag);
	quoth_add3(f, 8, place, syntax->tokens[row->cue].word, row->readers);
}

/* Whether rows near this one claim the same content, or hold its cue, or have their cue in its content. */
static void add_others(struct quoth_features *f, const struct quoth_syntax *syntax, const struct quoth_row *rows,
		       uint32_t n_rows, uint32_t at)
{
	const struct quoth_row *row = rows + at;
	uint32_t first = at > QUOTH_ROW_REACH ? at - QUOTH_ROW_REACH : 0;
	uint32_t last = at + QUOTH_ROW_REACH + 1 < n_rows ? at + QUOTH_ROW_REACH + 1 : n_rows;
	float rival = -100;
	const struct quoth_row *leader = NULL;
	bool is_held = false, holds = false, has_rival = false;

	for (uint32_t k = first; k < last; k++) {
		if (k == at || rows[k].cue == row->cue)
			continue;
		if (quoth_rows_overlap(row, rows + k) >= 0.5f) {
			has_rival = true;
			rival = fmaxf(rival, rows[k].cue_score - row->cue_score);
		}
		is_held |= rows[k].cue_score > -1 && quoth_row_holds(rows + k, row->cue);
		holds |= rows[k].cue_score > 0 && quoth_row_holds(row, rows[k].cue);
		if (syntax->doc->tokens[rows[k].cue].sentence == syntax->doc->tokens[row->cue].sentence &&
		    (!leader || rows[k].cue_score > leader->cue_score))
			leader = rows + k;
	}
	rival = has_rival ? rival : 0;
	quoth_add2(f, 1, half_steps(rival), has_rival);
	quoth_add3(f, 2, half_steps(rival), has_rival, half_steps(row->cue_score) / 2);
	quoth_add3(f, 3, is_held, holds, half_steps(row->cue_score) / 2);
	add_leader(f, syntax, row, leader);
}

/* What the readers say of it: who made it, by which rule and how surely, and how far a row of the other reader with the same
 * cue agrees. */
static void add_readers(struct quoth_features *f, const struct quoth_row *rows, uint32_t n_rows, uint32_t at)
{
	const struct quoth_row *row = rows + at, *other = NULL;
	uint32_t surely = (uint32_t)(row->rule_score * 10), cue = half_steps(row->cue_score), agreement = 0, same_source = 0;

	if (at > 0 && rows[at - 1].cue == row->cue)
		other = rows + at - 1;
	else if (at + 1 < n_rows && rows[at + 1].cue == row->cue)
		other = rows + at + 1;
	if (other) {
		agreement = 1 + (uint32_t)(quoth_rows_overlap(row, other) * 5);
		same_source = 1 + (row->source.end == other->source.end);
	}
	quoth_add2(f, 60, row->readers, row->has_cue);
	quoth_add2(f, 61, row->rule, row->readers);
	quoth_add3(f, 62, row->rule, surely, row->readers);
	quoth_add3(f, 63, row->readers, agreement, same_source);
	quoth_add4(f, 64, row->readers, agreement, same_source, cue / 2);
	quoth_add4(f, 65, row->readers, surely, cue, agreement > 3);
	quoth_add4(f, 66, row->readers, row->kind, agreement, other ? other->rule : 99);
	quoth_add4(f, 67, row->readers, row->rule, agreement, same_source);
	quoth_add3(f, 68, row->readers, other ? (uint32_t)(other->rule_score * 10) : 99, half_steps(row->margin / 4) / 2);
}

static void add_source(struct quoth_features *f, const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	const struct quoth_token *last = syntax->doc->tokens + row->source.end - 1;
	const struct quoth_syntax_token *entry = syntax->tokens + row->source.end - 1;
	uint32_t distance = (uint32_t)(quoth_distance_bucket((int64_t)row->source.begin - row->cue) + 50);
	uint32_t cue_tag = syntax->doc->tokens[row->cue].tag, is_joint = 0;

	/* number: one person says, several say */
	for (uint32_t i = row->source.begin; i < row->source.end; i++)
		is_joint |= syntax->doc->tokens[i].tag == QUOTH_TAG_CC;
	quoth_add4(f, 18, last->name, last->tag, cue_tag, is_joint);
	quoth_add3(f, 19, entry->word, cue_tag, is_joint);
	quoth_add1(f, 10, last->tag);
	quoth_add2(f, 11, last->name, last->tag);
	quoth_add1(f, 12, (uint32_t)quoth_distance_bucket(quoth_range_length(row->source)));
	quoth_add1(f, 13, distance);
	quoth_add1(f, 14, entry->word);
	quoth_add1(f, 15, entry->prefix6);
	quoth_add1(f, 16, syntax->tokens[row->source.begin].word);
	quoth_add3(f, 17, distance, row->kind, cue_tag);
}

/* What follows the last quotation inside the content: 0 no quotation or nothing; 1 words after a plain closing mark; 2 words
 * after a quotation that ended with a comma or stop, where what was said is usually over. */
static unsigned tail_after_quotation(const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	struct quoth_range last = row->parts[row->n_parts - 1];

	if (row->kind != QUOTH_MIXED || quoth_syntax_is_quoted(syntax, last.end - 1))
		return 0;
	for (uint32_t i = last.end; i > last.begin; i--)
		if (quoth_syntax_is_quoted(syntax, i - 1))
			return i - 1 > last.begin && syntax->tokens[i - 2].is_mark ? 2 : 1;
	return 0;
}

static void add_content(struct quoth_features *f, const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	const struct quoth_syntax_token *cue = syntax->tokens + row->cue;
	const struct quoth_token *cue_token = syntax->doc->tokens + row->cue;
	uint32_t word = first_word(syntax, row), has_source = !quoth_range_is_empty(row->source);
	uint32_t distance = (uint32_t)(quoth_distance_bucket((int64_t)word - row->cue) + 50);

	quoth_add3(f, 29, tail_after_quotation(syntax, row), row->readers, row->kind);
	quoth_add2(f, 28, tail_after_quotation(syntax, row), cue->prefix6);
	quoth_add1(f, 30, syntax->tokens[word].word);
	quoth_add2(f, 31, syntax->doc->tokens[word].tag, row->kind);
	quoth_add2(f, 32, syntax->tokens[word].word, cue->prefix10);
	quoth_add2(f, 33, distance, row->kind);
	quoth_add3(f, 34, distance, cue_token->tag, has_source);
	quoth_add2(f, 35, cue->word, row->kind);
	quoth_add3(f, 36, cue->prefix10, row->kind, has_source);
	quoth_add1(f, 37, cue->word);
	quoth_add2(f, 38, cue->word, has_source);
	quoth_add2(f, 39, row->n_parts, row->kind);
	quoth_add2(f, 40, syntax->doc->tokens[word].tag, cue_token->tag);
	quoth_add2(f, 41, quoth_syntax_quote_context(syntax, row->cue), row->kind);
	quoth_add3(f, 45, quoth_syntax_marks_around(syntax, row->cue), row->kind, has_source);
	quoth_add3(f, 46, quoth_syntax_marks_around(syntax, row->cue), row->kind, cue->word);
	quoth_add3(f, 42, cue_token->tag, row->kind, has_source);
	quoth_add3(f, 43, quoth_syntax_tag(syntax, (int64_t)row->parts[row->n_parts - 1].end), row->kind, cue->prefix6);
	quoth_add3(f, 44, has_source && word < row->source.begin, has_source && row->source.begin < row->cue, word < row->cue);
}

/* Words outside of the row that are probably said, in its cue's sentence: none, one to three, up to eight, more. */
static uint32_t left_over(const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	const struct quoth_document *doc = syntax->doc;
	struct quoth_range sentence = doc->sentences[doc->tokens[row->cue].sentence].tokens;
	uint32_t n = 0;

	for (uint32_t i = sentence.begin; i < sentence.end && n <= 8; i++)
		n += syntax->tokens[i].beliefs[QUOTH_BELIEVED_CONTENT] > 0 && !syntax->tokens[i].is_mark && !quoth_row_holds(row, i);
	return n > 8 ? 3 : n > 3 ? 2 : n > 0;
}

/* What the row's words are in their context: in the mean, at the least, and at the edges. */
static void add_beliefs(struct quoth_features *f, const struct quoth_syntax *syntax, const struct quoth_row *row)
{
	struct quoth_range first = row->parts[0], last = row->parts[row->n_parts - 1];
	uint32_t sum = 0, n = 0, least = 2 * QUOTH_MAX_BELIEF, said, source = 4 * QUOTH_MAX_BELIEF + 1;
	uint32_t cue = row->has_cue ? quoth_syntax_belief(syntax, row->cue, QUOTH_BELIEVED_CUE) : QUOTH_NO_BELIEF;
	uint32_t score = half_steps(row->cue_score);
	uint32_t begins = quoth_syntax_belief(syntax, first_word(syntax, row), QUOTH_BELIEVED_BEGIN);
	uint32_t ends = quoth_syntax_belief(syntax, (int64_t)last.end - 1, QUOTH_BELIEVED_END);

	for (unsigned k = 0; k < row->n_parts; k++)
		for (uint32_t i = row->parts[k].begin; i < row->parts[k].end; i++) {
			uint32_t belief = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_CONTENT);

			if (syntax->tokens[i].is_mark)
				continue;
			sum += belief;
			least = belief < least ? belief : least;
			n++;
		}
	said = n ? 2 * sum / n : 0;
	if (!quoth_range_is_empty(row->source)) {
		source = 0;
		for (uint32_t i = row->source.begin; i < row->source.end; i++)
			source += quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_SOURCE);
		source = 2 * source / quoth_range_length(row->source);
	}
	quoth_add1(f, 70, said);
	quoth_add1(f, 71, least);
	quoth_add1(f, 72, source);
	quoth_add1(f, 73, cue);
	quoth_add4(f, 74, said / 4, source / 4, cue / 2, row->readers);
	quoth_add3(f, 75, said, row->readers, row->kind);
	quoth_add4(f, 76, said / 2, least / 2, score / 2, row->readers);
	quoth_add3(f, 77, left_over(syntax, row), said / 2, row->readers);
	quoth_add3(f, 78, cue, score, row->readers);
	quoth_add2(f, 79, source, row->readers);
	quoth_add4(f, 80, quoth_syntax_belief(syntax, (int64_t)first.begin - 1, QUOTH_BELIEVED_CONTENT) / 2,
		   quoth_syntax_belief(syntax, first.begin, QUOTH_BELIEVED_CONTENT) / 2,
		   quoth_syntax_belief(syntax, (int64_t)last.end - 1, QUOTH_BELIEVED_CONTENT) / 2,
		   quoth_syntax_belief(syntax, last.end, QUOTH_BELIEVED_CONTENT) / 2);
	quoth_add3(f, 81, begins, ends, row->readers);
}

static size_t write_row(const struct quoth_syntax *syntax, const struct quoth_row *rows, uint32_t n_rows, uint32_t at,
			uint32_t *features, bool shows_templates)
{
	struct quoth_features f = quoth_features_begin(features, QUOTH_N_ROW_FEATURES, shows_templates);
	const struct quoth_row *row = rows + at;
	uint32_t cue = half_steps(row->cue_score), margin = half_steps(row->margin / 4);
	uint32_t length = (uint32_t)quoth_distance_bucket(count_words(syntax, row));
	uint32_t has_source = !quoth_range_is_empty(row->source);

	quoth_add1(&f, 50, 0);
	quoth_add1(&f, 51, cue);
	quoth_add1(&f, 52, margin);
	quoth_add2(&f, 53, cue, margin / 2);
	quoth_add2(&f, 54, length, row->kind);
	quoth_add3(&f, 55, has_source, row->kind, cue / 2);
	quoth_add2(&f, 56, row->kind, cue);
	if (has_source)
		add_source(&f, syntax, row);
	add_content(&f, syntax, row);
	add_others(&f, syntax, rows, n_rows, at);
	add_readers(&f, rows, n_rows, at);
	add_beliefs(&f, syntax, row);
	return quoth_features_count(&f);
}

QUOTH_WRITES_FEATURES
size_t quoth_row_features(const struct quoth_syntax *syntax, const struct quoth_row *rows, uint32_t n_rows, uint32_t at,
			  uint32_t *features)
{
	return syntax->shows_templates ? write_row(syntax, rows, n_rows, at, features, true) :
					 write_row(syntax, rows, n_rows, at, features, false);
}
