#include "stages/parse_beam.h"

#include <string.h>

struct candidate {
	int64_t score;
	uint8_t item, move, relation;
};

/* What can be done next in a state, and what it scores. */
struct outlook {
	int64_t move_scores[QUOTH_N_MOVES], relation_scores[QUOTH_N_MOVES];
	uint8_t relations[QUOTH_N_MOVES];
	unsigned legal;
};

struct candidates {
	struct candidate list[QUOTH_MAX_BEAM];	/* best first */
	uint32_t n, width;
};

void quoth_parse_beam_begin(struct quoth_parse_beam *beam, const struct quoth_parse_input *input, uint32_t width)
{
	beam->items = beam->rooms[0];
	beam->items[0].score = 0;
	beam->items[0].step = QUOTH_NONE;
	quoth_parse_begin(&beam->items[0].state, input);
	beam->n_items = 1;
	beam->width = width;
	beam->n_steps = 0;
	memset(beam->memos, 0, sizeof beam->memos);
}

/* Keeps the candidate if it is one of the best; of equals the first stays before. */
static void offer(struct candidates *candidates, struct candidate candidate)
{
	uint32_t i = candidates->n;

	if (i == candidates->width && candidate.score <= candidates->list[--i].score)
		return;
	for (; i > 0 && candidate.score > candidates->list[i - 1].score; i--)
		candidates->list[i] = candidates->list[i - 1];
	candidates->list[i] = candidate;
	candidates->n += candidates->n < candidates->width;
}

/* The relation of the arc that a move makes, QUOTH_REL_NONE if it makes none, and its score. */
static uint8_t choose_relation(const struct quoth_parse_scorer *scorer, const struct quoth_parse_state *state,
			       enum quoth_move move, int64_t *score)
{
	uint32_t features[QUOTH_N_RELATION_FEATURES];
	int32_t scores[QUOTH_MAX_LABELS];
	uint16_t head, dependent;
	unsigned best;

	*score = 0;
	if (!quoth_parse_arc_of(state, move, &head, &dependent))
		return QUOTH_REL_NONE;
	if (head > state->input->n)
		return QUOTH_REL_ROOT;
	scorer->score_relations(scorer->model, features, quoth_relation_features(state, head, dependent, features), scores);
	best = quoth_best_label(scores, QUOTH_N_RELATIONS);
	*score = (int64_t)scores[best] * scorer->relation_factor;
	return (uint8_t)best;
}

/* Where the words at hand, as far as they are parsed, are remembered. */
static struct quoth_parse_memo *find_memo(struct quoth_parse_beam *beam, const struct quoth_parse_memo *key)
{
	const struct quoth_parse_node *s0 = &key->s0, *b0 = &key->b0;
	uint32_t words = s0->head + s0->left * 5u + s0->right * 11u + b0->left * 23u + key->top * 41u + key->next * 83u;
	uint64_t sum = (s0->left_set * 3 + s0->right_set) * 0x9FB21C651E98DF25u + b0->left_set * 0xC2B2AE3D27D4EB4Fu;

	sum += words * 0x9E3779B97F4A7C15u;
	return beam->memos + ((sum ^ sum >> 29) * 0xBF58476D1CE4E5B9u >> (64 - QUOTH_MEMO_BITS));
}

static bool is_of(const struct quoth_parse_memo *memo, const struct quoth_parse_memo *key)
{
	return memo->top == key->top && memo->next == key->next && memcmp(&memo->s0, &key->s0, sizeof memo->s0) == 0 &&
	       memcmp(&memo->b0, &key->b0, sizeof memo->b0) == 0;
}

/* Relations depend on two words and their parses so far, and most ways in a beam have those in common with another. */
static void score_relations(struct quoth_parse_beam *beam, const struct quoth_parse_scorer *scorer,
			    const struct quoth_parse_state *state, struct outlook *outlook)
{
	uint16_t top = quoth_parse_top(state), next = state->next;
	struct quoth_parse_memo key = {.top = top, .next = next, .s0 = state->nodes[top], .b0 = state->nodes[next]};
	struct quoth_parse_memo *memo = find_memo(beam, &key);

	if (!is_of(memo, &key)) {
		*memo = key;
		for (unsigned move = 0; move < QUOTH_N_MOVES; move++)
			if (outlook->legal & 1u << move)
				memo->relations[move] = choose_relation(scorer, state, (enum quoth_move)move,
									memo->scores + move);
	}
	memcpy(outlook->relations, memo->relations, sizeof memo->relations);
	memcpy(outlook->relation_scores, memo->scores, sizeof memo->scores);
}

static void score_moves(const struct quoth_parse_scorer *scorer, const struct quoth_parse_state *state,
			struct outlook *outlook)
{
	uint32_t features[QUOTH_N_MOVE_FEATURES];
	int32_t scores[QUOTH_MAX_LABELS] = {0};

	if (outlook->legal & (outlook->legal - 1))	/* there is a choice */
		scorer->score_moves(scorer->model, features, quoth_move_features(state, features), scores);
	for (unsigned move = 0; move < QUOTH_N_MOVES; move++)
		outlook->move_scores[move] = (int64_t)scores[move] * scorer->move_factor;
}

/* Whether two states give the features of moves the same values. */
static bool look_alike(const struct quoth_parse_state *a, const struct quoth_parse_state *b)
{
	uint16_t top = quoth_parse_top(a), next = a->next;
	const struct quoth_parse_node *s0 = a->nodes + top, *b0 = a->nodes + next;

	return top == quoth_parse_top(b) && next == b->next && quoth_parse_below(a) == quoth_parse_below(b) &&
	       memcmp(s0, b->nodes + top, sizeof *s0) == 0 && memcmp(b0, b->nodes + next, sizeof *b0) == 0 &&
	       a->nodes[s0->head].head == b->nodes[s0->head].head &&
	       a->nodes[s0->head].relation == b->nodes[s0->head].relation &&
	       a->nodes[s0->left].relation == b->nodes[s0->left].relation &&
	       a->nodes[s0->right].relation == b->nodes[s0->right].relation &&
	       a->nodes[b0->left].relation == b->nodes[b0->left].relation;
}

/* The outlook of item i. */
static void find_outlook(struct quoth_parse_beam *beam, const struct quoth_parse_scorer *scorer, uint32_t i,
			 struct outlook *outlooks)
{
	const struct quoth_parse_state *state = &beam->items[i].state;

	for (uint32_t k = 0; k < i; k++)
		if (look_alike(&beam->items[k].state, state)) {
			outlooks[i] = outlooks[k];
			return;
		}
	outlooks[i].legal = quoth_parse_legal_moves(state);
	score_relations(beam, scorer, state, outlooks + i);
	score_moves(scorer, state, outlooks + i);
}

static void offer_moves(struct candidates *candidates, const struct quoth_parse_item *item, uint32_t number,
			const struct outlook *outlook)
{
	for (uint8_t move = 0; move < QUOTH_N_MOVES; move++)
		if (outlook->legal & 1u << move)
			offer(candidates, (struct candidate){
				.score = item->score + outlook->move_scores[move] + outlook->relation_scores[move],
				.item = (uint8_t)number,
				.move = move,
				.relation = outlook->relations[move],
			});
}

static void follow(struct quoth_parse_beam *beam, const struct quoth_parse_item *from, const struct candidate *candidate,
		   struct quoth_parse_item *to)
{
	beam->steps[beam->n_steps] = (struct quoth_parse_step){
		.before = from->step, .move = candidate->move, .relation = candidate->relation,
	};
	to->step = beam->n_steps++;
	to->score = candidate->score;
	quoth_parse_copy(&to->state, &from->state);
	quoth_parse_make_move(&to->state, (enum quoth_move)candidate->move, candidate->relation);
}

bool quoth_parse_beam_advance(struct quoth_parse_beam *beam, const struct quoth_parse_scorer *scorer)
{
	struct quoth_parse_item *items = beam->items, *others = beam->rooms[items == beam->rooms[0]];
	struct outlook outlooks[QUOTH_MAX_BEAM];
	struct candidates candidates = {.width = beam->width};

	if (quoth_parse_is_done(&items[0].state))
		return false;
	for (uint32_t i = 0; i < beam->n_items; i++) {
		find_outlook(beam, scorer, i, outlooks);
		offer_moves(&candidates, items + i, i, outlooks + i);
	}
	for (uint32_t i = 0; i < candidates.n; i++)
		follow(beam, items + candidates.list[i].item, candidates.list + i, others + i);
	beam->items = others;
	beam->n_items = candidates.n;
	return true;
}
