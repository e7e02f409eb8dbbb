#include "config.h"

#include "pipeline/collect.h"

#include "pipeline/reserve.h"
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

/* Ends the lending of the reserve. Where it was needed, neither what was found is relied on nor what the file still holds: QUOTH_NO_MEMORY. */
static int check_memory(struct quoth_collector *collector, int found, struct quoth_report *report)
{
	if (!quoth_reserve_end())
		return found;
	quoth_report_set(report, QUOTH_NO_MEMORY, collector->container.file.path, "out of memory; the rest of the file is not read");
	if (collector->is_open)
		close_stream(collector);
	quoth_container_close(&collector->container);
	collector->is_inside = false;
	return QUOTH_NO_MEMORY;
}

/* ---- going from file to file ---- */

/* Counts a file, or a path that could not be entered. QUOTH_CHANGED where an earlier run came by others before here. */
static int count_file(struct quoth_collector *collector, const char *path, const struct stat *status)
{
	struct quoth_position *position = &collector->position;

	collector->file_begin += collector->file_size;
	collector->file_size = status && S_ISREG(status->st_mode) ? (uint64_t)status->st_size : 0;
	position->n_files++;
	position->n_outcomes = 0;
	position->files_hash = quoth_position_hash(position->files_hash, path, status);
	if (position->n_files != collector->resumed.n_files || position->files_hash == collector->resumed.files_hash)
		return 0;
	return quoth_report_set(&collector->report, QUOTH_CHANGED, path,
				"the input up to here is not what the earlier run read: a file was changed, added or removed");
}

/* Whether no record of the file entered last can be wanted, so that it need not be opened. */
static bool is_passed_over(const struct quoth_collector *collector)
{
	return collector->position.n_files < collector->resumed.n_files ||
	       (collector->file_size && collector->part.end &&
		collector->file_begin + collector->file_size <= collector->part.begin);
}

/* Enters the next file. 0, also where it can be passed over and at the end, or an error with the report. */
static int enter_next(struct quoth_collector *collector, struct quoth_report *report)
{
	struct stat status;
	const char *path;
	int found = quoth_inputs_next(collector->inputs, &path, report), error;
	bool has_status = found > 0 && strcmp(path, "-") && stat(path, &status) == 0;

	if (!found || (collector->part.end && collector->file_begin + collector->file_size >= collector->part.end &&
		       collector->part.end != UINT64_MAX)) {
		collector->is_done = true;
		return 0;
	}
	error = count_file(collector, found > 0 ? path : report->where, has_status ? &status : NULL);
	if (error || found < 0)
		return error ? error : found;
	if (is_passed_over(collector))
		return 0;
	quoth_reserve_lend();
	error = quoth_container_open(&collector->container, path, report);
	collector->is_inside = !error;
	collector->status = has_status ? status : (struct stat){0};
	return check_memory(collector, error, report);
}

/* Leaves a file that was read to its end: no error, or that it is no longer what it was. */
static int leave_file(struct quoth_collector *collector, struct quoth_report *report)
{
	const struct quoth_stream *file = &collector->container.file;
	const struct stat *before = &collector->status;
	struct stat now;
	int error = 0;

	if (file->file_size && fstat(file->descriptor, &now) == 0 && before->st_ino == now.st_ino &&
	    (before->st_size != now.st_size || before->st_mtim.tv_sec != now.st_mtim.tv_sec ||
	     before->st_mtim.tv_nsec != now.st_mtim.tv_nsec))
		error = quoth_report_set(report, QUOTH_IO, file->path, "was changed while it was read");
	quoth_container_close(&collector->container);
	collector->is_inside = false;
	return error;
}

static int open_stream(struct quoth_collector *collector, struct quoth_report *report)
{
	struct quoth_stream *stream;
	int found = quoth_container_next(&collector->container, &stream, report), error;

	if (found <= 0)
		return found ? found : leave_file(collector, report);
	error = quoth_reader_open(&collector->reader, stream, collector->reading, report);
	collector->is_open = true;
	if (error)
		close_stream(collector);
	return error;
}

/* Opens the next stream of the file. 0, also where it has no more, or an error with the report. */
static int open_next(struct quoth_collector *collector, struct quoth_report *report)
{
	quoth_reserve_lend();
	return check_memory(collector, open_stream(collector, report), report);
}

/* ---- records ---- */

/* Adds the next record of the open file. 1, 0 at its end, or an error with the report. */
static int cut_record(struct quoth_collector *collector, struct quoth_batch *batch, struct quoth_report *report)
{
	struct quoth_reader *reader = &collector->reader;
	size_t before = batch->input.size, size;
	int found;

	quoth_reserve_lend();
	found = check_memory(collector, reader->format->cut(reader, &batch->input, report), report);
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

/* A stream that was opened for its name alone, out of a folder or an archive, and is something else is left out as one of another name is.
 * Where the user named it or its format, it is bad input. */
static int leave_out(struct quoth_collector *collector, const struct quoth_report *report)
{
	const char *path = collector->reader.stream->path;
	bool is_found = quoth_inputs_is_walking(collector->inputs) || strcmp(path, collector->container.file.path);

	close_stream(collector);
	if (collector->reading->format || !is_found)
		return QUOTH_BAD_INPUT;
	if (!collector->n_foreign++)
		quoth_report_set(&collector->foreign, QUOTH_FOREIGN, path, "%s", report->what);
	return 0;
}

/* Where the next record will stand in the input. */
static uint64_t find_place(const struct quoth_collector *collector)
{
	if (!collector->is_inside || !quoth_container_is_plain(&collector->container))
		return collector->file_begin;
	return collector->file_begin + quoth_stream_place(&collector->container.file);
}

/* Whether a record or failure is this run's: not another shard's, not written by an earlier run. */
static bool is_wanted(struct quoth_collector *collector, uint64_t place)
{
	struct quoth_position *position = &collector->position;

	position->n_outcomes++;
	if (position->n_files < collector->resumed.n_files ||
	    (position->n_files == collector->resumed.n_files && position->n_outcomes <= collector->resumed.n_outcomes))
		return false;
	return quoth_part_holds(&collector->part, place);
}

/* Whether all that comes is another shard's. */
static bool is_beyond(const struct quoth_collector *collector, uint64_t place)
{
	return collector->part.end && collector->is_inside && quoth_container_is_plain(&collector->container) &&
	       place >= collector->part.end;
}

/* One step on: into a file, into a stream, or over a record. 1 with a record added, 0 without, or an error. */
static int take_step(struct quoth_collector *collector, struct quoth_batch *batch, struct quoth_report *report)
{
	int found;

	if (!collector->is_inside)
		return enter_next(collector, report);
	if (!collector->is_open)
		return open_next(collector, report);
	found = cut_record(collector, batch, report);
	if (found == QUOTH_FOREIGN)
		return leave_out(collector, report);
	if (collector->is_open && found <= 0 && found != QUOTH_TOO_LARGE && found != QUOTH_BAD_INPUT)
		close_stream(collector);
	return found;
}

/* Whether a fault ends the run. Where an earlier one ended at the same place, trying again has not helped. */
static bool stops_here(const struct quoth_collector *collector, const struct quoth_position *before)
{
	return collector->stops_at_faults && (before->n_files != collector->resumed.n_files ||
					      before->n_outcomes != collector->resumed.n_outcomes || !before->n_files);
}

/* Takes a step, and a record or failure that is this run's into the batch. 0, QUOTH_STOPPED, QUOTH_CHANGED or QUOTH_FAULT. */
static int collect_step(struct quoth_collector *collector, struct quoth_batch *batch)
{
	struct quoth_position before_step = collector->position;
	size_t before = batch->input.size;
	uint64_t place = find_place(collector);
	bool was_inside = collector->is_inside;
	struct quoth_report report;
	int found;

	collector->is_done = is_beyond(collector, place);
	found = collector->is_done ? 0 : take_step(collector, batch, &report);
	if (found == QUOTH_STOPPED || found == QUOTH_CHANGED)
		return found;
	if ((found == QUOTH_FAULT || found == QUOTH_NO_MEMORY) && stops_here(collector, &before_step)) {
		collector->report = report;
		collector->position = before_step;
		return QUOTH_FAULT;
	}
	if (found < 0) {
		batch->input.has_failed = false;
		add_failure(batch, found, &report);
	}
	if (found && !is_wanted(collector, was_inside ? place : collector->file_begin)) {
		batch->n_records--;
		batch->input.size = before;
	}
	return quoth_signals_stop() ? QUOTH_STOPPED : 0;
}

int quoth_collect_batch(struct quoth_collector *collector, struct quoth_batch *batch)
{
	int error = 0;

	batch->number = collector->n_batches;
	while (!error && !collector->is_done && batch->n_records < QUOTH_BATCH_RECORDS && batch->input.size < QUOTH_BATCH_BYTES)
		error = collect_step(collector, batch);
	batch->position = collector->position;
	batch->place = collector->file_begin +
		       (collector->is_inside ? quoth_container_place(&collector->container) : collector->file_size);
	collector->n_batches += batch->n_records > 0;
	return error ? error : batch->n_records > 0;
}

void quoth_collector_close(struct quoth_collector *collector)
{
	if (collector->is_open)
		close_stream(collector);
	quoth_container_close(&collector->container);
	quoth_container_free(&collector->container);
}
