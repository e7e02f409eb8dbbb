/* mentions_describe: what a noun phrase tells of who it is. Called by mentions only. */
#ifndef QUOTH_MENTIONS_DESCRIBE_H
#define QUOTH_MENTIONS_DESCRIBE_H

#include "stages/document.h"
#include "stages/lexicon.h"

/* Fills kind, name, title, affiliation, gender, number and animacy of a mention from its tokens, of which those up to
 * base_end are the noun phrase itself (what follows is attached to it), and from its head. One pass over the tokens. */
void quoth_mention_describe(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, uint32_t base_end,
			    struct quoth_mention *mention);

/* A name and a description that rename each other: title, affiliation and gender of the description go to the name. */
void quoth_mention_lend(const struct quoth_document *doc, struct quoth_mention *name,
			const struct quoth_mention *description);

#endif
