#include "stages/tokenise.h"

#include "stages/characters.h"
#include "stages/form.h"

#include <string.h>

/* How far one question may look ahead, in bytes: a host name, a tag, the end of a quotation in single marks. Bounds
 * the time that hostile text can take. */
enum { MAX_HOST_BYTES = 255, MAX_TAG_BYTES = 600, MAX_SINGLE_QUOTE_BYTES = 600 };

struct scanner {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const unsigned char *text, *end;
	uint32_t capacity;
	uint32_t offset;		/* first entry of doc->offsets behind the last token's bounds */
	uint8_t breaks;			/* line breaks since the last token, at most 3 */
	bool has_space;			/* white space since the last token */
	bool has_backticks;		/* the document writes `` … '' */
	bool is_double_open;		/* an odd number of straight double marks in the paragraph so far */
	uint32_t n_single_open;		/* single marks opened and not closed in the paragraph so far */
	const unsigned char *line;	/* where the line begins */
	const unsigned char *no_host_before;	/* dots before this are in no host name */
};

/* ---- looking at characters ---- */

static enum quoth_character class_at(const struct scanner *s, const unsigned char *p)
{
	unsigned length;

	if (p >= s->end)
		return QUOTH_CHAR_BREAK;
	if (*p < 0x80)
		return quoth_byte_classes[*p];
	return quoth_character_class(quoth_utf8_decode(p, &length));
}

static const unsigned char *previous_character(const struct scanner *s, const unsigned char *p)
{
	do
		p--;
	while (p > s->text && (*p & 0xC0) == 0x80);
	return p;
}

static enum quoth_character class_before(const struct scanner *s, const unsigned char *p)
{
	return p > s->text ? class_at(s, previous_character(s, p)) : QUOTH_CHAR_BREAK;
}

static bool is_letter(enum quoth_character class)
{
	return class == QUOTH_CHAR_LOWER || class == QUOTH_CHAR_UPPER || class == QUOTH_CHAR_ACCENT;
}

static bool is_alphanumeric(enum quoth_character class)
{
	return is_letter(class) || class == QUOTH_CHAR_DIGIT;
}

static bool is_blank(enum quoth_character class)
{
	return class == QUOTH_CHAR_SPACE || class == QUOTH_CHAR_BREAK;
}

static uint32_t code_point_at(const struct scanner *s, const unsigned char *p, unsigned *length)
{
	if (p >= s->end) {
		*length = 0;
		return 0;
	}
	return quoth_utf8_decode(p, length);
}

static bool is_apostrophe(uint32_t code_point)
{
	return code_point == '\'' || code_point == 0x2019 || code_point == 0x02BC || code_point == 0xFF07;
}

static bool is_hyphen(uint32_t code_point)
{
	return code_point == '-' || code_point == 0x2010 || code_point == 0x2011;
}

/* ---- making tokens ---- */

/* Input bytes of a text position; entries of a stretch that changed are indivisible. Positions must ascend. */
static uint32_t input_begin(struct scanner *s, uint32_t text)
{
	const struct quoth_offset *offsets = s->doc->offsets;
	uint32_t n = s->doc->n_offsets, k = s->offset;

	while (k < n && offsets[k].text <= text)
		k++;
	s->offset = k;
	if (k == 0)
		return text;
	if (k < n && offsets[k].text - offsets[k - 1].text != offsets[k].input - offsets[k - 1].input)
		return offsets[k - 1].input;
	return offsets[k - 1].input + (text - offsets[k - 1].text);
}

static uint32_t input_end(struct scanner *s, uint32_t text)
{
	const struct quoth_offset *offsets = s->doc->offsets;
	uint32_t n = s->doc->n_offsets, k = s->offset;

	while (k < n && offsets[k].text < text)
		k++;
	s->offset = k;
	if (k < n && offsets[k].text == text)
		return offsets[k].input;
	if (k == 0)
		return text;
	if (k < n && offsets[k].text - offsets[k - 1].text != offsets[k].input - offsets[k - 1].input)
		return offsets[k].input;
	return offsets[k - 1].input + (text - offsets[k - 1].text);
}

/* Appends a token and forgets the space before it; NULL without memory. */
static struct quoth_token *add_token(struct scanner *s, const unsigned char *begin, const unsigned char *end)
{
	struct quoth_document *doc = s->doc;
	struct quoth_token *token;
	uint32_t text = (uint32_t)(begin - s->text), text_end = (uint32_t)(end - s->text);

	if (doc->n_tokens == s->capacity) {
		uint32_t capacity = s->capacity * 2;
		struct quoth_token *tokens = quoth_arena_grow(doc->arena, doc->tokens,
							      s->capacity * sizeof *tokens, capacity * sizeof *tokens);

		if (!tokens)
			return NULL;
		doc->tokens = tokens;
		s->capacity = capacity;
	}
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

static bool add_word(struct scanner *s, const unsigned char *begin, const unsigned char *end, unsigned flags)
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

static bool add_mark(struct scanner *s, const unsigned char *begin, const unsigned char *end, enum quoth_mark mark)
{
	struct quoth_token *token = add_token(s, begin, end);

	if (!token)
		return false;
	token->mark = mark;
	token->kind = mark == QUOTH_NO_MARK ? QUOTH_SYMBOL : mark < QUOTH_COMMA ? QUOTH_QUOTE_MARK : QUOTH_PUNCTUATION;
	token->form = quoth_form_hash((const char *)begin, (size_t)(end - begin));
	return true;
}

/* ---- words ---- */

struct word {
	const unsigned char *begin;
	const unsigned char *apostrophe;	/* the last one inside it, NULL */
	const unsigned char *part;		/* after the last hyphen or slash inside it */
	uint32_t run;				/* letters since the last joiner; digits count a thousand */
	bool has_dot;				/* an inner stop, as in "U.S" */
	bool is_abbreviation, is_handle;
};

/* Endings of host names; a longer word before them ("said.In") must not look like one, so only common ones. */
static bool is_host_ending(const unsigned char *p, size_t length)
{
	static const char endings[][5] = {"com", "org", "net", "gov", "edu", "mil", "int", "info", "biz", "news", "io",
					  "co", "uk", "us", "eu", "tv", "ly", "ru", "de", "fr", "ca", "au", "ie", "ch"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (strlen(endings[i]) == length && memcmp(endings[i], p, length) == 0)
			return true;
	return false;
}

static bool is_host_byte(unsigned char c)
{
	return c < 0x80 && (is_alphanumeric(quoth_byte_classes[c]) || c == '-' || c == '.' || c == '_');
}

/* The end of the host name that goes on with the dot at p, NULL if there is none: letters, digits, hyphens and dots with
 * a known ending. */
static const unsigned char *find_host_end(struct scanner *s, const unsigned char *p)
{
	const unsigned char *q = p, *last_dot = NULL, *host_end = NULL;

	if (p < s->no_host_before)
		return NULL;
	while (q < s->end && q - p < MAX_HOST_BYTES && is_host_byte(*q)) {
		if (*q == '.') {
			if (last_dot && is_host_ending(last_dot + 1, (size_t)(q - last_dot - 1)))
				host_end = q;
			last_dot = q;
		}
		q++;
	}
	if (last_dot && is_host_ending(last_dot + 1, (size_t)(q - last_dot - 1)))
		host_end = q;
	if (!host_end)
		s->no_host_before = q;
	return host_end;
}

/* The end of a web address from p on: up to white space, quotation marks and brackets, without the marks that end a
 * sentence. */
static const unsigned char *find_address_end(const struct scanner *s, const unsigned char *p)
{
	const unsigned char *begin = p;

	while (p < s->end && *p > ' ' && *p < 0x7F && !strchr("\"'<>()[]{}`", *p))
		p++;
	while (p > begin && strchr(".,;:!?", p[-1]))
		p--;
	return p;
}

static bool follows(const struct scanner *s, const unsigned char *p, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(s->end - p) >= length && memcmp(p, text, length) == 0;
}

/* After the dot at p, inside or behind a word: the bytes that the word takes, 0 if it ends before the dot. */
static size_t join_dot(struct scanner *s, struct word *w, const unsigned char *p)
{
	enum quoth_character before = class_before(s, p), next = class_at(s, p + 1);
	const unsigned char *host_end;

	if (next == QUOTH_CHAR_DIGIT)
		return before == QUOTH_CHAR_DIGIT || w->is_handle ? 1 : 0;
	if (is_letter(next)) {
		bool is_single = !is_letter(class_at(s, p + 2)) || p[1] >= 0x80;

		if (w->run == 1 && (is_single || next == before)) {
			w->has_dot = true;
			return 1;
		}
		if (w->run == 2 && follows(s, p - 2, "Ph.D")) {
			w->has_dot = true;
			return 1;
		}
		host_end = find_host_end(s, p);
		if (!host_end)
			return 0;
		w->is_handle = true;
		if (host_end < s->end && *host_end == '/')
			host_end = find_address_end(s, host_end);
		return (size_t)(host_end - p);
	}
	if (w->has_dot && w->run == 1 && p[1 < s->end - p ? 1 : 0] != (p + 1 < s->end ? '.' : 0)) {
		w->is_abbreviation = true;
		return 1;
	}
	return 0;
}

/* "example@host.org": the bytes from the @ on, 0 if it is none. */
static size_t join_at(struct scanner *s, struct word *w, const unsigned char *p)
{
	const unsigned char *q = p + 1, *dot = NULL;

	while (q < s->end && q - p < MAX_HOST_BYTES && is_host_byte(*q)) {
		if (*q == '.')
			dot = q;
		q++;
	}
	if (!dot)
		return 0;
	while (q > p && (q[-1] == '.' || q[-1] == '-'))
		q--;
	w->is_handle = true;
	return (size_t)(q - p);
}

static size_t join_comma(const struct scanner *s, const unsigned char *p)
{
	if (class_before(s, p) != QUOTH_CHAR_DIGIT)
		return 0;
	for (int i = 1; i <= 3; i++)
		if (class_at(s, p + i) != QUOTH_CHAR_DIGIT)
			return 0;
	return class_at(s, p + 4) != QUOTH_CHAR_DIGIT;
}

static size_t join_colon(const struct scanner *s, struct word *w, const unsigned char *p)
{
	if (follows(s, p, "://")) {
		w->is_handle = true;
		return (size_t)(find_address_end(s, p) - p);
	}
	return class_before(s, p) == QUOTH_CHAR_DIGIT && class_at(s, p + 1) == QUOTH_CHAR_DIGIT;
}

static size_t join_apostrophe(const struct scanner *s, struct word *w, const unsigned char *p, unsigned length)
{
	enum quoth_character before = class_before(s, p), next = class_at(s, p + length);

	if (!is_letter(next) || !(is_letter(before) || before == QUOTH_CHAR_DIGIT))
		return 0;
	w->apostrophe = p;
	return length;
}

/* How many bytes of the joiner at p (and of what it brings along) belong to the word, 0 if the word ends there. */
static size_t join(struct scanner *s, struct word *w, const unsigned char *p)
{
	unsigned length;
	uint32_t code_point = quoth_utf8_decode(p, &length);
	enum quoth_character before = class_before(s, p), next = class_at(s, p + length);

	if (is_apostrophe(code_point))
		return join_apostrophe(s, w, p, length);
	if (is_hyphen(code_point)) {
		if (!is_alphanumeric(next) || p == w->begin)
			return 0;
		w->part = p + length;
		return length;
	}
	switch (code_point) {
	case '.':
		return join_dot(s, w, p);
	case ',':
		return join_comma(s, p);
	case ':':
		return join_colon(s, w, p);
	case '@':
		return is_alphanumeric(before) && is_alphanumeric(next) ? join_at(s, w, p) : 0;
	case '/':
		if (!is_alphanumeric(next) || !is_alphanumeric(before))
			return 0;
		w->part = p + 1;
		return 1;
	case '&':
		return before == QUOTH_CHAR_UPPER && next == QUOTH_CHAR_UPPER;
	case '_':
		return is_alphanumeric(next) || p[0] == p[-1];
	case '*':
		return is_letter(before) && (is_letter(next) || (p + 1 < s->end && p[1] == '*')) ? 1 : p[-1] == '*';
	default:
		return 0;
	}
}

/* The end of the word at p, not NULL; fills *w. */
static const unsigned char *scan_word(struct scanner *s, const unsigned char *p, struct word *w)
{
	*w = (struct word){.begin = p, .part = p};
	if (follows(s, p, "www."))
		w->is_handle = true;
	while (p < s->end) {
		unsigned length = 1;
		enum quoth_character class = quoth_byte_classes[*p];
		size_t taken;

		if (class == QUOTH_CHAR_HIGH)
			class = quoth_character_class(quoth_utf8_decode(p, &length));
		if (is_letter(class)) {
			w->run += class != QUOTH_CHAR_ACCENT;
			p += length;
			continue;
		}
		if (class == QUOTH_CHAR_DIGIT) {
			w->run += 1000;
			p += length;
			continue;
		}
		if (class != QUOTH_CHAR_JOINER)
			break;
		taken = join(s, w, p);
		if (!taken)
			break;
		p += taken;
		w->run = 0;
	}
	return p;
}

/* ---- abbreviations ---- */

/* Abbreviations that are also common words and keep their stop before a number only: "No. 5", "p. 12". */
static bool needs_number(const unsigned char *p, size_t length)
{
	static const char forms[][6] = {"no", "nos", "p", "pp", "art", "fig", "figs", "sec", "vol", "ch", "par", "cl", "op"};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (strlen(forms[i]) == length && quoth_form_hash(forms[i], length) ==
							  quoth_form_hash((const char *)p, length))
			return true;
	return false;
}

/* Whether a line ends at p, but for space. */
static bool is_line_end(const struct scanner *s, const unsigned char *p)
{
	while (p < s->end && (*p == ' ' || *p == '\t'))
		p++;
	return p >= s->end || *p == '\n' || *p == '\r';
}

static const unsigned char *skip_spaces(const struct scanner *s, const unsigned char *p)
{
	while (p < s->end && is_blank(quoth_byte_classes[*p]))
		p++;
	return p;
}

/* An initial keeps its stop ("J. Smith", "George W. Bush said"); "I" and a lone capital that ends a line ("Plan B.") do not. */
static bool is_initial(const struct scanner *s, const unsigned char *begin, const unsigned char *dot)
{
	const unsigned char *next = skip_spaces(s, dot + 1);

	if (is_line_end(s, dot + 1))
		return false;
	if (class_at(s, next) != QUOTH_CHAR_UPPER && class_at(s, next) != QUOTH_CHAR_JOINER && class_at(s, next) != QUOTH_CHAR_LOWER)
		return *begin != 'I' && (class_at(s, next) != QUOTH_CHAR_OTHER || *next == ',');
	if (*begin == 'I') {
		const struct quoth_token *last = s->doc->n_tokens ? &s->doc->tokens[s->doc->n_tokens - 1] : NULL;
		bool after_name = last && last->kind == QUOTH_WORD && last->shape == QUOTH_SHAPE_CAPITALISED;

		return class_at(s, next) == QUOTH_CHAR_UPPER && (after_name || follows(s, next + 1, "."));
	}
	return true;
}

/* Whether the stop at dot belongs to the word that ends before it. */
static bool keeps_stop(const struct scanner *s, const struct word *w, const unsigned char *dot)
{
	const unsigned char *part = w->part;
	size_t length = (size_t)(dot - part);
	const struct quoth_lexeme *lexeme;
	uint32_t form;
	uint16_t index;

	if (follows(s, dot, "..") || w->run >= 1000 || length > 12)
		return false;
	if (w->run == 1 && length == 1 && *part >= 'A' && *part <= 'Z')
		return is_initial(s, part, dot);
	form = quoth_form_hash((const char *)part, length + 1);
	index = quoth_lexicon_find(s->lexicon, form);
	lexeme = quoth_lexeme_at(s->lexicon, index);
	if (!index || !(lexeme->flags & QUOTH_LEX_ABBREVIATION))
		return false;
	if (needs_number(part, length))
		return class_at(s, skip_spaces(s, dot + 1)) == QUOTH_CHAR_DIGIT;
	/* "mass." and "sun." are words at a sentence's end, "Mass." and "Sun." are not. */
	if (lexeme->flags & (QUOTH_LEX_TITLE | QUOTH_LEX_MONTH_OR_DAY | QUOTH_LEX_PLACE))
		return class_at(s, part) == QUOTH_CHAR_UPPER;
	return true;
}

/* ---- clitics ---- */

/* Words written as one that are two: where the second begins. */
static const struct {
	char word[8];
	uint8_t at;
} contractions[] = {
	{"cannot", 3}, {"gonna", 3}, {"gotta", 3}, {"wanna", 3}, {"gimme", 3}, {"lemme", 3},
};

static bool equals_ignoring_case(const unsigned char *p, const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((p[i] | 0x20) != word[i])
			return false;
	return true;
}

static size_t contraction_at(const unsigned char *begin, size_t length)
{
	if (length == 5 || length == 6)
		for (size_t i = 0; i < sizeof contractions / sizeof *contractions; i++)
			if (strlen(contractions[i].word) == length &&
			    equals_ignoring_case(begin, contractions[i].word, length))
				return contractions[i].at;
	return 0;
}

/* Whether [p, end) after an apostrophe is 's, 're, 've, 'll, 'd or 'm. */
static bool is_clitic(const unsigned char *p, const unsigned char *end)
{
	static const char clitics[][3] = {"s", "d", "m", "re", "ve", "ll"};
	size_t length = (size_t)(end - p);

	if (length == 0 || length > 2)
		return false;
	for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
		if (strlen(clitics[i]) == length && equals_ignoring_case(p, clitics[i], length))
			return true;
	return false;
}

static const unsigned char *last_apostrophe(const unsigned char *begin, const unsigned char *end)
{
	for (const unsigned char *p = end; p > begin; p--) {
		if (p[-1] == '\'')
			return p - 1;
		if (end - p > 8)
			break;
		if (p - begin >= 3 && p[-3] == 0xE2 && p[-2] == 0x80 && p[-1] == 0x99)
			return p - 3;
	}
	return NULL;
}

/* Where the last clitic of [begin, end) begins, NULL if it has none; apostrophe is the last one in it. */
static const unsigned char *find_clitic(const unsigned char *begin, const unsigned char *end,
					const unsigned char *apostrophe)
{
	const unsigned char *after;

	if (!apostrophe || apostrophe <= begin)
		return NULL;
	after = apostrophe + (*apostrophe == '\'' ? 1 : *apostrophe < 0xE0 ? 2 : 3);
	if (is_clitic(after, end))
		return apostrophe;
	if (end - after == 1 && (*after | 0x20) == 't' && apostrophe - begin >= 2 && (apostrophe[-1] | 0x20) == 'n')
		return apostrophe - 1;
	return NULL;
}

enum { MAX_CLITICS = 4 };

/* Cuts "could" + "n't" + "'ve" and adds the parts. */
static bool add_parts(struct scanner *s, const unsigned char *begin, const unsigned char *end,
		      const unsigned char *apostrophe, unsigned flags)
{
	const unsigned char *cuts[MAX_CLITICS];
	const unsigned char *last = end, *cut;
	int n = 0;

	while (n < MAX_CLITICS && (cut = find_clitic(begin, last, apostrophe))) {
		cuts[n++] = cut;
		last = cut;
		apostrophe = last_apostrophe(begin, last);
	}
	cut = begin + contraction_at(begin, (size_t)(last - begin));
	if (cut > begin && !add_word(s, begin, cut, flags))
		return false;
	if (!add_word(s, cut, last, flags))
		return false;
	while (n-- > 0) {
		last = n > 0 ? cuts[n - 1] : end;
		if (!add_word(s, cuts[n], last, flags))
			return false;
	}
	return true;
}

/* ---- single marks ---- */

/* Words that begin with an apostrophe. */
static bool is_elided(const unsigned char *p, size_t length)
{
	static const char words[][7] = {"em", "til", "till", "cause", "tis", "twas", "n", "bout", "round", "cuz", "cos",
					"coz", "nuff", "neath", "gainst", "ere", "im"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == length && equals_ignoring_case(p, words[i], length))
			return true;
	return false;
}

/* The end of the word that the apostrophe at p (length bytes) begins: 'em, 'n', '90s, '08; NULL if it begins none. */
static const unsigned char *find_elision(const struct scanner *s, const unsigned char *p, unsigned length, bool is_right)
{
	const unsigned char *begin = p + length, *q = begin;
	unsigned mark_length;

	while (q < s->end && q - begin < 8 && is_alphanumeric(quoth_byte_classes[*q]))
		q++;
	if (q == begin || is_alphanumeric(class_at(s, q)))
		return NULL;
	if (q - begin == 2 && class_at(s, begin) == QUOTH_CHAR_DIGIT && class_at(s, begin + 1) == QUOTH_CHAR_DIGIT)
		return is_right || s->n_single_open == 0 ? q : NULL;
	if (q - begin == 3 && class_at(s, begin) == QUOTH_CHAR_DIGIT && class_at(s, begin + 1) == QUOTH_CHAR_DIGIT &&
	    begin[2] == 's')
		return q;
	if (!is_elided(begin, (size_t)(q - begin)))
		return is_right ? q : NULL;
	if (q - begin == 1 && is_apostrophe(code_point_at(s, q, &mark_length)))
		q += mark_length;
	return q;
}

/* Whether a quotation in single marks that is open at p can still be closed later in the line. */
static bool closes_later(const struct scanner *s, const unsigned char *p)
{
	const unsigned char *begin = p;
	unsigned length;

	for (; p < s->end && p - begin < MAX_SINGLE_QUOTE_BYTES && *p != '\n'; p += length) {
		uint32_t code_point = quoth_utf8_decode(p, &length);
		enum quoth_character next;

		if (code_point == 0x2018)
			return false;
		if (!is_apostrophe(code_point))
			continue;
		next = class_at(s, p + length);
		if (is_alphanumeric(next))
			continue;
		if (is_blank(class_before(s, p)))
			return false;
		return true;
	}
	return false;
}

/* A single closing mark or apostrophe behind a word or mark, that no letter follows. */
static bool add_right_single(struct scanner *s, const unsigned char *p, unsigned length, enum quoth_mark mark)
{
	enum quoth_character before = class_before(s, p);
	bool is_possessive = is_alphanumeric(before);

	if (before == QUOTH_CHAR_DIGIT && s->n_single_open == 0 && *p == '\'')
		return add_mark(s, p, p + length, QUOTH_NO_MARK);	/* feet */
	if (is_possessive && s->n_single_open > 0 &&
	    !((p[-1] | 0x20) == 's' && class_at(s, p + length) == QUOTH_CHAR_SPACE && closes_later(s, p + length)))
		is_possessive = false;
	if (is_possessive)
		return add_word(s, p, p + length, 0);
	if (s->n_single_open > 0)
		s->n_single_open--;
	return add_mark(s, p, p + length, mark);
}

static bool is_opening_place(enum quoth_character before, const unsigned char *p)
{
	return is_blank(before) || (before != QUOTH_CHAR_LOWER && before != QUOTH_CHAR_UPPER &&
				    before != QUOTH_CHAR_DIGIT && strchr("([{\"`-/", p[-1])) ||
	       (p[-1] >= 0x80 && before == QUOTH_CHAR_OTHER);
}

/* The token at an apostrophe or single quotation mark; its end, NULL without memory. */
static const unsigned char *scan_single(struct scanner *s, const unsigned char *p, uint32_t code_point, unsigned length)
{
	bool is_left = code_point == 0x2018, is_right = is_apostrophe(code_point) && code_point != '\'';
	enum quoth_mark mark = is_left ? QUOTH_OPEN_SINGLE : is_right ? QUOTH_CLOSE_SINGLE : QUOTH_STRAIGHT_SINGLE;
	enum quoth_character before = class_before(s, p), next = class_at(s, p + length);
	const unsigned char *end = p + length, *q;

	if (is_alphanumeric(next) && is_opening_place(before, p)) {
		q = find_elision(s, p, length, is_right);
		if (q)
			return add_word(s, p, q, 0) ? q : NULL;
	}
	if (before == QUOTH_CHAR_DIGIT && next == QUOTH_CHAR_DIGIT && !is_left)
		return add_mark(s, p, end, QUOTH_NO_MARK) ? end : NULL;	/* feet */
	if (is_letter(next) && !is_blank(before) && !is_left) {
		for (q = end; q < s->end && q - end < 3 && is_letter(quoth_byte_classes[*q]);)
			q++;
		if (is_clitic(end, q) && !is_alphanumeric(class_at(s, q)))
			return add_word(s, p, q, 0) ? q : NULL;
	}
	if (is_left || (!is_right && !is_blank(next) && is_opening_place(before, p))) {
		s->n_single_open++;
		return add_mark(s, p, end, mark) ? end : NULL;
	}
	if (is_blank(before))
		return add_mark(s, p, end, mark) ? end : NULL;
	return add_right_single(s, p, length, mark) ? end : NULL;
}

/* ---- other marks ---- */

static const unsigned char *run_end(const struct scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;

	while (q < s->end && *q == *p)
		q++;
	return q;
}

/* A straight double mark behind a figure is inches where no quotation is open: a 12" record, 6'2". */
static bool is_inches(const struct scanner *s, const unsigned char *p)
{
	const struct quoth_token *tokens = s->doc->tokens;
	uint32_t n = s->doc->n_tokens;

	if (class_before(s, p) != QUOTH_CHAR_DIGIT || is_alphanumeric(class_at(s, p + 1)))
		return false;
	if (!s->is_double_open)
		return true;
	return n >= 2 && tokens[n - 2].kind == QUOTH_SYMBOL && (s->text[tokens[n - 2].text] == '\'' ||
								s->text[tokens[n - 2].text] == 0xE2);
}

static const unsigned char *scan_double(struct scanner *s, const unsigned char *p, const unsigned char *end)
{
	if (is_inches(s, p))
		return add_mark(s, p, end, QUOTH_NO_MARK) ? end : NULL;
	s->is_double_open = !s->is_double_open;
	return add_mark(s, p, end, QUOTH_STRAIGHT_DOUBLE) ? end : NULL;
}

/* "...", "....", ". . ."; or one stop. */
static const unsigned char *scan_stop(struct scanner *s, const unsigned char *p)
{
	const unsigned char *end = run_end(s, p);

	if (end - p == 1)
		while (follows(s, end, " .") && !follows(s, end, " ..") && !is_alphanumeric(class_at(s, end + 2)) &&
		       (end - p > 1 || follows(s, end, " . .")))
			end += 2;
	return add_mark(s, p, end, end - p > 1 ? QUOTH_ELLIPSIS : QUOTH_STOP) ? end : NULL;
}

/* A hyphen that stands alone: a bullet at a line's start, a dash between spaces. */
static const unsigned char *scan_hyphen(struct scanner *s, const unsigned char *p)
{
	const unsigned char *end = run_end(s, p);
	enum quoth_mark mark = QUOTH_HYPHEN;

	if (end - p > 1)
		mark = QUOTH_DASH;
	else if (is_blank(class_at(s, end)))
		mark = s->breaks ? QUOTH_BULLET : s->has_space ? QUOTH_DASH : QUOTH_HYPHEN;
	return add_mark(s, p, end, mark) ? end : NULL;
}

/* Markup left in the text, "<em>", is one symbol. */
static const unsigned char *scan_tag(struct scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;

	if (is_letter(class_at(s, q)) || (q < s->end && *q == '/'))
		while (q < s->end && q - p < MAX_TAG_BYTES && *q != '>' && *q != '<')
			q++;
	q = q < s->end && *q == '>' ? q + 1 : p + 1;
	return add_mark(s, p, q, QUOTH_NO_MARK) ? q : NULL;
}

/* @name, #topic. */
static const unsigned char *scan_handle(struct scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;
	unsigned length;

	if (!is_letter(class_at(s, q)) && !(q < s->end && *q == '_'))
		return add_mark(s, p, q, QUOTH_NO_MARK) ? q : NULL;
	while (q < s->end && (*q == '_' || is_alphanumeric(class_at(s, q)))) {
		quoth_utf8_decode(q, &length);
		q += length;
	}
	return add_word(s, p, q, QUOTH_IS_HANDLE) ? q : NULL;
}

/* The token at the mark or symbol p; its end, NULL without memory. */
static const unsigned char *scan_mark(struct scanner *s, const unsigned char *p)
{
	unsigned length;
	uint32_t code_point = quoth_utf8_decode(p, &length);
	const unsigned char *end = p + length;
	enum quoth_mark mark;

	switch (code_point) {
	case '"':
	case 0xFF02:
		return scan_double(s, p, end);
	case '\'':
		/* Of three, the inner one is single: first behind a word, last before one. */
		if (follows(s, p, "''") && (!follows(s, p, "'''") || is_blank(class_before(s, p)))) {
			if (!s->has_backticks)
				return scan_double(s, p, p + 2);
			return add_mark(s, p, p + 2, QUOTH_CLOSE_DOUBLE) ? p + 2 : NULL;
		}
		return scan_single(s, p, code_point, length);
	case 0x2018:
	case 0x2019:
		if (follows(s, end, code_point == 0x2018 ? "\u2018" : "\u2019")) {	/* doubles made of two singles */
			mark = code_point == 0x2018 ? QUOTH_OPEN_DOUBLE : QUOTH_CLOSE_DOUBLE;
			return add_mark(s, p, end + 3, mark) ? end + 3 : NULL;
		}
		return scan_single(s, p, code_point, length);
	case 0x02BC:
	case 0xFF07:
		return scan_single(s, p, code_point, length);
	case '`':
		if (follows(s, p, "``")) {
			s->has_backticks = true;
			return add_mark(s, p, p + 2, QUOTH_OPEN_DOUBLE) ? p + 2 : NULL;
		}
		s->n_single_open++;
		return add_mark(s, p, end, QUOTH_OPEN_SINGLE) ? end : NULL;
	case '.':
		if (class_at(s, end) == QUOTH_CHAR_DIGIT && is_blank(class_before(s, p))) {
			struct word w;

			end = scan_word(s, end, &w);
			return add_word(s, p, end, 0) ? end : NULL;
		}
		return scan_stop(s, p);
	case '-':
		return scan_hyphen(s, p);
	case '<':
		return scan_tag(s, p);
	case '@':
	case '#':
		return scan_handle(s, p);
	case '!':
	case '?':
		while (end < s->end && (*end == '!' || *end == '?'))
			end++;
		break;
	case '*':
	case '_':
	case '=':
	case '~':
		end = run_end(s, p);
		if (code_point == '*' && end - p == 1 && s->breaks && is_blank(class_at(s, end)))
			return add_mark(s, p, end, QUOTH_BULLET) ? end : NULL;
		break;
	}
	mark = quoth_character_mark(code_point);
	if (mark == QUOTH_PRIME && class_before(s, p) == QUOTH_CHAR_DIGIT)
		mark = QUOTH_NO_MARK;	/* feet, inches, minutes */
	if (mark == QUOTH_LOW_SINGLE)
		s->n_single_open++;
	return add_mark(s, p, end, mark) ? end : NULL;
}

/* ---- the text ---- */

static const unsigned char *scan_letters(struct scanner *s, const unsigned char *p)
{
	struct word w;
	const unsigned char *end = scan_word(s, p, &w);
	unsigned flags = w.is_handle ? QUOTH_IS_HANDLE : 0;

	if (end == p) {		/* an accent or joiner that begins nothing */
		unsigned length;

		quoth_utf8_decode(p, &length);
		return add_mark(s, p, p + length, QUOTH_NO_MARK) ? p + length : NULL;
	}
	if (end < s->end && *end == '.' && !w.is_handle && !w.has_dot && keeps_stop(s, &w, end)) {
		end++;
		w.is_abbreviation = true;
	}
	if (end < s->end && *end == '$' && end - p <= 3 && class_at(s, p) == QUOTH_CHAR_UPPER &&
	    class_at(s, end + 1) == QUOTH_CHAR_DIGIT)
		end++;		/* US$5 */
	if (w.is_abbreviation)
		flags |= QUOTH_IS_ABBREVIATION;
	return add_parts(s, p, end, w.is_handle ? NULL : w.apostrophe, flags) ? end : NULL;
}

/* A line break at p: state that does not outlive a paragraph is reset at a blank line and after a line that is too long
 * to have been wrapped. */
static void end_line(struct scanner *s, const unsigned char *p)
{
	enum { MAX_WRAPPED_BYTES = 110 };

	if (s->breaks < 3)
		s->breaks++;
	if (s->breaks > 1 || p - s->line > MAX_WRAPPED_BYTES) {
		s->is_double_open = false;
		s->n_single_open = 0;
	}
	s->line = p + 1;
	s->has_space = true;
}

static const unsigned char *scan_space(struct scanner *s, const unsigned char *p)
{
	unsigned length;

	quoth_utf8_decode(p, &length);
	if (*p == '\n' || length > 1 || (*p == '\r' && !(p + 1 < s->end && p[1] == '\n')))
		if (class_at(s, p) == QUOTH_CHAR_BREAK)
			end_line(s, p);
	s->has_space = true;
	return p + length;
}

static const unsigned char *scan_token(struct scanner *s, const unsigned char *p)
{
	switch (class_at(s, p)) {
	case QUOTH_CHAR_SPACE:
	case QUOTH_CHAR_BREAK:
		return scan_space(s, p);
	case QUOTH_CHAR_LOWER:
	case QUOTH_CHAR_UPPER:
	case QUOTH_CHAR_DIGIT:
	case QUOTH_CHAR_ACCENT:
		return scan_letters(s, p);
	default:
		return scan_mark(s, p);
	}
}

int quoth_tokenise(struct quoth_document *doc, const struct quoth_lexicon *lexicon)
{
	struct scanner s = {
		.doc = doc,
		.lexicon = lexicon,
		.text = (const unsigned char *)doc->text,
		.breaks = 2,
		.has_space = true,
	};
	const unsigned char *p = s.text;

	doc->tokens = NULL;
	doc->n_tokens = 0;
	if (doc->text_size == 0)
		return 0;
	s.line = s.no_host_before = p;
	s.end = p + doc->text_size;
	s.capacity = doc->text_size / 4 + 64;
	doc->tokens = quoth_arena_array(doc->arena, s.capacity, sizeof *doc->tokens);
	if (!doc->tokens)
		return QUOTH_NO_MEMORY;
	while (p < s.end) {
		p = scan_token(&s, p);
		if (!p) {
			doc->tokens = NULL;
			doc->n_tokens = 0;
			return QUOTH_NO_MEMORY;
		}
	}
	return 0;
}
