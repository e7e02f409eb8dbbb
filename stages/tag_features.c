#include "stages/tag_features.h"

#include <string.h>

bool quoth_word_tables_find(const struct quoth_model *model, struct quoth_word_tables *tables)
{
	const struct quoth_table *clusters = quoth_model_find(model, "clusters");

	if (!clusters || clusters->size != sizeof(struct quoth_word_cluster) << QUOTH_WORD_CLUSTER_BITS)
		return false;
	tables->clusters = clusters->bytes;
	return quoth_model_words(model, "words", &tables->words);
}

/* ---- views ---- */

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static uint32_t hash_ending(const char *text, uint32_t length, uint32_t n)
{
	uint32_t hash = n;

	for (uint32_t i = length > n ? length - n : 0; i < length; i++)
		hash = hash << 8 | lower(text[i]);
	return hash;
}

static uint32_t hash_beginning(const char *text, uint32_t length, uint32_t n)
{
	uint32_t hash = n;

	for (uint32_t i = 0; i < length && i < n; i++)
		hash = hash << 8 | lower(text[i]);
	return hash;
}

/* A word that is no feature of its own stands for all of its kind. */
static uint32_t stand_in(const struct quoth_word_view *view)
{
	if (view->cluster)
		return 0x10000u + view->cluster;
	return quoth_feature(view->shape, view->suffix3);
}

static void view_token(const struct quoth_word_tables *tables, const struct quoth_document *doc, uint32_t i,
		       uint32_t value, struct quoth_word_view *view)
{
	const struct quoth_token *token = doc->tokens + i;
	const char *text = doc->text + token->text;
	const struct quoth_word_cluster *cluster;

	view->value = value;
	view->cluster = value & ((1 << QUOTH_WORD_CLUSTER_BITS) - 1);
	view->tag_set = value >> QUOTH_WORD_CLUSTER_BITS & ((1 << QUOTH_WORD_TAG_SET_BITS) - 1);
	cluster = tables->clusters + view->cluster;
	view->prefix4 = cluster->prefix4;
	view->prefix6 = cluster->prefix6;
	view->prefix10 = cluster->prefix10;
	view->suffix2 = hash_ending(text, token->length, 2);
	view->suffix3 = hash_ending(text, token->length, 3);
	view->prefix3 = hash_beginning(text, token->length, 3);
	view->shape = (uint8_t)(token->shape | (token->flags & QUOTH_HAS_DIGIT ? 8 : 0) |
				(token->flags & QUOTH_HAS_HYPHEN ? 16 : 0) | (token->flags & QUOTH_IS_ABBREVIATION ? 32 : 0) |
				(token->kind == QUOTH_WORD || token->kind == QUOTH_NUMBER ? 0 : 64));
	if (token->kind == QUOTH_QUOTE_MARK) {	/* whichever way it is written */
		view->word = 0x20000u + token->mark;
		if (!value)	/* a glyph that no training text has */
			view->value = (QUOTH_LABEL_PUNCT_PUNCT + 1) << QUOTH_WORD_LABEL_SHIFT;
	} else {
		view->word = value & QUOTH_WORD_IS_COMMON ? token->form : stand_in(view);
	}
	view->label = 0;
	view->name = QUOTH_NOT_A_NAME;
}

void quoth_word_views(const struct quoth_word_tables *tables, const struct quoth_document *doc, uint32_t first, uint32_t n,
		      struct quoth_word_view *views)
{
	static const struct quoth_word_view no_word = {.word = 1, .label = QUOTH_N_TAG_LABELS, .shape = 128};
	const struct quoth_word_slot *slots = tables->words.slots;
	uint32_t mask = tables->words.mask;

	for (uint32_t i = 0; i < QUOTH_STRETCH_PADDING; i++) {
		views[i] = no_word;
		views[QUOTH_STRETCH_PADDING + n + i] = no_word;
	}
	for (uint32_t i = 0; i < n; i++)
		__builtin_prefetch(slots + (quoth_words_begin(doc->tokens[first + i].form, mask)));
	for (uint32_t i = 0; i < n; i++)
		view_token(tables, doc, first + i, quoth_words_find(&tables->words, doc->tokens[first + i].form),
			   views + QUOTH_STRETCH_PADDING + i);
}

/* ---- parts of speech ---- */

/* After Toutanova et al. (2003) and Collins (2002), with clusters (Owoputi et al. 2013) and tag sets in the place of the
 * tag dictionary. Each line is a feature; its number is its kind. */
size_t quoth_tag_word_features(const struct quoth_word_view *at, enum quoth_domain domain, uint32_t *features)
{
	const struct quoth_word_view *before = at - 1, *before2 = at - 2, *after = at + 1, *after2 = at + 2;
	uint32_t *f = features;

	*f++ = quoth_feature(1, at->word);
	*f++ = quoth_feature(2, at->cluster | (uint32_t)at->shape << 16);
	*f++ = quoth_feature(3, at->tag_set | (uint32_t)at->shape << 16);
	*f++ = quoth_feature_join(quoth_feature(4, at->suffix3), at->shape);
	*f++ = quoth_feature(6, at->prefix3);
	*f++ = quoth_feature(7, at->shape | (uint32_t)before->shape << 8 | (uint32_t)after->shape << 16);
	*f++ = quoth_feature(13, before->word);
	*f++ = quoth_feature_join(quoth_feature(14, before->word), at->word);
	*f++ = quoth_feature(15, after->word);
	*f++ = quoth_feature_join(quoth_feature(16, after->word), at->word);
	*f++ = quoth_feature(17, before2->word);
	*f++ = quoth_feature(18, after2->word);
	*f++ = quoth_feature(19, after->cluster | (uint32_t)at->tag_set << 16);
	*f++ = quoth_feature(20, at->tag_set | (uint32_t)after->tag_set << 10);
	*f++ = quoth_feature_join(quoth_feature(22, at->tag_set | (uint32_t)after->tag_set << 10), after2->tag_set);
	*f++ = quoth_feature(24, at->prefix10 | (uint32_t)after->tag_set << 16);
	*f++ = quoth_feature_join(quoth_feature(25, at->word), after->tag_set);
	*f++ = quoth_feature_join(quoth_feature(26, before->word), after->tag_set | (uint32_t)at->tag_set << 16);
	*f++ = quoth_feature(27, before->cluster | (uint32_t)at->cluster << 16);
	*f++ = quoth_feature_join(quoth_feature(29, at->word), domain);
	return (size_t)(f - features);
}

size_t quoth_tag_history_features(const struct quoth_word_view *at, enum quoth_domain domain, uint32_t *features)
{
	const struct quoth_word_view *before = at - 1, *before2 = at - 2, *after = at + 1;
	uint32_t tag1 = before->label, tags2 = tag1 | (uint32_t)before2->label << 8;
	uint32_t sets = at->tag_set | (uint32_t)after->tag_set << 10 | (uint32_t)before->shape << 20;
	uint32_t *f = features;

	*f++ = quoth_feature_join(quoth_feature(5, at->suffix2), tag1);
	*f++ = quoth_feature(8, tag1);
	*f++ = quoth_feature(9, tags2);
	*f++ = quoth_feature_join(quoth_feature(10, at->word), tag1);
	*f++ = quoth_feature_join(quoth_feature(11, at->tag_set), tag1);
	*f++ = quoth_feature_join(quoth_feature(12, at->tag_set), tags2);
	*f++ = quoth_feature_join(quoth_feature(21, sets), tag1);
	*f++ = quoth_feature(23, at->prefix6 | tag1 << 16);
	*f++ = quoth_feature_join(quoth_feature(28, before2->word), tag1 | (uint32_t)at->tag_set << 8);
	*f++ = quoth_feature_join(quoth_feature(30, at->tag_set), domain | tag1 << 8);
	return (size_t)(f - features);
}

/* ---- names ---- */

static bool is_raised(const struct quoth_word_view *view)
{
	uint8_t shape = view->shape & 7;

	return shape != QUOTH_SHAPE_NONE && shape != QUOTH_SHAPE_LOWER && !(view->shape & 128);
}

bool quoth_name_is_possible(const struct quoth_word_view *at)
{
	return is_raised(at) || (at[-1].name != QUOTH_NOT_A_NAME && (is_raised(at + 1) || is_raised(at + 2)));
}

static uint32_t recall(const struct quoth_name_memory *memory, uint32_t form)
{
	uint32_t slot = form * 0x9E3779B1u >> 22;

	return memory->slots[slot].form == form ? memory->slots[slot].name : 0;
}

void quoth_name_remember(struct quoth_name_memory *memory, uint32_t form, uint8_t name)
{
	uint32_t slot = form * 0x9E3779B1u >> 22;

	memory->slots[slot].form = form;
	memory->slots[slot].name = (uint8_t)(name + 1);
}

static uint32_t list_bits(const struct quoth_word_view *view)
{
	return view->value >> 27 & 7;
}

enum { MAX_RUN = 8 };

size_t quoth_name_features(const struct quoth_word_view *at, uint32_t form, const struct quoth_name_memory *memory,
			   uint32_t *features)
{
	const struct quoth_word_view *before = at - 1, *before2 = at - 2, *after = at + 1, *after2 = at + 2;
	const struct quoth_word_view *first = at, *last = at;
	uint32_t name1 = before->name, names2 = name1 | (uint32_t)before2->name << 3, length;
	uint32_t lists = list_bits(at), around = list_bits(before) | list_bits(after) << 3 | lists << 6;
	uint32_t known = recall(memory, form);
	uint32_t *f = features;

	while (at - first < MAX_RUN && is_raised(first - 1))
		first--;
	while (last - at < MAX_RUN && is_raised(last + 1))
		last++;
	length = (uint32_t)(last - first);
	*f++ = quoth_feature(1, at->word);
	*f++ = quoth_feature_join(quoth_feature(2, at->word), name1);
	*f++ = quoth_feature(3, at->cluster | name1 << 16);
	*f++ = quoth_feature(4, at->prefix10 | name1 << 16);
	*f++ = quoth_feature_join(quoth_feature(5, at->suffix3), at->shape);
	*f++ = quoth_feature(6, at->shape | (uint32_t)at->label << 8 | name1 << 16);
	*f++ = quoth_feature(7, names2);
	*f++ = quoth_feature(8, before->word);
	*f++ = quoth_feature_join(quoth_feature(9, before->word), name1);
	*f++ = quoth_feature(10, after->word);
	*f++ = quoth_feature(11, before2->word);
	*f++ = quoth_feature(12, after2->word);
	*f++ = quoth_feature(13, before->prefix10 | (uint32_t)at->prefix10 << 16);
	*f++ = quoth_feature(14, after->prefix10 | (uint32_t)at->prefix10 << 16);
	*f++ = quoth_feature(15, around);
	*f++ = quoth_feature(16, around | name1 << 16);
	*f++ = quoth_feature(17, lists | (uint32_t)at->shape << 8 | (uint32_t)after->shape << 16 | (uint32_t)before->shape << 24);
	*f++ = quoth_feature(18, known | name1 << 8);
	*f++ = quoth_feature(19, known | (uint32_t)at->prefix6 << 8);
	*f++ = quoth_feature(20, last->word);
	*f++ = quoth_feature_join(quoth_feature(21, last->word), last == at);
	*f++ = quoth_feature_join(quoth_feature(22, last->suffix3), last == at);
	*f++ = quoth_feature(23, last->prefix10 | (uint32_t)(last == at) << 16);
	*f++ = quoth_feature_join(quoth_feature(24, first->word), first == at);
	*f++ = quoth_feature(25, list_bits(first) | list_bits(last) << 3 | length << 6 | (uint32_t)(at - first) << 12);
	*f++ = quoth_feature_join(quoth_feature(26, first[-1].word), length);
	*f++ = quoth_feature_join(quoth_feature(27, last[1].word), length);
	*f++ = quoth_feature(28, (uint32_t)at->label | (uint32_t)before->label << 8 | (uint32_t)after->label << 16 | name1 << 24);
	*f++ = quoth_feature_join(quoth_feature(29, after->word), name1 | (uint32_t)at->shape << 8);
	*f++ = quoth_feature_join(quoth_feature(30, first[-1].word), name1 | lists << 4);
	*f++ = quoth_feature(31, at->tag_set | name1 << 16);
	return (size_t)(f - features);
}
