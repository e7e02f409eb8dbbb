#include "stages/context.h"

#include "stages/features.h"
#include "stages/machines.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

enum {
	N_UNITS = QUOTH_N_CONTEXT_UNITS,
	N_GATES = QUOTH_N_CONTEXT_GATES,
	N_SUMS = QUOTH_N_CONTEXT_SUMS,
	N_BELIEFS = QUOTH_N_CONTEXT_BELIEFS,
	N_ROWS = QUOTH_N_CONTEXT_ROWS,
	LANES = 16,
	N_INPUTS = N_GATES / LANES,
	ONE = 1 << QUOTH_CONTEXT_STATE_BITS,
};

typedef int8_t bytes16 __attribute__((vector_size(16)));
typedef int16_t shorts16 __attribute__((vector_size(32)));

bool quoth_context_model_find(const struct quoth_model *model, struct quoth_context_model *context)
{
	const struct quoth_table *weights = quoth_model_find(model, "attribute.context");
	const struct quoth_table *rows = quoth_model_find(model, "attribute.context.rows");

	if (!weights || weights->size != sizeof *context->weights || !rows || rows->n_rows == 0 || rows->n_rows > UINT16_MAX ||
	    rows->size != (uint64_t)rows->n_rows * 2 * N_GATES || !quoth_model_words(model, "attribute.context.features", &context->features))
		return false;
	context->n_rows = rows->n_rows;
	context->weights = weights->bytes;
	context->rows = rows->bytes;
	return true;
}

void quoth_context_features(const struct quoth_syntax *syntax, uint32_t token, uint32_t *features)
{
	struct quoth_features f = quoth_features_begin(features, QUOTH_N_CONTEXT_FEATURES, false);
	const struct quoth_document *doc = syntax->doc;
	const struct quoth_token *at = doc->tokens + token;
	const struct quoth_syntax_token *t = syntax->tokens + token;
	const struct quoth_sentence *sentence = doc->sentences + at->sentence;
	const struct quoth_paragraph *paragraph = doc->paragraphs + sentence->paragraph;
	const struct quoth_lexeme *lexeme = quoth_lexeme_at(syntax->lexicon, at->lexeme);
	uint32_t is_quoted = quoth_syntax_is_quoted(syntax, token);
	uint32_t opens = token != sentence->tokens.begin ? 0 : token != paragraph->tokens.begin ? 1 : 2;

	quoth_add1(&f, 1, t->word);
	quoth_add1(&f, 2, at->tag);
	quoth_add1(&f, 3, t->prefix10);
	quoth_add1(&f, 4, t->prefix6);
	quoth_add2(&f, 5, is_quoted, t->is_mark ? t->word : 0);
	quoth_add2(&f, 6, lexeme->cue_class, lexeme->frame);
	quoth_add2(&f, 7, opens, paragraph->kind);
	quoth_add3(&f, 8, is_quoted, at->tag, quoth_syntax_tag(syntax, (int64_t)token - 1));
}

/* ---- one step ---- */

/* sums[s] = the inner weights of all units for s times what the units hold. One version for each width of vectors that
 * multiplies pairs of 16-bit numbers and adds the products, which no generic vector does. */
typedef void sum_up_function(const int16_t (*inner)[N_SUMS][2], const int16_t *held, int32_t *sums);

#ifdef __x86_64__
/* Registers hold a block of 13 vectors: all sums in vectors of eight, half of them in vectors of four. */
enum { BLOCK = 13 };

_Static_assert(N_SUMS == 8 * BLOCK, "the blocks hold all sums");

__attribute__((target("avx2"))) static void sum_up_by_eights(const int16_t (*inner)[N_SUMS][2], const int16_t *held, int32_t *sums)
{
	__m256i block[BLOCK];

	for (unsigned b = 0; b < BLOCK; b++)
		block[b] = _mm256_setzero_si256();
	for (unsigned k = 0; k < N_UNITS / 2; k++) {
		const __m256i *row = (const __m256i *)inner[k];
		int32_t both;
		__m256i pair;

		memcpy(&both, held + 2 * k, sizeof both);
		pair = _mm256_set1_epi32(both);
		for (unsigned b = 0; b < BLOCK; b++)
			block[b] = _mm256_add_epi32(block[b], _mm256_madd_epi16(_mm256_loadu_si256(row + b), pair));
	}
	for (unsigned b = 0; b < BLOCK; b++)
		_mm256_storeu_si256((__m256i *)sums + b, block[b]);
}

static void sum_up_by_fours(const int16_t (*inner)[N_SUMS][2], const int16_t *held, int32_t *sums)
{
	for (unsigned half = 0; half < 2; half++) {
		__m128i block[BLOCK];

		for (unsigned b = 0; b < BLOCK; b++)
			block[b] = _mm_setzero_si128();
		for (unsigned k = 0; k < N_UNITS / 2; k++) {
			const __m128i *row = (const __m128i *)inner[k] + half * BLOCK;
			int32_t both;
			__m128i pair;

			memcpy(&both, held + 2 * k, sizeof both);
			pair = _mm_set1_epi32(both);
			for (unsigned b = 0; b < BLOCK; b++)
				block[b] = _mm_add_epi32(block[b], _mm_madd_epi16(_mm_loadu_si128(row + b), pair));
		}
		for (unsigned b = 0; b < BLOCK; b++)
			_mm_storeu_si128((__m128i *)sums + half * BLOCK + b, block[b]);
	}
}

static sum_up_function *choose_sum_up(void)
{
	return __builtin_cpu_supports("avx2") ? sum_up_by_eights : sum_up_by_fours;
}
#else
static void sum_up_plainly(const int16_t (*inner)[N_SUMS][2], const int16_t *held, int32_t *sums)
{
	memset(sums, 0, N_SUMS * sizeof *sums);
	for (unsigned k = 0; k < N_UNITS / 2; k++)
		for (unsigned s = 0; s < N_SUMS; s++)
			sums[s] += inner[k][s][0] * held[2 * k] + inner[k][s][1] * held[2 * k + 1];
}

static sum_up_function *choose_sum_up(void)
{
	return sum_up_plainly;
}
#endif

static inline int32_t clamp(int32_t x, int32_t least, int32_t most)
{
	return x < least ? least : x > most ? most : x;
}

/* A gate: half open at 0, shut below -2, open above 2. */
static inline int32_t gate_of(int32_t sum)
{
	return clamp((sum >> (QUOTH_CONTEXT_INNER_BITS + 2)) + ONE / 2, 0, ONE);
}

/* What the units hold after a word with these inputs, before it with these sums. */
static inline __attribute__((always_inline)) void step(const int16_t *input, const int32_t *sums, int16_t *held)
{
	enum { UP = QUOTH_CONTEXT_SUM_BITS - QUOTH_CONTEXT_ROW_BITS };

	for (unsigned u = 0; u < N_UNITS; u++) {
		int32_t old = gate_of(sums[u] + input[u] * (1 << UP));
		int32_t keep = gate_of(sums[N_UNITS + u] + input[N_UNITS + u] * (1 << UP));
		int32_t inner = clamp(sums[2 * N_UNITS + u] >> QUOTH_CONTEXT_INNER_BITS, -32 * ONE, 32 * ONE);
		int32_t new = input[2 * N_UNITS + u] * (1 << (QUOTH_CONTEXT_STATE_BITS - QUOTH_CONTEXT_ROW_BITS)) +
			      (old * inner >> QUOTH_CONTEXT_STATE_BITS);

		new = clamp(new, -ONE, ONE);
		held[u] = (int16_t)(new + (keep * (held[u] - new) >> QUOTH_CONTEXT_STATE_BITS));
	}
}

/* ---- a document ---- */

void quoth_context_rows(const struct quoth_syntax *syntax, const struct quoth_words *features, uint32_t n_rows, uint32_t token,
			uint16_t rows[QUOTH_N_CONTEXT_ROWS])
{
	uint32_t of_token[QUOTH_N_CONTEXT_FEATURES];
	unsigned n = 1;

	memset(rows, 0, N_ROWS * sizeof *rows);
	quoth_context_features(syntax, token, of_token);
	for (unsigned i = 0; i < QUOTH_N_CONTEXT_FEATURES; i++) {
		uint32_t value = quoth_words_find(features, of_token[i]);

		if (value > 0 && value <= n_rows)
			rows[n++] = (uint16_t)(value - 1);
	}
}

/* input[g] = the sum of the rows' cells. */
static inline __attribute__((always_inline)) void add_rows(const int8_t *cells, const uint16_t *rows, shorts16 *input)
{
	shorts16 sums[N_INPUTS];
	unsigned n = 0;

	for (unsigned k = 0; k < N_INPUTS; k++)
		sums[k] = (shorts16){0};
	do {
		const int8_t *row = cells + (size_t)rows[n] * 2 * N_GATES;

		for (unsigned k = 0; k < N_INPUTS; k++) {
			bytes16 some;

			memcpy(&some, row + k * sizeof some, sizeof some);
			sums[k] += __builtin_convertvector(some, shorts16);
		}
	} while (++n < N_ROWS && rows[n] != QUOTH_CONTEXT_ALWAYS);
	for (unsigned k = 0; k < N_INPUTS; k++)
		input[k] = sums[k];
}

struct reading {
	uint32_t n_tokens;
	const struct quoth_context_model *model;
	sum_up_function *sum_up;
	uint16_t (*rows)[N_ROWS];	/* of each token */
	int32_t (*sums)[N_BELIEFS];	/* what it is believed to be, from the directions read so far */
};

static inline __attribute__((always_inline)) void add_beliefs(const int32_t *sums, int32_t *beliefs)
{
	for (unsigned b = 0; b < N_BELIEFS; b++)
		beliefs[b] += sums[N_GATES + b];
}

QUOTH_FOR_EACH_MACHINE
static void read_direction(const struct reading *reading, unsigned direction)
{
	const int16_t (*inner)[N_SUMS][2] = reading->model->weights->inner[direction];
	const int8_t *cells = reading->model->rows + (size_t)direction * N_GATES;
	uint32_t n_tokens = reading->n_tokens;
	int16_t held[N_UNITS] = {0};
	shorts16 input[N_INPUTS];
	int32_t sums[N_SUMS] __attribute__((aligned(16))) = {0};

	for (uint32_t k = 0; k < n_tokens; k++) {
		uint32_t token = direction ? n_tokens - 1 - k : k;

		add_rows(cells, reading->rows[token], input);
		step((const int16_t *)input, sums, held);
		/* the sums after a word hold what it is believed to be, and what the next word starts from */
		reading->sum_up(inner, held, sums);
		add_beliefs(sums, reading->sums[token]);
	}
}

static int8_t belief_of(int32_t sum)
{
	enum { HALF = 1 << (QUOTH_CONTEXT_SUM_BITS - 1) };

	return (int8_t)clamp((sum + HALF) >> QUOTH_CONTEXT_SUM_BITS, -QUOTH_MAX_BELIEF, QUOTH_MAX_BELIEF);
}

/* Sums a sentence up once, which is part of many cues' windows. */
static void sum_up_sentence(struct quoth_syntax *syntax, uint32_t s)
{
	struct quoth_syntax_sentence *entry = syntax->sentences + s;
	struct quoth_range tokens = syntax->doc->sentences[s].tokens;
	uint32_t n = 0, said = 0, most_cue = 0;

	for (uint32_t i = tokens.begin; i < tokens.end; i++) {
		uint32_t cue = quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_CUE);

		if (syntax->tokens[i].is_mark)
			continue;
		said += quoth_syntax_belief(syntax, i, QUOTH_BELIEVED_CONTENT);
		most_cue = cue > most_cue ? cue : most_cue;
		n++;
	}
	entry->said = (uint8_t)(n ? said / n : QUOTH_NO_BELIEF);
	entry->most_cue = (uint8_t)most_cue;
}

int quoth_context_read(struct quoth_syntax *syntax, const struct quoth_context_model *model)
{
	uint32_t n_tokens = syntax->doc->n_tokens;
	struct reading reading = {.n_tokens = n_tokens, .model = model, .sum_up = choose_sum_up()};

	reading.sums = quoth_arena_array(syntax->doc->arena, n_tokens, sizeof *reading.sums);
	reading.rows = quoth_arena_array(syntax->doc->arena, n_tokens, sizeof *reading.rows);
	if (!reading.sums || !reading.rows)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < n_tokens; i++) {
		quoth_context_rows(syntax, &model->features, model->n_rows, i, reading.rows[i]);
		memcpy(reading.sums[i], model->weights->bias, sizeof reading.sums[i]);
	}
	read_direction(&reading, 0);
	read_direction(&reading, 1);
	for (uint32_t i = 0; i < n_tokens; i++)
		for (unsigned b = 0; b < N_BELIEFS; b++)
			syntax->tokens[i].beliefs[b] = belief_of(reading.sums[i][b]);
	for (uint32_t s = 0; s < syntax->doc->n_sentences; s++)
		sum_up_sentence(syntax, s);
	return 0;
}
