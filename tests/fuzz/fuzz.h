/* fuzz: what all fuzz targets need: their entry, promises that must hold, and the bytes as a file. */
#ifndef QUOTH_FUZZ_H
#define QUOTH_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called by libFuzzer with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Ends the process, for libFuzzer to keep the input, where a promise does not hold. */
void require(bool holds, const char *what);

enum { FUZZ_PATH_SIZE = 32 };

/* A file in memory that holds the bytes, and a path to it; the caller closes it. */
int make_file(const void *bytes, size_t size, char path[FUZZ_PATH_SIZE]);

#endif
