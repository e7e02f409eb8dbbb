/* xml_record: an article of an XML file between the thread that cuts and the worker that decodes: its parts, one behind the other. */
#ifndef QUOTH_XML_RECORD_H
#define QUOTH_XML_RECORD_H

#include "pipeline/reader.h"

enum quoth_xml_field {
	QUOTH_XML_ID, QUOTH_XML_TITLE, QUOTH_XML_DATE, QUOTH_XML_OUTLET, QUOTH_XML_URL, QUOTH_XML_CONTENT,
	QUOTH_XML_N_FIELDS
};

enum quoth_xml_kind {
	QUOTH_XML_PLAIN,	/* text */
	QUOTH_XML_MARKED,	/* HTML */
	QUOTH_XML_SUMMARY,	/* HTML that is an article only where it is long */
};

/* Its bytes follow. Of several with the same field the one with the lowest rank counts, of several of these the first that is not empty. */
struct quoth_xml_part {
	uint32_t size;
	uint8_t field, rank, kind;
};

/* The formats' decode. */
int quoth_xml_decode(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
		     struct quoth_report *report);

#endif
