#include "config.h"

#include "pipeline/position.h"

#include <string.h>

static uint64_t add_bytes(uint64_t hash, const void *bytes, size_t size)
{
	static const uint64_t prime = 0x100000001B3;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ ((const unsigned char *)bytes)[i]) * prime;
	return hash;
}

uint64_t quoth_position_hash(uint64_t hash, const char *path, const struct stat *status)
{
	int64_t numbers[3] = {-1, 0, 0};

	if (status) {
		numbers[0] = (int64_t)status->st_size;
		numbers[1] = (int64_t)status->st_mtim.tv_sec;
		numbers[2] = (int64_t)status->st_mtim.tv_nsec;
	}
	return add_bytes(add_bytes(hash, path, strlen(path) + 1), numbers, sizeof numbers);
}

/* k / n of the bytes, rounded down, without overflow. */
static uint64_t share(uint64_t bytes, unsigned k, unsigned n)
{
	return bytes / n * k + bytes % n * k / n;
}

struct quoth_part quoth_part_of(uint64_t bytes, unsigned k, unsigned n)
{
	return (struct quoth_part){share(bytes, k - 1, n), k == n ? UINT64_MAX : share(bytes, k, n)};
}
