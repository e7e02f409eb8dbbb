/* signals: SIGINT and SIGTERM ask to stop, SIGUSR1 asks how far the run is.
 *
 * The handler only notes the signal; readers look at it between records, the writer between batches, so that what is
 * being written ends with a whole row. A second signal ends the program at once, as if nothing were caught. SIGPIPE and SIGXFSZ
 * are ignored: a closed pipe and a file beyond its limit are errors of write, with a message, like any other.
 */
#ifndef QUOTH_SIGNALS_H
#define QUOTH_SIGNALS_H

#include <stdbool.h>

/* Catches the signals of this process. */
void quoth_signals_catch(void);

/* Asks to stop as a signal would, from inside the program. */
void quoth_signals_ask_to_stop(void);

/* Takes that back, once all that had to see it has come to its end. A signal stays. */
void quoth_signals_take_back(void);

/* The signal that asked to stop, 0 if none did, negative if the program itself did. */
int quoth_signals_stop(void);

/* Whether SIGUSR1 came since this was asked last. */
bool quoth_signals_asked_for_progress(void);

/* A descriptor that becomes readable once a signal asked to stop, for poll; -1 before quoth_signals_catch. */
int quoth_signals_descriptor(void);

/* Keeps the signals away from the calling thread and those it starts, so that they interrupt the writer's; true lifts it. */
void quoth_signals_block(bool is_blocked);

/* Ends the process by the signal that was caught, so that a shell sees it. Returns if none was. */
void quoth_signals_raise(void);

#endif
