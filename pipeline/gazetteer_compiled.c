#include "config.h"

#include "pipeline/gazetteer_compiled.h"

#include "pipeline/output.h"
#include "stages/checksum.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- the file ---- */

static const char magic[QUOTH_COMPILED_MAGIC_BYTES] = "quothgaz";

enum {
	BYTE_ORDER_MARK = 0x01020304,
	FOREIGN_BYTE_ORDER_MARK = 0x04030201,
	ALIGNMENT = 64,
	WINDOW_BYTES = 4 << 20,		/* of a file that are in memory while its checksum is taken */
};

_Static_assert(sizeof(struct quoth_compiled_header) == ALIGNMENT, "the header fills one line");

static uint64_t pad(uint64_t size)
{
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

bool quoth_gazetteer_is_compiled(const char *head, size_t size)
{
	return size >= sizeof magic && !memcmp(head, magic, sizeof magic);
}

/* ---- reading ---- */

static int check_header(const struct quoth_compiled_header *header, size_t size, const char *path, struct quoth_report *report)
{
	if (size < sizeof *header)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "is cut short: %zu bytes", size);
	if (header->byte_order == FOREIGN_BYTE_ORDER_MARK)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path,
					"was compiled on a machine of the other byte order; compile it again on this one");
	if (header->byte_order != BYTE_ORDER_MARK)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "is damaged (byte order mark)");
	if (header->version != QUOTH_COMPILED_GAZETTEER_VERSION)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "has format %u, %s than the format %d that this program "
					"reads; compile it again", (unsigned)header->version,
					header->version > QUOTH_COMPILED_GAZETTEER_VERSION ? "newer" : "older",
					QUOTH_COMPILED_GAZETTEER_VERSION);
	if (size < header->size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "is cut short: %zu of %llu bytes", size,
					(unsigned long long)header->size);
	if (size > header->size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "is damaged: %zu bytes instead of %llu", size,
					(unsigned long long)header->size);
	if (size % ALIGNMENT || header->text_size > size || header->n_slots > size / sizeof(uint64_t) || !header->n_slots ||
	    sizeof *header + pad(header->text_size) + pad(header->n_slots * sizeof(uint64_t)) != size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "is damaged (sizes)");
	return 0;
}

uint64_t quoth_compiled_checksum(const unsigned char *bytes, size_t size, bool is_mapped)
{
	struct quoth_checksum sum = QUOTH_CHECKSUM_START;
	struct quoth_compiled_header header;

	for (size_t i = 0; i < size; i += WINDOW_BYTES) {
		size_t begin = i ? i : sizeof header, end = size - i < WINDOW_BYTES ? size : i + WINDOW_BYTES;

		quoth_checksum_add(&sum, bytes + begin, end - begin);
		if (is_mapped)
			madvise((void *)(bytes + i), end - i, MADV_DONTNEED);
	}
	memcpy(&header, bytes, sizeof header);
	header.checksum = 0;
	quoth_checksum_add(&sum, &header, sizeof header);
	return quoth_checksum_finish(&sum);
}

int quoth_gazetteer_map(struct quoth_gazetteer *gazetteer, int descriptor, size_t size, const char *path,
			struct quoth_report *report)
{
	const struct quoth_compiled_header *header;
	unsigned char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
	int error;

	if (bytes == MAP_FAILED)
		return quoth_report_set(report, errno == ENOMEM ? QUOTH_NO_MEMORY : QUOTH_IO, path, "%s", strerror(errno));
	gazetteer->mapping = bytes;
	gazetteer->mapping_size = size;
	header = (const struct quoth_compiled_header *)bytes;
	error = check_header(header, size, path, report);
	if (error)
		return error;
	if (quoth_compiled_checksum(bytes, size, true) != header->checksum)
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "is damaged (checksum)");
	gazetteer->text = (const char *)bytes + sizeof *header;
	gazetteer->text_size = header->text_size;
	gazetteer->names.slots = (const uint64_t *)(bytes + sizeof *header + pad(header->text_size));
	gazetteer->names.n = header->n_slots;
	gazetteer->checksum = header->checksum;
	gazetteer->n_entries = header->n_entries;
	gazetteer->n_names = header->n_names;
	for (uint8_t i = 0; i < QUOTH_N_GAZETTEER_COLUMNS; i++)
		gazetteer->places[i] = i;
	return 0;
}

/* ---- writing ---- */

struct compiler {
	struct quoth_output output;
	struct quoth_buffer line;
	struct quoth_checksum sum;
	uint64_t text_size;
};

enum { SLOTS_AT_ONCE = 8192 };

static int write_bytes(struct compiler *compiler, const void *bytes, size_t size, struct quoth_report *report)
{
	quoth_checksum_add(&compiler->sum, bytes, size);
	return quoth_output_write(&compiler->output, bytes, size, report);
}

/* Fills the line that a part of that size ends in. */
static int write_padding(struct compiler *compiler, uint64_t size, struct quoth_report *report)
{
	static const char zeros[ALIGNMENT];

	return write_bytes(compiler, zeros, pad(size) - size, report);
}

static int write_slots(struct compiler *compiler, struct quoth_slots slots, struct quoth_report *report)
{
	int error = 0;

	for (uint64_t i = 0, n; !error && i < slots.n; i += n) {
		n = slots.n - i < SLOTS_AT_ONCE ? slots.n - i : SLOTS_AT_ONCE;
		error = write_bytes(compiler, slots.slots + i, n * sizeof *slots.slots, report);
	}
	return error ? error : write_padding(compiler, slots.n * sizeof *slots.slots, report);
}

/* The sink of the table's reader: the entry as a line. */
static int keep_entry(void *context, const struct quoth_gazetteer_entry *entry, uint64_t *place, struct quoth_report *report)
{
	struct compiler *compiler = context;
	struct quoth_buffer *line = &compiler->line;

	line->size = 0;
	for (unsigned i = 0; i < QUOTH_N_GAZETTEER_COLUMNS; i++) {
		quoth_buffer_put(line, entry->fields[i].text, entry->fields[i].size);
		quoth_buffer_put_byte(line, i + 1 < QUOTH_N_GAZETTEER_COLUMNS ? '\t' : '\n');
	}
	if (line->has_failed)
		return quoth_report_set(report, QUOTH_NO_MEMORY, compiler->output.name, "out of memory");
	*place = compiler->text_size;
	compiler->text_size += line->size;
	return write_bytes(compiler, line->bytes, line->size, report);
}

/* Room for the header, and the header line: no entry is at place 0, which stands for a free slot. */
static int write_head(struct compiler *compiler, struct quoth_report *report)
{
	static const struct quoth_compiled_header none;
	struct quoth_gazetteer_entry names;
	uint64_t place;
	int error = quoth_output_write(&compiler->output, (const char *)&none, sizeof none, report);

	for (unsigned i = 0; i < QUOTH_N_GAZETTEER_COLUMNS; i++)
		names.fields[i] = (struct quoth_field){quoth_gazetteer_columns[i], strlen(quoth_gazetteer_columns[i])};
	return error ? error : keep_entry(compiler, &names, &place, report);
}

static int write_tail(struct compiler *compiler, const struct quoth_gazetteer *gazetteer, struct quoth_report *report)
{
	uint64_t slots_size = gazetteer->names.n * sizeof(uint64_t);
	struct quoth_compiled_header header = {
		.byte_order = BYTE_ORDER_MARK, .version = QUOTH_COMPILED_GAZETTEER_VERSION,
		.size = sizeof header + pad(compiler->text_size) + pad(slots_size),
		.n_entries = gazetteer->n_entries, .n_names = gazetteer->n_names,
		.text_size = compiler->text_size, .n_slots = gazetteer->names.n,
	};
	int error = write_padding(compiler, compiler->text_size, report);

	memcpy(header.magic, magic, sizeof magic);
	if (!error)
		error = write_slots(compiler, gazetteer->names, report);
	if (!error)
		error = quoth_output_flush(&compiler->output, report);
	if (error)
		return error;
	quoth_checksum_add(&compiler->sum, &header, sizeof header);
	header.checksum = quoth_checksum_finish(&compiler->sum);
	if (pwrite(compiler->output.descriptor, &header, sizeof header, 0) != sizeof header)
		return quoth_report_set(report, QUOTH_IO, compiler->output.name, "%s", strerror(errno));
	return quoth_output_finish(&compiler->output, report);
}

int quoth_gazetteer_compile(const char *from, const char *to, struct quoth_gazetteer_problems *problems,
			    struct quoth_report *report)
{
	struct compiler compiler = {.sum = QUOTH_CHECKSUM_START};
	struct quoth_gazetteer_sink sink = {keep_entry, &compiler};
	struct quoth_gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
	int error = quoth_output_open(&compiler.output, to, report);

	if (!error && !gazetteer)
		error = quoth_report_set(report, QUOTH_NO_MEMORY, to, "out of memory");
	if (!error && !compiler.output.temporary)
		error = quoth_report_set(report, QUOTH_IO, to, "is no regular file; a compiled gazetteer is mapped into memory");
	if (!error)
		error = write_head(&compiler, report);
	if (!error)
		error = quoth_gazetteer_table_read(gazetteer, from, &sink, problems, report);
	if (!error)
		error = write_tail(&compiler, gazetteer, report);
	quoth_output_abandon(&compiler.output);
	quoth_buffer_free(&compiler.line);
	quoth_gazetteer_close(gazetteer);
	return error;
}
