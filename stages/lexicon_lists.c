#include "stages/lexicon_lists.h"

#include "stages/document.h"
#include "stages/embedded.h"

#include <stdio.h>
#include <string.h>

enum {
	MAX_FIELDS = 6,
	MAX_FORM = 128,
};

struct field {
	const char *text;
	size_t length;
};

struct list;

/* Where the reader is, for entries and for the report. */
struct reader {
	struct quoth_lexicon *lexicon;
	const struct list *list;
	struct quoth_report *report;
	unsigned line;
};

struct list {
	const char *name;		/* below lexicon/, without .tsv */
	const char *header;
	int (*enter)(struct reader *, const struct field *);
	uint32_t flags;
};

/* ---- values ---- */

#define TAG(name) QUOTH_TAG_BIT(name)

static bool field_is(struct field field, const char *word)
{
	size_t i = 0;

	while (i < field.length && word[i] == field.text[i])
		i++;
	return i == field.length && !word[i];
}

/* Cuts the first word off, at the next separator. Words are too short for memchr to pay. */
static struct field take_word(struct field *rest, char separator)
{
	struct field word = {rest->text, 0};

	while (word.length < rest->length && word.text[word.length] != separator)
		word.length++;
	rest->text += word.length + (word.length < rest->length);
	rest->length -= word.length + (word.length < rest->length);
	return word;
}

static int fail(struct reader *reader, const char *what, struct field field)
{
	char where[128];
	int error = QUOTH_BAD_MODEL;

	snprintf(where, sizeof where, "lexicon/%s.tsv:%u", reader->list->name, reader->line);
	return quoth_report_set(reader->report, error, where, "%s '%.*s'", what,
				(int)(field.length > 60 ? 60 : field.length), field.text);
}

/* The place of a word in a NULL-ended table, -1 if it is not there. */
static int find_word(const char *const *table, struct field field)
{
	for (int i = 0; table[i]; i++)
		if (field_is(field, table[i]))
			return i;
	return -1;
}

static const char *const genders[] = {"", "m", "f", "n", NULL};
static const char *const numbers[] = {"", "s", "p", NULL};
static const char *const cue_classes[QUOTH_N_CUE_CLASSES + 1] = {
	"none", "say", "ask", "deny", "promise", "order", "warn", "judge", "believe", "document", "manner", "phrase", NULL};
static const char *const frames[] = {"quote", "clause", "wh", "infinitive", "object", "hearer", "as", "thing", NULL};
static const char *const body_kinds[QUOTH_N_BODY_KINDS + 1] = {
	"", "company", "bank", "group", "school", "press", "agency", "office", "club", NULL};
static const char *const abbreviation_classes[] = {"title", "month", "place", "corporate", "other", NULL};
static const uint32_t abbreviation_flags[] = {
	QUOTH_LEX_TITLE, QUOTH_LEX_MONTH_OR_DAY, QUOTH_LEX_PLACE, QUOTH_LEX_CORPORATE, 0};
static const char *const stances[QUOTH_N_STANCES + 1] = {
	"", "states", "denies", "asks", "promises", "demands", "warns", "praises", "blames", "doubts", NULL};
static const char *const word_sets[] = {
	"indefinite", "definite", "demonstrative", "possessive", "resuming", "former", "rank", "honorific",
	"degree", "share", "people", "bystander", "spouse", "pair", "copula", "present", "belonging", "making",
	"particle", "filler", "junior", "senior", "second", "third", "fourth", "partisan", "asking", "contender",
	"measure", "naming", NULL};
static const char *const pronoun_classes[] = {
	"personal", "possessive", "relative", "indefinite", "demonstrative", NULL};

static int read_gender(struct reader *reader, struct field field, uint8_t *gender)
{
	int i = find_word(genders, field);

	if (i < 0)
		return fail(reader, "no gender is called", field);
	if (i)
		*gender = (uint8_t)i;
	return 0;
}

static int read_frames(struct reader *reader, struct field field, uint8_t *frame)
{
	while (field.length) {
		struct field word = take_word(&field, ',');
		int i = find_word(frames, word);

		if (i < 0)
			return fail(reader, "no frame is called", word);
		*frame |= (uint8_t)(1 << i);
	}
	return 0;
}

/* The tag of that name, QUOTH_N_TAGS if there is none. */
static unsigned find_tag(struct field name)
{
#define X(tag, text) text,
	static const char names[QUOTH_N_TAGS][8] = {QUOTH_TAGS(X)};	/* compared as one word each */
#undef X
	char padded[8] = "";
	unsigned tag = 1;

	if (name.length == 0 || name.length >= sizeof padded)
		return QUOTH_N_TAGS;
	for (size_t i = 0; i < name.length; i++)
		padded[i] = name.text[i];
	while (tag < QUOTH_N_TAGS && memcmp(names[tag], padded, sizeof padded) != 0)
		tag++;
	return tag;
}

static int read_tags(struct reader *reader, struct field field, struct quoth_lexeme *lexeme)
{
	while (field.length) {
		struct field word = take_word(&field, ' ');
		unsigned tag = find_tag(word);

		if (tag == QUOTH_N_TAGS)
			return fail(reader, "no part of speech is called", word);
		if (!lexeme->tags)
			lexeme->tag = (uint8_t)tag;
		lexeme->tags |= (uint64_t)1 << tag;
	}
	return 0;
}

/* ---- entries ---- */

/* Enters a word; a phrase goes to the phrases. */
static int enter_form(struct reader *reader, struct field field, const struct quoth_lexeme *entry)
{
	int error;

	if (!field.length || field.length > MAX_FORM || field.text[0] == ' ' || field.text[field.length - 1] == ' ')
		return fail(reader, "no form is", field);
	if (memchr(field.text, ' ', field.length)) {
		error = quoth_lexicon_enter_phrase(reader->lexicon, field.text, field.length, entry);
		return error == QUOTH_BAD_MODEL ? fail(reader, "no phrase is", field) : error;
	}
	error = quoth_lexicon_enter(reader->lexicon, quoth_form_hash(field.text, field.length), entry);
	return error == QUOTH_TOO_LARGE ? fail(reader, "too many forms with", field) : error;
}

static bool ends_in(struct field word, const char *end)
{
	size_t length = strlen(end);

	return word.length > length && memcmp(word.text + word.length - length, end, length) == 0;
}

static bool is_vowel(char c)
{
	return memchr("aeiou", c, 5) != NULL;
}

/* Appends -s, -ed or -ing as spelling has it: cries, says, watches, agreed, making. Doubled consonants are the lists'
 * business. */
static struct field inflect(char *buffer, struct field base, const char *ending)
{
	struct field form = {buffer, base.length};
	bool ends_in_y = base.length > 1 && base.text[base.length - 1] == 'y' && !is_vowel(base.text[base.length - 2]);
	bool hisses = ends_in(base, "s") || ends_in(base, "x") || ends_in(base, "z") || ends_in(base, "ch") ||
		      ends_in(base, "sh") || (ends_in(base, "o") && !is_vowel(base.text[base.length - 2]));

	if (base.length > MAX_FORM - 4)
		return form = base;
	memcpy(buffer, base.text, base.length);
	if (ending[0] == 's' ? ends_in_y : ends_in_y && ending[0] == 'e') {
		buffer[form.length - 1] = 'i';
		ending = ending[0] == 's' ? "es" : ending;
	} else if (ending[0] == 's') {
		ending = hisses ? "es" : "s";
	} else if (ends_in(base, "e") && (ending[0] == 'e' || !(ends_in(base, "ee") || ends_in(base, "ye")))) {
		form.length--;
	}
	memcpy(buffer + form.length, ending, strlen(ending));
	form.length += strlen(ending);
	return form;
}

static int enter_inflection(struct reader *reader, struct field base, const char *ending, uint64_t tags,
			    enum quoth_tag tag, const struct quoth_lexeme *entry)
{
	char buffer[MAX_FORM];
	struct quoth_lexeme inflected = *entry;

	inflected.tags = tags;
	inflected.tag = (uint8_t)tag;
	return enter_form(reader, ending ? inflect(buffer, base, ending) : base, &inflected);
}

/* ---- lists ---- */

static int enter_plain(struct reader *reader, const struct field *fields)
{
	return enter_form(reader, fields[0], &(struct quoth_lexeme){.flags = reader->list->flags});
}

static int enter_gendered(struct reader *reader, const struct field *fields)
{
	struct quoth_lexeme entry = {.flags = reader->list->flags};
	int error = read_gender(reader, fields[1], &entry.gender);

	return error ? error : enter_form(reader, fields[0], &entry);
}

static int enter_forename(struct reader *reader, const struct field *fields)
{
	struct quoth_lexeme entry = {.flags = reader->list->flags};
	int error = read_gender(reader, fields[1], &entry.forename_gender);

	return error ? error : enter_form(reader, fields[0], &entry);
}

static int enter_abbreviation(struct reader *reader, const struct field *fields)
{
	int class = find_word(abbreviation_classes, fields[1]);

	if (class < 0)
		return fail(reader, "no class of abbreviations is called", fields[1]);
	return enter_form(reader, fields[0],
			  &(struct quoth_lexeme){.flags = reader->list->flags | abbreviation_flags[class]});
}

/* form, plural, and gender where the list has it. */
static int enter_noun(struct reader *reader, const struct field *fields)
{
	char buffer[MAX_FORM];
	bool are_people = (reader->list->flags & QUOTH_LEX_SPEAKER_NOUN) != 0;
	struct quoth_lexeme entry = {.flags = reader->list->flags, .number = QUOTH_SINGULAR,
				     .tags = TAG(NN), .tag = QUOTH_TAG_NN};
	int error = are_people ? read_gender(reader, fields[2], &entry.gender) : 0;

	entry.gender = are_people ? entry.gender : QUOTH_NEUTER;
	if (!error)
		error = enter_form(reader, fields[0], &entry);
	if (error || field_is(fields[1], "-"))
		return error;
	entry.number = QUOTH_PLURAL;
	entry.tags = TAG(NNS);
	entry.tag = QUOTH_TAG_NNS;
	entry.lemma = quoth_form_hash(fields[0].text, fields[0].length);
	if (are_people)
		entry.flags |= QUOTH_LEX_GROUP_NOUN;
	return enter_form(reader, fields[1].length ? fields[1] : inflect(buffer, fields[0], "s"), &entry);
}

static int enter_synonym(struct reader *reader, const struct field *fields)
{
	return enter_form(reader, fields[0],
			  &(struct quoth_lexeme){.synonym = quoth_form_hash(fields[1].text, fields[1].length)});
}

static int enter_kind(struct reader *reader, const struct field *fields)
{
	int kind = find_word(body_kinds, fields[1]);

	if (kind <= 0)
		return fail(reader, "no kind of organisations is called", fields[1]);
	return enter_form(reader, fields[0], &(struct quoth_lexeme){.body = (uint8_t)kind});
}

static int enter_group(struct reader *reader, const struct field *fields)
{
	return enter_form(reader, fields[0],
			  &(struct quoth_lexeme){.flags = reader->list->flags, .number = QUOTH_PLURAL});
}

static int enter_pronoun(struct reader *reader, const struct field *fields)
{
	int class = find_word(pronoun_classes, fields[1]);
	int number = find_word(numbers, fields[4]);
	struct quoth_lexeme entry = {.flags = reader->list->flags};

	if (class < 0)
		return fail(reader, "no class of pronouns is called", fields[1]);
	if (fields[2].length > 1 || (fields[2].length && (*fields[2].text < '1' || *fields[2].text > '3')))
		return fail(reader, "no person is", fields[2]);
	if (number < 0)
		return fail(reader, "no number is called", fields[4]);
	entry.flags |= (uint32_t)QUOTH_LEX_PERSONAL << class;
	entry.person = fields[2].length ? (uint8_t)(*fields[2].text - '0') : 0;
	entry.number = (uint8_t)number;
	if (read_gender(reader, fields[3], &entry.gender))
		return QUOTH_BAD_MODEL;
	return enter_form(reader, fields[0], &entry);
}

static int enter_tags(struct reader *reader, const struct field *fields)
{
	struct quoth_lexeme entry = {.flags = 0};
	int error = read_tags(reader, fields[1], &entry);

	if (entry.tags && ((uint64_t)1 << entry.tag & (TAG(CC) | TAG(DT) | TAG(EX) | TAG(IN) | TAG(MD) | TAG(PDT) |
			   TAG(POS) | TAG(PRP) | TAG(PRPS) | TAG(TO) | TAG(WDT) | TAG(WP) | TAG(WPS) | TAG(WRB))))
		entry.flags |= QUOTH_LEX_NEVER_NAME;
	return error ? error : enter_form(reader, fields[0], &entry);
}

/* Each of the forms, space-separated, with the same tags. */
static int enter_forms(struct reader *reader, struct field forms, uint64_t tags, enum quoth_tag tag,
		       const struct quoth_lexeme *entry)
{
	int error = 0;

	while (!error && forms.length)
		error = enter_inflection(reader, take_word(&forms, ' '), NULL, tags, tag, entry);
	return error;
}

static int enter_verb(struct reader *reader, const struct field *fields)
{
	struct quoth_lexeme entry = {.lemma = quoth_form_hash(fields[0].text, fields[0].length)};
	int error = enter_inflection(reader, fields[0], NULL, TAG(VB) | TAG(VBP), QUOTH_TAG_VB, &entry);

	if (!error)
		error = fields[1].length ? enter_forms(reader, fields[1], TAG(VBZ) | TAG(VBP), QUOTH_TAG_VBZ, &entry) :
			enter_inflection(reader, fields[0], "s", TAG(VBZ), QUOTH_TAG_VBZ, &entry);
	if (!error)
		error = enter_forms(reader, fields[2], TAG(VBD), QUOTH_TAG_VBD, &entry);
	if (!error)
		error = enter_forms(reader, fields[3], TAG(VBN), QUOTH_TAG_VBN, &entry);
	if (error)
		return error;
	if (fields[4].length)
		return enter_forms(reader, fields[4], TAG(VBG), QUOTH_TAG_VBG, &entry);
	return enter_inflection(reader, fields[0], "ing", TAG(VBG), QUOTH_TAG_VBG, &entry);
}

static int read_cue(struct reader *reader, struct field class, struct field frame, struct quoth_lexeme *entry)
{
	int i = find_word(cue_classes, class);

	if (i <= 0)
		return fail(reader, "no class of cues is called", class);
	entry->cue_class = (uint8_t)i;
	return read_frames(reader, frame, &entry->frame);
}

static int enter_cue(struct reader *reader, const struct field *fields)
{
	struct quoth_lexeme entry = {.flags = reader->list->flags,
				     .lemma = quoth_form_hash(fields[0].text, fields[0].length)};
	struct field forms = fields[1];
	bool has_s = false, has_ing = false;
	int error = read_cue(reader, fields[2], fields[3], &entry);

	if (!error)
		error = enter_inflection(reader, fields[0], NULL, TAG(VB) | TAG(VBP), QUOTH_TAG_VB, &entry);
	while (!error && forms.length) {
		struct field form = take_word(&forms, ' ');
		bool is_s = ends_in(form, "s"), is_ing = ends_in(form, "ing");

		has_s |= is_s;
		has_ing |= is_ing;
		error = enter_inflection(reader, form, NULL, is_s ? TAG(VBZ) : is_ing ? TAG(VBG) : TAG(VBD) | TAG(VBN),
					 is_s ? QUOTH_TAG_VBZ : is_ing ? QUOTH_TAG_VBG : QUOTH_TAG_VBD, &entry);
	}
	if (!error && !fields[1].length)
		error = enter_inflection(reader, fields[0], "ed", TAG(VBD) | TAG(VBN), QUOTH_TAG_VBD, &entry);
	if (!error && !has_s)
		error = enter_inflection(reader, fields[0], "s", TAG(VBZ), QUOTH_TAG_VBZ, &entry);
	if (!error && !has_ing)
		error = enter_inflection(reader, fields[0], "ing", TAG(VBG), QUOTH_TAG_VBG, &entry);
	return error;
}

static int enter_cue_phrase(struct reader *reader, const struct field *fields)
{
	struct quoth_lexeme entry = {.flags = reader->list->flags};
	int error = read_cue(reader, fields[1], fields[2], &entry);

	if (error)
		return error;
	error = quoth_lexicon_enter_phrase(reader->lexicon, fields[0].text, fields[0].length, &entry);
	return error == QUOTH_BAD_MODEL ? fail(reader, "no phrase is", fields[0]) : error;
}

static int enter_stance(struct reader *reader, const struct field *fields)
{
	int found[3];

	for (unsigned i = 0; i < 3; i++) {
		found[i] = find_word(stances, fields[i + 1]);
		if (found[i] < 0 || found[0] == QUOTH_NO_STANCE)
			return fail(reader, "no stance is called", fields[i + 1]);
	}
	return enter_form(reader, fields[0], &(struct quoth_lexeme){
		.stance = (uint8_t)found[0], .negated_stance = (uint8_t)(found[1] & 15), .infinitive_stance = (uint8_t)(found[2] & 15)});
}

static int enter_sets(struct reader *reader, const struct field *fields)
{
	struct quoth_lexeme entry = {.flags = 0};
	struct field rest = fields[1];

	do {
		struct field word = take_word(&rest, ',');
		int i = find_word(word_sets, word);

		if (i < 0)
			return fail(reader, "no set of words is called", word);
		entry.sets |= 1u << i;
	} while (rest.length);
	return enter_form(reader, fields[0], &entry);
}

/* In this order: where two lists speak of the same form, the first to give a part of speech, lemma, gender or number
 * is believed. */
static const struct list lists[] = {
	{"words", "form\ttags", enter_tags, 0},
	{"verbs", "lemma\tpresent\tpast\tparticiple\tgerund", enter_verb, 0},
	{"pronouns", "form\tclass\tperson\tgender\tnumber", enter_pronoun, QUOTH_LEX_PRONOUN},
	{"cues", "lemma\tforms\tclass\tframes", enter_cue, QUOTH_LEX_CUE},
	{"phrases", "phrase\tclass\tframes", enter_cue_phrase, QUOTH_LEX_CUE},
	{"abbreviations", "form\tclass", enter_abbreviation, QUOTH_LEX_ABBREVIATION},
	{"calendar", "form", enter_plain, QUOTH_LEX_MONTH_OR_DAY},
	{"titles", "form\tgender", enter_gendered, QUOTH_LEX_TITLE},
	{"speakers", "form\tplural\tgender", enter_noun, QUOTH_LEX_SPEAKER_NOUN},
	{"relations", "form\tplural\tgender", enter_noun, QUOTH_LEX_SPEAKER_NOUN | QUOTH_LEX_RELATION_NOUN},
	{"bodies", "form\tplural", enter_noun, QUOTH_LEX_ORGANIZATION_NOUN},
	{"documents", "form\tplural", enter_noun, QUOTH_LEX_DOCUMENT_NOUN},
	{"groups", "form", enter_group, QUOTH_LEX_GROUP_NOUN},
	{"times", "form", enter_plain, QUOTH_LEX_TIME},
	{"postmodifiers", "form", enter_plain, QUOTH_LEX_POSTMODIFIER},
	{"prepositions", "form", enter_plain, QUOTH_LEX_BINDING_PREPOSITION},
	{"corporate", "form", enter_plain, QUOTH_LEX_CORPORATE},
	{"organizations", "form", enter_plain, QUOTH_LEX_ORGANIZATION},
	{"nationalities", "form", enter_plain, QUOTH_LEX_NATIONALITY},
	{"places", "form", enter_plain, QUOTH_LEX_PLACE},
	{"forenames", "form\tgender", enter_forename, QUOTH_LEX_FORENAME},
	{"surnames", "form", enter_plain, QUOTH_LEX_SURNAME},
	{"synonyms", "form\tword", enter_synonym, 0},
	{"epithets", "form", enter_plain, QUOTH_LEX_EPITHET},
	{"kinds", "form\tkind", enter_kind, 0},
	{"political", "form", enter_plain, QUOTH_LEX_POLITICAL},
	{"stances", "form\tstance\tnegated\tinfinitive", enter_stance, 0},
	{"sets", "form\tsets", enter_sets, 0},
};

enum { N_LISTS = sizeof lists / sizeof lists[0] };

/* ---- lines ---- */

static size_t split_line(struct field line, struct field *fields)
{
	const char *end = line.text + line.length;

	for (size_t n = 0; n < MAX_FIELDS;) {
		fields[n] = take_word(&line, '\t');
		if (fields[n].text + fields[n].length == end)
			return n + 1;
		n++;
	}
	return MAX_FIELDS + 1;
}

static size_t count_columns(const char *header)
{
	size_t n = 1;

	for (const char *c = header; *c; c++)
		n += *c == '\t';
	return n;
}

static int read_line(struct reader *reader, struct field line, size_t n_columns, bool is_header)
{
	struct field fields[MAX_FIELDS];

	if (is_header)
		return field_is(line, reader->list->header) ? 0 : fail(reader, "not the header of this list:", line);
	if (split_line(line, fields) != n_columns)
		return fail(reader, "not as many columns as the header has:", line);
	return reader->list->enter(reader, fields);
}

static int read_bytes(struct reader *reader, const char *bytes, const char *end)
{
	size_t n_columns = count_columns(reader->list->header);
	bool is_header = true;
	int error = 0;

	while (!error && bytes < end) {
		const char *line_end = memchr(bytes, '\n', (size_t)(end - bytes));
		struct field line = {bytes, (size_t)((line_end ? line_end : end) - bytes)};

		reader->line++;
		bytes += line.length + !!line_end;
		if (!line.length || line.text[0] == '#')
			continue;
		error = read_line(reader, line, n_columns, is_header);
		is_header = false;
	}
	if (!error && is_header)
		return fail(reader, "no header line", (struct field){"", 0});
	return error;
}

int quoth_lexicon_read_list(struct quoth_lexicon *lexicon, const char *name, const char *bytes, const char *end,
			    struct quoth_report *report)
{
	struct field file = {name, strlen(name)};

	for (size_t i = 0; i < N_LISTS; i++) {
		struct reader reader = {.lexicon = lexicon, .list = &lists[i], .report = report};
		size_t length = strlen(lists[i].name);

		if (file.length == sizeof "lexicon/" - 1 + length + sizeof ".tsv" - 1 &&
		    memcmp(name + sizeof "lexicon/" - 1, lists[i].name, length) == 0)
			return read_bytes(&reader, bytes, end);
	}
	return quoth_report_set(report, QUOTH_BAD_MODEL, name, "there is no such list");
}

int quoth_lexicon_read_lists(struct quoth_lexicon *lexicon, struct quoth_report *report)
{
	for (size_t i = 0; i < N_LISTS; i++) {
		struct reader reader = {.lexicon = lexicon, .list = &lists[i], .report = report};
		char name[64];
		const struct quoth_embedded_file *file;
		int error;

		snprintf(name, sizeof name, "lexicon/%s.tsv", lists[i].name);
		file = quoth_embedded_find(name);
		if (!file)
			return quoth_report_set(report, QUOTH_BAD_MODEL, name, "the list is not in the program");
		error = read_bytes(&reader, (const char *)file->bytes, (const char *)file->end);
		if (error)
			return error;
	}
	return 0;
}
