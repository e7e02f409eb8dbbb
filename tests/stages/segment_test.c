#include "tests/stages/text_fixture.h"

static void segment(const char *bytes, size_t size)
{
	run_text(quoth_segment, bytes, size);
}

/* The tokens as a line: parted by a blank, sentences by " / ", paragraphs by " // ". */
static const char *render(void)
{
	static char line[1 << 12];
	size_t n = 0;

	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		uint32_t sentence = doc.tokens[i].sentence;
		const char *parting = i == 0 ? "" : " ";

		if (i && sentence != doc.tokens[i - 1].sentence)
			parting = doc.sentences[sentence].paragraph == doc.sentences[sentence - 1].paragraph ? " / "
													      : " // ";
		n += (size_t)snprintf(line + n, sizeof line - n, "%s%.*s", parting, (int)doc.tokens[i].length,
				      quoth_token_text(&doc, i));
	}
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

#define ASSERT_SENTENCES(cuts) assert_cuts(cuts, sizeof(cuts) / sizeof *(cuts))

/* ---- sentences ---- */

START_TEST(stops_end_sentences)
{
	static const struct cut cuts[] = {
		{"He left. She stayed.", "He left . / She stayed ."}, {"Why? Nobody knew! It rained.",
		 "Why ? / Nobody knew ! / It rained ."},
		{"It cost 3.5 million. Nobody paid.", "It cost 3.5 million . / Nobody paid ."}, {"it ended.Next came",
		 "it ended . / Next came"},
		{"He left (at noon). She stayed.", "He left ( at noon ) . / She stayed ."},
		{"(He laughed.) Then he left.", "( He laughed . ) / Then he left ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(abbreviations_end_none)
{
	static const struct cut cuts[] = {
		{"On Jan. 31 it rained.", "On Jan. 31 it rained ."}, {"Mr. Weiss met Gen. Okba.",
		 "Mr. Weiss met Gen. Okba ."},
		{"The U.S. Senate met.", "The U.S. Senate met ."}, {"At 5 p.m. Monday it began.",
		 "At 5 p.m. Monday it began ."},
		{"George W. Harlan left.", "George W. Harlan left ."}, {"See No. 5 there.", "See No. 5 there ."},
		{"Rep. J. R. Doe (D-Calif.) left.", "Rep. J. R. Doe ( D-Calif. ) left ."},
		{"Acme Inc. Chairman Lee left.", "Acme Inc. Chairman Lee left ."}, {"St. Petersburg was cold.",
		 "St. Petersburg was cold ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(abbreviations_before_a_starting_word_end_one)
{
	static const struct cut cuts[] = {
		{"He came to the U.S. He stayed.", "He came to the U.S. / He stayed ."},
		{"It began at 5 p.m. The rain fell.", "It began at 5 p.m. / The rain fell ."},
		{"He works for Acme Inc. It makes nails.", "He works for Acme Inc. / It makes nails ."},
		{"They moved to Washington, D.C. They liked it.", "They moved to Washington , D.C. / They liked it ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(closing_marks_belong_to_the_sentence_before)
{
	static const struct cut cuts[] = {
		{"“We won.” He left.", "“ We won . ” / He left ."}, {"\"We won.\" He left.",
		 "\" We won . \" / He left ."},
		{"''We won.'' He left.", "'' We won . '' / He left ."}, {"‘We won.’ He left.",
		 "‘ We won . ’ / He left ."},
		{"„Wir siegen.“ Er ging.", "„ Wir siegen . “ / Er ging ."}, {"«On gagne.» Il part.",
		 "« On gagne . » / Il part ."},
		{"« On gagne. » Il part.", "« On gagne . » / Il part ."}, {"“He said ‘no.’” She left.",
		 "“ He said ‘ no . ’ ” / She left ."},
		{"She said.“Next”", "She said . / “ Next ”"}, {"She said.\"Next\"", "She said . / \" Next \""},
		{"He left. \"We won,\" he said.", "He left . / \" We won , \" he said ."},
		{"»Wir siegen.« Er ging.", "» Wir siegen . « / Er ging ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(a_question_in_quotation_marks_goes_on)
{
	static const struct cut cuts[] = {
		{"“Why?” he asked.", "“ Why ? ” he asked ."}, {"\"Stop!\" shouted Weiss.",
		 "\" Stop ! \" shouted Weiss ."},
		{"“Why?” Weiss asked.", "“ Why ? ” Weiss asked ."}, {"“Why?” I asked.", "“ Why ? ” I asked ."},
		{"Yahoo! said it grew.", "Yahoo ! said it grew ."},
		{"Why? he asked.", "Why ? he asked ."}, {"are you there? we wait", "are you there ? / we wait"},
		{"“Why?” They left.", "“ Why ? ” / They left ."}, {"“We won.” Weiss said.",
		 "“ We won . ” Weiss said ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(ellipses_end_a_sentence_only_before_a_new_one)
{
	static const struct cut cuts[] = {
		{"He paused ... and left.", "He paused ... and left ."}, {"He paused… The door fell.",
		 "He paused … / The door fell ."},
		{"I saw ... Weiss there.", "I saw ... Weiss there ."}, {"He paused.... Weiss left.",
		 "He paused .... / Weiss left ."},
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
		{"One.\n\nTwo.", "One . // Two ."}, {"One.\r\n\r\nTwo.", "One . // Two ."}, {"One.\n \t\nTwo.",
		 "One . // Two ."},
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
		 "The council met late on Monday and decided after long talks that the Harbour Bridge should be closed for "
		 "three weeks , because inspectors Lang and Moor had found rust in its bearings and in one of the cables . // "
		 "It opens in June ."},
	};

	ASSERT_SENTENCES(cuts);
}
END_TEST

START_TEST(short_lines_are_not_joined)
{
	static const struct cut cuts[] = {
		{"Results\nNorth 12\nSouth 14\n\nThe rest came later, as everybody in the little town had long expected of them.",
		 "Results // North 12 // South 14 // "
		 "The rest came later , as everybody in the little town had long expected of them ."},
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
		{"Council closes bridge", QUOTH_HEADLINE}, {"The council closed the bridge.", QUOTH_BODY},
		{"By Jane Doe", QUOTH_BYLINE},
		{"BY JANE DOE", QUOTH_BYLINE}, {"Reporting by Jane Doe; editing by John Roe", QUOTH_BYLINE},
		{"(Reporting by Jane Doe)", QUOTH_BYLINE},
		{"• a loaf of bread", QUOTH_LIST_ITEM}, {"- a loaf of bread", QUOTH_LIST_ITEM},
		{"* a loaf", QUOTH_LIST_ITEM},
		{"3. Dry it.", QUOTH_LIST_ITEM}, {"Q: Why?", QUOTH_TURN}, {"WEISS: Nineteen.", QUOTH_TURN},
		{"MR. WEISS: Nineteen.", QUOTH_TURN},
		{"PRIME MINISTER HALE: No.", QUOTH_TURN}, {"By then it was late.", QUOTH_BODY}, {"By our correspondent in Oslo", QUOTH_BYLINE},
		{"“Nineteen,” he said", QUOTH_HEADLINE},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[256];

		snprintf(text, sizeof text, "%s\n\nMOOR: The rest is here.", cases[i].text);
		segment(text, strlen(text));
		ck_assert_msg(doc.paragraphs[0].kind == cases[i].kind, "%s: %d", cases[i].text, doc.paragraphs[0].kind);
	}
}
END_TEST

START_TEST(labels_in_small_letters_are_turns_where_they_come_back)
{
	static const char turns[] = "Anna Weiss: Why?\n\nJon Moor: Because.\n\nAnna Weiss: And then?\n\n"
				    "Moor: Nothing came.\n\nNote: it ends here.";
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
		{"MOSCOW, Jan. 31 (Wire) — The ministry said no.", 8}, {"WASHINGTON (AP) — The Latest", 5},
		{"OSLO – Norway said no.", 2},
		{"OULU, Finland – 17 September – Acme said", 4}, {"NEW YORK -- Stocks fell.", 3},
		{"NATO said — again — no.", 0},
		{"The ministry — again — said no.", 0}, {"PARIS/BERLIN, May 4 (Wire) - Two", 8},
		{"Moscow (Wire) — The ministry said no.", 5}, {"Moscow — The ministry said no.", 0},
		{"RIO DE JANEIRO - Rain fell.", 4},
		{"HOSAPUR: The court on Friday said no.", 2},
		{"VOTERS WANT MORE THAN PROMISES - A poll shows", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		segment(cases[i].text, strlen(cases[i].text));
		ck_assert_msg(doc.paragraphs[0].dateline_end == cases[i].end, "%s: %u", cases[i].text,
			      doc.paragraphs[0].dateline_end);
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

		assert_each(token->length > 0);
		assert_each(token->text >= text && token->text + token->length <= doc.text_size);
		assert_each(token->span.begin >= input && token->span.begin < token->span.end);
		assert_each(token->span.end <= doc.input_size);
		text = token->text + token->length;
		input = token->span.end;
		assert_each(quoth_range_holds(doc.sentences[token->sentence].tokens, i));
		assert_each(((token->flags & QUOTH_SENTENCE_START) != 0) == (doc.sentences[token->sentence].tokens.begin == i));
	}
	for (uint32_t i = 0; i < doc.n_paragraphs; i++) {
		const struct quoth_paragraph *paragraph = &doc.paragraphs[i];

		assert_each(paragraph->sentences.begin == sentence);
		assert_each(paragraph->sentences.end > sentence);
		sentence = paragraph->sentences.end;
		assert_each(doc.sentences[paragraph->sentences.begin].tokens.begin == paragraph->tokens.begin);
		assert_each(doc.sentences[sentence - 1].tokens.end == paragraph->tokens.end);
		assert_each(paragraph->dateline_end >= paragraph->tokens.begin);
		assert_each(paragraph->dateline_end <= paragraph->tokens.end);
	}
	assert_each(sentence == doc.n_sentences);
}

START_TEST(layers_hold_together_on_random_text)
{
	static const char *const pieces[] = {"word", " ", " ", ".", ". ", "\n", "\n\n", "\"", "'", "“", "”", "’s",
	"U.S.", "&quot;", "\xFF", "5",
					     "6'2\"", ",", "Mr.", "(", ")", "—", "-", "...", "@", "#", "/", "http://",
					"a@b.c", "\u0301", "\u200B",
					     "``", "''", "«", "»", "\u2029", "The", "said", "<b>", "&amp;lt;", "n't",
					"é", "東京", "*", "_", "$"};
	uint32_t state = 5;

	for (int round = 0; round < 20000; round++) {
		char bytes[600] = "";
		int n = round % 40;

		for (int i = 0; i < n; i++)
			strcat(bytes, pieces[next_random(&state, sizeof pieces / sizeof *pieces)]);
		segment(bytes, strlen(bytes));
		assert_layers();
	}
}
END_TEST

START_TEST(failing_allocations_are_errors)
{
	size_t size;
	char *bytes = copy_pieces("“One,” he said. ‘Two” and 'three.\n\n", 100, &size);

	run_text_without_memory(quoth_segment, bytes, size, 208);
	assert_layers();
	free(bytes);
}
END_TEST

START_TEST(time_is_linear_on_hostile_text)
{
	static const char *const pieces[] = {"a", "a.", "ab.", "a'", "'a", "'", "\"", "\" ", "' ", "a-", "-", ".", ". ",
	"?", "<", "<a", "@", "a@", "a@b",
					     "://", "a://", "/", "\n", "\u2019", "\u2018", "\u2018a", "a\u2019 ", "1,",
					"1,234", "A. ", "U.S. ",
					     "\u0301", "“", "said. ", "Mr. ", "#", "#a", "5\"", "5'", "_", "*", "a*",
					"`", "s' a", " . ", "A "};

	assert_linear(quoth_segment, pieces, sizeof pieces / sizeof *pieces);
}
END_TEST

Suite *segment_suite(void)
{
	Suite *suite = suite_create("segment");
	TCase *tcase = tcase_create("segment");

	tcase_add_checked_fixture(tcase, open_text, close_text);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, stops_end_sentences);
	tcase_add_test(tcase, abbreviations_end_none);
	tcase_add_test(tcase, abbreviations_before_a_starting_word_end_one);
	tcase_add_test(tcase, closing_marks_belong_to_the_sentence_before);
	tcase_add_test(tcase, a_question_in_quotation_marks_goes_on);
	tcase_add_test(tcase, ellipses_end_a_sentence_only_before_a_new_one);
	tcase_add_test(tcase, numbers_of_a_list_end_none);
	tcase_add_test(tcase, blank_lines_part_paragraphs);
	tcase_add_test(tcase, line_breaks_part_paragraphs_where_no_blank_line_is);
	tcase_add_test(tcase, wrapped_lines_are_joined);
	tcase_add_test(tcase, short_lines_are_not_joined);
	tcase_add_test(tcase, paragraphs_have_their_kind);
	tcase_add_test(tcase, labels_in_small_letters_are_turns_where_they_come_back);
	tcase_add_test(tcase, datelines_end_at_their_dash);
	tcase_add_test(tcase, nothing_gives_no_layers);
	tcase_add_test(tcase, layers_hold_together_on_random_text);
	tcase_add_test(tcase, failing_allocations_are_errors);
	tcase_add_test(tcase, time_is_linear_on_hostile_text);
	suite_add_tcase(suite, tcase);
	return suite;
}
