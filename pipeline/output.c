#include "config.h"

#include "pipeline/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PENDING_BYTES = 256 * 1024 };

static int refuse(const char *path, struct quoth_report *report)
{
	return quoth_report_set(report, errno == ENOMEM ? QUOTH_NO_MEMORY : QUOTH_IO, path, "%s", strerror(errno));
}

int quoth_output_open_in_place(struct quoth_output *output, const char *path, struct quoth_report *report)
{
	*output = (struct quoth_output){.name = path};
	output->descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
	return output->descriptor < 0 ? refuse(path, report) : 0;
}

/* The hidden name beside the target, ".NAME" and the ending, as temporary. false without memory. */
static bool name_temporary(struct quoth_output *output, const char *ending)
{
	const char *slash = strrchr(output->target, '/');
	size_t folder = slash ? (size_t)(slash - output->target) + 1 : 0, size = strlen(output->target) + strlen(ending) + 2;

	output->temporary = malloc(size);
	if (output->temporary)
		snprintf(output->temporary, size, "%.*s.%s%s", (int)folder, output->target, output->target + folder, ending);
	return output->temporary;
}

/* The temporary file beside the target, with the mode that the target has or would get. */
static int open_temporary(struct quoth_output *output, mode_t mode)
{
	if (!name_temporary(output, ".XXXXXX"))
		return -1;
	output->descriptor = mkostemp(output->temporary, O_CLOEXEC);
	if (output->descriptor < 0) {
		free(output->temporary);
		output->temporary = NULL;
		return -1;
	}
	return fchmod(output->descriptor, mode);
}

int quoth_output_open(struct quoth_output *output, const char *path, struct quoth_report *report)
{
	struct stat status;
	mode_t mask = umask(0);
	bool exists;
	int error;

	umask(mask);
	*output = (struct quoth_output){.name = "standard output", .descriptor = STDOUT_FILENO};
	if (!path || !strcmp(path, "-"))
		return 0;
	output->name = path;
	exists = stat(path, &status) == 0;
	if (exists && S_ISDIR(status.st_mode))
		return quoth_report_set(report, QUOTH_IO, path, "%s", strerror(EISDIR));
	if (exists && !S_ISREG(status.st_mode))
		return quoth_output_open_in_place(output, path, report);
	if (exists && access(path, W_OK))
		return refuse(path, report);
	output->target = exists ? realpath(path, NULL) : strdup(path);
	if (output->target && open_temporary(output, exists ? status.st_mode & 07777 : 0666 & ~mask) == 0)
		return 0;
	error = refuse(path, report);
	quoth_output_abandon(output);
	return error;
}

/* Opens a file of which an earlier run left `size` good bytes; what stands behind them is cut off. */
static int open_to_go_on(struct quoth_output *output, const char *path, uint64_t size, struct quoth_report *report)
{
	struct stat status;

	output->descriptor = open(path, O_WRONLY | (size ? 0 : O_CREAT) | O_CLOEXEC | O_NOCTTY, 0666);
	if (output->descriptor < 0 && size && errno == ENOENT)
		return quoth_report_set(report, QUOTH_CHANGED, path,
					"is gone, though the journal speaks of it; remove the journal to start anew");
	if (output->descriptor < 0 || fstat(output->descriptor, &status))
		return refuse(path, report);
	if (S_ISREG(status.st_mode) && (uint64_t)status.st_size < size)
		return quoth_report_set(report, QUOTH_CHANGED, path,
					"has fewer bytes than the journal says; remove the journal to start anew");
	if (S_ISREG(status.st_mode) &&
	    (ftruncate(output->descriptor, (off_t)size) || lseek(output->descriptor, 0, SEEK_END) < 0))
		return refuse(path, report);
	output->size = size;
	return 0;
}

int quoth_output_go_on(struct quoth_output *output, const char *path, uint64_t size, struct quoth_report *report)
{
	*output = (struct quoth_output){.name = path, .descriptor = -1};
	return open_to_go_on(output, path, size, report);
}

int quoth_output_open_partial(struct quoth_output *output, const char *path, uint64_t size, struct quoth_report *report)
{
	struct stat status;
	bool exists = stat(path, &status) == 0;
	int error;

	*output = (struct quoth_output){.name = path, .descriptor = -1, .is_partial = true};
	if (exists && !S_ISREG(status.st_mode))
		return quoth_report_set(report, QUOTH_IO, path, "is no regular file: a run that is to be gone on with needs one");
	if (exists && access(path, W_OK))
		return refuse(path, report);
	output->target = exists ? realpath(path, NULL) : strdup(path);
	if (!output->target || !name_temporary(output, ".partial"))
		error = refuse(path, report);
	else
		error = open_to_go_on(output, output->temporary, size, report);
	if (!error && exists && fchmod(output->descriptor, status.st_mode & 07777))
		error = refuse(path, report);
	if (error)
		quoth_output_abandon(output);
	return error;
}

int quoth_output_sync(struct quoth_output *output, struct quoth_report *report)
{
	int error = quoth_output_flush(output, report);

	if (!error && fsync(output->descriptor) && errno != EINVAL && errno != EROFS)
		error = refuse(output->name, report);
	return error;
}

int quoth_output_flush(struct quoth_output *output, struct quoth_report *report)
{
	const char *bytes = output->pending.bytes;
	size_t left = output->pending.size;

	output->pending.size = 0;
	while (left) {
		ssize_t n = write(output->descriptor, bytes, left);

		if (n >= 0) {
			bytes += n;
			left -= (size_t)n;
			output->size += (size_t)n;
		} else if (errno == EAGAIN) {
			poll(&(struct pollfd){.fd = output->descriptor, .events = POLLOUT}, 1, -1);
		} else if (errno == EPIPE) {
			return quoth_report_set(report, QUOTH_IO, output->name,
						"the program that reads it has closed the pipe");
		} else if (errno != EINTR) {
			return refuse(output->name, report);
		}
	}
	return 0;
}

int quoth_output_write(struct quoth_output *output, const char *bytes, size_t size, struct quoth_report *report)
{
	quoth_buffer_put(&output->pending, bytes, size);
	if (output->pending.has_failed)
		return quoth_report_set(report, QUOTH_NO_MEMORY, output->name, "out of memory");
	return output->pending.size < PENDING_BYTES ? 0 : quoth_output_flush(output, report);
}

/* Syncs the folder too, so that the new name survives a power cut; a file system that can't is no failure. */
static void sync_folder(const char *path)
{
	char *copy = strdup(path), *slash = copy ? strrchr(copy, '/') : NULL;
	int folder;

	if (slash)
		slash[slash == copy] = '\0';
	folder = open(slash ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
	free(copy);
}

int quoth_output_finish(struct quoth_output *output, struct quoth_report *report)
{
	int error = quoth_output_flush(output, report);

	if (!error && output->temporary && fsync(output->descriptor))
		error = refuse(output->name, report);
	if (!error && output->descriptor >= 0 && close(output->descriptor))
		error = refuse(output->name, report);
	if (!error)
		output->descriptor = -1;
	if (!error && output->temporary) {
		if (rename(output->temporary, output->target))
			error = refuse(output->name, report);
		else
			sync_folder(output->target);
		if (!error) {
			free(output->temporary);
			output->temporary = NULL;
		}
	}
	quoth_output_abandon(output);
	return error;
}

void quoth_output_abandon(struct quoth_output *output)
{
	if (output->descriptor > STDERR_FILENO)
		close(output->descriptor);
	output->descriptor = -1;
	if (output->temporary && !output->is_partial)
		unlink(output->temporary);
	free(output->temporary);
	free(output->target);
	output->temporary = output->target = NULL;
	quoth_buffer_free(&output->pending);
}
