#include "config.h"

#include "pipeline/reserve.h"

#include <errno.h>
#include <iconv.h>
#include <locale.h>
#include <malloc.h>
#include <pthread.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the linker makes of malloc (…) in the program and in the libraries that are put into it, and of malloc itself. */
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *bytes, size_t size);
char *__wrap_strdup(const char *string);
void __wrap_free(void *bytes);
locale_t __wrap_newlocale(int categories, const char *name, locale_t base);
iconv_t __wrap_iconv_open(const char *to, const char *from);
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *bytes, size_t size);
void __real_free(void *bytes);
locale_t __real_newlocale(int categories, const char *name, locale_t base);
iconv_t __real_iconv_open(const char *to, const char *from);

/* Pieces lie one behind the other, each behind its size; the room is had again once all are freed. */
enum { PIECE_HEAD = alignof(max_align_t) };

static struct {
	pthread_mutex_t lock;
	size_t size, n_pieces;
	alignas(max_align_t) unsigned char bytes[QUOTH_RESERVE_BYTES];
} reserve = {.lock = PTHREAD_MUTEX_INITIALIZER};

static _Thread_local bool is_lent, is_used;

void quoth_reserve_lend(void)
{
	is_lent = true;
	is_used = false;
}

bool quoth_reserve_end(void)
{
	is_lent = false;
	return is_used;
}

bool quoth_reserve_is_used(void)
{
	return is_used;
}

static bool is_piece(const void *bytes)
{
	return (uintptr_t)bytes - (uintptr_t)reserve.bytes < sizeof reserve.bytes;
}

static size_t size_of_piece(const void *piece)
{
	size_t size;

	memcpy(&size, (const unsigned char *)piece - PIECE_HEAD, sizeof size);
	return size;
}

static void free_piece(void)
{
	pthread_mutex_lock(&reserve.lock);
	reserve.n_pieces--;
	if (!reserve.n_pieces)
		reserve.size = 0;
	pthread_mutex_unlock(&reserve.lock);
}

static void *take_piece(size_t size)
{
	size_t whole = PIECE_HEAD + (size + PIECE_HEAD - 1) / PIECE_HEAD * PIECE_HEAD;
	unsigned char *piece = NULL;

	pthread_mutex_lock(&reserve.lock);
	if (whole <= sizeof reserve.bytes - reserve.size) {
		memcpy(reserve.bytes + reserve.size, &size, sizeof size);
		piece = reserve.bytes + reserve.size + PIECE_HEAD;
		reserve.size += whole;
		reserve.n_pieces++;
	}
	pthread_mutex_unlock(&reserve.lock);
	return piece;
}

static void end_process(void)
{
	static const char words[] = ": reading: out of memory, the reserve is used up too\n";
	ssize_t n = write(STDERR_FILENO, program_invocation_short_name, strlen(program_invocation_short_name));

	n = write(STDERR_FILENO, words, sizeof words - 1);

	(void)n;
	_exit(2);
}

/* A request that has failed. NULL where it is not to be met. */
static void *stand_in(size_t size)
{
	void *piece;

	is_used |= is_lent;
	if (!is_lent || size > QUOTH_RESERVE_LARGEST) {
		errno = ENOMEM;
		return NULL;
	}
	piece = take_piece(size);
	if (!piece)
		end_process();
	return piece;
}

void *__wrap_malloc(size_t size)
{
	void *bytes = __real_malloc(size);

	return bytes ? bytes : stand_in(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	void *bytes = __real_calloc(n, size);

	if (bytes)
		return bytes;
	bytes = stand_in(size && n > SIZE_MAX / size ? SIZE_MAX : n * size);
	return bytes ? memset(bytes, 0, n * size) : NULL;
}

void *__wrap_realloc(void *bytes, size_t size)
{
	void *larger = is_piece(bytes) ? NULL : __real_realloc(bytes, size);
	size_t old;

	if (larger || (bytes && !size && !is_piece(bytes)))
		return larger;
	old = !bytes ? 0 : is_piece(bytes) ? size_of_piece(bytes) : malloc_usable_size(bytes);
	larger = is_piece(bytes) ? __wrap_malloc(size) : stand_in(size);
	if (!larger)
		return NULL;
	if (bytes)
		memcpy(larger, bytes, old < size ? old : size);
	__wrap_free(bytes);
	return larger;
}

char *__wrap_strdup(const char *string)
{
	size_t size = strlen(string) + 1;
	char *copy = __wrap_malloc(size);

	return copy ? memcpy(copy, string, size) : NULL;
}

void __wrap_free(void *bytes)
{
	if (is_piece(bytes))
		free_piece();
	else
		__real_free(bytes);
}

/* The C library's own requests do not come by here. These functions are said to fail without a word by json-c, and by libxml2 and libarchive
 * to mean an encoding that they do not know. */

locale_t __wrap_newlocale(int categories, const char *name, locale_t base)
{
	locale_t made = __real_newlocale(categories, name, base);

	is_used |= is_lent && !made;
	return made;
}

iconv_t __wrap_iconv_open(const char *to, const char *from)
{
	iconv_t made = __real_iconv_open(to, from);

	is_used |= is_lent && made == (iconv_t)-1 && errno == ENOMEM;
	return made;
}
