#include "config.h"

#include "pipeline/group_run.h"

int quoth_group_refuse_memory(const struct quoth_group_run *run)
{
	return quoth_report_set(run->report, QUOTH_NO_MEMORY, run->asked->folder, "out of memory");
}

int quoth_group_sort_number(const struct quoth_group_run *run, struct quoth_sorter *sorter, uint64_t number)
{
	char record[8];

	for (unsigned k = 0; k < 8; k++)
		record[k] = (char)(number >> (56 - 8 * k));
	return quoth_sorter_put(sorter, record, sizeof record, run->report);
}

struct quoth_sorter *quoth_group_sorter(const struct quoth_group_run *run)
{
	struct quoth_sorter *sorter = quoth_sorter_open(run->asked->folder, run->asked->memory / QUOTH_SORTERS);

	if (!sorter)
		quoth_group_refuse_memory(run);
	return sorter;
}

static void close_run(struct quoth_group_run *run)
{
	quoth_wordings_close(run->wordings);
	quoth_buffer_free(&run->header);
	quoth_pile_close(&run->rows);
	quoth_sorter_close(run->by_text);
	quoth_texts_close(&run->texts);
	quoth_pile_close(&run->members);
	quoth_sorter_close(run->fingerprints);
	quoth_sets_free(&run->sets);
	quoth_sorter_close(run->verdicts);
}

int quoth_group(struct quoth_grouping *grouping, struct quoth_output *output, struct quoth_report *report)
{
	struct quoth_group_run run = {.asked = grouping, .report = report, .wordings = quoth_wordings_open()};
	int error = run.wordings ? 0 : quoth_group_refuse_memory(&run);

	if (!error)
		error = quoth_group_read_rows(&run);
	if (!error)
		error = quoth_group_number_texts(&run);
	if (!error)
		error = quoth_group_join_texts(&run);
	if (!error)
		error = quoth_group_judge_texts(&run);
	if (!error)
		error = quoth_group_write_rows(&run, output);
	close_run(&run);
	return error;
}
