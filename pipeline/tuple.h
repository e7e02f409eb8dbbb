/* tuple: a row of a table as bytes, on its way from the worker that makes it to the database that takes it.
 *
 * A tuple is a byte that says of which table, then its values, one behind the other: a byte that says of which kind, eight bytes
 * (a number, or a size in bytes) and, of text and blobs, the bytes. How many values there are, the table knows.
 */
#ifndef QUOTH_TUPLE_H
#define QUOTH_TUPLE_H

#include "pipeline/buffer.h"

enum quoth_value_kind { QUOTH_NULL, QUOTH_REAL, QUOTH_TEXT, QUOTH_BLOB };

struct quoth_value {
	enum quoth_value_kind kind;
	double real;
	const char *bytes;	/* of text and blobs: size of them, in the buffer that is read, not NUL-terminated */
	uint64_t size;
};

/* ---- writing: appended to a buffer, failures remembered there ---- */

void quoth_tuple_begin(struct quoth_buffer *into, unsigned table);
void quoth_tuple_put_null(struct quoth_buffer *into);
void quoth_tuple_put_real(struct quoth_buffer *into, double real);

/* Text as it is but for NUL and bytes that are no UTF-8, which become U+FFFD; NULL where there is none. */
void quoth_tuple_put_text(struct quoth_buffer *into, const char *text);

/* Bytes to the letter: text where they are UTF-8 without NUL, else a blob. */
void quoth_tuple_put_bytes(struct quoth_buffer *into, const char *bytes, size_t size);

/* Text that is made piece by piece: what is appended between the two. begin gives what end takes. */
size_t quoth_tuple_begin_text(struct quoth_buffer *into);
void quoth_tuple_end_text(struct quoth_buffer *into, size_t begin);

/* ---- reading: what was written, from *at on, which moves behind it ---- */

unsigned quoth_tuple_read_table(const char **at);
struct quoth_value quoth_tuple_read_value(const char **at);

#endif
