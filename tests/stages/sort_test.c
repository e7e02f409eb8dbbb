#include "stages/sort.h"

#include "tests/stages/text_fixture.h"

static struct quoth_arena *arena;

static void open_arena(void)
{
	arena = quoth_arena_new(1 << 16);
}

static void close_arena(void)
{
	quoth_arena_free(arena);
}

static bool may_precede(const void *items, uint32_t a, uint32_t b)
{
	const int *values = items;

	return values[a] <= values[b];
}

/* Sorting by insertion moves equals past nothing, so it is the stable order. */
static void sort_by_insertion(const int *values, uint32_t n, uint32_t *order)
{
	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = i;

		for (; k > 0 && values[order[k - 1]] > values[i]; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
}

START_TEST(any_values_are_sorted_and_equals_keep_their_order)
{
	int values[130];
	uint32_t expected[130], state = 7;

	for (uint32_t n = 0; n <= 130; n++)
		for (uint32_t n_values = 1; n_values <= 1000; n_values *= 10) {
			const uint32_t *order;

			quoth_arena_reset(arena);
			for (uint32_t i = 0; i < n; i++)
				values[i] = (int)next_random(&state, n_values) - 5;
			sort_by_insertion(values, n, expected);
			order = quoth_sort_indices(arena, values, n, may_precede);
			ck_assert_ptr_nonnull(order);
			for (uint32_t i = 0; i < n; i++)
				ck_assert_uint_eq(order[i], expected[i]);
		}
}
END_TEST

START_TEST(sorting_nothing_or_one_needs_no_comparison)
{
	const uint32_t *order = quoth_sort_indices(arena, NULL, 0, NULL);

	ck_assert_ptr_nonnull(order);
	order = quoth_sort_indices(arena, NULL, 1, NULL);
	ck_assert_ptr_nonnull(order);
	ck_assert_uint_eq(order[0], 0);
}
END_TEST

START_TEST(without_memory_there_is_no_order)
{
	int values[1000] = {0};

	quoth_arena_limit(arena, 1);
	ck_assert_ptr_null(quoth_sort_indices(arena, values, 1000, may_precede));
	quoth_arena_limit(arena, 1000 * sizeof(uint32_t) + 64);
	ck_assert_ptr_null(quoth_sort_indices(arena, values, 1000, may_precede));
}
END_TEST

Suite *sort_suite(void)
{
	Suite *suite = suite_create("sort");
	TCase *tcase = tcase_create("sort");

	tcase_add_checked_fixture(tcase, open_arena, close_arena);
	tcase_add_test(tcase, any_values_are_sorted_and_equals_keep_their_order);
	tcase_add_test(tcase, sorting_nothing_or_one_needs_no_comparison);
	tcase_add_test(tcase, without_memory_there_is_no_order);
	suite_add_tcase(suite, tcase);
	return suite;
}
