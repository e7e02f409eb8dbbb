/* writer_sqlite: documents, speakers and quotes as tuples for the tables of corpus/database, which the database inserts. */
#include "pipeline/database.h"
#include "pipeline/row_json.h"
#include "pipeline/text_fragment.h"
#include "pipeline/tuple.h"
#include "pipeline/writer.h"

static void put_pieces(struct quoth_buffer *into, const struct quoth_piece *pieces, unsigned n)
{
	size_t begin = quoth_tuple_begin_text(into);

	for (unsigned i = 0; i < n; i++) {
		if (i)
			quoth_buffer_put_byte(into, ' ');
		quoth_buffer_put_text_folded(into, pieces[i].text, pieces[i].size);
	}
	quoth_tuple_end_text(into, begin);
}

static void put_spans(struct quoth_buffer *into, const struct quoth_piece *pieces, unsigned n)
{
	size_t begin = quoth_tuple_begin_text(into);

	quoth_json_put_spans(into, pieces, n);
	quoth_tuple_end_text(into, begin);
}

static void put_id(struct quoth_buffer *into, uint64_t id)
{
	size_t begin = quoth_tuple_begin_text(into);

	quoth_buffer_put_id(into, id);
	quoth_tuple_end_text(into, begin);
}

static void put_share(struct quoth_buffer *into, float share)
{
	if (share >= 0)
		quoth_tuple_put_real(into, quoth_thousandths(share) / 1000.0);
	else
		quoth_tuple_put_null(into);
}

static void put_document(struct quoth_buffer *into, const struct quoth_document *doc, bool has_text)
{
	quoth_tuple_begin(into, QUOTH_DOCUMENTS);
	quoth_tuple_put_text(into, doc->id);
	quoth_tuple_put_text(into, doc->url);
	quoth_tuple_put_text(into, doc->title);
	quoth_tuple_put_text(into, doc->date);
	quoth_tuple_put_text(into, doc->outlet);
	if (has_text)
		quoth_tuple_put_bytes(into, doc->input, doc->input_size);
	else
		quoth_tuple_put_null(into);
}

static void put_speaker(struct quoth_buffer *into, const struct quoth_entity *entity)
{
	quoth_tuple_put_text(into, entity->name);
	quoth_tuple_put_text(into, quoth_speaker_kind_name(entity->kind));
	quoth_tuple_put_text(into, entity->id);
}

static void put_claim(struct quoth_buffer *into, const struct quoth_attribution *attribution)
{
	size_t begin = quoth_tuple_begin_text(into);

	if (attribution->claim)
		quoth_buffer_put_text_folded(into, attribution->claim, attribution->claim_size);
	quoth_tuple_end_text(into, begin);
}

static void put_link(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
		     const struct quoth_linked_words *words)
{
	size_t begin = quoth_tuple_begin_text(into);

	if (words)
		quoth_link_put(into, doc->url, words, row);
	quoth_tuple_end_text(into, begin);
}

static void put_quote(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
		      const struct quoth_linked_words *words, const struct quoth_writing *writing)
{
	(void)writing;
	if (*row->entity->name) {
		quoth_tuple_begin(into, QUOTH_SPEAKERS);
		put_speaker(into, row->entity);
	}
	quoth_tuple_begin(into, QUOTH_QUOTES);
	put_speaker(into, row->entity);
	put_id(into, row->id);
	quoth_tuple_put_text(into, quoth_kind_name(row->attribution->kind));
	quoth_tuple_put_text(into, row->entity->role);
	quoth_tuple_put_text(into, quoth_resolution_name(row->attribution->resolution));
	put_pieces(into, &row->source, row->source.text != NULL);
	put_pieces(into, &row->cue, row->cue.text != NULL);
	put_pieces(into, row->parts, row->n_parts);
	put_share(into, row->attribution->confidence);
	put_share(into, row->attribution->checkworthy);
	put_spans(into, row->parts, row->n_parts);
	put_spans(into, &row->source, row->source.text != NULL);
	put_spans(into, &row->cue, row->cue.text != NULL);
	quoth_tuple_put_text(into, quoth_stance_name(row->attribution->stance));
	put_claim(into, row->attribution);
	put_link(into, doc, row, words);
}

static int write_document(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	put_document(into, doc, writing->has_text);
	return quoth_write_rows(doc, writing, into, put_quote);
}

const struct quoth_writer quoth_writer_sqlite = {
	.name = "sqlite",
	.what = "an SQLite database",
	.write = write_document,
	.takes_text = true,
	.is_database = true,
};
