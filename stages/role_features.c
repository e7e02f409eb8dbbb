#include "stages/role_features.h"

#include "stages/features.h"

/* ---- the window ---- */

/* A cue so near to its paragraph's beginning may open a turn of a transcript. */
enum { OPENING_WORDS = 6 };

enum { SENTENCES_BEFORE = 6, SENTENCES_AFTER = 8, SENTENCES_BEYOND = 4, SIGNED_BEFORE = 8 };

/* A dash that opens its sentence may sign the paragraph before. */
static bool signs_what_precedes(const struct quoth_syntax *syntax, uint32_t cue)
{
	const struct quoth_token *token = syntax->doc->tokens + cue;

	return token->mark == QUOTH_DASH && cue == syntax->doc->sentences[token->sentence].tokens.begin;
}

static struct quoth_range find_sentences(const struct quoth_syntax *syntax, uint32_t cue)
{
	const struct quoth_document *doc = syntax->doc;
	const struct quoth_sentence *sentences = doc->sentences;
	uint32_t own = doc->tokens[cue].sentence, paragraph = sentences[own].paragraph;
	uint32_t first = own, last = own, beyond = 0;

	while (first > 0 && own - first < SENTENCES_BEFORE && sentences[first - 1].paragraph == paragraph)
		first--;
	if (first == own && signs_what_precedes(syntax, cue))
		while (first > 0 && own - first < SIGNED_BEFORE &&
		       (first == own || sentences[first - 1].paragraph == sentences[first].paragraph))
			first--;
	while (last + 1 < doc->n_sentences && last - own < SENTENCES_AFTER && sentences[last + 1].paragraph == paragraph)
		last++;
	while (last + 1 < doc->n_sentences && beyond < SENTENCES_BEYOND) {
		last++;
		beyond++;
	}
	return (struct quoth_range){first, last + 1};
}

static bool is_all_quoted(const struct quoth_syntax *syntax, const struct quoth_role_unit *unit)
{
	if (unit->is_word)
		return quoth_syntax_is_quoted(syntax, unit->tokens.begin);
	return syntax->sentences[syntax->doc->tokens[unit->tokens.begin].sentence].n_quoted ==
	       quoth_range_length(unit->tokens);
}

static uint8_t find_junction(const struct quoth_syntax *syntax, const struct quoth_role_unit *before,
			     const struct quoth_role_unit *unit, uint32_t cue)
{
	uint32_t left = before->tokens.end - 1, right = unit->tokens.begin;
	uint32_t quoted_left = syntax->tokens[left].quotation, quoted_right = syntax->tokens[right].quotation;
	bool is_same = quoted_left != QUOTH_NONE && quoted_left == quoted_right, is_at_cue = left == cue || right == cue;
	unsigned kind;

	if (!before->is_word || !unit->is_word) {
		bool is_same_paragraph = quoth_syntax_paragraph(syntax, left) == quoth_syntax_paragraph(syntax, right);
		unsigned n_quoted = is_all_quoted(syntax, before) + is_all_quoted(syntax, unit);

		return (uint8_t)(16 + is_same * 8 + is_same_paragraph * 4 + n_quoted);
	}
	kind = is_same ? 1 : quoted_left == QUOTH_NONE ? (quoted_right == QUOTH_NONE ? 0 : 2) :
	       quoted_right == QUOTH_NONE ? 3 : 4;
	if (kind)
		return (uint8_t)(kind + (is_at_cue ? 5 : 0));
	if (is_at_cue)
		return 11;
	if (syntax->doc->tokens[right].mark == QUOTH_COMMA)
		return 12;
	if (syntax->doc->tokens[left].mark == QUOTH_COMMA)
		return 13;
	return syntax->tokens[left].is_mark || syntax->tokens[right].is_mark ? 14 : 15;
}

static void add_unit(struct quoth_role_window *window, struct quoth_range tokens, bool is_word)
{
	if (window->n_units < QUOTH_MAX_UNITS && !quoth_range_is_empty(tokens))
		window->units[window->n_units++] = (struct quoth_role_unit){.tokens = tokens, .is_word = is_word};
}

static void find_units(struct quoth_role_window *window, const struct quoth_syntax *syntax)
{
	const struct quoth_document *doc = syntax->doc;
	struct quoth_range sentences = find_sentences(syntax, window->cue);
	uint32_t own = doc->tokens[window->cue].sentence;
	struct quoth_range words = doc->sentences[own].tokens;

	if (window->cue - words.begin > QUOTH_MAX_UNIT_WORDS / 2)
		words.begin = window->cue - QUOTH_MAX_UNIT_WORDS / 2;
	if (words.end - window->cue > QUOTH_MAX_UNIT_WORDS / 2)
		words.end = window->cue + QUOTH_MAX_UNIT_WORDS / 2;
	window->n_units = 0;
	for (uint32_t s = sentences.begin; s < own; s++)
		add_unit(window, doc->sentences[s].tokens, false);
	for (uint32_t i = words.begin; i < words.end; i++)
		add_unit(window, (struct quoth_range){i, i + 1}, true);
	for (uint32_t s = own + 1; s < sentences.end; s++)
		add_unit(window, doc->sentences[s].tokens, false);
	for (uint32_t u = 1; u < window->n_units; u++)
		window->units[u].junction = find_junction(syntax, window->units + u - 1, window->units + u, window->cue);
}

/* ---- what lies between ---- */

/* Commas outside of quotation marks and verbs between each word and the cue, counted outwards from the cue. */
static void count_between(struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t cue_unit, int step)
{
	uint8_t commas = 0, verbs = 0;

	for (uint32_t u = cue_unit + (uint32_t)step; u < window->n_units && window->units[u].is_word; u += (uint32_t)step) {
		uint32_t i = window->units[u].tokens.begin;
		const struct quoth_token *token = syntax->doc->tokens + i;

		window->commas[u] = commas;
		window->verbs[u] = verbs;
		if (commas < 3 && token->mark == QUOTH_COMMA && !quoth_syntax_is_quoted(syntax, i))
			commas++;
		if (verbs < 3 && quoth_tag_is_verb(token->tag))
			verbs++;
	}
}

void quoth_role_window_open(struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t cue)
{
	window->cue = cue;
	window->quote_context = quoth_syntax_quote_context(syntax, cue);
	window->marks_around = quoth_syntax_marks_around(syntax, cue);
	find_units(window, syntax);
	for (uint32_t u = 0; u < window->n_units; u++) {
		if (!window->units[u].is_word || window->units[u].tokens.begin != cue)
			continue;
		window->commas[u] = window->verbs[u] = 0;
		count_between(window, syntax, u, 1);
		count_between(window, syntax, u, -1);
	}
}

/* ---- features ---- */

static uint32_t signed_value(int value)
{
	return (uint32_t)(value + 20);
}

/* What the sentence is in its context, and where it meets the cue's. `edge` and `near` are the tokens that meet. */
static void add_sentence_beliefs(struct quoth_features *f, const struct quoth_role_window *window, const struct quoth_syntax *syntax,
				 uint32_t s, uint32_t steps, uint32_t side, uint32_t edge, uint32_t near)
{
	const struct quoth_syntax_sentence *sentence = syntax->sentences + s;
	uint32_t said = sentence->said, most_cue = sentence->most_cue;
	bool is_all_quoted = sentence->n_quoted == quoth_range_length(syntax->doc->sentences[s].tokens);

	quoth_add2(f, 90, said, side);
	quoth_add3(f, 91, said, steps, side);
	quoth_add3(f, 92, said / 2, most_cue / 2, side);
	quoth_add4(f, 93, said / 2, quoth_syntax_belief(syntax, edge, QUOTH_BELIEVED_CONTENT) / 2,
		   quoth_syntax_belief(syntax, near, QUOTH_BELIEVED_CONTENT) / 2, side);
	quoth_add3(f, 94, said, steps, window->quote_context);
	quoth_add4(f, 95, said / 2, most_cue / 2, is_all_quoted, side);
}

static void add_sentence(struct quoth_features *f, const struct quoth_role_window *window, const struct quoth_syntax *syntax,
			 const struct quoth_role_unit *unit)
{
	const struct quoth_document *doc = syntax->doc;
	const struct quoth_token *cue = doc->tokens + window->cue;
	const struct quoth_syntax_token *cue_entry = syntax->tokens + window->cue;
	const struct quoth_sentence *own = doc->sentences + cue->sentence;
	uint32_t s = doc->tokens[unit->tokens.begin].sentence, first = unit->tokens.begin, last = unit->tokens.end - 1;
	int distance = (int)s - (int)cue->sentence, steps = quoth_distance_bucket(distance);
	bool is_before = distance < 0, is_same_paragraph = doc->sentences[s].paragraph == own->paragraph;
	uint32_t n = quoth_range_length(unit->tokens), n_quoted = syntax->sentences[s].n_quoted;
	uint32_t quoted = n_quoted == n ? 2 : n_quoted > 0, edge = is_before ? own->tokens.begin : own->tokens.end - 1;
	uint32_t near = is_before ? last : first, own_last = own->tokens.end - 1;
	bool is_joined = syntax->tokens[edge].quotation != QUOTH_NONE &&
			 syntax->tokens[edge].quotation == syntax->tokens[near].quotation;
	bool is_edge_quoted = quoth_syntax_is_quoted(syntax, edge), has_quote = syntax->sentences[cue->sentence].n_quoted > 0;
	bool opens = syntax->tokens[first].word == QUOTH_STANDS_FOR_OPENING;
	bool closes = syntax->tokens[last].word == QUOTH_STANDS_FOR_CLOSING;
	bool opens_paragraph = window->cue < doc->paragraphs[own->paragraph].tokens.begin + OPENING_WORDS;
	bool is_cue_late = window->cue + 3 >= own->tokens.end;
	uint32_t outside = (uint32_t)quoth_distance_bucket(syntax->sentences[s].n_words_outside);
	uint32_t side = is_same_paragraph * 2u + is_before, form = quoted * 8 + is_joined * 4u + opens * 2u + closes;
	uint32_t base = quoth_feature_join(quoth_feature(form, signed_value(steps)),
					   is_same_paragraph * 8u + is_edge_quoted * 4u + has_quote * 2u + is_cue_late);

	quoth_add1(f, 1, 0);
	quoth_add1(f, 2, base);
	quoth_add2(f, 3, base, cue_entry->word);
	quoth_add2(f, 4, base, window->quote_context);
	quoth_add2(f, 5, form, side);
	quoth_add2(f, 6, signed_value(steps), is_same_paragraph);
	quoth_add3(f, 7, quoted, outside, side);
	quoth_add3(f, 8, form, cue_entry->word, is_before);
	quoth_add3(f, 9, syntax->tokens[first].word, quoted, is_before);
	quoth_add2(f, 10, cue_entry->prefix10, base);
	quoth_add3(f, 11, quoted * 4 + is_edge_quoted * 2u + (distance == 1 || distance == -1), side, cue->tag);
	quoth_add4(f, 12, quoted * 4 + is_edge_quoted * 2u + is_joined, side, window->quote_context, has_quote);
	quoth_add4(f, 13, doc->tokens[first].tag, quoted, cue_entry->word, signed_value(steps));
	quoth_add3(f, 14, quoth_syntax_word(syntax, own_last), quoth_syntax_word(syntax, (int64_t)own_last - 1), base);
	quoth_add4(f, 15, quoth_syntax_word(syntax, own_last), quoted, side, signed_value(steps));
	quoth_add3(f, 16, n_quoted == 0, syntax->tokens[first].prefix10, signed_value(steps));
	quoth_add4(f, 21, opens_paragraph, doc->paragraphs[own->paragraph].kind, cue_entry->word, side);
	quoth_add4(f, 22, opens_paragraph, doc->paragraphs[doc->sentences[s].paragraph].kind, cue_entry->word, signed_value(steps));
	quoth_add4(f, 23, opens_paragraph, cue_entry->word, form, side);
	quoth_add2(f, 18, window->marks_around, base);
	quoth_add3(f, 19, window->marks_around, form, signed_value(steps) * 2 + is_same_paragraph);
	quoth_add3(f, 20, window->marks_around, quoted, side);
	quoth_add3(f, 17, cue_entry->word, form, signed_value(steps) * 2 + is_same_paragraph);
	add_sentence_beliefs(f, window, syntax, s, signed_value(steps), side, edge, near);
}

/* What the word and its neighbours are in their context. */
static void add_word_beliefs(struct quoth_features *f, const struct quoth_role_window *window, const struct quoth_syntax *syntax,
			     int64_t i, uint32_t side, uint32_t distance)
{
	const struct quoth_token *token = syntax->doc->tokens + i;
	uint32_t cue = quoth_syntax_belief(syntax, window->cue, QUOTH_BELIEVED_CUE);
	uint32_t content = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_CONTENT), source = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_SOURCE);
	uint32_t before = quoth_syntax_belief(syntax, i - 1, QUOTH_BELIEVED_CONTENT), after = quoth_syntax_belief(syntax, i + 1, QUOTH_BELIEVED_CONTENT);
	uint32_t begins = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_BEGIN), ends = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_END);

	quoth_add2(f, 90, content, side);
	quoth_add4(f, 91, before / 2, content / 2, after / 2, side);
	quoth_add3(f, 92, content, distance, cue / 4);
	quoth_add3(f, 93, content, side, token->tag);
	quoth_add3(f, 94, before, content, side);
	quoth_add3(f, 95, content, after, side);
	quoth_add3(f, 96, content, quoth_syntax_is_quoted(syntax, (uint32_t)i), side);
	quoth_add4(f, 97, content / 2, source / 2, quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_CUE) / 2, side);
	quoth_add2(f, 98, source, side);
	quoth_add3(f, 99, source, distance, cue / 4);
	quoth_add3(f, 100, source, side, token->tag);
	quoth_add4(f, 101, quoth_syntax_belief(syntax, i - 1, QUOTH_BELIEVED_SOURCE) / 2, source / 2,
		   quoth_syntax_belief(syntax, i + 1, QUOTH_BELIEVED_SOURCE) / 2, side);
	quoth_add2(f, 102, begins, side);
	quoth_add2(f, 103, ends, side);
	quoth_add3(f, 104, begins, content, before);
	quoth_add3(f, 105, quoth_syntax_belief(syntax, i - 1, QUOTH_BELIEVED_END), content, before);
}

static void add_word(struct quoth_features *f, const struct quoth_role_window *window, const struct quoth_syntax *syntax,
		     uint32_t u)
{
	uint32_t i = window->units[u].tokens.begin;
	const struct quoth_syntax_token *cue = syntax->tokens + window->cue, *t = syntax->tokens + i;
	const struct quoth_token *token = syntax->doc->tokens + i, *cue_token = syntax->doc->tokens + window->cue;
	const struct quoth_sentence *sentence = syntax->doc->sentences + token->sentence;
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(syntax->lexicon, cue_token->lexeme);
	uint32_t side = i < window->cue ? 0 : i == window->cue ? 1 : 2;
	uint32_t distance = signed_value(quoth_distance_bucket((int64_t)i - window->cue));
	bool is_quoted = quoth_syntax_is_quoted(syntax, i), is_cue_quoted = quoth_syntax_is_quoted(syntax, window->cue);
	uint32_t quoting = side * 8 + is_quoted * 4u + is_cue_quoted * 2u + (is_quoted && t->quotation == cue->quotation);
	uint32_t edge = !is_quoted ? 0 : t->word == QUOTH_STANDS_FOR_OPENING ? 1 : t->word == QUOTH_STANDS_FOR_CLOSING ? 2 : 3;
	uint32_t tag1 = quoth_syntax_tag(syntax, (int64_t)i - 1), tag2 = quoth_syntax_tag(syntax, (int64_t)i + 1);
	uint32_t word1 = quoth_syntax_word(syntax, (int64_t)i - 1), word2 = quoth_syntax_word(syntax, (int64_t)i + 1);

	quoth_add1(f, 60, side);
	quoth_add1(f, 61, distance);
	quoth_add2(f, 62, t->word, side);
	quoth_add2(f, 63, token->tag, side);
	quoth_add2(f, 64, t->prefix6, side);
	quoth_add2(f, 65, t->prefix10, side);
	quoth_add3(f, 66, token->tag, distance, quoting);
	quoth_add3(f, 67, tag1, token->tag, side);
	quoth_add3(f, 68, token->tag, tag2, side);
	quoth_add3(f, 69, tag1, token->tag, tag2);
	quoth_add3(f, 70, word1, token->tag, side);
	quoth_add3(f, 71, word2, token->tag, side);
	quoth_add3(f, 72, t->word, cue->word, side);
	quoth_add3(f, 73, t->word, distance, cue_token->tag);
	quoth_add3(f, 74, cue->word, distance, token->tag);
	quoth_add2(f, 75, quoting, edge);
	quoth_add3(f, 77, quoting, edge, token->tag);
	quoth_add3(f, 78, quoting, edge, window->quote_context);
	quoth_add4(f, 79, quoting, edge, window->quote_context, cue->word);
	quoth_add3(f, 84, quoting, edge, window->marks_around);
	quoth_add4(f, 85, quoting, window->commas[u], window->marks_around, token->tag);
	quoth_add3(f, 80, edge, tag1, word1);
	quoth_add3(f, 81, (i == sentence->tokens.begin) * 2u + (i + 1 == sentence->tokens.end), token->tag, side);
	quoth_add3(f, 82, window->commas[u], side, token->tag);
	quoth_add3(f, 40, t->prefix10, cue->prefix10, side);
	quoth_add3(f, 41, token->name, token->tag, distance);
	quoth_add4(f, 42, lexeme->cue_class, lexeme->frame, token->tag, side);
	quoth_add4(f, 43, lexeme->cue_class, lexeme->frame, t->word, side);
	quoth_add4(f, 44, window->verbs[u], window->commas[u], side, token->tag);
	quoth_add4(f, 45, cue->word, word1, t->word, side);
	quoth_add4(f, 46, cue->prefix6, tag1, token->tag, distance);
	quoth_add4(f, 83, window->verbs[u], window->commas[u], side, cue->word);
	add_word_beliefs(f, window, syntax, i, side, distance);
}

static size_t write_unit(const struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t unit,
			 uint32_t *features, bool shows_templates)
{
	struct quoth_features f = quoth_features_begin(features, QUOTH_N_ROLE_FEATURES, shows_templates);

	if (window->units[unit].is_word)
		add_word(&f, window, syntax, unit);
	else
		add_sentence(&f, window, syntax, window->units + unit);
	return quoth_features_count(&f);
}

QUOTH_WRITES_FEATURES
size_t quoth_role_features(const struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t unit,
			   uint32_t *features)
{
	return syntax->shows_templates ? write_unit(window, syntax, unit, features, true) :
					 write_unit(window, syntax, unit, features, false);
}
