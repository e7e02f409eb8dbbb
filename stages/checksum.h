/* checksum: 64 bits over large tables, to see that a file is as it was written. Against accidents, not against attackers. */
#ifndef QUOTH_CHECKSUM_H
#define QUOTH_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

enum { QUOTH_CHECKSUM_STRIPE = 32 };

struct quoth_checksum {
	uint64_t lanes[4];
	unsigned char rest[QUOTH_CHECKSUM_STRIPE];	/* bytes that do not fill a stripe yet */
	size_t n_rest;
};

#define QUOTH_CHECKSUM_START {.lanes = {1, 2, 3, 4}}

/* Adds bytes; in how many pieces they come makes no difference. */
void quoth_checksum_add(struct quoth_checksum *sum, const void *bytes, size_t size);

/* The checksum of all that was added; a last stripe that is not full counts as if zeros followed. Called once. */
uint64_t quoth_checksum_finish(struct quoth_checksum *sum);

#endif
