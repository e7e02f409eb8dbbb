#define _POSIX_C_SOURCE 200809L

#include "pipeline/train_articles.h"

#include "pipeline/chain.h"
#include "stages/lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum column { DOC, QUOTE_SPANS, SOURCE_SPANS, CUE_SPANS, N_NEEDED, SPEAKER = N_NEEDED, N_COLUMNS };

enum { MAX_FIELDS = 64, NOT_THERE = MAX_FIELDS };

static const char *const column_names[N_COLUMNS] = {"doc", "quote_spans", "source_spans", "cue_spans", "speaker"};

struct gold_file {
	struct quoth_articles *articles;
	char path[4096], text_folder[4096];
	FILE *stream;
	unsigned line;
	bool has_header;	/* lines before it may be empty */
	unsigned columns[N_COLUMNS];
	uint32_t capacity;
	struct quoth_report *report;
};

static int fail_at_line(const struct gold_file *file, int error, const char *what)
{
	char where[4200];

	snprintf(where, sizeof where, "%s:%u", file->path, file->line);
	return quoth_report_set(file->report, error, where, "%s", what);
}

/* ---- the text ---- */

static char *read_whole(struct quoth_arena *arena, const char *path, uint32_t *size, struct quoth_report *report)
{
	FILE *stream = fopen(path, "rb");
	char *bytes = NULL;
	size_t n = 0, capacity = 1 << 16;

	if (!stream) {
		quoth_report_set(report, QUOTH_IO, path, "%s", strerror(errno));
		return NULL;
	}
	bytes = quoth_arena_alloc(arena, capacity);
	while (bytes) {
		n += fread(bytes + n, 1, capacity - n, stream);
		if (n < capacity || n > QUOTH_MAX_DOCUMENT_BYTES)
			break;
		bytes = quoth_arena_grow(arena, bytes, capacity, capacity * 2);
		capacity *= 2;
	}
	if (!bytes)
		quoth_report_set(report, QUOTH_NO_MEMORY, path, "out of memory");
	else if (ferror(stream) || n > QUOTH_MAX_DOCUMENT_BYTES) {
		quoth_report_set(report, QUOTH_IO, path, "cannot be read whole");
		bytes = NULL;
	}
	fclose(stream);
	*size = (uint32_t)n;
	return bytes;
}

static char *copy_string(struct quoth_arena *arena, const char *s)
{
	char *copy = quoth_arena_alloc(arena, strlen(s) + 1);

	return copy ? strcpy(copy, s) : NULL;
}

static int open_article(struct gold_file *file, const char *id, struct quoth_article **article)
{
	struct quoth_articles *all = file->articles;
	char path[8300];
	uint32_t size;
	char *bytes, *name;
	int error;
	struct quoth_word_tables words;

	if (all->n_articles == file->capacity) {
		uint32_t more = file->capacity ? file->capacity * 2 : 64;
		void *grown = realloc(all->articles, more * sizeof *all->articles);

		if (!grown)
			return QUOTH_NO_MEMORY;
		all->articles = grown;
		file->capacity = more;
	}
	snprintf(path, sizeof path, "%s/%s.txt", file->text_folder, id);
	bytes = read_whole(all->arena, path, &size, file->report);
	name = copy_string(all->arena, id);
	if (!bytes || !name)
		return QUOTH_IO;
	*article = all->articles + all->n_articles++;
	**article = (struct quoth_article){0};
	quoth_document_begin(&(*article)->doc, all->arena, name, bytes, size);
	error = quoth_chain_run(&(*article)->doc, &all->resources, QUOTH_STAGE_ATTRIBUTE, NULL);
	if (error)
		return fail_at_line(file, error, "its text cannot be read");
	if (!quoth_word_tables_find(all->model, &words))
		return fail_at_line(file, QUOTH_BAD_MODEL, "attributions need the parts words, tag, names and parse first");
	return 0;
}

/* ---- gold spans to tokens ---- */

/* The tokens that overlap the spans of a field; *error is set where it is malformed or memory lacks. */
static uint32_t *cover(const struct quoth_document *doc, const char *field, uint32_t *n, int *error)
{
	uint32_t *tokens = NULL, capacity = 0;
	const char *p = field;

	*n = 0;
	while (*p) {
		char *end;
		unsigned long first = strtoul(p, &end, 10), last;
		uint32_t low = 0, high = doc->n_tokens;

		if (end == p || *end != '-')
			*error = QUOTH_BAD_INPUT;
		if (*error)
			return NULL;
		p = end + 1;
		last = strtoul(p, &end, 10);
		if (end == p || last < first || (*end && *end != ','))
			*error = QUOTH_BAD_INPUT;
		if (*error)
			return NULL;
		p = *end ? end + 1 : end;
		while (low < high) {
			uint32_t middle = low + (high - low) / 2;

			if (doc->tokens[middle].span.end <= first)
				low = middle + 1;
			else
				high = middle;
		}
		for (; low < doc->n_tokens && doc->tokens[low].span.begin < last; low++) {
			if (*n > 0 && tokens[*n - 1] >= low)
				continue;
			if (*n == capacity) {
				uint32_t more = capacity ? capacity * 2 : 16;

				tokens = quoth_arena_grow(doc->arena, tokens, capacity * sizeof *tokens, more * sizeof *tokens);
				if (!tokens) {
					*error = QUOTH_NO_MEMORY;
					return NULL;
				}
				capacity = more;
			}
			tokens[(*n)++] = low;
		}
	}
	return tokens;
}

/* The word that heads a cue: the last verb; without a verb the last word that can be one. */
static uint32_t find_cue_head(const struct quoth_document *doc, const uint32_t *tokens, uint32_t n)
{
	uint32_t best = QUOTH_NONE;
	int most = -1;

	for (uint32_t i = 0; i < n; i++) {
		const struct quoth_token *token = doc->tokens + tokens[i];
		int score = quoth_tag_is_verb(token->tag);

		if (n > 1 && token->kind != QUOTH_WORD && token->kind != QUOTH_NUMBER)
			continue;
		if (score >= most) {
			best = tokens[i];
			most = score;
		}
	}
	return best == QUOTH_NONE && n > 0 ? tokens[0] : best;
}

static int add_gold(struct gold_file *file, struct quoth_article *article, char **fields)
{
	struct quoth_document *doc = &article->doc;
	struct quoth_gold gold = {0};
	uint32_t n_cue = 0, *cue;
	int error = 0;

	if ((article->n_gold & (article->n_gold - 1)) == 0) {
		size_t n = article->n_gold, more = n ? 2 * n : 1;
		void *grown = quoth_arena_grow(doc->arena, article->gold, n * sizeof gold, more * sizeof gold);

		if (!grown)
			return QUOTH_NO_MEMORY;
		article->gold = grown;
	}
	gold.content = cover(doc, fields[file->columns[QUOTE_SPANS]], &gold.n_content, &error);
	gold.source = cover(doc, fields[file->columns[SOURCE_SPANS]], &gold.n_source, &error);
	cue = cover(doc, fields[file->columns[CUE_SPANS]], &n_cue, &error);
	if (error == QUOTH_NO_MEMORY)
		return error;
	if (error)
		return fail_at_line(file, QUOTH_BAD_INPUT, "spans must be B-E,B-E,...");
	gold.cue = find_cue_head(doc, cue, n_cue);
	if (file->columns[SPEAKER] != NOT_THERE && fields[file->columns[SPEAKER]][0]) {
		gold.speaker = copy_string(doc->arena, fields[file->columns[SPEAKER]]);
		if (!gold.speaker)
			return QUOTH_NO_MEMORY;
	}
	article->gold[article->n_gold++] = gold;
	return 0;
}

/* ---- the table ---- */

static int read_header(struct gold_file *file, char *line)
{
	char *fields[MAX_FIELDS];
	size_t n = quoth_cut_fields(line, '\t', fields, MAX_FIELDS);

	for (unsigned c = 0; c < N_COLUMNS; c++) {
		size_t i = 0;

		while (i < n && strcmp(fields[i], column_names[c]) != 0)
			i++;
		if (i == n && c < N_NEEDED)
			return fail_at_line(file, QUOTH_BAD_INPUT, "the header lacks doc, quote_spans, source_spans or cue_spans");
		file->columns[c] = i == n ? NOT_THERE : (unsigned)i;
	}
	file->has_header = true;
	return 0;
}

static int read_row(struct gold_file *file, char *line, struct quoth_article **article)
{
	char *fields[MAX_FIELDS];
	size_t n = quoth_cut_fields(line, '\t', fields, MAX_FIELDS);
	int error = 0;

	for (unsigned c = 0; c < N_COLUMNS; c++)
		if (file->columns[c] >= n && file->columns[c] != NOT_THERE)
			return fail_at_line(file, QUOTH_BAD_INPUT, "has too few columns");
	if (!*article || strcmp((*article)->doc.id, fields[file->columns[DOC]]) != 0)
		error = open_article(file, fields[file->columns[DOC]], article);
	return error ? error : add_gold(file, *article, fields);
}

static int read_table(struct gold_file *file)
{
	struct quoth_article *article = NULL;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;
	int error = 0;

	while (!error && (length = getline(&line, &room, file->stream)) >= 0) {
		file->line++;
		while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
			line[--length] = '\0';
		if (length > 0)
			error = file->has_header ? read_row(file, line, &article) : read_header(file, line);
	}
	if (!error && ferror(file->stream))
		error = quoth_report_set(file->report, QUOTH_IO, file->path, "%s", strerror(errno));
	free(line);
	return error;
}

/* Where a folder's gold table and texts are; false if it has none. */
static bool find_gold(struct gold_file *file, const char *folder)
{
	snprintf(file->path, sizeof file->path, "%s/gold.tsv", folder);
	snprintf(file->text_folder, sizeof file->text_folder, "%s/text", folder);
	if (access(file->path, R_OK) == 0)
		return true;
	snprintf(file->path, sizeof file->path, "%s.gold.tsv", folder);
	snprintf(file->text_folder, sizeof file->text_folder, "%s", folder);
	return access(file->path, R_OK) == 0;
}

/* The tables learned so far; without those of attribution what is read are the rules' attributions alone. */
static int take_model(struct quoth_articles *articles, const struct quoth_trainer *trainer, const char *without,
		      struct quoth_report *report)
{
	struct quoth_table tables[QUOTH_MAX_MODEL_TABLES];
	size_t n = 0;
	int error;

	for (size_t i = 0; i < trainer->n_tables; i++)
		if (!without || strncmp(trainer->tables[i].name, without, strlen(without)) != 0)
			tables[n++] = trainer->tables[i];
	error = quoth_model_from_tables(&articles->model, tables, n, report);
	if (error)
		return error;
	quoth_model_close((struct quoth_model *)articles->resources.model);
	articles->resources.model = articles->model;
	return 0;
}

int quoth_articles_read(struct quoth_articles *articles, const struct quoth_trainer *trainer, const char *without,
			struct quoth_report *report)
{
	struct gold_file file = {.articles = articles, .report = report};
	int error;

	*articles = (struct quoth_articles){.arena = quoth_arena_new(0)};
	if (!articles->arena)
		return QUOTH_NO_MEMORY;
	error = quoth_resources_open(&articles->resources, QUOTH_NO_MODEL, report);
	if (!error)
		error = take_model(articles, trainer, without, report);
	if (error)
		return error;
	for (size_t i = 0; !error && i < trainer->n_folders; i++) {
		if (!find_gold(&file, trainer->folders[i]))
			continue;
		file.line = 0;
		file.has_header = false;
		file.stream = fopen(file.path, "r");
		if (!file.stream)
			return quoth_report_set(report, QUOTH_IO, file.path, "%s", strerror(errno));
		error = read_table(&file);
		fclose(file.stream);
	}
	for (uint32_t i = 0; !error && i < articles->n_articles; i++) {
		struct quoth_article *article = articles->articles + i;
		struct quoth_word_tables words;

		quoth_word_tables_find(articles->model, &words);
		error = quoth_syntax_build(&article->syntax, &article->doc, articles->resources.lexicon, &words);
	}
	return error;
}

void quoth_articles_close(struct quoth_articles *articles)
{
	quoth_resources_close(&articles->resources);
	free(articles->articles);
	quoth_arena_free(articles->arena);
	*articles = (struct quoth_articles){0};
}
