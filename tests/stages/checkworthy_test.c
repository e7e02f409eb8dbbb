#include "stages/checkworthy.h"

#include "pipeline/chain.h"
#include "tests/stages/learned_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct quoth_checkworthy_model model;
static struct quoth_checkworthy_room room;

static void open_checkworthy(void)
{
	open_learned();
	ck_assert(quoth_checkworthy_model_find(learned.resources.model, &model));
}

static float score(const char *text)
{
	read_learned(text, strlen(text));
	return quoth_checkworthy_score(&model, &learned.syntax, &(struct quoth_range){0, learned.doc.n_tokens}, 1, &room);
}

static int compare_features(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static size_t find_features(const char *text, uint32_t *features)
{
	size_t n;

	read_learned(text, strlen(text));
	n = quoth_checkworthy_features(&learned.syntax, &(struct quoth_range){0, learned.doc.n_tokens}, 1, &room);
	memcpy(features, room.features, n * sizeof *features);
	qsort(features, n, sizeof *features, compare_features);
	return n;
}

static const struct {
	const char *claim, *other;
} pairs[] = {
	{"Unemployment fell by 3.2 percent last year.", "We have to work harder for our children."},
	{"He voted against the bill four times.", "Thank you very much."},
	{"The city spent $40 million on the bridge in 2019.", "I believe in this city."},
	{"More people are out of work now than when she took office.", "More people should be heard."},
	{"They cut the budget for schools in half.", "Would you cut the budget for schools?"},
	{"Crime has doubled in Ohio since 2010.", "I will fight crime in Ohio."},
};

START_TEST(what_can_be_checked_scores_higher_than_what_cannot)
{
	ck_assert_float_gt(score(pairs[_i].claim), score(pairs[_i].other));
}
END_TEST

static const struct {
	const char *one, *other;
} same[] = {
	{"Taxes rose by 12 percent.", "Taxes rose by 94 percent"},		/* numbers as numbers, marks not at all */
	{"Maria Smith raised taxes.", "Linda Johnson raised taxes."},		/* names as their class */
	{"taxes rose by 12 percent", "that taxes rose by 12 percent"},		/* only reported speech begins so */
};

START_TEST(what_says_nothing_of_a_claim_is_not_looked_at)
{
	static uint32_t one[QUOTH_N_CHECKWORTHY_FEATURES], other[QUOTH_N_CHECKWORTHY_FEATURES];
	size_t n = find_features(same[_i].one, one);

	ck_assert_uint_gt(n, 0);
	ck_assert_uint_eq(n, find_features(same[_i].other, other));
	ck_assert_mem_eq(one, other, n * sizeof *one);
}
END_TEST

static void each_weight_is_there_once(const uint32_t *features, size_t n)
{
	static bool seen[1 << QUOTH_CHECKWORTHY_BITS];

	memset(seen, 0, sizeof seen);
	for (size_t i = 0; i < n; i++) {
		uint32_t weight = features[i] >> (32 - QUOTH_CHECKWORTHY_BITS);

		ck_assert(!seen[weight]);
		seen[weight] = true;
	}
}

START_TEST(a_weight_counts_once_in_a_sentence)
{
	static uint32_t features[QUOTH_N_CHECKWORTHY_FEATURES];
	size_t n = find_features("The more jobs, the more taxes, the more jobs, the more taxes.", features);

	each_weight_is_there_once(features, n);
	ck_assert_uint_lt(n, find_features("The more jobs, the fewer taxes, an old house, no new roads.", features));
}
END_TEST

START_TEST(several_sentences_are_worth_the_best_of_them)
{
	static const char *const sentences[] = {"Thank you all.", "Unemployment fell by 3 percent last year.", "I hope it lasts."};
	char text[200] = "";
	float best = -1e9f;

	for (unsigned k = 0; k < 3; k++) {
		float one = score(sentences[k]);

		best = one > best ? one : best;
		strcat(strcat(text, k ? " " : ""), sentences[k]);
	}
	ck_assert_float_eq_tol(score(text), best, 1e-4f);
	ck_assert_uint_eq(learned.doc.n_sentences, 3);
}
END_TEST

START_TEST(parts_of_one_sentence_are_read_as_one)
{
	static const char text[] = "“Unemployment fell,” she said, “by 3 percent last year.”";
	struct quoth_range parts[2];
	float parted, whole = score("Unemployment fell by 3 percent last year.");

	read_learned(text, strlen(text));
	parts[0] = (struct quoth_range){find_learned("Unemployment"), find_learned("fell") + 1};
	parts[1] = (struct quoth_range){find_learned("by"), find_learned("year") + 1};
	parted = quoth_checkworthy_score(&model, &learned.syntax, parts, 2, &room);
	ck_assert_float_eq_tol(parted, whole, 1e-4f);
}
END_TEST

START_TEST(a_sentence_longer_than_the_room_is_cut)
{
	static char text[40000];
	size_t n;

	for (unsigned k = 0; k < 4000; k++)
		sprintf(text + 8 * k, "tax%04u ", k);
	read_learned(text, strlen(text));
	n = quoth_checkworthy_features(&learned.syntax, &(struct quoth_range){0, learned.doc.n_tokens}, 1, &room);
	ck_assert_uint_gt(n, 300);
	ck_assert_uint_le(n, QUOTH_N_CHECKWORTHY_FEATURES);
	each_weight_is_there_once(room.features, n);
}
END_TEST

static const char *const sentences_of_any_kind[] = {
	"No.", "The more jobs, the more taxes, the more jobs, the more taxes.", "Did Maria Smith say in 2019 that 3 of 4 had left?",
	"One two three four five six seven.", "One two three four five six seven eight.",
	("The minister said that the city had spent 40 million on the old bridge, the new bridge, the road to the new bridge and the "
	 "road from the old bridge to the new one, and that nobody in the city had been asked."),
};

/* As the trainer learns from the one and the program scores by the other. */
START_TEST(a_score_is_the_sum_of_what_is_listed)
{
	float sum = score(sentences_of_any_kind[_i]);
	size_t n = quoth_checkworthy_features(&learned.syntax, &(struct quoth_range){0, learned.doc.n_tokens}, 1, &room);

	ck_assert_float_eq(sum, quoth_weights_score_one(&model.weights, room.features, n));
}
END_TEST

START_TEST(a_model_of_earlier_days_leaves_it_open)
{
	static const char text[] = "Unemployment fell by 3 percent last year, Ada Lee said.";
	struct quoth_checkworthy_model found;
	struct quoth_resources earlier = learned.resources;
	struct quoth_table tables[64];
	struct quoth_model *without;
	struct quoth_report report;
	const struct quoth_table *table;
	size_t n = 0;

	for (size_t i = 0; (table = quoth_model_table(learned.resources.model, i)); i++)
		if (strncmp(table->name, "checkworthy", 11) != 0)
			tables[n++] = *table;
	ck_assert_int_eq(quoth_model_from_tables(&without, tables, n, &report), 0);
	ck_assert(!quoth_checkworthy_model_find(without, &found));
	earlier.model = without;
	quoth_arena_reset(learned.arena);
	quoth_document_begin(&learned.doc, learned.arena, "test", text, sizeof text - 1);
	ck_assert_int_eq(quoth_chain_run(&learned.doc, &earlier, QUOTH_STAGE_SCORE, NULL), 0);
	ck_assert_uint_eq(learned.doc.n_attributions, 1);
	ck_assert_float_lt(learned.doc.attributions[0].checkworthy, 0);
	ck_assert_float_gt(learned.doc.attributions[0].confidence, 0);
	quoth_model_close(without);
}
END_TEST

START_TEST(every_row_of_the_program_s_own_model_has_a_chance)
{
	static const char text[] = "Unemployment fell by 3 percent last year, Ada Lee said. “Thank you all,” she said.";

	quoth_arena_reset(learned.arena);
	quoth_document_begin(&learned.doc, learned.arena, "test", text, sizeof text - 1);
	ck_assert_int_eq(quoth_chain_run(&learned.doc, &learned.resources, QUOTH_STAGE_SCORE, NULL), 0);
	ck_assert_uint_eq(learned.doc.n_attributions, 2);
	ck_assert_float_gt(learned.doc.attributions[0].checkworthy, 0.5f);
	ck_assert_float_lt(learned.doc.attributions[1].checkworthy, 0.5f);
	ck_assert(learned.doc.attributions[0].checkworthy <= 1 && learned.doc.attributions[1].checkworthy >= 0);
}
END_TEST

Suite *checkworthy_suite(void)
{
	Suite *suite = suite_create("checkworthy");
	TCase *tests = tcase_create("checkworthy");

	tcase_add_checked_fixture(tests, open_checkworthy, close_learned);
	tcase_add_loop_test(tests, what_can_be_checked_scores_higher_than_what_cannot, 0, (int)(sizeof pairs / sizeof *pairs));
	tcase_add_loop_test(tests, what_says_nothing_of_a_claim_is_not_looked_at, 0, (int)(sizeof same / sizeof *same));
	tcase_add_test(tests, a_weight_counts_once_in_a_sentence);
	tcase_add_test(tests, several_sentences_are_worth_the_best_of_them);
	tcase_add_test(tests, parts_of_one_sentence_are_read_as_one);
	tcase_add_test(tests, a_sentence_longer_than_the_room_is_cut);
	tcase_add_loop_test(tests, a_score_is_the_sum_of_what_is_listed, 0,
			    sizeof sentences_of_any_kind / sizeof *sentences_of_any_kind);
	tcase_add_test(tests, a_model_of_earlier_days_leaves_it_open);
	tcase_add_test(tests, every_row_of_the_program_s_own_model_has_a_chance);
	suite_add_tcase(suite, tests);
	return suite;
}
