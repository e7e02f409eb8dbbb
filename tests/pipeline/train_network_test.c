#include "pipeline/train_network.h"

#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

/* Words of four kinds: OPEN begins what is said and CLOSE ends it, however far away; OTHER stands anywhere. What comes before a
 * SIGN is a source: that is known from the right alone. */
enum { N = 40, N_SAMPLES = 16, OTHER = 1, OPEN, CLOSE, SIGN, N_ROWS };

static uint16_t rows[N_SAMPLES][N][QUOTH_N_CONTEXT_ROWS];
static uint8_t targets[N_SAMPLES][N][QUOTH_N_CONTEXT_BELIEFS];
static struct quoth_sample samples[N_SAMPLES];

static void make_samples(void)
{
	struct quoth_random random = quoth_random_new(1);

	memset(targets, 0, sizeof targets);
	for (unsigned s = 0; s < N_SAMPLES; s++) {
		unsigned open = 2 + quoth_random_below(&random, 6), close = open + 5 + quoth_random_below(&random, 15);
		unsigned sign = close + 3 + quoth_random_below(&random, 8);

		for (unsigned i = 0; i < N; i++) {
			rows[s][i][0] = QUOTH_CONTEXT_ALWAYS;
			rows[s][i][1] = i == open ? OPEN : i == close ? CLOSE : i == sign ? SIGN : OTHER;
			targets[s][i][QUOTH_BELIEVED_CONTENT] = i >= open && i < close;
			targets[s][i][QUOTH_BELIEVED_SOURCE] = i + 1 == sign;
		}
		samples[s] = (struct quoth_sample){N, rows[s], targets[s]};
	}
}

/* The loss a token of the last round. */
static double learn(struct quoth_network *network, unsigned n_rounds, struct quoth_random *random)
{
	double loss = 0;

	for (unsigned round = 0; round < n_rounds; round++) {
		loss = 0;
		for (unsigned s = 0; s < N_SAMPLES; s++)
			loss += quoth_network_learn(network, samples + s, 1.0f / (N * N_SAMPLES), random);
		quoth_network_step(network, 0.01f);
	}
	return loss / (N * N_SAMPLES);
}

START_TEST(what_stands_far_away_on_either_side_is_learned)
{
	struct quoth_random random = quoth_random_new(7);
	struct quoth_network *network = quoth_network_new(N_ROWS, N, &random);
	double first, last;

	make_samples();
	ck_assert_ptr_nonnull(network);
	first = learn(network, 1, &random);
	last = learn(network, 300, &random);
	/* a coin for each belief costs 3.47 */
	ck_assert_double_gt(first, 2.5);
	ck_assert_double_lt(last, 0.25);
	quoth_network_free(network);
}
END_TEST

static void learn_tables(uint64_t seed, struct quoth_table *weights, struct quoth_table *cells)
{
	struct quoth_random random = quoth_random_new(seed);
	struct quoth_network *network = quoth_network_new(N_ROWS, N, &random);

	ck_assert_ptr_nonnull(network);
	learn(network, 20, &random);
	ck_assert_int_eq(quoth_network_tables(network, weights, cells), 0);
	quoth_network_free(network);
}

START_TEST(the_same_seed_gives_the_same_bytes)
{
	struct quoth_table weights[3], cells[3];

	make_samples();
	learn_tables(3, weights, cells);
	learn_tables(3, weights + 1, cells + 1);
	learn_tables(4, weights + 2, cells + 2);
	ck_assert_uint_eq(weights[0].size, sizeof(struct quoth_context_weights));
	ck_assert_uint_eq(cells[0].size, N_ROWS * 2 * QUOTH_N_CONTEXT_GATES);
	ck_assert_uint_eq(cells[0].n_rows, N_ROWS);
	ck_assert_mem_eq(weights[0].bytes, weights[1].bytes, weights[0].size);
	ck_assert_mem_eq(cells[0].bytes, cells[1].bytes, cells[0].size);
	ck_assert_mem_ne(cells[0].bytes, cells[2].bytes, cells[0].size);
	for (unsigned k = 0; k < 3; k++) {
		free((void *)weights[k].bytes);
		free((void *)cells[k].bytes);
	}
}
END_TEST

Suite *train_network_suite(void)
{
	Suite *suite = suite_create("train_network");
	TCase *tcase = tcase_create("train_network");

	tcase_add_test(tcase, what_stands_far_away_on_either_side_is_learned);
	tcase_add_test(tcase, the_same_seed_gives_the_same_bytes);
	suite_add_tcase(suite, tcase);
	return suite;
}
