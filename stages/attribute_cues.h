/* attribute_cues: words that may attribute, and what each takes.
 *
 * Candidates only: a verb of cues.tsv, a phrase of phrases.tsv, a noun or adjective of shares.tsv, with the pattern that
 * it stands in. Whether it does attribute is for attribute.c to decide.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_CUES_H
#define QUOTH_ATTRIBUTE_CUES_H

#include "stages/attribute_view.h"

enum quoth_cue_form {
	QUOTH_CUE_FINITE,	/* said, has said, would say */
	QUOTH_CUE_PARTICIPLE,	/* …, saying */
	QUOTH_CUE_INFINITIVE,	/* declined to say */
	QUOTH_CUE_PASSIVE,	/* was told, is expected; also without its verb to be: quoted by */
	QUOTH_CUE_NOUN,		/* claim */
	QUOTH_CUE_ADJECTIVE,	/* confident */
	QUOTH_CUE_PREPOSITION,	/* according to */
	QUOTH_CUE_FIXED,	/* as she put it: the phrase holds its source */
};

struct quoth_cue {
	struct quoth_range group;	/* units, auxiliaries and adverbs in */
	struct quoth_range words;	/* units of the cue as printed: "said", "ruled out", "called for" */
	struct quoth_range gap;		/* units that fill the gap of a phrase, may be empty */
	uint32_t head;			/* unit */
	uint32_t complement;		/* unit where the content after it begins; the clause's end where there is none */
	uint32_t after;			/* unit after the cue's own adjuncts ("on Monday", "in a statement"): where what may
					 * go on begins */
	uint32_t lemma;			/* hash */
	uint8_t cue_class, frame;
	uint8_t form;			/* enum quoth_cue_form */
	uint8_t pattern;		/* enum quoth_pattern, by what stands after it */
	bool has_hearer;		/* told X that … */
	bool is_set_off;		/* a comma or colon stands between it and its complement */
	bool is_negated;		/* did not say, without saying */
	bool is_raising;		/* seems, appears: what it takes holds its subject, nobody says it */
};

/* Reads the cue that unit `at` of the clause heads or begins, if it can be one; `floor`: units before it are taken.
 * Looks at most a few dozen units to each side. */
bool quoth_cue_read(const struct quoth_view *view, const struct quoth_clause *clause, uint32_t at, uint32_t floor,
		    struct quoth_cue *cue);

/* Where the noun phrase that begins at `unit` ends, with what follows "of" where deep; `unit` itself where none begins. */
uint32_t quoth_noun_phrase_end(const struct quoth_view *view, uint32_t unit, uint32_t end, bool is_deep);

#endif
