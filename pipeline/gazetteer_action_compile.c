/* gazetteer_action_compile: a table as a file that is mapped into memory. */
#include "config.h"

#include "pipeline/gazetteer_action.h"

#include "pipeline/gazetteer_compiled.h"

#include <getopt.h>

int quoth_action_compile(int argc, char **argv)
{
	static const struct option long_options[] = {{"output", required_argument, NULL, 'o'}, {0}};
	struct quoth_gazetteer_problems problems = {.tell = quoth_action_say};
	struct quoth_report report = {{0}, {0}};
	const char *output = NULL;
	int error;

	opterr = 0;
	for (int option; (option = getopt_long(argc, argv, "o:", long_options, NULL)) != -1;) {
		if (option != 'o')
			return quoth_action_refuse(argv[optind - 1], "no such option, or it needs a value (see quoth-gazetteer --help)");
		output = optarg;
	}
	if (optind + 1 != argc)
		return quoth_action_refuse("compile", optind == argc ? "a file is missing (see quoth-gazetteer --help)" : "takes one file");
	if (!output)
		return quoth_action_refuse("--output", "is needed; see quoth-gazetteer --help");
	error = quoth_gazetteer_compile(argv[optind], output, &problems, &report);
	if (error)
		return quoth_action_refuse(report.where, *report.what ? report.what : quoth_error_words(error));
	return problems.n ? QUOTH_SOME_LEFT_OUT : QUOTH_ALL_DONE;
}
