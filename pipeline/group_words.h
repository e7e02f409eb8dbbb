/* group_words: the words of a quote as quoth-group compares them.
 *
 * Case, accents, punctuation and quotation marks go; contractions are written out ("don't", "do not"); numbers are values ("5m",
 * "five million", "5,000,000"); a currency's sign stands behind its number as the word does. What a word is (a function word, a
 * negation, a number) is in corpus/lexicon/wordings.tsv; all others carry content.
 */
#ifndef QUOTH_GROUP_WORDS_H
#define QUOTH_GROUP_WORDS_H

#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What stands behind the first so many words of a quote is not compared. */
enum { QUOTH_MOST_GROUP_WORDS = 1000 };

enum quoth_group_class { QUOTH_CONTENT_WORD, QUOTH_FUNCTION_WORD, QUOTH_NEGATION_WORD, QUOTH_NUMBER_WORD };

struct quoth_group_word {
	uint64_t form;		/* a hash of what it is compared by: equal words have equal ones */
	uint32_t begin, end;	/* the bytes of the quote that it is read from; "not" of "don't" has its part of them */
	uint8_t class;
	bool is_quoted;		/* the speaker's own: inside quotation marks and in no brackets */
	bool is_cut_behind;	/* an ellipsis, a dash or the end of a sentence or clause stands behind it */
};

/* Whose words a quote is by its kind: all, those between marks, none. */
enum quoth_group_kind { QUOTH_GROUP_DIRECT, QUOTH_GROUP_MIXED, QUOTH_GROUP_INDIRECT };

struct quoth_group_words {
	uint32_t n;
	struct quoth_group_word words[QUOTH_MOST_GROUP_WORDS];
};

struct quoth_wordings;

/* The table of corpus/lexicon/wordings.tsv; NULL without memory. Read-only afterwards; freed by quoth_wordings_close, which takes
 * NULL. */
struct quoth_wordings *quoth_wordings_open(void);
void quoth_wordings_close(struct quoth_wordings *wordings);

/* The words of a quote of `size` bytes; bytes that are no UTF-8 part words. */
void quoth_group_words_read(const struct quoth_wordings *wordings, const char *quote, size_t size, enum quoth_group_kind kind,
			    struct quoth_group_words *words);

/* Small letters without accents of a word, at most capacity bytes of them; their number. Apostrophes are straight. */
size_t quoth_group_fold(const char *word, size_t size, char *into, size_t capacity);

#endif
