#include "stages/claim.h"

#include "stages/claim_clause.h"
#include "stages/claim_edits.h"
#include "stages/claim_text.h"
#include "stages/content.h"
#include "stages/stance.h"

#include <string.h>

enum {
	MAX_TOKENS = 300,	/* longer ones are no sentence any more, and so the work is linear */
	MAX_GAP = 16,		/* tokens of "…," she said, "…" */
	MAX_NAME_BYTES = 200,
};

/* Rows and speakers that are less sure make no claim: one with the wrong name under it would be a false quotation. */
static const float min_confidence = 0.5f, max_doubt = 0.25f, max_doubt_of_pronoun = 0.05f;

#define BIT(name) QUOTH_TAG_BIT(name)

/* ---- the content ---- */

/* The lowest quote_depth inside a part. */
static int lowest_depth(const struct quoth_document *doc, struct quoth_range part)
{
	int lowest = doc->tokens[part.begin].quote_depth;

	for (uint32_t i = part.begin + 1; i < part.end && lowest > 0; i++)
		if (doc->tokens[i].quote_depth < lowest)
			lowest = doc->tokens[i].quote_depth;
	return lowest;
}

/* Takes in the mark of a quotation that begins or ends at the part's edge, outside; false where one is cut amid. */
static bool balance(const struct quoth_document *doc, struct quoth_range *part)
{
	const struct quoth_token *tokens = doc->tokens;
	int lowest;

	if (tokens[part->begin].quote_depth == 0 && tokens[part->end - 1].quote_depth == 0)
		return true;
	lowest = lowest_depth(doc, *part);
	if (tokens[part->begin].quote_depth > lowest && tokens[part->begin].kind != QUOTH_QUOTE_MARK) {
		if (part->begin == 0 || tokens[part->begin - 1].kind != QUOTH_QUOTE_MARK)
			return false;
		part->begin--;
	}
	if (tokens[part->end - 1].quote_depth > lowest && tokens[part->end - 1].kind != QUOTH_QUOTE_MARK) {
		if (part->end >= doc->n_tokens || tokens[part->end].kind != QUOTH_QUOTE_MARK)
			return false;
		part->end++;
	}
	return true;
}

static bool take_content(struct quoth_claim_content *content)
{
	const struct quoth_attribution *row = content->attribution;
	uint32_t n_tokens = 0;

	for (unsigned k = 0; k < row->n_parts; k++) {
		struct quoth_range part = quoth_content_trim(content->doc, row->parts[k]);

		n_tokens += quoth_range_length(part);
		if (quoth_range_is_empty(part) || n_tokens > MAX_TOKENS || !balance(content->doc, &part) ||
		    (k > 0 && part.begin < content->parts[k - 1].end))
			return false;
		content->parts[content->n_parts++] = part;
	}
	if (content->n_parts == 0)
		return false;
	/* A direct quotation is spoken where its words are; else what is deeper than the cue is. */
	if (row->kind == QUOTH_DIRECT)
		content->depth = lowest_depth(content->doc, content->parts[0]);
	else
		content->depth = quoth_range_is_empty(row->cue) ? 1 : content->doc->tokens[row->cue.begin].quote_depth + 1;
	return true;
}

static bool has_square_bracket(const struct quoth_claim_content *content, uint32_t token)
{
	const char *text = quoth_token_text(content->doc, token);
	uint32_t length = quoth_claim_token(content, token)->length;

	return memchr(text, '[', length) || memchr(text, ']', length);
}

/* Whether a claim could not tell its own brackets from the content's, or would cut a parenthesis. */
static bool has_brackets(const struct quoth_claim_content *content)
{
	int n_open = 0;

	for (unsigned k = 0; k < content->n_parts; k++)
		for (uint32_t i = content->parts[k].begin; i < content->parts[k].end; i++) {
			const struct quoth_token *token = quoth_claim_token(content, i);

			if (token->kind == QUOTH_WORD && !(token->flags & QUOTH_IS_HANDLE))
				continue;
			n_open += (token->mark == QUOTH_OPEN_BRACKET) - (token->mark == QUOTH_CLOSE_BRACKET);
			if (n_open < 0 || has_square_bracket(content, i))
				return true;
		}
	return n_open != 0;
}

/* Whether a part is all of a sentence's words up to the next part but for who said it: the gap is short and holds the cue, or a sentence
 * ends in it. */
static bool is_joined(const struct quoth_claim_content *content, unsigned k)
{
	struct quoth_range gap = {content->parts[k].end, content->parts[k + 1].begin};
	bool is_spoken = quoth_claim_is_spoken(content, gap.begin - 1) && quoth_claim_is_spoken(content, gap.end);
	struct quoth_range cue = content->attribution->cue;

	if (quoth_claim_gap_ends_sentence(content, k))
		return is_spoken;
	return quoth_range_length(gap) <= MAX_GAP && !quoth_range_is_empty(cue) && quoth_range_within(cue, gap);
}

/* "I did." "He would not." What was to be done stands in the article, where no other verb says it. */
static bool is_elliptic(const struct quoth_claim_content *content)
{
	static const uint32_t auxiliaries = QUOTH_ROLE_BE | QUOTH_ROLE_HAVE | QUOTH_ROLE_DO | QUOTH_ROLE_NEGATION;
	struct quoth_range last = content->parts[content->n_parts - 1];
	uint32_t i = last.end, auxiliary;

	while (i > last.begin && quoth_claim_token(content, i - 1)->kind != QUOTH_WORD)
		i--;
	auxiliary = i;
	while (i > last.begin && (quoth_claim_has_tag(content, i - 1, BIT(MD)) ||
				  quoth_claim_roles(content, i - 1) & auxiliaries))
		i--;
	if (i == auxiliary)
		return false;
	for (; i > last.begin; i--)
		if (quoth_claim_has_tag(content, i - 1, QUOTH_VERB_TAGS))
			return false;
	return content->n_parts == 1;
}

/* ---- where it begins ---- */

/* The "that" of reported speech, by what follows, since taggers are often wrong about it. Before a bare singular ("that scenario"), an
 * adjective or a verb ("that was") it may be the demonstrative, and is none. */
static bool is_that(const struct quoth_claim_content *content, uint32_t token, uint32_t end)
{
	static const uint64_t sure = BIT(PRP) | BIT(PRPS) | BIT(DT) | BIT(EX) | BIT(NNP) | BIT(NNPS) | BIT(NNS) | BIT(CD);
	uint32_t next = token + 1;

	if (!(quoth_claim_roles(content, token) & QUOTH_ROLE_THAT))
		return false;
	while (next < end && quoth_claim_has_tag(content, next, BIT(NN)))
		next++;
	if (next >= end)
		return false;
	if (quoth_claim_has_tag(content, next, next > token + 1 ? BIT(NNS) | BIT(NNP) : sure) ||
	    quoth_lexeme_is(quoth_claim_lexeme(content, token + 1), QUOTH_LEX_INDEFINITE))
		return true;
	return next == token + 1 && quoth_claim_has_tag(content, token, BIT(IN)) &&
	       !quoth_claim_has_tag(content, next, QUOTH_FINITE_TAGS);
}

/* The first token of the claim: without the "that" of reported speech, and without marks before the first word. */
static uint32_t find_first(const struct quoth_claim_content *content)
{
	uint32_t i = content->parts[0].begin, end = content->parts[0].end;
	bool has_that = false;

	for (; i < end; i++) {
		const struct quoth_token *token = quoth_claim_token(content, i);

		if (!has_that && !quoth_claim_is_spoken(content, i) && is_that(content, i, end))
			has_that = true;
		else if (token->kind != QUOTH_PUNCTUATION)
			break;
	}
	return i;
}

/* Reported questions and other pieces of sentences: "whether", "how", "and the", "to", "raising taxes". "If" is one where the source asks. */
static bool hangs_on_cue(const struct quoth_claim_content *content, uint32_t first)
{
	uint8_t stance = content->attribution->stance;
	uint32_t roles = quoth_claim_roles(content, first);

	if (quoth_claim_is_spoken(content, first))
		return false;
	return quoth_claim_has_tag(content, first, BIT(WP) | BIT(WDT) | BIT(WPS) | BIT(WRB) | BIT(TO) | BIT(VBG)) ||
	       roles & (QUOTH_ROLE_WHETHER | QUOTH_ROLE_COORDINATOR | QUOTH_ROLE_THAT) ||
	       (roles & QUOTH_ROLE_WH && (stance == QUOTH_ASKS || stance == QUOTH_DOUBTS));
}

/* "The bridge, which she says is safe": what the clause is about stands before the source. */
static bool lacks_its_head(const struct quoth_claim_content *content)
{
	struct quoth_range source = content->attribution->source;

	return content->attribution->kind != QUOTH_DIRECT && !quoth_range_is_empty(source) && source.begin > 0 &&
	       quoth_claim_token(content, source.begin - 1)->sentence == quoth_claim_token(content, source.begin)->sentence &&
	       quoth_claim_has_tag(content, source.begin - 1, BIT(WP) | BIT(WDT)) && source.begin < content->parts[0].begin;
}

/* ---- the claim ---- */

/* Whether a name is more than a word that stands for one: "one", "two", "some". */
static bool names_somebody(const struct quoth_claim_content *content, const char *name, size_t length)
{
	const struct quoth_lexeme *word;

	if (memchr(name, ' ', length))
		return true;
	word = quoth_lexeme_at(content->lexicon, quoth_lexicon_find(content->lexicon, quoth_form_hash(name, length)));
	return !word->tags || word->tags & QUOTH_NOUN_TAGS;
}

/* The speaker, if its name can be put in; else NULL. */
static const struct quoth_entity *sure_speaker(const struct quoth_claim_content *content)
{
	const struct quoth_attribution *row = content->attribution;
	const struct quoth_entity *speaker;
	size_t length = 0;

	if (row->entity >= content->doc->n_entities ||
	    row->doubt > (row->resolution == QUOTH_PRONOUN ? max_doubt_of_pronoun : max_doubt))
		return NULL;
	speaker = content->doc->entities + row->entity;
	if (row->resolution == QUOTH_PRONOUN && speaker->kind != QUOTH_PERSON)
		return NULL;	/* whom "they" and "it" mean is less sure */
	for (; speaker->name[length]; length++)
		if (length == MAX_NAME_BYTES || speaker->name[length] == '[' || speaker->name[length] == ']')
			return NULL;
	return length > 0 && names_somebody(content, speaker->name, length) ? speaker : NULL;
}

static bool knows_date(const struct quoth_document *doc)
{
	char date[QUOTH_CLAIM_DATE_BYTES];

	return !doc->is_date_of_visit && quoth_claim_read_date(doc->date, date);
}

static int make_claim(struct quoth_claim_content *content, struct quoth_attribution *row)
{
	struct quoth_claim_edits edits;
	uint32_t first;

	if (row->confidence < min_confidence || !take_content(content))
		return 0;
	for (unsigned k = 0; k + 1 < content->n_parts; k++)
		if (!is_joined(content, k))
			return 0;
	first = find_first(content);
	if (first >= content->parts[0].end || hangs_on_cue(content, first) || lacks_its_head(content) ||
	    !quoth_claim_is_clause(content, first) || is_elliptic(content) || has_brackets(content))
		return 0;
	edits.n = 0;
	if (!quoth_claim_find_edits(content, first, sure_speaker(content), knows_date(content->doc), &edits))
		return 0;
	return quoth_claim_write(content, first, &edits, row);
}

int quoth_claim(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct quoth_claim_content content = {.doc = doc, .lexicon = res->lexicon, .rules = res->rules};
	int error = 0;

	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		struct quoth_attribution *row = doc->attributions + i;

		row->stance = quoth_stance_find(doc, res, row);
		row->claim = NULL;
		row->claim_size = 0;
	}
	for (uint32_t i = 0; !error && i < doc->n_attributions; i++) {
		content.attribution = doc->attributions + i;
		content.n_parts = 0;
		error = make_claim(&content, doc->attributions + i);
	}
	for (uint32_t i = 0; error && i < doc->n_attributions; i++)
		doc->attributions[i].claim = NULL;
	return error;
}
