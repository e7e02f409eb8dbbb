#include "stages/tokenise_scanner.h"

/* How far one question may look ahead, in bytes: bounds the time that hostile text can take. */
enum { MAX_HOST_BYTES = 255 };

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
static const unsigned char *find_host_end(struct quoth_scanner *s, const unsigned char *p)
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
static const unsigned char *find_address_end(const struct quoth_scanner *s, const unsigned char *p)
{
	const unsigned char *begin = p;

	while (p < s->end && *p > ' ' && *p < 0x7F && !strchr("\"'<>()[]{}`", *p))
		p++;
	while (p > begin && strchr(".,;:!?", p[-1]))
		p--;
	return p;
}


/* After the dot at p, inside or behind a word: the bytes that the word takes, 0 if it ends before the dot. */
static size_t join_dot(struct quoth_scanner *s, struct word *w, const unsigned char *p)
{
	enum quoth_character before = class_before(s, p), next = class_at(s, p + 1);
	const unsigned char *host_end;

	if (next == QUOTH_CHAR_DIGIT)
		return before == QUOTH_CHAR_DIGIT || p == w->begin || w->is_handle;
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
	if (w->has_dot && w->run == 1 && !follows(s, p, "..")) {
		w->is_abbreviation = true;
		return 1;
	}
	return 0;
}

/* "example@host.org": the bytes from the @ on, 0 if it is none. */
static size_t join_at(struct quoth_scanner *s, struct word *w, const unsigned char *p)
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

static size_t join_comma(const struct quoth_scanner *s, const unsigned char *p)
{
	if (class_before(s, p) != QUOTH_CHAR_DIGIT)
		return 0;
	for (int i = 1; i <= 3; i++)
		if (class_at(s, p + i) != QUOTH_CHAR_DIGIT)
			return 0;
	return class_at(s, p + 4) != QUOTH_CHAR_DIGIT;
}

static size_t join_colon(const struct quoth_scanner *s, struct word *w, const unsigned char *p)
{
	if (follows(s, p, "://")) {
		w->is_handle = true;
		return (size_t)(find_address_end(s, p) - p);
	}
	return class_before(s, p) == QUOTH_CHAR_DIGIT && class_at(s, p + 1) == QUOTH_CHAR_DIGIT;
}

static size_t join_apostrophe(const struct quoth_scanner *s, struct word *w, const unsigned char *p, unsigned length)
{
	enum quoth_character before = class_before(s, p), next = class_at(s, p + length);

	if (!is_letter(next) || !(is_letter(before) || before == QUOTH_CHAR_DIGIT))
		return 0;
	w->apostrophe = p;
	return length;
}

/* How many bytes of the joiner at p (and of what it brings along) belong to the word, 0 if the word ends there. */
static size_t join(struct quoth_scanner *s, struct word *w, const unsigned char *p)
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
static const unsigned char *scan_word(struct quoth_scanner *s, const unsigned char *p, struct word *w)
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
	static const char forms[][6] = {"no", "nos", "p", "pp", "art", "fig", "figs", "sec", "vol", "ch", "par", "cl",
	"op"};

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (strlen(forms[i]) == length && quoth_form_hash(forms[i], length) ==
							  quoth_form_hash((const char *)p, length))
			return true;
	return false;
}

/* Whether a line ends at p, but for space. */
static bool is_line_end(const struct quoth_scanner *s, const unsigned char *p)
{
	while (p < s->end && (*p == ' ' || *p == '\t'))
		p++;
	return p >= s->end || *p == '\n' || *p == '\r';
}

static const unsigned char *skip_spaces(const struct quoth_scanner *s, const unsigned char *p)
{
	while (p < s->end && is_blank(quoth_byte_classes[*p]))
		p++;
	return p;
}

/* An initial keeps its stop ("J. Smith",
"George W. Bush said"); "I" and a lone capital that ends a line ("Plan B.") do not. */
static bool is_initial(const struct quoth_scanner *s, const unsigned char *begin, const unsigned char *dot)
{
	const unsigned char *next = skip_spaces(s, dot + 1);
	enum quoth_character class = class_at(s, next);

	if (is_line_end(s, dot + 1))
		return false;
	if (!is_letter(class) && class != QUOTH_CHAR_JOINER)
		return *begin != 'I' && (class != QUOTH_CHAR_OTHER || *next == ',');
	if (*begin == 'I') {
		const struct quoth_token *last = s->doc->n_tokens ? &s->doc->tokens[s->doc->n_tokens - 1] : NULL;
		bool after_name = last && last->kind == QUOTH_WORD && last->shape == QUOTH_SHAPE_CAPITALISED;

		return class_at(s, next) == QUOTH_CHAR_UPPER && (after_name || follows(s, next + 1, "."));
	}
	return true;
}

/* Whether the stop at dot belongs to the word that ends before it. */
static bool keeps_stop(const struct quoth_scanner *s, const struct word *w, const unsigned char *dot)
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
	uint8_t length, at;
} contractions[] = {
	{"cannot", 6, 3}, {"gonna", 5, 3}, {"gotta", 5, 3}, {"wanna", 5, 3}, {"gimme", 5, 3}, {"lemme", 5, 3},
};

static size_t contraction_at(const unsigned char *begin, size_t length)
{
	if (length != 5 && length != 6)
		return 0;
	for (size_t i = 0; i < sizeof contractions / sizeof *contractions; i++)
		if (contractions[i].length == length && equals_ignoring_case(begin, contractions[i].word, length))
			return contractions[i].at;
	return 0;
}

/* Whether [p, end) after an apostrophe is 's, 're, 've, 'll, 'd or 'm. */
bool quoth_clitic_is(const unsigned char *p, const unsigned char *end)
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
	if (quoth_clitic_is(after, end))
		return apostrophe;
	if (end - after == 1 && (*after | 0x20) == 't' && apostrophe - begin >= 2 && (apostrophe[-1] | 0x20) == 'n')
		return apostrophe - 1;
	return NULL;
}

enum { MAX_CLITICS = 4 };

/* Cuts "could" + "n't" + "'ve" and adds the parts. */
static bool add_parts(struct quoth_scanner *s, const unsigned char *begin, const unsigned char *end,
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
	if (cut > begin && !quoth_scanner_add_word(s, begin, cut, flags))
		return false;
	if (!quoth_scanner_add_word(s, cut, last, flags))
		return false;
	while (n-- > 0) {
		last = n > 0 ? cuts[n - 1] : end;
		if (!quoth_scanner_add_word(s, cuts[n], last, flags))
			return false;
	}
	return true;
}
/* ---- the whole ---- */

const unsigned char *quoth_scanner_word(struct quoth_scanner *s, const unsigned char *p)
{
	struct word w;
	const unsigned char *end = scan_word(s, p, &w);
	unsigned flags = w.is_handle ? QUOTH_IS_HANDLE : 0;

	if (end == p) {		/* an accent or joiner that begins nothing */
		unsigned length;

		quoth_utf8_decode(p, &length);
		return quoth_scanner_add_mark(s, p, p + length, QUOTH_NO_MARK) ? p + length : NULL;
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
