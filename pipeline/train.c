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

double quoth_trainer_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}
