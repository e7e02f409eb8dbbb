/* quoth: the program. */
#include "pipeline/program.h"

int main(int argc, char **argv)
{
	return quoth_program_run(argc, argv);
}
