#include "pipeline/train_network.h"

#include "stages/calibration.h"
#include "stages/machines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* gcc rounds each product of its own under -std=c11, clang does not */
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum {
	N_UNITS = QUOTH_N_CONTEXT_UNITS,
	N_GATES = QUOTH_N_CONTEXT_GATES,
	N_SUMS = QUOTH_N_CONTEXT_SUMS,
	N_BELIEFS = QUOTH_N_CONTEXT_BELIEFS,
	N_ROWS = QUOTH_N_CONTEXT_ROWS,
};

static const float decay_mean = 0.9f, decay_square = 0.98f, tiny = 1e-8f;
static const float most_norm = 1;	/* of a step's gradient */
/* what the whole numbers can hold */
static const float most_cell = 127.0f / (1 << QUOTH_CONTEXT_ROW_BITS), most_inner = 7.9f;

struct dense {
	float inner[2][N_UNITS][N_SUMS];
	float bias[N_BELIEFS];
};

enum { N_DENSE = sizeof(struct dense) / sizeof(float), ROW = 2 * N_GATES };

/* Parameters, gradients, or means of these. */
struct numbers {
	float (*rows)[ROW];
	struct dense *dense;
};

/* What came out on the way forward, one entry a token. */
struct trace {
	float old[N_UNITS], keep[N_UNITS], new[N_UNITS], inner[N_UNITS], before[N_UNITS];
	float told[N_UNITS];	/* what the units hold then, or 0 where it was dropped */
	float drop[N_UNITS];
};

struct quoth_network {
	struct numbers weights, gradients, means, squares;
	uint32_t n_rows, step;
	bool *is_touched;		/* rows with a gradient */
	float back[2][N_SUMS][N_UNITS];	/* inner, transposed */
	/* room for the longest article */
	struct trace *traces[2];
	float (*scales)[N_ROWS];	/* of each token's rows: 0 where dropped */
	float (*logits)[N_BELIEFS], (*errors)[N_BELIEFS];
};

static int numbers_new(struct numbers *numbers, uint32_t n_rows)
{
	numbers->rows = calloc(n_rows, sizeof *numbers->rows);
	numbers->dense = calloc(1, sizeof *numbers->dense);
	return numbers->rows && numbers->dense ? 0 : QUOTH_NO_MEMORY;
}

static void numbers_free(struct numbers *numbers)
{
	free(numbers->rows);
	free(numbers->dense);
}

void quoth_network_free(struct quoth_network *network)
{
	if (!network)
		return;
	numbers_free(&network->weights);
	numbers_free(&network->gradients);
	numbers_free(&network->means);
	numbers_free(&network->squares);
	free(network->is_touched);
	free(network->traces[0]);
	free(network->traces[1]);
	free(network->scales);
	free(network->logits);
	free(network->errors);
	free(network);
}

static void transpose(struct quoth_network *network)
{
	for (unsigned d = 0; d < 2; d++)
		for (unsigned u = 0; u < N_UNITS; u++)
			for (unsigned s = 0; s < N_SUMS; s++)
				network->back[d][s][u] = network->weights.dense->inner[d][u][s];
}

/* From -1 to 1. */
static float any_number(struct quoth_random *random)
{
	return (float)(int32_t)quoth_random_next(random) / 2147483648.0f;
}

static int make_room(struct quoth_network *network, uint32_t longest)
{
	bool has_failed = numbers_new(&network->weights, network->n_rows) | numbers_new(&network->gradients, network->n_rows) |
			  numbers_new(&network->means, network->n_rows) | numbers_new(&network->squares, network->n_rows);

	network->is_touched = calloc(network->n_rows, sizeof *network->is_touched);
	network->traces[0] = malloc((longest + 1) * sizeof *network->traces[0]);
	network->traces[1] = malloc((longest + 1) * sizeof *network->traces[1]);
	network->scales = malloc((longest + 1) * sizeof *network->scales);
	network->logits = malloc((longest + 1) * sizeof *network->logits);
	network->errors = malloc((longest + 1) * sizeof *network->errors);
	return has_failed || !network->is_touched || !network->traces[0] || !network->traces[1] || !network->scales ||
	       !network->logits || !network->errors ? QUOTH_NO_MEMORY : 0;
}

struct quoth_network *quoth_network_new(uint32_t n_rows, uint32_t longest, struct quoth_random *random)
{
	static const float spread_of_rows = 0.05f;
	const float spread = sqrtf(3.0f / N_UNITS);
	struct quoth_network *network = calloc(1, sizeof *network);

	if (!network)
		return NULL;
	network->n_rows = n_rows;
	if (make_room(network, longest)) {
		quoth_network_free(network);
		return NULL;
	}
	for (uint32_t r = 1; r < n_rows; r++)
		for (unsigned c = 0; c < ROW; c++)
			network->weights.rows[r][c] = spread_of_rows * any_number(random);
	for (unsigned d = 0; d < 2; d++)
		for (unsigned u = 0; u < N_UNITS; u++)
			for (unsigned s = 0; s < N_GATES + N_BELIEFS; s++)
				network->weights.dense->inner[d][u][s] = spread * any_number(random);
	transpose(network);
	return network;
}

/* How many rows a token has. */
static unsigned n_rows_of(const struct quoth_sample *sample, uint32_t token)
{
	unsigned n = 1;

	while (n < N_ROWS && sample->rows[token][n] != QUOTH_CONTEXT_ALWAYS)
		n++;
	return n;
}

static float gate_of(float sum)
{
	float gate = sum * 0.25f + 0.5f;

	return gate < 0 ? 0 : gate > 1 ? 1 : gate;
}

/* Which features are left out, one in eight, and which units' tellings, one in four. */
static void drop(struct quoth_network *network, const struct quoth_sample *sample, struct quoth_random *random)
{
	for (uint32_t i = 0; i < sample->n; i++) {
		uint32_t bits = quoth_random_next(random);

		network->scales[i][QUOTH_CONTEXT_ALWAYS] = 1;
		for (unsigned k = 1; k < N_ROWS; k++, bits >>= 3)
			network->scales[i][k] = bits & 7 ? 8.0f / 7 : 0;
		for (unsigned d = 0; d < 2; d++)
			for (unsigned u = 0; u < N_UNITS; u++, bits >>= 2) {
				if (u % 16 == 0)
					bits = quoth_random_next(random);
				network->traces[d][i].drop[u] = bits & 3 ? 4.0f / 3 : 0;
			}
	}
}

QUOTH_FOR_EACH_MACHINE
static void forward(struct quoth_network *network, const struct quoth_sample *sample, unsigned direction)
{
	const float (*inner)[N_SUMS] = network->weights.dense->inner[direction];
	float held[N_UNITS] = {0};

	for (uint32_t k = 0; k < sample->n; k++) {
		uint32_t i = direction ? sample->n - 1 - k : k;
		struct trace *t = network->traces[direction] + i;
		float input[N_GATES] = {0}, sums[N_SUMS] = {0}, told[N_SUMS - N_GATES] = {0};
		unsigned n_rows = n_rows_of(sample, i);

		for (unsigned f = 0; f < n_rows; f++) {
			const float *row = network->weights.rows[sample->rows[i][f]] + direction * N_GATES, scale = network->scales[i][f];

			for (unsigned g = 0; g < N_GATES; g++)
				input[g] += row[g] * scale;
		}
		for (unsigned u = 0; u < N_UNITS; u++)
			for (unsigned s = 0; s < N_SUMS; s++)
				sums[s] += inner[u][s] * held[u];
		for (unsigned u = 0; u < N_UNITS; u++) {
			float new;

			t->before[u] = held[u];
			t->old[u] = gate_of(input[u] + sums[u]);
			t->keep[u] = gate_of(input[N_UNITS + u] + sums[N_UNITS + u]);
			t->inner[u] = sums[2 * N_UNITS + u];
			new = input[2 * N_UNITS + u] + t->old[u] * t->inner[u];
			t->new[u] = new < -1 ? -1 : new > 1 ? 1 : new;
			held[u] = t->new[u] + t->keep[u] * (held[u] - t->new[u]);
			t->told[u] = held[u] * t->drop[u];
		}
		for (unsigned u = 0; u < N_UNITS; u++)
			for (unsigned b = 0; b < N_SUMS - N_GATES; b++)
				told[b] += inner[u][N_GATES + b] * t->told[u];
		for (unsigned b = 0; b < N_BELIEFS; b++)
			network->logits[i][b] += told[b];
	}
}

/* The gradient of the loss through one direction, added to the network's. */
QUOTH_FOR_EACH_MACHINE
static void backward(struct quoth_network *network, const struct quoth_sample *sample, unsigned direction)
{
	const float (*back)[N_UNITS] = network->back[direction];
	float (*gradient)[N_SUMS] = network->gradients.dense->inner[direction];
	float carried[N_UNITS] = {0};

	for (uint32_t k = sample->n; k-- > 0;) {
		uint32_t i = direction ? sample->n - 1 - k : k;
		const struct trace *t = network->traces[direction] + i;
		const float *errors = network->errors[i];
		float of_input[N_GATES], of_sums[N_GATES], of_told[N_UNITS] = {0};
		unsigned n_rows = n_rows_of(sample, i);

		for (unsigned b = 0; b < N_BELIEFS; b++)
			for (unsigned u = 0; u < N_UNITS; u++)
				of_told[u] += back[N_GATES + b][u] * errors[b];
		for (unsigned u = 0; u < N_UNITS; u++)
			for (unsigned b = 0; b < N_BELIEFS; b++)
				gradient[u][N_GATES + b] += t->told[u] * errors[b];
		for (unsigned u = 0; u < N_UNITS; u++) {
			float of_held = carried[u] + of_told[u] * t->drop[u];
			float of_keep = of_held * (t->before[u] - t->new[u]), of_new = of_held * (1 - t->keep[u]), of_old;

			of_new = t->new[u] > -1 && t->new[u] < 1 ? of_new : 0;
			of_old = of_new * t->inner[u];
			of_input[u] = of_sums[u] = t->old[u] > 0 && t->old[u] < 1 ? of_old * 0.25f : 0;
			of_input[N_UNITS + u] = of_sums[N_UNITS + u] = t->keep[u] > 0 && t->keep[u] < 1 ? of_keep * 0.25f : 0;
			of_input[2 * N_UNITS + u] = of_new;
			of_sums[2 * N_UNITS + u] = of_new * t->old[u];
			carried[u] = of_held * t->keep[u];
		}
		for (unsigned g = 0; g < N_GATES; g++)
			for (unsigned u = 0; u < N_UNITS; u++)
				carried[u] += back[g][u] * of_sums[g];
		for (unsigned u = 0; u < N_UNITS; u++)
			for (unsigned g = 0; g < N_GATES; g++)
				gradient[u][g] += t->before[u] * of_sums[g];
		for (unsigned f = 0; f < n_rows; f++) {
			float *row = network->gradients.rows[sample->rows[i][f]] + direction * N_GATES, scale = network->scales[i][f];

			network->is_touched[sample->rows[i][f]] = true;
			for (unsigned g = 0; g < N_GATES; g++)
				row[g] += of_input[g] * scale;
		}
	}
}

double quoth_network_learn(struct quoth_network *network, const struct quoth_sample *sample, float share, struct quoth_random *random)
{
	double loss = 0;

	drop(network, sample, random);
	for (uint32_t i = 0; i < sample->n; i++)
		memcpy(network->logits[i], network->weights.dense->bias, sizeof network->logits[i]);
	forward(network, sample, 0);
	forward(network, sample, 1);
	for (uint32_t i = 0; i < sample->n; i++)
		for (unsigned b = 0; b < N_BELIEFS; b++) {
			float chance = quoth_logistic(network->logits[i][b]), target = sample->targets[i][b];

			network->errors[i][b] = (chance - target) * share;
			network->gradients.dense->bias[b] += network->errors[i][b];
			loss -= log(fmax(1e-7, (double)(target > 0 ? chance : 1 - chance)));
		}
	backward(network, sample, 0);
	backward(network, sample, 1);
	return loss;
}

/* ---- steps ---- */

static double sum_of_squares(const float *numbers, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (double)numbers[i] * (double)numbers[i];
	return sum;
}

QUOTH_FOR_EACH_MACHINE
static void move(float *weights, float *gradients, float *means, float *squares, size_t n, float scale, float rate,
		 float square_rate, float most)
{
	for (size_t i = 0; i < n; i++) {
		float gradient = gradients[i] * scale, weight;

		means[i] = decay_mean * means[i] + (1 - decay_mean) * gradient;
		squares[i] = decay_square * squares[i] + (1 - decay_square) * gradient * gradient;
		weight = weights[i] - rate * means[i] / (sqrtf(squares[i] * square_rate) + tiny);
		weights[i] = weight < -most ? -most : weight > most ? most : weight;
		gradients[i] = 0;
	}
}

/* Rows without a gradient stay as they are. */
void quoth_network_step(struct quoth_network *network, float rate)
{
	double norm = sum_of_squares((const float *)network->gradients.dense, N_DENSE);
	float scale, corrected, square_rate;

	network->step++;
	for (uint32_t r = 0; r < network->n_rows; r++)
		if (network->is_touched[r])
			norm += sum_of_squares(network->gradients.rows[r], ROW);
	norm = sqrt(norm);
	scale = norm > (double)most_norm ? (float)((double)most_norm / norm) : 1;
	corrected = rate / (1 - powf(decay_mean, (float)network->step));
	square_rate = 1 / (1 - powf(decay_square, (float)network->step));
	move((float *)network->weights.dense, (float *)network->gradients.dense, (float *)network->means.dense,
	     (float *)network->squares.dense, N_DENSE, scale, corrected, square_rate, most_inner);
	for (uint32_t r = 0; r < network->n_rows; r++) {
		if (!network->is_touched[r])
			continue;
		move(network->weights.rows[r], network->gradients.rows[r], network->means.rows[r], network->squares.rows[r], ROW,
		     scale, corrected, square_rate, most_cell);
		network->is_touched[r] = false;
	}
	transpose(network);
}

/* ---- whole numbers ---- */

static int32_t whole(float x, unsigned bits)
{
	return (int32_t)lrintf(x * (float)(1u << bits));
}

int quoth_network_tables(const struct quoth_network *network, struct quoth_table *weights_table, struct quoth_table *rows_table)
{
	struct quoth_context_weights *weights = calloc(1, sizeof *weights);
	int8_t *rows = malloc((size_t)network->n_rows * ROW);

	if (!weights || !rows) {
		free(weights);
		free(rows);
		return QUOTH_NO_MEMORY;
	}
	for (unsigned d = 0; d < 2; d++)
		for (unsigned u = 0; u < N_UNITS; u++)
			for (unsigned s = 0; s < N_SUMS; s++)
				weights->inner[d][u / 2][s][u % 2] =
					(int16_t)whole(network->weights.dense->inner[d][u][s], QUOTH_CONTEXT_INNER_BITS);
	for (unsigned b = 0; b < N_BELIEFS; b++)
		weights->bias[b] = whole(network->weights.dense->bias[b], QUOTH_CONTEXT_SUM_BITS);
	for (uint32_t r = 0; r < network->n_rows; r++)
		for (unsigned c = 0; c < ROW; c++)
			rows[(size_t)r * ROW + c] = (int8_t)whole(network->weights.rows[r][c], QUOTH_CONTEXT_ROW_BITS);
	*weights_table = (struct quoth_table){
		.name = "attribute.context", .about = "what a word is in its context", .bytes = weights, .size = sizeof *weights,
		.kind = QUOTH_TABLE_BYTES,
	};
	*rows_table = (struct quoth_table){
		.name = "attribute.context.rows", .about = "features of words in context", .bytes = rows,
		.size = (uint64_t)network->n_rows * ROW, .kind = QUOTH_TABLE_BYTES, .n_rows = network->n_rows,
	};
	return 0;
}

