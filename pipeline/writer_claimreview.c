/* writer_claimreview: one schema.org ClaimReview a line, as JSON-LD, of which the checker's part is left open.
 *
 * The claim, who made it, and the article where it appears are filled in. What only a fact-checker knows is not: reviewRating, url,
 * author and datePublished of the review.
 */
#include "pipeline/row_json.h"
#include "pipeline/web_address.h"
#include "pipeline/writer.h"

/* What schema.org has for enum quoth_speaker_kind; it has no type for a group without a name. */
static const char *const author_types[] = {
	[QUOTH_UNKNOWN] = "Person", [QUOTH_PERSON] = "Person", [QUOTH_ORGANIZATION] = "Organization",
	[QUOTH_GROUP] = "Organization", [QUOTH_UNNAMED] = "Person",
};

static const char *const content_types[QUOTH_N_KINDS] = {
	[QUOTH_DIRECT] = "Quotation", [QUOTH_MIXED] = "Quotation", [QUOTH_INDIRECT] = "CreativeWork",
};

/* What stands after a form, in which a d stands for a digit; the text itself where it does not have it. */
static const char *skip(const char *text, const char *form)
{
	const char *at = text;

	for (; *form; at++, form++)
		if (*form == 'd' ? *at < '0' || *at > '9' : *at != *form)
			return text;
	return at;
}

/* Whether a date is one of ISO 8601 as schema.org wants it: a day, also with the time of day, also with its zone. */
static bool is_iso_date(const char *date)
{
	const char *day = skip(date, "dddd-dd-dd"), *time = skip(day, "Tdd:dd"), *rest = skip(time, ":dd");

	if (day == date || !*day)
		return day != date;
	if (time == day)
		return false;
	if (rest != time && skip(rest, ".d") != rest)
		rest += 1 + strspn(rest + 1, "0123456789");
	if (*rest == 'Z')
		return !rest[1];
	if (*rest == '+' || *rest == '-') {
		const char *hours = skip(rest + 1, "dd"), *minutes = skip(skip(hours, ":"), "dd");

		return hours != rest + 1 && minutes - hours >= 2 && !*minutes;
	}
	return !*rest;
}

static void put_address(struct quoth_buffer *into, const char *name, const char *address)
{
	quoth_json_put_name(into, name);
	quoth_buffer_put_byte(into, '"');
	quoth_address_put(into, address, strlen(address));
	quoth_buffer_put_byte(into, '"');
}

static void put_author(struct quoth_buffer *into, const struct quoth_entity *entity)
{
	const char *type = author_types[entity->kind];

	if (!*entity->name)
		return;
	quoth_buffer_put_string(into, ",\"author\":{\"@type\":\"");
	quoth_buffer_put_string(into, type);
	quoth_buffer_put_byte(into, '"');
	quoth_json_put_text(into, "name", entity->name);
	quoth_json_put_known(into, strcmp(type, "Person") ? "description" : "jobTitle", entity->role);
	if (quoth_is_web_address(entity->id))
		put_address(into, "sameAs", entity->id);
	else
		quoth_json_put_known(into, "identifier", entity->id);
	quoth_buffer_put_byte(into, '}');
}

static void put_appearance(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
			   const struct quoth_linked_words *words)
{
	quoth_buffer_put_string(into, ",\"appearance\":{\"@type\":\"NewsArticle\"");
	quoth_json_put_text(into, "identifier", doc->id);
	if (words)
		put_address(into, "url", doc->url);
	quoth_json_put_known(into, "headline", doc->title);
	if (doc->date && is_iso_date(doc->date))
		quoth_json_put_text(into, "datePublished", doc->date);
	if (quoth_json_is_known(doc->outlet)) {
		quoth_buffer_put_string(into, ",\"publisher\":{\"@type\":\"Organization\"");
		quoth_json_put_text(into, "name", doc->outlet);
		quoth_buffer_put_byte(into, '}');
	}
	quoth_buffer_put_string(into, ",\"hasPart\":{\"@type\":\"");
	quoth_buffer_put_string(into, content_types[row->attribution->kind]);
	quoth_buffer_put_byte(into, '"');
	quoth_json_put_pieces(into, "text", row->parts, row->n_parts);
	if (words)
		quoth_json_put_link(into, "url", doc, words, row);
	quoth_buffer_put_string(into, "}}");
}

/* The claim, or the quote where there is none. */
static void put_claim(struct quoth_buffer *into, const char *name, const struct quoth_row *row)
{
	struct quoth_piece claim = {.text = row->attribution->claim, .size = row->attribution->claim_size};

	if (claim.text)
		quoth_json_put_pieces(into, name, &claim, 1);
	else
		quoth_json_put_pieces(into, name, row->parts, row->n_parts);
}

static void put_row(struct quoth_buffer *into, const struct quoth_document *doc, const struct quoth_row *row,
		    const struct quoth_linked_words *words, const struct quoth_writing *writing)
{
	(void)writing;
	quoth_buffer_put_string(into, "{\"@context\":\"https://schema.org\",\"@type\":\"ClaimReview\"");
	put_claim(into, "claimReviewed", row);
	quoth_buffer_put_string(into, ",\"itemReviewed\":{\"@type\":\"Claim\",\"identifier\":\"");
	quoth_buffer_put_id(into, row->id);
	quoth_buffer_put_byte(into, '"');
	put_claim(into, "text", row);
	put_author(into, row->entity);
	put_appearance(into, doc, row, words);
	quoth_buffer_put_string(into, "}}\n");
}

static int write_rows(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	return quoth_write_rows(doc, writing, into, put_row);
}

const struct quoth_writer quoth_writer_claimreview = {
	.name = "claimreview",
	.what = "one schema.org ClaimReview a line, for fact-checkers",
	.write = write_rows,
};
