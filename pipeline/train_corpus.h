/* train_corpus: annotated text for the trainer.
 *
 * Reads folders of annotated data and gives documents whose tokens look as segment would have left them, with the
 * annotations beside. What a folder holds is told by its files' names:
 *
 *   silver.conll.gz + text/      sentence, begin, end, lemma, Penn tag, name class, head, relation (UD 1) of each token,
 *                                byte spans of text/ID.txt; relations are turned into those of UD 2
 *   train.conllu.gz, dev.conllu.gz   Universal Dependencies (the same names without .gz are read too)
 *   train.tsv                    sentences and whether they are worth a check (read by train_checkworthy.c)
 *   wikigold.conll               a word and its name class a line, I-PER, I-ORG, I-LOC, I-MISC, O
 *
 * All lives in the corpus's arena until it is closed.
 */
#ifndef QUOTH_TRAIN_CORPUS_H
#define QUOTH_TRAIN_CORPUS_H

#include "stages/document.h"
#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum quoth_corpus_source { QUOTH_FROM_SILVER, QUOTH_FROM_TREEBANK, QUOTH_FROM_NAMES, QUOTH_N_SOURCES };

enum { QUOTH_NO_ANNOTATION = 255 };

struct quoth_annotated {
	struct quoth_document doc;	/* text, tokens, sentences; doc.id is the article's name or "" */
	uint8_t *labels;		/* enum quoth_tag_label of each token, QUOTH_NO_ANNOTATION where unknown */
	uint8_t *names;			/* enum quoth_name_class, QUOTH_NO_ANNOTATION where unknown */
	uint8_t *relations;		/* enum quoth_relation, QUOTH_NO_ANNOTATION where unknown */
	uint32_t *heads;		/* tokens of the document, QUOTH_NONE for roots; NULL where there are no parses */
	uint8_t source;			/* enum quoth_corpus_source */
};

struct quoth_corpus {
	struct quoth_arena *arena;
	struct quoth_annotated *docs;
	uint32_t n_docs, capacity;
};

/* An empty corpus; QUOTH_NO_MEMORY. */
int quoth_corpus_open(struct quoth_corpus *corpus);
void quoth_corpus_close(struct quoth_corpus *corpus);

/* Adds what is found in folder: the training part of treebanks, or with is_dev the dev part. Finding nothing is no
 * error. 0, QUOTH_IO, QUOTH_BAD_INPUT (the report says file and line) or QUOTH_NO_MEMORY. */
int quoth_corpus_read(struct quoth_corpus *corpus, const char *folder, bool is_dev, struct quoth_report *report);

/* ---- for readers of one format (train_corpus_*.c) ---- */

struct quoth_corpus_token {
	const char *form;
	size_t length;
	uint32_t head;		/* number of the head in its sentence, from 1; 0 the root */
	uint8_t label, name, relation;
};

/* A document under construction. */
struct quoth_corpus_builder {
	struct quoth_corpus *corpus;
	struct quoth_annotated annotated;
	char *text;
	uint32_t text_capacity, token_capacity, sentence_capacity;
};

void quoth_corpus_begin(struct quoth_corpus_builder *builder, struct quoth_corpus *corpus, const char *id, uint8_t source);
int quoth_corpus_add_sentence(struct quoth_corpus_builder *builder, const struct quoth_corpus_token *tokens, uint32_t n);
int quoth_corpus_end(struct quoth_corpus_builder *builder);	/* an empty document is dropped */

/* Lines of a file, plain or compressed; a line longer than the buffer is an error. next: without its line break, NULL at the end.
 * close: the error that ended it, or 0. error: QUOTH_BAD_INPUT at the line read last. */
struct quoth_corpus_lines;
int quoth_corpus_lines_open(struct quoth_corpus_lines **lines, const char *folder, const char *name,
			    struct quoth_report *report);
char *quoth_corpus_lines_next(struct quoth_corpus_lines *lines);
int quoth_corpus_lines_close(struct quoth_corpus_lines *lines, struct quoth_report *report);
int quoth_corpus_lines_error(struct quoth_corpus_lines *lines, struct quoth_report *report, const char *what);

/* Cuts a line at tabs: the number of fields, at most limit. */
size_t quoth_cut_fields(char *line, char separator, char **fields, size_t limit);

/* Names in data to our sets. Penn tags: all punctuation is QUOTH_TAG_PUNCT, what is in no set QUOTH_TAG_UNKNOWN. Relations:
 * of UD 1 and 2, subtypes that we lack give their main type, unknown ones QUOTH_REL_DEP. */
uint8_t quoth_corpus_tag(const char *name);
uint8_t quoth_corpus_upos(const char *name);
uint8_t quoth_corpus_relation(const char *name);

int quoth_corpus_read_silver(struct quoth_corpus *corpus, const char *folder, struct quoth_report *report);
int quoth_corpus_read_treebank(struct quoth_corpus *corpus, const char *folder, bool is_dev, struct quoth_report *report);
int quoth_corpus_read_names(struct quoth_corpus *corpus, const char *folder, struct quoth_report *report);

#endif
