#include "config.h"

#include "pipeline/gazetteer_file.h"

#include "pipeline/gazetteer_compiled.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Maps the file if it is compiled; *is_compiled says whether it is. What is no regular file is the table's reader's to refuse:
 * looking into a pipe would take bytes out of it. */
static int try_compiled(struct quoth_gazetteer *gazetteer, const char *path, bool *is_compiled, struct quoth_report *report)
{
	char head[QUOTH_COMPILED_MAGIC_BYTES];
	struct stat status;
	int descriptor, error = 0;

	*is_compiled = false;
	if (stat(path, &status) || !S_ISREG(status.st_mode))
		return 0;
	descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (descriptor < 0)
		return quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
	*is_compiled = pread(descriptor, head, sizeof head, 0) == sizeof head && quoth_gazetteer_is_compiled(head, sizeof head);
	if (*is_compiled)
		error = quoth_gazetteer_map(gazetteer, descriptor, (size_t)status.st_size, path, report);
	close(descriptor);
	return error;
}

int quoth_gazetteer_open(struct quoth_gazetteer **gazetteer, const char *path, struct quoth_gazetteer_problems *problems,
			 struct quoth_report *report)
{
	struct quoth_gazetteer *opened = calloc(1, sizeof *opened);
	bool is_compiled;
	int error;

	*gazetteer = NULL;
	if (!opened)
		return quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
	error = try_compiled(opened, path, &is_compiled, report);
	if (!error && !is_compiled)
		error = quoth_gazetteer_table_read(opened, path, NULL, problems, report);
	if (error) {
		quoth_gazetteer_close(opened);
		return error;
	}
	*gazetteer = opened;
	return 0;
}
