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

/* ---- how words hang from the cue ---- */

static void find_ancestors(struct quoth_role_window *window, const struct quoth_syntax *syntax)
{
	window->n_ancestors = 0;
	for (uint32_t i = window->cue; i != QUOTH_NONE && window->n_ancestors < QUOTH_MAX_ANCESTORS;
	     i = syntax->doc->tokens[i].head)
		window->ancestors[window->n_ancestors++] = i;
}

static uint32_t ancestor_rank(const struct quoth_role_window *window, uint32_t token)
{
	for (uint32_t k = 0; k < window->n_ancestors; k++)
		if (window->ancestors[k] == token)
			return k;
	return QUOTH_NONE;
}

/* From the cue up to the ancestor of that rank. */
static uint32_t hash_rise(const struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t rank)
{
	uint32_t hash = quoth_feature(90, rank < 4 ? rank : 4);

	for (uint32_t k = 0; k < rank && k < 4; k++)
		hash = quoth_feature_join(hash, syntax->doc->tokens[window->ancestors[k]].relation);
	return hash;
}

static void find_place(struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t unit)
{
	enum { MAX_CLIMB = 40, NO_PLACE = 91, ON_THE_WAY_UP = 92, BELOW = 93 };
	const struct quoth_token *tokens = syntax->doc->tokens;
	uint32_t climbed[MAX_CLIMB], n = 0, rank = QUOTH_NONE, i = window->units[unit].tokens.begin, path, branch;

	while (i != QUOTH_NONE && n < MAX_CLIMB) {
		rank = ancestor_rank(window, i);
		if (rank != QUOTH_NONE)
			break;
		climbed[n++] = i;
		i = tokens[i].head;
	}
	if (rank == QUOTH_NONE) {
		window->places[unit].branch = window->places[unit].path = NO_PLACE;
		window->places[unit].depth = 9;
		return;
	}
	path = hash_rise(window, syntax, rank);
	if (n == 0) {
		branch = quoth_feature(ON_THE_WAY_UP, rank < 4 ? rank : 4);
	} else {
		branch = quoth_feature_join(quoth_feature(BELOW, rank < 3 ? rank : 3), tokens[climbed[n - 1]].relation);
		if (rank >= 1)
			branch = quoth_feature_join(branch, tokens[window->ancestors[rank - 1]].relation);
	}
	for (uint32_t k = 0; k < n && k < 3; k++)
		path = quoth_feature_join(path, tokens[climbed[n - 1 - k]].relation);
	window->places[unit].branch = branch;
	window->places[unit].path = quoth_feature_join(path, n < 4 ? n : 4);
	window->places[unit].depth = (uint8_t)(n < 6 ? n : 6);
}

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
	find_ancestors(window, syntax);
	for (uint32_t u = 0; u < window->n_units; u++) {
		if (!window->units[u].is_word)
			continue;
		find_place(window, syntax, u);
		if (window->units[u].tokens.begin != cue)
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
}

static void add_place(struct quoth_features *f, const struct quoth_role_window *window, const struct quoth_syntax *syntax,
		      uint32_t u)
{
	uint32_t i = window->units[u].tokens.begin, branch = window->places[u].branch, path = window->places[u].path;
	const struct quoth_syntax_token *cue = syntax->tokens + window->cue, *t = syntax->tokens + i;
	const struct quoth_token *token = syntax->doc->tokens + i;
	uint32_t side = i < window->cue ? 0 : i == window->cue ? 1 : 2;
	uint32_t before = u > 0 && window->units[u - 1].is_word ? window->places[u - 1].branch : 1;
	uint32_t after = u + 1 < window->n_units && window->units[u + 1].is_word ? window->places[u + 1].branch : 1;
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(syntax->lexicon, syntax->doc->tokens[window->cue].lexeme);

	quoth_add2(f, 30, branch, side);
	quoth_add2(f, 31, path, side);
	quoth_add2(f, 32, path, cue->word);
	quoth_add2(f, 33, path, cue->prefix10);
	quoth_add2(f, 34, branch, cue->word);
	quoth_add2(f, 35, branch, cue->prefix10);
	quoth_add2(f, 36, branch, syntax->doc->tokens[window->cue].tag);
	quoth_add3(f, 37, before, branch, side);
	quoth_add3(f, 38, branch, after, side);
	quoth_add3(f, 39, before, branch, after);
	quoth_add3(f, 40, before, branch, cue->word);
	quoth_add3(f, 41, t->word, branch, side);
	quoth_add3(f, 42, token->tag, branch, side);
	quoth_add3(f, 43, token->name, token->tag, branch);
	quoth_add3(f, 44, token->name, path, side);
	quoth_add2(f, 45, window->places[u].depth, branch);
	quoth_add3(f, 46, (t->left < i) * 2u + (t->right > i + 1), path, side);
	quoth_add3(f, 47, lexeme->cue_class, lexeme->frame, branch);
	if (token->head != QUOTH_NONE) {
		quoth_add2(f, 48, syntax->tokens[token->head].word, side);
		quoth_add3(f, 49, syntax->doc->tokens[token->head].tag, token->relation, branch);
	}
	quoth_add3(f, 50, window->commas[u], side, branch);
	quoth_add4(f, 51, window->verbs[u], window->commas[u], side, branch);
}

static void add_word(struct quoth_features *f, const struct quoth_role_window *window, const struct quoth_syntax *syntax,
		     uint32_t u)
{
	uint32_t i = window->units[u].tokens.begin;
	const struct quoth_syntax_token *cue = syntax->tokens + window->cue, *t = syntax->tokens + i;
	const struct quoth_token *token = syntax->doc->tokens + i, *cue_token = syntax->doc->tokens + window->cue;
	const struct quoth_sentence *sentence = syntax->doc->sentences + token->sentence;
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
	quoth_add3(f, 76, quoting, edge, window->places[u].branch);
	quoth_add3(f, 77, quoting, edge, token->tag);
	quoth_add3(f, 78, quoting, edge, window->quote_context);
	quoth_add4(f, 79, quoting, edge, window->quote_context, cue->word);
	quoth_add3(f, 84, quoting, edge, window->marks_around);
	quoth_add4(f, 85, quoting, window->commas[u], window->marks_around, token->tag);
	quoth_add4(f, 86, quoting, window->marks_around, window->places[u].branch, edge);
	quoth_add3(f, 80, edge, tag1, word1);
	quoth_add3(f, 81, (i == sentence->tokens.begin) * 2u + (i + 1 == sentence->tokens.end), token->tag, side);
	quoth_add3(f, 82, window->commas[u], side, token->tag);
	quoth_add4(f, 83, window->verbs[u], window->commas[u], side, cue->word);
}

size_t quoth_role_features(const struct quoth_role_window *window, const struct quoth_syntax *syntax, uint32_t unit,
			   uint32_t *features)
{
	struct quoth_features f = quoth_features_begin(features, QUOTH_N_ROLE_FEATURES);

	if (window->units[unit].is_word) {
		add_word(&f, window, syntax, unit);
		add_place(&f, window, syntax, unit);
	} else {
		add_sentence(&f, window, syntax, window->units + unit);
	}
	return quoth_features_count(&f);
}
