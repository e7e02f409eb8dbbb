/* writer_jsonl: one JSON object a line, with the names of the TSV columns; spans are arrays, and the document's metadata
 * comes along. */
#include "pipeline/explain.h"
#include "pipeline/writer.h"

static void put_name(struct quoth_buffer *into, const char *name)
{
	quoth_buffer_put_string(into, ",\"");
	quoth_buffer_put_string(into, name);
	quoth_buffer_put_string(into, "\":");
}

static void put_text(struct quoth_buffer *into, const char *name, const char *text)
{
	put_name(into, name);
	quoth_buffer_put_json(into, text, strlen(text));
}

static void put_metadata(struct quoth_buffer *into, const char *name, const char *text)
{
	if (text)
		put_text(into, name, text);
}

static void put_pieces(struct quoth_buffer *into, const char *name, const struct quoth_piece *pieces, unsigned n)
{
	put_name(into, name);
	quoth_buffer_put_byte(into, '"');
	for (unsigned i = 0; i < n; i++) {
		if (i)
			quoth_buffer_put_byte(into, ' ');
		quoth_buffer_put_json_folded(into, pieces[i].text, pieces[i].size);
	}
	quoth_buffer_put_byte(into, '"');
}

static void put_spans(struct quoth_buffer *into, const char *name, const struct quoth_piece *pieces, unsigned n)
{
	put_name(into, name);
	for (unsigned i = 0; i < n; i++) {
		quoth_buffer_put_string(into, i ? ",[" : "[[");
		quoth_buffer_put_number(into, pieces[i].span.begin);
		quoth_buffer_put_byte(into, ',');
		quoth_buffer_put_number(into, pieces[i].span.end);
		quoth_buffer_put_byte(into, ']');
	}
	quoth_buffer_put_string(into, n ? "]" : "[]");
}

static void put_id(struct quoth_buffer *into, uint64_t id)
{
	char digits[16];

	for (int i = 0; i < 16; i++)
		digits[i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
	quoth_buffer_put_string(into, ",\"id\":\"");
	quoth_buffer_put(into, digits, sizeof digits);
	quoth_buffer_put_byte(into, '"');
}

static void put_scores(struct quoth_buffer *into, const struct quoth_attribution *attribution)
{
	put_name(into, "confidence");
	quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->confidence));
	put_name(into, "checkworthy");
	if (attribution->checkworthy >= 0)
		quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->checkworthy));
	else
		quoth_buffer_put_string(into, "null");
}

static void put_row(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row, bool has_text)
{
	quoth_buffer_put_string(into, "{\"doc\":");
	quoth_buffer_put_json(into, doc->id, strlen(doc->id));
	put_id(into, row->id);
	put_text(into, "kind", quoth_kind_name(row->attribution->kind));
	put_text(into, "speaker", row->entity->name);
	put_text(into, "speaker_kind", quoth_speaker_kind_name(row->entity->kind));
	put_text(into, "role", row->entity->role);
	put_text(into, "speaker_id", row->entity->id);
	put_text(into, "resolution", quoth_resolution_name(row->attribution->resolution));
	put_pieces(into, "source", &row->source, row->source.text != NULL);
	put_pieces(into, "cue", &row->cue, row->cue.text != NULL);
	put_pieces(into, "quote", row->parts, row->n_parts);
	put_scores(into, row->attribution);
	put_spans(into, "quote_spans", row->parts, row->n_parts);
	put_spans(into, "source_spans", &row->source, row->source.text != NULL);
	put_spans(into, "cue_spans", &row->cue, row->cue.text != NULL);
	put_text(into, "stance", quoth_stance_name(row->attribution->stance));
	put_metadata(into, "url", doc->url);
	put_metadata(into, "title", doc->title);
	put_metadata(into, "date", doc->date);
	put_metadata(into, "outlet", doc->outlet);
	if (has_text) {
		put_name(into, "text");
		quoth_buffer_put_json(into, doc->input, doc->input_size);
	}
	if (doc->explanations) {
		put_name(into, "why");
		quoth_explain_put(into, doc, (uint32_t)(row->attribution - doc->attributions));
	}
	quoth_buffer_put_string(into, "}\n");
}

static int write_rows(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	struct quoth_row_place *places;
	struct quoth_row row;
	uint32_t n;
	int error = quoth_rows_order(doc, &writing->filter, &places, &n);

	for (uint32_t i = 0; !error && i < n; i++)
		if (quoth_row_make(doc, places[i].attribution, &row))
			put_row(into, doc, &row, writing->has_text);
	return into->has_failed ? QUOTH_NO_MEMORY : error;
}

const struct quoth_writer quoth_writer_jsonl = {
	.name = "jsonl",
	.what = "one JSON object a line",
	.takes_text = true,
	.write = write_rows,
};
