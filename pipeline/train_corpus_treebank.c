#define _POSIX_C_SOURCE 200809L

#include "pipeline/train_corpus.h"

#include "stages/tag_labels.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_SENTENCE = 1024, FORM_BYTES = 256 };

/* One sentence on its way; forms are copied, since lines come and go. */
struct treebank_reader {
	struct quoth_corpus_builder builder;
	struct quoth_corpus_token tokens[MAX_SENTENCE];
	char forms[MAX_SENTENCE][FORM_BYTES];
	uint32_t n;
};

static int add_word(struct treebank_reader *reader, char **fields)
{
	struct quoth_corpus_token *token = reader->tokens + reader->n;
	size_t length = strlen(fields[1]);

	if (length == 0 || length >= FORM_BYTES || reader->n == MAX_SENTENCE)
		return QUOTH_BAD_INPUT;
	memcpy(reader->forms[reader->n], fields[1], length + 1);
	*token = (struct quoth_corpus_token){
		.form = reader->forms[reader->n],
		.length = length,
		.head = (uint32_t)strtoul(fields[6], NULL, 10),
		.label = quoth_tag_label_of(quoth_corpus_tag(fields[4]), quoth_corpus_upos(fields[3])),
		.name = QUOTH_NO_ANNOTATION,
		.relation = quoth_corpus_relation(fields[7]),
	};
	reader->n++;
	return 0;
}

static int end_sentence(struct treebank_reader *reader)
{
	int error;

	for (uint32_t i = 0; i < reader->n; i++)
		if (reader->tokens[i].head > reader->n)
			return QUOTH_BAD_INPUT;
	error = quoth_corpus_add_sentence(&reader->builder, reader->tokens, reader->n);
	reader->n = 0;
	return error;
}

static int read_line(struct treebank_reader *reader, struct quoth_corpus *corpus, char *line)
{
	char *fields[10];
	int error;

	if (strncmp(line, "# newdoc", 8) == 0) {
		error = quoth_corpus_end(&reader->builder);
		quoth_corpus_begin(&reader->builder, corpus, "", QUOTH_FROM_TREEBANK);
		return error;
	}
	if (line[0] == '#')
		return 0;
	if (line[0] == '\0')
		return end_sentence(reader);
	if (quoth_cut_fields(line, '\t', fields, 10) < 10)
		return QUOTH_BAD_INPUT;
	if (strpbrk(fields[0], "-."))	/* a contraction's span or an empty node: its words have lines of their own */
		return 0;
	return add_word(reader, fields);
}

int quoth_corpus_read_treebank(struct quoth_corpus *corpus, const char *folder, bool is_dev, struct quoth_report *report)
{
	const char *names[] = {is_dev ? "dev.conllu.gz" : "train.conllu.gz", is_dev ? "dev.conllu" : "train.conllu"};
	char path[512];
	int error = 0;

	for (size_t i = 0; i < 2; i++) {
		struct treebank_reader *reader;
		struct quoth_corpus_lines *lines;
		char *line;

		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		if (access(path, R_OK) != 0)
			continue;
		reader = calloc(1, sizeof *reader);
		if (!reader)
			return QUOTH_NO_MEMORY;
		error = quoth_corpus_lines_open(&lines, folder, names[i], report);
		if (!error) {
			quoth_corpus_begin(&reader->builder, corpus, "", QUOTH_FROM_TREEBANK);
			while (!error && (line = quoth_corpus_lines_next(lines)))
				error = read_line(reader, corpus, line);
			if (!error)
				error = end_sentence(reader);
			if (!error)
				error = quoth_corpus_end(&reader->builder);
			if (error == QUOTH_BAD_INPUT)
				quoth_corpus_lines_error(lines, report, "is no line of a treebank (CoNLL-U)");
			i = 2;
			int closed = quoth_corpus_lines_close(lines, report);

			error = error ? error : closed;
		}
		free(reader);
	}
	return error;
}
