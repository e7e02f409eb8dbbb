#include "config.h"

#include "pipeline/http.h"

#include <string.h>
#include <strings.h>
#include <zlib.h>

static const char *end_of_line(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));

	return newline ? newline : end;
}

const char *quoth_http_find_header(const char *lines, size_t size, const char *name, size_t *value_size)
{
	const char *end = lines + size;
	size_t length = strlen(name);

	for (const char *line = lines, *next; line < end; line = next + 1) {
		const char *value;

		next = end_of_line(line, end);
		if (next == line || *line == '\r')
			break;
		if ((size_t)(next - line) <= length || strncasecmp(line, name, length) || line[length] != ':')
			continue;
		for (value = line + length + 1; value < next && (*value == ' ' || *value == '\t'); value++)
			;
		while (next > value && strchr(" \t\r", next[-1]) && next[-1])
			next--;
		*value_size = (size_t)(next - value);
		return value;
	}
	*value_size = 0;
	return NULL;
}

static size_t find_body(const char *bytes, size_t size)
{
	const char *end = bytes + size;

	for (const char *line = bytes, *next; line < end; line = next + 1) {
		next = end_of_line(line, end);
		if (next == line || (next == line + 1 && *line == '\r'))
			return next < end ? (size_t)(next + 1 - bytes) : size;
	}
	return size;
}

static bool holds(const char *value, size_t size, const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; value && i + length <= size; i++)
		if (!strncasecmp(value + i, word, length))
			return true;
	return false;
}

void quoth_http_read_head(const char *bytes, size_t size, struct quoth_http_head *head)
{
	const char *line_end = end_of_line(bytes, bytes + size), *space, *coding;
	size_t coding_size, lines;

	*head = (struct quoth_http_head){0};
	if (size < 12 || memcmp(bytes, "HTTP/", 5))
		return;
	space = memchr(bytes, ' ', (size_t)(line_end - bytes));
	if (!space || line_end - space < 4)
		return;
	for (int i = 1; i < 4 && space[i] >= '0' && space[i] <= '9'; i++)
		head->status = head->status * 10 + (space[i] - '0');
	head->body = find_body(bytes, size);
	lines = (size_t)(line_end - bytes) + 1;
	if (lines >= head->body)
		return;
	head->type = quoth_http_find_header(bytes + lines, head->body - lines, "Content-Type", &head->type_size);
	head->coding = quoth_http_find_header(bytes + lines, head->body - lines, "Content-Encoding", &head->coding_size);
	coding = quoth_http_find_header(bytes + lines, head->body - lines, "Transfer-Encoding", &coding_size);
	head->is_chunked = holds(coding, coding_size, "chunked");
}

bool quoth_http_is_page(const struct quoth_http_head *head)
{
	return !head->type_size || holds(head->type, head->type_size, "text/html") ||
	       holds(head->type, head->type_size, "application/xhtml");
}

const char *quoth_http_charset(struct quoth_arena *arena, const struct quoth_http_head *head)
{
	static const char key[] = "charset=";
	const char *at = NULL, *end;
	size_t n = 0;
	char *name;

	if (!head->type)
		return NULL;
	end = head->type + head->type_size;
	for (size_t i = 0; i + sizeof key - 1 <= head->type_size && !at; i++)
		if (!strncasecmp(head->type + i, key, sizeof key - 1))
			at = head->type + i + sizeof key - 1;
	if (!at)
		return NULL;
	at += at < end && (*at == '"' || *at == '\'');
	while (at + n < end && !strchr(" ;\"',", at[n]) && at[n])
		n++;
	name = n && n < 40 ? quoth_arena_alloc(arena, n + 1) : NULL;
	if (!name)
		return NULL;
	memcpy(name, at, n);
	name[n] = '\0';
	return name;
}

/* ---- bodies ---- */

/* The number that a chunk's line begins with, in hexadecimal; the line's end in *next. false: none, or absurdly large. */
static bool read_chunk_size(const char *at, const char *end, size_t *size, const char **next)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit;
	unsigned n = 0;

	for (*size = 0; at < end && *at && (digit = strchr(digits, *at | 0x20)) && n < 8; at++, n++)
		*size = *size * 16 + (size_t)(digit - digits);
	*next = end_of_line(at, end);
	return n > 0;
}

/* Joins the chunks. Bodies that say they are chunked and are not, as crawlers store them, are left as they are. */
static int join_chunks(struct quoth_arena *arena, const char **body, size_t *size, const char **what)
{
	const char *at = *body, *end = at + *size, *next;
	char *joined = quoth_arena_alloc(arena, *size + 1);
	size_t n = 0, chunk;

	if (!joined)
		return QUOTH_NO_MEMORY;
	if (!read_chunk_size(at, end, &chunk, &next))
		return 0;
	while (read_chunk_size(at, end, &chunk, &next) && chunk) {
		at = next < end ? next + 1 : end;
		if (chunk > (size_t)(end - at)) {
			*what = "the body's last chunk is cut short";
			return QUOTH_BAD_INPUT;
		}
		memcpy(joined + n, at, chunk);
		n += chunk;
		at += chunk;
		while (at < end && (*at == '\r' || *at == '\n'))
			at++;
	}
	*body = joined;
	*size = n;
	return 0;
}

static int unzip(struct quoth_arena *arena, size_t limit, bool is_raw, const char **body, size_t *size, const char **what)
{
	enum { GZIP_OR_ZLIB = 32 };
	z_stream zlib = {.next_in = (Bytef *)*body, .avail_in = (uInt)*size};
	size_t capacity = *size * 4 + 1024, n = 0;
	char *bytes = quoth_arena_alloc(arena, capacity);
	int status = inflateInit2(&zlib, is_raw ? -MAX_WBITS : MAX_WBITS + GZIP_OR_ZLIB), error = 0;

	if (!bytes || status != Z_OK)
		error = QUOTH_NO_MEMORY;
	while (!error && status == Z_OK) {
		zlib.next_out = (Bytef *)bytes + n;
		zlib.avail_out = (uInt)(capacity - n);
		status = inflate(&zlib, Z_NO_FLUSH);
		n = capacity - zlib.avail_out;
		if (n > limit) {
			error = QUOTH_TOO_LARGE;
		} else if (status == Z_OK && n == capacity) {
			char *grown = quoth_arena_grow(arena, bytes, capacity, capacity * 2);

			error = grown ? 0 : QUOTH_NO_MEMORY;
			bytes = grown;
			capacity *= 2;
		} else if (status == Z_OK && !zlib.avail_in) {
			status = Z_BUF_ERROR;
		}
	}
	if (status != Z_MEM_ERROR)
		inflateEnd(&zlib);
	if (!error && status != Z_STREAM_END) {
		*what = "the body's compressed data are broken or cut short";
		error = QUOTH_BAD_INPUT;
	}
	*body = bytes;
	*size = n;
	return error;
}

int quoth_http_read_body(struct quoth_arena *arena, const struct quoth_http_head *head, const char *bytes, size_t size,
			 size_t limit, const char **body, size_t *body_size, const char **what)
{
	int error = 0;

	*body = bytes + head->body;
	*body_size = size - head->body;
	if (head->is_chunked)
		error = join_chunks(arena, body, body_size, what);
	if (error || !*body_size)
		return error;
	if (*body_size > 2 && !memcmp(*body, "\x1F\x8B", 2))
		return unzip(arena, limit, false, body, body_size, what);
	if (holds(head->coding, head->coding_size, "deflate"))
		return unzip(arena, limit, ((*body)[0] & 0x0F) != 8, body, body_size, what);
	if (holds(head->coding, head->coding_size, "br") && (unsigned char)(*body)[0] != '<') {
		*what = "the body is compressed with brotli, which is not read";
		return QUOTH_BAD_INPUT;
	}
	return 0;	/* also what says that it is gzip and is not: crawlers unpack bodies and keep the header */
}
