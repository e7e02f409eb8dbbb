/* process: one record through decoding, the stages and the writer, as a worker does it.
 *
 * A failure is one document's: it is noted as an error line and what the document had written already is taken back.
 */
#ifndef QUOTH_PROCESS_H
#define QUOTH_PROCESS_H

#include "pipeline/batch.h"
#include "pipeline/reader.h"
#include "pipeline/writer.h"

/* What all workers share; read-only while they run. */
struct quoth_processing {
	const struct quoth_resources *resources;
	const struct quoth_reading *reading;
	const struct quoth_writer *writer;
	struct quoth_writing writing;
};

/* Makes the rows of all records of a batch; arena is the worker's own, reset after each document. */
void quoth_process_batch(const struct quoth_processing *processing, struct quoth_arena *arena, struct quoth_batch *batch);

#endif
