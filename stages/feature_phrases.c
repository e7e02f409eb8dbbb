#include "stages/feature_phrases.h"

#include "stages/rules.h"

enum { N_TEMPLATES = 256 };

/* ---- is this word a cue? ---- */

enum cue_aspect { CUE_ALWAYS = 1, CUE_WORD, CUE_TAG, CUE_CLASS, CUE_BESIDE, CUE_MARKS, CUE_PLACE };

static const char *const cue_words[QUOTH_N_ASPECTS] = {
	[CUE_ALWAYS] = "most words attribute nothing",
	[CUE_WORD] = "the word itself",
	[CUE_TAG] = "its part of speech",
	[CUE_CLASS] = "whether it is listed as a word of saying, thinking or asking",
	[CUE_BESIDE] = "the words beside it",
	[CUE_MARKS] = "the quotation marks around it",
	[CUE_PLACE] = "where the colon or dash stands in its sentence and paragraph",
};

static const uint8_t cue_aspects[N_TEMPLATES] = {
	[1] = CUE_ALWAYS,
	[2] = CUE_WORD, [3] = CUE_WORD, [4] = CUE_WORD, [5] = CUE_WORD, [6] = CUE_WORD, [9] = CUE_WORD, [10] = CUE_WORD,
	[7] = CUE_TAG,
	[11] = CUE_CLASS, [12] = CUE_CLASS,
	[20] = CUE_BESIDE, [21] = CUE_BESIDE, [22] = CUE_BESIDE, [23] = CUE_BESIDE, [24] = CUE_BESIDE, [25] = CUE_BESIDE,
	[26] = CUE_BESIDE, [27] = CUE_BESIDE, [28] = CUE_BESIDE,
	[70] = CUE_MARKS, [71] = CUE_MARKS, [72] = CUE_MARKS, [73] = CUE_MARKS, [74] = CUE_MARKS, [75] = CUE_MARKS,
	[76] = CUE_MARKS, [77] = CUE_MARKS, [78] = CUE_MARKS, [79] = CUE_MARKS,
	[80] = CUE_PLACE, [81] = CUE_PLACE, [82] = CUE_PLACE, [83] = CUE_PLACE, [84] = CUE_PLACE, [85] = CUE_PLACE,
	[86] = CUE_PLACE, [87] = CUE_PLACE, [88] = CUE_PLACE, [89] = CUE_PLACE,
};

/* ---- what is its source, what its content? ---- */

enum role_aspect {
	ROLE_ALWAYS = 1, ROLE_PLACE, ROLE_WORD, ROLE_TAG, ROLE_BESIDE, ROLE_MARKS, ROLE_BETWEEN, ROLE_EDGE, ROLE_SENTENCE,
	ROLE_BEGINNING, ROLE_TURN, ROLE_ORDER
};

static const char *const role_words[QUOTH_N_ASPECTS] = {
	[ROLE_ALWAYS] = "how often a whole sentence is said so",
	[ROLE_PLACE] = "how far from the cue it stands, and on which side",
	[ROLE_WORD] = "its words",
	[ROLE_TAG] = "what kinds of words these are",
	[ROLE_BESIDE] = "the words next to each of them",
	[ROLE_MARKS] = "whether it stands in quotation marks, and where these are",
	[ROLE_BETWEEN] = "the commas and verbs between it and the cue",
	[ROLE_EDGE] = "where it stands in its sentence",
	[ROLE_SENTENCE] = "sentences beside the cue's: how far, and how much of them is in quotation marks",
	[ROLE_BEGINNING] = "how these sentences begin and the cue's ends",
	[ROLE_TURN] = "whether somebody's turn in a conversation begins there",
	[ROLE_ORDER] = "the order in which source, cue and content follow one another",
};

static const uint8_t role_aspects[N_TEMPLATES] = {
	[1] = ROLE_ALWAYS,
	[2] = ROLE_SENTENCE, [3] = ROLE_SENTENCE, [4] = ROLE_SENTENCE, [5] = ROLE_SENTENCE, [6] = ROLE_SENTENCE,
	[7] = ROLE_SENTENCE, [8] = ROLE_SENTENCE, [10] = ROLE_SENTENCE, [11] = ROLE_SENTENCE, [12] = ROLE_SENTENCE,
	[17] = ROLE_SENTENCE, [18] = ROLE_SENTENCE, [19] = ROLE_SENTENCE, [20] = ROLE_SENTENCE,
	[9] = ROLE_BEGINNING, [13] = ROLE_BEGINNING, [14] = ROLE_BEGINNING, [15] = ROLE_BEGINNING, [16] = ROLE_BEGINNING,
	[21] = ROLE_TURN, [22] = ROLE_TURN, [23] = ROLE_TURN,
	[60] = ROLE_PLACE, [61] = ROLE_PLACE, [66] = ROLE_PLACE, [73] = ROLE_PLACE, [74] = ROLE_PLACE, [41] = ROLE_PLACE,
	[46] = ROLE_PLACE,
	[62] = ROLE_WORD, [64] = ROLE_WORD, [65] = ROLE_WORD, [72] = ROLE_WORD, [40] = ROLE_WORD, [43] = ROLE_WORD,
	[45] = ROLE_WORD,
	[63] = ROLE_TAG, [42] = ROLE_TAG,
	[67] = ROLE_BESIDE, [68] = ROLE_BESIDE, [69] = ROLE_BESIDE, [70] = ROLE_BESIDE, [71] = ROLE_BESIDE,
	[80] = ROLE_BESIDE,
	[75] = ROLE_MARKS, [77] = ROLE_MARKS, [78] = ROLE_MARKS, [79] = ROLE_MARKS, [84] = ROLE_MARKS,
	[82] = ROLE_BETWEEN, [83] = ROLE_BETWEEN, [44] = ROLE_BETWEEN, [85] = ROLE_BETWEEN,
	[81] = ROLE_EDGE,
	[QUOTH_PAIR_TEMPLATE] = ROLE_ORDER,
};

/* ---- is this row right? ---- */

enum row_aspect {
	ROW_ALWAYS = 1, ROW_CUE, ROW_CUE_WORD, ROW_MARGIN, ROW_LENGTH, ROW_SOURCE, ROW_SOURCE_PLACE, ROW_BEGINNING,
	ROW_ENDING, ROW_MARKS, ROW_RIVAL, ROW_INSIDE, ROW_LEADER, ROW_READERS
};

static const char *const row_words[QUOTH_N_ASPECTS] = {
	[ROW_ALWAYS] = "how many candidates are right at all",
	[ROW_CUE] = "how surely the cue is one",
	[ROW_CUE_WORD] = "the cue's word, with this kind of statement",
	[ROW_MARGIN] = "how much better this reading is than no statement at all",
	[ROW_LENGTH] = "how long the statement is, and in how many parts",
	[ROW_SOURCE] = "what kind of words the source is",
	[ROW_SOURCE_PLACE] = "where source, cue and statement stand to each other",
	[ROW_BEGINNING] = "how the statement begins",
	[ROW_ENDING] = "how the statement ends",
	[ROW_MARKS] = "the quotation marks around the cue",
	[ROW_RIVAL] = "whether another cue claims the same statement",
	[ROW_INSIDE] = "whether it lies inside another statement, or holds one",
	[ROW_LEADER] = "how it stands to the surest other statement of its sentence",
	[ROW_READERS] = "whether rules and model found it, and agree",
};

static const uint8_t row_aspects[N_TEMPLATES] = {
	[50] = ROW_ALWAYS,
	[51] = ROW_CUE, [53] = ROW_CUE, [55] = ROW_CUE, [56] = ROW_CUE,
	[35] = ROW_CUE_WORD, [36] = ROW_CUE_WORD, [37] = ROW_CUE_WORD, [38] = ROW_CUE_WORD, [42] = ROW_CUE_WORD,
	[52] = ROW_MARGIN,
	[54] = ROW_LENGTH, [39] = ROW_LENGTH,
	[10] = ROW_SOURCE, [11] = ROW_SOURCE, [12] = ROW_SOURCE, [14] = ROW_SOURCE, [15] = ROW_SOURCE, [16] = ROW_SOURCE,
	[18] = ROW_SOURCE, [19] = ROW_SOURCE,
	[13] = ROW_SOURCE_PLACE, [17] = ROW_SOURCE_PLACE, [33] = ROW_SOURCE_PLACE, [34] = ROW_SOURCE_PLACE,
	[44] = ROW_SOURCE_PLACE,
	[30] = ROW_BEGINNING, [31] = ROW_BEGINNING, [32] = ROW_BEGINNING, [40] = ROW_BEGINNING,
	[28] = ROW_ENDING, [29] = ROW_ENDING, [43] = ROW_ENDING,
	[41] = ROW_MARKS, [45] = ROW_MARKS, [46] = ROW_MARKS,
	[1] = ROW_RIVAL, [2] = ROW_RIVAL,
	[3] = ROW_INSIDE,
	[4] = ROW_LEADER, [5] = ROW_LEADER, [6] = ROW_LEADER, [7] = ROW_LEADER, [8] = ROW_LEADER,
	[60] = ROW_READERS, [61] = ROW_READERS, [62] = ROW_READERS, [63] = ROW_READERS, [64] = ROW_READERS,
	[65] = ROW_READERS, [66] = ROW_READERS, [67] = ROW_READERS, [68] = ROW_READERS,
};

static const struct {
	const uint8_t *aspects;
	const char *const *words;
} tables[] = {
	[QUOTH_CUE_FEATURES] = {cue_aspects, cue_words},
	[QUOTH_ROLE_FEATURES] = {role_aspects, role_words},
	[QUOTH_ROW_FEATURES] = {row_aspects, row_words},
};

unsigned quoth_feature_aspect(enum quoth_feature_table table, uint32_t template_number)
{
	return template_number < N_TEMPLATES ? tables[table].aspects[template_number] : 0;
}

const char *quoth_aspect_words(enum quoth_feature_table table, unsigned aspect)
{
	return aspect < QUOTH_N_ASPECTS ? tables[table].words[aspect] : NULL;
}

void quoth_aspects_add(enum quoth_feature_table table, const struct quoth_weights *weights, unsigned label,
		       const uint32_t *features, const uint32_t *templates, size_t n, float sums[QUOTH_N_ASPECTS])
{
	for (size_t i = 0; i < n; i++)
		sums[quoth_feature_aspect(table, templates[i])] += quoth_weights_cell(weights, features[i], label);
}

/* ---- rules ---- */

static const char *const rule_words[] = {
	[QUOTH_RULE_QUOTE_BEFORE] = "a quotation, then who said it",
	[QUOTH_RULE_QUOTE_AFTER] = "who said it, then a quotation",
	[QUOTH_RULE_QUOTE_COLON] = "a name and a colon before a quotation",
	[QUOTH_RULE_QUOTE_CONTINUED] = "a paragraph that is all quotation, after one whose speaker is known",
	[QUOTH_RULE_QUOTE_NEAR] = "a quotation without words of saying, next to what somebody does",
	[QUOTH_RULE_QUOTE_NESTED] = "a quotation inside what somebody says",
	[QUOTH_RULE_TURN] = "a turn of a conversation, with the speaker's name before it",
	[QUOTH_RULE_HEADLINE] = "a headline with a name and a colon",
	[QUOTH_RULE_BEFORE] = "a statement, then who said it",
	[QUOTH_RULE_AROUND] = "a statement that who said it stands in",
	[QUOTH_RULE_PHRASE_BEFORE] = "a statement, then a phrase such as “according to”",
	[QUOTH_RULE_PHRASE_AFTER] = "a phrase such as “according to”, then a statement",
	[QUOTH_RULE_NESTED] = "reported speech inside what somebody says",
	[QUOTH_RULE_THAT] = "a word of saying with “that” and a clause",
	[QUOTH_RULE_CLAUSE] = "a word of saying with a clause",
	[QUOTH_RULE_WH] = "a word of asking or knowing with “whether”, “why” or the like",
	[QUOTH_RULE_INFINITIVE] = "a word of promising, asking or the like with “to”",
	[QUOTH_RULE_AS] = "a word of judging with “as”",
	[QUOTH_RULE_OBJECT] = "a word of saying with what is said as its object",
	[QUOTH_RULE_GERUND] = "a word of saying with a verb in “-ing”",
	[QUOTH_RULE_PREPOSITION] = "a word of saying with “about”, “for” or the like",
	[QUOTH_RULE_PASSIVE] = "a word of saying in the passive",
	[QUOTH_RULE_NOUN] = "a noun of saying, such as “claim”, with what is said",
	[QUOTH_RULE_ADJECTIVE] = "an adjective such as “confident” with what is thought",
	[QUOTH_RULE_CHAIN] = "found by the learned model, by no rule",
};

_Static_assert(sizeof rule_words / sizeof *rule_words == QUOTH_N_RULES, "every rule has its words");

const char *quoth_rule_words(unsigned rule)
{
	return rule < QUOTH_N_RULES ? rule_words[rule] : "?";
}
