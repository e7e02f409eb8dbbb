/* container: from a path to the streams in it.
 *
 * A plain file is one stream; so is a compressed one (gzip, zstd, xz, bzip2), unpacked. An archive (tar, also compressed, or
 * zip) is read as a folder is: a stream for each member, named "archive/member", in the order of the archive; hidden names,
 * and names of no format, are left out and counted. zlib unpacks gzip, since it holds the data to their checksum; libarchive
 * does the rest. Nothing is written to disk, and memory does not grow with what is unpacked.
 */
#ifndef QUOTH_CONTAINER_H
#define QUOTH_CONTAINER_H

#include "pipeline/buffer.h"
#include "pipeline/gunzip.h"

struct archive;

/* Zeroed at start. */
struct quoth_container {
	struct quoth_stream file, unzipped, member;
	struct quoth_stream *outer;	/* the file, or what gzip unpacks from it */
	struct quoth_gunzip gunzip;
	struct archive *archive;	/* NULL: the outer stream is all there is */
	int outer_error;		/* of reading the outer stream, with its report: libarchive would call it a short file */
	struct quoth_report outer_report;
	struct quoth_buffer name;	/* of the member */
	bool takes_all_names;		/* set by the caller: members of any name are read */
	bool is_done;
	uint64_t n_left_out;		/* members, over all containers since the struct was zeroed */
};

/* Opens path, which must outlive the container. 0 or an error with the report. */
int quoth_container_open(struct quoth_container *container, const char *path, struct quoth_report *report);

/* The next stream, valid until the next call: 1 with *stream, 0 where there is none, or an error with the report, after
 * which it may be asked for the next. */
int quoth_container_next(struct quoth_container *container, struct quoth_stream **stream, struct quoth_report *report);

/* Whether the file is neither compressed nor an archive. */
static inline bool quoth_container_is_plain(const struct quoth_container *container)
{
	return !container->archive && container->outer == &container->file;
}

/* Bytes of the file that were read to get this far. */
uint64_t quoth_container_place(const struct quoth_container *container);

/* Closes; memory is kept for the next open until quoth_container_free. Harmless on a closed one. */
void quoth_container_close(struct quoth_container *container);
void quoth_container_free(struct quoth_container *container);

#endif
