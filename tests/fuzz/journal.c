/* Fuzz target: any bytes as the journal of a run with fixed settings. It opens or is refused with words; a checkpoint that it gives is the
 * last line of the file, whole; what is no journal, or another command's, is left as it is; and what is written then is found again. */
#include "config.h"

#include "pipeline/journal.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static const char first_line[] = "quoth journal 1\n", setting_lines[] = "format tsv\ninput articles\n";

/* The file between two looks at it. */
struct file {
	int descriptor;
	char path[FUZZ_PATH_SIZE];
	char *bytes;
	size_t size;
};

static void look_at(struct file *file)
{
	struct stat status;

	require(fstat(file->descriptor, &status) == 0, "the file is there");
	file->size = (size_t)status.st_size;
	file->bytes = realloc(file->bytes, file->size + 1);
	require(file->bytes && pread(file->descriptor, file->bytes, file->size, 0) == (ssize_t)file->size, "the file can be read");
	file->bytes[file->size] = '\0';
}

static bool begins_as_journal(const uint8_t *bytes, size_t size)
{
	size_t most = sizeof first_line - 1;

	return !memcmp(bytes, first_line, size < most ? size : most);
}

/* The last line says what the checkpoint does, and its sum is right: by this file's own reckoning. */
static void check_last_line(const struct file *file, const struct quoth_checkpoint *c)
{
	const struct quoth_position *p = &c->position;
	const char *line = file->bytes + file->size - 1;
	char expected[256];
	int n;

	require(file->size && *line == '\n', "the last line is whole");
	while (line > file->bytes && line[-1] != '\n')
		line--;
	n = snprintf(expected, sizeof expected, "%s %llu %llu %016llx %llu %llu %llu", c->is_complete ? "complete" : "at",
		     (unsigned long long)p->n_files, (unsigned long long)p->n_outcomes, (unsigned long long)p->files_hash,
		     (unsigned long long)c->output_size, (unsigned long long)c->errors_size, (unsigned long long)c->n_failed);
	snprintf(expected + n, sizeof expected - (size_t)n, " %08lx\n", crc32(0, (const Bytef *)expected, (uInt)n));
	require(!strcmp(line, expected), "a checkpoint is the file's last line, with its sum");
}

static void check_refusal(const struct file *file, int result, const struct quoth_report *report, const uint8_t *bytes, size_t size)
{
	require(result == QUOTH_CHANGED || result == QUOTH_BAD_INPUT, "a file in memory can be read");
	require(!strcmp(report->where, file->path) && *report->what, "a refusal has a place and words");
	require(file->size == size && !memcmp(file->bytes, bytes, size), "what is refused is left as it is");
}

/* Goes on with a journal that opened, and opens it again. */
static void write_and_return(struct file *file, struct quoth_journal *journal, const struct quoth_buffer *settings)
{
	static const struct quoth_checkpoint written = {{3, 14, 0xFEED}, 159, 26, 5, true};
	struct quoth_checkpoint found;
	struct quoth_report report;
	struct timespec began;

	clock_gettime(CLOCK_MONOTONIC, &began);
	require(quoth_journal_write(journal, &written, &began, &report) == 0, "a checkpoint can be added");
	quoth_journal_close(journal);
	require(quoth_journal_open(journal, file->path, settings, &found, &report) == 1, "what was written is found again");
	require(!memcmp(&found.position, &written.position, sizeof found.position) && found.output_size == written.output_size &&
		found.is_complete, "as it was written");
	look_at(file);
	check_last_line(file, &found);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct quoth_report report = {{0}, {0}};
	struct quoth_buffer settings = {0};
	struct quoth_checkpoint checkpoint;
	struct quoth_journal journal;
	struct file file = {0};
	int result;

	quoth_buffer_put_string(&settings, setting_lines);
	file.descriptor = make_file(bytes, size, file.path);
	result = quoth_journal_open(&journal, file.path, &settings, &checkpoint, &report);
	look_at(&file);
	require(result < 0 || begins_as_journal(bytes, size), "what is no journal is refused");
	if (result == 1) {
		require(file.size <= size && !memcmp(file.bytes, bytes, file.size), "a journal is gone on with, not written anew");
		check_last_line(&file, &checkpoint);
	}
	if (result < 0)
		check_refusal(&file, result, &report, bytes, size);
	else
		write_and_return(&file, &journal, &settings);
	quoth_journal_close(&journal);
	quoth_buffer_free(&settings);
	free(file.bytes);
	close(file.descriptor);
	return 0;
}
