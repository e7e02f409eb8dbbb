#include "config.h"

#include "pipeline/program.h"

#include "pipeline/failures.h"
#include "pipeline/options.h"
#include "pipeline/output.h"
#include "pipeline/progress.h"
#include "pipeline/run.h"
#include "pipeline/signals.h"

#include <locale.h>
#include <stdio.h>
#include <unistd.h>

enum { ALL_READ = 0, SOME_FAILED = 1, NOTHING_DONE = 2 };

/* All that one run holds. */
struct program {
	struct quoth_options options;
	struct quoth_resources resources;
	struct quoth_output output;
	struct quoth_failures failures;
	struct quoth_progress progress;
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

static int open_all(struct program *program)
{
	const struct quoth_options *options = &program->options;
	struct quoth_report *report = &program->report;
	int error = quoth_output_open(&program->output, options->output, report);
	struct stat *status = &program->output_status;
	bool is_file;

	if (!error)
		error = quoth_failures_open(&program->failures, options->errors, report);
	if (!error)
		error = quoth_resources_open(&program->resources, options->model, report);
	if (error)
		return error;
	is_file = program->output.target ? stat(program->output.target, status) == 0 :
					   fstat(program->output.descriptor, status) == 0 && S_ISREG(status->st_mode);
	program->collector.reading = &options->reading;
	program->collector.container.takes_all_names = options->reading.format != NULL;
	program->collector.inputs = quoth_inputs_new(options->paths, options->n_paths, options->reading.format != NULL,
						     is_file ? status : NULL);
	if (!program->collector.inputs)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "", "out of memory");
	quoth_progress_begin(&program->progress, options);
	return 0;
}

static void close_all(struct program *program)
{
	quoth_collector_close(&program->collector);
	quoth_inputs_free(program->collector.inputs);
	quoth_resources_close(&program->resources);
	quoth_output_abandon(&program->output);
}

/* A batch is done: its rows go out, its failures are told. */
static int take_batch(void *context, struct quoth_batch *batch)
{
	struct program *program = context;
	uint64_t n_failed = 0;
	int error;

	for (unsigned i = 0; i < batch->n_records; i++)
		n_failed += batch->records[i].error != 0;
	if (n_failed)
		quoth_progress_clear(&program->progress);
	error = quoth_output_write(&program->output, batch->output.bytes, batch->output.size, &program->report);
	if (!error)
		error = quoth_failures_take(&program->failures, batch, &program->report);
	quoth_progress_add(&program->progress, batch->n_records, batch->input.size, n_failed);
	return error;
}

static int write_header(struct program *program)
{
	struct quoth_buffer header = {0};
	int error = 0;

	if (program->options.writer->header)
		program->options.writer->header(&header);
	if (header.size)
		error = quoth_output_write(&program->output, header.bytes, header.size, &program->report);
	quoth_buffer_free(&header);
	return error;
}

static void tell_what_was_left_out(const struct quoth_collector *collector)
{
	uint64_t n_members = collector->container.n_left_out;
	const char *first;
	size_t n = quoth_inputs_left_out(collector->inputs, &first);
	char what[128];

	if (n_members) {
		snprintf(what, sizeof what, "%llu members left out for their names, which are not articles' (--from=FORMAT takes all)",
			 (unsigned long long)n_members);
		quoth_message("in archives", what);
	}
	if (!n)
		return;
	snprintf(what, sizeof what, "left out for its name, which is not an article's (%zu such files; --from=FORMAT takes all)",
		 n);
	quoth_message(first, what);
}

/* A signal: what is written to a pipe or terminal ends with a whole row, a file of --output is not made. */
static int stop(struct program *program)
{
	int error = program->output.temporary ? 0 : quoth_output_finish(&program->output, &program->report);

	if (error)
		quoth_message(program->report.where, program->report.what);
	quoth_failures_finish(&program->failures, &program->report);
	quoth_message("stopped by a signal", program->options.output ? "the output file is not written" :
								      "rows of the documents read until then are written");
	return NOTHING_DONE;
}

static int run(struct program *program)
{
	const struct quoth_options *options = &program->options;
	struct quoth_processing processing = {
		.resources = &program->resources, .reading = &options->reading, .writer = options->writer,
		.writing = options->writing,
	};
	int error = write_header(program), failed;

	if (!error)
		error = quoth_run(&processing, &program->collector, options->jobs, take_batch, program);
	if (error == QUOTH_NO_MEMORY && !*program->report.what)
		quoth_report_set(&program->report, error, "", "out of memory");
	quoth_progress_end(&program->progress);
	if (error == QUOTH_STOPPED)
		return stop(program);
	if (!error)
		error = quoth_output_finish(&program->output, &program->report);
	if (error)
		quoth_message(program->report.where, program->report.what);
	tell_what_was_left_out(&program->collector);
	failed = program->failures.n_failed > 0;
	if (quoth_failures_finish(&program->failures, &program->report)) {
		quoth_message(program->report.where, program->report.what);
		return NOTHING_DONE;
	}
	return error ? NOTHING_DONE : failed ? SOME_FAILED : ALL_READ;
}

int quoth_program_run(int argc, char **argv)
{
	struct program program = {0};
	int error = quoth_options_read(&program.options, argc, argv, &program.report), status = ALL_READ;

	program.output.descriptor = -1;
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
