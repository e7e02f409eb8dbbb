#define _POSIX_C_SOURCE 200809L

#include "pipeline/train_corpus.h"

#include "stages/form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int quoth_corpus_open(struct quoth_corpus *corpus)
{
	*corpus = (struct quoth_corpus){.arena = quoth_arena_new(0)};
	return corpus->arena ? 0 : QUOTH_NO_MEMORY;
}

void quoth_corpus_close(struct quoth_corpus *corpus)
{
	quoth_arena_free(corpus->arena);
	free(corpus->docs);
	*corpus = (struct quoth_corpus){0};
}

int quoth_corpus_read(struct quoth_corpus *corpus, const char *folder, bool is_dev, struct quoth_report *report)
{
	int error = quoth_corpus_read_silver(corpus, folder, report);

	if (!error)
		error = quoth_corpus_read_treebank(corpus, folder, is_dev, report);
	if (!error && !is_dev)
		error = quoth_corpus_read_names(corpus, folder, report);
	return error;
}

/* ---- building a document ---- */

void quoth_corpus_begin(struct quoth_corpus_builder *builder, struct quoth_corpus *corpus, const char *id, uint8_t source)
{
	size_t size = strlen(id) + 1;
	char *copy = quoth_arena_alloc(corpus->arena, size);

	*builder = (struct quoth_corpus_builder){.corpus = corpus};
	quoth_document_begin(&builder->annotated.doc, corpus->arena, copy ? memcpy(copy, id, size) : "", "", 0);
	builder->annotated.source = source;
}

/* Grows an array to hold at least n entries, by doubling. */
static void *grow(struct quoth_arena *arena, void *old, uint32_t old_n, uint32_t new_n, size_t size)
{
	return quoth_arena_grow(arena, old, old_n * size, new_n * size);
}

static int reserve(struct quoth_corpus_builder *builder, uint32_t n_tokens, uint32_t n_bytes)
{
	struct quoth_annotated *a = &builder->annotated;
	struct quoth_arena *arena = builder->corpus->arena;
	uint32_t want = a->doc.n_tokens + n_tokens, old = builder->token_capacity, more;

	if (want > old) {
		more = want > 2 * old ? want + 256 : 2 * old;
		a->doc.tokens = grow(arena, a->doc.tokens, old, more, sizeof *a->doc.tokens);
		a->labels = grow(arena, a->labels, old, more, sizeof *a->labels);
		a->names = grow(arena, a->names, old, more, sizeof *a->names);
		a->relations = grow(arena, a->relations, old, more, sizeof *a->relations);
		a->heads = grow(arena, a->heads, old, more, sizeof *a->heads);
		if (!a->doc.tokens || !a->labels || !a->names || !a->relations || !a->heads)
			return QUOTH_NO_MEMORY;
		builder->token_capacity = more;
	}
	if (a->doc.text_size + n_bytes > builder->text_capacity) {
		more = (a->doc.text_size + n_bytes) * 2;
		builder->text = grow(arena, builder->text, builder->text_capacity, more, 1);
		if (!builder->text)
			return QUOTH_NO_MEMORY;
		builder->text_capacity = more;
	}
	if (a->doc.n_sentences == builder->sentence_capacity) {
		more = builder->sentence_capacity * 2 + 16;
		a->doc.sentences = grow(arena, a->doc.sentences, builder->sentence_capacity, more, sizeof *a->doc.sentences);
		if (!a->doc.sentences)
			return QUOTH_NO_MEMORY;
		builder->sentence_capacity = more;
	}
	return 0;
}

static void add_token(struct quoth_corpus_builder *builder, const struct quoth_corpus_token *from, uint32_t first,
		      bool opens_sentence)
{
	struct quoth_annotated *a = &builder->annotated;
	uint32_t i = a->doc.n_tokens++;
	struct quoth_form form;

	quoth_form_describe(from->form, from->length, &form);
	a->doc.tokens[i] = (struct quoth_token){
		.text = a->doc.text_size,
		.length = (uint32_t)from->length,
		.form = form.hash,
		.sentence = a->doc.n_sentences,
		.head = QUOTH_NONE,
		.kind = form.kind,
		.mark = form.mark,
		.shape = form.shape,
		.flags = (uint8_t)(form.flags | QUOTH_SPACE_BEFORE | (opens_sentence ? QUOTH_SENTENCE_START : 0)),
	};
	memcpy(builder->text + a->doc.text_size, from->form, from->length);
	builder->text[a->doc.text_size + from->length] = ' ';
	a->doc.text_size += (uint32_t)from->length + 1;
	a->labels[i] = from->label;
	a->names[i] = from->name;
	a->relations[i] = from->relation;
	a->heads[i] = from->head ? first + from->head - 1 : QUOTH_NONE;
}

int quoth_corpus_add_sentence(struct quoth_corpus_builder *builder, const struct quoth_corpus_token *tokens, uint32_t n)
{
	struct quoth_document *doc = &builder->annotated.doc;
	uint32_t first = doc->n_tokens, n_bytes = 0;
	int error;

	if (n == 0)
		return 0;
	for (uint32_t i = 0; i < n; i++)
		n_bytes += (uint32_t)tokens[i].length + 1;
	error = reserve(builder, n, n_bytes);
	if (error)
		return error;
	for (uint32_t i = 0; i < n; i++)
		add_token(builder, tokens + i, first, i == 0);
	doc->sentences[doc->n_sentences++] = (struct quoth_sentence){.tokens = {first, first + n}};
	doc->text = builder->text;
	return 0;
}

int quoth_corpus_end(struct quoth_corpus_builder *builder)
{
	struct quoth_corpus *corpus = builder->corpus;

	if (builder->annotated.doc.n_tokens == 0)
		return 0;
	if (corpus->n_docs == corpus->capacity) {
		uint32_t capacity = corpus->capacity * 2 + 64;
		struct quoth_annotated *docs = realloc(corpus->docs, capacity * sizeof *docs);

		if (!docs)
			return QUOTH_NO_MEMORY;
		corpus->docs = docs;
		corpus->capacity = capacity;
	}
	corpus->docs[corpus->n_docs++] = builder->annotated;
	return 0;
}

/* ---- lines ---- */

struct quoth_corpus_lines {
	gzFile file;
	unsigned number;
	int error;
	char path[400];
	char line[1 << 16];
};

int quoth_corpus_lines_open(struct quoth_corpus_lines **lines, const char *folder, const char *name,
			    struct quoth_report *report)
{
	struct quoth_corpus_lines *l = malloc(sizeof *l);

	*lines = NULL;
	if (!l)
		return quoth_report_set(report, QUOTH_NO_MEMORY, name, "no memory");
	snprintf(l->path, sizeof l->path, "%s/%s", folder, name);
	l->number = 0;
	l->error = 0;
	l->file = gzopen(l->path, "rb");
	if (!l->file) {
		quoth_report_set(report, QUOTH_IO, l->path, "cannot be opened");
		free(l);
		return QUOTH_IO;
	}
	gzbuffer(l->file, 1 << 17);
	*lines = l;
	return 0;
}

char *quoth_corpus_lines_next(struct quoth_corpus_lines *lines)
{
	size_t length;

	if (lines->error || !gzgets(lines->file, lines->line, sizeof lines->line))
		return NULL;
	lines->number++;
	length = strlen(lines->line);
	if (length == sizeof lines->line - 1 && lines->line[length - 1] != '\n') {
		lines->error = QUOTH_BAD_INPUT;
		return NULL;
	}
	while (length > 0 && (lines->line[length - 1] == '\n' || lines->line[length - 1] == '\r'))
		lines->line[--length] = '\0';
	return lines->line;
}

int quoth_corpus_lines_error(struct quoth_corpus_lines *lines, struct quoth_report *report, const char *what)
{
	char where[sizeof lines->path + 16];

	snprintf(where, sizeof where, "%s:%u", lines->path, lines->number);
	lines->error = quoth_report_set(report, QUOTH_BAD_INPUT, where, "%s", what);
	return lines->error;
}

int quoth_corpus_lines_close(struct quoth_corpus_lines *lines, struct quoth_report *report)
{
	int error = lines->error, status;

	gzerror(lines->file, &status);
	if (!error && status != Z_OK && status != Z_STREAM_END)
		error = quoth_report_set(report, QUOTH_IO, lines->path, "cannot be read to its end");
	gzclose(lines->file);
	free(lines);
	return error;
}

size_t quoth_cut_fields(char *line, char separator, char **fields, size_t limit)
{
	size_t n = 0;

	while (n < limit) {
		fields[n++] = line;
		line = strchr(line, separator);
		if (!line)
			break;
		*line++ = '\0';
	}
	return n;
}
