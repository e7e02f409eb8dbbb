#include "pipeline/tuple.h"

static void put_head(struct quoth_buffer *into, enum quoth_value_kind kind, const void *eight_bytes)
{
	quoth_buffer_put_byte(into, (char)kind);
	quoth_buffer_put(into, eight_bytes, 8);
}

void quoth_tuple_begin(struct quoth_buffer *into, unsigned table)
{
	quoth_buffer_put_byte(into, (char)table);
}

void quoth_tuple_put_null(struct quoth_buffer *into)
{
	put_head(into, QUOTH_NULL, &(uint64_t){0});
}

void quoth_tuple_put_real(struct quoth_buffer *into, double real)
{
	put_head(into, QUOTH_REAL, &real);
}

size_t quoth_tuple_begin_text(struct quoth_buffer *into)
{
	put_head(into, QUOTH_TEXT, &(uint64_t){0});
	return into->size;
}

void quoth_tuple_end_text(struct quoth_buffer *into, size_t begin)
{
	uint64_t size = into->size - begin;

	if (!into->has_failed)
		memcpy(into->bytes + begin - sizeof size, &size, sizeof size);
}

void quoth_tuple_put_text(struct quoth_buffer *into, const char *text)
{
	size_t begin;

	if (!text) {
		quoth_tuple_put_null(into);
		return;
	}
	begin = quoth_tuple_begin_text(into);
	quoth_buffer_put_text(into, text, strlen(text));
	quoth_tuple_end_text(into, begin);
}

static bool is_text(const char *bytes, size_t size)
{
	size_t n;

	for (size_t i = 0; i < size; i += n) {
		n = quoth_character_length(bytes + i, size - i);
		if (!n || !bytes[i])
			return false;
	}
	return true;
}

void quoth_tuple_put_bytes(struct quoth_buffer *into, const char *bytes, size_t size)
{
	put_head(into, is_text(bytes, size) ? QUOTH_TEXT : QUOTH_BLOB, &(uint64_t){size});
	quoth_buffer_put(into, bytes, size);
}

unsigned quoth_tuple_read_table(const char **at)
{
	return (unsigned char)*(*at)++;
}

struct quoth_value quoth_tuple_read_value(const char **at)
{
	struct quoth_value value = {.kind = (enum quoth_value_kind)*(*at)++};

	memcpy(value.kind == QUOTH_REAL ? (void *)&value.real : &value.size, *at, 8);
	*at += 8;
	value.bytes = *at;
	*at += value.size;
	return value;
}
