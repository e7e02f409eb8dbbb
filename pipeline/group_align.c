#include "config.h"

#include "pipeline/group_align.h"

#include <stdlib.h>
#include <string.h>

/* A changed word costs less than a word gone and another come; content counts more than "of" and "the", so that these do not decide. */
enum { SAME_CONTENT = 10, SAME_FUNCTION = 5, OTHER = -7, GAP_OPEN = -7, GAP_LONGER = -1, NEVER = -(1 << 28) };

/* How a cell of each of the three tables was reached: two bits each. */
enum { FROM_PAIR = 0, FROM_GAP_A = 1, FROM_GAP_B = 2, STARTS = 3, TABLE_BITS = 2, GAP_A_SHIFT = 2, GAP_B_SHIFT = 4 };

/* In long quotes, so many equal words in a row at an end are paired without the tables; fewer may have a better place. */
enum { LONG = 64, SURE = 8 };

enum { MOST = QUOTH_MOST_GROUP_WORDS };

struct quoth_aligner {
	int32_t pair[MOST + 1], gap_a[MOST + 1], gap_b[MOST + 1];	/* a row of each table: the last step pairs, or takes from one alone */
	uint8_t from[(size_t)MOST * MOST];
	uint8_t reversed[2 * MOST];
};

struct range {
	const struct quoth_group_word *words;
	uint32_t n;
};

struct quoth_aligner *quoth_aligner_open(void)
{
	return malloc(sizeof(struct quoth_aligner));
}

void quoth_aligner_close(struct quoth_aligner *aligner)
{
	free(aligner);
}

static int score_of(const struct quoth_group_word *a, const struct quoth_group_word *b)
{
	if (a->form != b->form)
		return OTHER;
	return a->class == QUOTH_FUNCTION_WORD ? SAME_FUNCTION : SAME_CONTENT;
}

static int32_t best_of(int32_t pair, int32_t gap_a, int32_t gap_b, unsigned *from)
{
	int32_t best = pair;

	*from = FROM_PAIR;
	if (gap_a > best) {
		best = gap_a;
		*from = FROM_GAP_A;
	}
	if (gap_b > best) {
		best = gap_b;
		*from = FROM_GAP_B;
	}
	return best;
}

/* The next cell of a row: i words of a and j of b are taken. `corner` has the three tables at (i-1, j-1). */
struct corner {
	int32_t pair, gap_a, gap_b;
};

static void fill_cell(struct quoth_aligner *aligner, const struct corner *corner, uint32_t j, int score, uint8_t *from)
{
	unsigned from_pair, from_a, from_b;
	int32_t before = best_of(corner->pair, corner->gap_a, corner->gap_b, &from_pair), up, left;

	if (before <= 0) {
		before = 0;
		from_pair = STARTS;
	}
	up = best_of(aligner->pair[j] + GAP_OPEN, aligner->gap_a[j] + GAP_LONGER, aligner->gap_b[j] + GAP_OPEN, &from_a);
	left = best_of(aligner->pair[j - 1] + GAP_OPEN, aligner->gap_a[j - 1] + GAP_OPEN, aligner->gap_b[j - 1] + GAP_LONGER, &from_b);
	aligner->pair[j] = before + score;
	aligner->gap_a[j] = up;
	aligner->gap_b[j] = left;
	*from = (uint8_t)(from_pair | from_a << GAP_A_SHIFT | from_b << GAP_B_SHIFT);
}

/* Fills the tables; the place where the best way ends, 0, 0 where nothing pairs. A way starts and ends on any pair of words. */
static void fill_tables(struct quoth_aligner *aligner, struct range a, struct range b, uint32_t *end_a, uint32_t *end_b)
{
	int32_t best = 0;

	*end_a = *end_b = 0;
	for (uint32_t j = 0; j <= b.n; j++)
		aligner->pair[j] = aligner->gap_a[j] = aligner->gap_b[j] = NEVER;
	for (uint32_t i = 1; i <= a.n; i++) {
		struct corner corner = {NEVER, NEVER, NEVER};

		for (uint32_t j = 1; j <= b.n; j++) {
			struct corner above = {aligner->pair[j], aligner->gap_a[j], aligner->gap_b[j]};

			fill_cell(aligner, &corner, j, score_of(&a.words[i - 1], &b.words[j - 1]),
				  &aligner->from[(size_t)(i - 1) * b.n + j - 1]);
			corner = above;
			if (aligner->pair[j] > best) {
				best = aligner->pair[j];
				*end_a = i;
				*end_b = j;
			}
		}
	}
}

/* Steps from the end of the best way back to where it starts; their number, and the place of the start. */
static uint32_t walk_back(struct quoth_aligner *aligner, struct range a, struct range b, uint32_t *i, uint32_t *j)
{
	unsigned table = FROM_PAIR;
	uint32_t n = 0;

	while (*i && *j) {
		uint8_t from = aligner->from[(size_t)(*i - 1) * b.n + *j - 1];

		if (table == FROM_PAIR) {
			bool is_same = a.words[*i - 1].form == b.words[*j - 1].form;

			aligner->reversed[n++] = is_same ? QUOTH_STEP_SAME : QUOTH_STEP_OTHER;
			--*i;
			--*j;
			table = from & 3;
			if (table == STARTS)
				break;
		} else if (table == FROM_GAP_A) {
			aligner->reversed[n++] = QUOTH_STEP_ONLY_A;
			--*i;
			table = from >> GAP_A_SHIFT & 3;
		} else {
			aligner->reversed[n++] = QUOTH_STEP_ONLY_B;
			--*j;
			table = from >> GAP_B_SHIFT & 3;
		}
	}
	return n;
}

static void put_steps(struct quoth_alignment *alignment, enum quoth_step step, uint32_t n)
{
	memset(alignment->steps + alignment->n, step, n);
	alignment->n += n;
}

/* Words of both that no equal ones follow: the last of each stand for each other. */
static void put_lead(struct quoth_alignment *alignment, uint32_t a, uint32_t b)
{
	uint32_t both = a < b ? a : b;

	put_steps(alignment, QUOTH_STEP_ONLY_A, a - both);
	put_steps(alignment, QUOTH_STEP_ONLY_B, b - both);
	put_steps(alignment, QUOTH_STEP_OTHER, both);
}

static void put_tail(struct quoth_alignment *alignment, uint32_t a, uint32_t b)
{
	uint32_t both = a < b ? a : b;

	put_steps(alignment, QUOTH_STEP_OTHER, both);
	put_steps(alignment, QUOTH_STEP_ONLY_A, a - both);
	put_steps(alignment, QUOTH_STEP_ONLY_B, b - both);
}

static void find_core(struct quoth_alignment *alignment)
{
	uint32_t begin = 0, end = alignment->n;

	while (begin < end && alignment->steps[begin] != QUOTH_STEP_SAME)
		begin++;
	while (end > begin && alignment->steps[end - 1] != QUOTH_STEP_SAME)
		end--;
	alignment->core_begin = begin < end ? begin : 0;
	alignment->core_end = begin < end ? end : 0;
}

void quoth_align(struct quoth_aligner *aligner, const struct quoth_group_words *a, const struct quoth_group_words *b,
		 struct quoth_alignment *alignment)
{
	uint32_t shorter = a->n < b->n ? a->n : b->n, front = 0, behind = 0, end_a = 0, end_b = 0, i, j, n;
	struct range rest_a, rest_b;

	alignment->n = 0;
	while (front < shorter && a->words[front].form == b->words[front].form)
		front++;
	while (behind < shorter - front && a->words[a->n - 1 - behind].form == b->words[b->n - 1 - behind].form)
		behind++;
	if (shorter < LONG || front < SURE)
		front = 0;
	if (shorter < LONG || behind < SURE)
		behind = 0;
	put_steps(alignment, QUOTH_STEP_SAME, front);
	rest_a = (struct range){a->words + front, a->n - front - behind};
	rest_b = (struct range){b->words + front, b->n - front - behind};
	if (rest_a.n && rest_b.n)
		fill_tables(aligner, rest_a, rest_b, &end_a, &end_b);
	i = end_a;
	j = end_b;
	n = walk_back(aligner, rest_a, rest_b, &i, &j);
	put_lead(alignment, i, j);
	while (n)
		alignment->steps[alignment->n++] = aligner->reversed[--n];
	put_tail(alignment, rest_a.n - end_a, rest_b.n - end_b);
	put_steps(alignment, QUOTH_STEP_SAME, behind);
	find_core(alignment);
}
