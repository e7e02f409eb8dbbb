/* cut: what the fuzz targets of all readers do. */
#ifndef QUOTH_FUZZ_CUT_H
#define QUOTH_FUZZ_CUT_H

#include <stddef.h>
#include <stdint.h>

/* Reads the bytes as a file of that format (NULL: recognised), record by record, and checks what readers promise: an end is
 * reached, places ascend, no record and no text is beyond its limit, a failure has a place and words, ids are there. */
void quoth_fuzz_cut(const char *format, const uint8_t *bytes, size_t size);

#endif
