/* writer_jsonl: one JSON object a line, with the names of the TSV columns; spans are arrays, and the document's metadata
 * comes along. */
#include "pipeline/explain.h"
#include "pipeline/row_json.h"
#include "pipeline/writer.h"

static void put_metadata(struct quoth_buffer *into, const char *name, const char *text)
{
	if (text)
		quoth_json_put_text(into, name, text);
}

static void put_spans(struct quoth_buffer *into, const char *name, const struct quoth_piece *pieces, unsigned n)
{
	quoth_json_put_name(into, name);
	quoth_json_put_spans(into, pieces, n);
}

static void put_scores(struct quoth_buffer *into, const struct quoth_attribution *attribution)
{
	quoth_json_put_name(into, "confidence");
	quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->confidence));
	quoth_json_put_name(into, "checkworthy");
	if (attribution->checkworthy >= 0)
		quoth_buffer_put_thousandths(into, quoth_thousandths(attribution->checkworthy));
	else
		quoth_buffer_put_string(into, "null");
}

static void put_row(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
		    const struct quoth_linked_words *words, const struct quoth_writing *writing)
{
	const struct quoth_piece claim = {.text = row->attribution->claim, .size = row->attribution->claim_size};

	quoth_buffer_put_string(into, "{\"doc\":");
	quoth_buffer_put_json(into, doc->id, strlen(doc->id));
	quoth_buffer_put_string(into, ",\"id\":\"");
	quoth_buffer_put_id(into, row->id);
	quoth_buffer_put_byte(into, '"');
	quoth_json_put_text(into, "kind", quoth_kind_name(row->attribution->kind));
	quoth_json_put_text(into, "speaker", row->entity->name);
	quoth_json_put_text(into, "speaker_kind", quoth_speaker_kind_name(row->entity->kind));
	quoth_json_put_text(into, "role", row->entity->role);
	quoth_json_put_text(into, "speaker_id", row->entity->id);
	quoth_json_put_text(into, "resolution", quoth_resolution_name(row->attribution->resolution));
	quoth_json_put_pieces(into, "source", &row->source, row->source.text != NULL);
	quoth_json_put_pieces(into, "cue", &row->cue, row->cue.text != NULL);
	quoth_json_put_pieces(into, "quote", row->parts, row->n_parts);
	put_scores(into, row->attribution);
	put_spans(into, "quote_spans", row->parts, row->n_parts);
	put_spans(into, "source_spans", &row->source, row->source.text != NULL);
	put_spans(into, "cue_spans", &row->cue, row->cue.text != NULL);
	quoth_json_put_text(into, "stance", quoth_stance_name(row->attribution->stance));
	quoth_json_put_pieces(into, "claim", &claim, claim.text != NULL);
	quoth_json_put_link(into, "link", doc, words, row);
	put_metadata(into, "url", doc->url);
	put_metadata(into, "title", doc->title);
	put_metadata(into, "date", doc->date);
	put_metadata(into, "outlet", doc->outlet);
	if (writing->has_text) {
		quoth_json_put_name(into, "text");
		quoth_buffer_put_json(into, doc->input, doc->input_size);
	}
	if (doc->explanations) {
		quoth_json_put_name(into, "why");
		quoth_explain_put(into, doc, (uint32_t)(row->attribution - doc->attributions));
	}
	quoth_buffer_put_string(into, "}\n");
}

static int write_rows(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	return quoth_write_rows(doc, writing, into, put_row);
}

const struct quoth_writer quoth_writer_jsonl = {
	.name = "jsonl",
	.what = "one JSON object a line",
	.takes_text = true,
	.write = write_rows,
};
