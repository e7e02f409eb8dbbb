/* quoth-train: learns every model from annotated text and writes one file. */
#define _POSIX_C_SOURCE 200809L

#include "pipeline/train.h"
#include "pipeline/train_measure.h"

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2 };

static const char usage[] =
	"Usage: quoth-train --data=FOLDER... --output=FILE [OPTION]...\n"
	"Learn quoth's models from annotated text and write them into one file.\n"
	"\n"
	"  -d, --data=FOLDER    read annotated text and word lists from FOLDER; may be repeated\n"
	"  -o, --output=FILE    write the model to FILE, whole or not at all\n"
	"  -e, --dev=FOLDER     measure what was learned on FOLDER's annotated text; may be repeated\n"
	"  -b, --base=FILE      start from the tables of an earlier model\n"
	"      --only=PARTS     learn only these parts: words,tag,names,parse,attribute,checkworthy,resolve; the rest is from --base\n"
	"  -w, --weighings=FILE let the part resolve write what it learns to FILE, a list as corpus/lexicon/antecedents.tsv\n"
	"  -s, --seed=N         seed of the random order of examples (default 1)\n"
	"  -p, --progress       say on standard error what goes on\n"
	"  -h, --help           print this and stop\n"
	"\n"
	"The same data and seed give the same bytes. Exit status: 0 all well; 2 bad usage or nothing written.\n";

static const struct {
	const char *name;
	int (*train)(struct quoth_trainer *, struct quoth_report *);
} parts[] = {
	{"words", quoth_train_words}, {"tag", quoth_train_tag}, {"names", quoth_train_names},
	{"parse", quoth_train_parse}, {"attribute", quoth_train_attribute},
	{"checkworthy", quoth_train_checkworthy}, {"resolve", quoth_train_resolve},
};

enum { N_PARTS = sizeof parts / sizeof *parts, RESOLVE = N_PARTS - 1 };

struct options {
	const char *output, *base;
	const char *dev[QUOTH_MAX_FOLDERS];
	size_t n_dev;
	bool is_wanted[N_PARTS];
};

static int fail(const char *where, const char *what)
{
	fprintf(stderr, "quoth-train: %s: %s\n", where, what);
	return EXIT_USAGE;
}

static bool choose_parts(struct options *options, char *list)
{
	memset(options->is_wanted, 0, sizeof options->is_wanted);
	for (char *name = strtok(list, ","); name; name = strtok(NULL, ",")) {
		size_t i = 0;

		while (i < N_PARTS && strcmp(parts[i].name, name) != 0)
			i++;
		if (i == N_PARTS)
			return false;
		options->is_wanted[i] = true;
	}
	return true;
}

static bool add_folder(const char **folders, size_t *n, char *folder)
{
	size_t length = strlen(folder);

	if (*n == QUOTH_MAX_FOLDERS)
		return false;
	while (length > 1 && folder[length - 1] == '/')	/* FOLDER.gold.tsv stands beside FOLDER/ too */
		folder[--length] = '\0';
	folders[(*n)++] = folder;
	return true;
}

/* A part reads what the ones before it made: without a base they must be learned too. */
static bool lacks_a_part(const struct options *options)
{
	bool is_missing = false;

	for (size_t i = 0; i < N_PARTS; i++) {
		if (options->is_wanted[i] && is_missing)
			return true;
		is_missing |= !options->is_wanted[i];
	}
	return false;
}

static int read_options(int argc, char **argv, struct quoth_trainer *trainer, struct options *options)
{
	static const struct option long_options[] = {
		{"data", required_argument, NULL, 'd'}, {"output", required_argument, NULL, 'o'},
		{"dev", required_argument, NULL, 'e'}, {"base", required_argument, NULL, 'b'},
		{"weighings", required_argument, NULL, 'w'}, {"only", required_argument, NULL, 'O'}, {"seed", required_argument, NULL, 's'},
		{"progress", no_argument, NULL, 'p'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0},
	};
	int option;
	char *end;

	memset(options->is_wanted, 1, sizeof options->is_wanted);
	options->is_wanted[RESOLVE] = false;
	while ((option = getopt_long(argc, argv, "d:o:e:b:w:s:ph", long_options, NULL)) != -1) {
		switch (option) {
		case 'd':
			if (!add_folder(trainer->folders, &trainer->n_folders, optarg))
				return fail(optarg, "too many folders");
			break;
		case 'e':
			if (!add_folder(options->dev, &options->n_dev, optarg))
				return fail(optarg, "too many folders");
			break;
		case 'o':
			options->output = optarg;
			break;
		case 'b':
			options->base = optarg;
			break;
		case 'w':
			trainer->weighings_path = optarg;
			break;
		case 'O':
			if (!choose_parts(options, optarg))
				return fail("--only", "names no part; parts are words, tag, names, parse, attribute, checkworthy, resolve");
			break;
		case 's':
			errno = 0;
			trainer->seed = strtoull(optarg, &end, 10);
			if (errno || *end || end == optarg)
				return fail("--seed", "is no number");
			break;
		case 'p':
			trainer->shows_progress = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return -1;
		default:
			return EXIT_USAGE;
		}
	}
	if (optind < argc)
		return fail(argv[optind], "is no option; folders are given with --data");
	if (trainer->n_folders == 0)
		return fail("--data", "is needed; see quoth-train --help");
	if (!options->base && lacks_a_part(options))
		return fail("--only", "needs --base for the parts before");
	options->is_wanted[RESOLVE] |= trainer->weighings_path != NULL;
	if (options->is_wanted[RESOLVE] && !trainer->weighings_path)
		return fail("--weighings", "is needed by the part resolve");
	if (!options->output && !trainer->weighings_path && options->n_dev == 0)
		return fail("--output", "is needed; see quoth-train --help");
	return 0;
}

/* A folder may lack any kind of data, but not be missing: a slip of the pen must not go unseen. */
static int check_folders(const char *const *folders, size_t n, struct quoth_report *report)
{
	for (size_t i = 0; i < n; i++) {
		DIR *folder = opendir(folders[i]);

		if (!folder)
			return quoth_report_set(report, QUOTH_IO, folders[i], "%s", strerror(errno));
		closedir(folder);
	}
	return 0;
}

static int take_base(struct quoth_trainer *trainer, const char *path, struct quoth_report *report)
{
	int error = quoth_model_open(&trainer->base, path, report);
	const struct quoth_table *table;

	if (error)
		return error;
	for (size_t i = 0; (table = quoth_model_table(trainer->base, i)) && i < QUOTH_MAX_MODEL_TABLES; i++)
		trainer->tables[trainer->n_tables++] = *table;
	return 0;
}

static int train(struct quoth_trainer *trainer, const struct options *options, struct quoth_report *report)
{
	int error = quoth_corpus_open(&trainer->train);
	double start = quoth_trainer_clock();

	if (!error)
		error = quoth_corpus_open(&trainer->dev);
	if (!error)
		error = check_folders(trainer->folders, trainer->n_folders, report);
	if (!error)
		error = check_folders(options->dev, options->n_dev, report);
	if (!error && options->base)
		error = take_base(trainer, options->base, report);
	for (size_t i = 0; i < trainer->n_folders && !error; i++)
		error = quoth_corpus_read(&trainer->train, trainer->folders[i], false, report);
	for (size_t i = 0; i < options->n_dev && !error; i++)
		error = quoth_corpus_read(&trainer->dev, options->dev[i], true, report);
	if (error)
		return error;
	quoth_trainer_say(trainer, "read %u documents to learn from, %u to measure on, %.1f s", trainer->train.n_docs,
			  trainer->dev.n_docs, quoth_trainer_clock() - start);
	for (size_t i = 0; i < N_PARTS && !error; i++)
		if (options->is_wanted[i])
			error = parts[i].train(trainer, report);
	if (!error && options->output)
		error = quoth_model_write(options->output, trainer->tables, trainer->n_tables, report);
	if (!error && options->n_dev)
		error = quoth_trainer_measure(trainer, report);
	quoth_trainer_say(trainer, "%.1f s in all", quoth_trainer_clock() - start);
	return error;
}

static void free_trainer(struct quoth_trainer *trainer)
{
	for (size_t i = 0; i < trainer->n_tables; i++)
		if (trainer->is_owned[i])
			free((void *)trainer->tables[i].bytes);
	quoth_model_close(trainer->base);
	quoth_corpus_close(&trainer->train);
	quoth_corpus_close(&trainer->dev);
}

int main(int argc, char **argv)
{
	static struct quoth_trainer trainer = {.seed = 1};
	struct options options = {0};
	struct quoth_report report = {0};
	int status = read_options(argc, argv, &trainer, &options), error;

	if (status != 0)
		return status < 0 ? EXIT_SUCCESS : status;
	error = train(&trainer, &options, &report);
	free_trainer(&trainer);
	if (error)
		return fail(report.where[0] ? report.where : "training", report.what[0] ? report.what : quoth_error_words(error));
	return EXIT_SUCCESS;
}
