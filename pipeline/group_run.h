/* group_run: what the parts of a run of quoth-group hand to each other. */
#ifndef QUOTH_GROUP_RUN_H
#define QUOTH_GROUP_RUN_H

#include "pipeline/group.h"
#include "pipeline/group_sets.h"
#include "pipeline/group_shingles.h"
#include "pipeline/group_texts.h"
#include "pipeline/sorter.h"

/* Each piece of the work sorts with a third of the memory: no more than three sorters are at it at the same time. */
enum { QUOTH_SORTERS = 3 };

/* A longer quote is compared by its first bytes. */
enum { QUOTH_MOST_QUOTE_BYTES = 16 << 10, QUOTH_MOST_NAME_BYTES = 512 };

struct quoth_group_run {
	struct quoth_grouping *asked;
	struct quoth_report *report;
	struct quoth_wordings *wordings;
	enum quoth_group_format format;		/* of the first file, and so of all */
	struct quoth_buffer header;
	uint32_t n_rows;

	struct quoth_pile rows;			/* as read; a record a row */
	struct quoth_sorter *by_text;		/* the same by the words of their quotes */
	struct quoth_texts texts;
	struct quoth_pile members;		/* the rows of each text, in the order of texts */
	struct quoth_sorter *fingerprints;
	struct quoth_sets sets;			/* of texts */
	struct quoth_sorter *verdicts;		/* by row */
};

/* Says that memory ran out: QUOTH_NO_MEMORY, with the report. */
int quoth_group_refuse_memory(const struct quoth_group_run *run);

/* Puts a number to be sorted, as eight bytes whose order is that of numbers. 0 or an error with the report. */
int quoth_group_sort_number(const struct quoth_group_run *run, struct quoth_sorter *sorter, uint64_t number);

/* A sorter with its share of memory; NULL with the report. */
struct quoth_sorter *quoth_group_sorter(const struct quoth_group_run *run);

/* The parts of a run, one after the other. Each frees what the next do not need. 0 or an error with run->report. */
int quoth_group_read_rows(struct quoth_group_run *run);		/* paths -> rows, by_text */
int quoth_group_number_texts(struct quoth_group_run *run);	/* by_text -> texts, members, fingerprints, sets */
int quoth_group_join_texts(struct quoth_group_run *run);	/* fingerprints, texts -> sets */
int quoth_group_judge_texts(struct quoth_group_run *run);	/* texts, sets, members -> verdicts */
int quoth_group_write_rows(struct quoth_group_run *run, struct quoth_output *output);	/* rows, verdicts -> output */

/* A row of a text among the members: whether it is the text's first, its number, its outlet. */
struct quoth_group_member {
	bool is_first;
	uint32_t row;
	uint64_t outlet;
};

#endif
