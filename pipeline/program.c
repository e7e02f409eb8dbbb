#include "config.h"

#include "pipeline/program.h"

#include "pipeline/database.h"
#include "pipeline/failures.h"
#include "pipeline/gazetteer_file.h"
#include "pipeline/journal.h"
#include "pipeline/options.h"
#include "pipeline/output.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/signals.h"
#include "stages/model.h"

#include <locale.h>
#include <stdio.h>
#include <unistd.h>

enum { ALL_READ = 0, SOME_FAILED = 1, NOTHING_DONE = 2 };

/* All that one run holds. */
struct program {
	struct quoth_options options;
	struct quoth_resources resources;
	struct quoth_gazetteer *gazetteer;	/* of resources; NULL without */
	struct quoth_gazetteer_problems problems;
	struct quoth_output output;
	struct quoth_database database;		/* what the output's file is, with --to=sqlite */
	struct quoth_failures failures;
	struct quoth_progress progress;
	struct quoth_journal journal;
	struct quoth_checkpoint checkpoint;	/* what stands of the run, with --resume */
	struct quoth_collector collector;
	struct stat output_status;
	struct quoth_report report;
};

/* Prints a text to standard output as results are, so that a full disk is noticed here too. */
static int print(struct program *program, void (*put)(struct quoth_buffer *))
{
	struct quoth_buffer text = {0};
	int error = quoth_output_open(&program->output, NULL, &program->report);

	put(&text);
	if (!error)
		error = quoth_output_write(&program->output, text.bytes, text.size, &program->report);
	if (!error)
		error = quoth_output_finish(&program->output, &program->report);
	quoth_buffer_free(&text);
	return error;
}

/* What shapes the output, as the journal notes it. */
static void put_settings(const struct program *program, struct quoth_buffer *into)
{
	char line[64];

	snprintf(line, sizeof line, "version \"" PACKAGE_VERSION "\"\nmodels \"%016llx\"\n",
		 (unsigned long long)quoth_model_checksum(program->resources.model));
	quoth_buffer_put_string(into, line);
	if (program->gazetteer) {
		snprintf(line, sizeof line, "gazetteer \"%016llx\"\n", (unsigned long long)program->gazetteer->checksum);
		quoth_buffer_put_string(into, line);
	}
	quoth_options_put_settings(&program->options, into);
}

/* The files of a run that keeps a journal: as an earlier run left them. */
static int open_resumed(struct program *program, struct quoth_report *report)
{
	const struct quoth_options *options = &program->options;
	struct quoth_checkpoint *checkpoint = &program->checkpoint;
	struct quoth_buffer settings = {0};
	struct stat status;
	int found, error;

	put_settings(program, &settings);
	found = quoth_journal_open(&program->journal, options->resume, &settings, checkpoint, report);
	quoth_buffer_free(&settings);
	if (found < 0)
		return found;
	error = quoth_output_open_partial(&program->output, options->output, checkpoint->output_size, report);
	if (error == QUOTH_CHANGED && checkpoint->is_complete && stat(options->output, &status) == 0 &&
	    (uint64_t)status.st_size == checkpoint->output_size)
		error = 0;	/* it has its name already */
	program->collector.stops_at_faults = true;
	if (!error && !found)
		return quoth_failures_open(&program->failures, options->errors, report);
	if (!error)
		error = quoth_failures_go_on(&program->failures, options->errors, checkpoint->errors_size,
					     checkpoint->n_failed, report);
	program->collector.resumed = checkpoint->position;
	return error;
}

/* Anything but a file that can get its name at the end is refused untouched. */
static int open_database(struct program *program, struct quoth_report *report)
{
	const char *path = program->options.output;
	struct stat status;
	int error;

	if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
		return quoth_report_set(report, QUOTH_IO, path, "is no regular file: a database needs one");
	error = quoth_output_open(&program->output, path, report);
	return error ? error : quoth_database_open(&program->database, path, program->output.temporary, report);
}

static int open_files(struct program *program, struct quoth_report *report)
{
	int error;

	if (program->options.resume)
		return open_resumed(program, report);
	if (program->options.writer->is_database)
		error = open_database(program, report);
	else
		error = quoth_output_open(&program->output, program->options.output, report);
	return error ? error : quoth_failures_open(&program->failures, program->options.errors, report);
}

static int open_all(struct program *program)
{
	const struct quoth_options *options = &program->options;
	struct quoth_report *report = &program->report;
	struct stat *status = &program->output_status;
	uint64_t total = 0;
	int error = quoth_resources_open(&program->resources, options->model, report);
	bool is_file;

	if (!error && options->gazetteer)
		error = quoth_gazetteer_open(&program->gazetteer, options->gazetteer, &program->problems, report);
	if (!error && program->gazetteer)
		error = quoth_resources_set_gazetteer(&program->resources, program->gazetteer, report);
	if (!error)
		error = open_files(program, report);
	if (error)
		return error;
	is_file = program->output.target ? stat(program->output.target, status) == 0 :
					   fstat(program->output.descriptor, status) == 0 && S_ISREG(status->st_mode);
	if (options->n_shards) {
		total = quoth_progress_measure(options, true);
		program->collector.part = quoth_part_of(total, options->shard, options->n_shards);
	}
	program->collector.reading = &options->reading;
	program->collector.container.takes_all_names = options->reading.format != NULL;
	program->collector.inputs = quoth_inputs_new(options->paths, options->n_paths, options->reading.format != NULL,
						     is_file ? status : NULL);
	if (!program->collector.inputs)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "", "out of memory");
	quoth_progress_begin(&program->progress, options, &program->collector.part, total);
	return 0;
}

static void close_all(struct program *program)
{
	quoth_collector_close(&program->collector);
	quoth_inputs_free(program->collector.inputs);
	quoth_resources_close(&program->resources);
	quoth_gazetteer_close(program->gazetteer);
	quoth_database_close(&program->database);
	quoth_output_abandon(&program->output);
	quoth_journal_close(&program->journal);
}

/* Notes in the journal what was taken so far, once it is safely on disk. */
static int put_checkpoint(struct program *program, bool is_complete)
{
	struct quoth_checkpoint *checkpoint = &program->checkpoint;
	struct timespec began;
	int error;

	clock_gettime(CLOCK_MONOTONIC, &began);
	error = quoth_output_sync(&program->output, &program->report);
	if (!error && program->failures.has_file)
		error = quoth_output_sync(&program->failures.file, &program->report);
	checkpoint->output_size = program->output.size;
	checkpoint->errors_size = program->failures.has_file ? program->failures.file.size : 0;
	checkpoint->n_failed = program->failures.n_failed;
	checkpoint->is_complete = is_complete;
	return error ? error : quoth_journal_write(&program->journal, checkpoint, &began, &program->report);
}

static int put_rows(struct program *program, const struct quoth_buffer *rows)
{
	if (program->options.writer->is_database)
		return quoth_database_write(&program->database, rows->bytes, rows->size, &program->report);
	return quoth_output_write(&program->output, rows->bytes, rows->size, &program->report);
}

/* A batch is done: its rows go out, its failures are told. */
static int take_batch(void *context, struct quoth_batch *batch)
{
	struct program *program = context;
	bool has_failures = false;
	int error;

	for (unsigned i = 0; i < batch->n_records; i++)
		has_failures |= batch->records[i].error != 0;
	if (has_failures)
		quoth_progress_clear(&program->progress);
	error = put_rows(program, &batch->output);
	if (!error)
		error = quoth_failures_take(&program->failures, batch, &program->report);
	quoth_progress_add(&program->progress, batch);
	program->checkpoint.position = batch->position;
	if (!error && program->options.resume && quoth_journal_is_due(&program->journal))
		error = put_checkpoint(program, false);
	return error;
}

/* Writes what a format has before its documents or behind them, if anything. */
static int write_around(struct program *program, void (*put)(struct quoth_buffer *))
{
	struct quoth_buffer text = {0};
	int error = 0;

	if (put)
		put(&text);
	if (text.has_failed)
		error = quoth_report_set(&program->report, QUOTH_NO_MEMORY, program->output.name, "out of memory");
	else if (text.size)
		error = quoth_output_write(&program->output, text.bytes, text.size, &program->report);
	quoth_buffer_free(&text);
	return error;
}

static void tell_what_was_left_out(const struct quoth_collector *collector)
{
	uint64_t n_members = collector->container.n_left_out;
	const char *first;
	size_t n = quoth_inputs_left_out(collector->inputs, &first);
	char what[128], words[320];

	if (n_members) {
		snprintf(what, sizeof what, "%llu members left out for their names, which are not articles' (--from=FORMAT takes all)",
			 (unsigned long long)n_members);
		quoth_message("in archives", what);
	}
	if (collector->n_foreign) {
		snprintf(words, sizeof words, "%s: left out (%llu such files)", collector->foreign.what,
			 (unsigned long long)collector->n_foreign);
		quoth_message(collector->foreign.where, words);
	}
	if (!n)
		return;
	snprintf(what, sizeof what, "left out for its name, which is not an article's (%zu such files; --from=FORMAT takes all)",
		 n);
	quoth_message(first, what);
}

static const char *words_for_stop(const struct quoth_options *options)
{
	if (options->resume)
		return "the same command goes on from here";
	return options->output ? "the output file is not written" : "rows of the documents read until then are written";
}

/* A signal: what is written to a pipe or terminal ends with a whole row, a file of --output is not made, a journal is kept. */
static int stop(struct program *program)
{
	int error = 0;

	if (program->options.resume) {
		error = put_checkpoint(program, false);
	} else if (!program->output.temporary) {
		error = write_around(program, program->options.writer->footer);
		error = error ? error : quoth_output_finish(&program->output, &program->report);
	}
	if (error)
		quoth_message(program->report.where, program->report.what);
	quoth_failures_finish(&program->failures, &program->report);
	quoth_message("stopped by a signal", words_for_stop(&program->options));
	return NOTHING_DONE;
}

/* The last checkpoint of a run that came to its end or stopped at a fault; that is then still what is to be told. */
static int finish_journal(struct program *program, int error)
{
	struct quoth_report fault = program->report;
	int failed = put_checkpoint(program, !error);

	if (!failed)
		program->report = fault;
	return failed ? failed : error;
}

static int run_all(struct program *program)
{
	const struct quoth_options *options = &program->options;
	struct quoth_processing processing = {
		.resources = &program->resources, .reading = &options->reading, .writer = options->writer,
		.writing = options->writing,
	};
	bool is_begun = program->checkpoint.output_size;
	int error = is_begun ? 0 : write_around(program, options->writer->header);

	if (!error)
		error = quoth_run(&processing, &program->collector, options->jobs, take_batch, program);
	if (!error)
		error = write_around(program, options->writer->footer);
	if (error == QUOTH_CHANGED || error == QUOTH_FAULT)
		program->report = program->collector.report;
	if (error == QUOTH_NO_MEMORY && !*program->report.what)
		quoth_report_set(&program->report, error, "", "out of memory");
	quoth_progress_end(&program->progress);
	if (options->resume && (!error || error == QUOTH_FAULT))
		error = finish_journal(program, error);
	return error;
}

static int finish_output(struct program *program)
{
	int error = 0;

	if (program->options.writer->is_database)
		error = quoth_database_finish(&program->database, &program->report);
	return error ? error : quoth_output_finish(&program->output, &program->report);
}

static int run(struct program *program)
{
	bool was_complete = program->checkpoint.is_complete;
	int error = was_complete ? 0 : run_all(program), failed;

	if (was_complete)
		quoth_message(program->options.resume, "the run was complete already; nothing is left to do");
	if (!error && program->output.descriptor >= 0)
		error = finish_output(program);
	if (error == QUOTH_STOPPED)
		return stop(program);
	if (error)
		quoth_message(program->report.where, program->report.what);
	tell_what_was_left_out(&program->collector);
	failed = program->failures.n_failed > 0 || program->problems.n > 0;
	if (quoth_failures_finish(&program->failures, &program->report)) {
		quoth_message(program->report.where, program->report.what);
		return NOTHING_DONE;
	}
	return error ? NOTHING_DONE : failed ? SOME_FAILED : ALL_READ;
}

int quoth_program_run(int argc, char **argv)
{
	struct program program = {.problems.tell = quoth_message};
	int error = quoth_options_read(&program.options, argc, argv, &program.report), status = ALL_READ;

	program.output.descriptor = program.journal.descriptor = -1;
	setlocale(LC_CTYPE, "C.UTF-8");	/* libarchive reads names in the letters of the locale: whatever the user's, all of them */
	quoth_signals_catch();
	if (!error && program.options.action == QUOTH_PRINT_HELP) {
		error = print(&program, quoth_options_put_help);
	} else if (!error && program.options.action == QUOTH_PRINT_VERSION) {
		error = print(&program, quoth_options_put_version);
	} else if (!error) {
		program.report = (struct quoth_report){0};
		error = open_all(&program);
		if (!error)
			status = run(&program);
	}
	if (error) {
		quoth_message(program.report.where, program.report.what);
		status = NOTHING_DONE;
	}
	close_all(&program);
	quoth_signals_raise();
	return status;
}
