/* weighings: the learned weights of the resolve stage, small enough to read.
 *
 * corpus/lexicon/antecedents.tsv: a row a feature, a column a kind of pronoun; log odds in hundredths. quoth-train's part
 * resolve writes it (pipeline/train_resolve.h); it is built into the program and read once at start.
 */
#ifndef QUOTH_WEIGHINGS_H
#define QUOTH_WEIGHINGS_H

#include "stages/error.h"

#include <stdint.h>

/* What speaks for a cluster as what a pronoun means. */
#define QUOTH_ANTECEDENT_FEATURES(X) \
	X(SAME_SENTENCE, "same-sentence")	/* mentioned in the pronoun's sentence */ \
	X(SENTENCE_BEFORE, "sentence-before") X(TWO_BEFORE, "two-before") X(FARTHER, "farther")	/* last mentioned there */ \
	X(SAME_PARAGRAPH, "same-paragraph") \
	X(NEWEST, "newest")			/* nothing that agrees was mentioned since */ \
	X(SUBJECT, "subject")			/* of its last mention's clause */ \
	X(SUBJECT_HERE, "subject-here")		/* was a subject in the pronoun's sentence */ \
	X(SUBJECT_BEFORE, "subject-before")	/* in the one before, not since */ \
	X(POSSESSIVE, "possessive")		/* last mentioned as "Clinton's" */ \
	X(SOURCE, "source")			/* last mentioned as a source */ \
	X(SPOKE_LAST, "spoke-last")		/* has the floor */ \
	X(SPOKE_AND_OPENS, "spoke-and-opens")	/* and the pronoun opens a paragraph */ \
	X(HOLDER, "holder")			/* is the source whose reported speech the pronoun stands in */ \
	X(HOLDER_QUOTED, "holder-quoted")	/* in whose quotation: there a speaker is "I" */ \
	X(AGREES, "agrees")			/* gender or number is known to agree, not merely unknown */ \
	X(MENTIONS, "mentions")			/* 0 to 3, by how often it was mentioned */ \
	X(OTHER_SIDE, "other-side")		/* one of both stands inside a quotation, the other does not */ \
	X(PRONOUN, "pronoun")			/* last mentioned by a pronoun, here or in the sentence before */ \
	X(NAME, "name")				/* not a description */ \
	X(PLACE, "place")			/* a place's name */ \
	X(ANIMATE, "animate")			/* can speak, as far as its words tell */

enum quoth_antecedent_feature {
#define X(name, text) QUOTH_ANTECEDENT_##name,
	QUOTH_ANTECEDENT_FEATURES(X)
#undef X
	QUOTH_N_ANTECEDENT_FEATURES
};

/* "same-sentence", …, "nobody": QUOTH_N_ANTECEDENT_FEATURES + 1. */
extern const char *const quoth_antecedent_feature_names[];

/* Kinds of pronoun that are weighed apart. */
enum quoth_weighing {
	QUOTH_WEIGH_SPEAKER,	/* he, she as a source: who speaks, goes on speaking */
	QUOTH_WEIGH_PERSON,	/* he, him, her */
	QUOTH_WEIGH_THING,	/* it */
	QUOTH_WEIGH_SEVERAL,	/* they */
	QUOTH_N_WEIGHINGS
};

extern const char *const quoth_weighing_names[];

/* Weights by feature and kind of pronoun; the last row, "nobody": the least that an antecedent must weigh. */
struct quoth_weighings {
	int16_t antecedent[QUOTH_N_ANTECEDENT_FEATURES + 1][QUOTH_N_WEIGHINGS];
};

/* Reads a list of this form, NUL-terminated. QUOTH_BAD_MODEL with the line. */
int quoth_weighings_read(struct quoth_weighings *weighings, const char *antecedents, struct quoth_report *report);

/* Reads the list in the program; QUOTH_NO_MEMORY, or QUOTH_BAD_MODEL with file and line. */
int quoth_weighings_open(struct quoth_weighings **weighings, struct quoth_report *report);
void quoth_weighings_close(struct quoth_weighings *weighings);

#endif
