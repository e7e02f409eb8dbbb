#include "pipeline/wikidata_item.h"

#include "pipeline/wikidata_classes.h"

#include <stdlib.h>

static const struct {
	const char *name;
	enum quoth_wikidata_property property;
} properties[] = {
	{"P31", QUOTH_WIKIDATA_INSTANCE_OF}, {"P39", QUOTH_WIKIDATA_OFFICE}, {"P106", QUOTH_WIKIDATA_OCCUPATION},
	{"P27", QUOTH_WIKIDATA_COUNTRY}, {"P17", QUOTH_WIKIDATA_COUNTRY},
};

enum { N_PROPERTIES = sizeof properties / sizeof *properties };

static int refuse(const struct quoth_json *json, struct quoth_report *report)
{
	return quoth_report_set(report, QUOTH_BAD_INPUT, "", "broken JSON at byte %zu: %s", json->at, json->wrong);
}

/* Steps into an object that is a map; false where it is empty or something else. */
static bool open_map(struct quoth_json *json)
{
	if (quoth_json_peek(json) != '[')
		return quoth_json_open(json, '{');
	if (quoth_json_open(json, '[') && quoth_json_element(json))
		return quoth_json_fail(json, json->at, "an object is expected in place of an array");
	return false;
}

/* ---- statements ---- */

/* The value of a snak that is an item: {"numeric-id": 42, "id": "Q42", …}; *number is 0 for other entities. */
static bool read_entity(struct quoth_json *json, uint32_t *number)
{
	struct quoth_json_string name, id;

	if (!quoth_json_open(json, '{'))
		return false;
	while (quoth_json_member(json, &name))
		if (!quoth_json_is(&name, "id"))
			quoth_json_skip(json);
		else if (quoth_json_text(json, &id))
			*number = quoth_wikidata_number(id.bytes, id.size);
	return !json->wrong;
}

static bool read_datavalue(struct quoth_json *json, uint32_t *number)
{
	struct quoth_json_string name;

	if (!quoth_json_open(json, '{'))
		return false;
	while (quoth_json_member(json, &name))
		quoth_json_is(&name, "value") ? read_entity(json, number) : quoth_json_skip(json);
	return !json->wrong;
}

/* *number stays 0 for a snak of type somevalue or novalue, which has no datavalue. */
static bool read_mainsnak(struct quoth_json *json, uint32_t *number)
{
	struct quoth_json_string name;

	if (!quoth_json_open(json, '{'))
		return false;
	while (quoth_json_member(json, &name))
		quoth_json_is(&name, "datavalue") ? read_datavalue(json, number) : quoth_json_skip(json);
	return !json->wrong;
}

/* Whether one of the snaks of an end time says that there is an end: "novalue" says that there is none. */
static bool read_end_time(struct quoth_json *json, bool *has_ended)
{
	struct quoth_json_string name, type;

	if (!quoth_json_open(json, '['))
		return false;
	while (quoth_json_element(json)) {
		if (!quoth_json_open(json, '{'))
			return false;
		while (quoth_json_member(json, &name))
			if (!quoth_json_is(&name, "snaktype"))
				quoth_json_skip(json);
			else if (quoth_json_text(json, &type))
				*has_ended |= !quoth_json_is(&type, "novalue");
	}
	return !json->wrong;
}

static bool read_qualifiers(struct quoth_json *json, bool *has_ended)
{
	struct quoth_json_string name;

	if (open_map(json))
		while (quoth_json_member(json, &name))
			quoth_json_is(&name, "P582") ? read_end_time(json, has_ended) : quoth_json_skip(json);
	return !json->wrong;
}

static bool read_statement(struct quoth_json *json, struct quoth_wikidata_statement *statement)
{
	struct quoth_json_string name, rank = {0};

	if (!quoth_json_open(json, '{'))
		return false;
	while (quoth_json_member(json, &name))
		if (quoth_json_is(&name, "mainsnak"))
			read_mainsnak(json, &statement->value);
		else if (quoth_json_is(&name, "qualifiers"))
			read_qualifiers(json, &statement->has_ended);
		else if (quoth_json_is(&name, "rank"))
			quoth_json_text(json, &rank);
		else
			quoth_json_skip(json);
	if (quoth_json_is(&rank, "deprecated"))
		statement->value = 0;
	statement->is_preferred = quoth_json_is(&rank, "preferred");
	return !json->wrong;
}

static int add_statement(struct quoth_wikidata_item *item, const struct quoth_wikidata_statement *statement)
{
	if (item->n_statements == item->capacity) {
		size_t capacity = item->capacity ? item->capacity * 2 : 64;
		void *grown = realloc(item->statements, capacity * sizeof *item->statements);

		if (!grown)
			return QUOTH_NO_MEMORY;
		item->statements = grown;
		item->capacity = capacity;
	}
	item->statements[item->n_statements++] = *statement;
	return 0;
}

static int read_statements(struct quoth_wikidata_item *item, struct quoth_json *json, enum quoth_wikidata_property property)
{
	int error = 0;

	if (!quoth_json_open(json, '['))
		return 0;
	while (!error && quoth_json_element(json)) {
		struct quoth_wikidata_statement statement = {.property = (uint8_t)property};

		if (read_statement(json, &statement) && statement.value)
			error = add_statement(item, &statement);
	}
	return error;
}

static int read_claims(struct quoth_wikidata_item *item, struct quoth_json *json)
{
	struct quoth_json_string name;
	int error = 0;
	size_t i;

	item->n_statements = 0;
	if (!open_map(json))
		return 0;
	while (!error && quoth_json_member(json, &name)) {
		for (i = 0; i < N_PROPERTIES && !quoth_json_is(&name, properties[i].name);)
			i++;
		if (i < N_PROPERTIES)
			error = read_statements(item, json, properties[i].property);
		else
			quoth_json_skip(json);
	}
	return error;
}

/* ---- the line ---- */

static uint32_t count_members(struct quoth_json *json)
{
	struct quoth_json_string name;
	uint32_t n = 0;

	if (open_map(json))
		while (quoth_json_member(json, &name))
			n += quoth_json_skip(json);
	return n;
}

static bool note_place(struct quoth_json *json, size_t *place)
{
	quoth_json_peek(json);
	*place = json->at;
	return quoth_json_skip(json);
}

static int read_member(struct quoth_wikidata_item *item, struct quoth_json *json, const struct quoth_json_string *name,
		       struct quoth_json_string *type)
{
	struct quoth_json_string id;

	if (quoth_json_is(name, "claims"))
		return read_claims(item, json);
	if (quoth_json_is(name, "type"))
		quoth_json_text(json, type);
	else if (quoth_json_is(name, "id"))
		item->id = quoth_json_text(json, &id) ? quoth_wikidata_number(id.bytes, id.size) : 0;
	else if (quoth_json_is(name, "labels"))
		note_place(json, &item->labels);
	else if (quoth_json_is(name, "descriptions"))
		note_place(json, &item->descriptions);
	else if (quoth_json_is(name, "aliases"))
		note_place(json, &item->aliases);
	else if (quoth_json_is(name, "sitelinks"))
		item->n_sitelinks = count_members(json);
	else
		quoth_json_skip(json);
	return 0;
}

static void begin_item(struct quoth_wikidata_item *item, const char *line, size_t size)
{
	item->line = line;
	item->size = size;
	item->labels = item->descriptions = item->aliases = 0;
	item->id = item->n_sitelinks = 0;
	item->n_statements = 0;
}

int quoth_wikidata_item_read(struct quoth_wikidata_item *item, const char *line, size_t size, struct quoth_report *report)
{
	struct quoth_json json = {.bytes = line, .size = size};
	struct quoth_json_string name, type = {0};
	bool is_item;
	int error = 0;

	begin_item(item, line, size);
	if (quoth_json_open(&json, '{'))
		while (!error && quoth_json_member(&json, &name)) {
			/* Properties and lexemes may say other things by the same names. */
			if (type.size && !quoth_json_is(&type, "item"))
				quoth_json_skip(&json);
			else
				error = read_member(item, &json, &name, &type);
		}
	if (error)
		return quoth_report_set(report, error, "", "out of memory");
	json.at += quoth_json_peek(&json) == ',';
	if (!json.wrong && (quoth_json_peek(&json) || json.at < size))
		quoth_json_fail(&json, json.at, "something stands behind the object");
	if (json.wrong)
		return refuse(&json, report);
	is_item = quoth_json_is(&type, "item");
	if (!type.size || (is_item && !item->id))
		return quoth_report_set(report, QUOTH_BAD_INPUT, "", "the object has no \"%s\" of a Wikidata entity",
					type.size ? "id" : "type");
	return is_item;
}

void quoth_wikidata_item_free(struct quoth_wikidata_item *item)
{
	free(item->statements);
	quoth_buffer_free(&item->text);
	*item = (struct quoth_wikidata_item){0};
}

/* ---- texts ---- */

/* The place of a language in the order of preference; SIZE_MAX if it is not wanted. */
static size_t rank_language(const struct quoth_wikidata_languages *languages, const struct quoth_json_string *code)
{
	for (size_t i = 0; i < languages->n; i++)
		if (quoth_json_is(code, languages->codes[i]))
			return i;
	return languages->takes_all ? languages->n : SIZE_MAX;
}

/* {"language": "en", "value": "Douglas Adams"}; false, without an error, where it has no value. */
static bool read_value(struct quoth_json *json, struct quoth_json_string *value)
{
	struct quoth_json_string name;
	bool has_value = false;

	if (!quoth_json_open(json, '{'))
		return false;
	while (quoth_json_member(json, &name))
		if (quoth_json_is(&name, "value"))
			has_value = quoth_json_text(json, value);
		else
			quoth_json_skip(json);
	return has_value && !json->wrong;
}

/* Decodes into item->text. */
static bool decode(struct quoth_wikidata_item *item, struct quoth_json *json, const struct quoth_json_string *string)
{
	item->text.size = 0;
	return quoth_json_decode(string, &item->text) ||
	       quoth_json_fail(json, (size_t)(string->bytes - json->bytes), "a text is no valid UTF-8, or holds a NUL");
}

/* Puts the text of the best language into `into`: of the map that begins at `place`. */
static int put_best(struct quoth_wikidata_item *item, size_t place, const struct quoth_wikidata_languages *languages,
		    struct quoth_buffer *into, struct quoth_report *report)
{
	struct quoth_json json = {.bytes = item->line, .size = item->size, .at = place};
	struct quoth_json_string code, best;
	size_t best_rank = SIZE_MAX;

	if (place && open_map(&json))
		while (quoth_json_member(&json, &code)) {
			size_t rank = rank_language(languages, &code);

			if (rank >= best_rank)
				quoth_json_skip(&json);
			else if (read_value(&json, &best))
				best_rank = rank;
		}
	if (!json.wrong && best_rank < SIZE_MAX && decode(item, &json, &best))
		quoth_buffer_put_tsv(into, item->text.bytes, item->text.size);
	return json.wrong ? refuse(&json, report) : best_rank < SIZE_MAX;
}

int quoth_wikidata_item_label(struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
			      struct quoth_buffer *into, struct quoth_report *report)
{
	return put_best(item, item->labels, languages, into, report);
}

int quoth_wikidata_item_description(struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
				    struct quoth_buffer *into, struct quoth_report *report)
{
	return put_best(item, item->descriptions, languages, into, report);
}

/* A name of the wanted languages, read from where the walk is. */
static void take_name(struct quoth_wikidata_item *item, struct quoth_json *json, quoth_wikidata_take take, void *context)
{
	struct quoth_json_string value;

	if (read_value(json, &value) && decode(item, json, &value))
		take(context, item->text.bytes, item->text.size);
}

int quoth_wikidata_item_names(struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
			      quoth_wikidata_take take, void *context, struct quoth_report *report)
{
	struct quoth_json json = {.bytes = item->line, .size = item->size, .at = item->labels};
	struct quoth_json_string code;

	if (item->labels && open_map(&json))
		while (quoth_json_member(&json, &code)) {
			if (rank_language(languages, &code) < SIZE_MAX)
				take_name(item, &json, take, context);
			else
				quoth_json_skip(&json);
		}
	if (json.wrong || !item->aliases)
		return json.wrong ? refuse(&json, report) : 0;
	json.at = item->aliases;
	if (open_map(&json))
		while (quoth_json_member(&json, &code)) {
			if (rank_language(languages, &code) == SIZE_MAX)
				quoth_json_skip(&json);
			else if (quoth_json_open(&json, '['))
				while (quoth_json_element(&json))
					take_name(item, &json, take, context);
		}
	return json.wrong ? refuse(&json, report) : 0;
}
