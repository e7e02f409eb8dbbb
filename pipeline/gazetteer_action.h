/* gazetteer_action: what quoth-gazetteer does, an action a file. */
#ifndef QUOTH_GAZETTEER_ACTION_H
#define QUOTH_GAZETTEER_ACTION_H

/* Exit status of an action. */
enum quoth_action_status { QUOTH_ALL_DONE = 0, QUOTH_SOME_LEFT_OUT = 1, QUOTH_NOTHING_WRITTEN = 2 };

/* Prints a message on standard error: "quoth-gazetteer: WHERE: WHAT". */
void quoth_action_say(const char *where, const char *what);

/* The same where that ends the action. Returns QUOTH_NOTHING_WRITTEN. */
int quoth_action_refuse(const char *where, const char *what);

/* The actions: each reads its command line, of which argv[0] is its name, does its work, says what went wrong, and gives the
 * exit status. */
int quoth_action_compile(int argc, char **argv);
int quoth_action_extract(int argc, char **argv);

#endif
