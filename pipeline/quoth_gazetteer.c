/* quoth-gazetteer: the program. Makes the lists of people and organisations that quoth --gazetteer reads. */
#include "config.h"

#include "pipeline/extract_options.h"
#include "pipeline/failures.h"
#include "pipeline/gazetteer_action.h"
#include "pipeline/options.h"
#include "pipeline/signals.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
	"Usage: quoth-gazetteer compile --output=FILE TABLE\n"
	"       quoth-gazetteer extract [OPTION]... DUMP\n"
	"Make lists of people and organisations for quoth --gazetteer.\n"
	"\n"
	"  compile TABLE            make a file that quoth opens at once of a table\n"
	"  extract DUMP             make a table of a Wikidata JSON dump, plain or packed\n"
	"\n"
	"  -o, --output=FILE        write to FILE, whole or not at all\n";
static const char usage_end[] =
	"  -h, --help               print this help\n"
	"  -V, --version            print the version\n"
	"\n"
	"Exit status: 0 all well; 1 some lines were left out, the rest is written; 2 nothing written.\n";

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} actions[] = {
	{"compile", quoth_action_compile},
	{"extract", quoth_action_extract},
};

enum { N_ACTIONS = sizeof actions / sizeof *actions };

void quoth_action_say(const char *where, const char *what)
{
	quoth_message_of("quoth-gazetteer", where, what);
}

int quoth_action_refuse(const char *where, const char *what)
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
	return quoth_action_refuse(name, what);
}

static int print(const char *const *texts)
{
	for (; *texts; texts++)
		if (fputs(*texts, stdout) < 0)
			return QUOTH_NOTHING_WRITTEN;
	return fflush(stdout) ? QUOTH_NOTHING_WRITTEN : QUOTH_ALL_DONE;
}

static bool is_option(const char *word, const char *letter, const char *name)
{
	return !strcmp(word, letter) || !strcmp(word, name);
}

int main(int argc, char **argv)
{
	const char *help[] = {usage, quoth_extract_help, usage_end, NULL};
	const char *version[] = {"quoth-gazetteer " PACKAGE_VERSION "\n", NULL};
	size_t action = 0;
	int status;

	for (int i = 1; i < argc; i++) {
		if (is_option(argv[i], "-h", "--help"))
			return print(help);
		if (is_option(argv[i], "-V", "--version"))
			return print(version);
	}
	if (argc < 2)
		return quoth_action_refuse("", "an action is missing (see quoth-gazetteer --help)");
	while (action < N_ACTIONS && strcmp(argv[1], actions[action].name))
		action++;
	if (action == N_ACTIONS)
		return refuse_action(argv[1]);
	quoth_signals_catch();
	status = actions[action].run(argc - 1, argv + 1);
	quoth_signals_raise();
	return status;
}
