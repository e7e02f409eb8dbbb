/* xml_rules: what the elements of NITF, NewsML-G2, RSS and Atom are to an article. */
#ifndef QUOTH_XML_RULES_H
#define QUOTH_XML_RULES_H

#include "pipeline/xml_record.h"

#include <stdbool.h>

struct quoth_xml_rule {
	const char *element, *parent;	/* local names; parent NULL: any */
	const char *attribute;		/* the value is in it; NULL: in the element's text */
	uint8_t field, rank;
	uint8_t kind;			/* of content */
};

/* The rules of an element inside an article, one after the other: NULL to begin with; NULL at the end. */
const struct quoth_xml_rule *quoth_xml_rule_next(const struct quoth_xml_rule *rule, const char *element, const char *parent);

/* Whether an element is an article; whether a file with that root has such elements; whether the title of an element names the outlet. */
bool quoth_xml_is_article(const char *element);
bool quoth_xml_is_root(const char *element);
bool quoth_xml_is_channel(const char *element);

/* The element of HTML that an element of an article's text is: "" for none (its text stays), NULL where its text is not the article's. */
const char *quoth_xml_markup(const char *element);

#endif
