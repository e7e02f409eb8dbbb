#define _POSIX_C_SOURCE 200809L

#include "stages/gazetteer.h"

#include "stages/checksum.h"
#include "stages/gazetteer_names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TAG_BITS = 24, LINE_BYTES = 2048, MAX_FIELDS = 64 };

#define TAG_MASK (((uint64_t)1 << TAG_BITS) - 1)
#define ORGANIZATION_SALT 0xA24BAED4963EE407u

const char *const quoth_gazetteer_columns[] = {"id", "kind", "name", "aliases", "description", "country", NULL};

/* ---- slots ---- */

uint64_t quoth_slots_for(uint64_t n_keys)
{
	return n_keys + n_keys / 6 + 8;
}

unsigned quoth_slots_find(struct quoth_slots slots, uint64_t key, uint64_t *places)
{
	uint64_t i = quoth_slots_first(slots.n, key);
	unsigned n = 0;

	/* A damaged table may have no free slot. */
	for (uint64_t probes = 0; probes < slots.n && slots.slots[i] && n < QUOTH_NAMESAKES; probes++) {
		if (((slots.slots[i] ^ key) & TAG_MASK) == 0)
			places[n++] = slots.slots[i] >> TAG_BITS;
		i = i + 1 < slots.n ? i + 1 : 0;
	}
	return n;
}

bool quoth_slots_add(uint64_t *slots, uint64_t n, uint64_t key, uint64_t place)
{
	uint64_t slot = place << TAG_BITS | (key & TAG_MASK), i = quoth_slots_first(n, key);

	for (unsigned same = 0; slots[i]; i = i + 1 < n ? i + 1 : 0) {
		if (slots[i] == slot)
			return false;
		if (((slots[i] ^ key) & TAG_MASK) == 0 && ++same == QUOTH_NAMESAKES)
			return false;
	}
	slots[i] = slot;
	return true;
}

/* ---- fields ---- */

size_t quoth_fields_split(const char *line, size_t size, struct quoth_field *fields, size_t most)
{
	for (size_t n = 0;; n++) {
		const char *tab = memchr(line, '\t', size);
		size_t length = tab ? (size_t)(tab - line) : size;

		if (n < most)
			fields[n] = (struct quoth_field){line, length};
		if (!tab)
			return n + 1;
		line += length + 1;
		size -= length + 1;
	}
}

bool quoth_field_is(struct quoth_field field, const char *word)
{
	return field.size == strlen(word) && !memcmp(field.text, word, field.size);
}

const char *quoth_field_copy(struct quoth_arena *arena, struct quoth_field field)
{
	char *copy = quoth_arena_alloc(arena, field.size + 1);

	if (!copy)
		return NULL;
	memcpy(copy, field.text, field.size);
	copy[field.size] = '\0';
	return copy;
}

bool quoth_field_next(struct quoth_field *rest, struct quoth_field *part)
{
	const char *bar;

	if (!rest->size)
		return false;
	bar = memchr(rest->text, '|', rest->size);
	*part = (struct quoth_field){rest->text, bar ? (size_t)(bar - rest->text) : rest->size};
	rest->text += part->size + (bar != NULL);
	rest->size -= part->size + (bar != NULL);
	return true;
}

/* ---- the gazetteer ---- */

void quoth_gazetteer_close(struct quoth_gazetteer *gazetteer)
{
	if (!gazetteer)
		return;
	if (gazetteer->descriptor > 0)
		close(gazetteer->descriptor);
	if (gazetteer->mapping)
		munmap(gazetteer->mapping, gazetteer->mapping_size);
	else
		free((void *)gazetteer->names.slots);
	free(gazetteer);
}

uint64_t quoth_gazetteer_key(const char *name, size_t size, bool is_person)
{
	struct quoth_spelling spelling;

	quoth_spelling_read(&spelling, name, size, false);
	if (!spelling.n_words)
		return 0;
	return quoth_spelling_key(&spelling) ^ (is_person ? 0 : ORGANIZATION_SALT);
}

uint64_t quoth_gazetteer_id_key(const char *id, size_t size)
{
	uint64_t hash = quoth_hash_add(QUOTH_HASH_START, id, size);

	hash = (hash ^ hash >> 32) * 0x9FB21C651E98DF25u;
	return hash ^ hash >> 29;
}

/* Reads bytes of the table; fewer at its end. */
static size_t read_at(int descriptor, char *bytes, size_t size, uint64_t place)
{
	size_t n = 0;

	while (n < size) {
		ssize_t got = pread(descriptor, bytes + n, size - n, (off_t)(place + n));

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		n += (size_t)got;
	}
	return n;
}

/* The line of the table at a place; *line is NULL without memory. */
static size_t read_line(const struct quoth_gazetteer *gazetteer, uint64_t place, struct quoth_arena *arena,
			const char **line)
{
	size_t size = 0, n = 0;
	char *bytes = NULL, *end = NULL;

	for (size_t more = LINE_BYTES; !end && n == size && size < QUOTH_MAX_GAZETTEER_LINE; more = 3 * size) {
		bytes = quoth_arena_grow(arena, bytes, size, size + more);
		if (!bytes)
			break;
		size += more;
		n += read_at(gazetteer->descriptor, bytes + n, size - n, place + n);
		end = memchr(bytes, '\n', n);
	}
	*line = bytes;
	return end ? (size_t)(end - bytes) : n;
}

int quoth_gazetteer_read(const struct quoth_gazetteer *gazetteer, uint64_t place, struct quoth_arena *arena,
			 struct quoth_gazetteer_entry *entry)
{
	struct quoth_field fields[MAX_FIELDS];
	const char *line, *end;
	size_t size, n;

	if (gazetteer->text) {
		if (place >= gazetteer->text_size)
			return QUOTH_BAD_INPUT;
		line = gazetteer->text + place;
		end = memchr(line, '\n', gazetteer->text_size - place);
		size = end ? (size_t)(end - line) : gazetteer->text_size - place;
	} else {
		size = read_line(gazetteer, place, arena, &line);
		if (!line)
			return QUOTH_NO_MEMORY;
	}
	if (size && line[size - 1] == '\r')
		size--;
	n = quoth_fields_split(line, size, fields, MAX_FIELDS);
	for (unsigned i = 0; i < QUOTH_N_GAZETTEER_COLUMNS; i++) {
		if (gazetteer->places[i] >= n)
			return QUOTH_BAD_INPUT;
		entry->fields[i] = fields[gazetteer->places[i]];
	}
	return 0;
}
