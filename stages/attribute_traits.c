#include "stages/attribute_candidates.h"

#define TRAIT(name) (1ull << QUOTH_TRAIT_##name)

static uint64_t pronoun_traits(const struct quoth_view *view, const struct quoth_mention *mention)
{
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(view->lexicon, view->doc->tokens[mention->head].lexeme);

	if (lexeme->flags & QUOTH_LEX_RELATIVE)
		return TRAIT(SOURCE_RELATIVE);
	if (lexeme->person == 1 || lexeme->person == 2)
		return TRAIT(SOURCE_FIRST);
	return mention->gender == QUOTH_NEUTER && mention->number == QUOTH_SINGULAR ? TRAIT(SOURCE_IT) :
										      TRAIT(SOURCE_THIRD);
}

static uint64_t source_traits(const struct quoth_view *view, const struct quoth_source *source)
{
	uint32_t index = quoth_source_mention(view, source);
	const struct quoth_mention *mention;
	uint64_t traits = source->is_shared ? TRAIT(SOURCE_SHARED) : 0;

	if (quoth_range_is_empty(source->units))
		return TRAIT(SOURCE_NONE);
	if (source->is_relative)
		traits |= TRAIT(SOURCE_RELATIVE);
	if (index == QUOTH_NONE)
		return traits | TRAIT(SOURCE_UNKNOWN);
	mention = &view->doc->mentions[index];
	if (mention->kind == QUOTH_PRONOUN_MENTION)
		return traits | pronoun_traits(view, mention);
	if (!mention->is_animate)
		traits |= TRAIT(SOURCE_INANIMATE);
	if (quoth_lexeme_is(quoth_lexeme_at(view->lexicon, view->doc->tokens[mention->head].lexeme),
			    QUOTH_LEX_DOCUMENT_NOUN))
		traits |= TRAIT(SOURCE_DOCUMENT);
	return traits | (mention->kind == QUOTH_NAME_MENTION ? TRAIT(SOURCE_PERSON) : TRAIT(SOURCE_NOMINAL));
}

static uint64_t verb_traits(const struct quoth_view *view, const struct quoth_cue *cue)
{
	static const uint64_t forms[] = {
		[QUOTH_CUE_FINITE] = 0, [QUOTH_CUE_PARTICIPLE] = TRAIT(PARTICIPLE), [QUOTH_CUE_INFINITIVE] = TRAIT(INFINITIVE),
		[QUOTH_CUE_PASSIVE] = TRAIT(PASSIVE), [QUOTH_CUE_NOUN] = TRAIT(NOUN),
		[QUOTH_CUE_ADJECTIVE] = TRAIT(ADJECTIVE), [QUOTH_CUE_PREPOSITION] = 0, [QUOTH_CUE_FIXED] = 0,
	};
	unsigned tag = view->units[cue->head].tag;
	uint32_t link = cue->complement - 1;
	uint64_t traits = forms[cue->form] | (cue->is_negated ? TRAIT(NEGATED) : 0);

	if (tag == QUOTH_TAG_VBD)
		traits |= TRAIT(PAST);
	if (tag == QUOTH_TAG_VBZ || tag == QUOTH_TAG_VBP)
		traits |= TRAIT(PRESENT);
	if (cue->is_set_off)
		traits |= TRAIT(SET_OFF);
	if (cue->has_hearer)
		traits |= TRAIT(HEARER);
	traits |= quoth_unit_has_role(view, link, QUOTH_ROLE_TOPIC) ? TRAIT(TOPIC) :
		  quoth_unit_has_role(view, link, QUOTH_ROLE_AIM) ? TRAIT(AIM) :
		  quoth_unit_has_role(view, link, QUOTH_ROLE_PLACE) ? TRAIT(PLACE) :
		  quoth_unit_has_role(view, link, QUOTH_ROLE_ON) ? TRAIT(ON) : 0;
	for (uint32_t i = cue->group.begin; i < cue->head; i++)
		if (view->units[i].tag == QUOTH_TAG_MD)
			traits |= TRAIT(MODAL);
	return traits;
}

static uint64_t place_traits(const struct quoth_view *view, const struct quoth_clause *clause,
			     const struct quoth_candidate *candidate)
{
	const struct quoth_cue *cue = &candidate->cue;
	uint32_t before = cue->group.begin - 1;
	uint64_t traits = quoth_cue_is_subordinate(view, clause, cue) ? TRAIT(SUBORDINATE) : 0;

	if (view->units[clause->units.end - 1].mark == QUOTH_QUESTION)
		traits |= TRAIT(QUESTION);
	if (view->doc->paragraphs[clause->paragraph].kind == QUOTH_HEADLINE)
		traits |= TRAIT(HEADLINE);
	if (candidate->source.units.begin >= cue->words.end)
		traits |= TRAIT(INVERTED);
	if (cue->group.begin == clause->units.begin)
		return traits | TRAIT(INITIAL);
	if (quoth_unit_is_break(view, before))
		return traits | TRAIT(AFTER_COMMA);
	if (quoth_unit_has_role(view, before, QUOTH_ROLE_COORDINATOR))
		return traits | TRAIT(AFTER_AND);
	return view->units[before].tag == QUOTH_TAG_IN ? traits | TRAIT(AFTER_PREPOSITION) : traits;
}

static uint64_t content_traits(const struct quoth_view *view, const struct quoth_candidate *candidate)
{
	struct quoth_range content = candidate->content[candidate->n_content - 1];
	uint32_t length = quoth_range_length(content), mention;
	uint64_t traits = length <= 1 ? TRAIT(CONTENT_ONE) : length <= 4 ? TRAIT(CONTENT_FEW) :
			  length >= 12 ? TRAIT(CONTENT_MANY) : 0;

	for (uint32_t i = content.begin; i < content.end && i < content.begin + 40; i++)
		if (quoth_unit_is_quotation(view, i))
			traits |= TRAIT(HAS_QUOTATION);
	if (quoth_unit_is_quotation(view, content.begin))
		return view->doc->quotations[view->units[content.begin].quotation].is_scare ? traits | TRAIT(SCARE) : traits;
	if (view->units[content.begin].tag == QUOTH_TAG_DT)
		traits |= length > 1 && quoth_unit_token(view, content.begin)->length == 3 ? TRAIT(CONTENT_DEFINITE) :
											  TRAIT(CONTENT_INDEFINITE);
	mention = view->mention_from[view->units[content.begin].tokens.begin];
	if (mention == QUOTH_NONE)
		return traits | TRAIT(CONTENT_UNKNOWN);
	if (view->doc->mentions[mention].kind == QUOTH_PRONOUN_MENTION)
		traits |= TRAIT(CONTENT_PRONOUN);
	return view->doc->mentions[mention].is_animate ? traits | TRAIT(CONTENT_PERSON) : traits;
}

uint64_t quoth_candidate_traits(const struct quoth_view *view, const struct quoth_clause *clause,
				const struct quoth_candidate *candidate)
{
	uint64_t traits = TRAIT(ALWAYS) | source_traits(view, &candidate->source) | verb_traits(view, &candidate->cue) |
			  place_traits(view, clause, candidate) | content_traits(view, candidate);

	if (quoth_rules_is_rare(view->rules, candidate->cue.lemma, candidate->pattern))
		traits |= TRAIT(SHARE_RARE);
	return traits;
}
