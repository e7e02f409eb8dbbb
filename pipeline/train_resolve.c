/* train_resolve: learns what pronouns mean (stages/weighings.h).
 *
 * Examples are what the resolve stage itself sees in the articles (stages/resolve_watch.h), of two sorts. Rows of gold
 * that name a speaker tell what their pronoun means. And where just one of the recent persons has the gender of a "he" or
 * "she", all others the other one, gender tells the answer: it is hidden, and the other features are fitted to it.
 * What a pronoun means changes what later ones see, so the stage goes over the articles again with what was learned.
 */
#include "pipeline/evaluation.h"
#include "pipeline/output.h"
#include "pipeline/train_articles.h"
#include "pipeline/train_choice.h"
#include "stages/resolve_watch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_ROUNDS = 3 };

_Static_assert((int)QUOTH_N_ANTECEDENT_FEATURES <= (int)QUOTH_MAX_CHOICE_FEATURES, "the features can be learned");

/* How firmly weights are held to their prior: those of few examples more so. */
static const double l2[QUOTH_N_WEIGHINGS] = {1, 1, 2, 2};

/* How much less likely than nobody somebody may be, in log odds, to be taken: of nobody, gold has few examples. */
static const double lenience = 1;

struct example {
	struct quoth_choice_example choice;
	enum quoth_weighing weighing;
	uint32_t mention;
	uint32_t clusters[QUOTH_N_RINGS * RECENT];
};

struct learning {
	struct quoth_trainer *trainer;
	struct quoth_articles articles;
	struct quoth_arena *arena;		/* of a round's examples */
	struct quoth_weighings weighings;
	const struct quoth_article *article;	/* that the stage is at */
	struct example *examples;
	uint32_t n, capacity;
	uint32_t n_gold, n_hidden;
	int error;
};

/* ---- what the stage sees ---- */

static bool is_person(const struct quoth_antecedents *antecedents)
{
	return antecedents->weighing <= QUOTH_WEIGH_PERSON;
}

/* Whether gender alone tells whom a pronoun means. */
static bool gender_tells(const struct quoth_antecedents *antecedents)
{
	uint32_t n_same = 0;

	for (uint32_t i = 0; i < antecedents->n; i++)
		if (!(antecedents->list[i].gender % QUOTH_NEUTER))
			return false;
		else
			n_same += antecedents->list[i].gender == antecedents->gender;
	return is_person(antecedents) && antecedents->n > 1 && n_same == 1;
}

static int grow(struct learning *learning)
{
	uint32_t larger = learning->capacity ? 2 * learning->capacity : 1024;
	void *grown;

	if (learning->n < learning->capacity)
		return 0;
	grown = realloc(learning->examples, larger * sizeof *learning->examples);
	if (!grown)
		return QUOTH_NO_MEMORY;
	learning->examples = grown;
	learning->capacity = larger;
	return 0;
}

/* Keeps an example: of the possible antecedents, or of all with their gender hidden. */
static int add_example(struct learning *learning, const struct quoth_antecedents *antecedents, bool is_hidden)
{
	struct example *example;
	int8_t *features;
	bool *is_right;
	uint32_t n = 0;

	if (grow(learning))
		return QUOTH_NO_MEMORY;
	features = quoth_arena_alloc(learning->arena, (size_t)antecedents->n * QUOTH_N_ANTECEDENT_FEATURES + 1);
	is_right = quoth_arena_alloc(learning->arena, antecedents->n + 1);
	if (!features || !is_right)
		return QUOTH_NO_MEMORY;
	example = &learning->examples[learning->n++];
	example->mention = antecedents->mention;
	example->weighing = antecedents->weighing;
	for (uint32_t i = 0; i < antecedents->n; i++) {
		const struct quoth_antecedent *antecedent = &antecedents->list[i];
		int8_t *row = features + n * QUOTH_N_ANTECEDENT_FEATURES;

		if (!is_hidden && !antecedent->is_possible)
			continue;
		memcpy(row, antecedent->features, QUOTH_N_ANTECEDENT_FEATURES);
		if (is_person(antecedents))
			row[QUOTH_ANTECEDENT_AGREES] = 0;
		if (is_hidden)
			row[QUOTH_ANTECEDENT_NEWEST] = n == 0;
		is_right[n] = is_hidden && antecedent->gender == antecedents->gender;
		example->clusters[n++] = antecedent->cluster;
	}
	example->choice = (struct quoth_choice_example){features, is_right, n, !is_hidden};
	learning->n_hidden += is_hidden;
	return 0;
}

static bool is_word(const struct quoth_gold *gold, uint32_t token)
{
	return gold->speaker && gold->n_source == 1 && gold->source[0] == token;
}

static void see(void *context, const struct quoth_antecedents *antecedents)
{
	struct learning *learning = context;
	const struct quoth_article *article = learning->article;
	uint32_t head = article->doc.mentions[antecedents->mention].head;
	bool is_told = false;

	for (uint32_t i = 0; i < article->n_gold; i++)
		is_told |= is_word(&article->gold[i], head);
	if (!learning->error && is_told)
		learning->error = add_example(learning, antecedents, false);
	else if (!learning->error && gender_tells(antecedents))
		learning->error = add_example(learning, antecedents, true);
}

/* ---- gold ---- */

/* Now that the stage has written the names: which candidates are the speaker that gold gives for the pronoun. */
static int label_example(struct learning *learning, struct example *example)
{
	const struct quoth_article *article = learning->article;
	uint32_t head = article->doc.mentions[example->mention].head;
	bool *is_right = (bool *)example->choice.is_right;
	int error = 0;

	for (uint32_t g = 0; !error && g < article->n_gold; g++)
		for (uint32_t i = 0; !error && is_word(&article->gold[g], head) && i < example->choice.n; i++)
			error = quoth_words_same_name(&is_right[i], article->gold[g].speaker,
						      article->doc.entities[example->clusters[i]].name, learning->arena);
	return error;
}

static int read_article(struct learning *learning, struct quoth_article *article)
{
	const struct quoth_watcher watcher = {see, learning};
	uint32_t first = learning->n;
	int error;

	learning->article = article;
	error = quoth_resolve_watched(&article->doc, &learning->articles.resources, &watcher);
	if (!error)
		error = learning->error;
	for (uint32_t i = first; !error && i < learning->n; i++)
		if (learning->examples[i].choice.has_nobody)
			error = label_example(learning, &learning->examples[i]);
	return error;
}

/* ---- learning ---- */

static int hundredths(double weight)
{
	return (int)lround(100 * (weight > 99 ? 99 : weight < -99 ? -99 : weight));
}

/* What is believed before any example. That gender is known to agree is worth the same to all persons: the examples that
 * it chose cannot tell, and the names in own articles are rarer ones than those in the news. */
static void set_prior(enum quoth_weighing weighing, const double *of_speakers, double *weights)
{
	memcpy(weights, of_speakers, (QUOTH_N_ANTECEDENT_FEATURES + 1) * sizeof *weights);
	weights[QUOTH_ANTECEDENT_AGREES] = 1;
	if (weighing <= QUOTH_WEIGH_PERSON)
		weights[QUOTH_ANTECEDENT_HOLDER_QUOTED] = -3;
	if (weighing == QUOTH_WEIGH_THING) {
		weights[QUOTH_ANTECEDENT_PLACE] = -1.5;
		weights[QUOTH_ANTECEDENT_ANIMATE] = 1;
		weights[QUOTH_ANTECEDENT_NAME] = 0;
	}
	if (weighing == QUOTH_WEIGH_SEVERAL) {
		weights[QUOTH_ANTECEDENT_AGREES] = 2;
		weights[QUOTH_ANTECEDENT_NAME] = 0;
	}
}

/* What few examples tell of "it" and "they" is learned as what parts them from "he" as a source. */
static int learn_weighings(struct learning *learning)
{
	double weights[QUOTH_N_ANTECEDENT_FEATURES + 1], of_speakers[QUOTH_N_ANTECEDENT_FEATURES + 1] = {0};
	struct quoth_choice_example *choices = malloc((learning->n + 1) * sizeof *choices);

	if (!choices)
		return QUOTH_NO_MEMORY;
	for (enum quoth_weighing weighing = 0; weighing < QUOTH_N_WEIGHINGS; weighing++) {
		uint32_t n = 0;

		for (uint32_t i = 0; i < learning->n; i++)
			if (learning->examples[i].weighing == weighing)
				choices[n++] = learning->examples[i].choice;
		set_prior(weighing, of_speakers, weights);
		quoth_learn_choice(choices, n, QUOTH_N_ANTECEDENT_FEATURES, l2[weighing], weights);
		if (weighing == QUOTH_WEIGH_SPEAKER)
			memcpy(of_speakers, weights, sizeof weights);
		for (unsigned f = 0; f <= QUOTH_N_ANTECEDENT_FEATURES; f++)
			learning->weighings.antecedent[f][weighing] =
				(int16_t)hundredths(weights[f] - (f == QUOTH_N_ANTECEDENT_FEATURES ? lenience : 0));
		quoth_trainer_say(learning->trainer, "resolve: %s learned from %u pronouns", quoth_weighing_names[weighing], n);
	}
	free(choices);
	return 0;
}

static int learn_round(struct learning *learning)
{
	int error = 0;

	learning->n = learning->n_hidden = 0;
	quoth_arena_reset(learning->arena);
	for (uint32_t i = 0; !error && i < learning->articles.n_articles; i++)
		error = read_article(learning, &learning->articles.articles[i]);
	quoth_trainer_say(learning->trainer, "resolve: %u pronouns of gold, %u told by gender",
			  learning->n - learning->n_hidden, learning->n_hidden);
	return error ? error : learn_weighings(learning);
}

/* ---- the list ---- */

static const char comment[] =
	"# What speaks for a cluster as what a pronoun means, in hundredths of log odds (stages/weighings.h). speaker: he and she\n"
	"# as sources; person: he, him, her elsewhere; thing: it; several: they. nobody: what an antecedent must outweigh.\n"
	"# A conditional logit by quoth-train --only=resolve (corpus/models/quoth.md); do not edit.\n";

static void format_list(const struct quoth_weighings *weighings, struct quoth_buffer *list)
{
	char number[16];

	quoth_buffer_put_string(list, comment);
	quoth_buffer_put_string(list, "feature");
	for (unsigned w = 0; w < QUOTH_N_WEIGHINGS; w++) {
		quoth_buffer_put_byte(list, '\t');
		quoth_buffer_put_string(list, quoth_weighing_names[w]);
	}
	for (unsigned f = 0; f <= QUOTH_N_ANTECEDENT_FEATURES; f++) {
		quoth_buffer_put_byte(list, '\n');
		quoth_buffer_put_string(list, quoth_antecedent_feature_names[f]);
		for (unsigned w = 0; w < QUOTH_N_WEIGHINGS; w++) {
			snprintf(number, sizeof number, "\t%d", weighings->antecedent[f][w]);
			quoth_buffer_put_string(list, number);
		}
	}
	quoth_buffer_put_byte(list, '\n');
}

static int write_list(const char *path, const struct quoth_weighings *weighings, struct quoth_report *report)
{
	struct quoth_buffer list = {0};
	struct quoth_output output = {0};
	int error = quoth_output_open(&output, path, report);

	format_list(weighings, &list);
	if (!error && list.has_failed)
		error = quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
	if (!error)
		error = quoth_output_write(&output, list.bytes, list.size, report);
	if (!error)
		error = quoth_output_finish(&output, report);
	quoth_output_abandon(&output);
	quoth_buffer_free(&list);
	return error;
}

int quoth_train_resolve(struct quoth_trainer *trainer, struct quoth_report *report)
{
	struct learning learning = {.trainer = trainer, .arena = quoth_arena_new(0)};
	int error = learning.arena ? quoth_articles_read(&learning.articles, trainer, NULL, report) : QUOTH_NO_MEMORY;

	if (!error) {
		quoth_weighings_close((struct quoth_weighings *)learning.articles.resources.weighings);
		learning.articles.resources.weighings = &learning.weighings;
		for (unsigned round = 0; !error && round < N_ROUNDS; round++)
			error = learn_round(&learning);
		learning.articles.resources.weighings = NULL;
	}
	if (error && !report->what[0])
		quoth_report_set(report, error, "resolve", "%s", quoth_error_words(error));
	if (!error)
		error = write_list(trainer->weighings_path, &learning.weighings, report);
	free(learning.examples);
	quoth_arena_free(learning.arena);
	quoth_articles_close(&learning.articles);
	return error;
}
