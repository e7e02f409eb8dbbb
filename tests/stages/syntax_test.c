#include "stages/syntax.h"

#include "stages/cue_features.h"
#include "tests/stages/learned_fixture.h"

#include <string.h>

static void read_text(const char *text)
{
	read_learned(text, strlen(text));
}

static uint32_t word(const char *form)
{
	return learned.syntax.tokens[find_learned(form)].word;
}

START_TEST(names_numbers_and_marks_are_seen_as_what_they_stand_for)
{
	read_text("Maria Lopez said 17 ships, all old, had left Paris.");
	ck_assert_uint_eq(word("Maria"), QUOTH_STANDS_FOR_NAME + QUOTH_NAME_PERSON);
	ck_assert_uint_eq(word("Lopez"), QUOTH_STANDS_FOR_NAME + QUOTH_NAME_PERSON);
	ck_assert_uint_eq(word("17"), QUOTH_STANDS_FOR_NUMBER);
	ck_assert_uint_eq(word(","), QUOTH_STANDS_FOR_MARK + QUOTH_COMMA);
	ck_assert_uint_eq(word("ships"), quoth_form_hash("ships", 5));
	ck_assert(learned.syntax.tokens[find_learned(",")].is_mark);
	ck_assert(!learned.syntax.tokens[find_learned("17")].is_mark);
}
END_TEST

static const char *const styles[] = {
	"“The bridge is late,” she said. “Wait.”", "\"The bridge is late,\" she said. \"Wait.\"",
	"«The bridge is late,» she said. «Wait.»", "‘The bridge is late,’ she said. ‘Wait.’",
};

START_TEST(quotation_marks_are_seen_by_their_side_whatever_their_glyph)
{
	uint32_t n_quoted = 0;

	read_text(styles[_i]);
	ck_assert_uint_eq(learned.doc.n_quotations, 2);
	for (uint32_t k = 0; k < 2; k++) {
		struct quoth_range tokens = learned.doc.quotations[k].tokens;

		ck_assert_uint_eq(learned.syntax.tokens[tokens.begin].word, QUOTH_STANDS_FOR_OPENING);
		ck_assert_uint_eq(learned.syntax.tokens[tokens.end - 1].word, QUOTH_STANDS_FOR_CLOSING);
		for (uint32_t i = tokens.begin; i < tokens.end; i++)
			ck_assert_uint_eq(learned.syntax.tokens[i].quotation, k);
		n_quoted += quoth_range_length(tokens);
	}
	for (uint32_t s = 0; s < learned.doc.n_sentences; s++)
		n_quoted -= learned.syntax.sentences[s].n_quoted;
	ck_assert_uint_eq(n_quoted, 0);
	ck_assert(!quoth_syntax_is_quoted(&learned.syntax, find_learned("said")));
}
END_TEST

START_TEST(words_in_a_nested_quotation_lie_in_the_outermost)
{
	read_text("“He told me ‘the bridge is late’ and left,” she said.");
	ck_assert_uint_eq(learned.syntax.tokens[find_learned("bridge")].quotation, 0);
	ck_assert_uint_eq(learned.syntax.tokens[find_learned("left")].quotation, 0);
}
END_TEST

START_TEST(beyond_the_document_stands_nothing)
{
	read_text("She said so.");
	ck_assert_uint_eq(quoth_syntax_word(&learned.syntax, -1), QUOTH_STANDS_FOR_NOTHING);
	ck_assert_uint_eq(quoth_syntax_word(&learned.syntax, learned.doc.n_tokens), QUOTH_STANDS_FOR_NOTHING);
	ck_assert_uint_eq(quoth_syntax_tag(&learned.syntax, -1), QUOTH_N_TAGS);
	ck_assert_uint_eq(quoth_syntax_tag(&learned.syntax, (int64_t)1 << 40), QUOTH_N_TAGS);
	ck_assert_uint_eq(quoth_syntax_word(&learned.syntax, 1), quoth_form_hash("said", 4));
}
END_TEST

/* What stands around `she`, `said` or what else is named. */
static const struct {
	const char *text, *word;
	unsigned context;
} contexts[] = {
	{"The bridge is late, she said.", "said", 0},
	{"“The bridge is late,” she said.", "said", 2},
	{"She said: “The bridge is late.”", "said", 4},
	{"“The bridge,” she said, “is late.”", "said", 6},
	{"“The bridge is late,” she said.", "is", 5},
	{"He was glad. “The bridge is late,” she said.", "is", 7},
	{"The old and narrow bridge over the river will be late, she said, and “bad”.", "bridge", 0},
};

START_TEST(the_edges_of_quotations_near_a_word_are_seen)
{
	read_text(contexts[_i].text);
	ck_assert_uint_eq(quoth_syntax_quote_context(&learned.syntax, find_learned(contexts[_i].word)), contexts[_i].context);
}
END_TEST

START_TEST(marks_around_a_cue_tell_a_quotation_from_a_phrase_in_quotation_marks)
{
	unsigned quotation, phrase, plain;

	read_text("“The bridge is late,” she said, “and over budget.”");
	quotation = quoth_syntax_marks_around(&learned.syntax, find_learned("said"));
	read_text("The “so-called” plan, she said, is late.");
	phrase = quoth_syntax_marks_around(&learned.syntax, find_learned("said"));
	read_text("She said so.");
	plain = quoth_syntax_marks_around(&learned.syntax, find_learned("said"));
	ck_assert(quotation != phrase && phrase != plain && quotation != plain);
	ck_assert(quotation < 256 && phrase < 256 && plain < 256);
}
END_TEST

START_TEST(marks_around_stay_in_eight_bits_at_every_word)
{
	read_text("“One,” two — three; four: “five.” Six (seven)! “Eight?” ” nine “");
	for (uint32_t i = 0; i < learned.doc.n_tokens; i++) {
		ck_assert_uint_lt(quoth_syntax_marks_around(&learned.syntax, i), 256);
		ck_assert_uint_lt(quoth_syntax_quote_context(&learned.syntax, i), 8);
	}
}
END_TEST

START_TEST(distances_grow_in_steps_and_keep_their_sign)
{
	int last = 0;

	for (int64_t n = 0; n < 200; n++) {
		int bucket = quoth_distance_bucket(n);

		ck_assert(bucket >= last && bucket <= last + 1 && bucket <= 10);
		ck_assert_int_eq(quoth_distance_bucket(-n), -bucket);
		last = bucket;
	}
	ck_assert_int_eq(last, 10);
	ck_assert_int_eq(quoth_distance_bucket(INT64_MAX), 10);
}
END_TEST

START_TEST(an_empty_document_has_a_syntax)
{
	read_text("");
	ck_assert_uint_eq(learned.doc.n_tokens, 0);
	ck_assert_uint_eq(quoth_syntax_word(&learned.syntax, 0), QUOTH_STANDS_FOR_NOTHING);
}
END_TEST

START_TEST(without_memory_there_is_no_syntax)
{
	struct quoth_syntax other;

	read_text("She said so.");
	quoth_arena_limit(learned.arena, 1);
	ck_assert_int_eq(quoth_syntax_build(&other, &learned.doc, learned.resources.lexicon, &learned.models.words),
			 QUOTH_NO_MEMORY);
	quoth_arena_limit(learned.arena, 0);
}
END_TEST

START_TEST(colons_and_dashes_may_be_cues_and_other_marks_may_not)
{
	read_text("Lopez: the bridge, she said — it is late (very).");
	ck_assert(quoth_cue_is_possible(&learned.syntax, find_learned(":")));
	ck_assert(quoth_cue_is_possible(&learned.syntax, find_learned("—")));
	ck_assert(quoth_cue_is_possible(&learned.syntax, find_learned("said")));
	ck_assert(!quoth_cue_is_possible(&learned.syntax, find_learned(",")));
	ck_assert(!quoth_cue_is_possible(&learned.syntax, find_learned("(")));
	ck_assert(!quoth_cue_is_possible(&learned.syntax, find_learned("she")));
	ck_assert(!quoth_cue_is_possible(&learned.syntax, find_learned("the")));
}
END_TEST

Suite *syntax_suite(void)
{
	Suite *suite = suite_create("syntax");
	TCase *tcase = tcase_create("syntax");

	tcase_add_checked_fixture(tcase, open_learned, close_learned);
	tcase_add_test(tcase, names_numbers_and_marks_are_seen_as_what_they_stand_for);
	tcase_add_loop_test(tcase, quotation_marks_are_seen_by_their_side_whatever_their_glyph, 0,
			    (int)(sizeof styles / sizeof *styles));
	tcase_add_test(tcase, words_in_a_nested_quotation_lie_in_the_outermost);
	tcase_add_test(tcase, beyond_the_document_stands_nothing);
	tcase_add_loop_test(tcase, the_edges_of_quotations_near_a_word_are_seen, 0,
			    (int)(sizeof contexts / sizeof *contexts));
	tcase_add_test(tcase, marks_around_a_cue_tell_a_quotation_from_a_phrase_in_quotation_marks);
	tcase_add_test(tcase, marks_around_stay_in_eight_bits_at_every_word);
	tcase_add_test(tcase, distances_grow_in_steps_and_keep_their_sign);
	tcase_add_test(tcase, an_empty_document_has_a_syntax);
	tcase_add_test(tcase, without_memory_there_is_no_syntax);
	tcase_add_test(tcase, colons_and_dashes_may_be_cues_and_other_marks_may_not);
	suite_add_tcase(suite, tcase);
	return suite;
}
