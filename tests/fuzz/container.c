/* Fuzz target: any bytes as a file that may be compressed or an archive; every stream in it is read to its end. */
#include "config.h"

#include "pipeline/container.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

/* More than that a few thousand bytes need not give; it keeps a run short. */
enum { MAX_UNPACKED = 32 * 1024 * 1024, MAX_STREAMS = 1000 };

static void read_stream(struct quoth_stream *stream)
{
	struct quoth_report report = {{0}, {0}};
	size_t total = 0;
	int more = 1;

	require(stream->path && *stream->path, "a stream has a name");
	while (more > 0 && total < MAX_UNPACKED) {
		total += stream->end - stream->begin;
		stream->begin = stream->end;
		more = quoth_stream_fill(stream, &report);
		require(more >= 0 || *report.what, "a failure has words");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct quoth_container container = {.takes_all_names = size & 1};
	struct quoth_report report = {{0}, {0}};
	struct quoth_stream *stream;
	char path[FUZZ_PATH_SIZE];
	int file = make_file(bytes, size, path), found = 1;

	if (quoth_container_open(&container, path, &report) == 0)
		for (unsigned n = 0; found && n < MAX_STREAMS; n++) {
			found = quoth_container_next(&container, &stream, &report);
			require(found >= 0 || *report.what, "a failure has words");
			if (found > 0)
				read_stream(stream);
		}
	quoth_container_close(&container);
	quoth_container_free(&container);
	close(file);
	return 0;
}
