#include "config.h"

#include "pipeline/group_consensus.h"

static size_t place_of(const struct quoth_group_word *word)
{
	return (word->form ^ word->form >> 16 ^ word->form >> 40) % QUOTH_CONSENSUS_PLACES;
}

/* Whether a text has the word for the first time. */
static bool is_new(struct quoth_consensus *consensus, size_t place)
{
	bool is_first = consensus->places[place].text != consensus->n_texts;

	consensus->places[place].text = consensus->n_texts;
	return is_first;
}

void quoth_consensus_add(struct quoth_consensus *consensus, const struct quoth_group_words *words, uint32_t n_rows)
{
	consensus->n_texts++;
	consensus->n_rows += n_rows;
	for (uint32_t i = 0; i < words->n; i++) {
		size_t place = place_of(&words->words[i]);

		if (is_new(consensus, place))
			consensus->places[place].n_rows += n_rows;
	}
}

int64_t quoth_consensus_weigh(struct quoth_consensus *consensus, const struct quoth_group_words *words)
{
	int64_t weight = 0, n_quoted = 0;

	consensus->n_texts++;
	for (uint32_t i = 0; i < words->n; i++) {
		size_t place = place_of(&words->words[i]);

		if (is_new(consensus, place))
			weight += 2 * (int64_t)consensus->places[place].n_rows - (int64_t)consensus->n_rows;
		n_quoted += words->words[i].is_quoted;
	}
	return weight * (2 * QUOTH_MOST_GROUP_WORDS) + n_quoted;
}

void quoth_consensus_remove(struct quoth_consensus *consensus, const struct quoth_group_words *words)
{
	for (uint32_t i = 0; i < words->n; i++)
		consensus->places[place_of(&words->words[i])].n_rows = 0;
}
