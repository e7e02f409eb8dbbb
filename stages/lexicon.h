/* lexicon: the word and phrase lists of corpus/lexicon, as one table.
 *
 * One entry (lexeme) a form: an inflected, lower-cased word with all that the lists say of it. Built once at start from
 * the TSV files that the build puts into the program, read-only after.
 *
 * A list has comments ("# …"), a header line with its columns, then one entry a line. Words are lower case; an entry of
 * several words is a phrase, its words parted as tokens are ("moody 's"). Apostrophes are straight, as forms are
 * hashed. The lists:
 *
 *	abbreviations	form class: with its stop; class is title, month, place, corporate or other
 *	titles		form gender: before a name; also of several words ("prime minister")
 *	speakers	form plural gender: nouns for people; plural empty: regular, "-": none
 *	relations	form plural gender: nouns for kin and companions, likewise
 *	bodies		form plural: nouns for organisations
 *	documents	form plural: nouns for documents
 *	groups		form: plural and collective nouns for people
 *	pronouns	form class person gender number
 *	calendar	form: months and days
 *	times		form: nouns and adverbs of time
 *	postmodifiers	form: adjectives and participles that follow their noun
 *	prepositions	form: those that bind a noun phrase to a noun
 *	corporate	form: what ends a company's name
 *	forenames	form gender
 *	surnames	form
 *	places		form: countries, capitals, large cities, regions
 *	nationalities	form
 *	organizations	form: well-known ones
 *	epithets	form: nouns that take up somebody named before
 *	kinds		form, kind: what an organisation is by its noun
 *	political	form: offices and careers that one politician may have several of
 *	synonyms	form word: titles, nicknames and peoples, each with the word that stands for all that name the same
 *	verbs		lemma present past participle gerund: the irregular verbs; what is empty is generated
 *	words		form tags: parts of speech, the likeliest first
 *	cues		lemma forms class frames: cue verbs. forms are the irregular ones: where any is given, no past in -ed
 *			is made up; -s and -ing are, unless a given form ends so. class is the part after QUOTH_CUE_ in lower
 *			case; frames are those of QUOTH_FRAME_, comma-separated
 *	phrases		phrase class frames: likewise. "~" after a word stands for all its inflections ("point~ out"), a
 *			single "*" for one to QUOTH_MAX_PHRASE_GAP words ("as * put it")
 *	sets		form sets: closed sets of words, those of QUOTH_SET_ in lower case, comma-separated
 *	stances		form stance negated infinitive: what a cue says of its source's stance where the class does not tell,
 *			where it is negated, and where its content is an infinitive; stance.h. Phrases are those of phrases.tsv
 *
 * gender is m, f, n or empty; number is s, p or empty.
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
	QUOTH_LEX_RELATION_NOUN = 1 << 16,	/* "wife", "brother", "colleague"; speaker nouns, too */
	QUOTH_LEX_PHRASE_START = 1 << 17,	/* a phrase begins with it: worth a quoth_lexicon_phrase */
	QUOTH_LEX_PERSONAL = 1 << 18,		/* of pronouns: I, he, they; also reflexive */
	QUOTH_LEX_POSSESSIVE = 1 << 19,		/* my, his, their */
	QUOTH_LEX_RELATIVE = 1 << 20,		/* who, which, that */
	QUOTH_LEX_INDEFINITE = 1 << 21,		/* some, others, many, everyone */
	QUOTH_LEX_DEMONSTRATIVE = 1 << 22,	/* this, those */
	QUOTH_LEX_TIME = 1 << 23,		/* "week", "today", "ago": nouns and adverbs of time */
	QUOTH_LEX_POSTMODIFIER = 1 << 24,	/* "familiar", "close": describe the noun before them, with a preposition */
	QUOTH_LEX_EPITHET = 1 << 26,		/* "nominee", "bank": take up somebody named before */
	QUOTH_LEX_POLITICAL = 1 << 27,		/* "senator", "candidate", "businessman": careers that go together */
	QUOTH_LEX_BINDING_PREPOSITION = 1 << 25,/* "of", "for", "at": bind a noun phrase to the one before them */
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

/* What organisations are, by the nouns for them. */
enum quoth_body_kind {
	QUOTH_BODY_UNKNOWN,
	QUOTH_BODY_COMPANY,
	QUOTH_BODY_BANK,
	QUOTH_BODY_GROUP,	/* societies, charities, unions */
	QUOTH_BODY_SCHOOL,
	QUOTH_BODY_PRESS,
	QUOTH_BODY_AGENCY,
	QUOTH_BODY_OFFICE,	/* others of governments, courts, parties, campaigns: what takes up none */
	QUOTH_BODY_CLUB,
	QUOTH_N_BODY_KINDS
};

/* Closed sets of words that rules ask for; one bit each. What they are for, corpus/lexicon/sets.tsv says. */
enum quoth_closed_set {
	QUOTH_SET_INDEFINITE = 1 << 0,
	QUOTH_SET_DEFINITE = 1 << 1,
	QUOTH_SET_DEMONSTRATIVE = 1 << 2,
	QUOTH_SET_POSSESSIVE = 1 << 3,
	QUOTH_SET_RESUMING = 1 << 4,
	QUOTH_SET_FORMER = 1 << 5,
	QUOTH_SET_RANK = 1 << 6,
	QUOTH_SET_HONORIFIC = 1 << 7,
	QUOTH_SET_DEGREE = 1 << 8,
	QUOTH_SET_SHARE = 1 << 9,
	QUOTH_SET_PEOPLE = 1 << 10,
	QUOTH_SET_BYSTANDER = 1 << 11,
	QUOTH_SET_SPOUSE = 1 << 12,
	QUOTH_SET_PAIR = 1 << 13,
	QUOTH_SET_COPULA = 1 << 14,
	QUOTH_SET_PRESENT = 1 << 15,
	QUOTH_SET_BELONGING = 1 << 16,
	QUOTH_SET_MAKING = 1 << 17,
	QUOTH_SET_PARTICLE = 1 << 18,
	QUOTH_SET_FILLER = 1 << 19,
	QUOTH_SET_JUNIOR = 1 << 20,
	QUOTH_SET_SENIOR = 1 << 21,
	QUOTH_SET_SECOND = 1 << 22,
	QUOTH_SET_THIRD = 1 << 23,
	QUOTH_SET_FOURTH = 1 << 24,
	QUOTH_SET_PARTISAN = 1 << 25,
	QUOTH_SET_ASKING = 1 << 26,
	QUOTH_SET_CONTENDER = 1 << 27,
	QUOTH_SET_MEASURE = 1 << 28,
	QUOTH_SET_NAMING = 1 << 29,

	QUOTH_SET_ARTICLE = QUOTH_SET_INDEFINITE | QUOTH_SET_DEFINITE,
	QUOTH_SET_DETERMINER = QUOTH_SET_ARTICLE | QUOTH_SET_DEMONSTRATIVE | QUOTH_SET_POSSESSIVE,
	QUOTH_SET_GENERATION = QUOTH_SET_JUNIOR | QUOTH_SET_SENIOR | QUOTH_SET_SECOND | QUOTH_SET_THIRD | QUOTH_SET_FOURTH,
};

struct quoth_lexeme {
	uint32_t form;		/* quoth_form_hash */
	uint32_t lemma;		/* quoth_form_hash of the lemma; the form's own where none is known */
	uint32_t synonym;	/* quoth_form_hash of the word that stands for all of its meaning in titles and names; 0 none */
	uint32_t sets;		/* enum quoth_closed_set, or-ed */
	uint64_t tags;		/* bit quoth_tag: parts of speech it can have, the likeliest is `tag`; 0: unknown */
	uint32_t flags;		/* enum quoth_lexeme_flag, or-ed */
	uint8_t tag;		/* enum quoth_tag, the likeliest */
	uint8_t cue_class;	/* enum quoth_cue_class */
	uint8_t gender;		/* enum quoth_gender of titles, nouns and pronouns */
	uint8_t forename_gender;/* of forenames: Bill is a man, a bill is not */
	uint8_t number;		/* enum quoth_number likewise */
	uint8_t frame;		/* enum quoth_cue_frame, or-ed: what may follow a cue */
	uint8_t gap_after;	/* of a phrase with a gap: how many words stand before it */
	uint8_t gap_before;	/* and how many after it */
	uint8_t body;		/* enum quoth_body_kind */
	uint8_t person;		/* 1 to 3 of personal and possessive pronouns, else 0 */
	uint8_t stance;		/* enum quoth_stance of the source of such a cue, QUOTH_NO_STANCE where its class tells */
	uint8_t negated_stance : 4, infinitive_stance : 4;	/* likewise: of the negated cue, before an infinitive */
};

enum { QUOTH_MAX_PHRASE_GAP = 6 };

/* What a cue takes. */
enum quoth_cue_frame {
	QUOTH_FRAME_QUOTE = 1 << 0,	/* a direct quotation: "…", he said */
	QUOTH_FRAME_CLAUSE = 1 << 1,	/* that-clause with or without "that" */
	QUOTH_FRAME_WH = 1 << 2,	/* whether, why, how */
	QUOTH_FRAME_INFINITIVE = 1 << 3,/* promised to …, urged X to … */
	QUOTH_FRAME_OBJECT = 1 << 4,	/* denied the charges, called for calm */
	QUOTH_FRAME_HEARER = 1 << 5,	/* told X that */
	QUOTH_FRAME_AS = 1 << 6,	/* described X as Y */
	QUOTH_FRAME_THING = 1 << 7,	/* its object is no person: dismissed the claims, not the minister */
};

/* Builds the lexicon from the lists in the program; QUOTH_NO_MEMORY or QUOTH_BAD_MODEL with file and line. */
int quoth_lexicon_open(struct quoth_lexicon **lexicon, struct quoth_report *report);
void quoth_lexicon_close(struct quoth_lexicon *lexicon);

/* The index of the entry of a form hash, 0 if there is none. Index 0 is an entry with all fields 0. */
uint16_t quoth_lexicon_find(const struct quoth_lexicon *lexicon, uint32_t form);

/* The entry of an index that quoth_lexicon_find gave; never NULL. */
const struct quoth_lexeme *quoth_lexeme_at(const struct quoth_lexicon *lexicon, uint16_t index);

/* Whether an entry has any of the flags. */
static inline bool quoth_lexeme_is(const struct quoth_lexeme *lexeme, uint32_t flags)
{
	return (lexeme->flags & flags) != 0;
}

/* The longest phrase ("according to", "in the words of", "as * put it", also names: "white house") that starts with
 * forms[0]: how many of the n forms it takes, 0 if none; *phrase gets its entry (cue class, frame, flags), entry 0 if
 * none. Only words with QUOTH_LEX_PHRASE_START begin any. A handful of compares a phrase with that first word. */
size_t quoth_lexicon_phrase(const struct quoth_lexicon *lexicon, const uint32_t *forms, size_t n,
			    const struct quoth_lexeme **phrase);

#endif
