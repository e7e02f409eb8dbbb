/* checksum: 64 bits over large tables, to see that a file is as it was written. Against accidents, not against attackers. */
#ifndef QUOTH_CHECKSUM_H
#define QUOTH_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

struct quoth_checksum {
	uint64_t lanes[4];
};

#define QUOTH_CHECKSUM_START {{1, 2, 3, 4}}

/* Adds bytes; size is a multiple of 32. */
void quoth_checksum_add(struct quoth_checksum *sum, const void *bytes, size_t size);

uint64_t quoth_checksum_finish(const struct quoth_checksum *sum);

#endif
