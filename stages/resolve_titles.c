#include "stages/resolve_titles.h"

enum { MAX_NAME_TOKENS = 12 };

static bool is_capitalised(const struct quoth_token *token)
{
	return token->kind == QUOTH_WORD && token->shape >= QUOTH_SHAPE_CAPITALISED;
}

/* Where the person's name begins in a range that begins with a title; its begin if it does not.
 *
 * Behind "Mr." and "Sen." any capital is a name. Behind another title a known forename and more is, and one other word
 * where the whole was read as a person's: "Justice Department", "Bishop Auckland" and "Pope Francis" have none. */
static uint32_t name_begin(const struct quoth_discourse *discourse, struct quoth_range tokens, bool is_person)
{
	const struct quoth_token *token = discourse->doc->tokens;
	uint32_t begin = tokens.begin;

	for (uint32_t i = tokens.begin; i + 1 < tokens.end && i < tokens.begin + MAX_NAME_TOKENS; i++) {
		uint32_t flags = quoth_token_lexeme(discourse, i)->flags;

		if (!is_capitalised(&token[i]) || !is_capitalised(&token[i + 1]))
			continue;
		/* "M." inside a name is an initial. */
		if (token[i].length <= 2 && i > tokens.begin)
			continue;
		if (quoth_token_is_in(discourse, i, QUOTH_SET_HONORIFIC) ||
		    (flags & QUOTH_LEX_TITLE && token[i].flags & QUOTH_IS_ABBREVIATION))
			begin = i + 1;
		else if (flags & QUOTH_LEX_TITLE && !(flags & QUOTH_LEX_FORENAME) &&
			 (quoth_token_lexeme(discourse, i + 1)->flags & QUOTH_LEX_FORENAME ? i + 2 < tokens.end :
			  is_person && i == tokens.begin && i + 2 == tokens.end) &&
			 !(quoth_token_lexeme(discourse, tokens.end - 1)->flags & QUOTH_LEX_ORGANIZATION_NOUN))
			begin = i + 1;
	}
	return begin;
}

/* The tokens that a title may hide in: a name, or a nominal of capitals alone ("Mr. King"). */
static struct quoth_range suspect(const struct quoth_discourse *discourse, const struct quoth_mention *mention)
{
	if (mention->kind == QUOTH_NAME_MENTION && !mention->is_group)
		return mention->name;
	if (mention->kind != QUOTH_NOMINAL_MENTION || mention->is_group ||
	    !quoth_token_is_in(discourse, mention->tokens.begin, QUOTH_SET_HONORIFIC) ||
	    quoth_range_length(mention->tokens) > MAX_NAME_TOKENS)
		return (struct quoth_range){0, 0};
	for (uint32_t i = mention->tokens.begin; i < mention->tokens.end; i++)
		if (!is_capitalised(&discourse->doc->tokens[i]))
			return (struct quoth_range){0, 0};
	return mention->tokens;
}

void quoth_titles_part(struct quoth_discourse *discourse)
{
	const struct quoth_document *doc = discourse->doc;

	for (uint32_t m = 0; m < doc->n_mentions; m++) {
		struct quoth_mention *mention = &doc->mentions[m];
		struct quoth_range tokens = suspect(discourse, mention);
		uint32_t begin = quoth_range_length(tokens) < 2 ? tokens.begin :
				 name_begin(discourse, tokens, mention->kind == QUOTH_NAME_MENTION &&
							       mention->name_class == QUOTH_NAME_PERSON);
		uint8_t gender;

		if (begin == tokens.begin)
			continue;
		gender = quoth_token_lexeme(discourse, begin - 1)->gender % QUOTH_NEUTER;
		if (!gender)
			gender = quoth_token_lexeme(discourse, begin)->forename_gender;
		mention->kind = QUOTH_NAME_MENTION;
		mention->name_class = QUOTH_NAME_PERSON;
		mention->title = (struct quoth_range){quoth_range_is_empty(mention->title) ||
						      mention->title.end != tokens.begin ? tokens.begin :
						      mention->title.begin, begin};
		mention->name = (struct quoth_range){begin, tokens.end};
		mention->head = tokens.end - 1;
		mention->gender = gender;
		mention->is_animate = true;
	}
}
