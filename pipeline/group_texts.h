/* group_texts: the different wordings of all quotes, numbered, on disk; any can be read again.
 *
 * Those with numbers close to each other are read together and kept for a while: quotes that are alike have such numbers (group_shingles.h).
 * Memory is a byte a text.
 */
#ifndef QUOTH_GROUP_TEXTS_H
#define QUOTH_GROUP_TEXTS_H

#include "pipeline/group_record.h"
#include "pipeline/group_variant.h"
#include "pipeline/pile.h"

/* What is known of a wording: of the first of its rows by date, doc and id. All point into the record. */
struct quoth_group_text {
	uint64_t group;			/* a hash of its words */
	uint32_t n_rows, n_words;
	const char *date, *doc, *id;	/* date as written */
	const unsigned char *order;	/* order_size bytes by which dates sort, the unknown behind the others */
	size_t order_size;
	uint8_t kind;			/* enum quoth_group_kind */
	uint32_t speaker;
	const char *quote;
	uint32_t quote_size;
};

struct quoth_texts {
	struct quoth_pile pile;
	uint64_t *places;	/* of every so many texts, see the source */
	uint32_t n;
	size_t n_places, capacity;
	struct quoth_buffer record;
};

struct quoth_texts_reader;

int quoth_texts_open(struct quoth_texts *texts, const char *folder, struct quoth_report *report);
void quoth_texts_close(struct quoth_texts *texts);

/* Adds a record with the next number. `body` is as quoth_group_body_put makes it. 0 or an error with the report. */
int quoth_texts_put(struct quoth_texts *texts, uint64_t group, uint32_t n_rows, uint32_t n_words, const unsigned char *body, size_t size,
		    struct quoth_report *report);

/* Everything is in. */
int quoth_texts_flush(struct quoth_texts *texts, struct quoth_report *report);

/* Reads a record as text number n was put. */
void quoth_group_text_take(const unsigned char *record, size_t size, struct quoth_group_text *text);

/* A reader for one thread; NULL without memory. */
struct quoth_texts_reader *quoth_texts_reader_open(const struct quoth_texts *texts);
void quoth_texts_reader_close(struct quoth_texts_reader *reader);

/* The record of a text in `into`, in place of what was there. 0 or an error with the report. */
int quoth_texts_read(struct quoth_texts_reader *reader, uint32_t number, struct quoth_buffer *into, struct quoth_report *report);

/* Appends what rows and texts have in common, in the order by which the first row of a text is chosen. */
void quoth_group_body_put(struct quoth_buffer *into, const struct quoth_group_text *text, bool has_date, uint64_t seconds);

/* Reads it again; group, n_rows and n_words stay as they were. */
void quoth_group_body_take(const unsigned char *body, size_t size, struct quoth_group_text *text);

#endif
