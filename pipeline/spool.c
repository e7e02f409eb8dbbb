#include "config.h"

#include "pipeline/spool.h"

#include "pipeline/nameless.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

int quoth_spool_open(struct quoth_spool *spool, const char *folder, struct quoth_report *report)
{
	int descriptor = quoth_nameless_file(folder, report), error;

	*spool = (struct quoth_spool){.folder = folder};
	if (descriptor < 0)
		return descriptor;
	spool->file = fdopen(descriptor, "w+");
	if (spool->file)
		return 0;
	error = quoth_nameless_refuse(folder, report);
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
	return fwrite(bytes, 1, size, spool->file) == size ? 0 : quoth_nameless_refuse(spool->folder, report);
}

int quoth_spool_rewind(struct quoth_spool *spool, struct quoth_report *report)
{
	return fflush(spool->file) || fseeko(spool->file, 0, SEEK_SET) ? quoth_nameless_refuse(spool->folder, report) : 0;
}

int quoth_spool_next(struct quoth_spool *spool, char **line, size_t *size, struct quoth_report *report)
{
	ssize_t length;

	errno = 0;
	length = getline(&spool->line, &spool->capacity, spool->file);
	if (length < 0)
		return ferror(spool->file) || errno == ENOMEM ? quoth_nameless_refuse(spool->folder, report) : 0;
	*size = (size_t)length - (spool->line[length - 1] == '\n');
	spool->line[*size] = '\0';
	*line = spool->line;
	return 1;
}
