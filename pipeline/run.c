#include "config.h"

#include "pipeline/run.h"

#include "pipeline/signals.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	ARENA_KEEP_BYTES = 16 * 1024 * 1024,	/* what a worker keeps of a large document's memory */
	BATCHES_A_JOB = 4,
	WAITING_BYTES = 16 * 1024 * 1024,	/* of input in all batches; the reader waits beyond it */
	THREAD_STACK_BYTES = 2 * 1024 * 1024,
};

struct pool {
	const struct quoth_processing *processing;
	struct quoth_collector *collector;
	unsigned n_batches;
	pthread_mutex_t lock;
	pthread_cond_t has_work, has_room, has_result;
	/* under the lock: */
	struct quoth_batch *idle;			/* a stack */
	struct quoth_batch *first_todo, *last_todo;	/* a queue */
	struct quoth_batch **done;			/* by number % n_batches: no two batches under way share a place */
	struct quoth_arena **arenas;			/* for the workers that have not begun yet */
	unsigned n_arenas;
	size_t waiting_bytes;
	uint64_t n_read;
	int read_error;
	bool is_all_read, is_abandoned;
};

static int run_alone(const struct quoth_processing *processing, struct quoth_collector *collector,
		     quoth_batch_taker *take, void *context)
{
	struct quoth_arena *arena = quoth_arena_new(ARENA_KEEP_BYTES);
	struct quoth_batch *batch = quoth_batch_new();
	int found = arena && batch ? 1 : QUOTH_NO_MEMORY, error = 0;

	while (found > 0 && !error) {
		found = quoth_collect_batch(collector, batch);
		if (found == QUOTH_NO_MEMORY)
			break;
		quoth_process_batch(processing, arena, batch);
		error = take(context, batch);
		quoth_batch_clear(batch);
	}
	quoth_batch_free(batch);
	quoth_arena_free(arena);
	return error ? error : found;
}

/* An idle batch, once there is one and the bytes under way allow it; NULL where the run was abandoned. */
static struct quoth_batch *take_idle(struct pool *pool)
{
	struct quoth_batch *batch = NULL;

	pthread_mutex_lock(&pool->lock);
	while (!pool->is_abandoned && (!pool->idle || pool->waiting_bytes > WAITING_BYTES))
		pthread_cond_wait(&pool->has_room, &pool->lock);
	if (!pool->is_abandoned) {
		batch = pool->idle;
		pool->idle = batch->next;
		batch->next = NULL;
	}
	pthread_mutex_unlock(&pool->lock);
	return batch;
}

static void *read_batches(void *argument)
{
	struct pool *pool = argument;
	struct quoth_batch *batch;
	int found = 1;

	while (found > 0 && (batch = take_idle(pool))) {
		found = quoth_collect_batch(pool->collector, batch);
		pthread_mutex_lock(&pool->lock);
		if (batch->n_records) {
			if (pool->last_todo)
				pool->last_todo->next = batch;
			else
				pool->first_todo = batch;
			pool->last_todo = batch;
			pool->waiting_bytes += batch->input.size;
			pool->n_read = batch->number + 1;
			pthread_cond_signal(&pool->has_work);
		} else {
			batch->next = pool->idle;
			pool->idle = batch;
		}
		pthread_mutex_unlock(&pool->lock);
	}
	pthread_mutex_lock(&pool->lock);
	pool->is_all_read = true;
	pool->read_error = found < 0 ? found : 0;
	pthread_cond_broadcast(&pool->has_work);
	pthread_cond_signal(&pool->has_result);
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

static struct quoth_batch *take_todo(struct pool *pool)
{
	struct quoth_batch *batch;

	pthread_mutex_lock(&pool->lock);
	while (!pool->first_todo && !pool->is_all_read && !pool->is_abandoned)
		pthread_cond_wait(&pool->has_work, &pool->lock);
	batch = pool->is_abandoned ? NULL : pool->first_todo;
	if (batch) {
		pool->first_todo = batch->next;
		if (!pool->first_todo)
			pool->last_todo = NULL;
		batch->next = NULL;
	}
	pthread_mutex_unlock(&pool->lock);
	return batch;
}

static struct quoth_arena *take_arena(struct pool *pool)
{
	struct quoth_arena *arena;

	pthread_mutex_lock(&pool->lock);
	arena = pool->arenas[--pool->n_arenas];
	pthread_mutex_unlock(&pool->lock);
	return arena;
}

static void *work(void *argument)
{
	struct pool *pool = argument;
	struct quoth_arena *arena = take_arena(pool);
	struct quoth_batch *batch;

	while ((batch = take_todo(pool))) {
		quoth_process_batch(pool->processing, arena, batch);
		pthread_mutex_lock(&pool->lock);
		pool->done[batch->number % pool->n_batches] = batch;
		pthread_cond_signal(&pool->has_result);
		pthread_mutex_unlock(&pool->lock);
	}
	quoth_arena_free(arena);
	return NULL;
}

/* The batch of that number, once it is done; NULL at the end. */
static struct quoth_batch *take_done(struct pool *pool, uint64_t number)
{
	struct quoth_batch *batch, **place = &pool->done[number % pool->n_batches];

	pthread_mutex_lock(&pool->lock);
	while (!*place && !(pool->is_all_read && number == pool->n_read))
		pthread_cond_wait(&pool->has_result, &pool->lock);
	batch = *place;
	*place = NULL;
	pthread_mutex_unlock(&pool->lock);
	return batch;
}

static void give_back(struct pool *pool, struct quoth_batch *batch)
{
	size_t size = batch->input.size;

	quoth_batch_clear(batch);
	pthread_mutex_lock(&pool->lock);
	pool->waiting_bytes -= size;
	batch->next = pool->idle;
	pool->idle = batch;
	pthread_cond_signal(&pool->has_room);
	pthread_mutex_unlock(&pool->lock);
}

/* Lets all threads come to their end without doing what is left. */
static void abandon(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->is_abandoned = true;
	pthread_cond_broadcast(&pool->has_room);
	pthread_cond_broadcast(&pool->has_work);
	pthread_mutex_unlock(&pool->lock);
}

static int take_in_order(struct pool *pool, quoth_batch_taker *take, void *context)
{
	struct quoth_batch *batch;
	int error = 0;

	for (uint64_t number = 0; !error && (batch = take_done(pool, number)); number++) {
		error = take(context, batch);
		give_back(pool, batch);
	}
	if (!error)
		return pool->read_error;
	quoth_signals_ask_to_stop();	/* the reader may be waiting for a pipe */
	abandon(pool);
	return error;
}

static bool open_pool(struct pool *pool, unsigned jobs)
{
	pool->n_batches = jobs * BATCHES_A_JOB + 4;
	pool->done = calloc(pool->n_batches, sizeof *pool->done);
	pool->arenas = calloc(jobs, sizeof *pool->arenas);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->has_work, NULL);
	pthread_cond_init(&pool->has_room, NULL);
	pthread_cond_init(&pool->has_result, NULL);
	for (; pool->arenas && pool->n_arenas < jobs; pool->n_arenas++) {
		pool->arenas[pool->n_arenas] = quoth_arena_new(ARENA_KEEP_BYTES);
		if (!pool->arenas[pool->n_arenas])
			return false;
	}
	for (unsigned i = 0; pool->done && i < pool->n_batches; i++) {
		struct quoth_batch *batch = quoth_batch_new();

		if (!batch)
			return false;
		batch->next = pool->idle;
		pool->idle = batch;
	}
	return pool->done && pool->arenas;
}

static void free_list(struct quoth_batch *batch)
{
	while (batch) {
		struct quoth_batch *next = batch->next;

		quoth_batch_free(batch);
		batch = next;
	}
}

static void close_pool(struct pool *pool)
{
	free_list(pool->idle);
	free_list(pool->first_todo);
	for (unsigned i = 0; pool->done && i < pool->n_batches; i++)
		quoth_batch_free(pool->done[i]);
	free(pool->done);
	while (pool->n_arenas)
		quoth_arena_free(pool->arenas[--pool->n_arenas]);
	free(pool->arenas);
	pthread_cond_destroy(&pool->has_result);
	pthread_cond_destroy(&pool->has_room);
	pthread_cond_destroy(&pool->has_work);
	pthread_mutex_destroy(&pool->lock);
}

/* Starts the workers, then the reader (last in threads): how many threads there are. Signals stay with this thread. */
static unsigned start_threads(struct pool *pool, pthread_t *threads, unsigned jobs)
{
	pthread_attr_t attributes;
	unsigned n = 0;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, THREAD_STACK_BYTES);
	quoth_signals_block(true);
	while (n < jobs && !pthread_create(&threads[n], &attributes, work, pool))
		n++;
	if (n && !pthread_create(&threads[n], &attributes, read_batches, pool))
		n++;
	else
		abandon(pool);
	quoth_signals_block(false);
	pthread_attr_destroy(&attributes);
	return n;
}

int quoth_run(const struct quoth_processing *processing, struct quoth_collector *collector, unsigned jobs,
	      quoth_batch_taker *take, void *context)
{
	struct pool pool = {.processing = processing, .collector = collector};
	pthread_t *threads;
	unsigned n_threads = 0;
	int error = QUOTH_NO_MEMORY;

	if (jobs <= 1)
		return run_alone(processing, collector, take, context);
	threads = calloc(jobs + 1, sizeof *threads);
	if (threads && open_pool(&pool, jobs))
		n_threads = start_threads(&pool, threads, jobs);
	if (n_threads && !pool.is_abandoned)
		error = take_in_order(&pool, take, context);
	for (unsigned i = 0; i < n_threads; i++)
		pthread_join(threads[i], NULL);
	quoth_signals_take_back();
	free(threads);
	close_pool(&pool);
	return error;
}
