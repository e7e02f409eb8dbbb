#include "pipeline/gunzip.h"

#include <string.h>

/* Text packs to a third or a tenth; the same article a thousand times over to a seven-hundredth. */
enum { BOMB_BYTES = 64 * 1024 * 1024, BOMB_RATIO = 1000 };

bool quoth_is_packing_bomb(uint64_t n_packed, uint64_t n_unpacked)
{
	return n_unpacked > BOMB_BYTES && n_unpacked / BOMB_RATIO > n_packed;
}

int quoth_gunzip_open(struct quoth_gunzip *gunzip, struct quoth_stream *packed, struct quoth_report *report)
{
	enum { GZIP_ONLY = 16 };	/* zlib's way to say that the bytes have a gzip header */

	*gunzip = (struct quoth_gunzip){.packed = packed};
	if (inflateInit2(&gunzip->zlib, MAX_WBITS + GZIP_ONLY) != Z_OK)
		return quoth_report_set(report, QUOTH_NO_MEMORY, packed->path, "out of memory");
	gunzip->is_open = true;
	return 0;
}

void quoth_gunzip_close(struct quoth_gunzip *gunzip)
{
	if (gunzip->is_open)
		inflateEnd(&gunzip->zlib);
	gunzip->is_open = false;
}

static int fail(struct quoth_gunzip *gunzip, const char *what)
{
	gunzip->error = quoth_report_set(&gunzip->fault, QUOTH_IO, gunzip->packed->path, "%s (at byte %llu of the file)",
					 what, (unsigned long long)gunzip->n_packed);
	return gunzip->error;
}

/* The zeros that tapes and some tools leave behind a member. */
static void pass_padding(struct quoth_gunzip *gunzip)
{
	struct quoth_stream *packed = gunzip->packed;

	while (packed->begin < packed->end && !packed->bytes[packed->begin]) {
		packed->begin++;
		gunzip->n_packed++;
	}
}

/* Makes bytes of a member ready to be unpacked: 1, 0 at the end of the file, or an error. */
static int find_member(struct quoth_gunzip *gunzip)
{
	struct quoth_stream *packed = gunzip->packed;

	for (;;) {
		int more;

		if (!gunzip->is_in_member && gunzip->n_packed)
			pass_padding(gunzip);
		if (packed->begin < packed->end)
			break;
		more = quoth_stream_fill(packed, &gunzip->fault);
		if (more < 0)
			return gunzip->error = more;
		if (!more)
			return gunzip->is_in_member ? fail(gunzip, "the gzip data ends too early") : 0;
	}
	if (!gunzip->is_in_member && packed->bytes[packed->begin] != '\x1F')
		return fail(gunzip, "what follows the gzip data is no gzip data");
	gunzip->is_in_member = true;
	return 1;
}

/* Unpacks from what is ready into zlib.next_out. 0 or an error. */
static int unpack(struct quoth_gunzip *gunzip)
{
	struct quoth_stream *packed = gunzip->packed;
	z_stream *zlib = &gunzip->zlib;
	size_t room = zlib->avail_out;
	int status;

	zlib->next_in = (Bytef *)packed->bytes + packed->begin;
	zlib->avail_in = (uInt)(packed->end - packed->begin);
	status = inflate(zlib, Z_NO_FLUSH);
	gunzip->n_packed += packed->end - packed->begin - zlib->avail_in;
	packed->begin = packed->end - zlib->avail_in;
	gunzip->n_unpacked += room - zlib->avail_out;
	if (status == Z_MEM_ERROR)
		return gunzip->error = quoth_report_set(&gunzip->fault, QUOTH_NO_MEMORY, packed->path, "out of memory");
	if (status == Z_STREAM_END) {
		gunzip->is_in_member = false;
		inflateReset(zlib);
	} else if (status != Z_OK) {
		return fail(gunzip, zlib->msg ? zlib->msg : "broken gzip data");
	}
	if (quoth_is_packing_bomb(gunzip->n_packed, gunzip->n_unpacked))
		return fail(gunzip, "a thousand times larger unpacked than packed: given up");
	return 0;
}

ptrdiff_t quoth_gunzip_read(void *context, char *into, size_t size, struct quoth_report *report)
{
	struct quoth_gunzip *gunzip = context;
	z_stream *zlib = &gunzip->zlib;

	zlib->next_out = (Bytef *)into;
	zlib->avail_out = (uInt)size;
	while (!gunzip->error && zlib->avail_out == size) {
		int found = find_member(gunzip);

		if (!found)
			return 0;
		if (found > 0)
			unpack(gunzip);
	}
	if (zlib->avail_out < size)
		return (ptrdiff_t)(size - zlib->avail_out);
	if (report)
		*report = gunzip->fault;
	return gunzip->error;
}
