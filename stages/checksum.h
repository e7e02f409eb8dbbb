/* checksum: 64 bits over large tables, to see that a file is as it was written, and a hash of short strings. Against accidents, not
 * against attackers. */
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

#define QUOTH_HASH_START UINT64_C(14695981039346656037)

/* FNV-1a: adds bytes to the hash of those before, QUOTH_HASH_START where there are none. */
static inline uint64_t quoth_hash_add(uint64_t hash, const void *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * UINT64_C(1099511628211);
	return hash;
}

#endif
