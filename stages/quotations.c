#include "stages/quotations.h"

#include "stages/lexicon.h"

#include <string.h>

enum { MAX_DEPTH = 16 };

/* Marks that can close each other. */
enum family { NO_FAMILY, DOUBLE, SINGLE, GUILLEMET, ANGLE, CORNER };

static const uint8_t families[] = {
	[QUOTH_STRAIGHT_DOUBLE] = DOUBLE, [QUOTH_OPEN_DOUBLE] = DOUBLE, [QUOTH_CLOSE_DOUBLE] = DOUBLE,
	[QUOTH_LOW_DOUBLE] = DOUBLE, [QUOTH_PRIME] = DOUBLE,
	[QUOTH_STRAIGHT_SINGLE] = SINGLE, [QUOTH_OPEN_SINGLE] = SINGLE, [QUOTH_CLOSE_SINGLE] = SINGLE,
	[QUOTH_LOW_SINGLE] = SINGLE,
	[QUOTH_LEFT_GUILLEMET] = GUILLEMET, [QUOTH_RIGHT_GUILLEMET] = GUILLEMET,
	[QUOTH_LEFT_ANGLE] = ANGLE, [QUOTH_RIGHT_ANGLE] = ANGLE,
	[QUOTH_LEFT_CORNER] = CORNER, [QUOTH_RIGHT_CORNER] = CORNER,
};

/* What a glyph does where nothing speaks against it. */
enum habit { EITHER, OPENS, CLOSES };

static const uint8_t habits[] = {
	[QUOTH_OPEN_DOUBLE] = OPENS, [QUOTH_CLOSE_DOUBLE] = CLOSES, [QUOTH_LOW_DOUBLE] = OPENS,
	[QUOTH_OPEN_SINGLE] = OPENS, [QUOTH_CLOSE_SINGLE] = CLOSES, [QUOTH_LOW_SINGLE] = OPENS,
	[QUOTH_LEFT_GUILLEMET] = OPENS, [QUOTH_RIGHT_GUILLEMET] = CLOSES,
	[QUOTH_LEFT_ANGLE] = OPENS, [QUOTH_RIGHT_ANGLE] = CLOSES,
	[QUOTH_LEFT_CORNER] = OPENS, [QUOTH_RIGHT_CORNER] = CLOSES,
	[QUOTH_PRIME] = EITHER,
};

struct matcher {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const struct quoth_token *tokens;
	struct quoth_range paragraph;
	uint32_t capacity;		/* of doc->quotations */
	uint32_t open[MAX_DEPTH];	/* indices of the open quotations, the innermost last */
	uint32_t n_open;
	uint32_t n_too_deep;		/* opened beyond MAX_DEPTH and not closed */
	uint32_t carried;		/* unclosed at the end of the paragraph before, QUOTH_NONE */
	uint32_t n_dropped;
};

static enum family family_of(const struct matcher *m, uint32_t i)
{
	return m->tokens[i].kind == QUOTH_QUOTE_MARK ? families[m->tokens[i].mark] : NO_FAMILY;
}

/* ---- what a mark does ---- */

/* Whether white space, an opening mark or a bracket stands before token i, so that a mark there can open. */
static bool is_free_left(const struct matcher *m, uint32_t i)
{
	const struct quoth_token *before = &m->tokens[i - 1];

	if (i == m->paragraph.begin || (m->tokens[i].flags & QUOTH_SPACE_BEFORE))
		return true;
	if (before->mark == QUOTH_OPEN_BRACKET || before->mark == QUOTH_DASH || before->mark == QUOTH_SLASH)
		return true;
	return before->kind == QUOTH_QUOTE_MARK && habits[before->mark] == OPENS;
}

static bool has_space_after(const struct matcher *m, uint32_t i)
{
	return i + 1 >= m->paragraph.end || (m->tokens[i + 1].flags & QUOTH_SPACE_BEFORE);
}

/* Whether white space or a mark that ends something stands behind token i. */
static bool is_free_right(const struct matcher *m, uint32_t i)
{
	uint8_t mark;

	if (has_space_after(m, i))
		return true;
	mark = m->tokens[i + 1].mark;
	return mark == QUOTH_COMMA || mark == QUOTH_STOP || mark == QUOTH_SEMICOLON || mark == QUOTH_COLON ||
	       mark == QUOTH_QUESTION || mark == QUOTH_EXCLAMATION || mark == QUOTH_CLOSE_BRACKET || mark == QUOTH_DASH;
}

static bool has_space_before(const struct matcher *m, uint32_t i)
{
	return i == m->paragraph.begin || (m->tokens[i].flags & QUOTH_SPACE_BEFORE);
}

/* The innermost open quotation of a family: its place on the stack plus one, 0 if there is none. */
static uint32_t find_open(const struct matcher *m, enum family family)
{
	for (uint32_t k = m->n_open; k > 0; k--)
		if (families[m->doc->quotations[m->open[k - 1]].mark] == family)
			return k;
	return 0;
}

static bool is_straight(uint8_t mark)
{
	return mark == QUOTH_STRAIGHT_DOUBLE || mark == QUOTH_STRAIGHT_SINGLE || mark == QUOTH_PRIME;
}

/* The same for closing mark i: rather one that was opened as it closes, by a straight or a curly glyph. */
static uint32_t find_match(const struct matcher *m, uint32_t i)
{
	for (uint32_t k = m->n_open; k > 0; k--) {
		uint8_t mark = m->doc->quotations[m->open[k - 1]].mark;

		if (families[mark] == family_of(m, i) && is_straight(mark) == is_straight(m->tokens[i].mark))
			return k;
	}
	return find_open(m, family_of(m, i));
}

/* Whether the open quotation at stack place `place` is closed by the glyph of token i though that glyph opens elsewhere, or
 * was opened by one that closes elsewhere: „…“, ‚…‘, »…«. */
static bool is_reversed(const struct matcher *m, uint32_t place)
{
	uint8_t mark = m->doc->quotations[m->open[place - 1]].mark;

	return mark == QUOTH_LOW_DOUBLE || mark == QUOTH_LOW_SINGLE || habits[mark] == CLOSES;
}

static enum habit side_by_space(const struct matcher *m, uint32_t i)
{
	bool left = is_free_left(m, i), right = is_free_right(m, i);

	if (left != right)
		return left ? OPENS : CLOSES;
	left = has_space_before(m, i);
	right = has_space_after(m, i);
	if (left != right)
		return left ? OPENS : CLOSES;
	return EITHER;
}

/* Whether the next mark of the family of mark i closes. */
static bool closes_next(const struct matcher *m, uint32_t i)
{
	for (uint32_t k = i + 1; k < m->paragraph.end; k++)
		if (family_of(m, k) == family_of(m, i))
			return habits[m->tokens[k].mark] != OPENS && side_by_space(m, k) != OPENS;
	return false;
}

/* Whether token i opens or closes a quotation. */
static enum habit decide(const struct matcher *m, uint32_t i)
{
	enum family family = family_of(m, i);
	enum habit habit = habits[m->tokens[i].mark], side = side_by_space(m, i);
	uint32_t place = find_open(m, family);
	bool carries = i == m->paragraph.begin && m->carried != QUOTH_NONE &&
		       families[m->doc->quotations[m->carried].mark] == family;

	if (family == CORNER)
		return habit;
	if (i == m->paragraph.begin && (family != SINGLE || side == OPENS || habit != CLOSES || carries))
		return OPENS;
	if (place == 0) {
		if (habit == EITHER)
			return side == CLOSES ? CLOSES : OPENS;
		if (habit == CLOSES)
			return family != SINGLE && (side == OPENS || (side == EITHER && closes_next(m, i))) ? OPENS : CLOSES;
		return side == CLOSES && family != GUILLEMET ? CLOSES : OPENS;
	}
	if (habit == EITHER)
		return side == OPENS ? OPENS : CLOSES;
	if (habit == OPENS) {
		if (m->tokens[i].mark == QUOTH_LOW_DOUBLE || m->tokens[i].mark == QUOTH_LOW_SINGLE)
			return OPENS;
		if (is_reversed(m, place))
			return side == OPENS ? OPENS : CLOSES;
		return side == CLOSES ? CLOSES : OPENS;
	}
	/* »Ja », »Nein«: a mark that opened may open once more only where nothing but space lets it. */
	if (m->tokens[i].mark == m->doc->quotations[m->open[place - 1]].mark && m->tokens[i].mark != QUOTH_CLOSE_DOUBLE)
		return is_free_left(m, i) && !is_free_right(m, i) ? OPENS : CLOSES;
	return CLOSES;
}

/* ---- opening and closing ---- */

static bool push(struct matcher *m, uint32_t begin, uint8_t mark)
{
	struct quoth_document *doc = m->doc;

	if (m->n_open == MAX_DEPTH) {
		m->n_too_deep++;
		return true;
	}
	if (doc->n_quotations == m->capacity) {
		uint32_t capacity = m->capacity ? m->capacity * 2 : 64;
		void *grown = quoth_arena_grow(doc->arena, doc->quotations, m->capacity * sizeof *doc->quotations,
					       capacity * sizeof *doc->quotations);

		if (!grown)
			return false;
		doc->quotations = grown;
		m->capacity = capacity;
	}
	doc->quotations[doc->n_quotations] = (struct quoth_quotation){
		.tokens = {begin, m->paragraph.end},
		.parent = m->n_open ? m->open[m->n_open - 1] : QUOTH_NONE,
		.continues = QUOTH_NONE,
		.depth = (uint8_t)m->n_open,
		.mark = mark,
	};
	m->open[m->n_open++] = doc->n_quotations++;
	return true;
}

/* Ends the innermost quotation before token end without its mark. A single one was an apostrophe and is dropped. */
static void abandon(struct matcher *m, uint32_t end)
{
	struct quoth_quotation *quotation = &m->doc->quotations[m->open[--m->n_open]];

	quotation->tokens.end = end;
	if (families[quotation->mark] == SINGLE || quotation->tokens.end - quotation->tokens.begin < 2) {
		quotation->mark = QUOTH_NO_MARK;
		m->n_dropped++;
	}
}

static void close_at(struct matcher *m, uint32_t place, uint32_t i)
{
	struct quoth_quotation *quotation;

	while (m->n_open > place)
		abandon(m, i);
	quotation = &m->doc->quotations[m->open[--m->n_open]];
	quotation->tokens.end = i + 1;
	quotation->is_closed = true;
	if (quotation->tokens.end - quotation->tokens.begin == 2) {	/* nothing in it */
		quotation->mark = QUOTH_NO_MARK;
		m->n_dropped++;
	}
}

/* Whether opening mark i, while a quotation of its family is open at stack place `place`, is nested in that: two closing
 * marks follow before the next opening one, or one if straight marks are outside and curly ones inside, or the reverse. */
static bool is_nested(const struct matcher *m, uint32_t place, uint32_t i)
{
	enum family family = family_of(m, i);
	unsigned n_closing = 0;

	if (is_straight(m->doc->quotations[m->open[place - 1]].mark) != is_straight(m->tokens[i].mark))
		return closes_next(m, i);

	for (uint32_t k = i + 1; k < m->paragraph.end; k++) {
		if (family_of(m, k) != family)
			continue;
		if (side_by_space(m, k) == OPENS || (habits[m->tokens[k].mark] == OPENS && side_by_space(m, k) != CLOSES))
			return false;
		if (++n_closing == 2)
			return true;
	}
	return false;
}

static bool open_at(struct matcher *m, uint32_t i)
{
	enum family family = family_of(m, i);
	uint32_t place = find_open(m, family);

	if (place && family != CORNER && !is_nested(m, place, i))
		while (m->n_open >= place)
			abandon(m, i);
	if (!push(m, i, m->tokens[i].mark))
		return false;
	if (i == m->paragraph.begin && m->carried != QUOTH_NONE && m->n_open == 1 &&
	    families[m->doc->quotations[m->carried].mark] == family)
		m->doc->quotations[m->open[0]].continues = m->carried;
	return true;
}

/* A closing mark that nothing opened: behind an unclosed quotation it closes that, whose paragraphs go on unmarked. */
static bool close_carried(struct matcher *m, uint32_t i)
{
	const struct quoth_document *doc = m->doc;
	uint32_t carried = m->carried;

	if (carried == QUOTH_NONE || m->n_open || family_of(m, i) == SINGLE ||
	    families[doc->quotations[carried].mark] != family_of(m, i) || i == m->paragraph.begin)
		return true;
	if (doc->n_quotations > carried + 1 && doc->quotations[doc->n_quotations - 1].tokens.begin >= m->paragraph.begin)
		return true;
	if (!push(m, m->paragraph.begin, doc->quotations[carried].mark))
		return false;
	m->doc->quotations[m->open[0]].continues = carried;
	close_at(m, 1, i);
	return true;
}

static bool take_mark(struct matcher *m, uint32_t i)
{
	enum family family = family_of(m, i);
	uint32_t place = find_match(m, i);

	if (decide(m, i) == OPENS)
		return open_at(m, i);
	if (m->n_too_deep) {
		m->n_too_deep--;
		return true;
	}
	if (!place)
		return close_carried(m, i);
	/* An apostrophe inside a double quotation does not close a single one around it. */
	if (family == SINGLE && place != m->n_open)
		return true;
	close_at(m, place, i);
	return true;
}

static bool match_paragraph(struct matcher *m)
{
	uint32_t outermost;

	m->n_open = m->n_too_deep = 0;
	for (uint32_t i = m->paragraph.begin; i < m->paragraph.end; i++)
		if (family_of(m, i) != NO_FAMILY && !take_mark(m, i))
			return false;
	outermost = m->n_open ? m->open[0] : QUOTH_NONE;
	while (m->n_open > 1)
		abandon(m, m->paragraph.end);
	m->carried = outermost;
	return true;
}

/* A single quotation that was left open at a paragraph's end was an apostrophe unless the next paragraph goes on with it. */
static void settle_carried(struct matcher *m, uint32_t next)
{
	struct quoth_quotation *quotation;
	bool goes_on;

	if (m->carried == QUOTH_NONE)
		return;
	quotation = &m->doc->quotations[m->carried];
	goes_on = next < m->doc->n_tokens && families[quotation->mark] == family_of(m, next);
	if (quotation->tokens.end - quotation->tokens.begin < 2 || (families[quotation->mark] == SINGLE && !goes_on)) {
		quotation->mark = QUOTH_NO_MARK;
		m->carried = QUOTH_NONE;
		m->n_dropped++;
	}
}

/* ---- scare quotes ---- */

enum { MAX_SCARE_WORDS = 5, MAX_TITLE_WORDS = 12 };

/* Tags that a finite verb has whatever else it may be. */
#define VERB_TAGS (1ull << QUOTH_TAG_VBD | 1ull << QUOTH_TAG_VBZ | 1ull << QUOTH_TAG_VBP | 1ull << QUOTH_TAG_MD)

/* Whether a cue stands within three words behind token i, in its sentence: "…," the minister said. */
static bool has_cue_behind(const struct matcher *m, uint32_t i)
{
	enum { REACH = 3 };

	for (uint32_t k = i; k < i + REACH && k < m->doc->n_tokens && m->tokens[k].kind == QUOTH_WORD; k++) {
		if (m->tokens[k].flags & QUOTH_SENTENCE_START)
			return false;
		if (quoth_lexeme_is(quoth_lexeme_at(m->lexicon, m->tokens[k].lexeme), QUOTH_LEX_CUE))
			return true;
	}
	return false;
}

/* Whether what stands around a quotation, or its last mark, says that it is speech however short it is. */
static bool is_introduced(const struct matcher *m, const struct quoth_quotation *quotation)
{
	uint32_t first = quotation->tokens.begin, last = quotation->tokens.end - 1;
	uint8_t before = first ? m->tokens[first - 1].mark : QUOTH_NO_MARK, end = m->tokens[last - 1].mark;
	bool starts = (m->tokens[first].flags & QUOTH_SENTENCE_START) != 0;

	if (before == QUOTH_COMMA || before == QUOTH_COLON)
		return true;
	if (end == QUOTH_QUESTION || end == QUOTH_EXCLAMATION)
		return true;
	if (starts && (end == QUOTH_COMMA || end == QUOTH_STOP))
		return true;
	return end == QUOTH_COMMA && has_cue_behind(m, last + 1);
}

/* A word or short phrase inside a clause, or a title in capitals: nothing introduces it, nothing in it makes a sentence. */
static bool is_scare(const struct matcher *m, const struct quoth_quotation *quotation)
{
	uint32_t first = quotation->tokens.begin + 1, last = quotation->tokens.end - 1;
	uint32_t n_words = 0, n_capitalised = 0;
	bool has_verb = false;

	if (!quotation->is_closed || first >= last || last - first > 2 * MAX_TITLE_WORDS || is_introduced(m, quotation))
		return false;
	for (uint32_t i = first; i < last; i++) {
		const struct quoth_lexeme *lexeme = quoth_lexeme_at(m->lexicon, m->tokens[i].lexeme);
		uint64_t likeliest = 1ull << lexeme->tag;

		if (m->tokens[i].mark == QUOTH_COMMA && i + 1 < last)
			return false;
		if (m->tokens[i].kind != QUOTH_WORD && m->tokens[i].kind != QUOTH_NUMBER)
			continue;
		n_words++;
		n_capitalised += m->tokens[i].shape != QUOTH_SHAPE_LOWER || m->tokens[i].length <= 3;
		has_verb |= (likeliest & VERB_TAGS) != 0 || quoth_lexeme_is(lexeme, QUOTH_LEX_PERSONAL);
	}
	if (n_words > 1 && n_capitalised == n_words && m->tokens[first].shape != QUOTH_SHAPE_LOWER)
		return n_words <= MAX_TITLE_WORDS;
	return n_words <= MAX_SCARE_WORDS && !has_verb;
}

/* ---- layers ---- */

/* Takes out what was dropped; parents and continuations are renumbered, or lead to the next one out. */
static int compact(struct matcher *m)
{
	struct quoth_document *doc = m->doc;
	uint32_t *places = quoth_arena_array(doc->arena, doc->n_quotations, sizeof *places);
	uint32_t n = 0;

	if (!places)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < doc->n_quotations; i++) {
		struct quoth_quotation quotation = doc->quotations[i];

		quotation.parent = quotation.parent == QUOTH_NONE ? QUOTH_NONE : places[quotation.parent];
		if (quotation.mark == QUOTH_NO_MARK) {
			places[i] = quotation.parent;
			continue;
		}
		quotation.continues = quotation.continues == QUOTH_NONE ? QUOTH_NONE : places[quotation.continues];
		quotation.depth = quotation.parent == QUOTH_NONE ? 0 : doc->quotations[quotation.parent].depth + 1;
		places[i] = n;
		doc->quotations[n++] = quotation;
	}
	doc->n_quotations = n;
	return 0;
}

static void finish(struct matcher *m)
{
	for (uint32_t i = 0; i < m->doc->n_quotations; i++) {
		struct quoth_quotation *quotation = &m->doc->quotations[i];

		quotation->is_scare = is_scare(m, quotation);
		for (uint32_t k = quotation->tokens.begin; k < quotation->tokens.end; k++)
			m->doc->tokens[k].quote_depth++;
	}
}

static int match_all(struct matcher *m)
{
	const struct quoth_document *doc = m->doc;

	for (uint32_t i = 0; i < doc->n_paragraphs; i++) {
		m->paragraph = doc->paragraphs[i].tokens;
		if (!match_paragraph(m))
			return QUOTH_NO_MEMORY;
		settle_carried(m, m->paragraph.end);
	}
	return m->n_dropped ? compact(m) : 0;
}

int quoth_quotations(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct matcher m = {
		.doc = doc,
		.lexicon = res->lexicon,
		.tokens = doc->tokens,
		.carried = QUOTH_NONE,
	};
	int error;

	doc->quotations = NULL;
	doc->n_quotations = 0;
	for (uint32_t i = 0; i < doc->n_tokens; i++)
		doc->tokens[i].quote_depth = 0;
	error = match_all(&m);
	if (error) {
		doc->quotations = NULL;
		doc->n_quotations = 0;
		return error;
	}
	finish(&m);
	return 0;
}
