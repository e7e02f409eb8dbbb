/* parse: who hangs on whom.
 *
 * Reads   tokens, sentences, tags, names.
 * Writes  token.head, token.relation; sentence.is_parsed.
 * Method  greedy arc-eager transitions (Nivre 2003) scored by an averaged perceptron that was trained with a dynamic oracle
 *         (Goldberg and Nivre 2012) on features after Zhang and Nivre (2011); the relation of an arc is found by a second
 *         model once the arc is made. Trees are projective and have one root. A sentence without a cue, a quotation mark
 *         or a colon can hold no attribution and is not parsed; a sentence of more than QUOTH_MAX_STRETCH tokens is parsed
 *         in stretches of that length, whose roots hang on the first one's.
 * Use     for show and for experiments: later stages do not read parses, which beside the rules were worth 0.4 points and
 *         cost a third of the time (corpus/EVALUATION.md). The chain runs it where --until=parse asks.
 * Cost    at most two moves a token, each a sum over some eighty rows of four bytes; linear.
 */
#ifndef QUOTH_PARSE_H
#define QUOTH_PARSE_H

#include "stages/document.h"
#include "stages/resources.h"

/* 0, QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL if the model has no parser; without a model nothing is parsed. */
int quoth_parse(struct quoth_document *doc, const struct quoth_resources *res);

#endif
