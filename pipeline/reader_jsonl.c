/* reader_jsonl: one record a line, each a JSON object (json-c parses it; corpus/EVALUATION.md says why that library).
 *
 * Empty lines are skipped. Bytes that are no UTF-8 pass, stage normalise deals with them; a lone surrogate escape becomes
 * U+FFFD. Of equal names in an object the last counts.
 */
#include "config.h"

#include "pipeline/lines.h"

#include <json-c/json.h>

/* Real records nest a few levels; each level costs the parser some stack. */
enum { MAX_NESTING = 64 };

static bool recognise_jsonl(const char *head, size_t size)
{
	size_t i = size >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3) ? 3 : 0;

	while (i < size && strchr(" \t\r\n", head[i]) && head[i])
		i++;
	if (i == size || head[i++] != '{')
		return false;
	while (i < size && (head[i] == ' ' || head[i] == '\t'))
		i++;
	return i < size && (head[i] == '"' || head[i] == '}');
}

static int cut_jsonl(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	size_t before = into->size, limit = quoth_record_limit(reader->reading);

	for (;;) {
		int found = quoth_line_take(reader->stream, into, limit, report);

		if (found <= 0)
			return found;
		reader->place++;
		if (into->has_failed)
			return quoth_record_refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
		if (into->size - before > limit)
			return quoth_record_refuse_size(reader, report);
		/* After an empty first line there is no buffer yet to point into. */
		if (into->size > before && !quoth_line_is_empty(into->bytes + before, into->size - before))
			return 1;
		into->size = before;
	}
}

/* A string value of an object by the name asked for, else by the usual ones; NULL if there is none that is not null. */
static struct json_object *find_field(struct json_object *record, const char *asked, const char *const *usual)
{
	struct json_object *value;

	if (asked)
		return json_object_object_get_ex(record, asked, &value) ? value : NULL;
	for (; *usual; usual++)
		if (json_object_object_get_ex(record, *usual, &value) && value)
			return value;
	return NULL;
}

/* A NUL-terminated copy in the arena of a string or number, NULL for other types, the empty string, or without memory. */
static const char *copy_field(struct quoth_arena *arena, struct json_object *value)
{
	enum json_type type = json_object_get_type(value);
	const char *string;
	size_t size;
	char *copy;

	if (type != json_type_string && type != json_type_int)
		return NULL;
	string = json_object_get_string(value);
	size = (size_t)json_object_get_string_len(value);
	if (type == json_type_int)
		size = strlen(string);
	copy = size ? quoth_arena_alloc(arena, size + 1) : NULL;
	if (!copy)
		return NULL;
	for (size_t i = 0; i < size; i++)
		copy[i] = string[i] ? string[i] : ' ';
	copy[size] = '\0';
	return copy;
}

static const char *type_name(struct json_object *value)
{
	enum json_type type = json_object_get_type(value);

	return type == json_type_int || type == json_type_double ? "number" : json_type_to_name(type);
}

static int take_text(struct quoth_document *document, const struct quoth_reading *reading, struct json_object *record,
		     const char *place, struct quoth_report *report)
{
	struct json_object *text = find_field(record, reading->text_field, quoth_text_names);
	size_t size;
	char *copy;

	if (!text)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the record has no \"%s\"%s",
					reading->text_field ? reading->text_field : "text",
					reading->text_field ? "" : " (nor maintext, content, body)");
	if (!json_object_is_type(text, json_type_string))
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the text is of type %s, not string",
					type_name(text));
	size = (size_t)json_object_get_string_len(text);
	if (size > reading->max_document_bytes)
		return quoth_report_set(report, QUOTH_TOO_LARGE, place,
					"the text is larger than %u bytes (see --max-document)",
					(unsigned)reading->max_document_bytes);
	copy = quoth_arena_alloc(document->arena, size + 1);
	if (!copy)
		return quoth_report_set(report, QUOTH_NO_MEMORY, place, "out of memory");
	memcpy(copy, json_object_get_string(text), size + 1);
	document->input = copy;
	document->input_size = (uint32_t)size;
	return 0;
}

static int take_record(struct quoth_document *document, const struct quoth_reading *reading, struct json_object *record,
		       const char *place, struct quoth_report *report)
{
	struct quoth_arena *arena = document->arena;
	const char *id;

	id = copy_field(arena, find_field(record, reading->id_field, quoth_id_names));
	if (id)
		document->id = id;
	document->title = copy_field(arena, find_field(record, reading->title_field, quoth_title_names));
	document->date = copy_field(arena, find_field(record, reading->date_field, quoth_date_names));
	document->url = copy_field(arena, find_field(record, reading->url_field, quoth_url_names));
	document->outlet = copy_field(arena, find_field(record, reading->outlet_field, quoth_outlet_names));
	return take_text(document, reading, record, place, report);
}

/* Parses an object that starts at byte `at` of the record. 0 with *object, which the caller puts, or an error. */
static int parse_object(const char *bytes, size_t size, size_t at, struct json_object **object, const char *place,
			struct quoth_report *report)
{
	struct json_tokener *tokener = json_tokener_new_ex(MAX_NESTING);
	enum json_tokener_error why;

	if (!tokener)
		return quoth_report_set(report, QUOTH_NO_MEMORY, place, "out of memory");
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	*object = json_tokener_parse_ex(tokener, bytes + at, (int)(size - at));
	why = json_tokener_get_error(tokener);
	at += json_tokener_get_parse_end(tokener);
	json_tokener_free(tokener);
	if (why == json_tokener_success)
		return 0;
	return quoth_report_set(report, QUOTH_BAD_INPUT, place, "broken JSON at byte %zu: %s", at,
				why == json_tokener_continue ? "the record ends too early" : json_tokener_error_desc(why));
}

static int decode_jsonl(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
			struct quoth_report *report)
{
	const char *bytes = document->input;
	size_t size = document->input_size, at = size >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
	struct json_object *record = NULL;
	int error;

	while (at < size && (bytes[at] == ' ' || bytes[at] == '\t'))
		at++;
	if (at == size || bytes[at] != '{')
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "a record must be a JSON object, {…}");
	error = parse_object(bytes, size, at, &record, place, report);
	if (error)
		return error;
	error = take_record(document, reading, record, place, report);
	json_object_put(record);
	return error;
}

const struct quoth_format quoth_format_jsonl = {
	.name = "jsonl",
	.what = "one JSON object a line",
	.extensions = ".jsonl .ndjson .jsonlines ",
	.recognise = recognise_jsonl,
	.cut = cut_jsonl,
	.decode = decode_jsonl,
};
