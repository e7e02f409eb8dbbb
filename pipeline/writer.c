#include "pipeline/writer.h"

extern const struct quoth_writer quoth_writer_tsv, quoth_writer_jsonl, quoth_writer_html, quoth_writer_sqlite;

const struct quoth_writer *const quoth_writers[] = {
	&quoth_writer_tsv,
	&quoth_writer_jsonl,
	&quoth_writer_html,
	&quoth_writer_sqlite,
	NULL
};

const struct quoth_writer *quoth_writer_find(const char *name)
{
	for (const struct quoth_writer *const *writer = quoth_writers; *writer; writer++)
		if (!strcmp((*writer)->name, name))
			return *writer;
	return NULL;
}
