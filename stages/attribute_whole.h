/* attribute_whole: a source that the models cut, made whole.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_WHOLE_H
#define QUOTH_ATTRIBUTE_WHOLE_H

#include "stages/document.h"

/* A source before its cue that only renames a person, or begins with his age, from his name on: "Ann Lee, [the mayor of
 * Oslo], said". The source itself where it is none of these, or where the name is no subject ("met Ann Lee, [the mayor]").
 * Needs the mentions. */
struct quoth_range quoth_source_whole(const struct quoth_document *doc, struct quoth_range source, uint32_t cue);

#endif
