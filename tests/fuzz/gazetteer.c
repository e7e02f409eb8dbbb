/* Fuzz target: any bytes as a gazetteer, in both forms.
 *
 * As a table: what is compiled of it must find the same entries. As a compiled gazetteer (from the second byte on, with the marks, size
 * and checksum put right, so that what lies behind them is reached): whatever its slots and lines are, looking up ends and stays
 * inside.
 */
#include "config.h"

#include "pipeline/gazetteer_compiled.h"
#include "pipeline/gazetteer_file.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct quoth_arena *arena;

static void pass_over(const char *where, const char *what)
{
	require(*where && *what, "a problem has a place and words");
}

static bool same_entry(const struct quoth_gazetteer_entry *a, const struct quoth_gazetteer_entry *b)
{
	for (unsigned i = 0; i < QUOTH_N_GAZETTEER_COLUMNS; i++)
		if (a->fields[i].size != b->fields[i].size || memcmp(a->fields[i].text, b->fields[i].text, a->fields[i].size))
			return false;
	return true;
}

/* The entries of a name are the same in both forms, in the same order. */
static void compare_name(const struct quoth_gazetteer *table, const struct quoth_gazetteer *compiled, struct quoth_field name,
			 bool is_person)
{
	uint64_t key = quoth_gazetteer_key(name.text, name.size, is_person);
	uint64_t in_table[QUOTH_NAMESAKES], in_compiled[QUOTH_NAMESAKES];
	unsigned n = key ? quoth_slots_find(table->names, key, in_table) : 0;

	if (!key)
		return;
	require(n > 0, "a name is found");
	require(n == quoth_slots_find(compiled->names, key, in_compiled), "both forms have as many of a name");
	for (unsigned i = 0; i < n; i++) {
		struct quoth_gazetteer_entry a, b;

		require(!quoth_gazetteer_read(table, in_table[i], arena, &a), "a table's line is read again");
		require(!quoth_gazetteer_read(compiled, in_compiled[i], arena, &b), "a compiled line is read");
		require(same_entry(&a, &b), "both forms have the same entries");
	}
}

static void compare_forms(const struct quoth_gazetteer *table, const struct quoth_gazetteer *compiled)
{
	require(table->n_entries == compiled->n_entries && table->n_names == compiled->n_names, "both forms count the same");
	for (uint64_t i = 0; i < table->names.n; i++) {
		struct quoth_gazetteer_entry entry;
		struct quoth_field aliases, alias;
		bool is_person;

		if (!table->names.slots[i])
			continue;
		quoth_arena_reset(arena);
		require(!quoth_gazetteer_read(table, table->names.slots[i] >> 24, arena, &entry), "a slot leads to a line");
		is_person = quoth_field_is(entry.fields[QUOTH_GAZETTEER_KIND], "person");
		aliases = entry.fields[QUOTH_GAZETTEER_ALIASES];
		compare_name(table, compiled, entry.fields[QUOTH_GAZETTEER_NAME], is_person);
		while (quoth_field_next(&aliases, &alias))
			compare_name(table, compiled, alias, is_person);
	}
}

static void try_table(const uint8_t *bytes, size_t size)
{
	static char output[] = "/tmp/fuzz-gazetteer-XXXXXX";
	static bool has_output;
	struct quoth_gazetteer *table, *compiled;
	struct quoth_gazetteer_problems problems = {.tell = pass_over};
	struct quoth_report report = {{0}, {0}};
	char path[FUZZ_PATH_SIZE];
	int file = make_file(bytes, size, path), error = quoth_gazetteer_open(&table, path, &problems, &report);

	if (!has_output) {
		close(mkstemp(output));
		has_output = true;
	}
	if (error) {
		require(!table && *report.where && *report.what, "a failure has a place and words");
	} else if (table->descriptor > 0) {
		require(!quoth_gazetteer_compile(path, output, &problems, &report), "what is a table can be compiled");
		require(!quoth_gazetteer_open(&compiled, output, &problems, &report), "what was compiled opens");
		compare_forms(table, compiled);
		quoth_gazetteer_close(compiled);
	}
	quoth_gazetteer_close(table);
	close(file);
}

static void look_everywhere(const struct quoth_gazetteer *gazetteer)
{
	uint64_t places[QUOTH_NAMESAKES];
	struct quoth_gazetteer_entry entry;

	for (uint64_t key = 1; key < 64; key++) {
		unsigned n = quoth_slots_find(gazetteer->names, key << 58 | key, places);

		quoth_arena_reset(arena);
		for (unsigned i = 0; i < n; i++)
			if (!quoth_gazetteer_read(gazetteer, places[i], arena, &entry))
				for (unsigned k = 0; k < QUOTH_N_GAZETTEER_COLUMNS; k++)
					quoth_gazetteer_key(entry.fields[k].text, entry.fields[k].size, true);
	}
}

static void try_compiled(const uint8_t *bytes, size_t size)
{
	struct quoth_compiled_header *header;
	struct quoth_gazetteer *gazetteer;
	struct quoth_gazetteer_problems problems = {.tell = pass_over};
	struct quoth_report report = {{0}, {0}};
	unsigned char *copy = malloc(size);
	char path[FUZZ_PATH_SIZE];
	int file;

	require(copy, "there is memory");
	memcpy(copy, bytes, size);
	header = (struct quoth_compiled_header *)copy;
	if (size >= sizeof *header) {
		memcpy(header->magic, "quothgaz", sizeof header->magic);
		header->byte_order = 0x01020304;
		header->version = QUOTH_COMPILED_GAZETTEER_VERSION;
		header->size = size;
		if (size % 64 == 0)
			header->checksum = quoth_compiled_checksum(copy, size, false);
	}
	file = make_file(copy, size, path);
	if (!quoth_gazetteer_open(&gazetteer, path, &problems, &report))
		look_everywhere(gazetteer);
	else
		require(*report.where && *report.what, "a failure has a place and words");
	quoth_gazetteer_close(gazetteer);
	close(file);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	if (!arena)
		arena = quoth_arena_new(1 << 20);
	if (!size)
		return 0;
	if (bytes[0] & 1)
		try_compiled(bytes + 1, size - 1);
	else
		try_table(bytes + 1, size - 1);
	return 0;
}
