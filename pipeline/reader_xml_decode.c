/* reader_xml_decode: an article of an XML file as a document. */
#include "config.h"

#include "pipeline/page.h"
#include "pipeline/xml_record.h"

enum { LONG_SUMMARY = 400 };	/* bytes from which on a feed's summary is taken for the article */

/* The best part of each field; NULL where there is none. */
struct parts {
	struct quoth_xml_part best[QUOTH_XML_N_FIELDS];
	const char *values[QUOTH_XML_N_FIELDS];
};

static bool is_blank(const char *bytes, size_t size)
{
	for (size_t i = 0, n; i < size; i += n)
		if (!(n = quoth_space_length(bytes + i, size - i)))
			return false;
	return true;
}

static void find_parts(const char *record, size_t size, struct parts *parts)
{
	struct quoth_xml_part part;

	*parts = (struct parts){0};
	for (size_t at = 0; size - at >= sizeof part; at += sizeof part + part.size) {
		const char *value = record + at + sizeof part;

		memcpy(&part, record + at, sizeof part);
		if (part.size > size - at - sizeof part || part.field >= QUOTH_XML_N_FIELDS)
			return;
		if (is_blank(value, part.size) || (parts->values[part.field] && parts->best[part.field].rank <= part.rank))
			continue;
		parts->best[part.field] = part;
		parts->values[part.field] = value;
	}
}

/* A copy with white space folded and trimmed, NULL for none. */
static const char *copy_value(struct quoth_arena *arena, const struct parts *parts, enum quoth_xml_field field)
{
	const char *value = parts->values[field];
	size_t size = parts->best[field].size, length = 0, n;
	char *copy = value ? quoth_arena_alloc(arena, size + 1) : NULL;

	for (size_t i = 0; copy && i < size; i += n ? n : 1) {
		n = quoth_space_length(value + i, size - i);
		if (!n)
			copy[length++] = value[i] ? value[i] : ' ';
		else if (length && copy[length - 1] != ' ')
			copy[length++] = ' ';
	}
	if (!copy)
		return NULL;
	length -= length && copy[length - 1] == ' ';
	copy[length] = '\0';
	return copy;
}

/* The content as text: plain, or of HTML every paragraph. */
static int read_content(struct quoth_document *document, const struct parts *parts, const char **text, size_t *size)
{
	const struct quoth_xml_part *part = &parts->best[QUOTH_XML_CONTENT];
	struct quoth_page page;
	int error;

	*text = parts->values[QUOTH_XML_CONTENT];
	*size = part->size;
	if (!*text || part->kind == QUOTH_XML_PLAIN)
		return 0;
	error = quoth_page_read_whole(document->arena, *text, *size, &page);
	*text = page.text;
	*size = page.text_size;
	return error;
}

int quoth_xml_decode(struct quoth_document *document, const struct quoth_reading *reading, const char *place, struct quoth_report *report)
{
	struct parts parts;
	const char *id, *text;
	size_t size;
	int error;

	find_parts(document->input, document->input_size, &parts);
	id = copy_value(document->arena, &parts, parts.values[QUOTH_XML_ID] ? QUOTH_XML_ID : QUOTH_XML_URL);
	if (id)
		document->id = id;
	document->title = copy_value(document->arena, &parts, QUOTH_XML_TITLE);
	document->date = copy_value(document->arena, &parts, QUOTH_XML_DATE);
	document->outlet = copy_value(document->arena, &parts, QUOTH_XML_OUTLET);
	document->url = copy_value(document->arena, &parts, QUOTH_XML_URL);
	error = read_content(document, &parts, &text, &size);
	if (error)
		return quoth_report_set(report, error, place, "%s", error == QUOTH_TOO_LARGE ? "its HTML is nested too deep" :
					quoth_error_words(error));
	if (!text || !size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "it has no text");
	if (parts.best[QUOTH_XML_CONTENT].kind == QUOTH_XML_SUMMARY && size < LONG_SUMMARY)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "it has a summary only");
	if (size > reading->max_document_bytes)
		return quoth_report_set(report, QUOTH_TOO_LARGE, place, "the text is larger than %u bytes (see --max-document)",
					(unsigned)reading->max_document_bytes);
	document->input = text;
	document->input_size = (uint32_t)size;
	return 0;
}
