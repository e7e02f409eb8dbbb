/* arena: the memory of one document.
 *
 * All that the stages make for a document lives in one arena, is never freed piece by piece, and goes at once when the
 * arena is reset for the next document. Blocks are kept across resets up to a limit, so that a worker that has warmed
 * up allocates nothing, and one huge document does not hold its memory for ever.
 */
#ifndef QUOTH_ARENA_H
#define QUOTH_ARENA_H

#include <stddef.h>

struct quoth_arena;

/* A new, empty arena that keeps at most keep_bytes of blocks across resets; NULL without memory. Caller frees it. */
struct quoth_arena *quoth_arena_new(size_t keep_bytes);

/* Frees the arena and all it holds; arena may be NULL. */
void quoth_arena_free(struct quoth_arena *arena);

/* From now on allocations that would take the arena beyond limit_bytes since its reset fail; 0: no limit. What is large for a
 * document can so be refused, and tests make each allocation fail. */
void quoth_arena_limit(struct quoth_arena *arena, size_t limit_bytes);

/* Forgets all that was allocated. */
void quoth_arena_reset(struct quoth_arena *arena);

/* size bytes, aligned for any type, not cleared; NULL without memory. The arena owns them. size 0 gives a pointer. */
void *quoth_arena_alloc(struct quoth_arena *arena, size_t size);

/* The same for count * size bytes, NULL also where that overflows. */
void *quoth_arena_array(struct quoth_arena *arena, size_t count, size_t size);

/* Grows the array at old from old_size to new_size bytes, in place where it was allocated last, else by copying (old
 * then stays as garbage until the reset). old may be NULL with old_size 0. NULL without memory; old is then intact. */
void *quoth_arena_grow(struct quoth_arena *arena, void *old, size_t old_size, size_t new_size);

/* Bytes handed out since the last reset. */
size_t quoth_arena_used(const struct quoth_arena *arena);

#endif
