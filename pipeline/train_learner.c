#include "pipeline/train_learner.h"

#include "stages/calibration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The mean over ticks of a weight is weight - total / ticks, where total sums step * tick (Daumé 2006, fig. 2.3). */
struct quoth_learner {
	uint32_t n_rows;
	uint16_t n_labels, width;
	uint8_t shift;
	double ticks;
	float *weights;
	double *totals;
	float *squares;	/* of the gradients so far; for quoth_learner_descend only, else NULL */
};

struct quoth_learner *quoth_learner_new(unsigned bits, uint16_t n_labels)
{
	struct quoth_learner *learner = calloc(1, sizeof *learner);
	size_t n;

	if (!learner)
		return NULL;
	learner->n_rows = 1u << bits;
	learner->n_labels = n_labels;
	learner->width = quoth_weights_width(n_labels);
	learner->shift = (uint8_t)(32 - bits);
	learner->ticks = 1;
	n = (size_t)learner->n_rows * learner->width;
	learner->weights = calloc(n, sizeof *learner->weights);
	learner->totals = calloc(n, sizeof *learner->totals);
	if (!learner->weights || !learner->totals) {
		quoth_learner_free(learner);
		return NULL;
	}
	return learner;
}

void quoth_learner_free(struct quoth_learner *learner)
{
	if (!learner)
		return;
	free(learner->weights);
	free(learner->totals);
	free(learner->squares);
	free(learner);
}

static size_t row_of(const struct quoth_learner *learner, uint32_t feature)
{
	return (size_t)(feature >> learner->shift) * learner->width;
}

typedef float floats4 __attribute__((vector_size(16)));

/* The sums of n_blocks blocks of four weights from cell `first` of each row on, held in registers. */
static inline __attribute__((always_inline)) void add_blocks(const struct quoth_learner *learner,
							      const uint32_t *features, size_t n, unsigned first,
							      float *scores, const unsigned n_blocks)
{
	floats4 sums[n_blocks];

	for (unsigned block = 0; block < n_blocks; block++)
		sums[block] = (floats4){0};
	for (size_t i = 0; i < n; i++) {
		const float *row = learner->weights + row_of(learner, features[i]) + first;

		for (unsigned block = 0; block < n_blocks; block++) {
			floats4 cells;

			memcpy(&cells, row + 4 * block, sizeof cells);
			sums[block] += cells;
		}
	}
	memcpy(scores + first, sums, sizeof sums);
}

void quoth_learner_score(const struct quoth_learner *learner, const uint32_t *features, size_t n, float *scores)
{
	unsigned first = 0;

	for (; first + 16 <= learner->width; first += 16)
		add_blocks(learner, features, n, first, scores, 4);
	for (; first + 4 <= learner->width; first += 4)
		add_blocks(learner, features, n, first, scores, 1);
	if (first == learner->width)
		return;
	memset(scores, 0, learner->width * sizeof *scores);
	for (size_t i = 0; i < n; i++) {
		const float *row = learner->weights + row_of(learner, features[i]);

		for (unsigned k = 0; k < learner->width; k++)
			scores[k] += row[k];
	}
}

float quoth_learner_score_label(const struct quoth_learner *learner, const uint32_t *features, size_t n, unsigned label)
{
	float sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += learner->weights[row_of(learner, features[i]) + label];
	return sum;
}

void quoth_learner_add(struct quoth_learner *learner, const uint32_t *features, size_t n, unsigned label, float step)
{
	for (size_t i = 0; i < n; i++) {
		size_t cell = row_of(learner, features[i]) + label;

		learner->weights[cell] += step;
		learner->totals[cell] += (double)step * learner->ticks;
	}
}

int quoth_learner_descend(struct quoth_learner *learner, const uint32_t *features, size_t n, const float *gradients,
			  float rate, float l2)
{
	if (!learner->squares)
		learner->squares = calloc((size_t)learner->n_rows * learner->width, sizeof *learner->squares);
	if (!learner->squares)
		return QUOTH_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		size_t row = row_of(learner, features[i]);

		for (unsigned label = 0; label < learner->n_labels; label++) {
			float gradient = gradients[label] + l2 * learner->weights[row + label], step;

			learner->squares[row + label] += gradient * gradient;
			step = -rate * gradient / (sqrtf(learner->squares[row + label]) + 0.03f);
			learner->weights[row + label] += step;
			learner->totals[row + label] += (double)step * learner->ticks;
		}
	}
	return 0;
}

int quoth_learner_regress(struct quoth_learner *learner, const uint32_t *features, size_t n, float target, float near,
			  float rate, float l2)
{
	float gradient = quoth_logistic(quoth_learner_score_label(learner, features, n, 0)) - target;
	int error = fabsf(gradient) < near ? 0 : quoth_learner_descend(learner, features, n, &gradient, rate, l2);

	quoth_learner_tick(learner);
	return error;
}

void quoth_learner_restart_mean(struct quoth_learner *learner)
{
	memset(learner->totals, 0, (size_t)learner->n_rows * learner->width * sizeof *learner->totals);
	learner->ticks = 1;
}

void quoth_learner_tick(struct quoth_learner *learner)
{
	learner->ticks += 1;
}

static double mean_of(const struct quoth_learner *learner, size_t cell)
{
	return (double)learner->weights[cell] - learner->totals[cell] / learner->ticks;
}

void quoth_learner_add_mean(struct quoth_learner *sum, const struct quoth_learner *learner)
{
	size_t n_cells = (size_t)sum->n_rows * sum->width;

	for (size_t i = 0; i < n_cells; i++)
		sum->weights[i] += (float)mean_of(learner, i);
}

static int compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* The size above which the largest `clip` share of the non-zero weights lies; 0 where all are 0, negative without
 * memory. */
static double find_limit(const struct quoth_learner *learner, double clip)
{
	size_t n_cells = (size_t)learner->n_rows * learner->width, n = 0;
	float *sizes = malloc(n_cells * sizeof *sizes);
	double limit = 0;

	if (!sizes)
		return -1;
	for (size_t i = 0; i < n_cells; i++)
		if (learner->weights[i] != 0)
			sizes[n++] = (float)fabs(mean_of(learner, i));
	qsort(sizes, n, sizeof *sizes, compare_floats);
	if (n > 0)
		limit = sizes[n - 1 - (size_t)((double)(n - 1) * clip)];
	free(sizes);
	return limit;
}

int quoth_learner_quantise(const struct quoth_learner *learner, unsigned cell_bytes, double clip, const char *name,
			   const char *about, struct quoth_table *table)
{
	size_t n_cells = (size_t)learner->n_rows * learner->width;
	double largest = cell_bytes == 1 ? INT8_MAX : INT16_MAX, limit = find_limit(learner, clip), scale;
	void *cells = calloc(n_cells, cell_bytes);

	if (!cells || limit < 0) {
		free(cells);
		return QUOTH_NO_MEMORY;
	}
	scale = limit > 0 ? limit / largest : 1;
	for (size_t i = 0; i < n_cells; i++) {
		double value = nearbyint(mean_of(learner, i) / scale);

		value = value > largest ? largest : value < -largest ? -largest : value;
		if (cell_bytes == 1)
			((int8_t *)cells)[i] = (int8_t)value;
		else
			((int16_t *)cells)[i] = (int16_t)value;
	}
	*table = (struct quoth_table){
		.name = name,
		.about = about,
		.bytes = cells,
		.size = (uint64_t)n_cells * cell_bytes,
		.kind = QUOTH_TABLE_WEIGHTS,
		.n_rows = learner->n_rows,
		.n_labels = learner->n_labels,
		.width = learner->width,
		.cell_bytes = (uint8_t)cell_bytes,
		.scale = (float)scale,
	};
	return 0;
}

struct quoth_random quoth_random_new(uint64_t seed)
{
	return (struct quoth_random){(seed * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u) | 1};
}

uint32_t quoth_random_next(struct quoth_random *random)
{
	random->state ^= random->state >> 12;
	random->state ^= random->state << 25;
	random->state ^= random->state >> 27;
	return (uint32_t)(random->state * 0x2545F4914F6CDD1Du >> 32);
}

uint32_t quoth_random_below(struct quoth_random *random, uint32_t n)
{
	return (uint32_t)((uint64_t)quoth_random_next(random) * n >> 32);
}

void quoth_random_order(struct quoth_random *random, uint32_t *order, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t j = quoth_random_below(random, i + 1);

		order[i] = i;
		order[i] = order[j];
		order[j] = i;
	}
}
