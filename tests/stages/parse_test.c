#define _POSIX_C_SOURCE 200809L

#include "stages/parse.h"

#include "pipeline/chain.h"
#include "pipeline/train.h"
#include "stages/parse_model.h"
#include "stages/tag_model.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct quoth_resources resources;
static struct quoth_arena *arena;
static struct quoth_document doc;

static void open_all(void)
{
	struct quoth_report report;

	ck_assert_int_eq(quoth_resources_open(&resources, NULL, &report), 0);
	ck_assert_ptr_nonnull(resources.model);
	arena = quoth_arena_new(1 << 20);
}

static void close_all(void)
{
	quoth_arena_free(arena);
	quoth_resources_close(&resources);
}

static void parse(const char *text)
{
	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", text, (uint32_t)strlen(text));
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_STAGE_PARSE, NULL), 0);
}

static uint32_t find(const char *form)
{
	for (uint32_t i = 0; i < doc.n_tokens; i++)
		if (doc.tokens[i].length == strlen(form) && memcmp(quoth_token_text(&doc, i), form, strlen(form)) == 0)
			return i;
	ck_abort_msg("no token %s", form);
	return 0;
}

/* One root, heads inside the sentence, no circle. Each word's way up is marked, so that all ways together are walked
 * once. */
static void expect_tree(struct quoth_range tokens)
{
	uint32_t n = quoth_range_length(tokens), n_roots = 0;
	uint32_t *mark = calloc(n, sizeof *mark);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t k = i;

		while (!mark[k]) {
			uint32_t head = doc.tokens[tokens.begin + k].head;

			mark[k] = i + 1;
			if (head == QUOTH_NONE) {
				n_roots++;
				assert_each(doc.tokens[tokens.begin + k].relation == QUOTH_REL_ROOT);
				break;
			}
			assert_each(quoth_range_holds(tokens, head));
			assert_each(doc.tokens[tokens.begin + k].relation < QUOTH_N_RELATIONS);
			k = head - tokens.begin;
			assert_each(mark[k] != i + 1);	/* else a circle */
		}
	}
	assert_each(n_roots == 1);
	free(mark);
}

/* No arc crosses another: arcs open and close like brackets. */
static void expect_projective(struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin; i < tokens.end; i++) {
		uint32_t head = doc.tokens[i].head, low = i < head ? i : head, high = i < head ? head : i;

		if (head == QUOTH_NONE)
			continue;
		for (uint32_t k = low + 1; k < high; k++) {
			uint32_t other = doc.tokens[k].head;

			assert_each(other != QUOTH_NONE && other >= low && other <= high);
		}
	}
}

static void expect_sound(void)
{
	for (uint32_t s = 0; s < doc.n_sentences; s++) {
		struct quoth_range tokens = doc.sentences[s].tokens;

		if (!doc.sentences[s].is_parsed) {
			for (uint32_t i = tokens.begin; i < tokens.end; i++)
				ck_assert(doc.tokens[i].head == QUOTH_NONE && doc.tokens[i].relation == QUOTH_REL_NONE);
			continue;
		}
		expect_tree(tokens);
		if (quoth_range_length(tokens) <= QUOTH_MAX_STRETCH)
			expect_projective(tokens);
	}
}

/* A word's head and relation; head "" is the root. */
static const struct {
	const char *text, *word, *head, *relation;
} arcs[] = {
	{"The minister said the bridge was unsafe.", "said", "", "root"},
	{"The minister said the bridge was unsafe.", "minister", "said", "nsubj"},
	{"The minister said the bridge was unsafe.", "unsafe", "said", "ccomp"},
	{"The minister said the bridge was unsafe.", "bridge", "unsafe", "nsubj"},
	{"The minister said the bridge was unsafe.", "was", "unsafe", "cop"},
	{"Officials announced that the mine would close in May.", "that", "close", "mark"},
	{"Officials announced that the mine would close in May.", "close", "announced", "ccomp"},
	{"Officials announced that the mine would close in May.", "May", "close", "obl"},
	{"Officials announced that the mine would close in May.", "in", "May", "case"},
	{"Anna Berg, the mayor, said she was quoted wrongly.", "Anna", "said", "nsubj"},
	{"Anna Berg, the mayor, said she was quoted wrongly.", "Berg", "Anna", "flat"},
	{"Anna Berg, the mayor, said she was quoted wrongly.", "she", "quoted", "nsubj:pass"},
	{"The company said it sold ships and trucks.", "trucks", "ships", "conj"},
	{"The company said it sold ships and trucks.", "and", "trucks", "cc"},
	{"The company said it sold ships and trucks.", "ships", "sold", "obj"},
};

START_TEST(words_hang_where_they_should)
{
	uint32_t word, head;

	parse(arcs[_i].text);
	expect_sound();
	word = find(arcs[_i].word);
	head = doc.tokens[word].head;
	if (arcs[_i].head[0] == '\0')
		ck_assert_msg(head == QUOTH_NONE, "%s in \"%s\" has a head", arcs[_i].word, arcs[_i].text);
	else
		ck_assert_msg(head == find(arcs[_i].head), "%s in \"%s\" hangs on %.*s", arcs[_i].word, arcs[_i].text,
			      head == QUOTH_NONE ? 4 : (int)doc.tokens[head].length,
			      head == QUOTH_NONE ? "root" : quoth_token_text(&doc, head));
	ck_assert_msg(strcmp(quoth_relation_name(doc.tokens[word].relation), arcs[_i].relation) == 0, "%s in \"%s\" is %s",
		      arcs[_i].word, arcs[_i].text, quoth_relation_name(doc.tokens[word].relation));
}
END_TEST

START_TEST(a_sentence_that_can_hold_no_attribution_is_not_parsed)
{
	parse("The trains were late. The minister said so.");
	ck_assert_uint_eq(doc.n_sentences, 2);
	ck_assert(!doc.sentences[0].is_parsed);
	ck_assert(doc.sentences[1].is_parsed);
	expect_sound();
}
END_TEST

START_TEST(without_a_model_nothing_is_parsed)
{
	struct quoth_resources others = resources;

	others.model = NULL;
	parse("The minister said so.");
	ck_assert_int_eq(quoth_parse(&doc, &others), 0);
	ck_assert(!doc.sentences[0].is_parsed);
	expect_sound();
}
END_TEST

START_TEST(any_words_give_a_tree)
{
	static const char *const parts[] = {"said", "the", ",", "\"", "Oslo", "and", "(", ")", "was", "that", "7", ":", "of", "'s",
					    "slowly", "\xE2\x80\x9C", "\xE2\x80\x9D", "who", "to", "\xE2\x80\x94", "walk", "old"};
	struct quoth_random random = quoth_random_new(11);
	char text[4096];

	for (int round = 0; round < 300; round++) {
		char *end = text;
		unsigned n = 1 + quoth_random_below(&random, 120);

		for (unsigned i = 0; i < n; i++)
			end += sprintf(end, "%s ", parts[quoth_random_below(&random, sizeof parts / sizeof *parts)]);
		parse(text);
		expect_sound();
	}
}
END_TEST

START_TEST(a_sentence_of_any_length_is_one_tree)
{
	static const unsigned lengths[] = {1, 2, 511, 512, 513, 1025, 100000};

	for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
		char *text = malloc(lengths[k] * 6 + 16), *end = text;

		for (unsigned i = 0; i < lengths[k]; i++)
			end += sprintf(end, "%s ", i % 9 == 3 ? "said" : i % 4 == 1 ? "the" : i % 5 == 2 ? "," : "walks");
		strcpy(end, "said");
		parse(text);
		ck_assert(doc.sentences[0].is_parsed);
		expect_sound();
		free(text);
	}
}
END_TEST

START_TEST(the_same_text_gives_the_same_tree)
{
	static const char text[] = "The mayor of Bergen, who had promised to step down, said on Friday that she would stay.";
	uint32_t heads[64];
	uint8_t relations[64];

	parse(text);
	ck_assert_uint_le(doc.n_tokens, 64);
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		heads[i] = doc.tokens[i].head;
		relations[i] = doc.tokens[i].relation;
	}
	parse(text);
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		ck_assert_uint_eq(doc.tokens[i].head, heads[i]);
		ck_assert_uint_eq(doc.tokens[i].relation, relations[i]);
	}
}
END_TEST

START_TEST(any_legal_moves_end_in_a_tree)
{
	static struct quoth_parse_input input;
	static struct quoth_parse_state state;
	struct quoth_word_view views[40 + 2 * QUOTH_STRETCH_PADDING] = {0};
	struct quoth_token tokens[40] = {0};
	struct quoth_random random = quoth_random_new(5);
	uint32_t features[256];

	for (int round = 0; round < 500; round++) {
		unsigned n = 1 + quoth_random_below(&random, 40), n_moves = 0;

		quoth_parse_read(&input, views, tokens, n);
		quoth_parse_begin(&state, &input);
		while (!quoth_parse_is_done(&state)) {
			unsigned legal = quoth_parse_legal_moves(&state), move;

			ck_assert_uint_ne(legal, 0);
			do
				move = quoth_random_below(&random, QUOTH_N_MOVES);
			while (!(legal & 1u << move));
			ck_assert_uint_le(quoth_move_features(&state, features), QUOTH_N_MOVE_FEATURES);
			if (move == QUOTH_LEFT && state.next <= n)
				ck_assert_uint_le(quoth_relation_features(&state, state.next, quoth_parse_top(&state), features),
						  QUOTH_N_RELATION_FEATURES);
			quoth_parse_make_move(&state, (enum quoth_move)move, QUOTH_REL_DEP);
			n_moves++;
		}
		ck_assert_uint_eq(n_moves, 2 * n);
		for (unsigned i = 1; i <= n; i++)
			ck_assert(state.nodes[i].head >= 1 && state.nodes[i].head <= n + 1 && state.nodes[i].head != i);
	}
}
END_TEST

/* ---- the beam ---- */

/* Weights that are the same for the same feature and like no other's. */
static int32_t any_weight(uint32_t feature, uint32_t label)
{
	return (int32_t)(quoth_feature(label, feature) >> 16 & 255) - 128;
}

static void sum_weights(const uint32_t *features, size_t n, unsigned n_labels, int32_t *scores)
{
	for (unsigned label = 0; label < n_labels; label++) {
		scores[label] = 0;
		for (size_t i = 0; i < n; i++)
			scores[label] += any_weight(features[i], label);
	}
}

static void score_any_moves(const void *unused, const uint32_t *features, size_t n, int32_t *scores)
{
	(void)unused;
	sum_weights(features, n, QUOTH_N_MOVES, scores);
}

static void score_any_relations(const void *unused, const uint32_t *features, size_t n, int32_t *scores)
{
	(void)unused;
	sum_weights(features, n, QUOTH_N_RELATIONS, scores);
}

static const struct quoth_parse_scorer any_scorer = {
	.score_moves = score_any_moves, .score_relations = score_any_relations, .move_factor = 3, .relation_factor = 2,
};

/* n words of few kinds, so that much looks alike. */
static void read_any_words(struct quoth_parse_input *input, unsigned n, struct quoth_random *random)
{
	struct quoth_word_view views[60 + 2 * QUOTH_STRETCH_PADDING] = {0};
	struct quoth_token tokens[60] = {0};

	ck_assert_uint_le(n, 60);
	for (unsigned i = 0; i < n; i++) {
		views[QUOTH_STRETCH_PADDING + i].label = (uint8_t)quoth_random_below(random, 3);
		views[QUOTH_STRETCH_PADDING + i].word = quoth_random_below(random, 4);
	}
	quoth_parse_read(input, views, tokens, n);
}

/* What a move in a state scores, reckoned afresh, and the relation it gives. */
static int64_t score_move(const struct quoth_parse_state *state, enum quoth_move move, uint8_t *relation)
{
	unsigned legal = quoth_parse_legal_moves(state);
	uint32_t features[QUOTH_N_MOVE_FEATURES];
	int32_t scores[QUOTH_MAX_LABELS];
	uint16_t head, dependent;
	int64_t score = 0;

	*relation = QUOTH_REL_NONE;
	if (legal & (legal - 1)) {
		score_any_moves(NULL, features, quoth_move_features(state, features), scores);
		score += (int64_t)scores[move] * any_scorer.move_factor;
	}
	if (!quoth_parse_arc_of(state, move, &head, &dependent))
		return score;
	*relation = QUOTH_REL_ROOT;
	if (head > state->input->n)
		return score;
	score_any_relations(NULL, features, quoth_relation_features(state, head, dependent, features), scores);
	*relation = (uint8_t)quoth_best_label(scores, QUOTH_N_RELATIONS);
	return score + (int64_t)scores[*relation] * any_scorer.relation_factor;
}

/* The score of the best of all ways on from a state. */
static int64_t find_best_score(const struct quoth_parse_state *state)
{
	int64_t best = INT64_MIN;

	if (quoth_parse_is_done(state))
		return 0;
	for (unsigned move = 0; move < QUOTH_N_MOVES; move++) {
		struct quoth_parse_state after;
		uint8_t relation;
		int64_t score;

		if (!(quoth_parse_legal_moves(state) & 1u << move))
			continue;
		score = score_move(state, (enum quoth_move)move, &relation);
		quoth_parse_copy(&after, state);
		quoth_parse_make_move(&after, (enum quoth_move)move, relation);
		score += find_best_score(&after);
		best = score > best ? score : best;
	}
	return best;
}

static struct quoth_parse_room room;

static void search_any_words(unsigned n, struct quoth_random *random)
{
	unsigned n_moves = 0;

	read_any_words(&room.input, n, random);
	quoth_parse_beam_begin(&room.beam, &room.input, QUOTH_MAX_BEAM);
	while (quoth_parse_beam_advance(&room.beam, &any_scorer))
		n_moves++;
	ck_assert_uint_eq(n_moves, 2 * n);
}

START_TEST(of_few_ways_the_beam_finds_the_best)
{
	struct quoth_random random = quoth_random_new(3);

	for (int round = 0; round < 200; round++) {
		static struct quoth_parse_state start;

		search_any_words(1 + quoth_random_below(&random, 2), &random);
		quoth_parse_begin(&start, &room.input);
		ck_assert_int_eq(room.beam.items[0].score, find_best_score(&start));
	}
}
END_TEST

/* Walks the way of an item again: no sum that was shared between ways may be another's. */
static void expect_score(const struct quoth_parse_item *item)
{
	uint32_t steps[120], n = 0;
	static struct quoth_parse_state state;
	int64_t score = 0;

	for (uint32_t step = item->step; step != QUOTH_NONE; step = room.beam.steps[step].before)
		steps[n++] = step;
	quoth_parse_begin(&state, &room.input);
	while (n-- > 0) {
		const struct quoth_parse_step *step = room.beam.steps + steps[n];
		uint8_t relation;

		score += score_move(&state, (enum quoth_move)step->move, &relation);
		ck_assert_uint_eq(relation, step->relation);
		quoth_parse_make_move(&state, (enum quoth_move)step->move, relation);
	}
	ck_assert_int_eq(score, item->score);
	for (uint16_t i = 1; i <= room.input.n; i++)
		ck_assert_uint_eq(state.nodes[i].head, item->state.nodes[i].head);
}

START_TEST(a_way_scores_what_its_moves_and_relations_do)
{
	struct quoth_random random = quoth_random_new(4);

	for (int round = 0; round < 100; round++) {
		search_any_words(1 + quoth_random_below(&random, 60), &random);
		for (uint32_t i = 0; i < room.beam.n_items; i++) {
			expect_score(room.beam.items + i);
			ck_assert(i == 0 || room.beam.items[i].score <= room.beam.items[i - 1].score);
		}
	}
}
END_TEST

/* ---- training ---- */

static char folder[64];

static void write_text(const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "w");
	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

static const char treebank[] =
	"# newdoc\n"
	"1\tDogs\tdog\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tbark\tbark\tVERB\tVBP\t_\t0\troot\t_\t_\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
	"1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n2\tcat\tcat\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n3\tsaw\tsee\tVERB\tVBD\t_\t0\troot\t_\t_\n"
	"4\ta\ta\tDET\tDT\t_\t5\tdet\t_\t_\n5\tbird\tbird\tNOUN\tNN\t_\t3\tobj\t_\t_\n6\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

static void make_folder(void)
{
	strcpy(folder, "/tmp/quoth-train-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void remove_folder(void)
{
	char path[128];

	snprintf(path, sizeof path, "%s/train.conllu", folder);
	unlink(path);
	rmdir(folder);
}

/* Learns all parts from the folder; the caller frees. */
static void learn(struct quoth_trainer *trainer, uint64_t seed)
{
	struct quoth_report report = {0};

	*trainer = (struct quoth_trainer){.seed = seed, .folders = {folder}, .n_folders = 1};
	ck_assert_int_eq(quoth_corpus_open(&trainer->train), 0);
	ck_assert_int_eq(quoth_corpus_read(&trainer->train, folder, false, &report), 0);
	ck_assert_int_eq(quoth_train_words(trainer, &report), 0);
	ck_assert_int_eq(quoth_train_tag(trainer, &report), 0);
	ck_assert_int_eq(quoth_train_names(trainer, &report), 0);
	ck_assert_int_eq(quoth_train_parse(trainer, &report), 0);
}

static void forget(struct quoth_trainer *trainer)
{
	for (size_t i = 0; i < trainer->n_tables; i++)
		free((void *)trainer->tables[i].bytes);
	quoth_corpus_close(&trainer->train);
}

START_TEST(the_same_data_and_seed_give_the_same_model)
{
	static struct quoth_trainer first, second;

	write_text("train.conllu", treebank);
	learn(&first, 1);
	learn(&second, 1);
	ck_assert_uint_eq(first.n_tables, second.n_tables);
	for (size_t i = 0; i < first.n_tables; i++) {
		ck_assert_str_eq(first.tables[i].name, second.tables[i].name);
		ck_assert_uint_eq(first.tables[i].size, second.tables[i].size);
		ck_assert_int_eq(memcmp(first.tables[i].bytes, second.tables[i].bytes, first.tables[i].size), 0);
	}
	forget(&first);
	forget(&second);
}
END_TEST

START_TEST(what_was_learned_by_heart_is_parsed_right)
{
	static struct quoth_trainer trainer;
	struct quoth_parse_model parser;
	struct quoth_tag_model tagger;
	struct quoth_report report;
	struct quoth_annotated *a;
	struct quoth_model *model;

	write_text("train.conllu", treebank);
	learn(&trainer, 1);
	ck_assert_int_eq(quoth_model_from_tables(&model, trainer.tables, trainer.n_tables, &report), 0);
	ck_assert(quoth_tag_model_find(model, &tagger));
	ck_assert(quoth_parse_model_find(model, &parser));
	a = trainer.train.docs;
	quoth_tag_document(&tagger, &a->doc, QUOTH_DOMAIN_TREEBANK);
	for (uint32_t s = 0; s < a->doc.n_sentences; s++)
		quoth_parse_sentence(&parser, &a->doc, s, &room);
	for (uint32_t i = 0; i < a->doc.n_tokens; i++) {
		ck_assert_uint_eq(quoth_tag_label_of(a->doc.tokens[i].tag, a->doc.tokens[i].upos), a->labels[i]);
		ck_assert_uint_eq(a->doc.tokens[i].head, a->heads[i]);
		ck_assert_uint_eq(a->doc.tokens[i].relation, a->relations[i]);
	}
	quoth_model_close(model);
	forget(&trainer);
}
END_TEST

static const struct {
	const char *what, *text, *line;
} bad_treebanks[] = {
	{"too few fields", "1\tDogs\tdog\n\n", ":1"},
	{"a head outside the sentence", "1\tDogs\tdog\tNOUN\tNNS\t_\t7\tnsubj\t_\t_\n\n", ":2"},
	{"an empty form", "1\tDogs\tdog\tNOUN\tNNS\t_\t0\troot\t_\t_\n2\t\tx\tNOUN\tNN\t_\t1\tobj\t_\t_\n\n", ":2"},
};

START_TEST(a_bad_treebank_is_named_with_its_line)
{
	struct quoth_corpus corpus;
	struct quoth_report report = {0};

	write_text("train.conllu", bad_treebanks[_i].text);
	ck_assert_int_eq(quoth_corpus_open(&corpus), 0);
	ck_assert_msg(quoth_corpus_read(&corpus, folder, false, &report) == QUOTH_BAD_INPUT, "%s", bad_treebanks[_i].what);
	ck_assert_msg(strstr(report.where, "train.conllu") && strstr(report.where, bad_treebanks[_i].line), "%s: %s",
		      bad_treebanks[_i].what, report.where);
	quoth_corpus_close(&corpus);
}
END_TEST

START_TEST(relations_of_both_versions_are_known)
{
	ck_assert_uint_eq(quoth_corpus_relation("dobj"), QUOTH_REL_OBJ);
	ck_assert_uint_eq(quoth_corpus_relation("nsubjpass"), QUOTH_REL_NSUBJ_PASS);
	ck_assert_uint_eq(quoth_corpus_relation("nsubj:pass"), QUOTH_REL_NSUBJ_PASS);
	ck_assert_uint_eq(quoth_corpus_relation("obl:tmod"), QUOTH_REL_OBL);
	ck_assert_uint_eq(quoth_corpus_relation("acl:relcl"), QUOTH_REL_ACL_RELCL);
	ck_assert_uint_eq(quoth_corpus_relation("nmod:desc"), QUOTH_REL_COMPOUND);
	ck_assert_uint_eq(quoth_corpus_relation("nonsense"), QUOTH_REL_DEP);
	ck_assert_uint_eq(quoth_corpus_tag("-LRB-"), QUOTH_TAG_PUNCT);
	ck_assert_uint_eq(quoth_corpus_tag("PRP$"), QUOTH_TAG_PRPS);
	ck_assert_uint_eq(quoth_corpus_upos("SCONJ"), QUOTH_UPOS_SCONJ);
}
END_TEST

Suite *parse_suite(void)
{
	Suite *suite = suite_create("parse");
	TCase *trees = tcase_create("trees"), *training = tcase_create("training");

	tcase_add_checked_fixture(trees, open_all, close_all);
	tcase_add_loop_test(trees, words_hang_where_they_should, 0, sizeof arcs / sizeof *arcs);
	tcase_add_test(trees, a_sentence_that_can_hold_no_attribution_is_not_parsed);
	tcase_add_test(trees, without_a_model_nothing_is_parsed);
	tcase_add_test(trees, any_words_give_a_tree);
	tcase_add_test(trees, a_sentence_of_any_length_is_one_tree);
	tcase_add_test(trees, the_same_text_gives_the_same_tree);
	tcase_add_test(trees, any_legal_moves_end_in_a_tree);
	tcase_add_test(trees, of_few_ways_the_beam_finds_the_best);
	tcase_add_test(trees, a_way_scores_what_its_moves_and_relations_do);
	suite_add_tcase(suite, trees);
	tcase_add_checked_fixture(training, make_folder, remove_folder);
	tcase_add_test(training, the_same_data_and_seed_give_the_same_model);
	tcase_add_test(training, what_was_learned_by_heart_is_parsed_right);
	tcase_add_loop_test(training, a_bad_treebank_is_named_with_its_line, 0, sizeof bad_treebanks / sizeof *bad_treebanks);
	tcase_add_test(training, relations_of_both_versions_are_known);
	suite_add_tcase(suite, training);
	return suite;
}
