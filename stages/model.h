/* model: the one linear model that all learned stages share, and the file that holds their tables.
 *
 * A model file is a directory of named tables. Two kinds matter: weights (a row of small integers for each hashed
 * feature, a column for each label) and words (a hash table from a word's form to 32 bits about it). The file is used
 * where it lies, in the program's own image or mapped from disk: nothing is copied or parsed at start.
 *
 * Features are 32-bit hashes made by quoth_feature and quoth_feature_join, never strings. The top bits of the hash are
 * the number of the row; features that meet in a row share it, in training as later, so that the learner works around
 * them (Weinberger et al. 2009, "Feature hashing for large scale multitask learning"). Scoring is one vector add a
 * feature. Weights are learned by pipeline/train_learner.h.
 *
 * Cost    a feature of up to 64 labels touches one cache line; a score of n features takes about n cache reads, all
 *         independent of each other.
 */
#ifndef QUOTH_MODEL_H
#define QUOTH_MODEL_H

#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- features ---- */

/* A feature of one value: `kind` numbers the template (any small number, unique in a table), value is a form hash,
 * a tag, a distance… */
static inline uint32_t quoth_feature(uint32_t kind, uint32_t value)
{
	uint32_t x = (value + kind * 0x9E3779B1u) * 0x85EBCA77u;

	x ^= x >> 15;
	return x * 0xC2B2AE3Du;
}

/* A feature of one more value than `feature`; the order of joins matters. */
static inline uint32_t quoth_feature_join(uint32_t feature, uint32_t value)
{
	uint32_t x = ((feature ^ feature >> 16) * 0x27D4EB2Fu + value) * 0x85EBCA77u;

	x ^= x >> 15;
	return x * 0xC2B2AE3Du;
}

/* ---- weights ---- */

/* A table of weights as it lies in the file. The meaning of an integer w is w * scale. */
struct quoth_weights {
	const void *rows;	/* n_rows * width cells, on a 64-byte boundary */
	float scale;
	uint16_t n_labels;
	uint16_t width;		/* n_labels padded: 1, 2, 4, 8 or a multiple of 16; padding cells are 0 */
	uint8_t shift;		/* 32 - log2(n_rows) */
	uint8_t cell_bytes;	/* 1 or 2 */
};

enum {
	QUOTH_MAX_LABELS = 256,
	QUOTH_MAX_FEATURES = 256,	/* in one call; sums of 8-bit weights then fit 16 bits */
};

/* The width of a row of n_labels labels. */
uint16_t quoth_weights_width(uint16_t n_labels);

/* scores[0 .. width) = the sums of the rows of `features`. n is at most QUOTH_MAX_FEATURES; scores has room for width
 * cells. Multiply by weights->scale where scores of two tables meet or probabilities are wanted. */
void quoth_weights_score(const struct quoth_weights *weights, const uint32_t *features, size_t n, int32_t *scores);

/* The same for a table of one label (rankers, yes or no) and up to 65536 features: the sum, times scale. */
float quoth_weights_score_one(const struct quoth_weights *weights, const uint32_t *features, size_t n);

/* One feature's weight for a label, as scores have it, times scale. */
static inline float quoth_weights_cell(const struct quoth_weights *weights, uint32_t feature, unsigned label)
{
	size_t at = (size_t)(feature >> weights->shift) * weights->width + label;

	return weights->scale * (weights->cell_bytes == 1 ? (float)((const int8_t *)weights->rows)[at] :
							     (float)((const int16_t *)weights->rows)[at]);
}

/* Asks the cache for the rows of n features. */
static inline void quoth_weights_prefetch(const struct quoth_weights *weights, const uint32_t *features, size_t n)
{
	const char *rows = weights->rows;
	size_t row_bytes = (size_t)weights->width * weights->cell_bytes;
	unsigned shift = weights->shift;

#pragma GCC unroll 4
	for (size_t i = 0; i < n; i++)
		__builtin_prefetch(rows + (features[i] >> shift) * row_bytes);
}

/* The label of the highest score, the first of equals; n > 0. */
unsigned quoth_best_label(const int32_t *scores, unsigned n);

/* ---- words ---- */

/* A hash table from form hashes to 32 bits: open addressing, linear probing, a power of two of slots. */
struct quoth_words {
	const struct quoth_word_slot *slots;
	uint32_t mask;
};

struct quoth_word_slot {
	uint32_t form, value;	/* value 0: the slot is free */
};

/* The slot that the search for a form begins at. */
static inline uint32_t quoth_words_begin(uint32_t form, uint32_t mask)
{
	return form * 0x9E3779B1u >> 8 & mask;
}

/* The value of a form, 0 if it is not in the table. */
static inline uint32_t quoth_words_find(const struct quoth_words *words, uint32_t form)
{
	for (uint32_t i = quoth_words_begin(form, words->mask);; i = (i + 1) & words->mask)
		if (words->slots[i].value == 0 || words->slots[i].form == form)
			return words->slots[i].value;
}

/* ---- the file ---- */

enum quoth_table_kind {
	QUOTH_TABLE_BYTES = 1,	/* anything a stage lays out itself: arrays of numbers of fixed size */
	QUOTH_TABLE_WEIGHTS = 2,
	QUOTH_TABLE_WORDS = 3,
};

enum { QUOTH_MODEL_VERSION = 2, QUOTH_TABLE_NAME_BYTES = 32 };

/* A table, as read from a file or to be written into one. */
struct quoth_table {
	const char *name;	/* "tag", "parse.label": shorter than QUOTH_TABLE_NAME_BYTES */
	const char *about;	/* what it was learned from and how, for people; "" if nothing is known */
	const void *bytes;	/* size bytes, on a 64-byte boundary when read */
	uint64_t size;
	uint32_t kind;		/* enum quoth_table_kind */
	uint32_t n_rows;	/* of weights and words: a power of two; of bytes: as the stage likes */
	uint16_t n_labels;	/* of weights; else as the stage likes */
	uint16_t width;		/* of weights */
	uint8_t cell_bytes;	/* of weights */
	float scale;		/* of weights */
};

struct quoth_model;

/* Maps the model file at path. 0, QUOTH_IO or QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL where it is no model, was written on a
 * machine of the other byte order, is of a newer format, cut short, or altered (a checksum covers all of it). The report
 * says which. On success the caller closes it. */
int quoth_model_open(struct quoth_model **model, const char *path, struct quoth_report *report);

/* The same for `size` bytes in memory on an 8-byte boundary, which the caller keeps until the model is closed.
 * is_trusted skips the checksum (the program's own image, which the tests check), so that no page is touched before it is
 * needed. where names the bytes in the report. */
int quoth_model_from_bytes(struct quoth_model **model, const void *bytes, size_t size, bool is_trusted,
			   const char *where, struct quoth_report *report);

/* A model of n tables in memory, such as the trainer has just learned; names, bytes and words about them stay the
 * caller's. QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL for a table that no reader would take. */
int quoth_model_from_tables(struct quoth_model **model, const struct quoth_table *tables, size_t n,
			    struct quoth_report *report);

/* model may be NULL. */
void quoth_model_close(struct quoth_model *model);

/* The checksum in the file's header, which tells models apart; 0 without a model and for one made from tables. */
uint64_t quoth_model_checksum(const struct quoth_model *model);

/* The tables in the file's order; NULL beyond the last. */
const struct quoth_table *quoth_model_table(const struct quoth_model *model, size_t i);

/* The table of that name; NULL if there is none, or no model. */
const struct quoth_table *quoth_model_find(const struct quoth_model *model, const char *name);

/* A table of weights for n_labels labels; false if the model has none of that name and shape. */
bool quoth_model_weights(const struct quoth_model *model, const char *name, uint16_t n_labels,
			 struct quoth_weights *weights);

/* A table of words; false if the model has none of that name. */
bool quoth_model_words(const struct quoth_model *model, const char *name, struct quoth_words *words);

/* Views of one table, whatever holds it; the table must be of that kind. */
struct quoth_weights quoth_table_weights(const struct quoth_table *table);
struct quoth_words quoth_table_words(const struct quoth_table *table);

/* Writes a model file of n tables, whole or not at all (a temporary file beside it, synced, renamed). The same tables
 * give the same bytes. 0, QUOTH_IO, QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL for a table that no reader would take. */
int quoth_model_write(const char *path, const struct quoth_table *tables, size_t n, struct quoth_report *report);

#endif
