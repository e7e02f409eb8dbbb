/* tokenise: words, numbers and marks of a text; the first half of segment.
 *
 * Tokens follow the Penn Treebank's conventions as Universal Dependencies and CoreNLP write them: clitics stand alone
 * ("do" + "n't", "Trump" + "'s", "can" + "not"), hyphenated words stay whole, a stop stays with its abbreviation, every
 * quotation mark is a token. What a single apostrophe is (elision, possessive, quotation mark, feet) is decided here, so
 * that later stages see quotation marks only where there are some.
 */
#ifndef QUOTH_TOKENISE_H
#define QUOTH_TOKENISE_H

#include "stages/document.h"
#include "stages/lexicon.h"

/* Fills tokens: span, text, length, form, lexeme, kind, mark, shape and flags (all but QUOTH_SENTENCE_START). Until segment
 * has numbered the sentences, token.sentence holds how many line breaks stand before the token, at most 3.
 * The form hash takes every apostrophe as the straight one. 0, QUOTH_NO_MEMORY or QUOTH_TOO_LARGE. */
int quoth_tokenise(struct quoth_document *doc, const struct quoth_lexicon *lexicon);

#endif
