#include "pipeline/process.h"

#include "pipeline/reserve.h"

static bool is_blank(const char *bytes, size_t size)
{
	size_t n;

	for (size_t i = 0; i < size; i += n) {
		n = quoth_space_length(bytes + i, size - i);
		if (!n && size - i >= 3 && !memcmp(bytes + i, "\xEF\xBB\xBF", 3))
			n = 3;
		if (!n)
			return false;
	}
	return true;
}

static int run_document(const struct quoth_processing *processing, struct quoth_document *doc, struct quoth_buffer *into,
			struct quoth_report *report)
{
	enum quoth_stage failed = QUOTH_N_STAGES;
	int error;

	if (doc->input_size > processing->reading->max_document_bytes)
		return quoth_report_set(report, QUOTH_TOO_LARGE, report->where,
					"the text is larger than %u bytes (see --max-document)",
					(unsigned)processing->reading->max_document_bytes);
	if (is_blank(doc->input, doc->input_size))
		return quoth_report_set(report, QUOTH_BAD_INPUT, report->where, "the text is empty");
	doc->is_explained = processing->writing.is_explained;
	error = quoth_chain_run(doc, processing->resources, processing->writing.until, &failed);
	if (error)
		return quoth_report_set(report, error, report->where, "stage %s: %s",
					quoth_stage_name(failed), quoth_error_words(error));
	error = processing->writer->write(doc, &processing->writing, into);
	if (error)
		return quoth_report_set(report, error, report->where, "%s", quoth_error_words(error));
	return 0;
}

static void count_document(const struct quoth_document *doc, const struct quoth_row_filter *filter,
			   struct quoth_counts *counts)
{
	counts->n_documents++;
	for (uint32_t i = 0; i < doc->n_tokens; i++)
		counts->n_words += doc->tokens[i].kind == QUOTH_WORD;
	for (uint32_t i = 0; i < doc->n_attributions; i++)
		counts->n_rows[doc->attributions[i].kind] += quoth_row_is_wanted(&doc->attributions[i], filter);
}

/* Makes the rows of a record; on failure the report says why, and what was written is taken back. */
static int try_record(const struct quoth_processing *processing, struct quoth_batch *batch, struct quoth_record *record,
		      struct quoth_document *doc, struct quoth_arena *arena, struct quoth_report *report)
{
	const char *place = batch->input.bytes + record->place;
	size_t before = batch->output.size;
	int error;

	quoth_report_set(report, 0, place, "%s", "");
	quoth_document_begin(doc, arena, place, batch->input.bytes + record->bytes, (uint32_t)record->size);
	quoth_reserve_lend();
	error = record->format->decode(doc, processing->reading, place, report);
	if (quoth_reserve_end())
		error = quoth_report_set(report, QUOTH_NO_MEMORY, place, "out of memory");
	if (doc->id != place)
		record->id_hash = quoth_id_hash(doc->id);
	if (!error)
		error = run_document(processing, doc, &batch->output, report);
	if (error) {
		batch->output.size = before;
		batch->output.has_failed = false;
	}
	return error;
}

/* Memory that lacks may be there a moment later: a document is tried twice before it is given up for that. */
static void process_record(const struct quoth_processing *processing, struct quoth_arena *arena,
			   struct quoth_batch *batch, struct quoth_record *record)
{
	struct quoth_document doc;
	struct quoth_report report;
	int error = try_record(processing, batch, record, &doc, arena, &report);

	if (error == QUOTH_NO_MEMORY) {
		quoth_arena_reset(arena);
		error = try_record(processing, batch, record, &doc, arena, &report);
	}
	if (error)
		quoth_batch_fail(batch, record, error, doc.id, &report);
	else
		count_document(&doc, &processing->writing.filter, &batch->counts);
	quoth_arena_reset(arena);
}

void quoth_process_batch(const struct quoth_processing *processing, struct quoth_arena *arena, struct quoth_batch *batch)
{
	for (unsigned i = 0; i < batch->n_records; i++)
		if (batch->records[i].has_bytes)
			process_record(processing, arena, batch, &batch->records[i]);
}
