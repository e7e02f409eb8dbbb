#include "stages/stance.h"

#include "stages/lexicon.h"
#include "tests/stages/marked_fixture.h"

#include <string.h>

static const struct {
	const char *text;
	enum quoth_stance stance;
} cases[] = {
	/* the class of the cue */
	{"{The minister} <said> [the bridge was safe].", QUOTH_STATES},
	{"[The bridge is safe], <according to> {the minister}.", QUOTH_STATES},
	{"{Engineers} <believe> [that the bridge is safe].", QUOTH_STATES},
	{"{The minister} <denied> [that the bridge was unsafe].", QUOTH_DENIES},
	{"{The council} <rejected> [the plan].", QUOTH_DENIES},
	{"{Reporters} <asked> [when the bridge would open].", QUOTH_ASKS},
	{"{The council} <promised> [to repair the bridge].", QUOTH_PROMISES},
	{"{She} <urged> drivers [to stay away].", QUOTH_DEMANDS},
	{"{Engineers} <warned> [that the bridge might fall].", QUOTH_WARNS},
	/* the list, by form, by lemma, phrases */
	{"{Engineers} <praised> [the new bridge].", QUOTH_PRAISES},
	{"{Drivers} are <praising> [the new bridge].", QUOTH_PRAISES},
	{"{Drivers} <blamed> [the council].", QUOTH_BLAMES},
	{"{The mayor} <complained> [that nobody had told her].", QUOTH_BLAMES},
	{"{The mayor} <doubts> [that the bridge will open].", QUOTH_DOUBTS},
	{"{The mayor} <called for> [an inquiry].", QUOTH_DEMANDS},
	{"{The mayor} <called> [the bridge a wonder].", QUOTH_STATES},
	{"{The union} <came out against> [the toll].", QUOTH_DENIES},
	{"{The union} <threw his support behind> [the toll].", QUOTH_PRAISES},
	{"{The mayor} <fears> [the bridge may fall].", QUOTH_WARNS},
	{"{The paper} <hailed> [the bridge as a wonder].", QUOTH_PRAISES},
	/* nouns, adjectives and adverbs */
	{"the <denial> of {the mayor} [that the bridge was unsafe]", QUOTH_DENIES},
	{"{Engineers} repeated their <warnings> [that the bridge might fall].", QUOTH_WARNS},
	{"{The mayor} <issued> a firm denial [that the bridge was unsafe].", QUOTH_DENIES},
	{"“[The bridge may fall],” {the engineers} <said> in a warning.", QUOTH_WARNS},
	{"“[A fine bridge],” {the king} <said> approvingly.", QUOTH_PRAISES},
	{"[The mayor will visit the bridge], <according to> {a campaign} aide.", QUOTH_STATES},
	{"{The mayor} <said> in a campaign speech [that the bridge was safe].", QUOTH_STATES},
	{"{The king} <told> the Trumpet: “[A bridge.]”", QUOTH_STATES},
	{"{The mayor} is <unsure> [whether the bridge will open].", QUOTH_DOUBTS},
	{"{The mayor} was <proud> [that the bridge had opened].", QUOTH_PRAISES},
	/* infinitives */
	{"{The mayor} <asked> drivers [to stay away].", QUOTH_DEMANDS},
	{"{The mayor} <told> drivers [to stay away].", QUOTH_DEMANDS},
	{"{The council} <agreed> [to repair the bridge].", QUOTH_PROMISES},
	{"{The council} <agreed> [that the bridge was old].", QUOTH_STATES},
	{"{The council} <wants> [to repair the bridge].", QUOTH_PROMISES},
	{"{The council} <wants> [a new bridge].", QUOTH_DEMANDS},
	/* negation */
	{"{The minister} did not <say> [that the bridge was safe].", QUOTH_DOUBTS},
	{"{The minister} never <confirmed> [that the bridge was safe].", QUOTH_DOUBTS},
	{"{The minister} didn't <deny> [that the bridge was unsafe].", QUOTH_DOUBTS},
	{"{The minister} declined to <say> [whether the bridge was safe].", QUOTH_DOUBTS},
	{"{The minister} does not <believe> [that the bridge is unsafe].", QUOTH_DENIES},
	{"{The minister} does not <know> [whether the bridge is unsafe].", QUOTH_DOUBTS},
	{"{The minister} does not <doubt> [that the bridge is safe].", QUOTH_STATES},
	{"{No one} has <said> [that the bridge is safe].", QUOTH_DOUBTS},
	{"{The council} will not <promise> [to repair the bridge].", QUOTH_DENIES},
	{"{The union} does not <support> [the toll].", QUOTH_DENIES},
	{"{The mayor} <has no doubt> [that the bridge is safe].", QUOTH_STATES},
	/* a negation elsewhere is none of the cue's */
	{"The bridge is not open, {the minister} <said>: [the bridge is old].", QUOTH_STATES},
	{"Nothing changed. {The minister} <said> [nothing would change].", QUOTH_STATES},
	/* the content */
	{"“[Is the bridge safe?]” {the mayor} <said>.", QUOTH_ASKS},
	{"“[Is the bridge safe? We do not know.]” {the mayor} <said>.", QUOTH_STATES},
	{"“[Is it safe?]” {the mayor} <said>. “[Who knows?]”", QUOTH_ASKS},
	{"“[The bridge is old],” {the mayor} <said>. “[Is it safe?]”", QUOTH_STATES},
	{"“[Is the bridge],” {the mayor} <said>, “[safe?]”", QUOTH_ASKS},
	{"“[I told them, ‘Is it safe?’]” {the mayor} <said>.", QUOTH_STATES},
	{"“[Stop the ferries at once],” {the mayor} <said>.", QUOTH_DEMANDS},
	{"“[Thank you all],” {the mayor} <said>.", QUOTH_STATES},
	{"{The mayor} <said> [that the council should close the bridge].", QUOTH_DEMANDS},
	{"{The mayor} <said> [the council has to close the bridge].", QUOTH_DEMANDS},
	{"{The mayor} <said> [the council should have closed the bridge].", QUOTH_STATES},
	{"{The mayor} <said> [the council has closed the bridge].", QUOTH_STATES},
	{"{The mayor} <denied> [that the council should close the bridge].", QUOTH_DENIES},
	/* no cue */
	{"“[The bridge is safe.]”", QUOTH_STATES},
	{"“[Is the bridge safe?]”", QUOTH_ASKS},
	{"{Mayor}<:> [The bridge is safe.]", QUOTH_STATES},
	{"{Mayor}<:> [Is the bridge safe?]", QUOTH_ASKS},
};

START_TEST(the_stance_is_that_of_cue_negation_and_content)
{
	read_marked(cases[_i].text);
	ck_assert_msg(quoth_stance_find(&marked.doc, &marked.resources, &marked.attribution) == cases[_i].stance, "%s: %u, not %u",
		      cases[_i].text, quoth_stance_find(&marked.doc, &marked.resources, &marked.attribution), cases[_i].stance);
}
END_TEST

/* A phrase that only stances.tsv knew would hide shorter cues from those who look for them. */
START_TEST(every_phrase_with_a_stance_is_a_cue_phrase)
{
	static const char *const phrases[] = {"call out", "throw cold water on", "come out in favor of", "would like"};

	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
		const struct quoth_lexeme *phrase;
		uint32_t forms[8], n = 0;

		for (const char *word = phrases[i]; *word; n++) {
			size_t length = strcspn(word, " ");

			forms[n] = quoth_form_hash(word, length);
			word += length + (word[length] == ' ');
		}
		ck_assert_uint_eq(quoth_lexicon_phrase(marked.resources.lexicon, forms, n, &phrase), n);
		ck_assert_uint_ne(phrase->stance, QUOTH_NO_STANCE);
		ck_assert_uint_ne(phrase->cue_class, QUOTH_CUE_NONE);
	}
}
END_TEST

Suite *stance_suite(void)
{
	Suite *suite = suite_create("stance");
	TCase *tcase = tcase_create("stance");

	tcase_add_checked_fixture(tcase, open_marked, close_marked);
	tcase_add_loop_test(tcase, the_stance_is_that_of_cue_negation_and_content, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tcase, every_phrase_with_a_stance_is_a_cue_phrase);
	suite_add_tcase(suite, tcase);
	return suite;
}
