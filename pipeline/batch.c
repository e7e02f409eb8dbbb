#include "pipeline/batch.h"

#include <stdlib.h>

struct quoth_batch *quoth_batch_new(void)
{
	struct quoth_batch *batch = malloc(sizeof *batch);

	if (!batch)
		return NULL;
	batch->input = batch->output = batch->failures = (struct quoth_buffer){0};
	batch->n_records = 0;
	batch->number = 0;
	batch->counts = (struct quoth_counts){0};
	batch->next = NULL;
	return batch;
}

void quoth_batch_free(struct quoth_batch *batch)
{
	if (!batch)
		return;
	quoth_buffer_free(&batch->input);
	quoth_buffer_free(&batch->output);
	quoth_buffer_free(&batch->failures);
	free(batch);
}

void quoth_batch_clear(struct quoth_batch *batch)
{
	quoth_buffer_clear(&batch->input, QUOTH_BATCH_KEEP);
	quoth_buffer_clear(&batch->output, QUOTH_BATCH_KEEP);
	quoth_buffer_clear(&batch->failures, QUOTH_BATCH_KEEP);
	batch->n_records = 0;
	batch->counts = (struct quoth_counts){0};
	batch->next = NULL;
}

static void put_failure(struct quoth_buffer *failures, const char *id, const struct quoth_report *report)
{
	quoth_buffer_put(failures, id, strlen(id) + 1);
	quoth_buffer_put(failures, report->where, strlen(report->where) + 1);
	quoth_buffer_put(failures, report->what, strlen(report->what) + 1);
}

void quoth_batch_fail(struct quoth_batch *batch, struct quoth_record *record, int error, const char *id,
		      const struct quoth_report *report)
{
	bool had_failed = batch->failures.has_failed;

	record->error = error;
	record->failure = batch->failures.size;
	put_failure(&batch->failures, id, report);
	if (batch->failures.has_failed && !had_failed) {	/* memory may be there a moment later */
		batch->failures.has_failed = false;
		batch->failures.size = record->failure;
		put_failure(&batch->failures, id, report);
	}
}
