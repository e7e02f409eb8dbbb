#include "stages/tag_rules.h"

#include "stages/lexicon.h"

#include <string.h>

#define BIT(name) QUOTH_TAG_BIT(name)

static const uint64_t nouns = BIT(NN) | BIT(NNS) | BIT(NNP) | BIT(NNPS);
static const uint64_t verbs = BIT(VB) | BIT(VBD) | BIT(VBG) | BIT(VBN) | BIT(VBP) | BIT(VBZ);
static const uint64_t adjectives = BIT(JJ) | BIT(JJR) | BIT(JJS);
static const uint64_t adverbs = BIT(RB) | BIT(RBR) | BIT(RBS);
static const uint64_t noun_openers = BIT(DT) | BIT(PRPS) | BIT(POS) | BIT(JJ) | BIT(JJS) | BIT(CD) | BIT(WPS) | BIT(PDT);

static bool is_in(unsigned tag, uint64_t set)
{
	return ((uint64_t)1 << tag & set) != 0;
}

/* What the endings of unknown lower-case words tell, longest first. */
static const struct {
	const char *ending;
	uint8_t tag;
	uint64_t tags;
} endings[] = {
	{"ness", QUOTH_TAG_NN, BIT(NN)}, {"ment", QUOTH_TAG_NN, BIT(NN)}, {"tion", QUOTH_TAG_NN, BIT(NN)},
	{"sion", QUOTH_TAG_NN, BIT(NN)}, {"able", QUOTH_TAG_JJ, BIT(JJ)}, {"ible", QUOTH_TAG_JJ, BIT(JJ)},
	{"less", QUOTH_TAG_JJ, BIT(JJ)}, {"like", QUOTH_TAG_JJ, BIT(JJ)}, {"ical", QUOTH_TAG_JJ, BIT(JJ)},
	{"ists", QUOTH_TAG_NNS, BIT(NNS)}, {"ful", QUOTH_TAG_JJ, BIT(JJ)}, {"ous", QUOTH_TAG_JJ, BIT(JJ)},
	{"ive", QUOTH_TAG_JJ, BIT(JJ) | BIT(NN)}, {"ing", QUOTH_TAG_VBG, BIT(VBG) | BIT(NN)},
	{"est", QUOTH_TAG_JJS, BIT(JJS)}, {"ism", QUOTH_TAG_NN, BIT(NN)}, {"ist", QUOTH_TAG_NN, BIT(NN)},
	{"ity", QUOTH_TAG_NN, BIT(NN)}, {"ize", QUOTH_TAG_VB, BIT(VB) | BIT(VBP)}, {"ise", QUOTH_TAG_VB, BIT(VB) | BIT(VBP)},
	{"ify", QUOTH_TAG_VB, BIT(VB) | BIT(VBP)}, {"ish", QUOTH_TAG_JJ, BIT(JJ)}, {"ary", QUOTH_TAG_JJ, BIT(JJ) | BIT(NN)},
	{"ss", QUOTH_TAG_NN, BIT(NN)}, {"us", QUOTH_TAG_NN, BIT(NN)}, {"is", QUOTH_TAG_NN, BIT(NN)},
	{"ed", QUOTH_TAG_VBD, BIT(VBD) | BIT(VBN) | BIT(JJ)}, {"ly", QUOTH_TAG_RB, BIT(RB)},
	{"al", QUOTH_TAG_JJ, BIT(JJ) | BIT(NN)}, {"ic", QUOTH_TAG_JJ, BIT(JJ) | BIT(NN)},
	{"s", QUOTH_TAG_NNS, BIT(NNS) | BIT(VBZ)},
};

static uint64_t guess_by_ending(const struct quoth_document *doc, uint32_t i, uint8_t *tag)
{
	const char *text = quoth_token_text(doc, i);
	uint32_t length = doc->tokens[i].length;

	for (size_t e = 0; e < sizeof endings / sizeof endings[0]; e++) {
		size_t n = strlen(endings[e].ending);

		if (length > n + 1 && memcmp(text + length - n, endings[e].ending, n) == 0) {
			*tag = endings[e].tag;
			return endings[e].tags;
		}
	}
	*tag = doc->tokens[i].flags & QUOTH_HAS_HYPHEN ? QUOTH_TAG_JJ : QUOTH_TAG_NN;
	return BIT(NN) | BIT(JJ);
}

/* Whether capitals tell nothing in a sentence: most words that could be small have one ("Mayor Vows to Fix Roads"), and
 * before a full stop nearly all. */
static bool is_capitalised_throughout(const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
				      struct quoth_range tokens)
{
	uint32_t n_open = 0, n_capital = 0;

	for (uint32_t i = tokens.begin; i < tokens.end; i++) {
		const struct quoth_token *token = &doc->tokens[i];
		const struct quoth_lexeme *lexeme = quoth_lexeme_at(lexicon, token->lexeme);

		if (token->kind != QUOTH_WORD || quoth_lexeme_is(lexeme, QUOTH_LEX_NEVER_NAME) || !lexeme->tags)
			continue;
		n_open++;
		n_capital += token->shape >= QUOTH_SHAPE_CAPITALISED;
	}
	if (doc->tokens[tokens.end - 1].mark == QUOTH_STOP)
		return n_open >= 3 && 10 * n_capital > 9 * n_open;
	return n_open >= 3 && 4 * n_capital > 3 * n_open;
}

static bool looks_like_a_name(const struct quoth_token *token, const struct quoth_lexeme *lexeme, bool at_start,
			      bool next_is_capital)
{
	if (token->shape < QUOTH_SHAPE_CAPITALISED || quoth_lexeme_is(lexeme, QUOTH_LEX_NEVER_NAME))
		/* "US", "IT", "WHO" in capitals are no pronouns. */
		return token->shape == QUOTH_SHAPE_UPPER && token->length > 1 &&
		       (!lexeme->tags || quoth_lexeme_is(lexeme, QUOTH_LEX_PRONOUN));
	if (!at_start || !lexeme->tags)
		return true;
	return (next_is_capital && lexeme->tags & (nouns | adjectives) && !(lexeme->tags & adverbs)) ||
	       quoth_lexeme_is(lexeme, QUOTH_LEX_FORENAME | QUOTH_LEX_TITLE | QUOTH_LEX_PLACE | QUOTH_LEX_ORGANIZATION |
				       QUOTH_LEX_MONTH_OR_DAY);
}

/* The first guess at one token, and all it may be. */
static uint64_t first_guess(const struct quoth_document *doc, const struct quoth_lexicon *lexicon, uint32_t i,
			    struct quoth_range sentence, bool ignore_capitals, uint8_t *tag)
{
	const struct quoth_token *token = &doc->tokens[i];
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(lexicon, token->lexeme);
	bool at_start = i == sentence.begin || (doc->tokens[i - 1].kind != QUOTH_WORD &&
						doc->tokens[i - 1].kind != QUOTH_NUMBER &&
						doc->tokens[i - 1].mark != QUOTH_COMMA);
	bool next_is_capital = i + 1 < sentence.end && doc->tokens[i + 1].shape >= QUOTH_SHAPE_CAPITALISED;

	switch (token->kind) {
	case QUOTH_NUMBER:
		*tag = QUOTH_TAG_CD;
		return BIT(CD);
	case QUOTH_SYMBOL:
		*tag = QUOTH_TAG_SYM;
		return BIT(SYM);
	case QUOTH_WORD:
		break;
	default:
		*tag = QUOTH_TAG_PUNCT;
		return BIT(PUNCT);
	}
	if (quoth_lexeme_is(lexeme, QUOTH_LEX_NATIONALITY) && token->shape >= QUOTH_SHAPE_CAPITALISED && !next_is_capital) {
		*tag = QUOTH_TAG_JJ;
		return BIT(JJ) | BIT(NNP);
	}
	if (ignore_capitals ? token->shape >= QUOTH_SHAPE_CAPITALISED && !lexeme->tags :
	    looks_like_a_name(token, lexeme, at_start, next_is_capital)) {
		*tag = quoth_lexeme_is(lexeme, QUOTH_LEX_GROUP_NOUN) && lexeme->number == QUOTH_PLURAL ? QUOTH_TAG_NNPS :
												       QUOTH_TAG_NNP;
		return (uint64_t)1 << *tag;
	}
	*tag = lexeme->tag;
	return lexeme->tags ? lexeme->tags : guess_by_ending(doc, i, tag);
}

/* ---- context ---- */

/* Hashes of the words that rules name. */
struct words {
	uint32_t that, have, be, get;
};

struct context {
	struct words words;
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	uint32_t i;
	uint64_t may;			/* what the token may be */
	uint8_t left, right;		/* tags beside it, right as guessed first */
	uint32_t left_lemma;		/* of the word before, adverbs skipped */
	uint8_t left_verb;		/* its tag */
};

static uint8_t choose(uint64_t may, uint64_t set, uint8_t otherwise)
{
	for (unsigned tag = 1; tag < QUOTH_N_TAGS; tag++)
		if (is_in(tag, may & set))
			return (uint8_t)tag;
	return otherwise;
}

static bool is_that(const struct context *context)
{
	return context->doc->tokens[context->i].form == context->words.that;
}

static bool follows_auxiliary(const struct context *context)
{
	return context->left_lemma == context->words.have || context->left_lemma == context->words.be ||
	       context->left_lemma == context->words.get;
}

/* "'s", "that", "her", and others that only their neighbours can tell. */
static uint8_t decide_function_word(const struct context *context, uint8_t tag)
{
	if (tag == QUOTH_TAG_POS)
		return is_in(context->left, BIT(PRP) | BIT(EX) | BIT(WP) | BIT(WRB) | BIT(DT)) ||
		       is_in(context->right, BIT(DT) | BIT(VBG) | BIT(RB) | BIT(IN) | BIT(PRPS)) ? QUOTH_TAG_VBZ : tag;
	if (tag == QUOTH_TAG_PRPS && is_in(context->right, ~(nouns | adjectives | adverbs | BIT(CD) | BIT(VBG) | BIT(VBN))) &&
	    context->may & BIT(PRP))
		return QUOTH_TAG_PRP;
	if (is_that(context)) {
		if (is_in(context->left, nouns) && is_in(context->right, verbs | adverbs | BIT(MD)))
			return QUOTH_TAG_WDT;
		return is_in(context->right, nouns & ~BIT(NNS)) && !is_in(context->left, nouns | verbs) ? QUOTH_TAG_DT :
												       QUOTH_TAG_IN;
	}
	return tag;
}

static uint8_t decide_verb(const struct context *context, uint8_t tag)
{
	bool after_subject = is_in(context->left, nouns | BIT(PRP) | BIT(WP) | BIT(WDT) | BIT(EX)) ||
			     context->left == QUOTH_TAG_PUNCT;

	if (is_in(tag, BIT(VBD) | BIT(VBN)) && context->may & BIT(VBN)) {
		/* A sentence hardly begins with its finite verb. */
		if (follows_auxiliary(context) || !context->left_verb)
			return QUOTH_TAG_VBN;
		if (after_subject && context->may & BIT(VBD))
			return QUOTH_TAG_VBD;
		return is_in(context->left, noun_openers) && is_in(context->right, nouns | adjectives) ? QUOTH_TAG_VBN : tag;
	}
	if (is_in(tag, BIT(VB) | BIT(VBP)))
		return is_in(context->left, BIT(PRP) | BIT(NNS) | BIT(NNPS) | BIT(WP) | BIT(WDT)) && context->may & BIT(VBP) ?
			QUOTH_TAG_VBP : tag;
	return tag;
}

static uint8_t decide(const struct context *context, uint8_t tag)
{
	uint64_t may = context->may;

	if (!(may & (may - 1)) && tag != QUOTH_TAG_POS)
		return tag;
	if (tag == QUOTH_TAG_POS || tag == QUOTH_TAG_PRPS || is_that(context))
		return decide_function_word(context, tag);
	if (is_in(context->left_verb, BIT(TO) | BIT(MD)) && may & BIT(VB))
		return QUOTH_TAG_VB;
	if (is_in(context->left, tag == QUOTH_TAG_VBD ? BIT(DT) | BIT(PRPS) | BIT(POS) : noun_openers) &&
	    is_in(tag, verbs | BIT(IN) | BIT(RB)) && may & (nouns | adjectives) && tag != QUOTH_TAG_VBN &&
	    (is_in(tag, verbs) || is_in(context->right, nouns)))
		return choose(may, is_in(context->right, nouns) && may & adjectives ? adjectives : nouns | adjectives, tag);
	if (is_in(context->left, BIT(PRP) | BIT(WP)) && is_in(tag, nouns) && may & (BIT(VBD) | BIT(VBP) | BIT(VBZ)))
		return choose(may, BIT(VBD) | BIT(VBP) | BIT(VBZ), tag);
	/* "the ministry claims that", "voters fear a": a noun that could be a cue and leads to a clause. */
	if (((tag == QUOTH_TAG_NNS && may & BIT(VBZ) && is_in(context->left, BIT(NN) | BIT(NNP))) ||
	     (tag == QUOTH_TAG_NN && may & BIT(VBP) && is_in(context->left, BIT(NNS) | BIT(NNPS)))) &&
	    is_in(context->right, BIT(DT) | BIT(PRP) | BIT(IN) | BIT(PRPS) | BIT(TO) | BIT(PUNCT) | BIT(EX) | BIT(RB)) &&
	    quoth_lexeme_at(context->lexicon, context->doc->tokens[context->i].lexeme)->cue_class)
		return tag == QUOTH_TAG_NNS ? QUOTH_TAG_VBZ : QUOTH_TAG_VBP;
	if (is_in(tag, adjectives) && is_in(context->right, ~nouns) && may & nouns && is_in(context->left, noun_openers))
		return choose(may, nouns, tag);
	return is_in(tag, verbs) ? decide_verb(context, tag) : tag;
}

static const uint8_t upos_of[QUOTH_N_TAGS] = {
	[QUOTH_TAG_CC] = QUOTH_UPOS_CCONJ, [QUOTH_TAG_CD] = QUOTH_UPOS_NUM, [QUOTH_TAG_DT] = QUOTH_UPOS_DET,
	[QUOTH_TAG_EX] = QUOTH_UPOS_PRON, [QUOTH_TAG_IN] = QUOTH_UPOS_ADP, [QUOTH_TAG_JJ] = QUOTH_UPOS_ADJ,
	[QUOTH_TAG_JJR] = QUOTH_UPOS_ADJ, [QUOTH_TAG_JJS] = QUOTH_UPOS_ADJ, [QUOTH_TAG_MD] = QUOTH_UPOS_AUX,
	[QUOTH_TAG_NN] = QUOTH_UPOS_NOUN, [QUOTH_TAG_NNS] = QUOTH_UPOS_NOUN, [QUOTH_TAG_NNP] = QUOTH_UPOS_PROPN,
	[QUOTH_TAG_NNPS] = QUOTH_UPOS_PROPN, [QUOTH_TAG_PDT] = QUOTH_UPOS_DET, [QUOTH_TAG_POS] = QUOTH_UPOS_PART,
	[QUOTH_TAG_PRP] = QUOTH_UPOS_PRON, [QUOTH_TAG_PRPS] = QUOTH_UPOS_PRON, [QUOTH_TAG_RB] = QUOTH_UPOS_ADV,
	[QUOTH_TAG_RBR] = QUOTH_UPOS_ADV, [QUOTH_TAG_RBS] = QUOTH_UPOS_ADV, [QUOTH_TAG_RP] = QUOTH_UPOS_ADP,
	[QUOTH_TAG_SYM] = QUOTH_UPOS_SYM, [QUOTH_TAG_TO] = QUOTH_UPOS_PART, [QUOTH_TAG_UH] = QUOTH_UPOS_INTJ,
	[QUOTH_TAG_VB] = QUOTH_UPOS_VERB, [QUOTH_TAG_VBD] = QUOTH_UPOS_VERB, [QUOTH_TAG_VBG] = QUOTH_UPOS_VERB,
	[QUOTH_TAG_VBN] = QUOTH_UPOS_VERB, [QUOTH_TAG_VBP] = QUOTH_UPOS_VERB, [QUOTH_TAG_VBZ] = QUOTH_UPOS_VERB,
	[QUOTH_TAG_WDT] = QUOTH_UPOS_PRON, [QUOTH_TAG_WP] = QUOTH_UPOS_PRON, [QUOTH_TAG_WPS] = QUOTH_UPOS_PRON,
	[QUOTH_TAG_WRB] = QUOTH_UPOS_ADV, [QUOTH_TAG_PUNCT] = QUOTH_UPOS_PUNCT,
};

static void tag_sentence(struct quoth_document *doc, const struct quoth_lexicon *lexicon, struct quoth_range sentence,
			 const struct words *words)
{
	struct context context = {.words = *words, .doc = doc, .lexicon = lexicon, .left = QUOTH_TAG_PUNCT};
	bool ignore_capitals = is_capitalised_throughout(doc, lexicon, sentence);
	uint8_t tag, right = QUOTH_TAG_PUNCT;
	uint64_t may_right = 0;

	if (!quoth_range_is_empty(sentence))
		may_right = first_guess(doc, lexicon, sentence.begin, sentence, ignore_capitals, &right);
	for (uint32_t i = sentence.begin; i < sentence.end; i++) {
		struct quoth_token *token = &doc->tokens[i];

		tag = right;
		context.i = i;
		context.may = may_right;
		right = QUOTH_TAG_PUNCT;
		if (i + 1 < sentence.end)
			may_right = first_guess(doc, lexicon, i + 1, sentence, ignore_capitals, &right);
		context.right = right;
		token->tag = decide(&context, tag);
		token->upos = upos_of[token->tag];
		context.left = token->tag;
		if (!is_in(token->tag, adverbs)) {
			context.left_lemma = quoth_lexeme_at(lexicon, token->lexeme)->lemma;
			context.left_verb = token->tag;
		}
	}
}

int quoth_tag_by_rules(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct words words = {quoth_form_hash("that", 4), quoth_form_hash("have", 4), quoth_form_hash("be", 2),
			      quoth_form_hash("get", 3)};

	for (uint32_t s = 0; s < doc->n_sentences; s++)
		tag_sentence(doc, res->lexicon, doc->sentences[s].tokens, &words);
	return quoth_tag_names(doc, res);
}
