#include "config.h"

#include "pipeline/inputs.h"

#include "pipeline/buffer.h"
#include "pipeline/packing.h"
#include "pipeline/reader.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A folder that the walk is in; its names are sorted, those of folders end in a slash. */
struct folder {
	struct folder *parent;
	dev_t device;
	ino_t inode;
	size_t prefix;		/* bytes of inputs->path up to and with the folder's slash */
	char **names;
	size_t n_names, next;
};

struct quoth_inputs {
	char *const *paths;
	size_t n_paths, next;
	bool takes_all_names;
	const struct stat *output;
	struct folder *folder;		/* the innermost */
	struct quoth_buffer path;
	size_t n_left_out;
	char *first_left_out;
};

static char *const standard_input[] = {"-"};

struct quoth_inputs *quoth_inputs_new(char *const *paths, size_t n, bool takes_all_names, const struct stat *output)
{
	struct quoth_inputs *inputs = calloc(1, sizeof *inputs);

	if (!inputs)
		return NULL;
	inputs->paths = n ? paths : standard_input;
	inputs->n_paths = n ? n : 1;
	inputs->takes_all_names = takes_all_names;
	inputs->output = output;
	return inputs;
}

static void leave_folder(struct quoth_inputs *inputs)
{
	struct folder *folder = inputs->folder;

	inputs->folder = folder->parent;
	for (size_t i = 0; i < folder->n_names; i++)
		free(folder->names[i]);
	free(folder->names);
	free(folder);
}

void quoth_inputs_free(struct quoth_inputs *inputs)
{
	if (!inputs)
		return;
	while (inputs->folder)
		leave_folder(inputs);
	quoth_buffer_free(&inputs->path);
	free(inputs->first_left_out);
	free(inputs);
}

/* inputs->path becomes its first `prefix` bytes and name, NUL-terminated. */
static bool set_path(struct quoth_inputs *inputs, size_t prefix, const char *name)
{
	inputs->path.size = prefix;
	quoth_buffer_put(&inputs->path, name, strlen(name) + 1);
	inputs->path.size -= !inputs->path.has_failed;
	return !inputs->path.has_failed;
}

/* Whether the folder at inputs->path has something to read: 'd' for a folder, 'f' for a file, 0 for what is left out. */
static char look_at_entry(struct quoth_inputs *inputs, size_t prefix, const struct dirent *entry)
{
	struct stat status;

	if (entry->d_name[0] == '.')
		return 0;
	if (entry->d_type == DT_DIR)
		return 'd';
	if (entry->d_type == DT_REG && !inputs->output)
		return 'f';
	if (!set_path(inputs, prefix, entry->d_name) || stat(inputs->path.bytes, &status))
		return 'f';	/* opening it will say what is wrong */
	if (S_ISDIR(status.st_mode))
		return 'd';
	if (inputs->output && status.st_dev == inputs->output->st_dev && status.st_ino == inputs->output->st_ino)
		return 0;
	return S_ISREG(status.st_mode) ? 'f' : 0;
}

bool quoth_inputs_takes_name(const char *name)
{
	const char *slash = strrchr(name, '/'), *last = slash ? slash + 1 : name;
	const struct quoth_format *format = quoth_format_of_path(last);

	if (format)
		return !format->must_be_named;
	return !memchr(last, '.', strlen(last) - quoth_packing_ending(last)) || quoth_packing_is_archive_name(last);
}

static bool is_left_out_by_name(const struct quoth_inputs *inputs, const char *name)
{
	return !inputs->takes_all_names && !quoth_inputs_takes_name(name);
}

static void count_left_out(struct quoth_inputs *inputs, size_t prefix, const char *name)
{
	if (!inputs->n_left_out++ && set_path(inputs, prefix, name))
		inputs->first_left_out = strdup(inputs->path.bytes);
}

static bool add_name(struct folder *folder, const char *name, bool is_folder)
{
	size_t length = strlen(name);
	char *copy = malloc(length + 2);

	if (copy && !(folder->n_names & (folder->n_names - 1)) && folder->n_names != 1) {
		size_t capacity = folder->n_names ? folder->n_names * 2 : 2;
		char **names = realloc(folder->names, capacity * sizeof *names);

		if (!names) {
			free(copy);
			return false;
		}
		folder->names = names;
	}
	if (!copy)
		return false;
	memcpy(copy, name, length);
	memcpy(copy + length, "/", is_folder ? 2 : 1);
	copy[length + is_folder] = '\0';
	folder->names[folder->n_names++] = copy;
	return true;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list_names(struct quoth_inputs *inputs, DIR *directory, struct folder *folder)
{
	struct dirent *entry;

	while (errno = 0, (entry = readdir(directory))) {
		char what = look_at_entry(inputs, folder->prefix, entry);

		if (what == 'f' && is_left_out_by_name(inputs, entry->d_name))
			count_left_out(inputs, folder->prefix, entry->d_name);
		else if (what && !add_name(folder, entry->d_name, what == 'd'))
			return QUOTH_NO_MEMORY;
	}
	if (errno)
		return QUOTH_IO;
	if (folder->n_names)
		qsort(folder->names, folder->n_names, sizeof *folder->names, compare_names);
	return 0;
}

static bool is_walked_already(const struct quoth_inputs *inputs, const struct stat *status)
{
	for (const struct folder *folder = inputs->folder; folder; folder = folder->parent)
		if (folder->device == status->st_dev && folder->inode == status->st_ino)
			return true;
	return false;
}

/* Goes into the folder at inputs->path, which ends in a slash. */
static int enter_folder(struct quoth_inputs *inputs, const struct stat *status, struct quoth_report *report)
{
	struct folder *folder;
	DIR *directory;
	int error, reason;

	if (is_walked_already(inputs, status))
		return quoth_report_set(report, QUOTH_IO, inputs->path.bytes,
					"a symbolic link leads back to a folder that it is in; not followed");
	directory = opendir(inputs->path.bytes);
	if (!directory)
		return quoth_report_set(report, quoth_system_error(errno), inputs->path.bytes, "%s", strerror(errno));
	folder = calloc(1, sizeof *folder);
	if (!folder) {
		closedir(directory);
		return quoth_report_set(report, QUOTH_NO_MEMORY, inputs->path.bytes, "out of memory");
	}
	*folder = (struct folder){.parent = inputs->folder, .device = status->st_dev, .inode = status->st_ino,
				  .prefix = inputs->path.size};
	inputs->folder = folder;
	error = list_names(inputs, directory, folder);
	reason = errno;
	closedir(directory);
	if (!error)
		return 0;
	inputs->path.bytes[folder->prefix] = '\0';
	leave_folder(inputs);
	return quoth_report_set(report, error == QUOTH_IO ? quoth_system_error(reason) : error, inputs->path.bytes, "%s",
				error == QUOTH_IO ? strerror(reason) : "out of memory");
}

/* A path of the command line: 1 for a file, 0 for a folder that was entered, or an error. */
static int take_argument(struct quoth_inputs *inputs, const char *path, struct quoth_report *report)
{
	struct stat status;

	if (!set_path(inputs, 0, path))
		return quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
	if (!strcmp(path, "-"))
		return 1;
	if (stat(path, &status))
		return quoth_report_set(report, quoth_system_error(errno), path, "%s", strerror(errno));
	if (inputs->output && status.st_dev == inputs->output->st_dev && status.st_ino == inputs->output->st_ino)
		return quoth_report_set(report, QUOTH_IO, path, "is the output file too; not read");
	if (!S_ISDIR(status.st_mode))
		return 1;
	if (inputs->path.bytes[inputs->path.size - 1] != '/' && !set_path(inputs, inputs->path.size, "/"))
		return quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
	return enter_folder(inputs, &status, report);
}

/* The next name of the innermost folder: as above. */
static int take_name(struct quoth_inputs *inputs, const char *name, struct quoth_report *report)
{
	struct stat status;

	if (!set_path(inputs, inputs->folder->prefix, name))
		return quoth_report_set(report, QUOTH_NO_MEMORY, name, "out of memory");
	if (inputs->path.bytes[inputs->path.size - 1] != '/')
		return 1;
	if (stat(inputs->path.bytes, &status))
		return quoth_report_set(report, quoth_system_error(errno), inputs->path.bytes, "%s", strerror(errno));
	return enter_folder(inputs, &status, report);
}

int quoth_inputs_next(struct quoth_inputs *inputs, const char **path, struct quoth_report *report)
{
	int found = 0;

	inputs->path.has_failed = false;
	while (!found) {
		struct folder *folder = inputs->folder;

		if (folder && folder->next == folder->n_names)
			leave_folder(inputs);
		else if (folder)
			found = take_name(inputs, folder->names[folder->next++], report);
		else if (inputs->next < inputs->n_paths)
			found = take_argument(inputs, inputs->paths[inputs->next++], report);
		else
			return 0;
	}
	*path = inputs->path.bytes;
	return found;
}

bool quoth_inputs_is_walking(const struct quoth_inputs *inputs)
{
	return inputs->folder != NULL;
}

size_t quoth_inputs_left_out(const struct quoth_inputs *inputs, const char **first)
{
	*first = inputs->first_left_out ? inputs->first_left_out : "";
	return inputs->n_left_out;
}
