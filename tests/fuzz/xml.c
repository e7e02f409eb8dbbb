/* Fuzz target: any bytes as XML of news. */
#include "tests/fuzz/cut.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	quoth_fuzz_cut("nitf", bytes, size);
	quoth_fuzz_cut(NULL, bytes, size);
	return 0;
}
