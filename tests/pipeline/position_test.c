#include "config.h"

#include "pipeline/position.h"
#include "tests/suites.h"

#include <stdlib.h>

/* Parts follow one another without a gap, from the first byte to beyond the last, and differ by a byte at most. (Check takes its
 * time for each assertion.) */
static bool are_right(uint64_t bytes, unsigned n)
{
	uint64_t at = 0, least = UINT64_MAX, most = 0;
	bool is_right = true;

	for (unsigned k = 1; k <= n; k++) {
		struct quoth_part part = quoth_part_of(bytes, k, n);
		uint64_t size = (k == n ? bytes : part.end) - part.begin;

		is_right &= part.begin == at && (k == n ? part.end == UINT64_MAX : part.end >= part.begin);
		least = size < least ? size : least;
		most = size > most ? size : most;
		at = part.end;
	}
	return is_right && most - least <= 1;
}

START_TEST(parts_are_disjoint_complete_and_even)
{
	srand(7);
	for (unsigned i = 0; i < 2000; i++) {
		uint64_t bytes = ((uint64_t)rand() << 31 ^ (uint64_t)rand()) >> rand() % 62;
		unsigned n = 1 + (unsigned)rand() % 300;

		ck_assert_msg(are_right(bytes, n), "%llu bytes in %u parts", (unsigned long long)bytes, n);
	}
	ck_assert(are_right(0, 5));
	ck_assert(are_right(3, 7));
	ck_assert(are_right(UINT64_MAX / 2, 1000));
}
END_TEST

/* Whoever reads part k takes the records that begin in it, so that each is taken once. */
START_TEST(each_place_is_in_one_part)
{
	const uint64_t bytes = 101;
	const unsigned n = 6;

	for (uint64_t place = 0; place < bytes + 5; place++) {
		unsigned holding = 0;

		for (unsigned k = 1; k <= n; k++) {
			struct quoth_part part = quoth_part_of(bytes, k, n);

			holding += part.begin < part.end && quoth_part_holds(&part, place);
		}
		ck_assert_uint_eq(holding, 1);
	}
}
END_TEST

START_TEST(no_part_is_all_of_it)
{
	const struct quoth_part all = {0, 0};

	ck_assert(quoth_part_holds(&all, 0));
	ck_assert(quoth_part_holds(&all, UINT64_MAX));
}
END_TEST

START_TEST(a_hash_tells_name_size_and_time)
{
	struct stat status = {.st_size = 10, .st_mtim = {.tv_sec = 5, .tv_nsec = 6}}, other = status;
	uint64_t hash = quoth_position_hash(1, "a.txt", &status);

	ck_assert(hash == quoth_position_hash(1, "a.txt", &other));
	ck_assert(hash != quoth_position_hash(2, "a.txt", &status));
	ck_assert(hash != quoth_position_hash(1, "b.txt", &status));
	ck_assert(hash != quoth_position_hash(1, "a.txt", NULL));
	other.st_size = 11;
	ck_assert(hash != quoth_position_hash(1, "a.txt", &other));
	other = status;
	other.st_mtim.tv_nsec = 7;
	ck_assert(hash != quoth_position_hash(1, "a.txt", &other));
}
END_TEST

Suite *position_suite(void)
{
	Suite *suite = suite_create("position");
	TCase *tests = tcase_create("position");

	tcase_add_test(tests, parts_are_disjoint_complete_and_even);
	tcase_add_test(tests, each_place_is_in_one_part);
	tcase_add_test(tests, no_part_is_all_of_it);
	tcase_add_test(tests, a_hash_tells_name_size_and_time);
	suite_add_tcase(suite, tests);
	return suite;
}
