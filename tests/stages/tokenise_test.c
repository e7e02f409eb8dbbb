#include "tests/stages/text_fixture.h"

static void segment(const char *bytes, size_t size)
{
	run_text(quoth_segment, bytes, size);
}

/* The tokens, parted by a blank. */
static const char *render(void)
{
	static char line[1 << 12];
	size_t n = 0;

	for (uint32_t i = 0; i < doc.n_tokens; i++)
		n += (size_t)snprintf(line + n, sizeof line - n, "%s%.*s", i ? " " : "", (int)doc.tokens[i].length,
				      quoth_token_text(&doc, i));
	line[n] = '\0';
	return line;
}

struct cut {
	const char *text, *cut;
};

static void assert_cuts(const struct cut *cuts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *found;

		segment(cuts[i].text, strlen(cuts[i].text));
		found = render();
		ck_assert_msg(strcmp(found, cuts[i].cut) == 0, "cut  %s\nwant %s", found, cuts[i].cut);
	}
}

#define ASSERT_TOKENS(cuts) assert_cuts(cuts, sizeof(cuts) / sizeof *(cuts))

START_TEST(clitics_stand_alone)
{
	static const struct cut cuts[] = {
		{"don't", "do n't"}, {"Can’t", "Ca n’t"}, {"WON'T", "WO N'T"}, {"it's", "it 's"}, {"We’re", "We ’re"},
		{"I'd", "I 'd"}, {"they've", "they 've"}, {"she'll", "she 'll"}, {"I’m", "I ’m"}, {"cannot", "can not"},
		{"gonna", "gon na"}, {"couldn't've", "could n't 've"}, {"the 1990's", "the 1990 's"}, {"U.S.'s",
		 "U.S. 's"},
		{"Lindqvist’s", "Lindqvist ’s"}, {"brother-in-law's", "brother-in-law 's"}, {"(EU)'s", "( EU ) 's"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(apostrophes_stay_inside_words)
{
	static const struct cut cuts[] = {
		{"O'Malley", "O'Malley"}, {"D’Arcy", "D’Arcy"}, {"o'clock", "o'clock"}, {"ma'am", "ma'am"}, {"Qur’an",
		 "Qur’an"},
		{"L'Aquila", "L'Aquila"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(words_may_begin_with_an_apostrophe)
{
	static const struct cut cuts[] = {
		{"rock 'n' roll", "rock 'n' roll"}, {"the '90s", "the '90s"}, {"the ’80s", "the ’80s"}, {"the ‘70s",
		 "the ‘70s"},
		{"get 'em", "get 'em"}, {"’twas so", "’twas so"}, {"class of '08", "class of '08"},
	};

	ASSERT_TOKENS(cuts);
	segment("rock 'n' roll in the '90s", 25);
	for (uint32_t i = 0; i < doc.n_tokens; i++)
		ck_assert_int_ne(doc.tokens[i].kind, QUOTH_QUOTE_MARK);
}
END_TEST

START_TEST(a_plural_possessive_is_no_quotation_mark)
{
	static const char *const texts[] = {"the dogs' bowls", "the dogs’ bowls", "James' hat",
	"‘The dogs’ bowls were empty,’ he said",
					    "'The dogs' bowls were empty,' he said", "called ‘Lyin’ Ned’ by all"};
	static const uint32_t n_marks[] = {0, 0, 0, 2, 2, 2};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		uint32_t n = 0;

		segment(texts[i], strlen(texts[i]));
		for (uint32_t k = 0; k < doc.n_tokens; k++)
			n += doc.tokens[k].kind == QUOTH_QUOTE_MARK;
		ck_assert_msg(n == n_marks[i], "%s: %u marks", texts[i], n);
	}
}
END_TEST

START_TEST(hyphenated_words_stay_whole)
{
	static const struct cut cuts[] = {
		{"long-term", "long-term"}, {"19-year-old", "19-year-old"}, {"F-16", "F-16"}, {"U.S.-led", "U.S.-led"},
		{"anti-EU", "anti-EU"}, {"a 5-4 ruling", "a 5-4 ruling"}, {"pre- and post-war", "pre - and post-war"},
		{"non\u2011stop", "non\u2011stop"}, {"Jean-Luc’s", "Jean-Luc ’s"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(numbers_keep_their_separators)
{
	static const struct cut cuts[] = {
		{"1,000.5", "1,000.5"}, {"12,345,678", "12,345,678"}, {"3.14", "3.14"}, {"at 9:30", "at 9:30"}, {"9/11",
		 "9/11"},
		{"a .5 share", "a .5 share"}, {"1st, 2nd", "1st , 2nd"}, {"1980s", "1980s"}, {"in 2019, 15 died",
		 "in 2019 , 15 died"},
		{"5%", "5 %"}, {"$2.5m", "$ 2.5m"}, {"€10", "€ 10"}, {"US$5", "US$ 5"}, {"£3,000", "£ 3,000"},
		{"2010-2011", "2010-2011"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(abbreviations_keep_their_stop)
{
	static const struct cut cuts[] = {
		{"the U.S. said", "the U.S. said"}, {"at 5 a.m. on", "at 5 a.m. on"}, {"Jan. 31", "Jan. 31"},
		{"Mr. Weiss", "Mr. Weiss"},
		{"Gen. Okba", "Gen. Okba"}, {"a Ph.D. thesis", "a Ph.D. thesis"}, {"(R-Calif.)", "( R-Calif. )"},
		{"D-N.Y.", "D-N.Y."},
		{"J. R. Ewing", "J. R. Ewing"}, {"J.R.R. Tolkien", "J.R.R. Tolkien"}, {"No. 5", "No. 5"},
		{"Acme Inc. fell", "Acme Inc. fell"},
		{"St. Moritz", "St. Moritz"}, {"p. 12", "p. 12"},
	};

	ASSERT_TOKENS(cuts);
	segment("Jan. 31", 7);
	ck_assert(doc.tokens[0].flags & QUOTH_IS_ABBREVIATION);
	ck_assert(!(doc.tokens[1].flags & QUOTH_IS_ABBREVIATION));
}
END_TEST

START_TEST(other_stops_stand_alone)
{
	static const struct cut cuts[] = {
		{"He said no. Then", "He said no . Then"}, {"in mass. Then", "in mass . Then"}, {"the sun. Then",
		 "the sun . Then"},
		{"than I. Then", "than I . Then"}, {"said.Next", "said . Next"}, {"Plan B.", "Plan B ."}, {"end.",
		 "end ."},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(addresses_and_handles_are_one_token)
{
	static const struct cut cuts[] = {
		{"see https://example.org/a?b=c. Then", "see https://example.org/a?b=c . Then"}, {"www.example.com,",
		 "www.example.com ,"},
		{"mail press@example.com now", "mail press@example.com now"}, {"@maria_k said", "@maria_k said"},
		{"#WeRise!", "#WeRise !"},
		{"on example.com/news today", "on example.com/news today"}, {"# 5", "# 5"}, {"a @ b", "a @ b"},
		{"Write to a.b@example.co.uk.", "Write to a.b@example.co.uk ."},
	};

	ASSERT_TOKENS(cuts);
	segment("@maria_k wrote #Now at example.org", 34);
	ck_assert(doc.tokens[0].flags & QUOTH_IS_HANDLE);
	ck_assert(!(doc.tokens[1].flags & QUOTH_IS_HANDLE));
	ck_assert(doc.tokens[2].flags & QUOTH_IS_HANDLE);
	ck_assert(doc.tokens[4].flags & QUOTH_IS_HANDLE);
}
END_TEST

START_TEST(runs_of_marks_are_one_token)
{
	static const struct cut cuts[] = {
		{"Well... no", "Well ... no"}, {"Well.... No", "Well .... No"}, {"he . . . went", "he . . . went"},
		{"so -- yes", "so -- yes"},
		{"so--yes", "so -- yes"}, {"a—b", "a — b"}, {"What?!", "What ?!"}, {"***", "***"}, {"___", "___"},
		{"wait…", "wait …"},
	};

	ASSERT_TOKENS(cuts);
	segment("he . . . went", 13);
	ck_assert_uint_eq(doc.n_tokens, 3);
	ck_assert_int_eq(doc.tokens[1].mark, QUOTH_ELLIPSIS);
}
END_TEST

START_TEST(companies_and_shared_names_stay_whole)
{
	static const struct cut cuts[] = {
		{"AT&T", "AT&T"}, {"Q&A", "Q&A"}, {"and/or", "and/or"}, {"CNN/ORC", "CNN/ORC"}, {"salt & pepper",
		 "salt & pepper"}, {"f***ing", "f***ing"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(markup_left_in_the_text_is_one_symbol)
{
	static const struct cut cuts[] = {
		{"an <em class=\"x y\">odd</em> case", "an <em class=\"x y\"> odd </em> case"}, {"a < b", "a < b"},
		{"1<2", "1 < 2"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(every_quotation_glyph_is_a_typed_mark)
{
	static const struct {
		const char *text;
		enum quoth_mark open, close;
	} cases[] = {
		{"\"a b\"", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE},
		{"“a b”", QUOTH_OPEN_DOUBLE, QUOTH_CLOSE_DOUBLE},
		{"‘a b’", QUOTH_OPEN_SINGLE, QUOTH_CLOSE_SINGLE},
		{"'a b'", QUOTH_STRAIGHT_SINGLE, QUOTH_STRAIGHT_SINGLE},
		{"„a b“", QUOTH_LOW_DOUBLE, QUOTH_OPEN_DOUBLE}, {"‚a b‘", QUOTH_LOW_SINGLE, QUOTH_OPEN_SINGLE},
		{"«a b»", QUOTH_LEFT_GUILLEMET, QUOTH_RIGHT_GUILLEMET}, {"‹a b›", QUOTH_LEFT_ANGLE, QUOTH_RIGHT_ANGLE},
		{"「a b」", QUOTH_LEFT_CORNER, QUOTH_RIGHT_CORNER}, {"『a b』", QUOTH_LEFT_CORNER, QUOTH_RIGHT_CORNER},
		{"``a b''", QUOTH_OPEN_DOUBLE, QUOTH_CLOSE_DOUBLE},
		{"''a b''", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE},
		{"‘‘a b’’", QUOTH_OPEN_DOUBLE, QUOTH_CLOSE_DOUBLE}, {"″a b″", QUOTH_PRIME, QUOTH_PRIME},
		{"〝a b〞", QUOTH_PRIME, QUOTH_PRIME},
		{"&quot;a b&quot;", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE},
		{"＂a b＂", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE},
		{"《a b》", QUOTH_LEFT_GUILLEMET, QUOTH_RIGHT_GUILLEMET},
		{"`a b'", QUOTH_OPEN_SINGLE, QUOTH_STRAIGHT_SINGLE},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		segment(cases[i].text, strlen(cases[i].text));
		ck_assert_msg(doc.n_tokens == 4, "%s: %u tokens", cases[i].text, doc.n_tokens);
		ck_assert_msg(doc.tokens[0].mark == cases[i].open && doc.tokens[3].mark == cases[i].close,
			      "%s: %d, %d", cases[i].text, doc.tokens[0].mark, doc.tokens[3].mark);
		ck_assert_int_eq(doc.tokens[0].kind, QUOTH_QUOTE_MARK);
	}
}
END_TEST

START_TEST(feet_and_inches_are_symbols)
{
	static const char *const texts[] = {"He is 6'2\" tall", "a 12\" record", "a 6' fence", "6′2″",
	"\"I am 6'2\" tall,\" he said",
					    "5'11\", 180 pounds"};
	static const uint32_t n_marks[] = {0, 0, 0, 0, 2, 0};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		uint32_t n = 0;

		segment(texts[i], strlen(texts[i]));
		for (uint32_t k = 0; k < doc.n_tokens; k++)
			n += doc.tokens[k].kind == QUOTH_QUOTE_MARK;
		ck_assert_msg(n == n_marks[i], "%s: %u marks", texts[i], n);
	}
}
END_TEST

START_TEST(a_year_before_a_closing_mark_is_not_in_inches)
{
	segment("\"We won in 2012\" and \"lost in 2016\".", 36);
	for (uint32_t i = 0; i < doc.n_tokens; i++)
		ck_assert_int_ne(doc.tokens[i].kind, QUOTH_SYMBOL);
}
END_TEST

START_TEST(forms_are_lower_cased_with_straight_apostrophes)
{
	segment("ÉTAT O’Hara o'hara N’T", strlen("ÉTAT O’Hara o'hara N’T"));
	ck_assert_uint_eq(doc.tokens[0].form, quoth_form_hash("état", strlen("état")));
	ck_assert_uint_eq(doc.tokens[1].form, doc.tokens[2].form);
	segment("don’t", strlen("don’t"));
	ck_assert_uint_eq(doc.tokens[1].form, quoth_form_hash("n't", 3));
}
END_TEST

START_TEST(words_find_their_lexeme)
{
	segment("Said", 4);
	ck_assert_uint_ne(doc.tokens[0].lexeme, 0);
	segment("said", 4);
	ck_assert_uint_ne(doc.tokens[0].lexeme, 0);
	segment("Qxzv", 4);
	ck_assert_uint_eq(doc.tokens[0].lexeme, 0);
}
END_TEST

START_TEST(shapes_and_kinds_are_told)
{
	static const struct {
		const char *text;
		enum quoth_token_kind kind;
		enum quoth_shape shape;
	} cases[] = {
		{"said", QUOTH_WORD, QUOTH_SHAPE_LOWER}, {"Ryabkov", QUOTH_WORD, QUOTH_SHAPE_CAPITALISED},
		{"NATO", QUOTH_WORD, QUOTH_SHAPE_UPPER},
		{"iPhone", QUOTH_WORD, QUOTH_SHAPE_MIXED}, {"McCain", QUOTH_WORD, QUOTH_SHAPE_MIXED},
		{"O'Hara", QUOTH_WORD, QUOTH_SHAPE_CAPITALISED},
		{"Émile", QUOTH_WORD, QUOTH_SHAPE_CAPITALISED}, {"2022", QUOTH_NUMBER, QUOTH_SHAPE_NONE},
		{"$", QUOTH_SYMBOL, QUOTH_SHAPE_NONE},
		{",", QUOTH_PUNCTUATION, QUOTH_SHAPE_NONE}, {"19-year-old", QUOTH_WORD, QUOTH_SHAPE_LOWER},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		segment(cases[i].text, strlen(cases[i].text));
		ck_assert_uint_eq(doc.n_tokens, 1);
		ck_assert_msg(doc.tokens[0].kind == cases[i].kind && doc.tokens[0].shape == cases[i].shape, 
			      "%s: kind %d, shape %d", cases[i].text, doc.tokens[0].kind, doc.tokens[0].shape);
	}
}
END_TEST

START_TEST(space_and_lines_are_flagged)
{
	segment("Go on,\nplease", 13);
	ck_assert(doc.tokens[0].flags & QUOTH_LINE_START);
	ck_assert(doc.tokens[1].flags & QUOTH_SPACE_BEFORE);
	ck_assert(!(doc.tokens[2].flags & (QUOTH_SPACE_BEFORE | QUOTH_LINE_START)));
	ck_assert(doc.tokens[3].flags & QUOTH_LINE_START);
}
END_TEST

START_TEST(spans_lead_back_to_the_input)
{
	static const char text[] = "&ldquo;Cafe\u0301&rdquo;\u00A0he \xFFsaid\u200B. &quot;\u2126&quot;\u0301";
	static const char *const bytes[] = {"&ldquo;", "Cafe\u0301", "&rdquo;", "he", "\xFF", "said", ".", "&quot;",
	"\u2126", "&quot;\u0301"};

	segment(text, strlen(text));
	ck_assert_uint_eq(doc.n_tokens, sizeof bytes / sizeof *bytes);
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		struct quoth_span span = doc.tokens[i].span;

		ck_assert_msg(span.end - span.begin == strlen(bytes[i]) &&
				      memcmp(text + span.begin, bytes[i], strlen(bytes[i])) == 0,
			      "token %u is bytes %u-%u", i, span.begin, span.end);
	}
}
END_TEST

Suite *tokenise_suite(void)
{
	Suite *suite = suite_create("tokenise");
	TCase *tcase = tcase_create("tokenise");

	tcase_add_checked_fixture(tcase, open_text, close_text);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, clitics_stand_alone);
	tcase_add_test(tcase, apostrophes_stay_inside_words);
	tcase_add_test(tcase, words_may_begin_with_an_apostrophe);
	tcase_add_test(tcase, a_plural_possessive_is_no_quotation_mark);
	tcase_add_test(tcase, hyphenated_words_stay_whole);
	tcase_add_test(tcase, numbers_keep_their_separators);
	tcase_add_test(tcase, abbreviations_keep_their_stop);
	tcase_add_test(tcase, other_stops_stand_alone);
	tcase_add_test(tcase, addresses_and_handles_are_one_token);
	tcase_add_test(tcase, runs_of_marks_are_one_token);
	tcase_add_test(tcase, companies_and_shared_names_stay_whole);
	tcase_add_test(tcase, markup_left_in_the_text_is_one_symbol);
	tcase_add_test(tcase, every_quotation_glyph_is_a_typed_mark);
	tcase_add_test(tcase, feet_and_inches_are_symbols);
	tcase_add_test(tcase, a_year_before_a_closing_mark_is_not_in_inches);
	tcase_add_test(tcase, forms_are_lower_cased_with_straight_apostrophes);
	tcase_add_test(tcase, words_find_their_lexeme);
	tcase_add_test(tcase, shapes_and_kinds_are_told);
	tcase_add_test(tcase, space_and_lines_are_flagged);
	tcase_add_test(tcase, spans_lead_back_to_the_input);
	suite_add_tcase(suite, tcase);
	return suite;
}
