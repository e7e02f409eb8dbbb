/* gazetteer_file: opens a gazetteer, whichever of its two forms a file has. */
#ifndef QUOTH_GAZETTEER_FILE_H
#define QUOTH_GAZETTEER_FILE_H

#include "pipeline/gazetteer_table.h"

/* Opens the table or compiled gazetteer at path; its first bytes tell which. 0, or an error with the report. On success the
 * caller closes it; lines that were left out are in problems. */
int quoth_gazetteer_open(struct quoth_gazetteer **gazetteer, const char *path, struct quoth_gazetteer_problems *problems,
			 struct quoth_report *report);

#endif
