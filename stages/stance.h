/* stance: how a source stands to what it is quoted with.
 *
 * Decided by the cue, by what turns it and by the content, in this order:
 *
 *	cue		the phrase or the words that it is: the stance of corpus/lexicon/stances.tsv, of the form before that of the lemma,
 *			else that of the cue's class. A cue that only says or is none leaves it to the noun or adverb
 *			beside it ("issued a denial that", "said in a warning").
 *	infinitive	some cues stand otherwise before one: who asks wants to know, who asks somebody to go demands it.
 *	negation	in the words before the cue ("did not", "refused to"), in its source ("no one") or right after it ("said nothing").
 *	content		of who only states: a question, or what begins with "whether", asks; an order ("Leave now"), or what somebody should
 *			or must do, demands.
 *
 * Without a cue the source states, or asks. Stances are a coarse cut through the commitment of a source to what it
 * says, as FactBank (Sauri and Pustejovsky 2009) annotates it, and the illocutionary classes of cues.tsv.
 */
#ifndef QUOTH_STANCE_H
#define QUOTH_STANCE_H

#include "stages/document.h"
#include "stages/resources.h"

/* The stance of the source of an attribution; never QUOTH_NO_STANCE. Looks at some twenty tokens; at all of a content that ends in a
 * question mark. */
enum quoth_stance quoth_stance_find(const struct quoth_document *doc, const struct quoth_resources *res,
				    const struct quoth_attribution *attribution);

#endif
