/* rules: the measured side of the attribute and score stages' rules.
 *
 * Four lists of corpus/lexicon, read once at start, read-only after:
 *	roles	form roles: what closed-class words do in a clause ("that", "who", "although")
 *	shares	lemma forms n, a column a pattern: of 100 times that a cue stands in a pattern ("says that …", "her hope of
 *		…"), how often PolNeAR's annotators saw an attribution of these bounds; "*say" is a whole class
 *	traits	trait clausal phrasal: weights in log odds, for both kinds of pattern
 *	rules	rule score confidence n: of the rows that a rule makes with at least that score, the share that is right
 * shares, traits and rules are measured, not written: `make fit-rules POLNEAR=…` makes them again from annotated text.
 */
#ifndef QUOTH_RULES_H
#define QUOTH_RULES_H

#include "stages/error.h"
#include "stages/lexicon.h"

/* What follows a cue, or how it stands: the columns of shares.tsv. */
#define QUOTH_PATTERNS(X) \
	X(QUOTE, "quote")		/* said: “…” */ \
	X(THAT, "that")			/* said that … */ \
	X(CLAUSE, "clause")		/* said the talks had failed */ \
	X(WH, "wh")			/* asked whether … */ \
	X(INFINITIVE, "infinitive")	/* promised to … */ \
	X(AS, "as")			/* described it as … */ \
	X(OBJECT, "object")		/* denied the charges */ \
	X(GERUND, "gerund")		/* denied taking part */ \
	X(PREPOSITION, "preposition")	/* spoke about … */ \
	X(AFTER, "after")		/* …, he said */ \
	X(AFTER_QUOTE, "after-quote")	/* “…,” he said */ \
	X(PASSIVE_CLAUSE, "passive-clause")		/* was told that … */ \
	X(PASSIVE_INFINITIVE, "passive-infinitive")	/* is expected to … */ \
	X(PASSIVE, "passive")		/* was criticised for … */ \
	X(NOUN_CLAUSE, "noun-clause")	/* the claim that … */ \
	X(NOUN_INFINITIVE, "noun-infinitive")	/* the decision to … */ \
	X(NOUN_OF, "noun-of")		/* her support for … */ \
	X(ADJECTIVE_CLAUSE, "adjective-clause")	/* is sure that … */ \
	X(ADJECTIVE_INFINITIVE, "adjective-infinitive")	/* is eager to … */ \
	X(ADJECTIVE_OF, "adjective-of")	/* is critical of … */ \
	X(PHRASE, "phrase")		/* according to … */

enum quoth_pattern {
#define X(name, text) QUOTH_PATTERN_##name,
	QUOTH_PATTERNS(X)
#undef X
	QUOTH_N_PATTERNS
};

/* What decided an attribution; attribution.rule. The first group has its content in quotation marks. */
#define QUOTH_RULES(X) \
	X(QUOTE_BEFORE, "quote-before")		/* “…,” she said. Also with parts after: “…,” she said. “…” */ \
	X(QUOTE_AFTER, "quote-after")		/* She said: “…” */ \
	X(QUOTE_COLON, "quote-colon")		/* Zakharova: “…” */ \
	X(QUOTE_CONTINUED, "quote-continued")	/* a paragraph of nothing but “…”, after one whose speaker is known */ \
	X(QUOTE_NEAR, "quote-near")		/* She shook her head. “…” */ \
	X(QUOTE_NESTED, "quote-nested")		/* inside a quotation: he told me, ‘…’ */ \
	X(TURN, "turn")				/* SMITH: … of a transcript */ \
	X(HEADLINE, "headline")			/* Smith: Talks Have Failed */ \
	X(BEFORE, "clause-before")		/* The talks had failed, she said. */ \
	X(AROUND, "clause-around")		/* The talks, she said, had failed. */ \
	X(PHRASE_BEFORE, "phrase-before")	/* The talks failed, according to officials. */ \
	X(PHRASE_AFTER, "phrase-after")		/* According to officials, the talks failed. */ \
	X(NESTED, "nested")			/* indirect speech inside a quotation */ \
	X(THAT, "that") X(CLAUSE, "clause") X(WH, "wh") X(INFINITIVE, "infinitive") X(AS, "as") X(OBJECT, "object") \
	X(GERUND, "gerund") X(PREPOSITION, "preposition") X(PASSIVE, "passive") X(NOUN, "noun") X(ADJECTIVE, "adjective") \
	X(CHAIN, "chain")			/* found by the learned chain, not by a rule */

enum quoth_rule {
#define X(name, text) QUOTH_RULE_##name,
	QUOTH_RULES(X)
#undef X
	QUOTH_N_RULES
};

/* "quote-before", …; QUOTH_N_RULES of them. */
extern const char *const quoth_rule_names[];

/* What speaks for or against a candidate beside its cue's share; each is weighed apart for patterns whose content is a
 * clause or quotation and for those whose content is a noun phrase. */
#define QUOTH_TRAITS(X) \
	X(ALWAYS, "always") \
	X(SOURCE_NONE, "source-none") X(SOURCE_UNKNOWN, "source-unknown")	/* no mention */ \
	X(SOURCE_INANIMATE, "source-inanimate") X(SOURCE_PERSON, "source-person")	/* a name */ \
	X(SOURCE_NOMINAL, "source-nominal") X(SOURCE_THIRD, "source-he")	/* he, she, they */ \
	X(SOURCE_FIRST, "source-i")		/* I, we, you */ \
	X(SOURCE_IT, "source-it") X(SOURCE_RELATIVE, "source-relative") X(SOURCE_SHARED, "source-shared") \
	X(SOURCE_DOCUMENT, "source-document")	/* a report, a poll */ \
	X(PARTICIPLE, "participle") X(INFINITIVE, "infinitive") X(PASSIVE, "passive") X(NOUN, "noun") \
	X(ADJECTIVE, "adjective") \
	X(PAST, "past") X(PRESENT, "present") X(MODAL, "modal") X(NEGATED, "negated") \
	X(INITIAL, "initial")			/* the cue opens its clause */ \
	X(AFTER_COMMA, "after-comma") X(AFTER_AND, "after-and") X(AFTER_PREPOSITION, "after-preposition") \
	X(SUBORDINATE, "subordinate")		/* after "while", "if", "because" */ \
	X(QUESTION, "question")			/* its sentence ends in a question mark */ \
	X(INVERTED, "inverted") \
	X(HAS_QUOTATION, "has-quotation")	/* in its content */ \
	X(CONTENT_ONE, "content-1") X(CONTENT_FEW, "content-2-4") X(CONTENT_MANY, "content-12+")	/* units */ \
	X(CONTENT_PERSON, "content-person")	/* begins with a mention of somebody who can speak */ \
	X(CONTENT_UNKNOWN, "content-unknown")	/* begins with no mention */ \
	X(CONTENT_PRONOUN, "content-pronoun") X(CONTENT_DEFINITE, "content-the") X(CONTENT_INDEFINITE, "content-a") \
	X(SET_OFF, "set-off")			/* a comma or colon before its complement */ \
	X(SCARE, "scare")			/* the quotation is a word or name in marks */ \
	X(TOPIC, "about") X(AIM, "for") X(PLACE, "in") X(ON, "on")	/* the preposition before its content */ \
	X(HEARER, "hearer") \
	X(HEADLINE, "headline") X(SHARE_RARE, "share-rare")	/* the cue was seldom seen */

enum quoth_trait_bit {
#define X(name, text) QUOTH_TRAIT_##name,
	QUOTH_TRAITS(X)
#undef X
	QUOTH_N_TRAITS
};

/* What a closed-class word can do; one bit each. */
#define QUOTH_ROLES(X) \
	X(THAT, "that") X(WH, "wh") X(TO, "to") X(BY, "by") X(AS, "as") X(SUBORDINATOR, "subordinator") \
	X(CONCESSIVE, "concessive") X(COORDINATOR, "coordinator") X(RELATIVE, "relative") X(BE, "be") X(HAVE, "have") \
	X(DO, "do") X(NEGATION, "negation") X(TIME, "time") X(COPULA, "copula") X(SEEM, "seem") X(OF, "of") \
	X(CONTENT_PREPOSITION, "content") X(ADVERB, "adverb") X(EXPLETIVE, "expletive") X(SPEAKER, "speaker") \
	X(TOPIC, "topic") X(AIM, "aim") X(PLACE, "place") X(ON, "on") X(REFUSAL, "refusal") X(WHETHER, "whether") \
	X(OBLIGATION, "obligation") X(REFLEXIVE, "reflexive") X(DEICTIC, "deictic") X(NEAREST, "nearest")

enum quoth_role_bit {
#define X(name, text) QUOTH_ROLE_BIT_##name,
	QUOTH_ROLES(X)
#undef X
	QUOTH_N_ROLES
};

enum quoth_role {
#define X(name, text) QUOTH_ROLE_##name = 1 << QUOTH_ROLE_BIT_##name,
	QUOTH_ROLES(X)
#undef X
};

enum quoth_cue_part { QUOTH_PART_VERB, QUOTH_PART_NOUN, QUOTH_PART_ADJECTIVE };

struct quoth_rules;

/* Reads the lists in the program; QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL with file and line. */
int quoth_rules_open(struct quoth_rules **rules, struct quoth_report *report);
void quoth_rules_close(struct quoth_rules *rules);

/* The roles of a form, or-ed; 0 for most words. */
uint32_t quoth_rules_roles(const struct quoth_rules *rules, uint32_t form);

/* Whether shares.tsv lists the form as a noun or adjective that attributes. */
bool quoth_rules_knows(const struct quoth_rules *rules, uint32_t form, enum quoth_cue_part part);

/* The share, 0 to 1, of a cue (hash of its lemma; of a noun or adjective, any form) in a pattern; of its class where the
 * cue was seen too rarely. */
float quoth_rules_share(const struct quoth_rules *rules, uint32_t lemma, enum quoth_cue_class cue_class,
			enum quoth_pattern pattern);

/* Whether the cue was seen too seldom for a share of its own in that pattern. */
bool quoth_rules_is_rare(const struct quoth_rules *rules, uint32_t lemma, enum quoth_pattern pattern);

/* The chance, 0 to 1, that a candidate is right: the logistic function of its share's log odds and the weights of its
 * traits (1 << enum quoth_trait_bit, or-ed). */
float quoth_rules_weigh(const struct quoth_rules *rules, float share, uint64_t traits, bool is_phrasal);

/* The share of right rows among those of a rule with at least that score. */
float quoth_rules_confidence(const struct quoth_rules *rules, unsigned rule, float score);

const char *quoth_pattern_name(unsigned pattern);

#endif
