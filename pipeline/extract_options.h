/* extract_options: the command line of quoth-gazetteer extract. */
#ifndef QUOTH_EXTRACT_OPTIONS_H
#define QUOTH_EXTRACT_OPTIONS_H

#include "pipeline/gazetteer_extract.h"

enum { QUOTH_MAX_LANGUAGES = 64 };

/* What the command line asks for. Strings point into argv, but for those that are named as allocated. */
struct quoth_extract_options {
	struct quoth_extraction extraction;	/* languages, kinds, sitelinks and limits are filled in */
	const char *dump, *output, *classes;	/* output and classes NULL where not given */
	bool shows_progress;
	char *languages, *temporary_folder;	/* allocated */
	const char *codes[QUOTH_MAX_LANGUAGES];
};

/* What --help says of the options, a line each. */
extern const char quoth_extract_help[];

/* Reads the command line; argv[0] is passed over. 0, or QUOTH_BAD_USAGE or QUOTH_NO_MEMORY with the report. Freed by
 * the caller in either case; it must not be moved in between. */
int quoth_extract_options_read(struct quoth_extract_options *options, int argc, char **argv, struct quoth_report *report);
void quoth_extract_options_free(struct quoth_extract_options *options);

#endif
