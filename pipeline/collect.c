#include "config.h"

#include "pipeline/collect.h"

#include "pipeline/signals.h"

#include <stdio.h>

/* The record's place, "path" or "path:line", goes into the batch. */
static void put_place(struct quoth_buffer *into, const char *path, uint64_t line)
{
	quoth_buffer_put_string(into, path);
	if (line) {
		quoth_buffer_put_byte(into, ':');
		quoth_buffer_put_number(into, line);
	}
	quoth_buffer_put_byte(into, '\0');
}

static void add_failure(struct quoth_batch *batch, int error, const struct quoth_report *report)
{
	struct quoth_record *record = &batch->records[batch->n_records++];

	*record = (struct quoth_record){0};
	quoth_batch_fail(batch, record, error, report->where, report);
}

static void close_stream(struct quoth_collector *collector)
{
	quoth_reader_close(&collector->reader);
	collector->is_open = false;
}

/* Enters the next file. 1, 0 at the end, or an error with the report. */
static int enter_next(struct quoth_collector *collector, struct quoth_report *report)
{
	const char *path;
	int error = quoth_inputs_next(collector->inputs, &path, report);

	if (error <= 0) {
		collector->is_done = !error;
		return error;
	}
	error = quoth_container_open(&collector->container, path, report);
	collector->is_inside = !error;
	return error ? error : 1;
}

/* Opens the next stream of the file. 1, 0 where it has no more, or an error with the report. */
static int open_next(struct quoth_collector *collector, struct quoth_report *report)
{
	struct quoth_stream *stream;
	int found = quoth_container_next(&collector->container, &stream, report);

	if (!found) {
		quoth_container_close(&collector->container);
		collector->is_inside = false;
	}
	if (found <= 0)
		return found;
	found = quoth_reader_open(&collector->reader, stream, collector->reading, report);
	collector->is_open = true;
	if (found)
		close_stream(collector);
	return found ? found : 1;
}

/* Adds the next record of the open file. 1, 0 at its end, or an error with the report. */
static int cut_record(struct quoth_collector *collector, struct quoth_batch *batch, struct quoth_report *report)
{
	struct quoth_reader *reader = &collector->reader;
	size_t before = batch->input.size, size;
	int found = reader->format->cut(reader, &batch->input, report);

	if (found <= 0) {
		batch->input.size = before;
		return found;
	}
	size = batch->input.size - before;
	batch->records[batch->n_records] = (struct quoth_record){
		.format = reader->format, .bytes = before, .size = size, .place = batch->input.size, .has_bytes = true,
	};
	put_place(&batch->input, reader->stream->path, reader->place);
	if (batch->input.has_failed) {
		batch->input.size = before;
		return quoth_report_set(report, QUOTH_NO_MEMORY, reader->stream->path, "out of memory");
	}
	batch->n_records++;
	return 1;
}

int quoth_collect_batch(struct quoth_collector *collector, struct quoth_batch *batch)
{
	struct quoth_report report;

	batch->number = collector->n_batches;
	while (!collector->is_done && batch->n_records < QUOTH_BATCH_RECORDS && batch->input.size < QUOTH_BATCH_BYTES) {
		bool was_open = collector->is_open;
		int found = was_open ? cut_record(collector, batch, &report) :
			    collector->is_inside ? open_next(collector, &report) : enter_next(collector, &report);

		if (found == QUOTH_STOPPED || quoth_signals_stop())
			return QUOTH_STOPPED;
		if (found < 0) {
			batch->input.has_failed = false;
			add_failure(batch, found, &report);
		}
		if (was_open && found <= 0 && found != QUOTH_TOO_LARGE && found != QUOTH_BAD_INPUT)
			close_stream(collector);
	}
	collector->n_batches += batch->n_records > 0;
	return batch->n_records > 0;
}

void quoth_collector_close(struct quoth_collector *collector)
{
	if (collector->is_open)
		close_stream(collector);
	quoth_container_close(&collector->container);
	quoth_container_free(&collector->container);
}
