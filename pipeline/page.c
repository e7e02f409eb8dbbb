#include "config.h"

#include "pipeline/page_internal.h"

#include "pipeline/buffer.h"
#include "pipeline/reserve.h"
#include "stages/embedded.h"

#include <ctype.h>
#include <libxml/SAX2.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

/* ---- the lists of corpus/html ---- */

/* The line of a sorted file that begins with the word and a tab; NULL. */
static const char *find_line(const struct quoth_embedded_file *file, const char *word, size_t size)
{
	const char *low = (const char *)file->bytes, *high = (const char *)file->end;

	while (low < high) {
		const char *middle = low + (high - low) / 2, *end;
		size_t length;
		int order;

		while (middle > low && middle[-1] != '\n')
			middle--;
		end = memchr(middle, '\n', (size_t)(high - middle));
		if (!end)
			end = high;
		length = strcspn(middle, "\t\n");
		order = memcmp(word, middle, size < length ? size : length);
		if (!order && size == length)
			return middle;
		if (order < 0 || (!order && size < length))
			high = middle;
		else
			low = end + 1;
	}
	return NULL;
}

enum quoth_page_word quoth_page_word(const char *word, size_t size)
{
	const struct quoth_embedded_file *file = quoth_embedded_find("html/words.tsv");
	const char *line = file && size ? find_line(file, word, size) : NULL;

	if (!line)
		return QUOTH_PAGE_OTHER;
	line += size + 1;
	return !strncmp(line, "body", 4) ? QUOTH_PAGE_BODY : !strncmp(line, "main", 4) ? QUOTH_PAGE_MAIN : QUOTH_PAGE_BOILERPLATE;
}

/* Whether a phrase of a kind ("begins", "whole", "anywhere") tells of a text in lower case, of which `held` bytes are there. */
static bool tells_of(const char *phrase, size_t length, char kind, const char *lower, size_t held, size_t size)
{
	enum { HARDLY_MORE = 8 };
	bool begins = length <= held && !memcmp(lower, phrase, length);

	switch (kind) {
	case 'b': return begins;
	case 'w': return begins && size <= length + HARDLY_MORE;
	default: return held == size && memmem(lower, held, phrase, length);
	}
}

bool quoth_page_is_boilerplate(const char *text, size_t size)
{
	enum { SHORT = 400 };
	const struct quoth_embedded_file *file = quoth_embedded_find("html/phrases.tsv");
	const char *line = file ? (const char *)file->bytes : "", *end = file ? (const char *)file->end : line, *next;
	size_t held = size < SHORT ? size : SHORT;
	char lower[SHORT];

	for (size_t i = 0; i < held; i++)
		lower[i] = (char)tolower((unsigned char)text[i]);
	for (; line < end; line = next + 1) {
		const char *tab;

		next = memchr(line, '\n', (size_t)(end - line));
		if (!next)
			next = end;
		tab = *line == '#' ? NULL : memchr(line, '\t', (size_t)(next - line));
		if (tab && tells_of(line, (size_t)(tab - line), tab[1], lower, held, size))
			return true;
	}
	return false;
}

/* ---- the document ---- */

const char *quoth_page_attribute(const xmlNode *element, const char *name)
{
	for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next)
		if (!strcmp((const char *)attribute->name, name))
			return attribute->children && attribute->children->content ? (const char *)attribute->children->content : "";
	return "";
}

xmlNode *quoth_page_next(const xmlNode *root, xmlNode *node, bool skip_children)
{
	if (node->children && !skip_children && node->type == XML_ELEMENT_NODE)
		return node->children;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* ---- what libxml2 would choke on ---- */

/* Behind the end of what begins at `at` and is no tag that has attributes to count: a comment, a script, a style sheet. */
static const char *skip_raw(const char *at, const char *end)
{
	static const struct {
		const char *begin, *end;
	} raw[] = {{"<!--", "-->"}, {"<script", "</script"}, {"<style", "</style"}};

	for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
		size_t length = strlen(raw[i].begin);

		if ((size_t)(end - at) < length || strncasecmp(at, raw[i].begin, length))
			continue;
		for (at += length; (at = memchr(at, *raw[i].end, (size_t)(end - at))); at++)
			if ((size_t)(end - at) >= strlen(raw[i].end) && !strncasecmp(at, raw[i].end, strlen(raw[i].end)))
				return at + strlen(raw[i].end);
		return end;
	}
	return NULL;
}

/* Counts the attributes of the tag at `at`, which moves behind it. */
static size_t count_attributes(const char **at, const char *end)
{
	const char *p = *at + 1;
	size_t n = 0;

	while (p < end && *p != '>') {
		n++;
		while (p < end && !isspace((unsigned char)*p) && *p != '=' && *p != '>')
			p++;
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (p == end || *p != '=')
			continue;
		for (p++; p < end && isspace((unsigned char)*p); p++)
			;
		if (p < end && (*p == '"' || *p == '\'')) {
			const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));

			p = close ? close + 1 : end;
		} else {
			while (p < end && !isspace((unsigned char)*p) && *p != '>')
				p++;
		}
		while (p < end && isspace((unsigned char)*p))
			p++;
	}
	*at = p;
	return n;
}

/* libxml2 compares each attribute of a tag with all before it: a tag of a hundred thousand would take minutes. */
static bool has_crowded_tag(const char *bytes, size_t size)
{
	enum { MAX_ATTRIBUTES = 1024 };
	const char *end = bytes + size;

	for (const char *at = bytes; (at = memchr(at, '<', (size_t)(end - at)));) {
		const char *behind = skip_raw(at, end);

		if (behind)
			at = behind;
		else if (++at < end && isalpha((unsigned char)*at) && count_attributes(&at, end) > MAX_ATTRIBUTES)
			return true;
	}
	return false;
}

static void say_nothing(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

void quoth_page_silence_parser(void)
{
	xmlSetGenericErrorFunc(NULL, say_nothing);
}

/* A page that memory does not suffice for is not parsed to its end: it is not read anyway. */
static void start_element(void *context, const xmlChar *name, const xmlChar **attributes)
{
	if (quoth_reserve_is_used())
		xmlStopParser(context);
	else
		xmlSAX2StartElement(context, name, attributes);
}

/* The page as a tree, NULL where there is none; *error says why it is not whole: nested too deep, or out of memory. */
static xmlDoc *parse(const char *bytes, size_t size, int *error)
{
	static const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
				   HTML_PARSE_IGNORE_ENC | HTML_PARSE_COMPACT;
	htmlParserCtxt *context;
	xmlDoc *doc;

	quoth_page_silence_parser();
	context = htmlNewParserCtxt();
	*error = QUOTH_NO_MEMORY;
	if (!context)
		return NULL;
	context->sax->startElement = start_element;
	doc = htmlCtxtReadMemory(context, bytes, (int)size, NULL, "UTF-8", options);
	*error = context->lastError.code == XML_ERR_INTERNAL_ERROR ? QUOTH_TOO_LARGE :
		 context->lastError.code == XML_ERR_NO_MEMORY || context->errNo == XML_ERR_NO_MEMORY ? QUOTH_NO_MEMORY :
		 !doc || !xmlDocGetRootElement(doc) ? QUOTH_BAD_INPUT : 0;
	htmlFreeParserCtxt(context);
	return doc;
}

/* The tree of a page, which the caller frees also after an error: 0, or what quoth_page_read returns. */
static int read_tree(const char *bytes, size_t size, xmlDoc **doc)
{
	int error;

	*doc = NULL;
	if (size > INT_MAX || has_crowded_tag(bytes, size))
		return QUOTH_TOO_LARGE;
	*doc = parse(bytes, size, &error);
	return error;
}

int quoth_page_read(struct quoth_arena *arena, const char *bytes, size_t size, struct quoth_page *page)
{
	xmlDoc *doc;
	int error = read_tree(bytes, size, &doc);

	*page = (struct quoth_page){0};
	if (!error)
		error = quoth_page_read_metadata(arena, doc, page);
	if (!error)
		error = quoth_page_read_text(arena, doc, page);
	xmlFreeDoc(doc);
	return error;
}

int quoth_page_read_whole(struct quoth_arena *arena, const char *bytes, size_t size, struct quoth_page *page)
{
	xmlDoc *doc;
	int error = read_tree(bytes, size, &doc);

	*page = (struct quoth_page){0};
	if (!error)
		error = quoth_page_read_all_text(arena, doc, page);
	xmlFreeDoc(doc);
	return error;
}
