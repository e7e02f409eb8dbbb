/* writer_html: a page to look through the rows in, which needs no network.
 *
 * The page is corpus/report/page.html, where @NAME@ stands for the file of that name, and @rows@ for the data: of each document
 * an element with its rows, as writer_jsonl writes them, and one with its text. Both are script elements of a type that no browser runs. In
 * such an element only "<" can mean something to the browser ("</script", "<!--"); it is written as \u003c, which is the same in JSON.
 */
#include "pipeline/writer_html.h"

#include "pipeline/writer.h"
#include "stages/embedded.h"

#include <stdio.h>

extern const struct quoth_writer quoth_writer_jsonl;

static const char data_mark[] = "@rows@";
static const char rows_begin[] = "<script type=\"application/x-ndjson\" class=\"rows\">\n";
static const char text_begin[] = "<script type=\"application/json\" class=\"text\">";
static const char element_end[] = "</script>\n";

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

void quoth_html_put_head(struct quoth_buffer *into)
{
	const struct quoth_embedded_file *page = quoth_embedded_find("report/page.html");
	const char *begin = (const char *)page->bytes;

	put_shell(into, begin, strstr(begin, data_mark));
}

void quoth_html_put_foot(struct quoth_buffer *into)
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

/* Of an element whose data begin at a place of the buffer. */
static void end_element(struct quoth_buffer *into, size_t begin)
{
	escape_tags(into, begin);
	quoth_buffer_put_string(into, element_end);
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

	quoth_buffer_put_string(into, text_begin);
	begin = into->size;
	quoth_buffer_put_string(into, "{\"text\":");
	quoth_buffer_put_json(into, doc->input, doc->input_size);
	put_broken(into, doc->input, doc->input_size);
	quoth_buffer_put_byte(into, '}');
	end_element(into, begin);
}

static int write_document(struct quoth_document *doc, const struct quoth_writing *writing, struct quoth_buffer *into)
{
	size_t begin = into->size, rows;
	int error;

	quoth_buffer_put_string(into, rows_begin);
	rows = into->size;
	error = quoth_writer_jsonl.write(doc, writing, into);
	if (error)
		return error;
	if (into->size == rows) {
		into->size = begin;
		return 0;
	}
	end_element(into, rows);
	put_text(into, doc);
	return into->has_failed ? QUOTH_NO_MEMORY : 0;
}

/* ---- rows that are JSON lines already ---- */

/* The mark that ends a JSON string, from behind the one that begins it; `end` where there is none. */
static const char *string_end(const char *at, const char *end)
{
	while (at < end && *at != '"')
		at += 1 + (*at == '\\' && at + 1 < end);
	return at;
}

static const char *skip_spaces(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

/* A string that is a member "text" of a JSON object: from its name up to behind its value, and where the value begins. */
struct text_member {
	const char *begin, *value, *end;
};

static bool is_text_member(const char *name, const char *end, struct text_member *member)
{
	static const char text[] = "\"text\"";
	const char *at, *mark;

	if ((size_t)(end - name) < sizeof text || memcmp(name, text, sizeof text - 1))
		return false;
	at = skip_spaces(name + sizeof text - 1, end);
	if (at == end || *at != ':')
		return false;
	at = skip_spaces(at + 1, end);
	if (at == end || *at != '"')
		return false;
	mark = string_end(at + 1, end);
	if (mark == end)
		return false;
	*member = (struct text_member){name, at, mark + 1};
	return true;
}

/* Finds it in the object itself, not in what the object holds. */
static bool find_text(const char *line, size_t size, struct text_member *member)
{
	const char *end = line + size;
	int depth = 0;

	for (const char *at = line; at < end; at += at < end) {
		if (*at == '{' || *at == '[')
			depth++;
		else if (*at == '}' || *at == ']')
			depth--;
		else if (*at == '"' && depth == 1 && is_text_member(at, end, member))
			return true;
		else if (*at == '"')
			at = string_end(at + 1, end);
	}
	return false;
}

/* A row without its text: neither the member nor the comma before it, or behind it where it is the first. */
static void put_without(struct quoth_buffer *into, const char *line, size_t size, const struct text_member *member)
{
	const char *end = line + size, *begin = member->begin, *rest = member->end;

	while (begin > line && begin[-1] != ',' && begin[-1] != '{')
		begin--;
	if (begin > line && begin[-1] == ',')
		begin--;
	else if ((rest = skip_spaces(rest, end)) < end && *rest == ',')
		rest++;
	quoth_buffer_put(into, line, (size_t)(begin - line));
	quoth_buffer_put(into, rest, (size_t)(end - rest));
}

/* Rows so far and their text become elements. */
static void put_elements(struct quoth_html_rows *rows, struct quoth_buffer *into)
{
	size_t begin;

	if (!rows->rows.size)
		return;
	quoth_buffer_put_string(into, rows_begin);
	begin = into->size;
	quoth_buffer_put(into, rows->rows.bytes, rows->rows.size);
	end_element(into, begin);
	rows->rows.size = 0;
	if (!rows->text.size)
		return;
	quoth_buffer_put_string(into, text_begin);
	begin = into->size;
	quoth_buffer_put_string(into, "{\"text\":");
	quoth_buffer_put(into, rows->text.bytes, rows->text.size);
	quoth_buffer_put_byte(into, '}');
	end_element(into, begin);
	rows->text.size = 0;
}

void quoth_html_rows_add(struct quoth_html_rows *rows, const char *line, size_t size, struct quoth_buffer *into)
{
	enum { MOST_BYTES = 64 * 1024 };	/* in one element; of rows without texts, which could be all of them */
	struct text_member member = {line, line, line};
	bool has_text = find_text(line, size, &member);
	size_t text_size = (size_t)(member.end - member.value);

	if (rows->text.size != text_size || (text_size && memcmp(rows->text.bytes, member.value, text_size)) ||
	    rows->rows.size > MOST_BYTES)
		put_elements(rows, into);
	if (!rows->rows.size)
		quoth_buffer_put(&rows->text, member.value, text_size);
	if (has_text)
		put_without(&rows->rows, line, size, &member);
	else
		quoth_buffer_put(&rows->rows, line, size);
	if (!size || line[size - 1] != '\n')
		quoth_buffer_put_byte(&rows->rows, '\n');
	into->has_failed |= rows->rows.has_failed || rows->text.has_failed;
}

void quoth_html_rows_end(struct quoth_html_rows *rows, struct quoth_buffer *into)
{
	put_elements(rows, into);
	quoth_buffer_free(&rows->rows);
	quoth_buffer_free(&rows->text);
}

const struct quoth_writer quoth_writer_html = {
	.name = "html",
	.what = "a page to look through the rows in",
	.header = quoth_html_put_head,
	.write = write_document,
	.footer = quoth_html_put_foot,
};
