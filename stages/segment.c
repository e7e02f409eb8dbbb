#include "stages/segment.h"

#include "stages/tokenise.h"

/* ---- paragraphs ---- */

/* What the lines of a document look like. */
struct layout {
	uint32_t n_blank;	/* blank lines between tokens */
	uint32_t n_single;	/* line breaks without one */
	uint32_t n_full;	/* of these, after a line of at least two thirds of the width */
	uint32_t width;		/* bytes of the longest line */
};

enum { MAX_WRAP_WIDTH = 100, MIN_WRAP_WIDTH = 40 };

static uint32_t token_end(const struct quoth_token *token)
{
	return token->text + token->length;
}

static bool is_line_start(const struct quoth_token *token)
{
	return (token->flags & QUOTH_LINE_START) != 0;
}

static struct layout measure_layout(const struct quoth_document *doc)
{
	const struct quoth_token *tokens = doc->tokens;
	struct layout layout = {0};
	uint32_t line = 0;

	for (uint32_t i = 1; i <= doc->n_tokens; i++) {
		uint32_t length;

		if (i < doc->n_tokens && !is_line_start(&tokens[i]))
			continue;
		length = token_end(&tokens[i - 1]) - tokens[line].text;
		if (length > layout.width)
			layout.width = length;
		line = i;
	}
	line = 0;
	for (uint32_t i = 1; i < doc->n_tokens; i++) {
		if (!is_line_start(&tokens[i]))
			continue;
		if (tokens[i].sentence > 1) {
			layout.n_blank++;
		} else {
			layout.n_single++;
			layout.n_full += (token_end(&tokens[i - 1]) - tokens[line].text) * 3 >= layout.width * 2;
		}
		line = i;
	}
	return layout;
}

/* Lines cut at a fixed width, as in mail and old wires. */
static bool is_wrapped(const struct layout *layout)
{
	return layout->n_single >= 2 && layout->width <= MAX_WRAP_WIDTH && layout->width >= MIN_WRAP_WIDTH &&
	       layout->n_full * 4 >= layout->n_single * 3;
}

static bool is_terminal(const struct quoth_token *token)
{
	return token->mark == QUOTH_STOP || token->mark == QUOTH_QUESTION || token->mark == QUOTH_EXCLAMATION ||
	       token->mark == QUOTH_ELLIPSIS;
}

static bool is_word(const struct quoth_token *token)
{
	return token->kind == QUOTH_WORD;
}

static bool is_lower(const struct quoth_token *token)
{
	return is_word(token) && token->shape == QUOTH_SHAPE_LOWER;
}

static bool is_capitalised(const struct quoth_token *token)
{
	return is_word(token) && (token->shape == QUOTH_SHAPE_CAPITALISED || token->shape == QUOTH_SHAPE_UPPER ||
				  token->shape == QUOTH_SHAPE_MIXED);
}

/* Whether the line that begins at token i, one line break after the one that begins at line, goes on with its paragraph:
 * its first word did not fit into a wrapped line, or the words say so. */
static bool continues_line(const struct quoth_document *doc, const struct layout *layout, uint32_t line, uint32_t i)
{
	enum { SLACK = 8, MIN_LINE = 40 };
	const struct quoth_token *last = &doc->tokens[i - 1], *first = &doc->tokens[i];
	uint32_t length = token_end(last) - doc->tokens[line].text;

	if (first->mark == QUOTH_BULLET)
		return false;
	if (is_wrapped(layout) && length + 1 + first->length + SLACK > layout->width)
		return true;
	return length >= MIN_LINE && is_lower(first) && (is_lower(last) || last->mark == QUOTH_COMMA);
}

/* Sets token.sentence to 1 where a paragraph begins, to 0 elsewhere; gives their number. */
static uint32_t mark_paragraphs(struct quoth_document *doc)
{
	struct layout layout = measure_layout(doc);
	uint32_t n = 0, line = 0;

	for (uint32_t i = 0; i < doc->n_tokens; i++) {
		uint32_t breaks = doc->tokens[i].sentence;

		doc->tokens[i].sentence = 0;
		if (!is_line_start(&doc->tokens[i]))
			continue;
		if (i == 0 || breaks > 1 || !continues_line(doc, &layout, line, i)) {
			doc->tokens[i].sentence = 1;
			n++;
		}
		line = i;
	}
	return n;
}

/* ---- sentences ---- */

/* Labels of turns in one document; more speakers than that are none. */
enum { MAX_LABELS = 64 };

struct splitter {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const struct quoth_token *tokens;
	struct quoth_range paragraph;
	bool is_double_open;	/* straight double marks up to the token looked at */
	struct {
		uint32_t form, count;
	} labels[MAX_LABELS];
	uint32_t n_labels;
	uint32_t n_loud_labels;	/* paragraphs that begin "SMITH:" */
};

static uint32_t lexeme_flags(const struct splitter *s, uint32_t i)
{
	return quoth_lexeme_at(s->lexicon, s->tokens[i].lexeme)->flags;
}

static bool has_space_before(const struct splitter *s, uint32_t i)
{
	return i >= s->paragraph.end || (s->tokens[i].flags & QUOTH_SPACE_BEFORE);
}

/* Whether the quotation mark or bracket i, behind a sentence's end, closes: by its glyph, or, where the glyph does not say,
 * by the space around it. */
static bool is_closing(const struct splitter *s, uint32_t i)
{
	bool space_before = has_space_before(s, i), space_after = has_space_before(s, i + 1);

	switch (s->tokens[i].mark) {
	case QUOTH_CLOSE_BRACKET:
		return true;
	case QUOTH_OPEN_BRACKET:
	case QUOTH_LOW_DOUBLE:
	case QUOTH_LOW_SINGLE:
	case QUOTH_LEFT_CORNER:
		return false;
	case QUOTH_STRAIGHT_DOUBLE:
		return space_before == space_after ? s->is_double_open : space_after;
	case QUOTH_CLOSE_DOUBLE:
	case QUOTH_CLOSE_SINGLE:
	case QUOTH_RIGHT_GUILLEMET:
	case QUOTH_RIGHT_ANGLE:
	case QUOTH_RIGHT_CORNER:
		return !space_before || space_after;
	case QUOTH_OPEN_DOUBLE:
	case QUOTH_OPEN_SINGLE:
	case QUOTH_LEFT_GUILLEMET:
	case QUOTH_LEFT_ANGLE:
		return !space_before && space_after;
	default:
		return s->tokens[i].kind == QUOTH_QUOTE_MARK && !space_before;
	}
}

/* The first token after what belongs to the sentence end at i: closing marks and brackets, more stops. */
static uint32_t skip_closers(struct splitter *s, uint32_t i, bool *has_closer)
{
	*has_closer = false;
	for (i++; i < s->paragraph.end; i++) {
		const struct quoth_token *token = &s->tokens[i];

		if (is_terminal(token) && !(token->flags & QUOTH_SPACE_BEFORE))
			continue;
		if ((token->kind != QUOTH_QUOTE_MARK && token->mark != QUOTH_CLOSE_BRACKET) || !is_closing(s, i))
			break;
		*has_closer = true;
		s->is_double_open ^= token->mark == QUOTH_STRAIGHT_DOUBLE;
	}
	return i;
}

/* The first word at or after i, behind opening marks. */
static uint32_t skip_openers(const struct splitter *s, uint32_t i)
{
	while (i < s->paragraph.end && (s->tokens[i].kind == QUOTH_QUOTE_MARK || s->tokens[i].mark == QUOTH_OPEN_BRACKET))
		i++;
	return i;
}

/* A word that is capitalised because a sentence begins with it. */
static bool is_starter(const struct splitter *s, uint32_t i)
{
	return i < s->paragraph.end && is_capitalised(&s->tokens[i]) &&
	       (lexeme_flags(s, i) & (QUOTH_LEX_NEVER_NAME | QUOTH_LEX_PRONOUN));
}

/* "Smith asked", "I said" behind a quotation: how many tokens, 0 if it is none. */
static uint32_t attribution_length(const struct splitter *s, uint32_t i)
{
	enum { MAX_NAME = 4 };
	uint32_t k = i;

	while (k < s->paragraph.end && k - i < MAX_NAME && is_capitalised(&s->tokens[k]))
		k++;
	if (k == i || k >= s->paragraph.end || !is_lower(&s->tokens[k]) || !(lexeme_flags(s, k) & QUOTH_LEX_CUE))
		return 0;
	if (is_starter(s, i) && s->tokens[i].length > 1)
		return 0;
	return k + 1 - i;
}

/* Whether a cue is among the next words: "asked", "he asked", "the minister asked". */
static bool has_cue_ahead(const struct splitter *s, uint32_t i)
{
	enum { REACH = 3 };

	for (uint32_t k = i; k < s->paragraph.end && k < i + REACH && is_word(&s->tokens[k]); k++)
		if (lexeme_flags(s, k) & QUOTH_LEX_CUE)
			return true;
	return false;
}

/* Whether a question or exclamation mark ends its sentence; next is the first token behind it and its closers. */
static bool ends_at_question(const struct splitter *s, uint32_t i, uint32_t next, bool has_closer)
{
	uint32_t word = skip_openers(s, next);
	uint8_t mark = s->tokens[next].mark;

	if (mark == QUOTH_COMMA || mark == QUOTH_SEMICOLON || mark == QUOTH_COLON || mark == QUOTH_DASH)
		return false;
	if (word < s->paragraph.end && is_lower(&s->tokens[word]) && !(s->tokens[word].flags & QUOTH_IS_HANDLE))
		return s->tokens[i].mark == QUOTH_QUESTION && !has_closer && word == next && !has_cue_ahead(s, next);
	return !(has_closer && word == next && attribution_length(s, next));
}

static bool ends_at_stop(const struct splitter *s, uint32_t i, uint32_t next, bool has_closer)
{
	const struct quoth_token *after = &s->tokens[next];
	uint32_t length;

	if (after->mark == QUOTH_COMMA || after->mark == QUOTH_SEMICOLON || after->mark == QUOTH_COLON)
		return false;
	if (i == s->paragraph.begin + 1 && s->tokens[i - 1].kind == QUOTH_NUMBER)
		return false;		/* "1. First" */
	if (is_lower(after))
		return !has_closer && (after->flags & QUOTH_SPACE_BEFORE);
	if (!has_closer)
		return true;
	length = attribution_length(s, next);
	return !(length && (next + length >= s->paragraph.end || s->tokens[next + length].kind == QUOTH_PUNCTUATION));
}

static bool ends_at_ellipsis(const struct splitter *s, uint32_t i, uint32_t next, bool has_closer)
{
	uint32_t word = skip_openers(s, next);
	bool has_stop = s->tokens[i].length > 3 && s->tokens[i].length != 5;	/* four dots or ". . . ." */

	if (word >= s->paragraph.end || !is_capitalised(&s->tokens[word]))
		return false;
	return has_stop || has_closer || word > next || is_starter(s, word);
}

/* Whether the abbreviation i, which keeps its stop, also ends its sentence. */
static bool ends_at_abbreviation(const struct splitter *s, uint32_t i, uint32_t next)
{
	uint32_t flags = lexeme_flags(s, i), word = skip_openers(s, next);
	bool is_initial = s->tokens[i].length == 2;

	if (flags & QUOTH_LEX_TITLE)
		return false;
	if (is_initial && i > s->paragraph.begin && is_capitalised(&s->tokens[i - 1]))
		return false;
	return is_starter(s, word) && has_space_before(s, next);
}

/* Whether a sentence ends at token i; *next gets the first token of the next one. */
static bool ends_sentence(struct splitter *s, uint32_t i, uint32_t *next)
{
	const struct quoth_token *token = &s->tokens[i];
	bool is_abbreviation = is_word(token) && (token->flags & QUOTH_IS_ABBREVIATION);
	bool has_closer;

	if (!is_terminal(token) && !is_abbreviation)
		return false;
	*next = skip_closers(s, i, &has_closer);
	if (*next >= s->paragraph.end)
		return true;
	if (is_abbreviation)
		return ends_at_abbreviation(s, i, *next);
	switch (token->mark) {
	case QUOTH_QUESTION:
	case QUOTH_EXCLAMATION:
		return ends_at_question(s, i, *next, has_closer);
	case QUOTH_ELLIPSIS:
		return ends_at_ellipsis(s, i, *next, has_closer);
	default:
		return ends_at_stop(s, i, *next, has_closer);
	}
}

/* Flags the first token of each sentence of a paragraph; gives their number. */
static uint32_t mark_sentences(struct splitter *s)
{
	struct quoth_token *tokens = s->doc->tokens;
	uint32_t i = s->paragraph.begin, n = 1;

	tokens[i].flags |= QUOTH_SENTENCE_START;
	s->is_double_open = false;
	while (i < s->paragraph.end) {
		uint32_t next;
		bool was_open;

		s->is_double_open ^= tokens[i].mark == QUOTH_STRAIGHT_DOUBLE;
		was_open = s->is_double_open;
		if (!ends_sentence(s, i, &next)) {
			s->is_double_open = was_open;
			i++;
			continue;
		}
		if (next < s->paragraph.end) {
			tokens[next].flags |= QUOTH_SENTENCE_START;
			n++;
		}
		i = next;
	}
	return n;
}

/* ---- kinds of paragraphs ---- */

enum {
	MAX_HEADLINE_TOKENS = 30, MAX_QUOTED_HEADLINE_TOKENS = 12, MAX_BYLINE_TOKENS = 16, MAX_TURN_NAME = 5,
	MAX_DATELINE_TOKENS = 16, MAX_DATELINE_PLACE = 4,
};

static bool is_shouted(const struct quoth_token *token)
{
	return token->shape == QUOTH_SHAPE_UPPER;
}

static bool equals(const struct quoth_document *doc, uint32_t i, const char *lower_cased)
{
	size_t length = 0;

	while (lower_cased[length])
		length++;
	return doc->tokens[i].length == length && doc->tokens[i].form == quoth_form_hash(lower_cased, length);
}

/* The colon behind a speaker's label at the paragraph's begin, 0 if there is none: "Q:", "SMITH:",
"PRESIDENT HALE:", and in
 * mixed letters "Anna Weiss:" where no quotation mark follows. */
static uint32_t label_end(const struct splitter *s, bool *is_loud)
{
	uint32_t i = s->paragraph.begin;

	*is_loud = true;
	while (i < s->paragraph.end && i - s->paragraph.begin < MAX_TURN_NAME && is_capitalised(&s->tokens[i])) {
		*is_loud &= is_shouted(&s->tokens[i]) || (s->tokens[i].flags & QUOTH_IS_ABBREVIATION);
		i++;
	}
	if (i == s->paragraph.begin || i + 1 >= s->paragraph.end || s->tokens[i].mark != QUOTH_COLON)
		return 0;
	return *is_loud || s->tokens[i + 1].kind != QUOTH_QUOTE_MARK ? i : 0;
}

/* Notes the label of a paragraph, in mixed letters by its last word: who speaks in turns has more than one. */
static void note_label(struct splitter *s)
{
	bool is_loud;
	uint32_t end = label_end(s, &is_loud);

	s->n_loud_labels += end && is_loud;
	if (!end || is_loud)
		return;
	for (uint32_t k = 0; k < s->n_labels; k++)
		if (s->labels[k].form == s->tokens[end - 1].form) {
			s->labels[k].count++;
			return;
		}
	if (s->n_labels < MAX_LABELS) {
		s->labels[s->n_labels].form = s->tokens[end - 1].form;
		s->labels[s->n_labels++].count = 1;
	}
}

/* "HOSAPUR: The court …": the only label of a document, near its begin, is a dateline as Indian papers write it. */
static bool is_place_label(const struct splitter *s, uint32_t end)
{
	enum { MAX_BEFORE = 60 };

	return s->n_loud_labels == 1 && end && s->paragraph.begin <= MAX_BEFORE && s->tokens[s->paragraph.begin].length > 2;
}

static bool is_turn(const struct splitter *s)
{
	bool is_loud;
	uint32_t end = label_end(s, &is_loud);

	if (!end || is_loud)
		return end != 0 && !is_place_label(s, end);
	for (uint32_t k = 0; k < s->n_labels; k++)
		if (s->labels[k].form == s->tokens[end - 1].form)
			return s->labels[k].count > 1;
	return false;
}

static bool is_byline(const struct splitter *s)
{
	uint32_t i = s->paragraph.begin, n = s->paragraph.end - i;

	if (n > 0 && s->tokens[i].mark == QUOTH_OPEN_BRACKET) {
		i++;
		n--;
	}
	if (n < 2 || n > MAX_BYLINE_TOKENS)
		return false;
	if (equals(s->doc, i, "by") && is_lower(&s->tokens[i + 1]))	/* "By our correspondent" */
		return n <= MAX_BYLINE_TOKENS / 2 && !is_terminal(&s->tokens[s->paragraph.end - 1]);
	if (equals(s->doc, i, "by"))
		return is_capitalised(&s->tokens[i]) && is_capitalised(&s->tokens[i + 1]) && !is_starter(s, i + 1);
	return n >= 3 && (equals(s->doc, i, "reporting") || equals(s->doc, i, "writing") || equals(s->doc, i, "editing")) &&
	       equals(s->doc, i + 1, "by");
}

static bool is_list_item(const struct splitter *s)
{
	const struct quoth_token *first = &s->tokens[s->paragraph.begin];

	if (first->mark == QUOTH_BULLET)
		return true;
	return first->kind == QUOTH_NUMBER && first->length <= 3 && s->paragraph.begin + 2 < s->paragraph.end &&
	       (first[1].mark == QUOTH_STOP || first[1].mark == QUOTH_CLOSE_BRACKET) &&
	       !has_space_before(s, s->paragraph.begin + 1);
}

static bool is_headline(const struct splitter *s)
{
	uint32_t n = s->paragraph.end - s->paragraph.begin;
	const struct quoth_token *last = &s->tokens[s->paragraph.end - 1];

	if (n > MAX_HEADLINE_TOKENS || n == s->doc->n_tokens)
		return false;
	if (n > MAX_QUOTED_HEADLINE_TOKENS && s->tokens[s->paragraph.begin].kind == QUOTH_QUOTE_MARK)
		return false;		/* speech whose last stop is missing */
	while (last > &s->tokens[s->paragraph.begin] && last->kind == QUOTH_QUOTE_MARK)
		last--;
	return last->mark != QUOTH_STOP && last->mark != QUOTH_COLON && last->mark != QUOTH_COMMA &&
	       last->mark != QUOTH_ELLIPSIS && last->mark != QUOTH_DASH && last->kind != QUOTH_QUOTE_MARK;
}

static enum quoth_paragraph_kind paragraph_kind(const struct splitter *s)
{
	if (is_list_item(s))
		return QUOTH_LIST_ITEM;
	if (is_byline(s))
		return QUOTH_BYLINE;
	if (is_turn(s))
		return QUOTH_TURN;
	return is_headline(s) ? QUOTH_HEADLINE : QUOTH_BODY;
}

/* The end of "MOSCOW, Jan. 31 (Wire) —" at the paragraph's begin: a place in capitals, then dates, names and brackets up to a
 * dash; in small letters, "Moscow (Wire) —", only with the bracket. paragraph.begin where there is none. */
static uint32_t dateline_end(const struct splitter *s)
{
	uint32_t begin = s->paragraph.begin, limit = s->paragraph.end, n_words = 0, label;
	bool is_loud;

	label = label_end(s, &is_loud);
	if (is_loud && is_place_label(s, label))
		return label + 1;
	if (limit - begin > MAX_DATELINE_TOKENS)
		limit = begin + MAX_DATELINE_TOKENS;
	if (!is_capitalised(&s->tokens[begin]) || s->tokens[begin].length < 3)
		return begin;
	is_loud = is_shouted(&s->tokens[begin]);
	for (uint32_t i = begin + 1; i < limit; i++) {
		const struct quoth_token *token = &s->tokens[i];

		if (token->mark == QUOTH_DASH || (token->mark == QUOTH_HYPHEN && i > begin + 1))
			return is_loud || token[-1].mark == QUOTH_CLOSE_BRACKET ? i + 1 : begin;
		if (is_lower(token) || is_terminal(token) || token->kind == QUOTH_QUOTE_MARK || token->mark == QUOTH_COLON)
			return begin;
		n_words = token->kind == QUOTH_WORD ? n_words + 1 : 0;
		if (n_words >= MAX_DATELINE_PLACE)
			return begin;
	}
	return begin;
}

/* ---- layers ---- */

static void fill_paragraph(struct splitter *s, uint32_t index)
{
	struct quoth_document *doc = s->doc;
	struct quoth_paragraph *paragraph = &doc->paragraphs[index];

	*paragraph = (struct quoth_paragraph){
		.tokens = s->paragraph,
		.sentences = {doc->n_sentences, doc->n_sentences},
		.kind = paragraph_kind(s),
		.dateline_end = s->paragraph.begin,
	};
	if (paragraph->kind == QUOTH_BODY)
		paragraph->dateline_end = dateline_end(s);
	for (uint32_t i = s->paragraph.begin; i < s->paragraph.end; i++) {
		if (doc->tokens[i].flags & QUOTH_SENTENCE_START)
			doc->sentences[doc->n_sentences++] = (struct quoth_sentence){.tokens = {i, i}, .paragraph = index};
		doc->sentences[doc->n_sentences - 1].tokens.end = i + 1;
		doc->tokens[i].sentence = doc->n_sentences - 1;
	}
	paragraph->sentences.end = doc->n_sentences;
}

/* The paragraph that begins at token begin, while token.sentence still marks their beginnings. */
static void find_paragraph(struct splitter *s, uint32_t begin)
{
	s->paragraph = (struct quoth_range){begin, begin + 1};
	while (s->paragraph.end < s->doc->n_tokens && !s->tokens[s->paragraph.end].sentence)
		s->paragraph.end++;
}

static int build_layers(struct splitter *s)
{
	struct quoth_document *doc = s->doc;
	uint32_t n_paragraphs = mark_paragraphs(doc), n_sentences = 0, begin = 0;

	doc->paragraphs = quoth_arena_array(doc->arena, n_paragraphs, sizeof *doc->paragraphs);
	if (!doc->paragraphs)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < n_paragraphs; i++) {
		find_paragraph(s, begin);
		n_sentences += mark_sentences(s);
		note_label(s);
		doc->paragraphs[i].tokens = s->paragraph;
		begin = s->paragraph.end;
	}
	doc->sentences = quoth_arena_array(doc->arena, n_sentences, sizeof *doc->sentences);
	if (!doc->sentences)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < n_paragraphs; i++) {
		s->paragraph = doc->paragraphs[i].tokens;
		fill_paragraph(s, i);
	}
	doc->n_paragraphs = n_paragraphs;
	return 0;
}

int quoth_segment(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct splitter s = {.doc = doc, .lexicon = res->lexicon};
	int error = quoth_tokenise(doc, res->lexicon);

	if (error)
		return error;
	s.tokens = doc->tokens;
	doc->n_sentences = doc->n_paragraphs = 0;
	error = build_layers(&s);
	if (error) {
		doc->tokens = NULL;
		doc->sentences = NULL;
		doc->paragraphs = NULL;
		doc->n_tokens = doc->n_sentences = 0;
	}
	return error;
}
