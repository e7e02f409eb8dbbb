#include "config.h"

#include "pipeline/nameless.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int quoth_nameless_refuse(const char *folder, struct quoth_report *report)
{
	return quoth_report_set(report, errno == ENOMEM ? QUOTH_NO_MEMORY : QUOTH_IO, folder, "a temporary file there: %s",
				strerror(errno));
}

int quoth_nameless_file(const char *folder, struct quoth_report *report)
{
	static const char name[] = "/.quoth.XXXXXX";
	size_t size = strlen(folder);
	char *path = malloc(size + sizeof name);
	int descriptor;

	if (!path)
		return quoth_nameless_refuse(folder, report);
	memcpy(path, folder, size);
	memcpy(path + size, name, sizeof name);
	descriptor = mkostemp(path, O_CLOEXEC);
	if (descriptor >= 0)
		unlink(path);
	free(path);
	return descriptor < 0 ? quoth_nameless_refuse(folder, report) : descriptor;
}
