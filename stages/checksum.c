#include "stages/checksum.h"

#include <string.h>

/* Four independent multiply-xor lanes over 32-byte stripes keep the multiplier busy. */
void quoth_checksum_add(struct quoth_checksum *sum, const void *bytes, size_t size)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < size; i += 32) {
		for (int lane = 0; lane < 4; lane++) {
			uint64_t word;

			memcpy(&word, p + i + lane * 8, sizeof word);
			sum->lanes[lane] = (sum->lanes[lane] ^ word) * 0x9FB21C651E98DF25u;
			sum->lanes[lane] ^= sum->lanes[lane] >> 29;
		}
	}
}

uint64_t quoth_checksum_finish(const struct quoth_checksum *sum)
{
	uint64_t hash = 0;

	for (int lane = 0; lane < 4; lane++) {
		hash = (hash ^ sum->lanes[lane]) * 0xD6E8FEB86659FD93u;
		hash ^= hash >> 32;
	}
	return hash;
}
