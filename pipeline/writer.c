#include "pipeline/writer.h"

#include "pipeline/web_address.h"

extern const struct quoth_writer quoth_writer_tsv, quoth_writer_jsonl, quoth_writer_html, quoth_writer_sqlite,
	quoth_writer_claimreview, quoth_writer_annotation;

const struct quoth_writer *const quoth_writers[] = {
	&quoth_writer_tsv,
	&quoth_writer_jsonl,
	&quoth_writer_html,
	&quoth_writer_sqlite,
	&quoth_writer_claimreview,
	&quoth_writer_annotation,
	NULL
};

const struct quoth_writer *quoth_writer_find(const char *name)
{
	for (const struct quoth_writer *const *writer = quoth_writers; *writer; writer++)
		if (!strcmp((*writer)->name, name))
			return *writer;
	return NULL;
}

int quoth_write_rows(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into, quoth_row_put *put)
{
	struct quoth_linked_words words;
	struct quoth_row_place *places;
	struct quoth_row row;
	bool has_links = quoth_is_web_address(doc->url);
	uint32_t n;
	int error = quoth_rows_order(doc, &writing->filter, &places, &n);

	if (!error && n && has_links)
		error = quoth_linked_words_make(&words, doc);
	for (uint32_t i = 0; !error && i < n; i++)
		if (quoth_row_make(doc, places[i].attribution, &row))
			put(into, doc, &row, has_links ? &words : NULL, writing);
	return into->has_failed ? QUOTH_NO_MEMORY : error;
}
