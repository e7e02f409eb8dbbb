/* quoth: the program. */
#include "pipeline/collect.h"
#include "pipeline/process.h"

#include <stdio.h>
#include <getopt.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	struct quoth_resources resources;
	struct quoth_report report;
	struct quoth_reading reading = {.max_document_bytes = 16 << 20};
	struct quoth_processing processing = {.resources = &resources, .reading = &reading, .writer = quoth_writers[0],
		.writing = {{7, 0}, QUOTH_N_STAGES}};
	struct quoth_collector collector = {.reading = &reading};
	struct quoth_arena *arena = quoth_arena_new(16 << 20);
	struct quoth_batch *batch = quoth_batch_new();
	int status = 0;
	static const struct option options[] = {{"until", 1, NULL, 'u'}, {"to", 1, NULL, 't'}, {"from", 1, NULL, 'f'}, {0}};

	for (int c; (c = getopt_long(argc, argv, "t:f:", options, NULL)) != -1;) {
		if (c == 'u') {
			processing.writer = &quoth_writer_layers;
			for (unsigned s = 0; s < QUOTH_N_STAGES; s++)
				if (!strcmp(quoth_stage_name(s), optarg))
					processing.writing.until = s;
		} else if (c == 't')
			processing.writer = quoth_writer_find(optarg);
		else if (c == 'f')
			reading.format = quoth_format_find(optarg);
	}
	if (!processing.writer)
		return 2;
	if (quoth_resources_open(&resources, NULL, &report)) {
		fprintf(stderr, "quoth: %s: %s\n", report.where, report.what);
		return 2;
	}
	collector.inputs = quoth_inputs_new(argv + optind, (size_t)(argc - optind), false, NULL);
	if (processing.writer->header)
		processing.writer->header(&batch->output);
	while (fwrite(batch->output.bytes, 1, batch->output.size, stdout), quoth_batch_clear(batch),
	       quoth_collect_batch(&collector, batch) > 0) {
		quoth_process_batch(&processing, arena, batch);
		for (unsigned i = 0; i < batch->n_records; i++)
			if (batch->records[i].error) {
				const char *f = batch->failures.bytes + batch->records[i].failure;
				f += strlen(f) + 1;
				fprintf(stderr, "quoth: %s: %s\n", f, f + strlen(f) + 1);
				status = 1;
			}
	}
	quoth_collector_close(&collector);
	quoth_inputs_free(collector.inputs);
	quoth_batch_free(batch);
	quoth_arena_free(arena);
	quoth_resources_close(&resources);
	return status;
}
