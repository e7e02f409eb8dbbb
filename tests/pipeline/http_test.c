#include "pipeline/http.h"
#include "tests/suites.h"

#include <string.h>
#include <zlib.h>

static struct quoth_arena *arena;
static struct quoth_http_head head;

static void set_up(void)
{
	arena = quoth_arena_new(1 << 12);
}

static void tear_down(void)
{
	quoth_arena_free(arena);
}

static void read_head(const char *response)
{
	quoth_http_read_head(response, strlen(response), &head);
}

START_TEST(a_head_is_read)
{
	static const char response[] = "HTTP/1.1 200 OK\r\ncontent-type:  text/html; charset=\"koi8-r\" \r\nContent-Encoding: gzip\r\n"
				       "Transfer-Encoding: Chunked\r\n\r\nbody";

	read_head(response);
	ck_assert_int_eq(head.status, 200);
	ck_assert_str_eq(response + head.body, "body");
	ck_assert_uint_eq(head.type_size, strlen("text/html; charset=\"koi8-r\""));
	ck_assert_mem_eq(head.coding, "gzip", head.coding_size);
	ck_assert(head.is_chunked);
	ck_assert(quoth_http_is_page(&head));
	ck_assert_str_eq(quoth_http_charset(arena, &head), "koi8-r");
}
END_TEST

static const struct {
	const char *type, *charset;
	bool is_page;
} types[] = {
	{"text/html", NULL, true}, {"TEXT/HTML;charset=UTF-8", "UTF-8", true}, {"application/xhtml+xml; charset='utf-8'", "utf-8", true},
	{"application/pdf", NULL, false}, {"text/html; charset=", NULL, true}, {"text/html; charset=latin1;q=1", "latin1", true}, {"", NULL, true},
};

START_TEST(types_tell_pages_and_their_charset)
{
	const char *charset;
	char response[128] = "HTTP/1.0 200 OK\nContent-Type: ";

	read_head(strcat(strcat(response, types[_i].type), "\n\nbody"));
	ck_assert_int_eq(quoth_http_is_page(&head), types[_i].is_page);
	charset = quoth_http_charset(arena, &head);
	if (types[_i].charset)
		ck_assert_str_eq(charset, types[_i].charset);
	else
		ck_assert_ptr_null(charset);
}
END_TEST

static const struct {
	const char *bytes;
	int status;
} heads[] = {
	{"", 0}, {"<html><body>Hello</body></html>", 0}, {"HTTP/1.1", 0}, {"HTTP/1.1\r\n\r\nbody", 0}, {"HTTP/1.1 404 Not Found\r\n\r\n", 404},
	{"HTTP/1.1 200 OK", 200}, {"HTTP/1.1 200 OK\r\nContent-Type: text", 200}, {"HTTP/1.1 20x OK\r\n\r\n", 20},
};

START_TEST(heads_that_are_cut_short_or_none_pass)
{
	read_head(heads[_i].bytes);
	ck_assert_int_eq(head.status, heads[_i].status);
	ck_assert_uint_le(head.body, strlen(heads[_i].bytes));
}
END_TEST

START_TEST(a_header_is_found_by_its_whole_name)
{
	static const char lines[] = "Content-Type-Options: nosniff\nX: \t y \r\nEmpty:\r\n\r\nContent-Type: behind\r\n";
	size_t size;

	ck_assert_ptr_null(quoth_http_find_header(lines, sizeof lines - 1, "Content-Type", &size));
	ck_assert_uint_eq(size, 0);
	ck_assert_mem_eq(quoth_http_find_header(lines, sizeof lines - 1, "x", &size), "y", 1);
	ck_assert_uint_eq(size, 1);
	ck_assert_ptr_nonnull(quoth_http_find_header(lines, sizeof lines - 1, "empty", &size));
	ck_assert_uint_eq(size, 0);
}
END_TEST

/* ---- bodies ---- */

static const char *body, *what;
static size_t body_size;

static int read_body(const char *headers, const char *bytes, size_t size, size_t limit)
{
	static char response[8192];
	size_t n = strlen(headers);

	memcpy(response, headers, n);
	memcpy(response + n, bytes, size);
	quoth_http_read_head(response, n + size, &head);
	ck_assert_uint_eq(head.body, n);
	return quoth_http_read_body(arena, &head, response, n + size, limit, &body, &body_size, &what);
}

#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

static const struct {
	const char *bytes, *expected;
} chunks[] = {
	{"3\r\nabc\r\nB;x=1\r\nHello world\r\n0\r\n\r\n", "abcHello world"}, {"2\nab\n0\n", "ab"}, {"2\r\nab\r\n", "ab"}, {"0\r\n\r\n", ""},
	{"<p>no chunks</p>", "<p>no chunks</p>"}, {"", ""}, {"5\r\nabc", NULL}, {"FFFFFFFF\r\nabc", NULL},
};

START_TEST(chunks_are_joined)
{
	int error = read_body(CHUNKED, chunks[_i].bytes, strlen(chunks[_i].bytes), 1000);

	if (!chunks[_i].expected) {
		ck_assert_int_eq(error, QUOTH_BAD_INPUT);
		ck_assert_str_eq(what, "the body's last chunk is cut short");
		return;
	}
	ck_assert_int_eq(error, 0);
	ck_assert_uint_eq(body_size, strlen(chunks[_i].expected));
	ck_assert_mem_eq(body, chunks[_i].expected, body_size);
}
END_TEST

static char packed[4096];
static const char page[] = "<p>The minister said the port would open, the port would open, the port would open.</p>";

/* window_bits: as deflateInit2 has them: 15 zlib, 31 gzip, -15 raw. */
static size_t pack(const char *bytes, size_t size, int window_bits)
{
	z_stream zlib = {.next_in = (Bytef *)bytes, .avail_in = (uInt)size, .next_out = (Bytef *)packed, .avail_out = sizeof packed};

	ck_assert_int_eq(deflateInit2(&zlib, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
	ck_assert_int_eq(deflate(&zlib, Z_FINISH), Z_STREAM_END);
	size = sizeof packed - zlib.avail_out;
	deflateEnd(&zlib);
	return size;
}

static const struct {
	const char *coding;
	int window_bits;
} codings[] = {
	{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", 31}, {"HTTP/1.1 200 OK\r\n\r\n", 31},
	{"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n", 15}, {"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n", -15},
};

START_TEST(bodies_are_unpacked)
{
	size_t size = pack(page, sizeof page - 1, codings[_i].window_bits);

	ck_assert_int_eq(read_body(codings[_i].coding, packed, size, 1000), 0);
	ck_assert_uint_eq(body_size, sizeof page - 1);
	ck_assert_mem_eq(body, page, body_size);
	ck_assert_int_eq(read_body(codings[_i].coding, packed, size / 2, 1000), QUOTH_BAD_INPUT);
	ck_assert_str_eq(what, "the body's compressed data are broken or cut short");
}
END_TEST

#define BROTLI "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n"

/* The page, and a mebibyte of zeros, as the brotli library packs them. */
static const char packed_page[] = "\x1B\x56\x00\xF0\x1C\x89\x71\x8C\xCA\x56\x95\x42\x3E\x42\xA5\x37\xDC\x1B\x0F\xD5\xF6\x41\x73\x93\x93\x2C"
				  "\x65\x74\x2D\xC8\x28\xAE\xB8\xA3\xD8\x0E\x93\xA4\xEC\xAF\xE1\x2E\x25\xEC\x54\x5F\xDE\x93\x82\xA8",
		  packed_zeros[] = "\x5B\xFF\xFF\x8F\x7F\x02\x20\x1E\x0B\x04\x72\xEF\x1F";

START_TEST(brotli_is_unpacked)
{
	ck_assert_int_eq(read_body(BROTLI, packed_page, sizeof packed_page, 1000), 0);
	ck_assert_uint_eq(body_size, sizeof page - 1);
	ck_assert_mem_eq(body, page, body_size);
	for (size_t size = 1; size < sizeof packed_page; size++) {
		ck_assert_int_eq(read_body(BROTLI, packed_page, size, 1000), QUOTH_BAD_INPUT);
		ck_assert_str_eq(what, "the body's compressed data are broken or cut short");
	}
	ck_assert_int_eq(read_body(BROTLI, "\xFF\xFF\xFF\xFF", 4, 1000), QUOTH_BAD_INPUT);
}
END_TEST

START_TEST(brotli_that_swells_is_refused)
{
	ck_assert_int_eq(read_body(BROTLI, packed_zeros, sizeof packed_zeros, 100000), QUOTH_TOO_LARGE);
	ck_assert_int_eq(read_body(BROTLI, packed_zeros, sizeof packed_zeros, 1 << 20), 0);
	ck_assert_uint_eq(body_size, 1 << 20);
}
END_TEST

START_TEST(a_body_that_swells_is_refused)
{
	static char zeros[1 << 20];
	size_t size = pack(zeros, sizeof zeros, 31);

	ck_assert_int_eq(read_body(codings[0].coding, packed, size, 100000), QUOTH_TOO_LARGE);
	ck_assert_int_eq(read_body(codings[0].coding, packed, size, sizeof zeros), 0);
	ck_assert_uint_eq(body_size, sizeof zeros);
}
END_TEST

START_TEST(a_body_unpacked_by_the_crawler_is_left)
{
	ck_assert_int_eq(read_body(codings[0].coding, page, sizeof page - 1, 1000), 0);
	ck_assert_mem_eq(body, page, body_size);
	ck_assert_int_eq(read_body(BROTLI, page, sizeof page - 1, 1000), 0);
	ck_assert_mem_eq(body, page, body_size);
	ck_assert_int_eq(read_body(BROTLI, "\xEF\xBB\xBF\r\n <p>", 9, 1000), 0);
	ck_assert_uint_eq(body_size, 9);
}
END_TEST

#define N(table) (int)(sizeof table / sizeof *table)

Suite *http_suite(void)
{
	Suite *suite = suite_create("http");
	TCase *tests = tcase_create("http");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, a_head_is_read);
	tcase_add_loop_test(tests, types_tell_pages_and_their_charset, 0, N(types));
	tcase_add_loop_test(tests, heads_that_are_cut_short_or_none_pass, 0, N(heads));
	tcase_add_test(tests, a_header_is_found_by_its_whole_name);
	tcase_add_loop_test(tests, chunks_are_joined, 0, N(chunks));
	tcase_add_loop_test(tests, bodies_are_unpacked, 0, N(codings));
	tcase_add_test(tests, brotli_is_unpacked);
	tcase_add_test(tests, brotli_that_swells_is_refused);
	tcase_add_test(tests, a_body_that_swells_is_refused);
	tcase_add_test(tests, a_body_unpacked_by_the_crawler_is_left);
	suite_add_tcase(suite, tests);
	return suite;
}
