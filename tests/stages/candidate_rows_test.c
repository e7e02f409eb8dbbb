#include "stages/candidate_rows.h"

#include "stages/attribute.h"
#include "stages/attribute_choice.h"
#include "tests/stages/learned_fixture.h"
#include "tests/stages/text_fixture.h"

/* ---- decoding ---- */

enum { N = QUOTH_N_ROLE_LABELS, MAX_SMALL = 5 };

/* The best sum over all valid sequences of labels, those with content or only those without. */
static float best_of_all(const struct quoth_role_window *window, float (*scores)[N],
			 const struct quoth_role_transitions *transitions, bool has_content)
{
	unsigned n_sequences = 1;
	float best = -1e9f;

	for (uint32_t u = 0; u < window->n_units; u++)
		n_sequences *= N;
	for (unsigned sequence = 0; sequence < n_sequences; sequence++) {
		unsigned rest = sequence, before = N;
		float sum = 0;
		bool is_valid = true;

		for (uint32_t u = 0; u < window->n_units && is_valid; u++, rest /= N) {
			unsigned label = rest % N;

			is_valid = quoth_role_may_follow(before, label) &&
				   (has_content || (label != QUOTH_CONTENT_BEGIN && label != QUOTH_CONTENT));
			sum += scores[u][label] + transitions->weights[u ? window->units[u].junction : 0][before][label];
			before = label;
		}
		if (is_valid && sum > best)
			best = sum;
	}
	return best;
}

static float sum_of(const struct quoth_role_window *window, float (*scores)[N],
		    const struct quoth_role_transitions *transitions, const uint8_t *labels)
{
	unsigned before = N;
	float sum = 0;

	for (uint32_t u = 0; u < window->n_units; u++) {
		ck_assert_uint_lt(labels[u], N);
		ck_assert(quoth_role_may_follow(before, labels[u]));
		sum += scores[u][labels[u]] + transitions->weights[u ? window->units[u].junction : 0][before][labels[u]];
		before = labels[u];
	}
	return sum;
}

START_TEST(decoding_finds_what_trying_all_labels_finds)
{
	static struct quoth_role_transitions transitions;
	static struct quoth_role_window window;
	float scores[MAX_SMALL][N], best;
	uint8_t labels[MAX_SMALL];
	uint32_t state = 5;

	for (int round = 0; round < 300; round++) {
		draw_window(&state, MAX_SMALL, &window, scores, &transitions);
		best = best_of_all(&window, scores, &transitions, true);
		ck_assert_float_eq(quoth_role_decode(&window, scores, &transitions, labels),
				   best - best_of_all(&window, scores, &transitions, false));
		ck_assert_float_eq(sum_of(&window, scores, &transitions, labels), best);
	}
}
END_TEST

START_TEST(labels_of_the_largest_window_are_valid)
{
	static struct quoth_role_transitions transitions;
	static struct quoth_role_window window = {.n_units = QUOTH_MAX_UNITS};
	static float scores[QUOTH_MAX_UNITS][N];
	uint8_t labels[QUOTH_MAX_UNITS];
	uint32_t state = 9;

	for (uint32_t u = 0; u < QUOTH_MAX_UNITS; u++)
		for (unsigned l = 0; l < N; l++)
			scores[u][l] = random_weight(&state);
	ck_assert(quoth_role_decode(&window, scores, &transitions, labels) >= 0);
	sum_of(&window, scores, &transitions, labels);
}
END_TEST

/* ---- overlap and choice ---- */

static struct quoth_row row_of(uint32_t begin, uint32_t end, uint32_t begin2, uint32_t end2)
{
	struct quoth_row row = {.parts = {{begin, end}, {begin2, end2}}, .n_parts = begin2 < end2 ? 2 : 1};

	return row;
}

static const struct {
	uint32_t a[4], b[4];
	float overlap;
} overlaps[] = {
	{{0, 10}, {0, 10}, 1},
	{{0, 10}, {10, 20}, 0},
	{{0, 10}, {5, 15}, 0.5f},
	{{0, 10}, {2, 4}, 4 / 12.0f},
	{{0, 4, 6, 10}, {0, 4, 6, 10}, 1},
	{{0, 4, 6, 10}, {0, 10}, 16 / 18.0f},
	{{0, 4, 6, 10}, {4, 6}, 0},
	{{0, 4, 6, 10}, {6, 10}, 8 / 12.0f},
};

START_TEST(the_overlap_of_contents_is_theirs_in_tokens)
{
	const uint32_t *a = overlaps[_i].a, *b = overlaps[_i].b;
	struct quoth_row x = row_of(a[0], a[1], a[2], a[3]), y = row_of(b[0], b[1], b[2], b[3]);

	ck_assert_float_eq_tol(quoth_rows_overlap(&x, &y), overlaps[_i].overlap, 1e-6f);
	ck_assert_float_eq(quoth_rows_overlap(&x, &y), quoth_rows_overlap(&y, &x));
}
END_TEST

START_TEST(rows_without_content_do_not_overlap)
{
	struct quoth_row empty = {.n_parts = 0};

	ck_assert_float_eq(quoth_rows_overlap(&empty, &empty), 0);
}
END_TEST

START_TEST(rows_of_one_cue_or_of_one_content_are_rivals)
{
	struct quoth_row a = row_of(0, 20, 0, 0), b = row_of(0, 19, 0, 0), c = row_of(40, 60, 0, 0);
	struct quoth_row most = row_of(0, 9, 0, 0), half = row_of(0, 8, 0, 0);

	a.cue = 70, b.cue = 71, c.cue = 70, most.cue = 72, half.cue = 73;
	ck_assert(quoth_rows_are_rivals(&a, &b));
	ck_assert(quoth_rows_are_rivals(&a, &c));
	ck_assert(!quoth_rows_are_rivals(&b, &c));
	ck_assert(quoth_rows_are_rivals(&a, &most));	/* 0.62 */
	ck_assert(!quoth_rows_are_rivals(&a, &half));	/* 0.57 */
}
END_TEST

START_TEST(a_row_that_lost_itself_leaves_no_other_out)
{
	struct quoth_row rows[3] = {row_of(0, 20, 0, 0), row_of(6, 26, 0, 0), row_of(12, 32, 0, 0)};

	for (uint32_t r = 0; r < 3; r++) {
		rows[r].cue = 40 + r;
		rows[r].score = 3 - (float)r;
	}
	ck_assert(quoth_rows_are_rivals(rows, rows + 1));
	ck_assert(quoth_rows_are_rivals(rows + 1, rows + 2));
	ck_assert(!quoth_rows_are_rivals(rows, rows + 2));
	quoth_rows_mark(rows, 3, 0);
	ck_assert(rows[0].is_chosen);
	ck_assert(!rows[1].is_chosen);
	ck_assert(rows[2].is_chosen);
}
END_TEST

static void fill_rows(struct quoth_row *rows, uint32_t n, uint32_t *state)
{
	uint32_t cue = 0;

	for (uint32_t r = 0; r < n; r++) {
		uint32_t begin = cue + next_random(state, 6);

		rows[r] = row_of(begin, begin + 1 + next_random(state, 8), 0, 0);
		rows[r].cue = cue;
		rows[r].attribution = r;	/* so that it is known again */
		rows[r].score = ((float)next_random(state, 9) - 4) / 2;
		cue += next_random(state, 3);
	}
}

START_TEST(of_rivals_the_best_is_kept_and_the_order_stays)
{
	struct quoth_row rows[60], before[60];
	uint32_t state = 21;

	for (int round = 0; round < 200; round++) {
		uint32_t n = next_random(&state, 61), n_chosen, best = QUOTH_NONE;

		fill_rows(rows, n, &state);
		memcpy(before, rows, sizeof rows);
		n_chosen = quoth_rows_choose(rows, n, 0);
		for (uint32_t r = 0; r < n; r++)
			if (best == QUOTH_NONE || before[r].score > before[best].score)
				best = r;
		ck_assert(n_chosen <= n);
		ck_assert((n_chosen > 0) == (n > 0 && before[best].score >= 0));
		for (uint32_t r = 0; r < n_chosen; r++) {
			ck_assert(rows[r].score >= 0 && rows[r].is_chosen);
			ck_assert(r == 0 || rows[r - 1].attribution < rows[r].attribution);
			for (uint32_t k = 0; k < r; k++)
				ck_assert(rows[r].attribution - rows[k].attribution > QUOTH_ROW_REACH ||
					  !quoth_rows_are_rivals(rows + r, rows + k));
		}
		/* what was left out was too bad or had a better rival nearby */
		for (uint32_t r = 0, at = 0; r < n; r++) {
			bool has_better = false;

			if (at < n_chosen && rows[at].attribution == r) {
				at++;
				continue;
			}
			for (uint32_t k = r > QUOTH_ROW_REACH ? r - QUOTH_ROW_REACH : 0; k < n && k <= r + QUOTH_ROW_REACH; k++)
				has_better |= k != r && before[k].score >= before[r].score &&
					      quoth_rows_are_rivals(before + k, before + r);
			ck_assert(before[r].score < 0 || has_better);
		}
	}
}
END_TEST

/* ---- rows of a text ---- */

static const char *const texts[] = {
	"",
	"The trains were late.",
	"“We will not sign,” President Tomas Varga said on Friday. “Not now.”",
	"Officials said that the fire had been contained, and Lopez told reporters she was “very relieved”.",
	"Lopez wrote on Twitter: “The vote was a farce.”\n\n“It was stolen.”\n\nThe union denied that. Critics argue it was right.",
	"According to the report, two people were hurt, the bank warned, as the mayor had said they would be.",
	"“One” said “two” said: “three” — said “four",
};

START_TEST(rows_stand_in_order_of_their_cues_and_their_features_fit)
{
	uint32_t n_rows, first[QUOTH_N_ROW_FEATURES], second[QUOTH_N_ROW_FEATURES];
	struct quoth_row *rows;

	read_learned(texts[_i], strlen(texts[_i]));
	ck_assert_int_eq(quoth_rows_find(&learned.syntax, &learned.models, &rows, &n_rows), 0);
	for (uint32_t r = 0; r < n_rows; r++) {
		size_t n = quoth_row_features(&learned.syntax, rows, n_rows, r, first);

		ck_assert(n > 0 && n < QUOTH_N_ROW_FEATURES);
		ck_assert_uint_eq(quoth_row_features(&learned.syntax, rows, n_rows, r, second), n);
		ck_assert_mem_eq(first, second, n * sizeof *first);
		ck_assert(r == 0 || rows[r - 1].cue <= rows[r].cue);
		ck_assert(rows[r].n_parts >= 1 && rows[r].n_parts <= QUOTH_MAX_PARTS && rows[r].kind < QUOTH_N_KINDS);
		ck_assert(rows[r].readers != 0 && rows[r].readers <= (QUOTH_READ_BY_CHAIN | QUOTH_READ_BY_RULES));
		ck_assert((rows[r].attribution != QUOTH_NONE) == !!(rows[r].readers & QUOTH_READ_BY_RULES));
		ck_assert(rows[r].attribution == QUOTH_NONE || rows[r].attribution < learned.doc.n_attributions);
		for (unsigned k = 0; k < rows[r].n_parts; k++)
			ck_assert(!quoth_range_is_empty(rows[r].parts[k]) && rows[r].parts[k].end <= learned.doc.n_tokens &&
				  (k == 0 || rows[r].parts[k - 1].end <= rows[r].parts[k].begin));
	}
}
END_TEST

/* ---- the whole stage ---- */

/* The first attribution as "kind: source | content". */
static const char *attribute(const char *text)
{
	static const char *const kinds[] = {"direct", "mixed", "indirect"};
	static char line[1024];
	const struct quoth_attribution *row = NULL;
	struct quoth_span span = {0, 0};
	size_t n;

	read_learned(text, strlen(text));
	ck_assert_int_eq(quoth_attribute(&learned.doc, &learned.resources), 0);
	if (learned.doc.n_attributions == 0)
		return "";
	row = learned.doc.attributions;
	if (!quoth_range_is_empty(row->source))
		span = quoth_tokens_span(&learned.doc, row->source);
	n = (size_t)snprintf(line, sizeof line, "%s: %.*s |", kinds[row->kind], (int)(span.end - span.begin), text + span.begin);
	for (unsigned k = 0; k < row->n_parts; k++) {
		span = quoth_tokens_span(&learned.doc, row->parts[k]);
		n += (size_t)snprintf(line + n, sizeof line - n, " %.*s", (int)(span.end - span.begin), text + span.begin);
	}
	if (learned.doc.n_attributions > 1)
		snprintf(line + n, sizeof line - n, " and others");
	return line;
}

static const char *const sentences[][2] = {
	{"The governor said the road would stay closed until Monday.",
	 "indirect: The governor | the road would stay closed until Monday"},
	{"Officials said that the fire had been contained.", "indirect: Officials | that the fire had been contained"},
	{"Anna Berg told reporters that the strike would go on.", "indirect: Anna Berg | that the strike would go on"},
	{"“We will not sign the treaty,” President Tomas Varga said on Friday.",
	 "direct: President Tomas Varga | We will not sign the treaty,"},
	{"\"We will not sign the treaty,\" President Tomas Varga said on Friday.",
	 "direct: President Tomas Varga | We will not sign the treaty,"},
	{"“We lost everything,” said Maria Lopez, a farmer in the valley.",
	 "direct: Maria Lopez, a farmer in the valley | We lost everything,"},
	{"“The bridge is late,” she admitted. “It will open in June.”",
	 "direct: she | The bridge is late, It will open in June."},
	{"The ministry announced that exports had fallen by a third.",
	 "indirect: The ministry | that exports had fallen by a third"},
	{"According to the report, two people were hurt.", "indirect: the report | two people were hurt"},
	{"Two people were hurt, according to the police.", "indirect: the police | Two people were hurt"},
	{"Prices will rise again next year, the bank warned.", "indirect: the bank | Prices will rise again next year"},
	{"The company denied that it had broken the law.", "indirect: The company | that it had broken the law"},
	{"Critics argue that the plan is too expensive.", "indirect: Critics | that the plan is too expensive"},
	{"Senator Helen Moore believes the bill will pass.", "indirect: Senator Helen Moore | the bill will pass"},
	{"“Where is the money?” asked the judge.", "direct: the judge | Where is the money?"},
	{"The mayor promised to rebuild the school.", "indirect: The mayor | to rebuild the school"},
	{"Scientists think the lake could dry up within a decade.",
	 "indirect: Scientists | the lake could dry up within a decade"},
	{"In a statement, the airline said it would cancel forty flights.",
	 "indirect: the airline | it would cancel forty flights"},
	{"The union insisted that no deal had been reached.", "indirect: The union | that no deal had been reached"},
	{"He said he was tired, but that he would stay.", "indirect: He | he was tired, but that he would stay"},
	{"Lopez wrote on Twitter: “The vote was a farce.”", "direct: Lopez | The vote was a farce."},
	{"The court ruled that the arrest was unlawful.", "indirect: The court | that the arrest was unlawful"},
	{"Moore confirmed on Tuesday that she would step down.", "indirect: Moore | that she would step down"},
	{"“It was dark,” the driver recalled, “and nobody was there.”",
	 "direct: the driver | It was dark, and nobody was there."},
	{"A spokesman for the army said three soldiers had died.",
	 "indirect: A spokesman for the army | three soldiers had died"},
	{"The witness testified that she had seen the car twice.",
	 "indirect: The witness | that she had seen the car twice"},
	{"The trains were late and the station was cold.", ""},
	{"The dog slept in the garden all day.", ""},
	{"", ""},
};

START_TEST(source_and_content_of_clear_sentences_come_out_right)
{
	ck_assert_str_eq(attribute(sentences[_i][0]), sentences[_i][1]);
}
END_TEST

/* ---- limits ---- */

START_TEST(without_memory_the_rules_attributions_stay_or_it_is_an_error)
{
	static const char text[] = "“We will not sign,” President Tomas Varga said on Friday. “Not now.” Lopez told reporters that "
				   "the vote was a farce.\n\nAccording to the report, two people were hurt. The mayor denied it.";
	struct quoth_attribution rules[16];
	uint32_t n_rules;
	int error = QUOTH_NO_MEMORY;

	for (size_t more = 0; error; more += 48) {
		read_learned(text, strlen(text));
		n_rules = learned.doc.n_attributions;
		ck_assert(n_rules > 1 && n_rules <= 16);
		memcpy(rules, learned.doc.attributions, n_rules * sizeof *rules);
		quoth_arena_limit(learned.arena, quoth_arena_used(learned.arena) + more);
		error = quoth_attribute_choose(&learned.doc, learned.resources.lexicon, &learned.models);
		quoth_arena_limit(learned.arena, 0);
		ck_assert(error == 0 || error == QUOTH_NO_MEMORY);
		if (error) {
			ck_assert_uint_eq(learned.doc.n_attributions, n_rules);
			ck_assert_mem_eq(learned.doc.attributions, rules, n_rules * sizeof *rules);
		}
		ck_assert_uint_lt(more, 4 << 20);
	}
	error = QUOTH_NO_MEMORY;
	for (size_t more = 0; error; more += 256) {
		read_learned(text, strlen(text));
		quoth_arena_limit(learned.arena, quoth_arena_used(learned.arena) + more);
		error = quoth_attribute(&learned.doc, &learned.resources);
		quoth_arena_limit(learned.arena, 0);
		ck_assert(error == 0 || error == QUOTH_NO_MEMORY);
		ck_assert(learned.doc.n_attributions <= 16);
		ck_assert_uint_lt(more, 4 << 20);
	}
}
END_TEST

/* Cues without end in one sentence; then beside a quotation or a sentence that each of them might take whole. n: of pieces; the tail has
 * twice as many of its own. */
static const struct sentence_of_cues {
	const char *head, *piece, *tail, *tail_piece;
	size_t n;
} hostile[] = {
	{"", "he said ", ".", "", 6000},
	{"", "said : ", ".", "", 2000},
	{"", "said “so” , ", ".", "", 2000},
	{"He ", "said : ", ". “", "word ", 2000},
	{"", "he said, ", ".” ", "late ", 2000},
	{"", "He said: ", "\n\nThe ", "said ", 2000},
};

static clock_t time_to_attribute(const void *shape, size_t n)
{
	const struct sentence_of_cues *sentence = shape;
	size_t n_head = strlen(sentence->head), n_tail = strlen(sentence->tail), size, tail_size;
	char *pieces = copy_pieces(sentence->piece, n, &size), *words = copy_pieces(sentence->tail_piece, 2 * n, &tail_size);
	char *text = malloc(n_head + size + n_tail + tail_size + 1), *end = text;
	clock_t begin, ended;

	ck_assert_ptr_nonnull(text);
	memcpy(end, sentence->head, n_head);
	memcpy(end += n_head, pieces, size);
	memcpy(end += size, sentence->tail, n_tail);
	memcpy(end += n_tail, words, tail_size);
	end += tail_size;
	read_learned(text, (size_t)(end - text));
	begin = clock();
	ck_assert_int_eq(quoth_attribute(&learned.doc, &learned.resources), 0);
	ended = clock();
	free(text);
	free(pieces);
	free(words);
	return ended - begin;
}

START_TEST(a_sentence_of_cues_takes_linear_time)
{
	assert_linear_time(hostile[_i].piece, time_to_attribute, &hostile[_i], hostile[_i].n);
}
END_TEST

Suite *candidate_rows_suite(void)
{
	Suite *suite = suite_create("candidate_rows");
	TCase *tcase = tcase_create("candidate_rows");

	tcase_add_checked_fixture(tcase, open_learned, close_learned);
	tcase_add_test(tcase, decoding_finds_what_trying_all_labels_finds);
	tcase_add_test(tcase, labels_of_the_largest_window_are_valid);
	tcase_add_loop_test(tcase, the_overlap_of_contents_is_theirs_in_tokens, 0, (int)(sizeof overlaps / sizeof *overlaps));
	tcase_add_test(tcase, rows_without_content_do_not_overlap);
	tcase_add_test(tcase, rows_of_one_cue_or_of_one_content_are_rivals);
	tcase_add_test(tcase, a_row_that_lost_itself_leaves_no_other_out);
	tcase_add_test(tcase, of_rivals_the_best_is_kept_and_the_order_stays);
	tcase_add_loop_test(tcase, rows_stand_in_order_of_their_cues_and_their_features_fit, 0,
			    (int)(sizeof texts / sizeof *texts));
	tcase_add_loop_test(tcase, source_and_content_of_clear_sentences_come_out_right, 0,
			    (int)(sizeof sentences / sizeof *sentences));
	tcase_add_test(tcase, without_memory_the_rules_attributions_stay_or_it_is_an_error);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, a_sentence_of_cues_takes_linear_time, 0, (int)(sizeof hostile / sizeof *hostile));
	suite_add_tcase(suite, tcase);
	return suite;
}
