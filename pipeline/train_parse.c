/* The parser: averaged perceptrons for the moves and for the relations, with a dynamic oracle (Goldberg and Nivre 2012):
 * training walks where the parser itself would go, mistakes included, and learns the moves that lose no more arcs.
 */
#include "pipeline/train.h"

#include "stages/parse_state.h"
#include "stages/tag_model.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOVE_BITS = 20, RELATION_BITS = 16, PARSE_EPOCHS = 10,
	TREEBANK_COPIES = 2,
	FIRST_EXPLORING_EPOCH = 1,	/* before, training follows the oracle */
	EXPLORED = 90,			/* of a hundred moves, the parser's own choice is made */
};

static const double move_clip = 0, relation_clip = 0.0002;

struct parse_training {
	struct quoth_learner *moves, *relations;
	struct quoth_tag_model tagger;
	struct quoth_parse_state state;
	struct quoth_random random;
	uint16_t gold[QUOTH_MAX_STRETCH + 2];		/* heads */
	uint8_t relation[QUOTH_MAX_STRETCH + 2];
	bool explores;
	uint64_t n_moves, n_wrong, n_arcs, n_wrong_relations;
};

/* ---- the oracle: how many arcs of the gold tree each move makes unreachable ---- */

static bool is_on_stack(const struct quoth_parse_state *state, uint16_t word)
{
	for (uint16_t i = 0; i < state->depth; i++)
		if (state->stack[i] == word)
			return true;
	return false;
}

static unsigned lost_by_top_leaving(const struct parse_training *t, uint16_t top)
{
	unsigned lost = 0;

	for (uint16_t i = t->state.next; i <= t->state.n; i++)
		lost += t->gold[i] == top;
	return lost;
}

/* Words on the stack without a head whose head is b0: they are lost once b0 stands on the stack. */
static unsigned lost_by_next_entering(const struct parse_training *t)
{
	unsigned lost = 0;

	for (uint16_t i = 0; i < t->state.depth; i++) {
		uint16_t word = t->state.stack[i];

		lost += t->gold[word] == t->state.next && !t->state.nodes[word].head;
	}
	return lost;
}

static unsigned find_cost(const struct parse_training *t, enum quoth_move move)
{
	uint16_t top = quoth_parse_top(&t->state), next = t->state.next;

	switch (move) {
	case QUOTH_SHIFT:
		return lost_by_next_entering(t) + is_on_stack(&t->state, t->gold[next]);
	case QUOTH_RIGHT:
		return lost_by_next_entering(t) +
		       (t->gold[next] != top && (t->gold[next] > next || is_on_stack(&t->state, t->gold[next])));
	case QUOTH_LEFT:
		return lost_by_top_leaving(t, top) + (t->gold[top] > next);
	case QUOTH_REDUCE:
	default:
		return lost_by_top_leaving(t, top);
	}
}

static unsigned find_right_moves(const struct parse_training *t, unsigned legal)
{
	unsigned costs[QUOTH_N_MOVES], least = UINT32_MAX, right = 0;

	for (unsigned move = 0; move < QUOTH_N_MOVES; move++) {
		if (!(legal & 1u << move))
			continue;
		costs[move] = find_cost(t, (enum quoth_move)move);
		if (costs[move] < least)
			least = costs[move];
	}
	for (unsigned move = 0; move < QUOTH_N_MOVES; move++)
		if (legal & 1u << move && costs[move] == least)
			right |= 1u << move;
	return right;
}

/* ---- learning ---- */

static unsigned best_among(const float *scores, unsigned among)
{
	unsigned best = QUOTH_N_MOVES;

	for (unsigned move = 0; move < QUOTH_N_MOVES; move++)
		if (among & 1u << move && (best == QUOTH_N_MOVES || scores[move] > scores[best]))
			best = move;
	return best;
}

/* Learns the next move and gives the one to make. */
static enum quoth_move learn_move(struct parse_training *t)
{
	unsigned legal = quoth_parse_legal_moves(&t->state), right, best, best_right;
	uint32_t features[QUOTH_N_MOVE_FEATURES];
	float scores[QUOTH_N_MOVES];
	size_t n;

	if ((legal & (legal - 1)) == 0)
		return (enum quoth_move)__builtin_ctz(legal);
	n = quoth_move_features(&t->state, features);
	quoth_learner_score(t->moves, features, n, scores);
	right = find_right_moves(t, legal);
	best = best_among(scores, legal);
	best_right = best_among(scores, right);
	t->n_moves++;
	if (best != best_right) {
		t->n_wrong++;
		quoth_learner_add(t->moves, features, n, best_right, 1);
		quoth_learner_add(t->moves, features, n, best, -1);
	}
	quoth_learner_tick(t->moves);
	return (enum quoth_move)(t->explores && quoth_random_below(&t->random, 100) < EXPLORED ? best : best_right);
}

static uint8_t learn_relation(struct parse_training *t, uint16_t head, uint16_t dependent)
{
	uint32_t features[QUOTH_N_RELATION_FEATURES];
	float scores[QUOTH_MAX_LABELS];
	unsigned best = 0;
	size_t n;

	if (head > t->state.n)
		return QUOTH_REL_ROOT;
	n = quoth_relation_features(&t->state, head, dependent, features);
	quoth_learner_score(t->relations, features, n, scores);
	for (unsigned i = 1; i < QUOTH_N_RELATIONS; i++)
		if (scores[i] > scores[best])
			best = i;
	if (t->gold[dependent] == head) {
		t->n_arcs++;
		if (best != t->relation[dependent]) {
			t->n_wrong_relations++;
			quoth_learner_add(t->relations, features, n, t->relation[dependent], 1);
			quoth_learner_add(t->relations, features, n, best, -1);
		}
		quoth_learner_tick(t->relations);
	}
	return (uint8_t)best;
}

static void learn_tree(struct parse_training *t)
{
	while (!quoth_parse_is_done(&t->state)) {
		enum quoth_move move = learn_move(t);
		uint8_t relation = QUOTH_REL_NONE;

		if (move == QUOTH_LEFT)
			relation = learn_relation(t, t->state.next, quoth_parse_top(&t->state));
		else if (move == QUOTH_RIGHT)
			relation = learn_relation(t, quoth_parse_top(&t->state), t->state.next);
		quoth_parse_make_move(&t->state, move, relation);
	}
}

static void learn_document(struct parse_training *t, const struct quoth_annotated *a)
{
	struct quoth_word_view views[QUOTH_MAX_STRETCH + 2 * QUOTH_STRETCH_PADDING];

	for (uint32_t s = 0; s < a->doc.n_sentences; s++) {
		uint32_t first = a->doc.sentences[s].tokens.begin, n = quoth_range_length(a->doc.sentences[s].tokens);

		if (n > QUOTH_MAX_STRETCH)
			continue;
		quoth_word_views(&t->tagger.words, &a->doc, first, n, views);
		for (uint32_t i = 0; i < n; i++) {
			const struct quoth_token *token = a->doc.tokens + first + i;

			views[QUOTH_STRETCH_PADDING + i].label = quoth_tag_label_of(token->tag, token->upos);
			views[QUOTH_STRETCH_PADDING + i].name = token->name;
			t->gold[i + 1] = (uint16_t)(a->heads[first + i] == QUOTH_NONE ? n + 1 : a->heads[first + i] - first + 1);
			t->relation[i + 1] = a->relations[first + i];
		}
		quoth_parse_begin(&t->state, views, a->doc.tokens + first, n, quoth_corpus_domain(a->source));
		learn_tree(t);
	}
}

static int run_epochs(struct quoth_trainer *trainer, struct parse_training *t)
{
	for (unsigned epoch = 0; epoch < PARSE_EPOCHS; epoch++) {
		double start = quoth_trainer_clock();
		uint32_t n, *order = quoth_corpus_order(&trainer->train, TREEBANK_COPIES, &t->random, &n);

		if (!order)
			return QUOTH_NO_MEMORY;
		t->explores = epoch >= FIRST_EXPLORING_EPOCH;
		t->n_moves = t->n_wrong = t->n_arcs = t->n_wrong_relations = 0;
		for (uint32_t i = 0; i < n; i++)
			if (trainer->train.docs[order[i]].relations[0] != QUOTH_NO_ANNOTATION)
				learn_document(t, trainer->train.docs + order[i]);
		free(order);
		quoth_trainer_say(trainer, "parse: epoch %u, %.2f %% of moves and %.2f %% of relations wrong, %.1f s", epoch + 1,
				  100.0 * (double)t->n_wrong / (double)(t->n_moves + !t->n_moves),
				  100.0 * (double)t->n_wrong_relations / (double)(t->n_arcs + !t->n_arcs),
				  quoth_trainer_clock() - start);
	}
	return 0;
}

static int learn(struct quoth_trainer *trainer, struct parse_training *t)
{
	struct quoth_table table;
	int error = quoth_trainer_tag_by_folds(trainer, &t->tagger);

	if (error)
		return error;
	t->random = quoth_random_new(trainer->seed + 1);
	t->moves = quoth_learner_new(MOVE_BITS, QUOTH_N_MOVES);
	t->relations = quoth_learner_new(RELATION_BITS, QUOTH_N_RELATIONS);
	if (!t->moves || !t->relations)
		return QUOTH_NO_MEMORY;
	error = run_epochs(trainer, t);
	if (!error)
		error = quoth_learner_quantise(t->moves, 1, move_clip, "parse.move", "averaged perceptron, dynamic oracle", &table);
	if (!error)
		error = quoth_trainer_set_table(trainer, &table);
	if (!error)
		error = quoth_learner_quantise(t->relations, 1, relation_clip, "parse.relation", "averaged perceptron", &table);
	return error ? error : quoth_trainer_set_table(trainer, &table);
}

int quoth_train_parse(struct quoth_trainer *trainer, struct quoth_report *report)
{
	struct parse_training *t = calloc(1, sizeof *t);
	struct quoth_model *model = NULL;
	int error;

	if (!t)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "parse", "no memory");
	error = quoth_model_from_tables(&model, trainer->tables, trainer->n_tables, report);
	if (!error && !quoth_tag_model_find(model, &t->tagger))
		error = quoth_report_set(report, QUOTH_BAD_USAGE, "parse", "needs the words, tag and name tables first");
	if (!error) {
		error = learn(trainer, t);
		if (error)
			quoth_report_set(report, error, "parse", "%s", quoth_error_words(error));
	}
	quoth_learner_free(t->moves);
	quoth_learner_free(t->relations);
	quoth_model_close(model);
	free(t);
	return error;
}
