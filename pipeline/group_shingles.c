#include "config.h"

#include "pipeline/group_shingles.h"

/* Mixes all bits, so that the least of some hashes is any of them (the finalizer of SplitMix64: Steele, Lea & Flood 2014). */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

/* UINT64_MAX where no word carries content: such a shingle is never taken. */
static uint64_t shingle_at(const struct quoth_group_words *words, uint32_t at)
{
	uint64_t hash = 0;
	bool has_content = false;

	for (uint32_t i = at; i < at + QUOTH_SHINGLE; i++) {
		hash = mix(hash + words->words[i].form);
		has_content |= words->words[i].class != QUOTH_FUNCTION_WORD;
	}
	return has_content ? hash >> 1 : UINT64_MAX;
}

static void put_hash(struct quoth_fingerprints *fingerprints, uint64_t hash)
{
	if (hash != UINT64_MAX)
		fingerprints->hashes[fingerprints->n++] = (uint32_t)(hash >> 16);
}

/* Takes the least of each window, the last of equal ones, once. */
static void winnow(struct quoth_fingerprints *fingerprints, const uint64_t *shingles, uint32_t n)
{
	uint32_t taken = UINT32_MAX;

	for (uint32_t begin = 0; begin + QUOTH_WINDOW <= n; begin++) {
		uint32_t least = begin;

		for (uint32_t i = begin; i < begin + QUOTH_WINDOW; i++)
			if (shingles[i] <= shingles[least])
				least = i;
		if (least != taken)
			put_hash(fingerprints, shingles[least]);
		taken = least;
	}
}

void quoth_fingerprints_take(const struct quoth_group_words *words, struct quoth_fingerprints *fingerprints)
{
	uint64_t shingles[QUOTH_MOST_GROUP_WORDS];
	uint32_t n = words->n < QUOTH_LEAST_GROUP_WORDS ? 0 : words->n - QUOTH_SHINGLE + 1;

	fingerprints->n = 0;
	fingerprints->least = UINT64_MAX;
	for (uint32_t i = 0; i < n; i++) {
		shingles[i] = shingle_at(words, i);
		if (shingles[i] < fingerprints->least)
			fingerprints->least = shingles[i];
	}
	fingerprints->has_least = fingerprints->least != UINT64_MAX;
	if (words->n > QUOTH_ALL_SHINGLES)
		winnow(fingerprints, shingles, n);
	else
		for (uint32_t i = 0; i < n; i++)
			put_hash(fingerprints, shingles[i]);
}
