#include "stages/mentions_chunks.h"

#define BIT(name) QUOTH_TAG_BIT(name)

static const uint64_t nouns = BIT(NN) | BIT(NNS) | BIT(NNP) | BIT(NNPS);
static const uint64_t proper = BIT(NNP) | BIT(NNPS);
static const uint64_t openers = BIT(DT) | BIT(PDT) | BIT(PRPS) | BIT(WPS);
static const uint64_t modifiers = BIT(JJ) | BIT(JJR) | BIT(JJS) | BIT(CD);
static const uint64_t participles = BIT(VBN) | BIT(VBG);

struct chunker {
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	struct quoth_range tokens;
};

static bool is_in(unsigned tag, uint64_t set)
{
	return ((uint64_t)1 << tag & set) != 0;
}

static const struct quoth_token *token_at(const struct chunker *chunker, uint32_t i)
{
	return &chunker->doc->tokens[i];
}

static const struct quoth_lexeme *lexeme_at(const struct chunker *chunker, uint32_t i)
{
	return quoth_lexeme_at(chunker->lexicon, chunker->doc->tokens[i].lexeme);
}

/* The tag of a token; that of a full stop beyond the sentence. */
static unsigned tag_at(const struct chunker *chunker, uint32_t i)
{
	return i < chunker->tokens.end ? chunker->doc->tokens[i].tag : QUOTH_TAG_PUNCT;
}

static bool is_named(const struct chunker *chunker, uint32_t i)
{
	return quoth_token_is_named(chunker->doc, chunker->lexicon, i);
}

/* Whether a noun phrase may go on with token i. */
static bool can_go_on(const struct chunker *chunker, uint32_t i)
{
	return i < chunker->tokens.end && (is_in(tag_at(chunker, i), nouns | modifiers) || is_named(chunker, i));
}

/* Nouns, names and what is as good as one: "official", "executive" with no noun after. */
static bool is_noun(const struct chunker *chunker, uint32_t i)
{
	if (i >= chunker->tokens.end)
		return false;
	return is_in(tag_at(chunker, i), nouns) || is_named(chunker, i) ||
	       (is_in(tag_at(chunker, i), BIT(JJ)) && !can_go_on(chunker, i + 1) &&
		quoth_lexeme_is(lexeme_at(chunker, i), QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_ORGANIZATION_NOUN));
}

static bool is_time(const struct chunker *chunker, uint32_t i)
{
	return !is_named(chunker, i) && quoth_lexeme_is(lexeme_at(chunker, i), QUOTH_LEX_MONTH_OR_DAY | QUOTH_LEX_TIME);
}

static bool is_percent(const struct chunker *chunker, uint32_t i)
{
	return token_at(chunker, i)->length == 1 && *quoth_token_text(chunker->doc, i) == '%';
}

/* The closing mark of 'the "Avatar" star', where a noun follows it; QUOTH_NONE if there is none. */
static uint32_t quoted_modifier_end(const struct chunker *chunker, uint32_t open)
{
	enum { MAX_QUOTED = 6 };

	for (uint32_t i = open + 1; i < chunker->tokens.end && i - open <= MAX_QUOTED; i++)
		if (token_at(chunker, i)->kind == QUOTH_QUOTE_MARK)
			return i > open + 1 && can_go_on(chunker, i + 1) ? i : QUOTH_NONE;
	return QUOTH_NONE;
}

/* Whether a modifier may follow a noun in the same chunk: "GOP presidential candidate", "Flight 370", but not
 * "told reporters Russian officials". */
static bool modifier_follows_noun(const struct chunker *chunker, uint32_t i)
{
	if (tag_at(chunker, i) == QUOTH_TAG_CD)
		return is_in(tag_at(chunker, i - 1), proper) && !is_time(chunker, i - 1);
	return tag_at(chunker, i - 1) != QUOTH_TAG_NNS && can_go_on(chunker, i + 1) &&
	       !quoth_lexeme_is(lexeme_at(chunker, i), QUOTH_LEX_INDEFINITE);
}

/* A capital that is no name, behind a person's name in full: "Ann Lee Hammers Bank" of a headline. */
static bool is_after_full_name(const struct chunker *chunker, uint32_t i)
{
	return i > chunker->tokens.begin + 1 && token_at(chunker, i - 1)->name == QUOTH_NAME_PERSON &&
	       token_at(chunker, i - 2)->name == QUOTH_NAME_PERSON && !token_at(chunker, i)->name &&
	       token_at(chunker, i)->shape == QUOTH_SHAPE_CAPITALISED &&
	       !quoth_lexeme_is(lexeme_at(chunker, i), QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_GROUP_NOUN | QUOTH_LEX_TITLE |
							       QUOTH_LEX_ORGANIZATION_NOUN | QUOTH_LEX_DOCUMENT_NOUN);
}

/* Not "told reporters Smith had left", nor "the amount Smith spent": only nouns for people and bodies describe a name. */
static bool noun_follows_noun(const struct chunker *chunker, uint32_t i)
{
	if (token_at(chunker, i)->name == QUOTH_NAME_PERSON && tag_at(chunker, i - 1) == QUOTH_TAG_NN &&
	    !token_at(chunker, i - 1)->name &&
	    !quoth_lexeme_is(lexeme_at(chunker, i - 1), QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_TITLE | QUOTH_LEX_ORGANIZATION_NOUN))
		return false;
	if (is_after_full_name(chunker, i))
		return false;
	return !is_time(chunker, i) && !(tag_at(chunker, i - 1) == QUOTH_TAG_NNS && is_in(tag_at(chunker, i), proper)) &&
	       !(is_time(chunker, i - 1) && is_in(tag_at(chunker, i), proper));
}

/* "Retired surgeon Jane Doe said" at the beginning of a clause; elsewhere a participle governs what follows it. */
static bool begins_with_participle(const struct chunker *chunker, uint32_t i)
{
	return tag_at(chunker, i) == QUOTH_TAG_VBN &&
	       (i == chunker->tokens.begin || token_at(chunker, i - 1)->mark == QUOTH_COMMA) &&
	       quoth_lexeme_at(chunker->lexicon, token_at(chunker, i)->lexeme)->cue_class == QUOTH_CUE_NONE;
}

/* Whether the chunk that began at `begin` and whose last noun so far is `noun` goes on with token i. */
static bool takes(const struct chunker *chunker, const struct quoth_chunk *chunk, uint32_t i)
{
	uint32_t begin = chunk->tokens.begin;
	bool after_noun = chunk->head != QUOTH_NONE && chunk->head + 1 == i;
	unsigned tag = tag_at(chunker, i), left = i > begin ? tag_at(chunker, i - 1) : QUOTH_TAG_PUNCT;

	if (i > begin && token_at(chunker, i)->name && token_at(chunker, i)->name == token_at(chunker, i - 1)->name)
		return true;
	if (is_in(tag, openers))
		return i == begin || (is_in(left, BIT(PDT) | BIT(DT)) && !(tag == QUOTH_TAG_DT && left == QUOTH_TAG_DT &&
									   i > begin + 1));
	if (is_noun(chunker, i))
		return !after_noun || noun_follows_noun(chunker, i);
	if (is_in(tag, modifiers))
		return !after_noun || modifier_follows_noun(chunker, i);
	if (is_in(tag, participles))
		return !after_noun && can_go_on(chunker, i + 1) && (i > begin || begins_with_participle(chunker, i));
	if (is_in(tag, BIT(RB) | BIT(RBR) | BIT(RBS)))
		return i > begin ? !after_noun && is_in(tag_at(chunker, i + 1), modifiers | participles) :
				   tag_at(chunker, i + 1) == QUOTH_TAG_CD;
	if (tag == QUOTH_TAG_SYM)
		return is_percent(chunker, i) ? left == QUOTH_TAG_CD : tag_at(chunker, i + 1) == QUOTH_TAG_CD;
	if (tag == QUOTH_TAG_CC)
		return is_in(left, BIT(JJ)) && tag_at(chunker, i + 1) == QUOTH_TAG_JJ && can_go_on(chunker, i + 2);
	if (tag == QUOTH_TAG_POS)
		return after_noun && chunk->n_possessors < QUOTH_MAX_POSSESSORS &&
		       (can_go_on(chunker, i + 1) || is_in(tag_at(chunker, i + 1), participles)) &&
		       !is_time(chunker, i - 1);
	return false;
}

/* Where the head is none of the nouns: "the French", "the two", "54%", "no one". */
static uint32_t head_without_noun(const struct chunker *chunker, struct quoth_range tokens)
{
	uint32_t last = tokens.end - 1;
	bool has_opener = is_in(tag_at(chunker, tokens.begin), openers) && last > tokens.begin;
	unsigned right = tag_at(chunker, tokens.end);

	if (tag_at(chunker, last) == QUOTH_TAG_CD)
		return has_opener || is_in(right, BIT(VBD) | BIT(VBP) | BIT(VBZ) | BIT(MD)) ||
		       (right == QUOTH_TAG_IN && can_go_on(chunker, tokens.end + 1)) ? last : QUOTH_NONE;
	if (is_in(tag_at(chunker, last), BIT(JJ) | BIT(JJS)) && has_opener)
		return quoth_lexeme_is(lexeme_at(chunker, last), QUOTH_LEX_NATIONALITY | QUOTH_LEX_GROUP_NOUN |
								 QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_INDEFINITE) ?
			last : QUOTH_NONE;
	return QUOTH_NONE;
}

/* Pronouns are chunks by themselves: personal, relative, and indefinite or demonstrative ones with no noun after them. */
static bool is_pronoun(const struct chunker *chunker, uint32_t i)
{
	const struct quoth_lexeme *lexeme = lexeme_at(chunker, i);
	unsigned tag = tag_at(chunker, i);

	if (is_in(tag, BIT(PRP) | BIT(WDT)))
		return true;
	if (tag == QUOTH_TAG_WP)
		return quoth_lexeme_is(lexeme, QUOTH_LEX_RELATIVE) && lexeme->gender != QUOTH_NEUTER;
	if (!quoth_lexeme_is(lexeme, QUOTH_LEX_INDEFINITE | QUOTH_LEX_DEMONSTRATIVE) || tag == QUOTH_TAG_CD ||
	    is_in(tag, proper | BIT(RB) | BIT(RBS) | BIT(CC)))
		return false;
	return !can_go_on(chunker, i + 1) && !is_in(tag_at(chunker, i + 1), openers | participles) &&
	       !(tag == QUOTH_TAG_DT && is_in(tag_at(chunker, i + 1), BIT(RB)));
}

static uint8_t categorise(const struct chunker *chunker, const struct quoth_chunk *chunk)
{
	static const uint8_t of_name[QUOTH_N_NAME_CLASSES] = {
		[QUOTH_NAME_PERSON] = QUOTH_CHUNK_PERSON_NAME, [QUOTH_NAME_ORGANIZATION] = QUOTH_CHUNK_BODY_NAME,
		[QUOTH_NAME_PLACE] = QUOTH_CHUNK_BODY_NAME, [QUOTH_NAME_OTHER] = QUOTH_CHUNK_OTHER_NAME,
	};
	const struct quoth_lexeme *head = lexeme_at(chunker, chunk->head);

	if (chunk->kind == QUOTH_PRONOUN_MENTION)
		return QUOTH_CHUNK_PRONOUN;
	if (is_named(chunker, chunk->head))
		return of_name[token_at(chunker, chunk->head)->name];
	if (quoth_lexeme_is(head, QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_GROUP_NOUN | QUOTH_LEX_TITLE | QUOTH_LEX_NATIONALITY))
		return QUOTH_CHUNK_PERSON;
	return quoth_lexeme_is(head, QUOTH_LEX_ORGANIZATION_NOUN) ? QUOTH_CHUNK_BODY :
	       quoth_lexeme_is(head, QUOTH_LEX_DOCUMENT_NOUN) ? QUOTH_CHUNK_DOCUMENT : QUOTH_CHUNK_THING;
}

/* Reads one chunk that begins at i; whether there is one. The next begins at chunk->tokens.end at the earliest. */
static bool read_chunk(const struct chunker *chunker, uint32_t i, struct quoth_chunk *chunk)
{
	uint32_t begin = i;

	*chunk = (struct quoth_chunk){.tokens = {i, i}, .head = QUOTH_NONE, .kind = QUOTH_NOMINAL_MENTION};
	if (is_pronoun(chunker, i)) {
		*chunk = (struct quoth_chunk){.tokens = {i, i + 1}, .end = i + 1, .head = i,
					      .kind = QUOTH_PRONOUN_MENTION, .category = QUOTH_CHUNK_PRONOUN};
		return true;
	}
	for (; i < chunker->tokens.end && i - begin < QUOTH_MAX_CHUNK; i++) {
		if (token_at(chunker, i)->kind == QUOTH_QUOTE_MARK && i > begin && chunk->head == QUOTH_NONE) {
			uint32_t close = quoted_modifier_end(chunker, i);

			if (close == QUOTH_NONE)
				break;
			i = close;
			continue;
		}
		if (!takes(chunker, chunk, i))
			break;
		if (tag_at(chunker, i) == QUOTH_TAG_POS && !token_at(chunker, i)->name)
			chunk->possessors[chunk->n_possessors++] = i;
		else if (is_noun(chunker, i) || is_percent(chunker, i))
			chunk->head = i;
	}
	chunk->tokens.end = i;
	if (chunk->head == QUOTH_NONE && i > begin)
		chunk->head = head_without_noun(chunker, chunk->tokens);
	if (chunk->head == QUOTH_NONE)
		return false;
	chunk->tokens.end = chunk->end = chunk->head + 1;
	while (chunk->n_possessors && chunk->possessors[chunk->n_possessors - 1] > chunk->head)
		chunk->n_possessors--;
	if (chunk->tokens.end == begin + 1 && quoth_lexeme_is(lexeme_at(chunker, begin), QUOTH_LEX_INDEFINITE) &&
	    !is_in(tag_at(chunker, begin), proper))
		chunk->kind = QUOTH_PRONOUN_MENTION;
	chunk->is_time = is_time(chunker, chunk->head);
	chunk->category = categorise(chunker, chunk);
	return true;
}

uint32_t quoth_chunks_find(const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
			   struct quoth_range tokens, struct quoth_chunk *chunks)
{
	struct chunker chunker = {doc, lexicon, tokens};
	uint32_t n = 0;

	for (uint32_t i = tokens.begin; i < tokens.end;)
		if (read_chunk(&chunker, i, &chunks[n]))
			i = chunks[n++].tokens.end;
		else
			i++;
	return n;
}
