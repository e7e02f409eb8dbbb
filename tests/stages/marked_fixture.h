/* marked_fixture: a document with one attribution that the text itself marks, for the tests of what is made of attributions:
 *
 *	{The minister} <denied> [that he had left]; [of two parts, ] {she} <said>, [the second]
 *
 * The brackets are no part of the text; square ones that are stand doubled. */
#ifndef QUOTH_MARKED_FIXTURE_H
#define QUOTH_MARKED_FIXTURE_H

#include "stages/document.h"
#include "stages/resources.h"
#include "tests/suites.h"

#include <stddef.h>

struct marked {
	struct quoth_arena *arena;
	struct quoth_resources resources;
	struct quoth_document doc;
	struct quoth_attribution attribution;
	struct quoth_entity entity;
};

extern struct marked marked;

/* A checked fixture: with the built-in model. */
void open_marked(void);
void close_marked(void);

/* Reads a marked text up to the quotations and makes its attribution, the only one of the document; its speaker is
 * marked.entity, which the caller fills. */
void read_marked(const char *text);

#endif
