/* group_result: what is said of each row: each group's texts are held against the one that stands for it.
 *
 * In the order of texts, a text that is alone with its one row is done with. The others are sorted by group, in it by what chooses the one that
 * stands for it; and their rows' outlets likewise, to be counted. What comes out for each text goes to its rows.
 */
#include "config.h"

#include "pipeline/group_run.h"

#include <stdlib.h>

enum { MEMBER_BYTES = 1 + 8 + 4, PIECE = 1 << 18 };

struct judging {
	struct quoth_group_run *run;
	struct quoth_sorter *texts, *outlets, *by_text;
	struct quoth_buffer record;
	struct quoth_aligner *aligner;
	struct quoth_group_words words, words_of_first;
	struct quoth_alignment alignment;
	/* the group at hand */
	struct quoth_buffer first;		/* the record of the text that stands for it */
	uint32_t root, n_outlets;
	bool has_group;
	/* the outlet that was read last */
	uint32_t outlet_root;
	uint64_t last_outlet;
	bool has_outlet;
};

static int refuse_memory(struct quoth_group_run *run)
{
	return quoth_report_set(run->report, QUOTH_NO_MEMORY, run->asked->folder, "out of memory");
}

static int put_record(struct judging *judging, struct quoth_sorter *sorter)
{
	if (judging->record.has_failed)
		return refuse_memory(judging->run);
	return quoth_sorter_put(sorter, judging->record.bytes, judging->record.size, judging->run->report);
}

static bool has_difference(const struct judging *judging)
{
	return judging->run->format == QUOTH_GROUP_JSONL;
}

/* ---- in the order of texts ---- */

static struct quoth_group_member take_member(const unsigned char *record)
{
	struct quoth_cursor cursor = {record + 1, record + MEMBER_BYTES};
	struct quoth_group_member member = {.is_first = record[0]};

	member.outlet = quoth_take_number(&cursor, 8);
	member.row = (uint32_t)quoth_take_number(&cursor, 4);
	return member;
}

/* number: of the row or text. */
static void begin_verdict(struct quoth_buffer *record, uint32_t number, uint64_t group, enum quoth_variant variant, uint32_t n_outlets,
			  const char *first_seen)
{
	record->size = 0;
	quoth_put_number(record, number, 4);
	quoth_put_number(record, group, 8);
	quoth_put_number(record, variant, 1);
	quoth_put_number(record, n_outlets, 4);
	quoth_put_string(record, first_seen, strlen(first_seen));
}

static int put_lone_row(struct judging *judging, const struct quoth_group_text *text, uint32_t row)
{
	begin_verdict(&judging->record, row, text->group, QUOTH_IDENTICAL, 1, text->date);
	if (has_difference(judging))
		quoth_buffer_put_string(&judging->record, "[]");
	judging->run->asked->n_groups++;
	return put_record(judging, judging->run->verdicts);
}

static int put_text(struct judging *judging, const struct quoth_group_text *text, uint32_t number, const unsigned char *bytes, size_t size)
{
	struct quoth_buffer *record = &judging->record;

	record->size = 0;
	quoth_put_number(record, quoth_sets_find(&judging->run->sets, number), 4);
	quoth_buffer_put(record, (const char *)text->order, text->order_size);
	quoth_put_number(record, UINT32_MAX - text->n_rows, 4);
	quoth_put_number(record, UINT32_MAX - text->n_words, 4);
	quoth_put_string(record, text->doc, strlen(text->doc));
	quoth_put_string(record, text->id, strlen(text->id));
	quoth_put_number(record, number, 4);
	quoth_buffer_put(record, (const char *)bytes, size);
	return put_record(judging, judging->texts);
}

static int put_outlet(struct judging *judging, uint32_t text, uint64_t outlet)
{
	judging->record.size = 0;
	quoth_put_number(&judging->record, quoth_sets_find(&judging->run->sets, text), 4);
	quoth_put_number(&judging->record, outlet, 8);
	return put_record(judging, judging->outlets);
}

/* The text of this number, and its rows. */
static int take_text(struct judging *judging, uint32_t number, const unsigned char *bytes, size_t size, struct quoth_pile_reader *members)
{
	struct quoth_group_run *run = judging->run;
	struct quoth_group_text text;
	bool is_alone;
	int error = 0;

	quoth_group_text_take(bytes, size, &text);
	is_alone = text.n_rows == 1 && quoth_sets_is_alone(&run->sets, number);
	if (!is_alone)
		error = put_text(judging, &text, number, bytes, size);
	for (uint32_t i = 0; !error && i < text.n_rows; i++) {
		const unsigned char *record;
		size_t ignored;
		int found = quoth_pile_next(members, &record, &ignored, run->report);

		if (found <= 0)
			return found ? found : quoth_report_set(run->report, QUOTH_IO, run->asked->folder, "a temporary file there was cut short");
		error = is_alone ? put_lone_row(judging, &text, take_member(record).row) :
				   put_outlet(judging, number, take_member(record).outlet);
	}
	return error;
}

static int take_texts(struct judging *judging)
{
	struct quoth_group_run *run = judging->run;
	struct quoth_pile_reader texts = {0}, members = {0};
	const unsigned char *record;
	size_t size;
	int error = 0, found = 1;

	quoth_pile_read(&texts, &run->texts.pile, 0, quoth_pile_place(&run->texts.pile), PIECE);
	quoth_pile_read(&members, &run->members, 0, quoth_pile_place(&run->members), PIECE);
	for (uint32_t number = 0; !error && (found = quoth_pile_next(&texts, &record, &size, run->report)) > 0; number++)
		error = take_text(judging, number, record, size, &members);
	quoth_pile_reader_close(&texts);
	quoth_pile_reader_close(&members);
	return error ? error : found;
}

/* ---- in the order of groups ---- */

static int next_outlet(struct judging *judging, uint64_t *outlet)
{
	const unsigned char *record;
	size_t size;
	int found = quoth_sorter_next(judging->outlets, &record, &size, judging->run->report);
	struct quoth_cursor cursor;

	judging->has_outlet = found > 0;
	if (found <= 0)
		return found;
	cursor = (struct quoth_cursor){record, record + size};
	judging->outlet_root = (uint32_t)quoth_take_number(&cursor, 4);
	*outlet = quoth_take_number(&cursor, 8);
	return 1;
}

/* Counts the outlets of the group at hand, whose are the next. */
static int count_outlets(struct judging *judging)
{
	uint64_t outlet = judging->last_outlet, last;
	int found = 1;

	judging->n_outlets = 0;
	while (found > 0 && judging->has_outlet && judging->outlet_root == judging->root) {
		judging->n_outlets++;
		last = outlet;
		do
			found = next_outlet(judging, &outlet);
		while (found > 0 && judging->outlet_root == judging->root && outlet == last);
	}
	judging->last_outlet = outlet;
	return found < 0 ? found : 0;
}

/* The text's own record within what it was sorted by; its number too. */
static const unsigned char *text_in(const unsigned char *record, uint32_t *root, uint32_t *number)
{
	struct quoth_cursor cursor = {record, record + 4};

	*root = (uint32_t)quoth_take_number(&cursor, 4);
	cursor.end += 8;
	quoth_take_number(&cursor, 8);
	quoth_take_string(&cursor);
	cursor.at += 8;
	quoth_take_string(&cursor);
	quoth_take_string(&cursor);
	cursor.end = cursor.at + 4;
	*number = (uint32_t)quoth_take_number(&cursor, 4);
	return cursor.at;
}

static int begin_group(struct judging *judging, uint32_t root, const unsigned char *text, size_t size)
{
	struct quoth_group_text first;

	judging->root = root;
	judging->has_group = true;
	judging->first.size = 0;
	quoth_buffer_put(&judging->first, (const char *)text, size);
	if (judging->first.has_failed)
		return refuse_memory(judging->run);
	quoth_group_text_take((const unsigned char *)judging->first.bytes, size, &first);
	quoth_group_words_read(judging->run->wordings, first.quote, first.quote_size, first.kind, &judging->words_of_first);
	judging->run->asked->n_groups++;
	return count_outlets(judging);
}

static struct quoth_group_quote quote_of(const struct quoth_group_text *text, const struct quoth_group_words *words)
{
	return (struct quoth_group_quote){text->quote, text->quote_size, text->kind, text->speaker, words};
}

/* Holds a text against the first of its group. */
static int judge_text(struct judging *judging, uint32_t number, const unsigned char *bytes, size_t size)
{
	struct quoth_group_text first, text;
	struct quoth_group_quote a, b;
	enum quoth_variant variant;

	quoth_group_text_take((const unsigned char *)judging->first.bytes, judging->first.size, &first);
	quoth_group_text_take(bytes, size, &text);
	quoth_group_words_read(judging->run->wordings, text.quote, text.quote_size, text.kind, &judging->words);
	a = quote_of(&first, &judging->words_of_first);
	b = quote_of(&text, &judging->words);
	quoth_align(judging->aligner, a.words, b.words, &judging->alignment);
	variant = quoth_group_variant(&a, &b, &judging->alignment);
	begin_verdict(&judging->record, number, first.group, variant, judging->n_outlets, first.date);
	if (has_difference(judging) && variant == QUOTH_IDENTICAL)
		quoth_buffer_put_string(&judging->record, "[]");
	else if (has_difference(judging))
		quoth_group_put_difference(&judging->record, &a, &b, &judging->alignment);
	return put_record(judging, judging->by_text);
}

static int judge_groups(struct judging *judging)
{
	struct quoth_group_run *run = judging->run;
	const unsigned char *record;
	size_t size;
	int error = quoth_sorter_sort(judging->texts, run->report), found = 1;

	if (!error)
		error = quoth_sorter_sort(judging->outlets, run->report);
	if (!error) {
		found = next_outlet(judging, &judging->last_outlet);
		error = found < 0 ? found : 0;
	}
	while (!error && (found = quoth_sorter_next(judging->texts, &record, &size, run->report)) > 0) {
		uint32_t root, number;
		const unsigned char *text = text_in(record, &root, &number);
		size_t text_size = size - (size_t)(text - record);

		if (!judging->has_group || root != judging->root)
			error = begin_group(judging, root, text, text_size);
		if (!error)
			error = judge_text(judging, number, text, text_size);
	}
	quoth_sorter_close(judging->texts);
	quoth_sorter_close(judging->outlets);
	judging->texts = judging->outlets = NULL;
	return error ? error : found;
}

/* ---- from texts to rows ---- */

static int put_verdict(struct judging *judging, const unsigned char *verdict, size_t size, uint32_t row)
{
	judging->record.size = 0;
	quoth_put_number(&judging->record, row, 4);
	quoth_buffer_put(&judging->record, (const char *)verdict + 4, size - 4);
	return put_record(judging, judging->run->verdicts);
}

/* Texts with verdicts, and members, are both in the order of texts. */
static int hand_out(struct judging *judging)
{
	struct quoth_group_run *run = judging->run;
	struct quoth_pile_reader members = {0};
	const unsigned char *verdict = NULL, *record;
	size_t size = 0, ignored;
	uint32_t text = UINT32_MAX, judged = 0;
	int error = quoth_sorter_sort(judging->by_text, run->report), found, more;

	quoth_pile_read(&members, &run->members, 0, quoth_pile_place(&run->members), PIECE);
	more = error ? error : quoth_sorter_next(judging->by_text, &verdict, &size, run->report);
	while (!error && more > 0 && (found = quoth_pile_next(&members, &record, &ignored, run->report))) {
		struct quoth_group_member member;

		if (found < 0) {
			error = found;
			break;
		}
		member = take_member(record);
		text += member.is_first;
		judged = (uint32_t)quoth_take_number(&(struct quoth_cursor){verdict, verdict + 4}, 4);
		if (text > judged) {
			more = quoth_sorter_next(judging->by_text, &verdict, &size, run->report);
			if (more <= 0)
				break;
			judged = (uint32_t)quoth_take_number(&(struct quoth_cursor){verdict, verdict + 4}, 4);
		}
		if (text == judged)
			error = put_verdict(judging, verdict, size, member.row);
	}
	quoth_pile_reader_close(&members);
	return error ? error : more < 0 ? more : 0;
}

static int open_judging(struct judging *judging)
{
	struct quoth_group_run *run = judging->run;

	run->verdicts = quoth_group_sorter(run);
	judging->texts = quoth_group_sorter(run);
	judging->outlets = quoth_group_sorter(run);
	judging->by_text = quoth_group_sorter(run);
	judging->aligner = quoth_aligner_open();
	return run->verdicts && judging->texts && judging->outlets && judging->by_text && judging->aligner ? 0 : refuse_memory(run);
}

int quoth_group_judge_texts(struct quoth_group_run *run)
{
	struct judging *judging = calloc(1, sizeof *judging);
	int error;

	if (!judging)
		return refuse_memory(run);
	judging->run = run;
	error = open_judging(judging);
	if (!error)
		error = take_texts(judging);
	if (!error)
		error = judge_groups(judging);
	if (!error)
		error = hand_out(judging);
	quoth_sorter_close(judging->texts);
	quoth_sorter_close(judging->outlets);
	quoth_sorter_close(judging->by_text);
	quoth_aligner_close(judging->aligner);
	quoth_buffer_free(&judging->record);
	quoth_buffer_free(&judging->first);
	free(judging);
	quoth_texts_close(&run->texts);
	quoth_pile_close(&run->members);
	quoth_sets_free(&run->sets);
	return error;
}
