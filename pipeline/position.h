/* position: how far into the input a run is, so that it can be cut into shards and gone on with.
 *
 * The input is the files of the walk, one behind the other; a record stands where its first byte does. In a file that is compressed or
 * an archive every record counts as standing at its first byte: only all of it can be read.
 */
#ifndef QUOTH_POSITION_H
#define QUOTH_POSITION_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct quoth_position {
	uint64_t n_files;	/* that were entered, and paths that could not be */
	uint64_t n_outcomes;	/* records and failures so far of the file entered last */
	uint64_t files_hash;	/* of the names, sizes and times of these files */
};

/* The part [begin, end) of the input's bytes that a shard reads; zeroed: all of it. The last one has what stands behind its
 * end too. */
struct quoth_part {
	uint64_t begin, end;
};

static inline bool quoth_part_holds(const struct quoth_part *part, uint64_t place)
{
	return !part->end || (place >= part->begin && place < part->end);
}

/* Adds a file, or a path that could not be entered (status NULL), to a hash of those before it (FNV-1a). */
uint64_t quoth_position_hash(uint64_t hash, const char *path, const struct stat *status);

/* Part k of n (from 1) of so many bytes. */
struct quoth_part quoth_part_of(uint64_t bytes, unsigned k, unsigned n);

#endif
