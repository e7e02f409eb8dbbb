/* role_alternatives: what else the chain of role_features could have read around a cue.
 *
 * The best path through each label of each unit (max-marginals, Viterbi forward and backward): how much worse the best
 * reading becomes where one word gets another label. For explaining only; a row's reading is quoth_role_decode's.
 */
#ifndef QUOTH_ROLE_ALTERNATIVES_H
#define QUOTH_ROLE_ALTERNATIVES_H

#include "stages/candidate_rows.h"

/* through[u][l] = the score of the best labels of all units among those that give unit u label l; very low where none may.
 * Returns the best of all. Linear in the units. */
float quoth_role_through(const struct quoth_role_window *window, float (*scores)[QUOTH_N_ROLE_LABELS],
			 const struct quoth_role_transitions *transitions, float (*through)[QUOTH_N_ROLE_LABELS]);

/* The score of given labels; scores NULL: only what the label pairs add. */
float quoth_role_path_score(const struct quoth_role_window *window, float (*scores)[QUOTH_N_ROLE_LABELS],
			    const struct quoth_role_transitions *transitions, const uint8_t *labels);

/* The labels that say a row's source and content, as far as units go: a sentence as a whole is content where its first
 * token is. */
void quoth_row_labels(const struct quoth_role_window *window, const struct quoth_row *row, uint8_t *labels);

#endif
