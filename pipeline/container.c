#include "config.h"

#include "pipeline/container.h"

#include "pipeline/inputs.h"
#include "pipeline/packing.h"

#include <archive.h>
#include <archive_entry.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- what libarchive reads, and what is read from it ---- */

/* What reading the outer stream said, else libarchive's message, whose words begin with a capital as ours do not. */
static int report_archive(struct quoth_container *container, const char *where, struct quoth_report *report)
{
	const char *words = archive_error_string(container->archive);
	int error;

	if (container->outer_error) {
		if (report)
			*report = container->outer_report;
		return container->outer_error;
	}
	error = quoth_report_set(report, archive_errno(container->archive) == ENOMEM ? QUOTH_FAULT : QUOTH_IO, where, "%s",
				 words ? words : "the archive is broken");
	if (isupper((unsigned char)report->what[0]) && islower((unsigned char)report->what[1]))
		report->what[0] = (char)tolower((unsigned char)report->what[0]);
	return error;
}

/* archive_read_callback: hands over all that the outer stream holds. */
static la_ssize_t read_outer(struct archive *archive, void *context, const void **bytes)
{
	struct quoth_container *container = context;
	struct quoth_stream *outer = container->outer;
	size_t size;
	int more = outer->begin == outer->end ? quoth_stream_fill(outer, &container->outer_report) : 1;

	if (more < 0) {
		container->outer_error = more;
		archive_set_error(archive, EIO, "the file cannot be read");
		return -1;
	}
	size = outer->end - outer->begin;
	*bytes = outer->bytes + outer->begin;
	outer->begin = outer->end;
	return (la_ssize_t)size;
}

/* archive_seek_callback, for files: zip has its table of contents at its end. */
static la_int64_t seek_outer(struct archive *archive, void *context, la_int64_t offset, int whence)
{
	struct quoth_stream *file = &((struct quoth_container *)context)->file;
	off_t place;

	(void)archive;
	if (whence == SEEK_CUR)
		offset += (la_int64_t)quoth_stream_place(file);
	place = lseek(file->descriptor, offset, whence == SEEK_CUR ? SEEK_SET : whence);
	if (place < 0)
		return ARCHIVE_FATAL;
	file->begin = file->end = 0;
	file->n_passed = (uint64_t)place;
	file->is_at_end = false;
	return place;
}

/* quoth_stream_source: bytes of the member that the archive stands at. */
static ptrdiff_t read_member(void *context, char *into, size_t size, struct quoth_report *report)
{
	struct quoth_container *container = context;
	struct archive *archive = container->archive;
	la_ssize_t n;

	do
		n = archive_read_data(archive, into, size);
	while (n == ARCHIVE_RETRY);
	if (n < 0) {
		container->is_done = n == ARCHIVE_FATAL;
		return report_archive(container, container->member.path, report);
	}
	if (quoth_is_packing_bomb((uint64_t)archive_filter_bytes(archive, -1) + container->gunzip.n_packed,
				  (uint64_t)archive_filter_bytes(archive, 0))) {
		container->is_done = true;
		return quoth_report_set(report, QUOTH_IO, container->member.path,
					"a thousand times larger unpacked than packed: given up");
	}
	return n;
}

/* ---- opening ---- */

static int open_archive(struct quoth_container *container, struct quoth_report *report)
{
	struct quoth_stream *outer = container->outer;
	struct archive *archive = archive_read_new();
	int status;

	if (!archive)
		return quoth_report_set(report, QUOTH_NO_MEMORY, outer->path, "out of memory");
	container->archive = archive;
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_format_tar(archive);
	archive_read_support_format_zip(archive);
	archive_read_support_format_raw(archive);
	archive_read_support_format_empty(archive);
	archive_read_set_read_callback(archive, read_outer);
	if (outer->file_size)	/* a pipe is read from front to back */
		archive_read_set_seek_callback(archive, seek_outer);
	archive_read_set_callback_data(archive, container);
	status = archive_read_open1(archive);
	return status == ARCHIVE_OK ? 0 : report_archive(container, outer->path, report);
}

static int look_inside(struct quoth_container *container, const char *path, struct quoth_report *report)
{
	struct quoth_stream *outer = &container->file;
	int more = quoth_stream_fill(outer, report);

	if (more > 0 && quoth_packing_of_bytes(outer->bytes, outer->end) == QUOTH_GZIP) {
		int error = quoth_gunzip_open(&container->gunzip, outer, report);

		outer = &container->unzipped;
		if (!error)
			error = quoth_stream_open_source(outer, path, quoth_gunzip_read, &container->gunzip, report);
		more = error ? error : quoth_stream_fill(outer, report);
	}
	container->outer = outer;
	if (more <= 0)
		return more;
	switch (quoth_packing_of_bytes(outer->bytes, outer->end)) {
	case QUOTH_NOT_PACKED:
		return 0;
	case QUOTH_GZIP:
		return quoth_report_set(report, QUOTH_BAD_INPUT, path, "is compressed twice; unpack it once");
	default:
		return open_archive(container, report);
	}
}

int quoth_container_open(struct quoth_container *container, const char *path, struct quoth_report *report)
{
	int error = quoth_stream_open(&container->file, path, report);

	container->is_done = false;
	container->outer_error = 0;
	container->gunzip.n_packed = 0;
	if (!error)
		error = look_inside(container, path, report);
	if (error)
		quoth_container_close(container);
	return error;
}

void quoth_container_close(struct quoth_container *container)
{
	if (container->archive)
		archive_read_free(container->archive);
	container->archive = NULL;
	quoth_stream_close(&container->member);
	quoth_stream_close(&container->unzipped);
	quoth_gunzip_close(&container->gunzip);
	quoth_stream_close(&container->file);
	container->is_done = true;
}

void quoth_container_free(struct quoth_container *container)
{
	quoth_stream_free(&container->member);
	quoth_stream_free(&container->unzipped);
	quoth_stream_free(&container->file);
	quoth_buffer_free(&container->name);
}

uint64_t quoth_container_place(const struct quoth_container *container)
{
	return quoth_stream_place(&container->file);
}

/* ---- members ---- */

static bool leads_out(const char *name)
{
	if (*name == '/')
		return true;
	for (const char *part = name; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (!strncmp(part, "..", 2) && (!part[2] || part[2] == '/'))
			return true;
	}
	return false;
}

static bool is_hidden(const char *name)
{
	for (const char *part = name; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (*part == '.' && part[1] != '/' && part[1])
			return true;
	}
	return false;
}

/* A member's path; NULL where the locale has no letters for it. */
static const char *name_of_entry(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname_utf8(entry);

	if (!name)
		name = archive_entry_pathname(entry);
	while (name && !strncmp(name, "./", 2))
		name += 2;
	return name || MB_CUR_MAX == 1 ? name : "?";
}

static int set_name(struct quoth_container *container, const char *name, struct quoth_report *report)
{
	const char *path = container->file.path;

	container->name.size = 0;
	quoth_buffer_put_string(&container->name, path);
	if (name) {
		quoth_buffer_put_byte(&container->name, '/');
		quoth_buffer_put_string(&container->name, name);
	}
	quoth_buffer_put_byte(&container->name, '\0');
	if (!container->name.has_failed)
		return 0;
	container->name.has_failed = false;
	return quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
}

static int open_member(struct quoth_container *container, struct quoth_stream **stream, struct quoth_report *report)
{
	struct quoth_stream *member = &container->member;
	int error = quoth_stream_open_source(member, container->name.bytes, read_member, container, report);

	if (!error)
		error = quoth_stream_fill(member, report);
	if (error < 0)
		return error;
	if (quoth_packing_of_bytes(member->bytes, member->end) != QUOTH_NOT_PACKED)
		return quoth_report_set(report, QUOTH_BAD_INPUT, member->path,
					"is compressed or an archive, within an archive: unpack the outer one");
	*stream = member;
	return 1;
}

/* 1 with a member, 0 where this one is none to read, or an error. */
static int take_entry(struct quoth_container *container, struct archive_entry *entry, struct quoth_stream **stream,
		      struct quoth_report *report)
{
	bool is_only = archive_format(container->archive) == ARCHIVE_FORMAT_RAW;
	const char *name = is_only ? NULL : name_of_entry(entry);
	int error;

	if (!name && !is_only)	/* that locale may be missing, or the memory for it */
		return quoth_report_set(report, QUOTH_FAULT, container->file.path, "a member's name cannot be read without the locale C.UTF-8");
	error = set_name(container, name, report);
	if (error || is_only)
		return error ? error : open_member(container, stream, report);
	if (archive_entry_filetype(entry) != AE_IFREG)
		return 0;
	if (leads_out(name))
		return quoth_report_set(report, QUOTH_BAD_INPUT, container->name.bytes,
					"the member's name leads out of the archive; not read");
	if (is_hidden(name))
		return 0;
	if (!container->takes_all_names && !quoth_inputs_takes_name(name)) {
		container->n_left_out++;
		return 0;
	}
	return open_member(container, stream, report);
}

static int next_member(struct quoth_container *container, struct quoth_stream **stream, struct quoth_report *report)
{
	for (;;) {
		struct archive_entry *entry;
		int status, found;

		do
			status = archive_read_next_header(container->archive, &entry);
		while (status == ARCHIVE_RETRY);
		if (status == ARCHIVE_EOF || status == ARCHIVE_FATAL)
			container->is_done = true;
		if (status == ARCHIVE_FATAL)
			return report_archive(container, container->file.path, report);
		if (status == ARCHIVE_EOF)
			return 0;
		found = take_entry(container, entry, stream, report);
		if (found)
			return found;
	}
}

/* No member was found: a compressed file with nothing in it is an empty text; zeros alone look like the end of a tar. */
static int take_nothing(struct quoth_container *container, struct quoth_stream **stream, struct quoth_report *report)
{
	struct quoth_stream *outer = container->outer;

	if (archive_format(container->archive) != ARCHIVE_FORMAT_EMPTY)
		return quoth_report_set(report, QUOTH_BAD_INPUT, outer->path, "the archive has no members");
	outer->begin = outer->end;
	outer->is_at_end = true;
	*stream = outer;
	return 1;
}

int quoth_container_next(struct quoth_container *container, struct quoth_stream **stream, struct quoth_report *report)
{
	int found = 0;

	if (container->is_done)
		return 0;
	if (!container->archive) {
		container->is_done = true;
		*stream = container->outer;
		return 1;
	}
	found = next_member(container, stream, report);
	return found || archive_file_count(container->archive) ? found : take_nothing(container, stream, report);
}
