/* nameless: temporary files without a name, of which nothing is left however the program ends. */
#ifndef QUOTH_NAMELESS_H
#define QUOTH_NAMELESS_H

#include "stages/error.h"

/* A file in folder, open to read and write: its descriptor, the caller's, or QUOTH_IO or QUOTH_NO_MEMORY with the report. */
int quoth_nameless_file(const char *folder, struct quoth_report *report);

/* What a call for such a file failed of, by errno: the error, with the report. */
int quoth_nameless_refuse(const char *folder, struct quoth_report *report);

#endif
