/* gazetteer_action_extract: a table of a Wikidata dump. */
#include "config.h"

#include "pipeline/gazetteer_action.h"

#include "pipeline/extract_options.h"
#include "pipeline/stream.h"
#include "stages/embedded.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* A dump in which everything is broken must not flood a terminal; a list of all Wikidata's classes has a few MiB. */
enum { MAX_MESSAGES = 100, MAX_CLASSES_BYTES = 64 << 20 };

struct command {
	struct quoth_extract_options options;
	struct quoth_wikidata_classes classes;
	struct quoth_output output;
	struct quoth_report report;
	uint64_t n_messages;
	struct timespec start, last;	/* of progress, which is shown where it is asked for */
	bool is_on_terminal, has_line;
};

/* ---- telling ---- */

static void tell_of_dump(void *context, const struct quoth_report *report)
{
	struct command *command = context;

	if (command->has_line)
		fputs("\r\033[K", stderr);
	command->has_line = false;
	quoth_action_say(report->where, report->what);
}

static void tell_of_line(void *context, const struct quoth_report *report)
{
	struct command *command = context;

	if (command->n_messages++ < MAX_MESSAGES)
		tell_of_dump(context, report);
}

static void tell_of_rest(const struct command *command)
{
	char what[64];

	if (command->n_messages <= MAX_MESSAGES)
		return;
	snprintf(what, sizeof what, "%llu more such messages", (unsigned long long)(command->n_messages - MAX_MESSAGES));
	quoth_action_say(command->options.dump, what);
}

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) * 1e-9;
}

static void put_progress(struct command *command, const struct timespec *now)
{
	const struct quoth_extraction *done = &command->options.extraction;
	double seconds = seconds_between(&command->start, now), megabytes = (double)done->bytes_read / 1e6;
	char of[32] = "";

	if (done->total_bytes)
		snprintf(of, sizeof of, " of %llu", (unsigned long long)(done->total_bytes / 1000000));
	fprintf(stderr, "%squoth-gazetteer: %llu lines, %llu rows, %llu errors, %.0f%s MB, %.1f MB/s%s",
		command->is_on_terminal ? "\r" : "", (unsigned long long)done->n_lines, (unsigned long long)done->n_rows,
		(unsigned long long)done->n_failed, megabytes, of, seconds > 0 ? megabytes / seconds : 0,
		command->is_on_terminal ? "\033[K" : "\n");
	command->last = *now;
	command->has_line = command->is_on_terminal;
}

/* On a terminal a line that is written over, in a log a line a minute. */
static void show_progress(void *context)
{
	struct command *command = context;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (seconds_between(&command->last, &now) >= (command->is_on_terminal ? 0.2 : 60))
		put_progress(command, &now);
}

static void begin_progress(struct command *command)
{
	clock_gettime(CLOCK_MONOTONIC, &command->start);
	command->last = command->start;
	command->is_on_terminal = isatty(STDERR_FILENO);
	if (command->options.shows_progress)
		command->options.extraction.show_progress = show_progress;
}

static void end_progress(struct command *command)
{
	struct timespec now;

	if (!command->options.shows_progress)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	put_progress(command, &now);
	if (command->is_on_terminal)
		fputc('\n', stderr);
	command->has_line = false;
}

/* ---- the list of classes ---- */

static int read_file(struct quoth_buffer *into, const char *path, struct quoth_report *report)
{
	struct quoth_stream stream = {.descriptor = -1};
	int error = quoth_stream_open(&stream, path, report), more = 1;

	while (!error && more > 0) {
		more = quoth_stream_fill(&stream, report);
		quoth_buffer_put(into, stream.bytes + stream.begin, stream.end - stream.begin);
		stream.begin = stream.end;
		if (into->has_failed)
			error = quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
		else if (into->size > MAX_CLASSES_BYTES)
			error = quoth_report_set(report, QUOTH_TOO_LARGE, path, "it is larger than a list of classes can be");
		else if (more < 0)
			error = more;
	}
	quoth_stream_close(&stream);
	quoth_stream_free(&stream);
	return error;
}

static int open_classes(struct command *command)
{
	const struct quoth_embedded_file *file = quoth_embedded_find("wikidata/classes.tsv");
	const char *path = command->options.classes;
	struct quoth_buffer bytes = {0};
	int error = 0;

	command->options.extraction.classes = &command->classes;
	if (!path)
		return quoth_wikidata_classes_read(&command->classes, file->name, (const char *)file->bytes,
						   (size_t)(file->end - file->bytes), &command->report);
	error = read_file(&bytes, path, &command->report);
	if (!error)
		error = quoth_wikidata_classes_read(&command->classes, path, bytes.bytes, bytes.size, &command->report);
	quoth_buffer_free(&bytes);
	return error;
}

/* ---- running ---- */

static int open_all(struct command *command)
{
	int error = open_classes(command);

	if (!error)
		error = quoth_output_open(&command->output, command->options.output, &command->report);
	if (!error)
		begin_progress(command);
	return error;
}

static void close_all(struct command *command)
{
	quoth_output_abandon(&command->output);
	quoth_wikidata_classes_close(&command->classes);
	quoth_extract_options_free(&command->options);
}

static int run(struct command *command)
{
	struct quoth_extraction *extraction = &command->options.extraction;
	int error;

	extraction->tell_of_line = tell_of_line;
	extraction->tell_of_dump = tell_of_dump;
	extraction->context = command;
	error = quoth_extract(extraction, command->options.dump, &command->output, &command->report);
	end_progress(command);
	if (!error)
		error = quoth_output_finish(&command->output, &command->report);
	tell_of_rest(command);
	return error;
}

int quoth_action_extract(int argc, char **argv)
{
	struct command command = {.output.descriptor = -1};
	int error = quoth_extract_options_read(&command.options, argc, argv, &command.report);
	bool has_failures;

	if (!error)
		error = open_all(&command);
	if (!error)
		error = run(&command);
	if (error == QUOTH_STOPPED)
		quoth_action_say("stopped by a signal", "nothing is written");
	else if (error)
		quoth_action_say(command.report.where, command.report.what);
	has_failures = command.options.extraction.n_failed > 0;
	close_all(&command);
	return error ? QUOTH_NOTHING_WRITTEN : has_failures ? QUOTH_SOME_LEFT_OUT : QUOTH_ALL_DONE;
}
