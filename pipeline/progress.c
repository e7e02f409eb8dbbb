#include "config.h"

#include "pipeline/progress.h"

#include "pipeline/inputs.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* More files than that are not looked at beforehand; time left is then not shown. */
enum { MAX_FILES_COUNTED = 100000 };

static double seconds_between(const struct timespec *from, const struct timespec *to)
{
	return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) * 1e-9;
}

static uint64_t count_bytes(const struct quoth_options *options)
{
	struct quoth_inputs *inputs =
		quoth_inputs_new(options->paths, options->n_paths, options->reading.format != NULL, NULL);
	struct quoth_report report;
	struct stat status;
	const char *path;
	uint64_t total = 0;
	int found, n = 0;

	while (inputs && (found = quoth_inputs_next(inputs, &path, &report))) {
		if (found > 0 && (!strcmp(path, "-") || (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) ||
				  ++n > MAX_FILES_COUNTED)) {
			total = 0;
			break;
		}
		if (found > 0 && stat(path, &status) == 0)
			total += (uint64_t)status.st_size;
	}
	quoth_inputs_free(inputs);
	return total;
}

void quoth_progress_begin(struct quoth_progress *progress, const struct quoth_options *options)
{
	*progress = (struct quoth_progress){.is_on_terminal = isatty(STDERR_FILENO)};
	/* rows and progress on one terminal would mix */
	progress->is_shown = options->progress == QUOTH_ALWAYS ||
			     (options->progress == QUOTH_WHEN_ON_A_TERMINAL && progress->is_on_terminal &&
			      (options->output || !isatty(STDOUT_FILENO)));
	if (!progress->is_shown)
		return;
	clock_gettime(CLOCK_MONOTONIC, &progress->start);
	progress->last = progress->start;
	progress->total_bytes = count_bytes(options);
}

static void put_line(struct quoth_progress *progress, const struct timespec *now)
{
	double seconds = seconds_between(&progress->start, now), speed = seconds > 0 ? (double)progress->bytes / seconds : 0;
	char left[48] = "";

	if (progress->total_bytes > progress->bytes && speed > 0) {
		unsigned long rest = (unsigned long)((double)(progress->total_bytes - progress->bytes) / speed + 0.5);

		snprintf(left, sizeof left, ", %lu:%02lu:%02lu left", rest / 3600, rest / 60 % 60, rest % 60);
	}
	fprintf(stderr, "%squoth: %llu documents, %llu MB, %.1f MB/s, %llu errors%s%s", progress->is_on_terminal ? "\r" : "",
		(unsigned long long)progress->n_documents, (unsigned long long)(progress->bytes / 1000000), speed / 1e6,
		(unsigned long long)progress->n_failed, left, progress->is_on_terminal ? "\033[K" : "\n");
	fflush(stderr);
	progress->has_line = progress->is_on_terminal;
}

void quoth_progress_add(struct quoth_progress *progress, uint64_t n_documents, uint64_t bytes, uint64_t n_failed)
{
	struct timespec now;

	progress->n_documents += n_documents;
	progress->bytes += bytes;
	progress->n_failed += n_failed;
	if (!progress->is_shown)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (seconds_between(&progress->last, &now) < (progress->is_on_terminal ? 0.2 : 5))
		return;
	progress->last = now;
	put_line(progress, &now);
}

void quoth_progress_clear(struct quoth_progress *progress)
{
	if (progress->has_line)
		fputs("\r\033[K", stderr);
	progress->has_line = false;
}

void quoth_progress_end(struct quoth_progress *progress)
{
	struct timespec now;

	if (!progress->is_shown)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	progress->total_bytes = 0;
	put_line(progress, &now);
	if (progress->is_on_terminal)
		fputc('\n', stderr);
}
