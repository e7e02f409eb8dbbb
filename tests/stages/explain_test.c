#include "stages/attribute_explain.h"
#include "stages/cue_features.h"
#include "stages/feature_facts.h"
#include "stages/resolve.h"
#include "stages/role_alternatives.h"
#include "stages/rules.h"
#include "stages/score.h"
#include "tests/stages/learned_fixture.h"
#include "tests/stages/text_fixture.h"

#include "pipeline/chain.h"

#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { N = QUOTH_N_ROLE_LABELS, MAX_SMALL = 5 };

static const char article[] =
	"Anna Berg met Tom Lee in Oslo on Friday. Berg, the mayor, said that the bridge would stay closed. “We need a year,” she "
	"said. “Not a day less.”\n\nLee, the head of the builders' union, disagreed. He told reporters the work could be done by "
	"May.\n\n“It is a question of will.”\n\nAccording to the union, the mayor was wrong, and it warned of a strike.\n";

/* ---- every template has its words, and the words' weights are the score ---- */

/* Puts aspects in the place of templates. */
static void expect_words(enum quoth_feature_table table, uint32_t *templates, size_t n)
{
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(quoth_aspect_words(table, quoth_feature_aspect(table, templates[i])) != NULL,
			      "template %u of table %d has no words in feature_phrases.c", templates[i], (int)table);
	quoth_aspects_find(table, templates, n);
}

static float sum_aspects(const struct quoth_weights *weights, unsigned label, const uint32_t *features,
			 const uint32_t *aspects, size_t n)
{
	float sums[QUOTH_N_ASPECTS] = {0}, sum = 0;

	quoth_aspects_add(weights, label, features, aspects, n, sums);
	for (unsigned a = 0; a < QUOTH_N_ASPECTS; a++)
		sum += sums[a];
	return sum;
}

static void check_cue(const struct quoth_syntax *shown, uint32_t token)
{
	uint32_t features[QUOTH_N_CUE_FEATURES], templates[QUOTH_N_CUE_FEATURES];
	size_t n = quoth_cue_features(&learned.syntax, token, features);

	ck_assert_uint_eq(quoth_cue_features(shown, token, templates), n);
	expect_words(QUOTH_CUE_FEATURES, templates, n);
	ck_assert_float_eq_tol(sum_aspects(&learned.models.cue, 0, features, templates, n),
			       quoth_weights_score_one(&learned.models.cue, features, n), 1e-3);
}

static void check_window(const struct quoth_syntax *shown, uint32_t cue)
{
	static struct quoth_role_window window;
	static float scores[QUOTH_MAX_UNITS][N];
	uint32_t features[QUOTH_N_ROLE_FEATURES], templates[QUOTH_N_ROLE_FEATURES];

	quoth_role_window_open(&window, &learned.syntax, cue);
	quoth_role_scores(&window, &learned.syntax, &learned.models.role, scores);
	for (uint32_t u = 0; u < window.n_units; u++) {
		size_t n = quoth_role_features(&window, &learned.syntax, u, features);

		ck_assert_uint_eq(quoth_role_features(&window, shown, u, templates), n);
		expect_words(QUOTH_ROLE_FEATURES, templates, n);
		for (unsigned l = 0; l < N; l++)
			ck_assert_float_eq_tol(sum_aspects(&learned.models.role, l, features, templates, n),
					       scores[u][l], 1e-3);
	}
}

static void check_rows(const struct quoth_syntax *shown)
{
	uint32_t features[QUOTH_N_ROW_FEATURES], templates[QUOTH_N_ROW_FEATURES], n_rows;
	struct quoth_row *rows;

	ck_assert_int_eq(quoth_rows_find(&learned.syntax, &learned.models, &rows, &n_rows), 0);
	for (uint32_t r = 0; r < n_rows; r++) {
		size_t n = quoth_row_features(&learned.syntax, rows, n_rows, r, features);

		ck_assert_uint_eq(quoth_row_features(shown, rows, n_rows, r, templates), n);
		expect_words(QUOTH_ROW_FEATURES, templates, n);
		ck_assert_float_eq_tol(sum_aspects(&learned.models.row, 0, features, templates, n),
				       quoth_weights_score_one(&learned.models.row, features, n), 1e-3);
	}
}

static void check_text(const char *text, size_t size)
{
	struct quoth_syntax shown;

	read_learned(text, size);
	shown = learned.syntax;
	shown.shows_templates = true;
	for (uint32_t i = 0; i < learned.doc.n_tokens; i++)
		check_cue(&shown, i);
	for (uint32_t i = 0; i < learned.doc.n_tokens; i += 17)
		check_window(&shown, i);
	check_rows(&shown);
}

START_TEST(every_template_has_words_and_their_weights_are_the_score)
{
	static char text[1 << 16];
	glob_t found;

	ck_assert_int_eq(glob(CORPUS_DIR "/samples/*.txt", 0, NULL, &found), 0);
	ck_assert_uint_gt(found.gl_pathc, 20);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *file = fopen(found.gl_pathv[i], "rb");
		size_t size;

		ck_assert_ptr_nonnull(file);
		size = fread(text, 1, sizeof text, file);
		fclose(file);
		check_text(text, size);
	}
	globfree(&found);
	ck_assert_ptr_nonnull(
		quoth_aspect_words(QUOTH_ROLE_FEATURES, quoth_feature_aspect(QUOTH_ROLE_FEATURES, QUOTH_PAIR_TEMPLATE)));
}
END_TEST

/* ---- facts ---- */

static const char facts_text[] = "“We need a year,” Anna Berg of Oslo slowly said on Friday. Lee denied that.";

static void expect_fact(const struct quoth_facts *facts, unsigned aspect, const char *words, uint32_t number)
{
	ck_assert_ptr_nonnull(facts->of[aspect].words);
	ck_assert_str_eq(facts->of[aspect].words, words);
	ck_assert_uint_eq(facts->of[aspect].number, number);
}

START_TEST(facts_say_what_stands_there)
{
	struct quoth_facts facts;
	uint32_t said, denied;

	read_learned(facts_text, sizeof facts_text - 1);
	said = find_learned("said");
	denied = find_learned("denied");
	quoth_cue_facts(&learned.syntax, said, &facts);
	expect_fact(&facts, QUOTH_CUE_CLASS_ASPECT, "it is listed among words that attribute", 0);
	expect_fact(&facts, QUOTH_CUE_MARKS_ASPECT, "it stands behind quotation marks", 0);
	quoth_cue_facts(&learned.syntax, denied, &facts);
	expect_fact(&facts, QUOTH_CUE_MARKS_ASPECT, "no quotation marks stand near it", 0);
	quoth_cue_facts(&learned.syntax, find_learned("year"), &facts);
	expect_fact(&facts, QUOTH_CUE_MARKS_ASPECT, "it stands in quotation marks", 0);
	quoth_role_facts(&learned.syntax, said, (struct quoth_range){find_learned("Anna"), find_learned("of")}, &facts);
	expect_fact(&facts, QUOTH_ROLE_PLACE_ASPECT, "%n words before the cue", 3);
	expect_fact(&facts, QUOTH_ROLE_MARKS_ASPECT, "not in quotation marks", 0);
	quoth_role_facts(&learned.syntax, said, (struct quoth_range){find_learned("We"), find_learned("Anna")}, &facts);
	expect_fact(&facts, QUOTH_ROLE_MARKS_ASPECT, "in quotation marks", 0);
	quoth_role_facts(&learned.syntax, denied, (struct quoth_range){denied + 1, denied + 2}, &facts);
	expect_fact(&facts, QUOTH_ROLE_PLACE_ASPECT, "right after the cue", 0);
	quoth_role_facts(&learned.syntax, denied, (struct quoth_range){denied - 1, denied + 2}, &facts);
	expect_fact(&facts, QUOTH_ROLE_PLACE_ASPECT, "on both sides of the cue", 0);
	quoth_role_facts(&learned.syntax, denied, (struct quoth_range){0, 0}, &facts);
	ck_assert_ptr_null(facts.of[QUOTH_ROLE_PLACE_ASPECT].words);
}
END_TEST

START_TEST(every_rule_has_its_words)
{
	for (unsigned rule = 0; rule < QUOTH_N_RULES; rule++)
		ck_assert(quoth_rule_words(rule) && strlen(quoth_rule_words(rule)) > 5);
	ck_assert_str_eq(quoth_rule_words(QUOTH_N_RULES), "?");
	ck_assert_ptr_null(quoth_aspect_words(QUOTH_CUE_FEATURES, 0));
	ck_assert_ptr_null(quoth_aspect_words(QUOTH_CUE_FEATURES, QUOTH_N_ASPECTS));
	ck_assert_uint_eq(quoth_feature_aspect(QUOTH_ROW_FEATURES, 100000), 0);
}
END_TEST

/* ---- the best labels through each ---- */

/* through of every label of every unit, by trying all labels. */
static void try_all(const struct quoth_role_window *window, float (*scores)[N],
		    const struct quoth_role_transitions *transitions, float (*through)[N])
{
	unsigned n_sequences = 1;

	for (uint32_t u = 0; u < window->n_units; u++) {
		n_sequences *= N;
		for (unsigned l = 0; l < N; l++)
			through[u][l] = -1e9f;
	}
	for (unsigned sequence = 0; sequence < n_sequences; sequence++) {
		uint8_t labels[MAX_SMALL];
		unsigned rest = sequence;
		float sum;

		for (uint32_t u = 0; u < window->n_units; u++, rest /= N)
			labels[u] = (uint8_t)(rest % N);
		sum = quoth_role_path_score(window, scores, transitions, labels);
		for (uint32_t u = 0; u < window->n_units; u++)
			if (sum > through[u][labels[u]])
				through[u][labels[u]] = sum;
	}
}

START_TEST(the_best_labels_through_each_are_what_trying_all_finds)
{
	static struct quoth_role_transitions transitions;
	static struct quoth_role_window window;
	float scores[MAX_SMALL][N], found[MAX_SMALL][N], right[MAX_SMALL][N];
	uint8_t labels[MAX_SMALL];
	uint32_t state = 11;

	for (int round = 0; round < 100; round++) {
		float best;

		draw_window(&state, MAX_SMALL, &window, scores, &transitions);
		best = quoth_role_through(&window, scores, &transitions, found);
		try_all(&window, scores, &transitions, right);
		quoth_role_decode(&window, scores, &transitions, labels);
		ck_assert_float_eq(quoth_role_path_score(&window, scores, &transitions, labels), best);
		for (uint32_t u = 0; u < window.n_units; u++)
			for (unsigned l = 0; l < N; l++)
				ck_assert(right[u][l] < -1e6f ? found[u][l] < -1e6f : found[u][l] == right[u][l]);
	}
}
END_TEST

/* ---- explanations ---- */

static void explain(const char *text, size_t size)
{
	quoth_arena_reset(learned.arena);
	quoth_document_begin(&learned.doc, learned.arena, "test", text, (uint32_t)size);
	learned.doc.is_explained = true;
	ck_assert_int_eq(quoth_chain_run(&learned.doc, &learned.resources, QUOTH_N_STAGES, NULL), 0);
	ck_assert_ptr_nonnull(learned.doc.explanations);
}

static void expect_sound(const struct quoth_choice *choice, bool has_chosen)
{
	unsigned n_chosen = 0;

	ck_assert_uint_le(choice->n, QUOTH_MAX_ALTERNATIVES);
	for (unsigned i = 0; i < choice->n; i++) {
		const struct quoth_alternative *item = choice->alternatives + i;

		n_chosen += item->is_chosen;
		ck_assert(!item->is_chosen || i == 0);
		ck_assert(item->n_parts <= QUOTH_MAX_PARTS && item->n_reasons <= QUOTH_MAX_REASONS && item->chance <= 1);
		for (unsigned k = 0; k < item->n_parts; k++)
			ck_assert(!quoth_range_is_empty(item->parts[k]) && item->parts[k].end <= learned.doc.n_tokens);
		for (unsigned k = 0; k < item->n_reasons; k++) {
			ck_assert_ptr_nonnull(item->reasons[k].words);
			ck_assert(k == 0 || fabsf(item->reasons[k].weight) <= fabsf(item->reasons[k - 1].weight));
		}
		ck_assert(i < 2 || item->chance <= choice->alternatives[i - 1].chance);
	}
	ck_assert_uint_eq(n_chosen, has_chosen);
}

static void expect_explained(uint32_t i)
{
	const struct quoth_attribution *attribution = learned.doc.attributions + i;
	const struct quoth_explanation *explanation = learned.doc.explanations + i;
	const struct quoth_alternative *content = explanation->content.alternatives;

	expect_sound(&explanation->cue, !quoth_range_is_empty(attribution->cue));
	if (explanation->cue.n)
		ck_assert_mem_eq(explanation->cue.alternatives->parts, &attribution->cue, sizeof attribution->cue);
	expect_sound(&explanation->content, true);
	expect_sound(&explanation->source, explanation->source.n > 0);
	expect_sound(&explanation->speaker, attribution->entity != QUOTH_NONE);
	ck_assert_ptr_nonnull(explanation->speaker.because.words);
	ck_assert(explanation->is_judged && (explanation->is_by_rules || explanation->is_by_model));
	ck_assert_uint_gt(explanation->n_reasons, 0);
	ck_assert_float_eq(explanation->belief, attribution->score);
	ck_assert_float_eq_tol(quoth_confidence(content->chance, attribution->doubt), attribution->confidence, 1e-6f);
	ck_assert_uint_eq(content->n_parts, attribution->n_parts);
	ck_assert_mem_eq(content->parts, attribution->parts, content->n_parts * sizeof *content->parts);
	if (!quoth_range_is_empty(attribution->source))
		ck_assert_mem_eq(explanation->source.alternatives->parts, &attribution->source, sizeof attribution->source);
	if (attribution->entity != QUOTH_NONE)
		ck_assert_uint_eq(explanation->speaker.alternatives->entity, attribution->entity);
}

START_TEST(an_explanation_tells_of_the_row_that_was_chosen)
{
	explain(article, sizeof article - 1);
	ck_assert_uint_ge(learned.doc.n_attributions, 4);
	for (uint32_t i = 0; i < learned.doc.n_attributions; i++)
		expect_explained(i);
}
END_TEST

START_TEST(explaining_changes_no_row)
{
	static struct quoth_attribution kept[64];
	uint32_t n;

	quoth_arena_reset(learned.arena);
	quoth_document_begin(&learned.doc, learned.arena, "test", article, sizeof article - 1);
	ck_assert_int_eq(quoth_chain_run(&learned.doc, &learned.resources, QUOTH_N_STAGES, NULL), 0);
	ck_assert_ptr_null(learned.doc.explanations);
	n = learned.doc.n_attributions;
	ck_assert_uint_lt(n, 64);
	memcpy(kept, learned.doc.attributions, n * sizeof *kept);
	explain(article, sizeof article - 1);
	ck_assert_uint_eq(learned.doc.n_attributions, n);
	for (uint32_t i = 0; i < n; i++) {
		const struct quoth_attribution *a = kept + i, *b = learned.doc.attributions + i;

		ck_assert(a->score == b->score && a->confidence == b->confidence && a->entity == b->entity &&
			  a->rule == b->rule && a->n_parts == b->n_parts && a->resolution == b->resolution);
		ck_assert_mem_eq(a->parts, b->parts, a->n_parts * sizeof *a->parts);
	}
}
END_TEST

/* The explanation of the first row with that source. */
static const struct quoth_explanation *explanation_of(const char *source)
{
	for (uint32_t i = 0; i < learned.doc.n_attributions; i++) {
		struct quoth_span span;

		if (quoth_range_is_empty(learned.doc.attributions[i].source))
			continue;
		span = quoth_tokens_span(&learned.doc, learned.doc.attributions[i].source);
		if (span.end - span.begin == strlen(source) &&
		    memcmp(learned.doc.input + span.begin, source, strlen(source)) == 0)
			return learned.doc.explanations + i;
	}
	ck_abort_msg("no row of %s", source);
	return NULL;
}

static bool has_reason(const struct quoth_alternative *item, const char *words)
{
	for (unsigned k = 0; k < item->n_reasons; k++)
		if (strstr(item->reasons[k].words, words))
			return true;
	return false;
}

START_TEST(a_pronoun_is_explained_by_those_that_were_weighed)
{
	const struct quoth_choice *speaker;
	static const char text[] = "Anna Berg met Tom Lee on Friday. Lee waved. “We need a year,” she said.\n";

	explain(text, sizeof text - 1);
	speaker = &explanation_of("she")->speaker;
	ck_assert_uint_ge(speaker->n, 1);
	ck_assert_str_eq(learned.doc.entities[speaker->alternatives[0].entity].name, "Anna Berg");
	ck_assert(speaker->alternatives[0].weight > 0 && has_reason(speaker->alternatives, "gender"));
}
END_TEST

static const struct {
	const char *text, *source, *because;
} speakers[] = {
	{"Anna Berg left. Berg said that the bridge was closed.", "Berg", "short for %e, the only “%t” in the article"},
	{"Anna Berg and Tom Berg left early. Berg said that the bridge was closed.", "Berg", "could be several"},
	{"Anna Berg said that the bridge was closed.", "Anna Berg", "named here"},
	{"Mayor Anna Berg left Oslo on Friday. The mayor said that the bridge was closed.", "The mayor",
	 "the article calls %e “%t” in paragraph %n"},
	{"An official said that the bridge was closed.", "An official", "nothing but “%t”"},
	{"The bank in Oslo raised its rate. Anna Berg runs the port. Tom Lee left. Trams ran. The bank said that more would "
	 "follow.", "The bank", "paragraph %n calls the source “%t”"},
	{"Tom Lee said that trams ran. Anna Berg, the warden of the reserve, came. The warden said that the bridge was closed.",
	 "The warden", "the article calls %e “%t” in paragraph %n"},
	{"Tom Lee met the Harbour Committee on Friday. The committee said that the bridge was closed.", "The committee",
	 "the name has the noun: “%t”"},
	{"A statement came on Friday. Anna Berg wrote it. Her statement said that the bridge was closed.", "Her statement",
	 "speaks for %e, whose it is"},
	{"She said that the bridge was closed.", "She", "nobody spoken of before can be “%t”"},
};

START_TEST(a_speaker_is_explained_by_how_it_was_joined)
{
	explain(speakers[_i].text, strlen(speakers[_i].text));
	ck_assert_msg(strstr(explanation_of(speakers[_i].source)->speaker.because.words, speakers[_i].because) != NULL, "%s",
		      explanation_of(speakers[_i].source)->speaker.because.words);
	for (uint32_t i = 0; i < learned.doc.n_attributions; i++)
		expect_explained(i);
}
END_TEST

START_TEST(without_a_model_the_rule_explains)
{
	struct quoth_resources rules = learned.resources;

	rules.model = NULL;
	quoth_arena_reset(learned.arena);
	quoth_document_begin(&learned.doc, learned.arena, "test", article, sizeof article - 1);
	learned.doc.is_explained = true;
	ck_assert_int_eq(quoth_chain_run(&learned.doc, &rules, QUOTH_N_STAGES, NULL), 0);
	ck_assert_uint_gt(learned.doc.n_attributions, 2);
	for (uint32_t i = 0; i < learned.doc.n_attributions; i++) {
		ck_assert(!learned.doc.explanations[i].is_judged && learned.doc.explanations[i].is_by_rules);
		ck_assert_float_eq(learned.doc.explanations[i].belief, learned.doc.attributions[i].score);
		ck_assert_ptr_nonnull(learned.doc.explanations[i].speaker.because.words);
		expect_sound(&learned.doc.explanations[i].content, true);
		ck_assert_mem_eq(learned.doc.explanations[i].content.alternatives->parts, learned.doc.attributions[i].parts,
				 learned.doc.attributions[i].n_parts * sizeof(struct quoth_range));
	}
}
END_TEST

START_TEST(without_memory_explaining_fails_and_says_so)
{
	size_t used;
	int error = QUOTH_NO_MEMORY;

	explain(article, sizeof article - 1);
	used = quoth_arena_used(learned.arena);
	for (size_t limit = used / 4; error; limit += 499) {
		ck_assert_uint_le(limit, used + 499);
		quoth_arena_reset(learned.arena);
		quoth_arena_limit(learned.arena, limit);
		quoth_document_begin(&learned.doc, learned.arena, "test", article, sizeof article - 1);
		learned.doc.is_explained = true;
		error = quoth_chain_run(&learned.doc, &learned.resources, QUOTH_N_STAGES, NULL);
		ck_assert(error == 0 || error == QUOTH_NO_MEMORY);
	}
	quoth_arena_limit(learned.arena, 0);
	for (uint32_t i = 0; i < learned.doc.n_attributions; i++)
		expect_explained(i);
}
END_TEST

Suite *explain_suite(void)
{
	Suite *suite = suite_create("explain");
	TCase *tcase = tcase_create("explain");

	tcase_add_checked_fixture(tcase, open_learned, close_learned);
	tcase_add_test(tcase, every_template_has_words_and_their_weights_are_the_score);
	tcase_add_test(tcase, facts_say_what_stands_there);
	tcase_add_test(tcase, every_rule_has_its_words);
	tcase_add_test(tcase, the_best_labels_through_each_are_what_trying_all_finds);
	tcase_add_test(tcase, an_explanation_tells_of_the_row_that_was_chosen);
	tcase_add_test(tcase, explaining_changes_no_row);
	tcase_add_test(tcase, a_pronoun_is_explained_by_those_that_were_weighed);
	tcase_add_loop_test(tcase, a_speaker_is_explained_by_how_it_was_joined, 0, sizeof speakers / sizeof *speakers);
	tcase_add_test(tcase, without_a_model_the_rule_explains);
	tcase_add_test(tcase, without_memory_explaining_fails_and_says_so);
	suite_add_tcase(suite, tcase);
	return suite;
}
