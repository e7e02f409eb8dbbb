#include "stages/rules.h"

#include "stages/calibration.h"
#include "stages/document.h"
#include "stages/embedded.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TABLE_SLOTS = 1 << 13,		/* of each table; lists beyond half of it are refused */
	MAX_FIELDS = 32,
	MAX_STEPS = 512,
	N_CLASSES = QUOTH_N_CUE_CLASSES,
};

static const char *const pattern_names[] = {
#define X(name, text) text,
	QUOTH_PATTERNS(X)
#undef X
};

const char *const quoth_rule_names[] = {
#define X(name, text) text,
	QUOTH_RULES(X)
#undef X
};

static const char *const trait_names[] = {
#define X(name, text) text,
	QUOTH_TRAITS(X)
#undef X
	"share",	/* the weight of the share's log odds */
};

static const char *const role_names[] = {
#define X(name, text) text,
	QUOTH_ROLES(X)
#undef X
};

static const char *const class_names[N_CLASSES] = {
	"none", "say", "ask", "deny", "promise", "order", "warn", "judge", "believe", "document", "manner", "phrase",
};

/* Hundredths; UNMEASURED: take the class's. */
enum { UNMEASURED = 255 };

struct shares {
	uint8_t of[QUOTH_N_PATTERNS];
	uint8_t parts;			/* 1 << enum quoth_cue_part, or-ed */
};

/* One table for roles and shares: a form or lemma with either. */
struct slot {
	uint32_t key, roles, shares;	/* shares: index, 0 none; key 0 with neither: free */
};

/* A row of rules.tsv: rows of a rule stand together, scores ascending. */
struct step {
	float score, confidence;
	unsigned rule;
};

struct quoth_rules {
	struct slot slots[TABLE_SLOTS];
	unsigned n_slots;
	struct shares *shares;
	unsigned n_shares, shares_size;
	struct shares class_shares[N_CLASSES];
	struct step steps[MAX_STEPS];
	unsigned n_steps;
	float weights[2][QUOTH_N_TRAITS + 1];	/* clausal, phrasal; the last is the share's */
	unsigned n_columns;
	uint8_t columns[MAX_FIELDS];	/* of shares.tsv: the pattern of a column, UNMEASURED for none */
};

static struct slot *find_slot(const struct quoth_rules *rules, uint32_t key)
{
	uint32_t i = (key ^ key >> 16) & (TABLE_SLOTS - 1);
	const struct slot *slot = &rules->slots[i];

	while ((slot->roles || slot->shares) && slot->key != key) {
		i = (i + 1) & (TABLE_SLOTS - 1);
		slot = &rules->slots[i];
	}
	return (struct slot *)slot;
}

/* ---- reading ---- */

struct field {
	const char *text;
	size_t length;
};

static bool field_is(struct field field, const char *word)
{
	return strlen(word) == field.length && memcmp(field.text, word, field.length) == 0;
}

static float field_number(struct field field)
{
	char digits[32] = "";

	memcpy(digits, field.text, field.length < sizeof digits ? field.length : sizeof digits - 1);
	return strtof(digits, NULL);
}

/* Cuts the next word off a field of words. */
static bool next_word(struct field *words, struct field *word)
{
	while (words->length && *words->text == ' ') {
		words->text++;
		words->length--;
	}
	word->text = words->text;
	word->length = 0;
	while (words->length && *words->text != ' ') {
		words->text++;
		words->length--;
		word->length++;
	}
	return word->length > 0;
}

static int find_name(const char *const *names, unsigned n, struct field field)
{
	for (unsigned i = 0; i < n; i++)
		if (field_is(field, names[i]))
			return (int)i;
	return -1;
}

/* The slot of a key, made if need be; NULL where the table is full. */
static struct slot *enter(struct quoth_rules *rules, uint32_t key)
{
	struct slot *slot = find_slot(rules, key);

	if (!slot->roles && !slot->shares) {
		if (rules->n_slots >= TABLE_SLOTS / 2)
			return NULL;
		rules->n_slots++;
		slot->key = key;
	}
	return slot;
}

static int read_role(struct quoth_rules *rules, const struct field *fields, unsigned n)
{
	struct slot *slot;
	struct field words, word;
	int role;

	if (n != 2 || !(slot = enter(rules, quoth_form_hash(fields[0].text, fields[0].length))))
		return QUOTH_BAD_MODEL;
	for (words = fields[1]; next_word(&words, &word);) {
		role = find_name(role_names, QUOTH_N_ROLES, word);
		if (role < 0)
			return QUOTH_BAD_MODEL;
		slot->roles |= 1u << role;
	}
	return slot->roles ? 0 : QUOTH_BAD_MODEL;
}

static int read_shares_header(struct quoth_rules *rules, const struct field *fields, unsigned n)
{
	int pattern;

	rules->n_columns = n;
	for (unsigned i = 0; i < n; i++) {
		pattern = find_name(pattern_names, QUOTH_N_PATTERNS, fields[i]);
		rules->columns[i] = pattern < 0 ? UNMEASURED : (uint8_t)pattern;
		if (pattern < 0 && i >= 4)
			return QUOTH_BAD_MODEL;
	}
	return 0;
}

static int enter_forms(struct quoth_rules *rules, struct field lemma, struct field forms, unsigned shares)
{
	struct slot *slot = enter(rules, quoth_form_hash(lemma.text, lemma.length));
	struct field form;

	if (!slot)
		return QUOTH_BAD_MODEL;
	slot->shares = shares;
	while (next_word(&forms, &form)) {
		slot = enter(rules, quoth_form_hash(form.text, form.length));
		if (!slot)
			return QUOTH_BAD_MODEL;
		if (!slot->shares)
			slot->shares = shares;
	}
	return 0;
}

/* lemma, forms, part, n, then the patterns. */
static int read_shares(struct quoth_rules *rules, const struct field *fields, unsigned n)
{
	static const char *const parts[] = {"verb", "noun", "adjective", "noun,verb"};
	static const uint8_t part_bits[] = {1 << QUOTH_PART_VERB, 1 << QUOTH_PART_NOUN, 1 << QUOTH_PART_ADJECTIVE,
					    1 << QUOTH_PART_VERB | 1 << QUOTH_PART_NOUN};
	struct shares shares;
	int part, cue_class;

	if (n != rules->n_columns)
		return QUOTH_BAD_MODEL;
	memset(&shares, UNMEASURED, sizeof shares);
	for (unsigned i = 4; i < n; i++)
		if (fields[i].length)
			shares.of[rules->columns[i]] = (uint8_t)field_number(fields[i]);
	if (fields[0].length && fields[0].text[0] == '*') {
		cue_class = find_name(class_names, N_CLASSES, (struct field){fields[0].text + 1, fields[0].length - 1});
		if (cue_class < 0)
			return QUOTH_BAD_MODEL;
		rules->class_shares[cue_class] = shares;
		return 0;
	}
	part = find_name(parts, sizeof parts / sizeof *parts, fields[2]);
	if (part < 0)
		return QUOTH_BAD_MODEL;
	shares.parts = part_bits[part];
	if (rules->n_shares >= rules->shares_size) {
		unsigned larger = rules->shares_size ? 2 * rules->shares_size : 256;
		struct shares *grown = realloc(rules->shares, larger * sizeof *grown);

		if (!grown)
			return QUOTH_NO_MEMORY;
		rules->shares = grown;
		rules->shares_size = larger;
		if (!rules->n_shares)
			rules->n_shares = 1;
	}
	rules->shares[rules->n_shares] = shares;
	return enter_forms(rules, fields[0], fields[1], rules->n_shares++);
}

static int read_trait(struct quoth_rules *rules, const struct field *fields, unsigned n)
{
	int trait = n == 3 ? find_name(trait_names, QUOTH_N_TRAITS + 1, fields[0]) : -1;

	if (trait < 0)
		return QUOTH_BAD_MODEL;
	rules->weights[0][trait] = field_number(fields[1]);
	rules->weights[1][trait] = field_number(fields[2]);
	return 0;
}

/* rule (its number is found by the caller's names), score, confidence, n. */
static int read_rule(struct quoth_rules *rules, const struct field *fields, unsigned n)
{
	struct step *step = &rules->steps[rules->n_steps];
	int rule;

	if (n != 4 || rules->n_steps == MAX_STEPS)
		return QUOTH_BAD_MODEL;
	rule = find_name(quoth_rule_names, QUOTH_N_RULES, fields[0]);
	if (rule < 0)
		return QUOTH_BAD_MODEL;
	*step = (struct step){field_number(fields[1]), field_number(fields[2]), (unsigned)rule};
	rules->n_steps++;
	return 0;
}

static unsigned split_line(const char *line, const char *end, struct field *fields)
{
	unsigned n = 0;

	for (const char *p = line; n < MAX_FIELDS; p++) {
		const char *tab = memchr(p, '\t', (size_t)(end - p));

		fields[n++] = (struct field){p, (size_t)((tab ? tab : end) - p)};
		if (!tab)
			break;
		p = tab;
	}
	return n;
}

struct list {
	const char *name;
	int (*read_header)(struct quoth_rules *, const struct field *, unsigned);
	int (*read_row)(struct quoth_rules *, const struct field *, unsigned);
};

static int read_list(struct quoth_rules *rules, const struct list *list, struct quoth_report *report)
{
	const struct quoth_embedded_file *file = quoth_embedded_find(list->name);
	struct field fields[MAX_FIELDS];
	unsigned line_number = 0;
	bool has_header = false;
	const char *end;
	char where[64];
	int error;

	if (!file)
		return quoth_report_set(report, QUOTH_BAD_MODEL, list->name, "not in the program");
	for (const char *line = (const char *)file->bytes; line < (const char *)file->end; line = end + 1) {
		end = memchr(line, '\n', (size_t)((const char *)file->end - line));
		if (!end)
			end = (const char *)file->end;
		line_number++;
		if (line == end || *line == '#')
			continue;
		unsigned n = split_line(line, end, fields);

		error = has_header ? list->read_row(rules, fields, n) :
			list->read_header ? list->read_header(rules, fields, n) : 0;
		has_header = true;
		if (error) {
			snprintf(where, sizeof where, "%s:%u", list->name, line_number);
			return quoth_report_set(report, error, where, "%s",
						error == QUOTH_NO_MEMORY ? "out of memory" : "not a row of this list");
		}
	}
	return 0;
}

int quoth_rules_open(struct quoth_rules **opened, struct quoth_report *report)
{
	static const struct list lists[] = {
		{"lexicon/roles.tsv", NULL, read_role},
		{"lexicon/shares.tsv", read_shares_header, read_shares},
		{"lexicon/traits.tsv", NULL, read_trait},
		{"lexicon/rules.tsv", NULL, read_rule},
	};
	struct quoth_rules *rules = calloc(1, sizeof *rules);
	int error = 0;

	*opened = NULL;
	if (!rules)
		return quoth_report_set(report, QUOTH_NO_MEMORY, "rules", "out of memory");
	memset(rules->class_shares, UNMEASURED, sizeof rules->class_shares);
	for (unsigned i = 0; i < sizeof lists / sizeof *lists && !error; i++)
		error = read_list(rules, &lists[i], report);
	if (error) {
		quoth_rules_close(rules);
		return error;
	}
	*opened = rules;
	return 0;
}

void quoth_rules_close(struct quoth_rules *rules)
{
	if (rules)
		free(rules->shares);
	free(rules);
}

/* ---- asking ---- */

uint32_t quoth_rules_roles(const struct quoth_rules *rules, uint32_t form)
{
	return find_slot(rules, form)->roles;
}

bool quoth_rules_knows(const struct quoth_rules *rules, uint32_t form, enum quoth_cue_part part)
{
	uint32_t shares = find_slot(rules, form)->shares;

	return shares && rules->shares[shares].parts & 1 << part;
}

float quoth_rules_share(const struct quoth_rules *rules, uint32_t lemma, enum quoth_cue_class cue_class,
			enum quoth_pattern pattern)
{
	uint32_t shares = find_slot(rules, lemma)->shares;
	uint8_t share = shares ? rules->shares[shares].of[pattern] : UNMEASURED;

	if (share == UNMEASURED)
		share = rules->class_shares[cue_class].of[pattern];
	if (share == UNMEASURED)
		share = rules->class_shares[QUOTH_CUE_NONE].of[pattern];
	return share == UNMEASURED ? 0 : share / 100.f;
}

bool quoth_rules_is_rare(const struct quoth_rules *rules, uint32_t lemma, enum quoth_pattern pattern)
{
	uint32_t shares = find_slot(rules, lemma)->shares;

	return !shares || rules->shares[shares].of[pattern] == UNMEASURED;
}

float quoth_rules_weigh(const struct quoth_rules *rules, float share, uint64_t traits, bool is_phrasal)
{
	const float *weights = rules->weights[is_phrasal];
	float odds;

	share = share < 0.02f ? 0.02f : share > 0.98f ? 0.98f : share;
	odds = weights[QUOTH_N_TRAITS] * logf(share / (1 - share));
	for (; traits; traits &= traits - 1)
		odds += weights[__builtin_ctzll(traits)];
	return quoth_logistic(odds);
}

float quoth_rules_confidence(const struct quoth_rules *rules, unsigned rule, float score)
{
	float confidence = 0.5f;
	bool is_first = true;

	for (unsigned i = 0; i < rules->n_steps; i++) {
		if (rules->steps[i].rule != rule)
			continue;
		if (!is_first && rules->steps[i].score > score)
			break;
		confidence = rules->steps[i].confidence;
		is_first = false;
	}
	return confidence;
}

const char *quoth_pattern_name(unsigned pattern)
{
	return pattern_names[pattern];
}
