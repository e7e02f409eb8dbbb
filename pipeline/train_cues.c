/* The gate and the cue model: logistic regression by stochastic descent. */
#include "pipeline/train_attribute.h"

#include "stages/cue_features.h"

#include <stdlib.h>

enum { GATE_BITS = 15, GATE_EPOCHS = 3, CUE_BITS = 18, CUE_EPOCHS = 4 };

static const float rate = 0.05f, l2 = 1e-6f, negligible = 1e-3f;

/* Of a thousand gold cues the gate may lose twelve: four gave the same rows on dev within a tenth, at less speed. */
static const double gate_loss = 0.012;

struct example {
	const struct quoth_syntax *syntax;
	uint32_t token;
	bool is_cue;
};

struct examples {
	struct example *list;
	uint32_t n, capacity;
};

static bool heads_a_cue(const struct quoth_article *article, uint32_t token)
{
	for (uint32_t g = 0; g < article->n_gold; g++)
		if (article->gold[g].cue == token)
			return true;
	return false;
}

static float gate_score(const struct quoth_weights *gate, const struct quoth_syntax *syntax, uint32_t token)
{
	uint32_t features[QUOTH_N_GATE_FEATURES];

	return quoth_weights_score_one(gate, features, quoth_gate_features(syntax, token, features));
}

/* All words that could be cues; with a gate, those that pass it. */
static int collect(struct quoth_fold fold, const struct quoth_weights *gate, float threshold, struct examples *examples)
{
	for (uint32_t a = 0; a < fold.n; a++) {
		const struct quoth_article *article = fold.articles[a];

		for (uint32_t i = 0; i < article->doc.n_tokens; i++) {
			if (!quoth_cue_is_possible(&article->syntax, i) ||
			    (gate && gate_score(gate, &article->syntax, i) < threshold))
				continue;
			if (examples->n == examples->capacity) {
				uint32_t more = examples->capacity ? examples->capacity * 2 : 4096;
				void *grown = realloc(examples->list, more * sizeof *examples->list);

				if (!grown)
					return QUOTH_NO_MEMORY;
				examples->list = grown;
				examples->capacity = more;
			}
			examples->list[examples->n++] =
				(struct example){&article->syntax, i, heads_a_cue(article, i)};
		}
	}
	return 0;
}

typedef size_t (*feature_function)(const struct quoth_syntax *, uint32_t, uint32_t *);

static int descend(struct quoth_learner *learner, const struct examples *examples, feature_function features_of,
		   unsigned n_epochs, struct quoth_random *random)
{
	uint32_t *order = malloc((examples->n + 1) * sizeof *order), features[QUOTH_MAX_FEATURES];
	int error = order ? 0 : QUOTH_NO_MEMORY;

	for (unsigned epoch = 0; !error && epoch < n_epochs; epoch++) {
		if (epoch == 1)
			quoth_learner_restart_mean(learner);
		quoth_random_order(random, order, examples->n);
		for (uint32_t k = 0; !error && k < examples->n; k++) {
			const struct example *example = examples->list + order[k];
			size_t n = features_of(example->syntax, example->token, features);

			error = quoth_learner_regress(learner, features, n, example->is_cue, negligible, rate, l2);
		}
	}
	free(order);
	return error;
}

static int compare_floats(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* The score below which the share gate_loss of the gold cues lies. */
static int find_threshold(const struct examples *examples, const struct quoth_table *table, float *threshold)
{
	struct quoth_weights gate = quoth_table_weights(table);
	float *scores = malloc((examples->n + 1) * sizeof *scores);
	uint32_t n = 0;

	if (!scores)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < examples->n; i++)
		if (examples->list[i].is_cue)
			scores[n++] = gate_score(&gate, examples->list[i].syntax, examples->list[i].token);
	qsort(scores, n, sizeof *scores, compare_floats);
	*threshold = n ? scores[(uint32_t)((double)n * gate_loss)] : 0;
	free(scores);
	return 0;
}

int quoth_learn_gate(struct quoth_fold fold, struct quoth_random *random, struct quoth_table *table, float *threshold)
{
	struct examples examples = {0};
	struct quoth_learner *learner = quoth_learner_new(GATE_BITS, 1);
	int error = learner ? collect(fold, NULL, 0, &examples) : QUOTH_NO_MEMORY;

	if (!error)
		error = descend(learner, &examples, quoth_gate_features, GATE_EPOCHS, random);
	if (!error)
		error = quoth_learner_quantise(learner, 1, 0, "attribute.gate", "could this word be a cue", table);
	if (!error)
		error = find_threshold(&examples, table, threshold);
	quoth_learner_free(learner);
	free(examples.list);
	return error;
}

int quoth_learn_cues(struct quoth_fold fold, const struct quoth_weights *gate, float gate_threshold,
		     struct quoth_random *random, struct quoth_table *table)
{
	struct examples examples = {0};
	struct quoth_learner *learner = quoth_learner_new(CUE_BITS, 1);
	int error = learner ? collect(fold, gate, gate_threshold, &examples) : QUOTH_NO_MEMORY;

	if (!error)
		error = descend(learner, &examples, quoth_cue_features, CUE_EPOCHS, random);
	if (!error)
		error = quoth_learner_quantise(learner, 1, 0.0001, "attribute.cue", "is this word a cue", table);
	quoth_learner_free(learner);
	free(examples.list);
	return error;
}
