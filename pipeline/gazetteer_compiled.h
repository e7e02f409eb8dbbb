/* gazetteer_compiled: a gazetteer as one file that is mapped into memory and used where it lies.
 *
 * A header; the text: a header line and the entries' lines, their columns in the order of quoth_gazetteer_columns; the slots
 * of the names. Each part begins on a 64-byte boundary. A checksum covers all of it. It is read by machines of the byte order
 * that it was written on.
 */
#ifndef QUOTH_GAZETTEER_COMPILED_H
#define QUOTH_GAZETTEER_COMPILED_H

#include "pipeline/gazetteer_table.h"

enum { QUOTH_COMPILED_GAZETTEER_VERSION = 1, QUOTH_COMPILED_MAGIC_BYTES = 8 };

struct quoth_compiled_header {
	char magic[QUOTH_COMPILED_MAGIC_BYTES];
	uint32_t byte_order, version;
	uint64_t size;			/* of the file */
	uint64_t checksum;
	uint64_t n_entries, n_names;
	uint64_t text_size;		/* the padding behind it not counted */
	uint64_t n_slots;
};

/* The checksum of a compiled gazetteer, as if that field were 0; size is at least the header's and a multiple of 64. is_mapped:
 * bytes are a file's pages, which are let go of as soon as they were read, so that a large gazetteer does not stay in memory. */
uint64_t quoth_compiled_checksum(const unsigned char *bytes, size_t size, bool is_mapped);

/* Whether a file that begins so is a compiled gazetteer, of whatever version. */
bool quoth_gazetteer_is_compiled(const char *head, size_t size);

/* Maps the open file of that size into a zeroed gazetteer; path names it in the report. 0, QUOTH_IO, or QUOTH_BAD_INPUT where it was
 * written on a machine of the other byte order, is of another version, cut short, or altered. The file may be closed after. */
int quoth_gazetteer_map(struct quoth_gazetteer *gazetteer, int descriptor, size_t size, const char *path,
			struct quoth_report *report);

/* Reads the table at `from` and writes it compiled to `to`, a regular file, whole or not at all. The same table gives the same
 * bytes. 0 or an error with the report. */
int quoth_gazetteer_compile(const char *from, const char *to, struct quoth_gazetteer_problems *problems,
			    struct quoth_report *report);

#endif
