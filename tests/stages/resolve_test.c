/* Articles are written with their mentions marked, so that these tests know nothing of the stages before resolve but
 * tokens, tags and quotations:
 *
 *	[Nm Ann Lee]		a mention: N person, O organisation, L place, D description, G several, I thing, R pronoun;
 *				then m, f, n or - for its gender
 *	[Nf {Chancellor} Ann Lee]	with a title before the name
 *	[-- controversies]	a plural that cannot speak
 *	[=f the chancellor]	a description that renames the mention before it
 *	[+- [Nm A] and [Nf B]]	a group of nested mentions
 *	[*Nm Ann Lee]		it is the source of the next attribution
 *	[&Nm Bob Lee]		the source of the mention before it goes on to the end of this one
 *	[%Nm Bob Lee]		the mention that the source before it is said to be
 *	[*X- Lee]		a source that no mention is
 *	<words>			the content of the next attribution; <~words> one that goes on from the one before
 */
#include "pipeline/chain.h"
#include "stages/lexicon.h"
#include "stages/resolve.h"
#include "stages/resolve_words.h"
#include "tests/suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_MARKS = 64, MAX_TEXT = 4096 };

static struct quoth_resources resources;
static struct quoth_arena *arena;

static void set_up(void)
{
	struct quoth_report report = {"", ""};

	ck_assert_msg(quoth_resources_open(&resources, NULL, &report) == 0, "%s: %s", report.where, report.what);
	arena = quoth_arena_new(1 << 20);
	ck_assert_ptr_nonnull(arena);
}

static void tear_down(void)
{
	quoth_arena_free(arena);
	quoth_resources_close(&resources);
}

/* ---- marked articles ---- */

struct marked_mention {
	uint32_t begin, end, title_begin, title_end;	/* bytes of the plain text */
	char type, gender;
	bool is_source, ends_source, names_source;
};

struct marked_content {
	uint32_t begin, end;
	bool continues;
};

struct marked {
	char text[MAX_TEXT];
	uint32_t size;
	struct marked_mention mentions[MAX_MARKS];
	struct marked_content contents[MAX_MARKS];
	unsigned n_mentions, n_contents;
};

static void read_marks(const char *source, struct marked *marked)
{
	unsigned open[MAX_MARKS], n_open = 0, open_contents[MAX_MARKS], n_open_contents = 0;
	struct marked_mention *m = NULL;

	memset(marked, 0, sizeof *marked);
	for (const char *c = source; *c; c++) {
		ck_assert_uint_lt(marked->size, MAX_TEXT - 1);
		if (*c == '[') {
			ck_assert_uint_lt(marked->n_mentions, MAX_MARKS);
			open[n_open++] = marked->n_mentions;
			m = &marked->mentions[marked->n_mentions++];
			m->begin = marked->size;
			m->is_source = c[1] == '*';
			m->ends_source = c[1] == '&';
			m->names_source = c[1] == '%';
			c += m->is_source || m->ends_source || m->names_source;
			m->type = c[1];
			m->gender = c[2];
			c += 3;
		} else if (*c == ']') {
			marked->mentions[open[--n_open]].end = marked->size;
		} else if (*c == '{') {
			m->title_begin = marked->size;
		} else if (*c == '}') {
			m->title_end = marked->size;
		} else if (*c == '<') {
			open_contents[n_open_contents++] = marked->n_contents;
			marked->contents[marked->n_contents].begin = marked->size;
			marked->contents[marked->n_contents++].continues = c[1] == '~';
			c += c[1] == '~';
		} else if (*c == '>') {
			marked->contents[open_contents[--n_open_contents]].end = marked->size;
		} else {
			marked->text[marked->size++] = *c;
		}
	}
	ck_assert_uint_eq(n_open, 0);
}

static struct quoth_range tokens_of(const struct quoth_document *doc, uint32_t begin, uint32_t end)
{
	struct quoth_range tokens = {0, 0};

	for (uint32_t i = 0; i < doc->n_tokens; i++)
		if (doc->tokens[i].span.begin < end && doc->tokens[i].span.end > begin) {
			if (!tokens.end)
				tokens.begin = i;
			tokens.end = i + 1;
		}
	return tokens;
}

static uint8_t name_class(char type)
{
	return type == 'N' ? QUOTH_NAME_PERSON : type == 'O' ? QUOTH_NAME_ORGANIZATION :
	       type == 'L' ? QUOTH_NAME_PLACE : QUOTH_NOT_A_NAME;
}

/* The last noun before a preposition, as the mentions stage finds it. */
static uint32_t head_of(const struct quoth_document *doc, struct quoth_range tokens)
{
	for (uint32_t i = tokens.begin + 1; i < tokens.end; i++)
		if (doc->tokens[i].tag == QUOTH_TAG_IN || doc->tokens[i].tag == QUOTH_TAG_CC)
			return i - 1;
	return tokens.end - 1;
}

static void set_mention(const struct quoth_document *doc, const struct marked *marked, unsigned i,
			struct quoth_mention *mention)
{
	const struct marked_mention *m = &marked->mentions[i];

	*mention = (struct quoth_mention){.tokens = tokens_of(doc, m->begin, m->end), .apposition = QUOTH_NONE,
		.outer = QUOTH_NONE, .entity = 77, .name_class = name_class(m->type), .is_group = m->type == '+',
		.gender = m->gender == 'm' ? QUOTH_MALE : m->gender == 'f' ? QUOTH_FEMALE :
			  m->gender == 'n' ? QUOTH_NEUTER : QUOTH_GENDER_UNKNOWN,
		.number = m->type == 'G' || m->type == '-' || m->type == '+' ? QUOTH_PLURAL : QUOTH_SINGULAR,
		.kind = m->type == 'R' ? QUOTH_PRONOUN_MENTION : name_class(m->type) ? QUOTH_NAME_MENTION :
			QUOTH_NOMINAL_MENTION, .is_animate = m->type != 'I' && m->type != '-'};
	if (m->type == 'R')
		mention->number = QUOTH_NUMBER_UNKNOWN;
	mention->head = name_class(m->type) ? mention->tokens.end - 1 : head_of(doc, mention->tokens);
	if (name_class(m->type))
		mention->name = tokens_of(doc, m->title_end ? m->title_end + 1 : m->begin, m->end);
	if (m->title_end)
		mention->title = tokens_of(doc, m->title_begin, m->title_end);
	for (unsigned k = 0; k < i; k++)
		if (marked->mentions[k].end >= m->end)
			mention->outer = k;
}

/* The mentions but those that are none; index[i] gets the place of the i-th marked one. */
static void set_mentions(struct quoth_document *doc, const struct marked *marked, uint32_t *index)
{
	doc->mentions = quoth_arena_array(arena, MAX_MARKS, sizeof *doc->mentions);
	doc->n_mentions = 0;
	for (unsigned i = 0; i < marked->n_mentions; i++) {
		index[i] = marked->mentions[i].type == 'X' ? QUOTH_NONE : doc->n_mentions;
		if (index[i] == QUOTH_NONE)
			continue;
		set_mention(doc, marked, i, &doc->mentions[doc->n_mentions++]);
		if (marked->mentions[i].type == '=')
			doc->mentions[index[i] - 1].apposition = index[i];
	}
}

static void set_layers(struct quoth_document *doc, const struct marked *marked)
{
	unsigned source = 0;
	uint32_t index[MAX_MARKS];

	set_mentions(doc, marked, index);
	doc->attributions = quoth_arena_array(arena, MAX_MARKS, sizeof *doc->attributions);
	doc->n_attributions = marked->n_contents;
	for (unsigned i = 0; i < marked->n_contents; i++) {
		struct quoth_attribution *a = &doc->attributions[i];

		*a = (struct quoth_attribution){.n_parts = 1, .mention = QUOTH_NONE, .continues = QUOTH_NONE};
		a->parts[0] = tokens_of(doc, marked->contents[i].begin, marked->contents[i].end);
		if (marked->contents[i].continues) {
			a->continues = i - 1;
			continue;
		}
		while (source < marked->n_mentions && !marked->mentions[source].is_source)
			source++;
		if (source == marked->n_mentions)
			continue;
		a->mention = index[source];
		a->source = tokens_of(doc, marked->mentions[source].begin, marked->mentions[source].end);
		if ((uint64_t)1 << doc->tokens[a->source.end].tag & QUOTH_FINITE_TAGS)
			a->cue = (struct quoth_range){a->source.end, a->source.end + 1};
		for (source++; source < marked->n_mentions && !marked->mentions[source].is_source; source++) {
			if (marked->mentions[source].ends_source)
				a->source.end = tokens_of(doc, 0, marked->mentions[source].end).end;
			if (marked->mentions[source].names_source)
				a->mention = index[source];
		}
	}
}

static void resolve_marked(const char *source, struct quoth_document *doc, struct marked *marked)
{
	enum quoth_stage failed;
	int error;

	read_marks(source, marked);
	quoth_document_begin(doc, arena, "test", marked->text, marked->size);
	error = quoth_chain_run(doc, &resources, QUOTH_STAGE_TAG, &failed);
	ck_assert_int_eq(error, 0);
	ck_assert_int_eq(quoth_chain_run(doc, &resources, QUOTH_STAGE_QUOTATIONS, &failed), 0);
	set_layers(doc, marked);
	ck_assert_int_eq(quoth_resolve(doc, &resources), 0);
}

static const char *speaker_of(const struct quoth_document *doc, unsigned i)
{
	uint32_t entity = doc->attributions[i].entity;

	return entity == QUOTH_NONE ? "" : doc->entities[entity].name;
}

/* ---- who speaks ---- */

/* speakers: of all attributions in order, joined by '|'. */
static const struct {
	const char *what, *text, *speakers;
} articles[] = {
	{"a last name is the full name", "[*Nf Ingrid Solheim] said <it rained>. [*N- Solheim] said <it poured>.",
	 "Ingrid Solheim|Ingrid Solheim"},
	{"a last name in the headline is the full name of the body",
	 "[*N- Solheim] says <it rained>\n\n[*Nf Ingrid Solheim] said <it poured>.", "Ingrid Solheim|Ingrid Solheim"},
	{"a pronoun is who spoke last",
	 "[*Nm {Deputy Minister} Pavel Orlov] said <it is late>. <It is dark>, [*Rm he] said.", "Pavel Orlov|Pavel Orlov"},
	{"a pronoun agrees in gender",
	 "[*Nm Pavel Orlov] said <it is late>. [*Nf Maria Kuznetsova] said <no>. <It is dark>, [*Rm he] said. <Yes>, "
	 "[*Rf she] said.", "Pavel Orlov|Maria Kuznetsova|Pavel Orlov|Maria Kuznetsova"},
	{"a pronoun without a person means nobody", "<It is dark>, [*Rm he] said.", ""},
	{"whom the verb addresses does not speak",
	 "[*Nm Jon Teller] said <no>. [Nm Peter Garland] nodded. [*N- Teller] said <yes>. "
	 "<It rained>, [*Rm he] told [N- Teller].",
	 "Jon Teller|Jon Teller|Peter Garland"},
	{"whom the verb speaks of does not speak",
	 "[*Nm Jon Teller] said <no>. [Nm Peter Garland] nodded. [*N- Teller] said <yes>. "
	 "<It rained>, [*Rm he] said of [N- Teller].",
	 "Jon Teller|Jon Teller|Peter Garland"},
	{"whose the addressed one is may speak",
	 "[*Nm Jon Teller] said <no>. [Nm Peter Garland] nodded. [*N- Teller] said <yes>. "
	 "<It rained>, [*Rm he] told [N- Teller]'s lawyer.",
	 "Jon Teller|Jon Teller|Jon Teller"},
	{"a pronoun in an opening clause is the subject behind it",
	 "[*Nm Jon Teller] said <no>. Asked if [*Rm he] believed <it would rain>, [Nm Peter Garland] nodded.",
	 "Jon Teller|Peter Garland"},
	{"an opening clause ends at a comma",
	 "[*Nm Jon Teller] said <no>. When [*Rm he] heard <that it would rain> from [Nm Peter Garland] it stopped.",
	 "Jon Teller|Jon Teller"},
	{"it is the country that acts",
	 "While [*L- Norway] announced <cuts>, [*Rn it] ruled out <closure>.", "Norway|Norway"},
	{"it is no person", "[*Nm Pavel Orlov] said <no>. [*Rn It] said <yes>.", "Pavel Orlov|"},
	{"they are the group", "[G- Several farmers] met [Nm Pavel Orlov]. [*R- They] said <prices fell>.",
	 "Several farmers"},
	{"a title finds its holder",
	 "[*Nf {Governor} Dana Whitlock] said <no>. [*D- The governor] added <never>.", "Dana Whitlock|Dana Whitlock"},
	{"a short title finds its holder",
	 "[*Nf {Gov.} Dana Whitlock] said <no>. [*D- The governor] added <never>.", "Dana Whitlock|Dana Whitlock"},
	{"an apposition finds its holder",
	 "[*Nf Dana Whitlock], [=f the ministry's spokeswoman], said <no>. [*D- The spokesperson] added <never>.",
	 "Dana Whitlock|Dana Whitlock"},
	{"modifiers tell two holders of one title apart",
	 "[*Nf {French President} Claire Morel] said <no>. [*Nm {German President} Karl Brandt] said <yes>. "
	 "[*D- The French president] added <never>.", "Claire Morel|Karl Brandt|Claire Morel"},
	{"a description with other words is nobody known",
	 "[*Nf {Foreign Ministry spokeswoman} Dana Whitlock] said <no>. [*D- The Treasury spokesperson] said <yes>.",
	 "Dana Whitlock|Treasury spokesperson"},
	{"an unnamed source is its description", "[*D- A senior official] said <no>. [*D- The official] said <yes>.",
	 "senior official|senior official"},
	{"a president is not the vice president",
	 "[*Nf {Vice President} Dana Whitlock] said <no>. It rained. It poured. It froze. It thawed. "
	 "[*D- The president] said <yes>.", "Dana Whitlock|president"},
	{"Bill is William", "[*Nm William Hartley] said <no>. [*Nm Bill Hartley] said <yes>.",
	 "William Hartley|William Hartley"},
	{"a title tells of the gender of a surname",
	 "[*Nm Robert Garland] said <no>. [*Nf Susan Garland] said <yes>. [*Nm {Mr.} Garland] said <it rained>. "
	 "[*Nf {Mrs.} Garland] said <it poured>.", "Robert Garland|Susan Garland|Robert Garland|Susan Garland"},
	{"a shared surname is who was named last",
	 "[*Nm Robert Garland] said <no>. [*N- Garland] said <it rained>. [*Nm Peter Garland] said <yes>. [*N- Garland] "
	 "said <it poured>.", "Robert Garland|Robert Garland|Peter Garland|Peter Garland"},
	{"a shared surname is who was named first, of equals",
	 "[Nf Susan Garland], [=f a teacher], knows [Nf Mary Teller]. Her husband, [-m Tom], wore [Nm Tom]'s boots. "
	 "[*N- Garland] said <no>. [*Nm Tom Garland] said <yes>. It was [Nf Susan Garland]'s dog.",
	 "Susan Garland|Tom Garland"},
	{"a surname that is a man's first name may be a woman's", "[*Nf Susan Randolph] said <no>. [*Nm Randolph] said <yes>.",
	 "Susan Randolph|Susan Randolph"},
	{"a party's member from somewhere is who has the floor",
	 "[*Nm Jon Teller] said <no> to [Nm Peter Garland]. [*D- The Ohio Republican] said <yes>. It was [D- the Ohio Democrat]'s "
	 "idea.", "Jon Teller|Jon Teller"},
	{"that he is of a party tells not whom a place tells of",
	 "[*Nm Jon Teller] said <no> to [Nm {Republican} Peter Garland]. [*D- The Ohio Republican] said <yes>.",
	 "Jon Teller|Jon Teller"},
	{"a party is no other office where the article has one holder",
	 "[*Nm {nominee} Jon Teller] said <no>. [*Nm Peter Garland] said <yes>. [*D- The current GOP nominee] said <never>.",
	 "Jon Teller|Peter Garland|Jon Teller"},
	{"a nominee is not of both parties",
	 "[*Nm {nominee} Jon Teller], [=m a Democrat], said <no>. [*D- The Republican nominee] said <never>.",
	 "Jon Teller|Republican nominee"},
	{"a first name is the full name", "[*Nf Ingrid Solheim] said <no>. [*Nf Ingrid] said <yes>.",
	 "Ingrid Solheim|Ingrid Solheim"},
	{"an acronym is its organisation",
	 "The [*O- International Fisheries Board] said <no>. The [*O- IFB] said <yes>.",
	 "International Fisheries Board|International Fisheries Board"},
	{"a longer name of an office is the office",
	 "The [*O- State Department] said <no>. The [*O- US State Department] said <yes>.",
	 "US State Department|US State Department"},
	{"two ministries stay two",
	 "The [*O- Russian Foreign Ministry] said <no>. The [*O- Polish Foreign Ministry] said <yes>.",
	 "Russian Foreign Ministry|Polish Foreign Ministry"},
	{"the ministry is the ministry that was named",
	 "The [*O- Polish Foreign Ministry] said <no>. [*In The ministry] said <yes>.",
	 "Polish Foreign Ministry|Polish Foreign Ministry"},
	{"two together are both", "[*+- [Nm Jon Teller] and [Nm David Vance]] said <no>. [*N- Teller] said <yes>.",
	 "Jon Teller and David Vance|Jon Teller"},
	{"they are the two together", "[*+- [Nm Jon Teller] and [Nf Ann Vance]] said <no>. [*R- They] said <yes>.",
	 "Jon Teller and Ann Vance|Jon Teller and Ann Vance"},
	{"who is the one before it", "[Nm Jon Teller], [*R- who] said <no>, left. [*Rm He] said <yes>.",
	 "Jon Teller|Jon Teller"},
	{"a quotation that goes on has the speaker before it",
	 "\"<It rained>,\" [*Nm Jon Teller] said. \"<~It poured>.\"", "Jon Teller|Jon Teller"},
	{"I is who speaks the quotation",
	 "[*Nm Jon Teller] said: \"<[*R- I] told them <it was wet>>.\"", "Jon Teller|Jon Teller"},
	{"a source of no mention is its words", "<It rained>, it emerged.", ""},
	{"a possessive is stripped", "[*L- Russia]'s <actions> were wrong.", "Russia"},
	{"an initial is the first name", "[*Nf J. R. Solheim] said <no>. [*Nf Jane Solheim] said <yes>.",
	 "Jane Solheim|Jane Solheim"},
	{"Jr. is not Sr.", "[*Nm Jon Teller Sr.] said <no>. [*Nm Jon Teller Jr.] said <yes>.",
	 "Jon Teller Sr.|Jon Teller Jr."},
	{"a headline's description is who is named below",
	 "[*D- Judge] rejects <a motion>\n\n[*Nm {District Judge} Frank Novak] said <no>.", "Frank Novak|Frank Novak"},
	{"an epithet is who was spoken of", "[*Nm Victor Hale] said <it rained>. [*Dm The 58-year-old] said <it poured>.",
	 "Victor Hale|Victor Hale"},
	{"an epithet between two is nobody's",
	 "[Nm Victor Hale] met [Nm Peter Garland]. [*Dm The man] said <it poured>.", "man"},
	{"a spokesman is somebody else", "[*Nm Victor Hale] said <no>. [*Dm The spokesman] said <yes>.",
	 "Victor Hale|spokesman"},
	{"an epithet with a country of its own is somebody else",
	 "[*Nm Victor Hale] said <no>. [*Dm The Russian president] said <yes>.", "Victor Hale|Russian president"},
	{"an epithet may tell a place", "[*Nm Victor Hale] said <no>. [*Dm The Ohio businessman] said <yes>.",
	 "Victor Hale|Victor Hale"},
	{"an epithet may tell a work",
	 "[*Nf Maria Kuznetsova] said <no>. [*Df The \"Harbour Lights\" actress] said <yes>.",
	 "Maria Kuznetsova|Maria Kuznetsova"},
	{"an epithet of an organisation's is somebody else",
	 "[*Nm Victor Hale] said <no>. [*Dm The Teller Foods businessman] said <yes>.",
	 "Victor Hale|Teller Foods businessman"},
	{"a candidate may be the senator",
	 "[*Nf {Republican candidate} Dana Whitlock] said <no>. [*D- The Ohio senator] said <yes>.",
	 "Dana Whitlock|Dana Whitlock"},
	{"a campaign manager is not the senator",
	 "[*Nf {Campaign manager} Dana Whitlock] said <no>. [*D- The Ohio senator] said <yes>.",
	 "Dana Whitlock|Ohio senator"},
	{"who held an office is who was spoken of",
	 "[*Nf Dana Whitlock] said <no>. [*Df The former first lady] said <yes>.", "Dana Whitlock|Dana Whitlock"},
	{"his mother is somebody else",
	 "[*Nm Victor Hale] said <no>. [*Nf Dana Whitlock] said <yes>. [*Df [Rm His] 72-year-old mother] said <never>.",
	 "Victor Hale|Dana Whitlock|72-year-old mother"},
	{"a description that speaks is whose bare name speaks next",
	 "[*D- Ohio's tax commissioner] says <no one left>.\n\n[*Nm Kevin Hale] says <it rained>.", "Kevin Hale|Kevin Hale"},
	{"who has an office of his own is not the one above",
	 "[*D- Ohio's tax commissioner] says <no one left>.\n\n[*Nm {Mayor} Kevin Hale] says <it rained>.",
	 "Ohio's tax commissioner|Kevin Hale"},
	{"a description of no definite one is not who speaks next",
	 "[*D- A tax commissioner] says <no one left>.\n\n[*Nm Kevin Hale] says <it rained>.", "tax commissioner|Kevin Hale"},
	{"a source ends the mention that took its verb",
	 "[In [*X- The miners' union] disputes] <the figures>. [*Rn It] said <no>.", "miners' union|miners' union"},
	{"a title stands before the source",
	 "[Nm {Sen.} Jon Teller] spoke. [N- {Sen.} [*X- Jon Teller]] said <no>.", "Jon Teller"},
	{"a participle is none of a poll's name",
	 "[*In A Harbour Times poll released last week] said <no>. [*In A poll we saw] said <yes>. "
	 "[*In A study recently published in Oslo] said <so>.", "Harbour Times poll|poll|study"},
	{"a participle before a noun is", "[*In A health financing group] said <no>.", "health financing group"},
	{"people are known by what they did",
	 "[*G- Two people briefed on the talks] said <no>.", "Two people briefed on the talks"},
	{"the ship's captain is the captain of the ship",
	 "[*D- A captain of a fishing ship] said <no>. [*D- The ship's captain] said <yes>.",
	 "captain of a fishing ship|captain of a fishing ship"},
	{"a description goes on to the end of its source",
	 "[D- [*X- A narrator in the advertisement]] said <no>. [*D- The advertisement's narrator] said <yes>.",
	 "narrator in the advertisement|narrator in the advertisement"},
	{"founder and head is one person",
	 "[*+- [Nm Kevin Hale], founder and [D- head of Plimsoll Foods]] said <no>.", "Kevin Hale"},
	{"the company is the one company named nearby",
	 "The [*O- Plimsoll Foods] said <no>. [*In The company] said <yes>.", "Plimsoll Foods|Plimsoll Foods"},
	{"the agency is the office named nearby",
	 "It rained.\n\nThe [*O- Harbour Department] said <no>. [*In The agency] said <yes>.",
	 "Harbour Department|Harbour Department"},
	{"the school is no foundation",
	 "It rained.\n\nThe [*O- Teller Foundation] said <no>. [*In The school] said <yes>.", "Teller Foundation|school"},
	{"the company is neither of two",
	 "It rained.\n\n[O- Plimsoll Foods] sued [O- Voltaren Metals]. [*In The company] said <yes>.", "company"},
	{"his company is not the one named nearby",
	 "It rained.\n\n[Nm Kevin Hale] sued [O- Voltaren Metals]. [*In [Rm His] company] said <yes>.", "company"},
	{"the newspaper is the one that the article is about",
	 "It rained.\n\nThe [*O- Harbour Times] said <no>. The [O- Harbour Times] sold. The [O- Harbour Times] grew. It "
	 "rained. It poured. It froze. [*In The newspaper] said <yes>.", "Harbour Times|Harbour Times"},
	{"who is renamed twice is the name",
	 "[*X- [Nf Ann Hale], head of Plimsoll, [%D- the first customer]], said <no>.", "Ann Hale"},
	{"an office before an organisation's name is none of it",
	 "[*O- Chief Executive of Plimsoll Foods] said <no>.", "Plimsoll Foods"},
	{"the Ohio governor is the only governor", "[*Nf {Gov.} Dana Whitlock] said <no>. It rained. It poured. It froze. "
	 "[Nm Kevin Hale] met [Nm Victor Hale]. [*D- The Ohio governor] said <yes>.", "Dana Whitlock|Dana Whitlock"},
	{"the Ohio governor is no other state's",
	 "[*Nf {Vermont Gov.} Dana Whitlock] said <no>. [Nm Kevin Hale] met [Nm Victor Hale]. "
	 "[*D- The Ohio governor] said <yes>.", "Dana Whitlock|Ohio governor"},
	{"the party is not who belongs to it",
	 "[*Nf {Republican} Dana Whitlock] said <no>. [*In The GOP] said <yes>.", "Dana Whitlock|GOP"},
	{"judges of a court are not the court",
	 "[*X- [G- Several judges] handling a case of the [%O- Harbour Court]] said <no>.", "Several judges"},
	{"who knows a fact is not the fact",
	 "[*X- [G- Two advisers] [R- who] know [%D- the numbers]] said <no>.", "Two advisers"},
	{"who accuses somebody is not he", "[*X- [Df A nurse] [R- who] accused [%Nm Victor Hale]] said <no>.", "nurse"},
	{"several are not those among them", "[*X- [G- Several officials], including [%Nm Victor Hale]], said <no>.",
	 "Several officials"},
	{"who works for a firm is not the firm", "[*X- [Nm Kevin Hale], now a partner at the firm [%O- Brightlake]], said <no>.",
	 "Kevin Hale"},
	{"a firm is not what it makes", "[*X- [O- Plimsoll Foods], a maker of [%-- sails]], said <no>.", "Plimsoll Foods"},
	{"the man who did something is not the man named last",
	 "[*Nm Victor Hale] said <no>. [*Dm The man] who built the mill said <yes>.", "Victor Hale|man"},
	{"two whom no mention holds are both", "[*X- [G- Teachers] and [%G- union officials]] said <no>.",
	 "Teachers and union officials"},
	{"he and others are both", "[Nm Victor Hale] left. [*X- [Rm He] and [%G- other challengers]] said <no>.",
	 "Victor Hale and other challengers"},
	{"a columnist and broadcaster is one", "[*X- [D- Columnist] and broadcaster [%Nm Victor Hale]] said <no>.", "Victor Hale"},
	{"answers are the person's whom the article named most",
	 "It rained.\n\n[Nf Ann Hale] came. [Nf Hale] spoke to [Nm Jon Teller].\n\n[*X- Q]: <Did it rain>?\n\n"
	 "[*X- A]: <It poured>.", "|Ann Hale"},
	{"answers are nobody's where two were named as often",
	 "[Nf Ann Hale] spoke to [Nm Jon Teller].\n\n[*X- Q]: <Did it rain>?\n\n[*X- A]: <It poured>.", "|"},
	{"an A without a Q is no label",
	 "[Nf Ann Hale] spoke.\n\n[*X- A]: <It poured>.", "A"},
	{"the woman may be who has no name", "[*Nf Dana Whitlock] said <no>. [Df A cashier] nodded. [*Df The woman] said <yes>.",
	 "Dana Whitlock|woman"},
	{"the mayor's campaign manager is not the mayor",
	 "[*Nm {Mayor} Kevin Hale] said <no>. [*D- [Nm Hale]'s campaign manager] said <yes>.",
	 "Kevin Hale|Hale's campaign manager"},
	{"his wife is who shares his surname",
	 "[Nf Olive Hale] came. [*Nm Kevin Hale] said <no>. [*Df [Rm His] wife] said <yes>.", "Kevin Hale|Olive Hale"},
	{"his wife is none of two who share his surname",
	 "[Nf Olive Hale] came. [Nf Ruth Hale] came. [*Nm Kevin Hale] said <no>. [*Df [Rm His] wife] said <yes>.",
	 "Kevin Hale|wife"},
	{"its captain is nobody just named",
	 "[Nm Kevin Hale] left the ship. [*D- [Rn Its] captain] said <yes>.", "captain"},
	{"an unnamed one of the lead is who is named below",
	 "[*D- A federal judge] rejected <a motion> on Monday.\n\nIt rained.\n\n[*Nm {District Judge} Frank Novak] said <no>.",
	 "Frank Novak|Frank Novak"},
	{"the two men are the two just named",
	 "[*Nm Victor Hale] said <no>. [*Nm Peter Garland] said <yes>. [*Gm The two men] said <it poured>.",
	 "Victor Hale|Peter Garland|Victor Hale and Peter Garland"},
	{"two men are not the two just named",
	 "[*Nm Victor Hale] said <no>. [*Nm Peter Garland] said <yes>. [*Gm Two men] said <it poured>.",
	 "Victor Hale|Peter Garland|Two men"},
	{"the two senators are not two without an office",
	 "[*Nm Victor Hale] said <no>. [*Nm Peter Garland] said <yes>. [*G- The two senators] said <it poured>.",
	 "Victor Hale|Peter Garland|two senators"},
	{"both Democratic candidates are not two without a party",
	 "[*Nm Victor Hale] said <no>. [*Nm Peter Garland] said <yes>. [*G- Both Democratic candidates] said <it poured>.",
	 "Victor Hale|Peter Garland|Both Democratic candidates"},
	{"both candidates are whoever was just named",
	 "[*Nm Victor Hale] said <no>. [*Nm Peter Garland] said <yes>. [*G- Both candidates] said <it poured>.",
	 "Victor Hale|Peter Garland|Victor Hale and Peter Garland"},
	{"one of several is who is named behind the comma",
	 "[*X- One of [%G- the authors], [Nm Victor Hale]], said <no>.", "Victor Hale"},
	{"a body's aims are not those of a name in it",
	 "[In [D- [*X- the [%Nm Hale] campaign]]'s goal] was <peace>.", "Hale campaign"},
	{"a man named by his name is who is named", "[*Dm A man] named [Nm Victor Hale] said <no>. [*D- The man] said <yes>.",
	 "Victor Hale|Victor Hale"},
	{"who is known by a name is who is named", "[*X- [%D- The chief] known only as [Nm Victor]] said <no>.", "Victor"},
	{"whom somebody named is not he", "[*D- The president] named [Nm Victor Hale] and said <no>.", "president"},
	{"at least ten are not ten", "[*X- At least [%G- ten voters]] said <no>.", "At least ten voters"},
	{"both sides are not any sides", "[*G- Both campaigns] said <no>.", "Both campaigns"},
	{"brackets do not part who is named together",
	 "[*Nm Jon Teller] (D-Ohio) and [&Nm David Vance] (R-Ga.) said <no>.", "Jon Teller and David Vance"},
	{"a document speaks for whose it is", "[*In [Nf Anna Hale]'s letter] said <no>.", "Anna Hale"},
	{"a document of nobody known is itself", "[*In The report] said <no>.", "report"},
	{"a name that no mention is takes part",
	 "[Nm Jon Teller] left. [Nm Ian Fox] left. <It rained>, [*X- Teller] said. <It poured>, [*Rm he] said.",
	 "Jon Teller|Jon Teller"},
	{"a title inside a name is no part of it",
	 "[*Of Supreme Court Justice Anna Hale] said <no>. [*Nf Ms. Hale] said <yes>. [*D- Mrs. Hale] said <never>.",
	 "Anna Hale|Anna Hale|Anna Hale"},
	{"Mr. Hale is not Anna Hale",
	 "[Nf Anna Hale] came. [*Nm {Mr.} Hale] said <yes>. [*Nf {Ms.} Hale] said <no>.", "Hale|Anna Hale"},
	{"a surname is whom Mr. tells to be the subject",
	 "[*N- Hale] said <no>. [Nf Anna Hale] came. [Nm {Mr.} Hale] spoke. [*Nm {Mr.} Hale] said <yes>.", "Hale|Hale"},
	{"President Hale is not the Hale without office",
	 "[Nm {President} Victor Hale] came. [Nm Peter Hale] left. [*N- {President} Hale] said <no>.", "Victor Hale"},
	{"a longer name that was read as a body's is the person",
	 "[O- Aung San Suu Kyi] came. [Nf Suu Kyi] spoke. [*Nf Suu Kyi] said <no>.", "Aung San Suu Kyi"},
	{"M. inside a name is an initial", "[*Nm Harry M. Teller] said <no>. [*N- Teller] said <yes>.",
	 "Harry M. Teller|Harry M. Teller"},
	{"a title and a forename are a name", "[*Nm Pope Francis] said <no>.", "Pope Francis"},
	{"a title and a surname are not", "[*N- Justice Warbrick] said <no>.", "Warbrick"},
	{"a short line gives the full name, too",
	 "It rained.\n\n[*N- Solheim] said <it poured>.\n\nAccording to [Nf Ann Solheim]", "Ann Solheim"},
	{"an organisation's last word names it", "The [*O- Harbour Times] said <no>. The [*O- Times] said <yes>.",
	 "Harbour Times|Harbour Times"},
	{"a place is no one's short name", "[*Nm Denzel Paris] said <no>. [*L- Paris] said <yes>.", "Denzel Paris|Paris"},
	{"an embassy in a country is not that country's embassy",
	 "[*In The Polish embassy in Norway] said <no>. [*In The Norwegian embassy in Poland] said <yes>.",
	 "Polish embassy in Norway|Norwegian embassy in Poland"},
	{"a quotation's he is not its speaker",
	 "[Nm Victor Hale] left. \"<It rained>\", [*Nm Peter Garland] said: \"<[*Rm he] told me <it poured>>.\"",
	 "Peter Garland|Victor Hale|"},
	{"he is the speaker, not whom the speaker names",
	 "[*Nm {campaign chairman} Paul Marten] dismissed [Nm Hale]'s <talk> of rain. [*Rm He] said <it would pass>.",
	 "Paul Marten|Paul Marten"},
	{"she in the next paragraph is who spoke there",
	 "\"<It rained>,\" [*Nf Maria Kuznetsova] said during a briefing.\n\n\"<It poured>,\" [*Rf she] added.",
	 "Maria Kuznetsova|Maria Kuznetsova"},
	{"who says something is not named in what she says",
	 "[*Nf Maria Kuznetsova] said <no>. [Nf Ann Vance] left. [*Rf She] said <[Nf Kuznetsova] was late>.",
	 "Maria Kuznetsova|Ann Vance"},
	{"who says something may be named before it", "[*Nf Maria Kuznetsova] said <no>. <[Nf Kuznetsova] was late>, [*Rf she] said.",
	 "Maria Kuznetsova|Maria Kuznetsova"},
	{"a shared surname is who was named by then",
	 "[*Nm Peter Garland] said <no>. It rained. It poured. It froze. [*N- Garland] said <yes>. [Nm Robert Garland] left.",
	 "Peter Garland|Peter Garland"},
	{"a shared surname in a headline is who is named first below",
	 "[*N- Garland] says <no>\n\n[Nf Ann Garland] left.\n\n[Nm Bob Garland] came.", "Ann Garland"},
	{"a description below the lead is nobody who is named later",
	 "It rained.\n\nIt poured.\n\nIt froze.\n\nIt thawed.\n\n[*D- The senator] said <no>.\n\n"
	 "[*Nf {Sen.} Dana Whitlock] said <yes>.", "senator|Dana Whitlock"},
	{"they are nothing that cannot speak",
	 "[*G- Several farmers] said <no>. [-- Controversies] grew. [*R- They] said <yes>.", "Several farmers|Several farmers"},
	{"a long description before a name is the name's",
	 "[*D- The envoy] at the time, [&Nm John Holt], said <no>. [*D- The envoy] said <yes>.", "John Holt|John Holt"},
	{"a noun that the lists do not know is the name's behind it",
	 "[*D- The whistler] [&Nm John Holt] said <no>.", "John Holt"},
	{"a document is nobody's by standing before him", "[*D- The report] [&Nm John Holt] wrote said <no>.", "report John Holt"},
	{"an office whose body has an \"and\" is one",
	 "[*+- [Nm Peter Orlov], [D- Office of Works] and [D- budget director]] said <no>.", "Peter Orlov"},
	{"two offices before a name are one", "[*+- [D- Former minister] and [Nf {author} Hanna Berg]] said <no>.", "Hanna Berg"},
	{"two of an office are who is named behind it",
	 "[*G- Two senators], [Nm Jon Teller] and [&Nf Ann Vance], said <no>.", "Jon Teller and Ann Vance"},
	{"a foundation is not who bears its name",
	 "[*Nf Ann Holm] said <no>. [*O- Holm Foundation] said <yes>. [*Nf {Mrs.} Holm] said <never>.",
	 "Ann Holm|Holm Foundation|Ann Holm"},
	{"who bears a name is not its foundation",
	 "[*O- Ann Holm Foundation] said <no>. [*Nf Ann Holm] said <yes>.", "Ann Holm Foundation|Ann Holm"},
	{"mister is a title", "[*Nm Fred Hale] said <no>. [*N- Mister Hale] said <yes>.", "Fred Hale|Fred Hale"},
	{"who is somebody's among several stays his",
	 "[*+- [Nf Ann Holm] and [G- her aides]] said <no>. [*+- [O- Harbour Trust] and [G- its small staff]] said <yes>.",
	 "Ann Holm and her aides|Harbour Trust and its small staff"},
	{"nobody before owns the first", "[*+- [G- His aides] and [G- the mayors]] said <no>.", "aides and mayors"},
	{"those may be a noun", "[*G- those around him] said <no>.", "those around him"},
};

START_TEST(speakers_are_told)
{
	struct quoth_document doc;
	struct marked marked;
	char found[1024] = "";

	resolve_marked(articles[_i].text, &doc, &marked);
	for (unsigned i = 0; i < doc.n_attributions; i++) {
		strncat(found, i ? "|" : "", sizeof found - strlen(found) - 1);
		strncat(found, speaker_of(&doc, i), sizeof found - strlen(found) - 1);
	}
	ck_assert_msg(strcmp(found, articles[_i].speakers) == 0, "%s: '%s' instead of '%s'", articles[_i].what, found,
		      articles[_i].speakers);
}
END_TEST

/* ---- how sure they are ---- */

/* The speaker of the last row of the first article is less doubtful than that of the second. */
static const struct {
	const char *what, *surer, *doubtful;
} doubts[] = {
	{"he with but one man before him", "[*Nm Victor Hale] said <no>. [*Rm He] said <yes>.",
	 "[Nm Peter Garland] met [Nm Victor Hale] and [Nm Jon Teller]. [*Rm He] said <yes>."},
	{"a name", "[*Nm Victor Hale] said <no>.", "[Nm Victor Hale] left. [Nm Jon Teller] came. [*Rm He] said <yes>."},
	{"a name before a description", "[*Nm Victor Hale] said <no>.", "[*Dm The plumber] said <no>."},
	{"several before one", "[*Gm Two critics] said <no>.", "[*Dm The plumber] said <no>."},
	{"a description that takes up a name",
	 "[*Nm Victor Hale] said <no>. [*Dm The 58-year-old] said <it poured>.", "[*Dm The plumber] said <no>."},
};

static float doubt_of_last(const char *text)
{
	struct quoth_document doc;
	struct marked marked;

	resolve_marked(text, &doc, &marked);
	return doc.attributions[doc.n_attributions - 1].doubt;
}

START_TEST(surer_speakers_are_less_doubtful)
{
	float surer = doubt_of_last(doubts[_i].surer), doubtful = doubt_of_last(doubts[_i].doubtful);

	ck_assert_msg(surer >= 0 && surer < doubtful && doubtful < 1, "%s: %g and %g", doubts[_i].what, (double)surer,
		      (double)doubtful);
}
END_TEST

START_TEST(without_a_speaker_there_is_no_doubt)
{
	ck_assert_float_eq(doubt_of_last("<It rained>, it emerged."), 0);
	ck_assert_float_eq(doubt_of_last("<It is dark>, [*Rm he] said."), 0);
}
END_TEST

START_TEST(what_goes_on_is_as_doubtful_as_what_it_goes_on_from)
{
	ck_assert_float_eq(doubt_of_last("\"<It rained>,\" [*Nm Jon Teller] said. \"<~It poured>.\""),
			   doubt_of_last("\"<It rained>,\" [*Nm Jon Teller] said."));
}
END_TEST

/* ---- what they are ---- */

static const struct {
	const char *what, *text, *role;
	enum quoth_speaker_kind kind;
	enum quoth_resolution resolution;
} rows[] = {
	{"a title is the role", "[*Nm {Russian Deputy Foreign Minister} Pavel Orlov] said <no>.",
	 "Russian Deputy Foreign Minister", QUOTH_PERSON, QUOTH_NAMED},
	{"an apposition is the role, without its article",
	 "[*Nf Dana Whitlock], [=f the ministry's spokeswoman], said <no>.", "ministry's spokeswoman", QUOTH_PERSON,
	 QUOTH_NAMED},
	{"a surname that is a company, too, is a person's by the name in full",
	 "[*N- Michael Holm] said <no> as [O- Holm] and [O- Holm] do.", "", QUOTH_PERSON, QUOTH_NAMED},
	{"Mr. is no role", "[*Nm {Mr.} Orlov] said <no>.", "", QUOTH_PERSON, QUOTH_NAMED},
	{"the fullest title is the role", "[*Nm {Sen.} Jon Teller] said <no>. [Nm {Senate Majority Leader} Jon Teller] left.",
	 "Senate Majority Leader", QUOTH_PERSON, QUOTH_NAMED},
	{"a copula gives the role", "[*Nm Jon Teller] said <no>. [Nm Jon Teller] is [D- the county's tax commissioner].",
	 "county's tax commissioner", QUOTH_PERSON, QUOTH_NAMED},
	{"a renaming behind an age gives the role", "[*Nm Jon Teller], 58, [D- a plasterer from Oslo], said <no>.",
	 "plasterer from Oslo", QUOTH_PERSON, QUOTH_NAMED},
	{"a renaming may end before and whose",
	 "[*Nf Ann Hale], [D- the executive director] and whose film it is, said <no>.", "executive director", QUOTH_PERSON,
	 QUOTH_NAMED},
	{"two offices in one renaming are the role",
	 "[*Nm Jon Teller], [+- [D- a former party chairman] and [D- presidential candidate]], said <no>.",
	 "former party chairman and presidential candidate", QUOTH_PERSON, QUOTH_NAMED},
	{"a title that was read as a body's name is the role",
	 "[*Nf Annika Hale], [O- Chief Executive of Solbank], said <no>.", "Chief Executive of Solbank", QUOTH_PERSON,
	 QUOTH_NAMED},
	{"a title with an of is the role", "[*D- Secretary of [Nf {State} Ann Hale]] said <no>.", "Secretary of State",
	 QUOTH_PERSON, QUOTH_NAMED},
	{"a description elsewhere gives the role",
	 "[*Nm Jon Teller] said <no>. [D- The Republican nominee] left. [Nm Teller] slept.", "Republican nominee",
	 QUOTH_PERSON, QUOTH_NAMED},
	{"an office comes before a description",
	 "[*Nf {Rep.} Ann Hale], [=f a leading advocate for human rights in Burma], said <no>.", "Rep.", QUOTH_PERSON,
	 QUOTH_NAMED},
	{"the present office comes before the one before it",
	 "[*Nm {Senate minority leader} Jon Teller] said <no>. [Nm Teller], now [D- the Senate majority leader], left.",
	 "Senate majority leader", QUOTH_PERSON, QUOTH_NAMED},
	{"the first of equal roles is the role",
	 "[*Nm {Treasury secretary} Jon Teller] said <no>. [Nm {Labor secretary} Jon Teller] left.", "Treasury secretary",
	 QUOTH_PERSON, QUOTH_NAMED},
	{"kin is no role", "[*Nf {the mayor's wife} Ann Hale] said <no>.", "", QUOTH_PERSON, QUOTH_NAMED},
	{"kin is less than any other role", "[*Nf {neighbour} Ann Hale] said <no>. [Nf {teacher} Ann Hale] left.", "teacher",
	 QUOTH_PERSON, QUOTH_NAMED},
	{"a title of several is one's in the singular",
	 "[+- [Nf {Sens.} Ann Hale] and [Nm Jon Teller]] met. [*N- Teller] said <no>.",
	 "Sen.", QUOTH_PERSON, QUOTH_NAMED},
	{"several have the title of several", "[*+- [Nf {Sens.} Ann Hale] and [Nm Jon Teller]] said <no>.", "Sens.",
	 QUOTH_PERSON, QUOTH_NOMINAL},
	{"two offices without an article are the role",
	 "[*Nf Ann Hale], [D- founder] and [D- CEO of Plimsoll], said <no>.", "founder and CEO of Plimsoll", QUOTH_PERSON,
	 QUOTH_NAMED},
	{"another person is no part of the role",
	 "[*Nm Jon Teller], [=m head of the port, and Ann Hale], met. [Nf Ann Hale] left. <It rained>, [*N- Teller] said.",
	 "head of the port", QUOTH_PERSON, QUOTH_NAMED},
	{"what somebody is said to be comes last",
	 "[*Nm {Senator} Jon Teller] said <no>. [Nm Teller] was [D- the guest speaker].", "Senator", QUOTH_PERSON, QUOTH_NAMED},
	{"who did as somebody did is not he", "[*Nm Jon Teller] said <no>. [Nm Teller] spoke as [D- a teacher] passed.", "",
	 QUOTH_PERSON, QUOTH_NAMED},
	{"praise in a quotation is no role", "[*Nm Jon Teller] said <no>. \"[Nm Teller] is [D- the leader],\" she said.", "",
	 QUOTH_PERSON, QUOTH_NAMED},
	{"his own manager is not he", "[*Nm {Teller's campaign manager} Jon Teller] said <no>.", "", QUOTH_PERSON, QUOTH_NAMED},
	{"an office that nobody is named for is the role of the unnamed", "[*D- The FBI director] said <no>.", "FBI director",
	 QUOTH_UNNAMED, QUOTH_NOMINAL},
	{"a spokesman has no role", "[*D- The FBI spokesman] said <no>.", "", QUOTH_UNNAMED, QUOTH_NOMINAL},
	{"Sen. is no part of the name", "[*N- Sen. Sandoval] said <no>.", "Sen.", QUOTH_PERSON, QUOTH_NAMED},
	{"a country is an organisation", "[*L- Russia] said <no>.", "", QUOTH_ORGANIZATION, QUOTH_NAMED},
	{"officials are a group", "[*G- Senior officials] said <no>.", "", QUOTH_GROUP, QUOTH_NOMINAL},
	{"one of several is unnamed", "[*X- One of [%G- the officials]] said <no>.", "", QUOTH_UNNAMED, QUOTH_NOMINAL},
	{"an official is unnamed", "[*D- A senior official] said <no>.", "", QUOTH_UNNAMED, QUOTH_NOMINAL},
	{"a report is an organisation", "[*In The report] said <no>.", "", QUOTH_ORGANIZATION, QUOTH_NOMINAL},
	{"a share is a group", "[*In 41 percent] said <no>.", "", QUOTH_GROUP, QUOTH_NOMINAL},
	{"many are a group", "[*D- Many] said <no>.", "", QUOTH_GROUP, QUOTH_NOMINAL},
	{"nobody is unknown", "<It rained>, [*R- you] said.", "", QUOTH_UNKNOWN, QUOTH_UNRESOLVED},
};

START_TEST(kinds_and_roles_are_told)
{
	struct quoth_document doc;
	struct marked marked;
	const struct quoth_entity *entity;
	struct quoth_entity none = {.name = "", .role = "", .id = ""};

	resolve_marked(rows[_i].text, &doc, &marked);
	entity = doc.attributions[0].entity == QUOTH_NONE ? &none : &doc.entities[doc.attributions[0].entity];
	ck_assert_msg(strcmp(entity->role, rows[_i].role) == 0, "%s: role '%s'", rows[_i].what, entity->role);
	ck_assert_msg(entity->kind == rows[_i].kind, "%s: kind %u", rows[_i].what, entity->kind);
	ck_assert_msg(doc.attributions[0].resolution == rows[_i].resolution, "%s: resolution %u", rows[_i].what,
		      doc.attributions[0].resolution);
}
END_TEST

/* ---- names ---- */

static const struct {
	const char *a, *b;
	bool agree;
} persons[] = {
	{"Ingrid Solheim", "Solheim", true}, {"Ingrid Solheim", "Ingrid Solheim", true},
	{"Ingrid Solheim", "Ingrid Marie Solheim", true}, {"Ingrid M. Solheim", "Ingrid Solheim", true},
	{"I. Solheim", "Ingrid Solheim", true}, {"K. Solheim", "Ingrid Solheim", false},
	{"Karl Solheim", "Ingrid Solheim", false}, {"Bob Hartley", "Robert Hartley", true},
	{"Sergey Orlov", "Sergei Orlov", true}, {"Oleksandr Bondarenko", "Ivan Bondarenko", false},
	{"Petro Zelenskyy", "Petro Zelensky", true}, {"Petro Zelenskiy", "Petro Zelensky", true},
	{"Omar al-Masri", "Omar Masri", true}, {"Ludwig van der Berg", "Berg", true},
	{"José Ñúñez", "Jose Nunez", true}, {"Jon Teller Jr.", "Jon Teller", true},
	{"Jon Teller Jr.", "Jon Teller Sr.", false}, {"Enrique Peña Soto", "Peña Soto", true},
	{"J. Edgar Hollis", "Edgar Hollis", true}, {"Ana Garcia-Lopez", "Garcia-Lopez", true},
	{"Ana Garcia-Lopez", "Ana Lopez", false}, {"Gabriel Santos Moreno", "Gabriel Santos", true},
	{"Mary Ann Cole", "Mary Jane Cole", false}, {"Solheim's", "Solheim", true},
};

static void read_name(const char *text, struct quoth_name *name)
{
	struct quoth_document doc;
	struct quoth_discourse discourse = {.doc = &doc, .lexicon = resources.lexicon};

	quoth_document_begin(&doc, arena, "name", text, (uint32_t)strlen(text));
	ck_assert_int_eq(quoth_chain_run(&doc, &resources, QUOTH_STAGE_TAG, NULL), 0);
	quoth_name_read(&discourse, (struct quoth_range){0, doc.n_tokens}, name);
}

START_TEST(names_of_persons_agree)
{
	struct quoth_name a, b;

	read_name(persons[_i].a, &a);
	read_name(persons[_i].b, &b);
	ck_assert_msg(quoth_persons_agree(&a, &b) == persons[_i].agree, "%s, %s", persons[_i].a, persons[_i].b);
	ck_assert_msg(quoth_persons_agree(&b, &a) == persons[_i].agree, "%s, %s", persons[_i].b, persons[_i].a);
}
END_TEST

static const struct {
	const char *a, *b;
	bool agree;
} things[] = {
	{"International Fisheries Board", "IFB", true}, {"Food and Farm Agency", "F.F.A.", true},
	{"Board of Fisheries", "BF", true}, {"State Department", "US State Department", true},
	{"Russian Foreign Ministry", "Polish Foreign Ministry", false}, {"Harbour Times", "Times", true},
	{"Solbank Ltd", "Solbank", true}, {"Solbank", "Norbank", false},
};

START_TEST(names_of_organisations_agree)
{
	struct quoth_name a, b;

	read_name(things[_i].a, &a);
	read_name(things[_i].b, &b);
	ck_assert_msg(quoth_things_agree(&a, &b) == things[_i].agree, "%s, %s", things[_i].a, things[_i].b);
}
END_TEST

/* ---- the layers ---- */

START_TEST(mentions_of_one_person_share_an_entity)
{
	struct quoth_document doc;
	struct marked marked;

	resolve_marked("[*Nm {Mayor} Jon Teller] said <no>. [Rm He] left. [D- The mayor] came back.", &doc, &marked);
	ck_assert_uint_ne(doc.mentions[0].entity, QUOTH_NONE);
	ck_assert_uint_eq(doc.mentions[1].entity, doc.mentions[0].entity);
	ck_assert_uint_eq(doc.mentions[2].entity, doc.mentions[0].entity);
	ck_assert_uint_eq(doc.entities[doc.mentions[0].entity].gender, QUOTH_MALE);
}
END_TEST

START_TEST(an_article_without_mentions_has_no_entities)
{
	struct quoth_document doc;
	struct marked marked;

	resolve_marked("It rained.", &doc, &marked);
	ck_assert_uint_eq(doc.n_entities, 0);
}
END_TEST

START_TEST(a_line_break_in_a_name_is_a_space)
{
	struct quoth_document doc;
	struct marked marked;

	resolve_marked("Yesterday [*Nm Jon\nTeller] said <no>.", &doc, &marked);
	ck_assert_str_eq(speaker_of(&doc, 0), "Jon Teller");
}
END_TEST

/* Each allocation fails in turn: the stage says so and leaves no layer of its own. */
START_TEST(without_memory_the_layers_are_empty)
{
	struct quoth_document doc;
	struct marked marked;
	unsigned n_failed = 0;
	int error;

	resolve_marked("[*+- [Nm {Mayor} Jon Teller] and [Nf Ann Vance]] said <no>. [*D- The mayor] said <yes>.", &doc,
		       &marked);
	for (size_t more = 0; more < 1 << 20; more += 64) {
		quoth_arena_limit(arena, quoth_arena_used(arena) + more);
		error = quoth_resolve(&doc, &resources);
		quoth_arena_limit(arena, 0);
		if (!error)
			break;
		n_failed++;
		ck_assert_int_eq(error, QUOTH_NO_MEMORY);
		ck_assert_uint_eq(doc.n_entities, 0);
		ck_assert_uint_eq(doc.attributions[0].entity, QUOTH_NONE);
		ck_assert_uint_eq(doc.mentions[0].entity, QUOTH_NONE);
	}
	ck_assert_int_eq(error, 0);
	ck_assert_uint_gt(n_failed, 10);
	ck_assert_str_eq(speaker_of(&doc, 0), "Jon Teller and Ann Vance");
}
END_TEST

/* A document of n words, each a mention and the source of an attribution. */
static void make_many(struct quoth_document *doc, char *text, uint32_t n, bool are_same)
{
	char *end = text;

	for (uint32_t i = 0; i < n; i++)
		end += sprintf(end, are_same ? "X%u Garland he " : "Ann%u Garland%u he ", i, i);
	quoth_arena_reset(arena);
	quoth_document_begin(doc, arena, "many", text, (uint32_t)(end - text));
	ck_assert_int_eq(quoth_chain_run(doc, &resources, QUOTH_STAGE_TAG, NULL), 0);
	doc->mentions = quoth_arena_array(arena, 2 * n, sizeof *doc->mentions);
	doc->attributions = quoth_arena_array(arena, n, sizeof *doc->attributions);
	ck_assert(doc->mentions && doc->attributions);
	ck_assert_uint_ge(doc->n_tokens, 3 * n);
	for (uint32_t i = 0; i < 2 * n; i++) {
		struct quoth_range tokens = {3 * (i / 2) + i % 2 * 2, 3 * (i / 2) + i % 2 + 2};

		doc->mentions[i] = (struct quoth_mention){.tokens = tokens, .head = tokens.end - 1,
			.apposition = QUOTH_NONE, .outer = QUOTH_NONE,
			.kind = i % 2 ? QUOTH_PRONOUN_MENTION : QUOTH_NAME_MENTION,
			.name_class = i % 2 ? QUOTH_NOT_A_NAME : QUOTH_NAME_PERSON};
		if (i % 2 == 0)
			doc->mentions[i].name = tokens;
		doc->attributions[i / 2] = (struct quoth_attribution){.n_parts = 1, .parts = {tokens}, .source = tokens,
			.mention = i, .continues = QUOTH_NONE};
	}
	doc->n_mentions = 2 * n;
	doc->n_attributions = n;
}

/* Thirty thousand bearers of one surname would take minutes if each were compared with all. */
START_TEST(many_bearers_of_one_surname_take_linear_time)
{
	enum { N = 30000 };
	char *text = malloc(N * 40);
	struct quoth_document doc;

	ck_assert_ptr_nonnull(text);
	make_many(&doc, text, N, true);
	ck_assert_int_eq(quoth_resolve(&doc, &resources), 0);
	make_many(&doc, text, N, false);
	ck_assert_int_eq(quoth_resolve(&doc, &resources), 0);
	free(text);
}
END_TEST

Suite *resolve_suite(void)
{
	Suite *suite = suite_create("resolve");
	TCase *tcase = tcase_create("resolve");

	tcase_add_unchecked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, surer_speakers_are_less_doubtful, 0, sizeof doubts / sizeof doubts[0]);
	tcase_add_test(tcase, without_a_speaker_there_is_no_doubt);
	tcase_add_test(tcase, what_goes_on_is_as_doubtful_as_what_it_goes_on_from);
	tcase_add_loop_test(tcase, speakers_are_told, 0, sizeof articles / sizeof articles[0]);
	tcase_add_loop_test(tcase, kinds_and_roles_are_told, 0, sizeof rows / sizeof rows[0]);
	tcase_add_loop_test(tcase, names_of_persons_agree, 0, sizeof persons / sizeof persons[0]);
	tcase_add_loop_test(tcase, names_of_organisations_agree, 0, sizeof things / sizeof things[0]);
	tcase_add_test(tcase, mentions_of_one_person_share_an_entity);
	tcase_add_test(tcase, an_article_without_mentions_has_no_entities);
	tcase_add_test(tcase, a_line_break_in_a_name_is_a_space);
	tcase_add_test(tcase, without_memory_the_layers_are_empty);
	tcase_add_test(tcase, many_bearers_of_one_surname_take_linear_time);
	tcase_set_timeout(tcase, 120);
	suite_add_tcase(suite, tcase);
	return suite;
}
