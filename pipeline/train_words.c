/* The words table: what the word lists and the training text say of each form, in 32 bits.
 *
 * Lists are found by name in the folders of data: word-clusters.tsv.gz, word-tags.tsv.gz (word, tags by frequency),
 * common-forenames-by-country.csv, common-surnames-by-country.csv, country-codes.csv.
 */
#define _POSIX_C_SOURCE 200809L

#include "pipeline/train.h"
#include "stages/form.h"
#include "stages/tag_features.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	TABLE_BITS = 21,		/* of the table while it is built */
	MAX_TAG_SETS = 1 << QUOTH_WORD_TAG_SET_BITS,
	MAX_CLUSTERS = 1 << QUOTH_WORD_CLUSTER_BITS,
	COMMON_COUNT = 3,		/* a word seen this often in training is a feature of its own */
	FIXED_COUNT = 40,		/* a word seen this often with one label only, but for one in FIXED_PURITY, keeps it */
	FIXED_PURITY = 400,
	PATH_BYTES = 32,
};

struct word {
	uint32_t form, value;
	uint32_t count, n_names;	/* in training: how often, and how often a proper noun */
	uint32_t labels;		/* first of its labels, plus 1; 0 none */
	bool is_wanted;			/* the lists say something that an unknown word's defaults do not */
};

/* Counts of a word's labels, as a list. */
struct label_count {
	uint32_t next, count;
	uint8_t label;
};

struct words_builder {
	struct word *slots;		/* open addressing; form and value 0: free */
	uint32_t n_words;
	struct label_count *labels;
	uint32_t n_labels, labels_capacity;
	char (*sets)[64];		/* tag sets by number, 0 unused */
	uint32_t n_sets;
	char (*paths)[PATH_BYTES];	/* clusters by number, 0 unused */
	uint32_t n_clusters;
};

static struct word *find_word(struct words_builder *builder, uint32_t form)
{
	uint32_t mask = (1u << TABLE_BITS) - 1;

	for (uint32_t i = form * 0x9E3779B1u >> (32 - TABLE_BITS);; i = (i + 1) & mask) {
		struct word *word = builder->slots + i;

		if (word->value && word->form == form)
			return word;
		if (!word->value) {
			if (builder->n_words > mask / 2)
				return NULL;
			builder->n_words++;
			word->form = form;
			word->value = QUOTH_WORD_IS_LISTED;
			return word;
		}
	}
}

static struct word *find_text(struct words_builder *builder, const char *text)
{
	struct quoth_form form;

	quoth_form_describe(text, strlen(text), &form);
	return find_word(builder, form.hash);
}

/* Runs through the lines of a list in whichever folder has it. */
static int read_list(struct quoth_trainer *trainer, struct words_builder *builder, const char *name,
		     int (*read_line)(struct words_builder *, char *), struct quoth_report *report)
{
	char path[1024], *line;

	for (size_t i = 0; i < trainer->n_folders; i++) {
		struct quoth_corpus_lines *lines;
		int error, closed;

		snprintf(path, sizeof path, "%s/%s", trainer->folders[i], name);
		if (access(path, R_OK) != 0)
			continue;
		error = quoth_corpus_lines_open(&lines, trainer->folders[i], name, report);
		if (error)
			return error;
		quoth_corpus_lines_next(lines);	/* the header */
		while (!error && (line = quoth_corpus_lines_next(lines)))
			error = read_line(builder, line);
		if (error == QUOTH_BAD_INPUT)
			quoth_corpus_lines_error(lines, report, "is no line of this list");
		closed = quoth_corpus_lines_close(lines, report);
		return error ? error : closed;
	}
	quoth_trainer_say(trainer, "words: no %s", name);
	return 0;
}

/* Clusters are numbered in the order in which their paths come. */
static int read_cluster(struct words_builder *builder, char *line)
{
	char *fields[2];
	struct word *word;
	uint32_t i = 1;

	if (quoth_cut_fields(line, '\t', fields, 2) < 2 || strlen(fields[1]) >= PATH_BYTES)
		return QUOTH_BAD_INPUT;
	while (i <= builder->n_clusters && strcmp(builder->paths[i], fields[1]) != 0)
		i++;
	if (i == MAX_CLUSTERS)
		return 0;
	if (i > builder->n_clusters)
		strcpy(builder->paths[builder->n_clusters = i], fields[1]);
	word = find_text(builder, fields[0]);
	if (!word)
		return QUOTH_TOO_LARGE;
	if (!(word->value & (MAX_CLUSTERS - 1)))
		word->value |= i;
	word->is_wanted = true;
	return 0;
}

/* The number of a set; a new one while there is room, else that of its first tag. */
static uint32_t number_set(struct words_builder *builder, char *tags)
{
	char *cut;
	uint32_t i;

	if (strlen(tags) >= sizeof *builder->sets)
		tags[sizeof *builder->sets - 1] = '\0';
	for (i = 1; i <= builder->n_sets; i++)
		if (strcmp(builder->sets[i], tags) == 0)
			return i;
	if (i < MAX_TAG_SETS) {
		strcpy(builder->sets[builder->n_sets = i], tags);
		return i;
	}
	cut = strchr(tags, ' ');
	if (!cut)
		return 0;
	*cut = '\0';
	return number_set(builder, tags);
}

/* Sets that say no more than an unknown word's form does: words that have only them need no place in the table. */
static const char *const default_sets[] = {"NN", "NNP NN", "NN NNP", "NNP", "NNP NNPS", "NNPS NNP", "FW", "FW NNP", "NNP FW",
					   "NNP NNS", "NNP JJ", "NNS", "FW NN", "NN FW"};

static int read_tags(struct words_builder *builder, char *line)
{
	char *fields[2];
	struct word *word;
	bool is_default = false;

	if (quoth_cut_fields(line, '\t', fields, 2) < 2)
		return QUOTH_BAD_INPUT;
	for (size_t i = 0; i < sizeof default_sets / sizeof *default_sets; i++)
		is_default |= strcmp(fields[1], default_sets[i]) == 0;
	word = find_text(builder, fields[0]);
	if (!word)
		return QUOTH_TOO_LARGE;
	if (!(word->value >> QUOTH_WORD_CLUSTER_BITS & (MAX_TAG_SETS - 1)))
		word->value |= number_set(builder, fields[1]) << QUOTH_WORD_CLUSTER_BITS;
	word->is_wanted |= !is_default;
	return 0;
}

/* ---- names: comma-separated values with quotes ---- */

static size_t cut_csv(char *line, char **fields, size_t limit)
{
	size_t n = 0;
	char *out = line;

	while (n < limit) {
		bool is_quoted = *line == '"';

		line += is_quoted;
		fields[n++] = out;
		while (*line && (is_quoted || *line != ',')) {
			if (is_quoted && *line == '"') {
				if (line[1] != '"') {
					is_quoted = false;
					line++;
					continue;
				}
				line++;
			}
			*out++ = *line++;
		}
		if (!*line) {
			*out = '\0';
			break;
		}
		line++;
		*out++ = '\0';
	}
	return n;
}

static int mark_word(struct words_builder *builder, const char *text, uint32_t bit)
{
	struct word *word;

	if (!*text || strchr(text, ' '))
		return 0;
	word = find_text(builder, text);
	if (!word)
		return QUOTH_TOO_LARGE;
	word->value |= bit;
	word->is_wanted = true;
	return 0;
}

static int read_forename(struct words_builder *builder, char *line)
{
	char *fields[12];

	return cut_csv(line, fields, 12) < 12 ? QUOTH_BAD_INPUT : mark_word(builder, fields[11], QUOTH_WORD_IS_FORENAME);
}

static int read_surname(struct words_builder *builder, char *line)
{
	char *fields[6];

	return cut_csv(line, fields, 6) < 6 ? QUOTH_BAD_INPUT : mark_word(builder, fields[5], QUOTH_WORD_IS_SURNAME);
}

static int read_country(struct words_builder *builder, char *line)
{
	enum { SHORT_NAME = 20, OFFICIAL_NAME = 40, CAPITAL = 48, N_FIELDS = 56 };
	char *fields[N_FIELDS];
	int error;

	if (cut_csv(line, fields, N_FIELDS) < N_FIELDS - 2)
		return QUOTH_BAD_INPUT;
	error = mark_word(builder, fields[SHORT_NAME], QUOTH_WORD_IS_PLACE);
	if (!error)
		error = mark_word(builder, fields[CAPITAL], QUOTH_WORD_IS_PLACE);
	return error ? error : mark_word(builder, fields[OFFICIAL_NAME], QUOTH_WORD_IS_PLACE);
}

/* ---- what training says ---- */

static int count_label(struct words_builder *builder, struct word *word, uint8_t label)
{
	uint32_t i = word->labels;

	while (i && builder->labels[i - 1].label != label)
		i = builder->labels[i - 1].next;
	if (!i) {
		if (builder->n_labels == builder->labels_capacity) {
			uint32_t capacity = builder->labels_capacity * 2 + 1024;
			struct label_count *labels = realloc(builder->labels, capacity * sizeof *labels);

			if (!labels)
				return QUOTH_NO_MEMORY;
			builder->labels = labels;
			builder->labels_capacity = capacity;
		}
		builder->labels[builder->n_labels] = (struct label_count){.next = word->labels, .label = label};
		i = word->labels = ++builder->n_labels;
	}
	builder->labels[i - 1].count++;
	return 0;
}

static int count_words(struct words_builder *builder, const struct quoth_corpus *corpus)
{
	for (uint32_t d = 0; d < corpus->n_docs; d++) {
		const struct quoth_annotated *a = corpus->docs + d;

		for (uint32_t i = 0; i < a->doc.n_tokens; i++) {
			struct word *word = find_word(builder, a->doc.tokens[i].form);

			if (!word)
				return QUOTH_TOO_LARGE;
			word->count++;
			if (a->labels[i] == QUOTH_NO_ANNOTATION) {
				word->n_names += a->names[i] != QUOTH_NOT_A_NAME;
				continue;
			}
			word->n_names += quoth_tag_pairs[a->labels[i]].upos == QUOTH_UPOS_PROPN;
			if (count_label(builder, word, a->labels[i]) != 0)
				return QUOTH_NO_MEMORY;
		}
	}
	return 0;
}

static void settle_word(const struct words_builder *builder, struct word *word)
{
	const struct label_count *best = NULL;
	uint32_t n = 0;

	for (uint32_t i = word->labels; i; i = builder->labels[i - 1].next) {
		const struct label_count *label = builder->labels + i - 1;

		n += label->count;
		if (!best || label->count > best->count)
			best = label;
	}
	if (word->count >= COMMON_COUNT && (word->n_names * 2 < word->count || (word->value & QUOTH_WORD_IS_PLACE)))
		word->value |= QUOTH_WORD_IS_COMMON;
	if (best && n >= FIXED_COUNT && (uint64_t)(n - best->count) * FIXED_PURITY <= n &&
	    quoth_tag_pairs[best->label].upos != QUOTH_UPOS_PROPN)
		word->value |= (uint32_t)(best->label + 1) << QUOTH_WORD_LABEL_SHIFT;
	word->is_wanted |= (word->value & (QUOTH_WORD_IS_COMMON | 63u << QUOTH_WORD_LABEL_SHIFT)) != 0;
}

/* ---- tables ---- */

static uint16_t path_prefix(const char *path, unsigned bits)
{
	uint16_t prefix = 1;

	for (unsigned i = 0; i < bits && path[i]; i++)
		prefix = (uint16_t)(prefix << 1 | (path[i] == '1'));
	return prefix;
}

static int add_clusters(struct quoth_trainer *trainer, const struct words_builder *builder)
{
	struct quoth_word_cluster *clusters = calloc(MAX_CLUSTERS, sizeof *clusters);

	if (!clusters)
		return QUOTH_NO_MEMORY;
	for (uint32_t i = 1; i <= builder->n_clusters; i++)
		clusters[i] = (struct quoth_word_cluster){
			.prefix4 = path_prefix(builder->paths[i], 4),
			.prefix6 = path_prefix(builder->paths[i], 6),
			.prefix10 = path_prefix(builder->paths[i], 10),
		};
	return quoth_trainer_set_table(trainer, &(struct quoth_table){
		.name = "clusters",
		.about = "prefixes of Brown clusters' paths",
		.bytes = clusters,
		.size = MAX_CLUSTERS * sizeof *clusters,
		.kind = QUOTH_TABLE_BYTES,
		.n_rows = MAX_CLUSTERS,
	});
}

static int add_words(struct quoth_trainer *trainer, const struct words_builder *builder)
{
	uint32_t n_wanted = 0, n_slots;
	struct quoth_word_slot *slots;

	for (uint32_t i = 0; i < 1u << TABLE_BITS; i++)
		n_wanted += builder->slots[i].value && builder->slots[i].is_wanted;
	slots = quoth_word_slots_new(n_wanted, &n_slots);
	if (!slots)
		return QUOTH_NO_MEMORY;
	/* Frequent words first, so that they stand where the search for them begins. */
	for (uint32_t least = 1000; ; least /= 10) {
		uint32_t most = least == 1000 ? UINT32_MAX : least ? least * 10 : 1;

		for (uint32_t i = 0; i < 1u << TABLE_BITS; i++) {
			const struct word *word = builder->slots + i;

			if (word->value && word->is_wanted && word->count >= least && word->count < most)
				quoth_word_slots_add(slots, n_slots, word->form, word->value);
		}
		if (least == 0)
			break;
	}
	quoth_trainer_say(trainer, "words: %u of %u kept in %u slots, %u tag sets, %u clusters", n_wanted, builder->n_words,
			  n_slots, builder->n_sets, builder->n_clusters);
	return quoth_trainer_set_table(trainer, &(struct quoth_table){
		.name = "words",
		.about = "clusters, tag sets and names by form",
		.bytes = slots,
		.size = (uint64_t)n_slots * sizeof *slots,
		.kind = QUOTH_TABLE_WORDS,
		.n_rows = n_slots,
	});
}

static int build_words(struct quoth_trainer *trainer, struct words_builder *builder, struct quoth_report *report)
{
	static const struct {
		const char *name;
		int (*read_line)(struct words_builder *, char *);
	} lists[] = {
		{"word-clusters.tsv.gz", read_cluster}, {"word-tags.tsv.gz", read_tags},
		{"common-forenames-by-country.csv", read_forename}, {"common-surnames-by-country.csv", read_surname},
		{"country-codes.csv", read_country},
	};
	int error = 0;

	for (size_t i = 0; i < sizeof lists / sizeof *lists && !error; i++)
		error = read_list(trainer, builder, lists[i].name, lists[i].read_line, report);
	if (!error)
		error = count_words(builder, &trainer->train);
	if (error)
		return error;
	for (uint32_t i = 0; i < 1u << TABLE_BITS; i++)
		if (builder->slots[i].value)
			settle_word(builder, builder->slots + i);
	error = add_clusters(trainer, builder);
	return error ? error : add_words(trainer, builder);
}

int quoth_train_words(struct quoth_trainer *trainer, struct quoth_report *report)
{
	struct words_builder builder = {
		.slots = calloc(1u << TABLE_BITS, sizeof *builder.slots),
		.sets = calloc(MAX_TAG_SETS, sizeof *builder.sets),
		.paths = calloc(MAX_CLUSTERS, sizeof *builder.paths),
	};
	int error = QUOTH_NO_MEMORY;

	if (builder.slots && builder.sets && builder.paths)
		error = build_words(trainer, &builder, report);
	if (error == QUOTH_NO_MEMORY || error == QUOTH_TOO_LARGE)
		quoth_report_set(report, error, "words", "%s", quoth_error_words(error));
	free(builder.slots);
	free(builder.sets);
	free(builder.paths);
	free(builder.labels);
	return error;
}
