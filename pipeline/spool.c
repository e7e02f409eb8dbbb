#include "config.h"

#include "pipeline/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int refuse(const char *folder, struct quoth_report *report)
{
	return quoth_report_set(report, errno == ENOMEM ? QUOTH_NO_MEMORY : QUOTH_IO, folder, "a temporary file there: %s",
				strerror(errno));
}

/* A file without a name in folder: its descriptor, or -1. */
static int open_nameless(const char *folder)
{
	static const char name[] = "/.quoth.XXXXXX";
	size_t size = strlen(folder);
	char *path = malloc(size + sizeof name);
	int descriptor;

	if (!path)
		return -1;
	memcpy(path, folder, size);
	memcpy(path + size, name, sizeof name);
	descriptor = mkostemp(path, O_CLOEXEC);
	if (descriptor >= 0)
		unlink(path);
	free(path);
	return descriptor;
}

int quoth_spool_open(struct quoth_spool *spool, const char *folder, struct quoth_report *report)
{
	int descriptor = open_nameless(folder), error;

	*spool = (struct quoth_spool){.folder = folder};
	spool->file = descriptor < 0 ? NULL : fdopen(descriptor, "w+");
	if (spool->file)
		return 0;
	error = refuse(folder, report);
	if (descriptor >= 0)
		close(descriptor);
	return error;
}

void quoth_spool_close(struct quoth_spool *spool)
{
	if (spool->file)
		fclose(spool->file);
	free(spool->line);
	*spool = (struct quoth_spool){0};
}

int quoth_spool_put(struct quoth_spool *spool, const char *bytes, size_t size, struct quoth_report *report)
{
	return fwrite(bytes, 1, size, spool->file) == size ? 0 : refuse(spool->folder, report);
}

int quoth_spool_rewind(struct quoth_spool *spool, struct quoth_report *report)
{
	return fflush(spool->file) || fseeko(spool->file, 0, SEEK_SET) ? refuse(spool->folder, report) : 0;
}

int quoth_spool_next(struct quoth_spool *spool, char **line, size_t *size, struct quoth_report *report)
{
	ssize_t length;

	errno = 0;
	length = getline(&spool->line, &spool->capacity, spool->file);
	if (length < 0)
		return ferror(spool->file) || errno == ENOMEM ? refuse(spool->folder, report) : 0;
	*size = (size_t)length - (spool->line[length - 1] == '\n');
	spool->line[*size] = '\0';
	*line = spool->line;
	return 1;
}
