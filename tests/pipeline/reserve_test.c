#include "config.h"

#include "pipeline/reserve.h"
#include "tests/suites.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* More than the heap has left over, less than the reserve refuses. */
enum { MUCH = 600 * 1000 };

/* The sanitizers have a heap of their own, which no limit goes with. */
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

static struct rlimit before;

static void use_up_memory(void)
{
	struct rlimit none;

	ck_assert_int_eq(getrlimit(RLIMIT_AS, &before), 0);
	none = before;
	none.rlim_cur = 0;
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &none), 0);
}

static void have_memory(void)
{
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &before), 0);
}

START_TEST(what_cannot_be_had_comes_from_the_reserve_while_it_is_lent)
{
	void *volatile alone, *volatile lent, *volatile after;	/* compilers leave out what is not looked at */
	bool was_used, is_used;

	use_up_memory();
	alone = malloc(MUCH);
	quoth_reserve_lend();
	is_used = quoth_reserve_is_used();
	lent = malloc(MUCH);
	was_used = quoth_reserve_end();
	after = malloc(MUCH);
	have_memory();
	ck_assert(!alone && lent && !after);
	ck_assert(!is_used && was_used);
	ck_assert_uint_eq((uintptr_t)lent % _Alignof(max_align_t), 0);
	free(lent);
	quoth_reserve_lend();
	free(malloc(MUCH));
	ck_assert(!quoth_reserve_end());
}
END_TEST

START_TEST(what_is_given_back_is_lent_again)
{
	bool had_all = true;

	use_up_memory();
	quoth_reserve_lend();
	for (int i = 0; i < 100; i++) {
		unsigned char *volatile some = malloc(MUCH), *zeros = calloc(MUCH / 8, 8);

		had_all &= some && zeros && !zeros[0] && !memcmp(zeros, zeros + 1, MUCH - 1);
		if (zeros)
			memset(zeros, 1, MUCH);
		free(some);
		free(zeros);
	}
	quoth_reserve_end();
	have_memory();
	ck_assert(had_all);
}
END_TEST

START_TEST(what_grows_into_the_reserve_and_out_of_it_keeps_its_bytes)
{
	static const char text[] = "Nobody sails in this.";
	char *bytes = strdup(text), *lent, *grown, *back;

	ck_assert_ptr_nonnull(bytes);
	use_up_memory();
	quoth_reserve_lend();
	lent = realloc(bytes, MUCH);
	grown = lent ? realloc(lent, MUCH + MUCH / 2) : NULL;
	quoth_reserve_end();
	have_memory();
	back = grown ? realloc(grown, sizeof text) : NULL;
	ck_assert(lent && grown && back);
	ck_assert(lent != grown && grown != back);
	ck_assert_str_eq(back, text);
	free(back);
}
END_TEST

START_TEST(a_request_of_any_size_fails_as_ever)
{
	volatile size_t size = SIZE_MAX / 2 + 2, two = 2;
	void *volatile bytes = malloc(8), *volatile huge, *volatile product, *volatile grown;

	quoth_reserve_lend();
	huge = malloc(size);
	product = calloc(size, two);	/* 2 bytes where it is not checked */
	grown = realloc(bytes, size);
	ck_assert(quoth_reserve_end());
	ck_assert(!huge && !product && !grown);
	free(bytes);
}
END_TEST

START_TEST(the_process_ends_where_the_reserve_is_used_up)
{
	void *volatile last;

	use_up_memory();
	quoth_reserve_lend();
	for (int i = 0; i < QUOTH_RESERVE_BYTES / MUCH; i++)
		last = malloc(MUCH);
	ck_assert_ptr_nonnull(last);
	last = malloc(MUCH);
}
END_TEST

Suite *reserve_suite(void)
{
	Suite *suite = suite_create("reserve");
	TCase *tcase = tcase_create("reserve");

	suite_add_tcase(suite, tcase);
	if (IS_SANITIZED)
		return suite;
	tcase_add_test(tcase, what_cannot_be_had_comes_from_the_reserve_while_it_is_lent);
	tcase_add_test(tcase, what_is_given_back_is_lent_again);
	tcase_add_test(tcase, what_grows_into_the_reserve_and_out_of_it_keeps_its_bytes);
	tcase_add_test(tcase, a_request_of_any_size_fails_as_ever);
	tcase_add_exit_test(tcase, the_process_ends_where_the_reserve_is_used_up, 2);
	return suite;
}
