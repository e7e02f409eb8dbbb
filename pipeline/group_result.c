/* group_result: what is said of each row: each group's texts are held against the one that stands for it.
 *
 * In the order of texts, a text that is alone with its one row is done with. The others are sorted by group, in it by what chooses the one that
 * stands for it; and their rows' outlets likewise, to be counted. What comes out for each text goes to its rows.
 */
#include "config.h"

#include "pipeline/group_consensus.h"
#include "pipeline/group_run.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEMBER_BYTES = 1 + 8 + 4, FACT_BYTES = 4 + 1, PIECE = 1 << 18 };

/* The one that stands for a group is chosen among its first texts, which are held in so much memory. */
enum { MOST_HELD_BYTES = 4 << 20 };

struct judging {
	struct quoth_group_run *run;
	struct quoth_sorter *texts, *facts, *by_text;
	struct quoth_buffer record;
	struct quoth_aligner *aligner;
	struct quoth_group_words words, words_of_first;
	struct quoth_alignment alignment;
	/* the group at hand */
	struct quoth_buffer held;		/* records of texts, until the one that stands for the group is chosen among them */
	uint32_t n_held;
	struct quoth_buffer first;		/* the record of that */
	uint32_t root, n_outlets;
	bool is_settled;			/* it is chosen */
	struct quoth_consensus consensus;
	char first_seen[64];
	/* the fact that was read last */
	const unsigned char *fact;
	size_t fact_size;
	bool has_fact;
};

static int put_record(struct judging *judging, struct quoth_sorter *sorter)
{
	if (judging->record.has_failed)
		return quoth_group_refuse_memory(judging->run);
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
	quoth_put_number(record, text->kind == QUOTH_GROUP_INDIRECT, 1);
	quoth_buffer_put(record, (const char *)text->order, text->order_size);
	quoth_put_number(record, UINT32_MAX - text->n_rows, 4);
	quoth_put_number(record, UINT32_MAX - text->n_words, 4);
	quoth_put_string(record, text->doc, strlen(text->doc));
	quoth_put_string(record, text->id, strlen(text->id));
	quoth_put_number(record, number, 4);
	quoth_buffer_put(record, (const char *)bytes, size);
	return put_record(judging, judging->texts);
}

/* What is known of a group's rows: dates, in front, and outlets. */
enum fact { DATE, OUTLET };

static void begin_fact(struct judging *judging, uint32_t text, enum fact fact)
{
	judging->record.size = 0;
	quoth_put_number(&judging->record, quoth_sets_find(&judging->run->sets, text), 4);
	quoth_put_number(&judging->record, fact, 1);
}

static int put_date(struct judging *judging, const struct quoth_group_text *text, uint32_t number)
{
	begin_fact(judging, number, DATE);
	quoth_buffer_put(&judging->record, (const char *)text->order, text->order_size);
	return put_record(judging, judging->facts);
}

static int put_outlet(struct judging *judging, uint32_t text, uint64_t outlet)
{
	begin_fact(judging, text, OUTLET);
	quoth_put_number(&judging->record, outlet, 8);
	return put_record(judging, judging->facts);
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
	if (!is_alone && !error)
		error = put_date(judging, &text, number);
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

/* Reads the next fact; judging->has_fact says whether there is one. */
static int next_fact(struct judging *judging)
{
	int found = quoth_sorter_next(judging->facts, &judging->fact, &judging->fact_size, judging->run->report);

	judging->has_fact = found > 0;
	return found < 0 ? found : 0;
}

static bool is_of_group(const struct judging *judging, enum fact fact)
{
	struct quoth_cursor cursor;

	if (!judging->has_fact)
		return false;
	cursor = (struct quoth_cursor){judging->fact, judging->fact + FACT_BYTES};
	return quoth_take_number(&cursor, 4) == judging->root && quoth_take_number(&cursor, 1) == fact;
}

/* Takes the facts of the group at hand, which are the next: its earliest date, and the number of its outlets. */
static int take_facts(struct judging *judging)
{
	uint64_t last = 0;
	int error = 0;

	judging->n_outlets = 0;
	judging->first_seen[0] = '\0';
	if (is_of_group(judging, DATE))
		snprintf(judging->first_seen, sizeof judging->first_seen, "%s", (const char *)judging->fact + FACT_BYTES + 8);
	while (!error && is_of_group(judging, DATE))
		error = next_fact(judging);
	while (!error && is_of_group(judging, OUTLET)) {
		struct quoth_cursor cursor = {judging->fact + FACT_BYTES, judging->fact + judging->fact_size};
		uint64_t outlet = quoth_take_number(&cursor, 8);

		judging->n_outlets += !judging->n_outlets || outlet != last;
		last = outlet;
		error = next_fact(judging);
	}
	return error;
}

/* The text's own record within what it was sorted by; its number too. */
static const unsigned char *text_in(const unsigned char *record, uint32_t *root, uint32_t *number)
{
	struct quoth_cursor cursor = {record, record + 4};

	*root = (uint32_t)quoth_take_number(&cursor, 4);
	cursor.at += 1 + 8;
	quoth_take_string(&cursor);
	cursor.at += 4 + 4;
	quoth_take_string(&cursor);
	quoth_take_string(&cursor);
	cursor.end = cursor.at + 4;
	*number = (uint32_t)quoth_take_number(&cursor, 4);
	return cursor.at;
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
	begin_verdict(&judging->record, number, first.group, variant, judging->n_outlets, judging->first_seen);
	if (has_difference(judging) && variant == QUOTH_IDENTICAL)
		quoth_buffer_put_string(&judging->record, "[]");
	else if (has_difference(judging))
		quoth_group_put_difference(&judging->record, &a, &b, &judging->alignment);
	return put_record(judging, judging->by_text);
}

/* ---- which text stands for a group ---- */

/* The held text at a place, and the next place. */
static size_t take_held(const struct judging *judging, size_t at, struct quoth_group_text *text, const unsigned char **record, size_t *size,
			uint32_t *number)
{
	const unsigned char *bytes;
	size_t n;
	uint32_t root;

	at += quoth_record_take((const unsigned char *)judging->held.bytes + at, judging->held.size - at, &bytes, &n);
	*record = text_in(bytes, &root, number);
	*size = n - (size_t)(*record - bytes);
	quoth_group_text_take(*record, *size, text);
	return at;
}

/* Whether both might stand for the group: quotations stand before reported speech, and the earlier before the later. */
static bool is_even(const struct quoth_group_text *a, const struct quoth_group_text *b)
{
	return (a->kind == QUOTH_GROUP_INDIRECT) == (b->kind == QUOTH_GROUP_INDIRECT) && !memcmp(a->order, b->order, 8);
}

/* Whether the choice is not for the order alone to make: the first two are even, and there are others to ask. */
static bool is_open(const struct judging *judging)
{
	struct quoth_group_text text[2];
	const unsigned char *record;
	size_t size, at = 0;
	uint32_t number;

	if (judging->n_held < 3)
		return false;
	at = take_held(judging, at, &text[0], &record, &size, &number);
	take_held(judging, at, &text[1], &record, &size, &number);
	return is_even(&text[0], &text[1]);
}

enum consensus_pass { COUNT, WEIGH, FORGET };

/* Goes through the held texts; of those that are even with the first, the place of the one that weighs most. */
static size_t pass_over_held(struct judging *judging, enum consensus_pass pass)
{
	const unsigned char *record;
	struct quoth_group_text text, first = {0};
	int64_t best = INT64_MIN;
	size_t best_at = 0, size;

	for (size_t at = 0, next; at < judging->held.size; at = next) {
		uint32_t number;
		int64_t weight;

		next = take_held(judging, at, &text, &record, &size, &number);
		if (!at)
			first = text;
		if (pass == WEIGH && !is_even(&first, &text))
			break;
		quoth_group_words_read(judging->run->wordings, text.quote, text.quote_size, text.kind, &judging->words);
		if (pass == COUNT)
			quoth_consensus_add(&judging->consensus, &judging->words, text.n_rows);
		if (pass == FORGET)
			quoth_consensus_remove(&judging->consensus, &judging->words);
		weight = pass == WEIGH ? quoth_consensus_weigh(&judging->consensus, &judging->words) : INT64_MIN;
		if (weight > best) {
			best = weight;
			best_at = at;
		}
	}
	return best_at;
}

static size_t choose_first(struct judging *judging)
{
	size_t best_at;

	if (!is_open(judging))
		return 0;
	judging->consensus.n_rows = 0;
	pass_over_held(judging, COUNT);
	best_at = pass_over_held(judging, WEIGH);
	pass_over_held(judging, FORGET);
	return best_at;
}

/* Chooses the text that stands for the group, and judges all that were held. */
static int settle_group(struct judging *judging)
{
	struct quoth_group_text text, first;
	const unsigned char *record;
	size_t size, next;
	uint32_t number;
	int error;

	if (judging->is_settled || !judging->n_held)
		return 0;
	judging->is_settled = true;
	take_held(judging, choose_first(judging), &text, &record, &size, &number);
	judging->first.size = 0;
	quoth_buffer_put(&judging->first, (const char *)record, size);
	if (judging->first.has_failed)
		return quoth_group_refuse_memory(judging->run);
	quoth_group_text_take((const unsigned char *)judging->first.bytes, size, &first);
	quoth_group_words_read(judging->run->wordings, first.quote, first.quote_size, first.kind, &judging->words_of_first);
	judging->run->asked->n_groups++;
	error = take_facts(judging);
	for (size_t at = 0; !error && at < judging->held.size; at = next) {
		next = take_held(judging, at, &text, &record, &size, &number);
		error = judge_text(judging, number, record, size);
	}
	return error;
}

/* A text of the group at hand: it is held, and where there are too many, judged. */
static int take_judged(struct judging *judging, const unsigned char *record, size_t size)
{
	uint32_t root, number;
	const unsigned char *text;
	int error;

	if (!judging->is_settled && judging->held.size < MOST_HELD_BYTES) {
		quoth_record_put(&judging->held, record, size);
		judging->n_held++;
		return judging->held.has_failed ? quoth_group_refuse_memory(judging->run) : 0;
	}
	text = text_in(record, &root, &number);
	error = settle_group(judging);
	return error ? error : judge_text(judging, number, text, size - (size_t)(text - record));
}

static int judge_groups(struct judging *judging)
{
	struct quoth_group_run *run = judging->run;
	const unsigned char *record;
	size_t size;
	int error = quoth_sorter_sort(judging->texts, run->report), found = 1;

	if (!error)
		error = quoth_sorter_sort(judging->facts, run->report);
	if (!error)
		error = next_fact(judging);
	while (!error && (found = quoth_sorter_next(judging->texts, &record, &size, run->report)) > 0) {
		uint32_t root = (uint32_t)quoth_take_number(&(struct quoth_cursor){record, record + 4}, 4);

		if (root != judging->root || !judging->n_held) {
			error = settle_group(judging);
			judging->root = root;
			judging->is_settled = false;
			judging->held.size = judging->n_held = 0;
		}
		if (!error)
			error = take_judged(judging, record, size);
	}
	if (!error && found >= 0)
		error = settle_group(judging);
	quoth_sorter_close(judging->texts);
	quoth_sorter_close(judging->facts);
	judging->texts = judging->facts = NULL;
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
	judging->facts = quoth_group_sorter(run);
	judging->by_text = quoth_group_sorter(run);
	judging->aligner = quoth_aligner_open();
	return run->verdicts && judging->texts && judging->facts && judging->by_text && judging->aligner ? 0 : quoth_group_refuse_memory(run);
}

int quoth_group_judge_texts(struct quoth_group_run *run)
{
	struct judging *judging = calloc(1, sizeof *judging);
	int error;

	if (!judging)
		return quoth_group_refuse_memory(run);
	judging->run = run;
	error = open_judging(judging);
	if (!error)
		error = take_texts(judging);
	if (!error)
		error = judge_groups(judging);
	if (!error)
		error = hand_out(judging);
	quoth_sorter_close(judging->texts);
	quoth_sorter_close(judging->facts);
	quoth_sorter_close(judging->by_text);
	quoth_aligner_close(judging->aligner);
	quoth_buffer_free(&judging->record);
	quoth_buffer_free(&judging->first);
	quoth_buffer_free(&judging->held);
	free(judging);
	quoth_texts_close(&run->texts);
	quoth_pile_close(&run->members);
	quoth_sets_free(&run->sets);
	return error;
}
