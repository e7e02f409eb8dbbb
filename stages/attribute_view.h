/* attribute_view: the document as the attribute stage reads it.
 *
 * Who says a sentence is decided outside of its quotation marks, so a quotation is one unit there, however long, and the
 * words around it stand next to each other: [“…”] [,] [he] [said] [.]. The words inside a quotation form a level of their
 * own, with the quotations nested in it as units. A clause is what lies between two sentence ends of a level.
 *
 * Between the files attribute*.c only.
 */
#ifndef QUOTH_ATTRIBUTE_VIEW_H
#define QUOTH_ATTRIBUTE_VIEW_H

#include "stages/document.h"
#include "stages/lexicon.h"
#include "stages/resources.h"
#include "stages/rules.h"

/* A token or a whole quotation. */
struct quoth_unit {
	struct quoth_range tokens;
	uint32_t quotation;	/* QUOTH_NONE for a token */
	uint32_t roles;		/* enum quoth_role, or-ed; 0 for quotations and most words */
	uint16_t lexeme;
	uint8_t tag;		/* 0 for quotations */
	uint8_t mark;		/* QUOTH_NO_MARK for words and quotations */
};

struct quoth_clause {
	struct quoth_range units;
	uint32_t paragraph;
	uint32_t quotation;	/* it lies inside, QUOTH_NONE at the document's own level */
};

struct quoth_view {
	struct quoth_document *doc;
	const struct quoth_lexicon *lexicon;
	const struct quoth_rules *rules;
	struct quoth_unit *units;
	uint32_t n_units;
	struct quoth_clause *clauses;
	uint32_t n_clauses, n_outer_clauses;	/* those of quotations come after those of paragraphs */
	uint32_t n_turns;			/* paragraphs that open with a speaker's label */
	uint32_t *mention_from, *mention_to;	/* by token: the longest mention that begins there; that ends before it */
	uint32_t *quotation_at;			/* by token: the outermost quotation that opens there */
};

/* Builds the view in the document's arena. 0 or QUOTH_NO_MEMORY. Cost: linear in the tokens. */
int quoth_view_build(struct quoth_view *view, struct quoth_document *doc, const struct quoth_resources *res);

static inline const struct quoth_lexeme *quoth_unit_lexeme(const struct quoth_view *view, uint32_t unit)
{
	return quoth_lexeme_at(view->lexicon, view->units[unit].lexeme);
}

static inline bool quoth_unit_has_role(const struct quoth_view *view, uint32_t unit, uint32_t roles)
{
	return (view->units[unit].roles & roles) != 0;
}

static inline bool quoth_unit_is_quotation(const struct quoth_view *view, uint32_t unit)
{
	return view->units[unit].quotation != QUOTH_NONE;
}

static inline const struct quoth_token *quoth_unit_token(const struct quoth_view *view, uint32_t unit)
{
	return &view->doc->tokens[view->units[unit].tokens.begin];
}

/* A verb form by its tag; finite: one that has a tense or a modal. */
bool quoth_unit_is_verb(const struct quoth_view *view, uint32_t unit);
bool quoth_unit_is_finite(const struct quoth_view *view, uint32_t unit);

/* Part of a noun phrase, its determiner in: article, noun, name, adjective, number, pronoun, possessive mark. */
bool quoth_unit_is_nominal(const struct quoth_view *view, uint32_t unit);

/* A noun, name or pronoun: what may head one. */
bool quoth_unit_is_noun(const struct quoth_view *view, uint32_t unit);

/* Adverbs and negations, what may stand between a subject and its verb or a verb and its complement. */
bool quoth_unit_is_adverb(const struct quoth_view *view, uint32_t unit);

/* The tokens of a range of units. */
static inline struct quoth_range quoth_units_tokens(const struct quoth_view *view, struct quoth_range units)
{
	return (struct quoth_range){view->units[units.begin].tokens.begin, view->units[units.end - 1].tokens.end};
}

/* First and last token between a quotation's marks; empty where nothing is. */
struct quoth_range quoth_quotation_inside(const struct quoth_document *doc, uint32_t quotation);

#endif
