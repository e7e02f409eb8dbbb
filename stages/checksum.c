#include "stages/checksum.h"

#include <string.h>

/* Four independent multiply-xor lanes over whole stripes keep the multiplier busy. */
static void add_stripes(uint64_t *lanes, const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i += QUOTH_CHECKSUM_STRIPE) {
		for (int lane = 0; lane < 4; lane++) {
			uint64_t word;

			memcpy(&word, bytes + i + lane * 8, sizeof word);
			lanes[lane] = (lanes[lane] ^ word) * 0x9FB21C651E98DF25u;
			lanes[lane] ^= lanes[lane] >> 29;
		}
	}
}

void quoth_checksum_add(struct quoth_checksum *sum, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;
	size_t n;

	if (sum->n_rest) {
		n = sizeof sum->rest - sum->n_rest;
		n = n < size ? n : size;
		memcpy(sum->rest + sum->n_rest, p, n);
		sum->n_rest += n;
		p += n;
		size -= n;
		if (sum->n_rest < sizeof sum->rest)
			return;
		add_stripes(sum->lanes, sum->rest, sizeof sum->rest);
	}
	sum->n_rest = size % sizeof sum->rest;
	add_stripes(sum->lanes, p, size - sum->n_rest);
	memcpy(sum->rest, p + size - sum->n_rest, sum->n_rest);
}

uint64_t quoth_checksum_finish(struct quoth_checksum *sum)
{
	uint64_t hash = 0;

	if (sum->n_rest) {
		memset(sum->rest + sum->n_rest, 0, sizeof sum->rest - sum->n_rest);
		add_stripes(sum->lanes, sum->rest, sizeof sum->rest);
	}
	for (int lane = 0; lane < 4; lane++) {
		hash = (hash ^ sum->lanes[lane]) * 0xD6E8FEB86659FD93u;
		hash ^= hash >> 32;
	}
	return hash;
}
