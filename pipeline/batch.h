/* batch: documents that travel together.
 *
 * Small documents share a batch, so that handing them over costs nothing beside the work on them; a large one has its
 * own. The reader fills in records, a worker fills in output and outcomes, the writer prints them.
 */
#ifndef QUOTH_BATCH_H
#define QUOTH_BATCH_H

#include "pipeline/buffer.h"
#include "pipeline/position.h"
#include "pipeline/reader.h"

enum {
	QUOTH_BATCH_BYTES = 64 * 1024,	/* a batch is full from here on */
	QUOTH_BATCH_RECORDS = 256,
	QUOTH_BATCH_KEEP = 1024 * 1024	/* memory that each of its buffers keeps from one use to the next */
};

/* A record as it was cut, and what became of it. Offsets of bytes: into batch.input; of a failure: into batch.failures. */
struct quoth_record {
	const struct quoth_format *format;
	size_t bytes, size;
	size_t place;		/* "path" or "path:line", NUL-terminated */
	uint64_t id_hash;	/* of the document's id, where the record gave one; else 0 */
	size_t failure;		/* three NUL-terminated strings: doc, place, what is wrong */
	int error;		/* 0: its rows are in the output */
	bool has_bytes;		/* false: the reader itself failed here */
};

/* What was done, for progress and the summary. */
struct quoth_counts {
	uint64_t n_documents, n_words;
	uint64_t n_rows[QUOTH_N_KINDS];
	uint64_t n_failed[QUOTH_N_ERRORS];	/* by -error */
};

struct quoth_batch {
	uint64_t number;	/* 0, 1, …: the order of output */
	struct quoth_record records[QUOTH_BATCH_RECORDS];
	unsigned n_records;
	struct quoth_position position;	/* where reading stands behind its last record */
	uint64_t place;			/* the same in bytes of the files */
	struct quoth_counts counts;
	struct quoth_buffer input, output, failures;
	struct quoth_batch *next;
};

struct quoth_batch *quoth_batch_new(void);
void quoth_batch_free(struct quoth_batch *batch);

/* Empties it for its next use. */
void quoth_batch_clear(struct quoth_batch *batch);

/* Notes that a record failed. */
void quoth_batch_fail(struct quoth_batch *batch, struct quoth_record *record, int error, const char *id,
		      const struct quoth_report *report);

#endif
