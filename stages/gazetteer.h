/* gazetteer: people and organisations with their ids, found by name.
 *
 * An entry is a line of text with an id, a kind, a name, other names, a description and a country. The lines stay where they
 * are: in the user's table, from which one is read when it is needed, or in a compiled gazetteer that is mapped into memory.
 * What is kept in memory is a hash table with a slot of 8 bytes for each name: 40 bits say where the entry's line begins, 24
 * are of the name's key. Names are not kept: a name that is looked up is compared with those of the lines found.
 *
 * A name is no more than a name: that it is another entry's name, too, leads nowhere. It then names both.
 *
 * Read-only once built, shared by all threads. pipeline/gazetteer_file.h opens one.
 * Cost    of a look-up: a few slots next to each other, and a line for each entry with that name, at most QUOTH_NAMESAKES.
 */
#ifndef QUOTH_GAZETTEER_H
#define QUOTH_GAZETTEER_H

#include "stages/arena.h"
#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum quoth_gazetteer_column {
	QUOTH_GAZETTEER_ID,
	QUOTH_GAZETTEER_KIND,		/* "person" or "organization" */
	QUOTH_GAZETTEER_NAME,
	QUOTH_GAZETTEER_ALIASES,	/* other names, parted by '|' */
	QUOTH_GAZETTEER_DESCRIPTION,	/* "Russian diplomat" */
	QUOTH_GAZETTEER_COUNTRY,	/* countries, parted by '|' */
	QUOTH_N_GAZETTEER_COLUMNS
};

/* "id", "kind", …: the columns of the table, in the order of a compiled gazetteer; NULL-ended. */
extern const char *const quoth_gazetteer_columns[];

enum {
	QUOTH_NAMESAKES = 64,		/* entries that a name is looked up among; one with more names nobody */
	QUOTH_MAX_GAZETTEER_LINE = 128 << 10,
};

#define QUOTH_MAX_GAZETTEER_BYTES ((uint64_t)1 << 40)

/* A field of a line; not NUL-terminated. */
struct quoth_field {
	const char *text;
	size_t size;
};

struct quoth_gazetteer_entry {
	struct quoth_field fields[QUOTH_N_GAZETTEER_COLUMNS];
};

/* ---- slots: where the lines with a key are ---- */

/* Open addressing with linear probing, at most six in seven used; 0 is a free slot. */
struct quoth_slots {
	const uint64_t *slots;
	uint64_t n;
};

/* How many slots n keys need. */
uint64_t quoth_slots_for(uint64_t n_keys);

/* The places of the lines with a key, in the order they came: how many, at most QUOTH_NAMESAKES. By a rare chance there are some
 * of other keys among them. */
unsigned quoth_slots_find(struct quoth_slots slots, uint64_t key, uint64_t *places);

/* Adds a place (not 0) to those of a key, unless it is there already or there are QUOTH_NAMESAKES. slots must be those of a
 * table with a free one. */
bool quoth_slots_add(uint64_t *slots, uint64_t n, uint64_t key, uint64_t place);

/* The first slot to look for a key in. */
static inline uint64_t quoth_slots_first(uint64_t n, uint64_t key)
{
	return (uint64_t)((unsigned __int128)key * n >> 64);
}

/* ---- the gazetteer ---- */

struct quoth_gazetteer {
	struct quoth_slots names;
	const char *text;		/* compiled: the lines; NULL: they are read from descriptor */
	uint64_t text_size;
	int descriptor;			/* above the standard ones; 0 or less where there is none */
	uint8_t places[QUOTH_N_GAZETTEER_COLUMNS];	/* which field of a line each column is */
	uint64_t n_entries, n_names;
	uint64_t checksum;		/* of the file's bytes: tells whether two runs have the same gazetteer */
	void *mapping;			/* of a compiled gazetteer; else NULL, and the slots are allocated */
	size_t mapping_size;
};

/* Frees all; gazetteer may be NULL. */
void quoth_gazetteer_close(struct quoth_gazetteer *gazetteer);

/* The key of a name of a person or organisation; 0 for a name without letters. */
uint64_t quoth_gazetteer_key(const char *name, size_t size, bool is_person);

/* The key of an id, for slots of ids. */
uint64_t quoth_gazetteer_id_key(const char *id, size_t size);

/* Reads the entry at a place that the slots gave; its text is good until the arena is reset. QUOTH_BAD_INPUT where the table has
 * changed since and no entry is there, or QUOTH_NO_MEMORY. */
int quoth_gazetteer_read(const struct quoth_gazetteer *gazetteer, uint64_t place, struct quoth_arena *arena,
			 struct quoth_gazetteer_entry *entry);

/* Splits a line without its end at its tabs. How many fields there are; those beyond `most` are counted only. */
size_t quoth_fields_split(const char *line, size_t size, struct quoth_field *fields, size_t most);

/* Whether a field is this word. */
bool quoth_field_is(struct quoth_field field, const char *word);

/* A NUL-terminated copy in the arena; NULL without memory. */
const char *quoth_field_copy(struct quoth_arena *arena, struct quoth_field field);

/* Cuts the next of the parts that '|' parts off a field; false where nothing is left. */
bool quoth_field_next(struct quoth_field *rest, struct quoth_field *part);

#endif
