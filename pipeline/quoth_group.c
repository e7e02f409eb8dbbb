/* quoth-group: the program. Finds the same quote in many documents. */
#include "config.h"

#include "pipeline/failures.h"
#include "pipeline/group.h"
#include "pipeline/options.h"
#include "pipeline/signals.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_OK = 0, STATUS_SOME_LEFT_OUT = 1, STATUS_NOTHING_WRITTEN = 2 };
enum { MAX_MESSAGES = 100, MOST_JOBS = 16 };
static const uint64_t default_memory = UINT64_C(256) << 20, least_memory = UINT64_C(4) << 20, most_memory = UINT64_C(1) << 40;

static const char help[] =
	"Usage: quoth-group [OPTION]... [FILE]...\n"
	"Find the same quote in many documents: read rows of quoth's, from files or standard\n"
	"input, and write them with the columns group, variant, first_seen and outlets.\n"
	"\n"
	"  -f, --from=FORMAT     take the rows for tsv or jsonl (default: by the first bytes)\n"
	"  -t, --to=FORMAT       write as they were read, or html, a page to look through (default: same)\n"
	"  -o, --output=FILE     write to FILE, whole or not at all\n"
	"  -m, --memory=SIZE     sort in about SIZE of memory; K, M, G for KiB, MiB, GiB (default: 256M)\n"
	"  -T, --tmp=FOLDER      put temporary files there (default: TMPDIR, else /var/tmp)\n"
	"  -j, --jobs=N          compare quotes in N threads (default: one for each core, at most 16)\n"
	"  -h, --help            print this help\n"
	"  -V, --version         print the version\n"
	"\n"
	"Exit status: 0 all well; 1 some rows could not be read, the others are written; 2 nothing useful done.\n";

struct command {
	struct quoth_grouping grouping;
	const char *output;
	uint64_t n_messages;
};

static int refuse(const char *where, const char *what)
{
	quoth_message_of("quoth-group", where, what);
	return STATUS_NOTHING_WRITTEN;
}

static void tell(void *context, const struct quoth_report *report)
{
	struct command *command = context;

	if (command->n_messages++ < MAX_MESSAGES)
		quoth_message_of("quoth-group", report->where, report->what);
}

/* ---- options ---- */

static bool read_size(size_t *size, const char *text)
{
	static const char units[] = "KMG";
	const char *unit;
	char *end;
	uint64_t number;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	number = strtoull(text, &end, 10);
	unit = *end ? strchr(units, *end & ~0x20) : NULL;
	if (errno || number > most_memory || (*end && (!unit || end[1])))
		return false;
	number <<= unit ? 10 * (unit - units + 1) : 0;
	*size = (size_t)number;
	return number >= least_memory && number <= most_memory;
}

static bool read_jobs(unsigned *jobs, const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	*jobs = (unsigned)number;
	return *text >= '1' && *text <= '9' && !*end && number <= MOST_JOBS;
}

static bool read_format(enum quoth_group_format *format, const char *text)
{
	*format = !strcmp(text, "tsv") ? QUOTH_GROUP_TSV : !strcmp(text, "jsonl") ? QUOTH_GROUP_JSONL : QUOTH_GROUP_BY_BYTES;
	return *format != QUOTH_GROUP_BY_BYTES;
}

/* 0, or the exit status once it was told what is wrong. */
static int take_option(struct command *command, int option, const char *word)
{
	switch (option) {
	case 'o': command->output = optarg; return 0;
	case 'T': command->grouping.folder = optarg; return 0;
	case 'f':
		return read_format(&command->grouping.format, optarg) ? 0 : refuse("--from", "no such format (tsv, jsonl)");
	case 't':
		command->grouping.is_page = !strcmp(optarg, "html");
		return command->grouping.is_page || !strcmp(optarg, "same") ? 0 : refuse("--to", "no such format (same, html)");
	case 'm':
		return read_size(&command->grouping.memory, optarg) ? 0 : refuse("--memory", "not a size from 4M to 1024G");
	case 'j':
		return read_jobs(&command->grouping.jobs, optarg) ? 0 : refuse("--jobs", "not a number from 1 to 16");
	default:
		return refuse(word, option == ':' ? "needs a value; see quoth-group --help" : "no such option; see quoth-group --help");
	}
}

static unsigned count_cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > MOST_JOBS ? MOST_JOBS : (unsigned)n;
}

static const char *default_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && *folder ? folder : "/var/tmp";
}

/* ---- running ---- */

static void tell_of_rest(const struct command *command)
{
	char what[64];

	if (command->n_messages <= MAX_MESSAGES)
		return;
	snprintf(what, sizeof what, "%llu more such messages", (unsigned long long)(command->n_messages - MAX_MESSAGES));
	quoth_message_of("quoth-group", "", what);
}

static int run(struct command *command)
{
	struct quoth_report report = {{0}, {0}};
	struct quoth_output output = {.descriptor = -1};
	int error = quoth_output_open(&output, command->output, &report);

	if (!error)
		error = quoth_group(&command->grouping, &output, &report);
	if (!error)
		error = quoth_output_finish(&output, &report);
	quoth_output_abandon(&output);
	tell_of_rest(command);
	if (error == QUOTH_STOPPED)
		return refuse("stopped by a signal", command->output ? "nothing is written" : "the rows are not all written");
	if (error)
		return refuse(report.where, report.what);
	return command->grouping.n_failed ? STATUS_SOME_LEFT_OUT : STATUS_OK;
}

int main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{"from", required_argument, NULL, 'f'}, {"to", required_argument, NULL, 't'}, {"output", required_argument, NULL, 'o'},
		{"memory", required_argument, NULL, 'm'}, {"tmp", required_argument, NULL, 'T'},
		{"jobs", required_argument, NULL, 'j'}, {"help", no_argument, NULL, 'h'}, {"version", no_argument, NULL, 'V'}, {0},
	};
	static char *const standard_input[] = {"-"};
	struct command command = {.grouping = {.memory = default_memory, .jobs = count_cores(), .folder = default_folder(), .tell = tell}};
	int status = 0;

	command.grouping.context = &command;
	opterr = 0;
	for (int option; !status && (option = getopt_long(argc, argv, ":f:t:o:m:T:j:hV", long_options, NULL)) != -1;) {
		if (option == 'h')
			return fputs(help, stdout) < 0 || fflush(stdout) ? STATUS_NOTHING_WRITTEN : STATUS_OK;
		if (option == 'V')
			return puts("quoth-group " PACKAGE_VERSION) < 0 || fflush(stdout) ? STATUS_NOTHING_WRITTEN : STATUS_OK;
		status = take_option(&command, option, argv[optind - 1]);
	}
	if (status)
		return status;
	command.grouping.paths = optind < argc ? argv + optind : standard_input;
	command.grouping.n_paths = optind < argc ? (size_t)(argc - optind) : 1;
	quoth_signals_catch();
	status = run(&command);
	quoth_signals_raise();
	return status;
}
