#include "config.h"

#include "pipeline/wikidata_item.h"

#include "pipeline/buffer.h"
#include "pipeline/reserve.h"
#include "pipeline/wikidata_classes.h"

#include <json-c/json.h>
#include <stdlib.h>

static const struct {
	const char *name;
	enum quoth_wikidata_property property;
} properties[] = {
	{"P31", QUOTH_WIKIDATA_INSTANCE_OF}, {"P39", QUOTH_WIKIDATA_OFFICE}, {"P106", QUOTH_WIKIDATA_OCCUPATION},
	{"P27", QUOTH_WIKIDATA_COUNTRY}, {"P17", QUOTH_WIKIDATA_COUNTRY},
};

enum { N_PROPERTIES = sizeof properties / sizeof *properties };

/* Wikidata's entities nest some ten levels; each costs the parser some stack. */
enum { MAX_NESTING = 64 };

/* ---- members ---- */

static int refuse_type(const char *name, struct json_object *value, enum json_type type, struct quoth_report *report)
{
	return quoth_report_set(report, QUOTH_BAD_INPUT, "", "\"%s\" is or holds %s in place of %s", name,
				json_type_to_name(json_object_get_type(value)), json_type_to_name(type));
}

/* The member of an object. 1; 0 with NULL where it has none; QUOTH_BAD_INPUT where it is of another type. */
static int find_member(struct json_object *object, const char *name, enum json_type type, struct json_object **value,
		       struct quoth_report *report)
{
	if (!json_object_object_get_ex(object, name, value))
		return 0;
	return json_object_is_type(*value, type) ? 1 : refuse_type(name, *value, type, report);
}

/* The same for a member that is a map: an empty one counts as none. */
static int find_map(struct json_object *object, const char *name, struct json_object **map, struct quoth_report *report)
{
	if (json_object_object_get_ex(object, name, map) && json_object_is_type(*map, json_type_array) &&
	    !json_object_array_length(*map))
		return 0;
	return find_member(object, name, json_type_object, map, report);
}

/* Element i of the array by that name, which must be an object. */
static int find_element(struct json_object *array, size_t i, const char *name, struct json_object **element,
			struct quoth_report *report)
{
	*element = json_object_array_get_idx(array, i);
	return json_object_is_type(*element, json_type_object) ? 1 : refuse_type(name, *element, json_type_object, report);
}

static uint32_t read_number(struct json_object *id)
{
	return quoth_wikidata_number(json_object_get_string(id), (size_t)json_object_get_string_len(id));
}

/* ---- statements ---- */

/* The value of a statement that is an item: {"mainsnak": {"datavalue": {"value": {"id": "Q42", …}}}}; *number stays 0 for other
 * entities, and for a snak of type somevalue or novalue, which has no datavalue. */
static int read_value(struct json_object *statement, uint32_t *number, struct quoth_report *report)
{
	static const char *const path[] = {"mainsnak", "datavalue", "value"};
	struct json_object *at = statement;
	int found = 1;

	for (size_t i = 0; i < sizeof path / sizeof *path && found > 0; i++)
		found = find_member(at, path[i], json_type_object, &at, report);
	if (found > 0)
		found = find_member(at, "id", json_type_string, &at, report);
	if (found > 0)
		*number = read_number(at);
	return found < 0 ? found : 0;
}

/* Whether one of the snaks of the end time says that there is an end: "novalue" says that there is none. */
static int read_end_time(struct json_object *statement, bool *has_ended, struct quoth_report *report)
{
	struct json_object *qualifiers, *snaks, *snak, *type;
	int found = find_map(statement, "qualifiers", &qualifiers, report);

	if (found > 0)
		found = find_member(qualifiers, "P582", json_type_array, &snaks, report);
	for (size_t i = 0, n = found > 0 ? json_object_array_length(snaks) : 0; i < n && found >= 0; i++) {
		found = find_element(snaks, i, "P582", &snak, report);
		if (found > 0)
			found = find_member(snak, "snaktype", json_type_string, &type, report);
		if (found > 0)
			*has_ended |= strcmp(json_object_get_string(type), "novalue") != 0;
	}
	return found < 0 ? found : 0;
}

static int read_statement(struct json_object *object, struct quoth_wikidata_statement *statement, struct quoth_report *report)
{
	struct json_object *rank;
	int found = find_member(object, "rank", json_type_string, &rank, report), error = found < 0 ? found : 0;

	if (!error)
		error = read_value(object, &statement->value, report);
	if (!error)
		error = read_end_time(object, &statement->has_ended, report);
	if (!error && found && !strcmp(json_object_get_string(rank), "deprecated"))
		statement->value = 0;
	statement->is_preferred = !error && found && !strcmp(json_object_get_string(rank), "preferred");
	return error;
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

static int read_statements(struct quoth_wikidata_item *item, const char *name, struct json_object *array, uint8_t property,
			   struct quoth_report *report)
{
	int error = 0;

	for (size_t i = 0, n = json_object_array_length(array); i < n && !error; i++) {
		struct quoth_wikidata_statement statement = {.property = property};
		struct json_object *object;
		int found = find_element(array, i, name, &object, report);

		error = found < 0 ? found : read_statement(object, &statement, report);
		if (!error && statement.value)
			error = add_statement(item, &statement);
	}
	return error;
}

/* In the order of the dump: P27 and P17 are one property. */
static int read_claims(struct quoth_wikidata_item *item, struct quoth_report *report)
{
	struct json_object *claims;
	int error = find_map(item->entity, "claims", &claims, report);
	size_t i;

	if (error <= 0)
		return error;
	json_object_object_foreach(claims, name, statements) {
		for (i = 0; i < N_PROPERTIES && strcmp(name, properties[i].name);)
			i++;
		if (i == N_PROPERTIES)
			continue;
		error = json_object_is_type(statements, json_type_array) ?
				read_statements(item, name, statements, (uint8_t)properties[i].property, report) :
				refuse_type(name, statements, json_type_array, report);
		if (error)
			return error;
	}
	return 0;
}

/* ---- the line ---- */

/* Bytes that the tree of a line takes at most, by what begins objects, arrays, and their members: json-c 0.16 gives an object a table
 * of 16 places of 40 bytes, at most three for each member, and an array 32 pointers. Strings stand in the tree and, the longest
 * of them, in the tokener. */
static size_t tree_size(const char *line, size_t size)
{
	enum { OBJECT = 900, ARRAY = 450, MEMBER = 300, TEXT = 4 };
	size_t bytes = size * TEXT;

	for (size_t i = 0; i < size; i++)
		bytes += line[i] == '{' ? OBJECT : line[i] == '[' ? ARRAY : line[i] == ',' ? MEMBER : 0;
	return bytes;
}

/* json-c leaves out without a word what it finds no memory for, so that there must be enough beforehand. */
static int make_sure_of_room(const struct quoth_wikidata_item *item, const char *line, size_t size, struct quoth_report *report)
{
	struct quoth_buffer room = {0};
	size_t bytes = tree_size(line, size);
	bool has_room;

	if (item->max_tree_bytes && bytes > item->max_tree_bytes)
		return quoth_report_set(report, QUOTH_TOO_LARGE, "", "the line's JSON may take more than %zu bytes of memory (see --max-line)",
					item->max_tree_bytes);
	has_room = quoth_buffer_reserve(&room, bytes);
	quoth_buffer_free(&room);
	return has_room ? 0 : QUOTH_NO_MEMORY;
}

static int parse(struct quoth_wikidata_item *item, const char *line, size_t size, struct quoth_report *report)
{
	int error = make_sure_of_room(item, line, size, report);
	enum json_tokener_error why;

	if (error)
		return error;
	if (!item->tokener && !(item->tokener = json_tokener_new_ex(MAX_NESTING)))
		return QUOTH_NO_MEMORY;
	json_tokener_set_flags(item->tokener, JSON_TOKENER_STRICT);
	json_tokener_reset(item->tokener);
	item->entity = json_tokener_parse_ex(item->tokener, line, (int)size);
	why = json_tokener_get_error(item->tokener);
	if (why != json_tokener_success)
		return quoth_report_set(report, QUOTH_BAD_INPUT, "", "broken JSON at byte %zu: %s",
					json_tokener_get_parse_end(item->tokener),
					why == json_tokener_continue ? "it ends too early" : json_tokener_error_desc(why));
	if (!json_object_is_type(item->entity, json_type_object))
		return quoth_report_set(report, QUOTH_BAD_INPUT, "", "the line is no JSON object");
	return 0;
}

/* Bytes of a line without the comma that parts it from the next, and blanks around that. */
static size_t cut_comma(const char *line, size_t size)
{
	for (bool has_comma = false; size && strchr(has_comma ? " \t\r" : " \t\r,", line[size - 1]) && line[size - 1]; size--)
		has_comma |= line[size - 1] == ',';
	return size;
}

static int refuse_lack(const char *name, struct quoth_report *report)
{
	return quoth_report_set(report, QUOTH_BAD_INPUT, "", "the object has no \"%s\" of a Wikidata entity", name);
}

/* 1 for an item with an id, 0 for entities of other types, which may say other things by the same names. */
static int read_head(struct quoth_wikidata_item *item, struct quoth_report *report)
{
	struct json_object *type, *id;
	int found = find_member(item->entity, "type", json_type_string, &type, report);

	if (found < 0)
		return found;
	if (!found || !json_object_get_string_len(type))
		return refuse_lack("type", report);
	if (strcmp(json_object_get_string(type), "item"))
		return 0;
	found = find_member(item->entity, "id", json_type_string, &id, report);
	if (found > 0)
		item->id = read_number(id);
	return found < 0 || item->id ? found : refuse_lack("id", report);
}

/* Frees the tree of the last line. */
static void begin_item(struct quoth_wikidata_item *item)
{
	json_object_put(item->entity);
	item->entity = NULL;
	item->id = item->n_sitelinks = 0;
	item->n_statements = 0;
}

int quoth_wikidata_item_read(struct quoth_wikidata_item *item, const char *line, size_t size, struct quoth_report *report)
{
	struct json_object *sitelinks;
	int error, found;

	begin_item(item);
	quoth_reserve_lend();
	error = parse(item, line, cut_comma(line, size), report);
	found = error ? error : read_head(item, report);
	if (found > 0)
		error = read_claims(item, report);
	if (found > 0 && !error) {
		error = find_map(item->entity, "sitelinks", &sitelinks, report);
		item->n_sitelinks = error > 0 ? (uint32_t)json_object_object_length(sitelinks) : 0;
	}
	found = quoth_reserve_end() ? QUOTH_NO_MEMORY : error < 0 ? error : found;
	return found == QUOTH_NO_MEMORY ? quoth_report_set(report, found, "", "out of memory") : found;
}

void quoth_wikidata_item_free(struct quoth_wikidata_item *item)
{
	begin_item(item);
	if (item->tokener)
		json_tokener_free(item->tokener);
	free(item->statements);
	*item = (struct quoth_wikidata_item){0};
}

/* ---- texts ---- */

/* The place of a language in the order of preference; SIZE_MAX if it is not wanted. */
static size_t rank_language(const struct quoth_wikidata_languages *languages, const char *code)
{
	for (size_t i = 0; i < languages->n; i++)
		if (!strcmp(code, languages->codes[i]))
			return i;
	return languages->takes_all ? languages->n : SIZE_MAX;
}

/* {"language": "en", "value": "Douglas Adams"}, of the map by that name. 1; 0 where it has no value; or an error. */
static int find_text(struct json_object *entry, const char *name, struct json_object **text, struct quoth_report *report)
{
	if (!json_object_is_type(entry, json_type_object))
		return refuse_type(name, entry, json_type_object, report);
	return find_member(entry, "value", json_type_string, text, report);
}

/* json-c takes strings of any bytes. */
static int check_text(struct json_object *text, struct quoth_report *report)
{
	const char *s = json_object_get_string(text), *end = s + json_object_get_string_len(text);
	size_t n;

	while (s < end && *s && (n = quoth_character_length(s, (size_t)(end - s))))
		s += n;
	return s == end ? 0 : quoth_report_set(report, QUOTH_BAD_INPUT, "", "a text is no valid UTF-8, or holds a NUL");
}

/* Puts the text of the best language into `into`: of the map by that name. */
static int put_best(const struct quoth_wikidata_item *item, const char *name, const struct quoth_wikidata_languages *languages,
		    struct quoth_buffer *into, struct quoth_report *report)
{
	struct json_object *map, *text, *best = NULL;
	size_t best_rank = SIZE_MAX;
	int found = find_map(item->entity, name, &map, report);

	if (found <= 0)
		return found;
	json_object_object_foreach(map, code, entry) {
		size_t rank = rank_language(languages, code);

		if (rank >= best_rank)
			continue;
		found = find_text(entry, name, &text, report);
		if (found < 0)
			return found;
		best = found ? text : best;
		best_rank = found ? rank : best_rank;
	}
	found = best ? check_text(best, report) : 0;
	if (!best || found)
		return found;
	quoth_buffer_put_tsv(into, json_object_get_string(best), (size_t)json_object_get_string_len(best));
	return 1;
}

int quoth_wikidata_item_label(const struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
			      struct quoth_buffer *into, struct quoth_report *report)
{
	return put_best(item, "labels", languages, into, report);
}

int quoth_wikidata_item_description(const struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
				    struct quoth_buffer *into, struct quoth_report *report)
{
	return put_best(item, "descriptions", languages, into, report);
}

/* A name among the languages that are wanted. */
static int take_name(struct json_object *entry, const char *name, quoth_wikidata_take take, void *context,
		     struct quoth_report *report)
{
	struct json_object *text;
	int found = find_text(entry, name, &text, report);

	if (found > 0)
		found = check_text(text, report) ? QUOTH_BAD_INPUT : 1;
	if (found > 0)
		take(context, json_object_get_string(text), (size_t)json_object_get_string_len(text));
	return found < 0 ? found : 0;
}

static int take_aliases(struct json_object *array, quoth_wikidata_take take, void *context, struct quoth_report *report)
{
	int error = 0;

	if (!json_object_is_type(array, json_type_array))
		return refuse_type("aliases", array, json_type_array, report);
	for (size_t i = 0, n = json_object_array_length(array); i < n && !error; i++)
		error = take_name(json_object_array_get_idx(array, i), "aliases", take, context, report);
	return error;
}

/* Of the labels, which have one text for a language, or of the aliases, which have a list. */
static int take_names(const struct quoth_wikidata_item *item, const char *name, const struct quoth_wikidata_languages *languages,
		      quoth_wikidata_take take, void *context, struct quoth_report *report)
{
	bool are_aliases = !strcmp(name, "aliases");
	struct json_object *map;
	int error = find_map(item->entity, name, &map, report);

	if (error <= 0)
		return error;
	json_object_object_foreach(map, code, entry) {
		if (rank_language(languages, code) == SIZE_MAX)
			continue;
		error = are_aliases ? take_aliases(entry, take, context, report) : take_name(entry, name, take, context, report);
		if (error)
			return error;
	}
	return 0;
}

int quoth_wikidata_item_names(const struct quoth_wikidata_item *item, const struct quoth_wikidata_languages *languages,
			      quoth_wikidata_take take, void *context, struct quoth_report *report)
{
	int error = take_names(item, "labels", languages, take, context, report);

	return error ? error : take_names(item, "aliases", languages, take, context, report);
}
