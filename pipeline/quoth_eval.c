/* quoth-eval: the program. Scores a table of attributions against gold. */
#include "config.h"
#include "pipeline/evaluation.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS_OK = 0, STATUS_FAILED = 2 };
enum { DEFAULT_CUES = 20, MOST_SAMPLES = 100000, MOST_EXAMPLES = 1000000 };

struct options {
	struct quoth_evaluation_inputs inputs;
	uint32_t errors, cues, samples;
	uint64_t seed;
	bool is_json;
};

static const char help[] =
	"Usage: quoth-eval [OPTION]... --text=DIR --gold=FILE FILE\n"
	"Scores the attributions in FILE (TSV as quoth writes it; - is standard input)\n"
	"against those of a gold table, by spans of the articles DIR/DOC.txt.\n"
	"\n"
	"  -T, --text=DIR       the articles\n"
	"  -g, --gold=FILE      the gold table\n"
	"  -d, --docs=FILE      score the documents that FILE names alone, one a line\n"
	"  -J, --json           print the measures as JSON\n"
	"  -t, --table[=N]      also print errors by kind and by the N worst cues (20)\n"
	"  -e, --errors=N       also print N missed, N spurious and N wrong-source rows\n"
	"  -b, --bootstrap=N    also print 95 % intervals from N samples of the articles\n"
	"  -s, --seed=N         seed of the resampling (1)\n"
	"  -h, --help           print this help\n"
	"  -V, --version        print the version\n"
	"\n"
	"Exit status: 0 scored; 2 bad usage, or a table that cannot be read.\n";

static int complain(const char *where, const char *what)
{
	fprintf(stderr, "quoth-eval: %s: %s\n", where, what);
	return STATUS_FAILED;
}

static int complain_of_usage(const char *what)
{
	fprintf(stderr, "quoth-eval: %s\nTry 'quoth-eval --help'.\n", what);
	return STATUS_FAILED;
}

/* A number of decimal digits up to most. */
static bool read_number(uint64_t *number, const char *text, uint64_t most)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return !*end && !errno && *number <= most;
}

static bool read_count(uint32_t *count, const char *option, const char *text, uint32_t most)
{
	uint64_t number;

	if (!read_number(&number, text, most)) {
		fprintf(stderr, "quoth-eval: --%s: '%s' is no number from 0 to %lu\n", option, text, (unsigned long)most);
		return false;
	}
	*count = (uint32_t)number;
	return true;
}

/* Takes one option; false where its value is bad, which has then been said. */
static bool take_option(struct options *options, int option)
{
	switch (option) {
	case 'T': options->inputs.text_folder = optarg; return true;
	case 'g': options->inputs.gold = optarg; return true;
	case 'd': options->inputs.docs = optarg; return true;
	case 'J': options->is_json = true; return true;
	case 'e': return read_count(&options->errors, "errors", optarg, MOST_EXAMPLES);
	case 'b': return read_count(&options->samples, "bootstrap", optarg, MOST_SAMPLES);
	case 't':
		options->cues = DEFAULT_CUES;
		return !optarg || read_count(&options->cues, "table", optarg, MOST_EXAMPLES);
	case 's':
		if (read_number(&options->seed, optarg, UINT64_MAX))
			return true;
		fprintf(stderr, "quoth-eval: --seed: '%s' is no number\n", optarg);
		return false;
	default:
		fputs("Try 'quoth-eval --help'.\n", stderr);
		return false;
	}
}

static int print_evaluation(const struct quoth_evaluation *evaluation, const struct options *options)
{
	struct quoth_interval intervals[QUOTH_MOST_MEASURES];
	bool has_intervals = options->samples && evaluation->n_docs;
	int error = 0;

	if (evaluation->n_left_out)
		fprintf(stderr, "quoth-eval: %s: no text for %lu rows, which are left out\n", options->inputs.text_folder,
			(unsigned long)evaluation->n_left_out);
	if (has_intervals)
		error = quoth_evaluation_resample(evaluation, options->samples, options->seed, intervals);
	if (!error && options->is_json)
		quoth_evaluation_print_json(evaluation, has_intervals ? intervals : NULL, stdout);
	else if (!error)
		quoth_evaluation_print(evaluation, has_intervals ? intervals : NULL, stdout);
	if (!error && options->cues)
		error = quoth_evaluation_print_table(evaluation, options->cues, stdout);
	if (error)
		return complain("evaluation", quoth_error_words(error));
	quoth_evaluation_print_errors(evaluation, options->errors, stdout);
	return fflush(stdout) || ferror(stdout) ? complain("standard output", strerror(errno)) : STATUS_OK;
}

static int run(const struct options *options)
{
	struct quoth_evaluation evaluation;
	struct quoth_report report;
	int status;

	if (quoth_evaluation_open(&evaluation, &options->inputs, &report))
		status = complain(report.where, report.what);
	else
		status = print_evaluation(&evaluation, options);
	quoth_evaluation_close(&evaluation);
	return status;
}

int main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{"text", required_argument, NULL, 'T'}, {"gold", required_argument, NULL, 'g'},
		{"docs", required_argument, NULL, 'd'}, {"json", no_argument, NULL, 'J'},
		{"table", optional_argument, NULL, 't'}, {"errors", required_argument, NULL, 'e'},
		{"bootstrap", required_argument, NULL, 'b'}, {"seed", required_argument, NULL, 's'},
		{"help", no_argument, NULL, 'h'}, {"version", no_argument, NULL, 'V'}, {0},
	};
	struct options options = {.seed = 1};

	for (int option; (option = getopt_long(argc, argv, "T:g:d:Jt::e:b:s:hV", long_options, NULL)) != -1;) {
		if (option == 'h')
			return fputs(help, stdout) < 0 || fflush(stdout) ? STATUS_FAILED : STATUS_OK;
		if (option == 'V')
			return puts("quoth-eval " PACKAGE_VERSION) < 0 || fflush(stdout) ? STATUS_FAILED : STATUS_OK;
		if (!take_option(&options, option))
			return STATUS_FAILED;
	}
	if (!options.inputs.text_folder)
		return complain_of_usage("--text=DIR is missing");
	if (!options.inputs.gold)
		return complain_of_usage("--gold=FILE is missing");
	if (optind + 1 != argc)
		return complain_of_usage(optind == argc ? "the table to be scored is missing" : "more than one table to be scored");
	options.inputs.predicted = argv[optind];
	return run(&options);
}
