#include "pipeline/train_choice.h"

#include <math.h>
#include <string.h>

enum { N_ROUNDS = 400 };

static const double rate = 0.3;

static double weigh(const int8_t *features, unsigned n_features, const double *weights)
{
	double weight = 0;

	for (unsigned f = 0; f < n_features; f++)
		weight += weights[f] * features[f];
	return weight;
}

/* Adds d log P(right) / d weights of one example: the features of the right ones less those of all, each by its chance
 * among its like. */
static void add_gradient(const struct quoth_choice_example *example, unsigned n_features, const double *weights,
			 double *gradient)
{
	double all = example->has_nobody ? exp(weights[n_features]) : 0, right = 0;
	bool is_nobody_right = true;

	for (uint32_t i = 0; i < example->n; i++) {
		double odds = exp(weigh(example->features + i * n_features, n_features, weights));

		all += odds;
		right += example->is_right[i] ? odds : 0;
		is_nobody_right &= !example->is_right[i];
	}
	for (uint32_t i = 0; i < example->n; i++) {
		const int8_t *features = example->features + i * n_features;
		double odds = exp(weigh(features, n_features, weights));
		double step = (example->is_right[i] ? odds / right : 0) - odds / all;

		for (unsigned f = 0; f < n_features; f++)
			gradient[f] += step * features[f];
	}
	if (example->has_nobody)
		gradient[n_features] += is_nobody_right - exp(weights[n_features]) / all;
}

void quoth_learn_choice(const struct quoth_choice_example *examples, uint32_t n, unsigned n_features, double l2,
			double *weights)
{
	double prior[QUOTH_MAX_CHOICE_FEATURES + 1], squares[QUOTH_MAX_CHOICE_FEATURES + 1] = {0};

	memcpy(prior, weights, (n_features + 1) * sizeof *prior);
	for (unsigned round = 0; round < N_ROUNDS; round++) {
		double gradient[QUOTH_MAX_CHOICE_FEATURES + 1] = {0};

		for (uint32_t i = 0; i < n; i++)
			add_gradient(examples + i, n_features, weights, gradient);
		for (unsigned f = 0; f <= n_features; f++) {
			double step = gradient[f] - l2 * (weights[f] - prior[f]);

			squares[f] += step * step;
			weights[f] += squares[f] > 0 ? rate * step / sqrt(squares[f]) : 0;
		}
	}
}
