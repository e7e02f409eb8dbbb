#include "pipeline/row_json.h"

#include "pipeline/text_fragment.h"

void quoth_json_put_name(struct quoth_buffer *into, const char *name)
{
	quoth_buffer_put_string(into, ",\"");
	quoth_buffer_put_string(into, name);
	quoth_buffer_put_string(into, "\":");
}

void quoth_json_put_text(struct quoth_buffer *into, const char *name, const char *text)
{
	quoth_json_put_name(into, name);
	quoth_buffer_put_json(into, text, strlen(text));
}

bool quoth_json_is_known(const char *text)
{
	return text && text[strspn(text, " \t\n\v\f\r")];
}

void quoth_json_put_known(struct quoth_buffer *into, const char *name, const char *text)
{
	if (quoth_json_is_known(text))
		quoth_json_put_text(into, name, text);
}

void quoth_json_put_pieces(struct quoth_buffer *into, const char *name, const struct quoth_piece *pieces, unsigned n)
{
	quoth_json_put_name(into, name);
	quoth_buffer_put_byte(into, '"');
	for (unsigned i = 0; i < n; i++) {
		if (i)
			quoth_buffer_put_byte(into, ' ');
		quoth_buffer_put_json_folded(into, pieces[i].text, pieces[i].size);
	}
	quoth_buffer_put_byte(into, '"');
}

void quoth_json_put_spans(struct quoth_buffer *into, const struct quoth_piece *pieces, unsigned n)
{
	quoth_buffer_put_byte(into, '[');
	for (unsigned i = 0; i < n; i++) {
		quoth_buffer_put_string(into, i ? ",[" : "[");
		quoth_buffer_put_number(into, pieces[i].span.begin);
		quoth_buffer_put_byte(into, ',');
		quoth_buffer_put_number(into, pieces[i].span.end);
		quoth_buffer_put_byte(into, ']');
	}
	quoth_buffer_put_byte(into, ']');
}

void quoth_json_put_link(struct quoth_buffer *into, const char *name, const struct quoth_document *doc,
			 const struct quoth_linked_words *words, const struct quoth_row *row)
{
	quoth_json_put_name(into, name);
	quoth_buffer_put_byte(into, '"');
	if (words)
		quoth_link_put(into, doc->url, words, row);
	quoth_buffer_put_byte(into, '"');
}
