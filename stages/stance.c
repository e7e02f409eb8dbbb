#include "stages/stance.h"

#include "stages/lexicon.h"
#include "stages/rules.h"

/* What a word or phrase says of the stance. */
struct reading {
	uint8_t plain, negated, infinitive;	/* enum quoth_stance; all QUOTH_NO_STANCE where it says nothing */
	uint8_t cue_class;
};

enum { HEARER_REACH = 6 };

struct scan {
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const struct quoth_rules *rules;
	const struct quoth_attribution *attribution;
	struct quoth_range content;		/* the part that follows the cue, else the first one; without an opening mark */
	struct quoth_range clause;		/* from after what stands before the cue to before what follows it: content or sentence */
};

/* ---- words ---- */

static const uint8_t of_class[QUOTH_N_CUE_CLASSES] = {
	[QUOTH_CUE_SAY] = QUOTH_STATES, [QUOTH_CUE_ASK] = QUOTH_ASKS, [QUOTH_CUE_DENY] = QUOTH_DENIES,
	[QUOTH_CUE_PROMISE] = QUOTH_PROMISES, [QUOTH_CUE_ORDER] = QUOTH_DEMANDS, [QUOTH_CUE_WARN] = QUOTH_WARNS,
	[QUOTH_CUE_JUDGE] = QUOTH_BLAMES, [QUOTH_CUE_BELIEVE] = QUOTH_STATES, [QUOTH_CUE_DOCUMENT] = QUOTH_STATES,
	[QUOTH_CUE_MANNER] = QUOTH_STATES, [QUOTH_CUE_PHRASE] = QUOTH_STATES,
};

/* What the negated cue says where no list tells. Who does not say so leaves it open; who does not believe it denies it. */
static uint8_t negate(uint8_t stance, uint8_t cue_class)
{
	static const uint8_t negated[QUOTH_N_STANCES] = {
		[QUOTH_STATES] = QUOTH_DOUBTS, [QUOTH_DENIES] = QUOTH_DOUBTS, [QUOTH_ASKS] = QUOTH_DOUBTS,
		[QUOTH_PROMISES] = QUOTH_DENIES, [QUOTH_DEMANDS] = QUOTH_DOUBTS, [QUOTH_WARNS] = QUOTH_DOUBTS,
		[QUOTH_PRAISES] = QUOTH_DENIES, [QUOTH_BLAMES] = QUOTH_DOUBTS, [QUOTH_DOUBTS] = QUOTH_STATES,
	};

	return stance == QUOTH_STATES && cue_class == QUOTH_CUE_BELIEVE ? QUOTH_DENIES : negated[stance];
}

/* From the first of two entries that lists a stance; else from the class of the first. */
static struct reading read_entries(const struct quoth_lexeme *form, const struct quoth_lexeme *lemma)
{
	const struct quoth_lexeme *listed = form->stance ? form : lemma;
	uint8_t plain = listed->stance ? listed->stance : of_class[form->cue_class];

	return (struct reading){
		.plain = plain,
		.negated = listed->negated_stance ? listed->negated_stance : negate(plain, form->cue_class),
		.infinitive = listed->infinitive_stance ? listed->infinitive_stance : plain,
		.cue_class = form->cue_class,
	};
}

static struct reading read_word(const struct scan *scan, uint32_t token)
{
	const struct quoth_lexeme *form = quoth_lexeme_at(scan->lexicon, scan->doc->tokens[token].lexeme);

	if (form->stance || form->lemma == form->form)
		return read_entries(form, form);
	return read_entries(form, quoth_lexeme_at(scan->lexicon, quoth_lexicon_find(scan->lexicon, form->lemma)));
}

static uint32_t roles_of(const struct scan *scan, uint32_t token)
{
	return quoth_rules_roles(scan->rules, scan->doc->tokens[token].form);
}

static bool has_tag(const struct scan *scan, uint32_t token, uint64_t tags)
{
	return tags >> scan->doc->tokens[token].tag & 1;
}

#define TAG(name) QUOTH_TAG_BIT(name)
#define NOUNS (TAG(NN) | TAG(NNS))

/* ---- the cue ---- */

/* A phrase of the lexicon that begins with the cue. */
static bool read_phrase(const struct scan *scan, struct quoth_range cue, struct reading *reading)
{
	enum { MAX_PHRASE = 8 };
	const struct quoth_lexeme *phrase;
	uint32_t forms[MAX_PHRASE];
	size_t n = 0;

	if (!quoth_lexeme_is(quoth_lexeme_at(scan->lexicon, scan->doc->tokens[cue.begin].lexeme), QUOTH_LEX_PHRASE_START))
		return false;
	while (n < MAX_PHRASE && cue.begin + n < scan->clause.end) {
		forms[n] = scan->doc->tokens[cue.begin + n].form;
		n++;
	}
	if (quoth_lexicon_phrase(scan->lexicon, forms, n, &phrase) < 2 || phrase->cue_class == QUOTH_CUE_NONE)
		return false;
	*reading = read_entries(phrase, phrase);
	return true;
}

static bool is_strong(struct reading reading)
{
	return reading.plain != QUOTH_NO_STANCE && reading.plain != QUOTH_STATES;
}

/* The first of its words that says more than that the source speaks; else the first that says so much. */
static struct reading read_cue(const struct scan *scan, struct quoth_range cue)
{
	struct reading first = {0};

	if (read_phrase(scan, cue, &first))
		return first;
	for (uint32_t i = cue.begin; i < cue.end; i++) {
		struct reading reading = read_word(scan, i);

		if (is_strong(reading))
			return reading;
		if (!first.plain)
			first = reading;
	}
	return first;
}

/* "issued a strong denial", "said in a warning", "said approvingly": the noun that the cue leads to, or an adverb. */
static struct reading read_beside(const struct scan *scan, struct quoth_range cue)
{
	enum { REACH = 6 };
	uint64_t between = TAG(DT) | TAG(JJ) | TAG(PRPS) | TAG(POS) | TAG(IN) | TAG(NNP) | TAG(NN) | QUOTH_ADVERB_TAGS;

	for (uint32_t i = cue.end; i < scan->clause.end && i < cue.end + REACH; i++) {
		struct reading reading = read_word(scan, i);

		if (has_tag(scan, i, NOUNS | QUOTH_ADVERB_TAGS) && !(i + 1 < scan->clause.end && has_tag(scan, i + 1, NOUNS)) &&
		    scan->doc->tokens[i].shape == QUOTH_SHAPE_LOWER && is_strong(reading))
			return reading;
		if (!has_tag(scan, i, between))
			break;
	}
	if (cue.begin > scan->clause.begin && has_tag(scan, cue.begin - 1, QUOTH_ADVERB_TAGS))
		return read_word(scan, cue.begin - 1);
	return (struct reading){0};
}

/* ---- negation ---- */

static bool is_negated(const struct scan *scan, struct quoth_range cue)
{
	enum { REACH = 6 };
	static const uint32_t turning = QUOTH_ROLE_NEGATION | QUOTH_ROLE_REFUSAL;
	uint64_t before = QUOTH_VERB_TAGS | QUOTH_ADVERB_TAGS | TAG(MD) | TAG(TO) | TAG(DT) | TAG(IN) | TAG(JJ);
	struct quoth_range source = scan->attribution->source;

	if (!quoth_range_is_empty(source) && roles_of(scan, source.begin) & turning)
		return true;
	for (uint32_t i = cue.begin, n = 0; i > scan->clause.begin && n < REACH && !quoth_range_holds(source, i - 1); i--, n++) {
		if (!has_tag(scan, i - 1, before))
			break;
		if (roles_of(scan, i - 1) & turning)
			return true;
	}
	return cue.end < scan->clause.end && roles_of(scan, cue.end) & turning;
}

/* ---- the content ---- */

/* Whether a part ends in a question mark and holds no other end of a sentence; what a quotation inside it asks does not count. */
static bool asks_all_along(const struct scan *scan, struct quoth_range part)
{
	const struct quoth_token *tokens = scan->doc->tokens;
	uint8_t mark = QUOTH_NO_MARK;

	for (uint32_t i = part.begin; i < part.end; i++) {
		if (tokens[i].kind != QUOTH_PUNCTUATION || tokens[i].quote_depth > tokens[part.begin].quote_depth)
			continue;
		mark = tokens[i].mark;
		if (mark == QUOTH_STOP || mark == QUOTH_EXCLAMATION)
			return false;
	}
	return mark == QUOTH_QUESTION;
}

/* Whether each of its sentences is a question. A part may be the beginning of the next one's sentence. */
static bool is_question(const struct scan *scan)
{
	const struct quoth_attribution *attribution = scan->attribution;
	const struct quoth_token *tokens = scan->doc->tokens;
	struct quoth_range last = attribution->parts[attribution->n_parts - 1];

	while (last.end > last.begin && tokens[last.end - 1].kind == QUOTH_QUOTE_MARK)
		last.end--;
	if (quoth_range_is_empty(last) || tokens[last.end - 1].mark != QUOTH_QUESTION)
		return false;
	for (unsigned k = attribution->n_parts; k-- > 0;) {
		bool is_last = k + 1u == attribution->n_parts;

		if (!is_last && tokens[attribution->parts[k].begin].sentence == tokens[attribution->parts[k + 1].begin].sentence)
			continue;
		if (!asks_all_along(scan, attribution->parts[k]))
			return false;
	}
	return true;
}

/* "asked him to leave": "to" and its verb at the beginning of what follows the cue, or a few tokens on, behind a hearer. */
static bool is_infinitive(const struct scan *scan, uint32_t reach)
{
	uint32_t first = scan->content.begin, end = scan->content.end - first < reach ? scan->content.end : first + reach;

	if (first < scan->attribution->cue.end)
		return false;
	for (uint32_t i = first; i + 1 < scan->content.end && i < end; i++) {
		if (has_tag(scan, i, TAG(TO)) && has_tag(scan, i + 1, TAG(VB)))
			return true;
		if (has_tag(scan, i, TAG(MD) | TAG(VBD) | TAG(VBP) | TAG(VBZ) | TAG(PUNCT)))
			return false;
	}
	return false;
}

static bool is_whether(const struct scan *scan)
{
	return scan->content.begin < scan->content.end && roles_of(scan, scan->content.begin) & QUOTH_ROLE_WHETHER;
}

/* "should leave", "has to leave"; not "should have left", which wants nothing. */
static bool is_demand_at(const struct scan *scan, uint32_t verb)
{
	uint32_t next = verb + 1;

	while (next < scan->content.end && has_tag(scan, next, QUOTH_ADVERB_TAGS))
		next++;
	if (next >= scan->content.end || !(roles_of(scan, verb) & QUOTH_ROLE_OBLIGATION))
		return false;
	return has_tag(scan, next, TAG(TO)) ||
	       (has_tag(scan, verb, TAG(MD)) && has_tag(scan, next, TAG(VB)) && !(roles_of(scan, next) & QUOTH_ROLE_HAVE));
}

/* "Leave now": a bare verb that opens a quotation. "Thank you", "Look, we", "Let me be clear" are none. */
static bool is_order_at(const struct scan *scan, uint32_t verb)
{
	const struct quoth_token *tokens = scan->doc->tokens;
	unsigned next_person = 0;

	if (!has_tag(scan, verb, TAG(VB)) || tokens[verb].quote_depth == 0 ||
	    !(quoth_lexeme_at(scan->lexicon, tokens[verb].lexeme)->tags & TAG(VB)))
		return false;
	if (verb + 1 < scan->content.end)
		next_person = quoth_lexeme_at(scan->lexicon, tokens[verb + 1].lexeme)->person;
	return next_person != 1 && next_person != 2 && (verb + 1 >= scan->content.end || tokens[verb + 1].mark != QUOTH_COMMA);
}

/* Whether the content is an order, or its first verb tells what should be done. */
static bool is_demand(const struct scan *scan)
{
	enum { REACH = 16 };
	uint32_t end = scan->content.end < scan->content.begin + REACH ? scan->content.end : scan->content.begin + REACH;

	if (scan->content.begin < end && is_order_at(scan, scan->content.begin))
		return true;
	for (uint32_t i = scan->content.begin; i < end; i++)
		if (has_tag(scan, i, TAG(MD) | TAG(VBD) | TAG(VBP) | TAG(VBZ)))
			return is_demand_at(scan, i);
	return false;
}

/* ---- all of it ---- */

static void frame(struct scan *scan)
{
	const struct quoth_attribution *attribution = scan->attribution;
	struct quoth_range cue = attribution->cue;

	scan->content = attribution->parts[0];
	if (!quoth_range_is_empty(cue)) {
		scan->clause = scan->doc->sentences[scan->doc->tokens[cue.begin].sentence].tokens;
		for (unsigned k = 0; k < attribution->n_parts; k++) {
			struct quoth_range part = attribution->parts[k];

			if (part.end <= cue.begin && part.end > scan->clause.begin)
				scan->clause.begin = part.end;
			if (part.begin >= cue.end && part.begin < scan->clause.end) {
				scan->clause.end = part.begin;
				scan->content = part;
				break;
			}
		}
	}
	while (scan->content.begin < scan->content.end && scan->doc->tokens[scan->content.begin].kind == QUOTH_QUOTE_MARK)
		scan->content.begin++;
}

enum quoth_stance quoth_stance_find(const struct quoth_document *doc, const struct quoth_resources *res,
				    const struct quoth_attribution *attribution)
{
	struct scan scan = {.doc = doc, .lexicon = res->lexicon, .rules = res->rules, .attribution = attribution};
	struct quoth_range cue = attribution->cue;
	struct reading reading, beside;

	frame(&scan);
	if (quoth_range_is_empty(cue))
		return is_question(&scan) ? QUOTH_ASKS : QUOTH_STATES;
	reading = read_cue(&scan, cue);
	beside = is_strong(reading) || reading.cue_class == QUOTH_CUE_PHRASE ? reading : read_beside(&scan, cue);
	if (is_strong(beside))
		reading = beside;
	if (is_negated(&scan, cue))
		return reading.plain ? reading.negated : QUOTH_DOUBTS;
	if (is_infinitive(&scan, reading.plain == QUOTH_ASKS ? HEARER_REACH : 1))
		return reading.plain ? reading.infinitive : QUOTH_STATES;
	if (reading.plain > QUOTH_STATES)
		return reading.plain;
	if (is_question(&scan) || is_whether(&scan))
		return QUOTH_ASKS;
	return reading.cue_class != QUOTH_CUE_BELIEVE && is_demand(&scan) ? QUOTH_DEMANDS : QUOTH_STATES;
}
