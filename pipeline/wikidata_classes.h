/* wikidata_classes: what an item is, by the classes that it is an instance of (P31).
 *
 * The list is corpus/wikidata/classes.tsv, built in; a user may give another of the same form: a header line, then class, kind
 * and a label for people, "Q7278	organization	political party". Kinds are person, organization, and none for items that are
 * neither a source nor an office, occupation or country, such as articles, films and villages: nothing of them is kept, which
 * spares time and room. Subclasses are not followed: each class must be named.
 */
#ifndef QUOTH_WIKIDATA_CLASSES_H
#define QUOTH_WIKIDATA_CLASSES_H

#include "stages/error.h"

#include <stddef.h>
#include <stdint.h>

enum quoth_wikidata_kind {	/* of an item of several classes the last here counts */
	QUOTH_WIKIDATA_NONE,
	QUOTH_WIKIDATA_OTHER,	/* not in the list */
	QUOTH_WIKIDATA_ORGANIZATION,
	QUOTH_WIKIDATA_PERSON,
	QUOTH_N_WIKIDATA_KINDS,
};

/* "organization"; as written in lists and tables. */
extern const char *const quoth_wikidata_kind_names[QUOTH_N_WIKIDATA_KINDS];

/* The kind of that name; QUOTH_WIKIDATA_OTHER where there is none. */
enum quoth_wikidata_kind quoth_wikidata_kind_of(const char *word, size_t size);

struct quoth_wikidata_class {
	uint32_t id;	/* the number of the item */
	uint8_t kind;
};

struct quoth_wikidata_classes {
	struct quoth_wikidata_class *classes;	/* sorted by id */
	size_t n, capacity;
};

/* Reads a list from bytes; name is for messages. 0; or QUOTH_BAD_INPUT (with "name:line") or QUOTH_NO_MEMORY and the
 * report. The struct is zeroed or closed before, and closed by the caller, after a failure too. */
int quoth_wikidata_classes_read(struct quoth_wikidata_classes *classes, const char *name, const char *bytes, size_t size,
				struct quoth_report *report);
void quoth_wikidata_classes_close(struct quoth_wikidata_classes *classes);

/* The kind of a class; QUOTH_WIKIDATA_OTHER if it is not in the list. */
enum quoth_wikidata_kind quoth_wikidata_classes_kind(const struct quoth_wikidata_classes *classes, uint32_t id);

/* The number of an item's id, "Q42"; 0 if it is none. */
uint32_t quoth_wikidata_number(const char *id, size_t size);

#endif
