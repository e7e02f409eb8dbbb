#include "stages/syntax.h"

#include <string.h>

static uint32_t word_of(const struct quoth_document *doc, uint32_t i, uint32_t quotation)
{
	const struct quoth_token *token = doc->tokens + i;

	if (token->kind == QUOTH_QUOTE_MARK && quotation != QUOTH_NONE) {
		const struct quoth_quotation *quoted = doc->quotations + quotation;

		if (quoted->tokens.begin == i)
			return QUOTH_STANDS_FOR_OPENING;
		if (quoted->is_closed && quoted->tokens.end == i + 1)
			return QUOTH_STANDS_FOR_CLOSING;
	}
	if (token->mark != QUOTH_NO_MARK)
		return QUOTH_STANDS_FOR_MARK + token->mark;
	if (token->kind == QUOTH_NUMBER)
		return QUOTH_STANDS_FOR_NUMBER;
	if (token->name != QUOTH_NOT_A_NAME && token->shape > QUOTH_SHAPE_LOWER)
		return QUOTH_STANDS_FOR_NAME + token->name;
	if (token->tag == QUOTH_TAG_NNP || token->tag == QUOTH_TAG_NNPS)
		return QUOTH_STANDS_FOR_OTHER_NAME;
	return token->form;
}

static void fill_words(struct quoth_syntax *syntax, const struct quoth_word_tables *words)
{
	const struct quoth_document *doc = syntax->doc;

	for (uint32_t i = 0; i < doc->n_tokens; i++) {
		const struct quoth_token *token = doc->tokens + i;
		struct quoth_syntax_token *entry = syntax->tokens + i;
		uint32_t cluster = 0;

		memset(entry->beliefs, 0, sizeof entry->beliefs);
		entry->is_mark = token->kind != QUOTH_WORD && token->kind != QUOTH_NUMBER;
		entry->word = word_of(doc, i, entry->quotation);
		if (entry->word == token->form)
			cluster = quoth_words_find(&words->words, token->form) & ((1u << QUOTH_WORD_CLUSTER_BITS) - 1);
		if (cluster) {
			entry->cluster = (uint16_t)cluster;
			entry->prefix4 = words->clusters[cluster].prefix4;
			entry->prefix6 = words->clusters[cluster].prefix6;
			entry->prefix10 = words->clusters[cluster].prefix10;
		} else {
			/* stand-ins are clusters of their own; no path has this bit */
			entry->cluster = entry->prefix4 = entry->prefix6 = entry->prefix10 =
				entry->word == token->form ? 0x8000 : (uint16_t)(0x8000 | entry->word);
		}
	}
}

static void fill_quotations(struct quoth_syntax *syntax)
{
	const struct quoth_document *doc = syntax->doc;

	for (uint32_t i = 0; i < doc->n_tokens; i++)
		syntax->tokens[i].quotation = QUOTH_NONE;
	for (uint32_t k = 0; k < doc->n_quotations; k++) {
		const struct quoth_quotation *quotation = doc->quotations + k;

		if (quotation->parent != QUOTH_NONE || quotation->depth > 0)
			continue;
		for (uint32_t i = quotation->tokens.begin; i < quotation->tokens.end; i++)
			syntax->tokens[i].quotation = k;
	}
}

static void fill_sentence(struct quoth_syntax *syntax, uint32_t s)
{
	const struct quoth_sentence *sentence = syntax->doc->sentences + s;
	struct quoth_syntax_sentence *entry = syntax->sentences + s;

	*entry = (struct quoth_syntax_sentence){0};
	for (uint32_t i = sentence->tokens.begin; i < sentence->tokens.end; i++) {
		if (quoth_syntax_is_quoted(syntax, i))
			entry->n_quoted++;
		else if (!syntax->tokens[i].is_mark)
			entry->n_words_outside++;
	}
}

int quoth_syntax_build(struct quoth_syntax *syntax, const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
		       const struct quoth_word_tables *words)
{
	*syntax = (struct quoth_syntax){.doc = doc, .lexicon = lexicon};
	syntax->tokens = quoth_arena_array(doc->arena, doc->n_tokens, sizeof *syntax->tokens);
	syntax->sentences = quoth_arena_array(doc->arena, doc->n_sentences, sizeof *syntax->sentences);
	if (!syntax->tokens || !syntax->sentences)
		return QUOTH_NO_MEMORY;
	fill_quotations(syntax);
	fill_words(syntax, words);
	for (uint32_t s = 0; s < doc->n_sentences; s++)
		fill_sentence(syntax, s);
	return 0;
}

unsigned quoth_syntax_quote_context(const struct quoth_syntax *syntax, uint32_t token)
{
	enum { BEFORE = 8, AFTER = 10 };
	const struct quoth_sentence *sentence = syntax->doc->sentences + syntax->doc->tokens[token].sentence;
	bool is_quoted = quoth_syntax_is_quoted(syntax, token);
	uint32_t first = sentence->tokens.begin > 0 ? sentence->tokens.begin - 1 : 0;
	uint32_t last = sentence->tokens.end < syntax->doc->n_tokens ? sentence->tokens.end + 1 : syntax->doc->n_tokens;
	unsigned context = is_quoted;

	for (uint32_t i = token; i > first && token - (i - 1) <= BEFORE; i--)
		if (quoth_syntax_is_quoted(syntax, i - 1) != is_quoted) {
			context |= 2;
			break;
		}
	for (uint32_t i = token + 1; i < last && i - token <= AFTER; i++)
		if (quoth_syntax_is_quoted(syntax, i) != is_quoted) {
			context |= 4;
			break;
		}
	return context;
}

enum border {
	NO_BORDER,		/* none within reach */
	SENTENCE_BORDER,
	COMMA_BORDER,
	CLAUSE_BORDER,		/* colon, semicolon, dash */
	COLON_BORDER,
	OPENING_BORDER,		/* a quotation opens, to be read away from the word: on the left it holds the word */
	CLOSING_BORDER,
	COMMA_CLOSING_BORDER,	/* ,” and the quotation is no single phrase */
	LONG_CLOSING_BORDER,	/* .” ?” likewise */
	COMMA_OPENING_BORDER,	/* , “ */
	COLON_OPENING_BORDER,	/* : “ */
};

/* From how many tokens on a quotation is more than a phrase that was put in quotation marks. */
enum { LONG_QUOTATION = 6 };

static unsigned closing_border(const struct quoth_syntax *syntax, uint32_t token)
{
	const struct quoth_token *tokens = syntax->doc->tokens;
	const struct quoth_quotation *quotation = syntax->doc->quotations + syntax->tokens[token].quotation;

	if (token > 0 && tokens[token - 1].mark == QUOTH_COMMA)
		return COMMA_CLOSING_BORDER;
	return token > 0 && syntax->tokens[token - 1].is_mark && quoth_range_length(quotation->tokens) >= LONG_QUOTATION ?
		LONG_CLOSING_BORDER : CLOSING_BORDER;
}

/* What a mark is as a border, NO_BORDER for words and marks inside phrases. */
static unsigned border_of(const struct quoth_syntax *syntax, uint32_t token)
{
	switch (syntax->tokens[token].word) {
	case QUOTH_STANDS_FOR_OPENING: return OPENING_BORDER;
	case QUOTH_STANDS_FOR_CLOSING: return closing_border(syntax, token);
	case QUOTH_STANDS_FOR_MARK + QUOTH_COMMA: return COMMA_BORDER;
	case QUOTH_STANDS_FOR_MARK + QUOTH_COLON: return COLON_BORDER;
	case QUOTH_STANDS_FOR_MARK + QUOTH_SEMICOLON: case QUOTH_STANDS_FOR_MARK + QUOTH_DASH: return CLAUSE_BORDER;
	case QUOTH_STANDS_FOR_MARK + QUOTH_STOP: case QUOTH_STANDS_FOR_MARK + QUOTH_QUESTION:
	case QUOTH_STANDS_FOR_MARK + QUOTH_EXCLAMATION: return SENTENCE_BORDER;
	default: return NO_BORDER;
	}
}

unsigned quoth_syntax_marks_around(const struct quoth_syntax *syntax, uint32_t token)
{
	enum { REACH = 16 };
	const struct quoth_sentence *sentence = syntax->doc->sentences + syntax->doc->tokens[token].sentence;
	const struct quoth_syntax_token *entries = syntax->tokens;
	unsigned left = SENTENCE_BORDER, right = SENTENCE_BORDER;
	uint32_t i;

	for (i = token; i > sentence->tokens.begin && token - i < REACH; i--) {
		left = border_of(syntax, i - 1);
		if (left != NO_BORDER)
			break;
	}
	/* a quotation that ended the sentence before: “….” she said. */
	if (i == sentence->tokens.begin)
		left = i > 0 && entries[i - 1].word == QUOTH_STANDS_FOR_CLOSING ? closing_border(syntax, i - 1) : SENTENCE_BORDER;
	for (i = token + 1; i < sentence->tokens.end && i - token < REACH; i++) {
		right = border_of(syntax, i);
		if (right != NO_BORDER)
			break;
	}
	if (i >= sentence->tokens.end)
		right = SENTENCE_BORDER;
	else if (i + 1 < sentence->tokens.end && entries[i + 1].word == QUOTH_STANDS_FOR_OPENING)
		right = right == COMMA_BORDER ? COMMA_OPENING_BORDER : right == COLON_BORDER ? COLON_OPENING_BORDER : right;
	return left * 16 + right;
}

int quoth_distance_bucket(int64_t distance)
{
	int64_t n = distance < 0 ? -distance : distance;
	int bucket = n < 6 ? (int)n : n < 9 ? 6 : n < 13 ? 7 : n < 20 ? 8 : n < 35 ? 9 : 10;

	return distance < 0 ? -bucket : bucket;
}
