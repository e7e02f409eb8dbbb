/* link: whom of the user's gazetteer a speaker is.
 *
 * Reads   tokens, mentions, entities (name, kind).
 * Writes  entity.id of people and organisations that the article names, where the resources have a gazetteer; where the
 *         document has explanations, explanation.entry.
 * Method  The entries with an entity's name and kind are its candidates, those whose spelling is most alike alone
 *         (gazetteer_names.h). The proof of one is a word of its description, its country or its kind of work in what the
 *         article says of the entity; another country, or work that hardly goes with it, speaks against it. A single candidate is
 *         taken where nothing speaks against it, and either something for it, if only that its country or a word of its
 *         description stands anywhere in the article, or the article says nothing of the entity. One that is only nearly alike,
 *         or shares no more than a person's one name, needs proof. Of several the best is taken, if it is proven and better by a
 *         margin; where the article says nothing of the entity, what else it speaks of and the entries of those that were
 *         found first decide. All else stays without an id: a wrong one is worse than none. The weights stand in
 *         link_evidence.h.
 * Words   corpus/lexicon: occupations, countries, forenames, synonyms.
 * Cost    a look-up for each named entity; a pass over the tokens where one has several candidates.
 */
#ifndef QUOTH_LINK_H
#define QUOTH_LINK_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0 or QUOTH_NO_MEMORY; on failure no entity has an id. Ids lie in the document's arena. */
int quoth_link(struct quoth_document *doc, const struct quoth_resources *res);

#endif
