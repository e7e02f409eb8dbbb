#include "stages/lexicon.h"

#include <stdlib.h>

struct quoth_lexicon {
	struct quoth_lexeme *lexemes;
};

int quoth_lexicon_open(struct quoth_lexicon **lexicon, struct quoth_report *report)
{
	*lexicon = calloc(1, sizeof **lexicon);
	if (*lexicon)
		(*lexicon)->lexemes = calloc(1, sizeof *(*lexicon)->lexemes);
	if (!*lexicon || !(*lexicon)->lexemes)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "lexicon", "out of memory");
	return 0;
}

void quoth_lexicon_close(struct quoth_lexicon *lexicon)
{
	if (lexicon)
		free(lexicon->lexemes);
	free(lexicon);
}

uint16_t quoth_lexicon_find(const struct quoth_lexicon *lexicon, uint32_t form)
{
	(void)lexicon;
	(void)form;
	return 0;
}

const struct quoth_lexeme *quoth_lexeme_at(const struct quoth_lexicon *lexicon, uint16_t index)
{
	return &lexicon->lexemes[index];
}

size_t quoth_lexicon_phrase(const struct quoth_lexicon *lexicon, const uint32_t *forms, size_t n,
			    const struct quoth_lexeme **phrase)
{
	(void)forms;
	(void)n;
	*phrase = &lexicon->lexemes[0];
	return 0;
}
