/* lines: what the readers of line by line formats share. */
#ifndef QUOTH_LINES_H
#define QUOTH_LINES_H

#include "pipeline/reader.h"

/* What a record may take: a text is longer with its escapes, and has metadata beside it. */
size_t quoth_record_limit(const struct quoth_reading *reading);

/* Appends the bytes up to the next line end, which is passed over, to `into`; at most limit + 1 of them, the rest of a longer line is passed
 * over too. 1 with a line, 0 at the end of the stream, or an error with the report. */
int quoth_line_take(struct quoth_stream *stream, struct quoth_buffer *into, size_t limit, struct quoth_report *report);

/* Whether a line holds nothing but blanks. */
bool quoth_line_is_empty(const char *bytes, size_t size);

/* Reports what was wrong with the record that begins at reader->place of the stream. Returns error. */
int quoth_record_refuse(const struct quoth_reader *reader, int error, struct quoth_report *report, const char *what);

/* Refuses a record that what has been cut of it makes too large. */
int quoth_record_refuse_size(const struct quoth_reader *reader, struct quoth_report *report);

/* The usual names of a record's fields, each list ended by NULL, in the order of preference. */
extern const char *const quoth_text_names[], *const quoth_id_names[], *const quoth_title_names[], *const quoth_date_names[],
	*const quoth_url_names[], *const quoth_outlet_names[];

#endif
