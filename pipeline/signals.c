#include "config.h"

#include "pipeline/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* The one place with state outside a struct: a handler can reach nothing else. Threads look at it too, so that it is atomic, and
 * without a lock, which a handler must not wait for. */
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "an int is atomic without a lock");
static atomic_int stop_signal, progress_signal;
static int wake[2] = {-1, -1};

static void wake_reader(void)
{
	ssize_t ignored = write(wake[1], "", 1);

	(void)ignored;
}

static void note_signal(int signal)
{
	int saved = errno;

	stop_signal = signal;
	wake_reader();
	errno = saved;
}

static void note_progress(int signal)
{
	progress_signal = signal;
}

/* A signal that is ignored already (nohup, a shell's background job) stays so. */
static void catch_signal(int signal, const struct sigaction *action)
{
	struct sigaction before;

	if (sigaction(signal, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		sigaction(signal, action, NULL);
}

void quoth_signals_catch(void)
{
	struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESETHAND};
	struct sigaction progress = {.sa_handler = note_progress, .sa_flags = SA_RESTART};

	if (wake[0] < 0 && pipe(wake) == 0)
		for (int i = 0; i < 2; i++)
			fcntl(wake[i], F_SETFD, FD_CLOEXEC);
	sigemptyset(&action.sa_mask);
	catch_signal(SIGINT, &action);
	catch_signal(SIGTERM, &action);
	catch_signal(SIGUSR1, &progress);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

void quoth_signals_ask_to_stop(void)
{
	int none = 0;

	if (atomic_compare_exchange_strong(&stop_signal, &none, -1))
		wake_reader();
}

void quoth_signals_take_back(void)
{
	char byte;

	if (stop_signal < 0 && (wake[0] < 0 || read(wake[0], &byte, 1) >= 0))
		stop_signal = 0;
}

int quoth_signals_stop(void)
{
	return stop_signal;
}

bool quoth_signals_asked_for_progress(void)
{
	return atomic_exchange(&progress_signal, 0);
}

int quoth_signals_descriptor(void)
{
	return wake[0];
}

void quoth_signals_block(bool is_blocked)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(is_blocked ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

void quoth_signals_raise(void)
{
	if (stop_signal <= 0)
		return;
	signal(stop_signal, SIG_DFL);
	quoth_signals_block(false);
	raise(stop_signal);
}
