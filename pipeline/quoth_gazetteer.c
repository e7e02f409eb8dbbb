/* quoth-gazetteer: the program. Makes the lists of people and organisations that quoth --gazetteer reads. */
#include "config.h"

#include "pipeline/failures.h"
#include "pipeline/gazetteer_action.h"
#include "pipeline/options.h"
#include "pipeline/signals.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const char help[] =
	"Usage: quoth-gazetteer ACTION [OPTION]... FILE\n"
	"Make lists of people and organisations for quoth --gazetteer.\n"
	"\n"
	"  compile TABLE        make a file that quoth opens at once of a table\n"
	"\n"
	"  -o, --output=FILE    write to FILE, whole or not at all\n"
	"  -h, --help           print this help\n"
	"  -V, --version        print the version\n"
	"\n"
	"Exit status: 0 all well; 1 some lines were left out, the rest is written; 2 nothing written.\n";

static const struct {
	const char *name;
	int (*run)(const struct quoth_action_options *);
} actions[] = {
	{"compile", quoth_action_compile},
};

enum { N_ACTIONS = sizeof actions / sizeof *actions };

void quoth_action_say(const char *where, const char *what)
{
	quoth_message_of("quoth-gazetteer", where, what);
}

static int refuse(const char *where, const char *what)
{
	quoth_action_say(where, what);
	return QUOTH_NOTHING_WRITTEN;
}

static int refuse_action(const char *name)
{
	const char *names[N_ACTIONS + 1] = {NULL}, *nearest;
	char what[80];

	for (size_t i = 0; i < N_ACTIONS; i++)
		names[i] = actions[i].name;
	nearest = quoth_nearest_name(name, names);
	snprintf(what, sizeof what, "no such action%s%s%s (see quoth-gazetteer --help)", nearest ? "; did you mean \"" : "",
		 nearest ? nearest : "", nearest ? "\"?" : "");
	return refuse(name, what);
}

static int run(int n_words, char *const *words, struct quoth_action_options *options)
{
	size_t i = 0;

	if (!n_words)
		return refuse("", "an action is missing (see quoth-gazetteer --help)");
	while (i < N_ACTIONS && strcmp(words[0], actions[i].name))
		i++;
	if (i == N_ACTIONS)
		return refuse_action(words[0]);
	if (n_words != 2)
		return refuse(words[0], n_words < 2 ? "a file is missing (see quoth-gazetteer --help)" : "takes one file");
	options->input = words[1];
	return actions[i].run(options);
}

int main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{"output", required_argument, NULL, 'o'}, {"help", no_argument, NULL, 'h'},
		{"version", no_argument, NULL, 'V'}, {0},
	};
	struct quoth_action_options options = {0};
	int status;

	for (int option; (option = getopt_long(argc, argv, "o:hV", long_options, NULL)) != -1;) {
		if (option == 'h')
			return fputs(help, stdout) < 0 || fflush(stdout) ? QUOTH_NOTHING_WRITTEN : QUOTH_ALL_DONE;
		if (option == 'V')
			return puts("quoth-gazetteer " PACKAGE_VERSION) < 0 || fflush(stdout) ? QUOTH_NOTHING_WRITTEN :
											       QUOTH_ALL_DONE;
		if (option != 'o')
			return refuse("", "bad usage (see quoth-gazetteer --help)");
		options.output = optarg;
	}
	quoth_signals_catch();
	status = run(argc - optind, argv + optind, &options);
	quoth_signals_raise();
	return status;
}
