#include "tests/stages/text_fixture.h"

static void find_quotations(const char *bytes, size_t size)
{
	run_text(quoth_quotations, bytes, size);
}

/* The input with the quotations in braces: "{“Yes,”} he said"; unclosed ones end in "}-", ones that go on begin with "+{". */
static const char *render(void)
{
	static char line[1 << 14];
	size_t n = 0;

	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		struct quoth_span span = doc.tokens[i].span;

		if (i && span.begin > doc.tokens[i - 1].span.end)
			line[n++] = doc.tokens[i].flags & QUOTH_LINE_START ? '|' : ' ';
		for (uint32_t k = 0; k < doc.n_quotations; k++)
			if (doc.quotations[k].tokens.begin == i)
				n += (size_t)snprintf(line + n, sizeof line - n, "%s{",
						      doc.quotations[k].continues == QUOTH_NONE ? "" : "+");
		n += (size_t)snprintf(line + n, sizeof line - n, "%.*s", (int)(span.end - span.begin),
				      doc.input + span.begin);
		for (uint32_t k = doc.n_quotations; k > 0; k--)
			if (doc.quotations[k - 1].tokens.end == i + 1)
				n += (size_t)snprintf(line + n, sizeof line - n, "}%s",
						      doc.quotations[k - 1].is_closed ? "" : "-");
	}
	line[n] = '\0';
	return line;
}

struct finding {
	const char *text, *found;
};

static void assert_findings(const struct finding *findings, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *found;

		find_quotations(findings[i].text, strlen(findings[i].text));
		found = render();
		ck_assert_msg(strcmp(found, findings[i].found) == 0, "found %s\n want %s", found, findings[i].found);
	}
}

#define ASSERT_FINDINGS(findings) assert_findings(findings, sizeof(findings) / sizeof *(findings))

START_TEST(every_style_is_found)
{
	static const struct finding findings[] = {
		{"\"Yes,\" he said.", "{\"Yes,\"} he said."}, {"“Yes,” he said.", "{“Yes,”} he said."},
		{"'Yes,' he said.", "{'Yes,'} he said."},
		{"‘Yes,’ he said.", "{‘Yes,’} he said."}, {"„Ja“, sagte er.", "{„Ja“}, sagte er."}, {"„Igen”, mondta.",
		 "{„Igen”}, mondta."},
		{"»Ja«, sagte er.", "{»Ja«}, sagte er."}, {"«Oui», dit-il.", "{«Oui»}, dit-il."}, {"« Oui », dit-il.",
		 "{« Oui »}, dit-il."},
		{"‹Oui›, dit-il.", "{‹Oui›}, dit-il."}, {"›Ja‹, sagte er.", "{›Ja‹}, sagte er."}, {"‚Ja‘, sagte er.",
		 "{‚Ja‘}, sagte er."},
		{"「はい」と言った", "{「はい」}と言った"}, {"『はい』と言った", "{『はい』}と言った"}, {"``Yes,'' he said.", "{``Yes,''} he said."},
		{"''Yes,'' he said.", "{''Yes,''} he said."}, {"″Yes,″ he said.", "{″Yes,″} he said."},
		{"〝Yes,〞 he said.", "{〝Yes,〞} he said."},
		{"&quot;Yes,&quot; he said.", "{&quot;Yes,&quot;} he said."}, {"&ldquo;Yes,&rdquo; he said.",
		 "{&ldquo;Yes,&rdquo;} he said."},
		{"”Ja”, sade han.", "{”Ja”}, sade han."}, {"»Ja», sade han.", "{»Ja»}, sade han."},
		{"‘‘Yes,’’ he said.", "{‘‘Yes,’’} he said."},
		{"《是》他说", "{《是》}他说"}, {"`Yes,' he said.", "{`Yes,'} he said."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(mixed_glyphs_close_each_other)
{
	static const struct finding findings[] = {
		{"\"Yes,” he said.", "{\"Yes,”} he said."}, {"“Yes,\" he said.", "{“Yes,\"} he said."},
		{"“Yes,“ he said.", "{“Yes,“} he said."},
		{"”Yes,” he said. “No.”", "{”Yes,”} he said. {“No.”}"}, {"‘Yes,' he said.", "{‘Yes,'} he said."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(split_quotations_are_two)
{
	static const struct finding findings[] = {
		{"“Yes,” he said, “we can.”", "{“Yes,”} he said, {“we can.”}"}, {"\"Yes,\" he said, \"we can.\"",
		 "{\"Yes,\"} he said, {\"we can.\"}"},
		{"\"Yes\"--he coughed--\"we can.\"", "{\"Yes\"}--he coughed--{\"we can.\"}"},
		{"She said \"yes\" and \"no\".", "She said {\"yes\"} and {\"no\"}."},
		{"(\"Yes\")", "({\"Yes\"})"}, {"said.“Next,” he", "said.{“Next,”} he"}, {"He said:\"Go.\"",
		 "He said:{\"Go.\"}"},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(quotations_nest)
{
	static const struct finding findings[] = {
		{"“He said ‘no’ to me,” she said.", "{“He said {‘no’} to me,”} she said."},
		{"\"He said 'no' to me,\" she said.", "{\"He said {'no'} to me,\"} she said."},
		{"‘He said “no” to me,’ she said.", "{‘He said {“no”} to me,’} she said."},
		{"“He said ‘no,’” she said.", "{“He said {‘no,’}”} she said."}, {"\"He said 'no.'\"",
		 "{\"He said {'no.'}\"}"},
		{"«Il a dit “non”», dit-elle.", "{«Il a dit {“non”}»}, dit-elle."}, {"«Elle dit: ‹Oui›»",
		 "{«Elle dit: {‹Oui›}»}"},
		{"„Er sagte ‚nein‘ dazu“", "{„Er sagte {‚nein‘} dazu“}"}, {"「彼は『いや』と」", "{「彼は{『いや』}と」}"},
		{"“He said “no” to me,” she said.", "{“He said {“no”} to me,”} she said."},
		{"“‘No,’ he said,” she said.", "{“{‘No,’} he said,”} she said."},
		{"\"He said “no” to me,\" she said.", "{\"He said {“no”} to me,\"} she said."},
		{"“He said \"no\" to me,” she said.", "{“He said {\"no\"} to me,”} she said."},
		{"''He said 'no' to me,'' she said.", "{''He said {'no'} to me,''} she said."},
	};

	ASSERT_FINDINGS(findings);
	find_quotations("“He said ‘no’ to me,”", strlen("“He said ‘no’ to me,”"));
	ck_assert_uint_eq(doc.quotations[1].parent, 0);
	ck_assert_uint_eq(doc.quotations[1].depth, 1);
	ck_assert_uint_eq(doc.quotations[0].parent, QUOTH_NONE);
}
END_TEST

START_TEST(apostrophes_open_nothing)
{
	static const struct finding findings[] = {
		{"O'Hara's dogs' bowls weren't full.", "O'Hara's dogs' bowls weren't full."},
		{"the ’90s and ’twas rock ’n’ roll", "the ’90s and ’twas rock ’n’ roll"},
		{"“It’s the dogs’ bowl,” he said.", "{“It’s the dogs’ bowl,”} he said."},
		{"'It's the dogs' bowl,' he said.", "{'It's the dogs' bowl,'} he said."},
		{"‘Don’t,’ said O’Hara.", "{‘Don’t,’} said O’Hara."}, {"the '70s and '80s", "the '70s and '80s"},
		{"in the 'hood it rained", "in the 'hood it rained"},
		{"“The Joneses’ car,” she said, “isn’t theirs.”", "{“The Joneses’ car,”} she said, {“isn’t theirs.”}"},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(feet_and_inches_are_no_quotations)
{
	static const struct finding findings[] = {
		{"He is 6'2\" and she 5'9\" tall.", "He is 6'2\" and she 5'9\" tall."}, {"a 12\" pipe and a 6' fence",
		 "a 12\" pipe and a 6' fence"},
		{"\"He is 6'2\" tall,\" she said.", "{\"He is 6'2\" tall,\"} she said."}, {"a 7″ single",
		 "a 7″ single"},
		{"\"We lost in 2012\" and left.", "{\"We lost in 2012\"} and left."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(a_quotation_goes_on_in_the_next_paragraph)
{
	static const struct finding findings[] = {
		{"“One.\n\n“Two.\n\n“Three,” he said.", "{“One.}-|+{“Two.}-|+{“Three,”} he said."},
		{"\"One.\n\n\"Two,\" he said.", "{\"One.}-|+{\"Two,\"} he said."}, {"‘One.\n\n‘Two,’ he said.",
		 "{‘One.}-|+{‘Two,’} he said."},
		{"« Un.\n\n« Deux », dit-il.", "{« Un.}-|+{« Deux »}, dit-il."}, {"« Un.\n\n» Deux », dit-il.",
		 "{« Un.}-|+{» Deux »}, dit-il."},
		{"„Eins.\n\n„Zwei“, sagte er.", "{„Eins.}-|+{„Zwei“}, sagte er."}, {"“One,” he said. “Two.\n\n“Three.”",
		 "{“One,”} he said. {“Two.}-|+{“Three.”}"},
		{"“One.\n\n“Two,” he said. “Three.”", "{“One.}-|+{“Two,”} he said. {“Three.”}"},
	};

	ASSERT_FINDINGS(findings);
	find_quotations("“One.\n\n“Two.\n\n“Three.”", strlen("“One.\n\n“Two.\n\n“Three.”"));
	ck_assert_uint_eq(doc.quotations[0].continues, QUOTH_NONE);
	ck_assert_uint_eq(doc.quotations[1].continues, 0);
	ck_assert_uint_eq(doc.quotations[2].continues, 1);
}
END_TEST

START_TEST(a_quotation_goes_on_without_a_second_mark)
{
	static const struct finding findings[] = {
		{"“One.\n\nTwo,” he said.", "{“One.}-|+{Two,”} he said."}, {"\"One.\n\nTwo,\" he said.",
		 "{\"One.}-|+{Two,\"} he said."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(closed_quotations_do_not_go_on)
{
	static const struct finding findings[] = {
		{"“One.”\n\n“Two,” he said.", "{“One.”}|{“Two,”} he said."}, {"“One.\n\nTwo.\n\n“Three.”",
		 "{“One.}-|Two.|{“Three.”}"},
		{"“One.\n\n«Two.»", "{“One.}-|{«Two.»}"},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(a_mark_that_is_never_closed_ends_with_its_paragraph)
{
	static const struct finding findings[] = {
		{"He said “we can.\n\nIt rained.", "He said {“we can.}-|It rained."},
		{"He said \"we can.\n\nIt rained.", "He said {\"we can.}-|It rained."},
		{"«Oui, dit-il.", "{«Oui, dit-il.}-"},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(a_second_opening_mark_ends_the_first)
{
	static const struct finding findings[] = {
		{"“One, he said. “Two.”", "{“One, he said. }-{“Two.”}"}, {"\"One, he said. \"Two.\"",
		 "{\"One, he said. }-{\"Two.\"}"},
	};

	for (size_t i = 0; i < sizeof findings / sizeof *findings; i++) {
		find_quotations(findings[i].text, strlen(findings[i].text));
		ck_assert_uint_eq(doc.n_quotations, 2);
		ck_assert(!doc.quotations[0].is_closed && doc.quotations[1].is_closed);
		ck_assert_uint_eq(doc.quotations[0].tokens.end, doc.quotations[1].tokens.begin);
		ck_assert_uint_eq(doc.quotations[1].depth, 0);
	}
}
END_TEST

START_TEST(a_stray_closing_mark_is_no_quotation)
{
	static const struct finding findings[] = {
		{"We can,” he said.", "We can,” he said."}, {"We can,\" he said.", "We can,\" he said."},
		{"On peut», dit-il.", "On peut», dit-il."},
		{"We can,” he said. “Yes.”", "We can,” he said. {“Yes.”}"}, {"We can,\" he said. \"Yes.\"",
		 "We can,\" he said. {\"Yes.\"}"},
		{"a ” b", "a ” b"},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(a_single_mark_left_open_was_an_apostrophe)
{
	static const struct finding findings[] = {
		{"“He said ‘no to me,” she said.", "{“He said ‘no to me,”} she said."},
		{"\"That ol' man 'pologised,\" she said.", "{\"That ol' man 'pologised,\"} she said."},
		{"He said ‘no to me.", "He said ‘no to me."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(empty_marks_are_no_quotation)
{
	static const struct finding findings[] = {{"He said “” twice.", "He said “” twice."}, {"He said \"\" twice.",
	"He said \"\" twice."}};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(a_misplaced_space_does_not_matter)
{
	static const struct finding findings[] = {
		{"“ We can , ” he said.", "{“ We can , ”} he said."}, {"\" We can , \" he said.",
		 "{\" We can , \"} he said."},
		{"He said, ” we can.”", "He said, {” we can.”}"}, {"” … we can,” he said.", "{” … we can,”} he said."},
		{"He said \"we can\"and left.", "He said {\"we can\"}and left."}, {"He said“we can”and left.",
		 "He said{“we can”}and left."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(paragraphs_are_independent)
{
	static const struct finding findings[] = {
		{"An odd \" mark.\n\nShe said \"yes\" twice.", "An odd {\" mark.}-|She said {\"yes\"} twice."},
		{"One 5\" nail\n\n\"Yes,\" he said.\n\n\"No,\" she said.",
		 "One 5\" nail|{\"Yes,\"} he said.|{\"No,\"} she said."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(british_singles_are_found_all_through)
{
	static const struct finding findings[] = {
		{"‘I don’t know,’ said O’Hara. ‘The Joneses’ car isn’t here. It’s in the ’burbs.’",
		 "{‘I don’t know,’} said O’Hara. {‘The Joneses’ car isn’t here. It’s in the ’burbs.’}"},
		{"'I don't know,' said O'Hara. 'It isn't here.'", "{'I don't know,'} said O'Hara. {'It isn't here.'}"},
		{"‘It was “odd”,’ he said.", "{‘It was {“odd”},’} he said."},
	};

	ASSERT_FINDINGS(findings);
}
END_TEST

START_TEST(tokens_know_how_deep_they_lie)
{
	find_quotations("He: “A ‘b’ c” d", strlen("He: “A ‘b’ c” d"));
	ck_assert_uint_eq(doc.n_tokens, 10);
	for (uint32_t i = 0; i < doc.n_tokens; i++) {
		static const uint8_t depths[] = {0, 0, 1, 1, 2, 2, 2, 1, 1, 0};

		ck_assert_uint_eq(doc.tokens[i].quote_depth, depths[i]);
	}
}
END_TEST

START_TEST(scare_quotes_are_told_from_speech)
{
	static const struct {
		const char *text;
		bool is_scare;
	} cases[] = {
		{"The so-called “reform” cost millions.", true}, {"Her novel “The Glass Harbour” sold well.", true},
		{"Known as “Big Ed”, he ran the docks.", true},
		{"He called it a 'win' for all.", true}, {"“No,” he said.", false},
		{"“We will not pay a single penny,” he said.", false},
		{"He asked: “Why?”", false}, {"She said, “Never.”", false},
		{"They said “we are leaving the country”.", false},
		{"“Enough!” she cried.", false},
		{"“The roof fell in and nobody came to help us until morning.”", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		find_quotations(cases[i].text, strlen(cases[i].text));
		ck_assert_uint_eq(doc.n_quotations, 1);
		ck_assert_msg(doc.quotations[0].is_scare == cases[i].is_scare, "%s", cases[i].text);
	}
}
END_TEST

static void assert_layers(void)
{
	for (uint32_t i = 0; i < doc.n_quotations; i++) {
		const struct quoth_quotation *quotation = &doc.quotations[i];

		assert_each(quotation->tokens.begin + 1 < quotation->tokens.end && quotation->tokens.end <= doc.n_tokens);
		assert_each(i == 0 || doc.quotations[i - 1].tokens.begin <= quotation->tokens.begin);
		assert_each(quotation->mark != QUOTH_NO_MARK);
		if (quotation->parent != QUOTH_NONE) {
			assert_each(quotation->parent < i);
			assert_each(quoth_range_within(quotation->tokens, doc.quotations[quotation->parent].tokens));
			assert_each(quotation->depth == doc.quotations[quotation->parent].depth + 1);
		} else {
			assert_each(quotation->depth == 0);
			assert_each(i == 0 || doc.quotations[i - 1].depth > 0 ||
				    doc.quotations[i - 1].tokens.end <= quotation->tokens.begin);
		}
		if (quotation->continues != QUOTH_NONE) {
			assert_each(quotation->continues < i);
			assert_each(!doc.quotations[quotation->continues].is_closed);
		}
		assert_each(doc.sentences[doc.tokens[quotation->tokens.begin].sentence].paragraph ==
			    doc.sentences[doc.tokens[quotation->tokens.end - 1].sentence].paragraph);
	}
}

START_TEST(quotations_hold_together_on_random_marks)
{
	static const char *const pieces[] = {"word", " ", " ", " ", ". ", ", ", "\n\n", "\"", "'", "“", "”", "‘", "’",
	"«", "»", "„", "‹", "›", "「", "」", "``", "''", "″", "’s "};
	uint32_t state = 3;

	for (int round = 0; round < 30000; round++) {
		char bytes[400] = "";
		int n = round % 50;

		for (int i = 0; i < n; i++)
			strcat(bytes, pieces[next_random(&state, sizeof pieces / sizeof *pieces)]);
		find_quotations(bytes, strlen(bytes));
		assert_layers();
	}
}
END_TEST

START_TEST(a_hundred_thousand_nested_marks_are_bounded)
{
	static const char *const pieces[] = {"“a ", "« a “", "「", "‘a “b ", "„", "(“"};

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		size_t size;
		char *bytes = copy_pieces(pieces[i], 100000, &size);

		find_quotations(bytes, size);
		assert_layers();
		for (uint32_t k = 0; k < doc.n_quotations; k++)
			assert_each(doc.quotations[k].depth < 16);
		free(bytes);
	}
}
END_TEST

START_TEST(deep_nesting_is_text_and_the_outer_ones_still_close)
{
	char bytes[2048] = "";

	for (int i = 0; i < 30; i++)
		strcat(bytes, "「");
	strcat(bytes, "a");
	for (int i = 0; i < 30; i++)
		strcat(bytes, "」");
	find_quotations(bytes, strlen(bytes));
	ck_assert_uint_eq(doc.n_quotations, 16);
	ck_assert(doc.quotations[0].is_closed);
	ck_assert_uint_eq(doc.quotations[0].tokens.end, doc.n_tokens);
	assert_layers();
}
END_TEST

START_TEST(failing_allocations_are_errors)
{
	size_t size;
	char *bytes = copy_pieces("“One,” he said. ‘Two” and 'three.\n\n", 100, &size);

	run_text_without_memory(quoth_quotations, bytes, size, 208);
	assert_layers();
	free(bytes);
}
END_TEST

START_TEST(time_is_linear_on_a_million_marks)
{
	static const char *const pieces[] = {"\"", "“", "”", "'", "‘", "’", "«", "»", "\" ", " “", "“ ‘", "” ",
	"“a\n\n", "a”\n\n", "「", "」", "“a” ", " ' "};

	assert_linear(quoth_quotations, pieces, sizeof pieces / sizeof *pieces);
}
END_TEST

Suite *quotations_suite(void)
{
	Suite *suite = suite_create("quotations");
	TCase *tcase = tcase_create("quotations");

	tcase_add_checked_fixture(tcase, open_text, close_text);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, every_style_is_found);
	tcase_add_test(tcase, mixed_glyphs_close_each_other);
	tcase_add_test(tcase, split_quotations_are_two);
	tcase_add_test(tcase, quotations_nest);
	tcase_add_test(tcase, apostrophes_open_nothing);
	tcase_add_test(tcase, feet_and_inches_are_no_quotations);
	tcase_add_test(tcase, a_quotation_goes_on_in_the_next_paragraph);
	tcase_add_test(tcase, a_quotation_goes_on_without_a_second_mark);
	tcase_add_test(tcase, closed_quotations_do_not_go_on);
	tcase_add_test(tcase, a_mark_that_is_never_closed_ends_with_its_paragraph);
	tcase_add_test(tcase, a_second_opening_mark_ends_the_first);
	tcase_add_test(tcase, a_stray_closing_mark_is_no_quotation);
	tcase_add_test(tcase, a_single_mark_left_open_was_an_apostrophe);
	tcase_add_test(tcase, empty_marks_are_no_quotation);
	tcase_add_test(tcase, a_misplaced_space_does_not_matter);
	tcase_add_test(tcase, paragraphs_are_independent);
	tcase_add_test(tcase, british_singles_are_found_all_through);
	tcase_add_test(tcase, tokens_know_how_deep_they_lie);
	tcase_add_test(tcase, scare_quotes_are_told_from_speech);
	tcase_add_test(tcase, quotations_hold_together_on_random_marks);
	tcase_add_test(tcase, a_hundred_thousand_nested_marks_are_bounded);
	tcase_add_test(tcase, deep_nesting_is_text_and_the_outer_ones_still_close);
	tcase_add_test(tcase, failing_allocations_are_errors);
	tcase_add_test(tcase, time_is_linear_on_a_million_marks);
	suite_add_tcase(suite, tcase);
	return suite;
}
