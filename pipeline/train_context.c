#include "pipeline/train_context.h"

#include "pipeline/train_network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_ROWS = 3300,		/* of features, the most frequent ones: 0.63 MB */
	FOLDS = 4,
	EPOCHS = 12,
	BATCH = 4,			/* articles a step */
	WARM_UP = 50,			/* steps */
};

static const float highest_rate = 6e-3f, last_share = 0.02f;

/* ---- articles, as the network reads them ---- */

struct counted {
	uint32_t feature, count;
};

static int compare_features(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	return (x->feature > y->feature) - (x->feature < y->feature);
}

static int compare_counts(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	return x->count != y->count ? (x->count < y->count) - (x->count > y->count) : compare_features(a, b);
}

/* The most frequent features of all tokens, in *features, NULL without memory; returns how many, at most MAX_ROWS - 1. */
static uint32_t count_features(struct quoth_fold articles, struct counted **features)
{
	size_t n = 0, n_tokens = 0;
	uint32_t kinds = 0;

	for (uint32_t a = 0; a < articles.n; a++)
		n_tokens += articles.articles[a]->doc.n_tokens;
	*features = malloc((n_tokens * QUOTH_N_CONTEXT_FEATURES + 1) * sizeof **features);
	if (!*features)
		return 0;
	for (uint32_t a = 0; a < articles.n; a++)
		for (uint32_t i = 0; i < articles.articles[a]->doc.n_tokens; i++) {
			uint32_t of_token[QUOTH_N_CONTEXT_FEATURES];

			quoth_context_features(&articles.articles[a]->syntax, i, of_token);
			for (unsigned k = 0; k < QUOTH_N_CONTEXT_FEATURES; k++)
				(*features)[n++] = (struct counted){of_token[k], 1};
		}
	qsort(*features, n, sizeof **features, compare_features);
	for (size_t i = 0; i < n; i++) {
		if (kinds > 0 && (*features)[kinds - 1].feature == (*features)[i].feature)
			(*features)[kinds - 1].count++;
		else
			(*features)[kinds++] = (*features)[i];
	}
	qsort(*features, kinds, sizeof **features, compare_counts);
	return kinds < MAX_ROWS - 1 ? kinds : MAX_ROWS - 1;
}

/* From the features to 1 + the number of their rows, of which there are *n_rows with the one that is always there. */
static int make_feature_table(struct quoth_fold articles, struct quoth_table *table, uint32_t *n_rows)
{
	struct counted *features;
	uint32_t n = count_features(articles, &features), n_slots;
	struct quoth_word_slot *slots = features ? quoth_word_slots_new(n, &n_slots) : NULL;

	for (uint32_t i = 0; slots && i < n; i++)
		quoth_word_slots_add(slots, n_slots, features[i].feature, i + 2);
	*n_rows = n + 1;
	free(features);
	if (!slots)
		return QUOTH_NO_MEMORY;
	*table = (struct quoth_table){
		.name = "attribute.context.features", .about = "the rows of features", .bytes = slots,
		.size = (uint64_t)n_slots * sizeof *slots, .kind = QUOTH_TABLE_WORDS, .n_rows = n_slots,
	};
	return 0;
}

static void set_targets(const struct quoth_article *article, struct quoth_sample *sample)
{
	for (uint32_t g = 0; g < article->n_gold; g++) {
		const struct quoth_gold *gold = article->gold + g;

		for (uint32_t k = 0; k < gold->n_content; k++) {
			uint32_t i = gold->content[k];

			sample->targets[i][QUOTH_BELIEVED_CONTENT] = 1;
			if (k == 0 || gold->content[k - 1] + 1 != i)
				sample->targets[i][QUOTH_BELIEVED_BEGIN] = 1;
			if (k + 1 == gold->n_content || gold->content[k + 1] != i + 1)
				sample->targets[i][QUOTH_BELIEVED_END] = 1;
		}
		for (uint32_t k = 0; k < gold->n_source; k++)
			sample->targets[gold->source[k]][QUOTH_BELIEVED_SOURCE] = 1;
		if (gold->cue != QUOTH_NONE)
			sample->targets[gold->cue][QUOTH_BELIEVED_CUE] = 1;
	}
}

static int make_sample(struct quoth_article *article, const struct quoth_words *features, uint32_t n_rows,
		       struct quoth_sample *sample)
{
	sample->n = article->doc.n_tokens;
	sample->rows = quoth_arena_array(article->doc.arena, sample->n, sizeof *sample->rows);
	sample->targets = quoth_arena_array(article->doc.arena, sample->n, sizeof *sample->targets);
	if (!sample->rows || !sample->targets)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < sample->n; i++)
		quoth_context_rows(&article->syntax, features, n_rows, i, sample->rows[i]);
	memset(sample->targets, 0, sample->n * sizeof *sample->targets);
	set_targets(article, sample);
	return 0;
}

/* ---- learning ---- */

struct course {
	struct quoth_trainer *trainer;
	const struct quoth_sample *samples;
	uint32_t n_samples, longest, n_rows;
};

static float rate_of(uint32_t step, uint32_t n_steps)
{
	float warmth = step < WARM_UP ? (float)(step + 1) / WARM_UP : 1, left = 1 - (float)step / (float)n_steps;

	return highest_rate * warmth * fmaxf(left, last_share);
}

/* All samples but those whose number leaves `left_out` over FOLDS (FOLDS: all). */
static int learn_network(const struct course *course, uint32_t left_out, struct quoth_network **network)
{
	struct quoth_random random = quoth_random_new(course->trainer->seed * 64 + left_out);
	uint32_t *order = malloc((course->n_samples + 1) * sizeof *order), n_steps, step = 0, n = 0;

	*network = quoth_network_new(course->n_rows, course->longest, &random);
	if (!order || !*network) {
		free(order);
		return QUOTH_NO_MEMORY;
	}
	for (uint32_t s = 0; s < course->n_samples; s++)
		n += s % FOLDS != left_out;
	n_steps = EPOCHS * ((n + BATCH - 1) / BATCH);
	for (unsigned epoch = 0; epoch < EPOCHS; epoch++) {
		double loss = 0, n_tokens = 0;
		uint32_t kept = 0;

		quoth_random_order(&random, order, course->n_samples);
		for (uint32_t k = 0; k < course->n_samples; k++)
			if (order[k] % FOLDS != left_out)
				order[kept++] = order[k];
		for (uint32_t first = 0; first < kept; first += BATCH) {
			uint32_t end = first + BATCH < kept ? first + BATCH : kept, tokens = 0;

			for (uint32_t k = first; k < end; k++)
				tokens += course->samples[order[k]].n;
			for (uint32_t k = first; k < end && tokens > 0; k++)
				loss += quoth_network_learn(*network, course->samples + order[k], 1.0f / (float)tokens, &random);
			quoth_network_step(*network, rate_of(step++, n_steps));
			n_tokens += tokens;
		}
		quoth_trainer_say(course->trainer, "context: fold %u, epoch %u, loss %.4f", left_out, epoch,
				  n_tokens > 0 ? loss / n_tokens : 0);
	}
	free(order);
	return 0;
}

/* The beliefs of the articles of a fold, as the program would have them; how good they are as F1. */
static int fill_beliefs(const struct course *course, struct quoth_fold articles, uint32_t fold,
			const struct quoth_context_model *model, uint32_t counts[QUOTH_N_CONTEXT_BELIEFS][3])
{
	for (uint32_t a = fold; a < articles.n; a += FOLDS) {
		struct quoth_article *article = articles.articles[a];
		int error = quoth_context_read(&article->syntax, model);

		if (error)
			return error;
		for (uint32_t i = 0; i < article->doc.n_tokens; i++)
			for (unsigned b = 0; b < QUOTH_N_CONTEXT_BELIEFS; b++) {
				bool is = course->samples[a].targets[i][b], is_believed = article->syntax.tokens[i].beliefs[b] > 0;

				counts[b][0] += is && is_believed;
				counts[b][1] += is;
				counts[b][2] += is_believed;
			}
	}
	return 0;
}

static double f1_of(const uint32_t counts[3])
{
	return counts[1] + counts[2] ? 200.0 * counts[0] / ((double)counts[1] + counts[2]) : 0;
}

static int learn_fold(const struct course *course, struct quoth_fold articles, uint32_t fold, const struct quoth_table *features,
		      uint32_t counts[QUOTH_N_CONTEXT_BELIEFS][3])
{
	struct quoth_table weights = {0}, rows = {0};
	struct quoth_context_model model = {.features = quoth_table_words(features)};
	struct quoth_network *network;
	int error = learn_network(course, fold, &network);

	if (!error)
		error = quoth_network_tables(network, &weights, &rows);
	quoth_network_free(network);
	model.weights = weights.bytes;
	model.rows = rows.bytes;
	model.n_rows = rows.n_rows;
	if (!error && fold < FOLDS)
		error = fill_beliefs(course, articles, fold, &model, counts);
	if (!error && fold == FOLDS) {
		error = quoth_trainer_set_table(course->trainer, &weights);
		return error ? error : quoth_trainer_set_table(course->trainer, &rows);
	}
	free((void *)weights.bytes);
	free((void *)rows.bytes);
	return error;
}

int quoth_learn_context(struct quoth_trainer *trainer, struct quoth_fold articles)
{
	struct quoth_sample *samples = calloc(articles.n + 1, sizeof *samples);
	struct course course = {.trainer = trainer, .samples = samples, .n_samples = articles.n};
	uint32_t counts[QUOTH_N_CONTEXT_BELIEFS][3] = {{0}};
	struct quoth_table table = {0};
	struct quoth_words features;
	int error = samples ? make_feature_table(articles, &table, &course.n_rows) : QUOTH_NO_MEMORY;

	if (!error)
		features = quoth_table_words(&table);
	for (uint32_t a = 0; a < articles.n && !error; a++) {
		error = make_sample(articles.articles[a], &features, course.n_rows, samples + a);
		course.longest = samples[a].n > course.longest ? samples[a].n : course.longest;
	}
	for (uint32_t fold = 0; fold <= FOLDS && !error; fold++)
		error = learn_fold(&course, articles, fold, &table, counts);
	quoth_trainer_say(trainer, "context: F1 on unseen articles: content %.1f, its begin %.1f, its end %.1f, source %.1f, cue %.1f",
			  f1_of(counts[QUOTH_BELIEVED_CONTENT]), f1_of(counts[QUOTH_BELIEVED_BEGIN]), f1_of(counts[QUOTH_BELIEVED_END]),
			  f1_of(counts[QUOTH_BELIEVED_SOURCE]), f1_of(counts[QUOTH_BELIEVED_CUE]));
	free(samples);
	if (error) {
		free((void *)table.bytes);
		return error;
	}
	return quoth_trainer_set_table(trainer, &table);
}
