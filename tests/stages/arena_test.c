#include "stages/arena.h"
#include "tests/suites.h"

#include <stdint.h>
#include <string.h>

START_TEST(growing_the_last_array_keeps_its_place)
{
	struct quoth_arena *arena = quoth_arena_new(1 << 20);
	char *p = quoth_arena_alloc(arena, 10);

	memcpy(p, "0123456789", 10);
	ck_assert_ptr_eq(quoth_arena_grow(arena, p, 10, 100), p);
	ck_assert_mem_eq(p, "0123456789", 10);
	quoth_arena_free(arena);
}
END_TEST

START_TEST(growing_an_older_array_copies_it)
{
	struct quoth_arena *arena = quoth_arena_new(1 << 20);
	char *p = quoth_arena_alloc(arena, 10), *q;

	memcpy(p, "0123456789", 10);
	quoth_arena_alloc(arena, 1);
	q = quoth_arena_grow(arena, p, 10, 1000);
	ck_assert_ptr_ne(q, p);
	ck_assert_mem_eq(q, "0123456789", 10);
	quoth_arena_free(arena);
}
END_TEST

START_TEST(an_overflowing_array_is_refused)
{
	struct quoth_arena *arena = quoth_arena_new(0);

	ck_assert_ptr_null(quoth_arena_array(arena, SIZE_MAX / 2, 3));
	quoth_arena_free(arena);
}
END_TEST

START_TEST(a_reset_forgets_what_was_used)
{
	struct quoth_arena *arena = quoth_arena_new(1 << 20);

	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 1000; i++)
			memset(quoth_arena_alloc(arena, 777), round, 777);
		ck_assert_uint_ge(quoth_arena_used(arena), 777000);
		quoth_arena_reset(arena);
		ck_assert_uint_eq(quoth_arena_used(arena), 0);
	}
	quoth_arena_free(arena);
}
END_TEST

START_TEST(allocations_beyond_the_limit_fail)
{
	struct quoth_arena *arena = quoth_arena_new(0);
	void *p;

	quoth_arena_limit(arena, 1000);
	p = quoth_arena_alloc(arena, 600);
	ck_assert_ptr_nonnull(p);
	ck_assert_ptr_null(quoth_arena_alloc(arena, 600));
	ck_assert_ptr_null(quoth_arena_grow(arena, p, 600, 1600));
	ck_assert_ptr_eq(quoth_arena_grow(arena, p, 600, 900), p);
	quoth_arena_reset(arena);
	ck_assert_ptr_nonnull(quoth_arena_alloc(arena, 900));
	quoth_arena_limit(arena, 0);
	ck_assert_ptr_nonnull(quoth_arena_alloc(arena, 100000));
	quoth_arena_free(arena);
}
END_TEST

Suite *arena_suite(void)
{
	Suite *suite = suite_create("arena");
	TCase *tcase = tcase_create("arena");

	tcase_add_test(tcase, growing_the_last_array_keeps_its_place);
	tcase_add_test(tcase, growing_an_older_array_copies_it);
	tcase_add_test(tcase, an_overflowing_array_is_refused);
	tcase_add_test(tcase, allocations_beyond_the_limit_fail);
	tcase_add_test(tcase, a_reset_forgets_what_was_used);
	suite_add_tcase(suite, tcase);
	return suite;
}
