#include "stages/cue_features.h"

#include "stages/features.h"

bool quoth_cue_is_possible(const struct quoth_syntax *syntax, uint32_t token)
{
	const struct quoth_token *t = syntax->doc->tokens + token;

	if (t->kind != QUOTH_WORD)
		return t->mark == QUOTH_COLON || t->mark == QUOTH_DASH;
	switch (t->tag) {
	case QUOTH_TAG_IN: case QUOTH_TAG_JJ: case QUOTH_TAG_JJR: case QUOTH_TAG_JJS: case QUOTH_TAG_MD: case QUOTH_TAG_NN:
	case QUOTH_TAG_NNS: case QUOTH_TAG_NNP: case QUOTH_TAG_NNPS: case QUOTH_TAG_RB: case QUOTH_TAG_TO:
		return true;
	default:
		return quoth_tag_is_verb(t->tag);
	}
}

size_t quoth_gate_features(const struct quoth_syntax *syntax, uint32_t token, uint32_t *features)
{
	struct quoth_features f = quoth_features_begin(features, QUOTH_N_GATE_FEATURES, false);
	const struct quoth_syntax_token *t = syntax->tokens + token;
	uint32_t tag = syntax->doc->tokens[token].tag;
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(syntax->lexicon, syntax->doc->tokens[token].lexeme);

	quoth_add1(&f, 1, tag);
	quoth_add1(&f, 2, t->word);
	quoth_add2(&f, 3, t->word, tag);
	quoth_add2(&f, 4, t->cluster, tag);
	quoth_add2(&f, 5, t->prefix6, tag);
	quoth_add2(&f, 6, t->word, quoth_syntax_word(syntax, (int64_t)token + 1));
	quoth_add2(&f, 7, t->word, quoth_syntax_tag(syntax, (int64_t)token + 1));
	quoth_add2(&f, 8, t->word, quoth_syntax_tag(syntax, (int64_t)token - 1));
	quoth_add3(&f, 9, tag, quoth_syntax_tag(syntax, (int64_t)token - 1), quoth_syntax_tag(syntax, (int64_t)token + 1));
	quoth_add2(&f, 10, quoth_syntax_word(syntax, (int64_t)token + 1), t->prefix6);
	quoth_add2(&f, 11, lexeme->cue_class, lexeme->frame);
	quoth_add1(&f, 12, quoth_syntax_belief(syntax, token, QUOTH_BELIEVED_CUE));
	quoth_add2(&f, 13, quoth_syntax_belief(syntax, token, QUOTH_BELIEVED_CUE), tag);
	return quoth_features_count(&f);
}

static void add_word(struct quoth_features *f, const struct quoth_syntax *syntax, uint32_t token)
{
	const struct quoth_syntax_token *t = syntax->tokens + token;
	const struct quoth_token *token_at = syntax->doc->tokens + token;
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(syntax->lexicon, token_at->lexeme);
	uint32_t tag = token_at->tag;

	quoth_add1(f, 1, 0);
	quoth_add1(f, 2, t->word);
	quoth_add1(f, 3, t->cluster);
	quoth_add1(f, 4, t->prefix10);
	quoth_add1(f, 5, t->prefix6);
	quoth_add1(f, 6, t->prefix4);
	quoth_add1(f, 7, tag);
	quoth_add2(f, 9, t->word, tag);
	quoth_add1(f, 10, lexeme->lemma);
	quoth_add2(f, 11, lexeme->cue_class, tag);
	quoth_add3(f, 12, lexeme->cue_class, lexeme->frame, tag);
}

static void add_neighbours(struct quoth_features *f, const struct quoth_syntax *syntax, uint32_t token)
{
	const struct quoth_syntax_token *t = syntax->tokens + token;
	int64_t i = token;

	for (int64_t k = -3; k <= 3; k++) {
		uint32_t word = quoth_syntax_word(syntax, i + k), tag = quoth_syntax_tag(syntax, i + k), at = (uint32_t)(k + 3);

		if (k == 0)
			continue;
		quoth_add2(f, 20, at, word);
		quoth_add2(f, 21, at, tag);
		if (k < -2 || k > 2)
			continue;
		quoth_add3(f, 22, at, t->word, word);
		quoth_add3(f, 23, at, t->word, tag);
		quoth_add3(f, 24, at, t->prefix6, tag);
	}
	quoth_add3(f, 25, quoth_syntax_tag(syntax, i - 1), syntax->doc->tokens[i].tag, quoth_syntax_tag(syntax, i + 1));
	quoth_add3(f, 26, t->word, quoth_syntax_word(syntax, i + 1), quoth_syntax_word(syntax, i + 2));
	quoth_add3(f, 27, t->prefix10, quoth_syntax_tag(syntax, i + 1), quoth_syntax_tag(syntax, i + 2));
	quoth_add3(f, 28, t->word, quoth_syntax_word(syntax, i - 2), quoth_syntax_word(syntax, i - 1));
}

static void add_quotes(struct quoth_features *f, const struct quoth_syntax *syntax, uint32_t token)
{
	const struct quoth_syntax_token *t = syntax->tokens + token;
	const struct quoth_token *at = syntax->doc->tokens + token;
	const struct quoth_sentence *sentence = syntax->doc->sentences + at->sentence;
	unsigned context = quoth_syntax_quote_context(syntax, token), around = quoth_syntax_marks_around(syntax, token);
	unsigned has_quote = syntax->sentences[at->sentence].n_quoted > 0, is_quoted = context & 1;
	const struct quoth_paragraph *paragraph = syntax->doc->paragraphs + sentence->paragraph;
	uint32_t from_start = token - sentence->tokens.begin, to_end = sentence->tokens.end - token;
	uint32_t opens_paragraph, ends_paragraph, shape_before;

	quoth_add1(f, 70, context);
	quoth_add2(f, 71, t->word, context);
	quoth_add2(f, 72, t->prefix10, context);
	quoth_add2(f, 73, context, at->tag);
	quoth_add2(f, 74, has_quote, at->tag);
	quoth_add2(f, 75, has_quote * 2 + is_quoted, t->prefix6);
	quoth_add2(f, 76, around, context);
	quoth_add3(f, 77, around, context, t->word);
	quoth_add3(f, 78, around, context, t->prefix6);
	quoth_add2(f, 79, around, at->tag);
	if (!t->is_mark)
		return;
	opens_paragraph = sentence->tokens.begin == paragraph->tokens.begin;
	ends_paragraph = sentence->tokens.end == paragraph->tokens.end;
	shape_before = token > 0 ? at[-1].shape : 9;
	from_start = from_start < 4 ? from_start : 4;
	to_end = to_end < 9 ? to_end : 9;
	quoth_add3(f, 80, t->word, quoth_syntax_tag(syntax, (int64_t)token - 1), context);
	quoth_add3(f, 81, t->word, quoth_syntax_word(syntax, (int64_t)token - 1), quoth_syntax_word(syntax, (int64_t)token + 1));
	quoth_add2(f, 82, t->word, from_start);
	quoth_add4(f, 83, t->word, to_end, context, quoth_syntax_word(syntax, (int64_t)token + 1));
	quoth_add3(f, 84, t->word, from_start, quoth_syntax_word(syntax, (int64_t)token + 1));
	quoth_add3(f, 85, t->word, around, to_end);
	quoth_add4(f, 87, t->word, paragraph->kind, from_start, opens_paragraph);
	quoth_add4(f, 88, t->word, shape_before, opens_paragraph, from_start);
	quoth_add4(f, 89, t->word, ends_paragraph, around, opens_paragraph);
	quoth_add3(f, 86, t->word, around, quoth_syntax_word(syntax, (int64_t)token + 1));
}

/* What the word and its neighbours are in their context. */
static void add_beliefs(struct quoth_features *f, const struct quoth_syntax *syntax, uint32_t token)
{
	const struct quoth_syntax_token *t = syntax->tokens + token;
	int64_t i = token;
	uint32_t cue = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_CUE), content = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_CONTENT);

	quoth_add1(f, 100, cue);
	quoth_add2(f, 101, cue, syntax->doc->tokens[i].tag);
	quoth_add2(f, 102, cue, t->prefix6);
	quoth_add2(f, 103, cue, t->word);
	quoth_add3(f, 104, cue, quoth_syntax_belief(syntax, i - 1, QUOTH_BELIEVED_CUE), quoth_syntax_belief(syntax, i + 1, QUOTH_BELIEVED_CUE));
	quoth_add3(f, 105, cue, content, quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_SOURCE));
	quoth_add4(f, 106, cue / 2, quoth_syntax_belief(syntax, i - 1, QUOTH_BELIEVED_CONTENT) / 2, content / 2,
		   quoth_syntax_belief(syntax, i + 1, QUOTH_BELIEVED_CONTENT) / 2);
	quoth_add3(f, 107, cue / 2, quoth_syntax_belief(syntax, i - 1, QUOTH_BELIEVED_SOURCE) / 2,
		   quoth_syntax_belief(syntax, i + 1, QUOTH_BELIEVED_SOURCE) / 2);
	quoth_add3(f, 108, cue / 2, quoth_syntax_belief(syntax, i - 1, QUOTH_BELIEVED_END),
		   quoth_syntax_belief(syntax, i + 1, QUOTH_BELIEVED_BEGIN));
}

static size_t write_cue(const struct quoth_syntax *syntax, uint32_t token, uint32_t *features, bool shows_templates)
{
	struct quoth_features f = quoth_features_begin(features, QUOTH_N_CUE_FEATURES, shows_templates);

	add_word(&f, syntax, token);
	add_neighbours(&f, syntax, token);
	add_quotes(&f, syntax, token);
	add_beliefs(&f, syntax, token);
	return quoth_features_count(&f);
}

QUOTH_WRITES_FEATURES
size_t quoth_cue_features(const struct quoth_syntax *syntax, uint32_t token, uint32_t *features)
{
	return syntax->shows_templates ? write_cue(syntax, token, features, true) :
					 write_cue(syntax, token, features, false);
}
