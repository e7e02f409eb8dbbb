/* gazetteer_table: reads a gazetteer's table, line by line.
 *
 * UTF-8, tab separated, a header line that names the columns: those of quoth_gazetteer_columns in any order, others are passed
 * over. A line that cannot be used is told of and left out; the rest counts. A line break may be CR LF, the last one may be
 * missing, empty lines are passed over.
 */
#ifndef QUOTH_GAZETTEER_TABLE_H
#define QUOTH_GAZETTEER_TABLE_H

#include "stages/gazetteer.h"

/* Who is told of lines that are left out, and how many there were. After the first few only their number is told. */
struct quoth_gazetteer_problems {
	void (*tell)(const char *where, const char *what);
	uint64_t n;
};

/* Where the entries of a table go: keep gets each, with the place of its line in the table, and sets *place to that by which it will
 * be found. */
struct quoth_gazetteer_sink {
	int (*keep)(void *context, const struct quoth_gazetteer_entry *entry, uint64_t *place, struct quoth_report *report);
	void *context;
};

/* Reads the table at path into a zeroed gazetteer: names, counts, places and descriptor, by which entries will be read. With a
 * sink the places of names are the sink's instead. 0, or an error with the report; the caller closes it in either case. */
int quoth_gazetteer_table_read(struct quoth_gazetteer *gazetteer, const char *path, const struct quoth_gazetteer_sink *sink,
			       struct quoth_gazetteer_problems *problems, struct quoth_report *report);

#endif
