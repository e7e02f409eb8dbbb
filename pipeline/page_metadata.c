/* page_metadata: what a page says of its article: JSON-LD (schema.org Article), OpenGraph, meta elements. */
#include "config.h"

#include "pipeline/page_internal.h"

#include <json-c/json.h>
#include <string.h>
#include <strings.h>

enum { MAX_NESTING = 64, MAX_OBJECTS = 200 };

/* A trimmed copy without control characters in the arena, NULL where nothing is left. */
static const char *copy_text(struct quoth_arena *arena, const char *text)
{
	size_t size;
	char *copy;

	text += strspn(text, " \t\r\n");
	size = strlen(text);
	while (size && strchr(" \t\r\n", text[size - 1]))
		size--;
	copy = size ? quoth_arena_alloc(arena, size + 1) : NULL;
	if (!copy)
		return NULL;
	for (size_t i = 0; i < size; i++)
		copy[i] = (unsigned char)text[i] < ' ' && text[i] != '\n' ? ' ' : text[i];
	copy[size] = '\0';
	return copy;
}

static void set(struct quoth_arena *arena, const char **field, const char *text)
{
	if (!*field && text && *text)
		*field = copy_text(arena, text);
}

/* ---- JSON-LD ---- */

static const char *string_of(struct json_object *object, const char *name)
{
	struct json_object *value;

	if (!json_object_is_type(object, json_type_object) || !json_object_object_get_ex(object, name, &value))
		return NULL;
	if (json_object_is_type(value, json_type_array) && json_object_array_length(value))
		value = json_object_array_get_idx(value, 0);
	return json_object_is_type(value, json_type_string) ? json_object_get_string(value) : NULL;
}

static bool is_article_type(const char *type)
{
	size_t n = type ? strlen(type) : 0;

	return (n >= 7 && !strcmp(type + n - 7, "Article")) || (n >= 7 && !strcmp(type + n - 7, "Posting")) ||
	       (type && !strcmp(type, "Report"));
}

static bool is_article(struct json_object *object)
{
	struct json_object *type;

	if (!json_object_object_get_ex(object, "@type", &type))
		return false;
	if (!json_object_is_type(type, json_type_array))
		return is_article_type(json_object_get_string(type));
	for (size_t i = 0; i < json_object_array_length(type); i++)
		if (is_article_type(json_object_get_string(json_object_array_get_idx(type, i))))
			return true;
	return false;
}

static void take_article(struct quoth_arena *arena, struct json_object *article, struct quoth_page *page)
{
	struct json_object *part;

	set(arena, &page->title, string_of(article, "headline"));
	set(arena, &page->date, string_of(article, "datePublished"));
	set(arena, &page->body, string_of(article, "articleBody"));
	if (json_object_object_get_ex(article, "publisher", &part))
		set(arena, &page->outlet, string_of(part, "name"));
	set(arena, &page->url, string_of(article, "mainEntityOfPage"));
	if (json_object_object_get_ex(article, "mainEntityOfPage", &part))
		set(arena, &page->url, string_of(part, "@id"));
	set(arena, &page->url, string_of(article, "url"));
}

/* Looks for an article in an object, its @graph, and arrays of them. */
static void search_json(struct quoth_arena *arena, struct json_object *root, struct quoth_page *page)
{
	struct json_object *stack[MAX_OBJECTS], *graph;
	size_t n = 0;

	stack[n++] = root;
	while (n) {
		struct json_object *object = stack[--n];

		if (json_object_is_type(object, json_type_array))
			for (size_t i = json_object_array_length(object); i-- > 0 && n < MAX_OBJECTS;)
				stack[n++] = json_object_array_get_idx(object, i);
		if (!json_object_is_type(object, json_type_object))
			continue;
		if (is_article(object))
			take_article(arena, object, page);
		if (json_object_object_get_ex(object, "@graph", &graph) && n < MAX_OBJECTS)
			stack[n++] = graph;
	}
}

static void take_json(struct quoth_arena *arena, const xmlNode *script, struct quoth_page *page)
{
	const char *text = script->children && script->children->content ? (const char *)script->children->content : NULL;
	struct json_tokener *tokener = text ? json_tokener_new_ex(MAX_NESTING) : NULL;
	struct json_object *root;

	if (!tokener)
		return;
	root = json_tokener_parse_ex(tokener, text, (int)strlen(text));
	if (root)
		search_json(arena, root, page);
	json_object_put(root);
	json_tokener_free(tokener);
}

/* ---- elements of the head ---- */

struct found {
	const char *og_title, *og_site, *og_url, *published, *canonical, *name_date, *time, *title;
};

static void take_meta(struct quoth_arena *arena, const xmlNode *node, struct found *found)
{
	const char *content = quoth_page_attribute(node, "content"), *name = quoth_page_attribute(node, "property");
	const struct {
		const char *name, **field;
	} fields[] = {
		{"og:title", &found->og_title}, {"twitter:title", &found->og_title}, {"og:site_name", &found->og_site},
		{"og:url", &found->og_url}, {"article:published_time", &found->published}, {"date", &found->name_date},
		{"pubdate", &found->name_date}, {"publish-date", &found->name_date}, {"dc.date", &found->name_date},
		{"dc.date.issued", &found->name_date}, {"dcterms.created", &found->name_date}, {"parsely-pub-date", &found->name_date},
		{"sailthru.date", &found->name_date}, {"application-name", &found->og_site},
	};

	if (!*name)
		name = quoth_page_attribute(node, "name");
	if (!strcmp(quoth_page_attribute(node, "itemprop"), "datePublished"))
		set(arena, &found->published, content);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!strcasecmp(name, fields[i].name))
			set(arena, fields[i].field, content);
}

static void take_element(struct quoth_arena *arena, const xmlNode *node, struct found *found, struct quoth_page *page)
{
	const char *name = (const char *)node->name;

	if (!strcmp(name, "meta"))
		take_meta(arena, node, found);
	else if (!strcmp(name, "link") && !strcmp(quoth_page_attribute(node, "rel"), "canonical"))
		set(arena, &found->canonical, quoth_page_attribute(node, "href"));
	else if (!strcmp(name, "title") && node->children && node->children->content)
		set(arena, &found->title, (const char *)node->children->content);
	else if (!strcmp(name, "time"))
		set(arena, &found->time, quoth_page_attribute(node, "datetime"));
	else if (!strcmp(name, "script") && !strcasecmp(quoth_page_attribute(node, "type"), "application/ld+json"))
		take_json(arena, node, page);
}

/* "Mayor closes bridge | The Harbour Post" is the headline and the outlet. */
static const char *without_outlet(struct quoth_arena *arena, const char *title, const char *outlet)
{
	static const char *const bars[] = {" | ", " - ", " – ", " — ", NULL};
	size_t n = title && outlet ? strlen(title) : 0, length = outlet ? strlen(outlet) : 0;
	char *copy;

	for (size_t i = 0; bars[i] && length; i++) {
		size_t bar = strlen(bars[i]);

		if (n <= length + bar || strcasecmp(title + n - length, outlet) || memcmp(title + n - length - bar, bars[i], bar))
			continue;
		copy = quoth_arena_alloc(arena, n - length - bar + 1);
		if (!copy)
			return title;
		memcpy(copy, title, n - length - bar);
		copy[n - length - bar] = '\0';
		return copy;
	}
	return title;
}

int quoth_page_read_metadata(struct quoth_arena *arena, xmlDoc *doc, struct quoth_page *page)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	struct found found = {0};

	for (xmlNode *node = (xmlNode *)root; node; node = quoth_page_next(root, node, false))
		if (node->type == XML_ELEMENT_NODE)
			take_element(arena, node, &found, page);
	if (!page->outlet)
		page->outlet = found.og_site;
	if (!page->title)
		page->title = without_outlet(arena, found.og_title ? found.og_title : found.title, page->outlet);
	if (!page->date)
		page->date = found.published ? found.published : found.name_date ? found.name_date : found.time;
	if (!page->url)
		page->url = found.canonical ? found.canonical : found.og_url;
	return 0;
}
