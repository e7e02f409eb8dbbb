#include "pipeline/writer.h"
#include "tests/suites.h"

#include <stdio.h>

/* A document made by hand: tokens are what stands between single spaces, quotation marks are written as < and > (two
 * nested levels: { and }). Input bytes are the text's. */
struct made {
	struct quoth_document doc;
	struct quoth_token tokens[64];
	struct quoth_quotation quotations[16];
	struct quoth_attribution attributions[4];
	struct quoth_entity entity;
	struct quoth_arena *arena;
};

static struct made made;

static void add_tokens(const char *text)
{
	for (const char *at = text; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");

		made.tokens[made.doc.n_tokens++] = (struct quoth_token){
			.span = {(uint32_t)(at - text), (uint32_t)(at - text + (long)length)},
			.text = (uint32_t)(at - text), .length = (uint32_t)length,
		};
		at += length;
	}
}

static void add_quotations(void)
{
	uint32_t open[8], n_open = 0;

	for (uint32_t i = 0; i < made.doc.n_tokens; i++) {
		char glyph = *quoth_token_text(&made.doc, i);

		if (glyph == '<' || glyph == '{') {
			made.quotations[made.doc.n_quotations] = (struct quoth_quotation){
				.tokens = {i, made.doc.n_tokens}, .parent = n_open ? open[n_open - 1] : QUOTH_NONE,
				.continues = QUOTH_NONE, .depth = (uint8_t)n_open,
			};
			open[n_open++] = made.doc.n_quotations++;
		} else if (glyph == '>' || glyph == '}') {
			made.quotations[open[--n_open]].tokens.end = i + 1;
			made.quotations[open[n_open]].is_closed = true;
		}
	}
}

/* One attribution whose content is tokens [begin, end), and [begin2, end2) where that is not empty. */
static struct quoth_attribution *make(const char *text, uint32_t begin, uint32_t end, uint32_t begin2, uint32_t end2)
{
	struct quoth_attribution *attribution = made.attributions;

	quoth_document_begin(&made.doc, made.arena, "doc", text, (uint32_t)strlen(text));
	made.doc.text = text;
	made.doc.text_size = made.doc.input_size;
	made.doc.tokens = made.tokens;
	made.doc.quotations = made.quotations;
	made.doc.attributions = made.attributions;
	made.doc.n_attributions = 1;
	add_tokens(text);
	add_quotations();
	*attribution = (struct quoth_attribution){
		.parts = {{begin, end}, {begin2, end2}}, .n_parts = begin2 < end2 ? 2 : 1, .entity = QUOTH_NONE,
		.mention = QUOTH_NONE, .continues = QUOTH_NONE, .confidence = 0.8764f, .checkworthy = -1,
	};
	return attribution;
}

static void set_up(void)
{
	memset(&made, 0, sizeof made);
	made.arena = quoth_arena_new(0);
}

static void tear_down(void)
{
	quoth_arena_free(made.arena);
}

static const struct {
	const char *text;
	uint32_t begin, end, begin2, end2;
	const char *quote;	/* NULL: no row */
	const char *spans;
} trims[] = {
	{"< it is over , > he said", 0, 6, 0, 0, "it is over ,", "2-14"},
	{"< it is over > he said", 1, 4, 0, 0, "it is over", "2-12"},
	{"< it is over > he said", 1, 5, 0, 0, "it is over", "2-12"},
	{"he said that it is < over >", 2, 8, 0, 0, "that it is < over >", "8-27"},
	{"he said that < it > is < over >", 2, 10, 0, 0, "that < it > is < over >", "8-31"},
	{"he said < it > is over", 2, 7, 0, 0, "< it > is over", "8-22"},
	{"< { go away } > he said", 0, 6, 0, 0, "{ go away }", "2-13"},
	{"< she said { go away } > he said", 3, 7, 0, 0, "go away", "13-20"},
	{"< { go } she said > he added", 1, 4, 0, 0, "go", "4-6"},
	{"< it is over", 0, 4, 0, 0, "it is over", "2-12"},
	{"< it is , > he said , < over >", 0, 5, 8, 11, "it is , over", "2-9,24-28"},
	{"< it is , > he said , < over >", 8, 11, 0, 5, "it is , over", "2-9,24-28"},
	{"< > he said", 0, 2, 0, 0, NULL, NULL},
	{"it is over , he said", 0, 0, 0, 0, NULL, NULL},
	{"it is over , he said", 3, 99, 0, 0, NULL, NULL},
};

START_TEST(outermost_marks_are_no_part_of_a_quote)
{
	struct quoth_row row;
	char quote[128] = "", spans[64] = "";

	make(trims[_i].text, trims[_i].begin, trims[_i].end, trims[_i].begin2, trims[_i].end2);
	if (!trims[_i].quote) {
		ck_assert(!quoth_row_make(&made.doc, 0, &row));
		return;
	}
	ck_assert(quoth_row_make(&made.doc, 0, &row));
	for (unsigned i = 0; i < row.n_parts; i++) {
		sprintf(quote + strlen(quote), "%s%.*s", i ? " " : "", (int)row.parts[i].size, row.parts[i].text);
		sprintf(spans + strlen(spans), "%s%u-%u", i ? "," : "", row.parts[i].span.begin, row.parts[i].span.end);
	}
	ck_assert_str_eq(quote, trims[_i].quote);
	ck_assert_str_eq(spans, trims[_i].spans);
}
END_TEST

START_TEST(a_part_over_paragraphs_loses_its_first_and_last_mark)
{
	struct quoth_row row;

	make("< it goes on < and on > he said", 0, 8, 0, 0);
	/* two paragraphs: the first quotation is never closed, the second goes on from it */
	made.quotations[0] = (struct quoth_quotation){.tokens = {0, 4}, .parent = QUOTH_NONE, .continues = QUOTH_NONE};
	made.quotations[1] = (struct quoth_quotation){.tokens = {4, 8}, .parent = QUOTH_NONE, .continues = 0, .is_closed = true};
	ck_assert(quoth_row_make(&made.doc, 0, &row));
	ck_assert_uint_eq(row.parts[0].span.begin, 2);
	ck_assert_uint_eq(row.parts[0].span.end, 21);
}
END_TEST

START_TEST(parts_ascend_whatever_the_order_was)
{
	struct quoth_row row;
	struct quoth_row_filter all = {.kinds = 7};
	struct quoth_row_place *places;
	uint32_t n;

	make("a b c d e f", 3, 5, 0, 2);
	made.attributions[0].n_parts = 2;
	ck_assert(quoth_row_make(&made.doc, 0, &row));
	ck_assert_uint_eq(row.n_parts, 2);
	ck_assert_uint_eq(row.parts[0].span.begin, 0);
	ck_assert_uint_eq(row.parts[1].span.begin, 6);
	ck_assert_int_eq(quoth_rows_order(&made.doc, &all, &places, &n), 0);
	ck_assert_uint_eq(places[0].begin, 0);
	made.attributions[0].parts[1].end = 4;	/* overlaps the first */
	ck_assert(quoth_row_make(&made.doc, 0, &row));
	ck_assert_uint_eq(row.n_parts, 1);
}
END_TEST

START_TEST(an_id_is_fnv_1a_of_doc_and_spans)
{
	struct quoth_row row;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	make("< it is over > he said", 0, 5, 0, 0);
	ck_assert(quoth_row_make(&made.doc, 0, &row));
	for (const char *c = "doc\t2-12"; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	ck_assert_uint_eq(row.id, hash);
}
END_TEST

START_TEST(rows_are_filtered_as_they_are_printed_and_put_in_order)
{
	struct quoth_row_filter filter = {.kinds = 1u << QUOTH_DIRECT | 1u << QUOTH_INDIRECT, .min_thousandths = 500};
	static const struct {
		uint32_t begin;
		uint8_t kind;
		float confidence;
	} given[] = {{4, QUOTH_DIRECT, 0.9f}, {2, QUOTH_INDIRECT, 0.4996f}, {0, QUOTH_MIXED, 1}, {1, QUOTH_DIRECT, 0.4994f}};
	struct quoth_row_place *places;
	uint32_t n;

	make("a b c d e f", 0, 1, 0, 0);
	for (size_t i = 0; i < 4; i++) {
		made.attributions[i] = made.attributions[0];
		made.attributions[i].parts[0] = (struct quoth_range){given[i].begin, given[i].begin + 1};
		made.attributions[i].kind = given[i].kind;
		made.attributions[i].confidence = given[i].confidence;
	}
	made.doc.n_attributions = 4;
	ck_assert_int_eq(quoth_rows_order(&made.doc, &filter, &places, &n), 0);
	ck_assert_uint_eq(n, 2);
	ck_assert_uint_eq(places[0].attribution, 1);
	ck_assert_uint_eq(places[1].attribution, 0);
}
END_TEST

START_TEST(rows_stand_in_the_order_of_what_is_printed)
{
	struct quoth_row_filter all = {.kinds = 7};
	struct quoth_row_place *places;
	uint32_t n;

	make("he said < < it is over > and done >", 2, 10, 0, 0);	/* the outer mark is taken off, the inner one is not */
	made.attributions[1] = made.attributions[0];
	made.attributions[0].parts[0] = (struct quoth_range){3, 7};
	made.attributions[1].parts[0] = (struct quoth_range){2, 10};
	made.doc.n_attributions = 2;
	ck_assert_int_eq(quoth_rows_order(&made.doc, &all, &places, &n), 0);
	ck_assert_uint_eq(n, 2);
	ck_assert_uint_eq(places[0].attribution, 1);
	ck_assert_uint_eq(places[0].begin, 10);
	ck_assert_uint_eq(places[1].begin, 12);
}
END_TEST

static void make_whole(void)
{
	struct quoth_attribution *attribution = make("< it\tis \\ over > she \"said\"", 0, 5, 0, 0);

	made.entity = (struct quoth_entity){.name = "Ada Brandt", .role = "mayor", .id = "", .kind = QUOTH_PERSON};
	made.doc.entities = &made.entity;
	made.doc.n_entities = 1;
	made.doc.title = "A \"title\"";
	attribution->entity = 0;
	attribution->resolution = QUOTH_PRONOUN;
	attribution->source = (struct quoth_range){5, 6};
	attribution->cue = (struct quoth_range){6, 7};
	attribution->stance = QUOTH_DOUBTS;
	attribution->claim = "It\tis over.";
	attribution->claim_size = sizeof "It\tis over." - 1;
}

static void assert_written(const struct quoth_writer *writer, const char *expected)
{
	struct quoth_writing writing = {.filter = {.kinds = 7}};
	struct quoth_buffer into = {0};

	ck_assert_int_eq(writer->write(&made.doc, &writing, &into), 0);
	quoth_buffer_put_byte(&into, '\0');
	ck_assert_str_eq(into.bytes, expected);
	quoth_buffer_free(&into);
}

START_TEST(tsv_has_the_columns_of_the_contract)
{
	struct quoth_buffer header = {0};

	make_whole();
	assert_written(quoth_writer_find("tsv"),
		       "doc\t4045f28921e473a0\tdirect\tAda Brandt\tperson\tmayor\t\tpronoun\tshe\t\"said\"\tit is \\\\ over\t0.876\t\t"
		       "2-14\t17-20\t21-27\tdoubts\tIt is over.\t\n");
	quoth_writer_find("tsv")->header(&header);
	quoth_buffer_put_byte(&header, '\0');
	ck_assert_str_eq(header.bytes, "doc\tid\tkind\tspeaker\tspeaker_kind\trole\tspeaker_id\tresolution\tsource\tcue\tquote\t"
				       "confidence\tcheckworthy\tquote_spans\tsource_spans\tcue_spans\tstance\tclaim\tlink\n");
	quoth_buffer_free(&header);
}
END_TEST

START_TEST(json_lines_have_the_same_names_and_the_metadata)
{
	make_whole();
	assert_written(quoth_writer_find("jsonl"),
		       "{\"doc\":\"doc\",\"id\":\"4045f28921e473a0\",\"kind\":\"direct\",\"speaker\":\"Ada Brandt\","
		       "\"speaker_kind\":\"person\",\"role\":\"mayor\",\"speaker_id\":\"\",\"resolution\":\"pronoun\",\"source\":\"she\","
		       "\"cue\":\"\\\"said\\\"\",\"quote\":\"it is \\\\ over\",\"confidence\":0.876,\"checkworthy\":null,"
		       "\"quote_spans\":[[2,14]],\"source_spans\":[[17,20]],\"cue_spans\":[[21,27]],\"stance\":\"doubts\",\"claim\":\"It is over.\",\"link\":\"\",\"title\":\"A \\\"title\\\"\"}\n");
}
END_TEST

START_TEST(a_row_without_source_and_cue_has_empty_fields)
{
	make("< it is over >", 0, 5, 0, 0);
	made.attributions[0].checkworthy = 0.5f;
	assert_written(quoth_writer_find("tsv"), "doc\t4045f88921e47dd2\tdirect\t\tunknown\t\t\tnone\t\t\tit is over\t0.876\t0.500\t2-12\t\t\t\t\t\n");
}
END_TEST

START_TEST(a_claimreview_has_the_claim_or_else_the_quote)
{
	static const char claim[] = "It is \"over\".!";

	make("< it is over >", 0, 5, 0, 0);
	made.doc.date = "20 May";
	made.attributions[0].claim = claim;
	made.attributions[0].claim_size = sizeof claim - 2;
	assert_written(quoth_writer_find("claimreview"),
		       "{\"@context\":\"https://schema.org\",\"@type\":\"ClaimReview\",\"claimReviewed\":\"It is \\\"over\\\".\","
		       "\"itemReviewed\":{\"@type\":\"Claim\",\"identifier\":\"4045f88921e47dd2\",\"text\":\"It is \\\"over\\\".\","
		       "\"appearance\":{\"@type\":\"NewsArticle\",\"identifier\":\"doc\","
		       "\"hasPart\":{\"@type\":\"Quotation\",\"text\":\"it is over\"}}}}\n");
	made.attributions[0].claim = NULL;
	assert_written(quoth_writer_find("claimreview"),
		       "{\"@context\":\"https://schema.org\",\"@type\":\"ClaimReview\",\"claimReviewed\":\"it is over\","
		       "\"itemReviewed\":{\"@type\":\"Claim\",\"identifier\":\"4045f88921e47dd2\",\"text\":\"it is over\","
		       "\"appearance\":{\"@type\":\"NewsArticle\",\"identifier\":\"doc\","
		       "\"hasPart\":{\"@type\":\"Quotation\",\"text\":\"it is over\"}}}}\n");
}
END_TEST

Suite *rows_suite(void)
{
	Suite *suite = suite_create("rows");
	TCase *tcase = tcase_create("rows");

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, outermost_marks_are_no_part_of_a_quote, 0, sizeof trims / sizeof *trims);
	tcase_add_test(tcase, a_part_over_paragraphs_loses_its_first_and_last_mark);
	tcase_add_test(tcase, parts_ascend_whatever_the_order_was);
	tcase_add_test(tcase, an_id_is_fnv_1a_of_doc_and_spans);
	tcase_add_test(tcase, rows_are_filtered_as_they_are_printed_and_put_in_order);
	tcase_add_test(tcase, rows_stand_in_the_order_of_what_is_printed);
	tcase_add_test(tcase, tsv_has_the_columns_of_the_contract);
	tcase_add_test(tcase, json_lines_have_the_same_names_and_the_metadata);
	tcase_add_test(tcase, a_row_without_source_and_cue_has_empty_fields);
	tcase_add_test(tcase, a_claimreview_has_the_claim_or_else_the_quote);
	suite_add_tcase(suite, tcase);
	return suite;
}
