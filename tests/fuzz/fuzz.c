#include "config.h"

#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "broken promise: %s\n", what);
	abort();
}

int make_file(const void *bytes, size_t size, char path[FUZZ_PATH_SIZE])
{
	int file = memfd_create("fuzz", MFD_CLOEXEC);

	require(file >= 0 && write(file, bytes, size) == (ssize_t)size, "there is room for a file in memory");
	snprintf(path, FUZZ_PATH_SIZE, "/proc/self/fd/%d", file);
	return file;
}
