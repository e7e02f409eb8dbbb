/* The chain over a cue's units: a conditional random field, its likelihood climbed one cue at a time. */
#include "pipeline/train_attribute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROLE_BITS = 18, ROLE_EPOCHS = 5, N = QUOTH_N_ROLE_LABELS };

static const float rate = 0.05f, l2 = 1e-6f, negligible = 1e-3f, never = -1e9f;

struct lesson {
	const struct quoth_article *article;
	const struct quoth_gold *gold;
};

/* A cue's chain under the current weights. */
struct chain {
	struct quoth_role_window window;
	uint32_t features[QUOTH_MAX_UNITS][QUOTH_N_ROLE_FEATURES];
	size_t n_features[QUOTH_MAX_UNITS];
	uint8_t gold[QUOTH_MAX_UNITS];
	float scores[QUOTH_MAX_UNITS][N];
	float forward[QUOTH_MAX_UNITS][N], backward[QUOTH_MAX_UNITS][N];
	float log_total;
};

struct role_learner {
	struct quoth_learner *learner;
	struct quoth_role_transitions transitions, squares;
	struct quoth_role_transitions gradients;
	struct chain chain;
};

static bool holds(const uint32_t *tokens, uint32_t n, uint32_t token)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (tokens[middle] < token)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && tokens[low] == token;
}

/* A unit has the role that most of its words have. */
static void label_units(struct chain *chain, const struct lesson *lesson)
{
	const struct quoth_gold *gold = lesson->gold;
	const struct quoth_syntax_token *entries = lesson->article->syntax.tokens;

	for (uint32_t u = 0; u < chain->window.n_units; u++) {
		const struct quoth_role_unit *unit = chain->window.units + u;
		unsigned before = u ? chain->gold[u - 1] : QUOTH_NO_ROLE;
		uint32_t n = 0, n_content = 0, n_source = 0;

		for (uint32_t i = unit->tokens.begin; i < unit->tokens.end; i++) {
			if (entries[i].is_mark && !unit->is_word)
				continue;
			n++;
			n_content += holds(gold->content, gold->n_content, i);
			n_source += holds(gold->source, gold->n_source, i);
		}
		if (2 * n_content > n)
			chain->gold[u] = before == QUOTH_CONTENT_BEGIN || before == QUOTH_CONTENT ?
				QUOTH_CONTENT : QUOTH_CONTENT_BEGIN;
		else if (2 * n_source > n && unit->is_word)
			chain->gold[u] = before == QUOTH_SOURCE_BEGIN || before == QUOTH_SOURCE ?
				QUOTH_SOURCE : QUOTH_SOURCE_BEGIN;
		else
			chain->gold[u] = QUOTH_NO_ROLE;
	}
}

static float log_sum(const float *values)
{
	float most = values[0], sum = 0;

	for (unsigned i = 1; i < N; i++)
		most = fmaxf(most, values[i]);
	for (unsigned i = 0; i < N; i++)
		sum += expf(values[i] - most);
	return most + logf(sum);
}

static void run_forward(struct chain *chain, const struct quoth_role_transitions *transitions)
{
	for (unsigned l = 0; l < N; l++)
		chain->forward[0][l] = quoth_role_may_follow(N, l) ?
			chain->scores[0][l] + transitions->weights[0][N][l] : never;
	for (uint32_t u = 1; u < chain->window.n_units; u++) {
		const float (*pair)[N] = transitions->weights[chain->window.units[u].junction];

		for (unsigned l = 0; l < N; l++) {
			float ways[N];

			for (unsigned p = 0; p < N; p++)
				ways[p] = quoth_role_may_follow(p, l) ? chain->forward[u - 1][p] + pair[p][l] : never;
			chain->forward[u][l] = log_sum(ways) + chain->scores[u][l];
		}
	}
	chain->log_total = log_sum(chain->forward[chain->window.n_units - 1]);
}

static void run_backward(struct chain *chain, const struct quoth_role_transitions *transitions)
{
	uint32_t last = chain->window.n_units - 1;

	for (unsigned l = 0; l < N; l++)
		chain->backward[last][l] = 0;
	for (uint32_t u = last; u-- > 0;) {
		const float (*pair)[N] = transitions->weights[chain->window.units[u + 1].junction];

		for (unsigned l = 0; l < N; l++) {
			float ways[N];

			for (unsigned k = 0; k < N; k++)
				ways[k] = quoth_role_may_follow(l, k) ?
					chain->backward[u + 1][k] + chain->scores[u + 1][k] + pair[l][k] : never;
			chain->backward[u][l] = log_sum(ways);
		}
	}
}

/* Moves the weights of one unit's features by expected minus true labels. */
static int move_unit(struct role_learner *roles, uint32_t u)
{
	struct chain *chain = &roles->chain;
	float gradients[N];
	bool matters = false;

	for (unsigned l = 0; l < N; l++) {
		gradients[l] = expf(chain->forward[u][l] + chain->backward[u][l] - chain->log_total) - (chain->gold[u] == l);
		matters |= fabsf(gradients[l]) > negligible;
	}
	if (u == 0)
		for (unsigned l = 0; l < N; l++)
			roles->gradients.weights[0][N][l] += gradients[l];
	return matters ? quoth_learner_descend(roles->learner, chain->features[u], chain->n_features[u], gradients, rate, l2) : 0;
}

static void add_pair_gradients(struct role_learner *roles, uint32_t u)
{
	struct chain *chain = &roles->chain;
	unsigned junction = chain->window.units[u].junction;

	for (unsigned p = 0; p < N; p++)
		for (unsigned l = 0; l < N; l++)
			if (quoth_role_may_follow(p, l))
				roles->gradients.weights[junction][p][l] +=
					expf(chain->forward[u - 1][p] + roles->transitions.weights[junction][p][l] +
					     chain->scores[u][l] + chain->backward[u][l] - chain->log_total) -
					(chain->gold[u - 1] == p && chain->gold[u] == l);
}

static void move_transitions(struct role_learner *roles)
{
	float *gradients = &roles->gradients.weights[0][0][0], *squares = &roles->squares.weights[0][0][0];
	float *weights = &roles->transitions.weights[0][0][0];

	for (size_t i = 0; i < sizeof roles->gradients / sizeof *gradients; i++) {
		if (gradients[i] == 0)
			continue;
		squares[i] += gradients[i] * gradients[i];
		weights[i] -= rate * gradients[i] / (sqrtf(squares[i]) + 0.03f);
	}
}

static int learn_lesson(struct role_learner *roles, const struct lesson *lesson)
{
	struct chain *chain = &roles->chain;
	int error = 0;

	quoth_role_window_open(&chain->window, &lesson->article->syntax, lesson->gold->cue);
	label_units(chain, lesson);
	for (uint32_t u = 0; u < chain->window.n_units; u++) {
		float scores[16];

		chain->n_features[u] = quoth_role_features(&chain->window, &lesson->article->syntax, u, chain->features[u]);
		quoth_learner_score(roles->learner, chain->features[u], chain->n_features[u], scores);
		memcpy(chain->scores[u], scores, sizeof chain->scores[u]);
	}
	run_forward(chain, &roles->transitions);
	run_backward(chain, &roles->transitions);
	memset(&roles->gradients, 0, sizeof roles->gradients);
	for (uint32_t u = 1; u < chain->window.n_units; u++)
		add_pair_gradients(roles, u);
	for (uint32_t u = 0; !error && u < chain->window.n_units; u++)
		error = move_unit(roles, u);
	move_transitions(roles);
	quoth_learner_tick(roles->learner);
	return error;
}

static struct lesson *collect(struct quoth_fold fold, uint32_t *n)
{
	struct lesson *lessons;
	uint32_t most = 1;

	for (uint32_t a = 0; a < fold.n; a++)
		most += fold.articles[a]->n_gold;
	lessons = malloc(most * sizeof *lessons);
	*n = 0;
	for (uint32_t a = 0; lessons && a < fold.n; a++)
		for (uint32_t g = 0; g < fold.articles[a]->n_gold; g++) {
			const struct quoth_gold *gold = fold.articles[a]->gold + g;

			if (gold->cue != QUOTH_NONE && gold->n_content > 0)
				lessons[(*n)++] = (struct lesson){fold.articles[a], gold};
		}
	return lessons;
}

int quoth_learn_roles(struct quoth_fold fold, struct quoth_random *random, struct quoth_table *table,
		      struct quoth_role_transitions *transitions)
{
	struct role_learner *roles = calloc(1, sizeof *roles);
	uint32_t n = 0, *order = NULL;
	struct lesson *lessons = collect(fold, &n);
	int error = 0;

	if (roles)
		roles->learner = quoth_learner_new(ROLE_BITS, N);
	order = malloc((n + 1) * sizeof *order);
	if (!roles || !roles->learner || !lessons || !order)
		error = QUOTH_NO_MEMORY;
	for (unsigned epoch = 0; !error && epoch < ROLE_EPOCHS; epoch++) {
		if (epoch == 1)
			quoth_learner_restart_mean(roles->learner);
		quoth_random_order(random, order, n);
		for (uint32_t k = 0; !error && k < n; k++)
			error = learn_lesson(roles, lessons + order[k]);
	}
	if (!error)
		error = quoth_learner_quantise(roles->learner, 1, 0.0001, "attribute.role", "what is a cue's source and content",
					       table);
	if (!error)
		*transitions = roles->transitions;
	if (roles)
		quoth_learner_free(roles->learner);
	free(roles);
	free(lessons);
	free(order);
	return error;
}
