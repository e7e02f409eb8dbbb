#include "pipeline/buffer.h"

#include <stdlib.h>

typedef int8_t bytes16 __attribute__((vector_size(16)));

static const char replacement[] = "\xEF\xBF\xBD";

void quoth_buffer_free(struct quoth_buffer *buffer)
{
	free(buffer->bytes);
	*buffer = (struct quoth_buffer){0};
}

void quoth_buffer_clear(struct quoth_buffer *buffer, size_t keep_bytes)
{
	buffer->size = 0;
	buffer->has_failed = false;
	if (buffer->capacity > keep_bytes)
		quoth_buffer_free(buffer);
}

bool quoth_buffer_reserve(struct quoth_buffer *buffer, size_t more)
{
	size_t capacity = buffer->capacity ? buffer->capacity : 1024;
	char *bytes;

	if (buffer->has_failed)
		return false;
	if (more <= buffer->capacity - buffer->size)
		return true;
	while (capacity - buffer->size < more) {
		if (capacity > SIZE_MAX / 2) {
			buffer->has_failed = true;
			return false;
		}
		capacity *= 2;
	}
	bytes = realloc(buffer->bytes, capacity);
	if (!bytes) {
		buffer->has_failed = true;
		return false;
	}
	buffer->bytes = bytes;
	buffer->capacity = capacity;
	return true;
}

void quoth_buffer_put(struct quoth_buffer *buffer, const char *bytes, size_t size)
{
	if (!size || !quoth_buffer_reserve(buffer, size))
		return;
	memcpy(buffer->bytes + buffer->size, bytes, size);
	buffer->size += size;
}

void quoth_buffer_put_number(struct quoth_buffer *buffer, uint64_t number)
{
	char digits[20];
	size_t i = sizeof digits;

	do
		digits[--i] = (char)('0' + number % 10);
	while (number /= 10);
	quoth_buffer_put(buffer, digits + i, sizeof digits - i);
}

void quoth_buffer_put_id(struct quoth_buffer *buffer, uint64_t id)
{
	char digits[16];

	for (int i = 0; i < 16; i++)
		digits[i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
	quoth_buffer_put(buffer, digits, sizeof digits);
}

void quoth_buffer_put_thousandths(struct quoth_buffer *buffer, unsigned thousandths)
{
	char text[5] = {(char)('0' + thousandths / 1000), '.', (char)('0' + thousandths / 100 % 10),
			(char)('0' + thousandths / 10 % 10), (char)('0' + thousandths % 10)};

	quoth_buffer_put(buffer, text, sizeof text);
}

/* The table of well-formed byte sequences, Unicode 15 section 3.9, table 3-7. */
size_t quoth_character_length(const char *s, size_t size)
{
	const unsigned char *c = (const unsigned char *)s;
	unsigned char low = 0x80, high = 0xBF;
	size_t length;

	if (!size)
		return 0;
	if (c[0] < 0x80)
		return 1;
	if (c[0] < 0xC2 || c[0] > 0xF4)
		return 0;
	length = c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
	if (size < length)
		return 0;
	if (c[0] == 0xE0)
		low = 0xA0;
	else if (c[0] == 0xED)
		high = 0x9F;
	else if (c[0] == 0xF0)
		low = 0x90;
	else if (c[0] == 0xF4)
		high = 0x8F;
	if (c[1] < low || c[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((c[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

size_t quoth_space_length(const char *s, size_t size)
{
	const unsigned char *c = (const unsigned char *)s;

	if (!size)
		return 0;
	if (c[0] < 0x80)
		return c[0] == ' ' || (c[0] >= 0x09 && c[0] <= 0x0D) || (c[0] >= 0x1C && c[0] <= 0x1F);
	if (size >= 2 && c[0] == 0xC2)
		return c[1] == 0x85 || c[1] == 0xA0 ? 2 : 0;
	if (size < 3)
		return 0;
	if (c[0] == 0xE1 && c[1] == 0x9A && c[2] == 0x80)
		return 3;
	if (c[0] == 0xE2 && c[1] == 0x80 && (c[2] <= 0x8A || c[2] == 0xA8 || c[2] == 0xA9 || c[2] == 0xAF))
		return 3;
	if ((c[0] == 0xE2 && c[1] == 0x81 && c[2] == 0x9F) || (c[0] == 0xE3 && c[1] == 0x80 && c[2] == 0x80))
		return 3;
	return 0;
}

/* Printable ASCII but for the mark and the backslash. */
static inline bool is_plain(char c, char mark)
{
	return (c >= ' ') & (c < 0x7F) & (c != '\\') & (c != mark);
}

/* Whether a plain run goes on with c: not with a second space. */
static inline bool goes_on(const char *c, char mark)
{
	return is_plain(c[0], mark) & ((c[0] != ' ') | (c[-1] != ' '));
}

/* Sixteen bytes at once. Signed, all that is not ASCII is below the space. */
static bool goes_on_for_a_block(const char *s, char mark)
{
	bytes16 c, before, special;
	uint64_t halves[2];

	memcpy(&c, s, sizeof c);
	memcpy(&before, s - 1, sizeof before);
	special = (c < ' ') | (c == 0x7F) | (c == '\\') | (c == (int8_t)mark) | ((c == ' ') & (before == ' '));
	memcpy(halves, &special, sizeof halves);
	return !(halves[0] | halves[1]);
}

/* Bytes from s on that need no care in JSON or TSV, single spaces between them included; 0 at a space. */
static size_t plain_length(const char *s, size_t size, char mark)
{
	size_t i = 1;

	if (*s == ' ' || !is_plain(*s, mark))
		return 0;
	while (i + sizeof (bytes16) <= size && goes_on_for_a_block(s + i, mark))
		i += sizeof (bytes16);
	while (i < size && goes_on(s + i, mark))
		i++;
	return i - (s[i - 1] == ' ');
}

static void put_json_escape(struct quoth_buffer *buffer, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};

	switch (c) {
	case '"': quoth_buffer_put(buffer, "\\\"", 2); break;
	case '\\': quoth_buffer_put(buffer, "\\\\", 2); break;
	case '\n': quoth_buffer_put(buffer, "\\n", 2); break;
	case '\t': quoth_buffer_put(buffer, "\\t", 2); break;
	default: quoth_buffer_put(buffer, escape, sizeof escape);
	}
}

/* One character that is not plain, as JSON: how many bytes it took. */
static size_t put_json_character(struct quoth_buffer *buffer, const char *s, size_t size)
{
	size_t n = quoth_character_length(s, size);

	if (!n)
		quoth_buffer_put(buffer, replacement, 3);
	else if (n > 1 || *s == ' ' || *s == 0x7F)
		quoth_buffer_put(buffer, s, n);
	else
		put_json_escape(buffer, (unsigned char)*s);
	return n ? n : 1;
}

/* One character as text: how many bytes it took. */
static size_t put_character(struct quoth_buffer *buffer, const char *s, size_t size)
{
	size_t n = quoth_character_length(s, size);

	if (n && *s)
		quoth_buffer_put(buffer, s, n);
	else
		quoth_buffer_put(buffer, replacement, 3);
	return n ? n : 1;
}

/* One character that is not plain, as TSV: how many bytes it took. */
static size_t put_tsv_character(struct quoth_buffer *buffer, const char *s, size_t size)
{
	if (*s != '\\')
		return put_character(buffer, s, size);
	quoth_buffer_put(buffer, "\\\\", 2);
	return 1;
}

/* Bytes as they are but for those that are not plain. */
static void put_all(struct quoth_buffer *buffer, const char *bytes, size_t size, char mark,
		    size_t (*put)(struct quoth_buffer *, const char *, size_t))
{
	size_t n;

	for (size_t i = 0; i < size; i += n) {
		n = plain_length(bytes + i, size - i, mark);
		if (n)
			quoth_buffer_put(buffer, bytes + i, n);
		else
			n = put(buffer, bytes + i, size - i);
	}
}

void quoth_buffer_put_json(struct quoth_buffer *buffer, const char *bytes, size_t size)
{
	quoth_buffer_put_byte(buffer, '"');
	put_all(buffer, bytes, size, '"', put_json_character);
	quoth_buffer_put_byte(buffer, '"');
}

/* All kinds of field with white space folded. */
static void put_folded(struct quoth_buffer *buffer, const char *bytes, size_t size, char mark,
		       size_t (*put)(struct quoth_buffer *, const char *, size_t))
{
	bool is_first = true, has_space = false;
	size_t n;

	for (size_t i = 0; i < size; i += n) {
		n = quoth_space_length(bytes + i, size - i);
		if (n) {
			has_space = true;
			continue;
		}
		if (has_space && !is_first)
			quoth_buffer_put_byte(buffer, ' ');
		has_space = is_first = false;
		n = plain_length(bytes + i, size - i, mark);
		if (n)
			quoth_buffer_put(buffer, bytes + i, n);
		else
			n = put(buffer, bytes + i, size - i);
	}
}

void quoth_buffer_put_json_folded(struct quoth_buffer *buffer, const char *bytes, size_t size)
{
	put_folded(buffer, bytes, size, '"', put_json_character);
}

void quoth_buffer_put_tsv(struct quoth_buffer *buffer, const char *bytes, size_t size)
{
	put_folded(buffer, bytes, size, '\\', put_tsv_character);
}

void quoth_buffer_put_text(struct quoth_buffer *buffer, const char *bytes, size_t size)
{
	put_all(buffer, bytes, size, '\\', put_character);
}

void quoth_buffer_put_text_folded(struct quoth_buffer *buffer, const char *bytes, size_t size)
{
	put_folded(buffer, bytes, size, '\\', put_character);
}
