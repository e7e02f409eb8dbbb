#include "pipeline/wikidata_classes.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const quoth_wikidata_kind_names[QUOTH_N_WIKIDATA_KINDS] = {"none", "other", "organization", "person"};

uint32_t quoth_wikidata_number(const char *id, size_t size)
{
	uint64_t number = 0;

	if (size < 2 || id[0] != 'Q' || id[1] == '0')
		return 0;
	for (size_t i = 1; i < size; i++) {
		if (id[i] < '0' || id[i] > '9')
			return 0;
		number = number * 10 + (uint64_t)(id[i] - '0');
		if (number > UINT32_MAX)
			return 0;
	}
	return (uint32_t)number;
}

static int fail(struct quoth_report *report, const char *name, unsigned line, const char *what)
{
	char where[512];

	snprintf(where, sizeof where, "%s:%u", name, line);
	return quoth_report_set(report, QUOTH_BAD_INPUT, where, "%s", what);
}

static int add_class(struct quoth_wikidata_classes *classes, uint32_t id, uint8_t kind)
{
	if (classes->n == classes->capacity) {
		size_t capacity = classes->capacity ? classes->capacity * 2 : 256;
		void *grown = realloc(classes->classes, capacity * sizeof *classes->classes);

		if (!grown)
			return QUOTH_NO_MEMORY;
		classes->classes = grown;
		classes->capacity = capacity;
	}
	classes->classes[classes->n++] = (struct quoth_wikidata_class){id, kind};
	return 0;
}

enum quoth_wikidata_kind quoth_wikidata_kind_of(const char *word, size_t size)
{
	for (unsigned kind = 0; kind < QUOTH_N_WIKIDATA_KINDS; kind++)
		if (strlen(quoth_wikidata_kind_names[kind]) == size && !memcmp(word, quoth_wikidata_kind_names[kind], size))
			return kind;
	return QUOTH_WIKIDATA_OTHER;
}

/* One line without its line break: a class, or a comment, or nothing. */
static int read_line(struct quoth_wikidata_classes *classes, const char *name, unsigned line, const char *bytes, size_t size,
		     struct quoth_report *report)
{
	const char *end = bytes + size, *kind, *label;
	uint32_t id;

	if (!size || *bytes == '#')
		return 0;
	kind = memchr(bytes, '\t', size);
	if (!kind)
		return fail(report, name, line, "a class is two fields or more: id, kind");
	id = quoth_wikidata_number(bytes, (size_t)(kind - bytes));
	if (!id)
		return fail(report, name, line, "the class is no item's id, such as Q7278");
	kind++;
	label = memchr(kind, '\t', (size_t)(end - kind));
	size = (size_t)((label ? label : end) - kind);
	if (quoth_wikidata_kind_of(kind, size) == QUOTH_WIKIDATA_OTHER)
		return fail(report, name, line, "the kind is none of person, organization, none");
	return add_class(classes, id, (uint8_t)quoth_wikidata_kind_of(kind, size));
}

static int compare_classes(const void *a, const void *b)
{
	const struct quoth_wikidata_class *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

int quoth_wikidata_classes_read(struct quoth_wikidata_classes *classes, const char *name, const char *bytes, size_t size,
				struct quoth_report *report)
{
	const char *end = bytes + size, *newline;
	bool has_header = false;
	int error = 0;

	for (unsigned line = 1; bytes < end && !error; line++, bytes = newline + 1) {
		newline = memchr(bytes, '\n', (size_t)(end - bytes));
		newline = newline ? newline : end;
		size = (size_t)(newline - bytes);
		size -= size && bytes[size - 1] == '\r';
		if (has_header || !size || *bytes == '#')
			error = read_line(classes, name, line, bytes, size, report);
		else if (size < 10 || memcmp(bytes, "class\tkind", 10))
			error = fail(report, name, line, "the header line must be class, kind, label");
		else
			has_header = true;
	}
	if (error == QUOTH_NO_MEMORY)
		return quoth_report_set(report, error, name, "out of memory");
	if (error)
		return error;
	if (classes->n)
		qsort(classes->classes, classes->n, sizeof *classes->classes, compare_classes);
	for (size_t i = 1; i < classes->n; i++)
		if (classes->classes[i].id == classes->classes[i - 1].id)
			return quoth_report_set(report, QUOTH_BAD_INPUT, name, "the class Q%lu is named twice",
						(unsigned long)classes->classes[i].id);
	return classes->n ? 0 : quoth_report_set(report, QUOTH_BAD_INPUT, name, "it names no class");
}

void quoth_wikidata_classes_close(struct quoth_wikidata_classes *classes)
{
	free(classes->classes);
	*classes = (struct quoth_wikidata_classes){0};
}

enum quoth_wikidata_kind quoth_wikidata_classes_kind(const struct quoth_wikidata_classes *classes, uint32_t id)
{
	size_t low = 0, high = classes->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (classes->classes[middle].id == id)
			return classes->classes[middle].kind;
		if (classes->classes[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return QUOTH_WIKIDATA_OTHER;
}
