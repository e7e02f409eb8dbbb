/* The tagger and the name tagger: averaged perceptrons, trained on what they will see, their own earlier decisions. */
#include "pipeline/train.h"

#include "stages/tag_model.h"

#include <stdlib.h>
#include <string.h>

enum { TAG_BITS = 17, TAG_EPOCHS = 7, FOLD_EPOCHS = 5, NAME_BITS = 16, NAME_EPOCHS = 8 };

/* Which documents are learned from: all, or all but a fold. */
enum { N_FOLDS = 4, NO_FOLD = N_FOLDS };

static const double tag_clip = 0.0002, name_clip = 0.0002;

static unsigned best_of(const float *scores, unsigned n)
{
	unsigned best = 0;

	for (unsigned i = 1; i < n; i++)
		if (scores[i] > scores[best])
			best = i;
	return best;
}

/* One step: what the model says; it moves where that is not the truth. */
static uint8_t learn_step(struct quoth_learner *learner, const uint32_t *features, size_t n, unsigned n_labels, uint8_t gold,
			  uint64_t *n_wrong)
{
	float scores[64];
	unsigned best;

	quoth_learner_score(learner, features, n, scores);
	best = best_of(scores, n_labels);
	if (best != gold) {
		quoth_learner_add(learner, features, n, gold, 1);
		quoth_learner_add(learner, features, n, best, -1);
		(*n_wrong)++;
	}
	quoth_learner_tick(learner);
	return (uint8_t)best;
}

struct tag_training {
	struct quoth_learner *learner;
	struct quoth_tag_model model;	/* words; tags and names once they are there */
	struct quoth_name_memory memory;
	unsigned held_out;		/* the fold that is not learned from, NO_FOLD */
	uint64_t n_seen, n_wrong;
};

static void learn_tags(struct tag_training *t, const struct quoth_annotated *a, struct quoth_word_view *views,
		       uint32_t first, uint32_t n)
{
	enum quoth_domain domain = quoth_corpus_domain(a->source);
	uint32_t features[QUOTH_N_TAG_FEATURES];

	for (uint32_t i = 0; i < n; i++) {
		struct quoth_word_view *at = views + QUOTH_STRETCH_PADDING + i;
		uint32_t fixed = at->value >> QUOTH_WORD_LABEL_SHIFT & 63;

		t->n_seen++;
		if (fixed)
			at->label = (uint8_t)(fixed - 1);
		else
			at->label = learn_step(t->learner, features, quoth_tag_features(at, domain, features),
					       QUOTH_N_TAG_LABELS, a->labels[first + i], &t->n_wrong);
	}
}

static void learn_names(struct tag_training *t, const struct quoth_annotated *a, struct quoth_word_view *views,
			uint32_t first, uint32_t n)
{
	uint32_t features[QUOTH_N_NAME_FEATURES];

	quoth_tag_words(&t->model, views, n, quoth_corpus_domain(a->source));
	for (uint32_t i = 0; i < n; i++) {
		struct quoth_word_view *at = views + QUOTH_STRETCH_PADDING + i;
		uint32_t form = a->doc.tokens[first + i].form;

		if (!quoth_name_is_possible(at))
			continue;
		t->n_seen++;
		at->name = learn_step(t->learner, features, quoth_name_features(at, form, &t->memory, features),
				      QUOTH_N_NAME_CLASSES, a->names[first + i], &t->n_wrong);
		quoth_name_remember(&t->memory, form, at->name);
	}
}

typedef void learn_stretch(struct tag_training *, const struct quoth_annotated *, struct quoth_word_view *, uint32_t,
			   uint32_t);

static void learn_document(struct tag_training *t, const struct quoth_annotated *a, learn_stretch *learn)
{
	struct quoth_word_view views[QUOTH_MAX_STRETCH + 2 * QUOTH_STRETCH_PADDING];

	memset(&t->memory, 0, sizeof t->memory);
	for (uint32_t s = 0; s < a->doc.n_sentences; s++) {
		struct quoth_range tokens = a->doc.sentences[s].tokens;
		uint32_t n = quoth_range_length(tokens);

		if (n > QUOTH_MAX_STRETCH)
			continue;
		quoth_word_views(&t->model.words, &a->doc, tokens.begin, n, views);
		learn(t, a, views, tokens.begin, n);
	}
}

static bool is_wanted(const struct tag_training *t, const struct quoth_annotated *a, uint32_t number, learn_stretch *learn)
{
	return number % N_FOLDS != t->held_out && (learn == learn_tags ? a->labels[0] : a->names[0]) != QUOTH_NO_ANNOTATION;
}

static int run_epochs(struct quoth_trainer *trainer, struct tag_training *t, const char *what, learn_stretch *learn,
		      unsigned n_epochs)
{
	struct quoth_random random = quoth_random_new(trainer->seed);

	for (unsigned epoch = 0; epoch < n_epochs; epoch++) {
		double start = quoth_trainer_clock();
		uint32_t n, *order = quoth_corpus_order(&trainer->train, learn == learn_tags ? 2 : 3, &random, &n);

		if (!order)
			return QUOTH_NO_MEMORY;
		t->n_seen = t->n_wrong = 0;
		for (uint32_t i = 0; i < n; i++)
			if (is_wanted(t, trainer->train.docs + order[i], order[i], learn))
				learn_document(t, trainer->train.docs + order[i], learn);
		free(order);
		quoth_trainer_say(trainer, "%s: epoch %u, %.2f %% wrong, %.1f s", what, epoch + 1,
				  100.0 * (double)t->n_wrong / (double)(t->n_seen + !t->n_seen), quoth_trainer_clock() - start);
	}
	return 0;
}

static int train_model(struct quoth_trainer *trainer, const char *name, unsigned bits, uint16_t n_labels, learn_stretch *learn,
		       unsigned n_epochs, double clip, struct quoth_report *report)
{
	const struct quoth_table *words = quoth_trainer_find(trainer, "words"), *clusters = quoth_trainer_find(trainer, "clusters");
	const struct quoth_table *tags = quoth_trainer_find(trainer, "tag");
	struct tag_training *t = calloc(1, sizeof *t);
	struct quoth_table table;
	int error = QUOTH_NO_MEMORY;

	if (!t || !words || !clusters || (learn == learn_names && !tags)) {
		free(t);
		return quoth_report_set(report, QUOTH_BAD_USAGE, name, "needs the words and tag tables first");
	}
	t->model.words.words = quoth_table_words(words);
	t->model.words.clusters = clusters->bytes;
	if (tags)
		t->model.tags = quoth_table_weights(tags);
	t->held_out = NO_FOLD;
	t->learner = quoth_learner_new(bits, n_labels);
	if (t->learner)
		error = run_epochs(trainer, t, name, learn, n_epochs);
	if (!error)
		error = quoth_learner_quantise(t->learner, 1, clip, name, "averaged perceptron", &table);
	if (!error)
		error = quoth_trainer_set_table(trainer, &table);
	quoth_learner_free(t->learner);
	free(t);
	return error ? quoth_report_set(report, error, name, "%s", quoth_error_words(error)) : 0;
}

int quoth_train_tag(struct quoth_trainer *trainer, struct quoth_report *report)
{
	return train_model(trainer, "tag", TAG_BITS, QUOTH_N_TAG_LABELS, learn_tags, TAG_EPOCHS, tag_clip, report);
}

int quoth_train_names(struct quoth_trainer *trainer, struct quoth_report *report)
{
	return train_model(trainer, "name", NAME_BITS, QUOTH_N_NAME_CLASSES, learn_names, NAME_EPOCHS, name_clip, report);
}

/* Tags the documents of a fold by what the other folds teach. */
static int tag_fold(struct quoth_trainer *trainer, struct tag_training *t)
{
	struct quoth_table table;
	int error;

	t->learner = quoth_learner_new(TAG_BITS, QUOTH_N_TAG_LABELS);
	if (!t->learner)
		return QUOTH_NO_MEMORY;
	error = run_epochs(trainer, t, "tag, fold", learn_tags, FOLD_EPOCHS);
	if (!error)
		error = quoth_learner_quantise(t->learner, 1, tag_clip, "tag", "", &table);
	quoth_learner_free(t->learner);
	if (error)
		return error;
	t->model.tags = quoth_table_weights(&table);
	for (uint32_t d = t->held_out; d < trainer->train.n_docs; d += N_FOLDS)
		quoth_tag_document(&t->model, &trainer->train.docs[d].doc, quoth_corpus_domain(trainer->train.docs[d].source));
	free((void *)table.bytes);
	return 0;
}

int quoth_trainer_tag_by_folds(struct quoth_trainer *trainer, const struct quoth_tag_model *tagger)
{
	struct tag_training *t = calloc(1, sizeof *t);
	int error = t ? 0 : QUOTH_NO_MEMORY;

	for (unsigned fold = 0; fold < N_FOLDS && !error; fold++) {
		t->model = *tagger;
		t->held_out = fold;
		error = tag_fold(trainer, t);
	}
	free(t);
	return error;
}
