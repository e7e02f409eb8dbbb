/* reader_xml: the articles in NITF and NewsML-G2 files and in RSS and Atom feeds.
 *
 * One document for each nitf, newsItem, item or entry element, whichever of the formats was named: the root tells. The file passes through
 * libxml2's xmlTextReader, of which no more is kept than the article in hand. Nothing is ever fetched: there is no network and no file
 * beside the one that is read, and entities are not expanded, but for plain text of few bytes that the file itself declares. Where the XML is
 * broken, parsing stops: the articles before are read, but for what ends in the last 512 bytes, and the rest of the file is not. (libxml2 can be
 * made to go on, but it loses text then.)
 */
#include "config.h"

#include "pipeline/lines.h"
#include "pipeline/page.h"
#include "pipeline/xml_rules.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	MAX_OUTLET = 200,	/* bytes of a channel's title */
	MAX_ENTITY = 256,	/* bytes of an entity's text */
	NOWHERE = -1,		/* a depth that no element has */
	MAX_DEPTH = 256,	/* libxml2's own limit */
};

struct xml {
	xmlTextReader *reader;
	struct quoth_stream *stream;
	struct quoth_report failure;	/* of the stream */
	int error;			/* the same */
	int line;			/* of the first thing that is wrong with the XML */
	char what[120];
	bool is_out_of_memory;
	char outlet[MAX_OUTLET + 1];	/* the channel's title */
	char parents[MAX_DEPTH][24];		/* local names of the open elements */
	bool is_done;
	/* the article in hand */
	struct quoth_buffer *into;
	size_t limit, begin;
	bool is_too_large;
	bool is_unexpanded;		/* an entity of it was left alone */
	int article, skipped, part_depth;	/* depths of these elements, NOWHERE outside */
	size_t part;			/* where the open part begins */
	bool is_plain, is_marked;	/* the open part is text, or is made of elements */
};

/* ---- what libxml2 calls ---- */

static int read_stream(void *context, char *into, int size)
{
	struct xml *xml = context;
	struct quoth_stream *stream = xml->stream;
	size_t n;
	int more = 1;

	if (stream->begin == stream->end)
		more = quoth_stream_fill(stream, &xml->failure);
	if (more < 0)
		xml->error = more;
	if (more <= 0)
		return more < 0 ? -1 : 0;
	n = stream->end - stream->begin < (size_t)size ? stream->end - stream->begin : (size_t)size;
	memcpy(into, stream->bytes + stream->begin, n);
	stream->begin += n;
	return (int)n;
}

/* Keeps the first error that ends the parsing. */
static void note_error(void *context, xmlError *error)
{
	struct xml *xml = context;
	const xmlParserCtxt *parser = error->domain == XML_FROM_PARSER ? error->ctxt : NULL;
	bool is_cut_short = error->code == XML_ERR_DOCUMENT_END && parser && parser->nodeNr > 0;

	xml->is_out_of_memory |= error->code == XML_ERR_NO_MEMORY;
	if (*xml->what || error->level < XML_ERR_FATAL)
		return;
	xml->line = error->line;
	snprintf(xml->what, sizeof xml->what, "%s", is_cut_short ? "it is cut short" : error->message ? error->message : "");
	xml->what[strcspn(xml->what, "\n")] = '\0';
}

/* Nothing outside the file is read, whatever it names. */
static xmlParserInput *load_nothing(const char *url, const char *id, xmlParserCtxt *context)
{
	(void)url;
	(void)id;
	(void)context;
	return NULL;
}

static int open_xml(struct quoth_reader *reader, struct quoth_report *report)
{
	struct xml *xml = calloc(1, sizeof *xml);

	reader->state = xml;
	if (!xml)
		return quoth_report_set(report, QUOTH_NO_MEMORY, reader->stream->path, "out of memory");
	xml->stream = reader->stream;
	xml->article = NOWHERE;
	quoth_page_silence_parser();
	xmlSetExternalEntityLoader(load_nothing);
	xml->reader = xmlReaderForIO(read_stream, NULL, xml, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
	if (!xml->reader)
		return quoth_report_set(report, QUOTH_NO_MEMORY, reader->stream->path, "out of memory");
	xmlTextReaderSetStructuredErrorHandler(xml->reader, note_error, xml);
	return 0;
}

static void close_xml(struct quoth_reader *reader)
{
	struct xml *xml = reader->state;

	if (xml && xml->reader)
		xmlFreeTextReader(xml->reader);
	free(xml);
	reader->state = NULL;
}

/* ---- the article's parts ---- */

static void put(struct xml *xml, const char *bytes, size_t size)
{
	if (xml->into->size - xml->begin + size > xml->limit)
		xml->is_too_large = true;
	else
		quoth_buffer_put(xml->into, bytes, size);
}

static void open_part(struct xml *xml, const struct quoth_xml_rule *rule, uint8_t kind)
{
	struct quoth_xml_part part;

	memset(&part, 0, sizeof part);
	part.field = rule->field;
	part.rank = rule->rank;
	part.kind = kind;
	xml->part = xml->into->size;
	put(xml, (const char *)&part, sizeof part);
}

static void close_part(struct xml *xml)
{
	struct quoth_xml_part part;

	if (xml->is_too_large || xml->into->has_failed)
		return;
	memcpy(&part, xml->into->bytes + xml->part, sizeof part);
	part.size = (uint32_t)(xml->into->size - xml->part - sizeof part);
	memcpy(xml->into->bytes + xml->part, &part, sizeof part);
}

static void put_whole_part(struct xml *xml, const struct quoth_xml_rule *rule, const char *value)
{
	open_part(xml, rule, 0);
	put(xml, value, strlen(value));
	close_part(xml);
}

/* Text of the open part; of elements' text, what HTML would read as markup is escaped. */
static void put_text(struct xml *xml, const char *text)
{
	if (!xml->is_marked) {
		put(xml, text, strlen(text));
		return;
	}
	while (*text) {
		size_t n = strcspn(text, "<>&");

		put(xml, text, n);
		text += n;
		if (*text)
			put(xml, *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : "&amp;", *text == '&' ? 5 : 4);
		text += *text != '\0';
	}
}

/* An entity that the parser left alone: plain text that the file declares, or a character that HTML knows. */
static void put_entity(struct xml *xml, const char *name)
{
	/* not xmlTextReaderCurrentDoc: it keeps the document for a caller who would free it */
	const xmlNode *node = xmlTextReaderCurrentNode(xml->reader);
	const xmlEntity *entity = node ? xmlGetDocEntity(node->doc, (const xmlChar *)name) : NULL;
	const char *text = entity && entity->etype == XML_INTERNAL_GENERAL_ENTITY ? (const char *)entity->content : NULL;

	if (text && strlen(text) <= MAX_ENTITY && !text[strcspn(text, "&<%")])
		put_text(xml, text);
	else
		xml->is_unexpanded = true;
}

static char *attribute_of(struct xml *xml, const char *name)
{
	return (char *)xmlTextReaderGetAttribute(xml->reader, (const xmlChar *)name);
}

/* What the content of an Atom entry is by its type; of other elements by their rule. */
static uint8_t kind_of_content(struct xml *xml, const struct quoth_xml_rule *rule)
{
	char *type = rule->kind == QUOTH_XML_PLAIN ? NULL : attribute_of(xml, "type");
	uint8_t kind = type && !strcmp(type, "text") ? QUOTH_XML_PLAIN : rule->kind;

	xmlFree(type);
	return kind;
}

/* A link of an Atom entry that is not to the entry itself (rel="enclosure" …). */
static bool is_other_link(struct xml *xml, const char *element)
{
	char *relation = strcmp(element, "link") ? NULL : attribute_of(xml, "rel");
	bool is_other = relation && strcmp(relation, "alternate");

	xmlFree(relation);
	return is_other;
}

/* ---- elements ---- */

/* The element of HTML that stands for one of the content's. */
static void put_tag(struct xml *xml, const char *markup, bool is_end)
{
	xml->is_marked = true;
	if (!*markup)
		return;
	put(xml, "</", is_end ? 2 : 1);
	put(xml, markup, strlen(markup));
	put(xml, ">", 1);
}

static void apply_rules(struct xml *xml, const char *element, const char *parent, int depth, bool is_empty)
{
	const struct quoth_xml_rule *rule = NULL;
	uint8_t kind;

	while ((rule = quoth_xml_rule_next(rule, element, parent))) {
		char *value = rule->attribute && !is_other_link(xml, element) ? attribute_of(xml, rule->attribute) : NULL;

		if (value)
			put_whole_part(xml, rule, value);
		xmlFree(value);
		if (rule->attribute || is_empty || xml->part_depth != NOWHERE)
			continue;
		kind = rule->field == QUOTH_XML_CONTENT ? kind_of_content(xml, rule) : QUOTH_XML_PLAIN;
		open_part(xml, rule, kind);
		xml->part_depth = depth;
		xml->is_plain = kind == QUOTH_XML_PLAIN;
		/* elements of a format, not text that is HTML */
		xml->is_marked = !strcmp(element, "body.content") || !strcmp(element, "inlineXML");
	}
}

static void begin_element(struct xml *xml, const char *element, int depth)
{
	static const struct quoth_xml_rule channel = {.field = QUOTH_XML_OUTLET, .rank = 9};
	const char *parent = depth > 0 && depth <= MAX_DEPTH ? xml->parents[depth - 1] : "";
	bool is_empty = xmlTextReaderIsEmptyElement(xml->reader) == 1;
	const char *markup;

	if (depth < MAX_DEPTH)
		snprintf(xml->parents[depth], sizeof *xml->parents, "%s", element);
	if (xml->article == NOWHERE && quoth_xml_is_article(element) && !is_empty) {
		xml->article = depth;
		put_whole_part(xml, &channel, xml->outlet);
	}
	if (xml->article == NOWHERE || xml->skipped != NOWHERE)
		return;
	if (xml->part_depth == NOWHERE) {
		apply_rules(xml, element, parent, depth, is_empty);
		return;
	}
	markup = xml->is_plain ? "" : quoth_xml_markup(element);
	if (!markup && !is_empty)
		xml->skipped = depth;
	if (!markup || xml->is_plain)
		return;
	put_tag(xml, markup, false);
	if (is_empty)
		put_tag(xml, markup, true);
}

/* Whether it was the article's. */
static bool end_element(struct xml *xml, const char *element, int depth)
{
	if (depth == xml->skipped) {
		xml->skipped = NOWHERE;
	} else if (depth == xml->part_depth) {
		close_part(xml);
		xml->part_depth = NOWHERE;
	} else if (xml->part_depth != NOWHERE && xml->skipped == NOWHERE && !xml->is_plain) {
		put_tag(xml, quoth_xml_markup(element), true);
	}
	return depth == xml->article;
}

static void take_text(struct xml *xml, const char *text, int depth)
{
	size_t n = strlen(xml->outlet);

	if (xml->article != NOWHERE && xml->part_depth != NOWHERE && xml->skipped == NOWHERE)
		put_text(xml, text);
	else if (xml->article == NOWHERE && depth > 1 && depth < MAX_DEPTH && !strcmp(xml->parents[depth - 1], "title") &&
		 quoth_xml_is_channel(xml->parents[depth - 2]))
		snprintf(xml->outlet + n, sizeof xml->outlet - n, "%s", text);
}

/* One node. Whether an article ended with it. */
static bool take_node(struct xml *xml)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(xml->reader), *colon = name ? strrchr(name, ':') : NULL;
	int depth = xmlTextReaderDepth(xml->reader);

	if (colon)	/* a prefix that the file does not declare */
		name = colon + 1;
	switch (xmlTextReaderNodeType(xml->reader)) {
	case XML_READER_TYPE_ELEMENT:
		begin_element(xml, name, depth);
		return false;
	case XML_READER_TYPE_END_ELEMENT:
		return end_element(xml, name, depth);
	case XML_READER_TYPE_TEXT:
	case XML_READER_TYPE_CDATA:
	case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
	case XML_READER_TYPE_WHITESPACE:
		take_text(xml, (const char *)xmlTextReaderConstValue(xml->reader), depth);
		return false;
	case XML_READER_TYPE_ENTITY_REFERENCE:
		if (xml->article != NOWHERE && xml->part_depth != NOWHERE && xml->skipped == NOWHERE)
			put_entity(xml, name);
		return false;
	default:
		return false;
	}
}

/* ---- cutting ---- */

static void expect_article(struct xml *xml, const struct quoth_reader *reader, struct quoth_buffer *into)
{
	xml->into = into;
	xml->begin = into->size;
	xml->limit = quoth_record_limit(reader->reading);
	xml->is_too_large = xml->is_unexpanded = false;
	xml->article = xml->skipped = xml->part_depth = NOWHERE;
}

static int refuse_rest(struct quoth_reader *reader, struct quoth_report *report)
{
	struct xml *xml = reader->state;
	char what[200];

	xml->is_done = true;
	if (xml->error) {
		*report = xml->failure;
		return xml->error;
	}
	reader->place++;
	if (xml->is_out_of_memory)
		return quoth_record_refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
	snprintf(what, sizeof what, "broken XML at line %d: %s; the rest of the file is not read", xml->line,
		 *xml->what ? xml->what : "it cannot be parsed");
	return quoth_record_refuse(reader, QUOTH_BAD_INPUT, report, what);
}

static int end_file(struct quoth_reader *reader, struct quoth_report *report)
{
	struct xml *xml = reader->state;
	char what[120];

	xml->is_done = true;
	if (quoth_xml_is_root(xml->parents[0]))
		return 0;
	reader->place++;
	snprintf(what, sizeof what, "no XML of news: its root is <%s>, not nitf, newsItem, newsMessage, rss or feed", xml->parents[0]);
	return quoth_record_refuse(reader, QUOTH_FOREIGN, report, what);
}

static int end_article(struct quoth_reader *reader, struct quoth_report *report)
{
	struct xml *xml = reader->state;

	reader->place++;
	if (xml->into->has_failed)
		return quoth_record_refuse(reader, QUOTH_NO_MEMORY, report, "out of memory");
	if (xml->is_too_large)
		return quoth_record_refuse_size(reader, report);
	if (xml->is_unexpanded)
		return quoth_record_refuse(reader, QUOTH_BAD_INPUT, report, "it has entities that are not expanded");
	return 1;
}

static int cut_xml(struct quoth_reader *reader, struct quoth_buffer *into, struct quoth_report *report)
{
	struct xml *xml = reader->state;
	int more;

	if (xml->is_done)
		return 0;
	expect_article(xml, reader, into);
	while ((more = xmlTextReaderRead(xml->reader)) == 1) {
		if (take_node(xml))
			return end_article(reader, report);
		if (*xml->parents[0] && !quoth_xml_is_root(xml->parents[0]))
			break;
	}
	return more < 0 || xml->error || xml->is_out_of_memory ? refuse_rest(reader, report) : end_file(reader, report);
}

/* ---- recognising ---- */

/* Behind the declaration, comments, doctype and white space at the beginning of a file. */
static size_t skip_prolog(const char *head, size_t size)
{
	size_t i = size >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3) ? 3 : 0;

	for (;;) {
		const char *end;

		while (i < size && isspace((unsigned char)head[i]))
			i++;
		if (size - i < 4 || head[i] != '<' || (head[i + 1] != '?' && head[i + 1] != '!'))
			return i;
		end = memcmp(head + i, "<!--", 4) ? memchr(head + i, '>', size - i) : memmem(head + i, size - i, "-->", 3);
		if (!end)
			return size;
		i = (size_t)(end - head) + (memcmp(head + i, "<!--", 4) ? 1 : 3);
	}
}

static bool recognise(const char *head, size_t size, const char *const *roots)
{
	size_t i = skip_prolog(head, size), begin, n;

	if (i >= size || head[i] != '<')
		return false;
	for (begin = ++i; i < size && (isalnum((unsigned char)head[i]) || strchr("-_.:", head[i])) && head[i]; i++)
		if (head[i] == ':')
			begin = i + 1;
	n = i - begin;
	for (; *roots; roots++)
		if (strlen(*roots) == n && !memcmp(head + begin, *roots, n))
			return true;
	return false;
}

static bool recognise_nitf(const char *head, size_t size)
{
	static const char *const roots[] = {"nitf", NULL};

	return recognise(head, size, roots);
}

static bool recognise_newsml(const char *head, size_t size)
{
	static const char *const roots[] = {"newsItem", "newsMessage", NULL};

	return recognise(head, size, roots);
}

static bool recognise_rss(const char *head, size_t size)
{
	static const char *const roots[] = {"rss", "RDF", "feed", NULL};

	return recognise(head, size, roots);
}

#define XML_FORMAT(symbol, name_, what_, extensions_) \
	const struct quoth_format quoth_format_##symbol = { \
		.name = name_, .what = what_, .extensions = extensions_, .has_charsets = true, .recognise = recognise_##symbol, \
		.open = open_xml, .close = close_xml, .cut = cut_xml, .decode = quoth_xml_decode, \
	}

XML_FORMAT(nitf, "nitf", "NITF, news in XML", ".xml .nitf ");
XML_FORMAT(newsml, "newsml", "NewsML-G2, news in XML", ".newsml .nml ");
XML_FORMAT(rss, "rss", "RSS and Atom feeds with whole articles", ".rss .atom ");
