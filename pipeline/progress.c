#include "config.h"

#include "pipeline/progress.h"

#include "pipeline/inputs.h"

#include "pipeline/signals.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* More files than that are not looked at beforehand; time left is then not shown. */
enum { MAX_FILES_COUNTED = 100000 };

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) * 1e-9;
}

uint64_t quoth_progress_measure(const struct quoth_options *options, bool is_needed)
{
	struct quoth_inputs *inputs =
		quoth_inputs_new(options->paths, options->n_paths, options->reading.format != NULL, NULL);
	struct quoth_report report;
	struct stat status;
	const char *path;
	uint64_t total = 0;
	int found, n = 0;

	while (inputs && (found = quoth_inputs_next(inputs, &path, &report))) {
		bool has_status = found > 0 && stat(path, &status) == 0;

		if (found > 0 && (!strcmp(path, "-") || (has_status && !S_ISREG(status.st_mode)) ||
				  (++n > MAX_FILES_COUNTED && !is_needed))) {
			total = 0;
			break;
		}
		if (has_status)
			total += (uint64_t)status.st_size;
	}
	quoth_inputs_free(inputs);
	return total;
}

void quoth_progress_begin(struct quoth_progress *progress, const struct quoth_options *options, const struct quoth_part *part,
			  uint64_t total)
{
	*progress = (struct quoth_progress){.is_on_terminal = isatty(STDERR_FILENO)};
	clock_gettime(CLOCK_MONOTONIC, &progress->start);
	progress->last = progress->start;
	/* rows and progress on one terminal would mix */
	progress->is_shown = options->progress == QUOTH_ALWAYS ||
			     (options->progress == QUOTH_WHEN_ON_A_TERMINAL && progress->is_on_terminal &&
			      (options->output || !isatty(STDOUT_FILENO)));
	if (!progress->is_shown)
		return;
	progress->total = total ? total : quoth_progress_measure(options, false);
	if (part->end && part->end < progress->total)
		progress->total = part->end;
}

static uint64_t sum(const uint64_t *numbers, size_t n)
{
	uint64_t total = 0;

	while (n-- > 0)
		total += numbers[n];
	return total;
}

static void put_bar(char *bar, size_t size, double share)
{
	enum { WIDTH = 20 };
	int n = (int)(share * WIDTH);

	n = n < 0 ? 0 : n > WIDTH ? WIDTH : n;
	snprintf(bar, size, "[%.*s%.*s] ", n, "####################", WIDTH - n, "....................");
}

static void put_line(struct quoth_progress *progress, const struct timespec *now)
{
	const struct quoth_counts *counts = &progress->counts;
	double seconds = seconds_between(&progress->start, now);
	uint64_t done = progress->place - progress->begin;
	double speed = seconds > 0 ? (double)done / seconds : 0;
	char left[48] = "", bar[48] = "";

	if (progress->total > progress->begin && progress->is_on_terminal)
		put_bar(bar, sizeof bar, (double)done / (double)(progress->total - progress->begin));
	if (progress->total > progress->place && speed > 0) {
		unsigned long rest = (unsigned long)((double)(progress->total - progress->place) / speed + 0.5);

		snprintf(left, sizeof left, ", %lu:%02lu:%02lu left", rest / 3600, rest / 60 % 60, rest % 60);
	}
	fprintf(stderr, "%squoth: %s%llu documents, %llu MB, %.1f MB/s, %llu rows, %llu errors%s%s",
		progress->is_on_terminal ? "\r" : "", bar, (unsigned long long)counts->n_documents,
		(unsigned long long)(done / 1000000), speed / 1e6, (unsigned long long)sum(counts->n_rows, QUOTH_N_KINDS),
		(unsigned long long)sum(counts->n_failed, QUOTH_N_ERRORS), left, progress->is_on_terminal ? "\033[K" : "\n");
	fflush(stderr);
	progress->has_line = progress->is_on_terminal;
}

static void add_counts(struct quoth_counts *counts, const struct quoth_counts *more)
{
	counts->n_documents += more->n_documents;
	counts->n_words += more->n_words;
	for (unsigned k = 0; k < QUOTH_N_KINDS; k++)
		counts->n_rows[k] += more->n_rows[k];
	for (unsigned e = 0; e < QUOTH_N_ERRORS; e++)
		counts->n_failed[e] += more->n_failed[e];
}

void quoth_progress_add(struct quoth_progress *progress, const struct quoth_batch *batch)
{
	enum { SECONDS_IN_A_LOG = 60 };
	bool is_asked = quoth_signals_asked_for_progress();
	struct timespec now;

	add_counts(&progress->counts, &batch->counts);
	for (unsigned i = 0; i < batch->n_records; i++)
		if (batch->records[i].error)
			progress->counts.n_failed[-batch->records[i].error]++;
	progress->place = batch->place;
	if (!progress->has_begun)	/* what a shard or a resumed run passed over is none of its work */
		progress->begin = batch->place > batch->input.size ? batch->place - batch->input.size : 0;
	progress->has_begun = true;
	if (!progress->is_shown && !is_asked)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (!is_asked && seconds_between(&progress->last, &now) < (progress->is_on_terminal ? 0.2 : SECONDS_IN_A_LOG))
		return;
	progress->last = now;
	put_line(progress, &now);
	if (!progress->is_shown && progress->has_line) {
		fputc('\n', stderr);
		progress->has_line = false;
	}
}

void quoth_progress_clear(struct quoth_progress *progress)
{
	if (progress->has_line)
		fputs("\r\033[K", stderr);
	progress->has_line = false;
}

static void put_errors(const struct quoth_counts *counts)
{
	const char *before = " (";
	bool has_any = false;

	for (int e = 1; e < QUOTH_N_ERRORS; e++) {
		if (!counts->n_failed[e])
			continue;
		fprintf(stderr, "%s%llu %s", before, (unsigned long long)counts->n_failed[e], quoth_error_words(-e));
		before = ", ";
		has_any = true;
	}
	if (has_any)
		fputc(')', stderr);
}

static void put_summary(const struct quoth_progress *progress, const struct timespec *now)
{
	const struct quoth_counts *counts = &progress->counts;
	double seconds = seconds_between(&progress->start, now);
	struct rusage usage = {0};

	getrusage(RUSAGE_SELF, &usage);
	fprintf(stderr, "quoth: %llu rows (", (unsigned long long)sum(counts->n_rows, QUOTH_N_KINDS));
	for (unsigned k = 0; k < QUOTH_N_KINDS; k++)
		fprintf(stderr, "%s%llu %s", k ? ", " : "", (unsigned long long)counts->n_rows[k], quoth_kind_name(k));
	fprintf(stderr, ") of %llu documents, %llu failed", (unsigned long long)counts->n_documents,
		(unsigned long long)sum(counts->n_failed, QUOTH_N_ERRORS));
	put_errors(counts);
	fprintf(stderr, "; %llu words, %.0f a second; peak memory %ld MB\n", (unsigned long long)counts->n_words,
		seconds > 0 ? (double)counts->n_words / seconds : 0, usage.ru_maxrss / 1024);
}

void quoth_progress_end(struct quoth_progress *progress)
{
	struct timespec now;

	if (!progress->is_shown)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	progress->total = 0;
	put_line(progress, &now);
	if (progress->is_on_terminal)
		fputc('\n', stderr);
	put_summary(progress, &now);
}
