/* train: what the trainer's parts share.
 *
 * Each part (train_words.c, train_tag.c, …) learns one model from the corpus and adds its tables. Parts run in the order
 * of quoth_train.c, since the later read what the earlier write: the tagger's words, the parser's tags.
 */
#ifndef QUOTH_TRAIN_H
#define QUOTH_TRAIN_H

#include "pipeline/train_corpus.h"
#include "pipeline/train_learner.h"
#include "stages/model.h"
#include "stages/tag_features.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { QUOTH_MAX_FOLDERS = 64, QUOTH_MAX_MODEL_TABLES = 64 };

struct quoth_trainer {
	const char *folders[QUOTH_MAX_FOLDERS];	/* --data */
	size_t n_folders;
	struct quoth_corpus train, dev;		/* dev is only measured on */
	const char *weighings_path;		/* --weighings: where the part resolve writes its list */
	uint64_t seed;
	bool shows_progress;
	struct quoth_model *base;		/* --base, owns the tables that came from it; NULL */
	struct quoth_table tables[QUOTH_MAX_MODEL_TABLES];
	bool is_owned[QUOTH_MAX_MODEL_TABLES];	/* bytes were allocated here */
	size_t n_tables;
};

/* Adds a table, or puts it in the place of the one of that name; the trainer frees table->bytes. */
int quoth_trainer_set_table(struct quoth_trainer *trainer, const struct quoth_table *table);
const struct quoth_table *quoth_trainer_find(const struct quoth_trainer *trainer, const char *name);

/* A table of words in the making: room for n of them, with a quarter of the slots free, *n_slots a power of two; NULL without
 * memory. The caller frees it, or the trainer once it is a table's bytes. */
struct quoth_word_slot *quoth_word_slots_new(uint32_t n, uint32_t *n_slots);
void quoth_word_slots_add(struct quoth_word_slot *slots, uint32_t n_slots, uint32_t form, uint32_t value);

/* A line on standard error where the user asked for progress. */
void quoth_trainer_say(const struct quoth_trainer *trainer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The documents of an epoch in random order, each of a treebank `treebank_copies` times (they are the smaller and the
 * better part), silver ones once; *n gets their number. The caller frees it; NULL without memory. */
uint32_t *quoth_corpus_order(const struct quoth_corpus *corpus, uint32_t treebank_copies, struct quoth_random *random,
			     uint32_t *n);

/* What the taggers are told of a document's text. */
enum quoth_domain quoth_corpus_domain(uint8_t source);

/* Tags the training documents as well, or as badly, as new text will be tagged: each by a tagger that has not learned from
 * it. The name tagger is tagger's. 0 or QUOTH_NO_MEMORY. */
struct quoth_tag_model;
int quoth_trainer_tag_by_folds(struct quoth_trainer *trainer, const struct quoth_tag_model *tagger);

/* The parts: 0, or an error with its report. */
int quoth_train_words(struct quoth_trainer *trainer, struct quoth_report *report);
int quoth_train_tag(struct quoth_trainer *trainer, struct quoth_report *report);
int quoth_train_names(struct quoth_trainer *trainer, struct quoth_report *report);
int quoth_train_parse(struct quoth_trainer *trainer, struct quoth_report *report);
int quoth_train_attribute(struct quoth_trainer *trainer, struct quoth_report *report);
int quoth_train_checkworthy(struct quoth_trainer *trainer, struct quoth_report *report);
int quoth_train_resolve(struct quoth_trainer *trainer, struct quoth_report *report);

/* Seconds since some moment: of the clock on the wall, and those that this process worked. */
double quoth_trainer_clock(void);
double quoth_trainer_work_clock(void);

#endif
