/* tag_features: what the tagger, the name tagger and the parser see of a word.
 *
 * Used by the stages and by the trainer alike, so that they cannot drift apart. The words table of a model ("words")
 * holds 32 bits for each form that the word lists or the training text know: cluster, tag set, and the bits below. A word
 * that is frequent in training and no name is its own feature; any other is seen as its cluster, else as its ending and
 * shape, so that a model of one year's news reads another's names.
 */
#ifndef QUOTH_TAG_FEATURES_H
#define QUOTH_TAG_FEATURES_H

#include "stages/document.h"
#include "stages/model.h"
#include "stages/tag_labels.h"

/* The value of a form in the words table. */
enum {
	QUOTH_WORD_CLUSTER_BITS = 10,	/* from bit 0: Brown cluster, 0 none */
	QUOTH_WORD_TAG_SET_BITS = 10,	/* from bit 10: set of tags that it takes, 0 unknown */
	QUOTH_WORD_LABEL_SHIFT = 20,	/* 6 bits: the label that it always has, plus 1; 0 where it depends */
};
#define QUOTH_WORD_IS_COMMON (1u << 26)
#define QUOTH_WORD_IS_FORENAME (1u << 27)
#define QUOTH_WORD_IS_SURNAME (1u << 28)
#define QUOTH_WORD_IS_PLACE (1u << 29)
#define QUOTH_WORD_IS_LISTED (1u << 31)		/* set in every value, so that none is 0 */

/* Prefixes of a cluster's path, each with a one in front, so that paths of other lengths differ. */
struct quoth_word_cluster {
	uint16_t prefix4, prefix6, prefix10;
	uint16_t reserved;
};

/* The models' common view of words. */
struct quoth_word_tables {
	struct quoth_words words;
	const struct quoth_word_cluster *clusters;	/* 1 << QUOTH_WORD_CLUSTER_BITS */
};

/* false if the model has no such tables. */
bool quoth_word_tables_find(const struct quoth_model *model, struct quoth_word_tables *tables);

/* Sentences are read in stretches of at most this many tokens. */
enum { QUOTH_MAX_STRETCH = 512, QUOTH_STRETCH_PADDING = 3 };

struct quoth_word_view {
	uint32_t word;		/* hash that stands for the word in features */
	uint32_t value;		/* of the words table */
	uint32_t suffix2, suffix3, prefix3;
	uint16_t cluster, tag_set;
	uint16_t prefix4, prefix6, prefix10;	/* of the cluster */
	uint8_t shape;		/* shape, digit, hyphen, abbreviation in one */
	uint8_t label;		/* the label, once known; QUOTH_N_TAG_LABELS beyond the stretch */
	uint8_t name;		/* name class, once known */
};

/* Views of the tokens of a stretch: views[QUOTH_STRETCH_PADDING + i] is of token first + i; before and after stand
 * QUOTH_STRETCH_PADDING views of no word. n <= QUOTH_MAX_STRETCH. */
void quoth_word_views(const struct quoth_word_tables *tables, const struct quoth_document *doc, uint32_t first, uint32_t n,
		      struct quoth_word_view *views);

/* Which text the weights should believe they read: training marks each text with its kind, the program reads news. */
enum quoth_domain { QUOTH_DOMAIN_NEWS, QUOTH_DOMAIN_TREEBANK };

enum { QUOTH_N_TAG_FEATURES = 32, QUOTH_N_NAME_FEATURES = 40 };

/* Features of the word at `at` (inside its padding) for its label, in two parts: those of the words alone, which can be had
 * ahead, and those of the two labels before. Both together are at most QUOTH_N_TAG_FEATURES. Return how many. */
size_t quoth_tag_word_features(const struct quoth_word_view *at, enum quoth_domain domain, uint32_t *features);
size_t quoth_tag_history_features(const struct quoth_word_view *at, enum quoth_domain domain, uint32_t *features);

static inline size_t quoth_tag_features(const struct quoth_word_view *at, enum quoth_domain domain, uint32_t *features)
{
	size_t n = quoth_tag_word_features(at, domain, features);

	return n + quoth_tag_history_features(at, domain, features + n);
}

/* A document's memory of names: what the last word of the same form was found to be. */
enum { QUOTH_NAME_MEMORY_SLOTS = 1024 };
struct quoth_name_memory {
	struct {
		uint32_t form;
		uint8_t name;	/* class plus 1, 0 free */
	} slots[QUOTH_NAME_MEMORY_SLOTS];
};

/* Whether the word at `at` can be part of a name at all. */
bool quoth_name_is_possible(const struct quoth_word_view *at);

/* Features for its name class; labels of the stretch are known, and the names of the words before. form: of the token;
 * memory may be empty but not NULL. */
size_t quoth_name_features(const struct quoth_word_view *at, uint32_t form, const struct quoth_name_memory *memory,
			   uint32_t *features);

void quoth_name_remember(struct quoth_name_memory *memory, uint32_t form, uint8_t name);

#endif
