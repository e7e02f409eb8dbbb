#include "stages/claim_edits.h"

#include "stages/claim_rivals.h"

struct walk {
	const struct quoth_claim_content *content;
	struct quoth_claim_edits *edits;
	struct quoth_claim_seen seen;		/* inside the content */
	struct quoth_claim_seen before_clause;	/* inside it, before the clause that the walk is in */
	uint32_t next_mention;
	unsigned speaker;		/* what the speaker is; 0 where it has no name */
	bool is_speaker_group;		/* "we" is the speaker alone */
	bool is_named;			/* a pronoun has become the speaker's name */
	bool has_we;			/* it was said who says "we" */
	bool has_you;			/* "you" was anybody */
	bool has_verb;			/* a finite verb stands before */
	bool wants_date;		/* the article's date is known and stands nowhere yet */
	bool is_subject_i;		/* the subject of the next verb was "I" */
};

#define BIT(name) QUOTH_TAG_BIT(name)

/* ---- the noun phrases of the content ---- */

static void see(struct quoth_claim_seen *seen, struct quoth_claim_seen more)
{
	seen->likely |= more.likely;
	seen->possible |= more.possible;
}

/* The noun phrases of the content whose head stands before a token. */
static void see_until(struct walk *walk, uint32_t token)
{
	const struct quoth_document *doc = walk->content->doc;

	while (walk->next_mention < doc->n_mentions && doc->mentions[walk->next_mention].tokens.begin < token &&
	       doc->mentions[walk->next_mention].head < token) {
		const struct quoth_mention *mention = &doc->mentions[walk->next_mention++];

		see(&walk->seen, quoth_claim_see(doc, mention));
		if (mention->outer != QUOTH_NONE)	/* "Clinton's team took her": no subject itself */
			see(&walk->before_clause, quoth_claim_see(doc, mention));
	}
}

/* ---- the edits ---- */

static bool add_edit(struct walk *walk, uint32_t token, enum quoth_claim_edit_kind kind)
{
	if (walk->edits->n == QUOTH_CLAIM_MAX_EDITS)
		return false;
	walk->edits->of[walk->edits->n++] = (struct quoth_claim_edit){token, (uint8_t)kind};
	return true;
}

static bool is_reflexive(const struct walk *walk, uint32_t token)
{
	return quoth_claim_roles(walk->content, token) & QUOTH_ROLE_REFLEXIVE;
}

/* Whether a pronoun determines a noun. "Her" before none is an object, whatever its tag. */
static bool is_possessive(const struct walk *walk, uint32_t token)
{
	static const uint64_t nominal = QUOTH_NOUN_TAGS | QUOTH_ADVERB_TAGS | BIT(JJ) | BIT(JJR) | BIT(JJS) | BIT(CD) | BIT(VBG) | BIT(VBN) |
					BIT(FW);

	if (!quoth_lexeme_is(quoth_claim_lexeme(walk->content, token), QUOTH_LEX_POSSESSIVE) ||
	    quoth_claim_has_tag(walk->content, token, BIT(PRP)) || !quoth_claim_holds(walk->content, token + 1))
		return false;
	if (quoth_claim_lexeme(walk->content, token)->gender == QUOTH_FEMALE && quoth_claim_holds(walk->content, token - 1) &&
	    quoth_claim_has_tag(walk->content, token - 1, QUOTH_VERB_TAGS) &&
	    quoth_claim_lexeme(walk->content, token + 1)->tags & BIT(VB))
		return false;	/* "helped her stay" */
	return quoth_claim_has_tag(walk->content, token + 1, nominal) ||
	       quoth_claim_token(walk->content, token + 1)->kind == QUOTH_QUOTE_MARK;
}

static bool edit_reflexive(struct walk *walk, uint32_t token)
{
	if (walk->speaker == QUOTH_CLAIM_MAN)
		return add_edit(walk, token, QUOTH_CLAIM_HIMSELF);
	return walk->speaker == QUOTH_CLAIM_WOMAN && add_edit(walk, token, QUOTH_CLAIM_HERSELF);
}

/* "My God, what have I done?" and other words that the source puts into another's mouth: a quotation that the content itself
 * introduces. */
static bool is_introduced(const struct walk *walk, uint32_t token)
{
	const struct quoth_claim_content *content = walk->content;
	const struct quoth_token *tokens = content->doc->tokens;
	uint32_t open = token, first = content->parts[0].begin;

	if (content->attribution->kind == QUOTH_DIRECT)
		return false;
	while (open > first && tokens[open - 1].quote_depth >= content->depth)
		open--;
	if (open == first)
		return false;
	return tokens[open - 1].mark == QUOTH_COLON || tokens[open - 1].mark == QUOTH_DASH ||
	       tokens[open - 1].mark == QUOTH_COMMA ||
	       quoth_claim_lexeme(content, open - 1)->frame & QUOTH_FRAME_QUOTE;
}

/* "I", "my", "we" in the speaker's own words. */
static bool edit_first_person(struct walk *walk, uint32_t token, bool is_plural)
{
	uint32_t first = walk->content->parts[0].begin;

	if (!walk->speaker || walk->content->doc->tokens[token].quote_depth > walk->content->depth || is_introduced(walk, token))
		return false;
	if (is_plural) {
		bool was_told = walk->has_we;

		walk->has_we = true;
		return was_told || is_reflexive(walk, token) || add_edit(walk, token, QUOTH_CLAIM_SPEAKING);
	}
	if (walk->is_speaker_group)
		return false;
	if (is_reflexive(walk, token))
		return edit_reflexive(walk, token);
	walk->is_subject_i = walk->content->doc->tokens[token].length == 1;
	if (walk->is_subject_i && token > first && quoth_claim_has_tag(walk->content, token - 1, BIT(VBP) | BIT(MD))) {
		walk->is_subject_i = false;	/* "can I say" */
		if (!quoth_claim_has_tag(walk->content, token - 1, BIT(MD)))
			return false;		/* "do I", "am I" */
	}
	walk->is_named = true;
	return add_edit(walk, token, is_possessive(walk, token) ? QUOTH_CLAIM_NAMES : QUOTH_CLAIM_NAME);
}

/* Whether a pronoun is the subject of a verb that comes right after it. */
static bool is_subject(const struct walk *walk, uint32_t token, uint32_t end)
{
	uint32_t next = token + 1;

	while (next < end && quoth_claim_has_tag(walk->content, next, QUOTH_ADVERB_TAGS))
		next++;
	return next < end && quoth_claim_has_tag(walk->content, next, QUOTH_FINITE_TAGS);
}

/* Whether a token is the "'s" of "he's", and is not "has". */
static bool is_is(const struct walk *walk, uint32_t token, uint32_t end)
{
	uint32_t next = token + 1;

	if (token >= end || !quoth_claim_has_tag(walk->content, token, BIT(VBZ)) ||
	    (quoth_claim_roles(walk->content, token) & (QUOTH_ROLE_BE | QUOTH_ROLE_HAVE)) != (QUOTH_ROLE_BE | QUOTH_ROLE_HAVE))
		return false;
	while (next < end && quoth_claim_has_tag(walk->content, next, QUOTH_ADVERB_TAGS))
		next++;
	return next < end && !quoth_claim_has_tag(walk->content, next, BIT(VBN) | BIT(VBD));
}

/* "He", "their" in the article's words: the speaker, where nobody else can be meant and no verb stands before that
 * brings others in. A subject "it" is as often what the speaker speaks of. */
static bool edit_third_person(struct walk *walk, uint32_t token, uint32_t end, unsigned bits)
{
	const struct quoth_claim_content *content = walk->content;
	bool is_again = content->attribution->resolution == QUOTH_PRONOUN, is_owner = is_possessive(walk, token);

	if (walk->is_named)
		return true;
	/* "The bridge is old, and it may fall" is not about the ministry that says so. */
	if (walk->seen.possible & bits)
		return bits == QUOTH_CLAIM_THING && !is_owner && walk->seen.likely & QUOTH_CLAIM_THING;
	if (walk->has_verb || !(is_owner || (bits != QUOTH_CLAIM_THING && is_subject(walk, token, end))) ||
	    quoth_range_is_empty(content->attribution->cue) || quoth_claim_has_rival_beside(content, bits) ||
	    (bits != QUOTH_CLAIM_THING && !is_again && quoth_claim_has_rival_before(content, bits)))
		return false;
	walk->is_named = true;
	return add_edit(walk, token, is_owner ? QUOTH_CLAIM_NAMES : QUOTH_CLAIM_NAME) &&
	       (!is_is(walk, token + 1, end) || add_edit(walk, token + 1, QUOTH_CLAIM_IS));
}

/* ---- pronouns ---- */

/* "A shame that": a noun phrase, and "that" right after it. */
static bool opens_noun_with_that(const struct quoth_claim_content *content, uint32_t token, uint32_t end)
{
	uint64_t nominal = QUOTH_NOUN_TAGS | BIT(DT) | BIT(JJ) | BIT(JJR) | BIT(JJS) | QUOTH_ADVERB_TAGS;

	while (token < end && quoth_claim_has_tag(content, token, nominal) &&
	       !(quoth_claim_roles(content, token) & QUOTH_ROLE_THAT))
		token++;
	return token < end && quoth_claim_roles(content, token) & QUOTH_ROLE_THAT && quoth_claim_has_tag(content, token, BIT(IN));
}

/* "It is clear that", "it seems": no pronoun at all. */
static bool is_expletive(const struct walk *walk, uint32_t token, uint32_t end)
{
	enum { REACH = 10 };
	const struct quoth_claim_content *content = walk->content;
	bool has_be = false;
	uint32_t i = token + 1, last = token + REACH < end ? token + REACH : end;

	while (i < last && (quoth_claim_has_tag(content, i, QUOTH_ADVERB_TAGS | BIT(MD)) ||
			    quoth_claim_roles(content, i) & (QUOTH_ROLE_BE | QUOTH_ROLE_HAVE) ||
			    quoth_claim_token(content, i)->kind == QUOTH_QUOTE_MARK))
		has_be |= (quoth_claim_roles(content, i++) & QUOTH_ROLE_BE) != 0;
	if (i < last && quoth_claim_roles(content, i) & QUOTH_ROLE_SEEM)
		return true;
	if (i >= last || !has_be)
		return false;
	if (!quoth_claim_has_tag(content, i, BIT(JJ) | BIT(JJR) | BIT(JJS)) &&
	    !quoth_lexeme_is(quoth_claim_lexeme(content, i), QUOTH_LEX_TIME))
		return opens_noun_with_that(content, i, last);	/* also "it is time to" */
	for (; i < last; i++)
		if (quoth_claim_has_tag(content, i, BIT(TO)) || (quoth_claim_roles(content, i) & QUOTH_ROLE_THAT &&
								 quoth_claim_has_tag(content, i, BIT(IN) | BIT(WDT))))
			return true;
	return false;
}

/* "Have seen", "have not been"; not "have to", "have a bridge". */
static bool is_perfect(const struct quoth_claim_content *content, uint32_t have, uint32_t end)
{
	uint32_t next = have + 1;

	while (next < end && quoth_claim_has_tag(content, next, QUOTH_ADVERB_TAGS))
		next++;
	return next < end && quoth_claim_has_tag(content, next, BIT(VBN) | BIT(VBD));
}

/* "You can", "if you are": anybody. "You are wrong", "I told you": whoever was spoken to. */
static bool is_anybody(struct walk *walk, uint32_t token, uint32_t first, uint32_t end)
{
	const struct quoth_claim_content *content = walk->content;
	uint32_t next = token + 1;

	if (walk->has_you)
		return true;
	if (is_possessive(walk, token) || is_reflexive(walk, token) || !is_subject(walk, token, end))
		return false;
	while (quoth_claim_has_tag(content, next, QUOTH_ADVERB_TAGS))
		next++;
	walk->has_you = (token > first && quoth_claim_roles(content, token - 1) & QUOTH_ROLE_SUBORDINATOR) ||
			(quoth_claim_has_tag(content, next, BIT(MD) | BIT(VBP)) && !(quoth_claim_roles(content, next) & QUOTH_ROLE_BE) &&
			 !(quoth_claim_roles(content, next) & QUOTH_ROLE_HAVE && is_perfect(content, next, end)));
	return walk->has_you;
}

/* Whether the content itself says whom a pronoun means: a noun phrase that fits stands before it; for an object of a verb, before its
 * clause, since a subject that it meant would make it reflexive (principle B, Chomsky 1981). */
static bool has_antecedent(const struct walk *walk, uint32_t token, uint32_t end, unsigned bits)
{
	bool may_be_near = is_possessive(walk, token) || is_subject(walk, token, end) ||
			   (quoth_claim_holds(walk->content, token - 1) && quoth_claim_has_tag(walk->content, token - 1, BIT(IN)));

	return ((may_be_near ? walk->seen.likely : walk->before_clause.likely) & bits) != 0;
}

static bool read_pronoun(struct walk *walk, uint32_t token, uint32_t first, uint32_t end)
{
	const struct quoth_lexeme *lexeme = quoth_claim_lexeme(walk->content, token);
	bool is_spoken = quoth_claim_is_spoken(walk->content, token);
	unsigned bits;

	see_until(walk, token);
	if (lexeme->person == 1)
		return is_spoken && edit_first_person(walk, token, lexeme->number == QUOTH_PLURAL);
	walk->is_subject_i = false;
	if (lexeme->person == 2)
		return is_spoken && is_anybody(walk, token, first, end);
	bits = quoth_claim_pronoun_bits(lexeme);
	if (is_reflexive(walk, token))
		return walk->seen.likely & bits || walk->is_named;
	if (!is_spoken && walk->speaker & bits)
		return edit_third_person(walk, token, end, bits) ||
		       (bits == QUOTH_CLAIM_THING && !walk->is_named && is_expletive(walk, token, end));
	return has_antecedent(walk, token, end, bits) || (bits == QUOTH_CLAIM_THING && is_expletive(walk, token, end));
}

/* "This is wrong": a demonstrative that stands for something said before. */
static bool is_bare_demonstrative(const struct walk *walk, uint32_t token, uint32_t first, uint32_t end)
{
	static const uint64_t nominal = QUOTH_NOUN_TAGS | BIT(JJ) | BIT(JJR) | BIT(JJS) | BIT(CD) | BIT(VBG) | BIT(VBN);
	const struct quoth_claim_content *content = walk->content;
	uint32_t next = token + 1;

	if (!quoth_claim_has_tag(content, token, BIT(DT) | BIT(IN) | BIT(WDT)))
		return false;
	if (quoth_claim_roles(content, token) & QUOTH_ROLE_THAT &&	/* taggers are often wrong about "that" */
	    ((token == first && is_subject(walk, token, end)) || next == end ||
	     quoth_claim_token(content, next)->kind == QUOTH_PUNCTUATION))
		return true;
	if (!quoth_claim_has_tag(content, token, BIT(DT)) ||
	    !quoth_lexeme_is(quoth_claim_lexeme(content, token), QUOTH_LEX_DEMONSTRATIVE))
		return false;
	while (next < end && quoth_claim_has_tag(content, next, QUOTH_ADVERB_TAGS))
		next++;
	return next >= end || !(quoth_claim_has_tag(content, next, nominal) || quoth_claim_roles(content, next) & QUOTH_ROLE_OF);
}

/* ---- verbs and dates ---- */

static bool is_contracted(const struct walk *walk, uint32_t token)
{
	const struct quoth_token *tokens = walk->content->doc->tokens;

	return quoth_claim_holds(walk->content, token) && tokens[token].kind == QUOTH_WORD &&
	       tokens[token].text == tokens[token - 1].text + tokens[token - 1].length;
}

/* Whether a token is the verb of "I" that agrees with it; taggers take some for infinitives. */
static bool agrees(const struct walk *walk, uint32_t token)
{
	if (quoth_claim_has_tag(walk->content, token, BIT(VBP)))
		return true;
	while (quoth_claim_has_tag(walk->content, token - 1, QUOTH_ADVERB_TAGS) && quoth_claim_holds(walk->content, token - 1))
		token--;
	return walk->edits->n && walk->edits->of[walk->edits->n - 1].token == token - 1;
}

/* The verb of "I" in the third person: "am", "have", "don't", "think". */
static bool edit_verb(struct walk *walk, uint32_t token)
{
	uint32_t roles = quoth_claim_roles(walk->content, token);
	enum quoth_claim_edit_kind kind = roles & QUOTH_ROLE_BE ? QUOTH_CLAIM_IS : roles & QUOTH_ROLE_HAVE ? QUOTH_CLAIM_HAS :
					  roles & QUOTH_ROLE_DO ? QUOTH_CLAIM_DOES : QUOTH_CLAIM_THIRD_PERSON;

	if (!is_contracted(walk, token + 1))
		return add_edit(walk, token, kind);
	return kind != QUOTH_CLAIM_THIRD_PERSON && quoth_claim_roles(walk->content, token + 1) & QUOTH_ROLE_NEGATION &&
	       add_edit(walk, token, kind) && add_edit(walk, token + 1, QUOTH_CLAIM_KEEP);
}

/* Whether a relative date ends at a token: "yesterday", "Tuesday", "last week". */
static bool is_relative_date(const struct walk *walk, uint32_t token, uint32_t first, uint32_t end)
{
	const struct quoth_claim_content *content = walk->content;
	uint32_t roles = quoth_claim_roles(content, token);

	if (token + 1 < end && quoth_claim_has_tag(content, token + 1, BIT(POS)))
		return false;
	if (roles & QUOTH_ROLE_DEICTIC)
		return true;
	return token > first && quoth_claim_roles(content, token - 1) & QUOTH_ROLE_NEAREST &&
	       quoth_lexeme_is(quoth_claim_lexeme(content, token), QUOTH_LEX_TIME | QUOTH_LEX_MONTH_OR_DAY) &&
	       !(token > first + 1 && quoth_claim_has_tag(content, token - 2, BIT(DT) | BIT(PRPS) | BIT(POS)));
}

static bool opens_clause(const struct quoth_claim_content *content, uint32_t token)
{
	const struct quoth_token *t = quoth_claim_token(content, token);

	if (t->kind == QUOTH_PUNCTUATION)
		return t->mark != QUOTH_HYPHEN && t->mark != QUOTH_SLASH;
	return quoth_claim_has_tag(content, token, BIT(CC) | BIT(WP) | BIT(WDT) | BIT(WRB) | BIT(WPS)) ||
	       (quoth_claim_has_tag(content, token, BIT(IN)) &&
		quoth_claim_roles(content, token) & (QUOTH_ROLE_THAT | QUOTH_ROLE_SUBORDINATOR));
}

static bool read_token(struct walk *walk, uint32_t token, uint32_t first, uint32_t end)
{
	const struct quoth_claim_content *content = walk->content;
	static const uint64_t plain = BIT(JJ) | BIT(RB) | BIT(TO) | BIT(POS) | BIT(VBN) | BIT(VBG);
	const struct quoth_lexeme *lexeme = quoth_claim_lexeme(content, token);

	if (!walk->wants_date && quoth_claim_has_tag(content, token, QUOTH_NOUN_TAGS)) {
		walk->is_subject_i = false;
		return true;
	}
	if (!walk->wants_date && !lexeme->person && quoth_claim_has_tag(content, token, plain))
		return true;
	if (opens_clause(content, token)) {
		see_until(walk, token);
		walk->before_clause = walk->seen;
	}
	if (token > first && !quoth_claim_is_spoken(content, token) && quoth_claim_has_tag(content, token, BIT(IN)) &&
	    quoth_claim_roles(content, token) & QUOTH_ROLE_THAT && quoth_claim_has_tag(content, token - 1, BIT(CC)))
		return add_edit(walk, token, QUOTH_CLAIM_DROP);	/* "… and that" */
	if (lexeme->person && quoth_lexeme_is(lexeme, QUOTH_LEX_PERSONAL | QUOTH_LEX_POSSESSIVE) &&
	    !quoth_claim_has_tag(content, token, QUOTH_NOUN_TAGS | BIT(CD)))	/* "a mine", "the US", "World War I" */
		return read_pronoun(walk, token, first, end);
	if (is_bare_demonstrative(walk, token, first, end))
		return content->doc->tokens[token].sentence != content->doc->tokens[content->parts[0].begin].sentence;
	if (walk->wants_date && is_relative_date(walk, token, first, end)) {
		walk->wants_date = false;
		return add_edit(walk, token, QUOTH_CLAIM_DATE);
	}
	if (quoth_claim_has_tag(content, token, QUOTH_FINITE_TAGS | BIT(VB))) {
		bool is_its_verb = walk->is_subject_i && !quoth_claim_has_tag(content, token, BIT(MD) | BIT(VBD) | BIT(VBZ)) &&
				   agrees(walk, token);

		walk->is_subject_i = false;
		walk->has_verb |= quoth_claim_has_tag(content, token, QUOTH_FINITE_TAGS);
		return !is_its_verb || edit_verb(walk, token);
	}
	if (quoth_claim_has_tag(content, token, QUOTH_NOUN_TAGS))
		walk->is_subject_i = false;
	return true;
}

/* ---- all of it ---- */

static void see_speaker(struct walk *walk, const struct quoth_entity *speaker)
{
	walk->is_speaker_group = speaker->kind == QUOTH_ORGANIZATION || speaker->kind == QUOTH_GROUP ||
				 speaker->number == QUOTH_PLURAL;
	if (speaker->kind == QUOTH_ORGANIZATION && speaker->number != QUOTH_PLURAL)
		walk->speaker = QUOTH_CLAIM_THING;
	else if (walk->is_speaker_group)
		walk->speaker = QUOTH_CLAIM_SEVERAL;
	else
		walk->speaker = speaker->gender == QUOTH_MALE ? QUOTH_CLAIM_MAN :
				speaker->gender == QUOTH_FEMALE ? QUOTH_CLAIM_WOMAN : QUOTH_CLAIM_MAN | QUOTH_CLAIM_WOMAN;
}

bool quoth_claim_find_edits(const struct quoth_claim_content *content, uint32_t first, const struct quoth_entity *speaker,
			    bool has_date, struct quoth_claim_edits *edits)
{
	struct walk walk = {
		.content = content, .edits = edits, .wants_date = has_date,
		.next_mention = quoth_mention_from(content->doc, first)};

	if (speaker)
		see_speaker(&walk, speaker);
	for (unsigned k = 0; k < content->n_parts; k++) {
		uint32_t begin = content->parts[k].begin > first ? content->parts[k].begin : first;

		while (walk.next_mention < content->doc->n_mentions &&
		       content->doc->mentions[walk.next_mention].tokens.begin < begin)
			walk.next_mention++;
		for (uint32_t i = begin; i < content->parts[k].end; i++)
			if (!read_token(&walk, i, begin, content->parts[k].end))
				return false;
		see_until(&walk, content->parts[k].end);
	}
	return true;
}
