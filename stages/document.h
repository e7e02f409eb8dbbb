/* document: one article on its way through the stages.
 *
 * Each stage reads the layers it names and writes its own, as arrays of plain structs in the document's arena; an index
 * into the array is the handle, QUOTH_NONE is none. The input's bytes are kept as they came: token.span speaks of them,
 * so that all that is printed can be checked against the source. Layers above the tokens speak in ranges of tokens.
 *
 * Owns nothing itself: the arena owns the layers, the reader owns id, metadata and input bytes until the document has
 * been written.
 */
#ifndef QUOTH_DOCUMENT_H
#define QUOTH_DOCUMENT_H

#include "stages/arena.h"
#include "stages/span.h"
#include "stages/tagset.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- tokens: written by segment; tag, upos, name by tag; head, relation by parse ---- */

enum quoth_token_kind {
	QUOTH_WORD,		/* letters, with inner apostrophes, hyphens and abbreviation stops: "U.S.", "don't" is do + n't */
	QUOTH_NUMBER,		/* digits with their separators: "1,000.5", "2022" */
	QUOTH_QUOTE_MARK,	/* a glyph that may open or close a quotation; token.mark says which */
	QUOTH_PUNCTUATION,	/* any other mark; token.mark says which */
	QUOTH_SYMBOL,		/* the rest */
};

/* What glyph a mark token is. Direction is the glyph's own; straight marks have none, `quotations` decides it. */
enum quoth_mark {
	QUOTH_NO_MARK,
	/* quotation marks */
	QUOTH_STRAIGHT_DOUBLE,	/* " (also &quot; and U+FF02) */
	QUOTH_STRAIGHT_SINGLE,	/* ' where it is no apostrophe inside a word */
	QUOTH_OPEN_DOUBLE,	/* U+201C, also `` */
	QUOTH_CLOSE_DOUBLE,	/* U+201D, also '' */
	QUOTH_LOW_DOUBLE,	/* U+201E */
	QUOTH_OPEN_SINGLE,	/* U+2018, also a lone ` */
	QUOTH_CLOSE_SINGLE,	/* U+2019 where it is no apostrophe inside a word */
	QUOTH_LOW_SINGLE,	/* U+201A */
	QUOTH_LEFT_GUILLEMET,	/* U+00AB, U+300A */
	QUOTH_RIGHT_GUILLEMET,	/* U+00BB, U+300B */
	QUOTH_LEFT_ANGLE,	/* U+2039 */
	QUOTH_RIGHT_ANGLE,	/* U+203A */
	QUOTH_LEFT_CORNER,	/* U+300C, U+300E */
	QUOTH_RIGHT_CORNER,	/* U+300D, U+300F */
	QUOTH_PRIME,		/* U+2033, U+2036, U+301D..F and other primes used as quotation marks */
	/* punctuation */
	QUOTH_COMMA,
	QUOTH_STOP,		/* . */
	QUOTH_QUESTION,
	QUOTH_EXCLAMATION,
	QUOTH_COLON,
	QUOTH_SEMICOLON,
	QUOTH_DASH,		/* en, em, horizontal bar, -- */
	QUOTH_HYPHEN,
	QUOTH_ELLIPSIS,		/* U+2026, ..., . . . as one token where unspaced */
	QUOTH_OPEN_BRACKET,	/* ( [ { */
	QUOTH_CLOSE_BRACKET,
	QUOTH_SLASH,
	QUOTH_BULLET,		/* U+2022, * or - at a line's start */
	QUOTH_OTHER_MARK,
};

enum quoth_shape {
	QUOTH_SHAPE_NONE,	/* no letters */
	QUOTH_SHAPE_LOWER,	/* said */
	QUOTH_SHAPE_CAPITALISED,/* Ryabkov */
	QUOTH_SHAPE_UPPER,	/* NATO, also U.S. and single capitals */
	QUOTH_SHAPE_MIXED,	/* iPhone, McCain */
};

enum quoth_token_flag {
	QUOTH_SPACE_BEFORE = 1 << 0,	/* white space or a line break stands before it */
	QUOTH_LINE_START = 1 << 1,	/* the first token of a line of the input */
	QUOTH_SENTENCE_START = 1 << 2,	/* the first token of its sentence */
	QUOTH_HAS_DIGIT = 1 << 3,
	QUOTH_HAS_HYPHEN = 1 << 4,
	QUOTH_IS_ABBREVIATION = 1 << 5,	/* ends in a stop that is part of it */
	QUOTH_IS_HANDLE = 1 << 6,	/* @name, #topic, URL, e-mail address */
};

struct quoth_token {
	struct quoth_span span;	/* bytes of the input */
	uint32_t text;		/* where its normalised form begins in document.text */
	uint32_t length;	/* bytes of its normalised form */
	uint32_t form;		/* quoth_form_hash of the lower-cased normalised form */
	uint32_t sentence;	/* index of its sentence */
	uint32_t head;		/* parse: index of its head token, QUOTH_NONE for a root or without a parse */
	uint16_t lexeme;	/* index into the lexicon, 0 if the form is not in it */
	uint8_t kind;		/* enum quoth_token_kind */
	uint8_t mark;		/* enum quoth_mark */
	uint8_t shape;		/* enum quoth_shape */
	uint8_t flags;		/* enum quoth_token_flag, or-ed */
	uint8_t tag;		/* tag: enum quoth_tag */
	uint8_t name;		/* tag: enum quoth_name_class, QUOTH_NOT_A_NAME outside names */
	uint8_t relation;	/* parse: enum quoth_relation */
	uint8_t upos;		/* tag: enum quoth_upos */
	uint8_t quote_depth;	/* quotations: how many quotations it lies in, at most 255; marks count as inside */
};

/* ---- sentences and paragraphs: written by segment ---- */

struct quoth_sentence {
	struct quoth_range tokens;
	uint32_t paragraph;
	bool is_parsed;		/* parse: false where it was skipped, heads are then QUOTH_NONE */
};

enum quoth_paragraph_kind {
	QUOTH_BODY,
	QUOTH_HEADLINE,		/* a short line without a full stop, alone */
	QUOTH_BYLINE,		/* "By Jane Doe", "Reporting by …" */
	QUOTH_LIST_ITEM,
	QUOTH_TURN,		/* of a transcript: "Q:", "SMITH:" open it */
};

struct quoth_paragraph {
	struct quoth_range tokens, sentences;
	uint8_t kind;		/* enum quoth_paragraph_kind */
	uint32_t dateline_end;	/* token index after "MOSCOW, Jan. 31 (Wire) —", else tokens.begin */
};

/* ---- mentions: written by mentions; entity by resolve ---- */

enum quoth_mention_kind { QUOTH_NAME_MENTION, QUOTH_NOMINAL_MENTION, QUOTH_PRONOUN_MENTION };

enum quoth_gender { QUOTH_GENDER_UNKNOWN, QUOTH_MALE, QUOTH_FEMALE, QUOTH_NEUTER };

enum quoth_number { QUOTH_NUMBER_UNKNOWN, QUOTH_SINGULAR, QUOTH_PLURAL };

/* A noun phrase that may be a source: "Russian Foreign Ministry spokeswoman Maria Zakharova". */
struct quoth_mention {
	struct quoth_range tokens;	/* all of it, determiner and title in, appositions and relative clauses out */
	struct quoth_range name;	/* "Maria Zakharova"; empty for nominals and pronouns */
	struct quoth_range title;	/* "Russian Foreign Ministry spokeswoman", also from an apposition; may be empty */
	struct quoth_range affiliation;	/* "Russian Foreign Ministry" inside title or after "of", "for"; may be empty */
	uint32_t head;			/* token that heads it: last of the name, else the head noun */
	uint32_t apposition;		/* the later mention that renames it ("the ministry's spokeswoman"); of a relative
					 * pronoun, what it stands for; else QUOTH_NONE */
	uint32_t outer;			/* the mention it is nested in, QUOTH_NONE */
	uint32_t entity;		/* resolve: index into entities, QUOTH_NONE */
	uint8_t kind;			/* enum quoth_mention_kind */
	uint8_t name_class;		/* enum quoth_name_class */
	uint8_t gender, number;
	bool is_animate;		/* can speak: persons, organisations, governments, documents' nouns not */
	bool is_group;			/* a coordination, "Smith and Jones": its parts are nested in it */
};

/* ---- quotations: written by quotations ---- */

struct quoth_quotation {
	struct quoth_range tokens;	/* from its opening mark to after its closing mark (or to where it ends unclosed) */
	uint32_t parent;		/* the quotation it is nested in, QUOTH_NONE */
	uint32_t continues;		/* the quotation of an earlier paragraph that it goes on from (that one was not closed,
					 * this one opens its paragraph), QUOTH_NONE */
	uint8_t depth;			/* 0 outermost */
	uint8_t mark;			/* enum quoth_mark of the opening mark */
	bool is_closed;			/* a closing mark was found in its paragraph */
	bool is_scare;			/* a word or short phrase inside a clause: a title, nickname or scare quote */
};

/* ---- attributions: written by attribute; speaker, role, resolution by resolve; scores by score; stance, claim by claim ---- */

enum quoth_kind { QUOTH_DIRECT, QUOTH_MIXED, QUOTH_INDIRECT, QUOTH_N_KINDS };

enum quoth_resolution { QUOTH_UNRESOLVED, QUOTH_NAMED, QUOTH_NOMINAL, QUOTH_PRONOUN, QUOTH_CONTINUED };

/* How the source stands to the content. */
enum quoth_stance {
	QUOTH_NO_STANCE,	/* not computed */
	QUOTH_STATES,		/* says or holds that it is so */
	QUOTH_DENIES,		/* says that it is not so, turns it down */
	QUOTH_ASKS,		/* wants to know */
	QUOTH_PROMISES,		/* means to do it or let it be done */
	QUOTH_DEMANDS,		/* wants it done or wants it to be so */
	QUOTH_WARNS,		/* fears it, says what may come of it */
	QUOTH_PRAISES,		/* speaks well of it, supports it */
	QUOTH_BLAMES,		/* speaks ill of it */
	QUOTH_DOUBTS,		/* leaves open whether it is so, or thinks it unlikely */
	QUOTH_N_STANCES
};

enum { QUOTH_MAX_PARTS = 16 };

struct quoth_attribution {
	struct quoth_range parts[QUOTH_MAX_PARTS];	/* content, in text order, disjoint; n_parts >= 1 */
	uint8_t n_parts;
	uint8_t kind;			/* enum quoth_kind */
	uint8_t resolution;		/* enum quoth_resolution */
	uint8_t rule;			/* what decided, an index into the rule names of attribute.h */
	struct quoth_range cue;		/* tokens; empty where there is none */
	struct quoth_range source;	/* tokens of the mention beside the cue; empty where there is none */
	uint32_t mention;		/* mention that the source is, QUOTH_NONE */
	uint32_t continues;		/* attribution whose speaker goes on here, QUOTH_NONE */
	uint32_t entity;		/* the speaker, QUOTH_NONE */
	float doubt;			/* resolve: the chance that the speaker is another, the source being right; 0 without */
	float score;			/* the attribute stage's own measure of belief, any scale, higher is surer */
	float confidence;		/* 0 to 1, calibrated, score.h */
	float checkworthy;		/* 0 to 1, negative where not computed */
	const char *claim;		/* UTF-8, not NUL-terminated, no tabs or line breaks; NULL where there is none */
	uint32_t claim_size;		/* its bytes */
	uint8_t stance;			/* enum quoth_stance */
};

/* ---- entities: written by resolve ---- */

enum quoth_speaker_kind { QUOTH_UNKNOWN, QUOTH_PERSON, QUOTH_ORGANIZATION, QUOTH_GROUP, QUOTH_UNNAMED };

struct quoth_entity {
	const char *name;	/* NUL-terminated UTF-8, no tabs or line breaks; "" if unknown */
	const char *role;	/* the same; "" if the article gives none */
	const char *id;		/* from the gazetteer, else "" */
	uint8_t kind;		/* enum quoth_speaker_kind */
	uint8_t gender, number;
};

/* ---- the document ---- */

struct quoth_explanation;
struct quoth_syntax;

/* From text byte `text` on (up to the next entry), text and input advance together from input byte `input`. Where one
 * input stretch makes a text of another length (an entity, a composed character), an entry stands on both its sides. */
struct quoth_offset {
	uint32_t text, input;
};

struct quoth_document {
	struct quoth_arena *arena;

	/* from the reader */
	const char *id, *url, *title, *date, *outlet;	/* NUL-terminated UTF-8; all but id may be NULL */
	bool is_date_of_visit;				/* date is no date of publication: a web archive fetched it then */
	const char *input;
	uint32_t input_size;

	/* normalise */
	const char *text;		/* valid UTF-8 in NFC, not NUL-terminated; == input where nothing had to change */
	uint32_t text_size;
	struct quoth_offset *offsets;	/* ascending; none: text and input are the same bytes */
	uint32_t n_offsets;
	uint32_t n_invalid;		/* bytes that were not UTF-8 */

	struct quoth_token *tokens;
	uint32_t n_tokens;
	struct quoth_sentence *sentences;
	uint32_t n_sentences;
	struct quoth_paragraph *paragraphs;
	uint32_t n_paragraphs;
	struct quoth_mention *mentions;		/* in order of their first token; nested ones after the one they are in */
	uint32_t n_mentions;
	struct quoth_quotation *quotations;	/* in order of their opening mark */
	uint32_t n_quotations;
	struct quoth_attribution *attributions;	/* in order of their content's first token */
	uint32_t n_attributions;
	struct quoth_entity *entities;
	uint32_t n_entities;

	struct quoth_syntax *syntax;	/* attribute: words as learned models see them, syntax.h; NULL where it chose without a
					 * model */

	bool is_explained;		/* set by who wants explanations, before the stages run */
	struct quoth_explanation *explanations;	/* attribute, resolve, link: one an attribution where is_explained, explanation.h; else
						 * NULL */
};

/* The largest input of one document, in bytes; readers refuse more with QUOTH_TOO_LARGE. Offsets are 32-bit and layers
 * take some twenty times the text, so that this bounds a worker's memory. */
enum { QUOTH_MAX_DOCUMENT_BYTES = 64 << 20 };

/* Empties all layers and sets the input; id and input stay the caller's. The arena is not reset. */
void quoth_document_begin(struct quoth_document *doc, struct quoth_arena *arena, const char *id, const char *input,
			  uint32_t input_size);

/* The normalised text of a token: a pointer into doc->text, doc->tokens[i].length bytes. */
static inline const char *quoth_token_text(const struct quoth_document *doc, uint32_t i)
{
	return doc->text + doc->tokens[i].text;
}

/* Input bytes from the first to the last token of a non-empty range. */
static inline struct quoth_span quoth_tokens_span(const struct quoth_document *doc, struct quoth_range tokens)
{
	return (struct quoth_span){doc->tokens[tokens.begin].span.begin, doc->tokens[tokens.end - 1].span.end};
}

/* Whether a paragraph is a headline: one by its kind, or a short one that opens the document before others, whatever it ends
 * in. */
bool quoth_paragraph_is_headline(const struct quoth_document *doc, uint32_t paragraph);

/* The first mention that begins at or after a token; n_mentions if none does. A binary search. */
uint32_t quoth_mention_from(const struct quoth_document *doc, uint32_t token);

/* Case-insensitive 32-bit hash of a word (FNV-1a over its UTF-8, lower-cased by the caller or ASCII-lower-cased here);
 * the key of lexicons, clusters and features. */
uint32_t quoth_form_hash(const char *lower_cased, size_t length);

#endif
