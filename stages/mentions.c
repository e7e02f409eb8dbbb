#include "stages/mentions.h"

#include "stages/lexicon.h"
#include "stages/mentions_chunks.h"
#include "stages/mentions_describe.h"

#define BIT(name) QUOTH_TAG_BIT(name)

/* A sentence is read in pieces of this many tokens: no sentence of a language is longer, and memory stays bounded. */
enum { MAX_PIECE = 4096 };

struct builder {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	struct quoth_chunk *chunks;	/* of the piece at hand */
	uint32_t *mention_of;		/* chunk to mention, QUOTH_NONE */
	uint32_t n_chunks;
	uint32_t size;			/* mentions there is room for */
};

static bool is_in(unsigned tag, uint64_t set)
{
	return ((uint64_t)1 << tag & set) != 0;
}

/* ---- adding mentions ---- */

static struct quoth_mention *add(struct builder *builder, struct quoth_range tokens, uint32_t base_end, uint32_t head,
				 uint8_t kind)
{
	struct quoth_document *doc = builder->doc;
	struct quoth_mention *mention;

	if (doc->n_mentions == builder->size) {
		uint32_t larger = builder->size ? 2 * builder->size : 64;
		struct quoth_mention *grown = quoth_arena_grow(doc->arena, doc->mentions,
							       builder->size * sizeof *grown, larger * sizeof *grown);

		if (!grown)
			return NULL;
		doc->mentions = grown;
		builder->size = larger;
	}
	mention = &doc->mentions[doc->n_mentions++];
	*mention = (struct quoth_mention){
		.tokens = tokens, .head = head, .kind = kind,
		.apposition = QUOTH_NONE, .outer = QUOTH_NONE, .entity = QUOTH_NONE,
	};
	quoth_mention_describe(doc, builder->lexicon, base_end, mention);
	return mention;
}

/* Names inside a chunk that no other mention stands for: "Clinton" of "Clinton aides". */
static int add_inner_names(struct builder *builder, const struct quoth_chunk *chunk)
{
	const struct quoth_token *tokens = builder->doc->tokens;

	for (uint32_t i = chunk->tokens.begin; i < chunk->tokens.end;) {
		uint32_t end = i + 1;
		bool is_head;

		if (!tokens[i].name || tokens[i].name == QUOTH_NAME_OTHER) {
			i++;
			continue;
		}
		while (end < chunk->tokens.end && tokens[end].name == tokens[i].name)
			end++;
		is_head = chunk->head >= i && chunk->head < end;
		for (unsigned p = 0; p < chunk->n_possessors; p++)
			is_head |= chunk->possessors[p] == end;
		if (!is_head && !add(builder, (struct quoth_range){i, end}, end, end - 1, QUOTH_NAME_MENTION))
			return QUOTH_NO_MEMORY;
		i = end;
	}
	return 0;
}

static int add_group(struct builder *builder, const struct quoth_chunk *chunk)
{
	struct quoth_mention *group = add(builder, (struct quoth_range){chunk->tokens.begin, chunk->group_end},
					  chunk->tokens.end, chunk->head, chunk->kind);

	if (!group)
		return QUOTH_NO_MEMORY;
	group->kind = QUOTH_NOMINAL_MENTION;
	group->is_group = true;
	group->name = group->title = group->affiliation = (struct quoth_range){0, 0};
	group->number = QUOTH_PLURAL;
	group->gender = QUOTH_GENDER_UNKNOWN;
	return 0;
}

/* A chunk's mentions, the outer ones first. */
static int add_chunk(struct builder *builder, uint32_t c)
{
	const struct quoth_chunk *chunk = &builder->chunks[c];
	uint32_t begin = chunk->tokens.begin;

	builder->mention_of[c] = QUOTH_NONE;
	if (!chunk->is_time) {
		if (chunk->group_end > chunk->end && !chunk->is_coordinated && add_group(builder, chunk))
			return QUOTH_NO_MEMORY;
		builder->mention_of[c] = builder->doc->n_mentions;
		if (!add(builder, (struct quoth_range){begin, chunk->end}, chunk->tokens.end, chunk->head, chunk->kind))
			return QUOTH_NO_MEMORY;
	}
	for (unsigned p = chunk->n_possessors; p-- > 0;) {
		uint32_t end = chunk->possessors[p];

		if (!add(builder, (struct quoth_range){begin, end}, end, end - 1, QUOTH_NOMINAL_MENTION))
			return QUOTH_NO_MEMORY;
	}
	if (is_in(builder->doc->tokens[begin].tag, BIT(PRPS) | BIT(WPS)) && chunk->tokens.end > begin + 1 &&
	    !add(builder, (struct quoth_range){begin, begin + 1}, begin + 1, begin, QUOTH_PRONOUN_MENTION))
		return QUOTH_NO_MEMORY;
	return add_inner_names(builder, chunk);
}

/* ---- linking them ---- */

/* Where a description after a name may end. */
static bool closes(const struct quoth_document *doc, uint32_t i, uint32_t end)
{
	uint8_t mark = i < end ? doc->tokens[i].mark : QUOTH_STOP;

	return mark == QUOTH_COMMA || mark == QUOTH_STOP || mark == QUOTH_DASH || mark == QUOTH_CLOSE_BRACKET ||
	       mark == QUOTH_SEMICOLON || mark == QUOTH_COLON || is_in(doc->tokens[i].tag, BIT(WP) | BIT(WDT) | BIT(WPS));
}

/* The token where a description of what ends at `end` would begin: after a comma or dash, an age skipped; QUOTH_NONE. */
static uint32_t description_begin(const struct quoth_document *doc, uint32_t end, uint32_t limit)
{
	if (end + 1 >= limit || (doc->tokens[end].mark != QUOTH_COMMA && doc->tokens[end].mark != QUOTH_DASH))
		return QUOTH_NONE;
	if (end + 3 < limit && doc->tokens[end + 1].tag == QUOTH_TAG_CD && doc->tokens[end + 2].mark == QUOTH_COMMA)
		return end + 3;
	return end + 1;
}

/* "Maria Zakharova, the ministry's spokeswoman," and "his opponent, Jane Doe,". */
static void link_apposition(struct builder *builder, uint32_t c, uint32_t limit)
{
	struct quoth_chunk *left = &builder->chunks[c], *right = &builder->chunks[left->next];
	struct quoth_mention *first, *second;
	bool right_is_name = right->category == QUOTH_CHUNK_PERSON_NAME || right->category == QUOTH_CHUNK_BODY_NAME;

	if (right->tokens.begin != description_begin(builder->doc, left->end, limit) ||
	    !closes(builder->doc, right->end, limit) || builder->mention_of[c] == QUOTH_NONE ||
	    builder->mention_of[left->next] == QUOTH_NONE)
		return;
	if (!(left->category == QUOTH_CHUNK_PERSON_NAME && right->category == QUOTH_CHUNK_PERSON) &&
	    !(left->category == QUOTH_CHUNK_PERSON && right->category == QUOTH_CHUNK_PERSON_NAME) &&
	    !(left->category == QUOTH_CHUNK_BODY_NAME && right->category == QUOTH_CHUNK_BODY) &&
	    !(left->category == QUOTH_CHUNK_BODY && right->category == QUOTH_CHUNK_BODY_NAME))
		return;
	first = &builder->doc->mentions[builder->mention_of[c]];
	second = &builder->doc->mentions[builder->mention_of[left->next]];
	if (first->number == QUOTH_PLURAL || second->number == QUOTH_PLURAL)
		return;
	first->apposition = builder->mention_of[left->next];
	quoth_mention_lend(builder->doc, right_is_name ? second : first, right_is_name ? first : second);
}

/* "who" stands for the widest person that ends before it, "which" and "that" for the nearest noun. */
static void link_relative(struct builder *builder, uint32_t c)
{
	enum { MAX_CANDIDATES = 6 };
	const struct quoth_document *doc = builder->doc;
	struct quoth_mention *pronoun = &builder->doc->mentions[builder->mention_of[c]];
	uint32_t end = builder->chunks[c].tokens.begin;

	if (end > 0 && doc->tokens[end - 1].mark == QUOTH_COMMA)
		end--;
	for (uint32_t i = c, n = 0; i-- > 0 && n < MAX_CANDIDATES; n++) {
		const struct quoth_chunk *chunk = &builder->chunks[i];

		if (builder->mention_of[i] == QUOTH_NONE || chunk->end != end)
			continue;
		if (pronoun->apposition == QUOTH_NONE ||
		    (pronoun->is_animate && (chunk->category == QUOTH_CHUNK_PERSON ||
					     chunk->category == QUOTH_CHUNK_PERSON_NAME)))
			pronoun->apposition = builder->mention_of[i];
	}
	if (pronoun->apposition != QUOTH_NONE) {
		const struct quoth_mention *antecedent = &doc->mentions[pronoun->apposition];

		pronoun->number = antecedent->number;
		pronoun->gender = antecedent->gender;
		pronoun->is_animate |= antecedent->is_animate;
	}
}

static void link(struct builder *builder, uint32_t first_mention, uint32_t limit)
{
	struct quoth_document *doc = builder->doc;

	for (uint32_t c = 0; c < builder->n_chunks; c++) {
		const struct quoth_chunk *chunk = &builder->chunks[c];

		if (chunk->next < builder->n_chunks && chunk->group_end == chunk->end && !chunk->is_coordinated)
			link_apposition(builder, c, limit);
		if (builder->mention_of[c] != QUOTH_NONE && is_in(doc->tokens[chunk->head].tag, BIT(WP) | BIT(WDT)))
			link_relative(builder, c);
	}
	for (uint32_t m = first_mention; m < doc->n_mentions; m++) {
		uint32_t outer = m > first_mention ? m - 1 : QUOTH_NONE;

		while (outer != QUOTH_NONE && doc->mentions[outer].tokens.end < doc->mentions[m].tokens.end)
			outer = doc->mentions[outer].outer;
		doc->mentions[m].outer = outer;
	}
}

static int read_piece(struct builder *builder, struct quoth_range tokens)
{
	uint32_t first_mention = builder->doc->n_mentions;

	builder->n_chunks = quoth_chunks_find(builder->doc, builder->lexicon, tokens, builder->chunks);
	quoth_chunks_attach(builder->doc, builder->lexicon, builder->chunks, builder->n_chunks);
	for (uint32_t c = 0; c < builder->n_chunks; c++)
		if (add_chunk(builder, c))
			return QUOTH_NO_MEMORY;
	link(builder, first_mention, tokens.end);
	return 0;
}

static int read_document(struct builder *builder)
{
	struct quoth_document *doc = builder->doc;

	builder->chunks = quoth_arena_array(doc->arena, MAX_PIECE, sizeof *builder->chunks);
	builder->mention_of = quoth_arena_array(doc->arena, MAX_PIECE, sizeof *builder->mention_of);
	if (!builder->chunks || !builder->mention_of)
		return QUOTH_NO_MEMORY;
	for (uint32_t s = 0; s < doc->n_sentences; s++) {
		struct quoth_range piece = doc->sentences[s].tokens;
		uint32_t dateline_end = doc->paragraphs[doc->sentences[s].paragraph].dateline_end;

		if (quoth_range_holds(piece, dateline_end))
			piece.begin = dateline_end;
		for (; piece.begin < doc->sentences[s].tokens.end; piece.begin = piece.end) {
			piece.end = doc->sentences[s].tokens.end;
			if (piece.end - piece.begin > MAX_PIECE)
				piece.end = piece.begin + MAX_PIECE;
			if (read_piece(builder, piece))
				return QUOTH_NO_MEMORY;
		}
	}
	return 0;
}

int quoth_mentions(struct quoth_document *doc, const struct quoth_resources *res)
{
	struct builder builder = {.doc = doc, .lexicon = res->lexicon};
	int error;

	doc->mentions = NULL;
	doc->n_mentions = 0;
	error = read_document(&builder);
	if (error) {
		doc->mentions = NULL;
		doc->n_mentions = 0;
	}
	return error;
}
