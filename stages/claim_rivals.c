#include "stages/claim_rivals.h"

enum { MAX_SENTENCE = 400 };	/* tokens; who is meant in longer ones is not sure, and so the work is linear */

static struct quoth_claim_seen one_of(unsigned bits)
{
	return (struct quoth_claim_seen){bits, bits};
}

/* "The company … they". */
static bool is_body(const struct quoth_mention *mention)
{
	return mention->is_animate && mention->name_class != QUOTH_NAME_PLACE;
}

struct quoth_claim_seen quoth_claim_see(const struct quoth_document *doc, const struct quoth_mention *mention)
{
	uint8_t gender = mention->gender;

	if (gender == QUOTH_GENDER_UNKNOWN && mention->entity < doc->n_entities && mention->number != QUOTH_PLURAL)
		gender = doc->entities[mention->entity].gender;
	if (mention->kind == QUOTH_PRONOUN_MENTION)
		return one_of(0);
	if (mention->is_group || mention->number == QUOTH_PLURAL)
		return one_of(QUOTH_CLAIM_SEVERAL);
	if (gender == QUOTH_MALE)
		return one_of(QUOTH_CLAIM_MAN);
	if (gender == QUOTH_FEMALE)
		return one_of(QUOTH_CLAIM_WOMAN);
	if (gender == QUOTH_NEUTER)
		return one_of(QUOTH_CLAIM_THING | (is_body(mention) ? QUOTH_CLAIM_SEVERAL : 0));
	if (mention->name_class == QUOTH_NAME_PERSON || (mention->kind == QUOTH_NOMINAL_MENTION && mention->is_animate))
		return one_of(QUOTH_CLAIM_MAN | QUOTH_CLAIM_WOMAN);
	return (struct quoth_claim_seen){QUOTH_CLAIM_THING, QUOTH_CLAIM_ANY};
}

unsigned quoth_claim_pronoun_bits(const struct quoth_lexeme *lexeme)
{
	if (lexeme->number == QUOTH_PLURAL)
		return QUOTH_CLAIM_SEVERAL;
	if (lexeme->gender == QUOTH_MALE)
		return QUOTH_CLAIM_MAN;
	return lexeme->gender == QUOTH_FEMALE ? QUOTH_CLAIM_WOMAN : QUOTH_CLAIM_THING;
}

/* Whether a mention outside the content could be whom a pronoun means instead of the speaker. */
static bool is_rival(const struct quoth_claim_content *content, const struct quoth_mention *mention, unsigned bits)
{
	const struct quoth_attribution *row = content->attribution;

	if (quoth_claim_holds(content, mention->head) || (mention->entity != QUOTH_NONE && mention->entity == row->entity))
		return false;
	if (quoth_range_within(row->source, mention->tokens) && mention->kind != QUOTH_PRONOUN_MENTION)
		return false;
	if (mention->kind == QUOTH_PRONOUN_MENTION) {
		const struct quoth_lexeme *lexeme = quoth_claim_lexeme(content, mention->head);

		return !quoth_range_within(mention->tokens, row->source) && lexeme->person == 3 &&
		       quoth_claim_pronoun_bits(lexeme) & bits;
	}
	return (quoth_claim_see(content->doc, mention).possible & bits) != 0;
}

bool quoth_claim_has_rival_beside(const struct quoth_claim_content *content, unsigned bits)
{
	const struct quoth_document *doc = content->doc;
	struct quoth_range sentence = doc->sentences[doc->tokens[content->attribution->cue.begin].sentence].tokens;

	if (quoth_range_length(sentence) > MAX_SENTENCE)
		return true;
	for (uint32_t m = quoth_mention_from(doc, sentence.begin);
	     m < doc->n_mentions && doc->mentions[m].tokens.begin < sentence.end; m++)
		if (is_rival(content, &doc->mentions[m], bits))
			return true;
	return false;
}

bool quoth_claim_has_rival_before(const struct quoth_claim_content *content, unsigned bits)
{
	const struct quoth_document *doc = content->doc;
	uint32_t sentence = doc->tokens[content->attribution->cue.begin].sentence, first;
	struct quoth_range tokens;

	if (sentence == 0)
		return false;
	tokens = doc->sentences[sentence - 1].tokens;
	if (quoth_range_length(tokens) > MAX_SENTENCE)
		return true;
	first = quoth_mention_from(doc, tokens.begin);
	for (uint32_t m = first; m < doc->n_mentions && doc->mentions[m].tokens.begin < tokens.end; m++)
		if ((m == first || doc->mentions[m].kind == QUOTH_PRONOUN_MENTION) && is_rival(content, &doc->mentions[m], bits))
			return true;
	return false;
}
