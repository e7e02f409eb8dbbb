#include "stages/attribute_view.h"

static const uint64_t VERB_TAGS = 1ull << QUOTH_TAG_VB | 1ull << QUOTH_TAG_VBD | 1ull << QUOTH_TAG_VBG |
				  1ull << QUOTH_TAG_VBN | 1ull << QUOTH_TAG_VBP | 1ull << QUOTH_TAG_VBZ;
static const uint64_t FINITE_TAGS = 1ull << QUOTH_TAG_VBD | 1ull << QUOTH_TAG_VBP | 1ull << QUOTH_TAG_VBZ |
				    1ull << QUOTH_TAG_MD;
static const uint64_t NOUN_TAGS = 1ull << QUOTH_TAG_NN | 1ull << QUOTH_TAG_NNS | 1ull << QUOTH_TAG_NNP |
				  1ull << QUOTH_TAG_NNPS | 1ull << QUOTH_TAG_PRP | 1ull << QUOTH_TAG_EX;
static const uint64_t NOMINAL_TAGS = 1ull << QUOTH_TAG_NN | 1ull << QUOTH_TAG_NNS | 1ull << QUOTH_TAG_NNP |
				     1ull << QUOTH_TAG_NNPS | 1ull << QUOTH_TAG_PRP | 1ull << QUOTH_TAG_EX |
				     1ull << QUOTH_TAG_DT | 1ull << QUOTH_TAG_PDT | 1ull << QUOTH_TAG_PRPS |
				     1ull << QUOTH_TAG_POS | 1ull << QUOTH_TAG_CD | 1ull << QUOTH_TAG_JJ |
				     1ull << QUOTH_TAG_JJR | 1ull << QUOTH_TAG_JJS | 1ull << QUOTH_TAG_FW |
				     1ull << QUOTH_TAG_SYM;

static bool has_tag(const struct quoth_view *view, uint32_t unit, uint64_t tags)
{
	return tags >> view->units[unit].tag & 1;
}

bool quoth_unit_is_verb(const struct quoth_view *view, uint32_t unit)
{
	return has_tag(view, unit, VERB_TAGS);
}

bool quoth_unit_is_finite(const struct quoth_view *view, uint32_t unit)
{
	return has_tag(view, unit, FINITE_TAGS);
}

bool quoth_unit_is_nominal(const struct quoth_view *view, uint32_t unit)
{
	return has_tag(view, unit, NOMINAL_TAGS) || view->units[unit].mark == QUOTH_HYPHEN;
}

bool quoth_unit_is_noun(const struct quoth_view *view, uint32_t unit)
{
	return has_tag(view, unit, NOUN_TAGS);
}

bool quoth_unit_is_adverb(const struct quoth_view *view, uint32_t unit)
{
	return has_tag(view, unit, 1ull << QUOTH_TAG_RB | 1ull << QUOTH_TAG_RBR | 1ull << QUOTH_TAG_RBS) ||
	       quoth_unit_has_role(view, unit, QUOTH_ROLE_NEGATION | QUOTH_ROLE_ADVERB);
}

struct quoth_range quoth_quotation_inside(const struct quoth_document *doc, uint32_t quotation)
{
	struct quoth_range inside = doc->quotations[quotation].tokens;

	if (inside.begin < inside.end && doc->tokens[inside.begin].kind == QUOTH_QUOTE_MARK)
		inside.begin++;
	if (doc->quotations[quotation].is_closed && inside.begin < inside.end &&
	    doc->tokens[inside.end - 1].kind == QUOTH_QUOTE_MARK)
		inside.end--;
	return inside;
}

static int index_layers(struct quoth_view *view)
{
	struct quoth_document *doc = view->doc;
	size_t n = (size_t)doc->n_tokens + 1;

	view->mention_from = quoth_arena_array(doc->arena, n, sizeof *view->mention_from);
	view->mention_to = quoth_arena_array(doc->arena, n, sizeof *view->mention_to);
	view->quotation_at = quoth_arena_array(doc->arena, n, sizeof *view->quotation_at);
	view->units = quoth_arena_array(doc->arena, n + doc->n_quotations, sizeof *view->units);
	view->clauses = quoth_arena_array(doc->arena, (size_t)doc->n_sentences + doc->n_paragraphs +
					  2 * (size_t)doc->n_quotations + 1, sizeof *view->clauses);
	if (!view->mention_from || !view->mention_to || !view->quotation_at || !view->units || !view->clauses)
		return QUOTH_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		view->mention_from[i] = view->mention_to[i] = view->quotation_at[i] = QUOTH_NONE;
	for (uint32_t i = doc->n_mentions; i-- > 0;)
		view->mention_from[doc->mentions[i].tokens.begin] = i;
	for (uint32_t i = 0; i < doc->n_mentions; i++) {
		uint32_t *to = &view->mention_to[doc->mentions[i].tokens.end];

		if (*to == QUOTH_NONE || doc->mentions[*to].tokens.begin > doc->mentions[i].tokens.begin)
			*to = i;
	}
	for (uint32_t i = doc->n_quotations; i-- > 0;)
		if (doc->quotations[i].tokens.begin < doc->quotations[i].tokens.end)
			view->quotation_at[doc->quotations[i].tokens.begin] = i;
	return 0;
}

static void add_token(struct quoth_view *view, uint32_t i)
{
	const struct quoth_token *token = &view->doc->tokens[i];

	view->units[view->n_units++] = (struct quoth_unit){
		.tokens = {i, i + 1}, .quotation = QUOTH_NONE, .lexeme = token->lexeme, .tag = token->tag,
		.mark = token->mark,
		.roles = token->kind == QUOTH_WORD ? quoth_rules_roles(view->rules, token->form) : 0,
	};
}

static bool starts_sentence(const struct quoth_view *view, struct quoth_range tokens)
{
	const struct quoth_token *token = &view->doc->tokens[tokens.begin];

	if (token->flags & QUOTH_SENTENCE_START)
		return true;
	return tokens.end - tokens.begin > 1 && token->kind == QUOTH_QUOTE_MARK && token[1].flags & QUOTH_SENTENCE_START;
}

static void end_clause(struct quoth_view *view, uint32_t begin, uint32_t paragraph, uint32_t quotation)
{
	if (begin < view->n_units)
		view->clauses[view->n_clauses++] =
			(struct quoth_clause){{begin, view->n_units}, paragraph, quotation};
}

/* Units and clauses of one level: tokens, with the quotations that open there as one unit each. */
static void add_level(struct quoth_view *view, struct quoth_range tokens, uint32_t paragraph, uint32_t quotation)
{
	const struct quoth_document *doc = view->doc;
	uint32_t begin = view->n_units;

	for (uint32_t i = tokens.begin; i < tokens.end;) {
		uint32_t at = view->quotation_at[i];
		struct quoth_range unit = {i, i + 1};

		if (at != QUOTH_NONE && at != quotation) {
			unit = doc->quotations[at].tokens;
			if (unit.end > tokens.end)
				unit.end = tokens.end;
		}
		if (starts_sentence(view, unit)) {
			end_clause(view, begin, paragraph, quotation);
			begin = view->n_units;
		}
		if (at != QUOTH_NONE && at != quotation)
			view->units[view->n_units++] = (struct quoth_unit){.tokens = unit, .quotation = at};
		else
			add_token(view, i);
		i = unit.end;
	}
	end_clause(view, begin, paragraph, quotation);
}

/* The token after a paragraph's dateline. One that a quotation opens in is none: the quotation has to stay one unit. */
static uint32_t skip_dateline(const struct quoth_view *view, uint32_t paragraph)
{
	struct quoth_range tokens = view->doc->paragraphs[paragraph].tokens;
	uint32_t end = view->doc->paragraphs[paragraph].dateline_end;

	if (end <= tokens.begin || end > tokens.end)
		return tokens.begin;
	for (uint32_t i = tokens.begin; i < end; i++)
		if (view->quotation_at[i] != QUOTH_NONE)
			return tokens.begin;
	return end;
}

int quoth_view_build(struct quoth_view *view, struct quoth_document *doc, const struct quoth_resources *res)
{
	*view = (struct quoth_view){.doc = doc, .lexicon = res->lexicon, .rules = res->rules};
	if (index_layers(view))
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < doc->n_paragraphs; i++)
		view->n_turns += doc->paragraphs[i].kind == QUOTH_TURN;
	for (uint32_t i = 0; i < doc->n_paragraphs; i++) {
		struct quoth_range tokens = doc->paragraphs[i].tokens;

		tokens.begin = skip_dateline(view, i);
		add_level(view, tokens, i, QUOTH_NONE);
	}
	view->n_outer_clauses = view->n_clauses;
	for (uint32_t i = 0; i < doc->n_quotations; i++) {
		struct quoth_range inside = quoth_quotation_inside(doc, i);

		if (inside.begin < inside.end && doc->n_sentences)
			add_level(view, inside, doc->sentences[doc->tokens[inside.begin].sentence].paragraph, i);
	}
	return 0;
}
