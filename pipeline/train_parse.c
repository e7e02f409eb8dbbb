/* The parser: averaged perceptrons for the moves and for the relations that are trained on whole sentences (Collins and
 * Roark 2004) with the program's own beam. Where the best way in the beam is not the way to the gold tree, the weights
 * move towards the one and away from the other, up to the move at which the wrong way leads by most (max-violation, Huang
 * et al. 2012). Sentences that machines parsed come first, as practice, then those that people did; the means of
 * several parsers, which read them in other orders, are one model.
 */
#include "pipeline/train.h"

#include "stages/parse_beam.h"
#include "stages/tag_model.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOVE_BITS = 20, RELATION_BITS = 16,
	N_PARSERS = 3,
	SILVER_EPOCHS = 1, TREEBANK_EPOCHS = 10,	/* first what machines, then what people found */
};

/* No step of a beam. */
static const uint32_t LOST = QUOTH_NONE - 1;

static const double move_clip = 0, relation_clip = 0.0002;

struct parse_gold {
	uint16_t heads[QUOTH_MAX_STRETCH + 2];
	uint8_t relations[QUOTH_MAX_STRETCH + 2];
};

/* A way through a sentence. */
struct parse_way {
	uint8_t moves[QUOTH_MAX_MOVES], relations[QUOTH_MAX_MOVES];
};

struct parse_training {
	struct quoth_learner *moves, *relations;
	struct quoth_tag_model tagger;
	struct quoth_random random;
	struct quoth_parse_input input;
	struct parse_gold gold;
	struct quoth_parse_beam beam;
	struct quoth_parse_state gold_state, best_state;
	struct parse_way gold_way, best_way;
	uint64_t n_sentences, n_wrong;
};

/* ---- the oracle: how many arcs of the gold tree each move makes unreachable (Goldberg and Nivre 2012) ---- */

static bool is_on_stack(const struct quoth_parse_state *state, uint16_t word)
{
	for (uint16_t i = 0; i < state->depth; i++)
		if (state->stack[i] == word)
			return true;
	return false;
}

static unsigned lost_by_top_leaving(const struct parse_gold *gold, const struct quoth_parse_state *state)
{
	uint16_t top = quoth_parse_top(state);
	unsigned lost = 0;

	for (uint16_t i = state->next; i <= state->input->n; i++)
		lost += gold->heads[i] == top;
	return lost;
}

/* Words on the stack without a head whose head is b0: they are lost once b0 stands on the stack. */
static unsigned lost_by_next_entering(const struct parse_gold *gold, const struct quoth_parse_state *state)
{
	unsigned lost = 0;

	for (uint16_t i = 0; i < state->depth; i++) {
		uint16_t word = state->stack[i];

		lost += gold->heads[word] == state->next && !state->nodes[word].head;
	}
	return lost;
}

static unsigned find_cost(const struct parse_gold *gold, const struct quoth_parse_state *state, enum quoth_move move)
{
	uint16_t top = quoth_parse_top(state), next = state->next;

	switch (move) {
	case QUOTH_SHIFT:
		return lost_by_next_entering(gold, state) + is_on_stack(state, gold->heads[next]);
	case QUOTH_RIGHT:
		return lost_by_next_entering(gold, state) +
		       (gold->heads[next] != top && (gold->heads[next] > next || is_on_stack(state, gold->heads[next])));
	case QUOTH_LEFT:
		return lost_by_top_leaving(gold, state) + (gold->heads[top] > next);
	case QUOTH_REDUCE:
	default:
		return lost_by_top_leaving(gold, state);
	}
}

/* Of the moves that lose least the one that says most of the tree; a word leaves the stack as late as it can. */
static enum quoth_move find_gold_move(const struct parse_gold *gold, const struct quoth_parse_state *state)
{
	static const enum quoth_move order[] = {QUOTH_LEFT, QUOTH_RIGHT, QUOTH_SHIFT, QUOTH_REDUCE};
	unsigned legal = quoth_parse_legal_moves(state), least = UINT32_MAX;
	enum quoth_move best = QUOTH_SHIFT;

	for (size_t i = 0; i < QUOTH_N_MOVES; i++) {
		unsigned cost;

		if (!(legal & 1u << order[i]))
			continue;
		cost = find_cost(gold, state, order[i]);
		if (cost < least) {
			least = cost;
			best = order[i];
		}
	}
	return best;
}

/* ---- learning ---- */

/* Weights are whole numbers while they are learned. */
static void score_with(const struct quoth_learner *learner, unsigned n_labels, const uint32_t *features, size_t n,
		       int32_t *scores)
{
	float sums[QUOTH_MAX_LABELS];

	quoth_learner_score(learner, features, n, sums);
	for (unsigned i = 0; i < n_labels; i++)
		scores[i] = (int32_t)sums[i];
}

static void score_moves(const void *training, const uint32_t *features, size_t n, int32_t *scores)
{
	score_with(((const struct parse_training *)training)->moves, QUOTH_N_MOVES, features, n, scores);
}

static void score_relations(const void *training, const uint32_t *features, size_t n, int32_t *scores)
{
	score_with(((const struct parse_training *)training)->relations, QUOTH_N_RELATIONS, features, n, scores);
}

/* Makes the next move of the gold way; gives its score. */
static int64_t go_gold_way(struct parse_training *t, uint32_t number)
{
	struct quoth_parse_state *state = &t->gold_state;
	enum quoth_move move = find_gold_move(&t->gold, state);
	unsigned legal = quoth_parse_legal_moves(state);
	uint8_t relation = QUOTH_REL_NONE;
	uint32_t features[QUOTH_N_MOVE_FEATURES];
	uint16_t head, dependent;
	int64_t score = 0;

	if (legal & (legal - 1))
		score += (int64_t)quoth_learner_score_label(t->moves, features, quoth_move_features(state, features), move);
	if (quoth_parse_arc_of(state, move, &head, &dependent)) {
		relation = head > t->input.n ? QUOTH_REL_ROOT : t->gold.relations[dependent];
		if (head <= t->input.n)
			score += (int64_t)quoth_learner_score_label(t->relations, features,
					quoth_relation_features(state, head, dependent, features), relation);
	}
	t->gold_way.moves[number] = (uint8_t)move;
	t->gold_way.relations[number] = relation;
	quoth_parse_make_move(state, move, relation);
	return score;
}

/* The step of the beam that ends the gold way, LOST if the beam no longer has it. */
static uint32_t follow_gold(const struct parse_training *t, uint32_t before, uint32_t number)
{
	for (uint32_t i = 0; i < t->beam.n_items; i++) {
		const struct quoth_parse_step *step = t->beam.steps + t->beam.items[i].step;

		if (step->before == before && step->move == t->gold_way.moves[number] &&
		    step->relation == t->gold_way.relations[number])
			return t->beam.items[i].step;
	}
	return LOST;
}

static void write_way(const struct quoth_parse_beam *beam, uint32_t step, uint32_t n, struct parse_way *way)
{
	while (n-- > 0) {
		way->moves[n] = beam->steps[step].move;
		way->relations[n] = beam->steps[step].relation;
		step = beam->steps[step].before;
	}
}

static void learn_step(struct parse_training *t, struct quoth_parse_state *state, const struct parse_way *way,
		       uint32_t number, float by)
{
	enum quoth_move move = (enum quoth_move)way->moves[number];
	unsigned legal = quoth_parse_legal_moves(state);
	uint32_t features[QUOTH_N_MOVE_FEATURES];
	uint16_t head, dependent;

	if (legal & (legal - 1))
		quoth_learner_add(t->moves, features, quoth_move_features(state, features), move, by);
	if (quoth_parse_arc_of(state, move, &head, &dependent) && head <= t->input.n)
		quoth_learner_add(t->relations, features, quoth_relation_features(state, head, dependent, features),
				  way->relations[number], by);
	quoth_parse_make_move(state, move, way->relations[number]);
}

/* Both ways, of n moves, from where they part. */
static void learn_ways(struct parse_training *t, uint32_t n)
{
	const struct parse_way *gold = &t->gold_way, *best = &t->best_way;
	uint32_t i = 0;

	quoth_parse_begin(&t->gold_state, &t->input);
	for (; i < n && gold->moves[i] == best->moves[i] && gold->relations[i] == best->relations[i]; i++)
		quoth_parse_make_move(&t->gold_state, (enum quoth_move)gold->moves[i], gold->relations[i]);
	quoth_parse_copy(&t->best_state, &t->gold_state);
	for (; i < n; i++) {
		learn_step(t, &t->gold_state, gold, i, 1);
		learn_step(t, &t->best_state, best, i, -1);
	}
}

static void learn_tree(struct parse_training *t)
{
	struct quoth_parse_scorer scorer = {
		.model = t,
		.score_moves = score_moves,
		.score_relations = score_relations,
		.move_factor = 1,
		.relation_factor = 1,
	};
	int64_t gold_score = 0, worst = -1;
	uint32_t n = 0, n_worst = 0, gold_step = QUOTH_NONE;

	quoth_parse_begin(&t->gold_state, &t->input);
	quoth_parse_beam_begin(&t->beam, &t->input, QUOTH_MAX_BEAM);
	while (quoth_parse_beam_advance(&t->beam, &scorer)) {
		const struct quoth_parse_item *best = t->beam.items;

		gold_score += go_gold_way(t, n);
		gold_step = follow_gold(t, gold_step, n++);
		if (best->step != gold_step && best->score - gold_score > worst) {
			worst = best->score - gold_score;
			n_worst = n;
			write_way(&t->beam, best->step, n, &t->best_way);
		}
	}
	t->n_sentences++;
	if (t->beam.items[0].step != gold_step && n_worst) {
		t->n_wrong++;
		learn_ways(t, n_worst);
	}
	quoth_learner_tick(t->moves);
	quoth_learner_tick(t->relations);
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
			uint32_t head = a->heads[first + i];

			views[QUOTH_STRETCH_PADDING + i].label = quoth_tag_label_of(token->tag, token->upos);
			views[QUOTH_STRETCH_PADDING + i].name = token->name;
			t->gold.heads[i + 1] = (uint16_t)(head == QUOTH_NONE ? n + 1 : head - first + 1);
			t->gold.relations[i + 1] = a->relations[first + i];
		}
		quoth_parse_read(&t->input, views, a->doc.tokens + first, n);
		learn_tree(t);
	}
}

/* One look at each document of a source, in random order. */
static int run_epoch(struct quoth_trainer *trainer, struct parse_training *t, uint8_t source, unsigned number)
{
	double start = quoth_trainer_clock();
	uint32_t n, *order = quoth_corpus_order(&trainer->train, 1, &t->random, &n);

	if (!order)
		return QUOTH_NO_MEMORY;
	t->n_sentences = t->n_wrong = 0;
	for (uint32_t i = 0; i < n; i++) {
		const struct quoth_annotated *a = trainer->train.docs + order[i];

		if (a->source == source && a->relations[0] != QUOTH_NO_ANNOTATION)
			learn_document(t, a);
	}
	free(order);
	quoth_trainer_say(trainer, "parse: %s, epoch %u, %.2f %% of sentences wrong, %.1f s",
			  source == QUOTH_FROM_SILVER ? "silver" : "treebank", number,
			  100.0 * (double)t->n_wrong / (double)(t->n_sentences + !t->n_sentences),
			  quoth_trainer_clock() - start);
	return 0;
}

static bool has_trees(const struct quoth_corpus *corpus, uint8_t source)
{
	for (uint32_t i = 0; i < corpus->n_docs; i++)
		if (corpus->docs[i].source == source && corpus->docs[i].relations[0] != QUOTH_NO_ANNOTATION)
			return true;
	return false;
}

/* One parser, from nothing. */
static int learn_once(struct quoth_trainer *trainer, struct parse_training *t)
{
	uint8_t best = has_trees(&trainer->train, QUOTH_FROM_TREEBANK) ? QUOTH_FROM_TREEBANK : QUOTH_FROM_SILVER;
	int error = 0;

	t->moves = quoth_learner_new(MOVE_BITS, QUOTH_N_MOVES);
	t->relations = quoth_learner_new(RELATION_BITS, QUOTH_N_RELATIONS);
	if (!t->moves || !t->relations)
		return QUOTH_NO_MEMORY;
	for (unsigned i = 0; best != QUOTH_FROM_SILVER && i < SILVER_EPOCHS && !error; i++)
		error = run_epoch(trainer, t, QUOTH_FROM_SILVER, i + 1);
	quoth_learner_restart_mean(t->moves);
	quoth_learner_restart_mean(t->relations);
	for (unsigned i = 0; i < TREEBANK_EPOCHS && !error; i++)
		error = run_epoch(trainer, t, best, i + 1);
	return error;
}

static void forget(struct parse_training *t)
{
	quoth_learner_free(t->moves);
	quoth_learner_free(t->relations);
	t->moves = t->relations = NULL;
}

static int add_table(struct quoth_trainer *trainer, const struct quoth_learner *learner, double clip, const char *name)
{
	struct quoth_table table;
	int error = quoth_learner_quantise(learner, 1, clip, name, "averaged perceptron, beam search", &table);

	return error ? error : quoth_trainer_set_table(trainer, &table);
}

/* The mean of several parsers that read the same sentences in other orders. */
static int learn(struct quoth_trainer *trainer, struct parse_training *t, struct quoth_learner *moves,
		 struct quoth_learner *relations)
{
	int error = moves && relations ? quoth_trainer_tag_by_folds(trainer, &t->tagger) : QUOTH_NO_MEMORY;

	t->random = quoth_random_new(trainer->seed + 1);
	for (unsigned i = 0; i < N_PARSERS && !error; i++) {
		error = learn_once(trainer, t);
		if (!error) {
			quoth_learner_add_mean(moves, t->moves);
			quoth_learner_add_mean(relations, t->relations);
		}
		forget(t);
	}
	if (!error)
		error = add_table(trainer, moves, move_clip, "parse.move");
	return error ? error : add_table(trainer, relations, relation_clip, "parse.relation");
}

static int learn_all(struct quoth_trainer *trainer, struct parse_training *t)
{
	struct quoth_learner *moves = quoth_learner_new(MOVE_BITS, QUOTH_N_MOVES);
	struct quoth_learner *relations = quoth_learner_new(RELATION_BITS, QUOTH_N_RELATIONS);
	int error = learn(trainer, t, moves, relations);

	quoth_learner_free(moves);
	quoth_learner_free(relations);
	return error;
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
		error = learn_all(trainer, t);
		if (error)
			quoth_report_set(report, error, "parse", "%s", quoth_error_words(error));
	}
	quoth_model_close(model);
	free(t);
	return error;
}
