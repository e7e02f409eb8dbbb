/* gazetteer_extract: makes a gazetteer of a Wikidata dump.
 *
 * Reads   a JSON dump, one entity a line, from a file or a pipe, packed in any way that container.h knows;
 *         wikidata_item.h says what of it.
 * Writes  TSV: id, kind, name, aliases, description, country, in the order of the dump. The description has the
 *         offices that a person holds, then held ("former …"), occupations, and Wikidata's own description, joined by
 *         "; "; names of countries are joined by "|", as aliases are.
 * Method  the dump names offices, occupations and countries by ids, and the item of an id may come before or after. A
 *         dump has terabytes and may come out of a pipe, so that it is read once: rows go to one temporary file, with
 *         ids, and the label of each item that may be such a value to another. Then the labels whose ids were named
 *         are taken into memory, and the rows are written with them.
 * Cost    each line is parsed once. Memory: the longest line and its tree, and what wikidata_values.h is allowed. Disk:
 *         the gazetteer and the labels of all items that are of no class in the list.
 */
#ifndef QUOTH_GAZETTEER_EXTRACT_H
#define QUOTH_GAZETTEER_EXTRACT_H

#include "pipeline/output.h"
#include "pipeline/wikidata_classes.h"
#include "pipeline/wikidata_item.h"

/* The tree of a line of the dump may take so many times max_line_bytes. */
enum { QUOTH_TREE_SHARE = 32 };

struct quoth_extraction {
	/* what is asked for */
	const struct quoth_wikidata_classes *classes;
	struct quoth_wikidata_languages languages;
	bool takes_kind[QUOTH_N_WIKIDATA_KINDS];
	uint32_t min_sitelinks;
	size_t max_line_bytes, max_value_bytes;		/* of a line of the dump; of wikidata_values */
	const char *temporary_folder;
	void (*tell_of_line)(void *context, const struct quoth_report *report);	/* that cannot be read */
	void (*tell_of_dump)(void *context, const struct quoth_report *report);	/* that it breaks off; what is left out */
	void (*show_progress)(void *context);		/* after each line; NULL: nobody looks */
	void *context;
	/* what was done */
	uint64_t n_lines, n_rows, n_failed;
	uint64_t bytes_read, total_bytes;	/* of the file; total: 0 where it is not known */
};

/* Reads the dump at path ("-": standard input) and writes the gazetteer. Lines that cannot be read are told and
 * counted as failed; so is a dump that breaks off, whose rows until then are written. 0, or an error with the report
 * where nothing of use can come of it: QUOTH_IO, QUOTH_NO_MEMORY, QUOTH_STOPPED, QUOTH_BAD_INPUT. */
int quoth_extract(struct quoth_extraction *extraction, const char *path, struct quoth_output *output,
		  struct quoth_report *report);

#endif
