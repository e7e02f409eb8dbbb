#include "stages/checksum.h"
#include "tests/suites.h"

static unsigned char bytes[200];

static void set_up(void)
{
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i * 37 + 11);
}

static void tear_down(void)
{
}

static uint64_t checksum_in_pieces(size_t size, size_t piece)
{
	struct quoth_checksum sum = QUOTH_CHECKSUM_START;

	for (size_t i = 0; i < size; i += piece)
		quoth_checksum_add(&sum, bytes + i, size - i < piece ? size - i : piece);
	return quoth_checksum_finish(&sum);
}

START_TEST(pieces_make_no_difference)
{
	for (size_t size = 0; size <= sizeof bytes; size++)
		for (size_t piece = 1; piece < 100; piece++)
			ck_assert_msg(checksum_in_pieces(size, piece) == checksum_in_pieces(size, sizeof bytes),
				      "%zu bytes in pieces of %zu", size, piece);
}
END_TEST

START_TEST(every_byte_counts)
{
	uint64_t sum = checksum_in_pieces(sizeof bytes, 7);

	for (size_t i = 0; i < sizeof bytes; i++) {
		bytes[i] ^= 1;
		ck_assert_uint_ne(checksum_in_pieces(sizeof bytes, 7), sum);
		bytes[i] ^= 1;
	}
}
END_TEST

Suite *checksum_suite(void)
{
	Suite *suite = suite_create("checksum");
	TCase *tcase = tcase_create("checksum");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, pieces_make_no_difference);
	tcase_add_test(tcase, every_byte_counts);
	suite_add_tcase(suite, tcase);
	return suite;
}
