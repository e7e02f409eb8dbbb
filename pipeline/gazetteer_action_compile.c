/* gazetteer_action_compile: a table as a file that is mapped into memory. */
#include "config.h"

#include "pipeline/gazetteer_action.h"

#include "pipeline/gazetteer_compiled.h"

int quoth_action_compile(const struct quoth_action_options *options)
{
	struct quoth_gazetteer_problems problems = {.tell = quoth_action_say};
	struct quoth_report report = {{0}, {0}};
	int error;

	if (!options->output) {
		quoth_action_say("--output", "is needed; see quoth-gazetteer --help");
		return QUOTH_NOTHING_WRITTEN;
	}
	error = quoth_gazetteer_compile(options->input, options->output, &problems, &report);
	if (!error)
		return problems.n ? QUOTH_SOME_LEFT_OUT : QUOTH_ALL_DONE;
	quoth_action_say(report.where, *report.what ? report.what : quoth_error_words(error));
	return QUOTH_NOTHING_WRITTEN;
}
