#define _POSIX_C_SOURCE 200809L

#include "pipeline/train_corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The file does not say where articles end: cut into stretches of about an article's length. */
enum { MAX_SENTENCE = 1024, FORM_BYTES = 128, SENTENCES_A_DOCUMENT = 20 };

struct names_reader {
	struct quoth_corpus_builder builder;
	struct quoth_corpus_token tokens[MAX_SENTENCE];
	char forms[MAX_SENTENCE][FORM_BYTES];
	uint32_t n;
};

static const struct {
	const char *name;
	uint8_t value;
} name_classes[] = {
	{"O", QUOTH_NOT_A_NAME}, {"I-PER", QUOTH_NAME_PERSON}, {"I-ORG", QUOTH_NAME_ORGANIZATION},
	{"I-LOC", QUOTH_NAME_PLACE}, {"I-MISC", QUOTH_NAME_OTHER},
};

static uint8_t find_name_class(const char *name)
{
	for (size_t i = 0; i < sizeof name_classes / sizeof *name_classes; i++)
		if (strcmp(name_classes[i].name, name) == 0)
			return name_classes[i].value;
	return QUOTH_NO_ANNOTATION;
}

static int end_sentence(struct names_reader *reader, struct quoth_corpus *corpus)
{
	int error = quoth_corpus_add_sentence(&reader->builder, reader->tokens, reader->n);

	reader->n = 0;
	if (!error && reader->builder.annotated.doc.n_sentences == SENTENCES_A_DOCUMENT) {
		error = quoth_corpus_end(&reader->builder);
		quoth_corpus_begin(&reader->builder, corpus, "", QUOTH_FROM_NAMES);
	}
	return error;
}

static int read_line(struct names_reader *reader, struct quoth_corpus *corpus, char *line)
{
	char *fields[2];
	size_t length;
	uint8_t name;

	if (line[0] == '\0')
		return end_sentence(reader, corpus);
	if (quoth_cut_fields(line, ' ', fields, 2) < 2)
		return QUOTH_BAD_INPUT;
	length = strlen(fields[0]);
	name = find_name_class(fields[1]);
	if (length == 0 || length >= FORM_BYTES || name == QUOTH_NO_ANNOTATION || reader->n == MAX_SENTENCE)
		return QUOTH_BAD_INPUT;
	memcpy(reader->forms[reader->n], fields[0], length + 1);
	reader->tokens[reader->n] = (struct quoth_corpus_token){
		.form = reader->forms[reader->n],
		.length = length,
		.label = QUOTH_NO_ANNOTATION,
		.name = name,
		.relation = QUOTH_NO_ANNOTATION,
	};
	reader->n++;
	return 0;
}

int quoth_corpus_read_names(struct quoth_corpus *corpus, const char *folder, struct quoth_report *report)
{
	const char *name = "wikigold.conll";
	struct names_reader *reader;
	struct quoth_corpus_lines *lines;
	char path[512], *line;
	int error, closed;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (access(path, R_OK) != 0)
		return 0;
	reader = calloc(1, sizeof *reader);
	if (!reader)
		return QUOTH_NO_MEMORY;
	error = quoth_corpus_lines_open(&lines, folder, name, report);
	if (!error) {
		quoth_corpus_begin(&reader->builder, corpus, "", QUOTH_FROM_NAMES);
		while (!error && (line = quoth_corpus_lines_next(lines)))
			error = read_line(reader, corpus, line);
		if (!error)
			error = end_sentence(reader, corpus);
		if (!error)
			error = quoth_corpus_end(&reader->builder);
		if (error == QUOTH_BAD_INPUT)
			quoth_corpus_lines_error(lines, report, "is no word and name class");
		closed = quoth_corpus_lines_close(lines, report);
		error = error ? error : closed;
	}
	free(reader);
	return error;
}
