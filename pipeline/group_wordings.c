#include "config.h"

#include "pipeline/group_wordings.h"

#include "stages/checksum.h"
#include "stages/embedded.h"

#include <stdlib.h>
#include <string.h>

enum { N_PLACES = 1024 };	/* of a table of some 180 forms */

struct quoth_wordings {
	struct quoth_wording places[N_PLACES];
	unsigned n;
};

static const char *const class_names[] = {
	[QUOTH_WORDING_FUNCTION] = "function", [QUOTH_WORDING_NEGATION] = "negation", [QUOTH_WORDING_NUMBER] = "number",
	[QUOTH_WORDING_SCALE] = "scale", [QUOTH_WORDING_SUFFIX] = "suffix", [QUOTH_WORDING_ENDING] = "ending",
	[QUOTH_WORDING_EXPAND] = "expand",
};

static enum quoth_wording_class class_of(const char *name, size_t size)
{
	for (unsigned i = QUOTH_WORDING_FUNCTION; i < sizeof class_names / sizeof *class_names; i++)
		if (strlen(class_names[i]) == size && !memcmp(class_names[i], name, size))
			return i;
	return QUOTH_WORDING_NONE;
}

static size_t place_of(const struct quoth_wordings *wordings, uint64_t form)
{
	size_t place = (form ^ form >> 32) % N_PLACES;

	while (wordings->places[place].form && wordings->places[place].form != form)
		place = (place + 1) % N_PLACES;
	return place;
}

/* A line is "form TAB class TAB as". */
static void take_line(struct quoth_wordings *wordings, const char *line, size_t size)
{
	const char *class = memchr(line, '\t', size), *as = class ? memchr(class + 1, '\t', size - (size_t)(class + 1 - line)) : NULL;
	struct quoth_wording wording;

	if (*line == '#' || !as || wordings->n == N_PLACES / 2)
		return;
	wording.form = quoth_hash_add(QUOTH_HASH_START, line, (size_t)(class - line));
	wording.class = class_of(class + 1, (size_t)(as - class - 1));
	wording.as = as + 1;
	wording.as_size = (uint32_t)(line + size - wording.as);
	wording.value = (uint32_t)strtoul(wording.as, NULL, 10);
	if (wording.class == QUOTH_WORDING_NONE)	/* the header */
		return;
	wordings->places[place_of(wordings, wording.form)] = wording;
	wordings->n++;
}

struct quoth_wordings *quoth_wordings_open(void)
{
	const struct quoth_embedded_file *file = quoth_embedded_find("lexicon/wordings.tsv");
	struct quoth_wordings *wordings = calloc(1, sizeof *wordings);
	const char *end = (const char *)file->end, *line_end;

	if (!wordings)
		return NULL;
	for (const char *line = (const char *)file->bytes; line < end; line = line_end + 1) {
		line_end = memchr(line, '\n', (size_t)(end - line));
		if (!line_end)
			line_end = end;
		if (line_end > line)
			take_line(wordings, line, (size_t)(line_end - line));
	}
	return wordings;
}

void quoth_wordings_close(struct quoth_wordings *wordings)
{
	free(wordings);
}

const struct quoth_wording *quoth_wording_find(const struct quoth_wordings *wordings, uint64_t form)
{
	return &wordings->places[place_of(wordings, form)];
}
