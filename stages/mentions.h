/* mentions: the noun phrases that may be a source.
 *
 * Reads   tokens, tags, names, paragraphs (datelines hold no mention).
 * Writes  mentions: names with titles and descriptions before them, nominals with what is attached to them ("of Ohio",
 *         "familiar with the matter"), pronouns (also possessive, relative and indefinite ones), coordinations, and the
 *         names and possessors inside. Times are none. The dependent clauses of a noun are outside.
 * Method  chunks by parts of speech (mentions_chunks.h), joined from right to left by prepositions and coordination;
 *         renaming neighbours ("Jane Doe, 34, a nurse from Ohio,") are linked and lend each other title, affiliation and
 *         gender; animacy, gender and number come from the lexicon's nouns, titles and forenames.
 * Cost    linear; a sentence is read in pieces of at most 4,096 tokens.
 */
#ifndef QUOTH_MENTIONS_H
#define QUOTH_MENTIONS_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_mentions(struct quoth_document *doc, const struct quoth_resources *res);

#endif
