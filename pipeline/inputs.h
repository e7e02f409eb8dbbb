/* inputs: the files that the paths on the command line stand for.
 *
 * A folder is walked in byte order of the paths in it ("a-b" before "a.txt" before "a/c"), with the names of one folder
 * a level in memory. Symbolic links are followed, but not back into a folder that the walk is in. Hidden names, and
 * what is neither file nor folder, are left out; so are, unless takes_all_names, files whose extension belongs to no
 * format (a table of results beside the articles): they are counted, so that the user can be told.
 */
#ifndef QUOTH_INPUTS_H
#define QUOTH_INPUTS_H

#include "stages/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct quoth_inputs;

/* A walk over n paths, which must outlive it; none is standard input ("-"). output (may be NULL) is the status of the file
 * that results go to: a walk leaves it out. NULL without memory. The caller frees it. */
struct quoth_inputs *quoth_inputs_new(char *const *paths, size_t n, bool takes_all_names, const struct stat *output);
void quoth_inputs_free(struct quoth_inputs *inputs);

/* The next file: 1 with *path, which lives until the next call; 0 at the end; or an error with the report for one path
 * (QUOTH_IO, QUOTH_NO_MEMORY), after which the walk goes on. */
int quoth_inputs_next(struct quoth_inputs *inputs, const char **path, struct quoth_report *report);

/* Whether the file given last was found in a folder, instead of being named by the caller. */
bool quoth_inputs_is_walking(const struct quoth_inputs *inputs);

/* Whether a walk reads a file or member of that name, by its extension: a format's, a packed one's, an archive's, or none. */
bool quoth_inputs_takes_name(const char *name);

/* How many files a walk left out for their names; *first gets the first's path, "" if there was none. */
size_t quoth_inputs_left_out(const struct quoth_inputs *inputs, const char **first);

#endif
