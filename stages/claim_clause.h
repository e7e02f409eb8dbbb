/* claim_clause: whether a content is a sentence that can stand by itself.
 *
 * Decided by parts of speech in one pass over its first sentence: there must be a finite verb that a subject stands
 * before and that no subordinate or relative clause has for itself. Each word that opens such a clause ("who",
 * "because", "that"), and each noun phrase right after another one ("the deal | he made"), takes the next finite verb.
 * No parse is needed, which would cost more than all of the main chain.
 */
#ifndef QUOTH_CLAIM_CLAUSE_H
#define QUOTH_CLAIM_CLAUSE_H

#include "stages/claim_content.h"

/* Whether the content, from token `first` on, begins with a main clause; or, where it is quoted word for word, with a question. */
bool quoth_claim_is_clause(const struct quoth_claim_content *content, uint32_t first);

#endif
