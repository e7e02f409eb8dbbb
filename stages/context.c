#include "stages/context.h"

#include "stages/features.h"

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

#define ALWAYS_INLINE inline __attribute__((always_inline))

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

/* wide[i] = cells[i], for LANES of them. */
typedef void widen_function(const int8_t *cells, shorts16 *wide);

static ALWAYS_INLINE void widen_plainly(const int8_t *cells, shorts16 *wide)
{
	bytes16 some;

	memcpy(&some, cells, sizeof some);
	*wide = __builtin_convertvector(some, shorts16);
}

#ifdef __x86_64__
/* Registers hold a block of 13 vectors: all sums in vectors of eight, half of them in vectors of four. Each has a name and is
 * done with before the next, since gcc 12 would keep an array of them, or all their products, in memory. */
enum { BLOCK = 13 };

_Static_assert(N_SUMS == 8 * BLOCK, "the blocks hold all sums");

#define FOR_BLOCK(X, ...) \
	X(0, __VA_ARGS__) X(1, __VA_ARGS__) X(2, __VA_ARGS__) X(3, __VA_ARGS__) X(4, __VA_ARGS__) X(5, __VA_ARGS__) X(6, __VA_ARGS__) \
	X(7, __VA_ARGS__) X(8, __VA_ARGS__) X(9, __VA_ARGS__) X(10, __VA_ARGS__) X(11, __VA_ARGS__) X(12, __VA_ARGS__)
#define BEGIN_SUM(b, VECTOR) VECTOR sum##b = {0};
#define ADD_TO_SUM(b, MULTIPLY, ADD) \
	sum##b = ADD(sum##b, MULTIPLY(row[b], pair)); \
	__asm__("" : "+x"(sum##b));
#define STORE_SUM(b, BLOCK_OF_SUMS) BLOCK_OF_SUMS[b] = sum##b;

#define DEFINE_SUM_UP(NAME, MACHINE, VECTOR, SPREAD, MULTIPLY, ADD) \
	__attribute__((target(MACHINE))) static void NAME(const int16_t (*inner)[N_SUMS][2], const int16_t *held, int32_t *sums) \
	{ \
		for (unsigned first = 0; first < N_SUMS; first += BLOCK * sizeof(VECTOR) / sizeof *sums) { \
			VECTOR##_u *block = (VECTOR##_u *)(sums + first); \
			FOR_BLOCK(BEGIN_SUM, VECTOR) \
\
			for (unsigned k = 0; k < N_UNITS / 2; k++) { \
				const VECTOR##_u *row = (const VECTOR##_u *)inner[k][first]; \
				int32_t both; \
				VECTOR pair; \
\
				memcpy(&both, held + 2 * k, sizeof both); \
				pair = SPREAD(both); \
				FOR_BLOCK(ADD_TO_SUM, MULTIPLY, ADD) \
			} \
			FOR_BLOCK(STORE_SUM, block) \
		} \
	}

DEFINE_SUM_UP(sum_up_by_eights, "avx2", __m256i, _mm256_set1_epi32, _mm256_madd_epi16, _mm256_add_epi32)
DEFINE_SUM_UP(sum_up_by_fours, "sse2", __m128i, _mm_set1_epi32, _mm_madd_epi16, _mm_add_epi32)

/* What gcc 12 makes of the plain version takes three times as many instructions. */
__attribute__((target("avx2"))) static ALWAYS_INLINE void widen_sixteen(const int8_t *cells, shorts16 *wide)
{
	*(__m256i *)wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i_u *)cells));
}
#else
static void sum_up_plainly(const int16_t (*inner)[N_SUMS][2], const int16_t *held, int32_t *sums)
{
	memset(sums, 0, N_SUMS * sizeof *sums);
	for (unsigned k = 0; k < N_UNITS / 2; k++)
		for (unsigned s = 0; s < N_SUMS; s++)
			sums[s] += inner[k][s][0] * held[2 * k] + inner[k][s][1] * held[2 * k + 1];
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
static ALWAYS_INLINE void step(const int16_t *input, const int32_t *sums, int16_t *held)
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
static ALWAYS_INLINE void add_rows(const int8_t *cells, const uint16_t *rows, widen_function *widen, shorts16 *input)
{
	shorts16 sums[N_INPUTS];
	unsigned n = 0;

	for (unsigned k = 0; k < N_INPUTS; k++)
		sums[k] = (shorts16){0};
	do {
		const int8_t *row = cells + (size_t)rows[n] * 2 * N_GATES;

		for (unsigned k = 0; k < N_INPUTS; k++) {
			shorts16 wide;

			widen(row + k * LANES, &wide);
			sums[k] += wide;
		}
	} while (++n < N_ROWS && rows[n] != QUOTH_CONTEXT_ALWAYS);
	for (unsigned k = 0; k < N_INPUTS; k++)
		input[k] = sums[k];
}

/* Asks the cache for a token's rows in one direction, but for the one that every token has. */
static ALWAYS_INLINE void ask_for_rows(const int8_t *cells, const uint16_t *rows)
{
	for (unsigned n = 1; n < N_ROWS; n++) {
		const int8_t *row = cells + (size_t)rows[n] * 2 * N_GATES;

		__builtin_prefetch(row);
		__builtin_prefetch(row + N_GATES - 1);
	}
}

struct reading {
	uint32_t n_tokens;
	const struct quoth_context_model *model;
	uint16_t (*rows)[N_ROWS];	/* of each token */
	int32_t (*sums)[N_BELIEFS];	/* what it is believed to be, of both directions */
};

static ALWAYS_INLINE void add_beliefs(const int32_t *sums, int32_t *beliefs)
{
	for (unsigned b = 0; b < N_BELIEFS; b++)
		beliefs[b] += sums[N_GATES + b];
}

/* One step of each direction in turn: neither has to wait for the other's. */
static ALWAYS_INLINE void read_both_ways(const struct reading *reading, widen_function *widen, sum_up_function *sum_up)
{
	enum { AHEAD = 4 };	/* words whose rows the cache is asked for */
	const int8_t *cells = reading->model->rows;
	uint32_t n_tokens = reading->n_tokens;
	int16_t held[2][N_UNITS] = {{0}};
	int32_t sums[2][N_SUMS] __attribute__((aligned(32))) = {{0}};

	for (uint32_t k = 0; k < n_tokens; k++) {
		const uint32_t tokens[2] = {k, n_tokens - 1 - k};
		shorts16 input[2][N_INPUTS];

		for (unsigned d = 0; d < 2; d++) {
			if (n_tokens - k > AHEAD)
				ask_for_rows(cells + d * N_GATES, reading->rows[d ? tokens[d] - AHEAD : tokens[d] + AHEAD]);
			add_rows(cells + d * N_GATES, reading->rows[tokens[d]], widen, input[d]);
		}
		for (unsigned d = 0; d < 2; d++)
			step((const int16_t *)input[d], sums[d], held[d]);
		for (unsigned d = 0; d < 2; d++) {
			/* the sums after a word hold what it is believed to be, and what the next word starts from */
			sum_up(reading->model->weights->inner[d], held[d], sums[d]);
			add_beliefs(sums[d], reading->sums[tokens[d]]);
		}
	}
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static void read_by_eights(const struct reading *reading)
{
	read_both_ways(reading, widen_sixteen, sum_up_by_eights);
}

static void read_by_fours(const struct reading *reading)
{
	read_both_ways(reading, widen_plainly, sum_up_by_fours);
}

static void read_tokens(const struct reading *reading)
{
	if (__builtin_cpu_supports("avx2"))
		read_by_eights(reading);
	else
		read_by_fours(reading);
}
#else
static void read_tokens(const struct reading *reading)
{
	read_both_ways(reading, widen_plainly, sum_up_plainly);
}
#endif

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
	struct reading reading = {.n_tokens = n_tokens, .model = model};

	reading.sums = quoth_arena_array(syntax->doc->arena, n_tokens, sizeof *reading.sums);
	reading.rows = quoth_arena_array(syntax->doc->arena, n_tokens, sizeof *reading.rows);
	if (!reading.sums || !reading.rows)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 0; i < n_tokens; i++) {
		quoth_context_rows(syntax, &model->features, model->n_rows, i, reading.rows[i]);
		memcpy(reading.sums[i], model->weights->bias, sizeof reading.sums[i]);
	}
	read_tokens(&reading);
	for (uint32_t i = 0; i < n_tokens; i++)
		for (unsigned b = 0; b < N_BELIEFS; b++)
			syntax->tokens[i].beliefs[b] = belief_of(reading.sums[i][b]);
	for (uint32_t s = 0; s < syntax->doc->n_sentences; s++)
		sum_up_sentence(syntax, s);
	return 0;
}
