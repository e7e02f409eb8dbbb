/* packing: how names and first bytes tell that a file is compressed or an archive. Nothing is unpacked here. */
#ifndef QUOTH_PACKING_H
#define QUOTH_PACKING_H

#include <stdbool.h>
#include <stddef.h>

enum quoth_packing {
	QUOTH_NOT_PACKED,
	QUOTH_GZIP,
	QUOTH_COMPRESSED,	/* xz, zstd, bzip2: one stream of bytes, as gzip is */
	QUOTH_ARCHIVE,		/* tar, zip: members with names */
};

/* By the first bytes of a stream: the magic numbers of RFC 1952 and 8878, of xz, bzip2, POSIX tar and zip. */
enum quoth_packing quoth_packing_of_bytes(const char *head, size_t size);

/* Bytes of the ending ".gz", ".zst", ".xz" or ".bz2" of a name (any case), 0 if it has none: "feed.jsonl.gz" is JSON lines. */
size_t quoth_packing_ending(const char *name);

/* Whether a name is an archive's: ".tar", ".tar.gz", ".tgz", ".zip", … */
bool quoth_packing_is_archive_name(const char *name);

#endif
