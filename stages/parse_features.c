#include "stages/parse_features.h"

/* The templates are those of Zhang and Nivre (2011), with clusters, and with what stands between two words. A feature is
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
static uint32_t between(const struct quoth_parse_word *left, const struct quoth_parse_word *right)
{
	uint32_t n_commas = at_most((uint32_t)(right->n_commas - left->n_commas), 3);
	uint32_t n_verbs = at_most((uint32_t)(right->n_verbs - left->n_verbs), 3);

	return n_commas | n_verbs << 2 | ((uint32_t)(right->n_marks - left->n_marks) & 1) << 4;
}

size_t quoth_move_features(const struct quoth_parse_state *state, uint32_t *features)
{
	const struct quoth_parse_node *nodes = state->nodes;
	const struct quoth_parse_word *words = state->input->words;
	uint32_t top = quoth_parse_top(state), next = state->next, last = state->input->n + 1u;
	const struct quoth_parse_node *s0_node = nodes + top, *b0_node = nodes + next, *s0h_node = nodes + s0_node->head;
	const struct quoth_parse_node *s0l_node = nodes + s0_node->left, *s0r_node = nodes + s0_node->right;
	const struct quoth_parse_node *b0l_node = nodes + b0_node->left;
	const struct quoth_parse_word *s0 = words + top, *b0 = words + next;
	const struct quoth_parse_word *s1 = words + quoth_parse_below(state);
	const struct quoth_parse_word *b1 = words + (next < last ? next + 1 : 0);
	const struct quoth_parse_word *b2 = words + (next + 1 < last ? next + 2 : 0);
	const struct quoth_parse_word *s0h = words + s0_node->head, *s0h2 = words + s0h_node->head;
	const struct quoth_parse_word *s0l = words + s0_node->left, *s0l2 = words + s0_node->left2;
	const struct quoth_parse_word *s0r = words + s0_node->right, *s0r2 = words + s0_node->right2;
	const struct quoth_parse_word *b0l = words + b0_node->left, *b0l2 = words + b0_node->left2;
	const struct quoth_parse_word *after_s0 = top ? s0 + 1 : words, *before_b0 = b0 - 1;
	uint32_t has_head = s0_node->head != 0, distance = cut_distance(next - top), amid = top ? between(s0, b0) : 32;
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
	ADD2(42, s0->word, s0_node->n_right);
	ADD2(43, s0->tag, s0_node->n_right);
	ADD2(44, s0->tag, s0_node->n_left);
	ADD2(45, b0->tag, b0_node->n_left);
	ADD2(46, b0->word, b0_node->n_left);
	ADD1(47, s0h->word);
	ADD2(48, s0h->tag, s0_node->relation);
	ADD2(49, s0->tag, s0_node->relation);
	ADD3(50, s0->tag, s0_node->relation, b0->tag);
	ADD1(51, s0l->word);
	ADD2(52, s0l->tag, s0l_node->relation);
	ADD1(53, s0r->word);
	ADD2(54, s0r->tag, s0r_node->relation);
	ADD1(55, b0l->word);
	ADD2(56, b0l->tag, b0l_node->relation);
	ADD1(57, s1->word);
	ADD1(58, s1->tag);
	ADD3(59, s0->tag, s0l->tag, s0l2->tag);
	ADD3(60, s0->tag, s0r->tag, s0r2->tag);
	ADD3(61, s0->tag, s0h->tag, s0h2->tag);
	ADD3(62, b0->tag, b0l->tag, b0l2->tag);
	ADD2(63, s0->tag, hash_set(s0_node->right_set));
	ADD2(64, s0->tag, hash_set(s0_node->left_set));
	ADD2(65, b0->tag, hash_set(b0_node->left_set));
	ADD2(66, s0->word, hash_set(s0_node->right_set));
	ADD3(67, s0->word, s0r->word, b0->word);
	ADD3(68, s0->word, b0->tag, b1->tag);
	ADD3(69, s0->tag, b0->tag, b1->word);
	ADD3(70, s1->word, s0->tag, b0->tag);
	ADD3(71, s0->tag, s0r->word, b0->tag);
	ADD3(72, s0h->word, s0->tag, b0->tag);
	ADD3(73, s0->tag, b0->tag, hash_set(s0_node->right_set));
	ADD3(74, s0->tag, b0->tag, hash_set(b0_node->left_set));
	ADD2(75, b0->word, b1->word);
	/* prepositions and subordinators are children of what they introduce: what would b0 bring along, and to whom? */
	ADD4(77, s0h->tag, s0->tag, b0->tag, hash_set(b0_node->left_set));
	ADD2(78, s0->word, b0l->word);
	ADD2(79, s0h->word, b0l->word);
	ADD3(80, s0->tag, b0l->word, b0->tag);
	ADD2(81, s0h->cluster, b0->cluster);
	ADD4(82, s0->tag, s0h->tag, b0l->word, b0->tag);
	ADD3(83, s0->cluster, b0l->word, b0->cluster);
	ADD2(84, s0h->word, b0->word);
	ADD3(85, s0h->tag, s0->tag, b0->word_tag);
	ADD3(86, s0h->word, s0->tag, b0->tag);
	ADD3(87, s0_node->relation + (uint32_t)s0->tag * 64, b0l->word, b0->tag);
	ADD4(88, s0_node->relation + (uint32_t)s0h_node->relation * 64, s0->tag, s0h->tag, b0->tag);
	/* clusters at other grains, and what else the words may be than their tags say */
	ADD2(89, s0->cluster4, b0->cluster4);
	ADD2(90, s0->cluster6, b0->cluster6);
	ADD3(91, s0->cluster4, b0->tag, has_head);
	ADD3(92, s0->tag, b0->cluster4, has_head);
	ADD2(93, s0->cluster6, b0->tag);
	ADD2(94, s0->tag, b0->cluster6);
	ADD2(95, b0->cluster, b1->cluster);
	ADD3(96, s0h->cluster4, s0->cluster4, b0->cluster4);
	ADD3(97, s0->cluster4, b0->cluster4, b1->cluster4);
	ADD2(98, s0->tag_set, b0->tag);
	ADD2(99, s0->tag, b0->tag_set);
	ADD2(100, s0->tag_set, b0->tag_set);
	ADD2(101, b0->tag_set, b1->tag_set);
	ADD3(102, b0->tag, b1->tag_set, s0->tag);
	ADD2(103, s0->ending, b0->tag);
	ADD2(104, s0->tag, b0->ending);
	ADD2(105, s0->ending, b0->word);
	ADD1(106, b0->ending);
	return (size_t)(f - features);
}

size_t quoth_relation_features(const struct quoth_parse_state *state, uint16_t head, uint16_t dependent, uint32_t *features)
{
	const struct quoth_parse_node *nodes = state->nodes, *h_node = nodes + head, *d_node = nodes + dependent;
	const struct quoth_parse_word *words = state->input->words, *h = words + head, *d = words + dependent;
	const struct quoth_parse_word *dl = words + d_node->left, *dl2 = words + d_node->left2, *dr = words + d_node->right;
	const struct quoth_parse_word *hl = words + h_node->left, *hr = words + h_node->right, *hh = words + h_node->head;
	const struct quoth_parse_word *before_d = d - 1, *after_d = d + 1, *after_h = h + 1, *before_h = h - 1;
	uint32_t is_left = dependent < head;
	uint32_t distance = cut_distance(is_left ? (uint32_t)(head - dependent) : (uint32_t)(dependent - head)) * 2 + is_left;
	uint32_t amid = (is_left ? between(d, h) : between(h, d)) * 2 + is_left;
	uint32_t siblings = hash_set(is_left ? h_node->left_set : h_node->right_set), own = hash_set(d_node->left_set);
	uint32_t *f = features;

	ADD2(201, h->word_tag, is_left);
	ADD2(202, h->word, is_left);
	ADD2(203, h->tag, is_left);
	ADD2(204, d->word_tag, is_left);
	ADD2(205, d->word, is_left);
	ADD2(206, d->tag, is_left);
	ADD3(207, h->tag, d->tag, is_left);
	ADD3(208, h->word, d->tag, is_left);
	ADD3(209, h->tag, d->word, is_left);
	ADD3(210, h->word, d->word, is_left);
	ADD3(211, h->cluster, d->cluster, is_left);
	ADD3(212, h->cluster, d->tag, is_left);
	ADD3(213, h->tag, d->cluster, is_left);
	ADD3(214, h->tag, d->tag, distance);
	ADD3(215, h->tag, d->tag, amid);
	ADD3(216, h->tag, d->tag, siblings + is_left);
	ADD3(217, h->tag, d->tag, own + is_left);
	ADD3(218, h->tag, dl->word, d->tag);
	ADD3(219, h->word, dl->word, is_left);
	ADD3(220, h->tag, dl2->word, d->tag);
	ADD2(221, dl->word, d->word);
	ADD3(222, before_d->tag, d->tag, after_d->tag);
	ADD3(223, before_d->word, d->tag, is_left);
	ADD3(224, d->tag, after_d->word, is_left);
	ADD4(225, before_h->tag, h->tag, after_h->tag, d->tag);
	ADD3(226, h->tag, hl->word, d->tag);
	ADD3(227, h->tag, hr->word, d->tag);
	ADD3(228, h->word, siblings, d->tag);
	ADD4(229, h_node->relation, h->tag, d->tag, is_left);
	ADD3(230, hh->tag, h->tag, d->tag);
	ADD3(231, dr->word, d->tag, is_left);
	ADD4(232, d->name, h->name, d->tag, h->tag);
	ADD3(233, h->word, d->tag, amid);
	ADD3(234, d->word, h->tag, own);
	ADD3(235, d->cluster, own, is_left);
	ADD3(238, h->cluster4, d->cluster4, is_left);
	ADD3(239, h->cluster6, d->cluster6, is_left);
	ADD3(240, h->tag, d->tag_set, is_left);
	ADD3(241, h->tag_set, d->tag, is_left);
	ADD3(242, h->tag, d->ending, is_left);
	ADD3(243, h->ending, d->tag, is_left);
	ADD3(244, h->ending, d->ending, is_left);
	return (size_t)(f - features);
}
