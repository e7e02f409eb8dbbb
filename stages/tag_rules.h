/* tag_rules: parts of speech and names by lists and rules, where no learned tagger is at hand. Called by tag only.
 *
 * Reads   tokens, sentences.
 * Writes  token.tag, token.upos, token.name.
 * Method  A word's tags come from the lexicon, else from its ending; of several, its left and right neighbours choose.
 *         Names are runs of capitalised words (cut at titles and adjectives of nationality), classed by lists, by how
 *         they end ("Ministry", "Inc."), by a title before them and by names that the document has given in full before.
 * Cost    two passes over each sentence, one lookup in a table of names a word.
 */
#ifndef QUOTH_TAG_RULES_H
#define QUOTH_TAG_RULES_H

#include "stages/document.h"
#include "stages/resources.h"

/* Whether a word is a particle inside a name: "von" and "der" of "Ursula von der Leyen", "bin" of "Mohammed bin Salman". */
bool quoth_is_particle(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, uint32_t token);

/* 0 or QUOTH_NO_MEMORY. */
int quoth_tag_by_rules(struct quoth_document *doc, const struct quoth_resources *res);

/* The second half: names, given tags. 0 or QUOTH_NO_MEMORY. */
int quoth_tag_names(struct quoth_document *doc, const struct quoth_resources *res);

#endif
