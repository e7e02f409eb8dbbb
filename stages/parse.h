/* parse: who hangs on whom.
 *
 * Reads   tokens, sentences, tags, names.
 * Writes  token.head, token.relation; sentence.is_parsed.
 * Method  arc-eager transitions (Nivre 2003), of which a beam keeps the best ways (Zhang and Clark 2008), scored by a
 *         perceptron that learned from whole sentences (Collins and Roark 2004) on features after Zhang and Nivre (2011);
 *         the relation of an arc is chosen, and scored, as the arc is made. Trees are projective, have one root and
 *         follow version 2 of Universal Dependencies. A sentence without a cue, a quotation mark or a colon can hold no
 *         attribution and is not parsed; a sentence of more than QUOTH_MAX_STRETCH tokens is parsed in stretches of that
 *         length, whose roots hang on the first one's.
 * Use     for show and for experiments: later stages do not read parses, which beside the rules were worth 0.4 points and
 *         cost a third of the time (corpus/EVALUATION.md). The chain runs it where --until=parse asks.
 * Cost    two moves a token in each of six ways, each a sum over a hundred rows of four bytes and twice 42 of
 *         48; what the ways have in common is summed once. Linear, in a third of a megabyte for any sentence.
 */
#ifndef QUOTH_PARSE_H
#define QUOTH_PARSE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL if the model has no parser; without a model nothing is parsed. */
int quoth_parse(struct quoth_document *doc, const struct quoth_resources *res);

#endif
