#include "stages/claim_clause.h"

/* Where the reader is in a sentence. */
struct reading {
	unsigned n_open;	/* clauses that were opened and have no finite verb yet */
	bool has_subject;	/* a noun phrase stands before, at the level of the main clause */
	bool is_after_noun;	/* the token before is a noun, pronoun or number */
	bool has_verb;		/* any finite one */
	bool is_subordinate;		/* since the last comma a clause that a subordinator opened has had its verb */
	bool is_after_coordinator;	/* but for adverbs; a verb then goes on from another: "blamed | the mayor and left" */
	bool goes_on;			/* and a coordinator came after it: "as prices fall and the market waits" */
};

#define BIT(name) QUOTH_TAG_BIT(name)
#define OPENERS (BIT(WP) | BIT(WDT) | BIT(WPS) | BIT(WRB))
#define PRONOUNS (BIT(PRP) | BIT(EX))

/* "Two weeks ago the mayor", "Last year he": no noun phrase that takes part. */
static bool is_time(const struct quoth_claim_content *content, uint32_t token)
{
	return quoth_lexeme_is(quoth_claim_lexeme(content, token), QUOTH_LEX_TIME | QUOTH_LEX_MONTH_OR_DAY);
}

static bool opens_clause(const struct quoth_claim_content *content, uint32_t token, uint32_t end)
{
	uint32_t roles;

	if (quoth_claim_has_tag(content, token, OPENERS))
		return true;
	if (!quoth_claim_has_tag(content, token, BIT(IN)))
		return false;
	roles = quoth_claim_roles(content, token);
	if (roles & QUOTH_ROLE_AS && token + 1 < end && quoth_claim_has_tag(content, token + 1, BIT(NN)))
		return false;	/* "as secretary" */
	return roles & (QUOTH_ROLE_THAT | QUOTH_ROLE_SUBORDINATOR | QUOTH_ROLE_WHETHER);
}

/* A common noun that names nobody: "the deal Trump made", not "the actor Smith". */
static bool is_thing(const struct quoth_claim_content *content, uint32_t token)
{
	static const uint32_t titles = QUOTH_LEX_TITLE | QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_ORGANIZATION_NOUN |
				       QUOTH_LEX_EPITHET |
				       QUOTH_LEX_RELATION_NOUN | QUOTH_LEX_POLITICAL;

	return quoth_claim_has_tag(content, token, BIT(NN) | BIT(NNS)) &&
	       quoth_claim_token(content, token)->shape == QUOTH_SHAPE_LOWER &&
	       !quoth_lexeme_is(quoth_claim_lexeme(content, token), titles);
}

/* A noun phrase begins right after another: a relative clause without its pronoun. */
static bool opens_bare_relative(const struct quoth_claim_content *content, const struct reading *reading, uint32_t token)
{
	if (!reading->is_after_noun ||
	    !quoth_claim_has_tag(content, token, BIT(PRP) | BIT(DT) | BIT(PRPS) | BIT(NNP) | BIT(NNPS)) ||
	    is_time(content, token - 1))
		return false;
	return quoth_claim_has_tag(content, token, BIT(PRP) | BIT(DT) | BIT(PRPS)) ||
	       (quoth_claim_has_tag(content, token, BIT(NNP) | BIT(NNPS)) && is_thing(content, token - 1));
}

/* Takes in what is no finite verb. */
static void read_other(const struct quoth_claim_content *content, struct reading *reading, uint32_t token, uint32_t end)
{
	const struct quoth_token *t = quoth_claim_token(content, token);

	if (t->mark == QUOTH_COMMA)
		*reading = (struct reading){.has_subject = reading->has_subject, .has_verb = reading->has_verb};
	else if (quoth_claim_has_tag(content, token, BIT(CC)))
		reading->goes_on = reading->is_subordinate;
	else if (opens_clause(content, token, end) || opens_bare_relative(content, reading, token))
		reading->n_open++;
	reading->has_subject |= quoth_claim_has_tag(content, token, BIT(WP));	/* "what they need is" */
	if (!reading->has_subject && reading->n_open == 0 &&
	    quoth_claim_has_tag(content, token, QUOTH_NOUN_TAGS | PRONOUNS | BIT(DT) | BIT(CD) | BIT(VBG)))
		reading->has_subject = !is_time(content, token);
	if (!quoth_claim_has_tag(content, token, QUOTH_ADVERB_TAGS))
		reading->is_after_coordinator = quoth_claim_has_tag(content, token, BIT(CC));
	reading->is_after_noun = quoth_claim_has_tag(content, token, QUOTH_NOUN_TAGS | PRONOUNS | BIT(CD));
}

bool quoth_claim_is_clause(const struct quoth_claim_content *content, uint32_t first)
{
	struct reading reading = {0};
	bool is_inserted = false;	/* between dashes */
	bool is_inverted = false;	/* a verb before any subject: only a question goes on so */

	if (quoth_claim_has_tag(content, first, BIT(TO)))
		return false;
	for (unsigned k = 0; k < content->n_parts; k++) {
		uint32_t begin = content->parts[k].begin > first ? content->parts[k].begin : first;

		for (uint32_t i = begin; i < content->parts[k].end; i++) {
			const struct quoth_token *token = quoth_claim_token(content, i);

			if (token->mark == QUOTH_QUESTION)
				return reading.has_verb && quoth_claim_is_spoken(content, first);
			if (token->mark == QUOTH_STOP || token->mark == QUOTH_EXCLAMATION || token->mark == QUOTH_SEMICOLON ||
			    token->mark == QUOTH_COLON)
				return false;
			is_inserted ^= token->mark == QUOTH_DASH;
			if (is_inserted)
				continue;
			if (is_inverted || !quoth_claim_has_tag(content, i, QUOTH_FINITE_TAGS)) {
				read_other(content, &reading, i, content->parts[k].end);
				continue;
			}
			reading.has_verb = true;
			reading.is_after_noun = false;
			if (reading.n_open > 0) {
				reading.n_open--;
				reading.is_subordinate = true;
			} else if (reading.goes_on) {
				reading.goes_on = false;
			} else if (reading.has_subject) {
				return !reading.is_after_coordinator;
			} else {
				is_inverted = true;
			}
		}
		if (k + 1 < content->n_parts && quoth_claim_gap_ends_sentence(content, k))
			return false;
	}
	return false;
}
