#include "config.h"

#include "pipeline/charset.h"

#include "pipeline/buffer.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

enum { NAME_BYTES = 40, META_BYTES = 4096 };

static const char utf8[] = "UTF-8", windows[] = "WINDOWS-1252", replacement[] = "\xEF\xBF\xBD";

/* ---- what the bytes say ---- */

/* Ill-formed sequences in the bytes, and characters beyond ASCII. */
static void count_characters(const char *bytes, size_t size, size_t *n_bad, size_t *n_beyond)
{
	*n_bad = *n_beyond = 0;
	for (size_t i = 0; i < size;) {
		size_t n = (unsigned char)bytes[i] < 0x80 ? 1 : quoth_character_length(bytes + i, size - i);

		*n_bad += n == 0;
		*n_beyond += n > 1;
		i += n ? n : 1;
	}
}

static const char *mark_of(const char *bytes, size_t size, size_t *length)
{
	static const struct {
		const char *mark;
		size_t length;
		const char *name;
	} marks[] = {
		{"\xEF\xBB\xBF", 3, utf8}, {"\xFF\xFE\0\0", 4, "UTF-32LE"}, {"\0\0\xFE\xFF", 4, "UTF-32BE"},
		{"\xFF\xFE", 2, "UTF-16LE"}, {"\xFE\xFF", 2, "UTF-16BE"},
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (size >= marks[i].length && !memcmp(bytes, marks[i].mark, marks[i].length)) {
			*length = marks[i].length;
			return marks[i].name;
		}
	*length = 0;
	return NULL;
}

/* The name behind the first "charset=" of the page's head. */
static bool find_meta(const char *bytes, size_t size, char name[NAME_BYTES])
{
	static const char key[] = "charset";
	size_t end = size < META_BYTES ? size : META_BYTES, n = 0;

	for (size_t i = 0; i + sizeof key < end; i++) {
		size_t at = i + sizeof key - 1;

		if (strncasecmp(bytes + i, key, sizeof key - 1))
			continue;
		while (at < end && bytes[at] == ' ')
			at++;
		if (at == end || bytes[at] != '=')
			continue;
		for (at++; at < end && (bytes[at] == ' ' || bytes[at] == '"' || bytes[at] == '\''); at++)
			;
		while (at < end && n + 1 < NAME_BYTES && (isalnum((unsigned char)bytes[at]) || strchr("-_:", bytes[at])) && bytes[at])
			name[n++] = bytes[at++];
		name[n] = '\0';
		return n > 0;
	}
	return false;
}

/* A name as iconv knows it. */
static const char *known_name(const char *name)
{
	static const char *const as_windows[] = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "ascii", "us-ascii",
						 "windows-1252", "cp1252", "x-cp1252", NULL};

	if (!strcasecmp(name, "utf8") || !strcasecmp(name, utf8))
		return utf8;
	for (size_t i = 0; as_windows[i]; i++)
		if (!strcasecmp(name, as_windows[i]))
			return windows;
	return name;
}

/* ---- conversion ---- */

struct target {
	struct quoth_arena *arena;
	char *bytes;
	size_t size, capacity, limit;
};

static int make_room(struct target *target, size_t more)
{
	size_t capacity = target->capacity * 2 + more + 256;
	char *grown;

	if (target->size + more <= target->capacity)
		return 0;
	if (target->size + more > target->limit)
		return QUOTH_TOO_LARGE;
	grown = quoth_arena_grow(target->arena, target->bytes, target->capacity, capacity);
	if (!grown)
		return QUOTH_NO_MEMORY;
	target->bytes = grown;
	target->capacity = capacity;
	return 0;
}

static int put_replacement(struct target *target)
{
	int error = make_room(target, 3);

	if (!error) {
		memcpy(target->bytes + target->size, replacement, 3);
		target->size += 3;
	}
	return error;
}

/* QUOTH_BAD_INPUT: there is no such set. */
static int convert(struct target *target, const char *name, const char *bytes, size_t size)
{
	iconv_t converter = iconv_open(utf8, name);
	char *in = (char *)bytes;
	size_t left = size;
	int error = 0;

	if (converter == (iconv_t)-1)
		return errno == ENOMEM ? QUOTH_NO_MEMORY : QUOTH_BAD_INPUT;
	while (left && !error) {
		char *out;
		size_t room;

		error = make_room(target, 8);
		if (error)
			break;
		out = target->bytes + target->size;
		room = target->capacity - target->size;
		if (iconv(converter, &in, &left, &out, &room) == (size_t)-1 && errno != E2BIG) {
			left -= left > 0;
			in++;
			target->size = (size_t)(out - target->bytes);
			error = put_replacement(target);
			continue;
		}
		target->size = (size_t)(out - target->bytes);
		if (target->capacity - target->size < 8)
			error = make_room(target, target->capacity - target->size + 1);
	}
	iconv_close(converter);
	return error;
}

int quoth_charset_decode(struct quoth_arena *arena, const char *bytes, size_t size, const char *declared, size_t limit,
			 const char **text, size_t *text_size)
{
	struct target target = {.arena = arena, .limit = limit};
	size_t mark_length, n_bad, n_beyond;
	const char *name = mark_of(bytes, size, &mark_length);
	char meta[NAME_BYTES];
	int error;

	bytes += mark_length;
	size -= mark_length;
	count_characters(bytes, size, &n_bad, &n_beyond);
	if (!name) {
		name = declared ? known_name(declared) : find_meta(bytes, size, meta) ? known_name(meta) : n_bad ? windows : utf8;
		if (name == windows && !n_bad)
			name = utf8;
		else if (name == utf8 && n_bad > n_beyond)
			name = windows;
	}
	*text = bytes;
	*text_size = size;
	if (name == utf8 && !n_bad)
		return 0;
	error = convert(&target, name, bytes, size);
	if (error == QUOTH_BAD_INPUT && n_bad)
		error = convert(&target, windows, bytes, size);
	else if (error == QUOTH_BAD_INPUT)
		return 0;
	*text = target.bytes ? target.bytes : "";
	*text_size = target.size;
	return error;
}
