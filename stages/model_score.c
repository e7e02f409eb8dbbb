/* The hot half of model.h: sums of rows.
 *
 * Many cells at a time in GNU vectors, with the sums kept in registers over all features.
 */
#include "stages/model.h"

#include "stages/machines.h"

#include <string.h>

#define IS_BIG_ENDIAN (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)

enum { LANES = 16 };

typedef uint16_t pairs16 __attribute__((vector_size(32)));
typedef int16_t shorts16 __attribute__((vector_size(32)));
typedef int16_t shorts4 __attribute__((vector_size(8)));
typedef int32_t words4 __attribute__((vector_size(16)));

uint16_t quoth_weights_width(uint16_t n_labels)
{
	if (n_labels <= 8) {
		uint16_t width = 1;

		while (width < n_labels)
			width *= 2;
		return width;
	}
	return (uint16_t)((n_labels + LANES - 1) / LANES * LANES);
}

/* Rows of 8-bit cells, n_blocks blocks of 32: the number is a constant in each caller, so that the sums stay in registers. A
 * block is read as sixteen pairs of cells in 16 bits each: the sum of the upper cells is had by shifting them down, that of the
 * lower ones from the sum of the pairs, of which it is what the upper cells do not account for. A lower cell is moved to 0..255
 * by its top bit, so that QUOTH_MAX_FEATURES of them do not overflow. Four plain operations a block. */
static inline __attribute__((always_inline)) void add_byte_rows(const struct quoth_weights *weights,
								 const uint32_t *features, size_t n, int32_t *scores,
								 const unsigned n_blocks)
{
	pairs16 sums[n_blocks], upper[n_blocks];
	const int8_t *rows = weights->rows;
	int16_t lower_sums[16 * n_blocks], upper_sums[16 * n_blocks];

	for (unsigned block = 0; block < n_blocks; block++)
		sums[block] = upper[block] = (pairs16){0};
	for (size_t i = 0; i < n; i++) {
		const int8_t *row = rows + (size_t)(features[i] >> weights->shift) * (n_blocks * sizeof *sums);

		for (unsigned block = 0; block < n_blocks; block++) {
			pairs16 pairs;

			memcpy(&pairs, row + block * sizeof pairs, sizeof pairs);
			pairs ^= 0x80;
			sums[block] += pairs;
			upper[block] += (pairs16)((shorts16)pairs >> 8);
		}
	}
	for (unsigned block = 0; block < n_blocks; block++) {
		pairs16 lower = sums[block] - (upper[block] << 8) - (uint16_t)(n * 128);

		memcpy(lower_sums + 16 * block, &lower, sizeof lower);
		memcpy(upper_sums + 16 * block, &upper[block], sizeof *upper);
	}
	for (unsigned k = 0; k < 16 * n_blocks; k++) {
		scores[2 * k + IS_BIG_ENDIAN] = lower_sums[k];
		scores[2 * k + !IS_BIG_ENDIAN] = upper_sums[k];
	}
}

QUOTH_FOR_EACH_MACHINE
static void score_bytes(const struct quoth_weights *weights, const uint32_t *features, size_t n, int32_t *scores)
{
	switch (weights->width) {
	case 32:
		add_byte_rows(weights, features, n, scores, 1);
		return;
	case 64:
		add_byte_rows(weights, features, n, scores, 2);
		return;
	}
	memset(scores, 0, weights->width * sizeof *scores);
	for (size_t i = 0; i < n; i++) {
		const int8_t *row = (const int8_t *)weights->rows + (size_t)(features[i] >> weights->shift) * weights->width;

		for (unsigned k = 0; k < weights->width; k++)
			scores[k] += row[k];
	}
}

QUOTH_FOR_EACH_MACHINE
static void score_shorts(const struct quoth_weights *weights, const uint32_t *features, size_t n, int32_t *scores)
{
	memset(scores, 0, weights->width * sizeof *scores);
	for (size_t i = 0; i < n; i++) {
		const int16_t *row = (const int16_t *)weights->rows + (size_t)(features[i] >> weights->shift) * weights->width;

		for (unsigned k = 0; k < weights->width; k++)
			scores[k] += row[k];
	}
}

/* Rows of four cells, the parser's moves: a load, a widening and an add a feature. */
QUOTH_FOR_EACH_MACHINE
static void score_four_shorts(const struct quoth_weights *weights, const uint32_t *features, size_t n, int32_t *scores)
{
	words4 sums = {0};

	for (size_t i = 0; i < n; i++) {
		shorts4 cells;

		memcpy(&cells, (const int16_t *)weights->rows + (size_t)(features[i] >> weights->shift) * 4, sizeof cells);
		sums += __builtin_convertvector(cells, words4);
	}
	memcpy(scores, &sums, sizeof sums);
}

/* Rows of four or eight 8-bit cells: a load that widens and an add a feature. */
static inline __attribute__((always_inline)) void add_short_rows(const struct quoth_weights *weights, const uint32_t *features,
								  size_t n, int32_t *scores, const unsigned width)
{
	const int8_t *rows = weights->rows;
	int16_t sums[8] = {0};	/* which QUOTH_MAX_FEATURES cells cannot overflow */

#pragma GCC unroll 2
	for (size_t i = 0; i < n; i++) {
		const int8_t *row = rows + (size_t)(features[i] >> weights->shift) * width;

		for (unsigned k = 0; k < width; k++)
			sums[k] = (int16_t)(sums[k] + row[k]);
	}
	for (unsigned k = 0; k < width; k++)
		scores[k] = sums[k];
}

QUOTH_FOR_EACH_MACHINE
static void score_eight_bytes(const struct quoth_weights *weights, const uint32_t *features, size_t n, int32_t *scores)
{
	add_short_rows(weights, features, n, scores, 8);
}

QUOTH_FOR_EACH_MACHINE
static void score_four_bytes(const struct quoth_weights *weights, const uint32_t *features, size_t n, int32_t *scores)
{
	add_short_rows(weights, features, n, scores, 4);
}

void quoth_weights_score(const struct quoth_weights *weights, const uint32_t *features, size_t n, int32_t *scores)
{
	if (weights->width == 4) {
		if (weights->cell_bytes == 1)
			score_four_bytes(weights, features, n, scores);
		else
			score_four_shorts(weights, features, n, scores);
	} else if (weights->width == 8 && weights->cell_bytes == 1) {
		score_eight_bytes(weights, features, n, scores);
	} else if (weights->cell_bytes == 1) {
		score_bytes(weights, features, n, scores);
	} else {
		score_shorts(weights, features, n, scores);
	}
}

/* The highest score first, then where it stands: a pass that the compiler does eight at a time, and a short one. Static, since
 * clang 14 does not give the name of a function with clones to other files. */
QUOTH_FOR_EACH_MACHINE
static unsigned find_best_label(const int32_t *scores, unsigned n)
{
	int32_t highest = scores[0];
	unsigned best = 0;

	for (unsigned i = 1; i < n; i++)
		highest = scores[i] > highest ? scores[i] : highest;
	while (scores[best] != highest)
		best++;
	return best;
}

unsigned quoth_best_label(const int32_t *scores, unsigned n)
{
	return find_best_label(scores, n);
}

float quoth_weights_score_one(const struct quoth_weights *weights, const uint32_t *features, size_t n)
{
	int32_t sum = 0;

	if (weights->cell_bytes == 1) {
		const int8_t *cells = weights->rows;

#pragma GCC unroll 4
		for (size_t i = 0; i < n; i++)
			sum += cells[features[i] >> weights->shift];
	} else {
		const int16_t *cells = weights->rows;

#pragma GCC unroll 4
		for (size_t i = 0; i < n; i++)
			sum += cells[features[i] >> weights->shift];
	}
	return (float)sum * weights->scale;
}
