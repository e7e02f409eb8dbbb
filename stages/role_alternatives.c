#include "stages/role_alternatives.h"

enum { N = QUOTH_N_ROLE_LABELS };

static const float never = -1e9f;

static float pair(const struct quoth_role_window *window, const struct quoth_role_transitions *transitions, uint32_t unit,
		  unsigned before, unsigned label)
{
	return quoth_role_may_follow(before, label) ?
		       transitions->weights[unit ? window->units[unit].junction : 0][before][label] : never;
}

/* The best score of what comes after each unit, by the unit's label. */
static void walk_back(const struct quoth_role_window *window, float (*scores)[N],
		      const struct quoth_role_transitions *transitions, float (*after)[N])
{
	for (unsigned l = 0; l < N; l++)
		after[window->n_units - 1][l] = 0;
	for (uint32_t u = window->n_units - 1; u-- > 0;)
		for (unsigned l = 0; l < N; l++) {
			after[u][l] = 2 * never;
			for (unsigned next = 0; next < N; next++) {
				float score = pair(window, transitions, u + 1, l, next) + scores[u + 1][next] +
					      after[u + 1][next];

				if (score > after[u][l])
					after[u][l] = score;
			}
		}
}

float quoth_role_through(const struct quoth_role_window *window, float (*scores)[N],
			 const struct quoth_role_transitions *transitions, float (*through)[N])
{
	float upto[2][N], best = 2 * never;

	walk_back(window, scores, transitions, through);
	for (uint32_t u = 0; u < window->n_units; u++) {
		float *now = upto[u & 1], *before = upto[!(u & 1)];

		for (unsigned l = 0; l < N; l++) {
			now[l] = u ? 2 * never : pair(window, transitions, 0, N, l);
			for (unsigned p = 0; u && p < N; p++) {
				float score = before[p] + pair(window, transitions, u, p, l);

				if (score > now[l])
					now[l] = score;
			}
			now[l] += scores[u][l];
		}
		for (unsigned l = 0; l < N; l++) {
			through[u][l] += now[l];
			if (u == 0 && through[u][l] > best)
				best = through[u][l];
		}
	}
	return best;
}

float quoth_role_path_score(const struct quoth_role_window *window, float (*scores)[N],
			    const struct quoth_role_transitions *transitions, const uint8_t *labels)
{
	unsigned before = N;
	float sum = 0;

	for (uint32_t u = 0; u < window->n_units; before = labels[u++])
		sum += pair(window, transitions, u, before, labels[u]) + (scores ? scores[u][labels[u]] : 0);
	return sum;
}

void quoth_row_labels(const struct quoth_role_window *window, const struct quoth_row *row, uint8_t *labels)
{
	unsigned part = row->n_parts, last_part = part;
	bool was_source = false;

	for (uint32_t u = 0; u < window->n_units; u++) {
		uint32_t token = window->units[u].tokens.begin;
		bool is_source = quoth_range_holds(row->source, token);

		for (part = 0; part < row->n_parts && !quoth_range_holds(row->parts[part], token); part++)
			;
		labels[u] = is_source ? (was_source ? QUOTH_SOURCE : QUOTH_SOURCE_BEGIN) :
			    part == row->n_parts ? QUOTH_NO_ROLE :
			    part == last_part ? QUOTH_CONTENT : QUOTH_CONTENT_BEGIN;
		was_source = is_source;
		last_part = is_source ? row->n_parts : part;
	}
}
