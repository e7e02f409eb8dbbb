#include "config.h"

#include "pipeline/extract_options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DEFAULT_LANGUAGES "en,en-gb,en-ca,en-us"
enum { DEFAULT_VALUE_BYTES = 256 << 20, DEFAULT_LINE_BYTES = 64 << 20 };

/* Gigabytes. A line's JSON takes a multiple, and its parser wants the length as an int. */
enum { MOST_LINE = 1, MOST_VALUES = 4 };

const char quoth_extract_help[] =
	"  -l, --languages=LIST     take names of these languages, the best first; all: of the others too (default: "
	DEFAULT_LANGUAGES ")\n"
	"  -k, --kinds=LIST         only these kinds: person,organization (default: both)\n"
	"  -s, --min-sitelinks=N    only items with at least N pages in Wikimedia's projects (default: 0)\n"
	"  -c, --classes=FILE       take the list of classes from FILE (default: the one built in)\n"
	"  -m, --memory=SIZE        take at most SIZE for the words of offices, occupations and countries (default: 256M)\n"
	"  -L, --max-line=SIZE      pass over longer lines; K, M, G for KiB, MiB, GiB (default: 64M)\n"
	"  -T, --temporary=FOLDER   put temporary files there (default: beside the output)\n"
	"  -p, --progress           show progress\n";

/* Wikidata's code for names that are the same in most languages: what has one often lacks the others. */
static const char for_all_languages[] = "mul";

static const struct option long_options[] = {
	{"output", required_argument, NULL, 'o'}, {"languages", required_argument, NULL, 'l'},
	{"kinds", required_argument, NULL, 'k'}, {"min-sitelinks", required_argument, NULL, 's'},
	{"classes", required_argument, NULL, 'c'}, {"memory", required_argument, NULL, 'm'},
	{"max-line", required_argument, NULL, 'L'}, {"temporary", required_argument, NULL, 'T'},
	{"progress", no_argument, NULL, 'p'}, {0},
};

static int refuse(struct quoth_report *report, const char *option, const char *what, const char *value)
{
	return quoth_report_set(report, QUOTH_BAD_USAGE, option, "%s: \"%.80s\"", what, value);
}

static int refuse_memory(struct quoth_report *report)
{
	return quoth_report_set(report, QUOTH_NO_MEMORY, "", "out of memory");
}

/* A whole number of decimal digits up to most, at the head of text; NULL if there is none, else behind it. */
static const char *read_number(uint64_t *number, const char *text, uint64_t most)
{
	char *end;

	if (*text < '0' || *text > '9')
		return NULL;
	errno = 0;
	*number = strtoull(text, &end, 10);
	return errno || *number > most ? NULL : end;
}

/* From 1 byte to so many gigabytes. */
static int read_size(size_t *size, unsigned most, const char *option, const char *value, struct quoth_report *report)
{
	static const char *const refusals[] = {[MOST_LINE] = "not a size from 1 to 1G", [MOST_VALUES] = "not a size from 1 to 4G"};
	static const char units[] = "KMG";
	uint64_t number = 0, factor = 1;
	const char *end = read_number(&number, value, UINT32_MAX), *unit = end && *end ? strchr(units, *end & ~0x20) : NULL;

	if (unit) {
		factor <<= 10 * (unit - units + 1);
		end++;
	}
	if (!end || *end || !number || number * factor > (uint64_t)most << 30)
		return refuse(report, option, refusals[most], value);
	*size = (size_t)(number * factor);
	return 0;
}

static int read_sitelinks(uint32_t *n, const char *value, struct quoth_report *report)
{
	uint64_t number;
	const char *end = read_number(&number, value, UINT32_MAX);

	if (!end || *end)
		return refuse(report, "--min-sitelinks", "not a whole number", value);
	*n = (uint32_t)number;
	return 0;
}

static int read_languages(struct quoth_extract_options *options, const char *value, struct quoth_report *report)
{
	struct quoth_wikidata_languages *languages = &options->extraction.languages;
	char *rest;

	free(options->languages);
	options->languages = strdup(value);
	*languages = (struct quoth_wikidata_languages){.codes = options->codes};
	if (!options->languages)
		return refuse_memory(report);
	for (char *code = strtok_r(options->languages, ",", &rest); code; code = strtok_r(NULL, ",", &rest)) {
		if (languages->n + 1 == QUOTH_MAX_LANGUAGES)
			return refuse(report, "--languages", "too many languages", value);
		if (strcmp(code, "all"))
			options->codes[languages->n++] = code;
		else
			languages->takes_all = true;
	}
	if (!languages->n && !languages->takes_all)
		return refuse(report, "--languages", "names no language", value);
	options->codes[languages->n++] = for_all_languages;
	return 0;
}

static int read_kinds(bool *takes_kind, const char *value, struct quoth_report *report)
{
	size_t size;

	takes_kind[QUOTH_WIKIDATA_PERSON] = takes_kind[QUOTH_WIKIDATA_ORGANIZATION] = false;
	for (;; value += size + 1) {
		enum quoth_wikidata_kind kind;

		size = strcspn(value, ",");
		kind = quoth_wikidata_kind_of(value, size);
		if (kind != QUOTH_WIKIDATA_PERSON && kind != QUOTH_WIKIDATA_ORGANIZATION)
			return refuse(report, "--kinds", "no such kind (person, organization)", value);
		takes_kind[kind] = true;
		if (!value[size])
			return 0;
	}
}

/* word: the option as it was written. */
static int take_option(struct quoth_extract_options *options, int option, const char *word, struct quoth_report *report)
{
	struct quoth_extraction *extraction = &options->extraction;

	switch (option) {
	case 'o': options->output = optarg; return 0;
	case 'c': options->classes = optarg; return 0;
	case 'p': options->shows_progress = true; return 0;
	case 'l': return read_languages(options, optarg, report);
	case 'k': return read_kinds(extraction->takes_kind, optarg, report);
	case 's': return read_sitelinks(&extraction->min_sitelinks, optarg, report);
	case 'm': return read_size(&extraction->max_value_bytes, MOST_VALUES, "--memory", optarg, report);
	case 'L': return read_size(&extraction->max_line_bytes, MOST_LINE, "--max-line", optarg, report);
	case 'T':
		free(options->temporary_folder);
		options->temporary_folder = strdup(optarg);
		return options->temporary_folder ? 0 : refuse_memory(report);
	default:
		return quoth_report_set(report, QUOTH_BAD_USAGE, word, "%s; see quoth-gazetteer --help",
					option == ':' ? "needs a value" : "no such option");
	}
}

/* Beside the output, where there is room for a file of that size; else where such files go, which is seldom /tmp: that
 * may lie in memory. */
static char *choose_folder(const char *output)
{
	const char *slash = output ? strrchr(output, '/') : NULL, *folder = getenv("TMPDIR");
	struct stat status;

	if (output && strcmp(output, "-") && (stat(output, &status) || S_ISREG(status.st_mode)))
		return slash ? strndup(output, (size_t)(slash - output) + (slash == output)) : strdup(".");
	return strdup(folder && *folder ? folder : "/var/tmp");
}

int quoth_extract_options_read(struct quoth_extract_options *options, int argc, char **argv, struct quoth_report *report)
{
	int option, error;

	*options = (struct quoth_extract_options){
		.extraction = {.max_value_bytes = DEFAULT_VALUE_BYTES, .max_line_bytes = DEFAULT_LINE_BYTES},
	};
	options->extraction.takes_kind[QUOTH_WIKIDATA_PERSON] = true;
	options->extraction.takes_kind[QUOTH_WIKIDATA_ORGANIZATION] = true;
	error = read_languages(options, DEFAULT_LANGUAGES, report);
	optind = 0;
	opterr = 0;
	while (!error && (option = getopt_long(argc, argv, ":o:l:k:s:c:m:L:T:p", long_options, NULL)) != -1)
		error = take_option(options, option, argv[optind - 1], report);
	if (error)
		return error;
	if (optind + 1 != argc)
		return quoth_report_set(report, QUOTH_BAD_USAGE, "extract", "%s; see quoth-gazetteer --help",
					optind == argc ? "the dump is missing (- is standard input)" : "more than one dump");
	options->dump = argv[optind];
	if (!options->temporary_folder)
		options->temporary_folder = choose_folder(options->output);
	options->extraction.temporary_folder = options->temporary_folder;
	return options->temporary_folder ? 0 : refuse_memory(report);
}

void quoth_extract_options_free(struct quoth_extract_options *options)
{
	free(options->languages);
	free(options->temporary_folder);
	options->languages = options->temporary_folder = NULL;
}
