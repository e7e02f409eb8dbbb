#include "stages/feature_facts.h"

#include <string.h>

enum {
	MAX_COUNT = 99,		/* words that are counted */
	EDGE = 3,		/* tokens that tell how a statement begins or ends */
};

static void state(struct quoth_facts *facts, unsigned aspect, const char *words, struct quoth_range tokens, uint32_t number)
{
	facts->of[aspect] = (struct quoth_reason){.words = words, .tokens = tokens, .entity = QUOTH_NONE, .number = number};
}

static uint32_t count_words(const struct quoth_syntax *syntax, uint32_t begin, uint32_t end)
{
	uint32_t n = 0;

	for (uint32_t i = begin; i < end && n < MAX_COUNT; i++)
		n += !syntax->tokens[i].is_mark;
	return n;
}

void quoth_cue_facts(const struct quoth_syntax *syntax, uint32_t token, struct quoth_facts *facts)
{
	static const char *const sides[] = {"no quotation marks stand near it", "it stands behind quotation marks",
					    "it stands before quotation marks", "it stands between quotation marks"};
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(syntax->lexicon, syntax->doc->tokens[token].lexeme);
	unsigned context = quoth_syntax_quote_context(syntax, token);
	struct quoth_range word = {token, token + 1};

	memset(facts, 0, sizeof *facts);
	state(facts, QUOTH_CUE_WORD_ASPECT, "the word “%t” itself", word, 0);
	state(facts, QUOTH_CUE_BESIDE_ASPECT, "the words beside it: “%c”", word, 0);
	state(facts, QUOTH_CUE_CLASS_ASPECT, lexeme->cue_class == QUOTH_CUE_NONE ?
	      "it is not listed among words that attribute" : "it is listed among words that attribute", word, 0);
	state(facts, QUOTH_CUE_MARKS_ASPECT, context & 1 ? "it stands in quotation marks" : sides[context >> 1 & 3], word, 0);
}

static void state_place(const struct quoth_syntax *syntax, uint32_t cue, struct quoth_range words, struct quoth_facts *facts)
{
	bool is_before = words.end <= cue, is_after = words.begin > cue;
	uint32_t n = is_before ? count_words(syntax, words.end, cue) : is_after ? count_words(syntax, cue + 1, words.begin) : 0;
	const char *place = is_before ? (n == 0 ? "right before the cue" : n == 1 ? "one word before the cue" :
					 "%n words before the cue") :
			    is_after ? (n == 0 ? "right after the cue" : n == 1 ? "one word after the cue" :
					"%n words after the cue") : "on both sides of the cue";

	state(facts, QUOTH_ROLE_PLACE_ASPECT, place, words, n);
}

void quoth_role_facts(const struct quoth_syntax *syntax, uint32_t cue, struct quoth_range words, struct quoth_facts *facts)
{
	bool opens, closes;

	memset(facts, 0, sizeof *facts);
	if (quoth_range_is_empty(words))
		return;
	opens = quoth_syntax_is_quoted(syntax, words.begin);
	closes = quoth_syntax_is_quoted(syntax, words.end - 1);
	state_place(syntax, cue, words, facts);
	state(facts, QUOTH_ROLE_MARKS_ASPECT, opens && closes ? "in quotation marks" : opens || closes ?
	      "partly in quotation marks" : "not in quotation marks", words, 0);
}

void quoth_row_facts(const struct quoth_syntax *syntax, const struct quoth_row *row, struct quoth_facts *facts)
{
	struct quoth_range first = row->parts[0], last = row->parts[row->n_parts - 1];
	uint32_t n_words = 0;

	memset(facts, 0, sizeof *facts);
	for (unsigned k = 0; k < row->n_parts; k++)
		n_words += count_words(syntax, row->parts[k].begin, row->parts[k].end);
	if (first.end - first.begin > EDGE)
		first.end = first.begin + EDGE;
	if (last.end - last.begin > EDGE)
		last.begin = last.end - EDGE;
	if (n_words > 1 && n_words < MAX_COUNT)
		state(facts, QUOTH_ROW_LENGTH_ASPECT, "the statement is %n words long", first, n_words);
	state(facts, QUOTH_ROW_BEGINNING_ASPECT, "the statement begins “%t”", first, 0);
	state(facts, QUOTH_ROW_ENDING_ASPECT, "the statement ends “%t”", last, 0);
	state(facts, QUOTH_ROW_READERS_ASPECT,
	      row->readers == (QUOTH_READ_BY_CHAIN | QUOTH_READ_BY_RULES) ? "rules and model read it alike" :
	      row->readers & QUOTH_READ_BY_RULES ? "rules read it so, the model not" : "the model reads it so, rules do not",
	      first, 0);
	if (quoth_range_is_empty(row->source))
		state(facts, QUOTH_ROW_SOURCE_ASPECT, "nobody is named as its source", first, 0);
	else
		state(facts, QUOTH_ROW_SOURCE_ASPECT, "what kind of source “%t” is", row->source, 0);
	if (!row->has_cue)
		return;
	state(facts, QUOTH_ROW_CUE_ASPECT, "the chance that the cue is one: %n in 100", first,
	      (uint32_t)(100 * quoth_logistic(row->cue_score) + 0.5f));
	state(facts, QUOTH_ROW_CUE_WORD_ASPECT, "“%t” as the cue of such a statement",
	      (struct quoth_range){row->cue, row->cue + 1}, 0);
}
