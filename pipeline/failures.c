#include "pipeline/failures.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	MAX_MESSAGES = 100,
	FIRST_IDS = 1 << 12,
	MAX_IDS = 1 << 22,	/* places in the table: 32 MB, half of them used at most */
};

static void put_message_part(struct quoth_buffer *line, const char *text)
{
	for (; *text; text++)
		quoth_buffer_put_byte(line, (unsigned char)*text < ' ' || *text == 0x7F ? '?' : *text);
}

void quoth_message_of(const char *program, const char *where, const char *what)
{
	struct quoth_buffer line = {0};

	quoth_buffer_put_string(&line, program);
	quoth_buffer_put_string(&line, ": ");
	put_message_part(&line, where);
	quoth_buffer_put_string(&line, *where ? ": " : "");
	put_message_part(&line, what);
	quoth_buffer_put_byte(&line, '\n');
	if (line.has_failed)
		fprintf(stderr, "%s: out of memory\n", program);
	else
		fwrite(line.bytes, 1, line.size, stderr);
	quoth_buffer_free(&line);
}

void quoth_message(const char *where, const char *what)
{
	quoth_message_of("quoth", where, what);
}

int quoth_failures_open(struct quoth_failures *failures, const char *path, struct quoth_report *report)
{
	static const char header[] = "doc\tplace\terror\n";
	int error;

	*failures = (struct quoth_failures){.has_file = path};
	if (!path)
		return 0;
	error = quoth_output_open_in_place(&failures->file, path, report);
	if (error)
		return error;
	error = quoth_output_write(&failures->file, header, sizeof header - 1, report);
	if (!error)
		error = quoth_output_flush(&failures->file, report);
	if (error)
		quoth_output_abandon(&failures->file);
	return error;
}

int quoth_failures_go_on(struct quoth_failures *failures, const char *path, uint64_t size, uint64_t n_failed,
			 struct quoth_report *report)
{
	*failures = (struct quoth_failures){.has_file = path, .n_failed = n_failed};
	return path ? quoth_output_go_on(&failures->file, path, size, report) : 0;
}

static bool has_room_for_ids(struct quoth_failures *failures)
{
	size_t capacity = failures->capacity ? failures->capacity * 2 : FIRST_IDS;
	uint64_t *ids;

	if (failures->n_ids * 2 < failures->capacity)
		return true;
	ids = capacity <= MAX_IDS ? calloc(capacity, sizeof *ids) : NULL;
	if (!ids) {
		failures->is_full = true;
		return false;
	}
	for (size_t i = 0; i < failures->capacity; i++) {
		size_t place = failures->ids[i] & (capacity - 1);

		if (!failures->ids[i])
			continue;
		while (ids[place])
			place = (place + 1) & (capacity - 1);
		ids[place] = failures->ids[i];
	}
	free(failures->ids);
	failures->ids = ids;
	failures->capacity = capacity;
	return true;
}

static bool is_repeated(struct quoth_failures *failures, uint64_t id)
{
	size_t place;

	if (!id || failures->is_full || !has_room_for_ids(failures))
		return false;
	id ^= id >> 32;		/* the table looks at the low bits */
	id += !id;
	for (place = id & (failures->capacity - 1); failures->ids[place]; place = (place + 1) & (failures->capacity - 1))
		if (failures->ids[place] == id)
			return true;
	failures->ids[place] = id;
	failures->n_ids++;
	return false;
}

static int write_failure(struct quoth_failures *failures, const char *id, const char *where, const char *what,
			 struct quoth_report *report)
{
	struct quoth_buffer line = {0};
	int error;

	quoth_buffer_put_tsv(&line, id, strlen(id));
	quoth_buffer_put_byte(&line, '\t');
	quoth_buffer_put_tsv(&line, where, strlen(where));
	quoth_buffer_put_byte(&line, '\t');
	quoth_buffer_put_tsv(&line, what, strlen(what));
	quoth_buffer_put_byte(&line, '\n');
	if (line.has_failed)
		error = quoth_report_set(report, QUOTH_NO_MEMORY, failures->file.name, "out of memory");
	else
		error = quoth_output_write(&failures->file, line.bytes, line.size, report);
	quoth_buffer_free(&line);
	return error;
}

static int take_failure(struct quoth_failures *failures, const struct quoth_batch *batch,
			const struct quoth_record *record, struct quoth_report *report)
{
	bool has_strings = !batch->failures.has_failed;
	const char *id = has_strings ? batch->failures.bytes + record->failure : "";
	const char *where = has_strings ? id + strlen(id) + 1 : "";
	const char *what = has_strings ? where + strlen(where) + 1 : quoth_error_words(record->error);

	failures->n_failed++;
	if (failures->n_messages < MAX_MESSAGES)
		quoth_message(where, what);
	else if (failures->n_messages == MAX_MESSAGES)
		quoth_message("", failures->has_file ? "further messages go to the file of --errors alone" :
						      "further messages are left out; --errors=FILE gets them all");
	failures->n_messages++;
	return failures->has_file ? write_failure(failures, id, where, what, report) : 0;
}

int quoth_failures_take(struct quoth_failures *failures, const struct quoth_batch *batch, struct quoth_report *report)
{
	int error = 0;

	for (unsigned i = 0; !error && i < batch->n_records; i++) {
		const struct quoth_record *record = &batch->records[i];

		if (record->error)
			error = take_failure(failures, batch, record, report);
		if (is_repeated(failures, record->id_hash) && !failures->n_repeated_ids++)
			quoth_message(batch->input.bytes + record->place,
				      "its id was given to an earlier record too; both are read");
	}
	return error;
}

int quoth_failures_finish(struct quoth_failures *failures, struct quoth_report *report)
{
	char what[96];
	int error = 0;

	if (failures->n_repeated_ids > 1) {
		snprintf(what, sizeof what, "%llu records have an id that an earlier record has too",
			 (unsigned long long)failures->n_repeated_ids);
		quoth_message("", what);
	}
	if (failures->n_failed > 1) {
		snprintf(what, sizeof what, "%llu documents failed", (unsigned long long)failures->n_failed);
		quoth_message("", what);
	}
	if (failures->has_file)
		error = quoth_output_finish(&failures->file, report);
	free(failures->ids);
	failures->ids = NULL;
	return error;
}
