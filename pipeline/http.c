#include "config.h"

#include "pipeline/http.h"

#include <brotli/decode.h>
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

/* What a body unpacks to, as far as it is there. */
struct unpacked {
	struct quoth_arena *arena;
	char *bytes;
	size_t size, capacity, limit;
};

static int begin_unpacked(struct unpacked *into, struct quoth_arena *arena, size_t packed_size, size_t limit)
{
	*into = (struct unpacked){.arena = arena, .capacity = packed_size * 4 + 1024, .limit = limit};
	into->bytes = quoth_arena_alloc(arena, into->capacity);
	return into->bytes ? 0 : QUOTH_NO_MEMORY;
}

/* Room behind what is there, unless it is too much already. */
static int make_room(struct unpacked *into)
{
	char *grown;

	if (into->size > into->limit)
		return QUOTH_TOO_LARGE;
	if (into->size < into->capacity)
		return 0;
	grown = quoth_arena_grow(into->arena, into->bytes, into->capacity, into->capacity * 2);
	if (!grown)
		return QUOTH_NO_MEMORY;
	into->bytes = grown;
	into->capacity *= 2;
	return 0;
}

/* What became of it: whole, the body is replaced. */
static int end_unpacked(const struct unpacked *into, bool is_whole, const char **body, size_t *size, const char **what)
{
	if (into->size > into->limit)
		return QUOTH_TOO_LARGE;
	if (!is_whole) {
		*what = "the body's compressed data are broken or cut short";
		return QUOTH_BAD_INPUT;
	}
	*body = into->bytes;
	*size = into->size;
	return 0;
}

static int unzip(struct quoth_arena *arena, size_t limit, bool is_raw, const char **body, size_t *size, const char **what)
{
	enum { GZIP_OR_ZLIB = 32 };
	z_stream zlib = {.next_in = (Bytef *)*body, .avail_in = (uInt)*size};
	struct unpacked into;
	int error = begin_unpacked(&into, arena, *size, limit), status = Z_OK;

	if (error || inflateInit2(&zlib, is_raw ? -MAX_WBITS : MAX_WBITS + GZIP_OR_ZLIB) != Z_OK)
		return QUOTH_NO_MEMORY;
	while (status == Z_OK && !(error = make_room(&into))) {
		zlib.next_out = (Bytef *)into.bytes + into.size;
		zlib.avail_out = (uInt)(into.capacity - into.size);
		status = inflate(&zlib, Z_NO_FLUSH);
		into.size = into.capacity - zlib.avail_out;
	}
	inflateEnd(&zlib);
	if (status == Z_MEM_ERROR)
		error = QUOTH_NO_MEMORY;
	return error ? error : end_unpacked(&into, status == Z_STREAM_END, body, size, what);
}

static bool is_lack_of_memory(BrotliDecoderErrorCode code)
{
	return code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES && code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES;
}

/* RFC 7932. */
static int unbrotli(struct quoth_arena *arena, size_t limit, const char **body, size_t *size, const char **what)
{
	BrotliDecoderState *brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	const uint8_t *next = (const uint8_t *)*body;
	size_t left = *size;
	BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
	struct unpacked into;
	int error = begin_unpacked(&into, arena, *size, limit);

	if (!brotli)
		return QUOTH_NO_MEMORY;
	while (!error && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && !(error = make_room(&into))) {
		uint8_t *end = (uint8_t *)into.bytes + into.size;
		size_t room = into.capacity - into.size;

		result = BrotliDecoderDecompressStream(brotli, &left, &next, &room, &end, NULL);
		into.size = into.capacity - room;
	}
	if (result == BROTLI_DECODER_RESULT_ERROR && is_lack_of_memory(BrotliDecoderGetErrorCode(brotli)))
		error = QUOTH_NO_MEMORY;
	BrotliDecoderDestroyInstance(brotli);
	return error ? error : end_unpacked(&into, result == BROTLI_DECODER_RESULT_SUCCESS, body, size, what);
}

/* Whether a body is markup as it stands: crawlers unpack bodies and keep the header, and brotli has no mark of its own. */
static bool is_markup(const char *body, size_t size)
{
	size_t i = size >= 3 && !memcmp(body, "\xEF\xBB\xBF", 3) ? 3 : 0;

	while (i < size && strchr(" \t\r\n", body[i]) && body[i])
		i++;
	return i < size && body[i] == '<';
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
	if (holds(head->coding, head->coding_size, "br") && !is_markup(*body, *body_size))
		return unbrotli(arena, limit, body, body_size, what);
	return 0;	/* also what says that it is gzip and is not: crawlers unpack bodies and keep the header */
}
