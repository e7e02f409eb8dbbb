#include "tests/stages/text_fixture.h"

#include <utf8proc.h>

static void normalise(const char *bytes, size_t size)
{
	run_text(quoth_normalise, bytes, size);
}

static void assert_text(const char *expected, size_t size)
{
	if (doc.text_size != size || memcmp(doc.text, expected, size) != 0)
		ck_abort_msg("\"%.*s\" became \"%.*s\", not \"%.*s\"", (int)doc.input_size, doc.input, (int)doc.text_size, doc.text,
			     (int)size, expected);
}

/* What the offsets must be for any text: two at the sides of each changed stretch, ascending, and the same bytes between. */
static void assert_offsets(void)
{
	uint32_t text = 0, input = 0;
	bool is_changed = false;

	for (uint32_t i = 0; i <= doc.n_offsets; i++) {
		struct quoth_offset next = {doc.text_size, doc.input_size};

		if (i < doc.n_offsets)
			next = doc.offsets[i];
		assert_each(next.text >= text);
		assert_each(next.input >= input);
		if (!is_changed) {
			assert_each(next.text - text == next.input - input);
			assert_each(memcmp(doc.text + text, doc.input + input, next.text - text) == 0);
		}
		text = next.text;
		input = next.input;
		is_changed = !is_changed;
	}
	assert_each(doc.n_offsets % 2 == 0);
}

struct pair {
	const char *input, *text;
};

static void assert_pairs(const struct pair *pairs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		normalise(pairs[i].input, strlen(pairs[i].input));
		assert_text(pairs[i].text, strlen(pairs[i].text));
		assert_offsets();
	}
}

#define ASSERT_PAIRS(pairs) assert_pairs(pairs, sizeof(pairs) / sizeof *(pairs))

START_TEST(clean_text_is_its_own_text)
{
	static const char *const clean[] = {
		"Plain words, 12% of them: \"fine\".\r\n\tNext line; the end & more.\n",
		"“Curly,” he said — ‘quite’ … it’s 5 € • «ok» „gut“",
		"Crème brûlée, Škoda, Łódź, Ångström",
		"Съезд в Москве", "Σωκράτης", "東京で「はい」と言った", "서울은 말했다", "Tiếng Việt",
		"שלום", "مرحبا", "हिन्दी में कहा", "ภาษาไทย", "🙂🏽 ok",
	};

	for (size_t i = 0; i < sizeof clean / sizeof *clean; i++) {
		normalise(clean[i], strlen(clean[i]));
		ck_assert_ptr_eq(doc.text, clean[i]);
		ck_assert_uint_eq(doc.text_size, strlen(clean[i]));
		ck_assert_uint_eq(doc.n_offsets, 0);
		ck_assert_uint_eq(doc.n_invalid, 0);
	}
}
END_TEST

START_TEST(an_empty_input_is_an_empty_text)
{
	normalise(NULL, 0);
	ck_assert_uint_eq(doc.text_size, 0);
	ck_assert_ptr_nonnull(doc.text);
}
END_TEST

START_TEST(white_space_of_every_width_is_a_space)
{
	static const struct pair pairs[] = {
		{"a\u00A0b", "a b"}, {"a\u2003b", "a b"}, {"a\u2009b", "a b"}, {"a\u202Fb", "a b"}, {"a\u3000b", "a b"},
		{"a\u1680b", "a b"}, {"a\u205Fb", "a b"}, {"\u00A0\u00A0", "  "}, {"a\vb\fc", "a b c"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(line_and_paragraph_separators_are_line_breaks)
{
	static const struct pair pairs[] = {
		{"a\u2028b", "a\nb"}, {"a\u2029b", "a\n\nb"}, {"a\xC2\x85""b", "a\nb"}, {"a\r\nb", "a\r\nb"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(what_has_no_width_goes)
{
	static const struct pair pairs[] = {
		{"\uFEFFText", "Text"}, {"co\u00ADop", "coop"}, {"zero\u200Bwidth", "zerowidth"}, {"a\u2060b", "ab"},
		{"\u200Eleft\u200F", "left"}, {"\u202Eevil\u202C", "evil"}, {"\u2066a\u2069", "a"}, {"a\u200Db", "ab"},
		{"\u0645\u06CC\u200C\u062E", "\u0645\u06CC\u200C\u062E"},
		{"\U0001F469\u200D\U0001F52C", "\U0001F469\u200D\U0001F52C"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(control_characters_are_spaces)
{
	normalise("a\0b\x01""c\x7F""d", 7);
	assert_text("a b c d", 7);
	assert_offsets();
}
END_TEST

START_TEST(windows_1252_in_disguise_is_undone)
{
	static const struct pair pairs[] = {
		{"\xC2\x93Yes,\xC2\x94 it\xC2\x92s \xC2\x96 so", "“Yes,” it’s – so"}, {"a\xC2\x81""b", "ab"},
		{"\xC2\x80 5", "€ 5"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(utf8_that_was_read_as_windows_1252_is_undone)
{
	static const struct pair pairs[] = {
		{"Fran\u00C3\u00A7ois", "François"}, {"Guant\u00C3\u00A1namo.", "Guantánamo."}, {"\u00C2\u00A35 a day", "£5 a day"},
		{"don\u00E2\u20AC\u2122t", "don’t"}, {"\u00E2\u20AC\u0153Yes,\u00E2\u20AC\xC2\x9D he said", "“Yes,” he said"},
		{"so \u00E2\u20AC\u201C no", "so – no"}, {"\u00E2\u201A\u00AC5", "€5"}, {"a\u00C2\u00A0b", "a b"},
		{"Fran\u00C3\xC2\x83\u00C2\u00A7ois", "François"},				/* twice */
		{"FranA\u0303\xC2\x83" "A\u0302\u00A7ois", "François"},				/* and decomposed since */
		{"S\u00C3\u00A9gol\u00C3 \u0308ne", "Ségolène"}, {"\u00C3\u00A7a\u00C3\u00A7", "çaç"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(what_may_be_meant_so_stays)
{
	static const struct pair pairs[] = {
		{"S\u00C3O", "SÃO"}, {"“AMANH\u00C3”", "“AMANHÃ”"}, {"\u00C2me", "Âme"}, {"p\u00E2t\u00E9", "pâté"},
		{"Pel\u00E9”—", "Pelé”—"}, {"A\u0303o", "Ão"}, {"a\u0302", "â"}, {"\u00E2\u20AC", "â€"}, {"\u00C3\u00C2\u00E2", "ÃÂâ"},
		{"\u00C3\xFF", "Ã\uFFFD"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(entities_become_their_characters)
{
	static const struct pair pairs[] = {
		{"&quot;Yes&quot;", "\"Yes\""}, {"&ldquo;Yes&rdquo;", "“Yes”"}, {"&#8220;Yes&#8221;", "“Yes”"},
		{"&#x201C;Yes&#X201d;", "“Yes”"}, {"&lsquo;a&rsquo;", "‘a’"}, {"&laquo;a&raquo;", "«a»"},
		{"&bdquo;a&ldquo;", "„a“"}, {"R&amp;D", "R&D"}, {"a&nbsp;b", "a b"}, {"it&#39;s", "it's"},
		{"it&apos;s", "it's"}, {"&lt;b&gt;", "<b>"}, {"a&hellip;", "a…"}, {"a&mdash;b", "a—b"},
		{"&eacute;t&eacute;", "été"},
		{"&#147;cp&#148;", "“cp”"}, {"&amp;quot;twice&amp;quot;", "\"twice\""}, {"&amp;amp;ldquo;", "“"},
		{"co&shy;op", "coop"},
		{"a&#10;b", "a\nb"}, {"&#8239;", " "},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(what_is_no_entity_stays)
{
	static const struct pair pairs[] = {
		{"AT&T", "AT&T"}, {"&", "&"}, {"&;", "&;"}, {"&unknown;", "&unknown;"}, {"&quot", "&quot"}, {"&#;",
		 "&#;"},
		{"&#x;", "&#x;"}, {"&#12345678;", "&#12345678;"}, {"a & b;", "a & b;"}, {"&quotquot;", "&quotquot;"},
		{"&amp", "&amp"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(entities_for_no_character_give_the_replacement)
{
	static const struct pair pairs[] = {
		{"&#0;", "\uFFFD"}, {"&#xD800;", "\uFFFD"}, {"&#x110000;", "\uFFFD"}, {"&#9999999;", "\uFFFD"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(a_mark_after_an_entity_joins_it)
{
	static const struct pair pairs[] = {
		{"&#101;\u0301", "é"}, {"e&#769;", "é"}, {"e\u200B\u0301", "é"}, {"&eacute;\u0323", "ẹ\u0301"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_replaced_and_counted)
{
	static const struct {
		const char *input, *text;
		uint32_t n_invalid;
	} cases[] = {
		{"caf\xE9 au", "caf\uFFFD au", 1},			/* Latin-1 */
		{"a\x80z", "a\uFFFDz", 1},				/* a continuation alone */
		{"a\xC0\xAFz", "a\uFFFD\uFFFDz", 2},			/* over-long */
		{"a\xE0\x80\xAFz", "a\uFFFD\uFFFD\uFFFDz", 3},
		{"a\xED\xA0\x80z", "a\uFFFD\uFFFD\uFFFDz", 3},		/* a surrogate */
		{"a\xF4\x90\x80\x80z", "a\uFFFD\uFFFD\uFFFD\uFFFDz", 4},/* beyond U+10FFFF */
		{"a\xE2\x80", "a\uFFFD", 2},				/* cut off: one maximal part */
		{"a\xF0\x9F\x99z", "a\uFFFDz", 3},
		{"\xFF\xFE" "a", "\uFFFD\uFFFD" "a", 2},
		{"a\xC3\xE2\x80\x9C", "a\uFFFD“", 1},
		{"e\xCC", "e\uFFFD", 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		normalise(cases[i].input, strlen(cases[i].input));
		assert_text(cases[i].text, strlen(cases[i].text));
		ck_assert_uint_eq(doc.n_invalid, cases[i].n_invalid);
		assert_offsets();
	}
}
END_TEST

START_TEST(invalid_bytes_are_counted_once_where_a_stretch_looks_ahead)
{
	normalise("\u00A0\xFF\u00A0\xFF", 6);
	ck_assert_uint_eq(doc.n_invalid, 2);
}
END_TEST

/* ---- Normalization Form C, against utf8proc's own, which is slow and does not keep the way back ---- */

/* What this stage maps before NFC has its say. */
static bool is_mapped(utf8proc_int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		return c == '&' || (c >= 0x2060 && c <= 0x206F);
	}
}

static size_t encode(const utf8proc_int32_t *points, size_t n, char *bytes)
{
	size_t size = 0;

	for (size_t i = 0; i < n; i++)
		size += (size_t)utf8proc_encode_char(points[i], (utf8proc_uint8_t *)bytes + size);
	bytes[size] = '\0';
	return size;
}

/* The text of the points is what utf8proc makes of them, and normalises to itself. */
static void assert_nfc(const utf8proc_int32_t *points, size_t n)
{
	static char bytes[8192], again[32768];
	size_t size = encode(points, n, bytes);
	utf8proc_uint8_t *expected = NULL;
	utf8proc_ssize_t length = utf8proc_map((utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)size, &expected,
					       UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	assert_each(length >= 0);
	normalise(bytes, size);
	assert_text((char *)expected, (size_t)length);
	assert_offsets();
	assert_each(doc.n_invalid == 0);
	memcpy(again, doc.text, doc.text_size);
	normalise(again, (size_t)length);
	assert_text((char *)expected, (size_t)length);
	assert_each(doc.n_offsets == 0);
	free(expected);
}

START_TEST(every_character_is_composed)
{
	/* Beyond U+30000 lie unassigned planes, tags and private use: samples will do. */
	for (utf8proc_int32_t c = 0x20; c < 0x110000; c += c < 0x30000 ? 1 : 101) {
		utf8proc_int32_t alone[1] = {c}, amid[3] = {'a', c, 'b'};

		if (is_mapped(c))
			continue;
		assert_nfc(alone, 1);
		if (c < 0x3200 || utf8proc_get_property(c)->combining_class)
			assert_nfc(amid, 3);
	}
}
END_TEST

START_TEST(every_decomposition_is_composed_again)
{
	for (utf8proc_int32_t c = 0x20; c < 0x30000; c++) {
		utf8proc_int32_t points[8];
		int boundary = 0;
		utf8proc_ssize_t n;

		if (is_mapped(c))
			continue;
		n = utf8proc_decompose_char(c, points, 8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, &boundary);
		if (n > 1)
			assert_nfc(points, (size_t)n);
	}
}
END_TEST

START_TEST(composed_characters_take_further_marks)
{
	static const utf8proc_int32_t marks[] = {0x0301, 0x0323, 0x0345, 0x0334, 0x3099};

	for (utf8proc_int32_t c = 0x20; c < 0x3100; c++)
		for (size_t i = 0; i < sizeof marks / sizeof *marks && !is_mapped(c); i++) {
			utf8proc_int32_t points[3] = {c, marks[i], marks[(i + 3) % (sizeof marks / sizeof *marks)]};

			assert_nfc(points, 3);
		}
}
END_TEST

START_TEST(hangul_syllables_compose_and_decompose)
{
	for (utf8proc_int32_t l = 0x1100; l < 0x1113; l++)
		for (utf8proc_int32_t v = 0x1161; v < 0x1176; v++)
			for (utf8proc_int32_t t = 0x11A7; t < 0x11C3; t++) {
				utf8proc_int32_t points[3] = {l, v, t};

				assert_nfc(points, t == 0x11A7 ? 2 : 3);
			}
}
END_TEST

START_TEST(exclusions_stay_apart)
{
	static const struct pair pairs[] = {
		{"\u0958", "\u0915\u093C"}, {"\u0915\u093C", "\u0915\u093C"}, {"\u2126", "\u03A9"}, {"\u212B",
		 "\u00C5"},
		{"\uF900", "\u8C48"}, {"\uFB1F", "\u05F2\u05B7"}, {"\U0001D15E", "\U0001D157\U0001D165"}, {"\u0344",
		 "\u0308\u0301"},
		{"\u2ADC", "\u2ADD\u0338"},
	};

	ASSERT_PAIRS(pairs);
}
END_TEST

START_TEST(random_sequences_are_composed)
{
	static const utf8proc_int32_t alphabet[] = {
		'a', 'e', 'o', 'u', 'A', ' ', 0xE9, 0xC5, 0xF6, 0x1EA5, 0x0300, 0x0301, 0x0302, 0x0308, 0x030A,
		0x0323, 0x0327, 0x031B, 0x0345, 0x03B1, 0x1F00, 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01, 0x0915,
		0x093C, 0x09C7, 0x09BE, 0x0B47, 0x0B56, 0x0BC6, 0x0BBE, 0x0CBF, 0x0CD5, 0x0DD9, 0x0DCA, 0x1025,
		0x102E, 0x304B, 0x3099, 0x309A, 0x2126, 0xF900, 0x0958, 0x1D157, 0x1D165, 0x05D0, 0x05B7, 0x05BC,
		0x0627, 0x0653, 0x0654, 0x064B, 0x201C, 0x4E00, 0x1F600, 0x11099, 0x110BA,
	};
	enum { N_ALPHABET = sizeof alphabet / sizeof *alphabet, MAX_LENGTH = 40 };
	uint32_t state = 42;

	for (int round = 0; round < 10000; round++) {
		utf8proc_int32_t points[MAX_LENGTH];
		size_t n = 1 + next_random(&state, MAX_LENGTH);

		for (size_t i = 0; i < n; i++)
			points[i] = alphabet[next_random(&state, N_ALPHABET)];
		assert_nfc(points, n);
	}
}
END_TEST

START_TEST(long_runs_of_marks_are_ordered)
{
	static const utf8proc_int32_t marks[] = {0x0301, 0x0323, 0x0327, 0x0345, 0x0334, 0x05B0, 0x0300, 0x093C, 0x3099};
	utf8proc_int32_t points[1500] = {'a'};
	uint32_t state = 7;

	for (size_t n = 2; n <= 1500; n += 107) {
		for (size_t i = 1; i < n; i++)
			points[i] = marks[next_random(&state, sizeof marks / sizeof *marks)];
		assert_nfc(points, n);
	}
}
END_TEST

START_TEST(random_bytes_keep_the_way_back)
{
	static const char *const pieces[] = {"a", "e\u0301", "&quot;", "&amp;amp;", "\xFF", "\xE2\x80", "\u00A0", "“",
	"\u200B",
					     "\u2029", "\r\n", "\u0301", "&#769;", "word ", "\uFEFF", "\u1100",
					"\u1161", "é"};
	uint32_t state = 99;

	for (int round = 0; round < 10000; round++) {
		char bytes[400] = "", *copy;
		size_t n = next_random(&state, 30);

		for (size_t i = 0; i < n; i++)
			strcat(bytes, pieces[next_random(&state, sizeof pieces / sizeof *pieces)]);
		normalise(bytes, strlen(bytes));
		assert_offsets();
		copy = malloc(doc.text_size + 1);
		memcpy(copy, doc.text, doc.text_size);
		copy[doc.text_size] = '\0';
		if (!strchr(copy, '&')) {	/* "&amp;" + "quot;" may meet once the text is read again */
			uint32_t size = doc.text_size;

			normalise(copy, size);
			ck_assert_uint_eq(doc.n_offsets, 0);
			ck_assert_uint_eq(doc.n_invalid, 0);
		}
		free(copy);
	}
}
END_TEST

START_TEST(offsets_stand_at_both_sides_of_a_change)
{
	normalise("ab&quot;cd\u00A0e", 13);
	assert_text("ab\"cd e", 7);
	ck_assert_uint_eq(doc.n_offsets, 4);
	ck_assert(doc.offsets[0].text == 2 && doc.offsets[0].input == 2);
	ck_assert(doc.offsets[1].text == 3 && doc.offsets[1].input == 8);
	ck_assert(doc.offsets[2].text == 5 && doc.offsets[2].input == 10);
	ck_assert(doc.offsets[3].text == 6 && doc.offsets[3].input == 12);
}
END_TEST

START_TEST(too_large_a_document_is_refused)
{
	ck_assert_int_eq(try_text(quoth_normalise, "", QUOTH_MAX_DOCUMENT_BYTES + (size_t)1), QUOTH_TOO_LARGE);
	ck_assert_uint_eq(doc.text_size, 0);
}
END_TEST

START_TEST(failing_allocations_are_errors)
{
	size_t size;
	char *bytes = copy_pieces("e\u0301&quot;\u00A0\xFF", 200, &size);

	run_text_without_memory(quoth_normalise, bytes, size, 16);
	assert_offsets();
	free(bytes);
}
END_TEST

START_TEST(time_is_linear_on_hostile_input)
{
	static const char *const pieces[] = {"\u0301", "\u0301\u0323", "\u200B", "\u00A0", "&amp;", "&", "amp;", "\xFF",
					     "\u1161", "\u0915", "\u00C3", "\u00C3\xC2\x83", "\u00E2\u20AC", "A\u0303\xC2\x83"};

	assert_linear(quoth_normalise, pieces, sizeof pieces / sizeof *pieces);
}
END_TEST

Suite *normalise_suite(void)
{
	Suite *suite = suite_create("normalise");
	TCase *tcase = tcase_create("normalise");

	tcase_add_checked_fixture(tcase, open_text, close_text);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, clean_text_is_its_own_text);
	tcase_add_test(tcase, an_empty_input_is_an_empty_text);
	tcase_add_test(tcase, white_space_of_every_width_is_a_space);
	tcase_add_test(tcase, line_and_paragraph_separators_are_line_breaks);
	tcase_add_test(tcase, what_has_no_width_goes);
	tcase_add_test(tcase, control_characters_are_spaces);
	tcase_add_test(tcase, windows_1252_in_disguise_is_undone);
	tcase_add_test(tcase, utf8_that_was_read_as_windows_1252_is_undone);
	tcase_add_test(tcase, what_may_be_meant_so_stays);
	tcase_add_test(tcase, entities_become_their_characters);
	tcase_add_test(tcase, what_is_no_entity_stays);
	tcase_add_test(tcase, entities_for_no_character_give_the_replacement);
	tcase_add_test(tcase, a_mark_after_an_entity_joins_it);
	tcase_add_test(tcase, bytes_that_are_not_utf8_are_replaced_and_counted);
	tcase_add_test(tcase, invalid_bytes_are_counted_once_where_a_stretch_looks_ahead);
	tcase_add_test(tcase, every_character_is_composed);
	tcase_add_test(tcase, every_decomposition_is_composed_again);
	tcase_add_test(tcase, composed_characters_take_further_marks);
	tcase_add_test(tcase, hangul_syllables_compose_and_decompose);
	tcase_add_test(tcase, exclusions_stay_apart);
	tcase_add_test(tcase, random_sequences_are_composed);
	tcase_add_test(tcase, long_runs_of_marks_are_ordered);
	tcase_add_test(tcase, random_bytes_keep_the_way_back);
	tcase_add_test(tcase, offsets_stand_at_both_sides_of_a_change);
	tcase_add_test(tcase, too_large_a_document_is_refused);
	tcase_add_test(tcase, failing_allocations_are_errors);
	tcase_add_test(tcase, time_is_linear_on_hostile_input);
	suite_add_tcase(suite, tcase);
	return suite;
}
