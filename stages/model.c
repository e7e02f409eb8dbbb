#define _POSIX_C_SOURCE 200809L

#include "stages/model.h"

#include "stages/checksum.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the file: header, directory, then what it points at, each part on a 64-byte boundary ---- */

static const char magic[8] = "quothmod";

enum { BYTE_ORDER_MARK = 0x01020304, FOREIGN_BYTE_ORDER_MARK = 0x04030201, ALIGNMENT = 64, MAX_TABLES = 256 };

struct file_header {
	char magic[8];
	uint32_t byte_order, version;
	uint64_t size;		/* of the file */
	uint64_t checksum;	/* of the file with this field 0 */
	uint32_t n_tables, reserved[7];
};

struct file_table {
	char name[QUOTH_TABLE_NAME_BYTES];
	uint64_t offset, size;			/* of the table's bytes in the file */
	uint64_t about_offset, about_size;	/* of the words about it, the NUL behind them not counted */
	uint32_t kind, n_rows;
	uint16_t n_labels, width;
	uint32_t cell_bytes;
	float scale;
	uint32_t reserved[11];
};

_Static_assert(sizeof(struct file_header) == 64, "the header fills one line");
_Static_assert(sizeof(struct file_table) == 128, "an entry of the directory fills two");

struct quoth_model {
	void *mapping;		/* NULL where the bytes are the caller's */
	size_t mapping_size;
	uint64_t checksum;
	uint32_t n_tables;
	struct quoth_table tables[];
};

static uint64_t checksum_file(const unsigned char *bytes, size_t size)
{
	struct quoth_checksum sum = QUOTH_CHECKSUM_START;
	struct file_header header;

	memcpy(&header, bytes, sizeof header);
	header.checksum = 0;
	quoth_checksum_add(&sum, &header, sizeof header);
	quoth_checksum_add(&sum, bytes + sizeof header, size - sizeof header);
	return quoth_checksum_finish(&sum);
}

static uint64_t pad(uint64_t size)
{
	return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static bool is_power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

/* What the scoring code takes for granted of a table. */
static bool is_sound(const struct quoth_table *table)
{
	switch (table->kind) {
	case QUOTH_TABLE_BYTES:
		return true;
	case QUOTH_TABLE_WORDS:
		return is_power_of_two(table->n_rows) &&
		       table->size == (uint64_t)table->n_rows * sizeof(struct quoth_word_slot);
	case QUOTH_TABLE_WEIGHTS:
		return is_power_of_two(table->n_rows) && table->n_rows > 1 && table->n_labels > 0 &&
		       table->n_labels <= QUOTH_MAX_LABELS && table->width == quoth_weights_width(table->n_labels) &&
		       (table->cell_bytes == 1 || table->cell_bytes == 2) &&
		       table->size == (uint64_t)table->n_rows * table->width * table->cell_bytes;
	default:
		return false;
	}
}

/* A table of words needs a free slot, or a search for a missing word would not end. */
static bool has_free_slot(const struct quoth_table *table)
{
	const struct quoth_word_slot *slots = table->bytes;

	for (uint32_t i = 0; i < table->n_rows; i++)
		if (slots[i].value == 0)
			return true;
	return false;
}

static bool lies_within(uint64_t offset, uint64_t size, uint64_t file_size)
{
	return offset <= file_size && size <= file_size - offset;
}

static int check_header(const struct file_header *header, size_t size, const char *where, struct quoth_report *report)
{
	if (size < sizeof *header || memcmp(header->magic, magic, sizeof magic) != 0)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is no quoth model");
	if (header->byte_order == FOREIGN_BYTE_ORDER_MARK)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where,
					"was written on a machine of the other byte order; train it again on this one");
	if (header->byte_order != BYTE_ORDER_MARK)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is damaged (byte order mark)");
	if (header->version > QUOTH_MODEL_VERSION)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where,
					"has format %u, newer than the format %d that this program reads",
					(unsigned)header->version, QUOTH_MODEL_VERSION);
	if (header->version < QUOTH_MODEL_VERSION)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where,
					"has format %u, older than the format %d that this program reads; train it again",
					(unsigned)header->version, QUOTH_MODEL_VERSION);
	if (size < header->size)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is cut short: %zu of %llu bytes", size,
					(unsigned long long)header->size);
	if (size > header->size || size % ALIGNMENT != 0)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is damaged: %zu bytes instead of %llu", size,
					(unsigned long long)header->size);
	if (header->n_tables > MAX_TABLES || !lies_within(sizeof *header, header->n_tables * sizeof(struct file_table), size))
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is damaged (directory)");
	return 0;
}

static int read_directory(struct quoth_model *model, const unsigned char *bytes, size_t size, const char *where,
			  struct quoth_report *report)
{
	const struct file_table *entries = (const struct file_table *)(bytes + sizeof(struct file_header));

	for (uint32_t i = 0; i < model->n_tables; i++) {
		const struct file_table *entry = entries + i;
		struct quoth_table *table = model->tables + i;

		if (!lies_within(entry->offset, entry->size, size) || entry->offset % ALIGNMENT != 0 ||
		    !lies_within(entry->about_offset, entry->about_size, size - 1) ||
		    bytes[entry->about_offset + entry->about_size] != '\0' || memchr(entry->name, '\0', sizeof entry->name) == NULL)
			return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is damaged (table %u)", (unsigned)i);
		*table = (struct quoth_table){
			.name = entry->name,
			.about = (const char *)bytes + entry->about_offset,
			.bytes = bytes + entry->offset,
			.size = entry->size,
			.kind = entry->kind,
			.n_rows = entry->n_rows,
			.n_labels = entry->n_labels,
			.width = entry->width,
			.cell_bytes = (uint8_t)entry->cell_bytes,
			.scale = entry->scale,
		};
		if (!is_sound(table) || (table->kind == QUOTH_TABLE_WORDS && !has_free_slot(table)))
			return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is damaged (table %s)", table->name);
	}
	return 0;
}

int quoth_model_from_bytes(struct quoth_model **model, const void *bytes, size_t size, bool is_trusted,
			   const char *where, struct quoth_report *report)
{
	const struct file_header *header = bytes;
	int error = check_header(header, size, where, report);

	if (error)
		return error;
	if (!is_trusted && checksum_file(bytes, size) != header->checksum)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "is damaged (checksum)");
	*model = calloc(1, sizeof **model + header->n_tables * sizeof(struct quoth_table));
	if (!*model)
		return quoth_report_set(report, QUOTH_NO_MEMORY, where, "no memory");
	(*model)->n_tables = header->n_tables;
	(*model)->checksum = header->checksum;
	error = read_directory(*model, bytes, size, where, report);
	if (error) {
		quoth_model_close(*model);
		*model = NULL;
	}
	return error;
}

static int check_tables(const struct quoth_table *tables, size_t n, const char *where, struct quoth_report *report)
{
	if (n > MAX_TABLES)
		return quoth_report_set(report, QUOTH_BAD_MODEL, where, "more than %d tables", MAX_TABLES);
	for (size_t i = 0; i < n; i++)
		if (!is_sound(tables + i) || strlen(tables[i].name) >= QUOTH_TABLE_NAME_BYTES ||
		    (tables[i].kind == QUOTH_TABLE_WORDS && !has_free_slot(tables + i)))
			return quoth_report_set(report, QUOTH_BAD_MODEL, where, "table %s cannot be written", tables[i].name);
	return 0;
}

int quoth_model_from_tables(struct quoth_model **model, const struct quoth_table *tables, size_t n,
			    struct quoth_report *report)
{
	int error = check_tables(tables, n, "model", report);

	*model = NULL;
	if (error)
		return error;
	*model = calloc(1, sizeof **model + n * sizeof *tables);
	if (!*model)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "model", "no memory");
	(*model)->n_tables = (uint32_t)n;
	if (n > 0)
		memcpy((*model)->tables, tables, n * sizeof *tables);
	return 0;
}

static int map_file(int fd, void **bytes, size_t *size, const char *path, struct quoth_report *report)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
	if (!S_ISREG(status.st_mode) || status.st_size == 0)
		return quoth_report_set(report, QUOTH_BAD_MODEL, path, "is no quoth model");
	*size = (size_t)status.st_size;
	*bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (*bytes == MAP_FAILED)
		return quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
	return 0;
}

int quoth_model_open(struct quoth_model **model, const char *path, struct quoth_report *report)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), error;
	void *bytes = NULL;
	size_t size = 0;

	*model = NULL;
	if (fd < 0)
		return quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
	error = map_file(fd, &bytes, &size, path, report);
	close(fd);
	if (error)
		return error;
	error = quoth_model_from_bytes(model, bytes, size, false, path, report);
	if (error) {
		munmap(bytes, size);
		return error;
	}
	(*model)->mapping = bytes;
	(*model)->mapping_size = size;
	return 0;
}

void quoth_model_close(struct quoth_model *model)
{
	if (!model)
		return;
	if (model->mapping)
		munmap(model->mapping, model->mapping_size);
	free(model);
}

uint64_t quoth_model_checksum(const struct quoth_model *model)
{
	return model ? model->checksum : 0;
}

const struct quoth_table *quoth_model_table(const struct quoth_model *model, size_t i)
{
	return i < model->n_tables ? model->tables + i : NULL;
}

const struct quoth_table *quoth_model_find(const struct quoth_model *model, const char *name)
{
	if (!model)
		return NULL;
	for (uint32_t i = 0; i < model->n_tables; i++)
		if (strcmp(model->tables[i].name, name) == 0)
			return model->tables + i;
	return NULL;
}

struct quoth_weights quoth_table_weights(const struct quoth_table *table)
{
	return (struct quoth_weights){
		.rows = table->bytes,
		.scale = table->scale,
		.n_labels = table->n_labels,
		.width = table->width,
		.shift = (uint8_t)(32 - __builtin_ctz(table->n_rows)),
		.cell_bytes = table->cell_bytes,
	};
}

struct quoth_words quoth_table_words(const struct quoth_table *table)
{
	return (struct quoth_words){.slots = table->bytes, .mask = table->n_rows - 1};
}

bool quoth_model_weights(const struct quoth_model *model, const char *name, uint16_t n_labels,
			 struct quoth_weights *weights)
{
	const struct quoth_table *table = quoth_model_find(model, name);

	if (!table || table->kind != QUOTH_TABLE_WEIGHTS || table->n_labels != n_labels)
		return false;
	*weights = quoth_table_weights(table);
	return true;
}

bool quoth_model_words(const struct quoth_model *model, const char *name, struct quoth_words *words)
{
	const struct quoth_table *table = quoth_model_find(model, name);

	if (!table || table->kind != QUOTH_TABLE_WORDS)
		return false;
	*words = quoth_table_words(table);
	return true;
}

/* ---- writing ---- */

/* The whole file in memory; NULL without memory. */
static unsigned char *lay_out(const struct quoth_table *tables, size_t n, size_t *size)
{
	uint64_t offset = sizeof(struct file_header) + n * sizeof(struct file_table);
	struct file_header header = {.byte_order = BYTE_ORDER_MARK, .version = QUOTH_MODEL_VERSION, .n_tables = (uint32_t)n};
	unsigned char *bytes;

	*size = offset;
	for (size_t i = 0; i < n; i++)
		*size += pad(tables[i].size) + pad(strlen(tables[i].about) + 1);
	bytes = calloc(1, *size);
	if (!bytes)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		struct file_table entry = {
			.offset = offset,
			.size = tables[i].size,
			.about_offset = offset + pad(tables[i].size),
			.about_size = strlen(tables[i].about),
			.kind = tables[i].kind,
			.n_rows = tables[i].n_rows,
			.n_labels = tables[i].n_labels,
			.width = tables[i].width,
			.cell_bytes = tables[i].cell_bytes,
			.scale = tables[i].scale,
		};

		strncpy(entry.name, tables[i].name, sizeof entry.name - 1);
		memcpy(bytes + sizeof header + i * sizeof entry, &entry, sizeof entry);
		memcpy(bytes + entry.offset, tables[i].bytes, entry.size);
		memcpy(bytes + entry.about_offset, tables[i].about, entry.about_size);
		offset = entry.about_offset + pad(entry.about_size + 1);
	}
	memcpy(header.magic, magic, sizeof magic);
	header.size = *size;
	memcpy(bytes, &header, sizeof header);
	header.checksum = checksum_file(bytes, *size);
	memcpy(bytes, &header, sizeof header);
	return bytes;
}

static bool write_whole(int fd, const unsigned char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		size -= (size_t)n;
	}
	return fsync(fd) == 0;
}

static int replace_file(const char *path, const unsigned char *bytes, size_t size, struct quoth_report *report)
{
	size_t length = strlen(path);
	char *temporary = malloc(length + sizeof ".XXXXXX");
	int fd, error = 0;

	if (!temporary)
		return quoth_report_set(report, QUOTH_NO_MEMORY, path, "no memory");
	memcpy(temporary, path, length);
	memcpy(temporary + length, ".XXXXXX", sizeof ".XXXXXX");
	fd = mkstemp(temporary);
	if (fd < 0) {
		error = quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
		free(temporary);
		return error;
	}
	if (!write_whole(fd, bytes, size) || fchmod(fd, 0644) != 0)
		error = quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
	if (close(fd) != 0 && !error)
		error = quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
	if (!error && rename(temporary, path) != 0)
		error = quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
	if (error)
		unlink(temporary);
	free(temporary);
	return error;
}

int quoth_model_write(const char *path, const struct quoth_table *tables, size_t n, struct quoth_report *report)
{
	int error = check_tables(tables, n, path, report);
	unsigned char *bytes;
	size_t size;

	if (error)
		return error;
	bytes = lay_out(tables, n, &size);
	if (!bytes)
		return quoth_report_set(report, QUOTH_NO_MEMORY, path, "no memory");
	error = replace_file(path, bytes, size, report);
	free(bytes);
	return error;
}
