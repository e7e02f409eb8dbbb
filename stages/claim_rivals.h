/* claim_rivals: whom the pronouns of a content could mean. */
#ifndef QUOTH_CLAIM_RIVALS_H
#define QUOTH_CLAIM_RIVALS_H

#include "stages/claim_content.h"

/* Whom a pronoun can mean, one bit each. */
enum quoth_claim_referent {
	QUOTH_CLAIM_MAN = 1, QUOTH_CLAIM_WOMAN = 2, QUOTH_CLAIM_THING = 4, QUOTH_CLAIM_SEVERAL = 8,
	QUOTH_CLAIM_ANY = QUOTH_CLAIM_MAN | QUOTH_CLAIM_WOMAN | QUOTH_CLAIM_THING | QUOTH_CLAIM_SEVERAL,
};

/* Noun phrases: what they are likely to be, and what they could be. */
struct quoth_claim_seen {
	unsigned likely, possible;
};

/* What a mention can be taken up by; nothing where it is a pronoun itself. */
struct quoth_claim_seen quoth_claim_see(const struct quoth_document *doc, const struct quoth_mention *mention);

/* What a pronoun takes up. */
unsigned quoth_claim_pronoun_bits(const struct quoth_lexeme *lexeme);

/* Whether a pronoun of these bits may mean somebody else than the speaker: of the cue's sentence, the content apart. */
bool quoth_claim_has_rival_beside(const struct quoth_claim_content *content, unsigned bits);

/* The same for whom the sentence before speaks of: first of all, or by a pronoun, so that another pronoun may go on with him
 * (Grosz, Joshi and Weinstein 1995). */
bool quoth_claim_has_rival_before(const struct quoth_claim_content *content, unsigned bits);

#endif
