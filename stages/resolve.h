/* resolve: who the speakers are, over the whole article.
 *
 * Reads   tokens (tags, quote depth), sentences, paragraphs, mentions, attributions.
 * Writes  entities; attribution.entity, resolution, doubt; mention.entity. A title that a mention's name still holds ("Ms.
 *         Moore") is moved to its title; a mention that a source begins with ends where the source does.
 * Method  Names are clustered first, in the whole article, those in full before single words (resolve_names.h);
 *         titles and appositions give the clusters their roles (resolve_roles.h). One sweep in order of reading then
 *         places the rest: descriptions by roles, names and earlier descriptions (resolve_descriptions.h), epithets
 *         of persons and organisations just spoken of (resolve_epithets.h, resolve_bodies.h), several that are named
 *         together (resolve_joints.h), pronouns by a learned score over the clusters mentioned last
 *         (resolve_pronouns.h). It keeps who was mentioned and who spoke last. Then each attribution takes its
 *         source's cluster (resolve_sources.h): "I" and "we" who speaks the content that they stand in, "who" the
 *         mention before it, a document whose it is, a quotation that goes on the speaker before it. What nothing
 *         fits well enough stays its own description; a pronoun that nothing fits means nobody (no entity).
 *
 *         The order, names before descriptions before pronouns and the surest first, is that of the multi-pass sieve
 *         (Lee et al. 2013, Deterministic coreference resolution based on entity-centric, precision-ranked rules).
 * Words   corpus/lexicon: titles, speakers, relations, bodies, documents, pronouns, forenames, corporate, synonyms,
 *         epithets, kinds, political.
 * Cost    linear in the mentions: chains of the indexes are walked for SCAN entries, pronouns look at RECENT
 *         clusters.
 */
#ifndef QUOTH_RESOLVE_H
#define QUOTH_RESOLVE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. Entities and
 * their strings lie in the document's arena. A named person's name is the fullest that the article gives, without
 * title; an organisation's and a description's has no article before it; several named together are joined by
 * " and ". */
int quoth_resolve(struct quoth_document *doc, const struct quoth_resources *res);

#endif
