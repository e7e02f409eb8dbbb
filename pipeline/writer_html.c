/* writer_html: a page to look through the rows in, which needs no network.
 *
 * The page is corpus/report/page.html, where @NAME@ stands for the file of that name, and @rows@ for the data: of each document
 * an element with its rows, as writer_jsonl writes them, and one with its text. Both are script elements of a type that no browser runs. In
 * such an element only "<" can mean something to the browser ("</script", "<!--"); it is written as \u003c, which is the same in JSON.
 */
#include "pipeline/writer.h"
#include "stages/embedded.h"

#include <stdio.h>

extern const struct quoth_writer quoth_writer_jsonl;

static const char data_mark[] = "@rows@";

/* Copies a part of the page with the files that it names. */
static void put_shell(struct quoth_buffer *into, const char *at, const char *end)
{
	const struct quoth_embedded_file *file;
	const char *mark;
	char name[64];

	while ((mark = memchr(at, '@', (size_t)(end - at)))) {
		quoth_buffer_put(into, at, (size_t)(mark - at));
		at = strchr(mark + 1, '@') + 1;
		snprintf(name, sizeof name, "report/%.*s", (int)(at - mark - 2), mark + 1);
		file = quoth_embedded_find(name);
		quoth_buffer_put(into, (const char *)file->bytes, (size_t)(file->end - file->bytes));
	}
	quoth_buffer_put(into, at, (size_t)(end - at));
}

static void put_head(struct quoth_buffer *into)
{
	const struct quoth_embedded_file *page = quoth_embedded_find("report/page.html");
	const char *begin = (const char *)page->bytes;

	put_shell(into, begin, strstr(begin, data_mark));
}

static void put_foot(struct quoth_buffer *into)
{
	const struct quoth_embedded_file *page = quoth_embedded_find("report/page.html");

	put_shell(into, strstr((const char *)page->bytes, data_mark) + strlen(data_mark), (const char *)page->end);
}

/* Writes each "<" from a place of the buffer on as \u003c, from the last to the first, so that no byte moves twice. */
static void escape_tags(struct quoth_buffer *into, size_t begin)
{
	static const char escape[] = "\\u003c";
	enum { MORE = sizeof escape - 2 };
	size_t n = 0, from = into->size;

	for (size_t i = begin; i < into->size; i++)
		n += into->bytes[i] == '<';
	if (!n || !quoth_buffer_reserve(into, n * MORE))
		return;
	into->size += n * MORE;
	for (size_t to = into->size; to > from;) {
		if (into->bytes[--from] != '<') {
			into->bytes[--to] = into->bytes[from];
			continue;
		}
		to -= MORE + 1;
		memcpy(into->bytes + to, escape, MORE + 1);
	}
}

/* The places of bytes that are no UTF-8: where they stand, the text has U+FFFD, which has more bytes than one. */
static void put_broken(struct quoth_buffer *into, const char *bytes, size_t size)
{
	bool has_any = false;
	size_t n;

	for (size_t i = 0; i < size; i += n ? n : 1) {
		n = quoth_character_length(bytes + i, size - i);
		if (n)
			continue;
		quoth_buffer_put_string(into, has_any ? "," : ",\"broken\":[");
		quoth_buffer_put_number(into, i);
		has_any = true;
	}
	if (has_any)
		quoth_buffer_put_byte(into, ']');
}

/* The text that the spans of a document's rows point into. */
static void put_text(struct quoth_buffer *into, const struct quoth_document *doc)
{
	size_t begin;

	quoth_buffer_put_string(into, "<script type=\"application/json\" class=\"text\">");
	begin = into->size;
	quoth_buffer_put_string(into, "{\"text\":");
	quoth_buffer_put_json(into, doc->input, doc->input_size);
	put_broken(into, doc->input, doc->input_size);
	quoth_buffer_put_byte(into, '}');
	escape_tags(into, begin);
	quoth_buffer_put_string(into, "</script>\n");
}

static int write_document(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	size_t begin = into->size, rows;
	int error;

	quoth_buffer_put_string(into, "<script type=\"application/x-ndjson\" class=\"rows\">\n");
	rows = into->size;
	error = quoth_writer_jsonl.write(doc, writing, into);
	if (error)
		return error;
	if (into->size == rows) {
		into->size = begin;
		return 0;
	}
	escape_tags(into, rows);
	quoth_buffer_put_string(into, "</script>\n");
	put_text(into, doc);
	return into->has_failed ? QUOTH_NO_MEMORY : 0;
}

const struct quoth_writer quoth_writer_html = {
	.name = "html",
	.what = "a page to look through the rows in",
	.header = put_head,
	.write = write_document,
	.footer = put_foot,
};
