/* Fuzz target: any bytes as a line of a Wikidata dump. What is taken for JSON must be JSON to another parser too, and
 * a row must be one line of six columns. */
#include "pipeline/gazetteer_row.h"

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "broken promise: %s\n", what);
	abort();
}

/* A comma may stand behind the object, as in a dump. */
static void check_json(const char *line, size_t size)
{
	struct json_tokener *tokener = json_tokener_new_ex(128);
	struct json_object *object;

	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_ALLOW_TRAILING_CHARS);
	object = json_tokener_parse_ex(tokener, line, (int)size + 1);
	require(json_tokener_get_error(tokener) == json_tokener_success, "what is taken for JSON is JSON");
	json_object_put(object);
	json_tokener_free(tokener);
}

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
	quoth_buffer_free(&row);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char *const codes[] = {"en", "mul"};
	static const struct quoth_wikidata_languages languages = {.codes = codes, .n = 2, .takes_all = true};
	struct quoth_gazetteer_draft draft = {0};
	struct quoth_wikidata_item item = {0};
	struct quoth_wikidata_values values;
	struct quoth_report report;
	char *line = malloc(size + 1);

	require(line, "there is memory");
	memcpy(line, bytes, size);
	line[size] = '\0';
	quoth_wikidata_values_open(&values, 0);
	if (quoth_wikidata_item_read(&item, line, size, &report) >= 0) {
		check_json(line, size);
		if (quoth_gazetteer_draw_up(&draft, &item, QUOTH_WIKIDATA_PERSON, &languages, &values, &report) > 0)
			check_row(&draft, &values);
	}
	quoth_gazetteer_draft_free(&draft);
	quoth_wikidata_item_free(&item);
	quoth_wikidata_values_close(&values);
	free(line);
	return 0;
}
