#include "config.h"

#include "pipeline/gazetteer_extract.h"

#include "pipeline/container.h"
#include "pipeline/gazetteer_row.h"
#include "pipeline/lines.h"
#include "pipeline/spool.h"

#include <stdio.h>
#include <stdlib.h>

/* Of an office, occupation or country; longer labels are titles of papers. */
enum { MOST_LABEL_BYTES = 200 };

/* All that one run holds. */
struct run {
	struct quoth_extraction *asked;
	struct quoth_report *report;
	struct quoth_container container;
	struct quoth_stream *dump;	/* the file, what is unpacked from it, or a member of an archive */
	struct quoth_buffer line;
	uint64_t n_lines;		/* of this dump */
	struct quoth_wikidata_item item;
	struct quoth_wikidata_values values;
	struct quoth_gazetteer_draft draft;
	struct quoth_spool rows, labels;
	struct quoth_buffer text;
	bool is_array, is_closed;
};

/* ---- the dump, line by line ---- */

/* Says at which line. */
static const struct quoth_report *place_report(struct run *run, uint64_t line)
{
	struct quoth_report *report = run->report;

	snprintf(report->where, sizeof report->where, "%s:%llu", run->dump->path, (unsigned long long)line);
	return report;
}

static void tell_of_line(struct run *run)
{
	run->asked->n_failed++;
	run->asked->tell_of_line(run->asked->context, place_report(run, run->n_lines));
}

/* The dump ends in the line after the last that was read. */
static void tell_of_break(struct run *run)
{
	run->asked->n_failed++;
	run->asked->tell_of_dump(run->asked->context, place_report(run, run->n_lines + 1));
}

/* Puts the label of an item aside that may be an office, occupation or country. */
static int put_label_aside(struct run *run)
{
	struct quoth_buffer *text = &run->text;
	size_t before;
	int found;

	quoth_buffer_clear(text, SIZE_MAX);
	quoth_buffer_put_number(text, run->item.id);
	quoth_buffer_put_byte(text, '\t');
	before = text->size;
	found = quoth_wikidata_item_label(&run->item, &run->asked->languages, text, run->report);
	if (found <= 0 || text->size - before > MOST_LABEL_BYTES)
		return found < 0 ? found : 0;
	quoth_buffer_put_byte(text, '\n');
	return text->has_failed ? QUOTH_NO_MEMORY : quoth_spool_put(&run->labels, text->bytes, text->size, run->report);
}

/* An item is passed over only where all that is said of it is so. */
static enum quoth_wikidata_kind find_kind(const struct run *run)
{
	enum quoth_wikidata_kind best = QUOTH_WIKIDATA_NONE, kind;
	bool has_class = false;

	for (size_t i = 0; i < run->item.n_statements; i++) {
		const struct quoth_wikidata_statement *statement = &run->item.statements[i];

		if (statement->property != QUOTH_WIKIDATA_INSTANCE_OF)
			continue;
		kind = quoth_wikidata_classes_kind(run->asked->classes, statement->value);
		best = kind > best ? kind : best;
		has_class = true;
	}
	return has_class ? best : QUOTH_WIKIDATA_OTHER;
}

static int take_item(struct run *run)
{
	struct quoth_extraction *asked = run->asked;
	enum quoth_wikidata_kind kind = find_kind(run);
	int error = 0;

	if (asked->takes_kind[kind] && run->item.n_sitelinks >= asked->min_sitelinks) {
		error = quoth_gazetteer_draw_up(&run->draft, &run->item, kind, &asked->languages, &run->values, run->report);
		asked->n_rows += error > 0;
		if (error > 0)
			error = quoth_spool_put(&run->rows, run->draft.line.bytes, run->draft.line.size, run->report);
	}
	if (!error && (kind == QUOTH_WIKIDATA_ORGANIZATION || kind == QUOTH_WIKIDATA_OTHER))
		error = put_label_aside(run);
	return error;
}

/* Whether a line holds this bracket, and blanks. */
static bool is_bracket(const char *line, size_t size, char bracket)
{
	const char *place = memchr(line, bracket, size);

	return place && quoth_line_is_empty(line, (size_t)(place - line)) &&
	       quoth_line_is_empty(place + 1, size - (size_t)(place - line) - 1);
}

static int take_line(struct run *run, const char *line, size_t size)
{
	enum { SHORT_LINE = 8 };	/* longer ones need not be looked at for these */
	int found;

	if (size < SHORT_LINE && quoth_line_is_empty(line, size))
		return 0;
	if (run->is_closed)
		return quoth_report_set(run->report, QUOTH_BAD_INPUT, "", "something stands behind the array's closing ]");
	if (size < SHORT_LINE && run->n_lines == 1 && is_bracket(line, size, '[')) {
		run->is_array = true;
		return 0;
	}
	if (size < SHORT_LINE && run->is_array && is_bracket(line, size, ']')) {
		run->is_closed = true;
		return 0;
	}
	found = quoth_wikidata_item_read(&run->item, line, size, run->report);
	return found > 0 ? take_item(run) : found;
}

/* Reads the next line into run->line. 1, 0 at the end, or an error: QUOTH_TOO_LARGE for a line that was
 * passed over. */
static int read_line(struct run *run)
{
	struct quoth_buffer *line = &run->line;
	size_t limit = run->asked->max_line_bytes;
	int found;

	line->size = 0;
	found = quoth_line_take(run->dump, line, limit, run->report);
	if (found <= 0)
		return found;
	run->n_lines++;
	run->asked->n_lines++;
	if (line->size > limit)
		return quoth_report_set(run->report, QUOTH_TOO_LARGE, "", "the line is longer than %zu bytes (see --max-line)",
					limit);
	return line->has_failed ? QUOTH_NO_MEMORY : 1;
}

/* What ends the reading: the end of the dump, or where it breaks off. */
static int end_dump(struct run *run, int error)
{
	if (error && error != QUOTH_BAD_INPUT && error != QUOTH_IO)
		return error;
	if (!error && (!run->is_array || run->is_closed))
		return 0;
	if (!error)
		quoth_report_set(run->report, QUOTH_BAD_INPUT, "", "the dump is cut off: its closing ] is missing");
	tell_of_break(run);
	return 0;
}

static int read_dump(struct run *run)
{
	int found;

	run->n_lines = 0;
	run->is_array = run->is_closed = false;
	for (;;) {
		found = read_line(run);
		if (found <= 0 && found != QUOTH_TOO_LARGE)
			return end_dump(run, found);
		if (found > 0)
			found = take_line(run, run->line.bytes, run->line.size);
		if (found == QUOTH_BAD_INPUT || found == QUOTH_TOO_LARGE)
			tell_of_line(run);
		else if (found < 0)
			return found;
		run->asked->bytes_read = quoth_container_place(&run->container);
		if (run->asked->show_progress)
			run->asked->show_progress(run->asked->context);
	}
}

/* All dumps in the file: one, but in an archive. */
static int read_dumps(struct run *run)
{
	int error = 0, found;

	while (!error && (found = quoth_container_next(&run->container, &run->dump, run->report)))
		error = found < 0 ? found : read_dump(run);
	return error;
}

/* ---- what was put aside ---- */

static int take_labels(struct run *run)
{
	int error = quoth_spool_rewind(&run->labels, run->report), found;
	char *line, *label;
	size_t size;

	while (!error && (found = quoth_spool_next(&run->labels, &line, &size, run->report))) {
		uint32_t id;

		if (found < 0)
			return found;
		id = (uint32_t)strtoul(line, &label, 10);
		label++;
		error = quoth_wikidata_values_name(&run->values, id, label, size - (size_t)(label - line));
	}
	return error;
}

static int write_rows(struct run *run, struct quoth_output *output)
{
	int error = quoth_output_write(output, quoth_gazetteer_header, strlen(quoth_gazetteer_header), run->report), found;
	char *line;
	size_t size;

	if (!error)
		error = quoth_spool_rewind(&run->rows, run->report);
	while (!error && (found = quoth_spool_next(&run->rows, &line, &size, run->report))) {
		if (found < 0)
			return found;
		quoth_buffer_clear(&run->text, SIZE_MAX);
		quoth_gazetteer_finish(line, size, &run->values, &run->text);
		error = run->text.has_failed ? QUOTH_NO_MEMORY :
					       quoth_output_write(output, run->text.bytes, run->text.size, run->report);
	}
	return error;
}

static int open_all(struct run *run, const char *path)
{
	const char *folder = run->asked->temporary_folder;
	int error = quoth_container_open(&run->container, path, run->report);

	run->container.takes_all_names = true;
	run->item.max_tree_bytes = run->asked->max_line_bytes * QUOTH_TREE_SHARE;
	run->asked->total_bytes = run->container.file.file_size;
	quoth_wikidata_values_open(&run->values, run->asked->max_value_bytes);
	if (!error)
		error = quoth_spool_open(&run->rows, folder, run->report);
	return error ? error : quoth_spool_open(&run->labels, folder, run->report);
}

static void close_all(struct run *run)
{
	quoth_container_close(&run->container);
	quoth_container_free(&run->container);
	quoth_buffer_free(&run->line);
	quoth_spool_close(&run->rows);
	quoth_spool_close(&run->labels);
	quoth_wikidata_item_free(&run->item);
	quoth_wikidata_values_close(&run->values);
	quoth_gazetteer_draft_free(&run->draft);
	quoth_buffer_free(&run->text);
}

static void tell_what_was_left_out(struct run *run)
{
	if (!run->values.n_left_out)
		return;
	quoth_report_set(run->report, QUOTH_TOO_LARGE, run->container.file.path,
			 "%llu offices, occupations or countries found no room (see --memory)", (unsigned long long)run->values.n_left_out);
	run->asked->tell_of_dump(run->asked->context, run->report);
}

int quoth_extract(struct quoth_extraction *extraction, const char *path, struct quoth_output *output,
		  struct quoth_report *report)
{
	struct run run = {.asked = extraction, .report = report};
	int error = open_all(&run, path);

	if (!error)
		error = read_dumps(&run);
	if (!error)
		error = take_labels(&run);
	if (!error)
		error = write_rows(&run, output);
	if (!error)
		tell_what_was_left_out(&run);
	if (error == QUOTH_NO_MEMORY)
		quoth_report_set(report, error, path, "out of memory");
	close_all(&run);
	return error;
}
