#include "config.h"

#include "pipeline/position.h"

#include "stages/checksum.h"

#include <string.h>

uint64_t quoth_position_hash(uint64_t hash, const char *path, const struct stat *status)
{
	int64_t numbers[3] = {-1, 0, 0};

	if (status) {
		numbers[0] = (int64_t)status->st_size;
		numbers[1] = (int64_t)status->st_mtim.tv_sec;
		numbers[2] = (int64_t)status->st_mtim.tv_nsec;
	}
	return quoth_hash_add(quoth_hash_add(hash, path, strlen(path) + 1), numbers, sizeof numbers);
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
