/* sorter: any number of records in the order of their bytes, in bounded memory.
 *
 * Records are collected until the memory given is half full; a thread of the sorter's then sorts and writes them as a run while the next are
 * collected. The runs are merged as they are read, so many at a time as memory allows (Knuth, TAOCP 3, 5.4: n log n). What fits in memory
 * stays there. The temporary file has no name.
 */
#ifndef QUOTH_SORTER_H
#define QUOTH_SORTER_H

#include "stages/error.h"

#include <stddef.h>

struct quoth_sorter;

/* Makes one that holds about `memory` bytes, with its file in folder, which must outlive it; NULL without memory. */
struct quoth_sorter *quoth_sorter_open(const char *folder, size_t memory);

/* Frees it and its file, at any time; NULL is passed over. */
void quoth_sorter_close(struct quoth_sorter *sorter);

/* Adds a record of less than 2^31 bytes. 0 or an error with the report. */
int quoth_sorter_put(struct quoth_sorter *sorter, const void *record, size_t size, struct quoth_report *report);

/* Everything is in. 0 or an error with the report. */
int quoth_sorter_sort(struct quoth_sorter *sorter, struct quoth_report *report);

/* The next record in the order of bytes (a shorter one before a longer one that begins with it), good until the next call. 1, 0 at the end,
 * or an error with the report; QUOTH_STOPPED where a signal asked to stop. */
int quoth_sorter_next(struct quoth_sorter *sorter, const unsigned char **record, size_t *size, struct quoth_report *report);

#endif
