#include "config.h"

#include "pipeline/group_variant.h"

#include <string.h>

/* In thousandths: how much of the shorter quote must be in the other, and of the common stretch be the same. Chosen on the generated quotes of
 * tests/group_quotes.py and on readings of such rows of news as corpus/EVALUATION.md names. */
enum { ALIKE = 600, ALIKE_FEW = 700, ALIKE_OF_OTHERS = 750, ALIKE_REPORTED = 850 };
/* Before it is known which are nearly the same. */
enum { LEAST_COMMON = 450 };
enum { FEW_WORDS = 10, LEAST_SAME = 4, LEAST_CONTENT = 2 };
/* A longer one that has more than so many hundredths of the shorter one's words is more than a variant of it. */
enum { LONGER_PERCENT = 160 };
/* Words of one alone, within the common stretch, count as so many at most: a cut is one change, however long. */
enum { MOST_OF_GAP = 3 };

enum { MOST_REST = 64 };	/* differing words of one sort that are paired off; with more, the quote is altered anyway */

const char *quoth_variant_name(enum quoth_variant variant)
{
	static const char *const names[] = {"identical", "trimmed", "reworded", "altered"};

	return names[variant];
}

/* ---- words that are nearly the same ---- */

struct folded {
	char bytes[64];
	size_t size;
};

static struct folded fold(const struct quoth_group_quote *quote, const struct quoth_group_word *word)
{
	struct folded folded;

	folded.size = quoth_group_fold(quote->bytes + word->begin, word->end - word->begin, folded.bytes, sizeof folded.bytes);
	return folded;
}

enum { LONG_WORD = 6 };

/* Whether one is the other with a letter more, less or changed, or two exchanged (Damerau 1964). Short words so become others; of them only
 * British and American spelling is one ("colour", "color"). */
static bool is_slip(const struct folded *a, const struct folded *b)
{
	size_t front = 0, behind = 0, shorter = a->size < b->size ? a->size : b->size, rest_a, rest_b;

	while (front < shorter && a->bytes[front] == b->bytes[front])
		front++;
	while (behind < shorter - front && a->bytes[a->size - 1 - behind] == b->bytes[b->size - 1 - behind])
		behind++;
	rest_a = a->size - front - behind;
	rest_b = b->size - front - behind;
	if (shorter < LONG_WORD) {
		const struct folded *longer = rest_a ? a : b;

		return rest_a + rest_b == 1 && behind && front && !memcmp(longer->bytes + front - 1, "our", 3);
	}
	return (rest_a <= 1 && rest_b <= 1) ||
	       (rest_a == 2 && rest_b == 2 && a->bytes[front] == b->bytes[front + 1] && a->bytes[front + 1] == b->bytes[front]);
}

/* Whether both are one word with different endings of English inflection. */
static bool is_inflection(const struct folded *a, const struct folded *b)
{
	static const char endings[][4] = {"", "s", "es", "d", "ed", "ing", "e", "'s", "y", "ies", "ied"};
	enum { N = sizeof endings / sizeof *endings };
	size_t front = 0, shorter = a->size < b->size ? a->size : b->size;
	bool has_a = false, has_b = false;

	while (front < shorter && a->bytes[front] == b->bytes[front])
		front++;
	for (size_t i = 0; i < N && front >= 3; i++) {
		has_a |= strlen(endings[i]) == a->size - front && !memcmp(endings[i], a->bytes + front, a->size - front);
		has_b |= strlen(endings[i]) == b->size - front && !memcmp(endings[i], b->bytes + front, b->size - front);
	}
	return has_a && has_b;
}

static bool is_nearly_same(const struct quoth_group_quote *a, const struct quoth_group_word *word_a,
			   const struct quoth_group_quote *b, const struct quoth_group_word *word_b)
{
	struct folded folded_a, folded_b;

	if (word_a->form == word_b->form)
		return true;
	if (word_a->class != QUOTH_CONTENT_WORD || word_b->class != QUOTH_CONTENT_WORD)
		return false;
	folded_a = fold(a, word_a);
	folded_b = fold(b, word_b);
	if (!folded_a.size || !folded_b.size || folded_a.bytes[0] != folded_b.bytes[0])
		return false;
	return is_inflection(&folded_a, &folded_b) || is_slip(&folded_a, &folded_b);
}

/* ---- stretches of the way through both ---- */

struct stretch {
	uint32_t begin, end;		/* steps */
	uint32_t begin_a, end_a, begin_b, end_b;	/* words */
	bool is_same;
};

/* The next stretch of equal words, or of others, behind `stretch`; false at the end. A zeroed one is before the first. */
static bool next_stretch(const struct quoth_alignment *alignment, struct stretch *stretch)
{
	uint32_t at = stretch->end;

	if (at == alignment->n)
		return false;
	*stretch = (struct stretch){at, at, stretch->end_a, stretch->end_a, stretch->end_b, stretch->end_b,
				    alignment->steps[at] == QUOTH_STEP_SAME};
	while (at < alignment->n && (alignment->steps[at] == QUOTH_STEP_SAME) == stretch->is_same) {
		stretch->end_a += alignment->steps[at] != QUOTH_STEP_ONLY_B;
		stretch->end_b += alignment->steps[at] != QUOTH_STEP_ONLY_A;
		at++;
	}
	stretch->end = at;
	return true;
}

/* ---- likeness ---- */

struct tally {
	uint32_t same, columns;			/* words that both have, of those in the common stretch */
	uint32_t content, content_columns;	/* the same of words that carry content */
	uint32_t gap, content_gap;
	uint8_t gap_step;
};

static void close_gap(struct tally *tally)
{
	tally->columns += tally->gap < MOST_OF_GAP ? tally->gap : MOST_OF_GAP;
	tally->content_columns += tally->content_gap < MOST_OF_GAP ? tally->content_gap : MOST_OF_GAP;
	tally->gap = tally->content_gap = 0;
}

static void count_step(struct tally *tally, uint8_t step, bool is_same, bool is_content)
{
	if (step != QUOTH_STEP_SAME && step != QUOTH_STEP_OTHER) {
		if (tally->gap_step != step)
			close_gap(tally);
		tally->gap_step = step;
		tally->gap++;
		tally->content_gap += is_content;
		return;
	}
	close_gap(tally);
	tally->columns++;
	tally->same += is_same;
	tally->content += is_same && is_content;
	tally->content_columns += is_content;
}

/* What is the same, and how long the common stretch is. */
static struct tally count_core(const struct quoth_group_quote *a, const struct quoth_group_quote *b,
			       const struct quoth_alignment *alignment)
{
	struct tally tally = {0};
	uint32_t i = 0, j = 0;

	for (uint32_t at = 0; at < alignment->core_end; at++) {
		uint8_t step = alignment->steps[at];
		const struct quoth_group_word *word_a = &a->words->words[i], *word_b = &b->words->words[j];
		bool has_a = step != QUOTH_STEP_ONLY_B, has_b = step != QUOTH_STEP_ONLY_A;
		bool is_content = (has_a && word_a->class != QUOTH_FUNCTION_WORD) || (has_b && word_b->class != QUOTH_FUNCTION_WORD);

		if (at >= alignment->core_begin)
			count_step(&tally, step, has_a && has_b && is_nearly_same(a, word_a, b, word_b), is_content);
		i += has_a;
		j += has_b;
	}
	close_gap(&tally);
	return tally;
}

static bool is_reported(const struct quoth_group_quote *a, const struct quoth_group_quote *b)
{
	return a->kind == QUOTH_GROUP_INDIRECT || b->kind == QUOTH_GROUP_INDIRECT;
}

static unsigned least_likeness(const struct quoth_group_quote *a, const struct quoth_group_quote *b, uint32_t shorter)
{
	bool has_same_speaker = a->speaker && a->speaker == b->speaker, is_short = shorter < FEW_WORDS;

	if (is_reported(a, b) || (is_short && !has_same_speaker))
		return ALIKE_REPORTED;
	if (has_same_speaker)
		return is_short ? ALIKE_FEW : ALIKE;
	return a->speaker && b->speaker ? ALIKE_OF_OTHERS : ALIKE;
}

static uint32_t count_content(const struct quoth_group_words *words)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < words->n; i++)
		n += words->words[i].class != QUOTH_FUNCTION_WORD;
	return n;
}

struct quoth_likeness quoth_group_compare(const struct quoth_group_quote *a, const struct quoth_group_quote *b,
					  const struct quoth_alignment *alignment)
{
	const struct quoth_group_words *shorter = a->words->n < b->words->n ? a->words : b->words;
	uint32_t longer = a->words->n < b->words->n ? b->words->n : a->words->n;
	struct tally tally = count_core(a, b, alignment);
	struct quoth_likeness likeness = {QUOTH_UNLIKE, 0};
	unsigned least = least_likeness(a, b, shorter->n);

	if (!shorter->n || tally.same < LEAST_SAME || tally.content < LEAST_CONTENT)
		return likeness;
	likeness.covered = tally.same * 1000 / shorter->n;
	if (likeness.covered < least || tally.content * 1000 < least * count_content(shorter) ||
	    tally.same * 1000 < least * tally.columns || tally.content * 1000 < least * tally.content_columns)
		return likeness;
	if (longer * 100 <= shorter->n * LONGER_PERCENT)
		likeness.verdict = QUOTH_ALIKE;
	else if (shorter->n >= FEW_WORDS || (!is_reported(a, b) && !(a->speaker && b->speaker && a->speaker != b->speaker)))
		likeness.verdict = QUOTH_PART;
	return likeness;
}

/* Words of the longer are noted in a Bloom filter of one hash; what it takes for common by mistake costs an alignment. */
bool quoth_group_may_be_alike(const struct quoth_group_words *a, const struct quoth_group_words *b)
{
	enum { BITS = 4096 };
	const struct quoth_group_words *shorter = a->n < b->n ? a : b, *longer = a->n < b->n ? b : a;
	uint64_t filter[BITS / 64] = {0};
	uint32_t common = 0;

	for (uint32_t i = 0; i < longer->n; i++)
		filter[longer->words[i].form % BITS / 64] |= UINT64_C(1) << longer->words[i].form % 64;
	for (uint32_t i = 0; i < shorter->n; i++)
		common += filter[shorter->words[i].form % BITS / 64] >> shorter->words[i].form % 64 & 1;
	return common * 1000 >= LEAST_COMMON * shorter->n;
}

/* ---- variants ---- */

/* Words that one has and the other has not, over all stretches. */
struct rest {
	const struct quoth_group_word *words[MOST_REST];
	unsigned n;
};

struct judging {
	const struct quoth_group_quote *a, *b;
	/* Of stretches that one has alone: what stands elsewhere in the other, also at an edge, was moved. */
	struct rest only_a, only_b, edge_a, edge_b;
	enum quoth_variant variant;
};

static void raise_variant(struct judging *judging, enum quoth_variant variant)
{
	if (variant > judging->variant)
		judging->variant = variant;
}

/* Whether the words from begin to end are the speaker's own; where there are none, those around the place. */
static bool is_quoted(const struct quoth_group_words *words, uint32_t begin, uint32_t end)
{
	for (uint32_t i = begin; i < end; i++)
		if (words->words[i].is_quoted)
			return true;
	return begin == end && begin && begin < words->n && words->words[begin - 1].is_quoted && words->words[begin].is_quoted;
}

/* Appends the quoted words that carry meaning. */
static void collect(struct rest *rest, const struct quoth_group_words *words, uint32_t begin, uint32_t end)
{
	for (uint32_t i = begin; i < end && rest->n < MOST_REST; i++)
		if (words->words[i].is_quoted && words->words[i].class != QUOTH_FUNCTION_WORD)
			rest->words[rest->n++] = &words->words[i];
}

/* Takes the words out that both have, or nearly so. */
static void pair_off(const struct judging *judging, struct rest *rest_a, struct rest *rest_b, bool pairs_content_alone)
{
	for (unsigned i = 0; i < rest_a->n;) {
		unsigned j = 0;

		while (j < rest_b->n && !is_nearly_same(judging->a, rest_a->words[i], judging->b, rest_b->words[j]))
			j++;
		if (j == rest_b->n || (pairs_content_alone && rest_a->words[i]->class != QUOTH_CONTENT_WORD)) {
			i++;
			continue;
		}
		rest_a->words[i] = rest_a->words[--rest_a->n];
		rest_b->words[j] = rest_b->words[--rest_b->n];
	}
}

/* Whether the words that are missing at a place were cut out so that a reader sees it: the shorter one has an ellipsis or the end of a
 * sentence there, or whole sentences are missing. */
static bool is_marked(const struct quoth_group_words *longer, uint32_t begin, uint32_t end, const struct quoth_group_words *shorter,
		      uint32_t at)
{
	return (at && shorter->words[at - 1].is_cut_behind) ||
	       (begin && longer->words[begin - 1].is_cut_behind && longer->words[end - 1].is_cut_behind);
}

/* A stretch that one of them has alone. */
static void judge_missing(struct judging *judging, const struct stretch *stretch, bool is_edge)
{
	const struct quoth_group_words *a = judging->a->words, *b = judging->b->words;
	bool is_of_a = stretch->end_a > stretch->begin_a;

	if (is_edge ||
	    (is_of_a ? is_marked(a, stretch->begin_a, stretch->end_a, b, stretch->begin_b) :
		       is_marked(b, stretch->begin_b, stretch->end_b, a, stretch->begin_a))) {
		raise_variant(judging, QUOTH_TRIMMED);
		collect(&judging->edge_a, a, stretch->begin_a, stretch->end_a);
		collect(&judging->edge_b, b, stretch->begin_b, stretch->end_b);
		return;
	}
	raise_variant(judging, QUOTH_REWORDED);
	if (!is_quoted(a, stretch->begin_a, stretch->end_a) || !is_quoted(b, stretch->begin_b, stretch->end_b))
		return;
	collect(&judging->only_a, a, stretch->begin_a, stretch->end_a);
	collect(&judging->only_b, b, stretch->begin_b, stretch->end_b);
}

static void judge_exchange(struct judging *judging, const struct stretch *stretch)
{
	const struct quoth_group_words *a = judging->a->words, *b = judging->b->words;
	struct rest rest_a = {.n = 0}, rest_b = {.n = 0};

	raise_variant(judging, QUOTH_REWORDED);
	if (!is_quoted(a, stretch->begin_a, stretch->end_a) || !is_quoted(b, stretch->begin_b, stretch->end_b))
		return;
	collect(&rest_a, a, stretch->begin_a, stretch->end_a);
	collect(&rest_b, b, stretch->begin_b, stretch->end_b);
	pair_off(judging, &rest_a, &rest_b, false);
	if (rest_a.n || rest_b.n)
		raise_variant(judging, QUOTH_ALTERED);
}

/* At an edge where both have words: those next to the common stretch stand for each other, unless a sentence ends between. What one has
 * beyond is trimmed. */
static void judge_edge(struct judging *judging, struct stretch *stretch, bool is_front)
{
	const struct quoth_group_words *a = judging->a->words, *b = judging->b->words;
	uint32_t n_a = stretch->end_a - stretch->begin_a, n_b = stretch->end_b - stretch->begin_b, both = n_a < n_b ? n_a : n_b;
	uint32_t last_a = is_front ? stretch->end_a : stretch->begin_a, last_b = is_front ? stretch->end_b : stretch->begin_b;

	if (n_a != n_b)
		raise_variant(judging, QUOTH_TRIMMED);
	if (last_a && last_b && a->words[last_a - 1].is_cut_behind && b->words[last_b - 1].is_cut_behind) {
		raise_variant(judging, QUOTH_TRIMMED);
		return;
	}
	if (is_front) {
		stretch->begin_a = stretch->end_a - both;
		stretch->begin_b = stretch->end_b - both;
	} else {
		stretch->end_a = stretch->begin_a + both;
		stretch->end_b = stretch->begin_b + both;
	}
	judge_exchange(judging, stretch);
}

enum quoth_variant quoth_group_variant(const struct quoth_group_quote *a, const struct quoth_group_quote *b,
				       const struct quoth_alignment *alignment)
{
	struct judging judging = {.a = a, .b = b};
	struct stretch stretch = {0};

	while (next_stretch(alignment, &stretch)) {
		bool is_front = !stretch.begin, is_edge = is_front || stretch.end == alignment->n;
		struct stretch judged = stretch;

		if (stretch.is_same)
			continue;
		if (stretch.begin_a == stretch.end_a || stretch.begin_b == stretch.end_b)
			judge_missing(&judging, &judged, is_edge);
		else if (is_edge)
			judge_edge(&judging, &judged, is_front);
		else
			judge_exchange(&judging, &judged);
	}
	pair_off(&judging, &judging.only_a, &judging.only_b, true);
	pair_off(&judging, &judging.only_a, &judging.edge_b, true);
	pair_off(&judging, &judging.edge_a, &judging.only_b, true);
	if (judging.only_a.n || judging.only_b.n)
		raise_variant(&judging, QUOTH_ALTERED);
	return judging.variant;
}

/* ---- the difference ---- */

static void put_words(struct quoth_buffer *into, const char *op, const struct quoth_group_quote *quote, uint32_t begin, uint32_t end)
{
	const struct quoth_group_word *words = quote->words->words;
	uint32_t from = UINT32_MAX, to = 0;

	for (uint32_t i = begin; i < end; i++) {
		from = words[i].begin < from ? words[i].begin : from;
		to = words[i].end > to ? words[i].end : to;
	}
	if (from >= to)
		return;
	quoth_buffer_put_string(into, into->size && into->bytes[into->size - 1] == ']' ? ",[\"" : "[\"");
	quoth_buffer_put_string(into, op);
	quoth_buffer_put_string(into, "\",");
	quoth_buffer_put_json(into, quote->bytes + from, to - from);
	quoth_buffer_put_byte(into, ']');
}

void quoth_group_put_difference(struct quoth_buffer *into, const struct quoth_group_quote *a, const struct quoth_group_quote *b,
				const struct quoth_alignment *alignment)
{
	struct stretch stretch = {0};

	quoth_buffer_put_byte(into, '[');
	while (next_stretch(alignment, &stretch)) {
		if (stretch.is_same) {
			put_words(into, "=", b, stretch.begin_b, stretch.end_b);
		} else {
			put_words(into, "-", a, stretch.begin_a, stretch.end_a);
			put_words(into, "+", b, stretch.begin_b, stretch.end_b);
		}
	}
	quoth_buffer_put_byte(into, ']');
}
