/* claim: what a fact-checker gets of each attribution: how the source stands to the content, and the content as a
 * sentence that can be read without the article.
 *
 * Reads   attributions (parts, kind, cue, source, entity, resolution, doubt, confidence), entities, mentions, tokens,
 *         sentences, the document's date.
 * Writes  attribution.stance; attribution.claim, in the arena.
 * Method  The stance is stance.h's. A claim is the words of the content, to the letter and in their order, with these
 *         changes alone:
 *
 *	- what stands in square brackets is put in: the speaker's name for a pronoun, the third person of the verb of
 *	  "I", who says "we", the date of the article after a relative one (claim_edits.h);
 *	- in reported speech the "that" before the content is left out;
 *	- the first letter is a capital, an end mark stands at the end, and where a part of a quotation ended before
 *	  "he said" and the next one begins a sentence, a stop takes the place of its comma.
 *
 *         There is none where that would not do: of what is no sentence (claim_clause.h), of words that need the
 *         article, of questions in reported speech, of a content with gaps or brackets of its own, and where the row or
 *         its speaker is in doubt. None is better than one that says of somebody what he did not say.
 * Cost    linear in the content and the two sentences before it: some 2,000 instructions an attribution.
 */
#ifndef QUOTH_CLAIM_H
#define QUOTH_CLAIM_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the stances are there and the claims are not. */
int quoth_claim(struct quoth_document *doc, const struct quoth_resources *res);

#endif
