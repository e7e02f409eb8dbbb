/* embedded: the files of corpus/ that the build puts into the program.
 *
 * Each is there byte for byte, so that the program is one file that can be copied to any machine.
 */
#ifndef QUOTH_EMBEDDED_H
#define QUOTH_EMBEDDED_H

#include <stddef.h>

struct quoth_embedded_file {
	const char *name;		/* below corpus/, "lexicon/cues.tsv" */
	const unsigned char *bytes;	/* a NUL stands after the last, outside the file */
	const unsigned char *end;
};

/* All files, ended by one whose name is NULL. */
extern const struct quoth_embedded_file quoth_embedded_files[];

/* The file of that name, NULL if there is none. */
const struct quoth_embedded_file *quoth_embedded_find(const char *name);

#endif
