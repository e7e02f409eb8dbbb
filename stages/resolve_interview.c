#include "stages/resolve_interview.h"

#include <string.h>

/* 'Q' or 'A' for the label that a paragraph opens with, else 0. */
static char read_label(const struct quoth_document *doc, struct quoth_range source)
{
	char letter;

	if (quoth_range_length(source) != 1 || doc->tokens[source.begin].length != 1 ||
	    doc->paragraphs[doc->sentences[doc->tokens[source.begin].sentence].paragraph].tokens.begin != source.begin)
		return 0;
	letter = *quoth_token_text(doc, source.begin);
	return letter == 'Q' || letter == 'A' ? letter : 0;
}

/* The person named most before a token. */
static int find_named_most(const struct quoth_discourse *discourse, uint32_t token, uint32_t *cluster)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t *counts = quoth_arena_array(doc->arena, (size_t)discourse->n_clusters + 1, sizeof *counts);
	uint32_t most = 0;

	if (!counts)
		return QUOTH_NO_MEMORY;
	memset(counts, 0, discourse->n_clusters * sizeof *counts);
	for (uint32_t m = 0; m < doc->n_mentions && doc->mentions[m].tokens.begin < token; m++) {
		uint32_t named = doc->mentions[m].kind == QUOTH_NAME_MENTION ? discourse->cluster_of[m] : QUOTH_NONE;

		if (named == QUOTH_NONE || quoth_cluster_class(&discourse->clusters[named]) != QUOTH_NAME_PERSON)
			continue;
		if (++counts[named] == most)
			*cluster = *cluster == named ? named : QUOTH_NONE;
		if (counts[named] <= most)
			continue;
		most = counts[named];
		*cluster = named;
	}
	return 0;
}

int quoth_interview_read(const struct quoth_discourse *discourse, struct quoth_interview *interview)
{
	const struct quoth_document *doc = discourse->doc;
	uint32_t first = QUOTH_NONE;
	bool has_question = false, has_answer = false;

	*interview = (struct quoth_interview){false, QUOTH_NONE};
	for (uint32_t i = 0; i < doc->n_attributions; i++) {
		struct quoth_range source = doc->attributions[i].source;
		char label = quoth_range_is_empty(source) ? 0 : read_label(doc, source);

		has_question |= label == 'Q';
		has_answer |= label == 'A';
		if (label && source.begin < first)
			first = source.begin;
	}
	interview->is_one = has_question && has_answer;
	return interview->is_one ? find_named_most(discourse, first, &interview->answers) : 0;
}

bool quoth_interview_label(const struct quoth_document *doc, const struct quoth_interview *interview,
			   struct quoth_range source, uint32_t *cluster)
{
	char label = interview->is_one && !quoth_range_is_empty(source) ? read_label(doc, source) : 0;

	*cluster = label == 'A' ? interview->answers : QUOTH_NONE;
	return label;
}
