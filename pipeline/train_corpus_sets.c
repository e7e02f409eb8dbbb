#include "pipeline/train_corpus.h"

#include <string.h>

struct pair {
	const char *name;
	uint8_t value;
};

/* What the Penn Treebank and the English Web Treebank write beyond the set. */
static const struct pair other_tags[] = {
	{"-LRB-", QUOTH_TAG_PUNCT}, {"-RRB-", QUOTH_TAG_PUNCT}, {",", QUOTH_TAG_PUNCT}, {":", QUOTH_TAG_PUNCT},
	{"``", QUOTH_TAG_PUNCT}, {"''", QUOTH_TAG_PUNCT}, {"HYPH", QUOTH_TAG_PUNCT}, {"NFP", QUOTH_TAG_PUNCT},
	{"#", QUOTH_TAG_SYM}, {"$", QUOTH_TAG_SYM}, {NULL, 0},
};

/* Relations of UD 1 and subtypes whose place in our set the main type does not tell. */
static const struct pair other_relations[] = {
	{"dobj", QUOTH_REL_OBJ}, {"nsubjpass", QUOTH_REL_NSUBJ_PASS}, {"csubjpass", QUOTH_REL_CSUBJ},
	{"auxpass", QUOTH_REL_AUX_PASS}, {"mwe", QUOTH_REL_FIXED}, {"name", QUOTH_REL_FLAT}, {"neg", QUOTH_REL_ADVMOD},
	{"nmod:desc", QUOTH_REL_COMPOUND}, {"foreign", QUOTH_REL_FLAT}, {"remnant", QUOTH_REL_ORPHAN},
	{"advcl:relcl", QUOTH_REL_ADVCL}, {NULL, 0},
};

static const struct pair *find_pair(const struct pair *pairs, const char *name)
{
	for (; pairs->name; pairs++)
		if (strcmp(pairs->name, name) == 0)
			return pairs;
	return NULL;
}

uint8_t quoth_corpus_tag(const char *name)
{
	const struct pair *pair = find_pair(other_tags, name);

	if (pair)
		return pair->value;
	for (uint8_t tag = 0; tag < QUOTH_N_TAGS; tag++)
		if (strcmp(quoth_tag_name(tag), name) == 0)
			return tag;
	return QUOTH_TAG_UNKNOWN;
}

uint8_t quoth_corpus_upos(const char *name)
{
	for (uint8_t upos = 0; upos < QUOTH_N_UPOS; upos++)
		if (strcmp(quoth_upos_name(upos), name) == 0)
			return upos;
	return QUOTH_UPOS_X;
}

static uint8_t find_relation(const char *name, size_t length)
{
	for (uint8_t relation = 0; relation < QUOTH_N_RELATIONS; relation++) {
		const char *own = quoth_relation_name(relation);

		if (strlen(own) == length && memcmp(own, name, length) == 0)
			return relation;
	}
	return QUOTH_REL_NONE;
}

uint8_t quoth_corpus_relation(const char *name)
{
	const struct pair *pair = find_pair(other_relations, name);
	uint8_t relation;

	if (pair)
		return pair->value;
	relation = find_relation(name, strlen(name));
	if (relation == QUOTH_REL_NONE)
		relation = find_relation(name, strcspn(name, ":"));
	return relation == QUOTH_REL_NONE ? QUOTH_REL_DEP : relation;
}
