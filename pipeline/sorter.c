#include "config.h"

#include "pipeline/sorter.h"

#include "pipeline/pile.h"
#include "pipeline/signals.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_PIECE = 1 << 16, MOST_PIECE = 1 << 20, MOST_FAN_IN = 512, LEAST_FAN_IN = 4, FIRST_BYTES = 1 << 16 };

/* A record by its first eight bytes, which tell most of them apart. */
struct entry {
	uint64_t head;
	uint64_t place;		/* in the batch's bytes */
};

/* Records that are sorted together. */
struct batch {
	struct quoth_buffer records;
	struct entry *entries, *spare;	/* spare: what the radix sort moves them to */
	size_t n, capacity;
};

/* A sorted run on its way to be merged. */
struct run {
	uint64_t begin, end;
};

struct source {
	struct quoth_pile_reader reader;
	const unsigned char *record;
	size_t size;
	uint64_t head;
};

struct quoth_sorter {
	const char *folder;
	size_t memory;
	struct batch filling, writing;
	struct quoth_pile pile;
	bool has_pile, is_writing;
	pthread_t thread;
	int thread_error;
	struct quoth_report thread_report;
	struct run *runs;
	size_t n_runs, runs_capacity;
	/* reading */
	size_t next;			/* of the batch in memory */
	struct source *sources;
	size_t *heap, n_heap, n_sources;
	bool is_fresh;			/* the record at the top of the heap was not given out yet */
};

static int refuse_memory(const struct quoth_sorter *sorter, struct quoth_report *report)
{
	return quoth_report_set(report, QUOTH_NO_MEMORY, sorter->folder, "out of memory to sort");
}

/* ---- sorting in memory ---- */

static uint64_t head_of(const unsigned char *record, size_t size)
{
	uint64_t head = 0;

	for (size_t i = 0; i < 8; i++)
		head = head << 8 | (i < size ? record[i] : 0);
	return head;
}

static int compare_records(const unsigned char *a, size_t size_a, const unsigned char *b, size_t size_b)
{
	int order = memcmp(a, b, size_a < size_b ? size_a : size_b);

	return order ? order : (size_a > size_b) - (size_a < size_b);
}

static const unsigned char *record_at(const struct batch *batch, uint64_t place, size_t *size)
{
	const unsigned char *record = NULL;

	quoth_record_take((const unsigned char *)batch->records.bytes + place, batch->records.size - place, &record, size);
	return record;
}

static int compare_entries(const void *a, const void *b, void *batch)
{
	size_t size_a, size_b;
	const unsigned char *record_a = record_at(batch, ((const struct entry *)a)->place, &size_a);
	const unsigned char *record_b = record_at(batch, ((const struct entry *)b)->place, &size_b);

	return compare_records(record_a, size_a, record_b, size_b);
}

/* One pass of a radix sort, by a byte of the heads; nothing is moved where all have the same. */
static void sort_by_byte(struct batch *batch, unsigned shift)
{
	size_t counts[256] = {0}, at = 0;

	for (size_t i = 0; i < batch->n; i++)
		counts[batch->entries[i].head >> shift & 255]++;
	if (batch->n && counts[batch->entries[0].head >> shift & 255] == batch->n)
		return;
	for (unsigned c = 0; c < 256; c++) {
		size_t n = counts[c];

		counts[c] = at;
		at += n;
	}
	for (size_t i = 0; i < batch->n; i++)
		batch->spare[counts[batch->entries[i].head >> shift & 255]++] = batch->entries[i];
	struct entry *sorted = batch->spare;
	batch->spare = batch->entries;
	batch->entries = sorted;
}

static void sort_batch(struct batch *batch)
{
	for (unsigned shift = 0; shift < 64; shift += 8)
		sort_by_byte(batch, shift);
	for (size_t begin = 0, end; begin < batch->n; begin = end) {
		for (end = begin + 1; end < batch->n && batch->entries[end].head == batch->entries[begin].head; end++)
			;
		if (end - begin > 1)
			qsort_r(batch->entries + begin, end - begin, sizeof *batch->entries, compare_entries, batch);
	}
}

static size_t bytes_of(const struct batch *batch)
{
	return batch->records.size + batch->n * 2 * sizeof *batch->entries;
}

static bool grow_entries(struct batch *batch)
{
	size_t capacity = batch->capacity ? batch->capacity * 3 / 2 : 1024;
	struct entry *entries = realloc(batch->entries, capacity * sizeof *entries);

	if (!entries)
		return false;
	batch->entries = entries;
	free(batch->spare);
	batch->spare = malloc(capacity * sizeof *batch->spare);
	batch->capacity = batch->spare ? capacity : 0;
	return batch->spare;
}

static void empty_batch(struct batch *batch)
{
	batch->records.size = 0;
	batch->n = 0;
}

static void free_batch(struct batch *batch)
{
	quoth_buffer_free(&batch->records);
	free(batch->entries);
	free(batch->spare);
	*batch = (struct batch){0};
}

/* ---- runs ---- */

static void *write_run(void *context)
{
	struct quoth_sorter *sorter = context;
	struct batch *batch = &sorter->writing;
	int error = 0;

	sort_batch(batch);
	for (size_t i = 0; !error && i < batch->n; i++) {
		size_t size;
		const unsigned char *record = record_at(batch, batch->entries[i].place, &size);

		error = quoth_pile_put(&sorter->pile, record, size, &sorter->thread_report);
	}
	if (!error)
		error = quoth_pile_flush(&sorter->pile, &sorter->thread_report);
	sorter->thread_error = error;
	return NULL;
}

static int note_run(struct quoth_sorter *sorter, uint64_t begin, struct quoth_report *report)
{
	if (sorter->n_runs == sorter->runs_capacity) {
		size_t capacity = sorter->runs_capacity ? sorter->runs_capacity * 2 : 64;
		struct run *runs = realloc(sorter->runs, capacity * sizeof *runs);

		if (!runs)
			return refuse_memory(sorter, report);
		sorter->runs = runs;
		sorter->runs_capacity = capacity;
	}
	sorter->runs[sorter->n_runs++] = (struct run){begin, quoth_pile_place(&sorter->pile)};
	return 0;
}

/* Waits for the run that is being written. */
static int join_run(struct quoth_sorter *sorter, struct quoth_report *report)
{
	uint64_t begin = sorter->n_runs ? sorter->runs[sorter->n_runs - 1].end : 0;

	if (!sorter->is_writing)
		return 0;
	pthread_join(sorter->thread, NULL);
	sorter->is_writing = false;
	empty_batch(&sorter->writing);
	if (sorter->thread_error && report)
		*report = sorter->thread_report;
	return sorter->thread_error ? sorter->thread_error : note_run(sorter, begin, report);
}

static int begin_run(struct quoth_sorter *sorter, struct quoth_report *report)
{
	int error = join_run(sorter, report);
	struct batch written = sorter->writing;

	if (!error && !sorter->has_pile) {
		error = quoth_pile_open(&sorter->pile, sorter->folder, report);
		sorter->has_pile = !error;
	}
	if (error)
		return error;
	sorter->writing = sorter->filling;
	sorter->filling = written;
	quoth_signals_block(true);
	error = pthread_create(&sorter->thread, NULL, write_run, sorter);
	quoth_signals_block(false);
	if (error) {	/* no thread to be had: it is done here */
		uint64_t begin = quoth_pile_place(&sorter->pile);

		write_run(sorter);
		empty_batch(&sorter->writing);
		if (sorter->thread_error && report)
			*report = sorter->thread_report;
		return sorter->thread_error ? sorter->thread_error : note_run(sorter, begin, report);
	}
	sorter->is_writing = true;
	return 0;
}

/* ---- collecting ---- */

struct quoth_sorter *quoth_sorter_open(const char *folder, size_t memory)
{
	struct quoth_sorter *sorter = calloc(1, sizeof *sorter);

	if (sorter) {
		sorter->folder = folder;
		sorter->memory = memory < 4 * FIRST_BYTES ? 4 * FIRST_BYTES : memory;
	}
	return sorter;
}

int quoth_sorter_put(struct quoth_sorter *sorter, const void *record, size_t size, struct quoth_report *report)
{
	struct batch *batch = &sorter->filling;
	int error = 0;

	if (batch->n && bytes_of(batch) + size + 2 * sizeof *batch->entries > sorter->memory / 2) {
		error = quoth_signals_stop() ? QUOTH_STOPPED : begin_run(sorter, report);
		batch = &sorter->filling;
	}
	if (error)
		return error;
	if (batch->n == batch->capacity && !grow_entries(batch))
		return refuse_memory(sorter, report);
	batch->entries[batch->n++] = (struct entry){head_of(record, size), batch->records.size};
	quoth_record_put(&batch->records, record, size);
	return batch->records.has_failed ? refuse_memory(sorter, report) : 0;
}

/* ---- merging ---- */

static bool stands_before(const struct quoth_sorter *sorter, size_t a, size_t b)
{
	const struct source *x = &sorter->sources[a], *y = &sorter->sources[b];

	if (x->head != y->head)
		return x->head < y->head;
	return compare_records(x->record, x->size, y->record, y->size) < 0;
}

static void sift_down(struct quoth_sorter *sorter, size_t at)
{
	size_t *heap = sorter->heap, moved = heap[at];

	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < sorter->n_heap && stands_before(sorter, heap[child + 1], heap[child]))
			child++;
		if (child >= sorter->n_heap || !stands_before(sorter, heap[child], moved))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = moved;
}

static int advance(struct source *source, struct quoth_report *report)
{
	int found = quoth_pile_next(&source->reader, &source->record, &source->size, report);

	if (found > 0)
		source->head = head_of(source->record, source->size);
	return found;
}

static void close_sources(struct quoth_sorter *sorter)
{
	for (size_t i = 0; i < sorter->n_sources; i++)
		quoth_pile_reader_close(&sorter->sources[i].reader);
	free(sorter->sources);
	free(sorter->heap);
	sorter->sources = NULL;
	sorter->heap = NULL;
	sorter->n_heap = sorter->n_sources = 0;
}

/* Opens n runs from `first` on. */
static int open_sources(struct quoth_sorter *sorter, size_t first, size_t n, struct quoth_report *report)
{
	size_t piece = sorter->memory / (n + 1) / 2;
	int found = 0;

	piece = piece > MOST_PIECE ? MOST_PIECE : piece < LEAST_PIECE ? LEAST_PIECE : piece;
	sorter->sources = calloc(n, sizeof *sorter->sources);
	sorter->heap = calloc(n, sizeof *sorter->heap);
	if (!sorter->sources || !sorter->heap)
		return refuse_memory(sorter, report);
	sorter->n_sources = n;
	for (size_t i = 0; i < n && found >= 0; i++) {
		const struct run *run = &sorter->runs[first + i];

		quoth_pile_read(&sorter->sources[i].reader, &sorter->pile, run->begin, run->end, piece);
		found = advance(&sorter->sources[i], report);
		if (found > 0)
			sorter->heap[sorter->n_heap++] = i;
	}
	for (size_t i = sorter->n_heap / 2; i-- > 0;)
		sift_down(sorter, i);
	sorter->is_fresh = true;
	return found < 0 ? found : 0;
}

static int next_merged(struct quoth_sorter *sorter, const unsigned char **record, size_t *size, struct quoth_report *report)
{
	struct source *source;

	if (!sorter->is_fresh && sorter->n_heap) {
		int found = advance(&sorter->sources[sorter->heap[0]], report);

		if (found < 0)
			return found;
		if (!found)
			sorter->heap[0] = sorter->heap[--sorter->n_heap];
		if (sorter->n_heap)
			sift_down(sorter, 0);
	}
	if (!sorter->n_heap)
		return 0;
	sorter->is_fresh = false;
	source = &sorter->sources[sorter->heap[0]];
	*record = source->record;
	*size = source->size;
	return 1;
}

/* Merges n runs from `first` on into one at the end. */
static int merge_runs(struct quoth_sorter *sorter, size_t first, size_t n, struct quoth_report *report)
{
	uint64_t begin = quoth_pile_place(&sorter->pile);
	int error = open_sources(sorter, first, n, report), found = 1;

	while (!error && found > 0) {
		const unsigned char *record;
		size_t size;

		found = quoth_signals_stop() ? QUOTH_STOPPED : next_merged(sorter, &record, &size, report);
		if (found > 0)
			error = quoth_pile_put(&sorter->pile, record, size, report);
	}
	close_sources(sorter);
	if (!error)
		error = found < 0 ? found : quoth_pile_flush(&sorter->pile, report);
	return error ? error : note_run(sorter, begin, report);
}

/* Runs that can be merged at once. */
static size_t fan_in_of(const struct quoth_sorter *sorter)
{
	size_t n = sorter->memory / 2 / LEAST_PIECE;

	return n > MOST_FAN_IN ? MOST_FAN_IN : n < LEAST_FAN_IN ? LEAST_FAN_IN : n;
}

int quoth_sorter_sort(struct quoth_sorter *sorter, struct quoth_report *report)
{
	size_t fan_in = fan_in_of(sorter), first = 0;
	int error = 0;

	if (!sorter->n_runs && !sorter->is_writing) {
		sort_batch(&sorter->filling);
		return 0;
	}
	if (sorter->filling.n)
		error = begin_run(sorter, report);
	if (!error)
		error = join_run(sorter, report);
	free_batch(&sorter->filling);
	free_batch(&sorter->writing);
	for (; !error && sorter->n_runs - first > fan_in; first += fan_in)
		error = merge_runs(sorter, first, fan_in, report);
	return error ? error : open_sources(sorter, first, sorter->n_runs - first, report);
}

int quoth_sorter_next(struct quoth_sorter *sorter, const unsigned char **record, size_t *size, struct quoth_report *report)
{
	if (quoth_signals_stop())
		return QUOTH_STOPPED;
	if (sorter->n_runs)
		return next_merged(sorter, record, size, report);
	if (sorter->next == sorter->filling.n)
		return 0;
	*record = record_at(&sorter->filling, sorter->filling.entries[sorter->next++].place, size);
	return 1;
}

void quoth_sorter_close(struct quoth_sorter *sorter)
{
	if (!sorter)
		return;
	join_run(sorter, NULL);
	close_sources(sorter);
	free_batch(&sorter->filling);
	free_batch(&sorter->writing);
	if (sorter->has_pile)
		quoth_pile_close(&sorter->pile);
	free(sorter->runs);
	free(sorter);
}
