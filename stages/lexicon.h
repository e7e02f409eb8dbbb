/* lexicon: the word and phrase lists of corpus/lexicon, as one table.
 *
 * One entry (lexeme) a form: an inflected, lower-cased word with all that the lists say of it. Built once at start from
 * the TSV files that the build puts into the program, read-only after.
 */
#ifndef QUOTH_LEXICON_H
#define QUOTH_LEXICON_H

#include "stages/error.h"
#include "stages/tagset.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct quoth_lexicon;

/* What a form can be; one bit each. */
enum quoth_lexeme_flag {
	QUOTH_LEX_ABBREVIATION = 1 << 0,	/* keeps its stop: "Jan.", "Gen.", "Inc." */
	QUOTH_LEX_TITLE = 1 << 1,		/* stands before a name: "president", "Mr.", "Sen." */
	QUOTH_LEX_SPEAKER_NOUN = 1 << 2,	/* a person: "spokesman", "official", "mother", "expert", "senator" */
	QUOTH_LEX_ORGANIZATION_NOUN = 1 << 3,	/* "ministry", "company", "campaign", "police" */
	QUOTH_LEX_DOCUMENT_NOUN = 1 << 4,	/* "report", "poll", "statement", "study" */
	QUOTH_LEX_GROUP_NOUN = 1 << 5,		/* plural or collective people: "critics", "officials", "voters" */
	QUOTH_LEX_PRONOUN = 1 << 6,
	QUOTH_LEX_MONTH_OR_DAY = 1 << 7,
	QUOTH_LEX_FORENAME = 1 << 8,
	QUOTH_LEX_PLACE = 1 << 9,		/* countries, capitals, large cities */
	QUOTH_LEX_NATIONALITY = 1 << 10,	/* "Russian", "French" */
	QUOTH_LEX_ORGANIZATION = 1 << 11,	/* well-known names: "Kremlin", "Reuters", "NATO" */
	QUOTH_LEX_CUE = 1 << 12,		/* a form of a cue verb or the first word of a cue phrase; see cue_class */
	QUOTH_LEX_NEVER_NAME = 1 << 13,		/* capitalised at a sentence's start only: function words */
	QUOTH_LEX_CORPORATE = 1 << 14,		/* ends a company's name: "Inc.", "Ltd", "plc" */
	QUOTH_LEX_SURNAME = 1 << 15,
};

/* Classes of cues, from what they say of the content. */
enum quoth_cue_class {
	QUOTH_CUE_NONE,
	QUOTH_CUE_SAY,		/* said, told, added */
	QUOTH_CUE_ASK,
	QUOTH_CUE_DENY,		/* denied, ruled out, rejected */
	QUOTH_CUE_PROMISE,	/* promised, vowed, announced, agreed */
	QUOTH_CUE_ORDER,	/* urged, ordered, instructed, called for */
	QUOTH_CUE_WARN,
	QUOTH_CUE_JUDGE,	/* called, labelled, praised, blamed, accused */
	QUOTH_CUE_BELIEVE,	/* believes, thinks, expects, knows, hopes, wants */
	QUOTH_CUE_DOCUMENT,	/* shows, found, reads (of a report) */
	QUOTH_CUE_MANNER,	/* laughed, sighed: cues beside a quotation only */
	QUOTH_CUE_PHRASE,	/* according to, in the words of */
	QUOTH_N_CUE_CLASSES
};

struct quoth_lexeme {
	uint32_t form;		/* quoth_form_hash */
	uint32_t lemma;		/* quoth_form_hash of the lemma; the form's own where none is known */
	uint64_t tags;		/* bit quoth_tag: parts of speech it can have, the likeliest is `tag`; 0: unknown */
	uint32_t flags;		/* enum quoth_lexeme_flag, or-ed */
	uint8_t tag;		/* enum quoth_tag, the likeliest */
	uint8_t cue_class;	/* enum quoth_cue_class */
	uint8_t gender;		/* enum quoth_gender of forenames, titles, nouns and pronouns */
	uint8_t number;		/* enum quoth_number likewise */
	uint8_t frame;		/* enum quoth_cue_frame, or-ed: what may follow a cue */
};

/* What a cue takes. */
enum quoth_cue_frame {
	QUOTH_FRAME_QUOTE = 1 << 0,	/* a direct quotation: "…", he said */
	QUOTH_FRAME_CLAUSE = 1 << 1,	/* that-clause with or without "that" */
	QUOTH_FRAME_WH = 1 << 2,	/* whether, why, how */
	QUOTH_FRAME_INFINITIVE = 1 << 3,/* promised to …, urged X to … */
	QUOTH_FRAME_OBJECT = 1 << 4,	/* denied the charges, called for calm */
	QUOTH_FRAME_HEARER = 1 << 5,	/* told X that */
	QUOTH_FRAME_AS = 1 << 6,	/* described X as Y */
};

/* Builds the lexicon from the lists in the program; QUOTH_NO_MEMORY or QUOTH_BAD_MODEL with file and line. */
int quoth_lexicon_open(struct quoth_lexicon **lexicon, struct quoth_report *report);
void quoth_lexicon_close(struct quoth_lexicon *lexicon);

/* The index of the entry of a form hash, 0 if there is none. Index 0 is an entry with all fields 0. */
uint16_t quoth_lexicon_find(const struct quoth_lexicon *lexicon, uint32_t form);

/* The entry of an index that quoth_lexicon_find gave; never NULL. */
const struct quoth_lexeme *quoth_lexeme_at(const struct quoth_lexicon *lexicon, uint16_t index);

/* The longest phrase ("according to", "in the words of", "as * put it") that starts with forms[0]: how many of the n
 * forms it takes, 0 if none; *phrase gets its entry (cue class, frame, flags). */
size_t quoth_lexicon_phrase(const struct quoth_lexicon *lexicon, const uint32_t *forms, size_t n,
			    const struct quoth_lexeme **phrase);

#endif
