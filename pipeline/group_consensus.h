/* group_consensus: what most rows of a group say, word by word.
 *
 * Where no date tells which quote was first, the one that stands for a group is the one nearest to the others: each word counts for it by how many
 * more rows have the word than have not. What was altered in a few is held against these; what a cut one lacks does not count for it.
 * Words are counted by a hash of 16 bits, so that memory does not grow with the group. */
#ifndef QUOTH_GROUP_CONSENSUS_H
#define QUOTH_GROUP_CONSENSUS_H

#include "pipeline/group_words.h"

enum { QUOTH_CONSENSUS_PLACES = 1 << 16 };

/* Zeroed at start. */
struct quoth_consensus {
	uint64_t n_rows;
	uint32_t n_texts;
	struct { uint32_t n_rows, text; } places[QUOTH_CONSENSUS_PLACES];	/* text: the last that was counted or weighed there */
};

/* Counts a wording that so many rows have. */
void quoth_consensus_add(struct quoth_consensus *consensus, const struct quoth_group_words *words, uint32_t n_rows);

/* How near a wording is to what was counted: more is nearer; of equal ones, that with more words inside quotation marks. */
int64_t quoth_consensus_weigh(struct quoth_consensus *consensus, const struct quoth_group_words *words);

/* Forgets a wording's words; when this was done for all that were added, and n_rows is 0, the struct is as at the start. */
void quoth_consensus_remove(struct quoth_consensus *consensus, const struct quoth_group_words *words);

#endif
