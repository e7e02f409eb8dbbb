/* Fuzz target: any bytes as a web page. */
#include "tests/fuzz/cut.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	quoth_fuzz_cut("html", bytes, size);
	return 0;
}
