/* Fuzz target: any bytes as a file that the readers for --from=csv and --from=tsv get, under a header that they take. */
#include "tests/fuzz/cut.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void cut_under_header(const char *format, const char *header, const uint8_t *bytes, size_t size)
{
	size_t length = strlen(header);
	uint8_t *table = malloc(length + size);

	if (!table)
		return;
	memcpy(table, header, length);
	memcpy(table + length, bytes, size);
	quoth_fuzz_cut(format, table, length + size);
	free(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	cut_under_header("csv", "id,text,\"title\"\r\n", bytes, size);
	cut_under_header("tsv", "id\ttext\n", bytes, size);
	return 0;
}
