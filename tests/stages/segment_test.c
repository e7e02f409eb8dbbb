#include "stages/lexicon.h"
#include "stages/normalise.h"
#include "stages/segment.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct quoth_arena *arena;
static struct quoth_lexicon *lexicon;
static struct quoth_document doc;

static void open_lexicon(void)
{
	struct quoth_report report;

	arena = quoth_arena_new(1 << 20);
	ck_assert_int_eq(quoth_lexicon_open(&lexicon, &report), 0);
}

static void close_lexicon(void)
{
	quoth_lexicon_close(lexicon);
	quoth_arena_free(arena);
}

static void segment(const char *bytes, size_t size)
{
	const struct quoth_resources resources = {.lexicon = lexicon};

	quoth_arena_reset(arena);
	quoth_document_begin(&doc, arena, "test", bytes, (uint32_t)size);
	ck_assert_int_eq(quoth_normalise(&doc, &resources), 0);
	ck_assert_int_eq(quoth_segment(&doc, &resources), 0);
}

/* The tokens as a line: parted by a blank, sentences by " / ", paragraphs by " // ". */
static const char *render(bool with_sentences)
{
	static char line[1 << 16];
	size_t n = 0;

	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		uint32_t sentence = doc.tokens[i].sentence;
		const char *parting = i == 0 ? "" : " ";

		if (i && with_sentences && sentence != doc.tokens[i - 1].sentence)
			parting = doc.sentences[sentence].paragraph != doc.sentences[sentence - 1].paragraph ? " // " : " / ";
		n += (size_t)snprintf(line + n, sizeof line - n, "%s%.*s", parting, (int)doc.tokens[i].length,
				      quoth_token_text(&doc, i));
	}
	line[n] = '\0';
	return line;
}

struct cut {
	const char *text, *cut;
};

static void assert_cuts(const struct cut *cuts, size_t n, bool with_sentences)
{
	for (size_t i = 0; i < n; i++) {
		const char *found;

		segment(cuts[i].text, strlen(cuts[i].text));
		found = render(with_sentences);
		ck_assert_msg(strcmp(found, cuts[i].cut) == 0, "cut  %s\nwant %s", found, cuts[i].cut);
	}
}

#define ASSERT_TOKENS(cuts) assert_cuts(cuts, sizeof(cuts) / sizeof *(cuts), false)
#define ASSERT_SENTENCES(cuts) assert_cuts(cuts, sizeof(cuts) / sizeof *(cuts), true)

/* ---- tokens ---- */

START_TEST(clitics_stand_alone)
{
	static const struct cut cuts[] = {
		{"don't", "do n't"}, {"Can’t", "Ca n’t"}, {"WON'T", "WO N'T"}, {"it's", "it 's"}, {"We’re", "We ’re"},
		{"I'd", "I 'd"}, {"they've", "they 've"}, {"she'll", "she 'll"}, {"I’m", "I ’m"}, {"cannot", "can not"},
		{"gonna", "gon na"}, {"couldn't've", "could n't 've"}, {"the 1990's", "the 1990 's"}, {"U.S.'s", "U.S. 's"},
		{"Lindqvist’s", "Lindqvist ’s"}, {"brother-in-law's", "brother-in-law 's"}, {"(EU)'s", "( EU ) 's"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(apostrophes_stay_inside_words)
{
	static const struct cut cuts[] = {
		{"O'Malley", "O'Malley"}, {"D’Arcy", "D’Arcy"}, {"o'clock", "o'clock"}, {"ma'am", "ma'am"}, {"Qur’an", "Qur’an"},
		{"L'Aquila", "L'Aquila"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(words_may_begin_with_an_apostrophe)
{
	static const struct cut cuts[] = {
		{"rock 'n' roll", "rock 'n' roll"}, {"the '90s", "the '90s"}, {"the ’80s", "the ’80s"}, {"the ‘70s", "the ‘70s"},
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
	static const char *const texts[] = {"the dogs' bowls", "the dogs’ bowls", "James' hat", "‘The dogs’ bowls were empty,’ he said",
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
		{"1,000.5", "1,000.5"}, {"12,345,678", "12,345,678"}, {"3.14", "3.14"}, {"at 9:30", "at 9:30"}, {"9/11", "9/11"},
		{"a .5 share", "a .5 share"}, {"1st, 2nd", "1st , 2nd"}, {"1980s", "1980s"}, {"in 2019, 15 died", "in 2019 , 15 died"},
		{"5%", "5 %"}, {"$2.5m", "$ 2.5m"}, {"€10", "€ 10"}, {"US$5", "US$ 5"}, {"£3,000", "£ 3,000"}, {"2010-2011", "2010-2011"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(abbreviations_keep_their_stop)
{
	static const struct cut cuts[] = {
		{"the U.S. said", "the U.S. said"}, {"at 5 a.m. on", "at 5 a.m. on"}, {"Jan. 31", "Jan. 31"}, {"Mr. Weiss", "Mr. Weiss"},
		{"Gen. Okba", "Gen. Okba"}, {"a Ph.D. thesis", "a Ph.D. thesis"}, {"(R-Calif.)", "( R-Calif. )"}, {"D-N.Y.", "D-N.Y."},
		{"J. R. Ewing", "J. R. Ewing"}, {"J.R.R. Tolkien", "J.R.R. Tolkien"}, {"No. 5", "No. 5"}, {"Acme Inc. fell", "Acme Inc. fell"},
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
		{"He said no. Then", "He said no . Then"}, {"in mass. Then", "in mass . Then"}, {"the sun. Then", "the sun . Then"},
		{"than I. Then", "than I . Then"}, {"said.Next", "said . Next"}, {"Plan B.", "Plan B ."}, {"end.", "end ."},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(addresses_and_handles_are_one_token)
{
	static const struct cut cuts[] = {
		{"see https://example.org/a?b=c. Then", "see https://example.org/a?b=c . Then"}, {"www.example.com,", "www.example.com ,"},
		{"mail press@example.com now", "mail press@example.com now"}, {"@maria_k said", "@maria_k said"}, {"#WeRise!", "#WeRise !"},
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
		{"Well... no", "Well ... no"}, {"Well.... No", "Well .... No"}, {"he . . . went", "he . . . went"}, {"so -- yes", "so -- yes"},
		{"so--yes", "so -- yes"}, {"a—b", "a — b"}, {"What?!", "What ?!"}, {"***", "***"}, {"___", "___"}, {"wait…", "wait …"},
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
		{"AT&T", "AT&T"}, {"Q&A", "Q&A"}, {"and/or", "and/or"}, {"CNN/ORC", "CNN/ORC"}, {"salt & pepper", "salt & pepper"}, {"f***ing", "f***ing"},
	};

	ASSERT_TOKENS(cuts);
}
END_TEST

START_TEST(markup_left_in_the_text_is_one_symbol)
{
	static const struct cut cuts[] = {
		{"an <em class=\"x y\">odd</em> case", "an <em class=\"x y\"> odd </em> case"}, {"a < b", "a < b"}, {"1<2", "1 < 2"},
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
		{"\"a b\"", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE}, {"“a b”", QUOTH_OPEN_DOUBLE, QUOTH_CLOSE_DOUBLE},
		{"‘a b’", QUOTH_OPEN_SINGLE, QUOTH_CLOSE_SINGLE}, {"'a b'", QUOTH_STRAIGHT_SINGLE, QUOTH_STRAIGHT_SINGLE},
		{"„a b“", QUOTH_LOW_DOUBLE, QUOTH_OPEN_DOUBLE}, {"‚a b‘", QUOTH_LOW_SINGLE, QUOTH_OPEN_SINGLE},
		{"«a b»", QUOTH_LEFT_GUILLEMET, QUOTH_RIGHT_GUILLEMET}, {"‹a b›", QUOTH_LEFT_ANGLE, QUOTH_RIGHT_ANGLE},
		{"「a b」", QUOTH_LEFT_CORNER, QUOTH_RIGHT_CORNER}, {"『a b』", QUOTH_LEFT_CORNER, QUOTH_RIGHT_CORNER},
		{"``a b''", QUOTH_OPEN_DOUBLE, QUOTH_CLOSE_DOUBLE}, {"''a b''", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE},
		{"‘‘a b’’", QUOTH_OPEN_DOUBLE, QUOTH_CLOSE_DOUBLE}, {"″a b″", QUOTH_PRIME, QUOTH_PRIME}, {"〝a b〞", QUOTH_PRIME, QUOTH_PRIME},
		{"&quot;a b&quot;", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE}, {"＂a b＂", QUOTH_STRAIGHT_DOUBLE, QUOTH_STRAIGHT_DOUBLE},
		{"《a b》", QUOTH_LEFT_GUILLEMET, QUOTH_RIGHT_GUILLEMET}, {"`a b'", QUOTH_OPEN_SINGLE, QUOTH_STRAIGHT_SINGLE},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		segment(cases[i].text, strlen(cases[i].text));
		ck_assert_msg(doc.n_tokens == 4, "%s: %u tokens", cases[i].text, doc.n_tokens);
		ck_assert_msg(doc.tokens[0].mark == cases[i].open && doc.tokens[3].mark == cases[i].close, "%s: %d, %d", cases[i].text,
			      doc.tokens[0].mark, doc.tokens[3].mark);
		ck_assert_int_eq(doc.tokens[0].kind, QUOTH_QUOTE_MARK);
	}
}
END_TEST

START_TEST(feet_and_inches_are_symbols)
{
	static const char *const texts[] = {"He is 6'2\" tall", "a 12\" record", "a 6' fence", "6′2″", "\"I am 6'2\" tall,\" he said",
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
	ck_assert(quoth_lexeme_is(quoth_lexeme_at(lexicon, doc.tokens[0].lexeme), QUOTH_LEX_CUE));
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
		{"said", QUOTH_WORD, QUOTH_SHAPE_LOWER}, {"Ryabkov", QUOTH_WORD, QUOTH_SHAPE_CAPITALISED}, {"NATO", QUOTH_WORD, QUOTH_SHAPE_UPPER},
		{"iPhone", QUOTH_WORD, QUOTH_SHAPE_MIXED}, {"McCain", QUOTH_WORD, QUOTH_SHAPE_MIXED}, {"O'Hara", QUOTH_WORD, QUOTH_SHAPE_CAPITALISED},
		{"Émile", QUOTH_WORD, QUOTH_SHAPE_CAPITALISED}, {"2022", QUOTH_NUMBER, QUOTH_SHAPE_NONE}, {"$", QUOTH_SYMBOL, QUOTH_SHAPE_NONE},
		{",", QUOTH_PUNCTUATION, QUOTH_SHAPE_NONE}, {"19-year-old", QUOTH_WORD, QUOTH_SHAPE_LOWER},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		segment(cases[i].text, strlen(cases[i].text));
		ck_assert_uint_eq(doc.n_tokens, 1);
		ck_assert_msg(doc.tokens[0].kind == cases[i].kind && doc.tokens[0].shape == cases[i].shape, "%s: kind %d, shape %d",
			      cases[i].text, doc.tokens[0].kind, doc.tokens[0].shape);
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
	static const char *const bytes[] = {"&ldquo;", "Cafe\u0301", "&rdquo;", "he", "\xFF", "said", ".", "&quot;", "\u2126", "&quot;\u0301"};

	segment(text, strlen(text));
	ck_assert_uint_eq(doc.n_tokens, sizeof bytes / sizeof *bytes);
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		struct quoth_span span = doc.tokens[i].span;

		ck_assert_msg(span.end - span.begin == strlen(bytes[i]) && memcmp(text + span.begin, bytes[i], strlen(bytes[i])) == 0,
			      "token %u is bytes %u-%u", i, span.begin, span.end);
	}
}
END_TEST

/* ---- sentences ---- */

START_TEST(stops_end_sentences)
{
	static const struct cut cuts[] = {
		{"He left. She stayed.", "He left . / She stayed ."}, {"Why? Nobody knew! It rained.", "Why ? / Nobody knew ! / It rained ."},
		{"It cost 3.5 million. Nobody paid.", "It cost 3.5 million . / Nobody paid ."}, {"it ended.Next came", "it ended . / Next came"},
		{"He left (at noon). She stayed.", "He left ( at noon ) . / She stayed ."}, {"(He laughed.) Then he left.", "( He laughed . ) / Then he left ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(abbreviations_end_none)
{
	static const struct cut cuts[] = {
		{"On Jan. 31 it rained.", "On Jan. 31 it rained ."}, {"Mr. Weiss met Gen. Okba.", "Mr. Weiss met Gen. Okba ."},
		{"The U.S. Senate met.", "The U.S. Senate met ."}, {"At 5 p.m. Monday it began.", "At 5 p.m. Monday it began ."},
		{"George W. Harlan left.", "George W. Harlan left ."}, {"See No. 5 there.", "See No. 5 there ."}, {"Rep. J. R. Doe (D-Calif.) left.", "Rep. J. R. Doe ( D-Calif. ) left ."},
		{"Acme Inc. Chairman Lee left.", "Acme Inc. Chairman Lee left ."}, {"St. Petersburg was cold.", "St. Petersburg was cold ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(abbreviations_before_a_starting_word_end_one)
{
	static const struct cut cuts[] = {
		{"He came to the U.S. He stayed.", "He came to the U.S. / He stayed ."}, {"It began at 5 p.m. The rain fell.", "It began at 5 p.m. / The rain fell ."},
		{"He works for Acme Inc. It makes nails.", "He works for Acme Inc. / It makes nails ."},
		{"They moved to Washington, D.C. They liked it.", "They moved to Washington , D.C. / They liked it ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(closing_marks_belong_to_the_sentence_before)
{
	static const struct cut cuts[] = {
		{"“We won.” He left.", "“ We won . ” / He left ."}, {"\"We won.\" He left.", "\" We won . \" / He left ."},
		{"''We won.'' He left.", "'' We won . '' / He left ."}, {"‘We won.’ He left.", "‘ We won . ’ / He left ."},
		{"„Wir siegen.“ Er ging.", "„ Wir siegen . “ / Er ging ."}, {"«On gagne.» Il part.", "« On gagne . » / Il part ."},
		{"« On gagne. » Il part.", "« On gagne . » / Il part ."}, {"“He said ‘no.’” She left.", "“ He said ‘ no . ’ ” / She left ."},
		{"She said.“Next”", "She said . / “ Next ”"}, {"She said.\"Next\"", "She said . / \" Next \""}, {"He left. \"We won,\" he said.", "He left . / \" We won , \" he said ."},
		{"»Wir siegen.« Er ging.", "» Wir siegen . « / Er ging ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(a_question_in_quotation_marks_goes_on)
{
	static const struct cut cuts[] = {
		{"“Why?” he asked.", "“ Why ? ” he asked ."}, {"\"Stop!\" shouted Weiss.", "\" Stop ! \" shouted Weiss ."},
		{"“Why?” Weiss asked.", "“ Why ? ” Weiss asked ."}, {"“Why?” I asked.", "“ Why ? ” I asked ."}, {"Yahoo! said it grew.", "Yahoo ! said it grew ."},
		{"“Why?” They left.", "“ Why ? ” / They left ."}, {"“We won.” Weiss said.", "“ We won . ” Weiss said ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(ellipses_end_a_sentence_only_before_a_new_one)
{
	static const struct cut cuts[] = {
		{"He paused ... and left.", "He paused ... and left ."}, {"He paused… The door fell.", "He paused … / The door fell ."},
		{"I saw ... Weiss there.", "I saw ... Weiss there ."}, {"He paused.... Weiss left.", "He paused .... / Weiss left ."},
		{"He paused. . . . Weiss left.", "He paused . . . . / Weiss left ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(numbers_of_a_list_end_none)
{
	static const struct cut cuts[] = {
		{"1. First wash it.\n\n2. Then dry it.", "1 . First wash it . // 2 . Then dry it ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

/* ---- paragraphs ---- */

START_TEST(blank_lines_part_paragraphs)
{
	static const struct cut cuts[] = {
		{"One.\n\nTwo.", "One . // Two ."}, {"One.\r\n\r\nTwo.", "One . // Two ."}, {"One.\n \t\nTwo.", "One . // Two ."},
		{"One.\n\n\n\nTwo.", "One . // Two ."}, {"One.\u2029Two.", "One . // Two ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(line_breaks_part_paragraphs_where_no_blank_line_is)
{
	static const struct cut cuts[] = {
		{"One line.\nTwo lines.", "One line . // Two lines ."}, {"One\rTwo", "One // Two"},
		{"A headline without a stop\nThe text begins.", "A headline without a stop // The text begins ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(wrapped_lines_are_joined)
{
	static const struct cut cuts[] = {
		{"The council met late on Monday and decided after long talks that the\n"
		 "Harbour Bridge should be closed for three weeks, because inspectors\n"
		 "Lang and Moor had found rust in its bearings and in one\n"
		 "of the cables.\n"
		 "\n"
		 "It opens in June.",
		 "The council met late on Monday and decided after long talks that the Harbour Bridge should be closed for three weeks , "
		 "because inspectors Lang and Moor had found rust in its bearings and in one of the cables . // It opens in June ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(short_lines_are_not_joined)
{
	static const struct cut cuts[] = {
		{"Results\nNorth 12\nSouth 14\n\nThe rest came later, as everybody in the little harbour town had long expected of them.",
		 "Results // North 12 // South 14 // The rest came later , as everybody in the little harbour town had long expected of them ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(paragraphs_have_their_kind)
{
	static const struct {
		const char *text;
		enum quoth_paragraph_kind kind;
	} cases[] = {
		{"Council closes bridge", QUOTH_HEADLINE}, {"The council closed the bridge.", QUOTH_BODY}, {"By Jane Doe", QUOTH_BYLINE},
		{"BY JANE DOE", QUOTH_BYLINE}, {"Reporting by Jane Doe; editing by John Roe", QUOTH_BYLINE}, {"(Reporting by Jane Doe)", QUOTH_BYLINE},
		{"• a loaf of bread", QUOTH_LIST_ITEM}, {"- a loaf of bread", QUOTH_LIST_ITEM}, {"* a loaf", QUOTH_LIST_ITEM},
		{"3. Dry it.", QUOTH_LIST_ITEM}, {"Q: Why?", QUOTH_TURN}, {"WEISS: Nineteen.", QUOTH_TURN}, {"MR. WEISS: Nineteen.", QUOTH_TURN},
		{"PRIME MINISTER HALE: No.", QUOTH_TURN}, {"By then it was late.", QUOTH_BODY}, {"“Nineteen,” he said", QUOTH_HEADLINE},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[256];

		snprintf(text, sizeof text, "%s\n\nThe rest of the article is here.", cases[i].text);
		segment(text, strlen(text));
		ck_assert_msg(doc.paragraphs[0].kind == cases[i].kind, "%s: %d", cases[i].text, doc.paragraphs[0].kind);
	}
}
END_TEST

START_TEST(labels_in_small_letters_are_turns_where_they_come_back)
{
	static const char turns[] = "Anna Weiss: Why?\n\nJon Moor: Because.\n\nAnna Weiss: And then?\n\nMoor: Nothing came.\n\nNote: it ends here.";
	static const enum quoth_paragraph_kind kinds[] = {QUOTH_TURN, QUOTH_TURN, QUOTH_TURN, QUOTH_TURN, QUOTH_BODY};

	segment(turns, strlen(turns));
	ck_assert_uint_eq(doc.n_paragraphs, 5);
	for (uint32_t i = 0; i < doc.n_paragraphs; i++)
		ck_assert_msg(doc.paragraphs[i].kind == kinds[i], "paragraph %u: %d", i, doc.paragraphs[i].kind);
	segment("Weiss: “Why?”\n\nWeiss: “No.”", strlen("Weiss: “Why?”\n\nWeiss: “No.”"));
	ck_assert_int_ne(doc.paragraphs[0].kind, QUOTH_TURN);
}
END_TEST

START_TEST(datelines_end_at_their_dash)
{
	static const struct {
		const char *text;
		uint32_t end;	/* tokens of the dateline */
	} cases[] = {
		{"MOSCOW, Jan. 31 (Wire) — The ministry said no.", 8}, {"WASHINGTON (AP) — The Latest", 5}, {"OSLO – Norway said no.", 2},
		{"OULU, Finland – 17 September – Acme said", 4}, {"NEW YORK -- Stocks fell.", 3}, {"NATO said — again — no.", 0},
		{"The ministry — again — said no.", 0}, {"PARIS/BERLIN, May 4 (Wire) - Two", 8},
		{"Moscow (Wire) — The ministry said no.", 5}, {"Moscow — The ministry said no.", 0}, {"RIO DE JANEIRO - Rain fell.", 4},
		{"VOTERS WANT MORE THAN PROMISES - A poll shows", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		segment(cases[i].text, strlen(cases[i].text));
		ck_assert_msg(doc.paragraphs[0].dateline_end == cases[i].end, "%s: %u", cases[i].text, doc.paragraphs[0].dateline_end);
		ck_assert_uint_eq(doc.n_paragraphs, 1);
	}
}
END_TEST

/* ---- the whole ---- */

START_TEST(nothing_gives_no_layers)
{
	static const char *const texts[] = {"", " ", "\n\n \t\r\n", "\uFEFF", "\u00A0\u2003"};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		segment(texts[i], strlen(texts[i]));
		ck_assert_uint_eq(doc.n_tokens, 0);
		ck_assert_uint_eq(doc.n_sentences, 0);
		ck_assert_uint_eq(doc.n_paragraphs, 0);
	}
}
END_TEST

/* What the layers promise for any text. */
static void assert_layers(void)
{
	uint32_t text = 0, input = 0, sentence = 0;

	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		const struct quoth_token *token = &doc.tokens[i];

		ck_assert_uint_gt(token->length, 0);
		ck_assert(token->text >= text && token->text + token->length <= doc.text_size);
		ck_assert(token->span.begin >= input && token->span.begin < token->span.end && token->span.end <= doc.input_size);
		text = token->text + token->length;
		input = token->span.end;
		ck_assert(quoth_range_holds(doc.sentences[token->sentence].tokens, i));
		ck_assert_int_eq((token->flags & QUOTH_SENTENCE_START) != 0, doc.sentences[token->sentence].tokens.begin == i);
	}
	for (uint32_t i = 0; i < doc.n_paragraphs; i++) {
		const struct quoth_paragraph *paragraph = &doc.paragraphs[i];

		ck_assert_uint_eq(paragraph->sentences.begin, sentence);
		ck_assert_uint_gt(paragraph->sentences.end, sentence);
		sentence = paragraph->sentences.end;
		ck_assert_uint_eq(doc.sentences[paragraph->sentences.begin].tokens.begin, paragraph->tokens.begin);
		ck_assert_uint_eq(doc.sentences[sentence - 1].tokens.end, paragraph->tokens.end);
		ck_assert(paragraph->dateline_end >= paragraph->tokens.begin && paragraph->dateline_end <= paragraph->tokens.end);
	}
	ck_assert_uint_eq(sentence, doc.n_sentences);
}

START_TEST(layers_hold_together_on_random_text)
{
	static const char *const pieces[] = {"word", " ", " ", ".", ". ", "\n", "\n\n", "\"", "'", "“", "”", "’s", "U.S.", "&quot;", "\xFF", "5",
					     "6'2\"", ",", "Mr.", "(", ")", "—", "-", "...", "@", "#", "/", "http://", "a@b.c", "\u0301", "\u200B",
					     "``", "''", "«", "»", "\u2029", "The", "said", "<b>", "&amp;lt;", "n't", "é", "東京", "*", "_", "$"};
	uint32_t state = 5;

	for (int round = 0; round < 20000; round++) {
		char bytes[600] = "";
		int n = round % 40;

		for (int i = 0; i < n; i++) {
			state = state * 1664525u + 1013904223u;
			strcat(bytes, pieces[(state >> 8) % (sizeof pieces / sizeof *pieces)]);
		}
		segment(bytes, strlen(bytes));
		assert_layers();
	}
}
END_TEST

static double time_copies(const char *piece, size_t n)
{
	size_t length = strlen(piece);
	char *bytes = malloc(n * length);
	double least = 1e9;

	for (size_t i = 0; i < n; i++)
		memcpy(bytes + i * length, piece, length);
	for (int round = 0; round < 3; round++) {
		clock_t begin = clock();
		double seconds;

		segment(bytes, n * length);
		seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
		if (seconds < least)
			least = seconds;
	}
	free(bytes);
	return least;
}

START_TEST(time_is_linear_on_hostile_text)
{
	static const char *const pieces[] = {"a", "a.", "ab.", "a'", "'a", "'", "\"", "\" ", "' ", "a-", "-", ".", ". ", "?", "<", "<a", "@", "a@", "a@b",
					     "://", "a://", "/", "\n", "\u2019", "\u2018", "\u2018a", "a\u2019 ", "1,", "1,234", "A. ", "U.S. ",
					     "\u0301", "“", "said. ", "Mr. ", "#", "#a", "5\"", "5'", "_", "*", "a*", "`", "s' a", " . ", "A "};

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		double once = time_copies(pieces[i], 100000), twice = time_copies(pieces[i], 200000);

		/* 2.3 is the promise; a quadratic pass would take four times as long. */
		ck_assert_msg(twice < 0.05 || twice < 3.2 * once, "%s: %g s, then %g s", pieces[i], once, twice);
	}
}
END_TEST

START_TEST(failing_allocations_are_errors)
{
	const struct quoth_resources resources = {.lexicon = lexicon};
	static const char text[] = "“One,” he said. ‘Two” and 'three.\n\n";
	enum { N_COPIES = 100 };
	char bytes[N_COPIES * (sizeof text - 1)];
	int error = QUOTH_NO_MEMORY;

	for (size_t i = 0; i < N_COPIES; i++)
		memcpy(bytes + i * (sizeof text - 1), text, sizeof text - 1);
	for (size_t limit = 16; error; limit += 208) {
		quoth_arena_reset(arena);
		quoth_arena_limit(arena, limit);
		quoth_document_begin(&doc, arena, "test", bytes, sizeof bytes);
		error = quoth_normalise(&doc, &resources);
		if (error == 0)
			error = quoth_segment(&doc, &resources);
		ck_assert(error == 0 || error == QUOTH_NO_MEMORY);
		ck_assert(error == 0 || (doc.n_tokens == 0 && doc.n_sentences == 0 && doc.n_paragraphs == 0));
		ck_assert_uint_lt(limit, 4 << 20);
	}
	assert_layers();
}
END_TEST

Suite *segment_suite(void)
{
	Suite *suite = suite_create("segment");
	TCase *tokens = tcase_create("tokens"), *sentences = tcase_create("sentences"), *whole = tcase_create("whole");

	tcase_add_checked_fixture(tokens, open_lexicon, close_lexicon);
	tcase_add_test(tokens, clitics_stand_alone);
	tcase_add_test(tokens, apostrophes_stay_inside_words);
	tcase_add_test(tokens, words_may_begin_with_an_apostrophe);
	tcase_add_test(tokens, a_plural_possessive_is_no_quotation_mark);
	tcase_add_test(tokens, hyphenated_words_stay_whole);
	tcase_add_test(tokens, numbers_keep_their_separators);
	tcase_add_test(tokens, abbreviations_keep_their_stop);
	tcase_add_test(tokens, other_stops_stand_alone);
	tcase_add_test(tokens, addresses_and_handles_are_one_token);
	tcase_add_test(tokens, runs_of_marks_are_one_token);
	tcase_add_test(tokens, companies_and_shared_names_stay_whole);
	tcase_add_test(tokens, markup_left_in_the_text_is_one_symbol);
	tcase_add_test(tokens, every_quotation_glyph_is_a_typed_mark);
	tcase_add_test(tokens, feet_and_inches_are_symbols);
	tcase_add_test(tokens, a_year_before_a_closing_mark_is_not_in_inches);
	tcase_add_test(tokens, forms_are_lower_cased_with_straight_apostrophes);
	tcase_add_test(tokens, words_find_their_lexeme);
	tcase_add_test(tokens, shapes_and_kinds_are_told);
	tcase_add_test(tokens, space_and_lines_are_flagged);
	tcase_add_test(tokens, spans_lead_back_to_the_input);
	suite_add_tcase(suite, tokens);

	tcase_add_checked_fixture(sentences, open_lexicon, close_lexicon);
	tcase_add_test(sentences, stops_end_sentences);
	tcase_add_test(sentences, abbreviations_end_none);
	tcase_add_test(sentences, abbreviations_before_a_starting_word_end_one);
	tcase_add_test(sentences, closing_marks_belong_to_the_sentence_before);
	tcase_add_test(sentences, a_question_in_quotation_marks_goes_on);
	tcase_add_test(sentences, ellipses_end_a_sentence_only_before_a_new_one);
	tcase_add_test(sentences, numbers_of_a_list_end_none);
	tcase_add_test(sentences, blank_lines_part_paragraphs);
	tcase_add_test(sentences, line_breaks_part_paragraphs_where_no_blank_line_is);
	tcase_add_test(sentences, wrapped_lines_are_joined);
	tcase_add_test(sentences, short_lines_are_not_joined);
	tcase_add_test(sentences, paragraphs_have_their_kind);
	tcase_add_test(sentences, labels_in_small_letters_are_turns_where_they_come_back);
	tcase_add_test(sentences, datelines_end_at_their_dash);
	suite_add_tcase(suite, sentences);

	tcase_add_checked_fixture(whole, open_lexicon, close_lexicon);
	tcase_set_timeout(whole, 120);
	tcase_add_test(whole, nothing_gives_no_layers);
	tcase_add_test(whole, layers_hold_together_on_random_text);
	tcase_add_test(whole, failing_allocations_are_errors);
	tcase_add_test(whole, time_is_linear_on_hostile_text);
	suite_add_tcase(suite, whole);
	return suite;
}
