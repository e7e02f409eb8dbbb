/* writer_annotation: one W3C Web Annotation a line, as JSON-LD.
 *
 * Each part of a statement is a target: TextQuoteSelector has its words to the letter with what stands before and after,
 * TextPositionSelector where they stand, in code points, as the model counts. The bodies say who speaks, the kind and the cue.
 */
#include "pipeline/code_points.h"
#include "pipeline/row_json.h"
#include "pipeline/web_address.h"
#include "pipeline/writer.h"

enum { CONTEXT = 32 };	/* characters on either side, as annotation tools have it */

/* A body of text; nothing where there is none. */
static void put_body(struct quoth_buffer *into, const char *purpose, const char *text)
{
	if (!*text)
		return;
	quoth_buffer_put_string(into, ",{\"type\":\"TextualBody\",\"purpose\":\"");
	quoth_buffer_put_string(into, purpose);
	quoth_buffer_put_byte(into, '"');
	quoth_json_put_text(into, "value", text);
	quoth_buffer_put_byte(into, '}');
}

static void put_bodies(struct quoth_buffer *into, const struct quoth_row *row)
{
	quoth_buffer_put_string(into, ",\"body\":[{\"type\":\"TextualBody\",\"purpose\":\"classifying\"");
	quoth_json_put_text(into, "value", quoth_kind_name(row->attribution->kind));
	quoth_buffer_put_byte(into, '}');
	put_body(into, "identifying", row->entity->name);
	if (quoth_is_web_address(row->entity->id)) {
		quoth_buffer_put_string(into, ",{\"type\":\"SpecificResource\",\"purpose\":\"identifying\",\"source\":\"");
		quoth_address_put(into, row->entity->id, strlen(row->entity->id));
		quoth_buffer_put_string(into, "\"}");
	} else {
		put_body(into, "identifying", row->entity->id);
	}
	put_body(into, "describing", row->entity->role);
	if (row->cue.text) {
		quoth_buffer_put_string(into, ",{\"type\":\"TextualBody\",\"purpose\":\"tagging\"");
		quoth_json_put_pieces(into, "value", &row->cue, 1);
		quoth_buffer_put_byte(into, '}');
	}
	quoth_buffer_put_byte(into, ']');
}

/* The document as an IRI: its address, or its id as a name. */
static void put_source(struct quoth_buffer *into, const struct quoth_document *doc)
{
	if (quoth_is_web_address(doc->url)) {
		quoth_address_put(into, doc->url, strlen(doc->url));
		return;
	}
	quoth_buffer_put_string(into, "urn:quoth:document:");
	quoth_percent_put(into, doc->id, strlen(doc->id));
}

static void put_bytes(struct quoth_buffer *into, const char *name, const struct quoth_code_points *points, uint32_t begin, uint32_t end)
{
	quoth_json_put_name(into, name);
	quoth_buffer_put_json(into, points->text + begin, end - begin);
}

static void put_target(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_code_points *points,
		       struct quoth_span span)
{
	quoth_buffer_put_string(into, "{\"type\":\"SpecificResource\",\"source\":\"");
	put_source(into, doc);
	quoth_buffer_put_string(into, "\",\"selector\":[{\"type\":\"TextQuoteSelector\"");
	put_bytes(into, "exact", points, span.begin, span.end);
	put_bytes(into, "prefix", points, quoth_code_points_back(points, span.begin, CONTEXT), span.begin);
	put_bytes(into, "suffix", points, span.end, quoth_code_points_on(points, span.end, CONTEXT));
	quoth_buffer_put_string(into, "},{\"type\":\"TextPositionSelector\",\"start\":");
	quoth_buffer_put_number(into, quoth_code_points_before(points, span.begin));
	quoth_buffer_put_string(into, ",\"end\":");
	quoth_buffer_put_number(into, quoth_code_points_before(points, span.end));
	quoth_buffer_put_string(into, "}]}");
}

static void put_row(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
		    const struct quoth_code_points *points)
{
	quoth_buffer_put_string(into, "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:quoth:row:");
	quoth_buffer_put_id(into, row->id);
	quoth_buffer_put_string(into, "\",\"type\":\"Annotation\",\"motivation\":\"identifying\"");
	put_bodies(into, row);
	quoth_buffer_put_string(into, ",\"target\":");
	if (row->n_parts > 1)
		quoth_buffer_put_byte(into, '[');
	for (unsigned i = 0; i < row->n_parts; i++) {
		if (i)
			quoth_buffer_put_byte(into, ',');
		put_target(into, doc, points, row->parts[i].span);
	}
	quoth_buffer_put_string(into, row->n_parts > 1 ? "]}\n" : "}\n");
}

static int write_rows(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	struct quoth_code_points points;
	struct quoth_row_place *places;
	struct quoth_row row;
	uint32_t n;
	int error = quoth_rows_order(doc, &writing->filter, &places, &n);

	if (!error && n)
		error = quoth_code_points_make(&points, doc->input, doc->input_size, doc->arena);
	for (uint32_t i = 0; !error && i < n; i++)
		if (quoth_row_make(doc, places[i].attribution, &row))
			put_row(into, doc, &row, &points);
	return into->has_failed ? QUOTH_NO_MEMORY : error;
}

const struct quoth_writer quoth_writer_annotation = {
	.name = "annotation",
	.what = "one W3C Web Annotation a line",
	.write = write_rows,
};
