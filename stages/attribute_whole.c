#include "stages/attribute_whole.h"

#include "stages/tagset.h"

/* A verb or a preposition before a name has it for its object; but for them it may be a subject. */
static bool is_governed(const struct quoth_document *doc, uint32_t begin)
{
	static const uint64_t governors = QUOTH_TAG_BIT(VB) | QUOTH_TAG_BIT(VBD) | QUOTH_TAG_BIT(VBZ) | QUOTH_TAG_BIT(VBP) |
					  QUOTH_TAG_BIT(VBG) | QUOTH_TAG_BIT(VBN) | QUOTH_TAG_BIT(IN) | QUOTH_TAG_BIT(TO);

	return begin > 0 && doc->tokens[begin - 1].sentence == doc->tokens[begin].sentence &&
	       governors & (uint64_t)1 << doc->tokens[begin - 1].tag;
}

/* "58, who lives in Oslo" */
static bool begins_with_age(const struct quoth_document *doc, struct quoth_range source)
{
	return quoth_range_length(source) > 1 && doc->tokens[source.begin].tag == QUOTH_TAG_CD &&
	       doc->tokens[source.begin + 1].mark == QUOTH_COMMA;
}

/* A description of one that a comma closes, or that goes on: "a doctor, [said]"; "a doctor [said]" may be somebody else. */
static bool is_aside(const struct quoth_document *doc, const struct quoth_mention *mention, struct quoth_range source)
{
	return mention->tokens.begin == source.begin && mention->kind == QUOTH_NOMINAL_MENTION && mention->is_animate &&
	       mention->number != QUOTH_PLURAL &&
	       (mention->tokens.end < source.end || doc->tokens[source.end].mark == QUOTH_COMMA);
}

struct quoth_range quoth_source_whole(const struct quoth_document *doc, struct quoth_range source, uint32_t cue)
{
	enum { REACH = 12 };
	uint32_t comma = source.begin - 1, first;
	bool renames;

	if (quoth_range_is_empty(source) || source.begin < 2 || cue < source.end || doc->tokens[comma].mark != QUOTH_COMMA ||
	    doc->tokens[comma - 1].sentence != doc->tokens[source.begin].sentence)
		return source;
	first = quoth_mention_from(doc, source.begin);
	renames = begins_with_age(doc, source) ||
		  (first < doc->n_mentions && is_aside(doc, &doc->mentions[first], source));
	for (uint32_t m = first; m > 0 && first - m < REACH; m--) {
		const struct quoth_mention *name = &doc->mentions[m - 1];

		if (name->tokens.end == comma && name->kind == QUOTH_NAME_MENTION && name->name_class == QUOTH_NAME_PERSON &&
		    name->outer == QUOTH_NONE && (renames || name->apposition == first) &&
		    !is_governed(doc, name->tokens.begin))
			return (struct quoth_range){name->tokens.begin, source.end};
	}
	return source;
}
