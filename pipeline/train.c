#define _POSIX_C_SOURCE 200809L

#include "pipeline/train.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int quoth_trainer_set_table(struct quoth_trainer *trainer, const struct quoth_table *table)
{
	size_t i = 0;

	while (i < trainer->n_tables && strcmp(trainer->tables[i].name, table->name) != 0)
		i++;
	if (i == QUOTH_MAX_MODEL_TABLES)
		return QUOTH_TOO_LARGE;
	if (i == trainer->n_tables)
		trainer->n_tables++;
	else if (trainer->is_owned[i])
		free((void *)trainer->tables[i].bytes);
	trainer->tables[i] = *table;
	trainer->is_owned[i] = true;
	return 0;
}

const struct quoth_table *quoth_trainer_find(const struct quoth_trainer *trainer, const char *name)
{
	for (size_t i = 0; i < trainer->n_tables; i++)
		if (strcmp(trainer->tables[i].name, name) == 0)
			return trainer->tables + i;
	return NULL;
}

struct quoth_word_slot *quoth_word_slots_new(uint32_t n, uint32_t *n_slots)
{
	*n_slots = 1;
	while (*n_slots < n + n / 3 + 1)
		*n_slots *= 2;
	return calloc(*n_slots, sizeof(struct quoth_word_slot));
}

void quoth_word_slots_add(struct quoth_word_slot *slots, uint32_t n_slots, uint32_t form, uint32_t value)
{
	uint32_t slot = quoth_words_begin(form, n_slots - 1);

	while (slots[slot].value)
		slot = (slot + 1) & (n_slots - 1);
	slots[slot] = (struct quoth_word_slot){form, value};
}

void quoth_trainer_say(const struct quoth_trainer *trainer, const char *format, ...)
{
	va_list arguments;

	if (!trainer->shows_progress)
		return;
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

uint32_t *quoth_corpus_order(const struct quoth_corpus *corpus, uint32_t treebank_copies, struct quoth_random *random,
			     uint32_t *n)
{
	uint32_t *order = malloc(((size_t)corpus->n_docs * treebank_copies + 1) * sizeof *order), *shuffled;

	*n = 0;
	if (!order)
		return NULL;
	for (uint32_t d = 0; d < corpus->n_docs; d++)
		for (uint32_t copy = 0; copy < (corpus->docs[d].source == QUOTH_FROM_SILVER ? 1 : treebank_copies); copy++)
			order[(*n)++] = d;
	shuffled = malloc((*n + 1) * sizeof *shuffled);
	if (shuffled) {
		quoth_random_order(random, shuffled, *n);
		for (uint32_t i = 0; i < *n; i++)
			shuffled[i] = order[shuffled[i]];
	}
	free(order);
	return shuffled;
}

enum quoth_domain quoth_corpus_domain(uint8_t source)
{
	return source == QUOTH_FROM_SILVER ? QUOTH_DOMAIN_NEWS : QUOTH_DOMAIN_TREEBANK;
}

static double read_clock(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double quoth_trainer_clock(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

double quoth_trainer_work_clock(void)
{
	return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}
