/* quoth: the program. */
#include "pipeline/chain.h"

#include <stdio.h>

int main(void)
{
	struct quoth_resources resources;
	struct quoth_report report;

	if (quoth_resources_open(&resources, NULL, &report)) {
		fprintf(stderr, "quoth: %s: %s\n", report.where, report.what);
		return 2;
	}
	quoth_resources_close(&resources);
	return 0;
}
