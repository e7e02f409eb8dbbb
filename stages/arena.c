#include "stages/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK_BYTES = 64 * 1024 };

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

/* full: blocks in use, the current one first; spare: blocks kept from before the last reset. */
struct quoth_arena {
	struct block *full, *spare;
	size_t keep_bytes, used;
	size_t limit;	/* of used; 0: none */
};

struct quoth_arena *quoth_arena_new(size_t keep_bytes)
{
	struct quoth_arena *arena = calloc(1, sizeof *arena);

	if (arena)
		arena->keep_bytes = keep_bytes;
	return arena;
}

static void free_blocks(struct block *block)
{
	while (block) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
}

void quoth_arena_free(struct quoth_arena *arena)
{
	if (!arena)
		return;
	free_blocks(arena->full);
	free_blocks(arena->spare);
	free(arena);
}

void quoth_arena_limit(struct quoth_arena *arena, size_t limit_bytes)
{
	arena->limit = limit_bytes;
}

static bool is_within_limit(const struct quoth_arena *arena, size_t more)
{
	return arena->limit == 0 || (arena->used <= arena->limit && more <= arena->limit - arena->used);
}

void quoth_arena_reset(struct quoth_arena *arena)
{
	struct block *all = arena->full, *next;
	size_t kept = 0;

	for (struct block *block = arena->spare; block; block = next) {
		next = block->next;
		block->next = all;
		all = block;
	}
	arena->full = arena->spare = NULL;
	for (struct block *block = all; block; block = next) {
		next = block->next;
		if (kept + block->size > arena->keep_bytes) {
			free(block);
			continue;
		}
		kept += block->size;
		block->used = 0;
		block->next = arena->spare;
		arena->spare = block;
	}
	arena->used = 0;
}

/* Puts a block with room for size bytes in front: a spare one where it fits, else a new one, each larger than the last
 * so that a document of any size needs a logarithmic number of them. */
static struct block *add_block(struct quoth_arena *arena, size_t size)
{
	struct block *block = arena->spare;
	size_t want = arena->full ? arena->full->size * 2 : FIRST_BLOCK_BYTES;

	if (block && block->size >= size) {
		arena->spare = block->next;
	} else {
		if (want < size)
			want = size;
		if (want > SIZE_MAX - sizeof *block)
			return NULL;
		block = malloc(sizeof *block + want);
		if (!block)
			return NULL;
		block->size = want;
		block->used = 0;
	}
	block->next = arena->full;
	arena->full = block;
	return block;
}

void *quoth_arena_alloc(struct quoth_arena *arena, size_t size)
{
	struct block *block = arena->full;
	void *p;

	if (size > SIZE_MAX - alignof(max_align_t))
		return NULL;
	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (!is_within_limit(arena, size))
		return NULL;
	if (!block || block->size - block->used < size)
		block = add_block(arena, size);
	if (!block)
		return NULL;
	p = block->bytes + block->used;
	block->used += size;
	arena->used += size;
	return p;
}

void *quoth_arena_array(struct quoth_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return quoth_arena_alloc(arena, count * size);
}

void *quoth_arena_grow(struct quoth_arena *arena, void *old, size_t old_size, size_t new_size)
{
	struct block *block = arena->full;
	size_t old_padded = (old_size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	size_t more;
	void *p;

	if (new_size <= old_padded)
		return old;
	if (old && block && (unsigned char *)old + old_padded == block->bytes + block->used) {
		more = (new_size - old_padded + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
		if (block->size - block->used >= more && is_within_limit(arena, more)) {
			block->used += more;
			arena->used += more;
			return old;
		}
	}
	p = quoth_arena_alloc(arena, new_size);
	if (p && old_size)
		memcpy(p, old, old_size);
	return p;
}

size_t quoth_arena_used(const struct quoth_arena *arena)
{
	return arena->used;
}
