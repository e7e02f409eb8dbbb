#include "config.h"

#include "pipeline/options.h"

#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_JOBS = 1024, DEFAULT_DOCUMENT_BYTES = 16 << 20 };

/* One setter an option: the value as given, 0 or QUOTH_BAD_USAGE with what is wrong (where is filled in already). */
typedef int setter(struct quoth_options *options, const char *value, struct quoth_report *report);

static int refuse(struct quoth_report *report, const char *what, const char *value, const char *const *names)
{
	const char *nearest = names ? quoth_nearest_name(value, names) : NULL;

	if (nearest)
		return quoth_report_set(report, QUOTH_BAD_USAGE, report->where, "%s: \"%.40s\"; did you mean \"%s\"?", what, value,
					nearest);
	return quoth_report_set(report, QUOTH_BAD_USAGE, report->where, "%s: \"%.60s\"", what, value);
}

/* ---- setters ---- */

static int set_from(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	const char *names[16] = {"auto"};
	size_t n = 1;

	for (const struct quoth_format *const *format = quoth_formats; *format && n + 1 < 16; format++)
		names[n++] = (*format)->name;
	options->reading.format = quoth_format_find(value);
	if (!options->reading.format && strcmp(value, "auto"))
		return refuse(report, "no such input format", value, names);
	return 0;
}

static int set_to(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	const char *names[16] = {NULL};
	size_t n = 0;

	for (const struct quoth_writer *const *writer = quoth_writers; *writer && n + 1 < 16; writer++)
		names[n++] = (*writer)->name;
	options->writer = quoth_writer_find(value);
	return options->writer ? 0 : refuse(report, "no such output format", value, names);
}

static int set_output(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	options->output = value;
	return *value ? 0 : refuse(report, "no file name", value, NULL);
}

static int set_errors(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	options->errors = value;
	return *value ? 0 : refuse(report, "no file name", value, NULL);
}

static int set_model(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	options->model = value;
	return *value ? 0 : refuse(report, "no file name", value, NULL);
}

static int set_resume(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	options->resume = value;
	return *value ? 0 : refuse(report, "no file name", value, NULL);
}

static int set_shard(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	int length = 0;

	if (*value < '0' || *value > '9' || sscanf(value, "%7u/%7u%n", &options->shard, &options->n_shards, &length) != 2 ||
	    value[length] || !options->shard || options->shard > options->n_shards)
		return refuse(report, "not a number of a shard and how many there are, as in 3/16", value, NULL);
	return 0;
}

static int set_gazetteer(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	options->gazetteer = value;
	return *value ? 0 : refuse(report, "no file name", value, NULL);
}

static int set_jobs(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	char *end;
	unsigned long jobs = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end || !jobs || jobs > MAX_JOBS)
		return refuse(report, "not a number from 1 to 1024", value, NULL);
	options->jobs = (unsigned)jobs;
	return 0;
}

static int set_kinds(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	const char *names[QUOTH_N_KINDS + 1] = {NULL};
	char word[32];
	size_t length;

	for (unsigned kind = 0; kind < QUOTH_N_KINDS; kind++)
		names[kind] = quoth_kind_name(kind);
	options->writing.filter.kinds = 0;
	for (;; value += length + 1) {
		unsigned kind = 0;

		length = strcspn(value, ",");
		snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1), value);
		while (kind < QUOTH_N_KINDS && strcmp(word, names[kind]))
			kind++;
		if (kind == QUOTH_N_KINDS)
			return refuse(report, "no such kind", word, names);
		options->writing.filter.kinds |= 1u << kind;
		if (!value[length])
			return 0;
	}
}

/* A decimal number in the C locale's way, whatever the user's locale is: 0.5, .5, 1. */
static int read_share(unsigned *rounded_up, const char *value, struct quoth_report *report)
{
	const char *at = value;
	unsigned thousandths = 0, unit = 1000;
	bool has_digit = false, is_above = false;

	for (; *at >= '0' && *at <= '9'; at++, has_digit = true)
		thousandths = thousandths > 1 ? 2 : thousandths * 10 + (unsigned)(*at - '0');
	thousandths *= 1000;
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9'; at++, has_digit = true) {
			unit /= 10;
			thousandths += (unsigned)(*at - '0') * unit;
			is_above |= !unit && *at > '0';
		}
	if (!has_digit || *at || thousandths + is_above > 1000)
		return refuse(report, "not a number from 0 to 1", value, NULL);
	*rounded_up = thousandths + is_above;
	return 0;
}

static int set_min_confidence(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	return read_share(&options->writing.filter.min_thousandths, value, report);
}

static int set_min_checkworthy(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	return read_share(&options->writing.filter.min_checkworthy, value, report);
}

static int set_until(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	const char *names[QUOTH_N_STAGES + 1] = {NULL};

	for (unsigned stage = 0; stage < QUOTH_N_STAGES; stage++) {
		names[stage] = quoth_stage_name(stage);
		if (!strcmp(names[stage], value)) {
			options->writing.until = stage;
			return 0;
		}
	}
	return refuse(report, "no such stage", value, names);
}

static int set_with_text(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	(void)value;
	(void)report;
	options->writing.has_text = true;
	return 0;
}

static int set_explain(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	(void)value;
	(void)report;
	options->writing.is_explained = true;
	return 0;
}

static int set_progress(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	static const char *const names[] = {"auto", "always", "never", NULL};

	for (unsigned i = 0; names[i]; i++) {
		if (value && strcmp(value, names[i]))
			continue;
		options->progress = value ? i : QUOTH_ALWAYS;
		return 0;
	}
	return refuse(report, "no such value", value, names);
}

static int set_max_document(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	static const char units[] = "KMG";
	char *end;
	unsigned long long size = strtoull(value, &end, 10);
	const char *unit = *end ? strchr(units, *end & ~0x20) : NULL;

	if (unit) {
		size = size > QUOTH_MAX_DOCUMENT_BYTES ? size : size << (10 * (unit - units + 1));
		end++;
	}
	if (*value < '0' || *value > '9' || *end || !size || size > QUOTH_MAX_DOCUMENT_BYTES)
		return refuse(report, "not a size from 1 to 64M", value, NULL);
	options->reading.max_document_bytes = (uint32_t)size;
	return 0;
}

#define FIELD_SETTER(name)                                                                                        \
	static int set_##name(struct quoth_options *options, const char *value, struct quoth_report *report) \
	{                                                                                                         \
		options->reading.name = value;                                                                   \
		return *value ? 0 : refuse(report, "no field name", value, NULL);                                 \
	}
FIELD_SETTER(text_field)
FIELD_SETTER(id_field)
FIELD_SETTER(title_field)
FIELD_SETTER(date_field)
FIELD_SETTER(url_field)
FIELD_SETTER(outlet_field)
#undef FIELD_SETTER

static int set_help(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	(void)value;
	(void)report;
	options->action = QUOTH_PRINT_HELP;
	return 0;
}

static int set_version(struct quoth_options *options, const char *value, struct quoth_report *report)
{
	(void)value;
	(void)report;
	options->action = QUOTH_PRINT_VERSION;
	return 0;
}

/* ---- the table that the parser and --help share; the man page has the same lines ---- */

static const struct entry {
	char letter;
	const char *name, *value;	/* value: its name in --help; NULL: takes none; in brackets: may be left out */
	setter *set;
	const char *help;		/* one line */
} entries[] = {
	{'f', "from", "FORMAT", set_from, "input: auto (by name and first bytes), text, jsonl, csv, tsv, html, warc, nitf, newsml or rss (default: auto)"},
	{'t', "to", "FORMAT", set_to, "output: tsv, jsonl, html (a page to look through), sqlite, claimreview or annotation (default: tsv)"},
	{'o', "output", "FILE", set_output, "write to FILE, whole or not at all (default: standard output)"},
	{'j', "jobs", "N", set_jobs, "use N worker threads (default: the processors this process may use)"},
	{0, "kinds", "LIST", set_kinds, "only these kinds: direct,mixed,indirect (default: all)"},
	{0, "min-confidence", "X", set_min_confidence, "drop rows below X, from 0 to 1 (default: 0)"},
	{0, "min-checkworthy", "X", set_min_checkworthy, "drop rows that are less worth a check, from 0 to 1 (default: 0)"},
	{0, "with-text", NULL, set_with_text, "add the text that the spans point into, in a member or column \"text\"; with --to=jsonl or sqlite"},
	{0, "explain", NULL, set_explain, "say why each row is as it is, in a member \"why\"; with --to=jsonl"},
	{0, "until", "STAGE", set_until, "stop after STAGE and print what it made as JSON lines"},
	{0, "errors", "FILE", set_errors, "write a TSV row to FILE for each document that failed"},
	{0, "resume", "JOURNAL", set_resume, "note in JOURNAL what is safely on disk; the same command goes on from there"},
	{0, "shard", "K/N", set_shard, "read only the K-th of N parts of the input"},
	{0, "progress", "[WHEN]", set_progress, "show progress: always, never or auto (on a terminal; the default)"},
	{0, "model", "FILE", set_model, "use the models in FILE instead of those built in; none: rules alone, faster, less accurate"},
	{0, "gazetteer", "FILE", set_gazetteer, "fill speaker_id from the people and organisations in FILE, a table or compiled"},
	{0, "max-document", "SIZE", set_max_document, "refuse larger documents; K, M for KiB, MiB; at most 64M (default: 16M)"},
	{0, "text-field", "NAME", set_text_field, "text of a JSON record (default: text, maintext, content or body)"},
	{0, "id-field", "NAME", set_id_field, "id of a JSON record (default: id or url)"},
	{0, "title-field", "NAME", set_title_field, "title of a JSON record (default: title)"},
	{0, "date-field", "NAME", set_date_field, "date of a JSON record (default: date)"},
	{0, "url-field", "NAME", set_url_field, "address of a JSON record (default: url)"},
	{0, "outlet-field", "NAME", set_outlet_field, "outlet of a JSON record (default: outlet)"},
	{'h', "help", NULL, set_help, "print this text"},
	{'V', "version", NULL, set_version, "print the version"},
};
enum { N_ENTRIES = sizeof entries / sizeof *entries, LONG_ONLY = 256 };
_Static_assert((int)N_ENTRIES <= (int)QUOTH_MAX_OPTIONS, "every option has a place in quoth_options.given");

static bool shapes_output(const struct entry *entry)
{
	return entry->set != set_jobs && entry->set != set_progress && entry->set != set_resume;
}

static void put_setting(struct quoth_buffer *into, const char *prefix, const char *name, const char *value)
{
	quoth_buffer_put_string(into, prefix);
	quoth_buffer_put_string(into, name);
	quoth_buffer_put_byte(into, ' ');
	quoth_buffer_put_json(into, value, strlen(value));
	quoth_buffer_put_byte(into, '\n');
}

void quoth_options_put_settings(const struct quoth_options *options, struct quoth_buffer *into)
{
	for (size_t i = 0; i < N_ENTRIES; i++)
		if (options->given[i] && shapes_output(&entries[i]))
			put_setting(into, "--", entries[i].name, options->given[i]);
	for (size_t i = 0; i < options->n_paths; i++)
		put_setting(into, "", "path", options->paths[i]);
}

void quoth_options_put_help(struct quoth_buffer *into)
{
	char line[160];

	quoth_buffer_put_string(into, "Usage: quoth [OPTION]... [PATH]...\n"
				      "Find who said what in news articles: one row for each attributed quote or claim.\n\n"
				      "PATH is a file, or a folder that is walked in byte order of its paths; none or - is\n"
				      "standard input. The rows go to standard output.\n\n");
	for (size_t i = 0; i < N_ENTRIES; i++) {
		const struct entry *entry = &entries[i];
		char option[48];
		bool is_optional = entry->value && *entry->value == '[';

		snprintf(option, sizeof option, "--%s%s%s%s", entry->name, is_optional ? "[=" : entry->value ? "=" : "",
			 entry->value ? entry->value + is_optional : "", "");
		if (entry->letter)
			snprintf(line, sizeof line, "  -%c, %-22s %s\n", entry->letter, option, entry->help);
		else
			snprintf(line, sizeof line, "      %-22s %s\n", option, entry->help);
		quoth_buffer_put_string(into, line);
	}
	quoth_buffer_put_string(into, "\nStages: normalise, segment, tag, parse, mentions, quotations, attribute, resolve, link, score, claim.\n"
				      "Exit status: 0 all documents were read; 1 some failed, the others are written; 2 nothing\n"
				      "useful could be done. Messages are \"quoth: WHERE: WHAT\".\n");
}

void quoth_options_put_version(struct quoth_buffer *into)
{
	quoth_buffer_put_string(into, "quoth " PACKAGE_VERSION "\n");
}

/* ---- parsing ---- */

static unsigned count_processors(void)
{
	cpu_set_t set;
	int n = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);

	return n < 1 ? 1 : n > MAX_JOBS ? MAX_JOBS : (unsigned)n;
}

/* What getopt did not take: an option that does not exist, or one without its value. */
static int refuse_option(int found, int index, char *const *argv, struct quoth_report *report)
{
	const char *names[N_ENTRIES + 1] = {NULL}, *nearest;
	const char *word = argv[optind - 1];
	char where[sizeof report->where];

	for (size_t i = 0; i < N_ENTRIES; i++)
		names[i] = entries[i].name;
	if (strncmp(word, "--", 2)) {
		snprintf(where, sizeof where, "-%c", optopt);
		return quoth_report_set(report, QUOTH_BAD_USAGE, where, found == ':' ? "needs a value (see quoth --help)" :
										"no such option (see quoth --help)");
	}
	snprintf(where, sizeof where, "%.*s", (int)strcspn(word, "="), word);
	if (found == ':')
		return quoth_report_set(report, QUOTH_BAD_USAGE, where, "needs a value (see quoth --help)");
	if (index >= 0)
		return quoth_report_set(report, QUOTH_BAD_USAGE, where, "takes no value");
	nearest = quoth_nearest_name(where + 2, names);
	if (nearest)
		return quoth_report_set(report, QUOTH_BAD_USAGE, where, "no such option; did you mean --%s?", nearest);
	return quoth_report_set(report, QUOTH_BAD_USAGE, where, "no such option (see quoth --help)");
}

static void fill_tables(struct option *long_options, char *letters)
{
	*letters++ = ':';
	for (size_t i = 0; i < N_ENTRIES; i++) {
		const struct entry *entry = &entries[i];

		long_options[i] = (struct option){
			.name = entry->name, .val = LONG_ONLY + (int)i,
			.has_arg = !entry->value ? no_argument : *entry->value == '[' ? optional_argument : required_argument,
		};
		if (!entry->letter)
			continue;
		*letters++ = entry->letter;
		if (entry->value)
			*letters++ = ':';
	}
	*letters = '\0';
	long_options[N_ENTRIES] = (struct option){0};
}

static const struct entry *find_entry(int found)
{
	if (found >= LONG_ONLY)
		return &entries[found - LONG_ONLY];
	for (size_t i = 0; i < N_ENTRIES; i++)
		if (entries[i].letter == found)
			return &entries[i];
	return NULL;
}

static bool reads_standard_input(const struct quoth_options *options)
{
	for (size_t i = 0; i < options->n_paths; i++)
		if (!strcmp(options->paths[i], "-"))
			return true;
	return !options->n_paths;
}

/* A database is made in one go, and in a file: its pages are not written in order. */
static int check_database(const struct quoth_options *options, struct quoth_report *report)
{
	if (!options->output || !strcmp(options->output, "-"))
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--to=sqlite", "needs a file to write to: --output=FILE");
	if (options->resume)
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--resume", "does not go with --to=sqlite, which is written in one go");
	return 0;
}

static int check_together(const struct quoth_options *options, bool has_to, struct quoth_report *report)
{
	if (options->writing.until < QUOTH_N_STAGES && has_to && strcmp(options->writer->name, "jsonl"))
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--until", "prints JSON lines; it does not go with --to=%s",
					options->writer->name);
	if (options->writing.is_explained && options->writing.until < QUOTH_N_STAGES)
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--explain", "explains rows; it does not go with --until");
	if (options->writing.has_text && (options->writing.until < QUOTH_N_STAGES || !options->writer->takes_text))
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--with-text", "is for the rows of --to=jsonl and --to=sqlite");
	if (options->writing.is_explained && strcmp(options->writer->name, "jsonl"))
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--explain", "is for the rows of --to=jsonl");
	if (options->errors && options->output && !strcmp(options->errors, options->output))
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--errors", "is the file of --output too");
	if (options->resume && (!options->output || !strcmp(options->output, "-")))
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--resume", "needs a file to go on with: --output=FILE");
	if (options->resume && (!strcmp(options->resume, options->output) ||
				(options->errors && !strcmp(options->resume, options->errors))))
		return quoth_report_set(report, QUOTH_BAD_USAGE, "--resume", "is the file of --output or --errors too");
	if ((options->resume || options->n_shards) && reads_standard_input(options))
		return quoth_report_set(report, QUOTH_BAD_USAGE, options->resume ? "--resume" : "--shard",
					"needs files or folders; standard input can be read only once");
	return options->writer->is_database ? check_database(options, report) : 0;
}

int quoth_options_read(struct quoth_options *options, int argc, char **argv, struct quoth_report *report)
{
	struct option long_options[N_ENTRIES + 1];
	char letters[2 * N_ENTRIES + 2];
	bool has_to = false;
	int found, index, error;

	*options = (struct quoth_options){
		.writer = quoth_writers[0],
		.jobs = count_processors(),
		.reading.max_document_bytes = DEFAULT_DOCUMENT_BYTES,
		.writing = {.filter = {.kinds = (1u << QUOTH_N_KINDS) - 1}, .until = QUOTH_N_STAGES},
	};
	fill_tables(long_options, letters);
	opterr = 0;
	optind = 0;
	while (index = -1, (found = getopt_long(argc, argv, letters, long_options, &index)) != -1) {
		const struct entry *entry = find_entry(found);

		if (!entry)
			return refuse_option(found, optopt >= LONG_ONLY ? 0 : -1, argv, report);
		has_to |= entry->set == set_to;
		snprintf(report->where, sizeof report->where, "--%s", entry->name);
		options->given[entry - entries] = optarg ? optarg : "";
		error = entry->set(options, optarg, report);
		if (error || options->action != QUOTH_RUN)
			return error;
	}
	options->paths = argv + optind;
	options->n_paths = (size_t)(argc - optind);
	error = check_together(options, has_to, report);
	if (options->writing.until < QUOTH_N_STAGES)
		options->writer = &quoth_writer_layers;
	return error;
}
