/* group_pairs: which texts are the same quote.
 *
 * Texts that share a fingerprint stand together once the fingerprints are sorted. Each is paired with a few of those before it, in the order of
 * their numbers, so that many that share one cost no more than few; as that order puts like beside like, a pair that is one quote is found
 * among the pairs of some fingerprint. Pairs that come up twice are compared, word by word, by some threads.
 *
 * Two that are alike are joined. A piece of a longer quote is joined to one only, the best of those that it is a piece of: otherwise a phrase
 * that two speeches share would make them one.
 */
#include "config.h"

#include "pipeline/group_run.h"
#include "pipeline/signals.h"

#include <pthread.h>
#include <stdlib.h>

/* How many texts before it a text is paired with; fewer where very many share the fingerprint. */
enum { NEAR_FEW = 6, NEAR_MANY = 3, MANY = 64 };

/* A pair in one number: the lesser text, the greater, and whether one of them has few fingerprints. */
static uint64_t pair_of(uint32_t a, uint32_t b, bool has_few)
{
	return (uint64_t)a << 33 | (uint64_t)b << 2 | has_few;
}

static uint64_t number_of(const unsigned char *record)
{
	struct quoth_cursor cursor = {record, record + 8};

	return quoth_take_number(&cursor, 8);
}

/* ---- pairs ---- */

/* The texts that share a fingerprint, as far as they still matter. */
struct bucket {
	uint32_t hash;
	uint64_t n;
	uint32_t texts[NEAR_FEW];	/* text << 1, with whether it has few; a ring */
};

static int pair_with_last(struct quoth_group_run *run, struct quoth_sorter *pairs, struct bucket *bucket, uint32_t text)
{
	uint64_t near = bucket->n < MANY ? NEAR_FEW : NEAR_MANY;
	int error = 0;

	for (uint64_t k = 1; !error && k <= near && k <= bucket->n; k++) {
		uint32_t other = bucket->texts[(bucket->n - k) % NEAR_FEW];

		if (other >> 1 == text >> 1)	/* it has the fingerprint twice */
			continue;
		error = quoth_group_sort_number(run, pairs, pair_of(other >> 1, text >> 1, (other | text) & 1));
	}
	bucket->texts[bucket->n++ % NEAR_FEW] = text;
	return error;
}

static int put_pairs(struct quoth_group_run *run, struct quoth_sorter *pairs)
{
	struct bucket bucket = {.n = 0};
	const unsigned char *record;
	size_t size;
	int error = quoth_sorter_sort(run->fingerprints, run->report), found = 1;

	while (!error && (found = quoth_sorter_next(run->fingerprints, &record, &size, run->report)) > 0) {
		uint64_t number = number_of(record);

		if (number >> 32 != bucket.hash)
			bucket = (struct bucket){.hash = (uint32_t)(number >> 32)};
		error = pair_with_last(run, pairs, &bucket, (uint32_t)number);
	}
	quoth_sorter_close(run->fingerprints);
	run->fingerprints = NULL;
	return error ? error : found;
}

/* ---- comparing ---- */

/* What the threads share, under the lock: where pairs come from, and where what was found goes. */
struct comparing {
	struct quoth_group_run *run;
	pthread_mutex_t lock;
	struct quoth_sorter *pairs;
	uint64_t next;			/* the pair that was read last and not handed out; 0: there is none (no text is paired with itself) */
	struct quoth_pile pieces;
	int error;
};

enum { PAIRS_AT_ONCE = 256, PIECE_BYTES = 4 + 1 + 2 + 2 + 4 };

struct found {
	uint32_t a, b;
	struct quoth_likeness likeness;
	bool has_other_speaker;
	uint32_t n_words_a, n_words_b;
};

/* One thread's. */
struct comparer {
	struct comparing *shared;
	struct quoth_aligner *aligner;
	struct quoth_texts_reader *reader;
	struct quoth_buffer records[2];
	struct quoth_group_text texts[2];
	struct quoth_group_words words[2];
	struct quoth_alignment alignment;
	uint32_t loaded;		/* the text that is in the first place, from 1 */
	struct found found[PAIRS_AT_ONCE];
	unsigned n;
	struct quoth_report report;
};

/* The next pair that came up often enough; 0 at the end. */
static uint64_t next_pair(struct comparing *comparing)
{
	struct quoth_group_run *run = comparing->run;
	const unsigned char *record;
	size_t size;

	for (;;) {
		uint64_t pair = comparing->next, other;
		unsigned n = 1;
		bool has_few = pair & 1;

		if (!pair)
			return 0;
		comparing->next = 0;
		for (int found; (found = quoth_sorter_next(comparing->pairs, &record, &size, run->report)); n++) {
			if (found < 0) {
				comparing->error = found;
				return 0;
			}
			other = number_of(record);
			has_few |= other >> 2 == pair >> 2 && (other & 1);
			if (other >> 2 != pair >> 2) {
				comparing->next = other;
				break;
			}
		}
		if (n > 1 || has_few)
			return pair;
	}
}

/* Pairs that are in one set already are passed over: whatever came out would change nothing. */
static void take_pairs(struct comparer *comparer)
{
	struct comparing *comparing = comparer->shared;
	uint64_t pair = 1;

	comparer->n = 0;
	while (!comparing->error && comparer->n < PAIRS_AT_ONCE && (pair = next_pair(comparing))) {
		uint32_t a = (uint32_t)(pair >> 33), b = (uint32_t)(pair >> 2) & INT32_MAX;

		if (quoth_sets_find(&comparing->run->sets, a) != quoth_sets_find(&comparing->run->sets, b))
			comparer->found[comparer->n++] = (struct found){.a = a, .b = b};
	}
}

static int load(struct comparer *comparer, unsigned place, uint32_t text)
{
	struct quoth_buffer *record = &comparer->records[place];
	struct quoth_group_text *into = &comparer->texts[place];
	int error = quoth_texts_read(comparer->reader, text, record, &comparer->report);

	if (error)
		return error;
	quoth_group_text_take((const unsigned char *)record->bytes, record->size, into);
	quoth_group_words_read(comparer->shared->run->wordings, into->quote, into->quote_size, into->kind, &comparer->words[place]);
	return 0;
}

static struct quoth_group_quote quote_of(const struct quoth_group_text *text, const struct quoth_group_words *words)
{
	return (struct quoth_group_quote){text->quote, text->quote_size, text->kind, text->speaker, words};
}

static int compare_pair(struct comparer *comparer, struct found *found)
{
	int error = comparer->loaded == found->a + 1 ? 0 : load(comparer, 0, found->a);
	struct quoth_group_quote a, b;

	comparer->loaded = error ? 0 : found->a + 1;
	if (!error)
		error = load(comparer, 1, found->b);
	if (error || !quoth_group_may_be_alike(&comparer->words[0], &comparer->words[1]))
		return error;
	a = quote_of(&comparer->texts[0], &comparer->words[0]);
	b = quote_of(&comparer->texts[1], &comparer->words[1]);
	quoth_align(comparer->aligner, &comparer->words[0], &comparer->words[1], &comparer->alignment);
	found->likeness = quoth_group_compare(&a, &b, &comparer->alignment);
	found->has_other_speaker = !a.speaker || a.speaker != b.speaker;
	found->n_words_a = comparer->words[0].n;
	found->n_words_b = comparer->words[1].n;
	return 0;
}

/* A piece, and what it is a piece of: the same speaker's first, then the one that has most of it, then the longest. */
static int put_piece(struct comparing *comparing, const struct found *found)
{
	bool is_a = found->n_words_a < found->n_words_b;
	struct quoth_buffer record = {0};
	int error;

	quoth_put_number(&record, is_a ? found->a : found->b, 4);
	quoth_put_number(&record, found->has_other_speaker, 1);
	quoth_put_number(&record, 1000 - found->likeness.covered, 2);
	quoth_put_number(&record, UINT16_MAX - (is_a ? found->n_words_b : found->n_words_a), 2);
	quoth_put_number(&record, is_a ? found->b : found->a, 4);
	error = record.has_failed ? quoth_group_refuse_memory(comparing->run) :
				    quoth_pile_put(&comparing->pieces, record.bytes, record.size, comparing->run->report);
	quoth_buffer_free(&record);
	return error;
}

static void hand_in(struct comparer *comparer, int error)
{
	struct comparing *comparing = comparer->shared;

	if (error && !comparing->error)
		*comparing->run->report = comparer->report;
	if (!comparing->error)
		comparing->error = error;
	for (unsigned i = 0; !comparing->error && i < comparer->n; i++) {
		const struct found *found = &comparer->found[i];

		if (found->likeness.verdict == QUOTH_ALIKE)
			quoth_sets_join(&comparing->run->sets, found->a, found->b);
		else if (found->likeness.verdict == QUOTH_PART)
			comparing->error = put_piece(comparing, found);
	}
}

static void *compare_pairs(void *context)
{
	struct comparer *comparer = context;
	struct comparing *comparing = comparer->shared;
	int error = 0;

	pthread_mutex_lock(&comparing->lock);
	do {
		take_pairs(comparer);
		pthread_mutex_unlock(&comparing->lock);
		for (unsigned i = 0; !error && i < comparer->n; i++)
			error = compare_pair(comparer, &comparer->found[i]);
		pthread_mutex_lock(&comparing->lock);
		hand_in(comparer, error);
	} while (!comparing->error && comparer->n);
	pthread_mutex_unlock(&comparing->lock);
	return NULL;
}

static struct comparer *open_comparer(struct comparing *comparing)
{
	struct comparer *comparer = calloc(1, sizeof *comparer);

	if (!comparer)
		return NULL;
	comparer->shared = comparing;
	comparer->aligner = quoth_aligner_open();
	comparer->reader = quoth_texts_reader_open(&comparing->run->texts);
	return comparer;
}

static void close_comparer(struct comparer *comparer)
{
	if (!comparer)
		return;
	quoth_aligner_close(comparer->aligner);
	quoth_texts_reader_close(comparer->reader);
	quoth_buffer_free(&comparer->records[0]);
	quoth_buffer_free(&comparer->records[1]);
	free(comparer);
}

/* The first comparer works in this thread, each other in its own, where it can be had. */
static int run_comparers(struct comparing *comparing)
{
	enum { MOST_JOBS = 16 };
	struct comparer *comparers[MOST_JOBS] = {NULL};
	pthread_t threads[MOST_JOBS];
	bool is_running[MOST_JOBS] = {false};
	unsigned jobs = comparing->run->asked->jobs < MOST_JOBS ? comparing->run->asked->jobs : MOST_JOBS;
	int error = 0;

	for (unsigned i = 0; i < jobs; i++) {
		comparers[i] = open_comparer(comparing);
		if (!comparers[i] || !comparers[i]->aligner || !comparers[i]->reader)
			error = quoth_group_refuse_memory(comparing->run);
	}
	quoth_signals_block(true);
	for (unsigned i = 1; !error && i < jobs; i++)
		is_running[i] = !pthread_create(&threads[i], NULL, compare_pairs, comparers[i]);
	quoth_signals_block(false);
	if (!error)
		compare_pairs(comparers[0]);
	for (unsigned i = 0; i < jobs; i++) {
		if (is_running[i])
			pthread_join(threads[i], NULL);
		close_comparer(comparers[i]);
	}
	return error ? error : comparing->error;
}

/* ---- pieces ---- */

/* Sorts the pieces by the set that each is in by now; those of what it is in the same set with are left out. */
static int sort_pieces(struct quoth_group_run *run, struct quoth_pile *pieces, struct quoth_sorter *sorter)
{
	struct quoth_pile_reader reader = {0};
	const unsigned char *record;
	size_t size;
	int error = quoth_pile_flush(pieces, run->report), found = 1;

	quoth_pile_read(&reader, pieces, 0, quoth_pile_place(pieces), 1 << 18);
	while (!error && (found = quoth_pile_next(&reader, &record, &size, run->report)) > 0) {
		struct quoth_cursor piece = {record, record + 4}, whole = {record + PIECE_BYTES - 4, record + PIECE_BYTES};
		unsigned char sorted[PIECE_BYTES];
		uint32_t root = quoth_sets_find(&run->sets, (uint32_t)quoth_take_number(&piece, 4));

		if (root == quoth_sets_find(&run->sets, (uint32_t)quoth_take_number(&whole, 4)))
			continue;
		memcpy(sorted, record, PIECE_BYTES);
		for (unsigned k = 0; k < 4; k++)
			sorted[k] = (unsigned char)(root >> (24 - 8 * k));
		error = quoth_sorter_put(sorter, sorted, sizeof sorted, run->report);
	}
	quoth_pile_reader_close(&reader);
	return error ? error : found;
}

/* Joins each set of pieces to the first, the best, of what they are pieces of. */
static int join_pieces(struct quoth_group_run *run, struct quoth_pile *pieces)
{
	struct quoth_sorter *sorter = quoth_group_sorter(run);
	uint32_t last = UINT32_MAX;
	const unsigned char *record;
	size_t size;
	int error = sorter ? sort_pieces(run, pieces, sorter) : QUOTH_NO_MEMORY, found = 1;

	if (!error)
		error = quoth_sorter_sort(sorter, run->report);
	while (!error && (found = quoth_sorter_next(sorter, &record, &size, run->report)) > 0) {
		struct quoth_cursor piece = {record, record + 4}, whole = {record + PIECE_BYTES - 4, record + PIECE_BYTES};
		uint32_t root = (uint32_t)quoth_take_number(&piece, 4);

		if (root != last)
			quoth_sets_join(&run->sets, root, (uint32_t)quoth_take_number(&whole, 4));
		last = root;
	}
	quoth_sorter_close(sorter);
	return error ? error : found;
}

int quoth_group_join_texts(struct quoth_group_run *run)
{
	struct comparing comparing = {.run = run, .lock = PTHREAD_MUTEX_INITIALIZER, .pairs = quoth_group_sorter(run),
				      .pieces.descriptor = -1};
	const unsigned char *record;
	size_t size;
	int error = comparing.pairs ? put_pairs(run, comparing.pairs) : QUOTH_NO_MEMORY, found;

	if (!error)
		error = quoth_pile_open(&comparing.pieces, run->asked->folder, run->report);
	if (!error)
		error = quoth_sorter_sort(comparing.pairs, run->report);
	if (!error) {
		found = quoth_sorter_next(comparing.pairs, &record, &size, run->report);
		error = found < 0 ? found : 0;
		comparing.next = found > 0 ? number_of(record) : 0;
	}
	if (!error)
		error = run_comparers(&comparing);
	if (!error)
		error = join_pieces(run, &comparing.pieces);
	quoth_sorter_close(comparing.pairs);
	quoth_pile_close(&comparing.pieces);
	return error;
}
