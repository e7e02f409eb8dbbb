/* writer_html: a page to look through rows in, which needs no network.
 *
 * What --to=html writes (writer_html.c), in its parts, for who has rows of another source: quoth-group. The page is
 * corpus/report/page.html; its head, then the data, then its foot.
 */
#ifndef QUOTH_WRITER_HTML_H
#define QUOTH_WRITER_HTML_H

#include "pipeline/buffer.h"

/* What stands before and behind the data. */
void quoth_html_put_head(struct quoth_buffer *into);
void quoth_html_put_foot(struct quoth_buffer *into);

/* Rows that are JSON lines already, put together by the text that each of them carries. Zeroed at start; needs no freeing but by
 * quoth_html_rows_end. */
struct quoth_html_rows {
	struct quoth_buffer rows, text;		/* those not written yet, and their text as JSON; size 0: none */
};

/* Adds a row, a JSON object on a line, with or without a member "text", a string. What comes before it is appended to `into` where the row
 * has another text; has_failed of `into` without memory. */
void quoth_html_rows_add(struct quoth_html_rows *rows, const char *line, size_t size, struct quoth_buffer *into);

/* Appends what was not written yet, and frees all. */
void quoth_html_rows_end(struct quoth_html_rows *rows, struct quoth_buffer *into);

#endif
