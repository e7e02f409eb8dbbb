/* tag_known: a second look at words that the article gives as a person's name elsewhere. Part of tag.
 *
 * The tagger sees a word and its neighbours: "Holm" that opens a sentence may be no name to it, though "Astrid Holm"
 * stands above. Names are read the same throughout one article (Mikheev 1999, A knowledge-free method for capitalized
 * word disambiguation; Gale, Church and Yarowsky 1992, One sense per discourse), so that the last words of persons named
 * in full are persons' names wherever they stand by themselves. A run of capitals in a headline that begins with such a
 * name in full ends with it. Before that, names lose the titles that were read into them ("Federal Reserve Chair Janet
 * Holm") and get back the initials, particles and generations that were left out of them.
 */
#ifndef QUOTH_TAG_KNOWN_H
#define QUOTH_TAG_KNOWN_H

#include "stages/document.h"
#include "stages/resources.h"

/* Writes token.name, and token.tag of what it makes a name. A few passes over the tokens. QUOTH_NO_MEMORY. */
int quoth_tag_known_names(struct quoth_document *doc, const struct quoth_resources *res);

#endif
