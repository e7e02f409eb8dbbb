/* program: everything that `quoth` does but main, so that tests can call it. */
#ifndef QUOTH_PROGRAM_H
#define QUOTH_PROGRAM_H

/* Runs a command line; the exit status. Messages go to standard error. */
int quoth_program_run(int argc, char **argv);

#endif
