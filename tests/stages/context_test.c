#include "stages/context.h"

#include "tests/stages/learned_fixture.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

enum { N_UNITS = QUOTH_N_CONTEXT_UNITS, N_GATES = QUOTH_N_CONTEXT_GATES };

static const char text[] = "Maria Lopez said on Tuesday that the bridge would be late. “It is the weather,” she added, “and the money.” "
			   "Critics, among them two engineers, disagree.\n\nThe works began in May.";

static void read_text(const char *from)
{
	read_learned(from, strlen(from));
}

/* ---- the same arithmetic, a unit and a product at a time ---- */

static int64_t clamp(int64_t x, int64_t least, int64_t most)
{
	return x < least ? least : x > most ? most : x;
}

static int64_t gate(int64_t sum)
{
	return clamp((sum >> (QUOTH_CONTEXT_INNER_BITS + 2)) + 2048, 0, 4096);
}

static void plain_direction(const struct quoth_context_model *model, unsigned direction, int64_t (*sums)[QUOTH_N_CONTEXT_BELIEFS])
{
	int64_t held[N_UNITS] = {0}, next[N_UNITS];
	uint32_t n = learned.doc.n_tokens;

	for (uint32_t k = 0; k < n; k++) {
		uint32_t token = direction ? n - 1 - k : k, features[QUOTH_N_CONTEXT_FEATURES];
		int64_t input[N_GATES], inner[QUOTH_N_CONTEXT_SUMS] = {0};

		quoth_context_features(&learned.syntax, token, features);
		for (unsigned g = 0; g < N_GATES; g++) {
			input[g] = model->rows[direction * N_GATES + g];
			for (unsigned f = 0; f < QUOTH_N_CONTEXT_FEATURES; f++) {
				uint32_t row = quoth_words_find(&model->features, features[f]);

				if (row)
					input[g] += model->rows[((size_t)(row - 1) * 2 + direction) * N_GATES + g];
			}
		}
		for (unsigned s = 0; s < N_GATES; s++)
			for (unsigned u = 0; u < N_UNITS; u++)
				inner[s] += held[u] * model->weights->inner[direction][u / 2][s][u % 2];
		for (unsigned u = 0; u < N_UNITS; u++) {
			int64_t old = gate(inner[u] + input[u] * 65536), keep = gate(inner[N_UNITS + u] + input[N_UNITS + u] * 65536);
			int64_t new = clamp(input[2 * N_UNITS + u] * 64 + (old * (inner[2 * N_UNITS + u] >> 10) >> 12), -4096, 4096);

			next[u] = new + (keep * (held[u] - new) >> 12);
		}
		memcpy(held, next, sizeof held);
		for (unsigned b = 0; b < QUOTH_N_CONTEXT_BELIEFS; b++)
			for (unsigned u = 0; u < N_UNITS; u++)
				sums[token][b] += held[u] * model->weights->inner[direction][u / 2][N_GATES + b][u % 2];
	}
}

START_TEST(vectors_and_plain_numbers_believe_the_same)
{
	int64_t (*sums)[QUOTH_N_CONTEXT_BELIEFS];
	unsigned n_sure = 0;

	read_text(text);
	sums = calloc(learned.doc.n_tokens, sizeof *sums);
	ck_assert_ptr_nonnull(sums);
	plain_direction(&learned.models.context, 0, sums);
	plain_direction(&learned.models.context, 1, sums);
	for (uint32_t i = 0; i < learned.doc.n_tokens; i++)
		for (unsigned b = 0; b < QUOTH_N_CONTEXT_BELIEFS; b++) {
			int64_t sum = sums[i][b] + learned.models.context.weights->bias[b];
			int64_t belief = clamp((sum + (1 << 21)) >> 22, -QUOTH_MAX_BELIEF, QUOTH_MAX_BELIEF);

			ck_assert_int_eq(learned.syntax.tokens[i].beliefs[b], belief);
			n_sure += belief > 1 || belief < -1;
		}
	ck_assert_uint_gt(n_sure, learned.doc.n_tokens);
	free(sums);
}
END_TEST

static int belief(const char *word, enum quoth_belief of)
{
	return learned.syntax.tokens[find_learned(word)].beliefs[of];
}

START_TEST(what_is_said_is_told_from_who_says_it)
{
	read_text(text);
	ck_assert_int_gt(belief("said", QUOTH_BELIEVED_CUE), 0);
	ck_assert_int_lt(belief("bridge", QUOTH_BELIEVED_CUE), 0);
	ck_assert_int_gt(belief("Lopez", QUOTH_BELIEVED_SOURCE), 0);
	ck_assert_int_lt(belief("weather", QUOTH_BELIEVED_SOURCE), 0);
	ck_assert_int_gt(belief("bridge", QUOTH_BELIEVED_CONTENT), 0);
	ck_assert_int_gt(belief("money", QUOTH_BELIEVED_CONTENT), 0);
	ck_assert_int_lt(belief("added", QUOTH_BELIEVED_CONTENT), 0);
	ck_assert_int_lt(belief("works", QUOTH_BELIEVED_CONTENT), 0);
}
END_TEST

START_TEST(words_far_away_count)
{
	int said, stated;

	read_text("The bridge, a narrow one of wood over the river that the town has had for years, is late, Maria Lopez said.");
	said = belief("bridge", QUOTH_BELIEVED_CONTENT);
	read_text("The bridge, a narrow one of wood over the river that the town has had for years, is late, and nobody came.");
	stated = belief("bridge", QUOTH_BELIEVED_CONTENT);
	ck_assert_int_gt(said, stated);
}
END_TEST

START_TEST(reading_again_changes_nothing)
{
	int8_t before[QUOTH_N_CONTEXT_BELIEFS];
	uint32_t bridge;

	read_text(text);
	bridge = find_learned("bridge");
	memcpy(before, learned.syntax.tokens[bridge].beliefs, sizeof before);
	ck_assert_int_eq(quoth_context_read(&learned.syntax, &learned.models.context), 0);
	ck_assert_mem_eq(before, learned.syntax.tokens[bridge].beliefs, sizeof before);
}
END_TEST

START_TEST(an_empty_document_has_no_beliefs)
{
	read_text("");
	ck_assert_int_eq(quoth_context_read(&learned.syntax, &learned.models.context), 0);
	ck_assert_uint_eq(quoth_syntax_belief(&learned.syntax, 0, QUOTH_BELIEVED_CUE), QUOTH_NO_BELIEF);
	ck_assert_uint_eq(quoth_syntax_belief(&learned.syntax, -1, QUOTH_BELIEVED_CUE), QUOTH_NO_BELIEF);
}
END_TEST

START_TEST(without_memory_nothing_is_read)
{
	read_text(text);
	quoth_arena_limit(learned.arena, 1);
	ck_assert_int_eq(quoth_context_read(&learned.syntax, &learned.models.context), QUOTH_NO_MEMORY);
	quoth_arena_limit(learned.arena, 0);
}
END_TEST

/* ---- the model's tables ---- */

static int8_t rows[3 * 2 * N_GATES];	/* two of a model, and one beyond it */
static struct quoth_context_weights weights;
static struct quoth_word_slot slots[2];

static bool is_found(uint64_t weights_size, uint64_t rows_size)
{
	struct quoth_table tables[] = {
		{.name = "attribute.context", .about = "", .bytes = &weights, .size = weights_size, .kind = QUOTH_TABLE_BYTES},
		{.name = "attribute.context.rows", .about = "", .bytes = rows, .size = rows_size, .kind = QUOTH_TABLE_BYTES, .n_rows = 2},
		{.name = "attribute.context.features", .about = "", .bytes = slots, .size = sizeof slots, .kind = QUOTH_TABLE_WORDS, .n_rows = 2},
	};
	struct quoth_context_model context;
	struct quoth_report report;
	struct quoth_model *model;
	bool is;

	ck_assert_int_eq(quoth_model_from_tables(&model, tables, 3, &report), 0);
	is = quoth_context_model_find(model, &context);
	quoth_model_close(model);
	return is;
}

START_TEST(tables_of_another_shape_are_no_model)
{
	const uint64_t size = 2 * 2 * N_GATES;

	ck_assert(is_found(sizeof weights, size));
	ck_assert(!is_found(sizeof weights - 4, size));
	ck_assert(!is_found(sizeof weights, size / 2));
}
END_TEST

START_TEST(features_beyond_the_rows_are_passed_over)
{
	struct quoth_context_model context = {.rows = rows, .weights = &weights, .n_rows = 2};
	uint32_t features[QUOTH_N_CONTEXT_FEATURES];

	read_text(text);
	quoth_context_features(&learned.syntax, 0, features);
	slots[0] = slots[1] = (struct quoth_word_slot){0};
	slots[quoth_words_begin(features[0], 1)] = (struct quoth_word_slot){features[0], 3};
	context.features = (struct quoth_words){slots, 1};
	ck_assert_uint_eq(quoth_words_find(&context.features, features[0]), 3);
	/* the row beyond the model would make a cue of the token, which the same row inside of it does */
	memset(rows + 2 * 2 * N_GATES, 127, 2 * N_GATES);
	memset(rows + 2 * 2 * N_GATES + N_UNITS, -128, N_UNITS);	/* nothing is kept of before */
	for (unsigned u = 0; u < N_UNITS; u++)
		weights.inner[0][u / 2][N_GATES + QUOTH_BELIEVED_CUE][u % 2] = 1 << QUOTH_CONTEXT_INNER_BITS;
	ck_assert_int_eq(quoth_context_read(&learned.syntax, &context), 0);
	for (uint32_t i = 0; i < learned.doc.n_tokens; i++)
		ck_assert_int_eq(learned.syntax.tokens[i].beliefs[QUOTH_BELIEVED_CUE], 0);
	context.n_rows = 3;
	ck_assert_int_eq(quoth_context_read(&learned.syntax, &context), 0);
	ck_assert_int_eq(learned.syntax.tokens[0].beliefs[QUOTH_BELIEVED_CUE], QUOTH_MAX_BELIEF);
}
END_TEST

Suite *context_suite(void)
{
	Suite *suite = suite_create("context");
	TCase *tcase = tcase_create("context");

	tcase_add_checked_fixture(tcase, open_learned, close_learned);
	tcase_add_test(tcase, vectors_and_plain_numbers_believe_the_same);
	tcase_add_test(tcase, what_is_said_is_told_from_who_says_it);
	tcase_add_test(tcase, words_far_away_count);
	tcase_add_test(tcase, reading_again_changes_nothing);
	tcase_add_test(tcase, an_empty_document_has_no_beliefs);
	tcase_add_test(tcase, without_memory_nothing_is_read);
	tcase_add_test(tcase, tables_of_another_shape_are_no_model);
	tcase_add_test(tcase, features_beyond_the_rows_are_passed_over);
	suite_add_tcase(suite, tcase);
	return suite;
}
