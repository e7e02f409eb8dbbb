#include "stages/backgrounds.h"

#include "stages/document.h"
#include "stages/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_ENTRIES = 2048,	/* of each list */
	MAX_FIELDS = 32,
};

/* A word or sequence of words, and what it says of somebody's work or the number of a country. */
struct entry {
	uint32_t key, country;
	struct quoth_occupation occupation;
};

struct table {
	struct entry entries[MAX_ENTRIES];	/* sorted by key */
	size_t n;
};

struct quoth_backgrounds {
	struct table occupations, countries;
	char fields[MAX_FIELDS][16];
	unsigned n_fields, n_countries;
};

struct text {
	const char *bytes;
	size_t size;
};

/* ---- reading ---- */

static struct text take_part(struct text *rest, char separator)
{
	const char *end = memchr(rest->bytes, separator, rest->size);
	struct text part = {rest->bytes, end ? (size_t)(end - rest->bytes) : rest->size};

	rest->bytes += part.size + !!end;
	rest->size -= part.size + !!end;
	return part;
}

/* The key of a sequence of words, from that of all but the last. */
static uint32_t key_join(uint32_t key, uint32_t form)
{
	return (key ^ form) * 0x9E3779B1u + (key >> 15);
}

static bool add_entry(struct table *table, struct entry entry)
{
	if (table->n == MAX_ENTRIES)
		return false;
	table->entries[table->n++] = entry;
	return true;
}

static bool find_field(struct quoth_backgrounds *backgrounds, struct text name, uint32_t *field)
{
	unsigned i = 0;

	if (name.size >= sizeof backgrounds->fields[0])
		return false;
	while (i < backgrounds->n_fields && (strlen(backgrounds->fields[i]) != name.size ||
					     memcmp(backgrounds->fields[i], name.bytes, name.size)))
		i++;
	if (i == MAX_FIELDS)
		return false;
	if (i == backgrounds->n_fields)
		memcpy(backgrounds->fields[backgrounds->n_fields++], name.bytes, name.size);
	*field = 1u << i;
	return true;
}

static bool read_fields(struct quoth_backgrounds *backgrounds, struct text fields, uint32_t *all)
{
	uint32_t field;

	*all = 0;
	while (fields.size) {
		if (!find_field(backgrounds, take_part(&fields, ','), &field))
			return false;
		*all |= field;
	}
	return true;
}

static bool add_occupation(struct quoth_backgrounds *backgrounds, struct text word, struct text rest)
{
	struct entry entry = {.key = quoth_form_hash(word.bytes, word.size)};
	struct text fields = take_part(&rest, '\t');

	if (!word.size || !read_fields(backgrounds, fields, &entry.occupation.fields) ||
	    !read_fields(backgrounds, rest, &entry.occupation.possible))
		return false;
	entry.occupation.possible |= entry.occupation.fields;
	return add_entry(&backgrounds->occupations, entry);
}

static bool add_country_form(struct quoth_backgrounds *backgrounds, struct text words)
{
	uint32_t key = 0;
	unsigned n = 0;

	for (; words.size; n++) {
		struct text word = take_part(&words, ' ');

		if (!word.size || n == QUOTH_COUNTRY_WORDS)
			return false;
		key = key_join(key, quoth_form_hash(word.bytes, word.size));
	}
	return n && add_entry(&backgrounds->countries, (struct entry){.key = key, .country = backgrounds->n_countries});
}

static bool add_country(struct quoth_backgrounds *backgrounds, struct text name, struct text forms)
{
	if (++backgrounds->n_countries == QUOTH_N_COUNTRIES || !add_country_form(backgrounds, name))
		return false;
	while (forms.size)
		if (!add_country_form(backgrounds, take_part(&forms, '|')))
			return false;
	return true;
}

static const struct list {
	const char *name, *header;
	bool (*add)(struct quoth_backgrounds *, struct text, struct text);
} lists[] = {
	{"lexicon/occupations.tsv", "form\tfields\talso", add_occupation},
	{"lexicon/countries.tsv", "country\tforms", add_country},
};

static int read_list(struct quoth_backgrounds *backgrounds, const struct list *list, struct quoth_report *report)
{
	const struct quoth_embedded_file *file = quoth_embedded_find(list->name);
	struct text rest = {NULL, 0};
	unsigned number = 0;
	bool has_header = false, is_right = true;
	char where[64];

	if (file)
		rest = (struct text){(const char *)file->bytes, (size_t)(file->end - file->bytes)};
	while (is_right && rest.size) {
		struct text line = take_part(&rest, '\n'), first;

		number++;
		if (!line.size || *line.bytes == '#')
			continue;
		if (!has_header) {
			has_header = is_right = line.size == strlen(list->header) &&
						!memcmp(line.bytes, list->header, line.size);
			continue;
		}
		is_right = memchr(line.bytes, '\t', line.size);
		first = take_part(&line, '\t');
		is_right = is_right && list->add(backgrounds, first, line);
	}
	snprintf(where, sizeof where, "%s:%u", list->name, number);
	return has_header && is_right ? 0 : quoth_report_set(report, QUOTH_BAD_MODEL, where, "no line of this list");
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	return a->key < b->key ? -1 : a->key > b->key;
}

int quoth_backgrounds_open(struct quoth_backgrounds **opened, struct quoth_report *report)
{
	struct quoth_backgrounds *backgrounds = calloc(1, sizeof *backgrounds);
	int error = 0;

	*opened = NULL;
	if (!backgrounds)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "backgrounds", "out of memory");
	for (size_t i = 0; !error && i < sizeof lists / sizeof *lists; i++)
		error = read_list(backgrounds, &lists[i], report);
	if (error) {
		quoth_backgrounds_close(backgrounds);
		return error;
	}
	qsort(backgrounds->occupations.entries, backgrounds->occupations.n, sizeof(struct entry), compare_entries);
	qsort(backgrounds->countries.entries, backgrounds->countries.n, sizeof(struct entry), compare_entries);
	*opened = backgrounds;
	return 0;
}

void quoth_backgrounds_close(struct quoth_backgrounds *backgrounds)
{
	free(backgrounds);
}

/* ---- asking ---- */

static const struct entry *find_entry(const struct table *table, uint32_t key)
{
	return bsearch(&(struct entry){.key = key}, table->entries, table->n, sizeof(struct entry), compare_entries);
}

bool quoth_occupation_find(const struct quoth_backgrounds *backgrounds, uint32_t form, struct quoth_occupation *occupation)
{
	const struct entry *entry = find_entry(&backgrounds->occupations, form);

	*occupation = entry ? entry->occupation : (struct quoth_occupation){0, 0};
	return entry;
}

unsigned quoth_country_find(const struct quoth_backgrounds *backgrounds, const uint32_t *forms, size_t n, size_t *n_words)
{
	unsigned country = 0;
	uint32_t key = 0;

	*n_words = 0;
	for (size_t i = 0; i < n && i < QUOTH_COUNTRY_WORDS; i++) {
		const struct entry *entry;

		key = key_join(key, forms[i]);
		entry = find_entry(&backgrounds->countries, key);
		if (!entry)
			continue;
		country = entry->country;
		*n_words = i + 1;
	}
	return country;
}
