/* Fuzz target: any bytes as a line of a Wikidata dump. A line that is refused has words, an item has an id, and a row must be one line of
 * six columns of UTF-8. */
#include "pipeline/gazetteer_row.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static unsigned count(const char *bytes, size_t size, char byte)
{
	unsigned n = 0;

	for (size_t i = 0; i < size; i++)
		n += bytes[i] == byte;
	return n;
}

static void check_row(struct quoth_gazetteer_draft *draft, const struct quoth_wikidata_values *values)
{
	struct quoth_buffer row = {0};
	size_t size = draft->line.size - 1;

	draft->line.bytes[size] = '\0';
	quoth_gazetteer_finish(draft->line.bytes, size, values, &row);
	require(count(row.bytes, row.size, '\n') == 1 && row.bytes[row.size - 1] == '\n', "a row is a line");
	require(count(row.bytes, row.size, '\t') == 5, "a row has six columns");
	require(!memchr(row.bytes, '\0', row.size), "a row holds no NUL");
	for (size_t i = 0, n; i < row.size; i += n)
		require((n = quoth_character_length(row.bytes + i, row.size - i)) > 0, "a row is UTF-8");
	quoth_buffer_free(&row);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const codes[] = {"en", "mul"};
	static const struct quoth_wikidata_languages languages = {.codes = codes, .n = 2, .takes_all = true};
	struct quoth_gazetteer_draft draft = {0};
	struct quoth_wikidata_item item = {0};
	struct quoth_wikidata_values values;
	struct quoth_report report = {{0}, {0}};
	char *line = malloc(size + !size);
	int found;

	require(line, "there is memory");
	memcpy(line, bytes, size);
	quoth_wikidata_values_open(&values, 0);
	found = quoth_wikidata_item_read(&item, line, size, &report);
	require(found >= 0 || *report.what, "a failure has words");
	if (found > 0) {
		require(item.id, "an item has an id");
		if (quoth_gazetteer_draw_up(&draft, &item, QUOTH_WIKIDATA_PERSON, &languages, &values, &report) > 0)
			check_row(&draft, &values);
	}
	quoth_gazetteer_draft_free(&draft);
	quoth_wikidata_item_free(&item);
	quoth_wikidata_values_close(&values);
	free(line);
	return 0;
}
