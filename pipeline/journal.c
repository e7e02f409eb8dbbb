#include "config.h"

#include "pipeline/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static const char first_line[] = "quoth journal 1\n", last_setting[] = "--\n";

enum { LINE_BYTES = 256, MAX_JOURNAL_BYTES = 1 << 30 };

static int refuse(const struct quoth_journal *journal, struct quoth_report *report)
{
	return quoth_report_set(report, errno == ENOMEM ? QUOTH_NO_MEMORY : QUOTH_IO, journal->path, "%s", strerror(errno));
}

/* ---- lines ---- */

static uint32_t sum_line(const char *line, size_t size)
{
	return (uint32_t)crc32(crc32(0, NULL, 0), (const Bytef *)line, (uInt)size);
}

static int format_line(char *line, const struct quoth_checkpoint *c)
{
	int n = snprintf(line, LINE_BYTES,
			 "%s %" PRIu64 " %" PRIu64 " %016" PRIx64 " %" PRIu64 " %" PRIu64 " %" PRIu64,
			 c->is_complete ? "complete" : "at", c->position.n_files, c->position.n_outcomes, c->position.files_hash,
			 c->output_size, c->errors_size, c->n_failed);

	return n + snprintf(line + n, (size_t)(LINE_BYTES - n), " %08" PRIx32 "\n", sum_line(line, (size_t)n));
}

/* Whether a line (NUL-terminated, without its end) is a whole checkpoint: what would be written for the numbers in it, the sum too. */
static bool read_line(const char *line, struct quoth_checkpoint *c)
{
	char kind[16], whole[LINE_BYTES];
	int n = sscanf(line, "%15s %" SCNu64 " %" SCNu64 " %" SCNx64 " %" SCNu64 " %" SCNu64 " %" SCNu64, kind,
		       &c->position.n_files, &c->position.n_outcomes, &c->position.files_hash, &c->output_size, &c->errors_size,
		       &c->n_failed);

	if (n != 7)
		return false;
	c->is_complete = !strcmp(kind, "complete");
	n = format_line(whole, c) - 1;
	return strlen(line) == (size_t)n && !memcmp(line, whole, (size_t)n);
}

/* ---- the head ---- */

static int read_file(struct quoth_journal *journal, struct quoth_buffer *bytes, struct quoth_report *report)
{
	ssize_t n = 1;

	while (n > 0) {
		if (bytes->size > MAX_JOURNAL_BYTES || !quoth_buffer_reserve(bytes, 1 << 16))
			return quoth_report_set(report, QUOTH_NO_MEMORY, journal->path, "out of memory");
		n = read(journal->descriptor, bytes->bytes + bytes->size, 1 << 16);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			bytes->size += (size_t)n;
	}
	if (n < 0)
		return refuse(journal, report);
	quoth_buffer_put_byte(bytes, '\0');
	return bytes->has_failed ? quoth_report_set(report, QUOTH_NO_MEMORY, journal->path, "out of memory") : 0;
}

static int line_length(const char *line)
{
	return (int)strcspn(line, "\n");
}

/* The settings differ somewhere: says where. */
static int report_difference(const struct quoth_journal *journal, const char *was, const char *is,
			     struct quoth_report *report)
{
	while (*was && *is && line_length(was) == line_length(is) && !strncmp(was, is, (size_t)line_length(was)) &&
	       was[line_length(was)] && is[line_length(is)]) {
		was += line_length(was) + 1;
		is += line_length(is) + 1;
	}
	return quoth_report_set(report, QUOTH_CHANGED, journal->path,
				"belongs to another command: it had %.*s where this one has %.*s; remove the journal to start anew",
				line_length(was), was, line_length(is), is);
}

/* Writes all bytes at the end of the journal and syncs it. */
static int append(struct quoth_journal *journal, const char *bytes, size_t size, struct quoth_report *report)
{
	while (size) {
		ssize_t n = write(journal->descriptor, bytes, size);

		if (n < 0 && errno != EINTR)
			return refuse(journal, report);
		if (n > 0) {
			bytes += n;
			size -= (size_t)n;
		}
	}
	return fsync(journal->descriptor) ? refuse(journal, report) : 0;
}

static int put_head(struct quoth_journal *journal, const struct quoth_buffer *head, struct quoth_report *report)
{
	if (ftruncate(journal->descriptor, 0) || lseek(journal->descriptor, 0, SEEK_SET) < 0)
		return refuse(journal, report);
	return append(journal, head->bytes, head->size, report);
}

/* The last whole checkpoint of the lines; what stands behind it, a torn line, is cut off. */
static int find_checkpoint(struct quoth_journal *journal, char *lines, size_t head_size,
			   struct quoth_checkpoint *checkpoint, struct quoth_report *report)
{
	size_t good = head_size;
	bool has_one = false;

	for (char *line = lines, *end; (end = strchr(line, '\n')); line = end + 1) {
		struct quoth_checkpoint c;

		*end = '\0';
		if (!read_line(line, &c))
			break;
		*checkpoint = c;
		has_one = true;
		good = head_size + (size_t)(end + 1 - lines);
	}
	if (ftruncate(journal->descriptor, (off_t)good) || lseek(journal->descriptor, 0, SEEK_END) < 0)
		return refuse(journal, report);
	return has_one;
}

/* Compares an old journal with the head that this run would write. A head that is cut short has no checkpoints behind it. */
static int go_on_from(struct quoth_journal *journal, struct quoth_buffer *old, const struct quoth_buffer *head,
		      struct quoth_checkpoint *checkpoint, struct quoth_report *report)
{
	size_t old_size = old->size - 1, begin = sizeof first_line - 1;
	const char *end;

	if (old_size < begin ? memcmp(old->bytes, first_line, old_size) : memcmp(old->bytes, first_line, begin))
		return quoth_report_set(report, QUOTH_BAD_INPUT, journal->path, "is there already and no journal of quoth; not touched");
	if (old_size >= head->size && !memcmp(old->bytes, head->bytes, head->size))
		return find_checkpoint(journal, old->bytes + head->size, head->size, checkpoint, report);
	end = old_size >= begin ? strstr(old->bytes + begin, last_setting) : NULL;
	if (!end)
		return put_head(journal, head, report);
	return report_difference(journal, old->bytes + begin, head->bytes + begin, report);
}

/* ---- the doors ---- */

int quoth_journal_open(struct quoth_journal *journal, const char *path, const struct quoth_buffer *settings,
		       struct quoth_checkpoint *checkpoint, struct quoth_report *report)
{
	struct quoth_buffer head = {0}, old = {0};
	int result;

	*journal = (struct quoth_journal){.path = path};
	journal->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (journal->descriptor < 0)
		return refuse(journal, report);
	quoth_buffer_put_string(&head, first_line);
	quoth_buffer_put(&head, settings->bytes, settings->size);
	quoth_buffer_put_string(&head, last_setting);
	if (head.has_failed || settings->has_failed)
		result = quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
	else if (flock(journal->descriptor, LOCK_EX | LOCK_NB))
		result = quoth_report_set(report, QUOTH_IO, path, "another run is using it");
	else
		result = read_file(journal, &old, report);
	if (!result)
		result = old.size > 1 ? go_on_from(journal, &old, &head, checkpoint, report) : put_head(journal, &head, report);
	quoth_buffer_free(&head);
	quoth_buffer_free(&old);
	if (result < 0)
		quoth_journal_close(journal);
	return result;
}

bool quoth_journal_is_due(const struct quoth_journal *journal)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > journal->next.tv_sec ||
	       (now.tv_sec == journal->next.tv_sec && now.tv_nsec >= journal->next.tv_nsec);
}

int quoth_journal_write(struct quoth_journal *journal, const struct quoth_checkpoint *checkpoint,
			const struct timespec *began, struct quoth_report *report)
{
	enum { PAUSE = 250000000, SHARE = 20 };
	static const int64_t second = 1000000000;
	char line[LINE_BYTES];
	int size = format_line(line, checkpoint), error = append(journal, line, (size_t)size, report);
	struct timespec now;
	int64_t took, next;

	clock_gettime(CLOCK_MONOTONIC, &now);
	took = (now.tv_sec - began->tv_sec) * second + now.tv_nsec - began->tv_nsec;
	next = now.tv_nsec + (took * SHARE > PAUSE ? took * SHARE : PAUSE);
	journal->next = (struct timespec){.tv_sec = now.tv_sec + (time_t)(next / second), .tv_nsec = (long)(next % second)};
	return error;
}

void quoth_journal_close(struct quoth_journal *journal)
{
	if (journal->path && journal->descriptor >= 0)
		close(journal->descriptor);
	journal->descriptor = -1;
}
