/* row_json: members of JSON objects that more than one writer writes. A member begins with its comma. */
#ifndef QUOTH_ROW_JSON_H
#define QUOTH_ROW_JSON_H

#include "pipeline/buffer.h"
#include "pipeline/linked_words.h"
#include "pipeline/rows.h"

/* ,"name": */
void quoth_json_put_name(struct quoth_buffer *into, const char *name);

/* ,"name":"text" */
void quoth_json_put_text(struct quoth_buffer *into, const char *name, const char *text);

/* Whether there is more to a text than white space; NULL is none. */
bool quoth_json_is_known(const char *text);

/* The member where it is known, else nothing. */
void quoth_json_put_known(struct quoth_buffer *into, const char *name, const char *text);

/* ,"name":"one two" of the texts of pieces, white space folded, joined by a space. */
void quoth_json_put_pieces(struct quoth_buffer *into, const char *name, const struct quoth_piece *pieces, unsigned n);

/* [[begin,end],…] of the bytes of pieces: a value, without its name. */
void quoth_json_put_spans(struct quoth_buffer *into, const struct quoth_piece *pieces, unsigned n);

/* ,"name":"link"; the link is empty where words is NULL. */
void quoth_json_put_link(struct quoth_buffer *into, const char *name, const struct quoth_document *doc,
			 const struct quoth_linked_words *words, const struct quoth_row *row);

#endif
