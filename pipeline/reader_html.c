/* reader_html: one web page a file; the document is the article in it (page.h). */
#include "config.h"

#include "pipeline/charset.h"
#include "pipeline/page.h"
#include "pipeline/reader.h"

#include <ctype.h>

/* A page begins with its doctype or a tag that pages begin with, behind white space, a mark or comments. */
static bool recognise_html(const char *head, size_t size)
{
	static const char *const openings[] = {"<!doctype html", "<html", "<head", "<body", NULL};
	size_t i = size >= 3 && !memcmp(head, "\xEF\xBB\xBF", 3) ? 3 : 0;

	for (;;) {
		const char *end;

		while (i < size && isspace((unsigned char)head[i]))
			i++;
		if (size - i < 4 || memcmp(head + i, "<!--", 4))
			break;
		end = memmem(head + i, size - i, "-->", 3);
		if (!end)
			return false;
		i = (size_t)(end - head) + 3;
	}
	for (size_t k = 0; openings[k]; k++) {
		size_t n = 0;

		while (openings[k][n] && i + n < size && tolower((unsigned char)head[i + n]) == openings[k][n])
			n++;
		if (!openings[k][n])
			return true;
	}
	return false;
}

int quoth_html_decode(struct quoth_document *document, const struct quoth_reading *reading, const char *charset,
		      const char *place, struct quoth_report *report)
{
	struct quoth_page page;
	const char *bytes;
	size_t size;
	int error = quoth_charset_decode(document->arena, document->input, document->input_size, charset,
					 (size_t)reading->max_document_bytes * 2, &bytes, &size);

	if (!error)
		error = quoth_page_read(document->arena, bytes, size, &page);
	if (!error && page.text_size > reading->max_document_bytes)
		error = QUOTH_TOO_LARGE;
	if (error)
		return quoth_report_set(report, error, place, "%s", error == QUOTH_BAD_INPUT ? "is no web page" :
					error == QUOTH_TOO_LARGE ? "the page is too large, or nested too deep" :
					quoth_error_words(error));
	document->title = page.title;
	document->date = page.date;
	document->outlet = page.outlet;
	document->url = page.url;
	if (!page.text_size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the page has no article text");
	document->input = page.text;
	document->input_size = (uint32_t)page.text_size;
	return 0;
}

static int decode_html(struct quoth_document *document, const struct quoth_reading *reading, const char *place,
		       struct quoth_report *report)
{
	if (!document->input_size)
		return quoth_report_set(report, QUOTH_BAD_INPUT, place, "the file is empty");
	return quoth_html_decode(document, reading, NULL, place, report);
}

const struct quoth_format quoth_format_html = {
	.name = "html",
	.what = "one web page a file",
	.extensions = ".html .htm .xhtml ",
	.has_charsets = true,
	.recognise = recognise_html,
	.cut = quoth_cut_whole,
	.decode = decode_html,
};
