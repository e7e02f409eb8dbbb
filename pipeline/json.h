/* json: reads one JSON text where it lies, value by value.
 *
 * Nothing is copied or allocated: the caller walks into the objects that it knows and skips the rest, so that a text
 * of many megabytes costs one look at each byte. What is skipped is held to the grammar too (RFC 8259), but for one
 * thing: whether strings are UTF-8 is asked only where they are decoded. The first error stays, and every later call
 * says false.
 *
 * A walk over {"a": 1, "b": [2, 3]} that wants "b":
 *
 *	if (quoth_json_open(&json, '{'))
 *		while (quoth_json_member(&json, &name))
 *			quoth_json_is(&name, "b") ? read_list(&json) : quoth_json_skip(&json);
 *	if (json.wrong) …
 */
#ifndef QUOTH_JSON_H
#define QUOTH_JSON_H

#include "pipeline/buffer.h"

struct quoth_json {
	const char *bytes;	/* a NUL stands behind the last */
	size_t size, at;
	const char *wrong;	/* what is wrong at byte `at`; NULL while all is well */
	bool is_first;		/* no member or element of the innermost open value was read yet */
};

/* The inside of a string as written, between its marks. */
struct quoth_json_string {
	const char *bytes;
	size_t size;
	bool has_escapes;
};

/* The first byte of the value that comes next: one of { [ " t f n - 0…9 if it is one, NUL at the end. */
char quoth_json_peek(struct quoth_json *json);

/* Steps into an object or array; bracket is '{' or '['. False, with `wrong` set, where something else comes. */
bool quoth_json_open(struct quoth_json *json, char bracket);

/* The name of the next member of the open object, whose value must then be read or skipped. False behind the last,
 * which closes the object, and after an error. */
bool quoth_json_member(struct quoth_json *json, struct quoth_json_string *name);

/* Whether the open array has another element, which must then be read or skipped. False behind the last, which closes
 * the array, and after an error. */
bool quoth_json_element(struct quoth_json *json);

/* Reads a string. False, with `wrong` set and the string as it was, where something else comes. */
bool quoth_json_text(struct quoth_json *json, struct quoth_json_string *string);

/* Passes over any value, nested at most 64 deep. */
bool quoth_json_skip(struct quoth_json *json);

/* Sets the error at byte `at` unless there is one already; false. */
bool quoth_json_fail(struct quoth_json *json, size_t at, const char *wrong);

/* Whether the string is that word, which is of plain ASCII. */
bool quoth_json_is(const struct quoth_json_string *string, const char *word);

/* Appends the string as UTF-8. False where it is no text: bytes that are no UTF-8, half a surrogate pair, a NUL. */
bool quoth_json_decode(const struct quoth_json_string *string, struct quoth_buffer *into);

#endif
