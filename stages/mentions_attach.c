#include "stages/mentions_chunks.h"

#define BIT(name) ((uint64_t)1 << QUOTH_TAG_##name)

struct attacher {
	const struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	struct quoth_chunk *chunks;
	uint32_t n;
	uint32_t of;			/* hash */
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

/* "Rep. Jane Doe (D-Ohio)": where the bracket of the party ends, else `end`. */
static uint32_t party_end(const struct attacher *attacher, uint32_t end)
{
	enum { MAX_PARTY = 6 };
	const struct quoth_document *doc = attacher->doc;
	const char *text;

	if (end + 2 >= doc->n_tokens || doc->tokens[end].mark != QUOTH_OPEN_BRACKET)
		return end;
	text = quoth_token_text(doc, end + 1);
	if (!(*text == 'D' || *text == 'R' || *text == 'I') || (doc->tokens[end + 1].length > 1 && text[1] != '-'))
		return end;
	for (uint32_t i = end + 2; i < doc->n_tokens && i - end < MAX_PARTY; i++)
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

static void attach(const struct attacher *attacher, uint32_t i)
{
	struct quoth_chunk *left = &attacher->chunks[i];

	left->next = i + 1;
	if (left->category == QUOTH_CHUNK_PERSON_NAME)
		left->end = party_end(attacher, left->end);
	while (left->next < attacher->n && attacher->chunks[left->next].tokens.begin < left->end)
		left->next++;
	if (left->next < attacher->n) {
		const struct quoth_chunk *right = &attacher->chunks[left->next];

		if (right->n_attached < QUOTH_MAX_ATTACHED &&
		    ((right->tokens.begin == left->end + 1 && preposition_binds(attacher, left, left->end, right)) ||
		     postmodifier_binds(attacher, left, right))) {
			left->n_attached = (uint8_t)(right->n_attached + 1);
			left->end = right->group_end;
			left->next = right->next;
			while (left->next < attacher->n && attacher->chunks[left->next].tokens.begin < left->end)
				left->next++;
		}
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
	static const uint64_t governs = BIT(VB) | BIT(VBD) | BIT(VBP) | BIT(VBZ) | BIT(VBG) | BIT(VBN) | BIT(IN) | BIT(TO);

	return is_in(tag_at(attacher, right->end), finite) && left->tokens.begin &&
	       is_in(tag_at(attacher, left->tokens.begin - 1), governs);
}

static void coordinate(const struct attacher *attacher, uint32_t i)
{
	struct quoth_chunk *left = &attacher->chunks[i], *right;

	if (left->next >= attacher->n || left->is_time || left->category == QUOTH_CHUNK_THING)
		return;
	right = &attacher->chunks[left->next];
	if (right->is_time || !coordinates(attacher, left, right) || begins_a_clause(attacher, left, right))
		return;
	if (left->category == right->category ||
	    (left->category == QUOTH_CHUNK_PRONOUN && right->category == QUOTH_CHUNK_PERSON_NAME) ||
	    (left->category == QUOTH_CHUNK_PERSON_NAME && right->category == QUOTH_CHUNK_PERSON)) {
		left->group_end = right->group_end;
		right->is_coordinated = true;
	}
}

void quoth_chunks_attach(const struct quoth_document *doc, const struct quoth_lexicon *lexicon,
			 struct quoth_chunk *chunks, uint32_t n)
{
	struct attacher attacher = {doc, lexicon, chunks, n, quoth_form_hash("of", 2)};

	for (uint32_t i = n; i-- > 0;) {
		attach(&attacher, i);
		coordinate(&attacher, i);
	}
}
