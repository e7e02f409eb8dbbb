/* group_write: the rows as they were read, in the order in which they came, with what was found of them. */
#include "config.h"

#include "pipeline/group_run.h"
#include "pipeline/writer_html.h"

static void put_header(struct quoth_buffer *into, const struct quoth_buffer *header)
{
	quoth_buffer_put(into, header->bytes, header->size);
	for (unsigned i = 0; quoth_group_names[i + 1]; i++) {	/* the last is JSON lines' alone */
		quoth_buffer_put_byte(into, '\t');
		quoth_buffer_put_string(into, quoth_group_names[i]);
	}
	quoth_buffer_put_byte(into, '\n');
}

static void put_tsv(struct quoth_buffer *into, const struct quoth_group_verdict *verdict)
{
	quoth_buffer_put_byte(into, '\t');
	if (verdict->group)
		quoth_buffer_put_id(into, verdict->group);
	quoth_buffer_put_byte(into, '\t');
	if (verdict->group)
		quoth_buffer_put_string(into, quoth_variant_name(verdict->variant));
	quoth_buffer_put_byte(into, '\t');
	quoth_buffer_put_tsv(into, verdict->first_seen, strlen(verdict->first_seen));
	quoth_buffer_put_byte(into, '\t');
	if (verdict->group)
		quoth_buffer_put_number(into, verdict->n_outlets);
	quoth_buffer_put_byte(into, '\n');
}

static void put_jsonl(struct quoth_buffer *into, const struct quoth_group_verdict *verdict)
{
	into->size--;		/* the row's closing brace */
	quoth_buffer_put_string(into, ",\"group\":\"");
	if (verdict->group)
		quoth_buffer_put_id(into, verdict->group);
	quoth_buffer_put_string(into, "\",\"variant\":\"");
	if (verdict->group)
		quoth_buffer_put_string(into, quoth_variant_name(verdict->variant));
	quoth_buffer_put_string(into, "\",\"first_seen\":");
	quoth_buffer_put_json(into, verdict->first_seen, strlen(verdict->first_seen));
	quoth_buffer_put_string(into, ",\"outlets\":");
	if (verdict->group)
		quoth_buffer_put_number(into, verdict->n_outlets);
	else
		quoth_buffer_put_string(into, "null");
	quoth_buffer_put_string(into, ",\"difference\":");
	quoth_buffer_put(into, verdict->difference, verdict->difference_size);
	quoth_buffer_put_string(into, "}\n");
}

void quoth_group_put_row(struct quoth_buffer *into, enum quoth_group_format format, const char *line, size_t size,
			 const struct quoth_group_verdict *verdict)
{
	quoth_buffer_put(into, line, size);
	if (into->has_failed)
		return;
	if (format == QUOTH_GROUP_JSONL)
		put_jsonl(into, verdict);
	else
		put_tsv(into, verdict);
}

/* ---- rows and verdicts, side by side ---- */

/* Reads a verdict; the row it is for. */
static uint32_t take_verdict(const unsigned char *record, size_t size, struct quoth_group_verdict *verdict)
{
	struct quoth_cursor cursor = {record, record + size};
	uint32_t row = (uint32_t)quoth_take_number(&cursor, 4);

	verdict->group = quoth_take_number(&cursor, 8);
	verdict->variant = (uint8_t)quoth_take_number(&cursor, 1);
	verdict->n_outlets = (uint32_t)quoth_take_number(&cursor, 4);
	verdict->first_seen = quoth_take_string(&cursor);
	verdict->difference = (const char *)cursor.at;
	verdict->difference_size = (size_t)(cursor.end - cursor.at);
	return row;
}

struct row_writer {
	struct quoth_group_run *run;
	struct quoth_output *output;
	struct quoth_buffer row, ready;		/* ready: what is sent next */
	struct quoth_html_rows page;
};

static int send(struct row_writer *writer)
{
	const struct quoth_buffer *ready = &writer->ready;
	int error = ready->has_failed ? quoth_report_set(writer->run->report, QUOTH_NO_MEMORY, writer->output->name, "out of memory") :
					quoth_output_write(writer->output, ready->bytes, ready->size, writer->run->report);

	writer->ready.size = 0;
	return error;
}

static int write_row(struct row_writer *writer, const unsigned char *line, size_t size, const struct quoth_group_verdict *verdict)
{
	struct quoth_buffer *into = writer->run->asked->is_page ? &writer->row : &writer->ready;

	quoth_group_put_row(into, writer->run->format, (const char *)line, size, verdict);
	if (writer->run->asked->is_page) {
		quoth_html_rows_add(&writer->page, writer->row.bytes, writer->row.size, &writer->ready);
		writer->ready.has_failed |= writer->row.has_failed;
		writer->row.size = 0;
	}
	return send(writer);
}

/* A row without a verdict has no words. */
static int write_all(struct row_writer *writer, struct quoth_pile_reader *rows)
{
	static const struct quoth_group_verdict none = {.first_seen = "", .difference = "[]", .difference_size = 2};
	struct quoth_group_run *run = writer->run;
	const unsigned char *row, *record;
	size_t size, record_size;
	struct quoth_group_verdict verdict;
	int error = 0, found = 1, more = quoth_sorter_next(run->verdicts, &record, &record_size, run->report);
	uint32_t judged = more > 0 ? take_verdict(record, record_size, &verdict) : UINT32_MAX;

	for (uint32_t number = 0; !error && more >= 0 && (found = quoth_pile_next(rows, &row, &size, run->report)) > 0; number++) {
		bool is_judged = more > 0 && judged == number;

		error = write_row(writer, row, size, is_judged ? &verdict : &none);
		if (error || !is_judged)
			continue;
		more = quoth_sorter_next(run->verdicts, &record, &record_size, run->report);
		judged = more > 0 ? take_verdict(record, record_size, &verdict) : UINT32_MAX;
	}
	return error ? error : more < 0 ? more : found;
}

static int write_head(struct row_writer *writer)
{
	if (writer->run->asked->is_page)
		quoth_html_put_head(&writer->ready);
	else if (writer->run->format == QUOTH_GROUP_TSV)
		put_header(&writer->ready, &writer->run->header);
	return send(writer);
}

static int write_foot(struct row_writer *writer)
{
	if (!writer->run->asked->is_page)
		return 0;
	quoth_html_rows_end(&writer->page, &writer->ready);
	quoth_html_put_foot(&writer->ready);
	return send(writer);
}

static void close_writer(struct row_writer *writer)
{
	quoth_html_rows_end(&writer->page, &writer->ready);
	quoth_buffer_free(&writer->row);
	quoth_buffer_free(&writer->ready);
}

int quoth_group_write_rows(struct quoth_group_run *run, struct quoth_output *output)
{
	struct quoth_pile_reader rows = {0};
	struct row_writer writer = {.run = run, .output = output};
	int error = quoth_sorter_sort(run->verdicts, run->report);

	if (!error)
		error = write_head(&writer);
	quoth_pile_read(&rows, &run->rows, 0, quoth_pile_place(&run->rows), 1 << 20);
	if (!error)
		error = write_all(&writer, &rows);
	if (!error)
		error = write_foot(&writer);
	quoth_pile_reader_close(&rows);
	close_writer(&writer);
	return error;
}
