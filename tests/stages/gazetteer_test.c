#include "stages/gazetteer.h"
#include "stages/gazetteer_names.h"
#include "tests/suites.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static const struct {
	const char *a, *b;
	enum quoth_likeness likeness;
} pairs[] = {
	/* case, Unicode form, marks */
	{"Sergey Ryabkov", "SERGEY RYABKOV", QUOTH_ALIKE},
	{"José Peñalver", "Jose\u0301 Pen\u0303alver", QUOTH_ALIKE},
	{"José Peñalver", "Jose Penalver", QUOTH_ALIKE},
	{"Łukasz Øystein", "Lukasz Oystein", QUOTH_ALIKE},
	{"Ｓｅｒｇｅｙ Ryabkov", "Sergey Ryabkov", QUOTH_ALIKE},
	{"Сергей Рябков", "СЕРГЕЙ РЯБКОВ", QUOTH_ALIKE},
	/* order */
	{"Ryabkov, Sergey", "Sergey Ryabkov", QUOTH_ALIKE},
	{"Orbán Viktor", "Viktor Orban", QUOTH_ALIKE},
	{"Seo-jun Yoon", "Yoon Seo-jun", QUOTH_ALIKE},
	{"King, Martin Luther", "Martin Luther King", QUOTH_ALIKE},
	/* transcription */
	{"Sergei Ryabkov", "Sergey Ryabkov", QUOTH_ALIKE},
	{"Sergej Ryabkov", "Sergey Ryabkov", QUOTH_ALIKE},
	{"Volodymyr Zelensky", "Volodymyr Zelenskyy", QUOTH_ALIKE},
	{"Volodymyr Zelenskii", "Volodymyr Zelenskyj", QUOTH_ALIKE},
	{"Jürgen Müller", "Juergen Mueller", QUOTH_ALIKE},
	{"Jürgen Müller", "Jurgen Muller", QUOTH_ALIKE},
	{"Håkan Åberg", "Haakan Aaberg", QUOTH_ALIKE},
	{"Bjørn Sæther", "Bjoern Saether", QUOTH_ALIKE},
	{"Anton Weiß", "Anton Weiss", QUOTH_ALIKE},
	{"Farah al-Tamimi", "Farah El-Tamimi", QUOTH_ALIKE},
	{"Farah al-Tamimi", "Farah Tamimi", QUOTH_ALIKE},
	{"Al-Jazeera", "Al Jazeera", QUOTH_ALIKE},
	/* marks between and in words */
	{"Jean-Marc O'Neil", "Jean Marc O’Neil", QUOTH_ALIKE},
	{"J. K. Rowling", "J.K. Rowling", QUOTH_ALIKE},
	{"The Football Association", "Football Association", QUOTH_ALIKE},
	{"Smith & Sons", "Smith and Sons", QUOTH_ALIKE},
	{"U.N.", "UN", QUOTH_ALIKE},
	/* what may part people */
	{"Mohammed Aziz", "Mohamed Aziz", QUOTH_NEARLY_ALIKE},
	{"Bryan Adams", "Brian Adams", QUOTH_NEARLY_ALIKE},
	{"Hans Mueller", "Hans Muller", QUOTH_NEARLY_ALIKE},
	{"Michael Novak", "Michal Novak", QUOTH_NEARLY_ALIKE},
	/* what does */
	{"Sergey Ryabkov", "Sergey Lavrov", QUOTH_NOT_ALIKE},
	{"Sergey Ryabkov", "Sergey A. Ryabkov", QUOTH_NOT_ALIKE},
	{"Ian Lee", "Jan Lee", QUOTH_NOT_ALIKE},
	{"Al Gore", "Gore", QUOTH_NOT_ALIKE},
	{"Li Li Wang", "Li Wang Wang", QUOTH_NOT_ALIKE},
	{"…", "…", QUOTH_NOT_ALIKE},
	{"", "", QUOTH_NOT_ALIKE},
};

START_TEST(names_are_alike_as_scripts_and_languages_write_them)
{
	const char *a = pairs[_i].a, *b = pairs[_i].b;
	bool is_reordered;

	ck_assert_msg(quoth_names_compare(a, strlen(a), b, strlen(b), &is_reordered) == pairs[_i].likeness, "%s / %s", a, b);
	ck_assert_msg(quoth_names_compare(b, strlen(b), a, strlen(a), &is_reordered) == pairs[_i].likeness, "%s / %s", b, a);
}
END_TEST

START_TEST(what_is_alike_has_one_key)
{
	uint64_t a = quoth_gazetteer_key(pairs[_i].a, strlen(pairs[_i].a), true);
	uint64_t b = quoth_gazetteer_key(pairs[_i].b, strlen(pairs[_i].b), true);

	ck_assert_msg((a && a == b) == (pairs[_i].likeness != QUOTH_NOT_ALIKE), "%s / %s", pairs[_i].a, pairs[_i].b);
}
END_TEST

START_TEST(a_turned_name_is_told)
{
	bool is_reordered;

	quoth_names_compare("Howard Thomas", 13, "Thomas Howard", 13, &is_reordered);
	ck_assert(is_reordered);
	quoth_names_compare("Howard Thomas", 13, "Thomas, Howard", 14, &is_reordered);
	ck_assert(!is_reordered);
}
END_TEST

START_TEST(people_and_organisations_have_different_keys)
{
	ck_assert_uint_ne(quoth_gazetteer_key("Silk Rail", 9, true), quoth_gazetteer_key("Silk Rail", 9, false));
}
END_TEST

START_TEST(long_names_stay_within_their_limits)
{
	static char name[1 << 16];
	struct quoth_spelling spelling;

	for (size_t period = 1; period < 12; period++) {
		for (size_t i = 0; i < sizeof name; i++)
			name[i] = i % period ? 'a' : ' ';
		quoth_spelling_read(&spelling, name, sizeof name, true);
		ck_assert_uint_le(spelling.n_words, QUOTH_SPELLING_WORDS);
		ck_assert_uint_le(spelling.ends[spelling.n_words], sizeof spelling.letters);
	}
	for (size_t i = 0; i + 3 <= sizeof name; i += 3)
		memcpy(name + i, "\uFDFA", 3);		/* eighteen letters, decomposed */
	quoth_spelling_read(&spelling, name, sizeof name - 1, true);
	ck_assert_uint_le(spelling.ends[spelling.n_words], sizeof spelling.letters);
}
END_TEST

/* ---- slots ---- */

enum { N_KEYS = 20000 };

static uint64_t key_of(uint64_t i)
{
	return (i + 1) * 0x9E3779B97F4A7C15u;
}

START_TEST(each_key_finds_its_places)
{
	uint64_t n = quoth_slots_for(N_KEYS), *slots = calloc(n, sizeof *slots), places[QUOTH_NAMESAKES];

	for (uint64_t i = 0; i < N_KEYS; i++)
		ck_assert(quoth_slots_add(slots, n, key_of(i / 2), i + 1));
	ck_assert(!quoth_slots_add(slots, n, key_of(0), 1));
	for (uint64_t i = 0; i < N_KEYS / 2; i++) {
		ck_assert_uint_eq(quoth_slots_find((struct quoth_slots){slots, n}, key_of(i), places), 2);
		ck_assert_uint_eq(places[0], 2 * i + 1);
		ck_assert_uint_eq(places[1], 2 * i + 2);
	}
	ck_assert_uint_eq(quoth_slots_find((struct quoth_slots){slots, n}, key_of(N_KEYS), places), 0);
	free(slots);
}
END_TEST

START_TEST(a_key_has_so_many_places_and_no_more)
{
	uint64_t n = quoth_slots_for(1000), *slots = calloc(n, sizeof *slots), places[QUOTH_NAMESAKES];

	for (uint64_t i = 0; i < 1000; i++)
		ck_assert(quoth_slots_add(slots, n, key_of(7), i + 1) == (i < QUOTH_NAMESAKES));
	ck_assert_uint_eq(quoth_slots_find((struct quoth_slots){slots, n}, key_of(7), places), QUOTH_NAMESAKES);
	free(slots);
}
END_TEST

START_TEST(a_look_up_in_a_full_table_ends)
{
	uint64_t slots[8], places[QUOTH_NAMESAKES];

	memset(slots, 1, sizeof slots);
	ck_assert_uint_eq(quoth_slots_find((struct quoth_slots){slots, 8}, key_of(3), places), 0);
	ck_assert_uint_eq(quoth_slots_find((struct quoth_slots){NULL, 0}, key_of(3), places), 0);
}
END_TEST

Suite *gazetteer_suite(void)
{
	Suite *suite = suite_create("gazetteer");
	TCase *names = tcase_create("names"), *slots = tcase_create("slots");

	tcase_add_loop_test(names, names_are_alike_as_scripts_and_languages_write_them, 0, sizeof pairs / sizeof *pairs);
	tcase_add_loop_test(names, what_is_alike_has_one_key, 0, sizeof pairs / sizeof *pairs);
	tcase_add_test(names, a_turned_name_is_told);
	tcase_add_test(names, people_and_organisations_have_different_keys);
	tcase_add_test(names, long_names_stay_within_their_limits);
	suite_add_tcase(suite, names);
	tcase_add_test(slots, each_key_finds_its_places);
	tcase_add_test(slots, a_key_has_so_many_places_and_no_more);
	tcase_add_test(slots, a_look_up_in_a_full_table_ends);
	suite_add_tcase(suite, slots);
	return suite;
}
