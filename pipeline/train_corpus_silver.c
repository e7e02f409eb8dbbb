#define _POSIX_C_SOURCE 200809L

#include "pipeline/train_corpus.h"

#include "stages/tag_labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { MAX_SENTENCE = 2048 };

struct silver_reader {
	struct quoth_corpus_builder builder;
	struct quoth_corpus_token tokens[MAX_SENTENCE];
	uint8_t tags[MAX_SENTENCE];
	bool is_modifier[MAX_SENTENCE];	/* "nmod" without a subtype, whose UD 2 name hangs on its head */
	uint32_t n;
	char sentence[16];
	char *text;			/* the article */
	size_t text_size;
	const char *folder;
};

static const struct {
	const char *name;
	uint8_t value;
} name_classes[] = {
	{"PERSON", QUOTH_NAME_PERSON}, {"ORGANIZATION", QUOTH_NAME_ORGANIZATION}, {"LOCATION", QUOTH_NAME_PLACE},
	{"MISC", QUOTH_NAME_OTHER},
};

static uint8_t find_name_class(const char *name)
{
	for (size_t i = 0; i < sizeof name_classes / sizeof *name_classes; i++)
		if (strcmp(name_classes[i].name, name) == 0)
			return name_classes[i].value;
	return QUOTH_NOT_A_NAME;
}

/* ---- from UD 1 to UD 2 ---- */

static bool is_word(const struct quoth_corpus_token *token, const char *word)
{
	return token->length == strlen(word) && strncasecmp(token->form, word, token->length) == 0;
}

/* Pronouns that the Penn Treebank tags as nouns. */
static const char *const noun_pronouns[] = {
	"someone", "somebody", "something", "anyone", "anybody", "anything", "everyone", "everybody", "everything", "none",
	"nobody", "nothing",
};

static bool is_pronoun(const struct quoth_corpus_token *token)
{
	for (size_t i = 0; i < sizeof noun_pronouns / sizeof *noun_pronouns; i++)
		if (is_word(token, noun_pronouns[i]))
			return true;
	return false;
}

static bool is_auxiliary(uint8_t relation)
{
	return relation == QUOTH_REL_AUX || relation == QUOTH_REL_AUX_PASS || relation == QUOTH_REL_COP;
}

static uint8_t find_upos(const struct quoth_corpus_token *token, uint8_t tag)
{
	uint8_t relation = token->relation;

	switch (tag) {
	case QUOTH_TAG_CC: return QUOTH_UPOS_CCONJ;
	case QUOTH_TAG_CD: case QUOTH_TAG_LS: return QUOTH_UPOS_NUM;
	case QUOTH_TAG_DT: return relation == QUOTH_REL_DET || relation == QUOTH_REL_ADVMOD ? QUOTH_UPOS_DET : QUOTH_UPOS_PRON;
	case QUOTH_TAG_PDT: return QUOTH_UPOS_DET;
	case QUOTH_TAG_IN: return relation == QUOTH_REL_MARK ? QUOTH_UPOS_SCONJ : QUOTH_UPOS_ADP;
	case QUOTH_TAG_JJ: case QUOTH_TAG_JJR: case QUOTH_TAG_JJS: return QUOTH_UPOS_ADJ;
	case QUOTH_TAG_MD: return QUOTH_UPOS_AUX;
	case QUOTH_TAG_NN: return is_pronoun(token) ? QUOTH_UPOS_PRON : is_word(token, "%") ? QUOTH_UPOS_SYM : QUOTH_UPOS_NOUN;
	case QUOTH_TAG_NNS: return QUOTH_UPOS_NOUN;
	case QUOTH_TAG_NNP: case QUOTH_TAG_NNPS: return QUOTH_UPOS_PROPN;
	case QUOTH_TAG_POS: case QUOTH_TAG_TO: return QUOTH_UPOS_PART;
	case QUOTH_TAG_PRP: case QUOTH_TAG_PRPS: case QUOTH_TAG_EX: case QUOTH_TAG_WP: case QUOTH_TAG_WPS:
		return QUOTH_UPOS_PRON;
	case QUOTH_TAG_RB: return is_word(token, "not") || is_word(token, "n't") || is_word(token, "n\u2019t") ?
			QUOTH_UPOS_PART : QUOTH_UPOS_ADV;
	case QUOTH_TAG_RBR: case QUOTH_TAG_RBS: case QUOTH_TAG_WRB: return QUOTH_UPOS_ADV;
	case QUOTH_TAG_RP: return QUOTH_UPOS_ADP;
	case QUOTH_TAG_SYM: return QUOTH_UPOS_SYM;
	case QUOTH_TAG_UH: return QUOTH_UPOS_INTJ;
	case QUOTH_TAG_VB: case QUOTH_TAG_VBD: case QUOTH_TAG_VBG: case QUOTH_TAG_VBN: case QUOTH_TAG_VBP: case QUOTH_TAG_VBZ:
		return is_auxiliary(relation) ? QUOTH_UPOS_AUX : QUOTH_UPOS_VERB;
	case QUOTH_TAG_WDT: return relation == QUOTH_REL_DET ? QUOTH_UPOS_DET : QUOTH_UPOS_PRON;
	case QUOTH_TAG_PUNCT: return QUOTH_UPOS_PUNCT;
	default: return QUOTH_UPOS_X;
	}
}

/* UD 2 has "to" before a noun as any other preposition. */
static uint8_t find_label(const struct quoth_corpus_token *token, uint8_t tag)
{
	if (tag == QUOTH_TAG_TO && token->relation != QUOTH_REL_MARK && token->relation != QUOTH_REL_XCOMP)
		tag = QUOTH_TAG_IN;
	return quoth_tag_label_of(tag, find_upos(token, tag));
}

static bool is_nominal(uint8_t tag)
{
	switch (tag) {
	case QUOTH_TAG_NN: case QUOTH_TAG_NNS: case QUOTH_TAG_NNP: case QUOTH_TAG_NNPS: case QUOTH_TAG_PRP: case QUOTH_TAG_CD:
	case QUOTH_TAG_DT: case QUOTH_TAG_WP: case QUOTH_TAG_EX: case QUOTH_TAG_WDT: case QUOTH_TAG_PRPS: case QUOTH_TAG_SYM:
		return true;
	default:
		return false;
	}
}

/* nmod is kept for modifiers of nominals, obl is for those of predicates. */
static void split_modifiers(struct silver_reader *reader)
{
	for (uint32_t i = 0; i < reader->n; i++) {
		uint32_t head = reader->tokens[i].head;

		if (reader->is_modifier[i] && head != 0 && !is_nominal(reader->tags[head - 1]))
			reader->tokens[i].relation = QUOTH_REL_OBL;
	}
}

/* UD 1 hangs conjunctions and commas on the first conjunct, UD 2 on the one that follows them. */
static void move_coordinators(struct silver_reader *reader)
{
	uint32_t next[MAX_SENTENCE + 1] = {0};	/* the nearest conjunct to the right, by head */

	for (uint32_t i = reader->n; i-- > 0;) {
		struct quoth_corpus_token *token = reader->tokens + i;
		uint32_t conjunct = next[token->head];

		if (token->relation == QUOTH_REL_CONJ)
			next[token->head] = i + 1;
		else if (token->head && token->head < i + 1 && conjunct &&
			 (token->relation == QUOTH_REL_CC || (token->relation == QUOTH_REL_PUNCT && is_word(token, ","))))
			token->head = conjunct;
	}
}

/* A person's name [begin, end) has its head last in UD 1 as CoreNLP writes it, first and flat in UD 2. */
static void flatten_name(struct silver_reader *reader, uint32_t begin, uint32_t end)
{
	struct quoth_corpus_token *tokens = reader->tokens;
	uint32_t old = end;	/* numbers from 1: the last token of the name */

	for (uint32_t i = begin; i + 1 < end; i++)
		if (tokens[i].relation != QUOTH_REL_COMPOUND || tokens[i].head != old)
			return;
	for (uint32_t i = 0; i < reader->n; i++)
		if (tokens[i].head == old && !(i >= begin && i < end))
			tokens[i].head = begin + 1;
	tokens[begin].head = tokens[end - 1].head;
	tokens[begin].relation = tokens[end - 1].relation;
	reader->is_modifier[begin] = reader->is_modifier[end - 1];
	for (uint32_t i = begin + 1; i < end; i++) {
		tokens[i].head = begin + 1;
		tokens[i].relation = QUOTH_REL_FLAT;
		reader->is_modifier[i] = false;
	}
}

static void flatten_names(struct silver_reader *reader)
{
	for (uint32_t i = 0; i < reader->n;) {
		uint32_t end = i;

		while (end < reader->n && reader->tokens[end].name == QUOTH_NAME_PERSON && reader->tags[end] == QUOTH_TAG_NNP)
			end++;
		if (end - i > 1)
			flatten_name(reader, i, end);
		i = end + (end == i);
	}
}

static int end_sentence(struct silver_reader *reader)
{
	int error;

	for (uint32_t i = 0; i < reader->n; i++)
		if (reader->tokens[i].head > reader->n)
			return QUOTH_BAD_INPUT;
	flatten_names(reader);
	move_coordinators(reader);
	split_modifiers(reader);
	for (uint32_t i = 0; i < reader->n; i++)
		reader->tokens[i].label = find_label(reader->tokens + i, reader->tags[i]);
	error = quoth_corpus_add_sentence(&reader->builder, reader->tokens, reader->n);
	reader->n = 0;
	reader->sentence[0] = '\0';
	return error;
}

/* ---- reading ---- */

static int read_text(struct silver_reader *reader, const char *id, struct quoth_report *report)
{
	char path[1024];
	FILE *file;
	long size;

	snprintf(path, sizeof path, "%s/text/%s.txt", reader->folder, id);
	file = fopen(path, "rb");
	if (!file)
		return quoth_report_set(report, QUOTH_IO, path, "cannot be opened");
	free(reader->text);
	reader->text = NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
		reader->text_size = (size_t)size;
		reader->text = malloc(reader->text_size + 1);
		if (reader->text && fread(reader->text, 1, reader->text_size, file) != reader->text_size) {
			free(reader->text);
			reader->text = NULL;
		}
	}
	fclose(file);
	return reader->text ? 0 : quoth_report_set(report, QUOTH_IO, path, "cannot be read");
}

static int add_word(struct silver_reader *reader, char **fields)
{
	size_t begin = strtoul(fields[1], NULL, 10), end = strtoul(fields[2], NULL, 10);
	uint8_t tag = quoth_corpus_tag(fields[4]), relation = quoth_corpus_relation(fields[7]);

	if (!reader->text || begin >= end || end > reader->text_size || reader->n == MAX_SENTENCE)
		return QUOTH_BAD_INPUT;
	if (strcmp(fields[7], "neg") == 0 && tag == QUOTH_TAG_DT)
		relation = QUOTH_REL_DET;
	reader->is_modifier[reader->n] = relation == QUOTH_REL_NMOD;
	reader->tags[reader->n] = tag;
	reader->tokens[reader->n++] = (struct quoth_corpus_token){
		.form = reader->text + begin,
		.length = end - begin,
		.head = (uint32_t)strtoul(fields[6], NULL, 10),
		.name = find_name_class(fields[5]),
		.relation = relation,
	};
	return 0;
}

static int read_line(struct silver_reader *reader, struct quoth_corpus *corpus, char *line, struct quoth_report *report)
{
	char *fields[9];
	int error = 0;

	if (strncmp(line, "# doc = ", 8) == 0) {
		error = end_sentence(reader);
		if (!error)
			error = quoth_corpus_end(&reader->builder);
		if (!error)
			error = read_text(reader, line + 8, report);
		quoth_corpus_begin(&reader->builder, corpus, line + 8, QUOTH_FROM_SILVER);
		return error;
	}
	if (line[0] == '#' || line[0] == '\0')
		return 0;
	if (quoth_cut_fields(line, '\t', fields, 9) < 9 || strlen(fields[0]) >= sizeof reader->sentence)
		return QUOTH_BAD_INPUT;
	if (strcmp(fields[0], reader->sentence) != 0) {
		error = end_sentence(reader);
		strcpy(reader->sentence, fields[0]);
	}
	return error ? error : add_word(reader, fields);
}

int quoth_corpus_read_silver(struct quoth_corpus *corpus, const char *folder, struct quoth_report *report)
{
	const char *name = "silver.conll.gz";
	struct silver_reader *reader;
	struct quoth_corpus_lines *lines;
	char path[512], *line;
	int error, closed;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (access(path, R_OK) != 0)
		return 0;
	reader = calloc(1, sizeof *reader);
	if (!reader)
		return QUOTH_NO_MEMORY;
	reader->folder = folder;
	error = quoth_corpus_lines_open(&lines, folder, name, report);
	if (!error) {
		quoth_corpus_begin(&reader->builder, corpus, "", QUOTH_FROM_SILVER);
		while (!error && (line = quoth_corpus_lines_next(lines)))
			error = read_line(reader, corpus, line, report);
		if (!error)
			error = end_sentence(reader);
		if (!error)
			error = quoth_corpus_end(&reader->builder);
		if (error == QUOTH_BAD_INPUT)
			quoth_corpus_lines_error(lines, report, "does not fit its article or its sentence");
		closed = quoth_corpus_lines_close(lines, report);
		error = error ? error : closed;
	}
	free(reader->text);
	free(reader);
	return error;
}
