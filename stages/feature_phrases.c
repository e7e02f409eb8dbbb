#include "stages/feature_phrases.h"

#include "stages/rules.h"

/* What features look at, in words, and the templates that do; 0 ends them. */
struct aspect {
	const char *words;
	uint8_t templates[24];
};

/* ---- is this word a cue? ---- */

static const struct aspect cue_aspects[QUOTH_N_ASPECTS] = {
	[QUOTH_CUE_ALWAYS_ASPECT] = {"most words attribute nothing",
		{1}},
	[QUOTH_CUE_WORD_ASPECT] = {"the word itself",
		{2, 3, 4, 5, 6, 9, 10}},
	[QUOTH_CUE_TAG_ASPECT] = {"its part of speech",
		{7}},
	[QUOTH_CUE_CLASS_ASPECT] = {"whether it is listed as a word of saying, thinking or asking",
		{11, 12}},
	[QUOTH_CUE_BESIDE_ASPECT] = {"the words beside it",
		{20, 21, 22, 23, 24, 25, 26, 27, 28}},
	[QUOTH_CUE_MARKS_ASPECT] = {"the quotation marks around it",
		{70, 71, 72, 73, 74, 75, 76, 77, 78, 79}},
	[QUOTH_CUE_PLACE_ASPECT] = {"where the colon or dash stands in its sentence and paragraph",
		{80, 81, 82, 83, 84, 85, 86, 87, 88, 89}},
	[QUOTH_CUE_CONTEXT_ASPECT] = {"what the text around it makes of it and its neighbours",
		{100, 101, 102, 103, 104, 105, 106, 107, 108}},
};

/* ---- what is its source, what its content? ---- */

static const struct aspect role_aspects[QUOTH_N_ASPECTS] = {
	[QUOTH_ROLE_ALWAYS_ASPECT] = {"how often a whole sentence is said so",
		{1}},
	[QUOTH_ROLE_PLACE_ASPECT] = {"how far from the cue it stands, and on which side",
		{60, 61, 66, 73, 74, 41, 46}},
	[QUOTH_ROLE_WORD_ASPECT] = {"its words",
		{62, 64, 65, 72, 40, 43, 45}},
	[QUOTH_ROLE_TAG_ASPECT] = {"what kinds of words these are",
		{63, 42}},
	[QUOTH_ROLE_BESIDE_ASPECT] = {"the words next to each of them",
		{67, 68, 69, 70, 71, 80}},
	[QUOTH_ROLE_MARKS_ASPECT] = {"whether it stands in quotation marks, and where these are",
		{75, 77, 78, 79, 84}},
	[QUOTH_ROLE_BETWEEN_ASPECT] = {"the commas and verbs between it and the cue",
		{82, 83, 44, 85}},
	[QUOTH_ROLE_EDGE_ASPECT] = {"where it stands in its sentence",
		{81}},
	[QUOTH_ROLE_SENTENCE_ASPECT] = {"sentences beside the cue's: how far, and how much of them is in quotation marks",
		{2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 17, 18, 19, 20}},
	[QUOTH_ROLE_BEGINNING_ASPECT] = {"how these sentences begin and the cue's ends",
		{9, 13, 14, 15, 16}},
	[QUOTH_ROLE_TURN_ASPECT] = {"whether somebody's turn in a conversation begins there",
		{21, 22, 23}},
	[QUOTH_ROLE_CONTEXT_ASPECT] = {"what the text around makes of these words: said, a source or neither",
		{90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105}},
	[QUOTH_ROLE_ORDER_ASPECT] = {"the order in which source, cue and content follow one another",
		{QUOTH_PAIR_TEMPLATE}},
};

/* ---- is this row right? ---- */

static const struct aspect row_aspects[QUOTH_N_ASPECTS] = {
	[QUOTH_ROW_ALWAYS_ASPECT] = {"how many candidates are right at all",
		{50}},
	[QUOTH_ROW_CUE_ASPECT] = {"how surely the cue is one",
		{51, 53, 55, 56}},
	[QUOTH_ROW_CUE_WORD_ASPECT] = {"the cue's word, with this kind of statement",
		{35, 36, 37, 38, 42}},
	[QUOTH_ROW_MARGIN_ASPECT] = {"how much better this reading is than no statement at all",
		{52}},
	[QUOTH_ROW_LENGTH_ASPECT] = {"how long the statement is, and in how many parts",
		{54, 39}},
	[QUOTH_ROW_SOURCE_ASPECT] = {"what kind of words the source is",
		{10, 11, 12, 14, 15, 16, 18, 19}},
	[QUOTH_ROW_PLACE_ASPECT] = {"where source, cue and statement stand to each other",
		{13, 17, 33, 34, 44}},
	[QUOTH_ROW_BEGINNING_ASPECT] = {"how the statement begins",
		{30, 31, 32, 40}},
	[QUOTH_ROW_ENDING_ASPECT] = {"how the statement ends",
		{28, 29, 43}},
	[QUOTH_ROW_MARKS_ASPECT] = {"the quotation marks around the cue",
		{41, 45, 46}},
	[QUOTH_ROW_RIVAL_ASPECT] = {"whether another cue claims the same statement",
		{1, 2}},
	[QUOTH_ROW_INSIDE_ASPECT] = {"whether it lies inside another statement, or holds one",
		{3}},
	[QUOTH_ROW_LEADER_ASPECT] = {"how it stands to the surest other statement of its sentence",
		{4, 5, 6, 7, 8}},
	[QUOTH_ROW_READERS_ASPECT] = {"whether rules and model found it, and agree",
		{60, 61, 62, 63, 64, 65, 66, 67, 68}},
	[QUOTH_ROW_CONTEXT_ASPECT] = {"what the text around makes of its words: said, a source, a cue or neither",
		{70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81}},
};

static const struct aspect *const tables[] = {
	[QUOTH_CUE_FEATURES] = cue_aspects,
	[QUOTH_ROLE_FEATURES] = role_aspects,
	[QUOTH_ROW_FEATURES] = row_aspects,
};

unsigned quoth_feature_aspect(enum quoth_feature_table table, uint32_t template_number)
{
	for (unsigned aspect = 1; template_number && aspect < QUOTH_N_ASPECTS; aspect++)
		for (const uint8_t *t = tables[table][aspect].templates; *t; t++)
			if (*t == template_number)
				return aspect;
	return 0;
}

const char *quoth_aspect_words(enum quoth_feature_table table, unsigned aspect)
{
	return aspect < QUOTH_N_ASPECTS ? tables[table][aspect].words : NULL;
}

void quoth_aspects_find(enum quoth_feature_table table, uint32_t *templates, size_t n)
{
	for (size_t i = 0; i < n; i++)
		templates[i] = quoth_feature_aspect(table, templates[i]);
}

void quoth_aspects_add(const struct quoth_weights *weights, unsigned label, const uint32_t *features,
		       const uint32_t *aspects, size_t n, float sums[QUOTH_N_ASPECTS])
{
	for (size_t i = 0; i < n; i++)
		sums[aspects[i]] += quoth_weights_cell(weights, features[i], label);
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
