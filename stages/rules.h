/* rules: the measured side of the attribute and score stages' rules.
 *
 * Three lists of corpus/lexicon, read once at start, read-only after:
 *	roles	form roles: what closed-class words do in a clause ("that", "who", "although")
 *	shares	lemma forms n, a column a pattern: of 100 times that a cue stands in a pattern ("says that …", "her hope of
 *		…"), how often PolNeAR's annotators saw an attribution of these bounds; "*say" is a whole class
 *	rules	rule score confidence n: of the rows that a rule makes with at least that score, the share that is right
 * shares and rules are measured, not written: `make fit-rules POLNEAR=…` makes them again from annotated text.
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
	X(GERUND, "gerund") X(PREPOSITION, "preposition") X(PASSIVE, "passive") X(NOUN, "noun") X(ADJECTIVE, "adjective")

enum quoth_rule {
#define X(name, text) QUOTH_RULE_##name,
	QUOTH_RULES(X)
#undef X
	QUOTH_N_RULES
};

/* "quote-before", …; QUOTH_N_RULES of them. */
extern const char *const quoth_rule_names[];

/* What a closed-class word can do; one bit each. */
#define QUOTH_ROLES(X) \
	X(THAT, "that") X(WH, "wh") X(TO, "to") X(BY, "by") X(AS, "as") X(SUBORDINATOR, "subordinator") \
	X(CONCESSIVE, "concessive") X(COORDINATOR, "coordinator") X(RELATIVE, "relative") X(BE, "be") X(HAVE, "have") \
	X(DO, "do") X(NEGATION, "negation") X(TIME, "time") X(COPULA, "copula") X(SEEM, "seem") X(OF, "of") \
	X(CONTENT_PREPOSITION, "content") X(ADVERB, "adverb") X(EXPLETIVE, "expletive") X(SPEAKER, "speaker")

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

/* The share of right rows among those of a rule with at least that score. */
float quoth_rules_confidence(const struct quoth_rules *rules, unsigned rule, float score);

const char *quoth_pattern_name(unsigned pattern);

#endif
