/* writer_tsv: one line a row, columns as the header line names them. */
#include "pipeline/text_fragment.h"
#include "pipeline/writer.h"

static void put_header(struct quoth_buffer *into)
{
	quoth_buffer_put_string(into, "doc\tid\tkind\tspeaker\tspeaker_kind\trole\tspeaker_id\tresolution\tsource\tcue\tquote\t"
				      "confidence\tcheckworthy\tquote_spans\tsource_spans\tcue_spans\tstance\tclaim\tlink\n");
}

static void put_text(struct quoth_buffer *into, const char *text)
{
	quoth_buffer_put_tsv(into, text, strlen(text));
	quoth_buffer_put_byte(into, '\t');
}

static void put_piece(struct quoth_buffer *into, const struct quoth_piece *piece)
{
	if (piece->text)
		quoth_buffer_put_tsv(into, piece->text, piece->size);
	quoth_buffer_put_byte(into, '\t');
}

static void put_span(struct quoth_buffer *into, const struct quoth_piece *piece)
{
	if (!piece->text)
		return;
	quoth_buffer_put_number(into, piece->span.begin);
	quoth_buffer_put_byte(into, '-');
	quoth_buffer_put_number(into, piece->span.end);
}

static void put_quote(struct quoth_buffer *into, const struct quoth_row *row)
{
	for (unsigned i = 0; i < row->n_parts; i++) {
		if (i)
			quoth_buffer_put_byte(into, ' ');
		quoth_buffer_put_tsv(into, row->parts[i].text, row->parts[i].size);
	}
	quoth_buffer_put_byte(into, '\t');
}

static void put_scores(struct quoth_buffer *into, const struct quoth_attribution *attribution)
{
	quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->confidence));
	quoth_buffer_put_byte(into, '\t');
	if (attribution->checkworthy >= 0)
		quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->checkworthy));
	quoth_buffer_put_byte(into, '\t');
}

static void put_row(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
		    const struct quoth_linked_words *words, const struct quoth_writing *writing)
{
	(void)writing;
	put_text(into, doc->id);
	quoth_buffer_put_id(into, row->id);
	quoth_buffer_put_byte(into, '\t');
	put_text(into, quoth_kind_name(row->attribution->kind));
	put_text(into, row->entity->name);
	put_text(into, quoth_speaker_kind_name(row->entity->kind));
	put_text(into, row->entity->role);
	put_text(into, row->entity->id);
	put_text(into, quoth_resolution_name(row->attribution->resolution));
	put_piece(into, &row->source);
	put_piece(into, &row->cue);
	put_quote(into, row);
	put_scores(into, row->attribution);
	for (unsigned i = 0; i < row->n_parts; i++) {
		if (i)
			quoth_buffer_put_byte(into, ',');
		put_span(into, &row->parts[i]);
	}
	quoth_buffer_put_byte(into, '\t');
	put_span(into, &row->source);
	quoth_buffer_put_byte(into, '\t');
	put_span(into, &row->cue);
	quoth_buffer_put_byte(into, '\t');
	quoth_buffer_put_string(into, quoth_stance_name(row->attribution->stance));
	quoth_buffer_put_byte(into, '\t');
	if (row->attribution->claim)
		quoth_buffer_put_tsv(into, row->attribution->claim, row->attribution->claim_size);
	quoth_buffer_put_byte(into, '\t');
	if (words)
		quoth_link_put(into, doc->url, words, row);
	quoth_buffer_put_byte(into, '\n');
}

static int write_rows(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	return quoth_write_rows(doc, writing, into, put_row);
}

const struct quoth_writer quoth_writer_tsv = {
	.name = "tsv",
	.what = "tab-separated values with a header line",
	.header = put_header,
	.write = write_rows,
};
