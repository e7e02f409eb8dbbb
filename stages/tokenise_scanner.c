#include "stages/form.h"
#include "stages/tokenise_scanner.h"

/* The input byte of a text position between entries k - 1 and k. A stretch that changed has no inside of its own: places
 * in it are counted from its begin and do not reach beyond its end. */
static uint32_t input_between(const struct quoth_document *doc, uint32_t k, uint32_t text)
{
	uint32_t input;

	if (k == 0)
		return text;
	input = doc->offsets[k - 1].input + (text - doc->offsets[k - 1].text);
	return k < doc->n_offsets && input > doc->offsets[k].input ? doc->offsets[k].input : input;
}

/* The input bytes of text positions; what vanished beside a token stays outside. Positions must ascend. */
static uint32_t input_begin(struct quoth_scanner *s, uint32_t text)
{
	const struct quoth_offset *offsets = s->doc->offsets;

	while (s->offset < s->doc->n_offsets && offsets[s->offset].text <= text)
		s->offset++;
	return input_between(s->doc, s->offset, text);
}

static uint32_t input_end(struct quoth_scanner *s, uint32_t text)
{
	const struct quoth_offset *offsets = s->doc->offsets;

	while (s->offset < s->doc->n_offsets && offsets[s->offset].text < text)
		s->offset++;
	if (s->offset < s->doc->n_offsets && offsets[s->offset].text == text)
		return offsets[s->offset].input;
	return input_between(s->doc, s->offset, text);
}

/* More tokens than this are refused: some 700 MB, four times what the largest document of words has. */
enum { MAX_TOKENS = 1 << 24 };

static bool grow_tokens(struct quoth_scanner *s)
{
	struct quoth_document *doc = s->doc;
	uint32_t capacity = s->capacity * 2;
	struct quoth_token *tokens;

	s->error = QUOTH_TOO_LARGE;
	if (doc->n_tokens >= MAX_TOKENS)
		return false;
	s->error = QUOTH_NO_MEMORY;
	tokens = quoth_arena_grow(doc->arena, doc->tokens, s->capacity * sizeof *tokens, capacity * sizeof *tokens);
	if (!tokens)
		return false;
	doc->tokens = tokens;
	s->capacity = capacity;
	return true;
}

/* Appends a token and forgets the space before it; NULL, with s->error, if that fails. */
static struct quoth_token *add_token(struct quoth_scanner *s, const unsigned char *begin, const unsigned char *end)
{
	struct quoth_document *doc = s->doc;
	struct quoth_token *token;
	uint32_t text = (uint32_t)(begin - s->text), text_end = (uint32_t)(end - s->text);

	if (doc->n_tokens == s->capacity && !grow_tokens(s))
		return NULL;
	token = &doc->tokens[doc->n_tokens++];
	*token = (struct quoth_token){
		.text = text,
		.length = text_end - text,
		.head = QUOTH_NONE,
		.sentence = s->breaks,
		.flags = (s->has_space ? QUOTH_SPACE_BEFORE : 0) | (s->breaks ? QUOTH_LINE_START : 0),
	};
	if (doc->n_offsets) {
		token->span.begin = input_begin(s, text);
		token->span.end = input_end(s, text_end);
	} else {
		token->span = (struct quoth_span){text, text_end};
	}
	s->breaks = 0;
	s->has_space = false;
	return token;
}

bool quoth_scanner_add_word(struct quoth_scanner *s, const unsigned char *begin, const unsigned char *end,
			    unsigned flags)
{
	struct quoth_token *token = add_token(s, begin, end);
	struct quoth_form form;

	if (!token)
		return false;
	quoth_form_describe((const char *)begin, (size_t)(end - begin), &form);
	token->form = form.hash;
	token->kind = form.kind == QUOTH_NUMBER ? QUOTH_NUMBER : QUOTH_WORD;
	token->shape = form.shape;
	token->flags |= form.flags | flags;
	token->lexeme = quoth_lexicon_find(s->lexicon, form.hash);
	return true;
}

bool quoth_scanner_add_mark(struct quoth_scanner *s, const unsigned char *begin, const unsigned char *end,
			    enum quoth_mark mark)
{
	struct quoth_token *token = add_token(s, begin, end);

	if (!token)
		return false;
	token->mark = mark;
	token->kind = mark == QUOTH_NO_MARK ? QUOTH_SYMBOL : mark < QUOTH_COMMA ? QUOTH_QUOTE_MARK : QUOTH_PUNCTUATION;
	token->form = quoth_form_hash((const char *)begin, (size_t)(end - begin));
	return true;
}

void quoth_scanner_extend(struct quoth_scanner *s, const unsigned char *end)
{
	struct quoth_token *token = &s->doc->tokens[s->doc->n_tokens - 1];
	uint32_t text_end = (uint32_t)(end - s->text);

	token->length = text_end - token->text;
	token->span.end = s->doc->n_offsets ? input_end(s, text_end) : text_end;
}
