/* group: the same quote in many documents.
 *
 * Every row gets the group of its quote: the rows whose quotes are the same one, also cut, reworded, altered and punctuated in another way. How a
 * run goes, all of it in bounded memory by sorting on disk:
 *
 *	rows        are read, put aside, and sorted by the words of their quotes          group_rows.c
 *	texts       the different wordings are numbered, each with its fingerprints       group_rows.c
 *	pairs       texts that share fingerprints are compared word by word, and joined   group_pairs.c
 *	groups      each group's texts are held against the one that stands for it        group_result.c
 *	rows        are written in the order in which they came                           group_write.c
 *
 * What stands for a group is its quotation (reported speech only where there is none) of the earliest date; of several, or without dates, the wording nearest to what most rows say; then that
 * with the most rows, the longest, the first by doc and id. A group's name is a hash of that wording. Nothing depends on the order of the rows.
 *
 * Cost: n log n of the rows, for a text is compared with a fixed number of others for each of its fingerprints. Memory: what is asked
 * for, and 5 bytes for each wording.
 */
#ifndef QUOTH_GROUP_H
#define QUOTH_GROUP_H

#include "pipeline/group_reader.h"
#include "pipeline/output.h"

struct quoth_grouping {
	char *const *paths;
	size_t n_paths;
	enum quoth_group_format format;
	bool is_page;				/* write a page to look through (writer_html.h); of JSON lines only */
	const char *folder;			/* for temporary files */
	size_t memory;				/* bytes */
	unsigned jobs;				/* threads that compare */

	/* Called for each row or file that cannot be read; the rest is. */
	void (*tell)(void *context, const struct quoth_report *report);
	void *context;

	/* Counted. */
	uint64_t n_rows, n_texts, n_groups, n_failed;
};

/* Reads, groups and writes all rows. 0, or an error with the report: nothing useful was written. */
int quoth_group(struct quoth_grouping *grouping, struct quoth_output *output, struct quoth_report *report);

/* What is said of a row. */
struct quoth_group_verdict {
	uint64_t group;		/* 0: a quote without words, which has none */
	uint8_t variant;
	const char *first_seen;
	uint32_t n_outlets;
	const char *difference;	/* JSON */
	size_t difference_size;
};

/* Appends a row with its columns, and a line break. */
void quoth_group_put_row(struct quoth_buffer *into, enum quoth_group_format format, const char *line, size_t size,
			 const struct quoth_group_verdict *verdict);

#endif
