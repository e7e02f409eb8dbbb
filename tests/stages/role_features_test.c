#include "stages/role_features.h"

#include "stages/cue_features.h"
#include "tests/stages/learned_fixture.h"
#include "tests/stages/text_fixture.h"

/* ---- windows ---- */

/* Units in order, without overlap, the cue one of them. */
static void expect_sound(const struct quoth_role_window *window)
{
	unsigned n_cues = 0;

	ck_assert(window->n_units > 0 && window->n_units <= QUOTH_MAX_UNITS);
	for (uint32_t u = 0; u < window->n_units; u++) {
		const struct quoth_role_unit *unit = window->units + u;

		ck_assert(!quoth_range_is_empty(unit->tokens) && unit->tokens.end <= learned.doc.n_tokens);
		ck_assert(u == 0 || window->units[u - 1].tokens.end <= unit->tokens.begin);
		ck_assert_uint_lt(unit->junction, QUOTH_N_JUNCTIONS);
		ck_assert(!unit->is_word || (quoth_range_length(unit->tokens) == 1 && window->commas[u] <= 3 && window->verbs[u] <= 3));
		n_cues += unit->is_word && unit->tokens.begin == window->cue;
	}
	ck_assert_uint_eq(n_cues, 1);
}

START_TEST(a_window_holds_its_sentence_by_words_and_others_as_a_whole)
{
	static const char text[] = "The night was long. “We waited,” Varga said, and left. It rained.\n\nThen it was over.";
	struct quoth_role_window window;

	read_learned(text, strlen(text));
	quoth_role_window_open(&window, &learned.syntax, find_learned("said"));
	expect_sound(&window);
	ck_assert_uint_eq(window.units[0].tokens.begin, 0);
	ck_assert(!window.units[0].is_word && window.units[1].is_word);
	ck_assert(!window.units[window.n_units - 1].is_word);
	ck_assert_uint_eq(window.units[window.n_units - 1].tokens.end, learned.doc.n_tokens);
}
END_TEST

START_TEST(windows_of_any_text_are_sound_and_their_features_fit)
{
	static const char *const parts[] = {"said", "the", ",", "\"", "Oslo", "and", "(", ".", "was", "that", "7", ":", "\n\n", "'s",
					    "Anna", "\xE2\x80\x9C", "\xE2\x80\x9D", "who", "to", "\xE2\x80\x94", "told", "slowly"};
	uint32_t state = 3, features[QUOTH_N_CUE_FEATURES + 1];
	struct quoth_role_window window;
	char text[8192];

	for (int round = 0; round < 30; round++) {
		char *end = text;
		unsigned n = 1 + next_random(&state, round % 10 == 9 ? 900 : 60);

		for (unsigned i = 0; i < n; i++)
			end += sprintf(end, "%s ", parts[next_random(&state, sizeof parts / sizeof *parts)]);
		read_learned(text, (size_t)(end - text));
		for (uint32_t i = 0; i < learned.doc.n_tokens; i += 1 + next_random(&state, n / 20 + 1)) {
			/* less than the limits, so that none was dropped */
			ck_assert_uint_lt(quoth_gate_features(&learned.syntax, i, features), QUOTH_N_GATE_FEATURES);
			ck_assert_uint_lt(quoth_cue_features(&learned.syntax, i, features), QUOTH_N_CUE_FEATURES);
			quoth_role_window_open(&window, &learned.syntax, i);
			expect_sound(&window);
			for (uint32_t u = 0; u < window.n_units; u++)
				ck_assert_uint_lt(quoth_role_features(&window, &learned.syntax, u, features), QUOTH_N_ROLE_FEATURES);
		}
	}
}
END_TEST

START_TEST(an_inner_label_follows_only_its_own_kind)
{
	for (unsigned before = 0; before <= QUOTH_N_ROLE_LABELS; before++) {
		ck_assert(quoth_role_may_follow(before, QUOTH_NO_ROLE) && quoth_role_may_follow(before, QUOTH_CONTENT_BEGIN) &&
			  quoth_role_may_follow(before, QUOTH_SOURCE_BEGIN));
		ck_assert(quoth_role_may_follow(before, QUOTH_CONTENT) ==
			  (before == QUOTH_CONTENT || before == QUOTH_CONTENT_BEGIN));
		ck_assert(quoth_role_may_follow(before, QUOTH_SOURCE) ==
			  (before == QUOTH_SOURCE || before == QUOTH_SOURCE_BEGIN));
	}
}
END_TEST

/* ---- what must not matter ---- */

struct prints {
	uint32_t *features;
	size_t n, capacity;
};

static void print_features(struct prints *prints, const uint32_t *features, size_t n)
{
	if (prints->n + n + 1 > prints->capacity) {
		prints->capacity = 2 * (prints->n + n + 1);
		prints->features = realloc(prints->features, prints->capacity * sizeof *prints->features);
		ck_assert_ptr_nonnull(prints->features);
	}
	prints->features[prints->n++] = (uint32_t)n;
	memcpy(prints->features + prints->n, features, n * sizeof *features);
	prints->n += n;
}

/* All features of a text: of each word as a cue and of all units around it. Names are no cues: as such they would be known
 * by their lemma, if the word lists have one. */
static struct prints prints_of(const char *text)
{
	struct prints prints = {0};
	struct quoth_role_window window;
	uint32_t features[QUOTH_N_CUE_FEATURES];

	read_learned(text, strlen(text));
	for (uint32_t i = 0; i < learned.doc.n_tokens; i++) {
		if (learned.doc.tokens[i].name != QUOTH_NOT_A_NAME)
			continue;
		print_features(&prints, features, quoth_gate_features(&learned.syntax, i, features));
		print_features(&prints, features, quoth_cue_features(&learned.syntax, i, features));
		quoth_role_window_open(&window, &learned.syntax, i);
		for (uint32_t u = 0; u < window.n_units; u++)
			print_features(&prints, features, quoth_role_features(&window, &learned.syntax, u, features));
	}
	return prints;
}

static void expect_same_features(const char *text, const char *other, bool is_same)
{
	struct prints a = prints_of(text), b = prints_of(other);

	ck_assert_msg((a.n == b.n && memcmp(a.features, b.features, a.n * sizeof *a.features) == 0) == is_same, "%s\n%s", text,
		      other);
	free(a.features);
	free(b.features);
}

static const char *const pairs[][2] = {
	/* names of one shape and class */
	{"Maria Lopez said the bridge was unsafe.", "Maria Perez said the bridge was unsafe."},
	{"Maria Lopez said the bridge was unsafe.", "Anna Weber said the bridge was unsafe."},
	{"“It is unsafe,” Peter Varga told reporters.", "“It is unsafe,” Peter Jensen told reporters."},
	{"Officials denied that Peter Varga had left.", "Officials denied that David Miller had left."},
	/* numbers */
	{"Officials said 17 people were hurt.", "Officials said 94 people were hurt."},
	/* glyphs */
	{"“It is unsafe,” Peter Varga said. “Stay away.”", "\"It is unsafe,\" Peter Varga said. \"Stay away.\""},
	{"“It is unsafe,” Peter Varga said. “Stay away.”", "«It is unsafe,» Peter Varga said. «Stay away.»"},
	{"The minister called it “a very bad day”.", "The minister called it \"a very bad day\"."},
	/* the same text twice */
	{"“It is unsafe,” Peter Varga said.", "“It is unsafe,” Peter Varga said."},
};

START_TEST(words_of_names_and_glyphs_of_marks_are_no_features)
{
	expect_same_features(pairs[_i][0], pairs[_i][1], true);
}
END_TEST

START_TEST(other_cues_sides_and_marks_are_features)
{
	expect_same_features("Maria Lopez said the bridge was unsafe.", "Maria Lopez denied the bridge was unsafe.", false);
	expect_same_features("“It is unsafe,” she said.", "It is unsafe, she said.", false);
	expect_same_features("It is unsafe, she said.", "She said it is unsafe.", false);
}
END_TEST

Suite *role_features_suite(void)
{
	Suite *suite = suite_create("role_features");
	TCase *tcase = tcase_create("role_features");

	tcase_add_checked_fixture(tcase, open_learned, close_learned);
	tcase_add_test(tcase, a_window_holds_its_sentence_by_words_and_others_as_a_whole);
	tcase_add_test(tcase, windows_of_any_text_are_sound_and_their_features_fit);
	tcase_add_test(tcase, an_inner_label_follows_only_its_own_kind);
	tcase_add_loop_test(tcase, words_of_names_and_glyphs_of_marks_are_no_features, 0, (int)(sizeof pairs / sizeof *pairs));
	tcase_add_test(tcase, other_cues_sides_and_marks_are_features);
	suite_add_tcase(suite, tcase);
	return suite;
}
