#include "pipeline/text_fragment.h"

#include "pipeline/web_address.h"

enum {
	MAX_WHOLE_WORDS = 10,	/* of a part that is given whole */
	EDGE_WORDS = 4,		/* of one that is not, at its beginning and its end */
	MAX_CONTEXT = 12,	/* words on one side */
	MAX_JOINED = 16,	/* that may make one word: more have no sure boundary */
	MAX_TERM_BYTES = 300,
	OTHER_LINE_COST = 100,	/* in words: context of another line only where that of its own does not do */
};

/* A term and its context; the context of either side is empty where it ends where the term does. */
struct term {
	struct quoth_range words;
	struct quoth_range with_context;
};

/* ---- which words ---- */

static bool begins_line(const struct quoth_linked_words *words, uint32_t word)
{
	return word <= words->n_title || word >= words->n || words->words[word].begins_line;
}

static bool is_joined(const struct quoth_linked_words *words, uint32_t word)
{
	return !begins_line(words, word) && words->words[word].is_joined;
}

/* The word moved back, or on, to where a word surely begins; a range ends where the next word begins. */
static uint32_t move_back_to_boundary(const struct quoth_linked_words *words, uint32_t word)
{
	for (unsigned i = 0; i < MAX_JOINED && is_joined(words, word); i++)
		word--;
	return word;
}

static uint32_t move_on_to_boundary(const struct quoth_linked_words *words, uint32_t word)
{
	for (unsigned i = 0; i < MAX_JOINED && is_joined(words, word); i++)
		word++;
	return word;
}

/* The first word of the line that a word stands on, or one at most `most` words before it. */
static uint32_t line_begin(const struct quoth_linked_words *words, uint32_t word, uint32_t most)
{
	for (uint32_t i = 0; i < most && !begins_line(words, word); i++)
		word--;
	return word;
}

/* The end of the line that goes on before `word`, which is the end of something on it, or at most `most` words after that. */
static uint32_t line_end(const struct quoth_linked_words *words, uint32_t word, uint32_t most)
{
	for (uint32_t i = 0; i < most && !begins_line(words, word); i++)
		word++;
	return word;
}

static struct quoth_range context_of(const struct quoth_linked_words *words, struct quoth_range term)
{
	struct quoth_range context = term;

	if (term.begin > words->n_title)
		context.begin = line_begin(words, term.begin - 1, MAX_CONTEXT - 1);
	if (term.end < words->n)
		context.end = line_end(words, term.end + 1, MAX_CONTEXT - 1);
	return context;
}

/* How much is added to a term that is to hold the four words from `window` on. */
static uint32_t cost_of(const struct quoth_linked_words *words, struct quoth_range term, uint32_t window)
{
	uint32_t cost = 0, end = window + QUOTH_LINKED_WINDOW;

	if (window < term.begin)
		cost += term.begin - window + (begins_line(words, term.begin) ? OTHER_LINE_COST : 0);
	if (end > term.end)
		cost += end - term.end + (begins_line(words, term.end) ? OTHER_LINE_COST : 0);
	return cost;
}

/* Widens a term, within limits, by as few words as will do, so that it holds four words that stand nowhere between the word
 * `from` and itself. False where no four words do. */
static bool tell_apart(const struct quoth_linked_words *words, struct quoth_range *term, struct quoth_range limits, uint32_t from)
{
	uint32_t best = QUOTH_NONE, best_cost = QUOTH_NONE;

	for (uint32_t window = limits.begin; best_cost && window + QUOTH_LINKED_WINDOW <= limits.end; window++) {
		uint32_t before = words->words[window].before, cost;

		if (before != QUOTH_LINKED_NOWHERE && before >= from)
			continue;
		cost = cost_of(words, *term, window);
		if (cost < best_cost) {
			best = window;
			best_cost = cost;
		}
	}
	if (best == QUOTH_NONE)
		return term->begin == from;	/* then nothing stands between */
	if (best < term->begin)
		term->begin = move_back_to_boundary(words, best);
	if (best + QUOTH_LINKED_WINDOW > term->end)
		term->end = move_on_to_boundary(words, best + QUOTH_LINKED_WINDOW);
	return true;
}

static bool choose_whole(const struct quoth_linked_words *words, struct term *whole)
{
	whole->with_context = whole->words;
	return tell_apart(words, &whole->with_context, context_of(words, whole->words), 0);
}

/* The first words of a part and the last ones; what is added to them inside the part is theirs, outside it context. */
static bool choose_edges(const struct quoth_linked_words *words, struct quoth_range part, struct term *first, struct term *last)
{
	struct quoth_range limits;

	first->words = (struct quoth_range){part.begin, line_end(words, part.begin + 1, EDGE_WORDS - 1)};
	first->words.end = move_on_to_boundary(words, first->words.end);
	last->words = (struct quoth_range){line_begin(words, part.end - 1, EDGE_WORDS - 1), part.end};
	last->words.begin = move_back_to_boundary(words, last->words.begin);
	if (first->words.end > last->words.begin)
		return false;
	limits = context_of(words, first->words);
	limits.end = line_end(words, first->words.end, MAX_CONTEXT);
	if (limits.end > last->words.begin)
		limits.end = last->words.begin;
	first->with_context = first->words;
	if (!tell_apart(words, &first->with_context, limits, 0))
		return false;
	first->words.end = first->with_context.end;
	limits = context_of(words, last->words);
	limits.begin = line_begin(words, last->words.begin, MAX_CONTEXT);
	if (limits.begin < first->words.end)
		limits.begin = first->words.end;
	last->with_context = last->words;
	if (!tell_apart(words, &last->with_context, limits, first->words.end))
		return false;
	last->words.begin = last->with_context.begin;
	return first->words.end <= last->words.begin;
}

/* ---- writing ---- */

/* Bytes of the text. */
struct stretch {
	uint32_t begin, end;
};

/* The normalised text has no other white space. */
static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static struct stretch trim(const struct quoth_linked_words *words, struct stretch stretch)
{
	while (stretch.begin < stretch.end && is_space(words->text[stretch.begin]))
		stretch.begin++;
	while (stretch.end > stretch.begin && is_space(words->text[stretch.end - 1]))
		stretch.end--;
	return stretch;
}

/* The bytes between a word and the one before it. */
static struct stretch gap_before(const struct quoth_linked_words *words, uint32_t word)
{
	return (struct stretch){quoth_linked_word_end(words, word - 1), words->words[word].begin};
}

/* Cuts the gap at its line break in two, what stands on the line before and on the one after. False where other lines stand between. */
static bool cut_at_break(const struct quoth_linked_words *words, struct stretch gap, uint32_t *left_end, uint32_t *right_begin)
{
	struct stretch between;

	for (*left_end = gap.begin; words->text[*left_end] != '\n' && words->text[*left_end] != '\r';)
		++*left_end;
	for (*right_begin = gap.end; words->text[*right_begin - 1] != '\n' && words->text[*right_begin - 1] != '\r';)
		--*right_begin;
	between = trim(words, (struct stretch){*left_end, *right_begin});
	return between.begin == between.end;
}

/* Where the context before a term ends and the term begins: marks between them belong to the context, but not over lines. */
static bool cut_before(const struct quoth_linked_words *words, const struct term *term, struct stretch *prefix, uint32_t *begin)
{
	*prefix = (struct stretch){0, 0};
	*begin = words->words[term->words.begin].begin;
	if (term->with_context.begin == term->words.begin)
		return true;
	prefix->begin = words->words[term->with_context.begin].begin;
	prefix->end = *begin;
	return !begins_line(words, term->words.begin) ||
	       cut_at_break(words, gap_before(words, term->words.begin), &prefix->end, begin);
}

static bool cut_after(const struct quoth_linked_words *words, const struct term *term, struct stretch *suffix, uint32_t *end)
{
	*suffix = (struct stretch){0, 0};
	*end = quoth_linked_word_end(words, term->words.end - 1);
	if (term->with_context.end == term->words.end)
		return true;
	suffix->begin = *end;
	suffix->end = quoth_linked_word_end(words, term->with_context.end - 1);
	return !begins_line(words, term->words.end) ||
	       cut_at_break(words, gap_before(words, term->words.end), end, &suffix->begin);
}

/* Appends a stretch trimmed, white space folded; nothing, and false, where nothing is left or too much. */
static bool put_stretch(struct quoth_buffer *into, const struct quoth_linked_words *words, struct stretch stretch)
{
	stretch = trim(words, stretch);
	if (stretch.begin == stretch.end || stretch.end - stretch.begin > MAX_TERM_BYTES)
		return false;
	quoth_percent_put_folded(into, words->text + stretch.begin, stretch.end - stretch.begin);
	return true;
}

/* One directive: of a part that is given whole, last is NULL. */
static bool put_directive(struct quoth_buffer *into, const struct quoth_linked_words *words, const struct term *first,
			  const struct term *last)
{
	struct stretch prefix, start, end, suffix;

	if (!cut_before(words, first, &prefix, &start.begin) || !cut_after(words, last ? last : first, &suffix, &end.end))
		return false;
	start.end = last ? quoth_linked_word_end(words, first->words.end - 1) : end.end;
	if (prefix.begin < prefix.end) {
		if (!put_stretch(into, words, prefix))
			return false;
		quoth_buffer_put_string(into, "-,");
	}
	if (!put_stretch(into, words, start))
		return false;
	if (last) {
		quoth_buffer_put_byte(into, ',');
		end.begin = words->words[last->words.begin].begin;
		if (!put_stretch(into, words, end))
			return false;
	}
	if (suffix.begin < suffix.end) {
		quoth_buffer_put_string(into, ",-");
		return put_stretch(into, words, suffix);
	}
	return true;
}

static bool put_part(struct quoth_buffer *into, const struct quoth_linked_words *words, const struct quoth_piece *piece)
{
	uint32_t begin = (uint32_t)(piece->text - words->text);
	struct quoth_range part = quoth_linked_words_within(words, begin, begin + piece->size);
	struct term first, last;

	if (quoth_range_is_empty(part))
		return false;
	part.begin = move_back_to_boundary(words, part.begin);
	part.end = move_on_to_boundary(words, part.end);
	first.words = part;
	if (line_end(words, part.begin + 1, MAX_WHOLE_WORDS) >= part.end && quoth_range_length(part) <= MAX_WHOLE_WORDS)
		return choose_whole(words, &first) && put_directive(into, words, &first, NULL);
	return choose_edges(words, part, &first, &last) && put_directive(into, words, &first, &last);
}

/* How much of an address stands before the directives that it may have. */
static size_t size_without_directives(const char *address)
{
	const char *fragment = strchr(address, '#'), *directives = fragment ? strstr(fragment, ":~:") : NULL;

	return directives ? (size_t)(directives - address) : strlen(address);
}

void quoth_link_put(struct quoth_buffer *into, const char *address, const struct quoth_linked_words *words,
		    const struct quoth_row *row)
{
	size_t size = size_without_directives(address);
	const char *before = memchr(address, '#', size) ? ":~:text=" : "#:~:text=";

	quoth_address_put(into, address, size);
	for (unsigned i = 0; i < row->n_parts; i++) {
		size_t kept = into->size;

		quoth_buffer_put_string(into, before);
		if (put_part(into, words, &row->parts[i]))
			before = "&text=";
		else
			into->size = kept;
	}
}
