#include "stages/mentions_chunks.h"

#define BIT(name) QUOTH_TAG_BIT(name)

struct attacher {
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	struct quoth_chunk *chunks;
	uint32_t n;
	uint32_t of, in, by;		/* hashes */
};

static bool is_in(unsigned tag, uint64_t set)
{
	return ((uint64_t)1 << tag & set) != 0;
}

static const struct quoth_token *token_at(const struct attacher *attacher, uint32_t i)
{
	return &attacher->doc->tokens[i];
}

static const struct quoth_lexeme *lexeme_at(const struct attacher *attacher, uint32_t i)
{
	return quoth_lexeme_at(attacher->lexicon, attacher->doc->tokens[i].lexeme);
}

static unsigned tag_at(const struct attacher *attacher, uint32_t i)
{
	return i < attacher->doc->n_tokens ? attacher->doc->tokens[i].tag : QUOTH_TAG_PUNCT;
}

static bool is_party(const struct attacher *attacher, uint32_t i)
{
	const char *text = quoth_token_text(attacher->doc, i);

	return (*text == 'D' || *text == 'R' || *text == 'I') &&
	       (attacher->doc->tokens[i].length == 1 || text[1] == '-');
}

/* "Rep. Jane Doe (D-Ohio)", "Rep. Jane Doe, D-Ohio": where the party ends, else `end`. */
static uint32_t party_end(const struct attacher *attacher, uint32_t end)
{
	enum { MAX_PARTY = 6 };
	const struct quoth_document *doc = attacher->doc;

	if (end + 2 >= doc->n_tokens || !is_party(attacher, end + 1))
		return end;
	if (doc->tokens[end].mark == QUOTH_COMMA && doc->tokens[end + 1].length > 2)
		return end + 2;
	for (uint32_t i = end + 2; doc->tokens[end].mark == QUOTH_OPEN_BRACKET && i < doc->n_tokens && i - end < MAX_PARTY;
	     i++)
		if (doc->tokens[i].mark == QUOTH_CLOSE_BRACKET)
			return i + 1;
	return end;
}

/* Whether the preposition at p binds the next chunk to the one before it. "of" always does; the others ("officials at the
 * ministry", "a spokesman for Ford", "records from 2008") to nouns that may speak, and not to times and to what they
 * speak in ("the company in a statement said"). */
static bool preposition_binds(const struct attacher *attacher, const struct quoth_chunk *left, uint32_t p,
			      const struct quoth_chunk *right)
{
	if (right->is_time || left->is_time ||
	    quoth_lexeme_is(lexeme_at(attacher, right->head), QUOTH_LEX_RELATIVE))
		return false;
	if (token_at(attacher, p)->form == attacher->of)
		return true;
	if (token_at(attacher, left->head)->name == QUOTH_NAME_ORGANIZATION)
		return token_at(attacher, p)->form == attacher->in &&
		       token_at(attacher, right->head)->name == QUOTH_NAME_PLACE;
	if (token_at(attacher, p)->form == attacher->by)
		return left->category == QUOTH_CHUNK_DOCUMENT && right->category != QUOTH_CHUNK_PRONOUN;
	return quoth_lexeme_is(lexeme_at(attacher, p), QUOTH_LEX_BINDING_PREPOSITION) &&
	       left->category >= QUOTH_CHUNK_PERSON && right->category != QUOTH_CHUNK_PRONOUN &&
	       right->category != QUOTH_CHUNK_DOCUMENT;
}

/* "a person familiar with the matter", "officials close to the talks". */
static bool postmodifier_binds(const struct attacher *attacher, const struct quoth_chunk *left,
			       const struct quoth_chunk *right)
{
	uint32_t i = left->end, gap = right->tokens.begin - i;

	if (left->category == QUOTH_CHUNK_PRONOUN || gap < 2 || gap > 3 ||
	    !is_in(tag_at(attacher, right->tokens.begin - 1), BIT(IN) | BIT(TO)))
		return false;
	if (gap == 3 && !is_in(tag_at(attacher, i++), BIT(RB)))
		return false;
	return quoth_lexeme_is(lexeme_at(attacher, i), QUOTH_LEX_POSTMODIFIER);
}

/* The first chunk from i on that begins at or after a token. */
static uint32_t skip_chunks(const struct attacher *attacher, uint32_t i, uint32_t end)
{
	while (i < attacher->n && attacher->chunks[i].tokens.begin < end)
		i++;
	return i;
}

/* "Mayor of Oulu Jari Lehto": an office, then what it is of and a person's name in one chunk. */
static bool is_office_of(const struct attacher *attacher, const struct quoth_chunk *left, const struct quoth_chunk *right)
{
	uint32_t name = right->head;

	if (right->category != QUOTH_CHUNK_PERSON_NAME || left->category != QUOTH_CHUNK_PERSON ||
	    token_at(attacher, left->end)->form != attacher->of ||
	    !quoth_lexeme_is(lexeme_at(attacher, left->head), QUOTH_LEX_TITLE))
		return false;
	while (name > right->tokens.begin && token_at(attacher, name - 1)->name == QUOTH_NAME_PERSON)
		name--;
	return name > right->tokens.begin && token_at(attacher, name - 1)->kind == QUOTH_WORD &&
	       token_at(attacher, name - 1)->shape >= QUOTH_SHAPE_CAPITALISED;
}

/* Binds a chunk to the one that it attaches to, with all that is joined to it: "aides to Smith and Jones". An office and its
 * holder's name are one of those joined. */
static void bind(const struct attacher *attacher, struct quoth_chunk *left, struct quoth_chunk *right)
{
	bool is_one = is_office_of(attacher, left, right);

	left->n_attached = (uint8_t)(left->n_attached + right->n_attached + 1);
	left->end = is_one ? right->end : right->group_end;
	left->next = skip_chunks(attacher, right->next, left->end);
	if (is_one)
		right->group_end = right->end;
}

static void attach(const struct attacher *attacher, uint32_t i)
{
	struct quoth_chunk *left = &attacher->chunks[i];

	if (left->category == QUOTH_CHUNK_PERSON_NAME)
		left->end = party_end(attacher, left->end);
	left->next = skip_chunks(attacher, i + 1, left->end);
	while (left->next < attacher->n && left->n_attached < QUOTH_MAX_ATTACHED) {
		struct quoth_chunk *right = &attacher->chunks[left->next];

		if (left->n_attached + right->n_attached >= QUOTH_MAX_ATTACHED ||
		    !((right->tokens.begin == left->end + 1 && preposition_binds(attacher, left, left->end, right)) ||
		      postmodifier_binds(attacher, left, right)))
			break;
		bind(attacher, left, right);
	}
	left->group_end = left->end;
}

/* Whether the words from a chunk's end to the next chunk coordinate them: "and", ", and", or the comma of a list that
 * goes on. */
static bool coordinates(const struct attacher *attacher, const struct quoth_chunk *left, const struct quoth_chunk *right)
{
	uint32_t i = left->end, gap = right->tokens.begin - i;
	bool has_comma = token_at(attacher, i)->mark == QUOTH_COMMA;

	if (gap < 1 || gap > 2)
		return false;
	if (gap == 1 && has_comma)
		return right->group_end > right->end;
	return (gap == 1 || has_comma) && tag_at(attacher, right->tokens.begin - 1) == QUOTH_TAG_CC &&
	       token_at(attacher, right->tokens.begin - 1)->kind == QUOTH_WORD;
}

/* "Smith praised Jones and Brown disagreed": the second is the subject of a clause of its own. */
static bool begins_a_clause(const struct attacher *attacher, const struct quoth_chunk *left,
			    const struct quoth_chunk *right)
{
	static const uint64_t finite = BIT(VBD) | BIT(VBP) | BIT(VBZ) | BIT(MD);
	static const uint64_t verbs = BIT(VB) | BIT(VBD) | BIT(VBP) | BIT(VBZ) | BIT(VBG) | BIT(VBN);
	uint32_t begin = left->tokens.begin;

	if (!begin || !is_in(tag_at(attacher, right->end), finite))
		return false;
	/* A preposition after a noun makes both part of that noun: "a spokesman for Smith and Jones". */
	return is_in(tag_at(attacher, begin - 1), verbs) ||
	       (is_in(tag_at(attacher, begin - 1), BIT(IN) | BIT(TO)) && begin > 1 &&
		is_in(tag_at(attacher, begin - 2), verbs | BIT(PUNCT) | BIT(RB)));
}

static void coordinate(const struct attacher *attacher, uint32_t i)
{
	struct quoth_chunk *left = &attacher->chunks[i], *right;

	if (left->next >= attacher->n || left->is_time || left->category == QUOTH_CHUNK_THING)
		return;
	right = &attacher->chunks[left->next];
	if (right->is_time || !coordinates(attacher, left, right) || begins_a_clause(attacher, left, right))
		return;
	/* "head of Ghost Writers and an analyst": a name and something new. */
	if (token_at(attacher, left->head)->name && tag_at(attacher, right->tokens.begin) == QUOTH_TAG_DT &&
	    *quoth_token_text(attacher->doc, right->tokens.begin) == 'a')
		return;
	if (left->category == right->category ||
	    (left->category != QUOTH_CHUNK_DOCUMENT && right->category != QUOTH_CHUNK_DOCUMENT &&
	     right->category != QUOTH_CHUNK_THING)) {
		left->group_end = right->group_end;
		right->is_coordinated = true;
	}
}

void quoth_chunks_attach(const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
			 struct quoth_chunk *chunks, uint32_t n)
{
	struct attacher attacher = {doc, lexicon, chunks, n, quoth_form_hash("of", 2), quoth_form_hash("in", 2),
				    quoth_form_hash("by", 2)};

	for (uint32_t i = n; i-- > 0;) {
		attach(&attacher, i);
		coordinate(&attacher, i);
	}
}
