#include "stages/parse_state.h"

#include <string.h>

/* ---- states ---- */

static bool is_verb(uint8_t label)
{
	return quoth_tag_pairs[label].upos == QUOTH_UPOS_VERB || quoth_tag_pairs[label].upos == QUOTH_UPOS_AUX;
}

void quoth_parse_begin(struct quoth_parse_state *state, const struct quoth_word_view *views, const struct quoth_token *tokens,
		       uint32_t n, enum quoth_domain domain)
{
	uint16_t n_commas = 0, n_verbs = 0, n_marks = 0;

	state->n = (uint16_t)n;
	state->next = 1;
	state->domain = (uint8_t)domain;
	state->depth = 0;
	memset(state->nodes, 0, (n + 4) * sizeof *state->nodes);
	for (uint32_t i = 0; i < n; i++) {
		const struct quoth_word_view *view = views + QUOTH_STRETCH_PADDING + i;
		struct quoth_parse_node *node = state->nodes + i + 1;

		node->word = view->word * 0x85EBCA77u;
		node->word_tag = quoth_feature(view->label, view->word);
		node->cluster = view->prefix10;
		node->tag = (uint8_t)(view->label + 1);
		node->name = view->name;
		node->n_commas = n_commas;
		node->n_verbs = n_verbs;
		node->n_marks = n_marks;
		n_commas = (uint16_t)(n_commas + (tokens[i].mark == QUOTH_COMMA));
		n_marks = (uint16_t)(n_marks + (tokens[i].kind == QUOTH_QUOTE_MARK));
		n_verbs = (uint16_t)(n_verbs + is_verb(view->label));
	}
	state->nodes[n + 1] = (struct quoth_parse_node){
		.word = 0x2545F491u, .word_tag = 0x4F6CDD1Du, .tag = QUOTH_N_TAG_LABELS + 1,
		.n_commas = n_commas, .n_verbs = n_verbs, .n_marks = n_marks,
	};
}

static void add_arc(struct quoth_parse_state *state, uint16_t head, uint16_t dependent, uint8_t relation)
{
	struct quoth_parse_node *h = state->nodes + head, *d = state->nodes + dependent;

	d->head = head;
	d->relation = relation;
	if (dependent < head) {
		h->left2 = h->left;
		h->left = dependent;
		h->left_set |= 1ull << relation;
		h->n_left = (uint8_t)(h->n_left + (h->n_left < 7));
	} else {
		h->right2 = h->right;
		h->right = dependent;
		h->right_set |= 1ull << relation;
		h->n_right = (uint8_t)(h->n_right + (h->n_right < 7));
	}
}

void quoth_parse_make_move(struct quoth_parse_state *state, enum quoth_move move, uint8_t relation)
{
	uint16_t top = quoth_parse_top(state);

	switch (move) {
	case QUOTH_SHIFT:
		state->stack[state->depth++] = state->next++;
		break;
	case QUOTH_REDUCE:
		state->depth--;
		break;
	case QUOTH_LEFT:
		add_arc(state, state->next, top, relation);
		state->depth--;
		break;
	case QUOTH_RIGHT:
	default:
		add_arc(state, top, state->next, relation);
		state->stack[state->depth++] = state->next++;
		break;
	}
}

/* ---- features ----
 *
 * The templates are those of Zhang and Nivre (2011), with clusters, and with what stands between two words. A feature is
 * a sum of its parts times odd constants of its own (multilinear hashing): parts are hashes or small numbers, and the
 * top bits of the sum, which number the row, depend on all of them. */

#define CONSTANT(t, i) ((0x9E3779B1u * (2u * (t) + 1u) + 0x85EBCA77u * (i)) | 1u)
#define SEED(t) (0xC2B2AE3Du * (2u * (t) + 1u))
#define ADD1(t, a) (*f++ = SEED(t) + (uint32_t)(a) * CONSTANT(t, 1u))
#define ADD2(t, a, b) (*f++ = SEED(t) + (uint32_t)(a) * CONSTANT(t, 1u) + (uint32_t)(b) * CONSTANT(t, 2u))
#define ADD3(t, a, b, c) \
	(*f++ = SEED(t) + (uint32_t)(a) * CONSTANT(t, 1u) + (uint32_t)(b) * CONSTANT(t, 2u) + (uint32_t)(c) * CONSTANT(t, 3u))
#define ADD4(t, a, b, c, d) \
	(*f++ = SEED(t) + (uint32_t)(a) * CONSTANT(t, 1u) + (uint32_t)(b) * CONSTANT(t, 2u) + \
		(uint32_t)(c) * CONSTANT(t, 3u) + (uint32_t)(d) * CONSTANT(t, 4u))

static uint32_t cut_distance(uint32_t distance)
{
	return distance < 6 ? distance : distance < 11 ? 6 : distance < 21 ? 7 : 8;
}

static uint32_t hash_set(uint64_t set)
{
	return (uint32_t)(set * 0x9FB21C651E98DF25u >> 32);
}

static uint32_t at_most(uint32_t n, uint32_t limit)
{
	return n < limit ? n : limit;
}

/* What stands between two words, the left one first: commas, verbs, marks, each counted up to a few. */
static uint32_t between(const struct quoth_parse_node *left, const struct quoth_parse_node *right)
{
	return at_most((uint32_t)(right->n_commas - left->n_commas), 3) | at_most((uint32_t)(right->n_verbs - left->n_verbs), 3) << 2 |
	       ((uint32_t)(right->n_marks - left->n_marks) & 1) << 4;
}

size_t quoth_move_features(const struct quoth_parse_state *state, uint32_t *features)
{
	const struct quoth_parse_node *nodes = state->nodes;
	uint32_t top = quoth_parse_top(state), next = state->next, last = state->n + 1u;
	const struct quoth_parse_node *s0 = nodes + top, *b0 = nodes + next;
	const struct quoth_parse_node *s1 = nodes + (state->depth > 1 ? state->stack[state->depth - 2] : 0);
	const struct quoth_parse_node *b1 = nodes + (next < last ? next + 1 : 0), *b2 = nodes + (next + 1 < last ? next + 2 : 0);
	const struct quoth_parse_node *s0h = nodes + s0->head, *s0h2 = nodes + s0h->head;
	const struct quoth_parse_node *s0l = nodes + s0->left, *s0r = nodes + s0->right, *b0l = nodes + b0->left;
	const struct quoth_parse_node *s0l2 = nodes + s0->left2, *s0r2 = nodes + s0->right2, *b0l2 = nodes + b0->left2;
	const struct quoth_parse_node *after_s0 = top && top < last ? s0 + 1 : nodes, *before_b0 = next > 1 ? b0 - 1 : nodes;
	uint32_t has_head = s0->head != 0, distance = cut_distance(next - top), amid = top ? between(s0, b0) : 32;
	uint32_t *f = features;

	ADD1(1, s0->word_tag);
	ADD1(2, s0->word);
	ADD2(3, s0->tag, has_head);
	ADD1(4, b0->word_tag);
	ADD1(5, b0->word);
	ADD1(6, b0->tag);
	ADD1(7, b1->word_tag);
	ADD1(8, b1->word);
	ADD1(9, b1->tag);
	ADD1(10, b2->word);
	ADD1(11, b2->tag);
	ADD2(12, s0->cluster, has_head);
	ADD1(13, b0->cluster);
	ADD2(14, s0->word_tag, b0->word_tag);
	ADD2(16, s0->word_tag, b0->tag);
	ADD2(18, s0->tag, b0->word_tag);
	ADD2(19, s0->word, b0->word);
	ADD3(20, s0->tag, b0->tag, has_head);
	ADD2(21, b0->tag, b1->tag);
	ADD2(22, s0->cluster, b0->cluster);
	ADD2(23, s0->cluster, b0->tag);
	ADD2(24, s0->tag, b0->cluster);
	ADD3(25, b0->tag, b1->tag, b2->tag);
	ADD4(26, s0->tag, b0->tag, b1->tag, has_head);
	ADD3(27, s0h->tag, s0->tag, b0->tag);
	ADD3(28, s0->tag, s0l->tag, b0->tag);
	ADD3(29, s0->tag, s0r->tag, b0->tag);
	ADD3(30, s0->tag, b0->tag, b0l->tag);
	ADD4(31, s1->tag, s0->tag, b0->tag, has_head);
	ADD3(32, s0->tag, after_s0->tag, b0->tag);
	ADD3(33, s0->tag, before_b0->tag, b0->tag);
	ADD2(34, s0->word, distance);
	ADD2(35, s0->tag, distance);
	ADD2(36, b0->word, distance);
	ADD2(37, b0->tag, distance);
	ADD3(38, s0->tag, b0->tag, distance);
	ADD3(39, s0->tag, b0->tag, amid);
	ADD3(40, s0->word, b0->tag, amid);
	ADD3(41, s0->tag, b0->word, amid);
	ADD2(42, s0->word, s0->n_right);
	ADD2(43, s0->tag, s0->n_right);
	ADD2(44, s0->tag, s0->n_left);
	ADD2(45, b0->tag, b0->n_left);
	ADD2(46, b0->word, b0->n_left);
	ADD1(47, s0h->word);
	ADD2(48, s0h->tag, s0->relation);
	ADD2(49, s0->tag, s0->relation);
	ADD3(50, s0->tag, s0->relation, b0->tag);
	ADD1(51, s0l->word);
	ADD2(52, s0l->tag, s0l->relation);
	ADD1(53, s0r->word);
	ADD2(54, s0r->tag, s0r->relation);
	ADD1(55, b0l->word);
	ADD2(56, b0l->tag, b0l->relation);
	ADD1(57, s1->word);
	ADD1(58, s1->tag);
	ADD3(59, s0->tag, s0l->tag, s0l2->tag);
	ADD3(60, s0->tag, s0r->tag, s0r2->tag);
	ADD3(61, s0->tag, s0h->tag, s0h2->tag);
	ADD3(62, b0->tag, b0l->tag, b0l2->tag);
	ADD2(63, s0->tag, hash_set(s0->right_set));
	ADD2(64, s0->tag, hash_set(s0->left_set));
	ADD2(65, b0->tag, hash_set(b0->left_set));
	ADD2(66, s0->word, hash_set(s0->right_set));
	ADD3(67, s0->word, s0r->word, b0->word);
	ADD3(68, s0->word, b0->tag, b1->tag);
	ADD3(69, s0->tag, b0->tag, b1->word);
	ADD3(70, s1->word, s0->tag, b0->tag);
	ADD3(71, s0->tag, s0r->word, b0->tag);
	ADD3(72, s0h->word, s0->tag, b0->tag);
	ADD3(73, s0->tag, b0->tag, hash_set(s0->right_set));
	ADD3(74, s0->tag, b0->tag, hash_set(b0->left_set));
	ADD2(75, b0->word, b1->word);
	ADD4(76, s0->tag, b0->tag, has_head, state->domain);
	/* prepositions and subordinators are children of what they introduce: what would b0 bring along, and to whom? */
	ADD4(77, s0h->tag, s0->tag, b0->tag, hash_set(b0->left_set));
	ADD2(78, s0->word, b0l->word);
	ADD2(79, s0h->word, b0l->word);
	ADD3(80, s0->tag, b0l->word, b0->tag);
	ADD2(81, s0h->cluster, b0->cluster);
	ADD4(82, s0->tag, s0h->tag, b0l->word, b0->tag);
	ADD3(83, s0->cluster, b0l->word, b0->cluster);
	ADD2(84, s0h->word, b0->word);
	ADD3(85, s0h->tag, s0->tag, b0->word_tag);
	ADD3(86, s0h->word, s0->tag, b0->tag);
	ADD3(87, s0->relation + (uint32_t)s0->tag * 64, b0l->word, b0->tag);
	ADD4(88, s0->relation + (uint32_t)s0h->relation * 64, s0->tag, s0h->tag, b0->tag);
	return (size_t)(f - features);
}

size_t quoth_relation_features(const struct quoth_parse_state *state, uint16_t head, uint16_t dependent, uint32_t *features)
{
	const struct quoth_parse_node *nodes = state->nodes, *h = nodes + head, *d = nodes + dependent;
	const struct quoth_parse_node *dl = nodes + d->left, *dl2 = nodes + d->left2, *dr = nodes + d->right;
	const struct quoth_parse_node *hl = nodes + h->left, *hr = nodes + h->right, *hh = nodes + h->head;
	const struct quoth_parse_node *before_d = d - 1, *after_d = d + 1, *after_h = h + 1, *before_h = h - 1;
	uint32_t is_left = dependent < head;
	uint32_t distance = cut_distance(is_left ? (uint32_t)(head - dependent) : (uint32_t)(dependent - head)) * 2 + is_left;
	uint32_t amid = (is_left ? between(d, h) : between(h, d)) * 2 + is_left;
	uint32_t siblings = hash_set(is_left ? h->left_set : h->right_set), own = hash_set(d->left_set);
	uint32_t *f = features;

	ADD2(101, h->word_tag, is_left);
	ADD2(102, h->word, is_left);
	ADD2(103, h->tag, is_left);
	ADD2(104, d->word_tag, is_left);
	ADD2(105, d->word, is_left);
	ADD2(106, d->tag, is_left);
	ADD3(107, h->tag, d->tag, is_left);
	ADD3(108, h->word, d->tag, is_left);
	ADD3(109, h->tag, d->word, is_left);
	ADD3(110, h->word, d->word, is_left);
	ADD3(111, h->cluster, d->cluster, is_left);
	ADD3(112, h->cluster, d->tag, is_left);
	ADD3(113, h->tag, d->cluster, is_left);
	ADD3(114, h->tag, d->tag, distance);
	ADD3(115, h->tag, d->tag, amid);
	ADD3(116, h->tag, d->tag, siblings + is_left);
	ADD3(117, h->tag, d->tag, own + is_left);
	ADD3(118, h->tag, dl->word, d->tag);
	ADD3(119, h->word, dl->word, is_left);
	ADD3(120, h->tag, dl2->word, d->tag);
	ADD2(121, dl->word, d->word);
	ADD3(122, before_d->tag, d->tag, after_d->tag);
	ADD3(123, before_d->word, d->tag, is_left);
	ADD3(124, d->tag, after_d->word, is_left);
	ADD4(125, before_h->tag, h->tag, after_h->tag, d->tag);
	ADD3(126, h->tag, hl->word, d->tag);
	ADD3(127, h->tag, hr->word, d->tag);
	ADD3(128, h->word, siblings, d->tag);
	ADD4(129, h->relation, h->tag, d->tag, is_left);
	ADD3(130, hh->tag, h->tag, d->tag);
	ADD3(131, dr->word, d->tag, is_left);
	ADD4(132, d->name, h->name, d->tag, h->tag);
	ADD3(133, h->word, d->tag, amid);
	ADD3(134, d->word, h->tag, own);
	ADD3(135, d->cluster, own, is_left);
	ADD4(136, h->tag, d->tag, is_left, state->domain);
	ADD3(137, d->word, is_left, state->domain);
	return (size_t)(f - features);
}
