/* train_articles: articles with attributions by people, read as the program would read them.
 *
 * A folder with gold.tsv and text/ID.txt, or a folder of ID.txt with FOLDER.gold.tsv beside it. The text goes through the
 * program's own stages (normalise to quotations), with the tagger and parser that the trainer has; gold byte spans become
 * tokens. All lives in the articles' arena until they are closed.
 */
#ifndef QUOTH_TRAIN_ARTICLES_H
#define QUOTH_TRAIN_ARTICLES_H

#include "pipeline/train.h"
#include "stages/resources.h"
#include "stages/candidate_rows.h"

/* A gold row in tokens. */
struct quoth_gold {
	uint32_t cue;			/* token that heads the cue, QUOTH_NONE */
	uint32_t n_content, n_source;
	uint32_t *content, *source;	/* tokens, ascending, marks in */
	const char *speaker;		/* names it may have, joined by '|'; NULL where none is given */
};

struct quoth_article {
	struct quoth_document doc;
	struct quoth_syntax syntax;
	struct quoth_gold *gold;
	uint32_t n_gold;
};

struct quoth_articles {
	struct quoth_arena *arena;
	struct quoth_resources resources;
	struct quoth_model *model;	/* of the trainer's tables so far */
	struct quoth_article *articles;
	uint32_t n_articles;
};

/* Reads all of the trainer's folders that hold attributions, with the trainer's tables but for those of the part
 * `without` (its name; NULL: with all). Where no folder holds any, n_articles is 0. 0, QUOTH_IO,
 * QUOTH_BAD_INPUT with file and line, QUOTH_BAD_MODEL where the tagger or parser lacks, QUOTH_NO_MEMORY. The caller closes
 * them in any case. */
int quoth_articles_read(struct quoth_articles *articles, const struct quoth_trainer *trainer, const char *without,
			struct quoth_report *report);
void quoth_articles_close(struct quoth_articles *articles);

#endif
