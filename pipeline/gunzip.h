/* gunzip: what a gzip stream unpacks to (RFC 1952), members one behind the other as one. */
#ifndef QUOTH_GUNZIP_H
#define QUOTH_GUNZIP_H

#include "pipeline/stream.h"

#include <zlib.h>

struct quoth_gunzip {
	z_stream zlib;
	struct quoth_stream *packed;
	uint64_t n_packed, n_unpacked;
	bool is_open, is_in_member;
	int error;			/* what the next read returns: bytes before the fault go out first */
	struct quoth_report fault;
};

/* Starts on an open stream of gzip bytes, which must outlive it. QUOTH_NO_MEMORY with the report. */
int quoth_gunzip_open(struct quoth_gunzip *gunzip, struct quoth_stream *packed, struct quoth_report *report);
void quoth_gunzip_close(struct quoth_gunzip *gunzip);

/* A quoth_stream_source; context is the struct quoth_gunzip. Bad data, a wrong checksum, an early end, garbage behind the
 * end, and far more bytes than any text would give are QUOTH_IO; what was right before them is given first. */
quoth_stream_source quoth_gunzip_read;

/* Whether so few bytes that unpack to so many are no text but meant to exhaust whoever unpacks them. */
bool quoth_is_packing_bomb(uint64_t n_packed, uint64_t n_unpacked);

#endif
