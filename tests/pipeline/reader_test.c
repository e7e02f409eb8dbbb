#include "pipeline/packing.h"
#include "pipeline/reader.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_DOCUMENT = 200 };

static char path[64];

static void write_file(const char *bytes, size_t size, const char *extension)
{
	FILE *file;

	snprintf(path, sizeof path, "reader-test-%ld%s", (long)getpid(), extension);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

static void remove_file(void)
{
	remove(path);
}

/* Cuts a whole file: each record in brackets, an error as its code. */
static void assert_cuts(const char *bytes, size_t size, const char *format, const char *expected)
{
	struct quoth_reading reading = {.format = quoth_format_find(format), .max_document_bytes = MAX_DOCUMENT};
	struct quoth_stream stream = {0};
	struct quoth_reader reader;
	struct quoth_report report;
	struct quoth_buffer record = {0}, got = {0};
	int found = 1;

	write_file(bytes, size, ".x");
	ck_assert_int_eq(quoth_stream_open(&stream, path, &report), 0);
	ck_assert_int_eq(quoth_reader_open(&reader, &stream, &reading, &report), 0);
	while (found) {
		record.size = 0;
		found = reader.format->cut(&reader, &record, &report);
		ck_assert_int_ne(found, QUOTH_IO);
		quoth_buffer_put_string(&got, found == 1 ? "[" : found == QUOTH_TOO_LARGE ? "too large;" : "");
		if (found == 1) {
			quoth_buffer_put(&got, record.bytes, record.size);
			quoth_buffer_put_string(&got, "]");
			quoth_buffer_put_number(&got, reader.place);
		}
	}
	quoth_buffer_put_byte(&got, '\0');
	ck_assert_str_eq(got.bytes, expected);
	quoth_reader_close(&reader);
	quoth_stream_close(&stream);
	quoth_stream_free(&stream);
	quoth_buffer_free(&record);
	quoth_buffer_free(&got);
}

START_TEST(a_text_is_one_record)
{
	char large[MAX_DOCUMENT + 1];

	assert_cuts("a\n\nb\n", 5, "text", "[a\n\nb\n]0");
	assert_cuts("", 0, "text", "[]0");
	memset(large, 'x', sizeof large);
	assert_cuts(large, sizeof large, "text", "too large;");
}
END_TEST

START_TEST(lines_are_records)
{
	assert_cuts("{}\n\n \t\r\n{\"a\":1}\r\n{}", 19, "jsonl", "[{}]1[{\"a\":1}\r]4[{}]5");
	assert_cuts("", 0, "jsonl", "");
	assert_cuts("\n\n", 2, "jsonl", "");
}
END_TEST

START_TEST(a_line_that_is_too_long_is_passed_over)
{
	size_t size = 1 << 20;
	char *bytes = malloc(size + 8);

	memset(bytes, 'x', size);
	memcpy(bytes + size, "\n{}\n", 4);
	assert_cuts(bytes, size + 4, "jsonl", "too large;[{}]2");
	assert_cuts(bytes, size, "jsonl", "too large;");
	free(bytes);
}
END_TEST

static const struct {
	const char *name;
	size_t ending;
	bool is_archive;
} packed_names[] = {
	{"a.txt", 0, false}, {"feed.jsonl.gz", 3, false}, {"FEED.JSONL.ZST", 4, false}, {".gz", 0, false}, {"a.bz2", 4, false},
	{"a.tar", 0, true}, {"a.tar.xz", 3, true}, {"a.TGZ", 0, true}, {"a.zip", 0, true}, {"tar", 0, false}, {"a.txt.zip.no", 0, false},
};

START_TEST(a_packed_name_is_known_by_its_ending)
{
	ck_assert_uint_eq(quoth_packing_ending(packed_names[_i].name), packed_names[_i].ending);
	ck_assert_int_eq(quoth_packing_is_archive_name(packed_names[_i].name), packed_names[_i].is_archive);
}
END_TEST

static const struct {
	const char *name, *head, *format;
} recognised[] = {
	{".jsonl", "no JSON", "jsonl"}, {".JSONL", "", "jsonl"}, {".ndjson", "", "jsonl"}, {".txt", "{\"a\":1}", "text"},
	{".story", "{", "text"}, {"", "{\"text\":\"a\"}\n", "jsonl"}, {"", "\xEF\xBB\xBF \n{ \"text\"", "jsonl"},
	{"", "{braces} in a text", "text"}, {"", "An article", "text"}, {"", "", "text"}, {".jsonl.gz", "no gzip", "jsonl"}, {".dat", "{}", "jsonl"},
};

START_TEST(a_format_is_known_by_name_or_first_bytes)
{
	struct quoth_reading reading = {.max_document_bytes = MAX_DOCUMENT};
	struct quoth_stream stream = {0};
	struct quoth_reader reader;
	struct quoth_report report;

	write_file(recognised[_i].head, strlen(recognised[_i].head), recognised[_i].name);
	ck_assert_int_eq(quoth_stream_open(&stream, path, &report), 0);
	ck_assert_int_eq(quoth_reader_open(&reader, &stream, &reading, &report), 0);
	ck_assert_str_eq(reader.format->name, recognised[_i].format);
	quoth_reader_close(&reader);
	quoth_stream_close(&stream);
	quoth_stream_free(&stream);
}
END_TEST

START_TEST(other_encodings_are_told_by_their_mark)
{
	struct quoth_reading reading = {.max_document_bytes = MAX_DOCUMENT};
	struct quoth_stream stream = {0};
	struct quoth_reader reader;
	struct quoth_report report;

	write_file("\xFF\xFEh\0i\0", 6, ".txt");
	ck_assert_int_eq(quoth_stream_open(&stream, path, &report), 0);
	ck_assert_int_eq(quoth_reader_open(&reader, &stream, &reading, &report), QUOTH_BAD_INPUT);
	ck_assert_str_eq(report.where, path);
	ck_assert_ptr_nonnull(strstr(report.what, "UTF-16LE"));
	quoth_stream_close(&stream);
	quoth_stream_free(&stream);
}
END_TEST

/* Decodes one JSON record into doc; the arena is the caller's. */
static int decode(struct quoth_document *doc, struct quoth_arena *arena, const struct quoth_reading *reading,
		  const char *record, size_t size, struct quoth_report *report)
{
	memset(report, 0, sizeof *report);
	quoth_document_begin(doc, arena, "f.jsonl:7", record, (uint32_t)size);
	return quoth_format_find("jsonl")->decode(doc, reading, "f.jsonl:7", report);
}

static const struct {
	const char *record, *id, *text;
} records[] = {
	{"{\"text\":\"a\"}", "f.jsonl:7", "a"},
	{"{\"id\":\"x\",\"text\":\"a\"}", "x", "a"},
	{"{\"id\":17,\"text\":\"a\"}", "17", "a"},
	{"{\"id\":\"\",\"url\":\"u\",\"text\":\"a\"}", "f.jsonl:7", "a"},
	{"{\"id\":null,\"url\":\"u\",\"text\":\"a\"}", "u", "a"},
	{"{\"id\":[1],\"text\":\"a\"}", "f.jsonl:7", "a"},
	{"{\"maintext\":\"m\",\"body\":\"b\"}", "f.jsonl:7", "m"},
	{"{\"text\":null,\"content\":\"c\"}", "f.jsonl:7", "c"},
	{"{\"text\":\"a\",\"text\":\"b\"}", "f.jsonl:7", "b"},
	{"\xEF\xBB\xBF {\"text\":\"\\u00e9\\n\\ud835\\udd04\"} \r", "f.jsonl:7", "\xC3\xA9\n\xF0\x9D\x94\x84"},
	{"{\"text\":\"\\ud800x\"}", "f.jsonl:7", "\xEF\xBF\xBDx"},
	{"{\"text\":\"\xE9\"}", "f.jsonl:7", "\xE9"},
	{"{\"id\":\"a\\u0000b\",\"text\":\"\"}", "a b", ""},
};

START_TEST(a_record_becomes_a_document)
{
	struct quoth_reading reading = {.max_document_bytes = MAX_DOCUMENT};
	struct quoth_arena *arena = quoth_arena_new(0);
	struct quoth_document doc;
	struct quoth_report report;

	ck_assert_int_eq(decode(&doc, arena, &reading, records[_i].record, strlen(records[_i].record), &report), 0);
	ck_assert_str_eq(doc.id, records[_i].id);
	ck_assert_uint_eq(doc.input_size, strlen(records[_i].text));
	ck_assert_mem_eq(doc.input, records[_i].text, doc.input_size);
	quoth_arena_free(arena);
}
END_TEST

static const struct {
	const char *record, *what;
} broken[] = {
	{"{}", "the record has no \"text\" (nor maintext, content, body)"},
	{"{\"text\":null}", "the record has no \"text\" (nor maintext, content, body)"},
	{"{\"text\":1.5}", "the text is of type number, not string"},
	{"{\"text\":[\"a\"]}", "the text is of type array, not string"},
	{"[]", "a record must be a JSON object, {…}"},
	{"x", "a record must be a JSON object, {…}"},
	{"{\"text\":\"a\"", "broken JSON at byte 11: the record ends too early"},
	{"{\"text\":\"a\",}", "broken JSON at byte 12: object property name separator ',' expected"},
	{"{\"text\":\"a\"} x", "broken JSON at byte 13: unexpected character"},
	{"{\"text\":\"\\x\"}", "broken JSON at byte 10: invalid string sequence"},
};

START_TEST(a_broken_record_says_what_is_wrong)
{
	struct quoth_reading reading = {.max_document_bytes = MAX_DOCUMENT};
	struct quoth_arena *arena = quoth_arena_new(0);
	struct quoth_document doc;
	struct quoth_report report;

	ck_assert_int_eq(decode(&doc, arena, &reading, broken[_i].record, strlen(broken[_i].record), &report), QUOTH_BAD_INPUT);
	ck_assert_str_eq(report.where, "f.jsonl:7");
	if (strncmp(broken[_i].what, "broken JSON", 11))
		ck_assert_str_eq(report.what, broken[_i].what);
	else	/* the words after the place are the library's */
		ck_assert_ptr_eq(strstr(report.what, "broken JSON at byte "), report.what);
	quoth_arena_free(arena);
}
END_TEST

START_TEST(fields_can_have_other_names)
{
	struct quoth_reading reading = {.max_document_bytes = MAX_DOCUMENT, .text_field = "article", .id_field = "key",
					.title_field = "headline", .date_field = "when", .url_field = "link",
					.outlet_field = "paper"};
	const char *record = "{\"article\":\"a\",\"text\":\"t\",\"key\":\"k\",\"id\":\"i\",\"headline\":\"h\",\"when\":2024,"
			     "\"link\":\"l\",\"paper\":\"p\"}";
	struct quoth_arena *arena = quoth_arena_new(0);
	struct quoth_document doc;
	struct quoth_report report;

	ck_assert_int_eq(decode(&doc, arena, &reading, record, strlen(record), &report), 0);
	ck_assert_str_eq(doc.id, "k");
	ck_assert_str_eq(doc.title, "h");
	ck_assert_str_eq(doc.date, "2024");
	ck_assert_str_eq(doc.url, "l");
	ck_assert_str_eq(doc.outlet, "p");
	ck_assert_mem_eq(doc.input, "a", 1);
	quoth_arena_free(arena);
}
END_TEST

START_TEST(a_nul_in_a_text_is_kept)
{
	struct quoth_reading reading = {.max_document_bytes = MAX_DOCUMENT};
	const char *record = "{\"text\":\"a\\u0000b\"}";
	struct quoth_arena *arena = quoth_arena_new(0);
	struct quoth_document doc;
	struct quoth_report report;

	ck_assert_int_eq(decode(&doc, arena, &reading, record, strlen(record), &report), 0);
	ck_assert_uint_eq(doc.input_size, 3);
	ck_assert_mem_eq(doc.input, "a\0b", 3);
	quoth_arena_free(arena);
}
END_TEST

Suite *reader_suite(void)
{
	Suite *suite = suite_create("reader");
	TCase *tcase = tcase_create("reader");

	tcase_add_checked_fixture(tcase, NULL, remove_file);
	tcase_add_test(tcase, a_text_is_one_record);
	tcase_add_test(tcase, lines_are_records);
	tcase_add_test(tcase, a_line_that_is_too_long_is_passed_over);
	tcase_add_loop_test(tcase, a_format_is_known_by_name_or_first_bytes, 0, sizeof recognised / sizeof *recognised);
	tcase_add_loop_test(tcase, a_packed_name_is_known_by_its_ending, 0, sizeof packed_names / sizeof *packed_names);
	tcase_add_test(tcase, other_encodings_are_told_by_their_mark);
	tcase_add_loop_test(tcase, a_record_becomes_a_document, 0, sizeof records / sizeof *records);
	tcase_add_loop_test(tcase, a_broken_record_says_what_is_wrong, 0, sizeof broken / sizeof *broken);
	tcase_add_test(tcase, fields_can_have_other_names);
	tcase_add_test(tcase, a_nul_in_a_text_is_kept);
	suite_add_tcase(suite, tcase);
	return suite;
}
