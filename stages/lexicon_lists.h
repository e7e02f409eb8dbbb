/* lexicon_lists: reads the lists of corpus/lexicon into the lexicon's table. Between lexicon.c and lexicon_lists.c only.
 */
#ifndef QUOTH_LEXICON_LISTS_H
#define QUOTH_LEXICON_LISTS_H

#include "stages/lexicon.h"

/* Enters what a list says of a form, or-ed into what others said: the first to give a value keeps it. entry->form is not read;
 * a lemma of 0 is the form. QUOTH_NO_MEMORY, QUOTH_TOO_LARGE. */
int quoth_lexicon_enter(struct quoth_lexicon *lexicon, uint32_t form, const struct quoth_lexeme *entry);

/* Adds a phrase, words parted by single spaces, with a copy of lexeme as its entry. QUOTH_NO_MEMORY, QUOTH_BAD_MODEL. */
int quoth_lexicon_enter_phrase(struct quoth_lexicon *lexicon, const char *text, size_t length,
			       const struct quoth_lexeme *lexeme);

/* Reads all lists that are built in. On failure the report has file and line. */
int quoth_lexicon_read_lists(struct quoth_lexicon *lexicon, struct quoth_report *report);

/* Reads one list, named as in the program ("lexicon/cues.tsv"), from bytes that need not be those built in. */
int quoth_lexicon_read_list(struct quoth_lexicon *lexicon, const char *name, const char *bytes, const char *end,
			    struct quoth_report *report);

#endif
