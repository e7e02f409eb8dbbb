#include "stages/tokenise.h"

#include "stages/tokenise_scanner.h"

/* Longer tags are text, in bytes. */
enum { MAX_TAG_BYTES = 600 };

/* ---- other marks ---- */

static const unsigned char *run_end(const struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;

	while (q < s->end && *q == *p)
		q++;
	return q;
}

/* A straight double mark behind a figure is inches where no quotation is open: a 12" record, 6'2". */
static bool is_inches(const struct quoth_scanner *s, const unsigned char *p)
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

static const unsigned char *scan_double(struct quoth_scanner *s, const unsigned char *p, const unsigned char *end)
{
	if (is_inches(s, p))
		return quoth_scanner_add_mark(s, p, end, QUOTH_NO_MARK) ? end : NULL;
	s->is_double_open = !s->is_double_open;
	return quoth_scanner_add_mark(s, p, end, QUOTH_STRAIGHT_DOUBLE) ? end : NULL;
}

/* "...", "....", ". . ."; or one stop. */
static const unsigned char *scan_stop(struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *end = run_end(s, p);

	if (end - p == 1)
		while (follows(s, end, " .") && !follows(s, end, " ..") && !is_alphanumeric(class_at(s, end + 2)) &&
		       (end - p > 1 || follows(s, end, " . .")))
			end += 2;
	return quoth_scanner_add_mark(s, p, end, end - p > 1 ? QUOTH_ELLIPSIS : QUOTH_STOP) ? end : NULL;
}

/* A hyphen that stands alone: a bullet at a line's start, a dash between spaces. */
static const unsigned char *scan_hyphen(struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *end = run_end(s, p);
	enum quoth_mark mark = QUOTH_HYPHEN;

	if (end - p > 1)
		mark = QUOTH_DASH;
	else if (is_blank(class_at(s, end)))
		mark = s->breaks ? QUOTH_BULLET : s->has_space ? QUOTH_DASH : QUOTH_HYPHEN;
	return quoth_scanner_add_mark(s, p, end, mark) ? end : NULL;
}

/* Markup left in the text, "<em>", is one symbol. */
static const unsigned char *scan_tag(struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;

	if (is_letter(class_at(s, q)) || (q < s->end && *q == '/'))
		while (q < s->end && q - p < MAX_TAG_BYTES && *q != '>' && *q != '<')
			q++;
	q = q < s->end && *q == '>' ? q + 1 : p + 1;
	return quoth_scanner_add_mark(s, p, q, QUOTH_NO_MARK) ? q : NULL;
}

/* @name, #topic. */
static const unsigned char *scan_handle(struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *q = p + 1;
	unsigned length;

	if (!is_letter(class_at(s, q)) && !(q < s->end && *q == '_'))
		return quoth_scanner_add_mark(s, p, q, QUOTH_NO_MARK) ? q : NULL;
	while (q < s->end && (*q == '_' || is_alphanumeric(class_at(s, q)))) {
		quoth_utf8_decode(q, &length);
		q += length;
	}
	return quoth_scanner_add_word(s, p, q, QUOTH_IS_HANDLE) ? q : NULL;
}

/* Combining marks behind a mark or symbol go with it; gives their end. */
static const unsigned char *take_accents(struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *begin = p;
	unsigned length;

	while (p < s->end && *p >= 0x80 && class_at(s, p) == QUOTH_CHAR_ACCENT) {
		quoth_utf8_decode(p, &length);
		p += length;
	}
	if (p > begin)
		quoth_scanner_extend(s, p);
	return p;
}

/* A straight, curly or backquoted mark that may be doubled: '' is one mark, so are `` and ‘‘. */
static const unsigned char *scan_quote_mark(struct quoth_scanner *s, const unsigned char *p, uint32_t code_point,
					    unsigned length)
{
	const unsigned char *end = p + length;
	enum quoth_mark mark;

	switch (code_point) {
	case '\'':
		/* Of three, the inner one is single: first behind a word, last before one. */
		if (!follows(s, p, "''") || (follows(s, p, "'''") && !is_blank(class_before(s, p))))
			return quoth_scanner_single(s, p, code_point, length);
		if (!s->has_backticks)
			return scan_double(s, p, p + 2);
		return quoth_scanner_add_mark(s, p, p + 2, QUOTH_CLOSE_DOUBLE) ? p + 2 : NULL;
	case 0x2018:
	case 0x2019:
		if (!follows(s, end, code_point == 0x2018 ? "\u2018" : "\u2019"))
			return quoth_scanner_single(s, p, code_point, length);
		mark = code_point == 0x2018 ? QUOTH_OPEN_DOUBLE : QUOTH_CLOSE_DOUBLE;
		return quoth_scanner_add_mark(s, p, end + 3, mark) ? end + 3 : NULL;
	case '`':
		if (follows(s, p, "``")) {
			s->has_backticks = true;
			return quoth_scanner_add_mark(s, p, p + 2, QUOTH_OPEN_DOUBLE) ? p + 2 : NULL;
		}
		s->n_single_open++;
		return quoth_scanner_add_mark(s, p, end, QUOTH_OPEN_SINGLE) ? end : NULL;
	default:
		return quoth_scanner_single(s, p, code_point, length);
	}
}

/* The end of a run of one character that is one token: "?!", "***", "___". */
static const unsigned char *find_run_end(const struct quoth_scanner *s, const unsigned char *p, unsigned length)
{
	const unsigned char *end = p + length;

	switch (*p) {
	case '!':
	case '?':
		while (end < s->end && (*end == '!' || *end == '?'))
			end++;
		return end;
	case '*':
	case '_':
	case '=':
	case '~':
		return run_end(s, p);
	case 0xEF:	/* U+FFFD: bytes that were no text */
		while (follows(s, p, "\uFFFD") && follows(s, end, "\uFFFD"))
			end += length;
		return end;
	default:
		return end;
	}
}

/* The token at the mark or symbol p; its end, NULL without memory. */
static const unsigned char *scan_mark(struct quoth_scanner *s, const unsigned char *p)
{
	unsigned length;
	uint32_t code_point = quoth_utf8_decode(p, &length);
	const unsigned char *end = find_run_end(s, p, length);
	enum quoth_mark mark;

	switch (code_point) {
	case '"':
	case 0xFF02:
		return scan_double(s, p, end);
	case '\'':
	case '`':
	case 0x02BC:
	case 0x2018:
	case 0x2019:
	case 0xFF07:
		return scan_quote_mark(s, p, code_point, length);
	case '.':
		return class_at(s, end) == QUOTH_CHAR_DIGIT && is_blank(class_before(s, p)) ? quoth_scanner_word(s, p)
											   : scan_stop(s, p);
	case '-':
		return scan_hyphen(s, p);
	case '<':
		return scan_tag(s, p);
	case '@':
	case '#':
		return scan_handle(s, p);
	}
	mark = quoth_character_mark(code_point);
	if (code_point == '*' && end - p == 1 && s->breaks && is_blank(class_at(s, end)))
		mark = QUOTH_BULLET;
	if (mark == QUOTH_PRIME && class_before(s, p) == QUOTH_CHAR_DIGIT)
		mark = QUOTH_NO_MARK;	/* feet, inches, minutes */
	if (mark == QUOTH_LOW_SINGLE)
		s->n_single_open++;
	return quoth_scanner_add_mark(s, p, end, mark) ? end : NULL;
}

/* ---- the text ---- */


/* A line break at p: state that does not outlive a paragraph is reset at a blank line and after a line that is too long
 * to have been wrapped. */
static void end_line(struct quoth_scanner *s, const unsigned char *p)
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

static const unsigned char *scan_space(struct quoth_scanner *s, const unsigned char *p)
{
	unsigned length;

	quoth_utf8_decode(p, &length);
	if (*p == '\n' || length > 1 || (*p == '\r' && !(p + 1 < s->end && p[1] == '\n')))
		if (class_at(s, p) == QUOTH_CHAR_BREAK)
			end_line(s, p);
	s->has_space = true;
	return p + length;
}

static const unsigned char *scan_token(struct quoth_scanner *s, const unsigned char *p)
{
	switch (class_at(s, p)) {
	case QUOTH_CHAR_SPACE:
	case QUOTH_CHAR_BREAK:
		return scan_space(s, p);
	case QUOTH_CHAR_LOWER:
	case QUOTH_CHAR_UPPER:
	case QUOTH_CHAR_DIGIT:
	case QUOTH_CHAR_ACCENT:
		return quoth_scanner_word(s, p);
	default:
		p = scan_mark(s, p);
		return p ? take_accents(s, p) : NULL;
	}
}

int quoth_tokenise(struct quoth_document *doc, const struct quoth_lexicon *lexicon)
{
	struct quoth_scanner s = {
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
			return s.error;
		}
	}
	return 0;
}
