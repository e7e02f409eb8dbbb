/* faults: makes one call of a function of the C library fail, the N-th of its process. Preloaded into the program by tests/faults.py:
 * FAULT=NAME:N, with NAME one of malloc (also calloc, realloc), read, write, pread, pwrite, fsync, rename, pthread_create; FAULT=NAME:N+ for
 * all calls from the N-th on. With N 0 none fails. The number of calls is written to the descriptor that FAULT_COUNT names at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long n_calls;
static long nth;
static char name[32], plus[2];
static int is_ready;

__attribute__((constructor)) static void begin(void)
{
	const char *fault = getenv("FAULT");

	if (fault && sscanf(fault, "%31[a-z_]:%ld%1[+]", name, &nth, plus) >= 2)
		is_ready = 1;
}

__attribute__((destructor)) static void end(void)
{
	const char *count = getenv("FAULT_COUNT");

	is_ready = 0;
	if (count)
		dprintf(atoi(count), "%ld\n", atomic_load(&n_calls));
}

/* Whether this call is one that fails. */
static int fails(const char *function)
{
	long call;

	if (!is_ready || strcmp(function, name))
		return 0;
	call = atomic_fetch_add(&n_calls, 1) + 1;
	return call == nth || (*plus && nth && call > nth);
}

#define REAL(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

void *malloc(size_t size)
{
	if (fails("malloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	if (fails("malloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_calloc(n, size);
}

void *realloc(void *bytes, size_t size)
{
	if (fails("malloc")) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_realloc(bytes, size);
}

ssize_t read(int descriptor, void *into, size_t size)
{
	if (fails("read")) {
		errno = EIO;
		return -1;
	}
	return REAL(read)(descriptor, into, size);
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
	if (descriptor != STDERR_FILENO && fails("write")) {
		errno = ENOSPC;
		return -1;
	}
	return REAL(write)(descriptor, bytes, size);
}

/* What SQLite reads and writes with, by the names that a program built for large files has for them. */
ssize_t pread64(int descriptor, void *into, size_t size, off64_t at)
{
	if (fails("pread")) {
		errno = EIO;
		return -1;
	}
	return REAL(pread64)(descriptor, into, size, at);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t at)
{
	if (fails("pwrite")) {
		errno = ENOSPC;
		return -1;
	}
	return REAL(pwrite64)(descriptor, bytes, size, at);
}

int fsync(int descriptor)
{
	if (fails("fsync")) {
		errno = EIO;
		return -1;
	}
	return REAL(fsync)(descriptor);
}

int rename(const char *from, const char *to)
{
	if (fails("rename")) {
		errno = ENOSPC;
		return -1;
	}
	return REAL(rename)(from, to);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument)
{
	if (fails("pthread_create"))
		return EAGAIN;
	return REAL(pthread_create)(thread, attributes, run, argument);
}
