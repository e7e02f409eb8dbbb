#include "config.h"

#include "pipeline/xml_rules.h"

/* NITF 3.6 (IPTC), NewsML-G2 2.x (IPTC), RSS 2.0 and 1.0 with the modules content and dc, Atom (RFC 4287). Ranks: 0 is what the format means
 * for it, higher ones are what is taken where that is missing. */
static const struct quoth_xml_rule rules[] = {
	/* NITF */
	{"doc-id", NULL, "id-string", QUOTH_XML_ID, 0, 0},
	{"hl1", NULL, NULL, QUOTH_XML_TITLE, 0, 0},
	{"title", "head", NULL, QUOTH_XML_TITLE, 1, 0},
	{"date.issue", NULL, "norm", QUOTH_XML_DATE, 0, 0},
	{"date.release", NULL, "norm", QUOTH_XML_DATE, 1, 0},
	{"pubdata", NULL, "date.publication", QUOTH_XML_DATE, 2, 0},
	{"pubdata", NULL, "name", QUOTH_XML_OUTLET, 0, 0},
	{"doc.copyright", NULL, "holder", QUOTH_XML_OUTLET, 1, 0},
	{"pubdata", NULL, "ex-ref", QUOTH_XML_URL, 0, 0},
	{"body.content", NULL, NULL, QUOTH_XML_CONTENT, 0, QUOTH_XML_MARKED},
	/* NewsML-G2 */
	{"newsItem", NULL, "guid", QUOTH_XML_ID, 0, 0},
	{"headline", "contentMeta", NULL, QUOTH_XML_TITLE, 0, 0},
	{"title", "itemMeta", NULL, QUOTH_XML_TITLE, 1, 0},
	{"contentCreated", NULL, NULL, QUOTH_XML_DATE, 0, 0},
	{"firstCreated", NULL, NULL, QUOTH_XML_DATE, 1, 0},
	{"versionCreated", NULL, NULL, QUOTH_XML_DATE, 2, 0},
	{"name", "provider", NULL, QUOTH_XML_OUTLET, 0, 0},
	{"provider", NULL, "literal", QUOTH_XML_OUTLET, 1, 0},
	{"inlineXML", NULL, NULL, QUOTH_XML_CONTENT, 0, QUOTH_XML_MARKED},
	{"inlineData", NULL, NULL, QUOTH_XML_CONTENT, 1, QUOTH_XML_PLAIN},
	/* RSS */
	{"guid", "item", NULL, QUOTH_XML_ID, 0, 0},
	{"title", "item", NULL, QUOTH_XML_TITLE, 0, 0},
	{"pubDate", "item", NULL, QUOTH_XML_DATE, 0, 0},
	{"date", "item", NULL, QUOTH_XML_DATE, 1, 0},
	{"source", "item", NULL, QUOTH_XML_OUTLET, 0, 0},
	{"link", "item", NULL, QUOTH_XML_URL, 0, 0},
	{"encoded", "item", NULL, QUOTH_XML_CONTENT, 0, QUOTH_XML_MARKED},
	{"description", "item", NULL, QUOTH_XML_CONTENT, 1, QUOTH_XML_SUMMARY},
	/* Atom */
	{"id", "entry", NULL, QUOTH_XML_ID, 0, 0},
	{"title", "entry", NULL, QUOTH_XML_TITLE, 0, 0},
	{"published", "entry", NULL, QUOTH_XML_DATE, 0, 0},
	{"updated", "entry", NULL, QUOTH_XML_DATE, 1, 0},
	{"title", "source", NULL, QUOTH_XML_OUTLET, 0, 0},
	{"link", "entry", "href", QUOTH_XML_URL, 0, 0},
	{"content", "entry", NULL, QUOTH_XML_CONTENT, 0, QUOTH_XML_MARKED},
	{"summary", "entry", NULL, QUOTH_XML_CONTENT, 1, QUOTH_XML_SUMMARY},
};

static bool is_in(const char *element, const char *const *names)
{
	while (*names && strcmp(*names, element))
		names++;
	return *names != NULL;
}

const struct quoth_xml_rule *quoth_xml_rule_next(const struct quoth_xml_rule *rule, const char *element, const char *parent)
{
	static const struct quoth_xml_rule *const end = rules + sizeof rules / sizeof *rules;

	for (rule = rule ? rule + 1 : rules; rule < end; rule++)
		if (!strcmp(rule->element, element) && (!rule->parent || !strcmp(rule->parent, parent)))
			return rule;
	return NULL;
}

bool quoth_xml_is_article(const char *element)
{
	static const char *const names[] = {"nitf", "newsItem", "item", "entry", NULL};

	return is_in(element, names);
}

bool quoth_xml_is_root(const char *element)
{
	static const char *const names[] = {"nitf", "newsItem", "newsMessage", "rss", "RDF", "feed", "entry", NULL};

	return is_in(element, names);
}

bool quoth_xml_is_channel(const char *element)
{
	static const char *const names[] = {"channel", "feed", NULL};

	return is_in(element, names);
}

const char *quoth_xml_markup(const char *element)
{
	static const char *const same[] = {"p", "br", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "pre", "hr", "div", "section",
					   "article", "blockquote", "h2", "h3", "h4", "h5", "h6", NULL},
		*const none[] = {"head", "body.head", "body.end", "media", "figure", "figcaption", "caption", "note", "notes", "byline", "dateline",
				 "distributor", "fn", "nitf-table-metadata", "script", "style", "title", "h1", "hl1", "aside", "footer",
				 "copyrite", "tobject", "docdata", NULL};

	for (size_t i = 0; same[i]; i++)
		if (!strcmp(same[i], element))
			return same[i];
	if (is_in(element, none))
		return NULL;
	return !strcmp(element, "hl2") ? "h3" : !strcmp(element, "bq") ? "blockquote" : !strcmp(element, "block") ? "div" : "";
}
