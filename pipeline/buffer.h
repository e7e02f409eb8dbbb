/* buffer: bytes that grow, for what is read and what will be written.
 *
 * A failed allocation is remembered (has_failed) and everything after it is ignored, so that a writer checks once at
 * the end instead of after every piece. JSON and number pieces are here because both writers and the layer dumps use
 * them; all text is written as valid UTF-8 whatever came in.
 */
#ifndef QUOTH_BUFFER_H
#define QUOTH_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct quoth_buffer {
	char *bytes;
	size_t size, capacity;
	bool has_failed;
};

/* Frees the bytes and zeroes the struct; harmless on a zeroed one. */
void quoth_buffer_free(struct quoth_buffer *buffer);

/* Empties it; keeps its memory up to keep_bytes. */
void quoth_buffer_clear(struct quoth_buffer *buffer, size_t keep_bytes);

/* Room for `more` bytes at bytes + size: false, and has_failed, without memory. */
bool quoth_buffer_reserve(struct quoth_buffer *buffer, size_t more);

void quoth_buffer_put(struct quoth_buffer *buffer, const char *bytes, size_t size);
void quoth_buffer_put_number(struct quoth_buffer *buffer, uint64_t number);

/* Thousandths, at most 9999, as a number with three decimals, never in the locale's way: 0.870. */
void quoth_buffer_put_thousandths(struct quoth_buffer *buffer, unsigned thousandths);

/* A JSON string with its marks. Bytes that are no UTF-8 become U+FFFD. */
void quoth_buffer_put_json(struct quoth_buffer *buffer, const char *bytes, size_t size);

/* The inside of a JSON string, white space folded to one space and trimmed. */
void quoth_buffer_put_json_folded(struct quoth_buffer *buffer, const char *bytes, size_t size);

/* A field of a TSV line: white space folded to one space and trimmed, a backslash doubled, NUL and
 * bytes that are no UTF-8 written as U+FFFD. */
void quoth_buffer_put_tsv(struct quoth_buffer *buffer, const char *bytes, size_t size);

/* Text as it is, NUL and bytes that are no UTF-8 as U+FFFD; folded: with white space folded to one space and trimmed. */
void quoth_buffer_put_text(struct quoth_buffer *buffer, const char *bytes, size_t size);
void quoth_buffer_put_text_folded(struct quoth_buffer *buffer, const char *bytes, size_t size);

/* Sixteen hexadecimal digits, as ids are written. */
void quoth_buffer_put_id(struct quoth_buffer *buffer, uint64_t id);

static inline void quoth_buffer_put_byte(struct quoth_buffer *buffer, char byte)
{
	if (buffer->size < buffer->capacity || quoth_buffer_reserve(buffer, 1))
		buffer->bytes[buffer->size++] = byte;
}

static inline void quoth_buffer_put_string(struct quoth_buffer *buffer, const char *string)
{
	quoth_buffer_put(buffer, string, strlen(string));
}

/* Bytes of the white-space character at s (Unicode's White_Space and the separators U+001C to U+001F), 0 if there is none. */
size_t quoth_space_length(const char *s, size_t size);

/* Bytes of the well-formed UTF-8 character at s, 0 if there is none (over-long, surrogate, cut off, beyond U+10FFFF). */
size_t quoth_character_length(const char *s, size_t size);

#endif
