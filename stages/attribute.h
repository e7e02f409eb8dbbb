/* attribute: who said what: cue, source and content of each attribution.
 *
 * Reads   tokens, tags, mentions, quotations, paragraphs.
 * Writes  attributions (not entity, resolution, confidence, checkworthy), in order of their content; with a model, syntax. rule is an enum
 *         quoth_rule, its name quoth_rule_names[rule]; score is the share of attributions of that cue in that pattern
 *         that annotators agreed with.
 * Method  four steps, each in files of its own:
 *         view        quotations become one unit each, so that the words around them stand side by side
 *         cues        verbs, phrases, nouns and adjectives that may attribute, with the pattern that each stands in
 *         candidates  for each cue whole attributions: which source, which content, by position and bounds of clauses
 *         decisions   by rules: the best candidate of each cue, if its share is high enough; what lies inside another's content is
 *                     part of what is said, not an attribution (PolNeAR's guideline: Newell et al. 2018, LREC)
 *         Quotations that no cue took go to the speaker before them, to a name and colon, or to the nearest subject.
 *         Transcripts and interviews are read by their turns. Shares are measured on PolNeAR train (corpus/lexicon/shares.tsv).
 *         With a model, a chain of learned decisions reads the document beside the rules, and a judge chooses among the rows
 *         of both (candidate_rows.h); without one the rules' rows stand.
 * Cost    linear in the tokens: each search to the left or right of a cue is bounded.
 */
#ifndef QUOTH_ATTRIBUTE_H
#define QUOTH_ATTRIBUTE_H

#include "stages/document.h"
#include "stages/resources.h"
#include "stages/rules.h"

/* 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE; on failure the document's own layers of this stage are empty. */
int quoth_attribute(struct quoth_document *doc, const struct quoth_resources *res);

/* The rules alone: what a model that has not learned attribution leaves in place, and what the trainer learns to judge. */
int quoth_attribute_by_rules(struct quoth_document *doc, const struct quoth_resources *res);

#endif
