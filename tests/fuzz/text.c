/* Fuzz target: any bytes as a file that the reader for --from=text gets. */
#include "tests/fuzz/cut.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	quoth_fuzz_cut("text", bytes, size);
	quoth_fuzz_cut(NULL, bytes, size);
	return 0;
}
