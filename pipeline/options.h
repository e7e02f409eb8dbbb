/* options: the command line. */
#ifndef QUOTH_OPTIONS_H
#define QUOTH_OPTIONS_H

#include "pipeline/buffer.h"
#include "pipeline/reader.h"
#include "pipeline/writer.h"

enum quoth_when { QUOTH_WHEN_ON_A_TERMINAL, QUOTH_ALWAYS, QUOTH_NEVER };

enum quoth_action { QUOTH_RUN, QUOTH_PRINT_HELP, QUOTH_PRINT_VERSION };

enum { QUOTH_MAX_OPTIONS = 48 };

struct quoth_options {
	enum quoth_action action;
	struct quoth_reading reading;
	struct quoth_writing writing;
	const struct quoth_writer *writer;
	const char *output, *errors, *model, *gazetteer, *resume;	/* as given; NULL where not */
	unsigned shard, n_shards;		/* from 1; n_shards 0: all of the input */
	unsigned jobs;				/* at least 1 */
	enum quoth_when progress;
	char *const *paths;
	size_t n_paths;
	const char *given[QUOTH_MAX_OPTIONS];	/* each option's value as it stands on the command line; NULL where not given */
};

/* Reads the command line; strings in options point into argv, whose paths are moved to its end. 0, or QUOTH_BAD_USAGE with
 * the option (where) and what is wrong, the nearest right one named where there is one. */
int quoth_options_read(struct quoth_options *options, int argc, char **argv, struct quoth_report *report);

/* Appends a line "NAME VALUE" for each option and path that shapes what is written: two runs with the same lines write the same. */
void quoth_options_put_settings(const struct quoth_options *options, struct quoth_buffer *into);

/* What --help and --version print. */
void quoth_options_put_help(struct quoth_buffer *into);
void quoth_options_put_version(struct quoth_buffer *into);

/* Of names, ended by NULL, the one nearest to a mistyped word; NULL if none is near. */
const char *quoth_nearest_name(const char *word, const char *const *names);

#endif
